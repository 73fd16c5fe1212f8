"""The words of a frame, made from the columns that are drawn.

An analysis gives numbers and ids. Each entry of `COLUMNS` makes one column of words from some of
them, so that a changed value or month changes its mark, its row of the table and the CSV together.
A column of words that a frame brings itself stays as it is. A new column of words is one entry.
"""

from __future__ import annotations

import pandas as pd

from clashbook.dataset import attribution
from clashbook.dataset.tables import Dataset
from clashbook.figures.exhibit.words import acts, economy, people
from clashbook.figures.exhibit.words.column import Column, Row, Words, by_row

# The columns of ids that say what a row rests on, but for that of a series.
GROUNDS = ("claims", "reactions", "events")


def put(data: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every column of words that can be made of it."""
    frame = people.with_firmness(frame)
    for column in COLUMNS:
        if column.is_of(frame):
            frame = column.put(data, frame)
    return frame


def _attributed(name: str) -> Words:
    def words(data: Dataset, row: Row) -> str:
        for table in GROUNDS:
            if ids := str(row.get(table) or "").split():
                return attribution.of_records(data, table, ids)[name]
        return attribution.of_series(data, row["series_id"])[name] if row.get("series_id") else ""

    return by_row(words)


# What is drawn, a figure, a stance or a place, and the ids of what it rests on.
DRAWN = (
    *(("low", "claims"), ("value", "claims"), ("low", "series_id"), ("value", "series_id")),
    *(("toward_name", "reactions"), ("happened", "events")),
)
STATED = [("claimant", ids) for ids in (*GROUNDS, "series_id")]
COLUMNS = (
    *people.NAMES,
    *economy.COLUMNS,
    *people.COLUMNS,
    *acts.COLUMNS,
    *(Column("claimant", of, _attributed("claimant")) for of in DRAWN),
    *(Column("stated", of, _attributed("stated")) for of in STATED),
)
