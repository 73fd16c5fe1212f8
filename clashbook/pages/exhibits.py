"""An exhibit on the page: title, figure drawn for two widths, note, source, table, files."""

from __future__ import annotations

import re
from typing import ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from clashbook.figures.svg import page_svg
from clashbook.pages.cite import cite_block
from clashbook.pages.claims import grounds
from clashbook.pages.facts import edition_of
from clashbook.pages.html import Content, fold, joined, tag
from clashbook.pages.labels import cell, counted
from clashbook.pages.references import Location, note, plain, record_reference, with_numbers
from clashbook.pages.tables import Column, TableRow, table
from clashbook.prose.numbers import GROUNDS

logger = logging.getLogger(__name__)

MIME = "application/vnd.clashbook.exhibit+json"
# Characters of a cell that is a sentence rather than a name.
LINE = 60
# A cell with more links than this is taller than all that its row says.
FEW = 3
# A table that stands for a figure is folded where it has more rows than a screen or two.
ROWS = 12

_FIGURE = re.compile(
    r"((at least|more than|up to|fewer than|about)\s)?[A-Z]{0,3}\s?[-\u2212]?\d[\d,.]*"
    r"(\sto\s[\d,.]+)?(\s(percent|million|billion))?"
)


class ExhibitRenderer:
    """Renders a notebook's exhibit into nodes (entry point group `myst_nb.mime_renderers`)."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        if data.mime_type == MIME and not inline:
            env = renderer.renderer.sphinx_env
            return [figure(env, data.content, (env.docname, data.line))]
        # The pictures beside a bundle are for JupyterLab: the page shows the bundle, and rendering
        # them too would copy every one of them into the site.
        return [] if _beside_exhibit(renderer, data) else None


def _beside_exhibit(renderer: NbElementRenderer, data: MimeData) -> bool:
    if data.cell_index is None or data.output_index is None:
        return False
    _, outputs = renderer.renderer.nb_client.code_cell_outputs(data.cell_index)
    return MIME in outputs[data.output_index].get("data", {})


class ExhibitDirective(SphinxDirective):
    """``{exhibit} id``: an exhibit that a notebook has made, on a page of prose."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        key = self.arguments[0]
        bundle = edition_of(self.env).exhibits.get(key)
        if bundle is None:
            raise self.error(f'exhibit: no notebook makes "{key}" in this edition')
        return [figure(self.env, bundle, self.get_location(), embedded=True)]


def figure(
    env: BuildEnvironment, bundle: dict, location: Location, *, embedded: bool = False
) -> nodes.Element:
    """The page's form of an exhibit; `bundle` is what `exhibit()` left in the notebook."""
    key = bundle["id"]
    note(env, "exhibit", key, key, embedded=embedded)

    def text(name: str) -> list[nodes.Node]:
        return with_numbers(env, bundle.get(name) or "", location)

    caption = [tag("p", text("title"), class_="exhibit-title")]
    if bundle.get("subtitle"):
        caption.append(tag("p", text("subtitle"), class_="exhibit-subtitle"))
    parts = [tag("figcaption", caption), *_pictures(env, bundle)]
    if bundle.get("note"):
        parts.append(tag("p", text("note"), class_="exhibit-note"))
    parts.append(tag("p", _source_line(env, bundle), class_="exhibit-source"))
    if bundle.get("kind") == "table":
        parts.insert(1, _own_table(env, bundle))
    else:
        same = _table(env, bundle)
        parts.append(fold("The same numbers as a table", same, class_="exhibit-data"))
    parts.append(cite_block(edition_of(env).exhibits[key]["record"]))
    return tag("figure", parts, anchor=key, class_=f"exhibit exhibit-{bundle['kind']}")


def _pictures(env: BuildEnvironment, bundle: dict) -> list[nodes.Node]:
    label = plain(edition_of(env), bundle["alt"])
    return [
        tag(
            "div",
            nodes.raw(
                "",
                page_svg(bundle[f"svg_{width}"], f"{bundle['id']}-{width}-", label),
                format="html",
            ),
            class_=f"picture picture-{width}",
        )
        for width in ("wide", "phone")
        if bundle.get(f"svg_{width}")
    ]


def _source_line(env: BuildEnvironment, bundle: dict) -> Content:
    edition = edition_of(env)
    names = [
        record_reference(env, "source", source) if edition.row("sources", source) else source
        for source in bundle["sources"]
    ]
    return ["Source: ", *joined(names, "; "), "."]


def _own_table(env: BuildEnvironment, bundle: dict) -> nodes.Node:
    inside, rows = _table(env, bundle), len(bundle["rows"])
    if rows <= ROWS:
        return inside
    return fold(f"All {counted(rows, 'row')}", inside, class_="fold rows")


def _table(env: BuildEnvironment, bundle: dict) -> nodes.Node:
    """The exhibit's own rows, with links to what each rests on."""
    headings, rows = bundle["columns"], bundle["rows"]
    shown = {name: [cell(row.get(name)) for row in rows] for name in headings}
    columns = [
        Column(heading, _is_numeric(shown[name]), _is_wordy(shown[name]))
        for name, heading in headings.items()
    ]
    rests_on = [grounds(env, {kind: _ids(row, kind) for kind in GROUNDS}, FEW) for row in rows]
    if any(rests_on):
        columns.append(Column("Rests on"))
    body = []
    for number, ground in enumerate(rests_on):
        cells: list[Content] = [shown[name][number] for name in headings]
        body.append(TableRow([*cells, ground] if any(rests_on) else cells))
    title = plain(edition_of(env), bundle["title"])
    return table(title, columns, body, key=bundle["id"], caption_hidden=True)


def _ids(row: dict, name: str) -> list[str]:
    value = row.get(name) or ""
    return value.split() if isinstance(value, str) else list(value)


def _is_numeric(values: list[str]) -> bool:
    """Whether a column is of numbers: those that are none are words for a missing one."""
    figures = sum(bool(_FIGURE.fullmatch(value)) for value in values)
    return 2 * figures > len(values)


def _is_wordy(values: list[str]) -> bool:
    return max(map(len, values), default=0) > LINE
