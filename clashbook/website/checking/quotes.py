"""The table of what can be quoted: numbers and claims with what tells them, and the patterns.

::

    quotes.json             what this edition has
    editions/quotes.json    the same of all states that are published, each quote once

Beside each lies the same as a script: a page that was opened as a file may fetch nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from clashbook.dataset.tables import Dataset
from clashbook.files import read_json, write_whole
from clashbook.formats import styled
from clashbook.formats.citation import Item
from clashbook.pages import sentences
from clashbook.pages.facts import Edition
from clashbook.website.checking import claims, numbers, patterns
from clashbook.website.checking.judging import Reader

NAME, SCRIPT = "quotes.json", "quotes.js"
Table = dict
# What stands in a reference for what is cited.
TITLE = "{title}"


def of(edition: Edition, data: Dataset, items: Mapping[str, Item]) -> Table:
    """The table of an edition.

    Parameters
    ----------
    edition : Edition
        What its pages are told.
    data : Dataset
        Its data, which are counted as of each day on which a claim was new.
    items : mapping of dict
        The CSL items of its numbers and claims by id, and its own by "".

    Returns
    -------
    dict
        ``states`` (as_of, version, path, ``base``, its address, ``known``, the words for as of
        when, and ``cite``, a reference with `TITLE` in the place of what is cited), ``patterns``,
        ``speakers`` (patterns of names), ``verdicts`` (words) and ``quotes``: ``id``, ``kind``
        (toll, claim, number or elsewhere), ``text``, ``says`` (word, low, high), what it is of,
        and for a toll the day ``since`` and ``until`` which it was so.
    """
    about = edition.about
    made = patterns.of(edition)
    reader = Reader(made)
    speakers: list[str] = []
    tolls = [*numbers.of_tolls(edition, data, items, speakers)]
    others = [*numbers.of_others(edition, items, speakers, {one["id"]: one for one in tolls})]
    found = [
        *tolls,
        *claims.of_claims(edition, items, speakers),
        *claims.of_printed(edition),
        *numbers.of_trackers(edition, data, speakers),
        *(part for one in others for part in numbers.parts(reader, one)),
    ]
    for quote in found:
        quote["says"] = [says for one in reader.numbers(quote["text"]) for says in one["says"]]
    marked = {**items[""], "id": TITLE, "type": "chapter", "title": TITLE, "URL": ""}
    marked["container-title"] = items[""]["title"]
    state = {
        "as_of": about.as_of,
        "version": about.version,
        "path": "",
        "base": about.base,
        "known": sentences.known(edition),
        "cite": styled.text([marked])[0],
    }
    return {
        "states": [state],
        "patterns": made,
        "verdicts": patterns.WORDS["verdicts"] | {"nothing": patterns.WORDS["nothing"]},
        "common": patterns.WORDS["common"],
        "speakers": speakers,
        "quotes": [
            {
                name: value
                for name, value in quote.items()
                if value not in ("", [], None) and value is not False
            }
            for quote in found
            if quote["says"]
        ],
    }


def read(path: Path) -> Table:
    """A table that was written; nothing if there is none."""
    return read_json(path) if path.is_file() else {}


def write(folder: Path, table: Table, schema: str) -> None:
    """Write the table into a folder, and beside it the script; `schema` is its own address."""
    table = {"$schema": schema} | {name: table[name] for name in table if name != "$schema"}
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    write_whole(folder / NAME, f"{text}\n".encode())
    # In a string no sign of JSON can end the script.
    write_whole(
        folder / SCRIPT, f"globalThis.clashbookQuotes = JSON.parse({json.dumps(text)});\n".encode()
    )
