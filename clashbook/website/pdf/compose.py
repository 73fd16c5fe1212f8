"""The documents of an edition on paper, put together from its finished pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from lxml import html

from clashbook.about import About
from clashbook.files import SiteError, read_json
from clashbook.formats import styled
from clashbook.pages.html import templates
from clashbook.website.pdf import placing
from clashbook.website.pdf.chapters import Chapter, classed, words
from clashbook.website.pdf.links import name_anchors, relink
from clashbook.website.pdf.pictures import images

# The first page has the book's title, which stands at the head of the document.
OPENING = "Summary"
# The chapters of the annex, in its order, after the tables that the report's own chapters fold
# away and the figures of cells with the tag `annex`; the report has all others. Left out are a list
# that a printed book has among its contents, and what tells how to use the site or the program.
ANNEX = ("count", "elsewhere", "sources", "glossary", "corrections", "claims", "data")
LEFT_OUT = ("exhibits", "cite", "check", "update", "programs")


# What is clicked, run or unfolded; pictures, of which figures get their own; of a citation all but
# its words.
_OFF_PAPER = " | ".join(
    f".//{name}"
    for name in (
        *("script", "style", "template", "form", "button", "input", "select", "label"),
        *("img", "svg"),
        *("*[@hidden]", *map(classed, ("headerlink", "toctree-wrapper", "visually-hidden"))),
        *map(classed, ("hide", "cell_input", "exhibit-data", "exhibit-cite", "picture-phone")),
        *map(classed, ("online", "on-screen", "known-by-day")),
        # A figure's line names its first sources, and the annex lists them all.
        f"{classed('exhibit')}/details[not(.//table)]",
        f"{classed('copy-block')}[preceding-sibling::{classed('copy-block')}]",
    )
)
# What a text alternative says of the page.
_BELOW = re.compile(r" [^.]* in the table below\.")


def document(name: str, pages: Path, stage: Path, shorter: int = 0) -> str:
    """One document of the edition as HTML; what it links to is in it, or on the web.

    Parameters
    ----------
    name : str
        Which, of `clashbook.about.PAPERS`.
    pages, stage : Path
        The pages as Jupyter Book has rendered them, and what it rendered.
    shorter : int
        How many of the parts that it can do without are to be left out.

    Raises
    ------
    SiteError
        If a page has no text, or the document has no more parts to leave out.
    """
    edition = stage / "_clashbook"
    about = About.read(edition)
    report = [_chapter(pages, key) for key in _listed(stage) if key not in ANNEX]
    annex = [_chapter(pages, key) for key in ANNEX if key in _listed(stage)]
    report[0].title = next(report[0].body.iter("h1")).text = OPENING
    elsewhere = dict.fromkeys(_listed(stage), "report") | dict.fromkeys(ANNEX, "annex")
    for chapter in [*report, *annex]:
        placing.leave_on_site(chapter)
    annex.insert(0, placing.further(report))
    chosen = annex if name == "annex" else report
    if name == "report":
        placing.leave_to_annex(report)
    if name == "sheet":
        chosen = [_sheet(report[0], shorter)]
    for fold in [one for chapter in chosen for one in list(chapter.body.iter("details"))]:
        _unfold(fold)
    for chapter in chosen:
        placing.lay_tables(chapter)
    bundles = {path.stem: read_json(path) for path in sorted(edition.glob("exhibits/*.json"))}
    exhibits = list(_exhibits(chosen, bundles, "svg_phone" if name == "sheet" else "svg_wide"))
    relink([chapter.body for chapter in chosen], elsewhere, about.base)
    return templates.get_template("sheet.html" if name == "sheet" else "book.html").render(
        about=about,
        name=name,
        chapters=chosen,
        exhibits=exhibits,
        citation=styled.text([about.citation])[0],
    )


def listed(contents: Path) -> list[str]:
    """The name of each page of a table of contents, in its order."""
    read = yaml.safe_load(contents.read_text(encoding="utf-8"))
    parts = [read, *read.get("parts", [])]
    return [
        read["root"],
        *(chapter["file"] for part in parts for chapter in part.get("chapters", [])),
    ]


def _listed(stage: Path) -> list[str]:
    return [name for name in listed(stage / "_toc.yml") if name not in LEFT_OUT]


def _chapter(pages: Path, name: str) -> Chapter:
    """What a page says, without what only a screen can use."""
    page = pages / f"{name}.html"
    document: html.HtmlElement = html.document_fromstring(page.read_text(encoding="utf-8"))
    found = document.find_class("bd-article")
    if not found or found[0].find(".//h1") is None:
        raise SiteError(f"{page.name}: no text with a heading, for the PDF")
    body = found[0]
    for element in body.xpath(_OFF_PAPER):
        # One that lay in another that is gone is gone already.
        if element.getparent() is not None:
            element.drop_tree()
    for kind in body.xpath(".//a/span"):
        # Sphinx tells kinds of references apart, a page on paper does not: half as much to lay out.
        kind.drop_tag()
    name_anchors(body, name)
    return Chapter(name, words(next(body.iter("h1"))), body)


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


def _exhibits(
    chapters: list[Chapter], bundles: Mapping[str, Mapping], drawing: str
) -> Iterator[Mapping]:
    """Draw the exhibits of a document, each with room for its number, and yield their records.

    What an earlier chapter shows is named where it comes again.
    """
    shown: dict[str, str] = {}
    for figure in [one for chapter in chapters for one in chapter.body.find_class("exhibit")]:
        page, _, key = figure.get("id").partition("--")
        bundle, (title, *_) = bundles[key], figure.find_class("exhibit-title")
        if key in shown:
            again = html.Element("a", {"href": f"{shown[key]}.html#{key}"})
            again.text = words(title)
            figure[:], figure.tag = [again], "p"
            figure.set("class", "elsewhere")
            continue
        shown[key] = page
        label = html.Element("span", {"class": "label"})
        label.tail, title.text = title.text, None
        title.insert(0, label)
        for picture in figure.find_class("picture"):
            parts = images(bundle[drawing], _BELOW.sub("", bundle["record"]["alt"]))
            if len(parts) > 1:
                figure.classes.add("tall")
            picture[:] = parts
        yield {"anchor": figure.get("id"), **bundle["record"]}


def _sheet(summary: Chapter, shorter: int) -> Chapter:
    """The summary on a sheet: its opening, its first figure, and its sections in columns.

    What it can do without goes in this order: of each section all paragraphs but the first, from
    the last section to the first; then the figure.
    """
    body, figures = summary.body, summary.body.find_class("exhibit-figure")[:1]
    off_sheet = ".//h1 | .//figure | .//p[@class='elsewhere' or starts-with(., 'More: ')]"
    for element in body.xpath(off_sheet):
        element.drop_tree()
    sections = body.xpath(".//section[h2]")
    details = [line for section in sections for line in section.xpath("p[position() > 1]")]
    spare = [*reversed(details), *figures]
    if shorter > len(spare):
        raise SiteError("PDF: the fact sheet is longer than a page; shorten the front page")
    columns = html.Element("div", {"class": "columns"})
    columns.extend([*figures, *sections])
    body.append(columns)
    for element in spare[:shorter]:
        element.drop_tree()
    return summary
