"""What a reader may choose in a count, in words: for the page, and as the file that it loads."""

from __future__ import annotations

import json
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from clashbook import kept
from clashbook.about import About
from clashbook.bounds import NO_FIGURE
from clashbook.counting import BOTH, SWITCHES, Toll, derivation
from clashbook.counting.answers import Answer, Dead, Tick, resting_on
from clashbook.counting.choices import TAKEN_AS, Choice
from clashbook.counting.choosing import Side, Table
from clashbook.counting.holding import changes, readings
from clashbook.dataset.tables import Dataset
from clashbook.pages import sums
from clashbook.pages.facts import Edition
from clashbook.prose.numbers import Number, toll_id

# Where the files of episodes lie in the site.
FOLDER = "count"


def slug(tick: Tick) -> str:
    """A tick's name in an address: its speaker's, or that of all others of a side."""
    if tick.is_rest:
        return f"others-{tick.side.lower()}" if tick.side else "others"
    return "-".join("".join(c if c.isalnum() else " " for c in tick.speakers[0].lower()).split())


def of_episodes(
    data: Dataset, edition: Edition, folder: Path | None = None
) -> tuple[list[dict], dict[str, str]]:
    """What pages are told of each clash that has claims of its dead, and the script of each.

    `folder` is where `kept` is what was counted before, on this day or another with the same claims
    of a clash.

    Returns
    -------
    list of dict
        ``episode``, ``name``, ``sides`` (the parties, `both` the last), ``days``, ``ticks``
        (slug, side, speakers, is_rest), ``reported`` and ``least`` (by party the toll's words, and
        its lower end), ``alone`` (each speaker without whom a toll differs: speaker and ``texts``
        by party), ``by_day`` (day, texts, whether both are ``more_together`` than the sides add up
        to, ``new``, the claims of that day, and how many ``repeats``), ``other_side`` (what one
        side says of the other's dead), ``tried`` (how many were left out in turn, by kind) and
        ``holding``: what would change each toll (kind, name, party, text, low, high).
    dict of str
        The scripts by the name of their file.
    """
    facts, scripts = [], {}
    begun = set(data.episodes.episode_id)
    for episode in filter(begun.__contains__, edition.about.focus):
        own = resting_on(data, episode)
        rows = {name: frame.to_csv() for name, frame in own.tables.items() if len(frame)}
        made = kept.once(folder, ["choices", episode, rows], partial(_made, own, edition, episode))
        if made:
            fact, scripts[f"{episode}.js"] = made
            facts.append(fact)
    return facts, scripts


def _made(data: Dataset, edition: Edition, episode: str) -> tuple[dict, str] | tuple[()]:
    """Of one clash; nothing of the edition but the rows of `data` is told."""
    dead = Dead(data, episode)
    if not dead.claims:
        return ()
    ids = {name: set(frame.iloc[:, 0]) for name, frame in data.tables.items()}
    tables = {
        name: [row for row in edition.table(name) if next(iter(row.values())) in ids[name]]
        for name in ids
    }
    known, table = Edition(About(), tables=tables), Table(dead)
    return _facts(known, table), _Script(known, table).text


def _facts(edition: Edition, table: Table) -> dict:
    dead = table.dead
    reported = _texts(dead, "", Choice())
    speakers = sorted({claim.claimant for claim in dead.claims.values()})
    # In the order of the sides: an id begins with that of a side, and has none.
    by_side = sorted(dead.claims.values(), key=lambda one: dead.sides.index(one.quantity.party))
    alone = [
        {"speaker": speaker, "texts": _texts(dead, "", Choice(frozenset([speaker])))}
        for speaker in speakers
    ]
    return {
        "episode": dead.episode,
        "name": edition.name("episodes", dead.episode, "name"),
        "sides": list(dead.sides),
        "days": dead.days,
        "ticks": [{"slug": slug(tick), **tick._asdict()} for tick in table.ticks],
        "reported": reported,
        "least": {party: answer.toll.bounds.low for party, answer in dead.answers().items()},
        "alone": [row for row in alone if row["texts"] != reported],
        "other_side": [
            claim.id
            for claim in by_side
            if claim.claimant_role == "opposing_side"
            and claim.quantity.indicator == TAKEN_AS[1]
            and claim.relation != "repeats"
            # What the source works out, or has wrong, counts for nobody.
            and claim.status == "stated"
        ],
        "tried": {
            "claim": len(dead.claims),
            "speaker": len(speakers),
            "source": len({claim.source_id for claim in dead.claims.values()}),
            "reading": len(readings(dead)),
        },
        "by_day": [
            {
                "day": day,
                "texts": _texts(dead, day, Choice()),
                "more_together": _is_more_together(dead, day),
                "new": [
                    claim.id
                    for claim in by_side
                    if claim.reported_on == day and claim.relation != "repeats"
                ],
                "repeats": sum(
                    claim.reported_on == day and claim.relation == "repeats"
                    for claim in dead.claims.values()
                ),
            }
            for day in dead.days
        ],
        "holding": [
            {
                **{"kind": change.kind, "name": change.name, "party": change.party},
                **{"text": change.toll.text, **_ends(change.toll)},
            }
            for change in changes(dead)
        ],
    }


