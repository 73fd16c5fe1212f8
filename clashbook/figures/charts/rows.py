"""Labelled rows in one or several panels, and counts as bars from zero: one layout for all charts.

A bar is solid up to what is counted at least and pale up to an upper limit; where there is none it
goes on in two short rows of dashes that nothing closes, as long in every chart, and where sources
differ it ends in slanted strokes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from clashbook.figures.charts.axes import Plot
from clashbook.figures.charts.records import Count
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour
from clashbook.figures.charts.targets import TARGET

HEAD, GAP = 54, 36
BAR, STUB, PALE = 14, 13, 0.3
DASHES = (1, (3, 2))  # of 13 pixels two and a half


@dataclass
class Row:
    """A row of one or several panels, and its place on the sheet.

    Parameters
    ----------
    label : str
        Stands at its left.
    lanes : sequence of int
        How many bars or marks it has in each panel, one under the other.
    paint : str
        Colour of the label.
    heights : sequence of float
        Pixels that a lane takes in each panel, if it is more than a mark's.
    later : str
        How much later it is than the row above; stands between the two.
    """

    label: str
    lanes: Sequence[int]
    paint: str = colour("ink")
    heights: Sequence[float] = ()
    later: str = ""
    height: float = field(default=TARGET, init=False)
    top: float = field(default=0, init=False)
    bottom: float = field(default=0, init=False)

    def lane(self, index: int = 0) -> float:
        """The middle of one of its bars or marks."""
        return self.top + self.height * (index + 0.5)


def panels(
    sheet: Sheet, rows: Sequence[Row], count: int, top: float, across: int = 0
) -> Iterator[Plot]:
    """A plot a panel, `across` of them side by side (one on a phone); rows move to each.

    Over each plot is room for a heading and the values of its axis.
    """
    across = 1 if sheet.phone else across or count
    labels = sheet.widest(row.label for row in rows) + 12
    width = (sheet.width - labels - GAP * (across - 1)) / across
    for index in range(count):
        column = index % across
        if column == 0 and index:
            top = rows[-1].bottom + 10
        bottom = top + HEAD
        for row in rows:
            beside = slice(index - column, index - column + across)
            lanes, row.height = max(row.lanes[beside]), max([TARGET, *row.heights[beside]])
            row.top = bottom + TARGET * bool(row.later)
            if column == 0 and row.later:
                # No line goes on from row to row: time does not either.
                sheet.box(0, bottom, sheet.width, row.top, fc=colour("page"), zorder=-0.4)
                sheet.note(0, bottom + TARGET / 2, row.later)
            bottom = row.bottom = row.top + row.height * lanes
            if column == 0 and lanes:
                sheet.write(0, row.lane(), row.label, colour=row.paint)
        left = labels + column * (width + GAP)
        plot = Plot(sheet, left, left + width, top + HEAD - 2, bottom)
        plot.ax.set_ylim(bottom, plot.top)
        yield plot


def bar(plot: Plot, y: float, count: Count, solid: float) -> float:
    """Draw a count as a bar from zero on axes whose heights are pixels; return where it ends."""
    end = extent(count)[1]
    edge, paint = plot.x(end), count.side.colour
    for start, stop, alpha in ((0, solid, 1), (solid, end, PALE)):
        plot.ax.barh(y, stop - start, BAR, left=start, color=paint, alpha=alpha, zorder=3)
    if not ending(count):
        return edge
    ENDS[ending(count)](plot.sheet, edge, y, paint)
    return edge + STUB


def stub(sheet: Sheet, x: float, y: float, paint: str) -> None:
    """Draw the open end of a bar that has no upper limit: no edge of it stands at a number."""
    for side in (-1, 1):
        ys = (y + side * (BAR / 2 - 0.8),) * 2
        sheet.line((x, x + STUB), ys, paint, lw=1.6, ls=DASHES, zorder=1)


def strokes(sheet: Sheet, x: float, y: float, paint: str) -> None:
    """Draw the end of a bar on whose number sources differ."""
    for start in (x + 2, x + 5.5, x + 9):
        sheet.line((start, start + 4), (y + BAR / 2, y - BAR / 2), paint, lw=1.6, zorder=1)


ENDS = {"stub": stub, "strokes": strokes}


def piece(sheet: Sheet, kind: str, paint: str, edges: tuple[float, float, float, float]) -> None:
    """Draw a piece of a bar: solid, pale, open, or with one of `ENDS`; in charts and in keys."""
    left, top, right, bottom = edges
    if kind == "open":
        sheet.box(*edges, ec=paint, lw=1.4, zorder=1)
        return
    if kind in ENDS:
        right -= STUB
        ENDS[kind](sheet, right, (top + bottom) / 2, paint)
    sheet.box(left, top, right, bottom, fc=paint, alpha=PALE if kind == "pale" else None)


def extent(count: Count) -> tuple[float, float]:
    """Up to where a bar is solid, and up to where it is pale; 0 where there is no number."""
    low, best, high = (0 if math.isnan(n) else n for n in (count.low, count.best, count.high))
    solid = low or (best if not high else 0)
    return solid, max(solid, high)


def ending(count: Count) -> str:
    """How a bar ends that no number closes: of `ENDS`, or "" where one does."""
    if not extent(count)[0] or not math.isnan(count.high) or count.firmness == "about":
        return ""
    return "strokes" if count.firmness == "contested" else "stub"
