"""Horizontal rows of marks: tolls by episode.

On a wide sheet the values are in a column of words at the right; on a phone they are over their
rows, and the gridlines only beside the marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks
from clashbook.figures.charts.key import draw_key, entries
from clashbook.figures.charts.marks import Mark
from clashbook.figures.charts.records import WITHOUT_PLACE, Count, grouped, read
from clashbook.figures.charts.scales import Scale
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour, in_order, text_width, wrap

ROW, GUTTER, GAP = 31, 26, 20
HEADS = 150  # room for an episode's name and dates on a wide sheet
ARROW_ROOM = 36


@dataclass(frozen=True, kw_only=True)
class _Toll(Count):
    episode_id: str
    episode: str
    dates: str
    highlighted: bool

    @property
    def colour(self) -> str:
        """The side's own for a number, and no colour for words that say there is none."""
        number = any(sign.isdigit() for sign in self.text)
        return self.side.words if number else colour("second")


@dataclass(frozen=True)
class _Gutters:
    """Room before the scale (nothing found, none) and beyond it (no number given)."""

    before: int
    beyond: int


def toll_rows(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw the toll by episode and side.

    Parameters
    ----------
    frame : DataFrame
        episode_id, episode, dates, party, party_name, low, best, high (NaN: open), firmness,
        counted_by, text, highlighted, indicator_label, claims, claimant, stated; one row an episode
        and party, in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    tolls = read(frame, _Toll)
    kinds = {toll.firmness for toll in tolls}
    counters = {toll.counted_by for toll in tolls}
    y = draw_key(sheet, 0, entries(in_order(toll.side for toll in tolls), kinds, counters)) + 10
    gutters = _Gutters(
        GUTTER if kinds & {"none", "none_reported"} else 0,
        GUTTER if kinds & {"unquantified", "contested"} else 0,
    )
    if sheet.phone:
        _phone(sheet, tolls, gutters, y)
    else:
        heading = "own count" if counters <= {"own_side", ""} else "reported"
        _wide(sheet, tolls, heading, gutters, y)


def _episodes(tolls: list[_Toll]) -> list[list[_Toll]]:
    return [*grouped(tolls, lambda toll: toll.episode_id).values()]


def _scale(tolls: list[_Toll], left: float, right: float, steps: int = 5) -> Scale:
    values = (number for toll in tolls for number in (toll.place, toll.high))
    return Scale.over(values, left, right, steps=steps)


def _wide(sheet: Sheet, tolls: list[_Toll], heading: str, gutters: _Gutters, y: float) -> None:
    size = sheet.value_size
    heads = [text_width(toll.episode, sheet.row_size, bold=True) for toll in tolls]
    heads += [text_width(toll.dates, sheet.key_size) for toll in tolls]
    names = max(text_width(toll.party_name, size) for toll in tolls)
    values = [text_width(line, size) for toll in tolls for line in wrap(toll.text, size, 150)]
    column = max([text_width(heading, sheet.key_size), *values])
    name_edge = min(max(heads), HEADS) + 10 + GAP + names
    right = sheet.width - column - gutters.beyond - ARROW_ROOM
    scale = _scale(tolls, name_edge + GAP + gutters.before, right)
    y += 10
    sheet.columns(scale, y)
    sheet.note(sheet.width, y, heading, align="right")
    grid, y = y + 12, y + 14
    for index, episode in enumerate(_episodes(tolls)):
        if index:
            sheet.rule(0, sheet.width, y)
        y += 6
        start = y
        for toll in episode:
            middle = y + ROW / 2
            side = toll.side
            sheet.write(name_edge, middle, toll.party_name, colour=side.words, align="right")
            _mark(sheet, toll, scale, middle, gutters)
            lines = wrap(toll.text, size, column + 1)
            top = middle - 8 * (len(lines) - 1)
            sheet.write(sheet.width, top, lines, colour=toll.colour, align="right")
            y += ROW
        below = _head(sheet, episode[0], start + ROW / 2, HEADS) + 5
        lines = wrap(episode[0].dates, sheet.key_size, HEADS) if episode[0].dates else []
        sheet.note(5, below, lines)
        # The second line of a head, and its third, may reach below a single row.
        y += max(8, 36 + 16 * len(lines) - ROW * len(episode))
    y -= 6
    sheet.gridlines(scale, grid, y, zero="grid")
    sheet.finish(y + 2)


def _phone(sheet: Sheet, tolls: list[_Toll], gutters: _Gutters, y: float) -> None:
    end = sheet.width - gutters.beyond - ARROW_ROOM
    scale = _scale(tolls, 8 + gutters.before, end, steps=4)
    y += 8
    sheet.columns(scale, y)
    y += 16
    for index, episode in enumerate(_episodes(tolls)):
        if index:
            sheet.rule(0, sheet.width, y)
        _head(sheet, episode[0], y + 20, sheet.width * 0.62)
        sheet.note(sheet.width, y + 20, episode[0].dates, align="right")
        y += 34
        for toll in episode:
            sheet.write(5, y + 9, toll.party_name, colour=toll.side.words)
            room = sheet.width - text_width(toll.party_name, sheet.value_size) - 36
            lines = wrap(toll.text, sheet.value_size, room)
            sheet.write(sheet.width, y + 9, lines, colour=toll.colour, align="right", step=18)
            y += 18 * len(lines)
            sheet.gridlines(scale, y + 1, y + ROW - 6, zero="grid")
            _mark(sheet, toll, scale, y + (ROW - 5) / 2, gutters)
            y += ROW + 1
        y += 4
    sheet.finish(y)


def _head(sheet: Sheet, toll: _Toll, y: float, room: float) -> float:
    """Write an episode's name and return the `y` of the line after it."""
    if toll.highlighted:
        width = text_width(toll.episode, sheet.row_size, bold=True)
        sheet.box(0, y - 12, width + 10, y + 12, fill=colour("wash"), zorder=0)
    return sheet.head(5, y, wrap(toll.episode, sheet.row_size, room, bold=True), step=17)


def _mark(sheet: Sheet, toll: _Toll, scale: Scale, y: float, gutters: _Gutters) -> None:
    reach = scale(toll.high) - scale(toll.low) if toll.firmness == "between" else 0
    mark = Mark(toll.side, toll.firmness, marks.fill_of(toll.counted_by), reach=reach)
    if toll.firmness in ("none", "none_reported"):
        x = scale.start - gutters.before + 4
    elif toll.firmness in WITHOUT_PLACE:
        x = scale.end + ARROW_ROOM + gutters.beyond / 2 - 8
    else:
        x = scale(toll.place)
    words = f"{toll.party_name}: {toll.measured()}"
    marks.put(sheet.ax, x, y, mark, *toll.mark(words, counted=True))
