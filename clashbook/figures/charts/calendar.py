"""Days and months on an axis, written as the report writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clashbook.figures.charts.style import text_width

MONTHS = (
    *("Jan", "Feb", "March", "April", "May", "June"),
    *("July", "Aug", "Sept", "Oct", "Nov", "Dec"),
)


def day_number(day: str) -> int:
    """An ISO date as a number of days."""
    return date.fromisoformat(day).toordinal()


def day_label(day: str) -> str:
    """An ISO date as an axis has it: 13 Sept."""
    when = date.fromisoformat(day)
    return f"{when.day}\u00a0{MONTHS[when.month - 1]}"


def day_ticks(first: float, last: float, room: float, size: float) -> Iterator[tuple[int, str]]:
    """Days to label between two numbers of days, as many as `room` pixels hold, and their labels.

    The first label of a month names it.
    """
    days = range(int(first + 1), int(last) + 1)
    least = text_width("13 Sept", size) * 0.75 + 14
    step = next(
        (step for step in (1, 2, 5, 7, 14, 28) if room / max(1, len(days)) * step >= least), 56
    )
    month = 0
    for number in days[::step]:
        when = date.fromordinal(number)
        named = when.month != month
        month = when.month
        yield number, f"{when.day} {MONTHS[month - 1]}" if named else str(when.day)


def month_number(month: str) -> int:
    """An ISO month (or the month of an ISO date) as a number of months."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_label(month: str) -> str:
    """An ISO month as an axis has it: Sept 2022."""
    return f"{MONTHS[int(month[5:7]) - 1]}\u00a0{month[:4]}"
