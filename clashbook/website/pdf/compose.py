"""The whole book as one document, put together from its finished pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from lxml import html
from markupsafe import Markup

from clashbook.about import About
from clashbook.files import SiteError, read_json
from clashbook.formats import citation
from clashbook.pages.html import templates
from clashbook.website.pdf.links import anchor, name_anchors, relink
from clashbook.website.pdf.pictures import images

# The first page has the book's title, which stands on the cover.
OPENING = "Summary"
# Long tables, to look things up in; and a list that a printed book has among its contents.
APPENDIX, LEFT_OUT = ("claims", "data"), ("exhibits",)
# So many columns of sentences want a page that lies across.
MANY = 3


def _classed(name: str) -> str:
    return f"*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


# What is clicked, run or unfolded; pictures, of which figures get their own; of a citation all but
# its words.
_OFF_PAPER = " | ".join(
    f".//{name}"
    for name in (
        *("script", "style", "template", "form", "button", "input", "select", "label"),
        *("img", "svg"),
        *("*[@hidden]", *map(_classed, ("headerlink", "toctree-wrapper", "visually-hidden"))),
        *map(_classed, ("hide", "cell_input", "exhibit-data", "exhibit-cite", "picture-phone")),
        _classed("online"),
        f"{_classed('copy-block')}[preceding-sibling::{_classed('copy-block')}]",
    )
)


@dataclass
class Chapter:
    """A page of the book: its name, the part it belongs to, its heading and its text."""

    name: str
    part: str
    title: str
    body: html.HtmlElement

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Anchor and heading of each section."""
        return [
            (heading.getparent().get("id"), " ".join(heading.text_content().split()))
            for heading in self.body.iter("h2")
            if heading.getparent().get("id")
        ]

    @property
    def markup(self) -> Markup:
        return Markup(html.tostring(self.body, encoding="unicode", with_tail=False))


def document(pages: Path, stage: Path) -> str:
    """The book as one HTML document; what it links to is in it, or on the web.

    Parameters
    ----------
    pages, stage : Path
        The pages as Jupyter Book has rendered them, and what it rendered.

    Raises
    ------
    SiteError
        If a page has no text.
    """
    edition = stage / "_clashbook"
    about = About.read(edition)
    bundles = {path.stem: read_json(path) for path in sorted(edition.glob("exhibits/*.json"))}
    chapters = list(_chapters(pages, stage / "_toc.yml"))
    exhibits = [
        {"anchor": anchor(chapter.name, record["id"]), **record}
        for chapter in chapters
        for figure in chapter.body.find_class("exhibit")
        if (record := _exhibit(figure, chapter.name, bundles))
    ]
    for chapter in chapters:
        name_anchors(chapter.body, chapter.name)
    relink({chapter.name: chapter.body for chapter in chapters}, about.base)
    return templates.get_template("book.html").render(
        about=about,
        chapters=chapters,
        exhibits=exhibits,
        citation=citation.text([about.citation])[0],
    )


def listed(contents: Path) -> list[tuple[str, str]]:
    """Each page of a table of contents in its order: the part that it belongs to, and its name."""
    read = yaml.safe_load(contents.read_text(encoding="utf-8"))
    parts = [read, *read.get("parts", [])]
    return [
        ("", read["root"]),
        *(
            (part.get("caption", ""), chapter["file"])
            for part in parts
            for chapter in part.get("chapters", [])
        ),
    ]


def _chapters(pages: Path, contents: Path) -> Iterator[Chapter]:
    """The pages in the order of the contents, long tables last."""
    (_, first), *_ = named = listed(contents)
    order = {name: number for number, name in enumerate(APPENDIX)}
    named = [(part, name) for part, name in named if name not in LEFT_OUT]
    for part, name in sorted(named, key=lambda chapter: order.get(chapter[1], -1)):
        body = _text_of(pages / f"{name}.html")
        heading = next(body.iter("h1"))
        if name == first:
            heading.text = OPENING
        part = "Appendix" if name in APPENDIX else part
        yield Chapter(name, part, " ".join(heading.text_content().split()), body)


def _text_of(page: Path) -> html.HtmlElement:
    """What a page says, without what only a screen can use; what is folded is unfolded."""
    document: html.HtmlElement = html.document_fromstring(page.read_text(encoding="utf-8"))
    found = document.find_class("bd-article")
    if not found or found[0].find(".//h1") is None:
        raise SiteError(f"{page.name}: no text with a heading, for the PDF")
    body = found[0]
    for element in body.xpath(_OFF_PAPER):
        # One that lay in another that is gone is gone already.
        if element.getparent() is not None:
            element.drop_tree()
    for fold in list(body.iter("details")):
        _unfold(fold)
    for words in body.xpath(".//a/span"):
        # Sphinx tells kinds of references apart, a page on paper does not: half as much to lay out.
        words.drop_tag()
    return body


def _unfold(fold: html.HtmlElement) -> None:
    """Open what is folded; of a table's cell only what it tells, and of links how many they are."""
    summary = fold.find("summary")
    if next(fold.iterancestors("table"), None) is not None:
        notes = [
            line
            for line in fold.iterchildren("p")
            if line.find(".//a") is None and not line.text_content().endswith(":")
        ]
        fold[:] = notes or [summary]
    fold.tag, summary.tag = "div", "p"


def _exhibit(figure: html.HtmlElement, page: str, bundles: Mapping[str, Mapping]) -> Mapping | None:
    """Number an exhibit and draw it; return its record where the book has it first of all.

    A page of prose shows again what a chapter has made: there it keeps the chapter's number.
    """
    bundle = bundles[figure.get("id")]
    record, (title, *_) = bundle["record"], figure.find_class("exhibit-title")
    home = record["chapter"].removesuffix(".html")
    label = html.Element("a" if page != home else "span", {"class": "label"})
    if page != home:
        label.set("href", f"{home}.html#{record['id']}")
        figure.classes.add("again")
    label.tail, title.text = title.text, None
    title.insert(0, label)
    if sum("wordy" in head.classes for head in figure.xpath(".//thead//th")) >= MANY:
        figure.classes.add("wide")
    for picture in figure.find_class("picture"):
        parts = images(bundle["svg_wide"], record["alt"])
        if len(parts) > 1:
            figure.classes.add("tall")
        picture[:] = parts
    return record if page == home else None
