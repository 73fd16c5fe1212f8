"""The pictures and files of an exhibit, drawn from the CSV in its bundle."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.text import Text

from clashbook import charts
from clashbook.charts import figure, style
from clashbook.charts.style import WIDE, Side
from clashbook.exhibit.context import ExhibitError, written_out
from clashbook.svg import classed
from clashbook.wording import day_in_words


def frame_of(bundle: Mapping) -> pd.DataFrame:
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


def page_drawing(bundle: Mapping, width: float) -> str:
    """The bare plot as SVG, its colours classed and its marks titled, for `svg.page_svg`."""
    draw = getattr(charts, bundle["draw"])
    return _svg(figure.plot(draw, frame_of(bundle), width), _sides(bundle))


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
    return figure.framed(getattr(charts, bundle["draw"]), frame_of(bundle), WIDE, caption)


def pictures(bundle: Mapping, resolve: Callable[[str], str]) -> dict[str, str]:
    """The framed figure by MIME type, PNG in base64; none for a table alone."""
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
            drawn = pictures(bundle, resolve)
        made[f"{key}.svg"] = drawn["image/svg+xml"].encode()
        made[f"{key}.png"] = base64.b64decode(drawn["image/png"])
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
