"""Day by day, side by side: what was reported of each day, a panel a party."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.key import draw_key, entries
from clashbook.figures.charts.marks import ARROW, Mark, place
from clashbook.figures.charts.scales import Scale, in_figures
from clashbook.figures.charts.style import Sheet, Side, colour, parties, side, text_width

# Marks of one day stand as far apart as it takes to hit one of them.
LINE, AIR, GAP, GUTTER = 26, 4, 36, 26
QUIET_DAYS = 3  # so many days in a row without a report become one row


@dataclass
class Day:
    """A row of the chart: its label, and the records of each party."""

    label: str
    records: dict[Side, list]

    @property
    def quiet(self) -> bool:
        return all(record.firmness == "none" for each in self.records.values() for record in each)


def daily(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw what was reported of each day; a day nobody spoke of is a dash, never zero.

    Parameters
    ----------
    frame : DataFrame
        date (ISO day, "" where not stated), day_label, party, party_name, low, best, high,
        firmness, counted_by, text, indicator_label, claims, claimant, stated; optional population,
        told with the value where it is one of soldiers or civilians. One row a mark; a party's day
        without a report has firmness ``none``.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    sides = _sides(frame)
    frame = frame.assign(words=_words(frame))
    spoken = frame[frame.firmness != "none"]
    items = entries(sides, set(frame.firmness), spoken.counted_by)
    top = draw_key(sheet, 0, items) + 6
    days = _days(frame, sides)
    labels = max(text_width(day.label, sheet.value_size) for day in days) + 20
    words = max((text_width(each, sheet.value_size) for each in spoken.words), default=0)
    panels = 1 if sheet.phone else len(sides)
    width = (sheet.width - labels - GAP * (panels - 1)) / panels
    numbers = [number for row in frame.itertuples() for number in (place(row), row.high)]
    for at, about in enumerate(sides):
        left = labels + (0 if sheet.phone else at * (width + GAP))
        end = left + width - words - ARROW - GUTTER
        scale = Scale.over(numbers, left + GUTTER, end, steps=3 if sheet.phone else 4)
        rows = list(_rows(days, [about] if sheet.phone else sides, top))
        if left == labels:
            _day_labels(sheet, rows)
        _panel(sheet, rows, about, scale, top, left + width)
        bottom = rows[-1].bottom
        top = bottom + 14 if sheet.phone else top
    sheet.finish(bottom + 4)


def _sides(frame: pd.DataFrame) -> list[Side]:
    """The parties of a frame in their fixed order, then anyone else."""
    found = [
        side(party, name)
        for party, name in dict(zip(frame.party, frame.party_name, strict=True)).items()
    ]
    known = [each for each in parties() if each in found]
    return [*known, *(each for each in found if each not in known)]


def _words(frame: pd.DataFrame) -> list[str]:
    """Each value with who is counted, where a frame tells populations apart."""
    populations = frame.get("population", pd.Series("", frame.index)).fillna("")
    return [marks.counted(*each) for each in zip(frame.text, populations, strict=True)]


def _days(frame: pd.DataFrame, sides: list[Side]) -> list[Day]:
    """The rows, runs of quiet days in one."""
    days = [
        Day(
            label,
            {
                of: [r for r in rows.itertuples() if side(r.party, r.party_name) == of]
                for of in sides
            },
        )
        for label, rows in frame.groupby("day_label", sort=False)
    ]
    found: list[Day] = []
    run: list[Day] = []
    for day in [*days, None]:
        if day is not None and day.quiet:
            run.append(day)
            continue
        found += run if len(run) < QUIET_DAYS else [Day(_span(run), run[0].records)]
        run = []
        if day is not None:
            found.append(day)
    return found


def _span(run: list[Day]) -> str:
    first, last = run[0].label, run[-1].label
    # "15 to 31 July": the month is said once.
    number, _, month = first.partition(" ")
    return f"{number if last.endswith(f' {month}') else first} to {last}"


@dataclass
class _Row:
    """A day's place on the sheet."""

    day: Day
    top: float
    bottom: float


def _rows(days: list[Day], shown: list[Side], top: float) -> Iterator[_Row]:
    y = top + 58
    for day in days:
        height = AIR + LINE * max(1, *(len(day.records[about]) for about in shown))
        yield _Row(day, y, y + height)
        y += height


def _day_labels(sheet: Sheet, rows: list[_Row]) -> None:
    for row in rows:
        sheet.write(0, row.top + AIR / 2 + LINE / 2, row.day.label)


def _panel(sheet, rows: list[_Row], about: Side, scale: Scale, top: float, right: float) -> None:
    look = {"size": sheet.row_size, "bold": True, "colour": about.words}
    sheet.write(scale.start, top + 18, about.name, **look)
    for row in rows:
        sheet.rule(scale.start, right, row.top)
        for at, record in enumerate(row.day.records[about]):
            _record(sheet, record, about, scale, row.top + AIR / 2 + LINE * (at + 0.5))
    for tick in scale.ticks:
        xs = (scale(tick),) * 2
        token = "axis" if tick == 0 else "grid"
        sheet.ax.plot(xs, (top + 56, rows[-1].bottom), color=colour(token), lw=0.9, zorder=0)
        look = {"colour": colour("second"), "align": "center"}
        sheet.write(scale(tick), top + 43, in_figures(tick), **look)


def _record(sheet: Sheet, record, about: Side, scale: Scale, y: float) -> None:
    """A mark and its words to the right; what has no number stands in a gutter."""
    reach = scale(record.high) - scale(record.low) if record.firmness == "between" else 0
    mark = Mark(about, record.firmness, marks.fill_of(record.counted_by), reach=reach)
    x, words_at, align = scale(place(record)), 0.0, "left"
    if record.firmness in ("none", "none_reported"):
        x = scale.start - GUTTER / 2
        words_at = scale.start + 8
    elif record.firmness in marks.WITHOUT_PLACE:
        x = scale.end + ARROW
        words_at, align = x - 12, "right"
    else:
        words_at = x + {"at_least": ARROW + 16, "about": 20, "between": reach + 10}.get(
            record.firmness, 13
        )
    title = f"{about.name}, {record.day_label}: {marks.valued(record, record.words)}"
    marks.put(sheet.ax, x, y, mark, targets.record(record), targets.told(title, record))
    if record.firmness != "none":
        sheet.write(words_at, y, record.words, colour=about.words, align=align)
