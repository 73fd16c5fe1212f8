"""The key above a plot: the marks in use, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clashbook.figures.charts.marks import Mark, put
from clashbook.figures.charts.rows import BAR, DASHES, PALE
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour

GAP, STEP, MARK = 24, 26, 16


@dataclass(frozen=True)
class Entry:
    """One item of a key: drawings side by side, and what they mean."""

    words: str
    marks: tuple[Mark, ...] = ()
    line: str = ""  # colour of a stroke that stands in place of marks
    bar: str = ""  # kind of a bar (solid, pale, open) that stands in place of marks
    paint: str = colour("both")  # its colour

    @property
    def drawn(self) -> float:
        """Pixels that the drawings take."""
        if self.line or self.bar:
            return 28
        return MARK * len(self.marks) - 4


def draw_key(sheet: Sheet, top: float, items: Sequence[Entry]) -> float:
    """Draw a key over the sheet's width, in as many rows as it needs; return where it ends."""
    x, middle = 0.0, top + 12
    for item in items:
        width = item.drawn + 8 + sheet.widest([item.words], "key")
        if x and x + width > sheet.width:
            x, middle = 0.0, middle + STEP
        _draw_entry(sheet, x, middle, item)
        sheet.note(x + item.drawn + 8, middle, item.words)
        x += width + GAP
    return middle + STEP / 2 if items else top


def _draw_entry(sheet: Sheet, x: float, y: float, item: Entry) -> None:
    edges = (x, y - BAR / 2, x + 28, y + BAR / 2)
    if item.line:
        sheet.line((x, x + 28), (y, y), item.line, width=2)
    if item.bar == "open":
        sheet.box(*edges, edge=item.paint, width=1.2, style=DASHES)
    elif item.bar:
        sheet.box(*edges, fill=item.paint, alpha=PALE if item.bar == "pale" else None)
    for mark in item.marks:
        put(sheet.ax, x + 6, y, mark)
        x += MARK
