"""The page of all exhibits: a small picture of each, its finding, and where it stands."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePath

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.pages.facts import edition_of
from clashbook.pages.html import section
from clashbook.pages.references import rendered


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
