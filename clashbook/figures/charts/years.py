"""Year by year: what a provider counted, low to high, a panel a country, with the episodes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, rows, targets
from clashbook.figures.charts.axes import Plot, in_figures, number_ticks, within
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import POINTED, Mark
from clashbook.figures.charts.records import Record, grouped, read
from clashbook.figures.charts.rows import Row
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import BOTH, side

BEYOND = 46  # room for an interval that lies beyond the scale


@dataclass(frozen=True, kw_only=True)
class _Count(Record):
    period: str
    place: str
    place_name: str
    low: float
    best: float
    high: float
    firmness: str
    text: str
    episodes: str

    @property
    def furthest(self) -> float:
        return max(self.best, self.high)


def years(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw a provider's yearly counts by country; the scale is linear from zero.

    A count that dwarfs all others stands beyond the scale, in words. Nothing here is of a side: the
    marks have no party's colour.

    Parameters
    ----------
    frame : DataFrame
        period (year), place, place_name, low, best, high, firmness (exact, between, or crossing
        where the bounds cross as published), text, episodes (names, or ``none``), source_id,
        claimant, stated; one row a mark.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    counts = read(frame, _Count)
    items = [Entry("the provider's best figure", (Mark(side(BOTH), fill=POINTED),))]
    if any(count.firmness == "between" for count in counts):
        items.append(Entry("low to high", (_interval(30),)))
    top = draw_key(sheet, 0, items)
    places = grouped(counts, lambda count: count.place)
    named = {count.period: _names(sheet, count.episodes) for count in reversed(counts)}
    labelled = {year: Row(year, [1] * len(places), named[year]) for year in sorted(named)}
    held = within(bound for count in counts for bound in (count.best, count.low, count.high))
    ticks = number_ticks(held, 3 if sheet.phone else 4)
    bottom = top
    drawn = rows.panels(sheet, [*labelled.values()], len(places), top)
    for mine, plot in zip(places.values(), drawn, strict=True):
        sheet.head(plot.left, plot.top - 38, f"died in {mine[0].place_name}")
        bottom, plot.left = plot.bottom, plot.left + 6
        plot.right = plot.left + _width(plot, counts, ticks[-1])
        plot.columns(ticks)
        for count in mine:
            _draw(plot, count, labelled[count.period].lane())
    sheet.finish(bottom + 4)


def _interval(reach: float) -> Mark:
    return Mark(side(BOTH), "between", POINTED, reach=reach)


def _names(sheet: Sheet, episodes: str) -> list[str]:
    names = [] if episodes == "none" else episodes.split(", ")
    room = 66 if sheet.phone else 112
    return [line for name in names for line in sheet.wrap(name, room, "key")]


def _width(plot: Plot, counts: list[_Count], last: float) -> float:
    """What leaves every mark of any panel room for its words on its right."""
    room = plot.right - plot.left
    widths = [room - BEYOND if any(count.furthest > last for count in counts) else room]
    for count in counts:
        share = count.furthest / last
        if share <= 1:
            words = 12 + plot.sheet.widest([count.text])
            widths.append((room - words) / max(share, 0.01))
    return min(widths)


def _draw(plot: Plot, count: _Count, y: float) -> None:
    beyond = count.high > plot.ax.get_xlim()[1]
    left, right = (_beyond if beyond else _within)(plot, count, y)
    value = count.text
    if count.low != count.high:
        value += f" (best figure {in_figures(count.best)})"
    mark = count.mark(f"Died in {count.place_name} in {count.period}: {value}")
    half = targets.TARGET / 2
    targets.area(plot.sheet.ax, left, y - half, right, y + half, *mark)


def _within(plot: Plot, count: _Count, y: float) -> tuple[float, float]:
    """Draw a count on the scale; where its marks begin and its words end."""
    furthest = count.best
    if count.firmness == "between":
        furthest = count.furthest
        reach = plot.x(count.high) - plot.x(count.low)
        marks.put(plot.sheet.ax, plot.x(count.low), y, _interval(reach))
    # Bounds that cross are no interval: the best figure stands, and the words have all three.
    marks.put(plot.sheet.ax, plot.x(count.best), y, Mark(side(BOTH), fill=POINTED, size=9))
    start = plot.x(furthest) + 10
    plot.sheet.write(start, y, count.text)
    left = plot.x(min(count.low, count.best)) - targets.TARGET / 2
    return left, start + plot.sheet.widest([count.text])


def _beyond(plot: Plot, count: _Count, y: float) -> tuple[float, float]:
    """Draw an interval past the end of the scale, behind a break; where its words and it end."""
    end = plot.right + 10
    for x in (end, end + 5):
        plot.sheet.line((x - 2, x + 2), (y + 7, y - 7), side(BOTH).colour, width=1.2, zorder=3)
    marks.put(plot.sheet.ax, end + 14, y, _interval(18))
    words = f"{count.text}, beyond the scale"
    plot.sheet.write(end - 12, y, words, align="right")
    return end - 12 - plot.sheet.widest([words]), plot.right + BEYOND
