"""Rules about the relation between two rows of one table: its ends, its order in time."""

import pandas as pd

from clashbook.dataset.checks.rules import (
    SOURCED,
    Faults,
    LineFaults,
    Row,
    pair_rule,
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
            fault = round_about if len(circle) > 1 else "is the row itself"
            yield frame.index[frame[key] == back][0], naming, fault, "a row that came before"


@pair_rule({"claims": " ".join(VERBS), "events": "updates"}, "reported_on")
def comes_after(row: Row, other: Row) -> Faults:
    """What updates, adds to, is part of or disputes another row was not known before it."""
    if row["reported_on"] < other["reported_on"]:
        fault = f"was reported on {other['reported_on']}, after what {VERBS[row['relation']]} it"
        yield "", fault, "an earlier row, or no relation"


@pair_rule({"reactions": ANSWERING, "events": ANSWERING}, "date_start date_end")
def answers_are_not_before(row: Row, other: Row) -> Faults:
    """An act is not over before the act that it answers, carries out, disputes or reverses."""
    end = row["date_end"] or row["date_start"]
    if end and end < other["date_start"]:
        fault = f"began on {other['date_start']}, after this row was over"
        yield "", fault, "an earlier row, or no relation"
