"""A row of the data as a record: a claim, a reaction, an event, and what it is in words.

Frames, the files of a build and the pages hold the same rows in different forms. `Record.of` makes
the record from any of them, and `Dataset.records` makes those of a whole table, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from clashbook.bounds import FILLED_BY, Bounds, in_words
from clashbook.dataset import kinds
from clashbook.dataset.kinds import Kind
from clashbook.language import NO_BREAK, date_in_words, span_in_words

NO_STANCE = "none taken"
# The status of a source whose claims are shown and never counted.
WITHDRAWN = "withdrawn"
# How a unit is printed; persons and percent are in the words already.
UNITS = {"km2": "km²", "m2": "m²", "persons": "", "percent": ""}


@dataclass(frozen=True)
class Record:
    """A row of a table, its fields named as the columns; `id` is the key of the table."""

    record_kind: ClassVar[Kind]

    id: str

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """The record of a row by column; a column that is missing is empty.

        A number may be a text, and is empty as "" or NaN.
        """
        return cls(**cls._cells(row))

    @classmethod
    def _cells(cls, row: Mapping[Any, Any]) -> dict[str, Any]:
        columns = {"id": cls.record_kind.key, "related": cls.record_kind.related}
        names = [field.name for field in fields(cls) if field.type == "str"]
        return {name: row.get(columns.get(name, name), "") for name in names}


@dataclass(frozen=True)
class Statement(Record):
    """What somebody said, in a source; `related` is the id of the statement it relates to."""

    episode_id: str
    reported_on: str
    reported_precision: str
    claimant: str
    claimant_role: str
    source_id: str
    locator: str
    relation: str
    related: str
    status: str
    note: str

    @property
    def reported(self) -> str:
        """The day on which it was made known, as exactly as it is known: "by 2 May 2021"."""
        return date_in_words(self.reported_on, self.reported_precision)

    @property
    def reported_when(self) -> str:
        """The same as a sentence goes on: "on 2 May 2021", "in May 2021", "by 2 May 2021"."""
        before = {"day": "on ", "month": "in ", "year": "in "}.get(self.reported_precision, "")
        return before + self.reported


@dataclass(frozen=True)
class Claim(Statement):
    """A row of `claims.csv`; `bounds` are its qualifier, low, best and high."""

    record_kind = kinds.CLAIM

    indicator: str
    party: str
    population: str
    qualifier: str
    unit: str
    period_start: str
    period_end: str
    period_precision: str
    bounds: Bounds

    @classmethod
    def _cells(cls, row: Mapping[Any, Any]) -> dict[str, Any]:
        ends = [None if row[end] == "" else float(row[end]) for end in ("low", "best", "high")]
        return super()._cells(row) | {"bounds": Bounds.of_claim(row["qualifier"], *ends)}

    @property
    def words(self) -> str:
        """The quantity: "at least 49", "USD 2 billion"."""
        return in_words(self.qualifier, self.bounds, self.unit)

    @property
    def words_with_unit(self) -> str:
        """The quantity, with its unit where the indicator does not say it: "7 km²"."""
        unit = UNITS.get(self.unit, self.unit.replace("_", " "))
        wordless = self.bounds.is_open and self.bounds.best is None
        if not unit or unit.isupper() or wordless:
            return self.words
        if self.words.split()[-1] == "1":
            unit = unit.removesuffix("s")
        return f"{self.words}{NO_BREAK}{unit}"

    @property
    def period_words(self) -> str:
        """The days that it counts; "" where its source names none."""
        return span_in_words(self.period_start, self.period_end, self.period_precision)


@dataclass(frozen=True)
class DatedStatement(Statement):
    """A statement of something done, on the days from `date_start` to `date_end`."""

    date_start: str
    date_end: str
    date_precision: str

    @property
    def when(self) -> str:
        """The days; where the source gives none, when it was reported."""
        span = span_in_words(self.date_start, self.date_end, self.date_precision)
        return span or f"reported {self.reported_when}"


@dataclass(frozen=True)
class Reaction(DatedStatement):
    """A row of `reactions.csv`."""

    record_kind = kinds.REACTION

    actor_id: str
    speaker: str
    stance: str
    toward: str
    act: str
    addressed_to: str
    summary: str
    moment: str

    @property
    def act_words(self) -> str:
        """The act; a meeting that was announced and is not known to have been held was called."""
        if (self.act, self.status) == ("convened", "announced"):
            return "session called"
        return self.act.replace("_", " ")

    def who(self, actor: str) -> str:
        """The actor and who spoke for it; a speaker with the actor's name in it names both."""
        named = [self.speaker] if actor in self.speaker else [actor, self.speaker]
        return ", ".join(filter(None, named))

    def stance_words(self, label: str, whom: str) -> str:
        """The stance and whom it concerns: "Supports (Northland)"; restraint is asked of a side.

        Parameters
        ----------
        label, whom : str
            The names of the stance and of whom it is toward.
        """
        if not label:
            return NO_STANCE
        asked = "asked of " if self.stance == "restraint" and self.toward != "both" else ""
        return f"{label} ({asked}{whom})" if whom else label


