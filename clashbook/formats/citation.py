"""Citations: items in CSL's own terms; `styled` and `exchange` make texts and files of them.

An item is a dict in CSL-JSON. No citation is put together from pieces of text here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clashbook.config import Config
from clashbook.language import day_in_words

Item = dict[str, Any]

# How much of a date is known, by its precision; of "by" no more than the year is sure.
_PARTS = {"day": 3, "month": 2, "year": 1, "by": 1, "about": 1}


def address(config: Config, as_of: str, version: str, path: str) -> str:
    """Where a file of one published edition stays, or "" while the book has no address."""
    return _published(config, f"editions/{as_of}/v{version}/{path}")


def home(config: Config, as_of: str) -> str:
    """Where the newest state of an edition is found, or "" while the book has no address.

    Parameters
    ----------
    as_of : str
        The day that the edition was asked for; "" for the book as it is now, at the site's root.
    """
    return _published(config, f"editions/{as_of}/" if as_of else "")


def _published(config: Config, path: str) -> str:
    return f"{config.base_url.rstrip('/')}/{path}" if config.base_url else ""


def of_edition(config: Config, as_of: str, version: str, issued: str) -> Item:
    """The book as of a day, in one version of its data.

    Parameters
    ----------
    as_of, issued : str
        ISO dates: the day up to which claims are known, and the day the version of the data is of.
    """
    return _item(
        {
            "id": f"{_slug(config.title)}-{as_of}-v{version}",
            "type": "book",
            "title": _headed(f"{config.title}: {config.subtitle}".removesuffix(": ")),
            "author": [{"literal": author} for author in config.authors],
            "publisher": config.publisher,
            "issued": _date(issued, "day"),
            # In the one field that every format keeps.
            "edition": f"Version {version}, as known on {day_in_words(as_of)}",
            "URL": address(config, as_of, version, "index.html"),
        }
    )


def of_part(edition: Item, key: str, title: str, url: str, path: str) -> Item:
    """A figure, table, number or claim of an edition; without an address its place is noted.

    Parameters
    ----------
    edition : dict
        The edition's own item.
    key, title : str
        Its id, and what it says.
    url, path : str
        Its address, "" while the book has none; and the same within the site.
    """
    shared = {name: edition.get(name) for name in ("author", "publisher", "issued", "edition")}
    return _item(
        {
            "id": key,
            "type": "chapter",
            "title": _headed(title),
            "container-title": edition["title"],
            **shared,
            "URL": url,
            "note": "" if url else path,
        }
    )


def of_source(row: Mapping[str, str]) -> Item:
    """A row of `sources.csv`."""
    papers = row["type"].startswith("article")
    # A text without a named author is cited by who published it.
    author = _person(row["author"]) if row["author"] else {"literal": row["publisher"]}
    outlet = {"container-title" if papers else "publisher": row["publisher"]}
    return _item(
        {
            "id": row["source_id"],
            "type": row["type"],
            "title": row["title"],
            "author": [author],
            **(outlet if row["author"] else {}),
            "issued": _date(row["issued"], row["issued_precision"]),
            "URL": row["url"],
        }
    )


def _item(fields: Item) -> Item:
    """An item without empty fields; no text in it can break a line of a format."""
    return {
        name: " ".join(value.split()) if isinstance(value, str) else value
        for name, value in fields.items()
        if value
    }


def _headed(title: str) -> str:
    """A title as references print it: a capital after a colon, and no straight apostrophe."""
    return re.sub("(?<=: )[a-z]", lambda first: first[0].upper(), title.replace("'", "’"))


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def _date(iso: str, precision: str) -> dict | None:
    parts = [int(part) for part in iso.split("-")][: _PARTS.get(precision, 3)] if iso else []
    return {"date-parts": [parts]} if parts else None


def _slug(words: str) -> str:
    """A key that each format takes: BibTeX ends one at a comma, a brace or a quotation mark."""
    return "-".join(re.findall(r"[\w.]+", words.lower())) or "book"
