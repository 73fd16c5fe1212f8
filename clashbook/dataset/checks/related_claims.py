"""Rules about what a claim does to another, without which the counting could not bear it."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from clashbook.bounds import FILLED_BY
from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.relations import VERBS, pairs
from clashbook.dataset.checks.rows import BOUNDS
from clashbook.dataset.checks.rules import Frames, Rule, rows, rule, wrong

QUANTITY = ["episode_id", "indicator", "party", "population", "unit"]
# None reported is no count either: a floor of nothing counts nobody.
WITHOUT_NUMBER = {"none_reported"} | {word for word, cells in FILLED_BY.items() if not cells}
_QUANTITY = " ".join(QUANTITY)
_RELATED = "claim_id relation related_claim"


@rule(claims=f"{_RELATED} claimant claimant_role {_QUANTITY}")
def updates_are_of_the_same_side(frames: Frames) -> Iterator[Problem]:
    """Only the same claimant, or the same side on the same quantity, counts anew."""
    for line, row, other in pairs(frames["claims"], "claims", "updates"):
        same_role = row["claimant_role"] == other["claimant_role"] in {"own_side", "opposing_side"}
        same_side = same_role and row["party"] == other["party"] != "both"
        if row["claimant"] != other["claimant"] and not same_side:
            fault = f"is of another side: {other['claimant']}, {other['claimant_role']}"
            way_out = "a claim of the same side, or no relation"
            yield wrong("claims", line, "related_claim", row["related_claim"], fault, way_out)


@rule(claims=f"{_RELATED} status qualifier")
def updates_are_counts(frames: Frames) -> Iterator[Problem]:
    """Only a count that counts itself replaces another: no sum, error or words do."""
    for line, row, _ in pairs(frames["claims"], "claims", "updates"):
        if row["status"] != "stated":
            fault, way_out = f"is made by a {row['status']} row, which never counts", "no relation"
        elif row["qualifier"] in WITHOUT_NUMBER:
            fault = f"is made by a row without a number ({row['qualifier']})"
            way_out = "no relation, or the number in this row"
        else:
            continue
        yield wrong("claims", line, "relation", "updates", fault, way_out)


@rule(claims=f"{_RELATED} status indicator population")
def updates_are_of_counts(frames: Frames) -> Iterator[Problem]:
    """Only what counts by itself is replaced: no error, increment or part is, nor their copies."""
    claims = frames["claims"]
    known = {row["claim_id"]: row for _, row in rows(claims)}
    for line, row, other in pairs(claims, "claims", "updates"):
        first = _first_copy(other, known)
        if other["status"] == "source_error":
            fault, way_out = "is an error of its source", "a row that has it right, or no relation"
        elif first["relation"] == "adds_to":
            fault = "is an increment"
            way_out = f"{first['related_claim']} if it is counted anew with all that adds to it"
        elif _is_like_part(first, known):
            fault = "is a part, which is not counted by itself"
            way_out = "no relation, or part_of and the new count of the whole"
        else:
            continue
        yield wrong("claims", line, "related_claim", row["related_claim"], fault, way_out)


def _first_copy(row: dict, known: Mapping[str, dict]) -> dict:
    """Return the row that a row repeats, itself or by way of other copies; circles are cut."""
    seen = set()
    while (
        row["relation"] == "repeats"
        and row["related_claim"] in known
        and row["claim_id"] not in seen
    ):
        seen.add(row["claim_id"])
        row = known[row["related_claim"]]
    return row


def _is_like_part(row: dict, known: Mapping[str, dict]) -> bool:
    whole = known.get(row["related_claim"]) if row["relation"] == "part_of" else None
    return whole is not None and all(row[c] == whole[c] for c in ("indicator", "population"))


def keeps_its_quantity(relation: str) -> Rule:
    """An update or an increment is of the quantity that it updates or adds to."""

    @rule(claims=f"{_RELATED} {_QUANTITY}")
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row, other in pairs(frames["claims"], "claims", relation):
            differ = [column for column in QUANTITY if row[column] != other[column]]
            if differ:
                fault = f"is of another quantity ({', '.join(differ)})"
                way_out = f"a claim of the same quantity that it {relation}, or another relation"
                yield wrong("claims", line, "related_claim", row["related_claim"], fault, way_out)

    return check


@rule(claims=f"{_RELATED} status {_QUANTITY} qualifier low best high")
def repeats_keep_quantity_and_bounds(frames: Frames) -> Iterator[Problem]:
    """A copy has the quantity and bounds of what it repeats; one in error at least the number."""
    for line, row, other in pairs(frames["claims"], "claims", "repeats"):
        kept = ["party", "unit"] if row["status"] == "source_error" else QUANTITY
        differ = [c for c in (*kept, "qualifier", *BOUNDS) if not _same(row[c], other[c])]
        if differ:
            fault = f"is repeated with another {' and '.join(differ)}"
            way_out = "the same, updates if it is a new count, or no relation"
            yield wrong("claims", line, "related_claim", row["related_claim"], fault, way_out)


@rule(claims=f"{_RELATED} status")
def repeats_keep_their_status(frames: Frames) -> Iterator[Problem]:
    """A copy of what never counts does not count either."""
    for line, row, other in pairs(frames["claims"], "claims", "repeats"):
        if other["status"] != "stated" and row["status"] not in {other["status"], "source_error"}:
            fault = f"is {other['status']} there"
            way_out = f"{other['status']} in status, or no relation"
            yield wrong("claims", line, "related_claim", row["related_claim"], fault, way_out)


@rule(claims=f"{_RELATED} reported_on")
def stand_ins_stand_alone(frames: Frames) -> Iterator[Problem]:
    """A copy that came first stands in for a statement: one copy, of what relates to nothing.

    Until the statement comes, nothing says what that would do to a third row, nor that a second
    copy is one of the same.
    """
    standing_in: dict[str, str] = {}
    early = [
        (line, row, other)
        for line, row, other in pairs(frames["claims"], "claims", "repeats")
        if row["reported_on"] < other["reported_on"]
    ]
    for line, row, other in sorted(early, key=lambda pair: (pair[1]["reported_on"], pair[0])):
        first = standing_in.setdefault(other["claim_id"], row["claim_id"])
        if other["relation"]:
            fault = (
                f"was reported on {other['reported_on']}, after this copy, and "
                f"{VERBS.get(other['relation'], other['relation'])} another row"
            )
            way_out = "that relation in this row, and in the later row that it repeats this one"
        elif first != row["claim_id"]:
            fault = f"was reported on {other['reported_on']}, after this copy and after {first}"
            way_out = f"{first}, which came first"
        else:
            continue
        yield wrong("claims", line, "related_claim", row["related_claim"], fault, way_out)


def _same(one: Any, other: Any) -> bool:
    return one == other or (pd.isna(one) and pd.isna(other))


@rule(claims=f"{_RELATED} unit qualifier low high")
def parts_are_within_their_whole(frames: Frames) -> Iterator[Problem]:
    """The floor of a part is not above the ceiling of its whole."""
    for line, row, other in pairs(frames["claims"], "claims", "part_of"):
        over = row["qualifier"] == "more_than" and row["low"] == other["high"]
        if row["unit"] == other["unit"] and (over or row["low"] > other["high"]):
            fault = f"is above the ceiling of its whole, {other['claim_id']}"
            yield wrong(
                "claims", line, "low", row["low"], fault, "the right number, or no relation"
            )


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
        & ~claims.qualifier.isin(WITHOUT_NUMBER)
        & ~claims.relation.isin(["adds_to", "part_of", "disputes"])
        & (claims.period_start == starts)
    ]
    to = heads(claims)
    found = []
    several = running[running.duplicated(QUANTITY, keep=False)]
    for _, group in several.sort_values("reported_on", kind="stable").groupby(QUANTITY):
        for (first, earlier), (second, later) in pairwise(rows(group)):
            if to[earlier["claim_id"]] != to[later["claim_id"]]:
                found.append(
                    f"claims.csv line {second}: counts the same as line {first} from the start of "
                    f"{later['episode_id']}, with neither an update nor a repeat between them; "
                    "write the relation, if there is one"
                )
    return found


def heads(claims: pd.DataFrame) -> dict[str, str]:
    """Return for each claim where its updates and repeats lead in the end; circles are cut."""
    linked = claims[claims.relation.isin(["updates", "repeats"])]
    following = dict(zip(linked.claim_id, linked.related_claim, strict=True))
    found = {}
    for claim in claims.claim_id:
        seen, one = set(), claim
        while one in following and one not in seen:
            seen.add(one)
            one = following[one]
        found[claim] = one
    return found
