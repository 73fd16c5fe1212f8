"""Rows of marks on a sheet.

On a wide sheet the values stand in columns of words at the right; on a phone they stand over each
row, and the gridlines only beside the marks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.patches import Rectangle

from clashbook.charts import marks, targets
from clashbook.charts.key import draw_key, entries
from clashbook.charts.marks import Mark, place
from clashbook.charts.scales import Scale, in_figures
from clashbook.charts.style import Sheet, Side, colour, parties, text_width, wrap
from clashbook.charts.targets import told

# Lanes lie so far apart that a mark in each can still be hit.
ROW, LANE, GUTTER, GAP = 31, 16, 26, 20
HEADS = 150  # room for an episode's name and dates on a wide sheet
ARROW_ROOM = 36


@dataclass
class Row:
    """One side's line: its marks, and its value for each column of words."""

    name: str
    side: Side
    values: list[str]
    records: list


@dataclass
class Group:
    """Rows under one head, such as an episode."""

    head: str
    below: str
    rows: list[Row]
    highlighted: bool = False


def draw_rows(sheet: Sheet, groups: list[Group], headings: list[str]) -> None:
    records = [record for group in groups for row in group.rows for record in row.records]
    used = [row.side for group in groups for row in group.rows]
    sides = [each for each in parties() if each in used]
    sides += [each for each in used if each not in sides]
    top = draw_key(
        sheet,
        0,
        entries(
            sides,
            {record.firmness for record in records},
            [record.counted_by for record in records],
            denied=any(getattr(record, "denied", False) for record in records),
        ),
    )
    values = [number for row in records for number in (place(row), row.high)]
    kinds = {record.firmness for record in records}
    layout = _phone if sheet.phone else _wide
    layout(sheet, groups, headings, values, kinds, top + 10)


def _gutters(kinds: set[str]) -> tuple[int, int]:
    """Room before the scale (nothing found, none) and beyond it (no number given)."""
    return (
        GUTTER if kinds & {"none", "none_reported"} else 0,
        GUTTER if kinds & {"unquantified", "contested"} else 0,
    )


def _wide(sheet, groups, headings, values, kinds, top) -> None:
    before, beyond = _gutters(kinds)
    size = sheet.value_size
    heads = max(text_width(group.head, sheet.row_size, bold=True) for group in groups)
    heads = max([heads, *(text_width(group.below, sheet.key_size) for group in groups)])
    rows = [row for group in groups for row in group.rows]
    names = max(text_width(row.name, size) for row in rows)
    edges = _columns(sheet, rows, headings)
    name_edge = min(heads, HEADS) + 10 + GAP + names
    right = edges[0][0] - beyond - ARROW_ROOM
    scale = Scale.over(values, name_edge + GAP + before, right)
    y = top + 10
    _ticks(sheet, scale, y)
    for (_, edge), heading in zip(edges, headings, strict=True):
        look = {"size": sheet.key_size, "colour": colour("second"), "align": "right"}
        sheet.write(edge, y, heading, **look)
    grid, y = y + 12, y + 14
    for at, group in enumerate(groups):
        if at:
            sheet.rule(0, sheet.width, y)
        y += 6
        _head(sheet, group, y + ROW / 2, below=True)
        for row in group.rows:
            height, lanes = _lanes(row, scale)
            middle = y + height / 2
            sheet.write(name_edge, middle, row.name, colour=row.side.words, align="right")
            _marks(sheet, row, scale, y + ROW / 2, lanes, before, beyond)
            _values(sheet, row, edges, middle)
            y += height
        # The second line of a head, and its third, may reach below a single row.
        lines = len(wrap(group.below, sheet.key_size, HEADS)) if group.below else 0
        y += max(8, 36 + 16 * lines - ROW * len(group.rows))
    y -= 6
    for tick in scale.ticks:
        _gridline(sheet, scale(tick), grid, y)
    sheet.finish(y + 2)


def _columns(sheet: Sheet, rows: list[Row], headings: list[str]) -> list[tuple[float, float]]:
    """Left and right edge of each column of words, laid out from the sheet's right."""
    edges, right = [], sheet.width
    for at in reversed(range(len(headings))):
        lines = [
            text_width(line, sheet.value_size)
            for row in rows
            for line in wrap(row.values[at], sheet.value_size, 150)
        ]
        width = max([text_width(headings[at], sheet.key_size), *lines])
        edges.insert(0, (right - width, right))
        right -= width + GAP
    return edges


def _values(sheet: Sheet, row: Row, edges: list[tuple[float, float]], y: float) -> None:
    for (left, right), value in zip(edges, row.values, strict=True):
        look = {"colour": _value_colour(row, value), "align": "right"}
        lines = wrap(value, sheet.value_size, right - left + 1)
        for at, line in enumerate(lines):
            sheet.write(right, y + 16 * (at - (len(lines) - 1) / 2), line, **look)


