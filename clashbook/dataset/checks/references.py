"""Rules about a row and the rows of other tables that it names."""

import re
from collections.abc import Iterator

from clashbook.dataset.checks.problem import Problem, listed
from clashbook.dataset.checks.rows import KNOWN
from clashbook.dataset.checks.rules import (
    SOURCED,
    Frames,
    Rule,
    rows,
    rule,
    rule_of_absence,
    wrong,
)


@rule(claims="episode_id period_start period_end", episodes="episode_id start end")
def periods_touch_their_episode(frames: Frames) -> Iterator[Problem]:
    """What a claim counts happened, in part at least, within its episode."""
    episodes = {row["episode_id"]: row for _, row in rows(frames["episodes"])}
    for line, row in rows(frames["claims"]):
        if row["episode_id"] not in episodes or not row["period_start"]:
            continue
        start, end = (episodes[row["episode_id"]][day] for day in ("start", "end"))
        late = end and row["period_start"] > end
        if late or row["period_end"] < start:
            column = "period_start" if late else "period_end"
            fault = f"does not touch the episode {row['episode_id']}, {start} to {end or 'open'}"
            yield wrong("claims", line, column, row[column], fault, "another period or episode")


@rule(claims="episode_id reported_on", episodes="episode_id start")
def claims_follow_their_episode(frames: Frames) -> Iterator[Problem]:
    """Nobody has counted what had not begun."""
    starts = dict(zip(frames["episodes"].episode_id, frames["episodes"].start, strict=True))
    for line, row in rows(frames["claims"]):
        start = starts.get(row["episode_id"], "")
        if row["reported_on"] < start:
            fault = f"is before the episode {row['episode_id']} began, {start}"
            yield wrong("claims", line, "reported_on", row["reported_on"], fault, "a later day")


def units_are_the_indicators(table: str) -> Rule:
    """What is counted is counted in a unit of its indicator.

    In data of an earlier version, without `other_units`, an indicator names one of its units only.
    """

    @rule(**{table: "indicator unit", "indicators": "indicator unit other_units"})
    def check(frames: Frames) -> Iterator[Problem]:
        units = {
            row["indicator"]: [row["unit"], *row["other_units"].split("; ")]
            for _, row in rows(frames["indicators"])
        }
        for line, row in rows(frames[table]):
            known = [unit for unit in units.get(row["indicator"], []) if unit]
            if known and row["unit"] not in known:
                fault = f"is no unit of {row['indicator']}"
                yield wrong(table, line, "unit", row["unit"], fault, listed(known))

    return check


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
                yield wrong(table, line, day, row[day], fault, f"a day up to {out}")

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
                yield wrong(table, line, "locator", locator, fault, f"a place in {extent}")
            elif extent == "" and locator:
                fault = f"has no extent of {row['source_id']} to lie in"
                yield wrong(
                    table, line, "locator", locator, fault, "the extent in sources.csv first"
                )

    return check


def _within(locator: str, extent: str) -> bool:
    last = dict(re.findall(r"(?:^|; )(.*?)(?: 1-([0-9]+))?(?=;|$)", extent))
    found = re.search(r" ([0-9]+)$", locator)
    part, number = (locator[: found.start()], found[1]) if found else (locator, "")
    # Written without leading zeros, so that the longer number is the greater: no size is too large.
    return part in last and _size(number) <= _size(last[part])


def _size(number: str) -> tuple[int, str]:
    return len(number), number


@rule(reactions="stance toward", actors="actor_id kind")
def stances_are_toward_a_party(frames: Frames) -> Iterator[Problem]:
    """A stance is taken towards a party or both."""
    actors = frames["actors"]
    parties = [*actors.actor_id[actors.kind == "belligerent"], "both"]
    way_out = listed(parties)
    for line, row in rows(frames["reactions"]):
        if row["stance"] and not row["toward"]:
            yield wrong("reactions", line, "toward", "", "is empty beside a stance", way_out)
        elif row["toward"] and row["toward"] not in parties:
            fault = "is no party"
            yield wrong("reactions", line, "toward", row["toward"], fault, way_out)


@rule(indicators="indicator includes")
def indicators_include_known_ones(frames: Frames) -> Iterator[Problem]:
    """What an indicator includes are other indicators, and none includes itself by way of them."""
    includes = dict(zip(frames["indicators"].indicator, frames["indicators"].includes, strict=True))
    for line, row in rows(frames["indicators"]):
        for name in row["includes"].split():
            if name not in includes:
                fault = f"names {name}, which is no indicator"
                yield wrong(
                    "indicators", line, "includes", row["includes"], fault, "known indicators"
                )
            elif row["indicator"] in _below(name, includes):
                fault = "makes the indicator include itself"
                yield wrong("indicators", line, "includes", row["includes"], fault, "no circle")
                break


@rule(places="place_id within")
def places_lie_within_others(frames: Frames) -> Iterator[Problem]:
    """A place lies within another, and not within itself by way of others."""
    within = dict(zip(frames["places"].place_id, frames["places"].within, strict=True))
    for line, row in rows(frames["places"]):
        if row["within"] and row["place_id"] in _below(row["within"], within):
            fault = "makes the place lie within itself"
            yield wrong("places", line, "within", row["within"], fault, "no circle")


def _below(name: str, includes: dict[str, str]) -> set[str]:
    found, todo = set(), [name]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += includes.get(one, "").split()
    return found


@rule_of_absence(
    sources="source_id",
    claims="source_id",
    series="source_id",
    reactions="source_id",
    events="source_id",
    episodes="start_source_id end_source_id",
)
def sources_are_used(frames: Frames) -> Iterator[Problem]:
    """Every source has a row that stands in it, or dates an episode."""
    used = {name for table in (*SOURCED, "series") for name in frames[table].source_id}
    used |= {*frames["episodes"].start_source_id, *frames["episodes"].end_source_id}
    for line, row in rows(frames["sources"]):
        if row["source_id"] not in used:
            way_out = "a row that uses it, or leave it out"
            yield wrong(
                "sources", line, "source_id", row["source_id"], "is used by no row", way_out
            )


def corrections_name_rows(ids: dict[str, str]) -> Rule:
    """A correction names a row that is there; `ids` are the tables' id columns."""

    @rule_of_absence(corrections="table row_id", **ids)
    def check(frames: Frames) -> Iterator[Problem]:
        # A table that could not be read has no ids, and a line of its own.
        known = {table: set(frames[table][column]) for table, column in ids.items()}
        named = frames["corrections"]["table"][frames["corrections"].row_id != ""]
        for table in sorted({*named} & {table for table in known if not known[table]}):
            fault = "has no rows, and corrections.csv names some"
            yield wrong(table, 0, "", "", fault, "the rows that were lost")
        for line, row in rows(frames["corrections"]):
            table = row["table"]
            if row["row_id"] and known.get(table) and row["row_id"] not in known[table]:
                fault = f"is not in {table}.csv"
                way_out = "the id of a row there, or nothing if it was taken out"
                yield wrong("corrections", line, "row_id", row["row_id"], fault, way_out)

    return check


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
            yield wrong("observations", line, "period", period, fault, "a period like theirs")
        elif day and period > day:
            fault = f"begins after its series was released, {day}"
            yield wrong("observations", line, "period", period, fault, "an earlier period")
