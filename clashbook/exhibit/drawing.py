"""The pictures and files of an exhibit, drawn from the CSV in its bundle."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping

import pandas as pd
from matplotlib.figure import Figure

from clashbook import charts
from clashbook.charts import figure, style
from clashbook.charts.style import WIDE, Side
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


def sides_in(bundle: Mapping) -> list[Side]:
    return [Side(**side) for side in bundle["sides"]]


def page_drawing(bundle: Mapping, width: float) -> str:
    """The bare plot as SVG, its colours classed and its marks titled, for `svg.page_svg`."""
    draw = getattr(charts, bundle["draw"])
    return file_svg(figure.plot(draw, frame_of(bundle), width), bundle)


def file_svg(drawn: Figure, bundle: Mapping) -> str:
    """A figure as SVG, its colours classed and its marks titled."""
    marks = drawn.findobj(lambda artist: bool(artist.get_gid()))
    titles = {mark.get_gid(): str(mark.get_label()) for mark in marks}
    return classed(figure.svg(drawn), style.tokens(sides_in(bundle)), titles)


def known_as(bundle: Mapping) -> str:
    """The edition in words: whose version of the data it is, and up to which day claims count."""
    known = f"as known on {day_in_words(bundle['as_of'])}"
    return f"{bundle['book']}, data version {bundle['version']}, {known}"


def terms(bundle: Mapping) -> str:
    """The licence of our drawing and coding; a series keeps that of its provider."""
    theirs = "; series under their providers' terms" if bundle["series"] else ""
    return f"{bundle['licence']}{theirs}"


def framed(bundle: Mapping, words: Mapping[str, str], place: str = "") -> Figure:
    """The figure within all that a pasted one must keep: title, source, date, licence, place.

    `words` are its title, subtitle and note with their numbers written out; `place` says where it
    is found: its address or its file.
    """
    names = "; ".join(dict.fromkeys(bundle["source_names"]))
    caption = figure.Caption(
        words["title"],
        words.get("subtitle", ""),
        words.get("note", ""),
        f"Source: {names}. {known_as(bundle)}. {terms(bundle)}. {place}".rstrip(),
    )
    return figure.framed(getattr(charts, bundle["draw"]), frame_of(bundle), WIDE, caption)


def pictures(bundle: Mapping, resolve: Callable[[str], str]) -> dict[str, str]:
    """The framed figure by MIME type, PNG in base64; none for a table alone."""
    if not bundle["draw"]:
        return {}
    words = {name: resolve(bundle[name]) for name in ("title", "subtitle", "note")}
    drawn = framed(bundle, words)
    return {
        "image/svg+xml": file_svg(drawn, bundle),
        "image/png": base64.b64encode(figure.png(drawn)).decode(),
    }
