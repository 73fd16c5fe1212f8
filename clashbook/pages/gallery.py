"""The page of all exhibits: a small picture of each, its finding, and where it stands."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePath

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.pages.facts import edition_of
from clashbook.pages.html import joined, link, section, tag
from clashbook.pages.references import reference

WIDTH, HEIGHT = "480", "360"


class Gallery(SphinxDirective):
    """``{gallery}``: every exhibit of the edition, chapter by chapter, figures before tables."""

    def run(self) -> list[nodes.Node]:
        bundles = edition_of(self.env).exhibits.values()
        records = sorted(
            (bundle["record"] for bundle in bundles),
            key=lambda record: (record["chapter"], record["kind"] == "table", record["id"]),
        )
        chapters = groupby(records, key=lambda record: record["chapter"])
        return [self._chapter(PurePath(name).stem, list(mine)) for name, mine in chapters]

    def _chapter(self, name: str, records: list[dict]) -> nodes.section:
        chapter = section(self.state.document, name.capitalize(), f"of-{nodes.make_id(name)}")
        chapter += tag("ul", [self._card(record) for record in records], class_="gallery")
        return chapter

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
        # Painted with what stands round it, and never after: a capture may be taken at once.
        decoding="sync",
        class_="dark-light",
    )
