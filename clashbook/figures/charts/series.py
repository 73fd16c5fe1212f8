"""Monthly series: lines, what was released or printed at first as points over them, episodes.

The parts (scale, months, shaded spans, line, points) are drawn one by one, so that `panels` can lay
several of them side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
import seaborn
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.calendar import month_label, month_number
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.labels import Room, apart, around
from clashbook.figures.charts.marks import HOLLOW, POINTED, SOLID, Mark
from clashbook.figures.charts.scales import Scale, in_figures
from clashbook.figures.charts.style import Sheet, colour, side, text_width, wrap
from clashbook.language import day_in_words

HEIGHT = 300
FILLS = {"first_release": HOLLOW, "printed": POINTED, "wider": HOLLOW}
NAMES_BELOW = 24  # months on the axis, below which it names months and not years alone


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
    ends = _line_ends(points)
    words = [_end_words(sheet, row) for row in ends.itertuples()]
    size = sheet.value_size
    margin = max([text_width(name, size, bold=True) for name, _ in words] or [0])
    margin = max([margin, *(text_width(line, 12) for _, more in words for line in more)])
    values = [*points.value, 0.0]
    left = heights_width(sheet, upward(values, 0, 1)) + 12
    along = months_along(points, left, sheet.width - margin - 12)
    spans = spans_of(sheet, frame, along, 0, sheet.width)
    top += max((span.height for span in spans), default=0)
    bottom = top + HEIGHT
    up = upward(values, bottom, top + 10)
    room = Room(sheet, left, top, sheet.width, bottom)
    name_spans(sheet, spans, top)
    shade(sheet, spans, top, bottom)
    draw_heights(sheet, up, along)
    draw_months(sheet, along, bottom)
    draw_lines(sheet, points, along, up, room)
    draw_points(sheet, points[points.kind != "vintage"], along, up, room)
    heights = apart([up(value) for value in ends.value], 56, top + 10, bottom - 24)
    for row, (name, more), y in zip(ends.itertuples(), words, heights, strict=True):
        sheet.write(along.end + 10, y, name, bold=True, colour=side(row.party).words)
        for at, line in enumerate(more):
            look = {"size": 12, "colour": colour("second")}
            sheet.write(along.end + 10, y + 17 + 16 * at, line, **look)
    sheet.finish(bottom + 32)


def dated(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a place in time and a value, with their month as a number `x`."""
    points = frame[(frame.kind != "episode") & (frame.period != "") & frame.value.notna()]
    return points.assign(x=points.period.map(month_number).astype(float))


def point_entries(points: pd.DataFrame) -> list[Entry]:
    """Items of the key for points of a fill of their own: lines are named where they end."""
    rows = points[points.kind.isin(FILLS)]
    items = []
    for (kind, label), mine in rows.groupby(["kind", "label"]):
        firm = _firmness(next(mine.itertuples()))
        drawn = [Mark(side(party), firm, FILLS[kind]) for party in sorted(set(mine.party))]
        reach = {"left": 16, "right": 16} if firm == "about" else {}
        items.append(Entry(label, tuple(drawn), **reach))
    return items


def _words(row) -> str:
    """What a point says: whose, what, of when, its value, and what kind of figure it is."""
    whose = side(row.party).name
    about = row.measure if whose in row.measure else f"{whose}, {row.measure}"
    kind = "" if row.label in row.measure else f" ({row.label[:1].lower()}{row.label[1:]})"
    return f"{about}, {day_in_words(row.period)}: {row.text}{kind}"


def _firmness(row) -> str:
    return getattr(row, "firmness", "") or "exact"


def upward(values: Iterable[float], start: float, end: float, steps: int = 6) -> Scale:
    """A scale of values, negative ones too, from the pixel `start` up to `end`."""
    values = list(values)
    locator = MaxNLocator(steps, steps=[1, 2, 5, 10])
    return Scale(start, end, tuple(map(float, locator.tick_values(min(values), max(values)))))


def months_along(points: pd.DataFrame, left: float, right: float, air: float = 0.75) -> Scale:
    """A scale of months that holds the points, with `air` months before and after them."""
    first, last = points.x.min() - air, points.x.max() + air
    return Scale(left, right, (first, max(last, first + 3)))


def _line_ends(points: pd.DataFrame) -> pd.DataFrame:
    vintage = points[points.kind == "vintage"].sort_values("x")
    return vintage.groupby(["party", "series_id"], sort=False).tail(1)


def _end_words(sheet: Sheet, row) -> tuple[str, list[str]]:
    name = side(row.party, getattr(row, "party_name", "")).name
    return name, wrap(row.label, 12, 72 if sheet.phone else 110)


def heights_width(sheet: Sheet, up: Scale) -> float:
    """Pixels that the labels of a scale take."""
    return max(text_width(in_figures(tick), sheet.value_size) for tick in up.ticks)


