"""Ranges as bars from zero: tolls by clash, counts by day, a toll as it was known on several days.

A panel for each clash or side, rows labelled at their left, and every value in words at the end of
its bar. All panels have one linear scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, repeat

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, rows, targets
from clashbook.figures.charts.axes import Plot, in_figures, is_log, number_ticks
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import POINTED, STROKE, Mark
from clashbook.figures.charts.records import Count, grouped, read
from clashbook.figures.charts.rows import BAR, Row, ending, extent
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import BOTH, colour, in_order, parties
from clashbook.figures.charts.targets import TARGET
from clashbook.language import later, sentence

LINE, AIR = 15, 8
SO_FAR = "total so far"
PLACES = ("left", "right")  # of the sides within the bar of both


@dataclass(frozen=True, kw_only=True)
class _Bar(Count):
    panel: str
    row: str
    series_id: str = ""
    killed: float = math.nan  # what is known to be killed of a figure of killed or missing
    later: str = ""  # how much later it is than the row above

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
    frame: pd.DataFrame,
    ax: Axes,
    panel: str = "episode",
    row: str = "party_name",
    across: int = 1,
    *,
    whole: bool = False,
) -> None:
    """Draw counts as bars from zero: a panel for each word of one column, rows by those of another.

    Parameters
    ----------
    frame : DataFrame
        party, party_name, low, best, high (NaN: open), firmness, counted_by, text, indicator_label,
        claims, claimant, stated, and the two columns that name panels and rows; optional series_id
        and source_id (the row is a provider's figure, a dot), dates (beside a panel's name), and
        later (how much later it is than the row above, where that is not near). One row a bar or
        a dot, in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    whole : bool
        Whether the sides stand within the bar of both, each as long as what is counted at least.
    """
    sheet = Sheet.of(ax)
    bars = read(frame.assign(panel=frame[panel], row=frame[row]), _Bar)
    parts = [bar for bar in bars if whole and bar.side.id != BOTH]
    bars = [bar for bar in bars if bar not in parts]
    dates = dict(zip(frame[panel], frame.get("dates", repeat("")), strict=False))
    top = draw_key(sheet, 0, [*_turns(parts), *_key(bars)]) + 4 - 20 * whole
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
                y = labelled[label].lane(index)
                x = _draw_parts(plot, y, [part for part in parts if part.row == bar.row])
                _draw(plot, y, bar, words[bar], (x, end))
    sheet.finish(bottom + 4)


def counts_by_day(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw what each side had counted so far, a panel a side, a row a day; see `range_bars`."""
    frame = frame.assign(dates=SO_FAR, later=_later(frame["date"]))
    range_bars(frame, ax, "party_name", "day_label", across=2)


