"""The key above a plot: the marks in use, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clashbook.figures.charts.marks import Mark, put
from clashbook.figures.charts.rows import BAR, piece
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour

GAP, STEP, ASIDE = 24, 26, 14


@dataclass(frozen=True)
class Entry:
    """One item of a key: a drawing, and what it means."""

    words: str
    marks: Sequence[Mark] = ()
    bar: str = ""  # kind of a piece of a bar, drawn where there are no marks
    paint: str = colour("both")  # its colour


def draw_key(sheet: Sheet, top: float, items: Sequence[Entry]) -> float:
    """Draw a key over the sheet's width, in as many rows as it needs; return where it ends."""
    x, middle = 0.0, top + 12
    for item in items:
        drawn = ASIDE * len(item.marks) - 2 if item.marks else 28
        width = drawn + 8 + sheet.widest([item.words], "key")
        if x and x + width > sheet.width:
            x, middle = 0.0, middle + STEP
        for index, mark in enumerate(item.marks):
            put(sheet.ax, x + 6 + index * ASIDE, middle, mark)
        if not item.marks:
            piece(sheet, item.bar, item.paint, (x, middle - BAR / 2, x + drawn, middle + BAR / 2))
        sheet.note(x + drawn + 8, middle, item.words)
        x += width + GAP
    return middle + STEP / 2 if items else top
