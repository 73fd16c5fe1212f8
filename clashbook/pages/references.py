"""What can be linked to (claims, numbers, sources, reactions, events, exhibits), and the roles.

The objects of the domain are noted where a page shows them; a reference to one that no page
shows is a warning, and a warning stops the build.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxRole
from sphinx.util.nodes import make_refnode

from clashbook.dataset import kinds
from clashbook.dataset.rows import Claim, Event, Reaction, Source
from clashbook.pages import labels
from clashbook.pages.facts import Edition, Row, edition_of
from clashbook.pages.html import Content, as_nodes, tag
from clashbook.prose.numbers import REFERENCE, ROLES

logger = logging.getLogger(__name__)

TABLES = {kind.name: kind.table for kind in kinds.REFERRED}
KINDS = (*TABLES, "number", "exhibit")


class ClashDomain(Domain):
    """The book's own objects: kind and id to the page and anchor where they stand."""

    name = "clash"
    label = "Claims and counts"
    object_types: ClassVar = {kind: ObjType(kind, kind) for kind in KINDS}
    dangling_warnings: ClassVar = {kind: f"no page shows the {kind} %(target)r" for kind in KINDS}
    initial_data: ClassVar = {"objects": {}}

    def note(self, kind: str, key: str, anchor: str, *, embedded: bool = False) -> None:
        """Say that the page being read shows an object; an embedded copy never hides its home."""
        objects = self.data["objects"]
        place = (self.env.docname, anchor, embedded)
        if (kind, key) not in objects or (objects[kind, key][2] and not embedded):
            objects[kind, key] = place

    def clear_doc(self, docname: str) -> None:
        objects = self.data["objects"]
        self.data["objects"] = {key: at for key, at in objects.items() if at[0] != docname}

    def merge_domaindata(self, docnames: list[str], otherdata: dict) -> None:
        for key, place in otherdata["objects"].items():
            if place[0] in docnames:
                self.data["objects"].setdefault(key, place)

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        place = self.data["objects"].get((typ, target))
        if place is None:
            return None
        docname, anchor, _ = place
        return make_refnode(builder, fromdocname, docname, anchor, contnode)

    def resolve_any_xref(self, env, fromdocname, builder, target, node, contnode):
        return []

    def get_objects(self):
        # None of these belongs into the search's results: the pages that show them do.
        return []


def note(env: BuildEnvironment, kind: str, key: str, anchor: str, **options: bool) -> None:
    env.get_domain("clash").note(kind, key, anchor, **options)


def reference(env: BuildEnvironment, kind: str, key: str, *content: Content) -> nodes.Node:
    """A link to an object, wherever in the book it stands."""
    node = addnodes.pending_xref(
        "", refdomain="clash", reftype=kind, reftarget=key, refdoc=env.docname, refwarn=True
    )
    # A link to an exhibit must not take on the looks of one.
    text = nodes.inline("", "", classes=[] if kind == "exhibit" else [kind])
    for each in content:
        text.extend(as_nodes(each))
    node.append(text)
    return node


def number_reference(
    env: BuildEnvironment, key: str, location=None, role: str = "number"
) -> nodes.Node:
    """A number's words, leading to the claim it rests on or to its own row; or whose it is.

    An unknown id is an error that stops the build.
    """
    edition = edition_of(env)
    number = edition.numbers.get(key)
    if number is None:
        return _unknown("number", key, location)
    if role == "attribution":
        return nodes.Text(number.attribution)
    # A number that rests on several claims leads to its own row, which lists them all.
    one = len(number.claims) == 1
    kind, target = ("claim", number.claims[0]) if one else ("number", key)
    node = reference(env, kind, target, number.text)
    node[0]["classes"] = ["number"]
    return node


def record_reference(
    env: BuildEnvironment, kind: str, key: str, location=None, text: str = ""
) -> nodes.Node:
    """A record's short label, or other words for it, leading to its row."""
    label = record_label(edition_of(env), kind, key)
    if label is None:
        return _unknown(kind, key, location)
    return reference(env, kind, key, text or label)


def source_cell(env: BuildEnvironment, row: Row) -> list[nodes.Node]:
    """A row's source, linked to its entry, and the place in it."""
    source = record_reference(env, "source", row["source_id"], env.docname)
    locator = row.get("locator", "")
    return [source, tag("span", locator, class_="second")] if locator else [source]


def record_label(edition: Edition, kind: str, key: str) -> str | None:
    """What a link to a record says; None where the edition has no such record."""
    if kind == "exhibit":
        bundle = edition.exhibits.get(key)
        return None if bundle is None else plain(edition, bundle["title"])
    row = edition.row(TABLES[kind], key)
    return None if row is None else LABELS[kind](edition, row)


def _claim_label(edition: Edition, row: dict) -> str:
    return f"{labels.actor(edition, row['claimant'])}, {Claim.of(row).reported}"


def _reaction_label(edition: Edition, row: dict) -> str:
    return f"{labels.actor(edition, row['actor_id'])}, {Reaction.of(row).when}"


def _event_label(edition: Edition, row: dict) -> str:
    # Whoever reports a thing is not who did it.
    told = (
        f"{row['kind'].replace('_', ' ')}, as reported by {labels.actor(edition, row['claimant'])}"
    )
    return f"{told}, {Event.of(row).when}"


LABELS: dict[str, Callable[[Edition, dict], str]] = {
    "claim": _claim_label,
    "reaction": _reaction_label,
    "event": _event_label,
    "source": lambda _edition, row: Source.of(row).words,
}


def with_numbers(env: BuildEnvironment, text: str, location=None) -> list[nodes.Node]:
    """Text of an exhibit with its references to numbers resolved; nothing else in it is markup."""
    found, end = [], 0
    for each in REFERENCE.finditer(text):
        found += [nodes.Text(text[end : each.start()])]
        found += [number_reference(env, each[2], location, each[1])]
        end = each.end()
    return [*found, nodes.Text(text[end:])]


def plain(edition: Edition, text: str) -> str:
    """The same as words alone, for where no link can stand."""

    def words(found: re.Match[str]) -> str:
        number = edition.numbers.get(found[2])
        return getattr(number, ROLES[found[1]]) if number else found[2]

    return REFERENCE.sub(words, text)


class NumberRole(SphinxRole):
    """``{number}`id` ``: a number's words, linked to what it rests on.

    ``{attribution}`id` `` says according to whom the number is what it is.
    """

    def run(self):
        return [number_reference(self.env, self.text, self.get_location(), self.name)], []


class RecordRole(ReferenceRole):
    """``{claim}`id` `` and the like: a record's short label, linked to its row.

    ``{claim}`words <id>` `` links words of the sentence instead.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def run(self):
        words = self.title if self.has_explicit_title else ""
        return [record_reference(self.env, self.kind, self.target, self.get_location(), words)], []


def _unknown(kind: str, key: str, location) -> nodes.Node:
    logger.error("unknown %s %r", kind, key, location=location)
    return nodes.inline("", f"[unknown {kind} {key}]", classes=["problem"])
