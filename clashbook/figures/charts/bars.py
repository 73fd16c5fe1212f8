"""Ranges as bars from zero: tolls by clash, counts by day, a toll as it was known on several days.

A panel for each clash, side or day, rows labelled at their left, and every value in words at the
end of its bar. All panels have one linear scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, rows, targets
from clashbook.figures.charts.axes import Plot, is_log, number_ticks
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import POINTED, STROKE, Mark
from clashbook.figures.charts.records import Count, grouped, read
from clashbook.figures.charts.rows import Row, extent, is_open
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import BOTH, colour, parties, side
from clashbook.figures.charts.targets import TARGET
from clashbook.language import sentence

LINE, AIR = 15, 8


@dataclass(frozen=True, kw_only=True)
class _Bar(Count):
    panel: str
    row: str
    series_id: str = ""
    killed: float = math.nan  # what is known to be killed of a figure of killed or missing

    @property
    def is_dot(self) -> bool:
        """Whether it is another's figure, beside the bar of ours."""
        return self.series_id != ""

    @property
    def furthest(self) -> float:
        """The number at which its bar ends, or its dot stands."""
        return extent(self)[1]

    @property
    def solid(self) -> float:
        """Up to where its bar is solid."""
        return extent(self)[0] if math.isnan(self.killed) else self.killed


def range_bars(
    frame: pd.DataFrame, ax: Axes, panel: str = "episode", row: str = "party_name", across: int = 1
) -> None:
    """Draw counts as bars from zero: a panel for each word of one column, rows by those of another.

    Parameters
    ----------
    frame : DataFrame
        party, party_name, low, best, high (NaN: open), firmness, counted_by, text, indicator_label,
        claims, claimant, stated, and the two columns that name panels and rows; optional series_id
        and source_id (the row is a provider's figure, a dot), and dates (under a panel's name). One
        row a bar or a dot, in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    bars = read(frame.assign(panel=frame[panel], row=frame[row]), _Bar)
    dates = dict(zip(frame.get("episode", ()), frame.get("dates", ()), strict=True))
    top = draw_key(sheet, 0, _key(bars)) + 4
    found = grouped(bars, lambda bar: bar.panel)
    lanes = {name: grouped(mine, lambda bar: bar.row) for name, mine in found.items()}
    across = 1 if sheet.phone else across
    room = 120 if sheet.phone or across > 1 else 220
    words = {bar: sheet.wrap(bar.text, room) for bar in bars}
    labelled = {
        name: _row(name, [mine.get(name, []) for mine in lanes.values()], words)
        for name in dict.fromkeys(bar.row for bar in bars)
    }
    numbers = [bar.furthest for bar in bars]
    # Dots may be compared by their ratios; a bar is as long as its number is large.
    log = is_log(numbers) and all(bar.is_dot for bar in bars)
    ticks = number_ticks(numbers, 3 if across > 1 else 4, log=log)
    drawn = rows.panels(sheet, [*labelled.values()], len(found), top, across)
    bottom = top
    for plot, (name, mine) in zip(drawn, found.items(), strict=True):
        paint = _paint(mine) if panel == "party_name" else colour("ink")
        after = plot.left + 8 + sheet.widest([name], "row", bold=True)
        sheet.head(plot.left, plot.top - 36, name, colour=paint)
        sheet.note(after, plot.top - 36, dates.get(name, ""))
        bottom, end = max(bottom, plot.bottom), plot.right
        plot.columns(ticks, log=log)
        plot.right = plot.left + _width(plot, words)
        for label, lane in lanes[name].items():
            for index, bar in enumerate(lane):
                _draw(plot, labelled[label].lane(index), bar, words[bar], end)
    sheet.finish(bottom + 4)


def counts_by_day(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw what each side had counted, a panel a side and a row a day; see `range_bars`."""
    range_bars(frame, ax, "party_name", "day_label", across=2)


def small_bars(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw a small panel for each word of the column `panel`, two abreast; see `range_bars`."""
    range_bars(frame, ax, "panel", across=2)


def by_place(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw a provider's yearly figures, a panel a country and a row a year; see `range_bars`."""
    range_bars(frame, ax, "place_name", "period", across=2)


def beside(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw tolls with another's figures, a row for each word of the column `people`."""
    range_bars(frame, ax, row="people")


def _row(name: str, found: list[list[_Bar]], words: dict[_Bar, list[str]]) -> Row:
    """A row with its bars in each panel, as high there as their words take."""
    heights = [max((AIR + LINE * len(words[bar]) for bar in mine), default=0) for mine in found]
    return Row(sentence(name), [*map(len, found)], _paint(chain(*found)), heights)


def _paint(bars: Iterable[_Bar]) -> str:
    """The colour of a side, where a row or a panel is of one."""
    sides = {bar.side for bar in bars}
    return sides.pop().words if len(sides) == 1 and sides <= {*parties()} else colour("ink")


def _key(bars: list[_Bar]) -> list[Entry]:
    """What is explained: the kinds of bars in use, where there is more than one."""
    unlimited = [bar for bar in bars if is_open(bar)]
    disputed = any(bar.firmness == "contested" for bar in unlimited)
    kinds = {
        "solid": ("counted, at least", any(extent(bar)[0] for bar in bars if not bar.is_dot)),
        "pale": ("up to", any(bar.solid < bar.furthest for bar in bars if not bar.is_dot)),
        "open": ("no upper limit" + ", or disputed" * disputed, unlimited != []),
    }
    items = [Entry(words, bar=kind) for kind, (words, used) in kinds.items() if used]
    others = dict.fromkeys(bar.claimant for bar in bars if bar.is_dot)
    items += [Entry(name, Mark(side(BOTH), fill=POINTED)) for name in others]
    return items if len(items) > 1 else []


def _width(plot: Plot, words: dict[_Bar, list[str]]) -> float:
    """What leaves every bar of any panel room for its words at its end."""
    room = plot.right - plot.left
    widths = [room - 16]
    for bar, lines in words.items():
        beyond = plot.sheet.widest(lines, bold=True) + 16 + rows.STUB * is_open(bar)
        share = (plot.x(bar.furthest) - plot.left) / room
        widths.append((room - beyond) / max(share, 0.01))
    return min(widths)


def _draw(plot: Plot, y: float, bar: _Bar, lines: list[str], end: float) -> None:
    sheet, number = plot.sheet, bar.furthest > 0 or bar.is_dot
    if not bar.is_dot:
        x = rows.bar(plot, y, bar, bar.solid)
    elif bar.furthest:
        x, spot = plot.x(bar.furthest), plot.x(bar.best)
        sheet.line((plot.x(bar.low), x), (y, y), bar.side.colour, width=STROKE, zorder=1)
        marks.put(sheet.ax, spot, y, Mark(bar.side, fill=POINTED))
        x = max(x, spot + 6)
    else:
        # Nought has no place on a scale of ratios.
        x = plot.left
    paint = bar.side.words if number else colour("second")
    sheet.write(x + 6, y - LINE / 2 * (len(lines) - 1), lines, colour=paint, bold=number, step=LINE)
    words = bar.mark(f"{bar.panel}, {bar.row}: {bar.measured()}", counted=not bar.is_dot)
    targets.area(sheet.ax, plot.left, y - TARGET / 2, end, y + TARGET / 2, *words)
