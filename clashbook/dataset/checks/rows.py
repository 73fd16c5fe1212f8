"""Rules about the cells of one row: its bounds, its days, its coordinates."""

import calendar
from collections.abc import Iterator
from datetime import date

import pandas as pd

from clashbook.bounds import FILLED_BY
from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.rules import Frames, Rule, rows, rule, written, wrong

BOUNDS = ["low", "best", "high"]
_MOST_PERCENT = 1e6
SPANS = {
    "claims": ("period_start", "period_end"),
    "reactions": ("date_start", "date_end"),
    "events": ("date_start", "date_end"),
    "episodes": ("start", "end"),
}
# The days on which rows begin to count, with their precisions.
KNOWN = {
    "claims": ("reported_on", "reported_precision"),
    "reactions": ("reported_on", "reported_precision"),
    "events": ("reported_on", "reported_precision"),
    "series": ("released_on", "released_precision"),
    "sources": ("issued", "issued_precision"),
}


@rule(claims="low best high qualifier")
def bounds_are_the_qualifiers(frames: Frames) -> Iterator[Problem]:
    """A claim fills the bounds that its qualifier fills, and no others."""
    for line, row in rows(frames["claims"]):
        filled = FILLED_BY.get(row["qualifier"], ())
        for column in BOUNDS:
            if pd.isna(row[column]) and column in filled:
                fault = f"is empty under the qualifier {row['qualifier']}"
                yield wrong("claims", line, column, "", fault, "the number, or another qualifier")
            elif pd.notna(row[column]) and column not in filled:
                fault = f"is not allowed by the qualifier {row['qualifier']}"
                way_out = f"{' and '.join(filled) or 'no bound'} only, or another qualifier"
                yield wrong("claims", line, column, row[column], fault, way_out)
        if row["qualifier"] == "none_reported" and row["low"] > 0:
            yield wrong("claims", line, "low", row["low"], "is not none", "0, or another qualifier")


@rule(claims="low best high qualifier")
def bounds_are_in_order(frames: Frames) -> Iterator[Problem]:
    """An exact claim has one number, and the low end of two lies below the high one."""
    for line, row in rows(frames["claims"]):
        low, best, high = (row[column] for column in BOUNDS)
        if row["qualifier"] == "exact" and pd.notna([low, best, high]).all():
            for column in ("low", "high"):
                if row[column] != best:
                    fault = f"is not best, {written(best)}, in an exact claim"
                    yield wrong(
                        "claims", line, column, row[column], fault, "one number in all three"
                    )
        elif row["qualifier"] == "between" and low >= high:
            fault = f"is not below high, {written(high)}"
            yield wrong("claims", line, "low", low, fault, "the lower number here")


@rule(claims="indicator low best high unit", indicators="indicator kind")
def counts_are_not_negative(frames: Frames) -> Iterator[Problem]:
    """What is counted is never below zero, and persons are whole; only a change may fall."""
    indicators = frames["indicators"]
    changes = set(indicators.indicator[indicators.kind == "change"])
    for line, row in rows(frames["claims"]):
        for column in BOUNDS:
            if row["indicator"] not in changes and row[column] < 0:
                yield wrong(
                    "claims", line, column, row[column], "is below zero", "a number from 0 on"
                )
            elif row["unit"] == "persons" and pd.notna(row[column]) and row[column] % 1:
                yield wrong(
                    "claims", line, column, row[column], "is no whole number", "whole persons"
                )


@rule(observations="low best high status")
def observations_have_bounds_in_order(frames: Frames) -> Iterator[Problem]:
    """An observation has a value, within its bounds unless it is marked as_published."""
    for line, row in rows(frames["observations"]):
        values = [row[column] for column in BOUNDS if pd.notna(row[column])]
        if not values:
            yield wrong(
                "observations", line, "best", "", "has no value", "one, or leave the row out"
            )
        elif values != sorted(values) and row["status"] != "as_published":
            way_out = "low, best and high in order; as_published in status if the provider did not"
            yield wrong(
                "observations", line, "best", row["best"], "is not within its bounds", way_out
            )
        elif values == sorted(values) and row["status"] == "as_published":
            fault = "is for bounds that cross, and these do not"
            yield wrong("observations", line, "status", row["status"], fault, "nothing here")


