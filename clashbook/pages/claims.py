"""The page of claims: every claim a row with an anchor, and every number with what it rests on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from math import inf
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.dataset.rows import Claim
from clashbook.pages import labels, reporting
from clashbook.pages.facts import Edition, edition_of
from clashbook.pages.references import rendered
from clashbook.prose.numbers import GROUNDS

HEADINGS = ("Claim", "About", "Who says so", "When", "Source", "Standing")
# The value of an option that filters nothing, where the first option is a choice of some.
ALL = "all"


class ClaimsTable(SphinxDirective):
    """``{claims-table}``: one row and one anchor a claim, by episode, measure and date.

    The episodes that the book is about come first, and the table opens on them.
    """

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        order = {row["episode_id"]: row["start"] for row in edition.table("episodes")}
        measures = [row["indicator"] for row in edition.table("indicators")]
        known = {claim.episode_id for claim in edition.claims.values()}
        focus = [episode for episode in edition.about.focus if episode in known]

        def place(claim: Claim) -> tuple[bool, str, int, str]:
            # What belongs to no episode has no place in the order of time, and comes last.
            start, measure = order.get(claim.episode_id) or "9", measures.index(claim.indicator)
            return claim.episode_id not in focus, start, measure, claim.reported_on

        claims = sorted(edition.claims.values(), key=place)
        groups = Counter((claim.episode_id, claim.indicator) for claim in claims)
        return rendered(
            self.env,
            "claims.html",
            claims=list(zip(claims, _places(edition, claims), strict=True)),
            groups=groups,
            episodes=_episodes(edition, claims),
            focus=focus,
            filters=_filters(edition, claims, focus),
            headings=HEADINGS,
            relations=partial(relations, edition),
            uses_of=partial(_uses, edition),
            report_of=lambda claim: reporting.address(edition.about, "claim", claim.id),
        )


def _episodes(edition: Edition, claims: list[Claim]) -> list[tuple[str, str, str, int]]:
    """Each episode with its name, its first claim and how many it has: the table is long."""
    ids: dict[str, list[str]] = {}
    for claim in claims:
        ids.setdefault(claim.episode_id, []).append(claim.id)
    return [(key, labels.episode(edition, key), mine[0], len(mine)) for key, mine in ids.items()]


def _filters(edition: Edition, claims: list[Claim], focus: list[str]) -> dict[str, tuple[str, str]]:
    """What the claims can be filtered by, as JSON: the options, and those that it opens on.

    The options are no text of the page: a search of the book would find them and not the rows.
    """
    columns = {
        "episode": ("episode_id", labels.episode),
        "party": ("party", labels.party),
        "claimant": ("claimant", labels.actor),
        "source": ("source_id", labels.source),
    }
    filters = {}
    for name, (column, words) in columns.items():
        values = dict.fromkeys(getattr(claim, column) for claim in claims)
        options = {value: words(edition, value) for value in values}
        alike = {label for label, count in Counter(options.values()).items() if count > 1}
        if alike and name == "source":
            # Two pages of one day: their titles tell them apart.
            titles = {key: edition.name("sources", key, "title") for key in options}
            options = {
                key: f"{label}: {titles[key]}" if label in alike else label
                for key, label in options.items()
            }
        opens = focus if name == "episode" else []
        if name != "episode":
            # Who is no one side stands after the sides.
            order = sorted(
                options,
                key=lambda key: (key in labels.PARTIES, edition.place(key)[0], _key(options[key])),
            )
            options = {key: options[key] for key in order}
        first = {"": ", ".join(options[value] for value in opens), ALL: "all"}
        shown = (first if opens else {"": "all"}) | options
        filters[name] = (_json(list(shown.items())), _json(opens) if opens else "")
    # By column, for screens too narrow for the table's head.
    ways = {"": "as listed"}
    for heading in HEADINGS:
        key, by = heading.lower().replace(" ", "-"), f"by {heading.lower()}"
        ways |= {key: by, f"-{key}": f"{by}, reversed"}
    return filters | {"sort": (_json(list(ways.items())), "")}


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


def _places(edition: Edition, claims: list[Claim]) -> Iterator[str]:
    """The place of each claim by every column: a script need not know what the cells say."""
    keys = [_order(edition, claim) for claim in claims]
    places = [
        {key: n for n, key in enumerate(sorted(set(column)))} for column in zip(*keys, strict=True)
    ]
    for row in keys:
        yield " ".join(str(place[key]) for place, key in zip(places, row, strict=True))


def _order(edition: Edition, claim: Claim) -> list[Any]:
    """What each cell of a claim's row is sorted by.

    Quantities are sorted by their floors among those of one measure and unit; the others are not
    to be compared. A standing is sorted by whether it is counted, then rule by rule; last is what
    no toll is made of.
    """
    low = inf if claim.bounds.low is None else claim.bounds.low
    toll = edition.tolls.get(claim.id)
    return [
        (_key(labels.measure(edition, claim)), claim.unit, low),
        (edition.place(claim.party)[0], _key(labels.party(edition, claim.party))),
        _key(labels.actor(edition, claim.claimant)),
        claim.reported_on,
        _key(labels.source(edition, claim.source_id)),
        inf if toll is None else 0 if toll["enters"] else toll["rule"],
    ]


def _key(name: str) -> tuple[str, str]:
    """What a name is sorted by, whatever the case of its letters."""
    return name.casefold(), name


def relations(edition: Edition, claim: Claim) -> list[tuple[str, Claim]]:
    """What a claim does to another, and what others do to it, each with the other."""
    own = [edition.claims[claim.related]] if claim.related in edition.claims else []
    others = edition.related_claims.get(claim.id, [])
    return [(labels.relation(claim.relation), other) for other in own] + [
        (labels.RELATED_BY[other.relation], other) for other in others
    ]


def _uses(edition: Edition, claim: Claim) -> Mapping[str, tuple[str, list]]:
    """The numbers, exhibits and further tolls that use a claim, under how many they are."""
    uses: dict[str, list] = {
        "number": edition.numbers_of_claim.get(claim.id, []),
        "exhibit": edition.exhibits_of_claim.get(claim.id, []),
        "more toll": edition.entered(claim)[1:],
    }
    shown = len(uses["exhibit"])
    words = {"exhibit": "1 figure or table" if shown == 1 else f"{shown} figures and tables"}
    return {
        words.get(kind) or labels.counted(len(found), kind): (kind, found)
        for kind, found in uses.items()
        if found
    }


class NumbersTable(SphinxDirective):
    """``{numbers-table}``: every number of the book, with what it rests on, folded: it is long."""

    def run(self) -> list[nodes.Node]:
        numbers = edition_of(self.env).numbers
        found = [
            (numbers[key], {kind: getattr(numbers[key], kind) for kind in GROUNDS})
            for key in sorted(numbers)
        ]
        return rendered(self.env, "numbers.html", numbers=found)
