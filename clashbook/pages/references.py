"""What can be linked to (claims, numbers, sources, reactions, events, exhibits), and the roles.

Each kind has its page. That all ids are known was asked before anything was built; that each is
shown, the finished site is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import ReferenceRole, SphinxRole
from sphinx.util.nodes import make_refnode

from clashbook.dataset import kinds
from clashbook.dataset.rows import Claim, Event, Reaction, Source
from clashbook.language import NO_BREAK
from clashbook.pages import labels
from clashbook.pages.facts import Edition, edition_of
from clashbook.pages.html import Content, as_nodes, filled, tag
from clashbook.prose.numbers import REFERENCE, ROLES

RECORDS = {record.record_kind.name: record for record in (Claim, Source, Reaction, Event)}
# The page that shows each, exhibits apart: these stand in their chapters.
PAGES = {kind.name: kind.page for kind in kinds.REFERRED}
PAGES |= {"number": kinds.CLAIM.page, "rule": "methods.html"}
# What the anchors of these begin with; those of the others are their ids.
BEFORE = {kind: f"{kind}-" for kind in ("number", "rule")}
# What has a card by the name of its row.
OWN = ("claim", "number")


def rendered(env: BuildEnvironment, template: str, **values: object) -> list[nodes.Node]:
    """The nodes of a template, which is also given the edition and what makes links of its rows."""
    return filled(
        template,
        **{"edition": edition_of(env), "labels": labels},
        **{"entries_of": lambda key: Entries(key=key), "basis": partial(basis, env)},
        **{"link": partial(reference, env), "record_link": partial(record_reference, env)},
        **{"rule_link": partial(rule_reference, env)},
        **values,
    )


def reference(env: BuildEnvironment, kind: str, key: str, *content: Content) -> nodes.Element:
    """A link to an object, wherever in the book it stands."""
    is_exhibit = kind == "exhibit"
    page = edition_of(env).exhibits[key]["record"]["chapter"] if is_exhibit else PAGES[kind]
    # A link to an exhibit must not take on the looks of one.
    text = nodes.inline("", "", *as_nodes(content), classes=[] if is_exhibit else [kind])
    anchor = f"{BEFORE.get(kind, '')}{key}"
    return make_refnode(env.app.builder, env.docname, page.removesuffix(".html"), anchor, text)


def number_reference(env: BuildEnvironment, key: str, role: str = "number") -> nodes.Node:
    """A number's words, leading to the claim it rests on or to its own row; or whose it is."""
    number = edition_of(env).numbers[key]
    if role == "attribution":
        return nodes.Text(number.attribution)
    # A number that rests on several claims leads to its own row, which lists them all.
    one = len(number.claims) == 1
    kind, target = ("claim", number.claims[0]) if one else ("number", key)
    return figure_reference(env, kind, target, number.text, labels.card(number))


def figure_reference(
    env: BuildEnvironment, kind: str, key: str, words: str, card: str
) -> nodes.Element:
    """A number's words with the name of the card that they open, leading to an object."""
    node = reference(env, kind, key, words)
    (text,) = node.findall(nodes.inline)
    # A card of another name than the row that the link leads to.
    named = {} if card == f"{BEFORE.get(kind, '')}{key}" and kind in OWN else {"data-card": card}
    text.replace_self(tag("span", words, **{"class": "number"}, **named))
    return node


def record_reference(env: BuildEnvironment, kind: str, key: str, text: str = "") -> nodes.Element:
    """A record's short label, or other words for it, leading to its row."""
    return reference(env, kind, key, text or record_label(edition_of(env), kind, key))


def rule_reference(env: BuildEnvironment, rule: int) -> nodes.Element:
    """A rule's number, leading to the words of the rule."""
    return reference(env, "rule", str(rule), f"rule{NO_BREAK}{rule}")


def basis(env: BuildEnvironment, found: Mapping[str, Sequence[str]]) -> list[nodes.Node]:
    """Links to the records, and to the sources of the series, that something rests on."""
    edition = edition_of(env)
    links: list[nodes.Node] = []
    for kind in kinds.GROUNDS:
        name, keys = kind.name, found[kind.table]
        if kind is kinds.SERIES:
            # Several series may come from one source; it is named once.
            sources = (edition.name(kind.table, key, "source_id") for key in keys)
            name, keys = kinds.SOURCE.name, list(dict.fromkeys(sources))
        links += [record_reference(env, name, key) for key in keys]
    return links


def record_label(edition: Edition, kind: str, key: str) -> str:
    """What a link to a record says."""
    if kind == "exhibit":
        return plain(edition, edition.exhibits[key]["title"])
    row = edition.row(RECORDS[kind].record_kind.table, key)
    return labels.of_record(edition, RECORDS[kind].of(row or {}))


def with_numbers(env: BuildEnvironment, text: str) -> list[nodes.Node]:
    """Text of an exhibit with its references to numbers resolved; nothing else in it is markup."""
    found: list[nodes.Node] = []
    end = 0
    for match in REFERENCE.finditer(text):
        found.append(nodes.Text(text[end : match.start()]))
        found.append(number_reference(env, match[2], match[1]))
        end = match.end()
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

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [number_reference(self.env, self.text, self.name)], []


class RecordRole(ReferenceRole):
    """``{claim}`id` `` and the like: a record's short label, linked to its row.

    ``{claim}`words <id>` `` links words of the sentence instead.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        words = self.title if self.has_explicit_title else ""
        return [record_reference(self.env, self.kind, self.target, words)], []


class Entries(nodes.General, nodes.Element):
    """Stands for the links to a row's entries until all pages have been read."""
