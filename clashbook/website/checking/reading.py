"""A brief as a person saved it, in pieces: its headings, paragraphs, entries of lists and cells.

A PDF is read here alone. Word documents and HTML are read by the page too (`reading.js`), which
comes to the same pieces; plain text and tables are cut by one script for both (`pieces.js`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from clashbook.files import RefusedError, shown
from clashbook.website.checking.pieces import Block, Cell, entries, is_english, of_text

# In a Word document, the file with its text and those with its notes.
_MAIN = re.compile(r"word/document\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
# What of HTML is a piece by itself, and what is not read.
_PIECES = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "td", "th", "blockquote"]
_PIECES += ["caption", "figcaption", "div", "section", "article", "body"]
_UNREAD = ("script", "style", "template", "noscript", "svg", "head", "nav", "button")
# What reading a damaged or locked document raises.
_DAMAGED = (BadZipFile, KeyError, ValueError, EOFError, RuntimeError, zlib.error)


class UnreadableError(RefusedError):
    """A file that cannot be read; the message is one line with the way out."""


def blocks(path: Path) -> list[Block]:
    """The pieces of a file, by the ending of its name.

    Raises
    ------
    UnreadableError
        If it is none that can be read, is damaged, holds no text, or is not in English.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        *kinds, last = _READERS
        raise UnreadableError(
            f"{shown(path)} is not a {', '.join(kinds)} or {last} file; save it as one"
        )
    found = [block for block in read(path) if block.text]
    if not found:
        raise UnreadableError(
            f"{shown(path)} holds no text; save it with its text, not as pictures"
        )
    if not is_english(found):
        raise UnreadableError(
            f"{shown(path)} is not in English, and only English is read; check a translation of it"
        )
    return found


