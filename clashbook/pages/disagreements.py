"""The page of disagreements: who says otherwise, and what was done with it.

An entry names the rows that disagree, a line a side. What each says comes from the data, and an
entry shows only in editions that know a row of more than one side.
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from clashbook import language
from clashbook.dataset import kinds
from clashbook.pages import disagreement_rows
from clashbook.pages.claim_standing import rule_reference
from clashbook.pages.facts import edition_of, edition_of_app
from clashbook.pages.html import Content, fold, joined, link, section, tag
from clashbook.pages.references import ClashDomain
from clashbook.pages.tables import TableRow, table

TABLES = {kind.name: kind.table for kind in kinds.GROUNDS}
COLUMNS = {"who": "Who says so", "what": "What", "done": "What was done", "source": "Source"}


class Disagreement(SphinxDirective):
    """``:::{disagreement} Title``: rows that disagree, what was done with them, and why.

    Options: `name`, the anchor; `rows`, a line a side, each the ids of claims, events, reactions,
    or a `series@period`; `rules`, the numbers of the rules that decide.
    """

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = {
        "name": directives.unchanged_required,
        "rows": directives.unchanged_required,
        "rules": directives.positive_int_list,
    }

    def run(self) -> list[nodes.Node]:
        self.assert_has_content()
        title = self.arguments[0]
        for option in ("name", "rows"):
            if option not in self.options:
                raise self.wrong(f"it has no {option}")
        lines = [line.split() for line in self.options["rows"].splitlines()]
        known = [list(filter(None, map(self.shown, line))) for line in lines]
        if sum(map(bool, known)) < 2:
            return []
        name = self.options["name"]
        for named in (named for line in lines for named in line):
            ClashDomain.of(self.env).note_entry(_parted(named)[0], name, title)
        entry = section(self.state.document, title, name)
        self.state.nested_parse(self.content, self.content_offset, entry)
        rules = self.options.get("rules", [])
        links = joined([rule_reference(self.env, rule) for rule in rules])
        by: Content = tag("p", "By ", links, ".") if rules else []
        rows = [row for side in known for row in side]
        summary = f"What each says: {language.how_many(len(rows))} accounts"
        entry += fold(summary, by, rows_table(title, name, rows), class_="fold")
        return [entry]

    def shown(self, named: str) -> disagreement_rows.Shown | None:
        """What a row says; None where the edition does not know it yet."""
        edition = edition_of(self.env)
        key, period = _parted(named)
        known = {kind: row for kind, name in TABLES.items() if (row := edition.row(name, key))}
        if not known and key in edition.ids:
            return None
        if len(known) != 1:
            raise self.wrong(f'"{key}" is the id of {" and of a ".join(known) or "no row at all"}')
        ((kind, row),) = known.items()
        if kind != "series":
            return disagreement_rows.BY_KIND[kind](self.env, row)
        rows = disagreement_rows.observed(edition, key, period)
        if not rows:
            raise self.wrong(f'series "{key}" has no observation of "{period}"')
        return disagreement_rows.series(self.env, row, period, rows)

    def wrong(self, fault: str) -> Exception:
        return self.error(f'disagreement "{self.arguments[0]}": {fault}')


def _parted(named: str) -> tuple[str, str]:
    key, _, period = named.partition("@")
    return key, period


def rows_table(title: str, key: str, rows: list[disagreement_rows.Shown]) -> nodes.Node:
    """What each row says; accounts with which nothing was done need no column for it."""
    shown = {
        name: column
        for name, column in COLUMNS.items()
        if name != "done" or any(row.done for row in rows)
    }
    if "done" in shown:
        rows = [row if row.done else row._replace(done="Shown.") for row in rows]
    cells = [TableRow([getattr(row, name) for name in shown]) for row in rows]
    return table(title, list(shown.values()), cells, key=key, caption_hidden=True)


class Contents(SphinxDirective):
    """``{disagreements}``: the groups of the page, with how many entries each has."""

    def run(self) -> list[nodes.Node]:
        return [_Contents()]


class _Contents(nodes.General, nodes.Element):
    """Stands for the list of groups until the page has been read to its end."""


class _Entries(nodes.General, nodes.Element):
    """Stands for the links to a row's entries until all pages have been read."""


def entries_of(key: str) -> nodes.Node:
    """A line with links to the entries that name a row; nothing where none does."""
    return _Entries(key=key)


def list_groups(app: Sphinx, document: nodes.document) -> None:
    """Put the groups of the page in the place of its contents, and say where a group is empty."""
    day = language.day_in_words(edition_of_app(app).as_of)
    for place in list(document.findall(_Contents)):
        items = []
        for group in (child for child in place.parent if isinstance(child, nodes.section)):
            entries = sum(isinstance(child, nodes.section) for child in group)
            if not entries:
                group += nodes.paragraph("", f"None is on record by {day}.")
            title = link(f"#{group['ids'][0]}", group[0].astext())
            items.append(tag("li", title, f": {language.how_many(entries)}"))
        place.replace_self(tag("ul", items))


def link_entries(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Put the links to a row's entries in their place."""
    entries = ClashDomain.of(app.env).entries
    for place in list(document.findall(_Entries)):
        links = [
            make_refnode(app.builder, docname, page, anchor, nodes.Text(title))
            for page, anchor, title in entries.get(place["key"], [])
        ]
        seen = tag("p", "Disagrees with others: see ", joined(links, "; "), ".")
        place.replace_self([seen] if links else [])


def register(app: Sphinx) -> None:
    app.connect("doctree-read", list_groups)
    app.connect("doctree-resolved", link_entries)
