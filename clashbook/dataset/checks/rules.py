"""What a rule is, and how rules are run.

A rule is a pure function from frames to problems. Its frames hold text columns as ``str`` ("" for
missing), number columns as float64 (NaN for missing) and days as ISO strings; the index is the
line in the file. It names what it reads and is handed only the rows that are sound in those
columns, so that no fault is said twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from clashbook.dataset import kinds
from clashbook.dataset.checks.problem import Problem

Frames = Mapping[str, pd.DataFrame]
Check = Callable[[Frames], Iterable[Problem]]
# A cell that is known to be wrong (table, line, column); column "" stands for the whole row.
Cell = tuple[str, int, str]

# The tables whose rows stand in a source: their id, and the column of the row they relate to.
SOURCED = {kind.table: (kind.key, kind.related) for kind in kinds.SPOKEN}


@dataclass(frozen=True)
class Rule:
    """A check, the columns that it reads by table, and whether it is of what is not there.

    That a row is absent can only be said where all rows are sound: the faulty one may be it.
    """

    check: Check
    reads: Mapping[str, list[str]]
    of_absence: bool = False

    def __call__(self, frames: Frames) -> Iterable[Problem]:
        return self.check(frames)


def rule(**reads: str) -> Callable[[Check], Rule]:
    """Make a rule of a check that reads table="column column"."""
    return lambda check: Rule(check, {table: names.split() for table, names in reads.items()})


def rule_of_absence(**reads: str) -> Callable[[Check], Rule]:
    """Make a rule, as `rule` does, of a check for what is not there."""
    return lambda check: replace(rule(**reads)(check), of_absence=True)


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
    for check in rules:
        reads = check.reads
        if all(t in frames and set(columns) <= set(frames[t]) for t, columns in reads.items()):
            sound = {t: _sound(t, frames[t], columns, faulty) for t, columns in reads.items()}
            if not check.of_absence or all(len(sound[t]) == len(frames[t]) for t in reads):
                found += check(sound)
    return found


def _sound(table: str, frame: pd.DataFrame, columns: list[str], faulty: set[Cell]) -> pd.DataFrame:
    bad = {line for name, line, column in faulty if name == table and column in {"", *columns}}
    if not bad:
        return frame[columns]
    return frame.loc[~frame.index.isin(bad), columns]


def rows(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row of `frame` as its line and a dict by column."""
    # As `to_dict("records")` has it, which takes several times as long on small frames.
    columns = list(frame.columns)
    cells = zip(*(frame[column].to_numpy(dtype=object).tolist() for column in columns), strict=True)
    return zip(frame.index, (dict(zip(columns, row, strict=True)) for row in cells), strict=True)


def wrong(table: str, line: int, column: str, value: Any, fault: str, way_out: str) -> Problem:
    """Return a Problem of one cell; a number is written as in the file."""
    text = value if isinstance(value, str) else written(value)
    return Problem(f"{table}.csv", line, column, text, fault, way_out)


def written(value: float) -> str:
    """Return a number as the tables write it: plain digits, "" for NaN."""
    return "" if pd.isna(value) else np.format_float_positional(value, trim="-")
