"""Rows of marks on a sheet.

On a wide sheet the values are in a column of words at the right; on a phone they are over each row,
and the gridlines only beside the marks.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.patches import Rectangle

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.key import draw_key, entries
from clashbook.figures.charts.marks import Mark, place
from clashbook.figures.charts.scales import Scale, in_figures
from clashbook.figures.charts.style import Sheet, Side, colour, parties, text_width, wrap
from clashbook.figures.charts.targets import told

ROW, GUTTER, GAP = 31, 26, 20
HEADS = 150  # room for an episode's name and dates on a wide sheet
ARROW_ROOM = 36


@dataclass
class Row:
    """One side's line: its mark, and its value in words."""

    name: str
    side: Side
    record: tuple


@dataclass
class Group:
    """Rows under one head, such as an episode."""

    head: str
    below: str
    rows: list[Row]
    highlighted: bool = False


def draw_rows(sheet: Sheet, groups: list[Group], heading: str) -> None:
    records = [row.record for group in groups for row in group.rows]
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
        ),
    )
    values = [number for row in records for number in (place(row), row.high)]
    kinds = {record.firmness for record in records}
    if sheet.phone:
        _phone(sheet, groups, values, kinds, top + 10)
    else:
        _wide(sheet, groups, heading, values, kinds, top + 10)


def _gutters(kinds: set[str]) -> tuple[int, int]:
    """Room before the scale (nothing found, none) and beyond it (no number given)."""
    return (
        GUTTER if kinds & {"none", "none_reported"} else 0,
        GUTTER if kinds & {"unquantified", "contested"} else 0,
    )


def _wide(sheet, groups, heading, values, kinds, top) -> None:
    before, beyond = _gutters(kinds)
    size = sheet.value_size
    heads = max(text_width(group.head, sheet.row_size, bold=True) for group in groups)
    heads = max([heads, *(text_width(group.below, sheet.key_size) for group in groups)])
    rows = [row for group in groups for row in group.rows]
    names = max(text_width(row.name, size) for row in rows)
    left = sheet.width - _words_width(sheet, rows, heading)
    name_edge = min(heads, HEADS) + 10 + GAP + names
    right = left - beyond - ARROW_ROOM
    scale = Scale.over(values, name_edge + GAP + before, right)
    y = top + 10
    _ticks(sheet, scale, y)
    look = {"size": sheet.key_size, "colour": colour("second"), "align": "right"}
    sheet.write(sheet.width, y, heading, **look)
    grid, y = y + 12, y + 14
    for at, group in enumerate(groups):
        if at:
            sheet.rule(0, sheet.width, y)
        y += 6
        _head(sheet, group, y + ROW / 2, below=True)
        for row in group.rows:
            middle = y + ROW / 2
            sheet.write(name_edge, middle, row.name, colour=row.side.words, align="right")
            _mark(sheet, row, scale, middle, before, beyond)
            _value(sheet, row, left, middle)
            y += ROW
        # The second line of a head, and its third, may reach below a single row.
        lines = len(wrap(group.below, sheet.key_size, HEADS)) if group.below else 0
        y += max(8, 36 + 16 * lines - ROW * len(group.rows))
    y -= 6
    for tick in scale.ticks:
        _gridline(sheet, scale(tick), grid, y)
    sheet.finish(y + 2)


def _words_width(sheet: Sheet, rows: list[Row], heading: str) -> float:
    """Width of the column of words."""
    lines = [
        text_width(line, sheet.value_size)
        for row in rows
        for line in wrap(row.record.text, sheet.value_size, 150)
    ]
    return max([text_width(heading, sheet.key_size), *lines])


def _value(sheet: Sheet, row: Row, left: float, y: float) -> None:
    look = {"colour": _value_colour(row), "align": "right"}
    lines = wrap(row.record.text, sheet.value_size, sheet.width - left + 1)
    for at, line in enumerate(lines):
        sheet.write(sheet.width, y + 16 * (at - (len(lines) - 1) / 2), line, **look)


def _value_colour(row: Row) -> str:
    """The side's own for a number, and no colour for words that say there is none."""
    number = any(sign.isdigit() for sign in row.record.text)
    return row.side.words if number else colour("second")


def _phone(sheet, groups, values, kinds, top) -> None:
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
            y = _phone_value(sheet, row, y)
            height = ROW - 5
            for tick in scale.ticks:
                _gridline(sheet, scale(tick), y + 1, y + height - 1)
            _mark(sheet, row, scale, y + height / 2, before, beyond)
            y += height + 6
        y += 4
    sheet.finish(y)


def _phone_value(sheet: Sheet, row: Row, y: float) -> float:
    """The words over a row: its side, then its value."""
    sheet.write(5, y + 9, row.name, colour=row.side.words)
    room = sheet.width - text_width(row.name, sheet.value_size) - 36
    for line in wrap(row.record.text, sheet.value_size, room):
        sheet.write(sheet.width, y + 9, line, colour=_value_colour(row), align="right")
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


def _mark(sheet: Sheet, row: Row, scale: Scale, y: float, before: float, beyond: float) -> None:
    record = row.record
    reach = scale(record.high) - scale(record.low) if record.firmness == "between" else 0
    mark = Mark(row.side, record.firmness, marks.fill_of(record.counted_by), reach=reach)
    if record.firmness in ("none", "none_reported"):
        x = scale.start - before + 4
    elif record.firmness in marks.WITHOUT_PLACE:
        x = scale.end + ARROW_ROOM + beyond / 2 - 8
    else:
        x = scale(place(record))
    words = told(f"{row.name}: {marks.valued(record)}", record, counted=True)
    marks.put(sheet.ax, x, y, mark, targets.record(record), words)
