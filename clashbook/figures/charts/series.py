"""Monthly series: lines, what was released or printed at first as points over them, episodes.

The parts (scale, months, shaded spans, line, points) are drawn one by one, so that `panels` can lay
several of them side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
import seaborn
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from clashbook.figures.charts import marks
from clashbook.figures.charts.calendar import month_label, month_number
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.labels import Place, Room, apart, around
from clashbook.figures.charts.marks import HOLLOW, POINTED, SOLID, Mark
from clashbook.figures.charts.records import Record, grouped, lower, read
from clashbook.figures.charts.scales import Scale, in_figures
from clashbook.figures.charts.sheet import LINE, Sheet
from clashbook.figures.charts.style import Side, colour, side, text_width, wrap
from clashbook.language import day_in_words

HEIGHT = 300
FILLS = {"first_release": HOLLOW, "printed": POINTED, "wider": HOLLOW}
NAMES_BELOW = 24  # months on the axis, below which it names months and not years alone


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


@dataclass(frozen=True)
class Plot:
    """A place on a sheet with its scale of months, its scale of values and its room for words."""

    sheet: Sheet
    along: Scale
    up: Scale
    room: Room


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
    releases = [wrap(end.label, sheet.key_size, 72 if sheet.phone else 110) for end in ends]
    size = sheet.value_size
    margin = max(
        [0, *(text_width(end.side.name, size, bold=True) for end in ends)]
        + [text_width(line, sheet.key_size) for release in releases for line in release]
    )
    values = [*(point.value for point in points), 0.0]
    left = heights_width(sheet, upward(values, 0, 1)) + 12
    along = months_along(points, left, sheet.width - margin - 12)
    spans = spans_of(sheet, frame, along, 0, sheet.width)
    top += max((span.height for span in spans), default=0)
    bottom = top + HEIGHT
    up = upward(values, bottom, top + 10)
    plot = Plot(sheet, along, up, Room(sheet, left, top, sheet.width, bottom))
    name_spans(sheet, spans, top)
    shade(sheet, spans, top, bottom)
    sheet.heights(up, along.start, along.end)
    draw_months(sheet, along, bottom)
    draw_lines(plot, points)
    draw_points(plot, [point for point in points if point.kind != "vintage"])
    heights = apart([up(end.value) for end in ends], 56, top + 10, bottom - 24)
    for end, release, y in zip(ends, releases, heights, strict=True):
        sheet.write(along.end + 10, y, end.side.name, bold=True, colour=side(end.party).words)
        sheet.note(along.end + 10, y + 17, release)
    sheet.finish(bottom + 32)


def dated(frame: pd.DataFrame) -> list[Point]:
    """The rows that have a place in time and a value."""
    points = frame[(frame.kind != "episode") & (frame.period != "") & frame.value.notna()]
    return read(points, Point)


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
        room = 16 if firm == "about" else 6
        items.append(Entry(label, tuple(drawn), left=room, right=room))
    return items


def upward(values: Sequence[float], start: float, end: float, steps: int = 6) -> Scale:
    """A scale of values, negative ones too, from the pixel `start` up to `end`."""
    locator = MaxNLocator(steps, steps=[1, 2, 5, 10])
    return Scale(start, end, tuple(map(float, locator.tick_values(min(values), max(values)))))


def months_along(points: list[Point], left: float, right: float, air: float = 0.75) -> Scale:
    """A scale of months that holds the points, with `air` months before and after them."""
    first, last = (end(point.x for point in points) for end in (min, max))
    return Scale(left, right, (first - air, max(last + air, first - air + 3)))


def heights_width(sheet: Sheet, up: Scale) -> float:
    """Pixels that the labels of a scale take."""
    return max(text_width(in_figures(tick), sheet.value_size) for tick in up.ticks)


def draw_months(
    sheet: Sheet, along: Scale, bottom: float, *, named: bool = True, closing: bool = False
) -> None:
    """Marks of months under a plot, and their names: quarters where it is short, else years.

    A year stands at its January, or at its December where figures are of its end (`closing`).
    """
    first, last = math.ceil(along.ticks[0]), math.floor(along.ticks[1])
    quarters = last - first < NAMES_BELOW
    label = month_label if quarters or closing else lambda iso: iso[:4]
    step = 3 if quarters else 12 * _years_apart(along, text_width(label("2020-12"), 13))
    for month in range(first, last + 1):
        if (month - (11 if closing else 0)) % step:
            continue
        x = along(month)
        sheet.line((x, x), (bottom, bottom + 5), colour("axis"))
        words = label(f"{month // 12}-{month % 12 + 1:02d}")
        half = text_width(words, sheet.value_size) / 2
        if named and x - half >= 0 and x + half <= sheet.width:
            sheet.label(x, bottom + 18, words)


def _years_apart(along: Scale, width: float) -> int:
    """Years from one name to the next, so that names of a width do not touch."""
    year = along(12) - along(0)
    return next((step for step in (1, 2, 5, 10) if step * year >= width + 10), 20)


@dataclass
class Span:
    """An episode's months, and its name above the plot; `height` is from there to the name."""

    start: float
    end: float
    middle: float
    lines: list[str]
    height: float


def spans_of(
    sheet: Sheet, frame: pd.DataFrame, along: Scale, left: float, right: float
) -> list[Span]:
    """Episodes, named between `left` and `right`.

    Whole months are shaded: a day would not be seen, and the points are of months.
    """
    spans: list[Span] = []
    taken: list[Bbox] = []
    episodes = frame[frame.kind == "episode"].sort_values("period_start")
    days = (episodes.label, episodes.period_start, episodes.period_end)
    for label, first, last in zip(*days, strict=True):
        begin = max(month_number(first) - 0.5, along.ticks[0])
        end = min(month_number(last or first) + 0.5, along.ticks[1])
        if begin >= end:
            continue
        lines = wrap(label, sheet.key_size, 96)
        half = max(text_width(line, sheet.key_size) for line in lines) / 2 + 5
        middle = min(max(along((begin + end) / 2), left + half), right - half)
        box = Bbox.from_extents(middle - half, -LINE * len(lines) - 2, middle + half, -2)
        # Names of episodes that lie close stand one above the other.
        while box.count_overlaps(taken):
            box = box.translated(0, -LINE)
        taken.append(box)
        spans.append(Span(along(begin), along(end), middle, lines, -box.y0))
    return spans


def name_spans(sheet: Sheet, spans: list[Span], top: float) -> None:
    for span in spans:
        sheet.note(span.middle, top - span.height + 4, span.lines, align="center")


def shade(sheet: Sheet, spans: list[Span], top: float, bottom: float) -> None:
    for span in spans:
        sheet.box(span.start, top, span.end, bottom, fill=colour("fill"))


def draw_lines(plot: Plot, points: Iterable[Point]) -> None:
    """A line for each series of kind vintage, and a mark where a month stands alone."""
    for line in vintages(points):
        about = side(line[0].party)
        xs, ys = [plot.along(p.x) for p in line], [plot.up(p.value) for p in line]
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
        x, y = plot.along(point.x), plot.up(point.value)
        plot.room.take(x - 5, y - 5, x + 5, y + 5)
        marks.put(plot.sheet.ax, x, y, point.drawn, *point.mark(point.words))
    for point in points if named is None else named:
        x, y = plot.along(point.x), plot.up(point.value)
        places = [*first, *around(13, 110)]
        plot.room.label(x, y, in_figures(point.value), places, colour=side(point.party).words)
