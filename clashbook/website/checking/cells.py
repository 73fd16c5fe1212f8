"""A table as entries of a list: each number after its column's head and its row's labels.

The page does the same (`reading.js`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clashbook.website.checking.pieces import Block, plain

# As many columns and rows as a cell may cover; what asks for more is damaged.
MOST = 100
# A note longer than this is no label.
_LONG = 80
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
# Numbers that count nothing: days, years, marks of notes.
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:-\d{{1,2}})? {_MONTH}\b|\b{_MONTH}\.? \d{{1,2}}\b(?!,\d)"
    r"|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d(?:[-/]\d{1,4}){0,2}\b|[\[(]\d{1,2}[\])]",
    re.ASCII,
)
_FIGURE = re.compile(
    r"(?<!\w)\d|^(?:(?:at least|about|up to|more than|over|some|nearly) )?(?:one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b",
    re.ASCII | re.IGNORECASE,
)
_SOURCE = re.compile(r"^(?:sources?|according to|speakers?|said by|reported by)\b", re.IGNORECASE)
_END = re.compile(r"[.!?]['\")\]”’]*$")


class Cell(NamedTuple):
    """A cell: its text, the columns and rows that it covers, whether it continues the one above."""

    text: str
    wide: int = 1
    tall: int = 1
    goes_on: bool = False


class _Slot(NamedTuple):
    """A place of the grid: its text, whether its cell begins here, and the rows still covered."""

    text: str
    is_own: bool = True
    more: int = 0


def entries(rows: Sequence[Sequence[Cell]], headed: int = 0) -> Iterator[Block]:
    """The entries of a table; a row without numbers is one.

    Parameters
    ----------
    rows : sequence of sequences of Cell
        Row by row, of any lengths.
    headed : int
        The rows at its top that are marked as heads; 0 if none is, and the texts are to say it.
    """
    whole = _grid(rows)
    grid = [row for row in whole if any(slot.text for slot in row)]
    marked = sum(any(slot.text for slot in row) for row in whole[:headed])
    first = min(marked, len(grid) - 1) or _headed(grid)
    heads, body = grid[:first], grid[first:]
    width = max(map(len, grid), default=0)
    head = [
        _joined(row[column].text for row in heads if column < len(row)) for column in range(width)
    ]
    figured = [column for column in range(width) if _is_of_figures(body, column)]
    for row in body:
        for text in _of_row(row, head, figured):
            yield Block("item", text)


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[_Slot]]:
    """The cells by their columns; one that covers several stands in each of them."""
    grid: list[list[_Slot]] = []
    for row in rows:
        above, slots = grid[-1] if grid else [], list[_Slot]()
        for cell in row:
            _fill(slots, above)
            over = above[len(slots)].text if len(slots) < len(above) else ""
            text = over if cell.goes_on else cell.text
            for place in range(min(cell.wide, MOST)):
                slots.append(_Slot(text, not (place or cell.goes_on), min(cell.tall, MOST) - 1))
        _fill(slots, above)
        grid.append(slots)
    return grid


def _fill(slots: list[_Slot], above: Sequence[_Slot]) -> None:
    """Go on with the cells of the row above that cover this one too."""
    while len(slots) < len(above) and above[len(slots)].more > 0:
        over = above[len(slots)]
        slots.append(_Slot(over.text, is_own=False, more=over.more - 1))


def _headed(grid: Sequence[Sequence[_Slot]]) -> int:
    """How many rows are heads: the first, if it has no numbers, and on while one has wide cells."""
    number = 0
    while number < len(grid) - 1 and not any(_is_figure(slot.text) for slot in grid[number]):
        number += 1
        if all(slot.is_own for slot in grid[number - 1]):
            break
    return number


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.search(_DAY.sub("", plain(text)).strip()))


def _is_of_figures(body: Sequence[Sequence[_Slot]], column: int) -> bool:
    """Whether at least half of a column's texts are numbers."""
    found = [_is_figure(row[column].text) for row in body if column < len(row) and row[column].text]
    return bool(found) and 2 * sum(found) >= len(found)


def _of_row(row: Sequence[_Slot], head: Sequence[str], figured: Sequence[int]) -> Iterator[str]:
    figures = [column for column, slot in enumerate(row) if slot.is_own and _is_figure(slot.text)]
    # A number in a column of labels belongs to its label.
    figures = [column for column in figures if column in figured or column > 0]
    if not figures:
        yield "; ".join(slot.text for slot in row if slot.is_own and slot.text)
        return
    labels = [one for one in range(len(row)) if one not in figured and one not in figures]
    before = [one for one in labels if one < figures[0]]
    names = {one: _label(row[one].text, head[one]) for one in labels}
    for column, roof in zip(figures, [*figures[1:], len(row)], strict=True):
        after = [one for one in labels if column < one < roof] or [
            one for one in labels if one > figures[-1]
        ]
        named = _joined([head[column], *(names[one] for one in before or labels)])
        text = f"{named}: {row[column].text}" if named else row[column].text
        notes = [names[one] for one in after if before and 0 < len(names[one]) <= _LONG]
        if notes and not _END.search(text):
            text += f" ({'; '.join(dict.fromkeys(notes))})"
        yield text


def _label(text: str, head: str) -> str:
    return f"according to {text}" if text and _SOURCE.search(head) else text


def _joined(texts: Sequence[str] | Iterator[str]) -> str:
    bare = (text.rstrip(" .:;,") for text in texts)
    return ", ".join(dict.fromkeys(filter(None, bare)))
