"""What differs between two states of the book, or two snapshots of it, and what is behind it.

Whatever only one of two snapshots tells (see `Snapshot.lacking`) is not compared, and the
differences say so. Nothing is compared by its looks: words that differ by their spaces alone, and
"no figure found" on two days, are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace

from clashbook.bounds import NO_FIGURE
from clashbook.dataset import kinds
from clashbook.language import listed
from clashbook.prose.numbers import Number
from clashbook.website import moving
from clashbook.website.changes import (
    CAME,
    CHANGED,
    CORRECTIONS,
    GONE,
    Cell,
    Differences,
    ExhibitChange,
    Flip,
    NumberChange,
    RowChange,
    Touched,
)
from clashbook.website.moving import Cause
from clashbook.website.rowwords import RowWords
from clashbook.website.snapshots import (
    NUMBER,
    PARTS,
    Condition,
    Exhibit,
    Snapshot,
    SnapshotError,
    plain,
    snapshot_of,
)

__all__ = ["Differences", "Snapshot", "SnapshotError", "compare", "snapshot_of"]

# What of a number is the same on two days, or follows from the rest.
_APART = {"id", "as_of", "steps", "left_out"}
COMPARED = tuple(field.name for field in fields(Number) if field.name not in _APART)


def compare(before: Snapshot, after: Snapshot) -> Differences:
    """Return what differs from one snapshot to another."""
    lacking = {*before.lacking, *after.lacking}
    words = RowWords(before, after)
    rows = () if "tables" in lacking else tuple(_rows(before, after, words))
    behind = _Behind(rows, before, after, words)
    tolls = tuple(_tolls(before, after, lacking, behind))
    numbers = () if "numbers" in lacking else tuple(_numbers(before, after, lacking, behind, tolls))
    exhibits: tuple[ExhibitChange, ...] = ()
    if "exhibits" not in lacking:
        found = _exhibits(before, after, behind)
        exhibits = tuple(one for one in found if one.page not in lacking)
    flips = () if "conditions" in lacking else tuple(_flips(before, after))
    differs = {NUMBER + number.id for number in numbers} | {one.id for one in exhibits}
    differs |= {row.key for row in rows}
    paragraphs = () if "paragraphs" in lacking else _touched(before, after, differs)
    return Differences(
        *(before.name, after.name),
        days=(before.as_of, after.as_of),
        versions=(before.version, after.version),
        rows=rows,
        columns=tuple(_columns(before.tables, after.tables)) if "tables" not in lacking else (),
        tolls=tolls,
        numbers=numbers,
        exhibits=exhibits,
        flips=flips,
        paragraphs=tuple(paragraphs),
        not_compared=tuple(dict.fromkeys(_not_compared(before, after))),
    )


def _not_compared(before: Snapshot, after: Snapshot) -> Iterator[str]:
    both = [part for part in before.lacking if part in after.lacking]
    if both:
        yield f"Missing from both: {listed([*map(_in_words, both)])}"
    for side in (before, after):
        parts = [_in_words(part) for part in side.lacking if part not in both]
        if parts:
            yield f"Missing from {side.name}: {listed(parts)}"


def _in_words(part: str) -> str:
    if part.endswith(".html"):
        return f"the figures and tables of {part}, whose notebook failed"
    return PARTS.get(part, f"the field “{part}” of numbers")


Tables = Mapping[str, Mapping[str, Mapping[str, str]]]


def _rows(before: Snapshot, after: Snapshot, words: RowWords) -> Iterator[RowChange]:
    """Each row that came, went or changed, in the columns that both have.

    A correction is behind what its row became from one version to another; on another day of the
    same version its row may only be known, or not.
    """
    found = []
    for table in dict.fromkeys([*after.tables, *before.tables]):
        was, now = before.tables.get(table, {}), after.tables.get(table, {})
        shared = _columns_of(was) & _columns_of(now)
        for key in dict.fromkeys([*now, *was]):
            one, other = was.get(key), now.get(key)
            kind = CAME if one is None else GONE if other is None else CHANGED
            cells = _cells(one or {}, other or {}, shared if kind == CHANGED else None)
            if cells or kind != CHANGED:
                found.append(RowChange(table, key, kind, cells, what=words.of(table, key)))
    about: dict[tuple[str, str], list[str]] = {}
    for row in found:
        if row.table == CORRECTIONS and row.kind != CHANGED and before.version != after.version:
            side = (after if row.kind == CAME else before).tables[CORRECTIONS][row.key]
            about.setdefault((side["table"], side["row_id"]), []).append(row.key)
    for row in found:
        yield replace(row, corrections=tuple(about.get((row.table, row.key), ())))


def _cells(
    before: Mapping[str, str], after: Mapping[str, str], shared: Collection[str] | None
) -> tuple[Cell, ...]:
    columns = dict.fromkeys([*after, *before])
    return tuple(
        Cell(column, one, other)
        for column in columns
        if shared is None or column in shared
        if (one := before.get(column, "")) != (other := after.get(column, ""))
    )


def _columns_of(rows: Mapping[str, Mapping[str, str]]) -> set[str]:
    return set(next(iter(rows.values()), {}))


def _columns(before: Tables, after: Tables) -> Iterator[Cell]:
    """The columns of tables that only one of two has, where the table is in both and has rows."""
    for table in after:
        was, now = _columns_of(before.get(table, {})), _columns_of(after[table])
        if was and now:
            for column in sorted(was ^ now):
                yield Cell(f"{table}.{column}", CAME * (column not in now), CAME * (column in now))


class _Behind:
    """Which rows that differ, and which corrections, are behind a number or an exhibit."""

    def __init__(
        self, rows: Iterable[RowChange], before: Snapshot, after: Snapshot, words: RowWords
    ) -> None:
        self.words = words
        self.rows: dict[str, list[RowChange]] = {}
        self.changed: dict[str, str] = {}
        for row in rows:
            if row.table == CORRECTIONS:
                continue
            # An observation is behind what its series is behind.
            owner = row.key.split(" ")[0] if row.table == "observations" else row.key
            self.rows.setdefault(owner, []).append(row)
            if row.table == kinds.CLAIM.table and row.kind == CHANGED:
                self.changed[row.key] = row.words
        self.claims = [_left_out(side) for side in (before, after)]

    def of(self, grounds: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The keys of the rows and of the corrections."""
        rows = [row for ground in dict.fromkeys(grounds) for row in self.rows.get(ground, ())]
        corrections = dict.fromkeys(key for row in rows for key in row.corrections)
        return tuple(dict.fromkeys(row.key for row in rows)), tuple(corrections)


