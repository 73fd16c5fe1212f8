"""Read a folder of data and say all that is wrong with it, each fault once and in one line."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from clashbook.dataset.checks import ground, names, references, relations, rows, seen, times, twins
from clashbook.dataset.checks.package import PACKAGE
from clashbook.dataset.checks.problem import DataError, Problem
from clashbook.dataset.checks.reading import Folder, read
from clashbook.dataset.checks.rules import Frames, rules_in, run
from clashbook.dataset.checks.schema import against_schema

__all__ = ["DataError", "Folder", "Problem", "inspect"]

# The rules about the cells of one row, and those about a row and the rows that it is held against.
OF_ROWS = rules_in(rows, times, ground)
BETWEEN = rules_in(references, names, twins, relations)
# Fewer rows with one fault are said one by one.
_FEW = 4


def inspect(data_dir: Path, checked: Path | None) -> Folder:
    """Read the folder `data_dir` and hold it against its schema and all rules.

    What the folder `checked` knows to be sound is only read.
    """
    try:
        folder = read(data_dir, checked)
    except DataError as error:
        return Folder({}, {}, error.problems, [])
    warnings = None if folder.problems else seen.warnings(checked, folder.texts)
    if warnings is None:
        folder.problems = _problems(folder)
        warnings = [] if folder.problems else _warnings(folder)
    if not folder.problems:
        seen.add(checked, folder.texts[:1])
        seen.add(checked, folder.texts, warnings)
    return replace(folder, warnings=tuple(warnings))


def _problems(folder: Folder) -> list[Problem]:
    """Return the problems of the files and of all rows, by file and line."""
    own = against_schema(folder.tables)
    ragged = {(table.file, line, "") for table in folder.tables.values() for line in table.ragged}
    # A row that is wrong by itself is not said again by the rows that it is held against.
    for rules in (OF_ROWS + times.nothing_is_later_than(folder.created), BETWEEN):
        found = run(rules, folder.frames, ragged | {problem.cell for problem in own})
        # The first problem of each cell.
        own = [*{problem.cell: problem for problem in reversed([*own, *found])}.values()]
    problems = [*folder.problems, *times.late_rows_as_one(own, folder.created)]
    return sorted(_gathered(problems, folder.frames))


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


def _warnings(folder: Folder) -> list[str]:
    today, created = datetime.now(UTC).date().isoformat(), folder.created
    claims, episodes = folder.frames["claims"], folder.frames["episodes"]
    late = f"{PACKAGE}, created: {created} is after today, {today}; write the day of this version"
    return [
        *([late] if created > today else []),
        *relations.unlinked_counts(claims, episodes),
        *twins.unmarked_repeats(claims),
        *twins.slips(claims),
        *names.look_alikes(folder.frames),
    ]
