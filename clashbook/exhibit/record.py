"""What is told of an exhibit outside its chapter: words, address, files, citation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clashbook import citation
from clashbook.citation import Item
from clashbook.config import Config
from clashbook.exhibit.context import ExhibitError, written_out
from clashbook.exhibit.drawing import known_as, terms

# The kinds of record that an exhibit can rest on.
RECORDS = ("claims", "series", "reactions", "events")
WORDS = ("title", "subtitle", "note", "alt")
# Kind of file to the end of its name.
PICTURES = {
    **{"svg": ".svg", "pdf": ".pdf", "png": ".png"},
    **{"slide": "-slide.png", "small": "-small.png"},
}
ALWAYS = {"csv": ".csv", "json": ".json", "html": ".html"}
FOLDER = "exhibits"


def about(bundle: Mapping, numbers: Mapping[str, Any], config: Config, edition: Item) -> dict:
    """The record of an exhibit, without empty fields.

    Parameters
    ----------
    bundle : mapping
        The exhibit's part of a notebook's output.
    numbers : mapping
        Number id to the edition's number, an object or mapping with a `text`.
    config : Config
        Says where the book is published, if it is.
    edition : dict
        The edition's own CSL item (`citation.of_edition`).

    Returns
    -------
    dict
        id, kind, title, subtitle, note, alt and caption with their numbers written out; as_of,
        version, licence; sources (id and name), claims, series, reactions, events, units; address
        (in the site where it is not published), files (kind to path in the site), citation (the
        CSL item).

    Raises
    ------
    ExhibitError
        If its words refer to an unknown number; names the exhibit.
    """
    key = bundle["id"]
    try:
        words = {name: written_out(bundle[name], numbers) for name in WORDS}
    except ExhibitError as error:
        raise ExhibitError(f"exhibit {key}: {error}") from error
    kinds = PICTURES | ALWAYS if bundle["draw"] else ALWAYS
    files = {kind: f"{FOLDER}/{key}{end}" for kind, end in kinds.items()}
    url = citation.address(config, bundle["as_of"], bundle["version"], files["html"])
    item = citation.of_exhibit(edition, key, bundle["kind"], words["title"], url)
    names = zip(bundle["sources"], bundle["source_names"], strict=True)
    record = {
        "id": key,
        "kind": bundle["kind"],
        **words,
        "caption": _caption(bundle, words),
        **{name: bundle[name] for name in ("as_of", "version", "licence")},
        "sources": [{"id": source, "name": name} for source, name in names],
        **{name: bundle[name] for name in (*RECORDS, "units")},
        "address": url or files["html"],
        "files": files,
        "citation": item,
    }
    return {name: value for name, value in record.items() if value}


def _caption(bundle: Mapping, words: Mapping[str, str]) -> str:
    """Title, measure, sources, date and licence; no figure's number, since those move."""
    names = "; ".join(dict.fromkeys(bundle["source_names"]))
    parts = [
        words["title"],
        words["subtitle"],
        f"Source: {names}",
        known_as(bundle),
        terms(bundle),
    ]
    sentences = [part.rstrip(".") for part in parts if part]
    return ". ".join(sentence[0].upper() + sentence[1:] for sentence in sentences) + "."


# What every bundle has, by kind.
_TEXTS = ("id", "kind", "title", "subtitle", "note", "alt", "as_of", "version", "book", "licence")
_TEXTS += ("draw", "csv")
_LISTS = ("sources", "source_names", "units", "claims", "series", "reactions", "events", "rows")
_LISTS += ("sides",)
_HAS = {**dict.fromkeys(_TEXTS, str), **dict.fromkeys(_LISTS, list), "columns": dict, "types": dict}


def lacking(bundle: object) -> str:
    """What an exhibit must have and this has not: any cell can show what calls itself a bundle."""
    if not isinstance(bundle, dict):
        return "all that an exhibit has"
    return ", ".join(name for name, kind in _HAS.items() if not isinstance(bundle.get(name), kind))
