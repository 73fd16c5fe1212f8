"""Year by year: what a provider counted, low to high, a panel a country, with the episodes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import POINTED, Mark
from clashbook.figures.charts.records import Record, grouped, read
from clashbook.figures.charts.scales import Scale, in_figures, within
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import BOTH, colour, side, text_width, wrap

ROW, LINE, GAP, HEAD = targets.TARGET, 15, 30, 52
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


@dataclass
class _Year:
    """A year's place on the sheet, and the lines that name its episodes."""

    names: list[str]
    top: float = 0

    @property
    def bottom(self) -> float:
        return self.top + ROW + LINE * len(self.names)

    @property
    def middle(self) -> float:
        return self.top + ROW / 2


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
        items.append(Entry("low to high", (_interval(30),), left=2, right=32))
    top = draw_key(sheet, 0, items) + 4
    rows = {count.period: _Year(_names(sheet, count.episodes)) for count in reversed(counts)}
    rows = dict(sorted(rows.items()))
    names = [line for row in rows.values() for line in row.names]
    labels = max(text_width(line, sheet.key_size) for line in ["2020", *names]) + 18
    places = grouped(counts, lambda count: count.place)
    panels = 1 if sheet.phone else len(places)
    width = (sheet.width - labels - GAP * (panels - 1)) / panels
    bottom = top
    for index, mine in enumerate(places.values()):
        left = labels + (0 if sheet.phone else index * (width + GAP))
        bottom = top + HEAD
        for row in rows.values():
            row.top = bottom
            bottom = row.bottom
        if left == labels:
            _ground(sheet, rows)
        scale = _scale(sheet, counts, left, left + width)
        sheet.head(left, top + 16, f"died in {mine[0].place_name}")
        sheet.columns(scale, top + 38)
        sheet.gridlines(scale, top + HEAD, bottom)
        for count in mine:
            _draw(sheet, count, scale, rows[count.period].middle)
        top = bottom + 14 if sheet.phone else top
    sheet.finish(bottom + 4)


def _interval(reach: float) -> Mark:
    return Mark(side(BOTH), "between", POINTED, reach=reach)


def _names(sheet: Sheet, episodes: str) -> list[str]:
    if episodes == "none":
        return []
    room = 66 if sheet.phone else 112
    return [line for name in episodes.split(", ") for line in wrap(name, sheet.key_size, room)]


def _ground(sheet: Sheet, rows: dict[str, _Year]) -> None:
    """The years and the episodes that began in them, these on a band over all panels."""
    for period, row in rows.items():
        if row.names:
            sheet.box(0, row.top, sheet.width, row.bottom, fill=colour("fill"))
        sheet.write(5, row.middle, period, bold=bool(row.names))
        sheet.note(5, row.middle + LINE, row.names, step=LINE)


def _scale(sheet: Sheet, counts: list[_Count], left: float, right: float) -> Scale:
    """As wide as leaves every mark of any panel room for its words on its right."""
    held = within(bound for count in counts for bound in (count.best, count.low, count.high))
    unit = Scale.linear(held, 0, 1, steps=3 if sheet.phone else 4)
    room = right - left - 6
    beyond = any(count.high > unit.last for count in counts)
    widths = [room - BEYOND if beyond else room]
    for count in counts:
        reach = unit(max(count.best, count.high))
        if reach <= 1:
            words = 12 + text_width(count.text, sheet.value_size)
            widths.append((room - words) / max(reach, 0.01))
    return Scale(left + 6, left + 6 + min(widths), unit.ticks)


def _draw(sheet: Sheet, count: _Count, scale: Scale, y: float) -> None:
    draw = _beyond if count.high > scale.last else _within
    left, right = draw(sheet, count, scale, y)
    value = count.text
    if count.low != count.high:
        value += f" (best figure {in_figures(count.best)})"
    mark = count.mark(f"Died in {count.place_name} in {count.period}: {value}")
    targets.area(sheet.ax, left, y - ROW / 2, right, y + ROW / 2, *mark)


def _within(sheet: Sheet, count: _Count, scale: Scale, y: float) -> tuple[float, float]:
    """Draw a count on the scale; where its marks begin and its words end."""
    furthest = count.best
    if count.firmness == "between":
        furthest = max(count.best, count.high)
        reach = scale(count.high) - scale(count.low)
        marks.put(sheet.ax, scale(count.low), y, _interval(reach))
    # Bounds that cross are no interval: the best figure stands, and the words have all three.
    marks.put(sheet.ax, scale(count.best), y, Mark(side(BOTH), fill=POINTED, size=9))
    start = scale(furthest) + 10
    sheet.write(start, y, count.text)
    left = scale(min(count.low, count.best)) - ROW / 2
    return left, start + text_width(count.text, sheet.value_size)


def _beyond(sheet: Sheet, count: _Count, scale: Scale, y: float) -> tuple[float, float]:
    """Draw an interval past the end of the scale, behind a break; where its words and it end."""
    end = scale.end + 10
    for shift in (0, 5):
        xs = (end + shift - 2, end + shift + 2)
        sheet.line(xs, (y + 7, y - 7), side(BOTH).colour, width=1.2, zorder=3)
    marks.put(sheet.ax, end + 14, y, _interval(18))
    words = f"{count.text}, beyond the scale"
    sheet.write(scale.end - 2, y, words, align="right")
    return scale.end - 2 - text_width(words, sheet.value_size), scale.end + BEYOND