def as_known(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw what is known of both sides, a row for each word of `day_label`; see `range_bars`."""
    frame = frame.assign(dates="", all="", later=_later(frame["as_known"]))
    range_bars(frame, ax, "all", "day_label", whole=True)


def by_place(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw a provider's yearly figures, a panel a country and a row a year; see `range_bars`."""
    range_bars(frame, ax, "place_name", "period", across=2)


def beside(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw tolls with another's figures, a row for each word of the column `people`."""
    range_bars(frame, ax, row="people")


def _later(days: pd.Series[str]) -> list[str]:
    """How much later each day is than the one before it, "" where it is near."""
    words = {day: later(before, day) for before, day in pairwise(days.unique())}
    return [words.get(day, "") for day in days]


def _row(name: str, found: list[list[_Bar]], words: dict[_Bar, list[str]]) -> Row:
    """A row with its bars in each panel, as high there as their words take."""
    heights = [max((AIR + LINE * len(words[bar]) for bar in mine), default=0) for mine in found]
    later = next(bar.later for bar in chain(*found))
    return Row(sentence(name), [*map(len, found)], _paint(chain(*found)), heights, later)


def _paint(bars: Iterable[_Bar]) -> str:
    """The colour of a side, where a row or a panel is of one."""
    sides = {bar.side for bar in bars}
    return sides.pop().words if len(sides) == 1 and sides <= {*parties()} else colour("ink")


def _turns(parts: list[_Bar]) -> list[Entry]:
    """Which part of a bar is whose, told by its place too: print may have no colours."""
    sides = in_order(part.side for part in parts)
    return [
        Entry(f"{about.name}, {place}", bar="solid", paint=about.colour)
        for about, place in zip(sides, PLACES, strict=False)
    ]


def _key(bars: list[_Bar]) -> list[Entry]:
    """What is explained: bars that are not solid alone, and whose figures the dots are."""
    ends = {ending(bar) for bar in bars}
    pale = any(bar.solid < bar.furthest for bar in bars if not bar.is_dot)
    kinds = {
        "solid": ("counted, at least", pale),
        "pale": ("up to", pale),
        "stub": ("no upper limit; the dashes’ length means nothing", "stub" in ends),
        "strokes": ("sources differ", "strokes" in ends),
    }
    items = [Entry(words, bar=kind) for kind, (words, used) in kinds.items() if used]
    others = grouped((bar for bar in bars if bar.is_dot), lambda bar: bar.claimant)
    for name, mine in others.items() if len(others) + len(items) > 1 else ():
        sides = in_order(bar.side for bar in mine)
        items.append(Entry(name, [Mark(about, fill=POINTED) for about in sides]))
    return items


def _width(plot: Plot, words: dict[_Bar, list[str]]) -> float:
    """What leaves every bar of any panel room for its words at its end."""
    room = plot.right - plot.left
    widths = [room - 16]
    for bar, lines in words.items():
        beyond = plot.sheet.widest(lines, bold=True) + 16 + rows.STUB * bool(ending(bar))
        share = (plot.x(bar.furthest) - plot.left) / room
        widths.append((room - beyond) / max(share, 0.01))
    return min(widths)


def _draw_parts(plot: Plot, y: float, parts: list[_Bar]) -> float:
    """Draw the sides of a bar one after the other, and return where they end."""
    sheet, x = plot.sheet, plot.left
    ends = accumulate((part.solid for part in parts), initial=0)
    for part, start in zip(parts, ends, strict=False):
        plot.ax.barh(y, part.solid, BAR, left=start, color=part.side.colour, zorder=4)
        number, before, x = in_figures(part.solid), plot.x(start), plot.x(start + part.solid)
        plot.sheet.line((x, x), (y - BAR / 2, y + BAR / 2), colour("page"), zorder=2)
        if sheet.widest([number], bold=True) + 4 <= x - before:
            middle = (before + x) / 2
            sheet.write(middle, y, number, colour=colour("page"), bold=True, align="center")
        words = part.mark(f"{part.row}, {part.party_name}: {part.measured()}", counted=True)
        targets.area(sheet.ax, before, y - TARGET / 2, x, y + TARGET / 2, *words)
    return x


def _draw(plot: Plot, y: float, bar: _Bar, lines: list[str], edges: tuple[float, float]) -> None:
    """Draw a bar or a dot with its words; what leads to its record lies between two edges."""
    sheet, number = plot.sheet, bar.furthest > 0 or bar.is_dot
    if not bar.is_dot:
        x = rows.bar(plot, y, bar, bar.solid)
    elif bar.furthest:
        x, spot = plot.x(bar.furthest), plot.x(bar.best)
        sheet.line((plot.x(bar.low), x), (y, y), bar.side.colour, lw=STROKE, zorder=1)
        marks.put(sheet.ax, spot, y, Mark(bar.side, fill=POINTED))
        x = max(x, spot + 6)
    else:
        # Nought has no place on a scale of ratios.
        x = plot.left
    paint = bar.side.words if number else colour("second")
    sheet.write(x + 6, y - LINE / 2 * (len(lines) - 1), lines, colour=paint, bold=number, step=LINE)
    about = ", ".join(filter(None, (bar.panel, bar.row)))
    words = bar.mark(f"{about}: {bar.measured()}", counted=not bar.is_dot)
    targets.area(sheet.ax, edges[0], y - TARGET / 2, edges[1], y + TARGET / 2, *words)
