"""What the report leans on: its claims, reactions and events by who says so, and by source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from clashbook.dataset import kinds
from clashbook.pages.facts import Edition, Row, edition_of
from clashbook.pages.html import Content, second
from clashbook.pages.references import record_reference
from clashbook.pages.tables import Column, TableRow, table

KINDS = tuple(kind.table for kind in kinds.SPOKEN)
COUNTS = [
    Column("Claims", numeric=True),
    Column("Counted in a toll", numeric=True),
    Column("Reactions", numeric=True),
    Column("Events", numeric=True),
]
OWN, OTHER = "own_side", "opposing_side"
OF_THEMSELVES = "of themselves"
SIDES = {OWN: "of its own side", OTHER: "of the other side, or of both"}
OTHERS = {
    OF_THEMSELVES: ("Outside actors", "of themselves"),
    "third_party": ("Third parties", "of others"),
    "press": ("Press and authors", "in their own voice"),
    "statistics": ("Official statistics", ""),
}

Group = tuple[str, str]
Rows = list[tuple[str, Row]]


class _Leanings(SphinxDirective):
    """A table of how many claims, reactions and events there are, by a group of theirs."""

    heading = ""
    caption = ""
    key = ""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        found: dict[Group | str, Rows] = defaultdict(list)
        for kind in KINDS:
            for row in edition.table(kind):
                found[self.group(edition, row)].append((kind, row))
        body = [
            TableRow([name, *counts(edition, rows)]) for name, rows in self.named(edition, found)
        ]
        every = [row for rows in found.values() for row in rows]
        body.append(TableRow(["All", *counts(edition, every)], data={"kind": "total"}))
        columns = [Column(self.heading), *COUNTS]
        return [table(self.caption, columns, body, key=self.key, cards=True)]

    def group(self, edition: Edition, row: Row) -> Group | str:
        raise NotImplementedError

    def named(
        self, edition: Edition, found: Mapping[Group | str, Rows]
    ) -> Iterator[tuple[Content, Rows]]:
        """The groups in their order, each with its name and its rows."""
        raise NotImplementedError


class ByClaimant(_Leanings):
    """``{leanings-by-claimant}``: how many rows rest on each side's word, and on others'."""

    heading = "Who says so"
    caption = "What the report leans on, by who says so"
    key = "by-claimant"

    def group(self, edition: Edition, row: Row) -> Group | str:
        return standpoint(edition, row)

    def named(
        self, edition: Edition, found: Mapping[Group | str, Rows]
    ) -> Iterator[tuple[Content, Rows]]:
        for group, (who, of_whom) in groups(edition).items():
            yield [who, *second(of_whom)], found.get(group, [])


class BySource(_Leanings):
    """``{leanings-by-source}``: how many rows are taken from each document, the most first."""

    heading = "Document"
    caption = "What the report leans on, by document"
    key = "by-source"

    def group(self, edition: Edition, row: Row) -> str:
        return row["source_id"]

    def named(
        self, edition: Edition, found: Mapping[Group | str, Rows]
    ) -> Iterator[tuple[Content, Rows]]:
        for key, rows in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
            # The agency or outlet that its text comes from.
            origin = edition.name("sources", str(key), "origin")
            source = record_reference(self.env, "source", str(key), self.get_location())
            yield [source, *second(f"Origin: {origin}")], rows


def groups(edition: Edition) -> dict[Group | str, tuple[str, str]]:
    """Who can say so, by name and of whom: the sides alike, and in alphabetical order."""
    sides = sorted(belligerents(edition), key=lambda row: row["name"])
    own = {
        (row["actor_id"], role): (row["name"], of) for row in sides for role, of in SIDES.items()
    }
    return own | OTHERS


def belligerents(edition: Edition) -> list[Row]:
    return [row for row in edition.table("actors") if row["kind"] == "belligerent"]


def standpoint(edition: Edition, row: Row) -> Group | str:
    """The group of `groups` that a row's claimant belongs to.

    A side's authority is known by the side's name in it; where it names none, by whom the row is
    about. The name comes first, since the party of an event may be whose place it is.

    Raises
    ------
    sphinx.errors.ExtensionError
        If neither tells the side.
    """
    role, about = row["claimant_role"], row.get("actor_id") or row["party"]
    if role not in SIDES:
        return role
    sides = {side["actor_id"]: side for side in belligerents(edition)}
    named = _named_in(row["claimant"], sides.values())
    if named:
        return named, role
    if about in sides:
        others = [side for side in sides if side != about]
        return (about if role == OWN else others[0]), role
    if role == OWN and about:
        return OF_THEMSELVES
    raise ExtensionError(f'claimant "{row["claimant"]}" names no side; write its side with it')


def _named_in(claimant: str, sides: Iterable[Row]) -> str:
    """The side that a claimant's name mentions first; empty where it mentions none."""
    found = {}
    for row in sides:
        names = [row["name"], *filter(None, row["aliases"].split("; "))]
        match = re.search(rf"\b({'|'.join(map(re.escape, names))})\b", claimant)
        if match:
            found[match.start()] = row["actor_id"]
    return found[min(found)] if found else ""


def counts(edition: Edition, rows: Rows) -> list[str]:
    """The cells of `COUNTS`: how many rows of each kind, and how many claims enter a toll."""
    of = {kind: [row for name, row in rows if name == kind] for kind in KINDS}
    tolls = [edition.tolls.get(row["claim_id"], {}) for row in of["claims"]]
    entering = sum(bool(toll.get("enters")) for toll in tolls)
    numbers = [len(of["claims"]), entering, len(of["reactions"]), len(of["events"])]
    return [f"{number:,}" for number in numbers]
