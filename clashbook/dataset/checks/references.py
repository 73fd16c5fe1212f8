"""Rules about a row and the rows of other tables that it names."""

import re
from collections.abc import Iterator

import pandas as pd

from clashbook.dataset import kinds
from clashbook.dataset.checks.problem import Problem, listed
from clashbook.dataset.checks.rules import (
    KEYS,
    SOURCED,
    Faults,
    Frames,
    LineFaults,
    Row,
    row_rule,
    rows,
    rule,
    table_rule,
    wrong,
)
from clashbook.dataset.following import reached

# Of these kinds of numbers seen elsewhere no reason is claimed.
WITHOUT_REASON = ("unsourced", "coincidence")


@row_rule(
    {"episodes": "episode_id start end", "indicators": "indicator aftermath"},
    claims="episode_id indicator period_start period_end",
)
def periods_follow_their_episode(row: Row) -> Faults:
    """What a claim counts did not end before its episode began, nor begin in a later year.

    It may begin after the episode's end: later fighting is told with it, and never in its toll.
    """
    episode, start, end = row["episodes"].values()
    late = end and row["period_start"][:4] > end[:4] and not row["indicators"]["aftermath"]
    if row["period_start"] and (late or row["period_end"] < start):
        fault = f"is in a later year than {end}, the end of {episode}"
        fault = fault if late else f"is before {start}, the start of {episode}"
        yield "period_start" if late else "period_end", fault, "another period or episode_id"


@row_rule({"episodes": "episode_id start"}, claims="episode_id reported_on")
def claims_follow_their_episode(row: Row) -> Faults:
    """Nobody has counted what had not begun."""
    episode, start = row["episodes"].values()
    if row["reported_on"] < start:
        yield "reported_on", f"is before {start}, the start of {episode}", "a later day"


@row_rule(
    {"sources": "source_id issued"},
    **{kind.table: f"source_id {kind.begins}" for kind in kinds.CITING},
)
def rows_are_in_their_source(row: Row) -> Faults:
    """Nothing was said after the source in which it stands came out."""
    source, issued = row["sources"].values()
    _, column, _ = row
    if issued and row[column] > issued:
        yield column, f"is after {source} came out, {issued}", f"a day up to {issued}"


@row_rule({"sources": "source_id extent"}, **dict.fromkeys(SOURCED, "source_id locator"))
def locators_are_within_their_source(row: Row) -> Faults:
    """A locator lies within the extent of its source; a provider of series has neither."""
    source, extent = row["sources"].values()
    locator = row["locator"]
    if extent and not _within(locator, extent):
        fault = f"is not within {source}" if locator else "is empty"
        yield "locator", fault, f"a place in {extent}"
    elif locator and not extent:
        fault = f"has no extent of {source} to lie in"
        yield "locator", fault, "the extent in sources.csv first"


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
    for line, row in rows(frames["reactions"]):
        toward = row["toward"]
        if (row["stance"] or toward) and toward not in parties:
            fault = "is not a party" if toward else "is empty, but stance is not"
            yield wrong("reactions", line, "toward", toward, fault, listed(parties))


@table_rule(indicators="indicator includes", places="place_id within")
def no_row_takes_in_itself(frame: pd.DataFrame, _: str) -> LineFaults:
    """What a row includes, or lies within, are other rows, and never itself by way of them."""
    key, column = map(str, frame)
    others = dict(zip(frame[key], frame[column].str.split(), strict=True))
    for line, row in rows(frame):
        named = others[row[key]]
        if unknown := next((name for name in named if name not in others), ""):
            yield line, column, f"names {unknown}, which is not in this table", "one that is"
        elif row[key] in reached(named, others):
            yield line, column, "leads back to its own row", "no circle"


@rule(
    of_absence=True,
    sources="source_id",
    episodes="start_source_id end_source_id",
    **dict.fromkeys((kind.table for kind in kinds.CITING), "source_id"),
)
def sources_are_used(frames: Frames) -> Iterator[Problem]:
    """Every source has a row that stands in it, or dates an episode."""
    others = (frame for table, frame in frames.items() if table != "sources")
    used = {name for frame in others for column in frame for name in frame[column]}
    for line, row in rows(frames["sources"]):
        if row["source_id"] not in used:
            way_out = "a row that uses it, or remove this one"
            yield wrong(
                "sources", line, "source_id", row["source_id"], "is not used by any row", way_out
            )


