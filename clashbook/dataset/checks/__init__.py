"""Read a folder of data and say all that is wrong with it, each fault once and in one line."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from clashbook.dataset.checks import (
    ground,
    names,
    references,
    related_claims,
    relations,
    rows,
    times,
    twins,
)
from clashbook.dataset.checks.package import PACKAGE
from clashbook.dataset.checks.problem import DataError, Problem
from clashbook.dataset.checks.reading import Table, read
from clashbook.dataset.checks.rules import Frames, rules_in, run
from clashbook.dataset.checks.schema import against_schema
from clashbook.dataset.checks.seen import Seen

__all__ = ["DataError", "Inspection", "Problem", "Seen", "inspect"]

# The rules about the cells of one row, and those about a row and the rows that it is held against.
OF_ROWS = rules_in(rows, times, ground)
BETWEEN = rules_in(references, names, twins, relations, related_claims)
# Fewer rows with one fault are said one by one.
_FEW = 4


@dataclass(frozen=True)
class Inspection:
    """What a folder of data holds and what is wrong with it.

    Parameters
    ----------
    package
        The parsed ``datapackage.json``; empty if it cannot be read.
    frames
        Each readable table by name, indexed by line: text as ``str``, "" for missing; numbers as
        float64; days as ISO strings.
    problems
        What is wrong, by file and line; with any, the frames are not fit for use.
    warnings
        What may be wrong, one sentence each.
    """

    package: dict
    frames: dict[str, pd.DataFrame]
    problems: list[Problem]
    warnings: tuple[str, ...]


def inspect(data_dir: Path, seen: Seen) -> Inspection:
    """Read the folder `data_dir` and hold it against its schema and all rules.

    What `seen` knows to be sound is only read.
    """
    try:
        package, tables, problems, texts = read(data_dir, seen)
    except DataError as error:
        return Inspection({}, {}, error.problems, ())
    frames = {name: table.frame() for name, table in tables.items()}
    warnings = seen.warnings(texts)
    if warnings is None or problems:
        problems, warnings = _checked(package, tables, frames, problems)
    if not problems:
        seen.add(texts[:1])
        seen.add(texts, warnings)
    return Inspection(package, frames, problems, warnings)


def _checked(
    package: dict, tables: dict[str, Table], frames: Frames, problems: list[Problem]
) -> tuple[list[Problem], tuple[str, ...]]:
    """Return the problems of the files and of all rows, by file and line, and the warnings."""
    created = package["created"][:10]
    by_file = {table.file: name for name, table in tables.items()}
    ragged = {(name, line, "") for name, table in tables.items() for line in table.ragged}
    own = against_schema(tables)
    # A row that is wrong by itself is not said again by the rows that it is held against.
    for rules in (OF_ROWS + times.nothing_is_later_than(created), BETWEEN):
        known = {(by_file[p.file], p.line, p.column) for p in own if p.file in by_file}
        own = _one_a_cell([*own, *run(rules, frames, ragged | known)])
    problems = [*problems, *times.late_rows_as_one(own, created)]
    warnings = [] if problems else _warnings(frames, created)
    return sorted(_gathered(problems, frames)), tuple(warnings)


def _one_a_cell(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first problem of each cell."""
    first: dict[tuple, Problem] = {}
    for problem in problems:
        first.setdefault((problem.file, problem.line, problem.column), problem)
    return list(first.values())


def _gathered(problems: Iterable[Problem], frames: Frames) -> list[Problem]:
    """Return `problems` with one for each fault that more than half of a table's rows have."""
    alike: dict[tuple, list[Problem]] = defaultdict(list)
    for problem in problems:
        alike[problem.file, problem.column, problem.fault].append(problem)
    lengths = Counter({f"{name}.csv": len(frame) for name, frame in frames.items()})
    found = []
    for (file, *_), same in alike.items():
        if len(same) > max(_FEW, lengths[file] / 2):
            first = min(same)
            fault = f"{first.fault}; {len(same)} of {lengths[file]} rows have this fault"
            same = [replace(first, fault=fault)]
        found += same
    return found


def _warnings(frames: Frames, created: str) -> list[str]:
    today = datetime.now(UTC).date().isoformat()
    claims, episodes = frames["claims"], frames["episodes"]
    late = f"{PACKAGE}, created: {created} is after today, {today}; write the day of this version"
    return [
        *([late] if created > today else []),
        *related_claims.unlinked_counts(claims, episodes),
        *twins.unmarked_repeats(claims),
        *twins.slips(claims),
        *names.look_alikes(frames),
    ]
