"""The page of numbers that are printed elsewhere, each with why it is not the report's."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.counting.elsewhere import OWN
from clashbook.counting.steps import steps
from clashbook.dataset import kinds
from clashbook.dataset.rows import Printed
from clashbook.language import day_in_words
from clashbook.pages import labels
from clashbook.pages.facts import Edition, edition_of
from clashbook.pages.references import rendered

REASONS = {
    "another_day": "Another day",
    "killed_or_missing": "Killed or missing",
    "both_added": "Both sides added up",
    "soldiers_alone": "Soldiers alone",
    "by_country": "By country of death",
    "tracker": "A tracker’s count",
    "other_side": "The other side’s number",
    "later_fighting": "With later fighting",
    "other_count": "Not a count of deaths",
    "sources_differ": "Sources differ",
    "source_error": "An error of the source",
    "taken_back": "Withdrawn by its speaker",
    "unsourced": "No source",
    "coincidence": "Coincidence",
}
# The page on which a reader counts, and the steps that its address can hold.
COUNTING = "count"
SHOWN = {"day": "day", "switch": "switches"}


class Row(NamedTuple):
    """A number as the page shows it: its row, what it counts, its sum, and where to count it."""

    made: Printed
    of: str
    reason: str
    sum: str
    proof: dict
    grounds: dict[str, list[str]]
    counting: str


class ElsewhereTable(SphinxDirective):
    """``{elsewhere-table}``: numbers that are printed elsewhere, by clash and by number."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        can_count = COUNTING in self.env.found_docs
        made = map(Printed.of, edition.table(Printed.record_kind.table))
        proven = [one for one in made if one.id in edition.proofs]
        starts = {row["episode_id"]: row["start"] for row in edition.table("episodes")}
        # Of one number in the order of the table: ids would put a side first.
        proven.sort(key=lambda one: (starts[one.episode_id], one.value))
        clashes = [
            (labels.episode(edition, key), [_row(edition, one, can_count) for one in ones])
            for key, ones in groupby(proven, lambda one: one.episode_id)
        ]
        given = {"clashes": clashes, "count": len(proven), "tolls": edition.about.headlines}
        return rendered(self.env, "elsewhere.html", **given)


def _row(edition: Edition, one: Printed, can_count: bool) -> Row:
    proof = edition.proofs[one.id]
    found = {kind.table: list(proof.get(kind.table, [])) for kind in kinds.GROUNDS}
    return Row(
        one,
        ", ".join([labels.measure(edition, one), labels.about(edition, one)]),
        REASONS[one.kind],
        _sum(proof),
        proof,
        found,
        counting(one) if can_count else "",
    )


def _sum(proof: dict) -> str:
    """How the report's own toll gives a number; "" where a row stands by itself, or for none."""
    if not proof.get("sum"):
        return ""
    known = f"as known on {day_in_words(proof['day'])}" if proof["day"] else ""
    return ", ".join(filter(None, [proof["sum"], known, proof["chosen"]]))


def counting(one: Printed) -> str:
    """The address at which a reader sees the count that gives a number; "" where none shows it."""
    asked = steps(one.choice) if one.choice else {}
    if not asked or set(asked) - {*SHOWN, "toll"} or asked.get("toll", OWN) != OWN:
        return ""
    given = {key: asked[name] for name, key in SHOWN.items() if name in asked}
    return f"{COUNTING}.html#{urlencode({'episode': one.episode_id} | given)}"
