"""Labelled rows of marks, in one layout for all charts whose numbers lie from left to right."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from clashbook.figures.charts import marks
from clashbook.figures.charts.axes import Plot
from clashbook.figures.charts.marks import Mark
from clashbook.figures.charts.records import Count
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour
from clashbook.figures.charts.targets import TARGET

# Marks of one row stand as far apart as it takes to hit one of them.
AIR, LINE, HEAD, GAP = 2, 15, 58, 36
# Room before a scale (nothing found, none), and beyond it for an arrow.
GUTTER, ARROW_ROOM = 26, 36


@dataclass
class Row:
    """A row of one or several panels, and its place on the sheet.

    Parameters
    ----------
    label : str
        Stands at its left.
    lanes : sequence of int
        How many marks it has in each panel, one under the other.
    notes : sequence of str
        Lines under its label: it stands out on a band then.
    """

    label: str
    lanes: Sequence[int]
    notes: Sequence[str] = ()
    top: float = field(default=0, init=False)
    bottom: float = field(default=0, init=False)

    def lane(self, index: int = 0) -> float:
        """The middle of one of its marks."""
        return self.top + AIR / 2 + TARGET * (index + 0.5)


def panels(sheet: Sheet, rows: Sequence[Row], count: int, top: float) -> Iterator[Plot]:
    """A plot a panel, side by side, or one under the other on a phone; rows move to each."""
    words = chain.from_iterable(row.notes for row in rows)
    labels = max(sheet.widest(row.label for row in rows), sheet.widest(words, "key")) + 20
    across = 1 if sheet.phone else count
    width = (sheet.width - labels - GAP * (across - 1)) / across
    for index in range(count):
        column, bottom = index % across, top + HEAD
        for row in rows:
            lanes = max(1, *([row.lanes[index]] if sheet.phone else row.lanes))
            row.top = bottom
            bottom = row.bottom = row.top + AIR + TARGET * lanes + LINE * len(row.notes)
            if column == 0:
                _name(sheet, row)
        left = labels + column * (width + GAP)
        yield Plot(sheet, left, left + width, top + HEAD - 2, bottom)
        if sheet.phone:
            top = bottom + 14


def _name(sheet: Sheet, row: Row) -> None:
    if row.notes:
        sheet.box(0, row.top, sheet.width, row.bottom, fill=colour("fill"))
    sheet.write(5, row.lane(), row.label, bold=bool(row.notes))
    sheet.note(5, row.lane() + LINE, row.notes, step=LINE)


def put(plot: Plot, y: float, count: Count, words: str, *, counted: bool = False) -> float:
    """Draw a count's mark, in a gutter where it has no place, and return where words go on."""
    reach = plot.x(count.high) - plot.x(count.low) if count.firmness == "between" else 0
    mark = Mark(count.side, count.firmness, marks.fill_of(count.counted_by), reach=reach)
    if not math.isnan(count.place):
        x = plot.x(count.place)
    elif count.firmness in ("none", "none_reported"):
        x = plot.left - GUTTER / 2 - 3
    else:
        x = plot.right + ARROW_ROOM
    marks.put(plot.sheet.ax, x, y, mark, *count.mark(words, counted=counted))
    return max(x + mark.ends[1] + 7, plot.left + 8)
