"""Month by month: what a provider counted, a panel for each side and population, one time axis."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.calendar import month_number
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import POINTED, STROKE, Mark
from clashbook.figures.charts.scales import Scale, in_figures, within
from clashbook.figures.charts.style import Sheet, Side, colour, side, text_width, wrap
from clashbook.language import day_in_words

PANEL, HEAD, STRIP, GUTTER, LINE = 84, 26, 24, 12, 15
SIZE, DOT = 8, 3.4
MARKERS = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^"}


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
    points = frame[frame.kind == "month"].assign(x=lambda rows: rows.period.map(month_number))
    top = draw_key(sheet, 0, _key(points)) + 6
    held = within(points.value)
    ticks = Scale.linear(held, 0, 1, steps=3).ticks
    left = max(text_width(in_figures(tick), sheet.value_size) for tick in ticks) + 14
    along = Scale(
        left + 6, sheet.width - 8, (points.x.min(), max(points.x.max(), points.x.min() + 1))
    )
    names = list(_names(sheet, frame[frame.kind == "episode"], along))
    y = top + max((name.top + LINE * len(name.lines) for name in names), default=0)
    _name(sheet, names, top, y)
    for _, rows in points.groupby(["population", "party"], sort=False):
        y = _panel(sheet, rows, along, ticks, left, y)
        for name in names:
            xs, ys = (name.x, name.x), (y - PANEL - GUTTER, y)
            sheet.ax.plot(xs, ys, color=colour("axis"), lw=0.9, zorder=0)
    _time(sheet, along, y)
    sheet.finish(y + 30)


def _key(points: pd.DataFrame) -> list[Entry]:
    parties = dict(zip(points.party, points.party_name, strict=True))
    items = [
        Entry(name, (Mark(side(party, name), fill=POINTED),))
        for party, name in sorted(parties.items(), key=lambda each: each[1])
    ]
    return [*items, Entry("no row in the series", line=colour("axis"))]


@dataclass
class _Name:
    """An episode's name over the panels, to the right of the line that marks its first month."""

    x: float
    top: float
    lines: list[str]


def _names(sheet: Sheet, episodes: pd.DataFrame, along: Scale) -> Iterator[_Name]:
    """Names step down with time, so that no line crosses a name that stands before it."""
    top, right = 0.0, 0.0
    height = 0
    for row in episodes.sort_values("period").itertuples():
        x = along(month_number(row.period))
        lines = wrap(row.label, sheet.key_size, 96)
        width = max(text_width(line, sheet.key_size) for line in lines)
        x_words = min(x + 5, sheet.width - width)
        if x_words < right + 8:
            top += height
        yield _Name(x, top, lines)
        height, right = LINE * len(lines) + 2, x_words + width


def _name(sheet: Sheet, names: list[_Name], top: float, bottom: float) -> None:
    """The names, each at the head of its line; heads of panels are left free of these."""
    for name in names:
        width = max(text_width(line, sheet.key_size) for line in name.lines)
        start, end = top + name.top, top + name.top + LINE * len(name.lines)
        x = min(name.x + 5, sheet.width - width)
        xs, ys = (name.x, name.x), (start if x > name.x else end, bottom)
        sheet.ax.plot(xs, ys, color=colour("axis"), lw=0.9, zorder=0)
        look = {"size": sheet.key_size, "colour": colour("second")}
        for at, line in enumerate(name.lines):
            sheet.write(x, start + LINE * (at + 0.5), line, **look)


