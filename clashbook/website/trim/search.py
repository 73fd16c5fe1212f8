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
from collections.abc import Callable, Iterator, Mapping
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
_MUTE = {"svg", "button", "form", "script", "pre", "summary", "thead"}
_MUTE_CLASSES = {"headerlink", "exhibit-source", "exhibit-files", "missing"}
_MUTE_CLASSES |= {"exhibit-cite", "copy-block", "cell_input", "gallery"}
# What each day tells stands in rows of its own; and the small print of a column that repeats them.
_MUTE_CLASSES |= {"known-by-day", "table-holds", "table-telling-cells", "table-by-source"}
# What moved with a correction, and in which version, is told where it stands.
_MUTE_CLASSES |= {"moved-numbers"}
# What begins a part of a cell anew, and a sign that stands there and is in no text.
_PARTS = {"p", "div", "details", "br"}
_EDGE = "\ue000"
# The term that a paragraph of a glossary explains, if it is the first to do so.
_TERM = (
    "(self::dd | self::*[not(preceding-sibling::*)]/parent::dd)/preceding-sibling::*[1][self::dt]"
)
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
    listed = {name: pages[site / name] for name in menu if site / name in pages}
    rows = {
        f"{name}#{row.get('id')}": _vocabulary(_row(row, name, {}))
        for name in _TABLES
        if name in listed
        for row in listed[name].iterfind(".//tr[@id]")
        if not row.get("id").startswith(_NUMBER)
    }
    known: set[str] = set()
    found = [
        [name, _words(next(shown.iter("h1"))), _entries(shown, name, known, rows)]
        for name, shown in listed.items()
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
    with actors.open(encoding="utf-8", newline="") as file:
        rows = [[row["name"], *row["aliases"].split("; ")] for row in csv.DictReader(file)]
    return [names for row in rows if len(names := list(filter(None, row))) > 1]


def _entries(page: html.HtmlElement, name: str, known: set[str], rows: Rows) -> list[Entry]:
    """What a page says, in its order: kind, anchor and words; nothing twice.

    `known` are the sentences and rows of the pages before it, to which its own are added.
    """
    entries: list[Entry] = []
    taken = set(page.xpath("//@id"))
    titles: set[str] = set()
    for article in page.find_class("bd-article"):
        for block in _blocks(article):
            kind = _kind(block)
            seen = titles if kind == HEADING else known
            for words in _lines(block, kind, name, rows):
                if words and words not in seen:
                    seen.add(words)
                    entries.append((kind, _anchor(block, words, taken), words))
    return entries


def _blocks(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The blocks that are read, in their order: a row as a whole."""
    for child in element:
        if not _is_mute(child):
            if child.tag in _BLOCKS:
                yield child
            if child.tag != "tr":
                yield from _blocks(child)


def _is_mute(element: html.HtmlElement) -> bool:
    return element.tag in _MUTE or not _MUTE_CLASSES.isdisjoint(element.classes)


def _kind(block: html.HtmlElement) -> int:
    if block.tag in _HEADINGS or "exhibit-title" in block.classes:
        return HEADING
    return ROW if block.tag == "tr" else SENTENCE


def _lines(block: html.HtmlElement, kind: int, page: str, rows: Rows) -> Iterator[str]:
    """The sentences of a block, or the one line that it is."""
    if kind == ROW:
        yield _row(block, page, rows)
    elif kind == HEADING:
        yield _words(block)
    else:
        first, *others = _sentences(_words(block))
        terms = block.xpath(_TERM)
        yield f"{_words(terms[0])}: {first}" if terms and first else first
        yield from others


def _sentences(words: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(words):
        sentence = words[start : stop.end(1)]
        if not _ABBREVIATED.search(sentence):
            yield sentence
            start = stop.end()
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
    texts = "".join(_texts(cell, _is_key)).split(_EDGE)
    return [words for text in texts if (words := " ".join(text.split()))]


def _is_key(element: html.HtmlElement) -> bool:
    """Whether it is the id of a number, which prose is written with and nobody reads, or a list."""
    return element.tag == "ul" or ("second" in element.classes and element.find("code") is not None)


def _words(block: html.HtmlElement) -> str:
    """The words of a block, without those of the blocks in it, which are read for themselves."""
    others = {*_BLOCKS, "ul", "ol", "dl", "table", "figure"}
    texts = _texts(block, lambda element: element.tag in others)
    return " ".join("".join(texts).replace(_EDGE, "").split())


def _texts(
    element: html.HtmlElement, is_left_out: Callable[[html.HtmlElement], bool]
) -> Iterator[str]:
    """The texts below an element; where it is parted, and at what is secondary, stand edges."""
    yield element.text or ""
    for child in element:
        if not (_is_mute(child) or is_left_out(child)):
            edge = _EDGE if child.tag in _PARTS or "second" in child.classes else ""
            yield from (edge, *_texts(child, is_left_out), edge)
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
