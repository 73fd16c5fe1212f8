"""Small multiples: one small plot a measure, all of one size over the same months."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import series
from clashbook.figures.charts.axes import Plot, in_figures, number_ticks
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.labels import Place
from clashbook.figures.charts.marks import Mark
from clashbook.figures.charts.records import grouped, lower
from clashbook.figures.charts.series import Point
from clashbook.figures.charts.sheet import LINE, Sheet
from clashbook.figures.charts.spans import spans_of, stand_under
from clashbook.figures.charts.style import side

HEIGHT, GAP, EDGE = 168, 26, 12
# Between two marks of one row a value could be either's.
ABOVE_AND_BELOW: tuple[Place, ...] = ((0, -17, "center"), (0, 17, "center"))
FEW = 3  # points of a panel, up to which each has its value beside it


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
    top = draw_key(sheet, 0, _line_entries(points) + series.point_entries(points))

    def draw(plot: Plot, mine: list[Point]) -> None:
        series.draw_lines(plot, mine)
        # Their values stand in the words under the head.
        series.draw_points(plot, [point for point in mine if point.kind != "vintage"], named=())

    _lay_out(sheet, frame, points, top, draw, shared=True)


def _line_entries(points: list[Point]) -> list[Entry]:
    """An item of the key a party, with the release of its lines where that is one for all."""
    found = []
    vintages = [point for point in points if point.kind == "vintage"]
    for party, mine in grouped(vintages, lambda point: point.party).items():
        whose, labels = side(party), {point.label for point in mine}
        more = f", {lower(labels.pop())}" if len(labels) == 1 else ""
        found.append(Entry(f"{whose.name}{more}", line=whose.colour))
    return found


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
    sides = [side(party) for party in dict.fromkeys(point.party for point in points)]
    named = [Entry(about.name, (Mark(about),)) for about in sides]
    top = draw_key(sheet, 0, [*named, *series.point_entries(points)])

    def draw(plot: Plot, mine: list[Point]) -> None:
        mine = sorted(mine, key=lambda point: point.x)
        named = mine if len(mine) <= FEW else [mine[0], mine[-1]]
        series.draw_points(plot, mine, named=named, first=ABOVE_AND_BELOW)

    _lay_out(sheet, frame, points, top, draw, shared=False)


def _lay_out(
    sheet: Sheet,
    frame: pd.DataFrame,
    points: list[Point],
    top: float,
    draw: Callable[[Plot, list[Point]], None],
    *,
    shared: bool,
) -> None:
    """Lay the panels in rows of two, or one under the other on a phone, and draw them.

    On a shared scale the left column names the values for both.
    """
    panels = grouped(points, lambda point: point.measure)
    across = 1 if sheet.phone else 2
    ticks = {
        measure: number_ticks((p.value for p in (points if shared else mine)), 8 if shared else 4)
        for measure, mine in panels.items()
    }
    margin = 12 + sheet.widest(in_figures(tick) for found in ticks.values() for tick in found)
    margins = margin * (1 if shared else across)
    width = (sheet.width - margins - GAP * (across - 1) - EDGE) / across
    words = {
        measure: sheet.wrap(mine[0].below, width, "key", balanced=False)
        for measure, mine in panels.items()
    }
    head = 26 + LINE * max(map(len, words.values()))
    for index, (measure, mine) in enumerate(panels.items()):
        column, lowest = index % across, index + across >= len(panels)
        left = margin + column * (width + GAP + (0 if shared else margin))
        sheet.head(left, top + 12, measure)
        sheet.note(left, top + 30, words[measure])
        plot = Plot(sheet, left, left + width, above=4, beyond=EDGE)
        ends = series.ends_of(points, 0.75 if shared else 14)
        plot.months(*ends, named=lowest, closing=not shared)
        found = spans_of(plot, series.episodes(frame), plot.right)
        stand_under(plot, found, top + head, HEIGHT, named=index < across)
        plot.heights(ticks[measure], named=not shared or column == 0)
        draw(plot, mine)
        if column == across - 1 or mine is [*panels.values()][-1]:
            top = plot.bottom + GAP
    sheet.finish(top - GAP + 32)
