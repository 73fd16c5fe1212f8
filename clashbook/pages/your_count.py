"""The page on which a reader counts: whom to believe, what to count, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook.language import sentence
from clashbook.pages import labels
from clashbook.pages.facts import Edition, edition_of
from clashbook.pages.html import section
from clashbook.pages.references import rendered

SWITCHES = {
    "other_side": "Count what one side says of the other",
    "missing_as_killed": "Take killed or missing as killed",
    "no_limits": "Leave out upper limits",
    "no_press": "Leave out the press’s own counts",
}


class Speakers(NamedTuple):
    """Ticks under one heading: each with its name in addresses, its words, and who is meant.

    The last is what a sentence says of whom is left out.
    """

    heading: str
    ticks: list[tuple[str, str, list[str], str]]


class CountYourWay(SphinxDirective):
    """``{count-your-way}``: for each clash a form, and the table of each speaker left out."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        parts: list[nodes.Node] = rendered(self.env, "counts.html", clashes=edition.choices)
        for known in edition.choices:
            part = section(self.state.document, known["name"], f"count-{known['episode']}")
            part += rendered(
                self.env,
                "count.html",
                known=known,
                names=names(edition, known),
                speakers=list(speakers(edition, known)),
                switches=SWITCHES,
                other_side=[
                    f"{sentence(labels.party(edition, claim.party))} {claim.words} "
                    f"({labels.of_record(edition, claim)})"
                    for key in known["other_side"]
                    for claim in [edition.claims[key]]
                ],
                book=edition.about.title,
                alone=alone(edition, known),
            )
            parts.append(part)
        return parts


class KnownByDay(SphinxDirective):
    """``{known-by-day} EPISODE``: the toll as it could be known on each day."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        return [
            node
            for known in edition.choices
            if known["episode"] == self.arguments[0]
            for node in rendered(
                self.env,
                "known.html",
                known=known,
                names=names(edition, known),
                claims=edition.claims,
            )
        ]


class WhatHolds(SphinxDirective):
    """``{what-holds}``: where each headline number would go without one thing that it rests on."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        found = [row for known in edition.choices for row in held(edition, known)]
        why = {row["alternative_id"]: row for row in edition.table("alternatives")}
        return rendered(self.env, "holds.html", headlines=found, alternatives=why)


class Held(NamedTuple):
    """A headline number, what alone would change it, and where the marks of its strip stand.

    `marks` has for each value, from 0 to 100 along the strip, its place and whether it is reported.
    """

    key: str
    name: str
    text: str
    tried: Mapping[str, int]
    changes: list[Mapping]
    lowest: str
    highest: str
    marks: list[tuple[float, bool]]


def held(edition: Edition, known: Mapping) -> Iterator[Held]:
    """The headline numbers of a clash, each with what alone would change it."""
    for party in known["sides"]:
        changes = [row for row in known["holding"] if row["party"] == party]
        reported = known["least"][party] or 0
        lows = sorted({row["low"] or 0 for row in changes} | {reported})
        span = max(lows[-1] - lows[0], 1)
        marks = [(8 + 84 * (low - lows[0]) / span, low == reported) for low in lows]
        yield Held(
            f"{known['episode']}-{party}".lower(),
            f"{known['name']}, {labels.party(edition, party)}",
            known["reported"][party],
            known["tried"],
            changes,
            f"{lows[0]:,g}",
            f"{lows[-1]:,g}",
            marks,
        )


def names(edition: Edition, known: Mapping) -> dict[str, str]:
    """The sides of a clash in words, by party."""
    return {party: sentence(labels.party(edition, party)) for party in known["sides"]}


def speakers(edition: Edition, known: Mapping) -> Iterator[Speakers]:
    """The ticks of a clash: each side's authorities, and all others."""
    for side in dict.fromkeys(tick["side"] for tick in known["ticks"]):
        whose = f"authorities of {labels.party(edition, side)}" if side else "speakers"
        ticks = []
        for tick in (tick for tick in known["ticks"] if tick["side"] == side):
            named = [labels.actor(edition, speaker) for speaker in tick["speakers"]]
            name = f"all other {whose}" if tick["is_rest"] else named[0]
            # Inside a group of authorities the vague name of all would look like a tick for all.
            is_vague = named[0].startswith("authorities of") and not tick["is_rest"]
            words = f"Without an office named: “{name}”" if is_vague else sentence(name)
            ticks.append((tick["slug"], words, named if tick["is_rest"] else [], name))
        heading = sentence(whose) if side else "Others"
        yield Speakers(heading, ticks)


def alone(edition: Edition, known: Mapping) -> list[tuple[str, dict[str, str]]]:
    """Each speaker without whom a toll differs, and the tolls."""
    return [
        (sentence(labels.actor(edition, row["speaker"])), row["texts"]) for row in known["alone"]
    ]
