"""Who said what when: a row a speaker, days along, and every number in words at its mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks
from clashbook.figures.charts.axes import day_label, day_number
from clashbook.figures.charts.marks import HOLLOW, SOLID, Mark
from clashbook.figures.charts.records import Count, grouped, read
from clashbook.figures.charts.sheet import LINE, Sheet
from clashbook.figures.charts.style import colour, in_order
from clashbook.language import sentence

SPEAKER, FAR = 140, 2  # pixels for a speaker's name; days from which on a gap is one of several


@dataclass(frozen=True, kw_only=True)
class _Statement(Count):
    reported_on: str
    indicator: str

    @property
    def fill(self) -> str:
        return SOLID if self.indicator == "killed" else HOLLOW

    @property
    def words(self) -> tuple[str, str]:
        return self.mark(f"{self.party_name}: {self.measured()}")


def who_said_what(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw statements along their days, those of one speaker in a row; on a phone, day by day.

    Parameters
    ----------
    frame : DataFrame
        reported_on (ISO day), party, party_name, indicator (a mark is hollow unless it is killed),
        low, best, high, firmness, counted_by, text, indicator_label, claims, claimant, stated; one
        row a statement, in the order in which they were made.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    statements = read(frame, _Statement)
    (_by_day if sheet.phone else _by_speaker)(sheet, statements)


def _by_speaker(sheet: Sheet, statements: list[_Statement]) -> None:
    left = SPEAKER + 36
    spots = _spots(statements, left, sheet.width - 30)
    step = min((b - a for a, b in pairwise(sorted({*spots.values()}))), default=100)
    y = 4.0
    sides = in_order(statement.side for statement in statements)
    order = sorted(statements, key=lambda statement: sides.index(statement.side))
    for speaker, mine in grouped(order, lambda s: (s.party, s.claimant)).items():
        labels = {s: sheet.wrap(s.text, max(step - 6, 62)) for s in mine}
        y += LINE * max(map(len, labels.values())) + 16
        about = mine[0].side
        name = sheet.wrap(sentence(speaker[1]), SPEAKER)
        sheet.write(0, y - LINE / 2 * (len(name) - 1), name, colour=about.words)
        sheet.line((left - 20, sheet.width), (y, y), colour("grid"), lw=2)
        for statement, lines in labels.items():
            x = spots[statement]
            marks.put(sheet.ax, x, y, Mark(about, fill=statement.fill), *statement.words)
            above = y - 19 - LINE * (len(lines) - 1)
            sheet.write(x, above, lines, colour=about.words, bold=True, align="center")
        y += 22
    sheet.finish(_days(sheet, statements, spots, y) - 6)


def _spots(statements: Sequence[_Statement], left: float, right: float) -> dict[_Statement, float]:
    """Where across each statement is: a place for each on its day, more between days far apart."""
    places: dict[_Statement, float] = {}
    place, before = 0.0, ""
    for day, mine in grouped(statements, lambda s: s.reported_on).items():
        if before:
            place += 1 if day_number(day) - day_number(before) < FAR else 1.4
        spoken = grouped(mine, lambda s: (s.party, s.claimant)).values()
        for own in spoken:
            places |= {statement: place + index for index, statement in enumerate(own)}
        place += max(map(len, spoken)) - 1
        before = day
    return {s: left + (right - left) * order / max(place, 1) for s, order in places.items()}


def _days(
    sheet: Sheet, statements: Sequence[_Statement], spots: dict[_Statement, float], y: float
) -> float:
    """Write the days under the rows, and dots where days are left out; return where that ends.

    A stroke over a day joins its places, where it has several.
    """
    days = grouped(statements, lambda s: s.reported_on)
    ends = {day: [spots[s] for s in mine] for day, mine in days.items()}
    before, bottom = "", y
    for day, xs in ends.items():
        number, month = day_label(day).split("\u00a0")
        year = [day[:4]] if before and before[:4] != day[:4] else []
        lines = [number, month, *year] if before[:7] != day[:7] else [number]
        if max(xs) > min(xs):
            sheet.line((min(xs) - 10, max(xs) + 10), (y - 10, y - 10), colour("axis"))
        end = sheet.label((min(xs) + max(xs)) / 2, y, lines, align="center")
        before, bottom = day, max(bottom, end)
    for one, other in pairwise(ends):
        if day_number(other) - day_number(one) >= FAR:
            sheet.label((max(ends[one]) + min(ends[other])) / 2, y, "…", align="center")
    return bottom


def _by_day(sheet: Sheet, statements: list[_Statement]) -> None:
    y = 4.0
    for day, mine in grouped(statements, lambda s: s.reported_on).items():
        if mine[0] != statements[0]:
            sheet.line((0, sheet.width), (y - 2, y - 2), colour("grid"))
        y = sheet.head(0, y + 12, f"{day_label(day)}\u00a0{day[:4]}") - 2
        for statement in mine:
            about = statement.side
            marks.put(sheet.ax, 9, y + 10, Mark(about, fill=statement.fill), *statement.words)
            room = sheet.width - 24
            words = sentence(f"{statement.claimant}: {statement.text}")
            lines = sheet.wrap(words, room, even=False)
            y = sheet.write(24, y + 10, lines, colour=about.words) + 4
        y += 4
    sheet.finish(y)
