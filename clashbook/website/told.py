"""What differs between two states, told in lines of text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TypeVar

from clashbook.bounds import NO_FIGURE
from clashbook.dataset import kinds
from clashbook.language import day_in_words
from clashbook.website.changes import (
    CAME,
    CHANGED,
    CORRECTIONS,
    GONE,
    Differences,
    ExhibitChange,
    Flip,
    NumberChange,
    RowChange,
    Touched,
)
from clashbook.website.snapshots import NUMBER, plain

# Of a long sentence, or of a list of ids, so much is told in a line.
_LONGEST = 160
_MOST = 8
Thing = TypeVar("Thing")
_SIGNS = {CAME: "+", GONE: "-", CHANGED: "~"}
# The pages of a number that stands on none.
NOWHERE = "on no page"


def lines(found: Differences) -> Iterator[str]:
    """All that differs, a line each, what is behind it in lines of its own below it."""
    yield f"from {_state(found, 0)}"
    yield f"to   {_state(found, 1)}"
    for words in found.not_compared:
        yield f"not compared: {words}"
    if found.is_empty:
        yield ""
        yield "nothing differs"
        return
    yield from _section("Tolls", found.tolls, _toll)
    for page, numbers in by_page(found.numbers).items():
        yield from _section(f"Numbers, {page}", numbers, _number)
    yield from _section("Figures and tables", found.exhibits, _exhibit)
    yield from _section("Conditions that flipped", found.flips, _flip)
    yield from _section("Paragraphs that refer to what differs", found.paragraphs, _paragraph)
    for table, rows in _tables(found.rows).items():
        yield from _section(f"{table}.csv", rows, _row)
    if found.columns:
        came = [cell.column for cell in found.columns if cell.after]
        gone = [cell.column for cell in found.columns if cell.before]
        yield from ("", *_named("columns that came", came), *_named("columns that went", gone))


def by_page(numbers: Iterable[NumberChange]) -> dict[str, list[NumberChange]]:
    """Numbers under each page that uses them, in the order of pages; under `NOWHERE` the others."""
    pages: dict[str, list[NumberChange]] = {}
    for number in numbers:
        for page in number.pages or [NOWHERE]:
            pages.setdefault(page, []).append(number)
    return dict(sorted(pages.items(), key=lambda page: (page[0] == NOWHERE, page[0])))


def in_json(found: Differences) -> dict:
    """All that differs as JSON has it: the fields of `Differences`, lists for what is a list."""
    content = {name: _plain_values(value) for name, value in asdict(found).items()}
    return {"$schema": "schemas/differences.json", **content}


def _plain_values(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain_values(one) for key, one in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    if isinstance(value, (list, tuple)):
        return [_plain_values(one) for one in value]
    return plain(value) if isinstance(value, str) else value


def _state(found: Differences, side: int) -> str:
    day, version = found.days[side], found.versions[side]
    return f"data version {version}, as known on {plain(day_in_words(day))}"


def _section(
    title: str, things: Iterable[Thing], lines_of: Callable[[Thing], Iterator[str]]
) -> Iterator[str]:
    listed = list(things)
    if listed:
        yield ""
        yield f"{title} ({len(listed)})"
        for thing in listed:
            yield from lines_of(thing)


def _moved(number: NumberChange) -> str:
    before, after = number.before or NO_FIGURE, number.after or NO_FIGURE
    if number.before is None:
        before = "not in the text"
    if number.after is None:
        after = "not in the text"
    if before == after:
        return f"{after}, and rests on something else"
    return f"{before} → {after}"


def _toll(toll: NumberChange) -> Iterator[str]:
    yield f"  {toll.id}: {_moved(toll)}"
    for cause in toll.causes:
        yield f"      {cause.words}"
    yield from _corrections(toll.corrections)


def _number(number: NumberChange) -> Iterator[str]:
    yield f"  {number.id}: {_moved(number)}"
    yield from _behind(number)


def _exhibit(exhibit: ExhibitChange) -> Iterator[str]:
    where = f" ({exhibit.page})" if exhibit.page else ""
    yield f"{_SIGNS[exhibit.kind]} {exhibit.id}{where}: {exhibit.after or exhibit.before}"
    if exhibit.kind == CHANGED:
        if exhibit.before != exhibit.after:
            yield f"      its title was: {exhibit.before}"
        if exhibit.came or exhibit.gone:
            yield f"      rows: {len(exhibit.came)} came, {len(exhibit.gone)} went"
    yield from _behind(exhibit)


def _flip(flip: Flip) -> Iterator[str]:
    one = flip.condition
    verb = "is met now" if flip.is_met else "is no longer met"
    yield f"  {one.place}: {one.name} {one.argument} {verb}"
    if one.words:
        yield f"      “{short(one.words)}”"


def _paragraph(touched: Touched) -> Iterator[str]:
    one = touched.newest
    gone = "" if touched.after else " (before)"
    yield f"  {one.place}{gone}: “{short(one.words)}”"
    yield from _named("refers to", [anchor.removeprefix(NUMBER) for anchor in touched.of])


def _row(row: RowChange) -> Iterator[str]:
    yield f"{_SIGNS[row.kind]} {short(row.key)}"
    if row.kind == CHANGED:
        for cell in row.cells:
            yield f"      {short(cell.words)}"
    yield from _corrections(row.corrections)


def _tables(rows: Iterable[RowChange]) -> dict[str, list[RowChange]]:
    """The rows of each table, claims first."""
    tables: dict[str, list[RowChange]] = {kinds.CLAIM.table: []}
    for row in rows:
        tables.setdefault(row.table, []).append(row)
    return tables


def _behind(thing: NumberChange | ExhibitChange) -> Iterator[str]:
    yield from _named("behind it", thing.rows)
    yield from _corrections(thing.corrections)


def _corrections(keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        yield f"      {CORRECTIONS[:-1]}: {short(key)}"


def _named(words: str, keys: Iterable[str]) -> Iterator[str]:
    listed = list(keys)
    if listed:
        more = f" and {len(listed) - _MOST} more" if len(listed) > _MOST else ""
        yield f"      {words}: {', '.join(listed[:_MOST])}{more}"


def short(text: str) -> str:
    """The beginning of a text that is long."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def tally(rows: Iterable[RowChange]) -> Counter[str]:
    """How many rows came, went and changed."""
    return Counter(row.kind for row in rows)
