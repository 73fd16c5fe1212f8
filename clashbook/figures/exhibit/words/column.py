"""A column of words, and how it is put beside the columns that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from clashbook.bounds import Bounds
from clashbook.dataset.tables import Dataset

ENDS = ("low", "best", "high")
STRICT = ("low_strict", "high_strict")
Row = Mapping[str, Any]
Words = Callable[[Dataset, pd.DataFrame], Iterable[object]]


@dataclass(frozen=True)
class Column:
    """A column of words.

    Parameters
    ----------
    name : str
        Its name.
    of : tuple of str
        The columns that a frame must have for it; it stands after the last of them.
    words : callable
        ``words(data, frame)`` gives its cells, one a row.
    wanted : callable
        Whether it is of use to a frame that has the columns.
    """

    name: str
    of: tuple[str, ...]
    words: Words
    wanted: Callable[[pd.DataFrame], bool] = lambda frame: True

    def is_of(self, frame: pd.DataFrame) -> bool:
        """Whether it can be made of the frame, and the frame brings none of its own."""
        return self.name not in frame and {*self.of} <= {*frame} and self.wanted(frame)

    def put(self, data: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
        cells = list(self.words(data, frame))
        place = max(list(frame.columns).index(name) for name in self.of) + 1
        frame = frame.copy()
        frame.insert(place, self.name, pd.Series(cells, frame.index, dtype=object).infer_objects())
        return frame


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, a missing value as None."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def by_row(words: Callable[[Dataset, Row], object]) -> Words:
    """Words that a row has by itself."""
    return lambda data, frame: [words(data, row) for row in rows_of(frame)]


def name_of(column: str, empty: str = "") -> Words:
    """The names of the actors of a column; `empty` is the actor meant where there is no id."""
    return by_row(lambda data, row: data.names.get(row[column] or empty, row[column]))


def cell_of(table: str, column: str, key: str) -> Words:
    """A column of a table, in the rows whose ids stand in another; "" where there is no id."""
    return by_row(lambda data, row: data.rows[table][row[key]][column] if row[key] else "")


def bounds_of(row: Row) -> Bounds:
    """The bounds of a row: its ends, and whether they are excluded, by columns or by qualifier."""
    strict = {name: bool(row.get(name)) for name in STRICT}
    strict["low_strict"] |= row.get("qualifier") == "more_than"
    return Bounds(low=row["low"], best=row["best"], high=row["high"], **strict)
