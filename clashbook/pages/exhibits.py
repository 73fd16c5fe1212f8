"""Exhibits on a page: each with title, drawings, note, source, table and files; the page of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from itertools import groupby
from pathlib import PurePath
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from clashbook.dataset import kinds
from clashbook.figures.svg import page_svg
from clashbook.pages import row_numbers
from clashbook.pages.cite import cite_block
from clashbook.pages.facts import Edition, edition_of
from clashbook.pages.html import section
from clashbook.pages.labels import MISSING, cell
from clashbook.pages.references import (
    figure_reference,
    number_reference,
    plain,
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
    label = plain(edition, bundle["alt"])
    card = partial(row_numbers.of_mark, edition, bundle["rows"])
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
        cite=lambda: cite_block(edition.exhibits[key]["record"], edition.about),
    )


def _table(env: BuildEnvironment, bundle: dict) -> dict[str, object]:
    """The exhibit's own rows: head, other cells, and what each rests on, if anything."""
    headings, rows = bundle["columns"], bundle["rows"]
    words = {name: [cell(row.get(name)) for row in rows] for name in headings}
    columns = [(heading, _kind(words[name])) for name, heading in headings.items()]
    found = [{kind: (row.get(kind) or "").split() for kind in GROUNDS} for row in rows]
    if rests := any(ids for grounds in found for ids in grounds.values()):
        columns.append(("Rests on", "rests"))
    cells = {
        name: [_linked(env, row, nth, name, words[name][nth]) for nth, row in enumerate(rows)]
        if _counts(name, kind)
        else words[name]
        for name, (_, kind) in zip(headings, columns, strict=False)
    }
    lines = zip(zip(*cells.values(), strict=True), found, strict=True)
    return {
        "columns": columns,
        "rows": [(line[0], line[1:], grounds if rests else None) for line, grounds in lines],
    }


def _counts(name: str, kind: str) -> bool:
    """Whether the cells of a column may be numbers with a card."""
    return name == row_numbers.TEXT or (kind == "numeric" and name not in row_numbers.TIMES)


def _linked(
    env: BuildEnvironment, row: Mapping[str, Any], nth: int, name: str, words: str
) -> nodes.Node | str:
    """A number of a row, as a link to what the row rests on first, which opens its card."""
    ground = _ground(edition_of(env), row)
    is_number = name != row_numbers.TEXT or row_numbers.has_number(row)
    if not ground or not is_number or words == MISSING:
        return words
    card = row_numbers.card_of(edition_of(env), row, nth, words)
    if card.startswith("row-") and not any(sign.isdigit() for sign in words):
        return words
    if card.startswith("number-"):
        return number_reference(env, card.removeprefix("number-"))
    return figure_reference(env, *ground, words, card)


def _ground(edition: Edition, row: Mapping[str, Any]) -> tuple[str, str] | None:
    """The kind and the id of what a row rests on first; a series leads to its source."""
    for kind in kinds.GROUNDS:
        if ids := str(row.get(kind.table) or "").split():
            if kind is kinds.SERIES:
                return kinds.SOURCE.name, edition.name(kind.table, ids[0], "source_id")
            return kind.name, ids[0]
    return None


def _kind(values: list[str]) -> str:
    """Whether a column is of numbers, where words stand for a missing one, or of sentences."""
    figures = sum(bool(_FIGURE.fullmatch(value)) for value in values)
    if 2 * figures > len(values):
        return "numeric"
    return "wordy" if max(map(len, values), default=0) > LINE else ""
