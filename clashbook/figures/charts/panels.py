"""Small multiples: one small plot a measure, all of one size over the same months."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import series
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.labels import Room
from clashbook.figures.charts.marks import Mark
from clashbook.figures.charts.scales import Scale
from clashbook.figures.charts.style import Sheet, colour, side, wrap

HEIGHT, GAP, EDGE = 168, 26, 12
# Between two marks of one row a value could be either's.
ABOVE_AND_BELOW = ((0, -17, "center"), (0, 17, "center"))
FEW = 3  # points of a panel, up to which each has its value beside it


@dataclass
class Panel:
    """The place of one plot, and its scales."""

    points: pd.DataFrame
    along: Scale
    up: Scale
    room: Room


def small_multiples(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw monthly series of one unit, a panel a measure, all on one scale.

    Parameters
    ----------
    frame : DataFrame
        measure (head of the panel), below (words under the head), period (YYYY-MM), label, party,
        value, kind (vintage, first_release, printed or episode), text, firmness (about: of about
        that month), claims, series_id, source_id, claimant, stated, period_start, period_end (days;
        of an episode). At most six measures, in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    points = series.dated(frame)
    top = draw_key(sheet, 0, [*_line_entries(points), *series.point_entries(points)])

    def draw(panel: Panel) -> None:
        series.draw_lines(sheet, panel.points, panel.along, panel.up, panel.room)
        rest = panel.points[panel.points.kind != "vintage"]
        # Their values stand in the words under the head.
        series.draw_points(sheet, rest, panel.along, panel.up, panel.room, named=set())

    _lay_out(sheet, frame, points, top, draw, shared=True)


def _line_entries(points: pd.DataFrame) -> Iterator[Entry]:
    """An item of the key a party; which release its lines are is said where all are the same."""
    for party, rows in points[points.kind == "vintage"].groupby("party", sort=False):
        whose, labels = side(party), [*dict.fromkeys(rows.label)]
        more = f", {labels[0][:1].lower()}{labels[0][1:]}" if len(labels) == 1 else ""
        yield Entry(f"{whose.name}{more}", line=whose.colour)


def own_scales(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw figures of unlike measures, a panel a measure, each on a scale and in a unit of its own.

    Parameters
    ----------
    frame : DataFrame
        measure (head of the panel), below (words under the head, which name the unit), period (as
        given; a row without one is not drawn), label, party, value, kind (stated, wider, undated or
        episode), text, claims, series_id, source_id, claimant, stated, period_start, period_end
        (days; of an episode). At most six measures, in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    points = series.dated(frame)
    sides = [side(party) for party in dict.fromkeys(points.party)]
    named = [Entry(each.name, (Mark(each),)) for each in sides]
    top = draw_key(sheet, 0, [*named, *series.point_entries(points)])

    def draw(panel: Panel) -> None:
        rows = panel.points.sort_values("x")
        named = set(rows.index if len(rows) <= FEW else rows.index[[0, -1]])
        places = {"named": named, "first": ABOVE_AND_BELOW}
        series.draw_points(sheet, rows, panel.along, panel.up, panel.room, **places)

    _lay_out(sheet, frame, points, top, draw, shared=False)


def _lay_out(
    sheet: Sheet,
    frame: pd.DataFrame,
    points: pd.DataFrame,
    top: float,
    draw: Callable[[Panel], None],
    *,
    shared: bool,
) -> None:
    """Lay the panels in rows of two, or one under the other on a phone, and draw them.

    On a shared scale the left column names the values for both.
    """
    measures = [*dict.fromkeys(points.measure)]
    across = 1 if sheet.phone else 2
    scales = [_scale(points if shared else rows, 0, 1, shared) for _, rows in _by(points)]
    margin = max(series.heights_width(sheet, scale) for scale in scales) + 12
    margins = margin * (1 if shared else across)
    width = (sheet.width - margins - GAP * (across - 1) - EDGE) / across
    words = [wrap(rows.below.iloc[0], 12, width, balanced=False) for _, rows in _by(points)]
    head = 22 + 16 * max(map(len, words))
    for at, (measure, rows) in enumerate(_by(points)):
        column = at % across
        left = margin + column * (width + GAP + (0 if shared else margin))
        _head(sheet, left, top, measure, words[at])
        along = series.months_along(points, left, left + width, 0.75 if shared else 14)
        spans = series.spans_of(sheet, frame, along, left, left + width)
        start = top + head + 4
        if at < across:
            start += max((span.height for span in spans), default=0)
            series.name_spans(sheet, spans, start)
        bottom = start + HEIGHT
        series.shade(sheet, spans, start, bottom)
        up = _scale(points if shared else rows, bottom, start + 4, shared)
        series.draw_heights(sheet, up, along, named=not shared or column == 0)
        lowest = at + across >= len(measures)
        series.draw_months(sheet, along, bottom, named=lowest, closing=not shared)
        draw(Panel(rows, along, up, Room(sheet, left, start, left + width + EDGE, bottom)))
        if column == across - 1:
            top = bottom + GAP
    sheet.finish(bottom + 32)


def _by(points: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    return iter(points.groupby("measure", sort=False))


def _scale(points: pd.DataFrame, start: float, end: float, shared: bool) -> Scale:
    return series.upward([*points.value, 0.0], start, end, steps=8 if shared else 4)


def _head(sheet: Sheet, left: float, top: float, measure: str, words: list[str]) -> None:
    sheet.write(left, top + 12, measure, size=sheet.row_size, bold=True)
    for at, line in enumerate(words):
        look = {"size": 12, "colour": colour("second")}
        sheet.write(left, top + 30 + 16 * at, line, **look)
