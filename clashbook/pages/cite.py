"""The block beneath an exhibit: its files, its own page, and texts to copy."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.figures.exhibit import PICTURES
from clashbook.formats import citation
from clashbook.pages.facts import Edition, edition_of
from clashbook.pages.html import fold, joined, link, tag

LABELS = {
    "svg": "SVG",
    "pdf": "PDF",
    "png": "PNG for a column",
    "slide": "PNG for a slide",
    "csv": "CSV",
    "json": "JSON with metadata",
}


def cite_block(record: Mapping) -> nodes.Node:
    """``Cite / download``, folded; each text to copy with a button that needs no network."""
    files = record["files"]
    links = [link(files[kind], label) for kind, label in LABELS.items() if kind in files]
    own_page = link(files["html"], "by itself")
    return fold(
        "Cite / download",
        tag("p", "Download: ", joined(links), ". This ", record["kind"], " ", own_page, "."),
        [_to_copy(label, text) for label, text in snippets(record).items()],
        class_="exhibit-cite",
    )


class CiteEdition(SphinxDirective):
    """``{cite-edition}``: the citation of the whole edition, to copy in each form."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        forms = _forms(edition.about.citation).items()
        return [*(_to_copy(label, text) for label, text in forms), *_all_editions(edition)]


def _all_editions(edition: Edition) -> list[nodes.Node]:
    """A link to the list of editions, which is there once the book is published."""
    here = edition.address("")
    if not here:
        return []
    above = here.removesuffix(f"{edition.as_of}/v{edition.about.version}/")
    return [tag("p", link(above, "All published editions"), " and versions of their data.")]


def _forms(item: citation.Item) -> dict[str, str]:
    return {
        "Citation, APA": citation.text([item])[0],
        "BibTeX": citation.bibtex([item]).strip(),
        "RIS": citation.ris([item]).strip(),
        "CSL-JSON": citation.csl_json([item]).strip(),
    }


def snippets(record: Mapping) -> dict[str, str]:
    """What a writer copies, by its label."""
    texts = {
        "Caption": record["caption"],
        **_forms(record["citation"]),
        "Python": f'import pandas as pd\nframe = pd.read_csv("{_place(record, "csv")}")',
    }
    if PICTURES.keys() & record["files"].keys():
        texts["To embed"] = (
            f'<iframe src="{_place(record, "html")}" title="{escape(record["title"])}" '
            'width="100%" height="640" loading="lazy"></iframe>'
        )
    return texts


def _place(record: Mapping, kind: str) -> str:
    """Where a file lies: its address where the book is published, else its path in the site."""
    base = record["address"].removesuffix(record["files"]["html"])
    return f"{base}{record['files'][kind]}"


def _to_copy(label: str, text: str) -> nodes.Node:
    button = tag("button", "Copy", type="button", class_="copy", hidden="hidden", data_of=label)
    return tag(
        "div",
        tag("p", label, " ", button, class_="copy-label"),
        # Not a `pre`: the theme measures each of these once a page is loaded, folded or not.
        tag("div", text, class_="to-copy", role="group", aria_label=label),
        class_="copy-block",
    )
