"""Monthly series: lines, what was released or printed at first as points over them, episodes.

The parts (scale, months, shaded spans, line, points) are drawn one by one, so that `panels` can lay
several of them side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import pandas as pd
import seaborn
from matplotlib.axes import Axes

from clashbook.figures.charts import marks
from clashbook.figures.charts.axes import Plot, in_figures, month_number, number_ticks
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.labels import Place, apart, around
from clashbook.figures.charts.marks import HOLLOW, POINTED, SOLID, Mark
from clashbook.figures.charts.records import Record, grouped, lower, read
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.spans import spans_of, stand_under
from clashbook.figures.charts.style import Side, side
from clashbook.language import day_in_words

HEIGHT = 300
FILLS = {"first_release": HOLLOW, "printed": POINTED, "wider": HOLLOW}


@dataclass(frozen=True, kw_only=True)
class Point(Record):
    """A figure of one month."""

    measure: str
    below: str = ""
    period: str
    label: str
    party: str
    party_name: str = ""
    value: float
    kind: str
    text: str
    series_id: str
    firmness: str = ""

    @property
    def x(self) -> int:
        return month_number(self.period)

    @property
    def side(self) -> Side:
        return side(self.party, self.party_name)

    @property
    def drawn(self) -> Mark:
        return Mark(self.side, self.firmness or "exact", FILLS.get(self.kind, SOLID))

    @property
    def words(self) -> str:
        """Whose figure it is, of what and when, its value, and what kind of figure it is."""
        whose = side(self.party).name
        about = self.measure if whose in self.measure else f"{whose}, {self.measure}"
        kind = "" if self.label in self.measure else f" ({lower(self.label)})"
        return f"{about}, {day_in_words(self.period)}: {self.text}{kind}"


def lines(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw monthly series as lines, first releases and printed figures as hollow points.

    Parameters
    ----------
    frame : DataFrame
        measure, period (YYYY-MM), label, party ("" for none), value, kind (vintage, first_release,
        printed, or episode), text, claims, series_id, source_id, claimant, stated, period_start,
        period_end (days; of an episode). A row is one point, or the shaded span of an episode.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    points = dated(frame)
    top = draw_key(sheet, 0, point_entries(points)) + 8
    ends = [line[-1] for line in vintages(points)]
    releases = [sheet.wrap(end.label, 72 if sheet.phone else 110, "key") for end in ends]
    margin = max(
        sheet.widest([end.side.name for end in ends], bold=True),
        sheet.widest(chain.from_iterable(releases), "key"),
    )
    ticks = number_ticks((point.value for point in points), 6)
    left = sheet.widest(map(in_figures, ticks)) + 12
    plot = Plot(sheet, left, sheet.width - margin - 12, above=10, beyond=margin + 12)
    plot.months(*ends_of(points))
    found = spans_of(plot, episodes(frame), sheet.width)
    stand_under(plot, found, top, HEIGHT)
    plot.heights(ticks)
    draw_lines(plot, points)
    draw_points(plot, [point for point in points if point.kind != "vintage"])
    heights = apart([plot.y(end.value) for end in ends], 56, plot.top, plot.bottom - 24)
    for end, release, y in zip(ends, releases, heights, strict=True):
        sheet.write(plot.right + 10, y, end.side.name, bold=True, colour=side(end.party).words)
        sheet.note(plot.right + 10, y + 17, release)
    sheet.finish(plot.bottom + 32)


def dated(frame: pd.DataFrame) -> list[Point]:
    """The rows that have a place in time and a value."""
    points = frame[(frame.kind != "episode") & (frame.period != "") & frame.value.notna()]
    return read(points, Point)


def episodes(frame: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The episodes of a frame: name, first and last day."""
    found = frame[frame.kind == "episode"]
    return [*zip(found.label, found.period_start, found.period_end, strict=True)]


def vintages(points: Iterable[Point]) -> list[list[Point]]:
    """The points of each series of kind vintage, in the order of time."""
    found = sorted((p for p in points if p.kind == "vintage"), key=lambda point: point.x)
    return [*grouped(found, lambda point: (point.party, point.series_id)).values()]


def point_entries(points: Iterable[Point]) -> list[Entry]:
    """Items of the key for points of a fill of their own: lines are named where they end."""
    filled = grouped(
        (p for p in points if p.kind in FILLS), lambda point: (point.kind, point.label)
    )
    items = []
    for (kind, label), mine in sorted(filled.items()):
        firm = mine[0].firmness or "exact"
        drawn = [Mark(side(party), firm, FILLS[kind]) for party in sorted({p.party for p in mine})]
        items.append(Entry(label, tuple(drawn)))
    return items


def ends_of(points: list[Point], air: float = 0.75) -> tuple[float, float]:
    """The first and the last month of an axis that holds the points, and `air` about them."""
    first, last = (end(point.x for point in points) for end in (min, max))
    return first - air, max(last + air, first - air + 3)


def draw_lines(plot: Plot, points: Iterable[Point]) -> None:
    """A line for each series of kind vintage, and a mark where a month stands alone."""
    for line in vintages(points):
        about = side(line[0].party)
        xs, ys = [plot.x(p.x) for p in line], [plot.y(p.value) for p in line]
        # A month without a figure is a gap, not a straight line across it: each run is a line.
        runs = [point.x - place for place, point in enumerate(line)]
        ax, paint = plot.sheet.ax, about.colour
        seaborn.lineplot(
            x=xs, y=ys, units=runs, estimator=None, sort=False, ax=ax, color=paint, lw=2
        )
        for x, y, run in zip(xs, ys, runs, strict=True):
            if runs.count(run) == 1:
                marks.put(ax, x, y, Mark(about, size=marks.REPLACED))
        plot.room.take_line(xs, ys)


def draw_points(
    plot: Plot,
    points: Sequence[Point],
    *,
    named: Sequence[Point] | None = None,
    first: Sequence[Place] = (),
) -> None:
    """A mark a point, and its value beside it.

    `named` are the points whose value is written, `first` the places tried first.
    """
    for point in points:
        x, y = plot.x(point.x), plot.y(point.value)
        plot.room.take(x - 5, y - 5, x + 5, y + 5)
        marks.put(plot.sheet.ax, x, y, point.drawn, *point.mark(point.words))
    for point in points if named is None else named:
        places, paint = [*first, *around(13, 110)], side(point.party).words
        spot = plot.x(point.x), plot.y(point.value)
        plot.room.label(*spot, in_figures(point.value), places, colour=paint)
