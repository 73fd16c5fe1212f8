"""Rules about the relation between two rows of one table, and what a claim does to another.

Without these the counting could not bear it.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pandas as pd

from clashbook.bounds import FILLED_BY
from clashbook.dataset.checks.rows import BOUNDS
from clashbook.dataset.checks.rules import (
    SOURCED,
    Faults,
    LineFaults,
    Row,
    by_key,
    pair_rule,
    pairs,
    rows,
    table_rule,
)
from clashbook.dataset.following import chain

# What comes of another act cannot be over before that has begun.
ANSWERING = "answers carries_out disputes reverses"
VERBS = {
    "updates": "updates",
    "adds_to": "adds to",
    "part_of": "is part of",
    "disputes": "disputes",
}
QUANTITY = ["episode_id", "indicator", "party", "population", "unit"]
# None reported is no count either: a floor of nothing counts nobody.
WITHOUT_NUMBER = {"none_reported"} | {word for word, cells in FILLED_BY.items() if not cells}
_QUANTITY = " ".join(QUANTITY)
_RELATED = "claim_id relation related_claim"


@table_rule(**{table: f"{key} {naming}" for table, (key, naming) in SOURCED.items()})
def relations_end(frame: pd.DataFrame, table: str) -> LineFaults:
    """Following relations never leads back: not to the row itself, nor in a circle."""
    key, naming = SOURCED[table]
    following = dict(zip(frame[key], frame[naming], strict=True))
    known: set[str] = set()
    for one in following:
        path = chain(one, following)
        back = following.get(path[-1], "")
        if back in path and back not in known:
            circle = path[path.index(back) :]
            known.update(circle)
            round_about = f"leads in a circle: {', '.join([*circle, back])}"
            fault = round_about if len(circle) > 1 else "names its own row"
            yield frame.index[frame[key] == back][0], naming, fault, "a row that came before"


@pair_rule({"claims": " ".join(VERBS), "events": "updates"}, "reported_on")
def comes_after(row: Row, other: Row) -> Faults:
    """What updates, adds to, is part of or disputes another row was not known before it."""
    if row["reported_on"] < other["reported_on"]:
        verb = VERBS[row["relation"]]
        fault = f"was reported on {other['reported_on']}, after the row that {verb} it"
        yield "", fault, "an earlier row, or no relation"


@pair_rule({"reactions": ANSWERING, "events": ANSWERING}, "date_start date_end")
def answers_are_not_before(row: Row, other: Row) -> Faults:
    """An act is not over before the act that it answers, carries out, disputes or reverses."""
    end = row["date_end"] or row["date_start"]
    if end and end < other["date_start"]:
        fault = f"began on {other['date_start']}, after this row ended"
        yield "", fault, "an earlier row, or no relation"


@pair_rule({"claims": "updates"}, f"claimant claimant_role {_QUANTITY}")
def updates_are_of_the_same_side(row: Row, other: Row) -> Faults:
    """Only the same claimant, or the same side on the same quantity, counts anew."""
    same_role = row["claimant_role"] == other["claimant_role"] in {"own_side", "opposing_side"}
    same_side = same_role and row["party"] == other["party"] != "both"
    if row["claimant"] != other["claimant"] and not same_side:
        fault = f"is from another side: {other['claimant']}, {other['claimant_role']}"
        yield "", fault, "a claim of the same side, or no relation"


@pair_rule({"claims": "updates"}, "status qualifier")
def updates_are_counts(row: Row, _: Row) -> Faults:
    """Only a count that counts itself replaces another: no sum, error or words do."""
    if row["status"] != "stated":
        fault = f"is in a {row['status']} row, which is never counted"
        yield "relation", fault, "no relation"
    elif row["qualifier"] in WITHOUT_NUMBER:
        fault = f"is in a row without a number ({row['qualifier']})"
        yield "relation", fault, "no relation, or the number in this row"


@table_rule(claims=f"{_RELATED} status indicator population")
def updates_are_of_counts(claims: pd.DataFrame, table: str) -> LineFaults:
    """Only what counts by itself is replaced: no error, increment or part is, nor their copies."""
    known = by_key(claims, table)
    copied = _named_by(claims, "repeats")
    for line, _, other in pairs(claims, table, "updates"):
        path = chain(other["claim_id"], copied)
        first = next(known[one] for one in reversed(path) if one in known)
        if other["status"] == "source_error":
            way_out = "a row that has it right, or no relation"
            yield line, "related_claim", "is an error of its source", way_out
        elif first["relation"] == "adds_to":
            way_out = f"{first['related_claim']} if the new count includes all that adds to it"
            yield line, "related_claim", "adds to another claim", way_out
        elif _is_like_part(first, known):
            way_out = "no relation, or part_of and the new count of the whole"
            fault = "is part of another claim and not counted by itself"
            yield line, "related_claim", fault, way_out


def _is_like_part(row: Row, known: Mapping[str, Row]) -> bool:
    whole = known.get(row["related_claim"]) if row["relation"] == "part_of" else None
    return whole is not None and all(row[c] == whole[c] for c in ("indicator", "population"))


@pair_rule({"claims": "updates adds_to"}, _QUANTITY)
def keeps_its_quantity(row: Row, other: Row) -> Faults:
    """An update or an increment is of the quantity that it updates or adds to."""
    if differ := [column for column in QUANTITY if row[column] != other[column]]:
        fault = f"counts something else ({', '.join(differ)})"
        way_out = f"a claim of the same quantity that it {row['relation']}, or another relation"
        yield "", fault, way_out


@pair_rule({"claims": "repeats"}, f"status {_QUANTITY} qualifier low best high")
def repeats_keep_quantity_and_bounds(row: Row, other: Row) -> Faults:
    """A copy has the quantity and bounds of what it repeats; one in error at least the number."""
    kept = ["party", "unit"] if row["status"] == "source_error" else QUANTITY
    differ = [c for c in (*kept, "qualifier", *BOUNDS) if str(row[c]) != str(other[c])]
    if differ:
        fault = f"is repeated with another {' and '.join(differ)}"
        yield "", fault, "the same, updates if it is a new count, or no relation"


@pair_rule({"claims": "repeats"}, "status")
def repeats_keep_their_status(row: Row, other: Row) -> Faults:
    """A copy of what never counts does not count either."""
    status = other["status"]
    if status != "stated" and row["status"] not in {status, "source_error"}:
        yield "", f"is {status} there", f"{status} in status, or no relation"


@table_rule(claims=f"{_RELATED} reported_on")
def stand_ins_stand_alone(claims: pd.DataFrame, table: str) -> LineFaults:
    """A copy that came first stands in for a statement: one copy, of what relates to nothing.

    Until the statement comes, nothing says what that would do to a third row, nor that a second
    copy is one of the same.
    """
    standing_in: dict[str, str] = {}
    by_day = claims.sort_values("reported_on", kind="stable")
    for line, row, other in pairs(by_day, table, "repeats"):
        if row["reported_on"] >= other["reported_on"]:
            continue
        first = standing_in.setdefault(other["claim_id"], row["claim_id"])
        fault = f"was reported on {other['reported_on']}, after this copy"
        if relation := other["relation"]:
            fault += f", and {VERBS.get(relation, relation)} another row"
            way_out = "that relation in this row, and in the later row that it repeats this one"
            yield line, "related_claim", fault, way_out
        elif first != row["claim_id"]:
            yield line, "related_claim", f"{fault} and after {first}", f"{first}, which came first"


@pair_rule({"claims": "part_of"}, "unit qualifier low high")
def parts_are_within_their_whole(row: Row, other: Row) -> Faults:
    """The floor of a part is not above the ceiling of its whole."""
    over = row["qualifier"] == "more_than" and row["low"] == other["high"]
    if row["unit"] == other["unit"] and (over or row["low"] > other["high"]):
        fault = f"is above the maximum of its whole, {other['claim_id']}"
        yield "low", fault, "the right number, or no relation"


def unlinked_counts(claims: pd.DataFrame, episodes: pd.DataFrame) -> list[str]:
    """Return a warning for each two own-side counts that may be one count made anew.

    Parameters
    ----------
    claims, episodes
        Sound rows, indexed by line.

    Returns
    -------
    A sentence for each count from its episode's start that stands beside an earlier own-side count
    of the same quantity from the start, with neither an update nor a repeat between them. A count
    that takes in what came after its episode's end is another count.
    """
    starts, ends = (
        claims.episode_id.map(dict(zip(episodes.episode_id, days, strict=True)))
        for days in (episodes.start, episodes.end)
    )
    after = claims[(ends != "") & (claims.period_start > ends)]
    first_after = after.groupby(QUANTITY).period_start.min().to_dict()
    quantities = claims[QUANTITY].itertuples(index=False, name=None)
    whole = claims.period_end < [first_after.get(quantity, "~") for quantity in quantities]
    running = (claims.claimant_role == "own_side") & (claims.period_start == starts) & whole
    return [
        f"claims.csv line {second}: counts the same as line {first} from the start of "
        f"{row['episode_id']}, and neither updates nor repeats it; "
        "write the relation, if there is one"
        for first, _, second, row in unlinked_pairs(claims, claims[running], QUANTITY)
    ]


def unlinked_pairs(
    claims: pd.DataFrame, some: pd.DataFrame, same: list[str]
) -> Iterator[tuple[int, Row, int, Row]]:
    """Yield lines and rows of each two neighbours in time that are alike in the columns `same`.

    They are counts by themselves among `some`, and no updates or repeats lead from both to one.
    """
    counts = some[
        (some.status == "stated")
        & ~some.qualifier.isin(WITHOUT_NUMBER)
        & ~some.relation.isin(["adds_to", "part_of", "disputes"])
    ].sort_values("reported_on", kind="stable")
    linked = _named_by(claims, "updates", "repeats")
    several = counts[counts.duplicated(same, keep=False)]
    for _, group in several.groupby(same, dropna=False, sort=False):
        for (first, one), (second, other) in pairwise(rows(group)):
            if chain(one["claim_id"], linked)[-1] != chain(other["claim_id"], linked)[-1]:
                yield first, one, second, other


def _named_by(claims: pd.DataFrame, *relations: str) -> dict[str, str]:
    """Return what each claim relates to in one of these ways."""
    linked = claims[claims.relation.isin(relations)]
    return dict(zip(linked.claim_id, linked.related_claim, strict=True))
