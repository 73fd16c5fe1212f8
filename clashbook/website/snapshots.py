"""What a site says, read for comparing: its data, numbers, exhibits and paragraphs.

A site may have been published by an earlier version of the code. What it lacks is said in its
snapshot's `lacking`, and what it never held is not compared.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from lxml import etree, html

from clashbook.dataset import kinds
from clashbook.dataset.checks.package import PACKAGE
from clashbook.files import RefusedError, read_json
from clashbook.language import NO_BREAK, day_in_words
from clashbook.prose.numbers import Number
from clashbook.website import published

# How the anchor of a number begins, on its page and in what opens its card.
NUMBER = "number-"
# What is shown, not said: the place of an exhibit's row, and what every row of a file has alike.
_PLACES = {"address", "as_of", "used_on"}
_PARAGRAPHS = "(.//p | .//li[not(.//p)] | .//dd[not(.//p)])[not(ancestor::table)]"
# No text of the book: what is to be copied, where else a figure is found, and what lists the data.
_SMALL_PRINT = {"exhibit-cite", "exhibit-files", "exhibit-source", "exhibit-sources", "copy-block"}
_SMALL_PRINT |= {"gallery", "known-by-day"}
# What the page of claims says of one that no toll counts: the rule, and the reason.
_NOT_COUNTED = re.compile(r"Not counted, rule (\d+): (.+)\.")
_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, OSError, csv.Error, etree.LxmlError)


class SnapshotError(RefusedError):
    """What was to be compared cannot be read; the message is one line with the way out."""


@dataclass(frozen=True)
class Exhibit:
    """A figure or table: its title, the page that it is on, how often it has each row, its grounds.

    A row is the text of its cells by column, without those that say where something is found;
    `grounds` are the ids of the rows of the data that it rests on.
    """

    title: str
    page: str = ""
    rows: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)
    grounds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, and the anchors of all that it refers to.

    `place` is where it stands: of a site page and anchor, of the project's prose file and line.
    `written` is what it says with each number by its id, so that it is known again once numbers
    have moved; `words` is what a reader reads.
    """

    page: str
    place: str
    words: str
    written: str
    refers_to: frozenset[str]


@dataclass(frozen=True)
class Condition:
    """A passage that is shown by a condition or from a day on, and whether that is met.

    `name` is the fence: `holds`, `else`, `from` or `until`; a `holds` without an `else` is shown
    though it is not met. `words` is what stands in it as a reader reads it, and `written` as it is
    known again.
    """

    page: str
    place: str
    name: str
    argument: str
    words: str
    is_met: bool
    written: str = ""


@dataclass(frozen=True)
class Snapshot:
    """What can be compared of one state of the book.

    Parameters
    ----------
    as_of, version : str
        The day that it is known on, as an ISO date, and the version of its data.
    tables : mapping
        Of each table the rows by their keys (parts of a key are joined by a space), each the text
        of its cells by column; "" for missing.
    numbers : mapping of str to Number
        What its text refers to, by id.
    pages : mapping of str to tuple of str
        The pages that a number is used on, by its id.
    tolls : mapping of str to Number
        Counted numbers with the steps that made them, by id, whether a page has them or not.
    left_out : mapping of str to dict
        The claims that no toll counts, by id: the `rule`, the `reason`, and the claims `by` which.
    exhibits : mapping of str to Exhibit
        By id.
    paragraphs, conditions : tuple
        In the order of pages.
    lacking : tuple of str
        What it does not tell: one of `PARTS`, a page whose exhibits it has not, or a field of a
        number.
    name : str
        What messages call it.
    """

    as_of: str = ""
    version: str = ""
    tables: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    numbers: Mapping[str, Number] = field(default_factory=dict)
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tolls: Mapping[str, Number] = field(default_factory=dict)
    left_out: Mapping[str, dict] = field(default_factory=dict)
    exhibits: Mapping[str, Exhibit] = field(default_factory=dict)
    paragraphs: tuple[Paragraph, ...] = ()
    conditions: tuple[Condition, ...] = ()
    lacking: tuple[str, ...] = ()
    name: str = ""


# What a snapshot may lack, each with the words for it.
PARTS = {
    "tables": "the data",
    "numbers": "the numbers of the text",
    "exhibits": "the figures and tables",
    "paragraphs": "the paragraphs",
    "conditions": "the conditions on which sentences are shown",
    "tolls": "tolls that stand on no page",
}


def snapshot_of(site: Path, *, paragraphs: bool = True) -> Snapshot:
    """Read a site that the build made, or a published state; without its paragraphs in no time.

    Raises
    ------
    SnapshotError
        If the folder is no site of ours, or one of its files is damaged.
    """
    marker = published.marker_in(site)
    if not marker.as_of:
        raise SnapshotError(f"{site} is not a site; name one that clashbook built or published")
    try:
        return _read(site, marker.as_of, marker.version, paragraphs)
    except _DAMAGE as error:
        raise SnapshotError(f"{site} is damaged; restore it from a copy") from error


