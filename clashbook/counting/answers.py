"""The dead of an episode, counted again and again: as of any day, and as a reader chooses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from clashbook.counting import bounding, wholes
from clashbook.counting.choices import AS_REPORTED, TAKEN_AS, Choice
from clashbook.counting.count import (
    claims_of,
    scope_of,
    selected,
    unless_nothing_remains,
    worded,
)
from clashbook.counting.model import ALL, BOTH, Claim, Quantity, Scope, Toll
from clashbook.dataset import rows
from clashbook.dataset.tables import Dataset

# So many speakers of a side's dead have a tick of their own.
MOST = 5


class Tick(NamedTuple):
    """Speakers who are believed or not together; `is_rest` if they are all others of a side.

    `side` is the party whose authorities they are; "" for all others.
    """

    side: str
    speakers: tuple[str, ...]
    is_rest: bool


class Answer(NamedTuple):
    """The dead of a side, or of both, as a choice gives them, and all tolls that make them."""

    toll: Toll
    settled: Mapping[Quantity, Toll]


@dataclass(frozen=True, eq=False)
class Merged:
    """The claims of a side that count on a day, and what they say directly of its quantities."""

    party: str
    day: str
    claims: list[Claim]
    directly: dict[Quantity, Toll]

    @cached_property
    def signature(self) -> tuple:
        """What tells it apart: what bounds each toll, and which claims do."""
        return tuple(
            (key, toll.bounds, toll.floor, toll.ceiling, toll.spoken, toll.contested, toll.against)
            for key, toll in self.directly.items()
            if toll.says_something
        )


def resting_on(data: Dataset, episode: str) -> Dataset:
    """What a count of an episode's dead rests on and no more: many days of a book have the same.

    Its as-of date is the last on which any of that changed.
    """
    tables, claims = data.tables, data.claims[data.claims.episode_id == episode]
    own = data.episodes[data.episodes.episode_id == episode]
    ended = data.sources[data.sources.source_id.isin(own.get("end_source_id", []))]
    kept = {
        "claims": claims,
        "episodes": own,
        "indicators": data.indicators,
        "actors": data.actors[data.actors.kind.isin(("belligerent", "collective"))],
        "sources": data.sources[data.sources.source_id.isin({*claims.source_id, *ended.source_id})],
    }
    if "alternatives" in tables:
        of_claims = data.alternatives.claim_id.isin(claims.claim_id)
        kept["alternatives"] = data.alternatives[of_claims]
    left = {name: kept.get(name, frame.iloc[:0]) for name, frame in tables.items()}
    days = (*claims.reported_on, *own.end, *ended.issued)
    return replace(
        data,
        tables={name: frame.reset_index(drop=True) for name, frame in left.items()},
        as_of=max(days, default=data.as_of),
    )


@dataclass
class Dead:
    """An episode's claims of the dead, ready to be counted in many ways.

    Parameters
    ----------
    data : Dataset
        Cut to its as-of date.
    episode : str
        An `episode_id`.
    claims : dict of Claim, optional
        Those to count, by id; by default all that speak of the dead, or of who may be among them.
    """

    data: Dataset
    episode: str
    claims: dict[str, Claim] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # What many days and choices have in common is done once.
        self._scopes: dict[str, Scope] = {}
        self._reached: dict[tuple, list[Quantity]] = {}
        self._counted: dict[tuple, Claim] = {}
        self._merged: dict[tuple, Merged] = {}
        self._direct: dict[tuple, Toll] = {}
        self._settled: dict[tuple, dict[Quantity, Toll]] = {}
        scope = self.scope(self.data.as_of)
        self.parties = scope.parties
        self.sides = (*scope.parties, BOTH)
        met = _related(TAKEN_AS[1], scope)
        self.claims = self.claims or {
            key: claim
            for key, claim in sorted(claims_of(self.data, self.episode, scope).items())
            if claim.quantity.indicator in met
            and claim.quantity.party in self.sides
            and claim.reported_on <= self.data.as_of
        }

    @cached_property
    def days(self) -> list[str]:
        """The days on which something new was said of the dead, or of who may be among them."""
        return sorted({claim.reported_on for claim in self.claims.values()})

    def scope(self, day: str) -> Scope:
        """What the episode's claims are counted by, as it was known on a day."""
        if day not in self._scopes:
            self._scopes[day] = scope_of(self.data, self.episode, day)
        return self._scopes[day]

    def counted(self, row: rows.Claim, *, from_provider: bool) -> Claim:
        """A row as it is counted in the episode."""
        scope = self.scope(self.data.as_of)
        return Claim.counted(row, from_provider, scope.begin, row.indicator in scope.stocks)

    def read_as(self, claim: Claim) -> Dead:
        """The same with one claim read in another way."""
        return Dead(self.data, self.episode, self.claims | {claim.id: claim})

    def about(self, party: str) -> dict[str, Claim]:
        """What is said of a side's dead, and of both sides'; for `both` of both alone."""
        return {
            key: claim
            for key, claim in self.claims.items()
            if claim.quantity.party in (party, BOTH)
        }

    def selected(
        self, claims: Mapping[str, Claim], day: str, choice: Choice = AS_REPORTED
    ) -> list[Claim]:
        """What counts of some claims, by rules 1 to 5; the same is the same object each time."""
        _, counted = selected(claims, self.scope(day), day, choice)
        return [
            self._counted.setdefault((one.ids, one.quantity, one.bounds), one) for one in counted
        ]

    def merged(self, party: str, counted: list[Claim], day: str) -> Merged:
        """What is `selected` of a side's claims, and what it says directly."""
        scope = self.scope(day)
        key = (party, scope.end, *map(id, counted))
        if key not in self._merged:
            self._merged[key] = Merged(party, day, counted, self._directly(party, counted, scope))
        return self._merged[key]

    def _directly(self, party: str, counted: list[Claim], scope: Scope) -> dict[Quantity, Toll]:
        """Rules 6 to 8: what counted claims say of each quantity of a party that they can reach."""
        spoken_of = bounding.by_quantity(counted)
        key = (party, frozenset(spoken_of))
        if key not in self._reached:
            reached = wholes.reachable(counted, scope)
            self._reached[key] = [quantity for quantity in reached if quantity.party == party]
        found = {}
        for quantity in self._reached[key]:
            mine = spoken_of.get(quantity, [])
            limits = bounding.lids(mine, counted, scope) if mine else []
            made_of = (quantity, *map(id, mine), "limited by", *map(id, limits))
            if made_of not in self._direct:
                self._direct[made_of] = bounding.direct(quantity, mine, limits)
            found[quantity] = self._direct[made_of]
        return found

    def settled(self, made: Merged) -> dict[Quantity, Toll]:
        """Rules 9 and 10 on what is said directly, which many choices have in common."""
        key = (made.party, made.signature)
        if key not in self._settled:
            joined = BOTH if made.party == BOTH else ""
            self._settled[key] = wholes.settled(made.directly, self.scope(made.day), joined)
        return self._settled[key]

    def joined(self, sides: Sequence[Merged], both: list[Claim], day: str) -> Merged:
        """What counts of both sides together: their settled tolls, and what is said of both."""
        counted = [
            *(claim for side in sides for claim in side.claims if claim.quantity.party != BOTH),
            *(claim for claim in both if claim.quantity.party == BOTH),
        ]
        scope = self.scope(day)
        known = {key: toll for side in sides for key, toll in self.settled(side).items()}
        known |= self._directly(BOTH, counted, scope)
        return Merged(BOTH, day, counted, bearing(known, scope))

    def answers(self, day: str = "", choice: Choice = AS_REPORTED) -> dict[str, Answer]:
        """The dead of each side and of both as of a day, by party."""
        day = day or self.data.as_of
        made = [self._of_side(party, day, choice) for party in self.parties]
        both = self.selected(self.about(BOTH), day, choice)
        whole = dict(zip(self.sides, [*made, self.joined(made, both, day)], strict=True))
        return {party: self.answer(party, merged) for party, merged in whole.items()}

    def _of_side(self, party: str, day: str, choice: Choice) -> Merged:
        return self.merged(party, self.selected(self.about(party), day, choice), day)

    def side(self, party: str, day: str, choice: Choice = AS_REPORTED) -> Answer:
        """The dead of one side alone as of a day."""
        return self.answer(party, self._of_side(party, day, choice))

    def answer(self, party: str, made: Merged) -> Answer:
        """The dead of a party, in words."""
        settled = self.settled(made)
        quantity = Quantity(TAKEN_AS[1], party, ALL, self._unit)
        toll = unless_nothing_remains(settled.get(quantity, Toll(quantity)))
        if toll.says_something:
            toll = worded(toll, made.claims, self.data)
        return Answer(toll, settled)

    @cached_property
    def _unit(self) -> str:
        return next(iter(self.claims.values())).quantity.unit if self.claims else ""


