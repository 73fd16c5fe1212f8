"""What leaves a notebook of an exhibit: one display bundle."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pandas as pd

from clashbook.dataset import kinds
from clashbook.dataset.tables import Dataset
from clashbook.figures.exhibit.record import RECORDS
from clashbook.figures.exhibit.words.column import rows_of
from clashbook.files import RefusedError

MIME = "application/vnd.clashbook.exhibit+json"
# Columns of a frame whose cells are ids, and the table that knows those ids' sources.
GROUNDS = {table: table for table in RECORDS} | {kinds.SERIES.key: "series"}
CONTEXT = ("sources", "as_of", "address")  # columns that an exhibit's CSV has besides its frame's
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ExhibitError(RefusedError):
    """An exhibit lacks what it must have, or refers to what does not exist; names the exhibit."""


@dataclass(frozen=True)
class Exhibit:
    """What a notebook shows: `bundle` for the book, words and pictures for JupyterLab."""

    bundle: dict[str, Any]
    words: str
    title: str = ""
    pictures: dict[str, str] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        shown = {"text/plain": self.words, **self.pictures}
        return {MIME: self.bundle, **shown} if self.bundle else shown

    def __repr__(self) -> str:
        return self.words


def made(
    data: Dataset,
    id: str,
    frame: pd.DataFrame,
    kind: str,
    texts: Mapping[str, str],
    sources: Iterable[str] | None,
    columns: Mapping[str, str] | None,
) -> dict[str, Any]:
    """What the pages need of an exhibit, its drawing and files apart; see `Book.figure`.

    `texts` are its title, subtitle, note and alt.

    Returns
    -------
    dict
        Of JSON's own types, the words with their references as they are. Empty for an empty frame.

    Raises
    ------
    ExhibitError
        If something is missing or unknown.
    """
    shown = (str(name) for name in frame if name not in GROUNDS)
    columns = dict(columns or {name: name.replace("_", " ").capitalize() for name in shown})
    _check(id, frame, texts, columns)
    if frame.empty:
        return {}
    ids = {column: _ids(frame, column) for column in GROUNDS}
    records = [_records(data, column, named) for column, named in ids.items()]
    if sources is None:
        # Those that most of it rests on come first.
        used = Counter(chain(frame.get("source_id", ()), *(rows.source_id for rows in records)))
        known = (source for source in data.sources.source_id if source in used)
        sources = sorted(known, key=lambda source: -used[source])
    # An early edition does not know the later ones of a list of sources yet.
    publishers = dict(zip(data.sources.source_id, data.sources.publisher, strict=True))
    named = [source for source in sources if source in publishers]
    if not named:
        raise ExhibitError(f"exhibit {id}: no sources; name them, or give the frame claims")
    return {
        **{"id": id, "kind": kind, **texts},
        "sources": named,
        "source_names": [publishers[source] for source in named],
        "as_of": data.as_of,
        "version": data.version,
        "columns": columns,
        "rows": _rows(frame),
        "row_sources": _row_sources(frame, records) or [" ".join(named)] * len(frame),
        **{table: ids[table] for table in RECORDS},
        "series": ids["series_id"] or ids["series"],
        "units": sorted({unit for rows in records for unit in rows.get("unit", ())}),
        "types": {
            name: "number" if dtype.kind in "fi" else "text" for name, dtype in frame.dtypes.items()
        },
    }


def _check(id: str, frame: pd.DataFrame, texts: Mapping[str, str], columns: Iterable[str]) -> None:
    faults = {
        "its id is not lower-case letters, figures and hyphens": not _ID.fullmatch(id),
        "no title": not texts["title"].strip(),
        "no text alternative (alt)": not texts["alt"].strip(),
    }
    faults |= {f"no column {name!r} in its frame": name not in frame for name in columns}
    faults |= {f"a column {name!r}, which every CSV has": name in frame for name in CONTEXT}
    found = [fault for fault, present in faults.items() if present]
    if found:
        raise ExhibitError(f"exhibit {id}: {'; '.join(found)}")


def _rows(frame: pd.DataFrame) -> list[dict]:
    """The frame's rows with JSON's own types; `series` names the series that a row rests on."""
    if "series_id" in frame:
        frame = frame.assign(series=frame["series_id"])
    return [{name: _plain(cell) for name, cell in row.items()} for row in rows_of(frame)]


def _row_sources(frame: pd.DataFrame, records: list[pd.DataFrame]) -> list[str]:
    """The ids of the sources of each row, by what it rests on; [] where no row names any."""
    known = {key: key for key in frame.get("source_id", ())}
    for rows in records:
        known |= dict(zip(rows.iloc[:, 0], rows.source_id, strict=True))
    columns = frame[[name for name in (*GROUNDS, "source_id") if name in frame]].fillna("")
    cells = (" ".join(map(str, row)).split() for row in columns.itertuples(index=False))
    found = [" ".join(dict.fromkeys(known[key] for key in ids if key in known)) for ids in cells]
    return found if any(found) else []


def _plain(cell: object) -> object:
    """A whole number without its decimals."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _ids(frame: pd.DataFrame, column: str) -> list[str]:
    cells = frame[column].dropna() if column in frame else ()
    return sorted({name for cell in cells for name in str(cell).split()})


def _records(data: Dataset, column: str, ids: list[str]) -> pd.DataFrame:
    """The rows of the table that a column of ids is of."""
    records = data.tables[GROUNDS[column]]
    return records[records.iloc[:, 0].isin(ids)]
