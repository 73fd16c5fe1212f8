"""The data as files: what their columns hold, and where they and the book can be had."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.formats import downloads
from clashbook.pages.facts import edition_of
from clashbook.pages.html import Content, as_nodes, joined, link, second, section, tag
from clashbook.pages.labels import counted
from clashbook.pages.tables import TableRow, folded_table

TYPES = {"string": "text"}


class Codebook(SphinxDirective):
    """``{codebook}``: every table and column as `datapackage.json` describes them."""

    def run(self) -> list[nodes.Node]:
        return [
            _codebook_section(self.state.document, resource)
            for resource in edition_of(self.env).package["resources"]
        ]


def _codebook_section(document: nodes.document, resource: dict[str, Any]) -> nodes.section:
    name = resource["name"]
    part = section(document, f"{name}.csv", f"table-{name}")
    if resource.get("description"):
        part += nodes.paragraph("", "", *as_nodes(resource["description"]))
    columns = ["Column", "Type", "What it holds"]
    rows = [
        TableRow(
            [
                tag("code", field["name"]),
                TYPES.get(field.get("type", "string"), field.get("type")),
                [field.get("description", ""), *_allowed(field)],
            ]
        )
        for field in resource["schema"]["fields"]
    ]
    part += folded_table(f"Columns of {name}.csv", columns, rows, key=f"table-{name}")
    return part


def _allowed(field: dict[str, Any]) -> list[nodes.Node]:
    allowed = field.get("constraints", {}).get("enum", [])
    values = [tag("code", str(value)) for value in allowed if value != ""]
    return second("One of ", joined(values), ".") if values else []


class Pdf(SphinxDirective):
    """``{pdf}``: a link to the whole book as a PDF, in editions that have it."""

    def run(self) -> list[nodes.Node]:
        path = edition_of(self.env).about.pdf
        words = link(path, "The whole book as a PDF"), ", to print or to keep."
        return [tag("p", *words, class_="online")] if path else []


class Downloads(SphinxDirective):
    """``{downloads}``: links to the files of the data that lie beside the pages."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        about = edition.about
        zipped, workbook = downloads.names(about.title, about.as_of, about.version)
        pdf = tag("li", link(about.pdf, "The book as a PDF"), class_="online")
        tables: list[Content] = [
            [link(f"data/{path}", path), f", {counted(len(edition.table(name)), 'row')}"]
            for name, path in (
                (part["name"], part["path"]) for part in edition.package["resources"]
            )
        ]
        files: list[Content] = [
            [link(zipped, "Everything as a zip"), ", tables, codebook and licences"],
            [link(workbook, "Everything as a workbook"), ", a sheet a table"],
            *tables,
            [link("data/datapackage.json", "datapackage.json"), ", the schema"],
            [link("numbers.json", "numbers.json"), ", the numbers of the text"],
            [link("exhibits.json", "exhibits.json"), ", figures and tables"],
        ]
        items = [*([pdf] if about.pdf else []), *(tag("li", file) for file in files)]
        return [tag("ul", items, class_="downloads")]