def bearing(tolls: Mapping[Quantity, Toll], scope: Scope) -> dict[Quantity, Toll]:
    """The tolls that can bound the dead.

    What takes in the dead bounds them by its limit alone, less its other parts. Where none has a
    limit, what is said of the dead themselves is all.
    """
    dead = TAKEN_AS[1]
    around = scope.around(dead)
    is_limited = any(
        quantity.indicator in around and toll.bounds.high is not None
        for quantity, toll in tolls.items()
    )
    return {
        quantity: toll
        for quantity, toll in tolls.items()
        if is_limited or quantity.indicator == dead
    }


def _related(indicator: str, scope: Scope) -> set[str]:
    """What can bound an indicator: what takes it in, and what else that takes in, at any depth."""
    found, new = set(), {indicator}
    while new:
        found |= new
        new = {
            other
            for whole, parts in scope.includes.items()
            if found & {whole, *parts}
            for other in (whole, *parts)
        } - found
    return found


def sides_of(dead: Dead) -> dict[str, str]:
    """Each speaker, and whose authority it is; "" for who is no authority of a party.

    What a side reports that others said is known from that side alone, and goes with it.
    """
    found: dict[str, str] = {}
    parties = dead.parties
    relayed = {f"(as reported by {dead.data.name(party)})": party for party in parties}
    for claim in dead.claims.values():
        party = claim.quantity.party
        others = [other for other in parties if other != party]
        own = party if claim.claimant_role == "own_side" else ""
        if claim.claimant_role == "opposing_side" and party in parties and len(others) == 1:
            own = others[0]
        own = own or next((relayed[end] for end in relayed if claim.claimant.endswith(end)), "")
        found[claim.claimant] = found.get(claim.claimant) or own
    return found


