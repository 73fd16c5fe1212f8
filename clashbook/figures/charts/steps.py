"""Revisions: how each side's count of one thing rose, by the day on which it was stated."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks
from clashbook.figures.charts.axes import (
    Plot,
    day_label,
    day_number,
    in_figures,
    is_log,
    number_ticks,
)
from clashbook.figures.charts.key import Entry, draw_key, entries
from clashbook.figures.charts.labels import Place, apart, around
from clashbook.figures.charts.marks import NEWEST, REPLACED, Mark
from clashbook.figures.charts.records import Count, grouped, read
from clashbook.figures.charts.sheet import DOTS, Sheet
from clashbook.figures.charts.style import BOTH, colour, side

HEIGHT = 300


@dataclass(frozen=True, kw_only=True)
class _Statement(Count):
    reported_on: str
    indicator: str
    status: str
    period_start: str
    period_end: str
    x: float  # where within its day it stands

    @property
    def joined(self) -> bool:
        """Whether a line goes through it: through floors and exact counts, not ceilings."""
        return self.firmness != "up_to" and not math.isnan(self.place)

    @property
    def below(self) -> tuple[str, str]:
        """What stands under its value at the end of a line."""
        return self.party_name, f"stated {day_label(day_number(self.reported_on))}"


def revisions(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw steps held until the next statement of the same side, measure and counter.

    Parameters
    ----------
    frame : DataFrame
        reported_on (ISO date), party, party_name, indicator, indicator_label, low, best, high,
        firmness, counted_by, status (current, replaced), text, claims, claimant, stated,
        period_start, period_end (of the fighting; period_end "" where it is not known); one row a
        statement, rows of one day in the order in which they were made.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    frame = frame.sort_values("reported_on", kind="stable", ignore_index=True)
    statements = read(frame.assign(x=_moments(frame.reported_on)), _Statement)
    # Never joined by a line: other sides, measures or counters.
    kept_apart = grouped(statements, lambda s: (s.party, s.indicator, s.counted_by)).values()
    lines = [line for kept in kept_apart if (line := [s for s in kept if s.joined])]
    ends = [line[-1] for line in lines]
    values = [*frame.low, *frame.best, *frame.high]
    ticks = number_ticks(values, log=is_log(values))
    left = sheet.widest(map(in_figures, ticks)) + 12
    margin = 12 + max(
        sheet.widest([end.text for end in ends], bold=True),
        sheet.widest(words for end in ends for words in end.below),
    )
    top = draw_key(sheet, 0, _key(statements)) + 16
    plot = Plot(sheet, left, sheet.width - margin, top + 46, top + HEIGHT, above=46)
    plot.heights(ticks, log=is_log(values))
    days = [*frame.reported_on, *frame.period_start, *frame.period_end]
    numbers = [day_number(day) for day in days if day]
    plot.days(min(numbers) - 0.75, max(numbers) + 1.25)
    _fighting(plot, statements[0], top)
    for line in lines:
        _steps(plot, line)
    for statement in statements:
        if statement.firmness == "up_to":
            _band(plot, statement, statements)
        _statement(plot, statement)
    for statement in statements:
        if statement not in ends:
            _label(plot, statement, statement.indicator != statements[0].indicator)
    heights = apart([plot.y(end.place) for end in ends], 62, top + 10, plot.bottom - 36)
    for end, y in zip(ends, heights, strict=True):
        x, paint = plot.right + 12, end.side.words
        y = sheet.write(x, y, end.text, colour=paint, bold=True, step=18)
        sheet.label(x, sheet.write(x, y, end.below[0], colour=paint, step=18), end.below[1])
    sheet.finish(plot.bottom + 32)


def _moments(days: pd.Series[str]) -> list[float]:
    """Where within its day each statement stands: side by side, in the order of the frame."""
    count = days.map(days.value_counts())
    nth = days.groupby(days).cumcount() + 1
    starts = [day_number(day) - 0.5 for day in days]
    return [start + k / (n + 1) for start, k, n in zip(starts, nth, count, strict=True)]


def _key(statements: list[_Statement]) -> list[Entry]:
    ink = side(BOTH)
    items = [Entry("latest found", (Mark(ink, size=NEWEST),))]
    if any(statement.status == "replaced" for statement in statements):
        items.insert(0, Entry("replaced later", (Mark(ink, size=REPLACED),)))
    firmness = {statement.firmness for statement in statements}
    counters = [statement.counted_by for statement in statements]
    items += entries([], firmness, counters, upright=True)
    return [*items, Entry("no later count found", line=colour("ink"), dotted=True)]


def _fighting(plot: Plot, first: _Statement, top: float) -> None:
    """Shade the days of fighting."""
    if not first.period_start:
        return
    sheet = plot.sheet
    begin = plot.x(day_number(first.period_start) - 0.5)
    end = plot.x(day_number(first.period_end or first.period_start) + 0.5)
    sheet.box(begin, top, end, plot.bottom, fill=colour("fill"))
    known = first.period_end not in ("", first.period_start)
    words = "fighting" if known else "fighting begins"
    if sheet.widest([words], "key") < end - begin:
        sheet.note((begin + end) / 2, top + 14, words, align="center")
    else:
        sheet.note(begin + 6, top + 14, words)


def _spot(plot: Plot, statement: _Statement) -> tuple[float, float]:
    """The place of a mark; words without a number have no height: they stand on the axis."""
    place = statement.place
    return plot.x(statement.x), plot.bottom - 12 if math.isnan(place) else plot.y(place)


def _steps(plot: Plot, line: list[_Statement]) -> None:
    """The line through floors and exact counts, dotted after the last."""
    paint = line[0].side.colour
    xs, ys = np.repeat([_spot(plot, statement) for statement in line], 2, axis=0).T
    if len(line) > 1:
        plot.sheet.line(xs[1:], ys[:-1], paint, width=2, zorder=2)
    rest = (xs[-1] + 8, plot.right), (ys[-1], ys[-1])
    plot.sheet.line(*rest, paint, width=2, style=DOTS, zorder=2)
    plot.room.take_line([*xs[1:], plot.right], [*ys[:-1], ys[-1]])


def _statement(plot: Plot, statement: _Statement) -> None:
    x, y = _spot(plot, statement)
    firmness = statement.firmness
    reach = plot.y(statement.low) - plot.y(statement.high) if firmness == "between" else 0
    mark = Mark(
        statement.side,
        firmness,
        marks.fill_of(statement.counted_by),
        size=NEWEST if statement.status == "current" else REPLACED,
        reach=reach,
        upright=True,
    )
    words = f"{statement.party_name}: {statement.measured()}"
    marks.put(plot.sheet.ax, x, y, mark, *statement.mark(words))
    above = 28 if firmness == "at_least" else 5
    below = 28 if firmness == "up_to" else 5
    plot.room.take(x - 6, y - max(above, reach), x + 6, y + below)


def _band(plot: Plot, ceiling: _Statement, statements: list[_Statement]) -> None:
    """From a ceiling down to the floor that its side had stated by then, until replaced."""
    mine = [other for other in statements if other.party == ceiling.party]
    floors = [other.place for other in mine if other.joined and other.x <= ceiling.x]
    later = [s.x for s in mine if s.indicator == ceiling.indicator and s.x > ceiling.x]
    replaced = ceiling.status == "replaced" and later
    plot.sheet.box(
        plot.x(ceiling.x),
        plot.y(ceiling.high),
        plot.x(later[0]) if replaced else plot.right,
        plot.y(floors[-1] if floors else 0),
        fill=ceiling.side.colour,
        alpha=0.13,
        zorder=0,
    )


def _label(plot: Plot, statement: _Statement, other_measure: bool) -> None:
    """The value of a statement that is no line's end, near its mark."""
    text = statement.text
    if other_measure:
        text = f"{text} {statement.indicator_label.lower()}"
    narrow = "\n".join(plot.sheet.wrap(text, 100))
    places = [*_places(statement.firmness), *around(14, 90)]
    spot, paint = _spot(plot, statement), statement.side.words
    if not plot.room.label(*spot, text, places, colour=paint):
        plot.room.label(*spot, narrow, places, colour=paint)


def _places(firmness: str) -> list[Place]:
    """Where a step leaves room: over its end, under its start; below the cap of a ceiling."""
    if firmness == "up_to":
        return [(14, 18, "left"), (-14, 18, "right"), (-14, 0, "right"), (0, -14, "center")]
    lift = 36 if firmness == "at_least" else 15
    return [(-9, -13, "right"), (9, 15, "left"), (0, -lift, "center"), (-9, 15, "right")]