def draw_heights(sheet: Sheet, up: Scale, along: Scale, *, named: bool = True) -> None:
    """The gridlines of a scale and, left of them, their values."""
    for tick in up.ticks:
        sheet.rule(along.start, along.end, up(tick), "axis" if tick == 0 else "grid")
        if named:
            look = {"colour": colour("second"), "align": "right"}
            sheet.write(along.start - 10, up(tick), in_figures(tick), **look)


def draw_months(
    sheet: Sheet, along: Scale, bottom: float, *, named: bool = True, closing: bool = False
) -> None:
    """Marks of months under a plot, and their names: quarters where it is short, else years.

    A year stands at its January, or at its December where figures are of its end (`closing`).
    """
    first, last = math.ceil(along.ticks[0]), math.floor(along.ticks[1])
    quarters = last - first < NAMES_BELOW
    label = month_label if quarters or closing else lambda iso: iso[:4]
    every = 3 if quarters else 12 * _years_apart(along, text_width(label("2020-12"), 13))
    for month in range(first, last + 1):
        if (month - (11 if closing else 0)) % every:
            continue
        xs = (along(month),) * 2
        sheet.ax.plot(xs, (bottom, bottom + 5), color=colour("axis"), lw=0.9)
        words = label(f"{month // 12}-{month % 12 + 1:02d}")
        half = text_width(words, sheet.value_size) / 2
        if named and along(month) - half >= 0 and along(month) + half <= sheet.width:
            look = {"colour": colour("second"), "align": "center"}
            sheet.write(along(month), bottom + 18, words, **look)


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
    for row in frame[frame.kind == "episode"].sort_values("period_start").itertuples():
        begin = max(month_number(row.period_start) - 0.5, along.ticks[0])
        end = min(month_number(row.period_end or row.period_start) + 0.5, along.ticks[1])
        if begin >= end:
            continue
        lines = wrap(row.label, 12, 96)
        half = max(text_width(line, 12) for line in lines) / 2 + 5
        middle = min(max(along((begin + end) / 2), left + half), right - half)
        height = 16 * len(lines) + 2
        # Names of episodes that lie close stand one above the other.
        while (
            box := Bbox.from_extents(
                middle - half, -height, middle + half, -height + 16 * len(lines)
            )
        ).count_overlaps(taken):
            height += 16
        taken.append(box)
        spans.append(Span(along(begin), along(end), middle, lines, height))
    return spans


def name_spans(sheet: Sheet, spans: list[Span], top: float) -> None:
    for span in spans:
        look = {"size": 12, "colour": colour("second"), "align": "center"}
        for at, line in enumerate(span.lines):
            sheet.write(span.middle, top - span.height + 4 + 16 * at, line, **look)


def shade(sheet: Sheet, spans: list[Span], top: float, bottom: float) -> None:
    for span in spans:
        look = {"fc": colour("fill"), "ec": "none", "zorder": -1}
        box = Rectangle((span.start, top), span.end - span.start, bottom - top, **look)
        sheet.ax.add_patch(box)


def draw_lines(sheet: Sheet, points: pd.DataFrame, along: Scale, up: Scale, room: Room) -> None:
    """A line a series of kind vintage."""
    vintage = points[points.kind == "vintage"]
    for _, rows in vintage.groupby(["party", "series_id"], sort=False):
        _line(sheet, rows.sort_values("x"), along, up, room)


def _line(sheet: Sheet, rows: pd.DataFrame, along: Scale, up: Scale, room: Room) -> None:
    about = side(rows.party.iloc[0])
    xs, ys = [along(x) for x in rows.x], [up(value) for value in rows.value]
    # A month without a figure is a gap, not a straight line across it: each run is a line.
    runs = (rows.x.diff() > 1).cumsum().to_numpy()
    look = {"color": about.colour, "lw": 2, "solid_joinstyle": "round", "zorder": 2}
    seaborn.lineplot(x=xs, y=ys, units=runs, estimator=None, sort=False, ax=sheet.ax, **look)
    for run in set(runs):
        if (runs == run).sum() == 1:
            at = list(runs).index(run)
            marks.put(sheet.ax, xs[at], ys[at], Mark(about, size=marks.REPLACED))
    room.take_line(xs, ys)


def draw_points(
    sheet: Sheet,
    rows: pd.DataFrame,
    along: Scale,
    up: Scale,
    room: Room,
    *,
    named: set | None = None,
    first: tuple = (),
) -> None:
    """A mark a row, and its value beside it.

    `named` holds the index of the rows whose value is written, `first` the places tried first.
    """
    for row in rows.itertuples():
        x, y = along(row.x), up(row.value)
        room.take(x - 5, y - 5, x + 5, y + 5)
        mark = Mark(side(row.party), _firmness(row), FILLS.get(row.kind, SOLID))
        marks.put(sheet.ax, x, y, mark, targets.record(row), targets.told(_words(row), row))
    for row in rows[rows.index.isin(rows.index if named is None else named)].itertuples():
        look = {"colour": side(row.party).words}
        places = [*first, *around(13, 110)]
        room.label(along(row.x), up(row.value), in_figures(row.value), places, **look)
