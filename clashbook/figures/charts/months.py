"""Month by month: a provider's counts as bars at full scale, one side up and the other down."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import axes, targets
from clashbook.figures.charts.axes import Plot, in_figures, number_ticks
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.records import Sided, counted, grouped, read
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.spans import raise_flags, shade, spans_of
from clashbook.figures.charts.style import BOTH, Side, in_order
from clashbook.language import day_in_words, how_many, sentence

UP = {1: "upwards", -1: "downwards"}
PANEL, STRIP, HEAD = 150, 84, 30


@dataclass(frozen=True, kw_only=True)
class _Month(Sided):
    period: str
    population: str
    who: str
    value: float
    text: str
    indicator_label: str

    @property
    def month(self) -> int:
        return axes.month_number(self.period)


def months(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw monthly counts as bars, a panel for soldiers and one for civilians, or one thin strip.

    Of two sides the first goes up from zero and the other down, so that print without colours
    tells them apart too. Each panel is linear, to its own largest month, whose numbers are
    written. A month without a row has no bar.

    Parameters
    ----------
    frame : DataFrame
        period (month), party, party_name, population, who, value, kind (month, episode), label (of
        an episode), text, indicator_label, source_id, claimant, stated; one row a piece of a bar,
        or an episode marked in its first month.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    points = read(frame[frame.kind == "month"], _Month)
    sides = in_order(point.side for point in points)
    turns = dict(zip(sides, (1, -1), strict=False))
    items = [
        Entry(f"{about.name}, {UP[turn]}", bar="solid", paint=about.colour)
        for about, turn in turns.items()
    ]
    top = draw_key(sheet, 0, items if len(items) > 1 else []) + 6
    panels = list(grouped(points, lambda point: point.population).values())
    scales = [number_ticks((turns[p.side] * p.value for p in panel), 4) for panel in panels]
    left = max(sheet.widest(map(in_figures, ticks)) for ticks in scales) + 14
    first, last = (end(point.month for point in points) for end in (min, max))
    begun = frame[frame.kind == "episode"]
    episodes = [*zip(begun.label, begun.period, begun.period, strict=True)]
    for panel, ticks in zip(panels, scales, strict=True):
        plot = Plot(sheet, left, sheet.width - 8)
        plot.months(first - 1, max(last, first + 1) + 1, named=panel is panels[-1])
        if panel is panels[0]:
            # What is marked is where they begin: a line.
            found = spans_of(plot, episodes, sheet.width, narrow=sheet.width)
            plot.top = top
            raise_flags(plot, found)
            y = plot.top
        name = sentence(panel[0].who) if len(panels) > 1 else ""
        sheet.head(0, y + HEAD / 2, name)
        after = sheet.widest([name], "row", bold=True) + 8 if name else 0
        sheet.note(after, y + HEAD / 2, _most(panel))
        plot.top = y + HEAD
        plot.bottom = plot.top + (PANEL if name else STRIP)
        shade(plot, found)
        # Downwards there are people too: no number is below zero.
        plot.heights(ticks, lambda value: in_figures(abs(value)))
        _bars(plot, panel, turns)
        y = plot.bottom + 6
    sheet.finish(y + 24)


def _most(points: list[_Month]) -> str:
    """The largest month of a panel, and its numbers; where several are, how many."""
    months = grouped(points, lambda point: point.month)
    totals = {month: sum(point.value for point in mine) for month, mine in months.items()}
    most = [month for month, total in totals.items() if total == max(totals.values())]
    if len(most) > 1:
        both = ", both sides together" * any(len(months[month]) > 1 for month in most)
        return f"Most in {how_many(len(most))} months: {in_figures(totals[most[0]])} in each{both}"
    mine = months[most[0]]
    counts = [f"{p.party_name} {p.text}" for p in mine] if mine[0].party != BOTH else [mine[0].text]
    return f"Most in {axes.month_label(most[0])}: {', '.join(counts)}"


def _bars(plot: Plot, points: list[_Month], turns: dict[Side, int]) -> None:
    """Draw the bars of a panel; the words of a month are over all of its column."""
    for about, mine in grouped(points, lambda point: point.side).items():
        values = [turns[about] * point.value for point in mine]
        plot.ax.bar([p.month for p in mine], values, 0.84, color=about.colour, zorder=2)
    half = max(2, plot.x(1) - plot.x(0)) / 2
    for month, mine in grouped(points, lambda point: point.month).items():
        step = (plot.bottom - plot.top) / len(mine)
        for index, point in enumerate(mine):
            value = f"{counted(point.text, point.population)} {point.indicator_label.lower()}"
            words = f"{point.party_name}, {day_in_words(point.period)}: {value}"
            x, y = plot.x(month), plot.top + index * step
            targets.area(plot.sheet.ax, x - half, y, x + half, y + step, *point.mark(words))
