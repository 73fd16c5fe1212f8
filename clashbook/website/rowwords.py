"""What the rows of two snapshots are in words: who said what of whom, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from clashbook.about import About
from clashbook.dataset import kinds
from clashbook.dataset.rows import Claim, Event, Reaction, Series, Source
from clashbook.language import day_in_words, sentence
from clashbook.pages import labels
from clashbook.pages.facts import Edition
from clashbook.prose.numbers.naming import slug
from clashbook.website.snapshots import Snapshot, plain

Row = Mapping[str, str]
_OBSERVATIONS, _CORRECTIONS = "observations", "corrections"


class RowWords:
    """The words for rows as they are in the later snapshot, or were in the earlier one.

    A row that lacks what its words need, as one of an early version may, is named by its id.
    """

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self._sides = [
            (side, Edition(About(), tables={name: [*map(dict, rows.values())]
                                            for name, rows in side.tables.items()}))
            for side in (after, before)
        ]  # fmt: skip

    def of(self, table: str, key: str) -> str:
        """A row in one line, without a full stop."""
        making = {
            kinds.CLAIM.table: _claim,
            kinds.REACTION.table: _reaction,
            kinds.EVENT.table: _event,
            kinds.SOURCE.table: _source,
            kinds.SERIES.table: _series,
            _OBSERVATIONS: _observation,
            _CORRECTIONS: self._correction,
        }
        return self._made(table, key, making.get(table, lambda *_: key)) or key

    def measure(self, claim: str) -> str:
        """What a claim counts, and of whom: "Killed, soldiers, Northland"; "" if not known."""
        return self._made(kinds.CLAIM.table, claim, _measure)

    def count(self, claim: str, beside: str = "") -> str:
        """How many a claim gives, who says so, and when: "49 (Ministry of Northland, 2 May 2021)".

        Parameters
        ----------
        claim, beside : str
            The claim, and another whose measure is said already: its own is said if it differs.
        """
        words = self._made(kinds.CLAIM.table, claim, _count)
        mine, other = self.measure(claim), self.measure(beside) if beside else ""
        if not words:
            return claim
        return words.replace(" (", f" ({_small(mine)}; ", 1) if other not in ("", mine) else words

    def named(self, claim: str, by: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
        """A claim, and others beside it, each with its words."""
        return ((claim, self.count(claim)), *((one, self.count(one, claim)) for one in by))

    def number(self, key: str) -> str:
        """What a number is of, by its id; the id where that is not known."""
        for side, _ in self._sides:
            known = side.tolls.get(key) or side.numbers.get(key)
            if known and known.what:
                return plain(known.what)
        return key

    def place(self, key: str) -> tuple[str, int, str]:
        """What numbers are sorted by: those alike in the order of the sides, not of ids."""
        begin, _, side = key.rpartition("-")
        return begin, self._order.get(side, len(self._order)), key

    @cached_property
    def _order(self) -> dict[str, int]:
        named = (edition.sides for _, edition in self._sides if edition.table("actors"))
        return {slug(side): place for place, side in enumerate(next(named, []))}

    def _made(self, table: str, key: str, make: Callable[[Edition, Row], str]) -> str:
        for side, edition in self._sides:
            row = side.tables.get(table, {}).get(key)
            if row is not None:
                try:
                    return plain(make(edition, row))
                except (KeyError, ValueError):
                    return ""
        return ""

    def _correction(self, edition: Edition, row: Row) -> str:
        of = self.of(row["table"], row["row_id"]) if row["row_id"] else row["table"]
        what = row["what_changed"].rstrip(".")
        return ". ".join(filter(None, [f"{of}. What changed: {what}", row.get("why", "")])).rstrip(
            "."
        )


def _measure(edition: Edition, row: Row) -> str:
    claim = Claim.of(row)
    return sentence(f"{labels.measure(edition, claim)}, {labels.about(edition, claim)}")


def _count(edition: Edition, row: Row) -> str:
    claim = Claim.of(row)
    return f"{claim.words_with_unit} ({labels.of_record(edition, claim)})"


def _claim(edition: Edition, row: Row) -> str:
    return f"{_measure(edition, row)}: {_count(edition, row)}"


def _reaction(edition: Edition, row: Row) -> str:
    made = Reaction.of(row)
    return f"{sentence(made.act_words)}: {labels.of_record(edition, made)}"


def _event(edition: Edition, row: Row) -> str:
    return sentence(labels.of_record(edition, Event.of(row)))


def _source(_: Edition, row: Row) -> str:
    return f"Source: {Source.of(row).words}"


def _series(edition: Edition, row: Row) -> str:
    made = Series.of(row)
    publisher = (edition.row("sources", made.source_id) or {}).get("publisher", "")
    of = f"{labels.measure(edition, made)}, {labels.about(edition, made)}"
    return sentence(f"{of}: figures of {', '.join(filter(None, [publisher, made.released]))}")


def _observation(edition: Edition, row: Row) -> str:
    series = edition.row("series", row["series_id"])
    return f"{_series(edition, series)}, for {day_in_words(row['period'])}" if series else ""


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