def _read(site: Path, as_of: str, version: str, paragraphs: bool) -> Snapshot:
    # Conditions are not on pages; tolls that no page names are in no file.
    lacking = ["conditions", "tolls"]
    numbers, pages = {}, {}
    if (site / "numbers.json").is_file():
        entries = read_json(site / "numbers.json")["numbers"]
        numbers = {one["id"]: Number.from_dict(one) for one in entries}
        pages = {one["id"]: tuple(one.get("used_on", ())) for one in entries}
        # What an earlier version of the code did not tell of any.
        lacking += [one.name for one in fields(Number) if not any(one.name in n for n in entries)]
    else:
        lacking.append("numbers")
    lacking += [] if paragraphs else ["paragraphs"]
    tables = read_tables(site / "data")
    lacking += [] if tables else ["tables"]
    exhibits = {}
    if (site / "exhibits.json").is_file():
        entries = read_json(site / "exhibits.json")["exhibits"]
        exhibits = {entry["id"]: _exhibit(entry, site) for entry in entries}
    else:
        lacking.append("exhibits")
    return Snapshot(
        *(as_of, version, tables, numbers, pages),
        tolls={key: number for key, number in numbers.items() if number.steps},
        left_out=_left_out(site) if paragraphs else {},
        exhibits=exhibits,
        paragraphs=tuple(_paragraphs(site, set(exhibits))) if paragraphs else (),
        lacking=tuple(lacking),
        name=plain(f"data version {version}, as known on {day_in_words(as_of)}"),
    )


def _left_out(site: Path) -> dict[str, dict]:
    """The claims that no toll counts, as the page of claims says it: a toll may be on no page."""
    left: dict[str, dict] = {}
    path = site / kinds.CLAIM.page
    for row in _page(path).xpath("//tr[@id]") if path.is_file() else ():
        for paragraph in row.iter("p"):
            if found := _NOT_COUNTED.fullmatch(plain(paragraph.text_content())):
                left[row.get("id")] = {"rule": int(found[1]), "reason": found[2], "by": ()}
    return left


def read_tables(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    """The tables of a folder of data as text, as it describes them; none without a description."""
    if not (folder / PACKAGE).is_file():
        return {}
    found = {}
    for resource in read_json(folder / PACKAGE)["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found[resource["name"]] = keyed(rows, resource["schema"].get("primaryKey"))
    return found


def keyed(
    rows: Iterable[dict[str, str]], key: str | Sequence[str] | None
) -> dict[str, dict[str, str]]:
    """Rows by the cells of their key, joined by a space; by all of their cells if there is none."""
    columns = [key] if isinstance(key, str) else key
    return {
        " ".join(str(row[column]) for column in columns or row if row[column]): row for row in rows
    }


def _exhibit(entry: dict, site: Path) -> Exhibit:
    table = site / entry["files"]["csv"]
    rows = []
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as file:
            rows = [row_of(row) for row in csv.DictReader(file)]
    metadata = site / entry["files"].get("json", "")
    page = read_json(metadata).get("chapter", "") if metadata.is_file() else ""
    return Exhibit(entry["title"], page, Counter(rows), grounds_of(entry))


def row_of(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a row of an exhibit says, and not where."""
    return tuple((column, value) for column, value in row.items() if column not in _PLACES)


def grounds_of(record: dict) -> frozenset[str]:
    """The rows of the data that an exhibit's record says it rests on."""
    tables = [kind.table for kind in kinds.GROUNDS]
    return frozenset(key for table in tables for key in record.get(table, ()))


def _paragraphs(site: Path, exhibits: set[str]) -> Iterator[Paragraph]:
    """The paragraphs of a site's pages that refer to something by its anchor."""
    for path in sorted(site.glob("*.html")):
        for article in _page(path).find_class("bd-article"):
            for block in article.xpath(_PARAGRAPHS):
                if not _is_small_print(block) and (
                    refers_to := frozenset(_anchors(block, exhibits))
                ):
                    place = f"{path.name}#{_anchor(block)}".removesuffix("#")
                    words, written = plain(block.text_content()), plain(_written(block))
                    yield Paragraph(path.name, place, words, written, refers_to)


def _page(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes())


def _anchors(block: html.HtmlElement, exhibits: set[str]) -> Iterator[str]:
    for element in block.iter("a", "span"):
        address = element.get("href", "")
        anchor = element.get("data-card") or address.partition("#")[2]
        if anchor:
            yield anchor
        named = re.fullmatch(r"(?:.*/)?([^/#]+)\.html(?:#.*)?", address)
        if named and named[1] in exhibits:
            yield named[1]


def _is_small_print(block: html.HtmlElement) -> bool:
    around = (block, *block.iterancestors())
    return any(_SMALL_PRINT & {*one.get("class", "").split()} for one in around)


def _anchor(block: html.HtmlElement) -> str:
    """The anchor of a paragraph, or of what it stands in."""
    return next((one.get("id") for one in (block, *block.iterancestors()) if one.get("id")), "")


def _written(element: html.HtmlElement) -> str:
    """The text of an element, with an anchor for the words of each link to one."""
    parts = [element.text or ""]
    for child in element:
        anchor = child.get("href", "").partition("#")[2] if child.tag == "a" else ""
        card = next(iter(child.xpath("./span/@data-card")), "") if child.tag == "a" else ""
        is_text = isinstance(child.tag, str)
        parts.append(f"{{{card or anchor}}}" if anchor else _written(child) if is_text else "")
        parts.append(child.tail or "")
    return "".join(parts)


def plain(text: str) -> str:
    """A text in one line, its spaces alike."""
    return " ".join(text.replace(NO_BREAK, " ").split())