def of_html(content: bytes) -> Iterator[Block]:
    """The pieces of a page: its title, the innermost elements that hold text, and tables."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(content, parser)
    if root is None:
        return
    for title in root.iterfind(".//head/title"):
        yield Block("heading", _flat(title))
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    tables = {table for table in root.iter("table") if _is_table(table, "tr", "td", "th")}
    for element in root.iter("table", *_PIECES):
        above = [*element.iterancestors()]
        if element in tables:
            for caption in element.iter("caption"):
                yield Block("paragraph", _flat(caption))
            yield from _html_table(element)
        elif element.tag != "table" and tables.isdisjoint(above):
            is_item = element.tag in ("li", "dd") or any(one.tag == "li" for one in above)
            is_heading = re.fullmatch("h[1-6]", str(element.tag))
            kind = "heading" if is_heading else "item" if is_item else "paragraph"
            yield Block(kind, _flat(element, is_own=True))


def _flat(element: etree._Element, *, is_own: bool = False) -> str:
    """The text of an element; its own is without that of the pieces in it."""

    def parts(one: etree._Element) -> Iterator[str]:
        yield one.text or ""
        for child in one:
            is_apart = child.tag in ("br", *_PIECES)
            if not (is_own and is_apart):
                yield " " * is_apart
                yield from parts(child)
            yield " " * is_apart + (child.tail or "")

    return " ".join("".join(parts(element)).split())


def _is_table(table: etree._Element, row: str, *cells: str) -> bool:
    """Whether a table is one, and no frame around other tables or around a text."""
    is_frame = sum(1 for _ in table.iter(table.tag)) > 1
    return not is_frame and any(sum(1 for _ in one.iter(*cells)) > 1 for one in table.iter(row))


def _html_table(table: etree._Element) -> list[Block]:
    rows, heads = [], []
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        rows.append([Cell(_flat(one), _span(one, "col"), _span(one, "row")) for one in cells])
        is_above = next(row.iterancestors("thead"), None) is not None
        heads.append(is_above or all(cell.tag == "th" for cell in cells))
    return entries(rows, [*heads, False].index(False))


def _span(cell: etree._Element, name: str) -> int:
    asked = re.fullmatch(r"[1-9]\d{0,3}", cell.get(f"{name}span", "").strip(), re.ASCII)
    return int(asked[0]) if asked else 1


def of_word(content: bytes) -> Iterator[Block]:
    """The pieces of a Word document: its text, and after it its footnotes and endnotes."""
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        main = next(filter(_MAIN.fullmatch, names), "word/document.xml")
        for name in [main, *(one for one in _NOTES if one in names)]:
            yield from _of_word_xml(archive.read(name))


def _of_word_xml(content: bytes) -> Iterator[Block]:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    # What was deleted or moved away, copies for old programs, and the lines above notes.
    etree.strip_elements(root, "{*}del", "{*}moveFrom", "{*}Fallback", with_tail=False)
    for note in [*root.iter("{*}footnote", "{*}endnote")]:
        if _setting(note, "type") not in ("", "normal"):
            note.clear()
    tables = {table for table in root.iter("{*}tbl") if _is_table(table, "{*}tr", "{*}tc")}
    for element in root.iter("{*}p", "{*}tbl"):
        if element in tables:
            yield from _word_table(element)
        elif etree.QName(element).localname == "p" and tables.isdisjoint(element.iterancestors()):
            mark = next(element.iter("{*}pStyle"), None)
            style = "" if mark is None else _setting(mark, "val")
            kind = "heading" if style.startswith(("Heading", "Title")) else "paragraph"
            yield Block("item" if style.startswith("List") else kind, _written(element))


def _word_table(table: etree._Element) -> list[Block]:
    rows, heads = [], []
    for row in table.iter("{*}tr"):
        rows.append([*map(_word_cell, row.iter("{*}tc"))])
        heads.append(next(row.iter("{*}tblHeader"), None) is not None)
    return entries(rows, [*heads, False].index(False))


def _word_cell(cell: etree._Element) -> Cell:
    text = " ".join(filter(None, map(_written, cell.iter("{*}p"))))
    wide = next((_setting(one, "val") for one in cell.iter("{*}gridSpan")), "")
    merged = [_setting(one, "val") for one in cell.iter("{*}vMerge")]
    is_wide = re.fullmatch(r"[1-9]\d{0,3}", wide, re.ASCII)
    return Cell(text, int(wide) if is_wide else 1, goes_on=merged not in ([], ["restart"]))


def _setting(element: etree._Element, name: str) -> str:
    found = (value for key, value in element.attrib.items() if etree.QName(key).localname == name)
    return str(next(found, ""))


def _written(paragraph: etree._Element) -> str:
    """A paragraph's own text: that of a box in it is a paragraph of its own."""
    signs = {"noBreakHyphen": "-", "tab": " ", "br": " ", "cr": " "}
    text = "".join(
        signs.get(etree.QName(one).localname, one.text or "")
        for one in paragraph.iter("{*}t", *(f"{{*}}{name}" for name in signs))
        if next(one.iterancestors("{*}p")) is paragraph
    )
    return " ".join(text.split())


def _pdf(path: Path) -> list[Block]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        text = "\n\n".join(page.extract_text() for page in PdfReader(path).pages)
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise UnreadableError(
            f"{shown(path)} cannot be read as a PDF; save it again, without a password"
        ) from error
    # A line that ends short and as a sentence does ends a paragraph.
    longest = max(map(len, text.split("\n")), default=0)
    lines = (
        f"{line}\n" if len(line) < 0.7 * longest and re.search(r"[.!?]$", line.strip()) else line
        for line in text.split("\n")
    )
    return of_text("\n".join(lines))


def _text(path: Path) -> list[Block]:
    return of_text(_decoded(path))


def _html(path: Path) -> list[Block]:
    return [*of_html(_decoded(path).encode())]


def _word(path: Path) -> list[Block]:
    try:
        return [*of_word(path.read_bytes())]
    except (*_DAMAGED, etree.XMLSyntaxError) as error:
        raise UnreadableError(
            f"{shown(path)} cannot be read as a Word document; save it again in Word"
        ) from error


def _decoded(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{shown(path)} is not UTF-8; save it again as UTF-8") from error


_READERS: dict[str, Callable[[Path], list[Block]]] = {
    ".md": _text,
    ".txt": _text,
    ".html": _html,
    ".htm": _html,
    ".docx": _word,
    ".pdf": _pdf,
}
