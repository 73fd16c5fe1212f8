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
from clashbook.pages.facts import edition_of, edition_of_app
from clashbook.pages.html import filled, section
from clashbook.pages.references import ClashDomain, Entries, rendered

TABLES = {kind.name: kind.table for kind in kinds.GROUNDS}


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
        entries = ClashDomain.of(self.env).entries
        for named in (named for line in lines for named in line):
            entries.setdefault(_parted(named)[0], []).append((self.env.docname, name, title))
        entry = section(self.state.document, title, name)
        self.state.nested_parse(self.content, self.content_offset, entry)
        accounts = [account for side in known for account in side]
        rules = self.options.get("rules", [])
        entry += rendered(
            self.env, "disagreement.html", title=title, key=name, accounts=accounts, rules=rules
        )
        return [entry]

    def shown(self, named: str) -> disagreement_rows.Account | None:
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
            return disagreement_rows.statement(edition, kind, row)
        rows = disagreement_rows.observed(edition, key, period)
        if not rows:
            raise self.wrong(f'series "{key}" has no observation of "{period}"')
        return disagreement_rows.series(edition, row, period, rows)

    def wrong(self, fault: str) -> Exception:
        return self.error(f'disagreement "{self.arguments[0]}": {fault}')


def _parted(named: str) -> tuple[str, str]:
    key, _, period = named.partition("@")
    return key, period


class Contents(SphinxDirective):
    """``{disagreements}``: the groups of the page, with how many entries each has."""

    def run(self) -> list[nodes.Node]:
        return [_Contents()]


class _Contents(nodes.General, nodes.Element):
    """Stands for the list of groups until the page has been read to its end."""


def list_groups(app: Sphinx, document: nodes.document) -> None:
    """Put the groups of the page in the place of its contents, and say where a group is empty."""
    day = language.day_in_words(edition_of_app(app).about.as_of)
    for place in list(document.findall(_Contents)):
        groups = []
        for group in (child for child in place.parent if isinstance(child, nodes.section)):
            entries = sum(isinstance(child, nodes.section) for child in group)
            if not entries:
                group += nodes.paragraph("", f"None is on record by {day}.")
            groups.append((group["ids"][0], group[0].astext(), entries))
        place.replace_self(filled("groups.html", groups=groups))


def link_entries(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Put the links to a row's entries in their place."""
    entries = ClashDomain.of(app.env).entries
    for place in list(document.findall(Entries)):
        links = [
            make_refnode(app.builder, docname, page, anchor, nodes.Text(title))
            for page, anchor, title in entries.get(place["key"], [])
        ]
        place.replace_self(filled("entries.html", links=links))


def register(app: Sphinx) -> None:
    app.connect("doctree-read", list_groups)
    app.connect("doctree-resolved", link_entries)
