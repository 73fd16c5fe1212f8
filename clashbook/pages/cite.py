"""Texts to copy: the citation of the edition, and the block beneath an exhibit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.about import About
from clashbook.formats import citation, exchange, styled
from clashbook.pages import embed, reporting
from clashbook.pages.facts import edition_of
from clashbook.pages.html import filled

FILES = {
    "svg": "SVG",
    "pdf": "PDF",
    "png": "PNG",
    "slide": "PNG for a slide",
    "column": "PNG for print, 8.5 cm wide or across a page",
    "csv": "CSV",
    "json": "JSON with metadata",
}
# The references that a writer is offered: the name of a style, and whether it is its footnote.
STYLES = {
    "Reference, APA": ("apa", False),
    "Reference, Chicago": ("chicago", False),
    "Footnote, Chicago": ("chicago-notes", True),
    "Reference, MLA": ("mla", False),
}
REFERENCES = tuple(STYLES)
STATE, NEWEST = "Link to this state", "Link to the newest state"


def cite_block(record: Mapping, about: About) -> list[nodes.Node]:
    """What ``Cite / download`` unfolds of an exhibit's record."""
    path = record["files"]["html"]
    texts = snippets(record, f"{about.home}{path}" if about.home else "")
    values = {"exhibit": record, "forms": FILES, "editions": "", "path": path}
    values["report"] = reporting.address(about, record["kind"], record["id"])
    return filled("cite.html", texts=texts, **values, unpublished=NEWEST not in texts)


class CiteEdition(SphinxDirective):
    """``{cite-edition}``: the citation of the whole edition, to copy in each form.

    Where the book is published, it ends with a link to the list of editions.
    """

    def run(self) -> list[nodes.Node]:
        about = edition_of(self.env).about
        texts = forms([about.citation])[0] | links(about.citation, about.home)
        above = about.root and f"{about.root}editions/"
        values = {"exhibit": None, "editions": above, "path": "index.html", "report": ""}
        return filled("cite.html", texts=texts, **values, unpublished=not above)


def forms(
    items: Sequence[citation.Item], references: Sequence[str] = REFERENCES
) -> list[dict[str, str]]:
    """Each item as references and in the formats of reference managers, by their labels."""
    written = {
        label: styled.of_parts(items, style, note=note)
        for label, (style, note) in STYLES.items()
        if label in references
    }
    return [
        {label: texts[place] for label, texts in written.items()}
        | {
            "BibTeX": exchange.bibtex([item]).strip(),
            "RIS": exchange.ris([item]).strip(),
            "CSL-JSON": exchange.csl_json([item]).strip(),
        }
        for place, item in enumerate(items)
    ]


def links(item: citation.Item, newest: str) -> dict[str, str]:
    """The address of the state that is cited, and where the newest is found; none before both."""
    return {STATE: item["URL"], NEWEST: newest} if "URL" in item and newest else {}


def snippets(record: Mapping, newest: str = "") -> dict[str, str]:
    """What a writer copies, by its label.

    Files are named by their address where the book is published, else by their path in the site.
    """
    files = record["files"]
    base = record["address"].removesuffix(files["html"])
    texts = {
        "Caption": record["caption"],
        **forms([record["citation"]])[0],
        **links(record["citation"], newest),
        "Python": f'import pandas as pd\nframe = pd.read_csv("{base}{files["csv"]}")',
    }
    return texts | embed.snippets(record)
