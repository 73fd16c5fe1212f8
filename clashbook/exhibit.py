"""An exhibit: a figure or table with its files, caption, sources and address.

`exhibit` gives its frame, and nothing else, to the drawing function and writes the same frame as
CSV, so that a figure cannot show what its data do not hold. What leaves the notebook is one display
bundle; `files` makes the files to download from it, drawn anew from that CSV, with the numbers of
the edition in its words.
"""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.text import Text

from clashbook import charts
from clashbook.charts import figure, style
from clashbook.charts.style import PHONE, WIDE, Side
from clashbook.config import Config
from clashbook.dataset import Dataset
from clashbook.numbers import REFERENCE, day_in_words
from clashbook.svg import classed

MIME = "application/vnd.clashbook.exhibit+json"
KINDS = ("figure", "table")
# Columns of a frame whose cells are ids, and the table that knows those ids' sources.
GROUNDS = {"claims": "claims", "series_id": "series", "series": "series", "reactions": "reactions"}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ExhibitError(ValueError):
    """An exhibit lacks what it must have, or refers to what does not exist; names the exhibit."""


@dataclass
class Context:
    """What exhibits of one notebook share."""

    data: Dataset
    sides: list[Side]
    licence: str
    resolve: Callable[[str], str]


_context: list[Context] = []


def sides_of(data: Dataset, config: Config) -> list[Side]:
    """How the parties are drawn: names and order from the data, colours and shapes from settings.

    Raises
    ------
    ExhibitError
        If a belligerent has no colour.
    """
    missing = [party for party in data.parties() if party not in config.parties]
    if missing:
        raise ExhibitError(f"no colour for {', '.join(missing)}; add it to parties in _config.yml")
    drawn = [config.parties[party] for party in data.parties()]
    return [
        Side(party.id, data.name(party.id), party.colour, party.colour_dark, party.marker)
        for party in drawn
    ]


def palette_css(config: Config) -> str:
    """The style sheet of all figures, light and dark; see `charts.style.palette_css`."""
    return style.palette_css(
        Side(party.id, "", party.colour, party.colour_dark, party.marker)
        for party in config.parties.values()
    )


def use(
    data: Dataset,
    config: Config,
    numbers: Mapping[str, Any] | None = None,
    *,
    resolve: Callable[[str], str] | None = None,
) -> None:
    """Set the data, the settings and the numbers that the exhibits of a notebook rest on.

    Parameters
    ----------
    data : Dataset
        Gives the as-of date, the names of parties and the sources.
    config : Config
        Gives the parties' colours and shapes, and the licence.
    numbers : mapping, optional
        Number id to an object with a `text`; writes out references in the pictures.
    resolve : callable, optional
        Does the same from text to text. Without either, references stay as they are.
    """
    if resolve is None and numbers is not None:
        resolve = lambda text: written_out(text, numbers)  # noqa: E731
    sides = sides_of(data, config)
    style.use(sides)
    _context[:] = [Context(data, sides, config.licence, resolve or str)]


def written_out(text: str, numbers: Mapping[str, Any]) -> str:
    """A text with the words of each number that it refers to.

    Raises
    ------
    ExhibitError
        If there is no such number.
    """

    def words(found: re.Match) -> str:
        if found[1] not in numbers:
            raise ExhibitError(f"no number {found[1]}; declare it, or correct the reference")
        number = numbers[found[1]]
        return number["text"] if isinstance(number, Mapping) else number.text

    return REFERENCE.sub(words, text)


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
        claims, reactions, series_id or series.
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
    if not _context:
        raise ExhibitError(
            f"exhibit {id}: no data to rest on; call exhibit.use(data, config) first"
        )
    context = _context[0]
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
        "source_names": list(dict.fromkeys(known.publisher[source] for source in named)),
        "as_of": context.data.as_of,
        "version": context.data.version,
        "licence": context.licence,
        "columns": columns,
        "rows": _rows(frame),
        "claims": _ids(frame, "claims"),
        "series": _ids(frame, "series_id" if "series_id" in frame else "series"),
        "csv": frame.to_csv(index=False, lineterminator="\n"),
        "types": {name: str(dtype) for name, dtype in frame.dtypes.items()},
        "draw": draw.__name__ if draw else "",
        "sides": [asdict(side) for side in context.sides],
    }
    for width, pixels in (("wide", WIDE), ("phone", PHONE)):
        bundle[f"svg_{width}"] = _page_drawing(bundle, pixels) if draw else ""
    finding = context.resolve(title)
    words = f"{finding}\n{frame.to_string()}" if draw is None else finding
    return Exhibit(bundle, finding, words, _pictures(bundle, context.resolve))


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


