"""The rows of an exhibit and what describes them, for spreadsheets and programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import yaml

from clashbook.figures.exhibit.bundle import CONTEXT
from clashbook.figures.exhibit.papers import digest
from clashbook.language import NO_BREAK

SCHEMA = "../schemas/exhibit.json"
DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
# What a column of a name holds, in every exhibit that has it.
MEANINGS: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("columns.yaml").read_text(encoding="utf-8")
)


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
