"""Monthly series: lines, what was released or printed at first as points over them, episodes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import seaborn
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from clashbook.charts import marks
from clashbook.charts.calendar import month_label, month_number
from clashbook.charts.key import Entry, draw_key
from clashbook.charts.labels import Room, apart, around
from clashbook.charts.marks import HOLLOW, POINTED, Mark
from clashbook.charts.scales import Scale, in_figures
from clashbook.charts.style import Sheet, colour, side, text_width, wrap

HEIGHT = 300
FILLS = {"first_release": HOLLOW, "printed": POINTED}
NAMES_BELOW = 24  # months on the axis, below which it names months and not years alone


def lines(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw monthly series as lines, first releases and printed figures as hollow points.

    Parameters
    ----------
    frame : DataFrame
        period (YYYY-MM), label, party ("" for none), value, kind (vintage, first_release, printed,
        or episode), text, claims, series_id, period_start, period_end (days; of an episode). A row
        is one point, or the shaded span of an episode.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    points = frame[(frame.kind != "episode") & frame.value.notna()]
    points = points.assign(x=points.period.map(month_number))
    top = _key(sheet, points) + 8
    ends = _line_ends(points)
    words = [_end_words(sheet, row) for row in ends.itertuples()]
    size = sheet.value_size
    margin = max([text_width(name, size, bold=True) for name, _ in words] or [0])
    margin = max([margin, *(text_width(line, 12) for _, more in words for line in more)])
    first, last = points.x.min() - 0.75, points.x.max() + 0.75
    values = [*points.value, 0.0]
    left = max(text_width(in_figures(tick), size) for tick in _up(values, 0, 1).ticks) + 12
    along = Scale(left, sheet.width - margin - 12, (first, max(last, first + 3)))
    spans = _episodes(sheet, frame, along)
    top += max((span.height for span in spans), default=0)
    bottom = top + HEIGHT
    up = _up(values, bottom, top + 10)
    room = Room(sheet, left, top, sheet.width, bottom)
    _ground(sheet, spans, along, up, left, top)
    for _, rows in points[points.kind == "vintage"].groupby(["party", "series_id"], sort=False):
        _line(sheet, rows.sort_values("x"), along, up, room)
    _points(sheet, points[points.kind != "vintage"], along, up, room)
    heights = apart([up(value) for value in ends.value], 56, top + 10, bottom - 24)
    for row, (name, more), y in zip(ends.itertuples(), words, heights, strict=True):
        sheet.write(along.end + 10, y, name, bold=True, colour=side(row.party).words)
        for at, line in enumerate(more):
            look = {"size": 12, "colour": colour("second")}
            sheet.write(along.end + 10, y + 17 + 16 * at, line, **look)
    sheet.finish(bottom + 32)


def _key(sheet: Sheet, points: pd.DataFrame) -> float:
    """Only the points need one: lines are named where they end."""
    items = [
        Entry(
            label, tuple(Mark(side(party), fill=FILLS[kind]) for party in sorted(set(rows.party)))
        )
        for (kind, label), rows in points[points.kind != "vintage"].groupby(["kind", "label"])
    ]
    return draw_key(sheet, 0, items) if items else 0


def _up(values: list[float], start: float, end: float) -> Scale:
    locator = MaxNLocator(6, steps=[1, 2, 5, 10])
    return Scale(start, end, tuple(map(float, locator.tick_values(min(values), max(values)))))


def _line_ends(points: pd.DataFrame) -> pd.DataFrame:
    vintage = points[points.kind == "vintage"].sort_values("x")
    return vintage.groupby(["party", "series_id"], sort=False).tail(1)


def _end_words(sheet: Sheet, row) -> tuple[str, list[str]]:
    name = side(row.party, getattr(row, "party_name", "")).name
    return name, wrap(row.label, 12, 72 if sheet.phone else 110)


def _ground(sheet: Sheet, spans, along: Scale, up: Scale, left: float, top: float) -> None:
    for span in spans:
        look = {"fc": colour("fill"), "ec": "none", "zorder": -1}
        box = Rectangle((span.start, top), span.end - span.start, up.start - top, **look)
        sheet.ax.add_patch(box)
        look = {"size": 12, "colour": colour("second"), "align": "center"}
        for at, line in enumerate(span.lines):
            sheet.write(span.middle, top - span.height + 4 + 16 * at, line, **look)
    for tick in up.ticks:
        sheet.rule(left, along.end, up(tick), "axis" if tick == 0 else "grid")
        look = {"colour": colour("second"), "align": "right"}
        sheet.write(left - 10, up(tick), in_figures(tick), **look)
    first, last = math.ceil(along.ticks[0]), math.floor(along.ticks[1])
    named = last - first < NAMES_BELOW
    look = {"colour": colour("second"), "align": "center"}
    for month in range(first, last + 1):
        if month % 12 and not (named and month % 3 == 0):
            continue
        iso = f"{month // 12}-{month % 12 + 1:02d}"
        words = month_label(iso) if named else iso[:4]
        half = text_width(words, sheet.value_size) / 2
        if along(month) - half >= 0 and along(month) + half <= sheet.width:
            sheet.write(along(month), up.start + 18, words, **look)
        xs = (along(month),) * 2
        sheet.ax.plot(xs, (up.start, up.start + 5), color=colour("axis"), lw=0.9)


@dataclass
class _Span:
    """An episode's months, and its name above the plot; `height` is from there to the name."""

    start: float
    end: float
    middle: float
    lines: list[str]
    height: float


def _episodes(sheet: Sheet, frame: pd.DataFrame, along: Scale) -> list[_Span]:
    """Whole months are shaded: a day would not be seen, and the points are of months."""
    spans: list[_Span] = []
    taken: list[Bbox] = []
    for row in frame[frame.kind == "episode"].sort_values("period_start").itertuples():
        begin = max(month_number(row.period_start) - 0.5, along.ticks[0])
        end = min(month_number(row.period_end or row.period_start) + 0.5, along.ticks[1])
        if begin >= end:
            continue
        lines = wrap(row.label, 12, 76)
        half = max(text_width(line, 12) for line in lines) / 2 + 5
        middle = min(max(along((begin + end) / 2), half), sheet.width - half)
        height = 16 * len(lines) + 2
        # Names of episodes that lie close stand one above the other.
        while (
            box := Bbox.from_extents(
                middle - half, -height, middle + half, -height + 16 * len(lines)
            )
        ).count_overlaps(taken):
            height += 16
        taken.append(box)
        spans.append(_Span(along(begin), along(end), middle, lines, height))
    return spans


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


def _points(sheet: Sheet, rows: pd.DataFrame, along: Scale, up: Scale, room: Room) -> None:
    for row in rows.itertuples():
        x, y = along(row.x), up(row.value)
        room.take(x - 5, y - 5, x + 5, y + 5)
        words = f"{row.label}, {month_label(row.period)}: {row.text}"
        about = side(row.party)
        mark = Mark(about, fill=FILLS[row.kind])
        marks.put(sheet.ax, x, y, mark, marks.record(row), words)
    for row in rows.itertuples():
        look = {"colour": side(row.party).words}
        room.label(along(row.x), up(row.value), in_figures(row.value), around(13, 110), **look)
