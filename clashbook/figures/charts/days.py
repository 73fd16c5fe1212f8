"""Day by day, side by side: what was reported of a day, a panel a party."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks
from clashbook.figures.charts.key import draw_key, entries
from clashbook.figures.charts.marks import ARROW, Mark
from clashbook.figures.charts.records import WITHOUT_PLACE, Count, counted, grouped, read
from clashbook.figures.charts.scales import Scale
from clashbook.figures.charts.sheet import Align, Sheet
from clashbook.figures.charts.style import Side, in_order, text_width

# Marks of one day stand as far apart as it takes to hit one of them.
LINE, AIR, GAP, GUTTER = 26, 4, 36, 26
QUIET_DAYS = 3  # so many days in a row without a report become one row


@dataclass(frozen=True, kw_only=True)
class _Report(Count):
    day_label: str
    population: str = ""

    @property
    def value(self) -> str:
        """Its value with who is counted, where a frame tells populations apart."""
        return counted(self.text, self.population)


@dataclass
class _Day:
    """A row of the chart, and its place on the sheet."""

    label: str
    reports: dict[Side, list[_Report]]
    top: float = 0
    bottom: float = 0

    @property
    def quiet(self) -> bool:
        return all(report.firmness == "none" for found in self.reports.values() for report in found)


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
    days = _days(reports, sides)
    labels = max(text_width(day.label, sheet.value_size) for day in days) + 20
    values = max((text_width(report.value, sheet.value_size) for report in spoken), default=0)
    panels = 1 if sheet.phone else len(sides)
    width = (sheet.width - labels - GAP * (panels - 1)) / panels
    numbers = [number for report in reports for number in (report.place, report.high)]
    bottom = top
    for index, about in enumerate(sides):
        left = labels + (0 if sheet.phone else index * (width + GAP))
        end = left + width - values - ARROW - GUTTER
        scale = Scale.over(numbers, left + GUTTER, end, steps=3 if sheet.phone else 4)
        _lay_out(days, [about] if sheet.phone else sides, top + 58)
        if left == labels:
            for day in days:
                sheet.write(0, day.top + AIR / 2 + LINE / 2, day.label)
        _panel(sheet, days, about, scale, top, left + width)
        bottom = days[-1].bottom
        top = bottom + 14 if sheet.phone else top
    sheet.finish(bottom + 4)


def _days(reports: list[_Report], sides: list[Side]) -> list[_Day]:
    """The rows, runs of quiet days in one."""
    days = [
        _Day(label, {about: [r for r in found if r.side == about] for about in sides})
        for label, found in grouped(reports, lambda report: report.day_label).items()
    ]
    rows: list[_Day] = []
    for quiet, run in groupby(days, lambda day: day.quiet):
        alike = list(run)
        if quiet and len(alike) >= QUIET_DAYS:
            alike = [_Day(_span(alike[0].label, alike[-1].label), alike[0].reports)]
        rows += alike
    return rows


def _span(first: str, last: str) -> str:
    # "15 to 31 July": the month is written once.
    number, _, month = first.partition(" ")
    return f"{number if last.endswith(f' {month}') else first} to {last}"


def _lay_out(days: list[_Day], shown: list[Side], top: float) -> None:
    for day in days:
        day.top = top
        top += AIR + LINE * max(1, *(len(day.reports[about]) for about in shown))
        day.bottom = top


def _panel(
    sheet: Sheet, days: list[_Day], about: Side, scale: Scale, top: float, right: float
) -> None:
    sheet.head(scale.start, top + 18, about.name, colour=about.words)
    for day in days:
        sheet.rule(scale.start, right, day.top)
        for index, report in enumerate(day.reports[about]):
            _draw(sheet, report, scale, day.top + AIR / 2 + LINE * (index + 0.5))
    sheet.gridlines(scale, top + 56, days[-1].bottom)
    sheet.columns(scale, top + 43)


def _draw(sheet: Sheet, report: _Report, scale: Scale, y: float) -> None:
    """A mark and its value to the right; what has no number stands in a gutter."""
    firmness, about = report.firmness, report.side
    reach = scale(report.high) - scale(report.low) if firmness == "between" else 0
    mark = Mark(about, firmness, marks.fill_of(report.counted_by), reach=reach)
    align: Align = "left"
    if firmness in ("none", "none_reported"):
        x, value = scale.start - GUTTER / 2, scale.start + 8
    elif firmness in WITHOUT_PLACE:
        x = scale.end + ARROW
        value, align = x - 12, "right"
    else:
        x = scale(report.place)
        aside = {"at_least": ARROW + 16, "about": 20, "between": reach + 10}
        value = x + aside.get(firmness, 13)
    words = f"{about.name}, {report.day_label}: {report.measured(report.value)}"
    marks.put(sheet.ax, x, y, mark, *report.mark(words))
    if firmness != "none":
        sheet.write(value, y, report.value, colour=about.words, align=align)
