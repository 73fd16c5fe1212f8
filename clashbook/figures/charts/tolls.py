"""Horizontal rows of marks: tolls by episode.

On a wide sheet the values are in a column of words at the right; on a phone they are over their
rows, and the gridlines only beside the marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import rows
from clashbook.figures.charts.axes import Plot, is_log, number_ticks
from clashbook.figures.charts.key import draw_key, entries
from clashbook.figures.charts.records import Count, grouped, read
from clashbook.figures.charts.rows import ARROW_ROOM, GUTTER
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour, in_order

ROW, GAP = 31, 20
HEADS = 150  # room for an episode's name and dates on a wide sheet


@dataclass(frozen=True, kw_only=True)
class _Toll(Count):
    episode_id: str
    episode: str
    dates: str
    highlighted: bool

    @property
    def words(self) -> str:
        return f"{self.party_name}: {self.measured()}"

    @property
    def colour(self) -> str:
        """The side's own for a number, and no colour for words that say there is none."""
        number = any(sign.isdigit() for sign in self.text)
        return self.side.words if number else colour("second")


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
    heading = "own count" if counters <= {"own_side", ""} else "reported"
    values = [line for toll in tolls for line in sheet.wrap(toll.text, 150)]
    column = max(sheet.widest([heading], "key"), sheet.widest(values))
    names = 8 - GAP if sheet.phone else _names(sheet, tolls)
    plot = Plot(sheet, names + GAP, sheet.width - ARROW_ROOM, y + 22)
    if not sheet.phone:
        plot.right -= column
        sheet.note(sheet.width, y + 10, heading, align="right")
    plot.left += GUTTER if kinds & {"none", "none_reported"} else 0
    plot.right -= GUTTER if kinds & {"unquantified", "contested"} else 0
    numbers = [number for toll in tolls for number in (toll.place, toll.high)]
    ticks = number_ticks(numbers, 4 if sheet.phone else 5, log=is_log(numbers))
    plot.columns(ticks, log=is_log(numbers), zero="grid")
    for index, episode in enumerate(grouped(tolls, lambda toll: toll.episode_id).values()):
        y = plot.bottom or plot.top + 2
        if index:
            sheet.rule(0, sheet.width, y)
        plot.bottom = (_phone if sheet.phone else _wide)(plot, episode, y, names, column)
    sheet.finish(plot.bottom)


def _names(sheet: Sheet, tolls: list[_Toll]) -> float:
    """Where the names of the sides end, on the right of episodes and their dates."""
    heads = max(
        sheet.widest((toll.episode for toll in tolls), "row", bold=True),
        sheet.widest((toll.dates for toll in tolls), "key"),
    )
    return min(heads, HEADS) + 10 + GAP + sheet.widest(toll.party_name for toll in tolls)


def _wide(plot: Plot, episode: list[_Toll], y: float, names: float, column: float) -> float:
    """Draw an episode's tolls, and its name on their left; return where they end."""
    sheet, y = plot.sheet, y + 6
    below = _head(sheet, episode[0], y + ROW / 2, HEADS) + 5
    lines = sheet.wrap(episode[0].dates, HEADS, "key") if episode[0].dates else []
    sheet.note(5, below, lines)
    for toll in episode:
        middle = y + ROW / 2
        sheet.write(names, middle, toll.party_name, colour=toll.side.words, align="right")
        rows.put(plot, middle, toll, toll.words, counted=True)
        values = sheet.wrap(toll.text, column + 1)
        top = middle - 8 * (len(values) - 1)
        sheet.write(sheet.width, top, values, colour=toll.colour, align="right")
        y += ROW
    # The second line of a head, and its third, may reach below a single row.
    return y + max(8, 36 + 16 * len(lines) - ROW * len(episode))


def _phone(plot: Plot, episode: list[_Toll], y: float, *_: float) -> float:
    """Draw an episode's tolls, their values over their rows; return where they end."""
    sheet, end, covered = plot.sheet, y + 34, y - 4
    _head(sheet, episode[0], y + 20, sheet.width * 0.62)
    sheet.note(sheet.width, y + 20, episode[0].dates, align="right")
    for toll in episode:
        room = sheet.width - sheet.widest([toll.party_name]) - 36
        lines = sheet.wrap(toll.text, room)
        sheet.write(5, end + 9, toll.party_name, colour=toll.side.words)
        sheet.write(sheet.width, end + 9, lines, colour=toll.colour, align="right", step=18)
        # Gridlines stand beside the marks alone.
        below = end + 18 * len(lines)
        sheet.box(0, covered, sheet.width, below, fill=colour("page"), zorder=-0.4)
        rows.put(plot, below + (ROW - 5) / 2, toll, toll.words, counted=True)
        covered, end = below + ROW - 5, below + ROW + 1
    sheet.box(0, covered, sheet.width, end + 4, fill=colour("page"), zorder=-0.4)
    return end + 4


def _head(sheet: Sheet, toll: _Toll, y: float, room: float) -> float:
    """Write an episode's name and return the `y` of the line after it."""
    if toll.highlighted:
        width = sheet.widest([toll.episode], "row", bold=True)
        sheet.box(0, y - 12, width + 10, y + 12, fill=colour("wash"), zorder=0)
    return sheet.head(5, y, sheet.wrap(toll.episode, room, "row", bold=True), step=17)