def _left_out(side: Snapshot) -> dict[str, moving.Entry]:
    """Each claim, with what leaves it out of a toll, if anything does."""
    # A toll says by which claims; of what has a toll on no page the snapshot knows the rule alone.
    known = {entry["claim"]: entry for toll in side.tolls.values() for entry in toll.left_out}
    entries = {**side.left_out, **known}
    return {claim: entries.get(claim) for claim in side.tables.get(kinds.CLAIM.table, {})}


def _tolls(
    before: Snapshot, after: Snapshot, lacking: Collection[str], behind: _Behind
) -> Iterator[NumberChange]:
    for key in sorted({*before.tolls, *after.tolls}, key=behind.words.place):
        one = before.tolls.get(key) or before.numbers.get(key)
        other = after.tolls.get(key) or after.numbers.get(key)
        if not (one and other):
            if {"tolls", "numbers"} & {*lacking}:
                continue  # whether there was such a toll is not known
            one, other = one or Number(key, NO_FIGURE), other or Number(key, NO_FIGURE)
        if change := _number(key, one, other, lacking, behind):
            yield change


def _numbers(
    before: Snapshot,
    after: Snapshot,
    lacking: Collection[str],
    behind: _Behind,
    tolls: Iterable[NumberChange],
) -> Iterator[NumberChange]:
    counted = {toll.id for toll in tolls}
    for key in sorted({*before.numbers, *after.numbers}, key=behind.words.place):
        one, other = before.numbers.get(key), after.numbers.get(key)
        pages = sorted({*before.pages.get(key, ()), *after.pages.get(key, ())})
        change = _number(key, one, other, lacking, behind, key in counted, pages)
        if change:
            yield change


