"""Rules about the cells of one row: its bounds, its days, its unit, its coordinates."""

import pandas as pd

from clashbook.bounds import FILLED_BY
from clashbook.dataset import kinds
from clashbook.dataset.checks.problem import listed
from clashbook.dataset.checks.rules import SOURCED, Faults, Row, row_rule, written

BOUNDS = ["low", "best", "high"]
SPANS = {
    "claims": "period_start period_end",
    "reactions": "date_start date_end",
    "events": "date_start date_end",
    "episodes": "start end",
}
# The days on which rows begin to count, with their precisions.
KNOWN = {
    kind.table: f"{kind.begins} {kind.begins.removesuffix('_on')}_precision"
    for kind in kinds.CITING
} | {"sources": "issued issued_precision"}


@row_rule(claims="low best high qualifier")
def bounds_are_the_qualifiers(row: Row) -> Faults:
    """A claim fills the bounds that its qualifier fills, and no others."""
    qualifier = row["qualifier"]
    filled = FILLED_BY.get(qualifier, ())
    for column in BOUNDS:
        if pd.isna(row[column]) and column in filled:
            fault = f"is empty, but the qualifier is {qualifier}"
            yield column, fault, "the number, or another qualifier"
        elif pd.notna(row[column]) and column not in filled:
            way_out = (
                f"{' and '.join(filled) or 'neither low, best nor high'} only, or another qualifier"
            )
            yield column, f"is filled, but the qualifier is {qualifier}", way_out
    if qualifier == "none_reported" and row["low"] > 0:
        yield "low", "is above 0, but the qualifier is none_reported", "0, or another qualifier"


@row_rule(claims="low best high qualifier")
def bounds_are_in_order(row: Row) -> Faults:
    """An exact claim has one number, and the low end of two lies below the high one."""
    low, best, high = (row[column] for column in BOUNDS)
    if row["qualifier"] == "exact" and pd.notna([low, best, high]).all():
        for column in ("low", "high"):
            if row[column] != best:
                fault = f"is not best, {written(best)}, but the qualifier is exact"
                yield column, fault, "the same number in all three"
    elif row["qualifier"] == "between" and low >= high:
        yield "low", f"is not below high, {written(high)}", "the lower number here"


@row_rule({"indicators": "indicator kind"}, claims="indicator low best high unit")
def counts_are_of_this_world(row: Row) -> Faults:
    """What is counted is never below zero, and persons are whole; only a change may fall."""
    for column in BOUNDS:
        if row["indicators"]["kind"] != "change" and row[column] < 0:
            yield column, "is below zero", "0 or more"
        elif row["unit"] == "persons" and row[column] % 1 > 0:
            yield column, "is not a whole number", "whole persons"


@row_rule(observations="low best high status")
def observations_have_bounds_in_order(row: Row) -> Faults:
    """An observation has a value, within its bounds unless it is marked as_published."""
    values = [row[column] for column in BOUNDS if pd.notna(row[column])]
    in_order, as_published = values == sorted(values), row["status"] == "as_published"
    if not values:
        yield "best", "has no value", "one, or remove the row"
    elif not in_order and not as_published:
        way_out = "low, best and high in order; as_published in status if the provider did not"
        yield "best", "is not between low and high", way_out
    elif in_order and as_published:
        yield "status", "is as_published, but low, best and high are in order", "nothing here"


def _filled_together(row: Row) -> Faults:
    """Columns that belong together are all filled or all empty."""
    empty = [column for column, value in row.items() if pd.isna(value) or value == ""]
    if 0 < len(empty) < len(row):
        filled = next(column for column in row if column not in empty)
        yield empty[0], f"is empty, but {filled} is not", f"it, or nothing in {listed([*row])}"


columns_are_filled_together = [
    *row_rule(
        claims="period_start period_end period_precision",
        **dict.fromkeys(("reactions", "events"), "date_start date_precision"),
        places="latitude longitude gazetteer gazetteer_id precision_km",
    )(_filled_together),
    *row_rule(**{table: f"relation {naming}" for table, (_, naming) in SOURCED.items()})(
        _filled_together
    ),
]


@row_rule(
    reactions="date_start date_end date_precision", events="date_start date_end date_precision"
)
def last_days_have_a_first(row: Row) -> Faults:
    """A last day has its first day, and what lies `within` some days has both."""
    start, end, precision = row.values()
    if end and not start:
        yield "date_start", "is empty, but date_end is not", "the first day, or nothing in both"
    elif precision == "within" and not end:
        yield "date_end", "is empty, but the precision is within", "the last day"


@row_rule(**SPANS)
def spans_run_forward(row: Row) -> Faults:
    """No span of days ends before it starts."""
    (start, first), (end, last) = row.items()
    if last and last < first:
        yield end, f"is before {start}, {first}", "it later"


@row_rule(**KNOWN)
def days_fit_their_precision(row: Row) -> Faults:
    """A day known to the month or year is the last of it: the last that it can have been."""
    (column, day), (precision, known) = row.items()
    unit = {"month": "M", "year": "Y"}.get(known)
    if unit and day != (last := str(pd.Period(day, unit).end_time.date())):
        yield column, f"is not the last day of its {known}", f"{last}, or another {precision}"


@row_rule(
    {"indicators": "indicator unit other_units"}, claims="indicator unit", series="indicator unit"
)
def units_are_the_indicators(row: Row) -> Faults:
    """What is counted is counted in a unit of its indicator.

    In data of an earlier version, without `other_units`, an indicator names one of its units only.
    """
    of_indicator = row["indicators"]
    known = [
        unit for unit in (of_indicator["unit"], *of_indicator["other_units"].split("; ")) if unit
    ]
    if known and row["unit"] not in known:
        yield "unit", f"is not a unit of {row['indicator']}", listed(known)


@row_rule(claims="party claimant_role")
def both_have_no_own_side(row: Row) -> Faults:
    """Nobody speaks of the losses of both parties as their own side."""
    if row["claimant_role"] == "own_side" and row["party"] == "both":
        way_out = "opposing_side, or the party that counts itself"
        yield "claimant_role", "is own_side, but the party is both", way_out


@row_rule(episodes="kind start")
def episodes_have_a_start(row: Row) -> Faults:
    """Only the background has no first day."""
    if row["kind"] == "background" and row["start"]:
        yield "start", "is filled, but the kind is background", "nothing here"
    elif row["kind"] != "background" and not row["start"]:
        yield "start", "is empty", "its first day"
