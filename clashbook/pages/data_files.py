"""The data as files: what their columns hold, and where they and the book can be had."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.formats import downloads
from clashbook.pages.facts import edition_of
from clashbook.pages.html import section
from clashbook.pages.references import rendered


class Codebook(SphinxDirective):
    """``{codebook}``: every table and column as `datapackage.json` describes them."""

    def run(self) -> list[nodes.Node]:
        parts: list[nodes.Node] = []
        for resource in edition_of(self.env).package["resources"]:
            name = resource["name"]
            part = section(self.state.document, f"{name}.csv", f"table-{name}")
            part += rendered(self.env, "codebook.html", resource=resource)
            parts.append(part)
        return parts


class Downloads(SphinxDirective):
    """``{downloads}`` and ``{pdf}``: links to the files that lie beside the pages."""

    def run(self) -> list[nodes.Node]:
        about = edition_of(self.env).about
        zipped, workbook = downloads.names(about.title, about.as_of, about.version)
        names = {"about": about, "zipped": zipped, "workbook": workbook}
        return rendered(self.env, f"{self.name}.html", **names)
