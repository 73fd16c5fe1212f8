"""A brief to start from: exhibits and numbers of the book, with captions and references."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Cm, Pt

from clashbook.formats import citation
from clashbook.pages.labels import cell
from clashbook.pipeline.catalogue import Catalogue, in_words

# Between the margins of a page of A4.
TEXT_WIDTH = Cm(16)


@dataclass(frozen=True)
class Part:
    """One exhibit or number in a brief.

    Parameters
    ----------
    key, title, caption : str
        Its id, its finding or words, and what is to stand beneath it.
    picture : bytes
        PNG; empty for a number.
    head, rows : list
        A table's headings and cells.
    """

    key: str
    title: str
    caption: str
    picture: bytes = b""
    head: list[str] | None = None
    rows: list[list[str]] | None = None


def parts(catalogue: Catalogue, keys: Iterable[str]) -> list[Part]:
    """What a brief shows for each id, in this order.

    Raises
    ------
    UnknownIdError
        If one is no exhibit or number.
    """
    return [_part(catalogue, key) for key in keys]


def _part(catalogue: Catalogue, key: str) -> Part:
    if catalogue.find(key, ("exhibits", "numbers")) == "numbers":
        reference = citation.text([catalogue.item(key)])[0]
        return Part(key, in_words(catalogue.book.numbers[key]), reference)
    bundle = catalogue.book.exhibits[key]
    record = bundle["record"]
    caption = f"{record['caption']} {record['address']}"
    if "png" in record["files"]:
        return Part(key, record["title"], caption, catalogue.file(key, "png"))
    columns = dict(bundle["columns"])
    rows = [[cell(row.get(name)) for name in columns] for row in bundle["rows"]]
    return Part(key, record["title"], caption, head=list(columns.values()), rows=rows)


def references(catalogue: Catalogue, keys: Iterable[str]) -> list[str]:
    """The edition and every source that the ids rest on, in APA, in alphabetical order."""
    sources = dict.fromkeys(source for key in keys for source in catalogue.sources_of(key))
    items = [catalogue.edition, *(catalogue.item(source) for source in sources)]
    return sorted(citation.text(items), key=str.casefold)


def word(catalogue: Catalogue, keys: list[str]) -> bytes:
    """The brief as a Word document."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title = f"From {catalogue.edition['title']}"
    document.core_properties.author = ""
    for part in parts(catalogue, keys):
        _add(document, part)
    document.add_heading("References", level=1)
    for reference in references(catalogue, keys):
        document.add_paragraph(reference)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _add(document: Document, part: Part) -> None:
    document.add_heading(part.title, level=2)
    if part.picture:
        document.add_picture(io.BytesIO(part.picture), width=TEXT_WIDTH)
    if part.rows is not None:
        table = document.add_table(rows=0, cols=len(part.head or []), style="Light List")
        for row in [part.head or [], *part.rows]:
            for place, text in zip(table.add_row().cells, row, strict=True):
                place.text = text
    document.add_paragraph(part.caption, style="Caption")


def markdown(catalogue: Catalogue, keys: list[str], target: Path) -> dict[Path, bytes]:
    """The brief as Markdown: the file and the pictures beside it, path to content."""
    made: dict[Path, bytes] = {}
    lines = []
    for part in parts(catalogue, keys):
        lines += [f"## {_plain(part.title)}", ""]
        if part.picture:
            picture = target.with_name(f"{target.stem}-{part.key}.png")
            made[picture] = part.picture
            lines += [f"![{_plain(part.title)}]({picture.name})", ""]
        if part.rows is not None:
            cells = [part.head or [], ["---"] * len(part.head or []), *part.rows]
            lines += [f"| {' | '.join(map(_cell, row))} |" for row in cells] + [""]
        lines += [_plain(part.caption), ""]
    lines += ["## References", ""]
    lines += [f"- {_plain(reference)}" for reference in references(catalogue, keys)]
    made[target] = ("\n".join(lines) + "\n").encode()
    return made


_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|!"})


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return " ".join(text.translate(_SIGNS).split())


def _cell(text: str) -> str:
    return text if text == "---" else _plain(text)
