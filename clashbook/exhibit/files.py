"""The files of an exhibit, each made from the data in its bundle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from lxml import etree
from matplotlib.figure import Figure

from clashbook import fonts
from clashbook.charts import figure, style
from clashbook.exhibit.drawing import file_svg, frame_of, framed, sides_in
from clashbook.svg import SVG
from clashbook.wording import NO_BREAK

SCHEMA = "../schemas/exhibit.json"
SLIDE, SMALL = (1920, 1080), (480, 360)


def files(bundle: Mapping, record: Mapping) -> dict[str, bytes]:
    """The files of an exhibit to download, its page apart: path in the site to content.

    Parameters
    ----------
    bundle : mapping
        The exhibit's part of a notebook's output (`MIME`).
    record : mapping
        What `about` says of it.

    Returns
    -------
    dict of str to bytes
        CSV and JSON; for a figure also SVG, PDF and PNG in three sizes, framed by title, note,
        source, date, licence and address. The same bytes on every run.
    """
    names = record["files"]
    made = {names["csv"]: csv(bundle, record)}
    if bundle["draw"]:
        with style.using(sides_in(bundle)):
            drawn = framed(bundle, record, record["address"])
            made[names["svg"]] = svg(drawn, bundle).encode()
            made[names["pdf"]] = figure.pdf(drawn, record["title"])
            made[names["png"]] = figure.png(drawn)
            made[names["slide"]] = figure.fitted(drawn, *SLIDE)
            made[names["small"]] = figure.thumbnail(drawn, *SMALL)
    made[names["json"]] = _json(bundle, record, made)
    return made


def svg(drawn: Figure, bundle: Mapping) -> str:
    """The figure as a file that keeps its typeface wherever it goes."""
    text = file_svg(drawn, bundle)
    root = etree.fromstring(text.encode())
    faces = etree.Element(f"{SVG}style")
    faces.text = fonts.embedded("".join(root.itertext()))
    root.insert(0, faces)
    return etree.tostring(root, encoding="unicode") + "\n"


def csv(bundle: Mapping, record: Mapping) -> bytes:
    """Exactly what is drawn, a row a mark; unit, sources and date in columns of their own.

    Spaces that must not break a line are plain ones here: spreadsheets show the others as signs.
    """
    frame = frame_of(bundle)
    context = {
        "unit": "; ".join(record.get("units", [])),
        "sources": " ".join(source["id"] for source in record["sources"]),
        "as_of": record["as_of"],
        "address": record["address"],
    }
    frame = frame.assign(
        **{name: value for name, value in context.items() if value and name not in frame}
    )
    return frame.to_csv(index=False, lineterminator="\n").replace(NO_BREAK, " ").encode()


def _json(bundle: Mapping, record: Mapping, made: Mapping[str, bytes]) -> bytes:
    """The record, with the data, their columns and the digest of each file."""
    frame = frame_of(bundle)
    headings = dict(bundle["columns"])
    kinds = {name: "number" if frame[name].dtype.kind in "fi" else "text" for name in frame}
    columns = [{"name": name, "title": headings.get(name), "type": kinds[name]} for name in frame]
    content = {
        "$schema": SCHEMA,
        **record,
        "columns": [{key: value for key, value in each.items() if value} for each in columns],
        "rows": [
            {key: value for key, value in row.items() if value not in (None, "")}
            for row in bundle["rows"]
        ],
        "digests": {name: digest(content) for name, content in sorted(made.items())},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def digest(content: bytes) -> str:
    return f"sha256-{hashlib.sha256(content).hexdigest()}"
