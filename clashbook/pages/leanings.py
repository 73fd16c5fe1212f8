"""What the report leans on: its claims, reactions and events by who says so, and by source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
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
OF_THEMSELVES = "about themselves"
SIDES = {OWN: "about its own side", OTHER: "about the other side, or both"}
OTHERS = {
    OF_THEMSELVES: ("Outside actors", "about themselves"),
    "third_party": ("Third parties", "about others"),
    "press": ("Press and authors", "as their own"),
    "statistics": ("Official statistics", ""),
}

Group = tuple[str, str]
Key = TypeVar("Key", bound=Hashable)


class ByClaimant(SphinxDirective):
    """``{leanings-by-claimant}``: how many rows rest on each side's word, and on others'."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        counts = _counted(edition, lambda row: standpoint(edition, row))
        named = [(who, of_whom, counts[group]) for group, (who, of_whom) in groups(edition).items()]
        return _table(self.env, "by-claimant", "Who says so", named)


class BySource(SphinxDirective):
    """``{leanings-by-source}``: how many rows are taken from each document, the most first.

    With each stands the agency or outlet that its text comes from.
    """

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        counts = _counted(edition, lambda row: row["source_id"])
        rows = {key: found.total() - found["counted"] for key, found in counts.items()}
        named = [
            (
                record_reference(self.env, "source", key),
                f"Origin: {edition.name('sources', key, 'origin')}",
                counts[key],
            )
            for key in sorted(rows, key=lambda key: -rows[key])
        ]
        return _table(self.env, "by-source", "Document", named)


def _counted(edition: Edition, group: Callable[[Row], Key]) -> dict[Key, Counter[str]]:
    """How many claims, reactions and events, and how many claims enter a toll, by group."""
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for kind in kinds.SPOKEN:
        for row in edition.table(kind.table):
            found[group(row)][kind.table] += 1
            if edition.tolls.get(row.get("claim_id", ""), {}).get("enters"):
                found[group(row)]["counted"] += 1
    return found


def _table(
    env: BuildEnvironment, key: str, heading: str, named: Sequence[tuple[Content, str, Counter]]
) -> list[nodes.Node]:
    total = sum((counts for _, _, counts in named), Counter())
    return rendered(env, "leanings.html", key=key, heading=heading, groups=named, total=total)


def groups(edition: Edition) -> dict[Group | str, tuple[str, str]]:
    """Who can say so, by name and of whom: the sides alike, and in their order."""
    own = {
        (side, role): (edition.name("actors", side, "name"), of)
        for side in edition.sides
        for role, of in SIDES.items()
    }
    return own | OTHERS


def standpoint(edition: Edition, row: Row) -> Group | str:
    """The group of `groups` that a row's claimant belongs to.

    A side's authority is known by a name of the side in it; where it names none, by whom the row is
    about. The name comes first, since the party of an event may be whose place it is.

    Raises
    ------
    sphinx.errors.ExtensionError
        If neither tells the side.
    """
    role, about = row["claimant_role"], row.get("actor_id") or row["party"]
    if role not in SIDES:
        return role
    sides = {
        name: side["actor_id"]
        for side in filter(None, (edition.row("actors", key) for key in edition.sides))
        for name in filter(None, [side["name"], *side["aliases"].split("; ")])
    }
    if named := re.search(rf"\b({'|'.join(map(re.escape, sides))})\b", row["claimant"]):
        return sides[named[0]], role
    if about in sides.values():
        others = [side for side in sides.values() if side != about]
        return (about if role == OWN else others[0]), role
    if role == OWN and about:
        return OF_THEMSELVES
    raise ExtensionError(
        f'column claimant, "{row["claimant"]}": names no side; write its side with it'
    )
