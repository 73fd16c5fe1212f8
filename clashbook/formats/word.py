"""A Word document on A4: styles, numbered captions, cross-references, links, tables that fit.

Only what python-docx has no words for is written as WordprocessingML: fields, bookmarks and links.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from clashbook.formats.downloads import packed
from clashbook.formats.word_table import longest_word, rule, widths

A4 = Cm(21), Cm(29.7)
MARGIN = Cm(2.5)
INK, SECOND, LINK = RGBColor(0x1B, 0x24, 0x2D), RGBColor(0x48, 0x56, 0x66), "1F5A99"
# A face that is as wide wherever the document is opened.
FACE, LANGUAGE = "Arial", "en-GB"
# Of a page's height what a picture may take: its caption stands with it.
PICTURE = 0.82
# The share of the page's width from which words that may not break leave the others no room.
CROWDED = 0.75
TABLE_TEXT = "Table text"
_ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;)\]])")


@dataclass(frozen=True)
class Link:
    """Words that lead to an address."""

    words: str
    address: str


@dataclass(frozen=True)
class Reference:
    """The number of a caption, wherever in the document that stands: "Figure 2"."""

    label: str
    key: str


Run: TypeAlias = str | Link | Reference


def linked(text: str) -> list[Run]:
    """A text whose addresses are links."""
    parts = _ADDRESS.split(text)
    return [Link(part, part) if place % 2 else part for place, part in enumerate(parts) if part]


class Paper:
    """A document that is written from top to bottom.

    Parameters
    ----------
    title, author : str
        Also of the file's properties.
    day : str
        ISO date of the file, so that it repeats.
    captions : sequence of Reference
        Every caption that will come, in its order: references may come before them.
    """

    def __init__(self, title: str, author: str, day: str, captions: Sequence[Reference]) -> None:
        self._document, self._day = docx.Document(), day
        counts: Counter[str] = Counter()
        self._numbers: dict[Reference, int] = {}
        for caption in captions:
            counts[caption.label] += 1
            self._numbers[caption] = counts[caption.label]
        self._set_page()
        self._set_styles()
        about = self._document.core_properties
        about.title, about.author, about.language, about.comments = title, author, LANGUAGE, ""
        about.created = about.modified = datetime.fromisoformat(day)
        about.last_modified_by, about.revision = author, 1
        self.add("Title", title)

    def save(self) -> bytes:
        """The file, the same on every run."""
        target = io.BytesIO()
        self._document.save(target)
        with zipfile.ZipFile(target) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        return packed(files, self._day)

    def add(self, style: str, *runs: Run) -> Paragraph:
        """Add a paragraph."""
        paragraph = self._document.add_paragraph(style=style)
        self._write(paragraph, runs)
        return paragraph

    def heading(self, words: str) -> None:
        self.add("Heading 1", words)

    def picture(self, content: bytes, alt: str) -> None:
        """Add a picture as wide as the text, or as high as the page lets it be."""
        width, height = self._room
        shape = self._document.add_picture(io.BytesIO(content), width=width)
        share = min(1.0, height * PICTURE / shape.height)
        shape.width, shape.height = Emu(int(shape.width * share)), Emu(int(shape.height * share))
        shape._inline.docPr.set("descr", alt)
        paragraph = self._document.paragraphs[-1]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True

    def caption(self, of: Reference, *runs: Run, above: bool = False) -> None:
        """Add a numbered caption beneath what stands last, or above what comes."""
        paragraph = self._document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = above
        start, end = (OxmlElement(f"w:bookmark{end}") for end in ("Start", "End"))
        for mark in (start, end):
            mark.set(qn("w:id"), str(list(self._numbers).index(of)))
        start.set(qn("w:name"), self._bookmark(of))
        paragraph._p.append(start)
        paragraph.add_run(f"{of.label} ").bold = True
        _field(paragraph, f"SEQ {of.label} \\* ARABIC", str(self._numbers[of]), bold=True)
        paragraph._p.append(end)
        paragraph.add_run(". ").bold = True
        self._write(paragraph, runs)

    def table(
        self,
        of: Reference,
        caption: Sequence[Run],
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
    ) -> None:
        """Add a table whose words stay whole: across the page where it is too narrow for them."""
        columns = [[*column] for column in zip(head, *rows, strict=True)]
        least = [max(longest_word(cell) for cell in column) for column in columns]
        is_wide = sum(least) > CROWDED * self._room[0].cm
        if is_wide:
            self._turn(WD_ORIENT.LANDSCAPE)
        self.caption(of, *caption, above=True)
        table = self._document.add_table(rows=1, cols=len(head))
        table.autofit = False
        for cell, title in zip(table.rows[0].cells, head, strict=True):
            self._fill(cell.paragraphs[0], title, bold=True)
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                self._fill(cell.paragraphs[0], words)
        rule(table)
        for column, width in zip(
            table.columns, widths(columns, least, self._room[0].cm), strict=True
        ):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        if is_wide:
            self._turn(WD_ORIENT.PORTRAIT)

    @property
    def _room(self) -> tuple[Length, Length]:
        """Width and height of the text on the page that is being written."""
        section = self._document.sections[-1]
        width, height = section.page_width, section.page_height
        assert width is not None
        assert height is not None
        return Emu(width - 2 * MARGIN), Emu(height - 2 * MARGIN)

    def _turn(self, orientation: WD_ORIENT) -> None:
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = orientation
        section.page_width, section.page_height = (
            A4 if orientation == WD_ORIENT.PORTRAIT else reversed(A4)
        )

    def _fill(self, paragraph: Paragraph, words: str, *, bold: bool = False) -> None:
        paragraph.style = self._document.styles[TABLE_TEXT]
        paragraph.add_run(words).bold = bold

    def _write(self, paragraph: Paragraph, runs: Sequence[Run]) -> None:
        for run in runs:
            if isinstance(run, Link):
                _link(paragraph, run)
            elif isinstance(run, Reference):
                words = f"{run.label} {self._numbers[run]}"
                _field(paragraph, f"REF {self._bookmark(run)} \\h", words)
            else:
                paragraph.add_run(run)

    def _bookmark(self, of: Reference) -> str:
        return f"{of.label}_{self._numbers[of]}"

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = A4
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN

    def _set_styles(self) -> None:
        styles = self._document.styles
        for name in (TABLE_TEXT, "Reference"):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        sizes = {"Normal": 10.5, "Title": 20, "Subtitle": 11, "Heading 1": 14, "Caption": 9}
        for name, size in {**sizes, TABLE_TEXT: 8.5, "Reference": 9.5}.items():
            style = styles[name]
            assert isinstance(style, ParagraphStyle)
            _set_face(style, size)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        styles["Caption"].font.bold = False
        styles["Caption"].paragraph_format.space_after = Pt(14)
        styles["Subtitle"].font.italic = False
        for spacing in styles["Subtitle"].element.iter(qn("w:spacing")):
            spacing.attrib.pop(qn("w:val"), None)
        styles[TABLE_TEXT].paragraph_format.space_after = Pt(0)
        hanging = styles["Reference"].paragraph_format
        hanging.left_indent, hanging.first_line_indent = Cm(1), Cm(-1)
        border = styles["Title"].element.find(f".//{qn('w:pBdr')}")
        if border is not None:
            border.getparent().remove(border)


def _set_face(style: ParagraphStyle, size: float) -> None:
    font = style.font
    font.name, font.size = FACE, Pt(size)
    font.color.rgb = SECOND if style.name in ("Subtitle", "Caption") else INK
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in faces.attrib if name.endswith("Theme")]:
        del faces.attrib[name]
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LANGUAGE)
    style.element.get_or_add_rPr().append(spoken)


def _field(paragraph: Paragraph, code: str, shown: str, *, bold: bool = False) -> None:
    """A field with the words that it shows until it is updated."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    run.bold = bold or None
    field.append(run._r)
    paragraph._p.append(field)


def _link(paragraph: Paragraph, link: Link) -> None:
    target = paragraph.part.relate_to(link.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), target)
    run = paragraph.add_run(link.words)
    run.font.color.rgb, run.font.underline = RGBColor.from_string(LINK), True
    element.append(run._r)
    paragraph._p.append(element)
