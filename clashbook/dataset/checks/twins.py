"""Rows that stand twice, and numbers that slipped."""

import pandas as pd

from clashbook.dataset.checks.relations import QUANTITY, unlinked_pairs
from clashbook.dataset.checks.rows import BOUNDS
from clashbook.dataset.checks.rules import (
    KEYS,
    SOURCED,
    LineFaults,
    pairs,
    rows,
    table_rule,
    written,
)

# An update that is so many times its predecessor may be a slip of the pen.
_SLIP = 10


@table_rule(**dict.fromkeys(KEYS, ""))
def rows_differ(frame: pd.DataFrame, table: str) -> LineFaults:
    """No two rows are the same in all but their id and note."""
    key = KEYS[table]
    first: dict[tuple[str, ...], tuple[int, str]] = {}
    for line, row in rows(frame):
        cells = (str(value) for name, value in row.items() if name not in (key, "note"))
        earlier, same = first.setdefault(tuple(cells), (line, row[key]))
        if earlier != line:
            way_out = "one of the two rows only"
            if table in SOURCED and not row["relation"]:
                way_out = f"relation repeats and {same}, or {way_out}"
            yield line, key, f"says the same as line {earlier}", way_out


def unmarked_repeats(claims: pd.DataFrame) -> list[str]:
    """Return a warning for each number that a claimant gave on one day and two sources print.

    Each would count by itself where nothing says that the two are one statement.
    """
    same = [
        *QUANTITY,
        *BOUNDS,
        "qualifier",
        "claimant",
        "period_start",
        "period_end",
        "reported_on",
    ]
    return [
        f"claims.csv line {second}: gives what line {first} gives, by the same speaker on the "
        "same day in another source; write the relation repeats, if it is one statement"
        for first, one, second, other in unlinked_pairs(claims, claims, same)
        if one["source_id"] != other["source_id"]
    ]


def slips(claims: pd.DataFrame) -> list[str]:
    """Return a warning for each update ten times its predecessor or more, or a tenth or less."""
    found = []
    for line, row, other in pairs(claims, "claims", "updates"):
        for column in BOUNDS:
            new, old = row[column], other[column]
            if new > 0 and old > 0 and not 1 / _SLIP < new / old < _SLIP:
                found.append(
                    f"claims.csv line {line}, column {column}: {written(new)} updates "
                    f"{written(old)} of {other['claim_id']}, a factor of ten or more apart; write "
                    "the right number, if a digit slipped"
                )
                break
    return found
