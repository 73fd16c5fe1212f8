"""A brief as a person saved it, in pieces: its headings, paragraphs and entries of lists.

A PDF is read here alone; all else the page reads too (`check.js`), and comes to the same pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from lxml import etree

from clashbook.files import RefusedError, shown
from clashbook.website.checking.features import Block

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What of HTML is a piece by itself, and what is not read.
_PIECES = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "tr", "blockquote"]
_PIECES += ["caption", "figcaption", "div", "section", "article", "body"]
_UNREAD = ("script", "style", "template", "noscript", "svg", "head", "nav", "button")
# A line as long as this is a paragraph: nobody breaks lines there.
_LONG = 120
_END = re.compile(r"[.!?:;,]['\")\]”’]*$")
# Marks of Markdown that are no words, and what is left of each.
_MARKS = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)|\[\^[^\]]+\]:?"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?%)])[*_](?!\w)"), ""),
    (re.compile(r"<[^>]+>"), ""),
)


class UnreadableError(RefusedError):
    """A file that cannot be read; the message is one line with the way out."""


def blocks(path: Path) -> list[Block]:
    """The pieces of a file, by the ending of its name.

    Raises
    ------
    UnreadableError
        If it is none that can be read, or is damaged, or holds no text.
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
    return found


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
    """The pieces of a Word document: its paragraphs by their style, and the rows of its tables."""
    from docx import Document

    body = Document(BytesIO(content)).element.body
    for element in body.iter(f"{_WORD}p", f"{_WORD}tr"):
        if element.tag == f"{_WORD}tr":
            cells = (_words(cell) for cell in element.iter(f"{_WORD}tc"))
            yield Block("item", "; ".join(cells))
        elif next(element.iterancestors(f"{_WORD}tr"), None) is None:
            style = next((one.get(f"{_WORD}val", "") for one in element.iter(f"{_WORD}pStyle")), "")
            kind = "heading" if style.startswith(("Heading", "Title")) else "paragraph"
            yield Block("item" if style.startswith("List") else kind, _words(element))


def _words(element: etree._Element) -> str:
    """The text of a part of a Word document; what was deleted has none."""
    found = (
        one.text or "" if one.tag == f"{_WORD}t" else " "
        for one in element.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr")
    )
    return " ".join("".join(found).split())


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
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
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
