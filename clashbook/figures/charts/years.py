"""Year by year: what a provider counted, low to high, a panel a country, with the episodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import POINTED, Mark
from clashbook.figures.charts.scales import Scale, in_figures, within
from clashbook.figures.charts.style import BOTH, Sheet, colour, side, text_width, wrap

ROW, LINE, GAP, HEAD = targets.TARGET, 15, 30, 52
BEYOND = 46  # room for an interval that lies beyond the scale


@dataclass
class _Year:
    """A year's place on the sheet, and the lines that name its episodes."""

    period: str
    names: list[str]
    top: float
    height: float

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
    top = draw_key(sheet, 0, _key(frame)) + 4
    places = dict(zip(frame.place, frame.place_name, strict=True))
    labels = _labels_width(sheet, frame)
    panels = 1 if sheet.phone else len(places)
    width = (sheet.width - labels - GAP * (panels - 1)) / panels
    held = within([*frame.best, *frame.low, *frame.high])
    for at, (place, name) in enumerate(places.items()):
        left = labels + (0 if sheet.phone else at * (width + GAP))
        rows = list(_rows(sheet, frame, top + HEAD))
        bottom = rows[-1].top + rows[-1].height
        if left == labels:
            _ground(sheet, rows)
        mine = frame[frame.place == place]
        scale = _scale(sheet, frame, held, left, left + width)
        sheet.write(left, top + 16, f"died in {name}", size=sheet.row_size, bold=True)
        _grid(sheet, scale, top + 38, rows[0].top, bottom)
        for row in mine.itertuples():
            year = next(each for each in rows if each.period == row.period)
            _record(sheet, row, scale, year.middle)
        top = bottom + 14 if sheet.phone else top
    sheet.finish(bottom + 4)


def _key(frame: pd.DataFrame) -> list[Entry]:
    ink = side(BOTH)
    items = [Entry("the provider's best figure", (Mark(ink, fill=POINTED),))]
    if (frame.firmness == "between").any():
        interval = Mark(ink, "between", POINTED, reach=30)
        items.append(Entry("low to high", (interval,), left=2, right=32))
    return items


def _labels_width(sheet: Sheet, frame: pd.DataFrame) -> float:
    names = [line for names in frame.episodes for line in _names(sheet, names)]
    return max(text_width(line, sheet.key_size) for line in ["2020", *names]) + 18


def _names(sheet: Sheet, episodes: str) -> list[str]:
    if episodes == "none":
        return []
    room = 66 if sheet.phone else 112
    return [line for name in episodes.split(", ") for line in wrap(name, sheet.key_size, room)]


def _rows(sheet: Sheet, frame: pd.DataFrame, top: float) -> Iterator[_Year]:
    for period, rows in frame.groupby("period"):
        names = _names(sheet, rows.episodes.iloc[0])
        height = ROW + LINE * len(names)
        yield _Year(period, names, top, height)
        top += height


def _ground(sheet: Sheet, rows: list[_Year]) -> None:
    """The years and the episodes that began in them, these on a band over all panels."""
    for year in rows:
        if year.names:
            look = {"fc": colour("fill"), "ec": "none", "zorder": -1}
            band = Rectangle((0, year.top), sheet.width, year.height, **look)
            sheet.ax.add_patch(band)
        sheet.write(5, year.middle, year.period, bold=bool(year.names))
        for at, line in enumerate(year.names):
            look = {"size": sheet.key_size, "colour": colour("second")}
            sheet.write(5, year.middle + LINE * (at + 1), line, **look)


def _scale(
    sheet: Sheet, frame: pd.DataFrame, held: list[float], left: float, right: float
) -> Scale:
    """As wide as leaves every mark of any panel room for its words at its right."""
    steps = 3 if sheet.phone else 4
    unit = Scale.linear(held, 0, 1, steps=steps)
    room = right - left - 6
    widths = [room - BEYOND if max(frame.high) > unit.last else room]
    for row in frame.itertuples():
        reach = unit(max(row.best, row.high))
        if reach <= 1:
            words = 12 + text_width(row.text, sheet.value_size)
            widths.append((room - words) / max(reach, 0.01))
    return Scale(left + 6, left + 6 + min(widths), unit.ticks)


def _grid(sheet: Sheet, scale: Scale, labels: float, top: float, bottom: float) -> None:
    for tick in scale.ticks:
        token = "axis" if tick == 0 else "grid"
        xs = (scale(tick),) * 2
        sheet.ax.plot(xs, (top, bottom), color=colour(token), lw=0.9, zorder=0)
        look = {"colour": colour("second"), "align": "center"}
        sheet.write(scale(tick), labels, in_figures(tick), **look)


def _record(sheet: Sheet, row, scale: Scale, y: float) -> None:
    if row.high > scale.last:
        left, right = _beyond(sheet, row, scale, y), scale.end + BEYOND
    else:
        left, right = _within(sheet, row, scale, y)
    value = f"{row.text} (best figure {in_figures(row.best)})" if row.low != row.high else row.text
    words = targets.told(f"Died in {row.place_name} in {row.period}: {value}", row)
    lead = {"gid": targets.record(row), "words": words}
    targets.area(sheet.ax, left, y - ROW / 2, right, y + ROW / 2, **lead)


def _within(sheet: Sheet, row, scale: Scale, y: float) -> tuple[float, float]:
    """Draw a row on the scale; where its marks begin and its words end."""
    ink = side(BOTH)
    if row.firmness == "between":
        reach = scale(row.high) - scale(row.low)
        marks.put(sheet.ax, scale(row.low), y, Mark(ink, "between", POINTED, reach=reach))
    # Bounds that cross are no interval: the best figure stands, and the words have all three.
    marks.put(sheet.ax, scale(row.best), y, Mark(ink, fill=POINTED, size=9))
    furthest = scale(max(row.best, row.high if row.firmness == "between" else row.best))
    sheet.write(furthest + 10, y, row.text)
    end = furthest + 10 + text_width(row.text, sheet.value_size)
    return scale(min(row.low, row.best)) - ROW / 2, end


def _beyond(sheet: Sheet, row, scale: Scale, y: float) -> float:
    """An interval past the end of the scale: a break, its caps, and its words before the break.

    The value is where the words begin.
    """
    ink = side(BOTH)
    end = scale.end + 10
    for shift in (0, 5):
        xs = (end + shift - 2, end + shift + 2)
        sheet.ax.plot(xs, (y + 7, y - 7), color=ink.colour, lw=1.2, zorder=3)
    marks.put(sheet.ax, end + 14, y, Mark(ink, "between", POINTED, reach=18))
    words = f"{row.text}, beyond the scale"
    sheet.write(scale.end - 2, y, words, align="right")
    return scale.end - 2 - text_width(words, sheet.value_size)