def _texts(dead: Dead, day: str, choice: Choice) -> dict[str, str]:
    answers = dead.answers(day, choice).items()
    return {party: answer.toll.text or NO_FIGURE for party, answer in answers}


def _is_more_together(dead: Dead, day: str) -> bool:
    """Whether somebody counted more of both sides than what each says of itself adds up to."""
    *sides, both = (answer.toll.bounds.low or 0 for answer in dead.answers(day).values())
    return both > sum(sides)


def _ends(toll: Toll) -> dict[str, float | None]:
    bounds = toll.bounds
    return {"low": bounds.low, "high": None if toll.contested else bounds.high}


class _Script:
    """The file of an episode: every answer, and where it is found."""

    def __init__(self, edition: Edition, table: Table) -> None:
        self.edition, self.table, self.dead = edition, table, table.dead
        self.answers: dict[tuple, int] = {}
        self.lines: dict[tuple, int] = {}
        self.made: dict[tuple, int] = {}

    @cached_property
    def text(self) -> str:
        dead, table = self.dead, self.table
        own = {party: self._own(party) for party in dead.parties}
        sides = [self._side(table.sides[party], own.get(party)) for party in dead.sides]
        together = [self._answer(dead.answer(BOTH, made)) for made in table.together]
        joint = {
            # As a side's answers are numbered in the file.
            ".".join(map(str, key)): together[place]
            for key, place in table.joint.items()
        }
        content = {
            "days": dead.days,
            "ticks": [slug(tick) for tick in table.ticks],
            "switches": list(SWITCHES),
            "sides": sides,
            "joint": joint,
            "answers": [list(answer) for answer in self.answers],
            "lines": [list(line) for line in self.lines],
        }
        words = json.dumps(content, separators=(",", ":"))
        return f"clashbookCount({json.dumps(dead.episode)},{words});\n"

    def _own(self, party: str) -> list[int]:
        return [
            self._answer(self.dead.answer(party, made)) for made in self.table.sides[party].cells
        ]

    @staticmethod
    def _side(side: Side, own: list[int] | None) -> dict:
        rows, places = np.unique(side.places, axis=0, return_inverse=True)
        return {
            "ticks": side.ticks,
            "rows": rows.tolist(),
            "places": places.ravel().tolist(),
            "answers": own or [],
        }

    def _answer(self, answer: Answer) -> int:
        toll, name = answer.toll, partial(toll_id, self.dead.episode)
        steps = derivation.steps(answer.settled, toll, name) if toll.steps else []
        made = (toll.quantity, toll.text, json.dumps(steps))
        if made not in self.made:
            ends = (None, None, None) if toll.contested else toll.bounds.ends
            number = Number(
                *(name(toll.quantity), toll.text, *ends), unit=toll.quantity.unit, steps=steps
            )
            lines = sums.lines(self.edition, number)
            # What makes the toll of both is said of each side beside it.
            shown_of = lines[-1:] if toll.quantity.party == BOTH else lines
            places = [
                self.lines.setdefault((*line,), len(self.lines)) for line in map(_plain, shown_of)
            ]
            text, shown = toll.text or NO_FIGURE, _ends(toll)
            key = (text, shown["low"], shown["high"], toll.contested, tuple(places))
            self.made[made] = self.answers.setdefault(key, len(self.answers))
        return self.made[made]


def _plain(line: sums.Line) -> tuple[str, tuple[int, ...]]:
    return line.words, tuple(line.rules)
