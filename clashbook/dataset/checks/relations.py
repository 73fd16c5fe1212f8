"""Rules about the relation between two rows of one table: its ends, its order in time."""

from collections.abc import Iterator

import pandas as pd

from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.rules import SOURCED, Frames, Rule, rows, rule, wrong

# What comes of another act cannot be over before that has begun.
ANSWERING = {"answers", "carries_out", "disputes", "reverses"}
VERBS = {
    "updates": "updates",
    "adds_to": "adds to",
    "part_of": "is part of",
    "disputes": "disputes",
}


def pairs(frame: pd.DataFrame, table: str, *relations: str) -> Iterator[tuple[int, dict, dict]]:
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
                yield wrong(table, line, column, "", fault, "it, or nothing in both")

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
                yield wrong(table, line, related, following[one], fault, "a row that came before")

    return check


def comes_after(table: str, relation: str) -> Rule:
    """What updates, adds to, is part of or disputes another row was not said before it."""
    key, related = SOURCED[table]

    @rule(**{table: f"{key} relation {related} reported_on"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row, other in pairs(frames[table], table, relation):
            if row["reported_on"] < other["reported_on"]:
                fault = f"was reported on {other['reported_on']}, after what {VERBS[relation]} it"
                way_out = "an earlier row, or no relation"
                yield wrong(table, line, related, row[related], fault, way_out)

    return check


def answers_are_not_before(table: str) -> Rule:
    """An act is not over before the act that it answers, carries out, disputes or reverses."""
    key, related = SOURCED[table]

    @rule(**{table: f"{key} relation {related} date_start date_end"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row, other in pairs(frames[table], table, *sorted(ANSWERING)):
            end = row["date_end"] or row["date_start"]
            if end and end < other["date_start"]:
                fault = f"began on {other['date_start']}, after this row was over"
                yield wrong(
                    table, line, related, row[related], fault, "an earlier row, or no relation"
                )

    return check
