"""What leaves a notebook of an exhibit: one display bundle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from clashbook.dataset import kinds
from clashbook.dataset.tables import Dataset

MIME = "application/vnd.clashbook.exhibit+json"
# Columns of a frame whose cells are ids, and the table that knows those ids' sources.
GROUNDS = {kind.table: kind.table for kind in kinds.GROUNDS} | {kinds.SERIES.key: "series"}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ExhibitError(ValueError):
    """An exhibit lacks what it must have, or refers to what does not exist; names the exhibit."""


@dataclass(frozen=True)
class Exhibit:
    """What a notebook shows: `bundle` for the book, pictures for JupyterLab."""

    bundle: dict[str, Any]
    title: str = ""
    words: str = ""
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
    named = list(sources) if sources is not None else _sources(data, frame)
    known = data.sources.set_index("source_id")
    # An early edition does not know the later ones of a list of sources yet.
    named = [source for source in named if source in known.index]
    if not named:
        raise ExhibitError(f"exhibit {id}: no sources; name them, or give the frame claims")
    return {
        **{"id": id, "kind": kind, **texts},
        "sources": named,
        "source_names": [str(known.publisher[source]) for source in named],
        "as_of": data.as_of,
        "version": data.version,
        "columns": columns,
        "rows": _rows(frame),
        "claims": _ids(frame, "claims"),
        "series": _ids(frame, "series_id" if "series_id" in frame else "series"),
        "reactions": _ids(frame, "reactions"),
        "events": _ids(frame, "events"),
        "units": _units(data, frame),
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
    found = [fault for fault, present in faults.items() if present]
    if found:
        raise ExhibitError(f"exhibit {id}: {'; '.join(found)}")


def _rows(frame: pd.DataFrame) -> list[dict]:
    """The frame's rows with JSON's own types; `series` names the series that a row rests on."""
    if "series_id" in frame:
        frame = frame.assign(series=frame["series_id"])
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _ids(frame: pd.DataFrame, column: str) -> list[str]:
    if column not in frame:
        return []
    return sorted({name for cell in frame[column].dropna() for name in str(cell).split()})


def _units(data: Dataset, frame: pd.DataFrame) -> list[str]:
    """The units of the claims and series that the frame's rows rest on."""
    found = {
        unit
        for column in ("claims", "series_id", "series")
        for unit in _records(data, frame, column).get("unit", [])
    }
    return sorted(found)


def _records(data: Dataset, frame: pd.DataFrame, column: str) -> pd.DataFrame:
    records = data.tables[GROUNDS[column]]
    return records[records.iloc[:, 0].isin(_ids(frame, column))]


def _sources(data: Dataset, frame: pd.DataFrame) -> list[str]:
    """Ids of the sources of every record that the frame's rows name, in the order of the table."""
    found = set(frame["source_id"]) if "source_id" in frame else set()
    for column in GROUNDS:
        found |= set(_records(data, frame, column).source_id)
    return [source for source in data.sources.source_id if source in found]


# What every bundle has, by kind.
_TEXTS = (
    "id",
    "kind",
    "title",
    "subtitle",
    "note",
    "alt",
    "as_of",
    "version",
    "svg_wide",
    "svg_phone",
)
_LISTS = ("sources", "source_names", "units", "rows", *(kind.table for kind in kinds.GROUNDS))
_MAPPINGS = ("columns", "types", "record", "files")
_HAS = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(_LISTS, list),
    **dict.fromkeys(_MAPPINGS, dict),
}


def lacking(bundle: object) -> str:
    """What an exhibit must have and this has not: any cell can show what calls itself a bundle."""
    if not isinstance(bundle, dict):
        return "all that an exhibit has"
    return ", ".join(name for name, kind in _HAS.items() if not isinstance(bundle.get(name), kind))
