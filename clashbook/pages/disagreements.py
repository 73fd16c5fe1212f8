"""The page of disagreements: who says otherwise, and what was done with it.

An entry names the rows that disagree, a line a side. What each says comes from the data, and an
entry shows only in editions that know a row of more than one side.
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from clashbook import language
from clashbook.dataset import kinds
from clashbook.pages import accounts, outcomes
from clashbook.pages.facts import edition_of
from clashbook.pages.html import joined, link, tag
from clashbook.pages.tables import Column, TableRow, table

TABLES = {kind.name: kind.table for kind in kinds.GROUNDS}
COLUMNS = {
    "who": Column("Who says so"),
    "what": Column("What"),
    "done": Column("What was done"),
    "source": Column("Source"),
}


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
        known = [list(filter(None, map(self.said, line))) for line in lines]
        if sum(map(bool, known)) < 2:
            return []
        name = self.options["name"]
        for named in (each for line in lines for each in line):
            Disagreements.of(self.env).note(_parted(named)[0], name, title)
        section = nodes.section("", nodes.title("", title), ids=[name], names=[name])
        self.state.document.note_explicit_target(section, section)
        self.state.nested_parse(self.content, self.content_offset, section)
        rules = self.options.get("rules", [])
        links = joined([outcomes.rule_reference(self.env, rule) for rule in rules])
        by = tag("p", "By ", links, ".") if rules else []
        rows = [said for side in known for said in side]
        summary = f"What each says: {language.how_many(len(rows))} accounts"
        inside = said_table(title, name, rows)
        section += tag("details", tag("summary", summary), by, inside, class_="fold")
        return [section]

    def said(self, named: str) -> accounts.Said | None:
        """What a row says; None where the edition does not know it yet."""
        edition = edition_of(self.env)
        key, period = _parted(named)
        known = {kind: edition.row(name, key) for kind, name in TABLES.items()}
        known = {kind: row for kind, row in known.items() if row}
        if not known and key in edition.ids:
            return None
        if len(known) != 1:
            raise self.wrong(f'"{key}" is the id of {" and of a ".join(known) or "no row at all"}')
        ((kind, row),) = known.items()
        if kind != "series":
            return accounts.SAID[kind](self.env, row)
        rows = accounts.observed(edition, key, period)
        if not rows:
            raise self.wrong(f'series "{key}" has no observation of "{period}"')
        return accounts.series(self.env, row, period, rows)

    def wrong(self, fault: str) -> Exception:
        return self.error(f'disagreement "{self.arguments[0]}": {fault}')


def _parted(named: str) -> tuple[str, str]:
    key, _, period = named.partition("@")
    return key, period


def said_table(title: str, key: str, rows: list[accounts.Said]) -> nodes.Node:
    """What each row says; accounts with which nothing was done need no column for it."""
    shown = {
        name: column
        for name, column in COLUMNS.items()
        if name != "done" or any(row.done for row in rows)
    }
    if "done" in shown:
        rows = [row if row.done else row._replace(done="Shown.") for row in rows]
    cells = [TableRow([getattr(row, name) for name in shown]) for row in rows]
    return table(title, list(shown.values()), cells, key=key, cards=True, caption_hidden=True)


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


class Disagreements(Domain):
    """Which entries name a row: its id to page, anchor and title."""

    name = "disagreements"
    label = "Disagreements"
    initial_data: ClassVar = {"entries": {}}

    @classmethod
    def of(cls, env: BuildEnvironment) -> Disagreements:
        return env.get_domain(cls.name)

    def note(self, key: str, anchor: str, title: str) -> None:
        entries = self.data["entries"].setdefault(key, [])
        entries.append((self.env.docname, anchor, title))

    def clear_doc(self, docname: str) -> None:
        self.data["entries"] = {
            key: [entry for entry in entries if entry[0] != docname]
            for key, entries in self.data["entries"].items()
        }

    def merge_domaindata(self, docnames: list[str], otherdata: dict) -> None:
        for key, entries in otherdata["entries"].items():
            mine = self.data["entries"].setdefault(key, [])
            mine += [entry for entry in entries if entry[0] in docnames]


def list_groups(app: Sphinx, document: nodes.document) -> None:
    """Put the groups of the page in the place of its contents, and say where a group is empty."""
    day = language.day_in_words(app.clashbook_edition.as_of)
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
    entries = Disagreements.of(app.env).data["entries"]
    for place in list(document.findall(_Entries)):
        links = [
            make_refnode(app.builder, docname, page, anchor, nodes.Text(title))
            for page, anchor, title in entries.get(place["key"], [])
        ]
        seen = tag("p", "Disagrees with others: see ", joined(links, "; "), ".")
        place.replace_self([seen] if links else [])


def register(app: Sphinx) -> None:
    app.add_domain(Disagreements)
    app.connect("doctree-read", list_groups)
    app.connect("doctree-resolved", link_entries)
