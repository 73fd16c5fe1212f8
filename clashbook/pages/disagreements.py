"""The page of disagreements: who says otherwise, and what was done with it.

An entry names the rows that disagree, a line a side. What each says comes from the data, and an
entry shows only in editions that know a row of more than one side.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from clashbook import language
from clashbook.bounds import Bounds, figure
from clashbook.dataset import kinds
from clashbook.dataset.rows import STATEMENTS, Claim, Event, Reaction, Series
from clashbook.pages.facts import Edition, Row, edition_of, edition_of_app
from clashbook.pages.html import filled, section
from clashbook.pages.references import Entries, rendered

# In the metadata of a page, which Sphinx brings together: its entries, a row and an entry each.
ENTRIES = "disagreements"
TABLES = {kind.name: kind.table for kind in kinds.GROUNDS}


class Account(NamedTuple):
    """What an entry shows of a row.

    `row` is its record. `is_done` says whether anything was done with it; it is an account among
    others else. `figures`, `days` and `note` are those of a series, in words.
    """

    kind: str
    row: Claim | Event | Reaction | Series
    is_done: bool
    figures: str = ""
    days: str = ""
    note: str = ""


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
        lines = [line.split() for line in self.options["rows"].splitlines()]
        known = [list(filter(None, map(self.shown, line))) for line in lines]
        if sum(map(bool, known)) < 2:
            return []
        name = self.options["name"]
        rows = [_parted(named)[0] for line in lines for named in line]
        entries = self.env.metadata[self.env.docname].setdefault(ENTRIES, [])
        entries += [(row, name, title) for row in rows]
        entry = section(self.state.document, title, name)
        self.state.nested_parse(self.content, self.content_offset, entry)
        accounts = [account for side in known for account in side]
        rules = self.options.get("rules", [])
        entry += rendered(
            self.env, "disagreement.html", title=title, key=name, accounts=accounts, rules=rules
        )
        return [entry]

    def shown(self, named: str) -> Account | None:
        """What a row says; None where the edition does not know it yet."""
        edition, (key, period) = edition_of(self.env), _parted(named)
        for kind, table in TABLES.items():
            if row := edition.row(table, key):
                if kind != "series":
                    return _statement(edition, kind, row)
                rows = _observed(edition, key, period)
                return _series(edition, row, period, rows)
        return None


def _statement(edition: Edition, kind: str, row: Row) -> Account:
    made = STATEMENTS[f"{kind}s"].of(row)
    return Account(kind, made, made.id in edition.tolls if kind == "claim" else bool(made.related))


def _series(edition: Edition, row: Row, period: str, rows: list[Row]) -> Account:
    """A provider's figure: the observations of a series for a period."""
    made, summed = Series.of(row), rows[0]["period"] != period
    days = language.day_in_words(period) + (", months with a row added up" if summed else "")
    beside = edition.name("indicators", made.indicator, "kind") == "count"
    note = "" if summed else rows[0]["note"]
    return Account("series", made, beside, _observations(rows, made.unit), days, note)


def _observed(edition: Edition, series: str, period: str) -> list[Row]:
    """The observation of a period, or those of its months where a series of counts has these."""
    mine = [row for row in edition.table("observations") if row["series_id"] == series]
    exact = [row for row in mine if row["period"] == period]
    indicator = edition.name("series", series, "indicator")
    if exact or not period or edition.name("indicators", indicator, "kind") != "count":
        return exact
    return [row for row in mine if row["period"].startswith(f"{period}-")]


def _observations(rows: list[Row], unit: str) -> str:
    """Observations added up, in words; bounds that cross are said as they were published."""
    low, best, high = (
        sum(float(row[end] or row["best"]) for row in rows) for end in ("low", "best", "high")
    )
    if low == best == high:
        return Bounds.exact(best).words(unit)
    middle = f"best estimate {figure(best, unit)}"
    if low <= best <= high:
        return f"{Bounds(low, high).words(unit)}, {middle}"
    return f"low {figure(low, unit)}, {middle}, high {figure(high, unit)}, as published"


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
    """Put the groups of the page in the place of its contents; one without entries is left out."""
    day = language.day_in_words(edition_of_app(app).about.as_of)
    for place in list(document.findall(_Contents)):
        groups = []
        for group in [child for child in place.parent if isinstance(child, nodes.section)]:
            if entries := sum(isinstance(child, nodes.section) for child in group):
                groups.append((group["ids"][0], group[0].astext(), entries))
            elif all(isinstance(child, nodes.title) for child in group):
                place.parent.remove(group)
        none = nodes.paragraph("", f"None is known by {day}.")
        place.replace_self(filled("groups.html", groups=groups) if groups else [none])


def link_entries(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Put the links to a row's entries in their place."""
    for place in list(document.findall(Entries)):
        links = [
            make_refnode(app.builder, docname, page, anchor, nodes.Text(title))
            for page, metadata in sorted(app.env.metadata.items())
            for row, anchor, title in metadata.get(ENTRIES, [])
            if row == place["key"]
        ]
        place.replace_self(filled("entries.html", links=links))


def register(app: Sphinx) -> None:
    # Before Sphinx reads the contents of the page.
    app.connect("doctree-read", list_groups, priority=400)
    app.connect("doctree-resolved", link_entries)