def _sources(data: Dataset, frame: pd.DataFrame) -> list[str]:
    """Ids of the sources of every record that the frame's rows name, in the order of the table."""
    found = set(frame["source_id"]) if "source_id" in frame else set()
    for column, table in GROUNDS.items():
        records = data.tables[table]
        found |= set(records.source_id[records.iloc[:, 0].isin(_ids(frame, column))])
    return [source for source in data.sources.source_id if source in found]


def _frame(bundle: Mapping) -> pd.DataFrame:
    """The frame, read back from its CSV."""
    types = bundle["types"]
    numeric = [name for name, dtype in types.items() if dtype.startswith(("float", "int"))]
    # Only a number can be missing: "NA" and "None" are words like any other.
    return pd.read_csv(
        io.StringIO(bundle["csv"]),
        dtype={
            name: dtype if name in numeric or dtype == "bool" else str
            for name, dtype in types.items()
        },
        keep_default_na=False,
        na_values={name: [""] for name in numeric},
    )


def _sides(bundle: Mapping) -> list[Side]:
    return [Side(**side) for side in bundle["sides"]]


def _page_drawing(bundle: Mapping, width: float) -> str:
    draw = getattr(charts, bundle["draw"])
    return _svg(figure.plot(draw, _frame(bundle), width), _sides(bundle))


def _svg(drawn: Figure, sides: list[Side]) -> str:
    marks = drawn.findobj(lambda artist: isinstance(artist, AnnotationBbox | Text))
    titles = {mark.get_gid(): str(mark.get_label()) for mark in marks if mark.get_gid()}
    return classed(figure.svg(drawn), style.tokens(sides), titles)


def _framed(bundle: Mapping, resolve: Callable[[str], str]) -> Figure:
    names = "; ".join(bundle["source_names"])
    known = f"As known on {day_in_words(bundle['as_of'])}."
    version = f", data version {bundle['version']}" if bundle["version"] else ""
    caption = figure.Caption(
        resolve(bundle["title"]),
        resolve(bundle["subtitle"]),
        resolve(bundle["note"]),
        f"Source: {names}{version}. {known} {bundle['licence']}.",
    )
    return figure.framed(getattr(charts, bundle["draw"]), _frame(bundle), WIDE, caption)


def _pictures(bundle: Mapping, resolve: Callable[[str], str]) -> dict[str, str]:
    if not bundle["draw"]:
        return {}
    drawn = _framed(bundle, resolve)
    return {
        "image/svg+xml": _svg(drawn, _sides(bundle)),
        "image/png": base64.b64encode(figure.png(drawn)).decode(),
    }


def files(bundle: dict, numbers: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of an exhibit to download: name to content, the same bytes on every run.

    Parameters
    ----------
    bundle : dict
        The exhibit's part of a notebook's output (`MIME`).
    numbers : mapping
        Number id to the edition's number, an object or mapping with a `text`.

    Returns
    -------
    dict of str to bytes
        `<id>.csv` and `<id>.json`; for a figure also `<id>.svg` and `<id>.png`, framed by title,
        note and source.

    Raises
    ------
    ExhibitError
        If its words refer to an unknown number.
    """
    key = bundle["id"]

    def resolve(text: str) -> str:
        try:
            return written_out(text, numbers)
        except ExhibitError as error:
            raise ExhibitError(f"exhibit {key}: {error}") from error

    made = {f"{key}.csv": bundle["csv"].encode()}
    if bundle["draw"]:
        with style.using(_sides(bundle)):
            pictures = _pictures(bundle, resolve)
        made[f"{key}.svg"] = pictures["image/svg+xml"].encode()
        made[f"{key}.png"] = base64.b64decode(pictures["image/png"])
    made[f"{key}.json"] = _metadata(bundle, resolve, [*made, f"{key}.json"])
    return made


def _metadata(bundle: Mapping, resolve: Callable[[str], str], names: list[str]) -> bytes:
    """What a program needs to know of an exhibit; without empty fields, without the drawings."""
    words = {name: resolve(bundle[name]) for name in ("title", "subtitle", "note", "alt")}
    kept = ("id", "kind", *words, "sources", "as_of", "version", "licence", "columns", "rows")
    content = {name: (bundle | words)[name] for name in (*kept, "claims", "series")}
    content["files"] = {name.rpartition(".")[2]: name for name in names}
    content = {name: value for name, value in content.items() if value}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
