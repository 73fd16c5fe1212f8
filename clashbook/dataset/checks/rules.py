"""What a rule is, and how rules are run.

A rule is a pure function from frames to problems. Its frames hold text columns as ``str`` ("" for
missing), number columns as float64 (NaN for missing) and days as ISO strings; the index is the
line in the file. It names what it reads and is handed only the rows that are sound in those
columns, so that no fault is said twice.

Most judge one table (`table_rule`), one row (`row_rule`) or a row and the one that it relates to
(`pair_rule`), and yield for each fault its column, what is wrong and what to write instead.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from clashbook.dataset import kinds
from clashbook.dataset.checks.problem import Problem

Frames = Mapping[str, pd.DataFrame]
Row = dict[str, Any]
# What is wrong: the column, the fault and the way out.
Faults = Iterator[tuple[str, str, str]]
LineFaults = Iterator[tuple[int, str, str, str]]
Check = Callable[[Frames], Iterable[Problem]]
TableCheck = Callable[[pd.DataFrame, str], LineFaults]
RowCheck = Callable[[Row], Faults]
PairCheck = Callable[[Row, Row], Faults]
# A cell that is known to be wrong (file, line, column); column "" stands for the whole row.
Cell = tuple[str, int, str]

# The tables whose rows stand in a source: their id, and the column of the row they relate to.
SOURCED = {kind.table: (kind.key, kind.related) for kind in kinds.SPOKEN}
KEYS = {kind.table: kind.key for kind in kinds.KINDS}


class Rule(NamedTuple):
    """A check, the columns that it reads by table (none: all), and whether it is of an absence.

    That a row is absent can only be said where all rows are sound: the faulty one may be it.
    """

    check: Check
    reads: Mapping[str, list[str]]
    of_absence: bool = False


def rule(of_absence: bool = False, **reads: str) -> Callable[[Check], list[Rule]]:
    """Make a rule of a check that reads table="column column"."""
    return lambda check: [Rule(check, _columns(reads), of_absence)]


def table_rule(**tables: str) -> Callable[[TableCheck], list[Rule]]:
    """Make a rule for each of `tables`, likewise, of a check of all its rows.

    Such a check yields the line of a fault before the rest.
    """
    return lambda check: [
        Rule(partial(_by_line, check, table), _columns({table: columns}))
        for table, columns in tables.items()
    ]


def _by_line(check: TableCheck, table: str, frames: Frames) -> Iterator[Problem]:
    for line, column, fault, way_out in check(frames[table], table):
        yield wrong(table, line, column, frames[table][column][line], fault, way_out)


def row_rule(
    beside: Mapping[str, str] | None = None, /, **tables: str
) -> Callable[[RowCheck], list[Rule]]:
    """Make a rule for each of `tables`, likewise, of a check of one row.

    Parameters
    ----------
    beside
        Tables of which the row names one row by its key, likewise; the row has that row under the
        table's name. A row that names none is not judged.
    """
    return lambda check: [
        Rule(partial(_by_row, check, table), _columns({table: columns, **(beside or {})}))
        for table, columns in tables.items()
    ]


def _by_row(check: RowCheck, table: str, frames: Frames) -> Iterator[Problem]:
    beside = {name: by_key(frame, name) for name, frame in frames.items() if name != table}
    for line, row in rows(frames[table]):
        named = {name: known.get(row[KEYS[name]]) for name, known in beside.items()}
        if None not in named.values():
            for column, fault, way_out in check(row | named):
                yield wrong(table, line, column, row[column], fault, way_out)


def pair_rule(relations: Mapping[str, str], columns: str) -> Callable[[PairCheck], list[Rule]]:
    """Make a rule for each table of a check of a row and of the row that it relates to.

    `relations` are those that the check is about, by table; a fault of no column is one of that
    which names the other row.
    """

    def made(check: PairCheck) -> list[Rule]:
        def judged(frame: pd.DataFrame, table: str) -> LineFaults:
            for line, row, other in pairs(frame, table, *relations[table].split()):
                for column, fault, way_out in check(row, other):
                    yield line, column or SOURCED[table][1], fault, way_out

        reads = {table: f"{' '.join(SOURCED[table])} relation {columns}" for table in relations}
        return table_rule(**reads)(judged)

    return made


def _columns(tables: Mapping[str, str]) -> dict[str, list[str]]:
    return {table: names.split() for table, names in tables.items()}


def pairs(frame: pd.DataFrame, table: str, *relations: str) -> Iterator[tuple[int, Row, Row]]:
    """Yield line, row and the row it relates to, for these relations and where both are sound."""
    key, naming = SOURCED[table]
    known = by_key(frame, table)
    for line, row in rows(frame):
        if row["relation"] in relations and row[naming] in known and row[naming] != row[key]:
            yield line, row, known[row[naming]]


def rules_in(*modules: ModuleType) -> list[Rule]:
    """Return the rules that `modules` make, in their order."""
    made = (value for module in modules for value in vars(module).values())
    lists = (value for value in made if isinstance(value, list))
    return [one for value in lists for one in value if isinstance(one, Rule)]


def run(rules: Iterable[Rule], frames: Frames, faulty: set[Cell]) -> list[Problem]:
    """Return all that `rules` find, each run on the rows that are sound in what it reads.

    Parameters
    ----------
    rules
        Rules; one that reads a table or column that is not there is left out.
    frames
        The tables by name, each indexed by line.
    faulty
        The cells known to be wrong.
    """
    found: list[Problem] = []
    for check, named, of_absence in rules:
        # Where nothing is amiss but an absence, a table that earlier data do without has no rows.
        missing = {*kinds.NEWER} - {*frames} if of_absence else set()
        reads = {t: columns for t, columns in named.items() if t not in missing}
        if all(t in frames and set(columns) <= set(frames[t]) for t, columns in reads.items()):
            sound = {t: _sound(t, frames[t], columns, faulty) for t, columns in reads.items()}
            if not of_absence or all(len(sound[t]) == len(frames[t]) for t in reads):
                found += check(sound)
    return found


def _sound(table: str, frame: pd.DataFrame, columns: list[str], faulty: set[Cell]) -> pd.DataFrame:
    columns = columns or [*frame]
    bad = {
        line for file, line, column in faulty if file == f"{table}.csv" and column in {"", *columns}
    }
    if not bad:
        return frame[columns]
    return frame.loc[~frame.index.isin(bad), columns]


def rows(frame: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    """Yield each row of `frame` as its line and a dict by column."""
    # As `to_dict("records")` has it, which takes several times as long on small frames.
    columns = list(frame.columns)
    cells = zip(*(frame[column].to_numpy(dtype=object).tolist() for column in columns), strict=True)
    return zip(frame.index, (dict(zip(columns, row, strict=True)) for row in cells), strict=True)


def by_key(frame: pd.DataFrame, table: str) -> dict[str, Row]:
    """Return the rows of `table` by their key."""
    return {row[KEYS[table]]: row for _, row in rows(frame)}


def wrong(table: str, line: int, column: str, value: Any, fault: str, way_out: str) -> Problem:
    """Return a Problem of one cell; a number is written as in the file."""
    text = value if isinstance(value, str) else written(value)
    return Problem(f"{table}.csv", line, column, text, fault, way_out)


def written(value: float) -> str:
    """Return a number as the tables write it: plain digits, "" for NaN."""
    return "" if pd.isna(value) else np.format_float_positional(value, trim="-")
