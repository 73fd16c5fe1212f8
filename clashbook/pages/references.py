"""What can be linked to (claims, numbers, sources, reactions, events, exhibits), and the roles.

The objects of the domain are noted where a page shows them; a reference to one that no page
shows is a warning, and a warning stops the build.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from operator import itemgetter

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxRole
from sphinx.util.nodes import make_refnode

from clashbook.dataset import kinds
from clashbook.dataset.rows import Claim, Event, Reaction, Source
from clashbook.language import NO_BREAK
from clashbook.pages import labels
from clashbook.pages.facts import Edition, edition_of
from clashbook.pages.html import Content, as_nodes, filled
from clashbook.prose.numbers import REFERENCE, ROLES

logger = logging.getLogger(__name__)

# Where a text stands, as Sphinx names it in a warning: page and line.
Location = str | tuple[str, int | None] | None

RECORDS = {record.record_kind.name: record for record in (Claim, Source, Reaction, Event)}
KINDS = (*RECORDS, "number", "exhibit")


class ClashDomain(Domain):
    """The book's own objects: kind and id to the page and anchor where they stand.

    The search names none of them: it finds the pages that show them.

    Its `entries` are those of disagreements that name a row: the row's id to page, anchor, title.
    Every build reads all pages anew, on each core some.
    """

    name = "clash"
    label = "Claims and counts"
    # Sphinx declares these without ClassVar, and copies them for each build.
    object_types = {kind: ObjType(kind, kind) for kind in KINDS}  # noqa: RUF012
    dangling_warnings = {  # noqa: RUF012
        kind: f"no page shows the {kind} %(target)r" for kind in KINDS
    }
    initial_data = {"objects": {}, "entries": {}}  # noqa: RUF012

    @classmethod
    def of(cls, env: BuildEnvironment) -> ClashDomain:
        domain = env.get_domain(cls.name)
        assert isinstance(domain, ClashDomain)
        return domain

    @property
    def objects(self) -> dict[tuple[str, str], tuple[str, str, bool]]:
        return self.data["objects"]

    @property
    def entries(self) -> dict[str, list[tuple[str, str, str]]]:
        return self.data["entries"]

    def merge_domaindata(self, docnames: list[str], otherdata: dict) -> None:
        # As if the pages had been read one after another, whichever process ends first.
        for key, place in otherdata["objects"].items():
            if place[0] in docnames:
                known = [self.objects[key]] if key in self.objects else []
                self.objects[key] = min([place, *known], key=itemgetter(2, 0))
        for key, places in otherdata["entries"].items():
            mine = self.entries.setdefault(key, [])
            mine += [place for place in places if place[0] in docnames]
            mine.sort(key=itemgetter(0))

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        place = self.objects.get((typ, target))
        if place is None:
            return None
        return make_refnode(builder, fromdocname, place[0], place[1], contnode)


def rendered(env: BuildEnvironment, template: str, **values: object) -> list[nodes.Node]:
    """The nodes of a template, which is also given the edition and what makes links of its rows."""
    return filled(
        template,
        **{"edition": edition_of(env), "labels": labels},
        **{"noted": partial(note, env), "entries_of": Entries.of, "basis": partial(basis, env)},
        **{"link": partial(reference, env), "record_link": partial(record_reference, env)},
        **{"rule_link": partial(rule_reference, env)},
        **values,
    )


def note(
    env: BuildEnvironment, kind: str, key: str, anchor: str = "", *, embedded: bool = False
) -> str:
    """Say that the page being read shows an object; its anchor, which is its id if not given.

    An embedded copy never hides its home.
    """
    objects, anchor = ClashDomain.of(env).objects, anchor or key
    if (kind, key) not in objects or (objects[kind, key][2] and not embedded):
        objects[kind, key] = (env.docname, anchor, embedded)
    return anchor


def reference(env: BuildEnvironment, kind: str, key: str, *content: Content) -> nodes.Element:
    """A link to an object, wherever in the book it stands."""
    node = addnodes.pending_xref(
        "", refdomain="clash", reftype=kind, reftarget=key, refdoc=env.docname, refwarn=True
    )
    # A link to an exhibit must not take on the looks of one.
    node += nodes.inline("", "", *as_nodes(content), classes=[] if kind == "exhibit" else [kind])
    return node


def number_reference(
    env: BuildEnvironment, key: str, location: Location = None, role: str = "number"
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
    (text,) = node.findall(nodes.inline)
    text["classes"] = ["number"]
    return node


def record_reference(
    env: BuildEnvironment, kind: str, key: str, location: Location = None, text: str = ""
) -> nodes.Element:
    """A record's short label, or other words for it, leading to its row."""
    label = record_label(edition_of(env), kind, key)
    if label is None:
        return _unknown(kind, key, location or env.docname)
    return reference(env, kind, key, text or label)


def rule_reference(env: BuildEnvironment, rule: int) -> nodes.Node:
    """A rule's number, leading to the words of the rule; a dead link stops the build."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", f"rule{NO_BREAK}{rule}"),
        refdomain="std",
        reftype="ref",
        reftarget=f"rule-{rule}",
        refdoc=env.docname,
        refexplicit=True,
        refwarn=True,
    )


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


def record_label(edition: Edition, kind: str, key: str) -> str | None:
    """What a link to a record says; None where the edition has no such record."""
    if kind == "exhibit":
        bundle = edition.exhibits.get(key)
        return None if bundle is None else plain(edition, bundle["title"])
    row = edition.row(RECORDS[kind].record_kind.table, key)
    return None if row is None else labels.of_record(edition, RECORDS[kind].of(row))


def with_numbers(env: BuildEnvironment, text: str, location: Location = None) -> list[nodes.Node]:
    """Text of an exhibit with its references to numbers resolved; nothing else in it is markup."""
    found: list[nodes.Node] = []
    end = 0
    for match in REFERENCE.finditer(text):
        found.append(nodes.Text(text[end : match.start()]))
        found.append(number_reference(env, match[2], location, match[1]))
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
        return [number_reference(self.env, self.text, self.get_location(), self.name)], []


class RecordRole(ReferenceRole):
    """``{claim}`id` `` and the like: a record's short label, linked to its row.

    ``{claim}`words <id>` `` links words of the sentence instead.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        words = self.title if self.has_explicit_title else ""
        return [record_reference(self.env, self.kind, self.target, self.get_location(), words)], []


class Entries(nodes.General, nodes.Element):
    """Stands for the links to a row's entries until all pages have been read."""

    @classmethod
    def of(cls, key: str) -> Entries:
        return cls(key=key)


def _unknown(kind: str, key: str, location: Location) -> nodes.Element:
    logger.error("unknown %s %r", kind, key, location=location)
    return nodes.inline("", f"[unknown {kind} {key}]", classes=["problem"])
