"""A brief as a person saved it, in pieces: its headings, paragraphs and entries of lists.

A PDF is read here alone; all else the page reads too (`reading.js`), and comes to the same pieces.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from clashbook.files import RefusedError, shown
from clashbook.website.checking.features import Block

# In a Word document, the file with its text and those with its notes.
_MAIN = re.compile(r"word/document\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
# What of HTML is a piece by itself, and what is not read.
_PIECES = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "tr", "blockquote"]
_PIECES += ["caption", "figcaption", "div", "section", "article", "body"]
_UNREAD = ("script", "style", "template", "noscript", "svg", "head", "nav", "button")
# A line as long as this is a paragraph: nobody breaks lines there.
_LONG = 120
# Words of English that other languages have not: few of them in a long text, and it is in another.
_ENGLISH = {"the", "of", "and", "to", "that", "for", "were", "with", "from", "by", "least"}
_ENGLISH |= {"killed", "wounded", "missing", "died", "soldiers", "civilians", "people", "said"}
_ENGLISH |= {"according"}
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u0259\u1e00-\u1eff]+")
_END = re.compile(r"[.!?:;,]['\")\]”’]*$")
# Marks of Markdown that are no words, and what is left of each.
_MARKS = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)|\[\^[^\]]+\]:?"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?%)])[*_](?!\w)"), ""),
    (re.compile(r"<[^>]+>"), ""),
)


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


def is_english(found: Sequence[Block]) -> bool:
    """Whether a text is in English, or at least not clearly in another language.

    Its letters may be mostly others, or hardly any of its words the commonest English ones.
    """
    text = " ".join(block.text for block in found)
    words = _LATIN.findall(text)
    latin, letters = sum(map(len, words)), sum(map(str.isalpha, text))
    known = sum(word.lower() in _ENGLISH for word in words)
    return 2 * latin >= letters and (len(words) <= 40 or 25 * known >= len(words))


def of_text(text: str) -> Iterator[Block]:
    """The pieces of plain text or Markdown, as it is saved or pasted."""
    lines = re.sub(r"(?ms)^(```|~~~).*?^\1[^\n]*$", "", text.replace("\r\n", "\n")).split("\n")
    is_unbroken = any(len(line) > _LONG for line in lines)
    held: list[str] = []
    for line in [*lines, ""]:
        heading = re.match(r"#{1,6}\s+(.*?)\s*#*$", line)
        item = re.match(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+(.*)", line)
        if held and (not line.strip() or heading or item or is_unbroken):
            yield _piece(held)
            held = []
        if heading:
            yield Block("heading", bare(heading[1]))
        elif item:
            held = [f"- {item[1]}"]
        elif line.strip():
            held.append(line.strip())


def _piece(lines: list[str]) -> Block:
    text = " ".join(lines)
    if text.startswith("- "):
        return Block("item", bare(text[2:]))
    text = bare(text)
    # A short line by itself that ends as no sentence does.
    is_heading = len(lines) == 1 and len(text) < _LONG and not _END.search(text)
    return Block("heading" if is_heading else "paragraph", text)


def bare(text: str) -> str:
    """A text without the marks of Markdown, and with single spaces."""
    for mark, left in _MARKS:
        text = mark.sub(left, text)
    return " ".join(text.split())


def of_html(content: bytes) -> Iterator[Block]:
    """The pieces of a page: its title, and the innermost elements that hold text."""
    root = etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))
    if root is None:
        return
    for title in root.iterfind(".//head/title"):
        yield Block("heading", _flat(title))
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    for element in root.iter(*_PIECES):
        above = [one.tag for one in element.iterancestors()]
        if "tr" in above:
            continue
        if element.tag == "tr":
            text = "; ".join(_flat(cell) for cell in element)
        elif next(element.iterdescendants(*_PIECES), None) is None:
            text = _flat(element)
        else:
            # What stands in it beside the pieces in it.
            text = " ".join([element.text or "", *(child.tail or "" for child in element)])
        is_item = element.tag in ("li", "tr", "dd") or "li" in above
        is_heading = re.fullmatch("h[1-6]", str(element.tag))
        kind = "heading" if is_heading else "item" if is_item else "paragraph"
        yield Block(kind, " ".join(text.split()))


def _flat(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


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
    for element in root.iter("{*}p", "{*}tr"):
        if etree.QName(element).localname == "tr":
            yield Block("item", "; ".join(map(_in_cell, element.iter("{*}tc"))))
        elif next(element.iterancestors("{*}tr"), None) is None:
            mark = next(element.iter("{*}pStyle"), None)
            style = "" if mark is None else _setting(mark, "val")
            kind = "heading" if style.startswith(("Heading", "Title")) else "paragraph"
            yield Block("item" if style.startswith("List") else kind, _written(element))


def _setting(element: etree._Element, name: str) -> str:
    found = (value for key, value in element.attrib.items() if etree.QName(key).localname == name)
    return str(next(found, ""))


def _in_cell(cell: etree._Element) -> str:
    return " ".join(filter(None, map(_written, cell.iter("{*}p"))))


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
    return [*of_text("\n".join(lines))]


def _text(path: Path) -> list[Block]:
    return [*of_text(_decoded(path))]


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
