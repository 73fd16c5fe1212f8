"""An exhibit: a figure or table with its files, caption, sources and address.

`exhibit` gives its frame, and nothing else, to the drawing function and writes the same frame as
CSV, so that a figure cannot show what its data do not hold. What leaves the notebook is one display
bundle; `files` makes the files to download from it, drawn anew from that CSV, with the numbers of
the edition in its words.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from clashbook import charts
from clashbook.charts.style import PHONE, WIDE
from clashbook.dataset import Dataset
from clashbook.exhibit.context import ExhibitError, current, palette_css, sides_of, use
from clashbook.exhibit.drawing import page_drawing, pictures
from clashbook.exhibit.files import SLIDE, digest, files
from clashbook.exhibit.record import FOLDER, PICTURES, RECORDS, about, lacking
from clashbook.exhibit.schemas import SCHEMAS
from clashbook.numbers import UnknownNumberError
from clashbook.wording import day_in_words

__all__ = [
    "FOLDER",
    "MIME",
    "PICTURES",
    "RECORDS",
    "SCHEMAS",
    "SLIDE",
    "UNSEEN",
    "Exhibit",
    "ExhibitError",
    "about",
    "digest",
    "exhibit",
    "files",
    "lacking",
    "palette_css",
    "sides_of",
    "use",
]

# Set where the build runs a notebook: no page shows the pictures that JupyterLab shows.
UNSEEN = "CLASHBOOK_UNSEEN"
MIME = "application/vnd.clashbook.exhibit+json"
KINDS = ("figure", "table")
# Columns of a frame whose cells are ids, and the table that knows those ids' sources.
GROUNDS = {
    **{"claims": "claims", "series_id": "series", "series": "series"},
    **{"reactions": "reactions", "events": "events"},
}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Exhibit:
    """What a notebook shows: `bundle` for the book, pictures for JupyterLab."""

    bundle: dict
    title: str = ""
    words: str = ""
    pictures: dict[str, str] = field(default_factory=dict)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        shown = {"text/plain": self.words, **self.pictures}
        return {MIME: self.bundle, **shown} if self.bundle else shown

    def __repr__(self) -> str:
        return self.words


def exhibit(
    id: str,
    draw: charts.Draw | None,
    frame: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    alt: str,
    sources: Iterable[str] | None = None,
    kind: str = "figure",
    columns: Mapping[str, str] | None = None,
) -> Exhibit:
    """Make an exhibit of a frame.

    Parameters
    ----------
    id : str
        Its address: lower-case letters, figures and hyphens; never used for another.
    draw : callable or None
        A function of `clashbook.charts`; None for a table alone.
    frame : DataFrame
        Exactly what is drawn and listed. Ids of records stand space-separated in the columns
        claims, reactions, events, series_id or series.
    title, subtitle, note, alt : str
        May refer to numbers; the references stay as they are in the bundle.
    sources : iterable of str, optional
        Source ids; by default those of the records that the rows rest on.
    kind : {"figure", "table"}
    columns : mapping of str to str, optional
        Columns of the table beneath, in order, and their headings; by default all but ids.

    Returns
    -------
    Exhibit
        For an empty frame one that says so in words, and is no part of the book.

    Raises
    ------
    ExhibitError
        If something above is missing or unknown.
    """
    context = current(id)
    columns = dict(columns or {name: _heading(name) for name in frame if name not in GROUNDS})
    _check(id, draw, frame, title, alt, kind, columns)
    if frame.empty:
        return Exhibit({}, words=f"Nothing reported by {day_in_words(context.data.as_of)}.")
    named = list(sources) if sources is not None else _sources(context.data, frame)
    known = context.data.sources.set_index("source_id")
    # An early edition does not know the later ones of a list of sources yet.
    named = [source for source in named if source in known.index]
    if not named:
        raise ExhibitError(f"exhibit {id}: no sources; name them, or give the frame claims")
    bundle = {
        **{"id": id, "kind": kind, "title": title, "subtitle": subtitle, "note": note, "alt": alt},
        "sources": named,
        "source_names": [str(known.publisher[source]) for source in named],
        "as_of": context.data.as_of,
        "version": context.data.version,
        "book": context.book,
        "licence": context.licence,
        "columns": columns,
        "rows": _rows(frame),
        "claims": _ids(frame, "claims"),
        "series": _ids(frame, "series_id" if "series_id" in frame else "series"),
        "reactions": _ids(frame, "reactions"),
        "events": _ids(frame, "events"),
        "units": _units(context.data, frame),
        "csv": frame.to_csv(index=False, lineterminator="\n"),
        "types": {name: str(dtype) for name, dtype in frame.dtypes.items()},
        "draw": draw.__name__ if draw else "",
        "sides": [asdict(side) for side in context.sides],
    }
    for width, pixels in (("wide", WIDE), ("phone", PHONE)):
        bundle[f"svg_{width}"] = page_drawing(bundle, pixels) if draw else ""
    try:
        finding = context.resolve(title)
        shown = {} if os.environ.get(UNSEEN) else pictures(bundle, context.resolve)
    except (UnknownNumberError, ExhibitError) as error:
        raise ExhibitError(f"exhibit {id}: {error.args[0]}") from error
    words = f"{finding}\n{frame.to_string()}" if draw is None else finding
    return Exhibit(bundle, finding, words, shown)


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _check(id, draw, frame, title, alt, kind, columns) -> None:
    faults = {
        "its id is not lower-case letters, figures and hyphens": not _ID.fullmatch(id),
        "no title": not title.strip(),
        "no text alternative (alt)": not alt.strip(),
        f"kind {kind!r}; write figure or table": kind not in KINDS,
        "a figure needs a drawing function": kind == "figure" and draw is None,
        # The files are drawn from the bundle, where a function is known by its name alone.
        "its drawing function is not one of clashbook.charts": draw is not None
        and getattr(charts, getattr(draw, "__name__", ""), None) is not draw,
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
