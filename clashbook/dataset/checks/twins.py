"""Rows that stand twice, and numbers that slipped."""

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.related_claims import QUANTITY, WITHOUT_NUMBER, heads
from clashbook.dataset.checks.relations import pairs
from clashbook.dataset.checks.rows import BOUNDS
from clashbook.dataset.checks.rules import SOURCED, Frames, Rule, rows, rule, written, wrong

# An update that is so many times its predecessor may be a slip of the pen.
_SLIP = 10


def rows_differ(table: str, key: str, columns: list[str]) -> Rule:
    """No two rows are the same in all but their id and note."""

    @rule(**{table: " ".join(columns)})
    def check(frames: Frames) -> Iterator[Problem]:
        first: dict[tuple[str, ...], tuple[int, str]] = {}
        for line, row in rows(frames[table]):
            cells = (str(value) for name, value in row.items() if name not in (key, "note"))
            earlier, same = first.setdefault(tuple(cells), (line, row[key]))
            if earlier == line:
                continue
            way_out = "one of the two rows only"
            if table in SOURCED and not row["relation"]:
                way_out = f"relation repeats and {same}, or {way_out}"
            yield wrong(table, line, key, row[key], f"says the same as line {earlier}", way_out)

    return check


def unmarked_repeats(claims: pd.DataFrame) -> list[str]:
    """Return a warning for each number that a claimant gave on one day and two sources print.

    Each would count by itself where nothing says that the two are one statement.
    """
    stated = claims[
        (claims.status == "stated")
        & ~claims.qualifier.isin(WITHOUT_NUMBER)
        & ~claims.relation.isin(["part_of", "adds_to", "disputes"])
    ]
    same = [
        *QUANTITY,
        *BOUNDS,
        "qualifier",
        "claimant",
        "period_start",
        "period_end",
        "reported_on",
    ]
    to = heads(claims)
    found = []
    several = stated[stated.duplicated(same, keep=False)]
    for _, group in several.groupby(same, dropna=False, sort=False):
        for (first, one), (second, other) in pairwise(rows(group)):
            sources = one["source_id"] != other["source_id"]
            if sources and to[one["claim_id"]] != to[other["claim_id"]]:
                found.append(
                    f"claims.csv line {second}: gives what line {first} gives, by the same "
                    "claimant on the same day in another source; write the relation repeats, if "
                    "it is one statement"
                )
    return found


def slips(claims: pd.DataFrame) -> list[str]:
    """Return a warning for each update ten times its predecessor or more, or a tenth or less."""
    found = []
    for line, row, other in pairs(claims, "claims", "updates"):
        for column in BOUNDS:
            new, old = row[column], other[column]
            if new > 0 and old > 0 and not 1 / _SLIP < new / old < _SLIP:
                found.append(
                    f"claims.csv line {line}, column {column}: {written(new)} updates "
                    f"{written(old)} of {other['claim_id']}, ten times apart or more; write the "
                    "right number, if a digit slipped"
                )
                break
    return found
