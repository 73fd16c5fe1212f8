"""Items as reference managers read them: CSL-JSON, BibTeX and RIS, each by its library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import rispy
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer
from rispy.writer import RisWriter

from clashbook.formats.citation import Item
from clashbook.language import NO_BREAK

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
