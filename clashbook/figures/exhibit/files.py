"""The files of an exhibit, each made from the data in its bundle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import partial

import pandas as pd
from lxml import etree

from clashbook.figures import fonts
from clashbook.figures.charts import figure
from clashbook.figures.charts.style import PHONE
from clashbook.figures.exhibit.drawing import Drawing
from clashbook.figures.svg import SVG
from clashbook.language import NO_BREAK

SCHEMA = "../schemas/exhibit.json"
SLIDE, SMALL = (1920, 1080), (480, 360)
# Centimetres of a column of print, and its dots to the inch.
COLUMN, DOTS = 8.5, 400


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
        CSV; for a figure also SVG, PDF and PNG in four sizes (as drawn, for a slide, for a column
        of print, small), framed by title, note, source, date, licence and address. The same bytes
        on every run.
    """
    record = bundle["record"]
    names = record["files"]
    made = {names["csv"]: csv(frame, record, bundle["row_sources"])}
    if drawing:
        framed = partial(drawing.framed, record, f"{'. '.join(provenance)}. {record['address']}")
        drawn = framed()
        made[names["svg"]] = svg(drawing.svg(drawn)).encode()
        made[names["pdf"]] = figure.pdf(drawn, record["title"])
        made[names["png"]] = figure.png(drawn)
        slide = figure.filling(lambda width: framed(width=width), drawn, SLIDE[0] / SLIDE[1])
        made[names["slide"]] = figure.fitted(slide, *SLIDE)
        made[names["column"]] = figure.column(framed(width=PHONE), COLUMN, DOTS)
        made[names["small"]] = figure.thumbnail(drawn, *SMALL)
    return made


def svg(text: str) -> str:
    """The figure as a file that keeps its typeface wherever it goes."""
    root = etree.fromstring(text.encode())
    faces = etree.Element(f"{SVG}style")
    faces.text = fonts.embedded("".join(map(str, root.itertext())))
    root.insert(0, faces)
    return etree.tostring(root, encoding="unicode") + "\n"


def csv(frame: pd.DataFrame, record: Mapping, sources: Iterable[str]) -> bytes:
    """Exactly what is drawn, a row a mark; unit, the row's sources and the date in columns.

    Spaces that must not break a line are plain ones here: spreadsheets show the others as signs.
    """
    context = {
        "unit": "; ".join(record.get("units", [])),
        "sources": list(sources),
        "as_of": record["as_of"],
        "address": record["address"],
    }
    frame = frame.assign(
        **{name: value for name, value in context.items() if value and name not in frame}
    )
    return frame.to_csv(index=False, lineterminator="\n").replace(NO_BREAK, " ").encode()


def metadata(bundle: Mapping, made: Mapping[str, bytes]) -> bytes:
    """The record of an exhibit as JSON, with its data, their columns and each file's digest."""
    headings = dict(bundle["columns"])
    columns = [
        {"name": name, "title": headings.get(name), "type": kind}
        for name, kind in bundle["types"].items()
    ]
    content = {
        "$schema": SCHEMA,
        **bundle["record"],
        "columns": [{key: value for key, value in column.items() if value} for column in columns],
        "rows": [
            {key: value for key, value in row.items() if value not in (None, "")}
            for row in bundle["rows"]
        ],
        "digests": {name: digest(content) for name, content in sorted(made.items())},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def digest(content: bytes) -> str:
    return f"sha256-{hashlib.sha256(content).hexdigest()}"
