"""What differs between two states, told in lines of text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from typing import TypeVar

from clashbook.bounds import NO_FIGURE
from clashbook.dataset import kinds
from clashbook.language import day_in_words
from clashbook.pages.labels import counted
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
# Rows in words, by their keys.
RowNames = Mapping[str, str]
_SIGNS = {CAME: "+", GONE: "-", CHANGED: "~"}
# The pages of a number that stands on none.
NOWHERE = "on no page"


def lines(found: Differences) -> Iterator[str]:
    """All that differs, a line each, what is behind it in lines of its own below it."""
    words = row_names(found)
    yield f"from {_state(found, 0)}"
    yield f"to   {_state(found, 1)}"
    for missing in found.not_compared:
        yield f"not compared: {missing}"
    if found.is_empty:
        yield ""
        yield "nothing differs"
        return
    yield from _section("Tolls", found.tolls, partial(_number, words))
    for page, numbers in by_page(found.numbers).items():
        yield from _section(f"Numbers, {page}", numbers, partial(_number, words))
    yield from _section("Figures and tables", found.exhibits, partial(_exhibit, words))
    yield from _section("Conditions that flipped", found.flips, _flip)
    yield from _section("Paragraphs that refer to what differs", found.paragraphs, _paragraph)
    for table, rows in _tables(found.rows).items():
        yield from _section(f"{table}.csv", rows, partial(_row, words))
    if found.columns:
        came = [cell.column for cell in found.columns if cell.after]
        gone = [cell.column for cell in found.columns if cell.before]
        yield from ("", *_named("new columns", came), *_named("columns no longer there", gone))


def by_page(numbers: Iterable[NumberChange]) -> dict[str, list[NumberChange]]:
    """Numbers under each page that uses them, in the order of pages; under `NOWHERE` the others."""
    pages: dict[str, list[NumberChange]] = {}
    for number in numbers:
        for page in number.pages or [NOWHERE]:
            pages.setdefault(page, []).append(number)
    return dict(sorted(pages.items(), key=lambda page: (page[0] == NOWHERE, page[0])))


def row_names(found: Differences) -> RowNames:
    """The rows that differ in words, by their keys."""
    return {row.key: row.what for row in found.rows}


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
        return f"new, {after}"
    if number.after is None:
        return f"{before} → no longer given"
    if before == after:
        return f"{after} as before, and rests on something else"
    return f"{before} → {after}"


def _number(known: RowNames, number: NumberChange) -> Iterator[str]:
    yield f"  {_with_id(f'{number.what or number.id}: {_moved(number)}', number.id)}"
    for cause in number.causes:
        ids = ", ".join(filter(None, [cause.claim, *cause.by]))
        yield f"      {_with_id(cause.words, ids)}"
    yield from _behind(known, number, () if number.causes else number.rows)


def _exhibit(known: RowNames, exhibit: ExhibitChange) -> Iterator[str]:
    where = f" ({exhibit.page})" if exhibit.page else ""
    yield f"{_SIGNS[exhibit.kind]} {exhibit.id}{where}: {exhibit.after or exhibit.before}"
    if exhibit.kind == CHANGED:
        if exhibit.before != exhibit.after:
            yield f"      its title was: {exhibit.before}"
        if exhibit.came or exhibit.gone:
            yield f"      rows: {len(exhibit.came)} new, {len(exhibit.gone)} no longer there"
    yield from _behind(known, exhibit, exhibit.rows)


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


def _row(known: RowNames, row: RowChange) -> Iterator[str]:
    yield f"{_SIGNS[row.kind]} {_with_id(short(row.what), short(row.key))}"
    if row.kind == CHANGED:
        for cell in row.cells:
            yield f"      {short(cell.words)}"
    yield from _corrections(known, row.corrections)


def _tables(rows: Iterable[RowChange]) -> dict[str, list[RowChange]]:
    """The rows of each table, claims first."""
    tables: dict[str, list[RowChange]] = {kinds.CLAIM.table: []}
    for row in rows:
        tables.setdefault(row.table, []).append(row)
    return tables


def _behind(
    known: RowNames, thing: NumberChange | ExhibitChange, rows: Collection[str]
) -> Iterator[str]:
    """The rows behind a number or an exhibit, each in words and once, and the corrections."""
    listed = grounds(rows, known)
    for words, key in listed[:_MOST]:
        yield f"      rests on: {_with_id(words, key)}"
    if len(listed) > _MOST:
        yield f"      and on {counted(len(listed) - _MOST, 'row')} more"
    yield from _corrections(known, thing.corrections)


def grounds(rows: Iterable[str], known: RowNames) -> list[tuple[str, str]]:
    """Rows behind a number in words, each with its key; the figures of a series are one."""
    found: dict[str, list[str]] = {}
    for key in rows:
        found.setdefault(key.partition(" ")[0], []).append(key)
    return [
        (known[one], one) if len(keys) == 1 or key in known else (f"{known[one]} and others", key)
        for key, keys in found.items()
        for one in (key if key in known else keys[0],)
    ]


def _corrections(known: RowNames, keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        yield f"      {CORRECTIONS[:-1]}: {short(known[key])}"


def _with_id(words: str, key: str) -> str:
    """Words with the id behind them, where they are not the id itself."""
    return f"{words} [{key}]" if key and not words.startswith(key) else words


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
