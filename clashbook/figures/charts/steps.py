"""Revisions: how each side's count of one thing rose, by the day on which it was stated."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.calendar import day_label, day_number, day_ticks
from clashbook.figures.charts.key import Entry, draw_key, entries
from clashbook.figures.charts.labels import Room, apart, around
from clashbook.figures.charts.marks import DOTS, NEWEST, REPLACED, Mark, place
from clashbook.figures.charts.scales import Scale, in_figures
from clashbook.figures.charts.style import BOTH, Sheet, colour, side, text_width, wrap

HEIGHT = 300
KEPT_APART = ["party", "indicator", "counted_by"]  # never joined by a line


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
    frame = frame.assign(x=_moments(frame.reported_on), y=[place(r) for r in frame.itertuples()])
    top = _key(sheet, frame) + 16
    bottom = top + HEIGHT
    ends = _line_ends(frame)
    margin = max(
        text_width(line, sheet.value_size, bold=not at)
        for end in ends.itertuples()
        for at, line in enumerate(_end_words(end))
    )
    up = Scale.over([*frame.low, *frame.best, *frame.high], bottom, top + 46)
    left = max(text_width(in_figures(tick), sheet.value_size) for tick in up.ticks) + 12
    days = [*frame.reported_on, *frame.period_start, *frame.period_end]
    along = _along(days, left, sheet.width - margin - 12)
    room = Room(sheet, left, top, along.end, bottom)
    _ground(sheet, frame, along, up, left, top)
    for _, rows in frame.groupby(KEPT_APART, sort=False):
        _steps(sheet, rows, along, up, room)
    for row in frame.itertuples():
        _statement(sheet, row, frame, along, up, room)
    _labels(sheet, frame, ends, along, up, room)
    _label_ends(sheet, ends, along, up, top, bottom)
    sheet.finish(bottom + 32)


def _moments(days: pd.Series) -> list[float]:
    """Where within its day each statement stands: side by side, in the order of the frame."""
    count = days.map(days.value_counts())
    nth = days.groupby(days).cumcount() + 1
    starts = [day_number(day) - 0.5 for day in days]
    return [start + k / (n + 1) for start, k, n in zip(starts, nth, count, strict=True)]


def _along(days: Iterable[str], start: float, end: float) -> Scale:
    numbers = [day_number(day) for day in days if day]
    return Scale(start, end, (min(numbers) - 0.75, max(numbers) + 1.25))


def _key(sheet: Sheet, frame: pd.DataFrame) -> float:
    ink = side(BOTH)
    items = []
    if (frame.status == "replaced").any():
        items.append(Entry("replaced later", (Mark(ink, size=REPLACED),)))
    items.append(Entry("latest found", (Mark(ink, size=NEWEST),)))
    items += entries([], set(frame.firmness), frame.counted_by, upright=True)
    items.append(Entry("no later count found", line=colour("ink"), dotted=True))
    return draw_key(sheet, 0, items)


def _ground(sheet: Sheet, frame, along: Scale, up: Scale, left: float, top: float) -> None:
    """Gridlines, axes, and the days of fighting."""
    first = frame.iloc[0]
    if first.period_start:
        begin = along(day_number(first.period_start) - 0.5)
        end = along(day_number(first.period_end or first.period_start) + 0.5)
        look = {"fc": colour("fill"), "ec": "none", "zorder": -1}
        sheet.ax.add_patch(Rectangle((begin, top), end - begin, up.start - top, **look))
        known = first.period_end and first.period_end != first.period_start
        words = "fighting" if known else "fighting begins"
        roomy = text_width(words, sheet.key_size) < end - begin
        look = {"size": sheet.key_size, "colour": colour("second")}
        x = (begin + end) / 2 if roomy else begin + 6
        sheet.write(x, top + 14, words, align="center" if roomy else "left", **look)
    for tick in up.ticks:
        sheet.rule(left, along.end, up(tick), "axis" if tick == 0 else "grid")
        look = {"colour": colour("second"), "align": "right"}
        sheet.write(left - 10, up(tick), in_figures(tick), **look)
    for number, words in day_ticks(*along.ticks, along.end - along.start, sheet.value_size):
        look = {"colour": colour("second"), "align": "center"}
        sheet.write(along(number), up.start + 18, words, **look)


def _steps(sheet: Sheet, rows: pd.DataFrame, along: Scale, up: Scale, room: Room) -> None:
    """The line through floors and exact counts; a ceiling is not joined."""
    rows = rows[(rows.firmness != "up_to") & rows.y.notna()]
    if rows.empty:
        return
    look = {"color": side(rows.party.iloc[0]).colour, "lw": 2, "zorder": 2}
    xs, ys = [along(x) for x in rows.x], [up(y) for y in rows.y]
    for at in range(len(xs) - 1):
        sheet.ax.plot(
            (xs[at], xs[at + 1], xs[at + 1]),
            (ys[at], ys[at], ys[at + 1]),
            solid_joinstyle="miter",
            solid_capstyle="butt",
            **look,
        )
        room.take(xs[at], ys[at], xs[at + 1], ys[at])
        room.take(xs[at + 1], min(ys[at : at + 2]), xs[at + 1], max(ys[at : at + 2]))
    sheet.ax.plot((xs[-1] + 8, along.end), (ys[-1],) * 2, ls=DOTS, dash_capstyle="butt", **look)
    room.take(xs[-1], ys[-1], along.end, ys[-1])


def _statement(sheet: Sheet, row, frame, along: Scale, up: Scale, room: Room) -> None:
    about = side(row.party, row.party_name)
    if row.firmness == "up_to":
        _band(sheet, row, frame, along, up)
    if math.isnan(row.y):
        # Words without a number have no height: their sign stands on the axis of days.
        x, y = along(row.x), up.start - 12
    else:
        x, y = along(row.x), up(row.y)
    reach = up(row.low) - up(row.high) if row.firmness == "between" else 0
    mark = Mark(
        about,
        row.firmness,
        marks.fill_of(row.counted_by),
        size=NEWEST if row.status == "current" else REPLACED,
        reach=reach,
        upright=True,
    )
    words = targets.told(f"{row.party_name}: {marks.valued(row)}", row)
    marks.put(sheet.ax, x, y, mark, targets.record(row), words)
    above = 28 if row.firmness == "at_least" else 5
    below = 28 if row.firmness == "up_to" else 5
    room.take(x - 6, y - max(above, reach), x + 6, y + below)


def _band(sheet: Sheet, row, frame, along: Scale, up: Scale) -> None:
    """From a ceiling down to the floor that its side had stated by then, until replaced."""
    mine = frame[(frame.party == row.party) & (frame.firmness != "up_to") & frame.y.notna()]
    floors = mine.y[mine.x <= row.x]
    floor = floors.iloc[-1] if len(floors) else 0
    later = frame[(frame.party == row.party) & (frame.indicator == row.indicator)]
    later = later.x[(later.x > row.x)] if row.status == "replaced" else later.x[:0]
    end = along(later.iloc[0]) if len(later) else along.end
    look = {"fc": side(row.party).colour, "alpha": 0.13, "ec": "none", "lw": 0, "zorder": 0}
    start, height = along(row.x), up(floor) - up(row.high)
    sheet.ax.add_patch(Rectangle((start, up(row.high)), end - start, height, **look))


def _line_ends(frame: pd.DataFrame) -> pd.DataFrame:
    joined = frame[(frame.firmness != "up_to") & frame.y.notna()]
    return joined.groupby(KEPT_APART, sort=False).tail(1)


def _end_words(row) -> list[str]:
    return [row.text, row.party_name, f"stated {day_label(row.reported_on)}"]


def _label_ends(sheet, ends: pd.DataFrame, along: Scale, up: Scale, top, bottom) -> None:
    wanted = [up(y) for y in ends.y]
    heights = apart(wanted, 62, top + 10, bottom - 36)
    for row, y in zip(ends.itertuples(), heights, strict=True):
        about = side(row.party, row.party_name)
        for at, line in enumerate(_end_words(row)):
            look = {"colour": colour("second") if at == 2 else about.words, "bold": at == 0}
            sheet.write(along.end + 12, y + 18 * at, line, **look)


def _labels(sheet, frame, ends, along: Scale, up: Scale, room: Room) -> None:
    """The values of statements that no line's end names, near their marks."""
    for row in frame.drop(ends.index).itertuples():
        x, y = along(row.x), up.start - 12 if math.isnan(row.y) else up(row.y)
        look = {"colour": side(row.party, row.party_name).words}
        text = row.text
        if row.indicator != frame.indicator.iloc[0]:
            text = f"{text} {row.indicator_label.lower()}"
        narrow = "\n".join(wrap(text, sheet.value_size, 100))
        places = [*_places(row.firmness), *around(14, 90)]
        if not room.label(x, y, text, places, **look):
            room.label(x, y, narrow, places, **look)


def _places(firmness: str) -> list[tuple[float, float, str]]:
    """Where a step leaves room: over its end, under its start; below the cap of a ceiling."""
    if firmness == "up_to":
        return [(14, 18, "left"), (-14, 18, "right"), (-14, 0, "right"), (0, -14, "center")]
    lift = 36 if firmness == "at_least" else 15
    return [(-9, -13, "right"), (9, 15, "left"), (0, -lift, "center"), (-9, 15, "right")]
