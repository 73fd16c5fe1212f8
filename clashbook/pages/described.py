"""What a page says to reference managers, and to catalogues of data.

For the first, names of HighWire and of Dublin Core; for the second, schema.org. A claim names who
made it, and nothing here rates one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clashbook.about import About
from clashbook.dataset.rows import Claim
from clashbook.formats import downloads
from clashbook.language import NO_BREAK
from clashbook.pages import labels
from clashbook.pages.facts import Edition, Row

Tags = list[tuple[str, str]]
Linked = dict[str, Any]

_KINDS = {
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The columns that say when the thing was that a row tells of, by table.
_DAYS = {
    "claims": ("period_start", "period_end"),
    "events": ("date_start", "date_end"),
    "reactions": ("date_start", "date_end"),
    "observations": ("period", "period"),
}
_HOME, _DATA = "index.html", "data.html"
_LAST = "0000-12-31"  # what a year or a month lacks to be a day, at its latest


def tags(about: About, title: str, path: str, *, whole: bool = False) -> Tags:
    """The meta elements of a page, name and content.

    Parameters
    ----------
    title : str
        Of the page, in words.
    path : str
        Of the page in the site.
    whole : bool
        Whether the page is that of the report itself; all others are parts of it.
    """
    names = [_undivided(name) for name in about.authors]
    publisher = about.publisher or "; ".join(about.authors)
    url = about.base + path if about.base else ""
    found = [
        ("citation_title", _title(about) if whole else title),
        *(("citation_author", name) for name in names),
        ("citation_publication_date", about.issued),
        ("citation_language", "en"),
        ("citation_publisher", about.publisher),
        ("citation_public_url", url),
        ("DC.title", _title(about) if whole else title),
        *(("DC.creator", name) for name in names),
        ("DC.publisher", publisher),
        ("DC.date", about.issued),
        ("DC.identifier", url),
        ("DC.language", "en"),
        ("DC.rights", about.licence),
    ]
    if whole:
        # Of these, reference managers make a report.
        found += [("citation_technical_report_institution", publisher)]
        found += [("citation_technical_report_number", about.version)]
        found += [("citation_pdf_url", about.base + about.pdf if url and about.pdf else "")]
    else:
        found += [("citation_book_title", _title(about)), ("DCTERMS.isPartOf", _title(about))]
    return [(name, content.replace("\n", " ")) for name, content in found if content]


def _undivided(name: str) -> str:
    """A name that no manager takes for a first and a last name: its blanks hold together."""
    return name if "," in name else name.replace(" ", NO_BREAK)


def report(edition: Edition, title: str, words: str, path: str, *, whole: bool = False) -> Linked:
    """The report, or a chapter of it, as schema.org has it."""
    about = edition.about
    own = {"name": _title(about) if whole else title, "description": words}
    part = {} if whole else {"isPartOf": _book(about)}
    return {**_head("Report"), **own, **_made(edition, path), "url": about.base + path, **part}


def dataset(edition: Edition) -> Linked:
    """The data as a whole."""
    about, package = edition.about, edition.package
    resources = [f"data/{table['path']}" for table in package["resources"]]
    zipped = downloads.names(about.title, about.as_of, about.version)
    files = [*zipped, *resources]
    used = [row["indicator"] for name in ("claims", "series") for row in edition.table(name)]
    everything = [row for name in _DAYS for row in _dated(name, edition.table(name))]
    return {
        **_head("Dataset"),
        "name": package.get("title", about.title),
        "description": package.get("description", ""),
        **_made(edition, _DATA),
        "keywords": package.get("keywords", []),
        "url": about.base + _DATA,
        **_about(edition, used, everything),
        "citation": _title(about),
        "isBasedOn": [_source(row) for row in edition.table("sources")],
        "distribution": [_file(about.base, path) for path in files],
    }


def exhibit(edition: Edition, record: Mapping[str, Any]) -> Linked:
    """A figure or a table: the data that it shows, and its picture if it has one."""
    about, files = edition.about, record["files"]
    # Its page lies in a folder.
    up = about.base or "../"
    rows = {name: _rows(edition, name, record) for name in ("claims", "events", "reactions")}
    series = _rows(edition, "series", record)
    ids = {row["series_id"] for row in series}
    rows["observations"] = [row for row in edition.table("observations") if row["series_id"] in ids]
    sources = [edition.row("sources", source["id"]) for source in record["sources"]]
    picture = {"image": up + files["png"]} if "png" in files else {}
    return {
        **_head("Dataset"),
        "name": record["title"],
        "description": record["caption"],
        **_made(edition, files["html"]),
        "url": up + files["html"],
        **_about(
            edition,
            [row["indicator"] for row in [*rows["claims"], *series]],
            [row for name, found in rows.items() for row in _dated(name, found)],
        ),
        "citation": _title(about),
        "isPartOf": _book(about),
        "isBasedOn": [_source(row) for row in sources if row],
        "distribution": [_file(up, files[kind]) for kind in ("csv", "json") if kind in files],
        **picture,
    }


def claims(edition: Edition) -> list[Linked]:
    """Each claim with who made it, when it is known, and the source in which it stands."""
    cited = {claim.source_id for claim in edition.claims.values()}
    found = [
        {"@id": _anchored("sources", row["source_id"]), **_source(row)}
        for row in edition.table("sources")
        if row["source_id"] in cited
    ]
    return [*found, *(_claim(edition, claim) for claim in edition.claims.values())]


def _claim(edition: Edition, claim: Claim) -> Linked:
    text = f"{labels.measured(edition, claim, claim.period_words)}: {claim.words_with_unit}"
    # "By" a day is no day, and a catalogue would take it for one.
    day = {"day": claim.reported_on, "month": claim.reported_on[:7]}
    made = {
        **{
            "@type": "Claim",
            "@id": _anchored("claims", claim.id),
            "text": text.replace(NO_BREAK, " "),
        },
        "author": {"name": labels.actor(edition, claim.claimant)},
        "datePublished": day.get(claim.reported_precision, ""),
        "appearance": {"@id": _anchored("sources", claim.source_id)},
    }
    return {name: value for name, value in made.items() if value}


def _anchored(page: str, anchor: str) -> str:
    return f"{page}.html#{anchor}"


def _head(kind: str) -> Linked:
    return {"@context": "https://schema.org", "@type": kind}


def _title(about: About) -> str:
    """The whole title, with the day on which it is known."""
    return str(about.citation.get("title") or about.title)


def _book(about: About) -> Linked:
    return {"@type": "Report", "name": _title(about), "identifier": _identifier(about)}


def _identifier(about: About, path: str = _HOME) -> str:
    """The address of a page in this very state, or while there is none a name for it."""
    if about.base:
        return about.base + path
    whole = str(about.citation.get("id") or downloads.name(about.title, about.as_of, about.version))
    return whole if path == _HOME else f"{whole}/{path.removesuffix('.html')}"


def _made(edition: Edition, path: str) -> Linked:
    """Who made it, when, and on what terms."""
    about, terms = edition.about, edition.package.get("licenses", [])
    makers = [{"@type": "Organization", "name": name} for name in about.authors]
    publisher = [{"@type": "Organization", "name": about.publisher}] if about.publisher else makers
    return {
        "identifier": _identifier(about, path),
        "author": makers,
        "creator": makers,
        "publisher": publisher,
        "datePublished": about.issued,
        "dateModified": about.issued,
        "version": about.version,
        "license": next((licence["path"] for licence in terms if "path" in licence), about.licence),
        "inLanguage": "en",
        "isAccessibleForFree": True,
    }


def _about(edition: Edition, indicators: Iterable[str], days: Sequence[tuple[str, str]]) -> Linked:
    """Where and when it was, and what is measured; nothing that no row says."""
    places = [edition.name("actors", side, "name") for side in edition.sides]
    measured = [edition.name("indicators", key, "label") for key in dict.fromkeys(indicators)]
    found: Linked = {"spatialCoverage": [{"@type": "Place", "name": name} for name in places]}
    if days:
        found["temporalCoverage"] = span(days)
    return {name: value for name, value in {**found, "variableMeasured": measured}.items() if value}


def span(days: Sequence[tuple[str, str]]) -> str:
    """From the first to the last of some spans, as ISO 8601 has it; a month ends with its days."""
    first = min(start for start, _ in days)
    last = max((end for _, end in days), key=lambda day: day + _LAST[len(day) :])
    return f"{first}/{last}"


def _dated(table: str, rows: Iterable[Row]) -> list[tuple[str, str]]:
    """The first and the last day of each row that has any."""
    start, end = _DAYS[table]
    return [(row[start], row.get(end) or row[start]) for row in rows if row.get(start)]


def _rows(edition: Edition, table: str, record: Mapping[str, Any]) -> list[Row]:
    found = (edition.row(table, key) for key in record.get(table, ()))
    return [row for row in found if row]


def _source(row: Row) -> Linked:
    named = {"name": row["title"], "publisher": row["publisher"], "url": row["url"]}
    return {"@type": "CreativeWork", **{name: value for name, value in named.items() if value}}


def _file(base: str, path: str) -> Linked:
    kind = _KINDS[path.rpartition(".")[2]]
    return {"@type": "DataDownload", "contentUrl": base + path, "encodingFormat": kind}
