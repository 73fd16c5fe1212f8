"""Rules about one row, and about a row and the rows of other tables that it names."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

import pandas as pd

from clashbook.checks.reading import Problem, listed
from clashbook.checks.rules import SOURCED, Frames, Rule, at, rows, rule, written

BOUNDS = ["low", "best", "high"]
# The bounds that a qualifier fills; the qualifiers that are only words fill none.
FILLED = {
    "exact": ["low", "best", "high"],
    "at_least": ["low"],
    "more_than": ["low"],
    "none_reported": ["low"],
    "up_to": ["high"],
    "between": ["low", "high"],
    "about": ["best"],
}
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
        filled = FILLED.get(row["qualifier"], [])
        for column in BOUNDS:
            if pd.isna(row[column]) and column in filled:
                fault = f"is empty under the qualifier {row['qualifier']}"
                yield at("claims", line, column, "", fault, "the number, or another qualifier")
            elif pd.notna(row[column]) and column not in filled:
                fault = f"is not allowed by the qualifier {row['qualifier']}"
                way_out = f"{' and '.join(filled) or 'no bound'} only, or another qualifier"
                yield at("claims", line, column, row[column], fault, way_out)
        if row["qualifier"] == "none_reported" and row["low"] > 0:
            yield at("claims", line, "low", row["low"], "is not none", "0, or another qualifier")


@rule(claims="low best high qualifier")
def bounds_are_in_order(frames: Frames) -> Iterator[Problem]:
    """An exact claim has one number, and the low end of two lies below the high one."""
    for line, row in rows(frames["claims"]):
        low, best, high = (row[column] for column in BOUNDS)
        if row["qualifier"] == "exact" and pd.notna([low, best, high]).all():
            for column in ("low", "high"):
                if row[column] != best:
                    fault = f"is not best, {written(best)}, in an exact claim"
                    yield at("claims", line, column, row[column], fault, "one number in all three")
        elif row["qualifier"] == "between" and low >= high:
            fault = f"is not below high, {written(high)}"
            yield at("claims", line, "low", low, fault, "the lower number here")


@rule(claims="indicator low best high unit", indicators="indicator kind")
def counts_are_not_negative(frames: Frames) -> Iterator[Problem]:
    """What is counted is never below zero, and persons are whole; only a change may fall."""
    indicators = frames["indicators"]
    changes = set(indicators.indicator[indicators.kind == "change"])
    for line, row in rows(frames["claims"]):
        for column in BOUNDS:
            if row["indicator"] not in changes and row[column] < 0:
                yield at("claims", line, column, row[column], "is below zero", "a number from 0 on")
            elif row["unit"] == "persons" and pd.notna(row[column]) and row[column] % 1:
                yield at("claims", line, column, row[column], "is no whole number", "whole persons")


@rule(observations="low best high status")
def observations_have_bounds_in_order(frames: Frames) -> Iterator[Problem]:
    """An observation has a value, within its bounds unless it is marked as_published."""
    for line, row in rows(frames["observations"]):
        values = [row[column] for column in BOUNDS if pd.notna(row[column])]
        if not values:
            yield at("observations", line, "best", "", "has no value", "one, or leave the row out")
        elif values != sorted(values) and row["status"] != "as_published":
            way_out = "low, best and high in order; as_published in status if the provider did not"
            yield at("observations", line, "best", row["best"], "is not within its bounds", way_out)
        elif values == sorted(values) and row["status"] == "as_published":
            fault = "is for bounds that cross, and these do not"
            yield at("observations", line, "status", row["status"], fault, "nothing here")


@rule(observations="series_id period", series="series_id released_on")
def observations_fit_their_series(frames: Frames) -> Iterator[Problem]:
    """The periods of one series are of one length, and none begins after the release."""
    released = dict(zip(frames["series"].series_id, frames["series"].released_on, strict=True))
    lengths = frames["observations"].period.str.len()
    usual = lengths.groupby(frames["observations"].series_id).agg(lambda all_: all_.mode()[0])
    for line, row in rows(frames["observations"]):
        period, day = row["period"], released.get(row["series_id"], "")
        if len(period) != usual[row["series_id"]]:
            fault = "is longer or shorter than the other periods of its series"
            yield at("observations", line, "period", period, fault, "a period like theirs")
        elif day and period > day:
            fault = f"begins after its series was released, {day}"
            yield at("observations", line, "period", period, fault, "an earlier period")


@rule(claims="period_start period_end period_precision")
def periods_are_whole(frames: Frames) -> Iterator[Problem]:
    """A period has both its days and its precision, or nothing of the three."""
    for line, row in rows(frames["claims"]):
        empty = [column for column, value in row.items() if not value]
        if 0 < len(empty) < 3:
            way_out = "first day, last day and precision, or nothing in all three"
            yield at("claims", line, empty[0], "", "is empty beside the rest of a period", way_out)


def dates_are_whole(table: str) -> Rule:
    """A date has its first day and its precision, and `within` also its last day."""

    @rule(**{table: "date_start date_end date_precision"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row in rows(frames[table]):
            start, end, precision = row.values()
            if bool(start) != bool(precision) or (end and not start):
                column = "date_precision" if start else "date_start"
                fault = "is empty beside the rest of a date"
                yield at(table, line, column, "", fault, "it, or nothing in all three")
            elif precision == "within" and not end:
                yield at(table, line, "date_end", "", "is empty under within", "the last day")

    return check


def spans_run_forward(table: str) -> Rule:
    """No span of days ends before it starts."""
    start, end = SPANS[table]

    @rule(**{table: f"{start} {end}"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row in rows(frames[table]):
            if row[end] and row[end] < row[start]:
                yield at(table, line, end, row[end], f"is before {start}, {row[start]}", "it later")

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
                yield at(table, line, day, row[day], fault, f"{last}, or another {precision}")

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
            yield at("episodes", line, "start", row["start"], fault, way_out)


@rule(claims="episode_id period_start period_end", episodes="episode_id start end")
def periods_touch_their_episode(frames: Frames) -> Iterator[Problem]:
    """What a claim counts happened, in part at least, within its episode."""
    episodes = frames["episodes"].set_index("episode_id")
    for line, row in rows(frames["claims"]):
        if row["episode_id"] not in episodes.index or not row["period_start"]:
            continue
        start, end = episodes.loc[row["episode_id"], ["start", "end"]]
        late = end and row["period_start"] > end
        if late or row["period_end"] < start:
            column = "period_start" if late else "period_end"
            fault = f"does not touch the episode {row['episode_id']}, {start} to {end or 'open'}"
            yield at("claims", line, column, row[column], fault, "another period or episode")


@rule(claims="episode_id reported_on", episodes="episode_id start")
def claims_follow_their_episode(frames: Frames) -> Iterator[Problem]:
    """Nobody has counted what had not begun."""
    starts = dict(zip(frames["episodes"].episode_id, frames["episodes"].start, strict=True))
    for line, row in rows(frames["claims"]):
        start = starts.get(row["episode_id"], "")
        if row["reported_on"] < start:
            fault = f"is before the episode {row['episode_id']} began, {start}"
            yield at("claims", line, "reported_on", row["reported_on"], fault, "a later day")


def rows_are_in_their_source(table: str) -> Rule:
    """Nothing was said after the source in which it stands came out."""
    day, _ = KNOWN[table]

    @rule(**{table: f"source_id {day}", "sources": "source_id issued"})
    def check(frames: Frames) -> Iterator[Problem]:
        issued = dict(zip(frames["sources"].source_id, frames["sources"].issued, strict=True))
        for line, row in rows(frames[table]):
            out = issued.get(row["source_id"], "")
            if out and row[day] > out:
                fault = f"is after {row['source_id']} came out, {out}"
                yield at(table, line, day, row[day], fault, f"a day up to {out}")

    return check


def locators_are_within_their_source(table: str) -> Rule:
    """A locator lies within the extent of its source; a provider of series has neither."""

    @rule(**{table: "source_id locator", "sources": "source_id extent"})
    def check(frames: Frames) -> Iterator[Problem]:
        extents = dict(zip(frames["sources"].source_id, frames["sources"].extent, strict=True))
        for line, row in rows(frames[table]):
            extent, locator = extents.get(row["source_id"]), row["locator"]
            if extent and not _within(locator, extent):
                fault = f"is not within {row['source_id']}" if locator else "is empty"
                yield at(table, line, "locator", locator, fault, f"a place in {extent}")
            elif extent == "" and locator:
                fault = f"has no extent of {row['source_id']} to lie in"
                yield at(table, line, "locator", locator, fault, "the extent in sources.csv first")

    return check


def _within(locator: str, extent: str) -> bool:
    last = dict(re.findall(r"(?:^|; )(.*?)(?: 1-(\d+))?(?=;|$)", extent))
    part, _, number = re.fullmatch(r"(.*?)( (\d+))?", locator).groups()
    return part in last and int(number or 0) <= int(last[part] or 0)


@rule(reactions="stance toward", actors="actor_id kind")
def stances_are_toward_a_party(frames: Frames) -> Iterator[Problem]:
    """A stance is taken towards a party or both."""
    actors = frames["actors"]
    parties = [*actors.actor_id[actors.kind == "belligerent"], "both"]
    way_out = listed(parties)
    for line, row in rows(frames["reactions"]):
        if row["stance"] and not row["toward"]:
            yield at("reactions", line, "toward", "", "is empty beside a stance", way_out)
        elif row["toward"] and row["toward"] not in parties:
            fault = "is no party"
            yield at("reactions", line, "toward", row["toward"], fault, way_out)


@rule(indicators="indicator includes")
def indicators_include_known_ones(frames: Frames) -> Iterator[Problem]:
    """What an indicator includes are other indicators, and none includes itself by way of them."""
    includes = dict(zip(frames["indicators"].indicator, frames["indicators"].includes, strict=True))
    for line, row in rows(frames["indicators"]):
        for name in row["includes"].split():
            if name not in includes:
                fault = f"names {name}, which is no indicator"
                yield at("indicators", line, "includes", row["includes"], fault, "known indicators")
            elif row["indicator"] in _below(name, includes):
                fault = "makes the indicator include itself"
                yield at("indicators", line, "includes", row["includes"], fault, "no circle")
                break


def _below(name: str, includes: dict[str, str]) -> set[str]:
    found, todo = set(), [name]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += includes.get(one, "").split()
    return found


@rule(places="latitude longitude precision_km")
def places_have_whole_coordinates(frames: Frames) -> Iterator[Problem]:
    """Coordinates are both there with their precision, or none of the three."""
    for line, row in rows(frames["places"]):
        empty = [column for column, value in row.items() if pd.isna(value)]
        if 0 < len(empty) < 3:
            fault = "is empty beside the rest of the coordinates"
            yield at("places", line, empty[0], "", fault, "it, or nothing in all three")


@rule(
    sources="source_id",
    claims="source_id",
    series="source_id",
    reactions="source_id",
    events="source_id",
)
def sources_are_used(frames: Frames) -> Iterator[Problem]:
    """Every source has a row that stands in it."""
    used = {name for table in (*SOURCED, "series") for name in frames[table].source_id}
    for line, row in rows(frames["sources"]):
        if row["source_id"] not in used:
            way_out = "a row that uses it, or leave it out"
            yield at("sources", line, "source_id", row["source_id"], "is used by no row", way_out)


def corrections_name_rows(ids: dict[str, str]) -> Rule:
    """A correction names a row that is there; `ids` are the tables' id columns."""

    @rule(corrections="table row_id", **ids)
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row in rows(frames["corrections"]):
            table = row["table"]
            if row["row_id"] and row["row_id"] not in set(frames[table][ids[table]]):
                fault = f"is not in {table}.csv"
                way_out = "the id of a row there, or nothing if it was taken out"
                yield at("corrections", line, "row_id", row["row_id"], fault, way_out)

    return check
