"""Day by day, side by side: what was reported of a day, a panel a party."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import rows
from clashbook.figures.charts.axes import is_log, number_ticks
from clashbook.figures.charts.key import draw_key, entries
from clashbook.figures.charts.records import Count, counted, grouped, read
from clashbook.figures.charts.rows import ARROW_ROOM, GUTTER, Row
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import in_order

QUIET_DAYS = 3  # so many days in a row without a report become one row


@dataclass(frozen=True, kw_only=True)
class _Report(Count):
    day_label: str
    population: str = ""

    @property
    def value(self) -> str:
        """Its value with who is counted, where a frame tells populations apart."""
        return counted(self.text, self.population)


def daily(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw what was reported of every day; a day without a report is a dash, never zero.

    Parameters
    ----------
    frame : DataFrame
        date (ISO day, "" where not stated), day_label, party, party_name, low, best, high,
        firmness, counted_by, text, indicator_label, claims, claimant, stated; optional population,
        written with the value where it is one of soldiers or civilians. One row a mark; a party's
        day without a report has firmness ``none``.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    reports = read(frame, _Report)
    sides = in_order(report.side for report in reports)
    spoken = [report for report in reports if report.firmness != "none"]
    firmness = {report.firmness for report in reports}
    top = draw_key(sheet, 0, entries(sides, firmness, [r.counted_by for r in spoken])) + 6
    days = _days(reports)
    labelled = [
        Row(label, [sum(report.side == about for report in found) for about in sides])
        for label, found in days
    ]
    values = sheet.widest(report.value for report in spoken)
    numbers = [number for report in reports for number in (report.place, report.high)]
    ticks = number_ticks(numbers, 3 if sheet.phone else 4, log=is_log(numbers))
    bottom = top
    for about, plot in zip(sides, rows.panels(sheet, labelled, len(sides), top), strict=True):
        end, bottom = plot.right, plot.bottom
        plot.left += GUTTER
        plot.right -= values + ARROW_ROOM + 14
        sheet.head(plot.left, plot.top - 38, about.name, colour=about.words)
        plot.columns(ticks, log=is_log(numbers))
        for row, (_, found) in zip(labelled, days, strict=True):
            sheet.rule(plot.left, end, row.top)
            mine = [report for report in found if report.side == about]
            for index, report in enumerate(mine):
                words = f"{about.name}, {report.day_label}: {report.measured(report.value)}"
                x = rows.put(plot, row.lane(index), report, words)
                if report in spoken:
                    sheet.write(x, row.lane(index), report.value, colour=about.words)
    sheet.finish(bottom + 4)


def _days(reports: list[_Report]) -> list[tuple[str, list[_Report]]]:
    """The reports of each day, by its label; runs of quiet days are one."""
    days = grouped(reports, lambda report: report.day_label).items()
    found: list[tuple[str, list[_Report]]] = []
    for quiet, run in groupby(days, lambda day: all(r.firmness == "none" for r in day[1])):
        alike = list(run)
        if quiet and len(alike) >= QUIET_DAYS:
            alike = [(_span(alike[0][0], alike[-1][0]), alike[0][1])]
        found += alike
    return found


def _span(first: str, last: str) -> str:
    # "15 to 31 July": the month is written once.
    number, _, month = first.partition(" ")
    return f"{number if last.endswith(f' {month}') else first} to {last}"
