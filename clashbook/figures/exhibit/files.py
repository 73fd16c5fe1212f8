"""The drawings and files of an exhibit, each made from the data in its bundle.

What the build has drawn before, a figure of the same frame and words, is not drawn again.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd
from lxml import etree

from clashbook import kept
from clashbook.figures import charts
from clashbook.figures.charts import Draw, figure, style
from clashbook.figures.exhibit import parameters
from clashbook.figures.exhibit.drawing import Drawing
from clashbook.figures.exhibit.papers import Papers
from clashbook.figures.exhibit.record import SLIDE
from clashbook.figures.exhibit.rows import csv, described
from clashbook.figures.svg import SVG

# In the surroundings of a notebook that the build runs: where drawings by the same code are kept.
KEPT = "CLASHBOOK_KEPT"
Made = TypeVar("Made")
SMALL = 480, 360


def parts(
    made: Mapping, frame: pd.DataFrame, drawing: Drawing | None, provenance: list[str]
) -> dict[str, object]:
    """What of an exhibit takes long: its drawings for the page, and its files to download."""

    def for_page(width: float) -> str:
        # It has no words of the edition: another day with the same frame has the same.
        if not drawing:
            return ""
        words, make = [width, drawing.sides], partial(drawing.for_page, width)
        return once(drawing.draw, frame, words, make)

    def make() -> dict[str, object]:
        content = files(made, frame, drawing, provenance)
        return {
            "svg_wide": for_page(style.WIDE),
            "svg_phone": for_page(style.PHONE),
            "files": {name: base64.b64encode(file).decode() for name, file in content.items()},
        }

    if not drawing:
        return make()
    return once(drawing.draw, frame, [made, provenance, drawing.sides], make)


def once(
    draw: Draw, frame: pd.DataFrame, words: Sequence[object], make: Callable[[], Made]
) -> Made:
    """What `make` gives for a frame and words, or gave for the same in an earlier build.

    Only of the book's own charts: another function may draw what is in no frame. Whatever the
    notebook has run so far counts too, since it may have changed how they draw.
    """
    folder = os.environ.get(KEPT)
    if not folder or not any(draw is known for known in vars(charts).values()):
        return make()
    cells = frame.to_dict("split"), [str(kind) for kind in frame.dtypes], frame.attrs
    return kept.once(Path(folder), [draw.__name__, cells, words, parameters.own_cells()], make)


def files(
    bundle: Mapping, frame: pd.DataFrame, drawing: Drawing | None, provenance: Iterable[str]
) -> dict[str, bytes]:
    """The files of an exhibit to download, its page apart: path in the site to content.

    Parameters
    ----------
    bundle : mapping
        The exhibit with its `record`.
    frame : DataFrame
        What is drawn and listed.
    drawing : Drawing or None
        None for a table alone.
    provenance : iterable of str
        Sources, edition and licence, in words.

    Returns
    -------
    dict of str to bytes
        CSV, and beside it what says so; for a figure also SVG, PDF and PNG in four sizes (as drawn,
        for a slide, for print, small), framed by title, note, source, date, licence,
        address and code. Each carries its papers. The same bytes on every run.
    """
    record = bundle["record"]
    names = record["files"]
    table = csv(frame, record, bundle["row_sources"])
    papers = Papers.of(record, table)
    described_by = papers.csvw(names["csv"], described(bundle))
    made = {names["csv"]: table, names["csvw"]: described_by}
    if drawing:
        framed = partial(drawing.framed, record, f"{'. '.join(provenance)}. {papers.printed}")
        drawn, info = framed(), papers.png()
        made[names["svg"]] = svg(drawing.svg(drawn, outlined=True), papers).encode()
        made[names["pdf"]] = figure.pdf(drawn, papers.pdf(), papers.xmp())
        made[names["png"]] = figure.png(drawn, info)
        slide = figure.filling(lambda width: framed(width=width), drawn, SLIDE[0] / SLIDE[1])
        made[names["slide"]] = figure.fitted(slide, *SLIDE, info)
        made[names["column"]] = figure.printed(framed(width=style.PHONE), drawn, info)
        # A page shows many of these.
        made[names["small"]] = figure.thumbnail(
            made[names["png"]], *SMALL, papers.png(packet=False)
        )
    return made


def svg(text: str, papers: Papers) -> str:
    """The figure as a file that looks the same wherever it goes, and says what it is."""
    root = etree.fromstring(text.encode())
    for unwanted in root.findall(f"{SVG}metadata"):
        root.remove(unwanted)
    texts = {"title": papers.title, "desc": f"{papers.description} Source: {papers.source}"}
    for place, (name, words) in enumerate(texts.items()):
        element = etree.Element(f"{SVG}{name}", id=name)
        element.text = words
        root.insert(place, element)
    described = etree.Element(f"{SVG}metadata")
    described.append(papers.rdf())
    root.insert(len(texts), described)
    root.attrib.update({"role": "img", "aria-labelledby": "title desc"})
    return etree.tostring(root, encoding="unicode") + "\n"