def _number(
    key: str,
    one: Number | None,
    other: Number | None,
    lacking: Collection[str],
    behind: _Behind,
    is_toll: bool = True,
    pages: Iterable[str] = (),
) -> NumberChange | None:
    """The change of a number; None if there is none."""
    cells = tuple(
        Cell(name, was, now)
        for name in COMPARED
        if name not in lacking and (was := _field(one, name)) != (now := _field(other, name))
    )
    if not cells:
        return None
    known = [number for number in (one, other) if number]
    causes: tuple[Cause, ...] = ()
    if is_toll and one and other and not {"steps", "left_out", "tables"} & {*lacking}:
        causes = moving.causes(one, other, behind.words, behind.changed, *behind.claims)
    was, now = (plain(number.text) if number else None for number in (one, other))
    rows, corrections = _grounded(one, other, causes, behind)
    what = next((number.what for number in reversed(known) if number.what), "")
    return NumberChange(key, what, was, now, cells, tuple(pages), causes, rows, corrections)


def _grounded(
    one: Number | None, other: Number | None, causes: Iterable[Cause], behind: _Behind
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rows and corrections behind a change: of what moves a toll, or of what came or went.

    Where nothing came or went that differs, all that differs of what the number rests on.
    """
    was, now = ([*_grounds(number)] if number else [] for number in (one, other))
    moving_it = [claim for cause in causes for claim in (cause.claim, *cause.by)]
    apart = {*was} ^ {*now}
    for grounds in (moving_it, [key for key in (*now, *was) if key in apart], (*now, *was)):
        found = behind.of(grounds)
        if found[0]:
            return found
    return (), ()


def _field(number: Number | None, name: str) -> object:
    if number is None:
        return None
    value = getattr(number, name)
    if isinstance(value, str):
        text = plain(value)
        return NO_FIGURE if name == "text" and text.startswith(NO_FIGURE) else text
    return value


def _grounds(number: Number) -> Iterator[str]:
    for kind in kinds.GROUNDS:
        yield from getattr(number, kind.table)
    yield from number.counts
    yield from number.sources


def _exhibits(before: Snapshot, after: Snapshot, behind: _Behind) -> Iterator[ExhibitChange]:
    for key in sorted({*before.exhibits, *after.exhibits}):
        one, other = before.exhibits.get(key), after.exhibits.get(key)
        known = [exhibit for exhibit in (one, other) if exhibit]
        kind = CAME if one is None else GONE if other is None else CHANGED
        titles = [plain(exhibit.title) if exhibit else "" for exhibit in (one, other)]
        came, gone = (_apart(other, one), _apart(one, other)) if one and other else ((), ())
        if one and other and titles[0] == titles[1] and not (came or gone):
            continue
        rows, corrections = behind.of(
            sorted(ground for exhibit in known for ground in exhibit.grounds)
        )
        page, (was, now) = known[-1].page, titles
        yield ExhibitChange(key, kind, page, was, now, came, gone, rows, corrections)


def _apart(mine: Exhibit, theirs: Exhibit) -> tuple[dict[str, str], ...]:
    """The rows that only the first has, in the columns that both have."""
    shared = _headings(mine) & _headings(theirs)
    if not (mine.rows and theirs.rows):
        shared = _headings(mine) | _headings(theirs)
    rows, others = (
        Counter(tuple(cell for cell in row if cell[0] in shared) for row in side.rows.elements())
        for side in (mine, theirs)
    )
    return tuple(map(dict, (rows - others).elements()))


def _headings(exhibit: Exhibit) -> set[str]:
    return {column for column, _ in next(iter(exhibit.rows), ())}


def _flips(before: Snapshot, after: Snapshot) -> Iterator[Flip]:
    """The conditions that are met on one side only; those of a text that only one has are none."""
    was = {_known_as(condition): condition.is_met for condition in before.conditions}
    for condition in after.conditions:
        if was.get(_known_as(condition), condition.is_met) != condition.is_met:
            yield Flip(condition, condition.is_met)


def _known_as(condition: Condition) -> tuple[str, ...]:
    return condition.page, condition.name, condition.argument, condition.written


def _touched(before: Snapshot, after: Snapshot, differs: set[str]) -> Iterator[Touched]:
    was = {(one.page, one.written): one for one in before.paragraphs if one.refers_to & differs}
    for paragraph in after.paragraphs:
        if of := paragraph.refers_to & differs:
            one = was.pop((paragraph.page, paragraph.written), None)
            yield Touched(one, paragraph, tuple(sorted(of)))
    for paragraph in was.values():
        yield Touched(paragraph, None, tuple(sorted(paragraph.refers_to & differs)))
