"""Rules about names and ids that stand for one thing each."""

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from clashbook.dataset.checks.letters import named, skeleton
from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.rules import Frames, LineFaults, rows, rule, table_rule, wrong

# Columns whose names are counted or compared: two that look alike are two all the same.
_NAMES = {
    "claims": ("claimant",),
    "reactions": ("claimant", "speaker"),
    "events": ("claimant",),
    "actors": ("name", "aliases"),
    "places": ("names",),
    "sources": ("publisher", "origin"),
}


@table_rule(actors="actor_id name aliases")
def names_are_of_one_actor(frame: pd.DataFrame, _: str) -> LineFaults:
    """No actor goes by a name that is another's, and none has it twice."""
    known: dict[str, int] = {}
    aliases = frame.aliases.str.split("; ").explode()
    names = pd.concat([frame["name"], aliases[aliases != ""]], keys=["name", "aliases"])
    for (column, line), name in names.items():
        if name.casefold() in known:
            fault = f'has "{name}", already a name of the actor in line {known[name.casefold()]}'
            yield line, column, fault, "each name for one actor only"
        known.setdefault(name.casefold(), line)


@rule(reactions="reaction_id", events="event_id", series="series_id")
def ids_are_of_one_row(frames: Frames) -> Iterator[Problem]:
    """An id is of one row of the tables that share a page: it is its address there.

    Claims have a page of their own, so that a claim may have the id of a reaction.
    """
    known: dict[str, str] = {}
    for table, frame in frames.items():
        for line, row in rows(frame):
            ((key, row_id),) = row.items()
            first = known.setdefault(row_id, table)
            if first != table:
                yield wrong(table, line, key, row_id, f"is also an id of {first}.csv", "another id")


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
                f"{named(differ)}; write the same, if they mean the same"
            )
    return found
