"""What is shown of an exhibit outside its chapter: words, address, files, citation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from clashbook.config import Config
from clashbook.dataset import kinds
from clashbook.formats import citation
from clashbook.formats.citation import Item
from clashbook.language import day_in_words, sentence

# The kinds of record that an exhibit can rest on.
RECORDS = tuple(kind.table for kind in kinds.GROUNDS)
WORDS = ("title", "subtitle", "note", "alt")
# Kind of file to the end of its name.
PICTURES = {
    **{"svg": ".svg", "pdf": ".pdf", "png": ".png"},
    **{"slide": "-slide.png", "column": "-column.png", "small": "-small.png"},
}
SLIDE = 1920, 1080  # pixels
# What describes a CSV has the name that the W3C gave such a file (CSV on the Web).
ALWAYS = {"csv": ".csv", "csvw": ".csv-metadata.json", "json": ".json", "html": ".html"}
FOLDER = "exhibits"
FEW = 3  # sources that a line names; of more it names the first, and the metadata have all


def _schemas() -> dict[str, dict]:
    """The schemas of what programs read in the site, by their paths in it."""
    file = Path(__file__).with_name("schemas.yaml")
    schemas = yaml.safe_load(file.read_text(encoding="utf-8"))
    meanings = schemas.pop("meanings")
    return {
        path: {"$id": path, **_described(schema, meanings)}
        for path, schema in ((f"schemas/{name}.json", schema) for name, schema in schemas.items())
    }


def _described(schema: Any, meanings: Mapping[str, str]) -> Any:
    """A schema that says of each property what it holds."""
    if not isinstance(schema, dict):
        return schema
    made = {key: _described(part, meanings) for key, part in schema.items()}
    for name, part in made.get("properties", {}).items():
        made["properties"][name] = {"description": meanings.get(name, ""), **part}
    return made


SCHEMAS = _schemas()
# In a stage's `_clashbook`: what readers download of its exhibits.
FILES = "files"


def about(bundle: Mapping, words: Mapping[str, str], config: Config, edition: Item) -> dict:
    """The record of an exhibit, without empty fields.

    Parameters
    ----------
    bundle : mapping
        The exhibit's part of a notebook's output.
    words : mapping
        Its title, subtitle, note and alt with their numbers written out.
    config : Config
        Gives title and licence, and says where the book is published, if it is.
    edition : dict
        The edition's own CSL item (`citation.of_edition`).

    Returns
    -------
    dict
        id, kind, title, subtitle, note, alt, caption; as_of, version, licence; sources (id and
        name), claims, series, reactions, events, units; address (in the site where it is not
        published), files (kind to path in the site), citation (the CSL item).
    """
    key = bundle["id"]
    kinds = PICTURES | ALWAYS if bundle["kind"] == "figure" else ALWAYS
    files = {kind: f"{FOLDER}/{key}{end}" for kind, end in kinds.items()}
    url = citation.address(config, bundle["as_of"], bundle["version"], files["html"])
    item = citation.of_part(edition, key, words["title"], url, files["html"])
    names = zip(bundle["sources"], bundle["source_names"], strict=True)
    record = {
        "id": key,
        "kind": bundle["kind"],
        **words,
        "caption": _caption(bundle, words, config),
        **{name: bundle[name] for name in ("as_of", "version")},
        "licence": config.licence,
        "sources": [{"id": source, "name": name} for source, name in names],
        **{name: bundle[name] for name in (*RECORDS, "units")},
        "address": url or files["html"],
        "files": files,
        "citation": item,
    }
    return {name: value for name, value in record.items() if value}


def _caption(bundle: Mapping, words: Mapping[str, str], config: Config) -> str:
    """Title, measure, sources, date and licence; no figure's number, since those move."""
    parts = [words["title"], words["subtitle"], *provenance(bundle, config)]
    return ". ".join(sentence(part.rstrip(".")) for part in parts if part) + "."


def provenance(bundle: Mapping, config: Config) -> list[str]:
    """The sources, the edition and the licence of an exhibit, in words."""
    found = [*dict.fromkeys(bundle["source_names"])]
    names = "; ".join(found if len(found) <= FEW else found[: FEW - 1])
    names += f" and {len(found) - FEW + 1} more" if len(found) > FEW else ""
    known = f"as known on {day_in_words(bundle['as_of'])}"
    return [
        f"Source: {names}",
        f"{config.title}, data version {bundle['version']}, {known}",
        terms(config.licence, bundle["series"]),
    ]


def credit(as_of: str, version: str, licence: str) -> str:
    """What stands above an exhibit by itself, after the name of the book."""
    return f"as known on {day_in_words(as_of)}, data version {version}. {licence}."


def terms(licence: str, series: Sequence[str]) -> str:
    """The licence of our drawing and coding; a series keeps that of its provider."""
    return f"{licence}; series under their providers’ terms" if series else licence
