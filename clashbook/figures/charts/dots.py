"""A row a measure, with a point for each of a few periods: how each stood then."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, rows
from clashbook.figures.charts.axes import number_ticks
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import HOLLOW, SOLID, Mark
from clashbook.figures.charts.records import grouped, read
from clashbook.figures.charts.series import Point
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour
from clashbook.language import day_in_words

ROOM = 36  # for the values beside the outermost points


def dots(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw figures of two periods, a row a measure, with each value beside its point.

    Parameters
    ----------
    frame : DataFrame
        As of `series.lines`; two periods, the earlier drawn hollow.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet, points = Sheet.of(ax), read(frame, Point)
    periods = sorted({point.period for point in points})
    fills = dict(zip(periods, (HOLLOW, SOLID), strict=False))
    drawn = {point: Mark(point.side, fill=fills[point.period]) for point in points}
    shown = {point.period: [drawn[point]] for point in points}
    top = draw_key(sheet, 0, [Entry(day_in_words(when), shown[when]) for when in periods])
    measures = grouped(points, lambda point: point.measure)
    lanes = [rows.Row(measure, [1]) for measure in measures]
    (plot,) = rows.panels(sheet, lanes, 1, top - 20)
    plot.left, plot.right = plot.left + ROOM, plot.right - ROOM
    plot.columns(number_ticks(point.value for point in points))
    for lane, mine in zip(lanes, measures.values(), strict=True):
        mine = sorted(mine, key=lambda point: point.value)
        xs, y = [plot.x(point.value) for point in mine], lane.lane()
        sheet.line((xs[0], xs[-1]), (y, y), colour("axis"), lw=1.2)
        for point, x in zip(mine, xs, strict=True):
            marks.put(ax, x, y, drawn[point], *point.mark(point.words))
        sheet.write(xs[0] - 10, y, mine[0].written, align="right", colour=mine[0].ink)
        sheet.write(xs[-1] + 10, y, mine[-1].written, colour=mine[-1].ink)
    sheet.finish(plot.bottom + 8)
