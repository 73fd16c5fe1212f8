"""The drawings and files of an exhibit, each made from the data in its bundle.

What the build has drawn before, a figure of the same frame and words, is not drawn again.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd
import yaml
from lxml import etree

from clashbook import kept
from clashbook.figures import charts
from clashbook.figures.charts import Draw, figure, style
from clashbook.figures.exhibit import parameters
from clashbook.figures.exhibit.bundle import CONTEXT
from clashbook.figures.exhibit.drawing import Drawing
from clashbook.figures.exhibit.papers import Papers, digest
from clashbook.figures.svg import SVG
from clashbook.language import NO_BREAK

SCHEMA = "../schemas/exhibit.json"
DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
# What a column of a name holds, in every exhibit that has it.
MEANINGS: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("columns.yaml").read_text(encoding="utf-8")
)
# In the surroundings of a notebook that the build runs: where drawings by the same code are kept.
KEPT = "CLASHBOOK_KEPT"
Made = TypeVar("Made")
SLIDE, SMALL = (1920, 1080), (480, 360)


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


def csv(frame: pd.DataFrame, record: Mapping, sources: Iterable[str]) -> bytes:
    """Exactly what is drawn, a row a mark; unit, the row's sources and the date in columns.

    Spaces that must not break a line are plain ones here: spreadsheets show the others as signs.
    """
    context = {"sources": [*sources], **{name: record[name] for name in CONTEXT[1:]}}
    if "unit" not in frame and record.get("units"):
        context = {"unit": "; ".join(record["units"]), **context}
    frame = frame.assign(**context)
    return frame.to_csv(index=False, lineterminator="\n").replace(NO_BREAK, " ").encode()


def described(bundle: Mapping) -> list[dict[str, str]]:
    """Each column of an exhibit's CSV, in its order: its name, its head, its type, what it holds.

    A column that nobody has described yet, such as one of an analyst's own, is named by its head.
    """
    types = dict(bundle["types"])
    if bundle["record"].get("units"):
        types.setdefault("unit", "text")
    types |= dict.fromkeys(CONTEXT, "text")
    found = []
    for name, kind in types.items():
        title = bundle["columns"].get(name, "")
        words = MEANINGS.get(name) or (f"What the row says under “{title}”." if title else "")
        described = {"title": title, "type": kind, "description": words}
        found.append({"name": name, **{key: value for key, value in described.items() if value}})
    return found


def package(bundles: Iterable[Mapping]) -> dict[str, object]:
    """The tables of exhibits as a data package, which lies beside them."""
    resources = [
        {
            "name": bundle["id"],
            "type": "table",
            "path": Path(bundle["record"]["files"]["csv"]).name,
            "title": bundle["record"]["title"],
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {**column, "type": "number" if column["type"] == "number" else "string"}
                    for column in described(bundle)
                ]
            },
        }
        for bundle in bundles
    ]
    return {"$schema": DATA_PACKAGE, "name": "exhibits", "resources": resources}


def metadata(bundle: Mapping, made: Mapping[str, bytes]) -> bytes:
    """The record of an exhibit as JSON, with its data, their columns and each file's digest."""
    content = {
        "$schema": SCHEMA,
        **bundle["record"],
        "columns": described(bundle),
        "rows": [
            {key: value for key, value in row.items() if value not in (None, "")}
            for row in bundle["rows"]
        ],
        "digests": {name: digest(content) for name, content in sorted(made.items())},
    }
    return in_json(content)


def in_json(content: object) -> bytes:
    """JSON for programs, which compare words: what keeps a line together is a plain space here."""
    text = json.dumps(content, ensure_ascii=False, indent=1).replace(NO_BREAK, " ")
    return f"{text}\n".encode()
