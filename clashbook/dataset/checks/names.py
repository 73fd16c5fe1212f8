"""Rules about names and ids that stand for one thing each."""

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from clashbook.dataset.checks.letters import named, skeleton
from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.rules import Frames, rows, rule, wrong

# Columns whose names are counted or compared: two that look alike are two all the same.
_NAMES = {
    "claims": ("claimant",),
    "reactions": ("claimant", "speaker"),
    "events": ("claimant",),
    "actors": ("name", "aliases"),
    "places": ("names",),
    "sources": ("publisher", "origin"),
}


@rule(actors="actor_id name aliases")
def names_are_of_one_actor(frames: Frames) -> Iterator[Problem]:
    """No actor goes by a name that is another's, and none has it twice."""
    known: dict[str, int] = {}
    by_name = [(line, "name", row["name"]) for line, row in rows(frames["actors"])]
    aliases = [
        (line, "aliases", alias)
        for line, row in rows(frames["actors"])
        for alias in filter(None, row["aliases"].split("; "))
    ]
    for line, column, name in [*by_name, *aliases]:
        if name.casefold() not in known:
            known[name.casefold()] = line
        else:
            fault = f'has "{name}", a name of the actor in line {known[name.casefold()]}'
            value = frames["actors"].loc[line, column]
            yield wrong("actors", line, column, value, fault, "each name for one actor only")


@rule(reactions="reaction_id", events="event_id", series="series_id")
def ids_are_of_one_row(frames: Frames) -> Iterator[Problem]:
    """An id is of one row of the tables that share a page: it is its address there.

    Claims have a page of their own, so that a claim may have the id of a reaction.
    """
    keys = {"reactions": "reaction_id", "events": "event_id", "series": "series_id"}
    known: dict[str, str] = {}
    for table, key in keys.items():
        for line, row in rows(frames[table]):
            first = known.setdefault(row[key], table)
            if first != table:
                yield wrong(
                    table, line, key, row[key], f"is an id of {first}.csv too", "another id"
                )


@rule(claims="party claimant_role")
def both_have_no_own_side(frames: Frames) -> Iterator[Problem]:
    """Nobody speaks of the losses of both parties as their own side."""
    for line, row in rows(frames["claims"]):
        if row["claimant_role"] == "own_side" and row["party"] == "both":
            fault = "is no side's own, as the party is both"
            way_out = "opposing_side, or the party that counts itself"
            yield wrong("claims", line, "claimant_role", row["claimant_role"], fault, way_out)


def look_alikes(frames: Frames) -> list[str]:
    """Return a warning for each two names that differ and look the same.

    Names are compared after compatibility forms, case and letters that are drawn alike. The
    warning names the letter in which the two differ, so that it can be seen.
    """
    alike: dict[str, dict[str, str]] = defaultdict(dict)
    for table, columns in _NAMES.items():
        for column in columns:
            for line, cell in frames[table].get(column, pd.Series(dtype="str")).items():
                names = cell.split("; ") if column in ("aliases", "names") else [cell]
                place = f"{table}.csv line {line}, column {column}"
                for name in filter(None, names):
                    alike[skeleton(name)].setdefault(name, place)
    found = []
    for names in alike.values():
        (first, place), *others = names.items()
        for other, where in others:
            differ = next((b for a, b in zip(first, other, strict=False) if a != b), other[-1])
            found.append(
                f'{where}: "{other}" looks like "{first}" of {place}, and differs in '
                f"{named(differ)}; write one of the two if they are one"
            )
    return found
