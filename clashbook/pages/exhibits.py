"""Exhibits on a page: each with title, drawings, note, source, table and files; the page of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import PurePath
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from clashbook.figures.svg import page_svg
from clashbook.pages import row_numbers
from clashbook.pages.cite import cite_block
from clashbook.pages.facts import edition_of
from clashbook.pages.html import section
from clashbook.pages.labels import cell
from clashbook.pages.references import (
    number_reference,
    plain,
    record_reference,
    rendered,
    with_numbers,
)
from clashbook.prose.numbers import GROUNDS

MIME = "application/vnd.clashbook.exhibit+json"
# Characters of a cell that is a sentence rather than a name.
LINE = 60

_FIGURE = re.compile(
    r"((at least|more than|up to|fewer than|about)\s)?[-\u2212]?(\$|[A-Z]{3}\s)?\d[\d,.]*(%|bn|m)?"
    r"(\sto\s[\d,.]+)?"
)


class ExhibitRenderer:
    """Renders a notebook's exhibit into nodes (entry point group `myst_nb.mime_renderers`)."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        if data.mime_type != MIME or inline:
            return None
        shown = figure(renderer.renderer.sphinx_env, data.content)
        return [node for node in shown if isinstance(node, nodes.Element)]


class ExhibitDirective(SphinxDirective):
    """``{exhibit} id``: an exhibit that a notebook has made, on a page of prose."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        return figure(self.env, edition_of(self.env).exhibits[self.arguments[0]])


class Gallery(SphinxDirective):
    """``{gallery}``: every exhibit of the edition, chapter by chapter, figures before tables."""

    def run(self) -> list[nodes.Node]:
        bundles = edition_of(self.env).exhibits.values()
        records = sorted(
            (bundle["record"] for bundle in bundles),
            key=lambda record: (record["chapter"], record["kind"] == "table", record["id"]),
        )
        chapters: list[nodes.Node] = []
        for page, mine in groupby(records, key=lambda record: record["chapter"]):
            name = PurePath(page).stem
            anchor = f"of-{nodes.make_id(name)}"
            chapter = section(self.state.document, name.capitalize(), anchor)
            chapter += rendered(self.env, "gallery.html", records=list(mine))
            chapters.append(chapter)
        return chapters


def figure(env: BuildEnvironment, bundle: dict) -> list[nodes.Node]:
    """The page's form of an exhibit; `bundle` is what `exhibit()` left in the notebook."""
    edition, key = edition_of(env), bundle["id"]
    label, card = plain(edition, bundle["alt"]), row_numbers.of_marks(edition, bundle["rows"])
    pictures = {
        width: nodes.raw("", page_svg(svg, f"{key}-{width}-", label, card), format="html")
        for width in ("wide", "phone")
        if (svg := bundle.get(f"svg_{width}"))
    }
    return rendered(
        env,
        "figure.html",
        bundle=bundle,
        title=plain(edition, bundle["title"]),
        text=lambda name: with_numbers(env, bundle[name]),
        pictures=pictures,
        **_table(env, bundle),
        cite=lambda: cite_block(edition.exhibits[key]["record"], edition.about.home),
    )


def _table(env: BuildEnvironment, bundle: dict) -> dict[str, object]:
    """The exhibit's own rows: head, other cells, and what each rests on, if anything."""
    headings, rows = bundle["columns"], bundle["rows"]
    words = {name: [cell(row.get(name)) for row in rows] for name in headings}
    columns = [(heading, _kind(words[name])) for name, heading in headings.items()]
    found = [{kind: (row.get(kind) or "").split() for kind in GROUNDS} for row in rows]
    if rests := any(ids for grounds in found for ids in grounds.values()):
        columns.append(("Rests on", ""))
    linked = [_linked(env, row) for row in rows] if row_numbers.TEXT in headings else []
    cells = words | ({row_numbers.TEXT: linked} if linked else {})
    lines = zip(zip(*cells.values(), strict=True), found, strict=True)
    return {
        "columns": columns,
        "rows": [(line[0], line[1:], grounds if rests else None) for line, grounds in lines],
    }


def _linked(env: BuildEnvironment, row: Mapping[str, Any]) -> nodes.Node | str:
    """The number of a row, as a link to what it rests on."""
    edition, words = edition_of(env), cell(row[row_numbers.TEXT])
    if key := row_numbers.number_of(edition, row):
        return number_reference(env, key)
    claim = row_numbers.claim_of(edition, row)
    return record_reference(env, "claim", claim, words) if claim else words


def _kind(values: list[str]) -> str:
    """Whether a column is of numbers, where words stand for a missing one, or of sentences."""
    figures = sum(bool(_FIGURE.fullmatch(value)) for value in values)
    if 2 * figures > len(values):
        return "numeric"
    return "wordy" if max(map(len, values), default=0) > LINE else ""
