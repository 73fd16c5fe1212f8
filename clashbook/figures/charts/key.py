"""The key above a plot: the marks in use, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clashbook.figures.charts.marks import HALF, HOLLOW, POINTED, SOLID, Mark, fill_of, put
from clashbook.figures.charts.records import WITHOUT_PLACE
from clashbook.figures.charts.sheet import DOTS, SOLID_LINE, Sheet
from clashbook.figures.charts.style import BOTH, Side, side, text_width

GAP = 24
# Words and the room that the drawing takes, left and right of its point.
_FIRMNESS = {
    "at_least": ("at least", 7, 28),
    "up_to": ("up to", 23, 2),
    "between": ("a range", 2, 32),
    "about": ("about", 16, 16),
    "none_reported": ("none, as stated", 5, 5),
    "unquantified": ("no number given", 5, 5),
    "contested": ("numbers that exclude each other", 5, 5),
    "none": ("nothing found", 6, 6),
}
_COUNTERS = {
    SOLID: "own authorities",
    HALF: "own authorities and others",
    HOLLOW: "said by the other side",
    POINTED: "third party or press",
}


@dataclass(frozen=True)
class Entry:
    """One item of a key: drawings side by side, and what they mean."""

    words: str
    marks: tuple[Mark, ...] = ()
    left: float = 6
    right: float = 6
    line: str = ""  # colour of a stroke that stands in place of marks
    dotted: bool = False

    @property
    def drawn(self) -> float:
        """Pixels that the drawings take."""
        if self.line:
            return 28
        return (self.left + self.right + 4) * len(self.marks) - 4


def entries(
    sides: Iterable[Side],
    firmness: Iterable[str],
    counted_by: Iterable[str],
    *,
    upright: bool = False,
) -> list[Entry]:
    """The key's items for the marks in use, parties first, each kind in its fixed order."""
    sides = list(dict.fromkeys(sides))
    fills = {fill_of(role) for role in counted_by if role}
    ink = side(BOTH)
    known = set(firmness)
    found = [Entry(about.name, (Mark(about),)) for about in sides]
    if fills - {SOLID}:
        shapes = [about for about in sides if about.token != "both"] or [ink]
        found += [
            Entry(words, tuple(Mark(about, fill=fill) for about in shapes))
            for fill, words in _COUNTERS.items()
            if fill in fills
        ]
    for kind, (words, left, right) in _FIRMNESS.items():
        if kind in known:
            reach = 0 if kind != "between" else 12 if upright else 30
            mark = Mark(ink, kind, reach=reach, upright=upright)
            found.append(Entry(words, (mark,), *((7, 7) if upright else (left, right))))
    return found


def draw_key(sheet: Sheet, top: float, items: Iterable[Entry]) -> float:
    """Draw a key over the sheet's width and return where it ends."""
    bottom = top
    for row in _key_rows(sheet, items):
        # An upright arrow is taller than a line of text.
        drawn = [mark for item, _ in row for mark in item.marks]
        tall = any(mark.upright and mark.firmness not in WITHOUT_PLACE for mark in drawn)
        middle = bottom + (20 if tall else 12)
        for item, x in row:
            _draw_entry(sheet, x, middle, item)
            sheet.note(x + item.drawn + 8, middle, item.words)
        bottom += 40 if tall else 26
    return bottom


def _key_rows(sheet: Sheet, items: Iterable[Entry]) -> list[list[tuple[Entry, float]]]:
    """The items with their places, in as many rows as they need."""
    rows: list[list[tuple[Entry, float]]] = [[]]
    x = 0.0
    for item in items:
        width = item.drawn + 8 + text_width(item.words, sheet.key_size)
        if x and x + width > sheet.width:
            rows.append([])
            x = 0.0
        rows[-1].append((item, x))
        x += width + GAP
    return rows


def _draw_entry(sheet: Sheet, x: float, y: float, item: Entry) -> None:
    if item.line:
        style = DOTS if item.dotted else SOLID_LINE
        sheet.line((x, x + 28), (y, y), item.line, width=2, style=style)
    for mark in item.marks:
        shift = {"at_least": 11, "up_to": -10, "between": 6}.get(mark.firmness, 0)
        put(sheet.ax, x + item.left, y + (shift if mark.upright else 0), mark)
        x += item.left + item.right + 4
