"""A row of the data as one side of a disagreement, and the figures of a provider beside it."""

from __future__ import annotations

from typing import NamedTuple

from clashbook import language
from clashbook.bounds import Bounds, figure
from clashbook.dataset.rows import STATEMENTS, Claim, Event, Reaction, Series
from clashbook.pages.facts import Edition, Row


class Account(NamedTuple):
    """What an entry shows of a row.

    `row` is its record. `is_done` says whether anything was done with it; it is an account among
    others else. `figures`, `days` and `note` are those of a series, in words.
    """

    kind: str
    row: Claim | Event | Reaction | Series
    is_done: bool
    figures: str = ""
    days: str = ""
    note: str = ""


def statement(edition: Edition, kind: str, row: Row) -> Account:
    made = STATEMENTS[f"{kind}s"].of(row)
    return Account(kind, made, made.id in edition.tolls if kind == "claim" else bool(made.related))


def series(edition: Edition, row: Row, period: str, rows: list[Row]) -> Account:
    """A provider's figure: the observations of a series for a period."""
    made, summed = Series.of(row), rows[0]["period"] != period
    days = language.day_in_words(period) + (", months with a row added up" if summed else "")
    beside = edition.name("indicators", made.indicator, "kind") == "count"
    note = "" if summed else rows[0]["note"]
    return Account("series", made, beside, _observations(rows, made.unit), days, note)


def observed(edition: Edition, series: str, period: str) -> list[Row]:
    """The observation of a period, or those of its months where a series of counts has these."""
    mine = [row for row in edition.table("observations") if row["series_id"] == series]
    exact = [row for row in mine if row["period"] == period]
    indicator = edition.name("series", series, "indicator")
    if exact or not period or edition.name("indicators", indicator, "kind") != "count":
        return exact
    return [row for row in mine if row["period"].startswith(f"{period}-")]


def _observations(rows: list[Row], unit: str) -> str:
    """Observations added up, in words; bounds that cross are said as they were published."""
    low, best, high = (
        sum(float(row[end] or row["best"]) for row in rows) for end in ("low", "best", "high")
    )
    if low == best == high:
        return Bounds.exact(best).words(unit)
    middle = f"best estimate {figure(best, unit)}"
    if low <= best <= high:
        return f"{Bounds(low, high).words(unit)}, {middle}"
    return f"low {figure(low, unit)}, {middle}, high {figure(high, unit)}, as published"