def _value_colour(row: Row, value: str) -> str:
    """The side's own for a number, and no colour for words that say there is none."""
    return row.side.words if any(sign.isdigit() for sign in value) else colour("second")


def _phone(sheet, groups, headings, values, kinds, top) -> None:
    before, beyond = _gutters(kinds)
    scale = Scale.over(values, 8 + before, sheet.width - beyond - ARROW_ROOM, steps=4)
    y = top + 8
    _ticks(sheet, scale, y)
    y += 16
    for at, group in enumerate(groups):
        if at:
            sheet.rule(0, sheet.width, y)
        _head(sheet, group, y + 20, below=False)
        y += 34
        for row in group.rows:
            y = _phone_values(sheet, row, headings, y)
            height, lanes = _lanes(row, scale)
            height -= 5
            for tick in scale.ticks:
                _gridline(sheet, scale(tick), y + 1, y + height - 1)
            _marks(sheet, row, scale, y + (ROW - 5) / 2, lanes, before, beyond)
            y += height + 6
        y += 4
    sheet.finish(y)


def _phone_values(sheet: Sheet, row: Row, headings: list[str], y: float) -> float:
    """The words over a row: its side, then each value under a heading of its own."""
    about = row.side.words
    sheet.write(5, y + 9, row.name, colour=about)
    name = text_width(row.name, sheet.value_size)
    lines = [row.values[0]]
    if len(headings) > 1:
        lines = [f"{head}: {value}" for head, value in zip(headings, row.values, strict=True)]
    room = sheet.width - name - 36
    lines = [part for line in lines for part in wrap(line, sheet.value_size, room)]
    for line in lines:
        look = {"colour": _value_colour(row, line), "align": "right"}
        sheet.write(sheet.width, y + 9, line, **look)
        y += 18
    return y


def _head(sheet: Sheet, group: Group, y: float, *, below: bool) -> None:
    width = text_width(group.head, sheet.row_size, bold=True)
    if group.highlighted:
        box = Rectangle((0, y - 12), width + 10, 24, fc=colour("wash"), ec="none", zorder=0)
        sheet.ax.add_patch(box)
    room = HEADS if below else sheet.width * 0.62
    lines = wrap(group.head, sheet.row_size, room, bold=True)
    for at, line in enumerate(lines):
        sheet.write(5, y + 17 * at, line, size=sheet.row_size, bold=True)
    look = {"size": sheet.key_size, "colour": colour("second")}
    if below:
        y += 17 * (len(lines) - 1) + 22
        for at, line in enumerate(wrap(group.below, sheet.key_size, HEADS)):
            sheet.write(5, y + 16 * at, line, **look)
    else:
        sheet.write(sheet.width, y, group.below, align="right", **look)


def _ticks(sheet: Sheet, scale: Scale, y: float) -> None:
    for tick in scale.ticks:
        look = {"colour": colour("second"), "align": "center"}
        sheet.write(scale(tick), y, in_figures(tick), **look)


def _gridline(sheet: Sheet, x: float, top: float, bottom: float) -> None:
    sheet.ax.plot((x, x), (top, bottom), color=colour("grid"), lw=0.9, zorder=0)


def _extent(record, scale: Scale) -> tuple[float, float]:
    """Pixels that a mark covers; one without a place on the scale covers none."""
    at = place(record)
    if math.isnan(at):
        return (0, 0)
    x = scale(at)
    length = scale(record.high) - x if record.firmness == "between" else 0
    before, beyond = marks.reach(record.firmness, length)
    return x - before, x + beyond


def _lanes(row: Row, scale: Scale) -> tuple[float, list[int]]:
    """Height of a row and the lane of each of its marks: those that would touch lie apart."""
    lanes: list[int] = []
    for record in row.records:
        left, right = _extent(record, scale)
        taken = {
            lane
            for other, lane in zip(row.records, lanes, strict=False)
            if left < _extent(other, scale)[1] and _extent(other, scale)[0] < right
        }
        lanes.append(min(set(range(len(row.records) + 1)) - taken))
    return ROW + LANE * max(lanes, default=0), lanes


def _marks(sheet, row: Row, scale: Scale, y: float, lanes, before: float, beyond: float) -> None:
    for record, lane in zip(row.records, lanes, strict=True):
        reach = scale(record.high) - scale(record.low) if record.firmness == "between" else 0
        mark = Mark(
            row.side,
            record.firmness,
            marks.fill_of(record.counted_by),
            reach=reach,
            denied=getattr(record, "denied", False),
        )
        if record.firmness in ("none", "none_reported"):
            x = scale.start - before + 4
        elif record.firmness in marks.WITHOUT_PLACE:
            x = scale.end + ARROW_ROOM + beyond / 2 - 8
        else:
            x = scale(place(record))
        words = told(f"{row.name}: {marks.valued(record)}", record, counted=True)
        marks.put(sheet.ax, x, y + LANE * lane, mark, targets.record(record), words)