def ticks(dead: Dead) -> list[Tick]:
    """Whom a reader may believe or not: who most often changes an answer alone, and all others.

    Of each side's dead the `MOST` speakers without whom the answer differs on most days, and who of
    neither side then makes the answer; the authorities of each party, and who is of none, that are
    left have a tick together.
    """
    side = sides_of(dead)
    alone = set().union(*(_alone(dead, party, side) for party in dead.parties))
    for speaker in sorted(alone):
        for answer in dead.answers(choice=Choice(frozenset([speaker]))).values():
            others = {dead.claims[key].claimant for key in answer.toll.claims}
            alone |= {other for other in others if not side[other]}
    found = []
    for whose in (*dead.parties, ""):
        mine = [speaker for speaker in sorted(side) if side[speaker] == whose]
        found += [Tick(whose, (speaker,), False) for speaker in mine if speaker in alone]
        if rest := tuple(speaker for speaker in mine if speaker not in alone):
            found.append(Tick(whose, rest, True))
    return found


def _alone(dead: Dead, party: str, speakers: Iterable[str]) -> set[str]:
    """The speakers without whom a side's answer differs on most days."""
    changed = dict.fromkeys(sorted(speakers), 0)
    for day in dead.days:
        reported = dead.side(party, day).toll.text
        spoke = {c.claimant for c in dead.about(party).values() if c.reported_on <= day}
        for speaker in sorted(spoke):
            other = dead.side(party, day, Choice(without=frozenset([speaker]))).toll.text
            changed[speaker] += other != reported
    often = sorted(changed.items(), key=lambda item: (-item[1], item[0]))
    return {speaker for speaker, times in often[:MOST] if times}
