"""Which document has a table or figure, or whether the site alone has it; and how tables lie."""

from __future__ import annotations

from lxml import html

from clashbook.website.pdf import columns
from clashbook.website.pdf.chapters import Chapter, classed, words

TABLES, FURTHER = "tables", "Further figures and tables"
# Chapters whose tables take a page across.
ACROSS = ("claims", "data")
# Tables to be looked up in by a program and by hardly anybody on paper, by their class; and what of
# the site has each.
ON_SITE = {
    "table-numbers": "numbers.json",
    "table-by-source": "methods.html",
    "table-telling-cells": "methods.html",
    "table-table-": "data/datapackage.json",
}
# What the annex has in the place of the report: tables that are folded away, and what is tagged so.
_TAGGED = classed("tag_annex")
_FOR_ANNEX = f".//details[.//table][not(ancestor::{_TAGGED})] | .//{_TAGGED}//figure"


def leave_on_site(chapter: Chapter) -> None:
    """Say where the site has a table that is not for paper, in its place.

    Of an exhibit that is tagged so the annex has the rows, in another order.
    """
    for figure in chapter.body.xpath(f".//{classed('tag_on-site')}//figure"):
        left = html.fromstring(f'<p class="elsewhere" id="{figure.get("id")}"/>')
        file = f"exhibits/{figure.get('id').rpartition('--')[2]}.csv"
        left.text = f"{words(figure.find('.//p'))}. On the site, in {file}; the annex has its rows."
        figure.addprevious(left)
        figure.drop_tree()
    for kind, file in ON_SITE.items():
        for fold in chapter.body.xpath(f".//details[.//table[contains(@class, ' {kind}')]]"):
            left = html.fromstring('<p class="elsewhere"/>')
            left.text = f"{words(fold.find('summary'))}. On the site, in {file}."
            fold.addprevious(left)
            fold.drop_tree()


def leave_to_annex(report: list[Chapter]) -> None:
    """Take out the column of the rows that something rests on: the annex lists them all."""
    for head in [
        head for chapter in report for head in chapter.body.xpath(".//th[@class='rests']")
    ]:
        place = head.getparent().index(head)
        for row in next(head.iterancestors("table")).iter("tr"):
            row[place].drop_tree()


def lay_tables(chapter: Chapter) -> None:
    """Give the columns of a chapter's tables their widths."""
    across = chapter.name in ACROSS
    if across:
        chapter.body.classes.add("across")
    for table in chapter.body.iter("table"):
        if "table-versions" not in table.classes:
            columns.fit(table, columns.ACROSS if across else columns.UPRIGHT)


def further(report: list[Chapter]) -> Chapter:
    """Take from the report what its pages fold away with a table in it, or tag for the annex.

    In its place stands what it is, and in the annex a chapter has all of it, under the heading of
    the report's chapter.
    """
    body = html.fromstring(f'<article class="bd-article" id="{TABLES}"><h1/></article>')
    body[0].text = FURTHER
    for chapter in report:
        taken = html.fromstring(f'<section id="{TABLES}--{chapter.name}"><h2/></section>')
        taken[0].text = chapter.title
        for fold in chapter.body.xpath(_FOR_ANNEX):
            _take(fold, taken)
        if len(taken) > 1:
            body.append(taken)
    return Chapter(TABLES, FURTHER, body)


def _take(fold: html.HtmlElement, into: html.HtmlElement) -> None:
    """Move a fold, with the exhibit that it is of or under its section's heading."""
    figure = next((one for one in (fold, *fold.iterancestors()) if one.tag == "figure"), None)
    moved, title = (fold, fold.find("summary")) if figure is None else (figure, figure.find(".//p"))
    before = moved.getprevious() if figure is None else None
    line = before if before is not None and before.tag == "p" else None
    left = html.fromstring(f'<{"p" if line is None else "span"} class="elsewhere"/>')
    left.text = f"{words(title)}. Annex."
    if figure is not None:
        left.set("id", figure.get("id"))
    else:
        heading = html.Element("h3")
        heading.text = words(fold.xpath("ancestor::section[1]/*")[0])
        into.append(heading)
    if line is None:
        moved.addprevious(left)
    else:
        # A line of its own would be all that it holds.
        left.text = f" {left.text}"
        line.append(left)
    into.append(moved)
