"""What the page of search looks through: every sentence and row of the book, each with its place.

Sphinx's own search drops words of digits, and shows pages without the place in them. This index is
a script, since a page that was opened as a file may fetch nothing else; the page of search loads it
when something is asked, and `search.js` looks through it.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html
from lxml.html import builder

from clashbook.dataset import kinds
from clashbook.website.trim.files import named, relative

PAGE = "search.html"
RESULTS = "search-results"
# Anchors that this module gives to what has none. They last as long as their words, and are no
# addresses to cite.
MADE = "at-"
# What an entry is, in the order in which results of a page are shown.
HEADING, SENTENCE, ROW = range(3)
_MENU = "//nav[contains(@class, 'bd-links')]//a/@href"
_HEADINGS = ("h1", "h2", "h3", "h4", "caption")
_BLOCKS = ("p", "li", "dd", "tr", *_HEADINGS)
# No text of the book: what is pressed, drawn or copied.
_SILENT = ("svg", "button", "form", "script", "pre", "summary", "thead")
_SILENT_CLASSES = {"headerlink", "exhibit-source", "exhibit-files", "missing"}
_SILENT_CLASSES |= {"exhibit-cite", "copy-block", "cell_input", "gallery"}
# Pages that hold each row of the data once, under its own anchor; and how numbers' anchors begin.
_TABLES = tuple(dict.fromkeys(kind.page for kind in kinds.SPOKEN))
_NUMBER = "number-"
_STOP = re.compile(r"(?<=[.!?])([”’)]*)\s+(?=[“‘(]*[A-ZÀ-Ž0-9])")
_ABBREVIATED = re.compile(r"\b(?:para|sec|sent|no|vol|pp?|cf|e\.g|i\.e|[A-Z])\.$", re.IGNORECASE)

_NO_SCRIPTS = (
    "Search needs scripts, which are switched off in this browser. These are all pages; "
    "your browser can find words in each."
)

Entry = tuple[int, str, str]
# The words of each row of the data, by its address.
Rows = Mapping[str, set[str]]


def write(site: Path, static: Path, pages: Mapping[Path, html.HtmlElement]) -> set[Path]:
    """Write the index of a site, and have its page of search say where it is.

    Parameters
    ----------
    site, static : Path
        Folder of the site, and the one in it that the index is written into.
    pages : mapping of Path to HtmlElement
        Changed in place: each paragraph and row that can be found gets an anchor.

    Returns
    -------
    set of Path
        The file of the index; nothing for a site without a page of search.
    """
    page = pages.get(site / PAGE)
    if page is None or (results := page.get_element_by_id(RESULTS, None)) is None:
        return set()
    menu = [urlsplit(link).path for link in page.xpath(_MENU)]
    listed = [name for name in dict.fromkeys(menu) if site / name in pages]
    rows = {
        f"{name}#{row.get('id')}": _vocabulary(_row(row, name, {}))
        for name in _TABLES
        if name in listed
        for row in pages[site / name].iterfind(".//tr[@id]")
        if not row.get("id").startswith(_NUMBER)
    }
    known: set[str] = set()
    found = [
        [name, _title(pages[site / name]), _entries(pages[site / name], name, known, rows)]
        for name in listed
    ]
    content = {"names": _names(site / "data" / "actors.csv"), "pages": found}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    script = f"window.searchIndex = {text};\n"
    target = static / named("search-index", script, "js")
    target.write_text(script, encoding="utf-8")
    results.set("data-index", relative(site / PAGE, target))
    _prepare(results, [(name, title) for name, title, _ in found])
    return {target}


def _names(actors: Path) -> list[list[str]]:
    """The names of each actor that has more than one."""
    if not actors.is_file():
        return []
    with actors.open(encoding="utf-8", newline="") as file:
        rows = [[row["name"], *row["aliases"].split("; ")] for row in csv.DictReader(file)]
    return [names for row in rows if len(names := list(filter(None, row))) > 1]


def _title(page: html.HtmlElement) -> str:
    return _words(next(page.iter("h1")))


def _entries(page: html.HtmlElement, name: str, known: set[str], rows: Rows) -> list[Entry]:
    """What a page says, in its order: kind, anchor and words; nothing twice.

    `known` are the sentences and rows of the pages before it, to which its own are added.
    """
    entries: list[Entry] = []
    taken = set(page.xpath("//@id"))
    titles: set[str] = set()
    for article in page.find_class("bd-article"):
        for block in article.iter(*_BLOCKS):
            if _is_silent(block, article):
                continue
            kind = _kind(block)
            for words in _lines(block, kind, name, rows):
                seen = titles if kind == HEADING else known
                if words not in seen:
                    seen.add(words)
                    entries.append((kind, _anchor(block, words, taken), words))
    return entries


def _is_silent(block: html.HtmlElement, article: html.HtmlElement) -> bool:
    """Whether a block lies in a row, which is read as a whole, or in what is no text."""
    for outer in block.iterancestors():
        if outer is article:
            return False
        if outer.tag == "tr" or _is_mute(outer):
            return True
    return False


def _is_mute(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return True
    return not _SILENT_CLASSES.isdisjoint(element.classes)


def _kind(block: html.HtmlElement) -> int:
    if block.tag in _HEADINGS or "exhibit-title" in block.classes:
        return HEADING
    return ROW if block.tag == "tr" else SENTENCE


def _lines(block: html.HtmlElement, kind: int, page: str, rows: Rows) -> Iterator[str]:
    """The sentences of a block, or the one line that it is."""
    if _is_mute(block):
        return
    words = _row(block, page, rows) if kind == ROW else _words(block)
    if kind != SENTENCE:
        yield from [words] if words else []
        return
    term = _term(block)
    for sentence in _sentences(words):
        yield f"{term}: {sentence}" if term else sentence
        term = ""


def _term(block: html.HtmlElement) -> str:
    """The term that a paragraph of a glossary explains, if it is the first to do so."""
    if block.tag == "dd":
        entry = block
    else:
        entry = block.getparent()
        if entry.tag != "dd" or entry[0] is not block:
            return ""
    term = entry.getprevious()
    return _words(term) if term is not None and term.tag == "dt" else ""


def _sentences(words: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(words):
        sentence = words[start : stop.end(1)]
        if not _ABBREVIATED.search(sentence):
            yield sentence
            start = stop.end()
    if words[start:]:
        yield words[start:]


def _row(row: html.HtmlElement, page: str, rows: Rows) -> str:
    """The cells of a row in one line, without those that only link to what it rests on.

    Nothing of a row that is about a single row of the data and says little more: that stands once.
    """
    cells = [part for cell in row.iterchildren("th", "td") for part in _parts(cell, page, rows)]
    line = " · ".join(cells)
    about = {_target(link, page) for link in row.xpath(".//a/@href")} & rows.keys()
    if not row.get("id") and len(about) == 1:
        words = _vocabulary(line)
        if len(words & rows[about.pop()]) * 2 > len(words):
            return ""
    return line


def _target(link: str, page: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path or page}#{parts.fragment}"


def _vocabulary(words: str) -> set[str]:
    return set(re.findall(r"\w+", words.casefold()))


def _parts(cell: html.HtmlElement, page: str, rows: Rows) -> list[str]:
    links = cell.xpath(".//a/@href")
    if cell.tag == "td" and links and all(_target(link, page) in rows for link in links):
        own = cell.xpath(".//text()[not(ancestor::a or ancestor::summary)]")
        if not _vocabulary("".join(own)):
            return []
    parts: list[list[str]] = [[]]
    _collect(cell, parts)
    return [words for texts in parts if (words := " ".join("".join(texts).split()))]


def _collect(element: html.HtmlElement, parts: list[list[str]]) -> None:
    """Gather the texts below an element; a block, and what is secondary, begins a part anew."""
    parts[-1].append(element.text or "")
    for child in element:
        if not (_is_mute(child) or child.tag == "ul" or _is_key(child)):
            is_block = child.tag in ("p", "div", "details", "br") or "second" in child.classes
            if is_block:
                parts.append([])
            _collect(child, parts)
            if is_block:
                parts.append([])
        parts[-1].append(child.tail or "")


def _is_key(element: html.HtmlElement) -> bool:
    """Whether it is the id of a number, which prose is written with and nobody reads."""
    return "second" in element.classes and element.find("code") is not None


def _words(element: html.HtmlElement) -> str:
    """The words of a block, without those of the blocks in it, which are read for themselves."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: html.HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not _is_mute(child) and child.tag not in (*_BLOCKS, "ul", "ol", "dl", "table", "figure"):
            yield from _texts(child)
        yield child.tail or ""


def _anchor(block: html.HtmlElement, words: str, taken: set[str]) -> str:
    """The anchor of a block: its own, that of its section or figure, or one made from its words."""
    if block.tag in ("h1", "h2", "h3", "h4") and not block.get("id"):
        return block.getparent().get("id", "")
    if next(block.iterancestors("figcaption"), None) is not None:
        return next(block.iterancestors("figure")).get("id", "")
    if not block.get("id"):
        key = MADE + hashlib.sha256(words.encode()).hexdigest()[:8]
        if key not in taken:
            taken.add(key)
            block.set("id", key)
        return key
    return block.get("id")


def _prepare(results: html.HtmlElement, listed: list[tuple[str, str]]) -> None:
    """Give the page of search its line for what was found, and what it says without scripts."""
    results.addprevious(builder.P({"role": "status", "class": "search-summary"}))
    for silent in results.xpath("preceding-sibling::noscript"):
        pages = [builder.LI(builder.A(title, href=name)) for name, title in listed]
        silent[:] = [builder.DIV(builder.P(_NO_SCRIPTS), builder.UL(*pages))]
