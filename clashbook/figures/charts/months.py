"""Month by month: what a provider counted, a panel for each side and population, one time axis."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import targets
from clashbook.figures.charts.calendar import month_number
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import POINTED, STROKE, Mark
from clashbook.figures.charts.records import Record, counted, grouped, read
from clashbook.figures.charts.scales import Scale, in_figures, within
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import Side, colour, side, text_width, wrap
from clashbook.language import day_in_words

PANEL, HEAD, STRIP, GUTTER, LINE = 84, 26, 24, 12, 15
SIZE, DOT = 8, 3.4
MARKERS = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^"}


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
    ticks = Scale.linear(within(point.value for point in points), 0, 1, steps=3).ticks
    left = max(text_width(in_figures(tick), sheet.value_size) for tick in ticks) + 14
    first, last = (end(point.month for point in points) for end in (min, max))
    along = Scale(left + 6, sheet.width - 8, (first, max(last, first + 1)))
    names = list(_names(sheet, frame[frame.kind == "episode"], along))
    y = top + max((name.top + LINE * len(name.lines) for name in names), default=0)
    _name(sheet, names, top, y)
    panels = grouped(points, lambda point: (point.population, point.party))
    for panel in panels.values():
        y = _panel(sheet, panel, along, ticks, left, y)
        for name in names:
            sheet.line((name.x, name.x), (y - PANEL - GUTTER, y), colour("axis"))
    _time(sheet, along, y)
    sheet.finish(y + 30)


@dataclass
class _Name:
    """An episode's name over the panels, to the right of the line that marks its first month."""

    x: float
    x_words: float
    top: float
    lines: list[str]


def _names(sheet: Sheet, episodes: pd.DataFrame, along: Scale) -> Iterator[_Name]:
    """Names step down with time, so that no line crosses a name that stands before it."""
    top, right = 0.0, 0.0
    height = 0
    found = episodes.sort_values("period")
    for period, label in zip(found.period, found.label, strict=True):
        x = along(month_number(period))
        lines = wrap(label, sheet.key_size, 96)
        width = max(text_width(line, sheet.key_size) for line in lines)
        x_words = min(x + 5, sheet.width - width)
        if x_words < right + 8:
            top += height
        yield _Name(x, x_words, top, lines)
        height, right = LINE * len(lines) + 2, x_words + width


def _name(sheet: Sheet, names: list[_Name], top: float, bottom: float) -> None:
    """The names at the heads of their lines; heads of panels are left free of these."""
    for name in names:
        start = top + name.top
        end = sheet.note(name.x_words, start + LINE / 2, name.lines, step=LINE) - LINE / 2
        ys = (start if name.x_words > name.x else end, bottom)
        sheet.line((name.x, name.x), ys, colour("axis"))


def _panel(
    sheet: Sheet,
    points: list[_Month],
    along: Scale,
    ticks: tuple[float, ...],
    left: float,
    top: float,
) -> float:
    """One side's people of one kind; returns where the panel ends."""
    about = points[0].side
    head = f"{about.name}: {points[0].who}"
    sheet.head(0, top + HEAD / 2 + 2, head, colour=about.words)
    beyond = [point for point in points if point.value > ticks[-1]]
    held = [point for point in points if point.value <= ticks[-1]]
    strip = STRIP if beyond else 6
    top += HEAD + strip
    up = Scale(top + PANEL, top, ticks)
    bottom = up.start + GUTTER
    sheet.heights(up, left, sheet.width, zero="grid", air=8)
    _gaps(sheet, {point.month for point in points}, along, up.start + GUTTER / 2)
    _points(sheet, about, [along(p.month) for p in held], [up(p.value) for p in held])
    for point in beyond:
        _beyond(sheet, point.value, about, along(point.month), top)
    # A month's words stand over all of its column: points lie too close to be hit.
    half = (along(1) - along(0)) / 2
    for point in sorted(points, key=lambda point: point.month):
        value = f"{counted(point.text, point.population)} {point.indicator_label.lower()}"
        words = f"{point.party_name}, {day_in_words(point.period)}: {value}"
        x = along(point.month)
        targets.area(sheet.ax, x - half, top - strip, x + half, bottom, *point.mark(words))
    return bottom


def _gaps(sheet: Sheet, present: set[int], along: Scale, y: float) -> None:
    """A stroke under the scale for each run of months that the provider has no row for."""
    first, last = (int(end) for end in along.ticks)
    half = (along(first + 1) - along(first)) / 2
    known = sorted({first - 1, *present, last + 1})
    xs: list[float] = []
    for before, after in pairwise(known):
        if after > before + 1:
            xs += [along(before + 1) - half + 0.4, along(after - 1) + half - 0.4, math.nan]
    # One path with breaks: a path for each run would weigh a page down.
    sheet.line(xs, [y] * len(xs), colour("axis"), width=2, cap="butt", zorder=1)


def _points(sheet: Sheet, about: Side, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Marks of a third party, as symbols of a line: hundreds of boxes would weigh a page down."""
    (outline,) = sheet.ax.plot(xs, ys, MARKERS[about.marker], ms=SIZE - STROKE, zorder=3)
    outline.set(mfc=colour("page"), mec=about.colour, mew=STROKE)
    sheet.ax.plot(xs, ys, "o", ms=DOT, mfc=about.colour, mec="none", zorder=3)


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


def _time(sheet: Sheet, along: Scale, y: float) -> None:
    first, last = (int(end) for end in along.ticks)
    january = [month for month in range(first, last + 1) if month % 12 == 0]
    step = math.ceil(44 / (along(12) - along(0)))
    half = text_width("2020", sheet.value_size) / 2
    for index, month in enumerate(january):
        sheet.line((along(month),) * 2, (y, y + 5), colour("axis"))
        if index % step == 0:
            x = min(max(along(month) - half, 0), sheet.width - 2 * half)
            sheet.label(x, y + 18, str(month // 12), "left")