@rule(of_absence=True, corrections="table row_id", observations="series_id", **KEYS)
def corrections_name_rows(frames: Frames) -> Iterator[Problem]:
    """A correction names a row that is there."""
    # A table that could not be read has no ids, and a line of its own.
    known = {name: {*frame.iloc[:, 0]} for name, frame in frames.items() if name != "corrections"}
    named = [(line, row) for line, row in rows(frames["corrections"]) if row["row_id"]]
    for table in sorted({row["table"] for _, row in named if not known.get(row["table"], True)}):
        fault = "has no rows, but corrections.csv names some"
        yield wrong(table, 0, "", "", fault, "the rows that were lost")
    for line, row in named:
        table, row_id = row["table"], row["row_id"]
        if known.get(table) and row_id not in known[table]:
            way_out = "the id of a row there, or nothing if it was removed"
            yield wrong("corrections", line, "row_id", row_id, f"is not in {table}.csv", way_out)


_CELLS = "episode_id indicator party population qualifier source_id reported_on reported_precision"


@row_rule({"claims": f"claim_id low best high {_CELLS}"}, elsewhere=f"claim_id figure {_CELLS}")
def printed_numbers_agree_with_their_claim(row: Row) -> Faults:
    """A number seen elsewhere that is a claim of the table is that claim, cell by cell."""
    claim, figure = row["claims"], row["figure"]
    if figure not in (claim["low"], claim["best"], claim["high"]):
        yield "figure", f"stands nowhere in {row['claim_id']}", "its number, or another claim_id"
    for column in _CELLS.split():
        if row[column] != claim[column]:
            fault = f"is not that of {row['claim_id']}, {claim[column]}"
            yield column, fault, "the same, or another claim_id"


@row_rule(elsewhere="kind choice")
def reasons_have_a_choice(row: Row) -> Faults:
    """A number seen elsewhere has a choice that gives it, or no reason is claimed for it."""
    if (row["kind"] in WITHOUT_REASON) == bool(row["choice"]):
        fault = f"is {'filled' if row['choice'] else 'empty'}, but the kind is {row['kind']}"
        way_out = f"the choice that gives it, or {listed([*WITHOUT_REASON])} in kind"
        yield "choice", fault, "nothing here, or another kind" if row["choice"] else way_out


_READ = "indicator party population qualifier claimant_role relation related_claim status"


@rule(claims=f"claim_id {_READ}", alternatives="claim_id column value")
def readings_are_other_values(frames: Frames) -> Iterator[Problem]:
    """Another reading gives a cell a value that it has not, and that the column has elsewhere."""
    claims = frames["claims"].set_index("claim_id")
    for line, row in rows(frames["alternatives"]):
        if row["claim_id"] not in claims.index:
            continue
        column, own = row["column"], claims.loc[row["claim_id"]]
        value, _, related = row["value"].partition(" ")
        if (value, related) == (own[column], own["related_claim"] if related else ""):
            fault, way_out = f"is what {row['claim_id']} has", "another value, or remove the row"
            yield wrong("alternatives", line, "value", row["value"], fault, way_out)
        elif value not in {*claims[column]} or (related and related not in claims.index):
            fault, known = f"is no {column} of a claim", listed(sorted({*claims[column]} - {""}))
            yield wrong("alternatives", line, "value", row["value"], fault, f"one of {known}")


@table_rule(observations="series_id period")
def periods_are_of_one_length(frame: pd.DataFrame, _: str) -> LineFaults:
    """The periods of one series are of one length."""
    lengths = frame.period.str.len()
    usual = lengths.groupby(frame.series_id).transform(lambda same: same.mode()[0])
    for line in frame.index[lengths != usual]:
        fault = "is longer or shorter than the other periods of its series"
        yield line, "period", fault, "a period like theirs"


@row_rule({"series": "series_id released_on"}, observations="series_id period")
def periods_begin_before_the_release(row: Row) -> Faults:
    """No period of a series begins after its release."""
    day = row["series"]["released_on"]
    if day and row["period"] > day:
        yield "period", f"begins after its series was released, {day}", "an earlier period"