def _panel(sheet: Sheet, rows: pd.DataFrame, along: Scale, ticks, left: float, top: float) -> float:
    """One side's people of one kind; returns where the panel ends."""
    about = side(rows.party.iloc[0], rows.party_name.iloc[0])
    head = f"{about.name}: {rows.who.iloc[0]}"
    sheet.write(0, top + HEAD / 2 + 2, head, size=sheet.row_size, bold=True, colour=about.words)
    beyond = rows[rows.value > ticks[-1]]
    top += HEAD + (STRIP if len(beyond) else 6)
    up = Scale(top + PANEL, top, tuple(ticks))
    for tick in ticks:
        sheet.rule(left, sheet.width, up(tick))
        look = {"colour": colour("second"), "align": "right"}
        sheet.write(left - 8, up(tick), in_figures(tick), **look)
    _gaps(sheet, set(rows.x), along, up.start + GUTTER / 2)
    held = rows.drop(beyond.index)
    _points(sheet, about, held.x.map(along), held.value.map(up))
    for row in beyond.itertuples():
        _beyond(sheet, row, about, along(row.x), top)
    _say(sheet, rows, along, top - (STRIP if len(beyond) else 6), up.start + GUTTER)
    return up.start + GUTTER


def _say(sheet: Sheet, rows: pd.DataFrame, along: Scale, top: float, bottom: float) -> None:
    """What each month says, over all of its column: points lie too close to be hit."""
    half = (along(1) - along(0)) / 2
    for row in rows.sort_values("x").itertuples():
        value = marks.counted(row.text, row.population)
        words = (
            f"{row.party_name}, {day_in_words(row.period)}: {value} {row.indicator_label.lower()}"
        )
        lead = {"gid": targets.record(row), "words": targets.told(words, row)}
        x = along(row.x)
        targets.area(sheet.ax, x - half, top, x + half, bottom, **lead)


def _gaps(sheet: Sheet, present: set[int], along: Scale, y: float) -> None:
    """A stroke under the scale for each run of months that the provider has no row for."""
    first, last = (int(end) for end in along.ticks)
    half = (along(first + 1) - along(first)) / 2 - 0.4
    run: list[int] = []
    xs: list[float] = []
    for month in range(first, last + 2):
        if month <= last and month not in present:
            run.append(month)
        elif run:
            xs += [along(run[0]) - half, along(run[-1]) + half, math.nan]
            run = []
    # One path with breaks: a path for each run would weigh a page down.
    look = {"color": colour("axis"), "lw": 2, "solid_capstyle": "butt", "zorder": 1}
    sheet.ax.plot(xs, [y] * len(xs), **look)


def _points(sheet: Sheet, about: Side, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Marks of a third party, as symbols of a line: hundreds of boxes would weigh a page down."""
    look = {"ls": "none", "zorder": 3}
    outline = {"mfc": colour("page"), "mec": about.colour, "mew": STROKE, "ms": SIZE - STROKE}
    sheet.ax.plot(xs, ys, marker=MARKERS[about.marker], **outline, **look)
    sheet.ax.plot(xs, ys, marker="o", ms=DOT, mfc=about.colour, mec="none", **look)


def _beyond(sheet: Sheet, row, about: Side, x: float, top: float) -> None:
    """A point over the scale, behind a break, with its number in words beside it."""
    y = top - STRIP / 2 - 4
    for shift in (3, 7):
        ys = (top - shift + 2, top - shift - 2)
        sheet.ax.plot((x - 6, x + 6), ys, color=about.colour, lw=1.2)
    _points(sheet, about, [x], [y])
    words = f"{in_figures(row.value)}, beyond the scale"
    sheet.write(x - 9, y, words, colour=about.words, align="right")


def _time(sheet: Sheet, along: Scale, y: float) -> None:
    first, last = (int(end) for end in along.ticks)
    january = [month for month in range(first, last + 1) if month % 12 == 0]
    every = 1
    while len(january) > 1 and (along(january[1]) - along(january[0])) * every < 44:
        every += 1
    for month in january:
        xs = (along(month),) * 2
        sheet.ax.plot(xs, (y, y + 5), color=colour("axis"), lw=0.9)
    for month in january[::every]:
        look = {"colour": colour("second"), "align": "left"}
        half = text_width("2020", sheet.value_size) / 2
        x = min(max(along(month) - half, 0), sheet.width - 2 * half)
        sheet.write(x, y + 18, str(month // 12), **look)
