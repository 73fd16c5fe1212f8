"""The page of all exhibits: a small picture of each, its finding, and where it stands."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.book.domain import reference
from clashbook.book.edition import edition_of
from clashbook.book.markup import joined, link, tag

WIDTH, HEIGHT = "480", "360"


class Gallery(SphinxDirective):
    """``{gallery}``: every exhibit of the edition, figures before tables, chapter by chapter."""

    def run(self) -> list[nodes.Node]:
        bundles = edition_of(self.env).exhibits.values()
        records = sorted(
            (bundle["record"] for bundle in bundles),
            key=lambda record: (record["kind"] == "table", record["chapter"], record["id"]),
        )
        return [tag("ul", [self._card(record) for record in records], class_="gallery")]

    def _card(self, record: dict) -> nodes.Node:
        files = record["files"]
        links = [
            link(files["html"], "by itself"),
            *(link(files[kind], kind.upper()) for kind in ("svg", "csv") if kind in files),
        ]
        title = reference(self.env, "exhibit", record["id"], record["title"])
        return tag(
            "li",
            [_picture(record)] if "small" in files else [],
            tag("p", title, class_="gallery-title"),
            tag("p", tag("code", record["id"]), " ", joined(links), class_="second"),
        )


def _picture(record: dict) -> nodes.Node:
    return tag(
        "img",
        src=record["files"]["small"],
        alt=record["alt"],
        width=WIDTH,
        height=HEIGHT,
        loading="lazy",
        class_="dark-light",
    )
