"""What the report leans on: its claims, reactions and events by who says so, and by source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from clashbook.dataset import kinds
from clashbook.pages.facts import Edition, Row, edition_of
from clashbook.pages.html import Content
from clashbook.pages.references import record_reference, rendered

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
Rows = dict[str, list[Row]]
Key = TypeVar("Key", bound=Hashable)


class ByClaimant(SphinxDirective):
    """``{leanings-by-claimant}``: how many rows rest on each side's word, and on others'."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        rows = _grouped(edition, lambda row: standpoint(edition, row))
        named = [
            (who, of_whom, counts(edition, rows[group]))
            for group, (who, of_whom) in groups(edition).items()
        ]
        return _table(self.env, "by-claimant", "Who says so", named)


class BySource(SphinxDirective):
    """``{leanings-by-source}``: how many rows are taken from each document, the most first.

    With each stands the agency or outlet that its text comes from.
    """

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        rows = _grouped(edition, lambda row: row["source_id"])
        order = sorted(rows, key=lambda key: (-sum(map(len, rows[key].values())), key))
        named = [
            (
                record_reference(self.env, "source", key, self.get_location()),
                f"Origin: {edition.name('sources', key, 'origin')}",
                counts(edition, rows[key]),
            )
            for key in order
        ]
        return _table(self.env, "by-source", "Document", named)


def _grouped(edition: Edition, group: Callable[[Row], Key]) -> dict[Key, Rows]:
    """The claims, reactions and events of an edition by group, and in each by table."""
    rows: dict[Key, Rows] = defaultdict(lambda: defaultdict(list))
    for kind in kinds.SPOKEN:
        for row in edition.table(kind.table):
            rows[group(row)][kind.table].append(row)
    return rows


def _table(
    env: BuildEnvironment, key: str, heading: str, named: Sequence[tuple[Content, str, list[int]]]
) -> list[nodes.Node]:
    total = [sum(column) for column in zip(*(cells for _, _, cells in named), strict=True)]
    return rendered(env, "leanings.html", key=key, heading=heading, groups=named, total=total)


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


def counts(edition: Edition, rows: Rows) -> list[int]:
    """How many claims, how many of these enter a toll, how many reactions and events."""
    tolls = [edition.tolls.get(row["claim_id"], {}) for row in rows["claims"]]
    entering = sum(bool(toll.get("enters")) for toll in tolls)
    return [len(rows["claims"]), entering, len(rows["reactions"]), len(rows["events"])]
