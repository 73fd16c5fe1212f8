"""The page of corrections: what was wrong in the data, and what it says now."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook import language
from clashbook.pages.facts import Row, edition_of
from clashbook.pages.html import Content
from clashbook.pages.references import TABLES, record_reference
from clashbook.pages.tables import Column, TableRow, table

# The tables whose rows a page shows, and what a link to one is called.
LINKED = {name: kind for kind, name in TABLES.items()}


class CorrectionsTable(SphinxDirective):
    """``{corrections-table}``: what was wrong in the data, and what it says now."""

    def run(self) -> list[nodes.Node]:
        rows = edition_of(self.env).table("corrections")
        if not rows:
            return [nodes.paragraph("", "Nothing has been corrected so far.")]
        columns = [Column(name) for name in ("Date", "Table", "Row", "What changed", "Why")]
        return [
            table(
                "Corrections, the newest first",
                columns,
                [self.row(row) for row in sorted(rows, key=lambda row: row["date"], reverse=True)],
                key="corrections",
                cards=True,
            )
        ]

    def row(self, row: Row) -> TableRow:
        kind = LINKED.get(row["table"])
        # A row that was taken out has no place to lead to.
        shown: Content = row["row_id"] or "no single row"
        if kind and row["row_id"]:
            shown = record_reference(self.env, kind, row["row_id"], text=row["row_id"])
        cells = [language.day_in_words(row["date"]), row["table"], shown, row["what_changed"]]
        return TableRow([*cells, row["why"]])
