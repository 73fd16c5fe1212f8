"""How an id is declared, and how the numbers of an edition are computed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, cached_property

import pandas as pd

from clashbook import counting
from clashbook.analysis import reactions, vintages
from clashbook.dataset import attribution
from clashbook.dataset.rows import STATEMENTS
from clashbook.dataset.tables import Dataset
from clashbook.language import NO_BREAK, PEOPLE, day_in_words, how_many, sentence, until
from clashbook.prose.numbers import naming
from clashbook.prose.numbers.model import (
    REFERENCE,
    ROLES,
    Declaration,
    Number,
    UnknownNumberError,
)
from clashbook.prose.numbers.naming import slug, toll_id

DECLARED: list[Declaration] = []
# What stands in the fields of an id that name no row.
PERIODS = {"period": r"\d{4}(?:-\d\d)?(?:-\d\d)?", "year": r"\d{4}"}
TABLES = (*STATEMENTS, "sources", "observations")


def number(pattern: str, what: str) -> Callable:
    """Declare the numbers of one pattern, with what they are of: the same fields, in words.

    The function is given the edition's `Numbers`, and by each field the id of the data that is
    meant there.
    """

    def declare(function: Callable[..., Number]) -> Callable[..., Number]:
        DECLARED.append(Declaration(pattern, what, function))
        return function

    return declare


def counts(pattern: str, what: str, unit: str, distinct: str = "") -> Callable:
    """Declare numbers of rows: the function gives the frame that has them.

    The function is given the Dataset, and the fields as of `number`. `distinct` is a column whose
    ids are counted, each once, in place of the rows. A number rests on all that its frame names.
    """

    def declare(frame_of: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
        @number(pattern, what)
        def counted(numbers: Numbers, **fields: str) -> Number:
            frame = frame_of(numbers.data, **fields)
            value = frame[distinct].nunique() if distinct else len(frame)
            claims, reactions, events = (named_in(frame, table) for table in STATEMENTS)
            made = so_many(value, unit)
            return replace(made, claims=claims, reactions=reactions, events=events)

        return frame_of

    return declare


def of_each_clash(pattern: str, what: str, unit: str, words: str, nothing: str) -> None:
    """Declare the number of each clash known by the date, in the order of time, as one.

    Parameters
    ----------
    pattern : str
        ``clashes-`` stands in it for the episode of the number of a clash.
    words : str
        What is said of a clash, with the `text` of its number, its `name` and by `until` the day
        of the newest statement.
    nothing : str
        What is said where no clash is known yet, by `day`.
    """

    @number(pattern, what)
    def of_each(numbers: Numbers, **fields: str) -> Number:
        clashes = numbers.data.episodes[numbers.data.episodes.kind == "clash"].sort_values("start")
        written = pattern.format(**{field: slug(value) for field, value in fields.items()})
        found = [numbers[written.replace("clashes", key, 1)] for key in clashes.episode_id]
        phrases = [
            words.format(text=of.text, name=name.replace(" ", NO_BREAK), until=until(of.stated))
            for of, name in zip(found, clashes["name"], strict=True)
        ]
        text = " and ".join(phrases) or nothing.format(day=day_in_words(numbers.data.as_of))
        claims, reactions, events = (
            sorted({key for of in found for key in getattr(of, table)}) for table in STATEMENTS
        )
        return Number("", text, unit=unit, claims=claims, reactions=reactions, events=events)


class Numbers:
    """The numbers of one edition, computed when asked for and each but once.

    Parameters
    ----------
    data : Dataset
        Cut to the edition's date. A part of it (`Dataset.select`) gives the same numbers wherever
        it holds the rows that they rest on. Withdrawn sources give none but of their claims.

    Attributes
    ----------
    made : dict of Number
        The numbers asked for so far, by texts or by other numbers.
    """

    def __init__(self, data: Dataset) -> None:
        self.data = data.without_withdrawn()
        self.made: dict[str, Number] = {}
        self.count = cache(lambda episode, end="": counting.count(self.data, episode, end=end))

    def __getitem__(self, number_id: str) -> Number:
        """The number of that id.

        Raises
        ------
        UnknownNumberError
            If no declaration answers to the id; the nearest ids are named.
        ValueError
            If the data have no such number.
        """
        if number_id not in self.made:
            declaration, fields = self._answering(number_id)
            self.made[number_id] = self._named(number_id, declaration.function(self, **fields))
        return self.made[number_id]

    def what(self, number_id: str) -> str:
        """What a number is of, in words: "Killed, soldiers, Northland, May 2021".

        It reads the rows that the id names, a claim's source among them, which a part of the data
        need not hold.
        """
        declaration, fields = self._answering(number_id)
        return sentence(declaration.what.format(**naming.in_words(self.data, fields)))

    def fields(self, number_id: str) -> dict[str, str]:
        """What is meant by each field of an id: ids of the data, by the names of the fields."""
        return self._answering(number_id)[1]

    def _named(self, number_id: str, number: Number) -> Number:
        """The number with its id, and whose it is: of the records that it rests on."""
        rows = [
            row
            for table in STATEMENTS
            if getattr(number, table)
            for row in attribution.of_rows(self.data, table, getattr(number, table))
        ]
        rows.sort(key=lambda row: row.reported_on)
        return replace(
            number,
            id=number_id,
            as_of=self.data.as_of,
            attribution=attribution.attribution(self.data, rows, number.low, number.high),
            stated=day_in_words(rows[-1].reported_on) if rows else "",
            claimants=tuple(dict.fromkeys(row.claimant for row in rows)),
            roles=tuple(dict.fromkeys(row.claimant_role for row in rows)),
            sources=tuple(dict.fromkeys(row.source_id for row in rows)),
        )

    def _answering(self, number_id: str) -> tuple[Declaration, dict[str, str]]:
        """The declaration that answers to an id, and what is meant by each field of it."""
        found = [
            (declaration, match.groupdict())
            for declaration, ids in self.declared
            if (match := ids.fullmatch(number_id))
        ]
        if len(found) != 1:
            raise UnknownNumberError(self._hint(number_id))
        declaration, written = found[0]
        return declaration, {field: self._meant(field, text) for field, text in written.items()}

    def _meant(self, field: str, text: str) -> str:
        if field in ("series", "other"):
            return vintages.resolved(self.data, text)
        return self.ids.get(field, {}).get(text, text)

    def resolve(self, text: str) -> str:
        """A text with every reference written out."""
        return REFERENCE.sub(lambda found: getattr(self[found[2]], ROLES[found[1]]), text)

    @cached_property
    def declared(self) -> list[tuple[Declaration, re.Pattern[str]]]:
        """Every declaration with the ids that it answers to in these data."""
        # The longest first, so that an id is not cut short by one that begins it.
        patterns = PERIODS | {
            field: "|".join(sorted(map(re.escape, ids), key=len, reverse=True)) or r"(?!)"
            for field, ids in self.ids.items()
        }
        # By its id, or as the newest vintage of what it measures.
        patterns["series"] = patterns["other"] = rf"{patterns['series']}|[a-z0-9-]+-newest"
        return [(declaration, declaration.ids(patterns)) for declaration in DECLARED]

    @cached_property
    def ids(self) -> dict[str, dict[str, str]]:
        """What may be written in the fields of an id, and which ids of the data are meant."""
        data = self.data
        fields: dict[str, Iterable[str]] = {
            "episode": data.episodes.episode_id,
            "indicator": data.indicators.indicator[data.indicators.kind.isin(["count", "stock"])],
            "population": PEOPLE,
            "party": data.actors.actor_id,
            "claim": data.claims.claim_id,
            "series": data.series.series_id,
            "stance": data.stances.stance,
            "role": naming.ROLES,
            "act": (*reactions.DEEDS, *reactions.NOT_DONE),
            "table": TABLES,
            "rows": STATEMENTS,
            "source": data.sources.source_id,
        }
        return {field: {slug(key): key for key in keys} for field, keys in fields.items()}

    def _hint(self, number_id: str) -> str:
        examples = [*self.made, *(f"said-{claim}" for claim in self.data.claims.claim_id)]
        for episode in self.data.episodes.episode_id:
            examples += [toll_id(episode, quantity) for quantity in self.count(episode).tolls]
        near = ", ".join(difflib.get_close_matches(number_id, examples, 3, 0.5))
        hint = near or "one of those on Claims, or declare it in clashbook/prose/numbers"
        return f"number {number_id!r} is not declared; write {hint}"


def named_in(frame: pd.DataFrame, table: str) -> list[str]:
    """The ids of a table that a frame names, in order: a row of it each, or space-separated."""
    cells = frame.get(table, frame.get(STATEMENTS[table].record_kind.key, ()))
    return sorted({key for ids in cells for key in ids.split()})


def rows(ids: Iterable[str], unit: str) -> Number:
    """The number of some rows, which it names and does not rest on."""
    named = sorted(ids)
    return replace(so_many(len(named), unit), counts=named)


def so_many(value: int, unit: str) -> Number:
    """A number of things, in words where it is small."""
    return Number("", how_many(value), value, value, value, unit)


def observed(numbers: Numbers, series: str, period: str) -> pd.Series:
    """The row of a series of a period.

    Raises
    ------
    UnknownNumberError
        If the series has no such row.
    """
    rows = numbers.data.observations
    mine = rows[(rows.series_id == series) & (rows.period == period)]
    if mine.empty:
        raise UnknownNumberError(f"series {series!r} has no observation of {period!r}")
    return mine.iloc[0]
