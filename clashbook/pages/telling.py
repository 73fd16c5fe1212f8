"""How evenly the other pages tell of the two sides: some sentences and two tables."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.language import listed
from clashbook.pages import labels
from clashbook.pages.facts import Edition, edition_of
from clashbook.pages.references import rendered


class Telling(SphinxDirective):
    """``{telling}``: what each page tells of one side or both, who is named first, which verbs."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        sides = {side: labels.party(edition, side) for side in edition.sides}
        cells = [cell | {"whom": _whom(cell)} for cell in edition.telling]
        pages = [
            (title, Counter(cell["whom"] for cell in mine))
            for title, mine in groupby(cells, key=lambda cell: cell["title"])
        ]
        return rendered(
            self.env,
            "telling.html",
            sides=sides,
            cells=cells,
            pages=pages,
            total=sum((counts for _, counts in pages), Counter()),
            lacking=sum(bool(cell["lacks"]) for cell in cells),
            verbs={name: _verbs(edition, side) for side, name in sides.items()},
        )


def _whom(cell: dict) -> tuple[str, str]:
    """Whether a cell tells of both sides or of one alone, and which side is named first."""
    first, *others = cell["sentences"]
    return ("first" if others else "alone"), first


def _verbs(edition: Edition, side: str) -> str:
    """The three words with which a side's own statements are told most often."""
    mine = (cell["verbs"].get(side, []) for cell in edition.telling)
    counts = Counter(verb for verbs in mine for verb in verbs)
    return listed([f"“{verb}” ({count})" for verb, count in counts.most_common(3)]) or "none"