@dataclass(frozen=True)
class Event(DatedStatement):
    """A row of `events.csv`."""

    record_kind = kinds.EVENT

    kind: str
    what: str
    place_id: str
    party: str
    moment: str


STATEMENTS: dict[str, type[Claim | Reaction | Event]] = {
    record.record_kind.table: record for record in (Claim, Reaction, Event)
}


@dataclass(frozen=True)
class Printed(Record):
    """A row of `elsewhere.csv`: a number that is printed elsewhere; `value` is the number."""

    record_kind = kinds.PRINTED

    episode_id: str
    qualifier: str
    indicator: str
    party: str
    population: str
    where_printed: str
    claim_id: str
    source_id: str
    reported_on: str
    reported_precision: str
    kind: str
    why: str
    choice: str
    value: float

    @classmethod
    def _cells(cls, row: Mapping[Any, Any]) -> dict[str, Any]:
        return super()._cells(row) | {"value": float(row["figure"])}

    @property
    def words(self) -> str:
        """The number with the word that is printed with it: "at least 49"."""
        filled = FILLED_BY[self.qualifier]
        ends = [self.value if end in filled else None for end in ("low", "best", "high")]
        return Bounds.of_claim(self.qualifier, *ends).words()

    @property
    def reported(self) -> str:
        """The day by which it was printed, as exactly as it is known: "by 2 May 2021"."""
        return date_in_words(self.reported_on, self.reported_precision)


@dataclass(frozen=True)
class Series(Record):
    """A row of `series.csv`."""

    record_kind = kinds.SERIES

    indicator: str
    party: str
    population: str
    unit: str
    source_id: str
    vintage: str
    released_on: str
    released_precision: str
    note: str

    @property
    def released(self) -> str:
        """The day on which it was released, as exactly as it is known."""
        return date_in_words(self.released_on, self.released_precision)


@dataclass(frozen=True)
class Indicator(Record):
    """A row of `indicators.csv`."""

    record_kind = kinds.INDICATOR

    label: str
    unit: str
    kind: str
    domain: str
    party_is: str
    includes: str
    aftermath: str

    def of_whom(self, name: str) -> str:
        """Whose number it is; where that is who did something, it says "by"."""
        return f"by {name}" if self.party_is.startswith("who ") else name


@dataclass(frozen=True)
class Source(Record):
    """A row of `sources.csv`."""

    record_kind = kinds.SOURCE

    title: str
    author: str
    publisher: str
    issued: str
    issued_precision: str
    status: str

    @property
    def is_withdrawn(self) -> bool:
        """Whether its publisher retracted it, or it was found to be false."""
        return self.status == WITHDRAWN

    @property
    def words(self) -> str:
        """Who published it, and when; and that it was withdrawn."""
        issued = date_in_words(self.issued, self.issued_precision)
        name = self.publisher or self.author or self.title or self.id
        words = f"{name}, {issued}" if issued else name
        return f"{words} ({WITHDRAWN})" if self.is_withdrawn else words


@dataclass(frozen=True)
class Place(Record):
    """A row of `places.csv`."""

    record_kind = kinds.PLACE

    names: str

    @property
    def words(self) -> str:
        """The names as one: "Upper Hill/Hill"."""
        return "/".join(self.names.split("; "))
