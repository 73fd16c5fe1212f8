"""Texts to copy: the citation of the edition, and the block beneath an exhibit."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.formats import citation
from clashbook.pages import embed
from clashbook.pages.facts import edition_of
from clashbook.pages.html import filled

FILES = {
    "svg": "SVG",
    "pdf": "PDF",
    "png": "PNG",
    "slide": "PNG for a slide",
    "column": "PNG for a column of 8.5 cm",
    "csv": "CSV",
    "json": "JSON with metadata",
}


def cite_block(record: Mapping) -> list[nodes.Node]:
    """What ``Cite / download`` unfolds."""
    texts = snippets(record)
    return filled("cite.html", exhibit=record, texts=texts, forms=FILES, editions="")


class CiteEdition(SphinxDirective):
    """``{cite-edition}``: the citation of the whole edition, to copy in each form.

    Where the book is published, it ends with a link to the list of editions.
    """

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        about, texts = edition.about, _forms(edition.about.citation)
        above = about.base.removesuffix(f"{about.as_of}/v{about.version}/")
        return filled("cite.html", exhibit=None, texts=texts, editions=above)


def _forms(item: citation.Item) -> dict[str, str]:
    return {
        "Citation, APA": citation.text([item])[0],
        "BibTeX": citation.bibtex([item]).strip(),
        "RIS": citation.ris([item]).strip(),
        "CSL-JSON": citation.csl_json([item]).strip(),
    }


def snippets(record: Mapping) -> dict[str, str]:
    """What a writer copies, by its label.

    Files are named by their address where the book is published, else by their path in the site.
    """
    files = record["files"]
    base = record["address"].removesuffix(files["html"])
    texts = {
        "Caption": record["caption"],
        **_forms(record["citation"]),
        "Python": f'import pandas as pd\nframe = pd.read_csv("{base}{files["csv"]}")',
    }
    return texts | embed.snippets(record)
