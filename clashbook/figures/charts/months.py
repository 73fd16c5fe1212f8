"""Month by month: what a provider counted, a panel for each side and population, one time axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.axes import Plot, in_figures, month_number, number_ticks, within
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import POINTED, Mark
from clashbook.figures.charts.records import Record, counted, grouped, read
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.spans import raise_flags, shade, spans_of
from clashbook.figures.charts.style import Side, colour, side
from clashbook.language import day_in_words

PANEL, HEAD, STRIP, GUTTER = 84, 26, 24, 12
SIZE = 8


@dataclass(frozen=True, kw_only=True)
class _Month(Record):
    period: str
    party: str
    party_name: str
    population: str
    who: str
    value: float
    text: str
    indicator_label: str

    @property
    def side(self) -> Side:
        return side(self.party, self.party_name)

    @property
    def month(self) -> int:
        return month_number(self.period)


def months(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw a provider's monthly counts as points; a month without a row is a gap and never zero.

    All panels have one scale, linear from zero; a month that dwarfs all others stands beyond it,
    over a broken line, with its number.

    Parameters
    ----------
    frame : DataFrame
        period (month), party, party_name, population, who, value, kind (month, episode), label (of
        an episode), text, indicator_label, source_id, claimant, stated; one row a point, or an
        episode marked in its first month.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    points = read(frame[frame.kind == "month"], _Month)
    sides = sorted({point.side for point in points}, key=lambda about: about.name)
    items = [Entry(about.name, (Mark(about, fill=POINTED),)) for about in sides]
    items.append(Entry("no row in the series", line=colour("axis")))
    top = draw_key(sheet, 0, items) + 6
    ticks = number_ticks(within(point.value for point in points), 3)
    left = sheet.widest(map(in_figures, ticks)) + 20
    first, last = (end(point.month for point in points) for end in (min, max))
    panels = grouped(points, lambda point: (point.population, point.party)).values()
    plots = [Plot(sheet, left, sheet.width - 8) for _ in panels]
    for plot in plots:
        plot.months(first, max(last, first + 1), named=plot is plots[-1])
    begun = frame[frame.kind == "episode"]
    episodes = zip(begun.label, begun.period, begun.period, strict=True)
    # What is marked is where they begin: a line.
    found = spans_of(plots[0], episodes, sheet.width, narrow=sheet.width)
    y = top + max((span.height for span in found), default=0)
    plots[0].top = y
    raise_flags(plots[0], found, top)
    for plot, panel in zip(plots, panels, strict=True):
        y = _panel(plot, panel, ticks, y)
        shade(plot, found)
    sheet.finish(y + 30)


def _panel(plot: Plot, points: list[_Month], ticks: Sequence[float], top: float) -> float:
    """One side's people of one kind; returns where the panel ends."""
    sheet, about = plot.sheet, points[0].side
    sheet.head(0, top + HEAD / 2 + 2, f"{about.name}: {points[0].who}", colour=about.words)
    beyond = [point for point in points if point.value > ticks[-1]]
    held = [point for point in points if point.value <= ticks[-1]]
    strip = STRIP if beyond else 6
    plot.top = top + HEAD + strip
    plot.bottom = plot.top + PANEL + GUTTER
    plot.heights(ticks, zero="grid")
    # Under nought there is room for the strokes of months without a row.
    plot.ax.set_ylim(-ticks[-1] * GUTTER / PANEL)
    _gaps(plot, {point.month for point in points})
    _points(sheet, about, [plot.x(p.month) for p in held], [plot.y(p.value) for p in held])
    for point in beyond:
        _beyond(sheet, point.value, about, plot.x(point.month), plot.top)
    # A month's words stand over all of its column: points lie too close to be hit.
    half = (plot.x(points[0].month + 1) - plot.x(points[0].month)) / 2
    for point in sorted(points, key=lambda point: point.month):
        value = f"{counted(point.text, point.population)} {point.indicator_label.lower()}"
        words = f"{point.party_name}, {day_in_words(point.period)}: {value}"
        x = plot.x(point.month)
        edges = (x - half, plot.top - strip, x + half, plot.bottom)
        targets.area(sheet.ax, *edges, *point.mark(words))
    return plot.bottom


def _gaps(plot: Plot, present: set[int]) -> None:
    """A stroke under the scale for each run of months that the provider has no row for."""
    first, last = (int(end) for end in plot.ax.get_xlim())
    known = sorted({first - 1, *present, last + 1})
    xs: list[float] = []
    for before, after in pairwise(known):
        if after > before + 1:
            xs += [plot.x(before + 0.5) + 0.4, plot.x(after - 0.5) - 0.4, math.nan]
    # One path with breaks: a path for each run would weigh a page down.
    ys = [plot.bottom - GUTTER / 2] * len(xs)
    plot.sheet.line(xs, ys, colour("axis"), width=2, zorder=1)


def _points(sheet: Sheet, about: Side, xs: Sequence[float], ys: Sequence[float]) -> None:
    for line in marks.points(xs, ys, Mark(about, fill=POINTED, size=SIZE)):
        line.set_zorder(3)
        sheet.ax.add_line(line)


def _beyond(sheet: Sheet, value: float, about: Side, x: float, top: float) -> None:
    """A point over the scale, behind a break, with its number in words beside it."""
    y = top - STRIP / 2 - 4
    for shift in (3, 7):
        sheet.line(
            (x - 6, x + 6), (top - shift + 2, top - shift - 2), about.colour, width=1.2, zorder=2
        )
    _points(sheet, about, [x], [y])
    words = f"{in_figures(value)}, beyond the scale"
    sheet.write(x - 9, y, words, colour=about.words, align="right")