def percents_are_of_this_world(table: str) -> Rule:
    """No percentage is above a million: somebody's digits ran on."""
    reads = {"claims": "low best high unit", "observations": "series_id low best high"}[table]
    series = {"series": "series_id unit"} if table == "observations" else {}

    @rule(**{table: reads}, **series)
    def check(frames: Frames) -> Iterator[Problem]:
        units = series and dict(frames["series"][["series_id", "unit"]].itertuples(index=False))
        for line, row in rows(frames[table]):
            if (row["unit"] if table == "claims" else units.get(row["series_id"])) == "percent":
                for column in BOUNDS:
                    if abs(row[column]) > _MOST_PERCENT:
                        fault = "is more than a million percent"
                        yield wrong(
                            table, line, column, row[column], fault, "the number as printed"
                        )

    return check


@rule(claims="period_start period_end period_precision")
def periods_are_whole(frames: Frames) -> Iterator[Problem]:
    """A period has both its days and its precision, or nothing of the three."""
    for line, row in rows(frames["claims"]):
        empty = [column for column, value in row.items() if not value]
        if 0 < len(empty) < 3:
            way_out = "first day, last day and precision, or nothing in all three"
            yield wrong(
                "claims", line, empty[0], "", "is empty beside the rest of a period", way_out
            )


def dates_are_whole(table: str) -> Rule:
    """A date has its first day and its precision, and `within` also its last day."""

    @rule(**{table: "date_start date_end date_precision"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row in rows(frames[table]):
            start, end, precision = row.values()
            if bool(start) != bool(precision) or (end and not start):
                column = "date_precision" if start else "date_start"
                fault = "is empty beside the rest of a date"
                yield wrong(table, line, column, "", fault, "it, or nothing in all three")
            elif precision == "within" and not end:
                yield wrong(table, line, "date_end", "", "is empty under within", "the last day")

    return check


def spans_run_forward(table: str) -> Rule:
    """No span of days ends before it starts."""
    start, end = SPANS[table]

    @rule(**{table: f"{start} {end}"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row in rows(frames[table]):
            if row[end] and row[end] < row[start]:
                yield wrong(
                    table, line, end, row[end], f"is before {start}, {row[start]}", "it later"
                )

    return check


def days_fit_their_precision(table: str) -> Rule:
    """A day known to the month or year is the last of it: the last that it can have been."""
    day, precision = KNOWN[table]

    @rule(**{table: f"{day} {precision}"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row in rows(frames[table]):
            last = last_day(row[day], row[precision])
            if row[day] != last:
                fault = f"is not the last day of its {row[precision]}"
                yield wrong(table, line, day, row[day], fault, f"{last}, or another {precision}")

    return check


def last_day(day: str, precision: str) -> str:
    """Return the last day of the month or year of an ISO `day`; of other precisions the day."""
    if precision == "year":
        return f"{day[:4]}-12-31"
    if precision == "month":
        year, month = int(day[:4]), int(day[5:7])
        return date(year, month, calendar.monthrange(year, month)[1]).isoformat()
    return day


@rule(episodes="kind start")
def episodes_have_a_start(frames: Frames) -> Iterator[Problem]:
    """Only the background has no first day."""
    for line, row in rows(frames["episodes"]):
        if (row["kind"] == "background") != (not row["start"]):
            fault = "is empty" if not row["start"] else "is no day of the background"
            way_out = "its first day" if not row["start"] else "nothing here"
            yield wrong("episodes", line, "start", row["start"], fault, way_out)


@rule(places="latitude longitude gazetteer gazetteer_id precision_km")
def places_have_whole_coordinates(frames: Frames) -> Iterator[Problem]:
    """Coordinates stand with their precision and with the gazetteer's id, or all five are empty."""
    for line, row in rows(frames["places"]):
        empty = [column for column, value in row.items() if pd.isna(value) or value == ""]
        if 0 < len(empty) < len(row):
            fault = "is empty beside the rest of the coordinates"
            yield wrong("places", line, empty[0], "", fault, "it, or nothing in all five")
