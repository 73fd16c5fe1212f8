"""The page of corrections: what was wrong in the data, and what it says now."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from clashbook import language
from clashbook.pages.data_tables import RecordsTable
from clashbook.pages.facts import Row, edition_of
from clashbook.pages.html import Content
from clashbook.pages.references import TABLES, record_reference
from clashbook.pages.tables import TableRow

# The tables whose rows a page shows, and what a link to one is called.
LINKED = {name: kind for kind, name in TABLES.items()}


class CorrectionsTable(RecordsTable):
    """``{corrections-table}``: what was wrong in the data, and what it says now."""

    data_table = "corrections"
    caption = "Corrections, the newest first"
    columns = ("Date", "Table", "Row", "What changed", "Why")

    def run(self) -> list[nodes.Node]:
        if not edition_of(self.env).table(self.data_table):
            return [nodes.paragraph("", "Nothing has been corrected so far.")]
        return super().run()

    def ordered(self, records: list[Row]) -> list[Row]:
        return sorted(records, key=lambda row: row["date"], reverse=True)

    def row(self, env: BuildEnvironment, record: Row) -> TableRow:
        kind = LINKED.get(record["table"])
        # A row that was taken out has no place to lead to.
        shown: Content = record["row_id"] or "no single row"
        if kind and record["row_id"]:
            shown = record_reference(env, kind, record["row_id"], text=record["row_id"])
        day = language.day_in_words(record["date"])
        return TableRow([day, record["table"], shown, record["what_changed"], record["why"]])
