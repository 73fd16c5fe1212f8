"""Rules about the relations between two rows of one table, which the counting rests on."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pandas as pd

from clashbook.checks.reading import Problem
from clashbook.checks.rows import BOUNDS
from clashbook.checks.rules import SOURCED, Frames, Rule, at, rows, rule

QUANTITY = ["episode_id", "indicator", "party", "population", "unit"]
# What comes of another act cannot be over before that has begun.
ANSWERING = {"answers", "carries_out", "disputes", "reverses"}
_QUANTITY = " ".join(QUANTITY)
_RELATED = "claim_id relation related_claim"


def _pairs(frame: pd.DataFrame, table: str, *relations: str) -> Iterator[tuple[int, dict, dict]]:
    """Yield line, row and the row it relates to, for these relations and where both are sound."""
    key, related = SOURCED[table]
    others = {row[key]: row for _, row in rows(frame)}
    for line, row in rows(frame):
        if row["relation"] in relations and row[related] in others and row[related] != row[key]:
            yield line, row, others[row[related]]


def relations_have_two_ends(table: str) -> Rule:
    """A relation and the row it relates to are both there, or neither."""
    _, related = SOURCED[table]

    @rule(**{table: f"relation {related}"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row in rows(frames[table]):
            if bool(row["relation"]) != bool(row[related]):
                column = related if row["relation"] else "relation"
                fault = f"is empty beside {'a relation' if row['relation'] else related}"
                yield at(table, line, column, "", fault, "it, or nothing in both")

    return check


def relations_end(table: str) -> Rule:
    """Following relations never leads back: not to the row itself, nor in a circle."""
    key, related = SOURCED[table]

    @rule(**{table: f"{key} {related}"})
    def check(frames: Frames) -> Iterator[Problem]:
        following = dict(zip(frames[table][key], frames[table][related], strict=True))
        seen: set[str] = set()
        for line, row in rows(frames[table]):
            path, one = [], row[key]
            while one in following and one not in seen:
                seen.add(one)
                path.append(one)
                one = following[one]
            if one in path:
                circle = path[path.index(one) :]
                line = frames[table].index[frames[table][key] == one][0]
                fault = (
                    "is the row itself"
                    if len(circle) == 1
                    else f"leads in a circle: {', '.join([*circle, one])}"
                )
                yield at(table, line, related, following[one], fault, "a row that came before")

    return check


@rule(claims=f"{_RELATED} claimant claimant_role {_QUANTITY}")
def updates_are_of_the_same_side(frames: Frames) -> Iterator[Problem]:
    """Only the same claimant, or the same side on the same quantity, counts anew."""
    for line, row, other in _pairs(frames["claims"], "claims", "updates"):
        same_role = row["claimant_role"] == other["claimant_role"] in {"own_side", "opposing_side"}
        same_side = same_role and row["party"] == other["party"] != "both"
        if row["claimant"] != other["claimant"] and not same_side:
            fault = f"is of another side: {other['claimant']}, {other['claimant_role']}"
            way_out = "a claim of the same side, or no relation"
            yield at("claims", line, "related_claim", row["related_claim"], fault, way_out)


def keeps_its_quantity(relation: str) -> Rule:
    """An update or an increment is of the quantity that it updates or adds to."""

    @rule(claims=f"{_RELATED} {_QUANTITY}")
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row, other in _pairs(frames["claims"], "claims", relation):
            differ = [column for column in QUANTITY if row[column] != other[column]]
            if differ:
                fault = f"is of another quantity ({', '.join(differ)})"
                way_out = f"a claim of the same quantity that it {relation}, or another relation"
                yield at("claims", line, "related_claim", row["related_claim"], fault, way_out)

    return check


def comes_after(table: str, relation: str) -> Rule:
    """What updates, adds to or is part of another row was not said before it."""
    key, related = SOURCED[table]

    @rule(**{table: f"{key} relation {related} reported_on"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row, other in _pairs(frames[table], table, relation):
            if row["reported_on"] < other["reported_on"]:
                words = {"updates": "updates", "adds_to": "adds to", "part_of": "is part of"}
                fault = f"was reported on {other['reported_on']}, after what {words[relation]} it"
                way_out = "an earlier row, or no relation"
                yield at(table, line, related, row[related], fault, way_out)

    return check


@rule(claims=f"{_RELATED} party unit low best high")
def repeats_keep_their_bounds(frames: Frames) -> Iterator[Problem]:
    """A copy of a statement has its bounds, about the same party in the same unit."""
    for line, row, other in _pairs(frames["claims"], "claims", "repeats"):
        differ = [c for c in ("party", "unit", *BOUNDS) if not _same(row[c], other[c])]
        if differ:
            fault = f"is repeated with another {' and '.join(differ)}"
            way_out = "the same, or updates if it is a new count"
            yield at("claims", line, "related_claim", row["related_claim"], fault, way_out)


def _same(one: Any, other: Any) -> bool:
    return one == other or (pd.isna(one) and pd.isna(other))


@rule(claims=f"{_RELATED} unit low high")
def parts_are_within_their_whole(frames: Frames) -> Iterator[Problem]:
    """The floor of a part is not above the ceiling of its whole."""
    for line, row, other in _pairs(frames["claims"], "claims", "part_of"):
        if row["unit"] == other["unit"] and row["low"] > other["high"]:
            fault = f"is above the ceiling of its whole, {other['claim_id']}"
            yield at("claims", line, "low", row["low"], fault, "the right number, or no relation")


def answers_are_not_before(table: str) -> Rule:
    """An act is not over before the act that it answers, carries out, disputes or reverses."""
    key, related = SOURCED[table]

    @rule(**{table: f"{key} relation {related} date_start date_end"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row, other in _pairs(frames[table], table, *sorted(ANSWERING)):
            end = row["date_end"] or row["date_start"]
            if end and end < other["date_start"]:
                fault = f"began on {other['date_start']}, after this row was over"
                yield at(
                    table, line, related, row[related], fault, "an earlier row, or no relation"
                )

    return check


def unlinked_counts(claims: pd.DataFrame, episodes: pd.DataFrame) -> list[str]:
    """Return a warning for each two own-side counts that may be one count made anew.

    Parameters
    ----------
    claims, episodes
        Sound rows, indexed by line.

    Returns
    -------
    A sentence for each count from its episode's start that stands beside an earlier own-side count
    of the same quantity from the start, with neither an update nor a repeat between them.
    """
    starts = claims.episode_id.map(dict(zip(episodes.episode_id, episodes.start, strict=True)))
    running = claims[
        (claims.claimant_role == "own_side")
        & (claims.status == "stated")
        & ~claims.relation.isin(["adds_to", "part_of", "disputes"])
        & (claims.period_start == starts)
    ]
    heads = _heads(claims)
    found = []
    for _, group in running.sort_values("reported_on", kind="stable").groupby(QUANTITY):
        for (first, earlier), (second, later) in pairwise(rows(group)):
            if heads[earlier["claim_id"]] != heads[later["claim_id"]]:
                found.append(
                    f"claims.csv line {second}: counts the same as line {first} from the start of "
                    f"{later['episode_id']}, with neither an update nor a repeat between them; "
                    "write the relation, if there is one"
                )
    return found


def _heads(claims: pd.DataFrame) -> dict[str, str]:
    """Return for each claim where its updates and repeats lead in the end; circles are cut."""
    linked = claims[claims.relation.isin(["updates", "repeats"])]
    following = dict(zip(linked.claim_id, linked.related_claim, strict=True))
    heads = {}
    for claim in claims.claim_id:
        seen, one = set(), claim
        while one in following and one not in seen:
            seen.add(one)
            one = following[one]
        heads[claim] = one
    return heads
