"""A table of every answer, so that whoever chooses looks one up and computes nothing.

Rules 1 to 8 and 10 see the dead of one side at a time, with what is said of both sides. So each
side is counted once for each distinct set of claims that a choice leaves, and the sides are joined
by rule 9 once for each distinct pair of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from clashbook.counting import bounding
from clashbook.counting.answers import Dead, Merged, bearing, signature, ticks
from clashbook.counting.choices import SWITCHES, TAKEN_AS, Choice
from clashbook.counting.model import BOTH, Claim, Toll

OTHER_SIDE, MISSING_AS_KILLED, NO_LIMITS, NO_PRESS = (1 << bit for bit in range(len(SWITCHES)))


@dataclass(frozen=True)
class Side:
    """What choices give for the dead of a side.

    Parameters
    ----------
    party : str
        The side; for `both` what is said of both together.
    ticks : list of int
        The ticks of those who speak of it, by their places in the table.
    places : array of int
        For each setting (a bit for each of `ticks` that is left out, then one for each switch) and
        each day, the place among `cells`.
    cells : list of Merged
        The distinct ones.
    """

    party: str
    ticks: list[int]
    places: np.ndarray
    cells: list[Merged]


class Table:
    """Every answer of an episode.

    Attributes
    ----------
    dead : Dead
    ticks : list of Tick
    sides : dict of Side
        By party; `both` holds the claims about both.
    joint : dict
        For the places of a cell of each side and of `both`, the place among `together`.
    together : list of Merged
        The distinct ones of both sides together.
    """

    def __init__(self, dead: Dead) -> None:
        self.dead = dead
        self.ticks = ticks(dead)
        both = self._side(BOTH, lambda made: tuple(map(_same, made.claims)))
        claims = [claim for cell in both.cells for claim in cell.claims]
        limits = [*{_same(c): c for c in claims if c.bounds.high is not None}.values()]
        self.sides = {
            party: self._side(party, _alike(limits, dead, party)) for party in dead.parties
        }
        self.sides[BOTH] = both
        self.joint: dict[tuple[int, ...], int] = {}
        self.together: list[Merged] = []
        self._join()

    def _side(self, party: str, same: Callable[[Merged], object]) -> Side:
        """Every answer of a side; two are one where `same` is."""
        about = list(self.dead.about(party).values())
        speaking = [
            (number, left)
            for number, tick in enumerate(self.ticks)
            if (left := _bits(claim.claimant in tick.speakers for claim in about))
        ]
        doubted = _Doubted(about)
        places = np.zeros((1 << len(speaking) + len(SWITCHES), len(self.dead.days)), dtype=int)
        found: dict[tuple, int] = {}
        alike: dict[int, object] = {}
        distinct: dict[object, int] = {}
        cells: list[Merged] = []
        # Whose claims each setting of the ticks leaves out: a bit more doubles them.
        out = [0]
        for _, speakers in speaking:
            out += [left | speakers for left in out]
        for column, day in enumerate(self.dead.days):
            known, end = doubted.known(day), self.dead.scope(day).end
            for setting in range(len(places)):
                switches, ticked = divmod(setting, len(out))
                key = (*doubted.key(known & ~out[ticked], switches), end)
                if key not in found:
                    kept, mattering, _ = key
                    made = self.dead.merged(
                        party, doubted.read(kept, mattering), day, choice(mattering & OTHER_SIDE)
                    )
                    # Many keys come to the same, which `dead` keeps.
                    if id(made) not in alike:
                        alike[id(made)] = same(made)
                    found[key] = distinct.setdefault((alike[id(made)], end), len(cells))
                    if found[key] == len(cells):
                        cells.append(made)
                places[setting, column] = found[key]
        return Side(party, [number for number, _ in speaking], places, cells)

    def _join(self) -> None:
        """Join what meets in some setting of all."""
        sides = [self.sides[party] for party in self.dead.sides]
        every = np.arange(1 << len(self.ticks) + len(SWITCHES))
        settings = [setting(side, every, len(self.ticks)) for side in sides]
        distinct: dict[object, int] = {}
        for column in range(len(self.dead.days)):
            day = self.dead.days[column]
            pairs = zip(sides, settings, strict=True)
            met = np.stack([side.places[places, column] for side, places in pairs])
            for key in map(tuple, np.unique(met, axis=1).T.tolist()):
                if key in self.joint:
                    continue
                *own, both = (side.cells[place] for side, place in zip(sides, key, strict=True))
                made = self.dead.joined(own, both.claims, day)
                same = (signature(made.directly), self.dead.scope(day).end)
                self.joint[key] = distinct.setdefault(same, len(self.together))
                if self.joint[key] == len(self.together):
                    self.together.append(made)


def setting(side: Side, every: np.ndarray, ticks: int) -> np.ndarray:
    """The settings of a side for settings of all ticks and switches."""
    own = every >> ticks << len(side.ticks)
    for bit, number in enumerate(side.ticks):
        own |= (every >> number & 1) << bit
    return own


def choice(switches: int) -> Choice:
    """The choice that some switches make; who is not believed is left out before."""
    switched = (name for bit, name in enumerate(SWITCHES) if switches >> bit & 1)
    return Choice(switches=frozenset(switched))


class _Doubted:
    """Which claims what may be doubted touches, a bit a claim."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self.touched = {
            OTHER_SIDE: _bits(c.claimant_role == "opposing_side" for c in claims),
            MISSING_AS_KILLED: _bits(c.quantity.indicator == TAKEN_AS[0] for c in claims),
            NO_LIMITS: _bits(c.bounds.high is not None for c in claims),
        }
        self.press = _bits(c.claimant_role == "press" for c in claims)
        self._read: dict[int, list[Claim]] = {}

    def known(self, day: str) -> int:
        return _bits(claim.reported_on <= day for claim in self.claims)

    def key(self, kept: int, switches: int) -> tuple[int, int]:
        """What settings that come to the same share: the claims kept, and switches that matter."""
        if switches & NO_PRESS:
            kept &= ~self.press
        return kept, sum(
            switch for switch, claims in self.touched.items() if switches & switch and kept & claims
        )

    def read(self, kept: int, switches: int) -> dict[str, Claim]:
        """The claims kept by their ids, each as some switches read it."""
        if switches not in self._read:
            self._read[switches] = [choice(switches).read(claim) for claim in self.claims]
        read = enumerate(self._read[switches])
        return {claim.id: claim for place, claim in read if kept >> place & 1}


def _bits(holding: Iterable[bool]) -> int:
    return sum(1 << place for place, holds in enumerate(holding) if holds)


def _same(claim: Claim) -> tuple:
    """What tells merged claims apart."""
    return claim.ids, claim.quantity, claim.bounds


def _alike(limits: Sequence[Claim], dead: Dead, party: str) -> Callable[[Merged], object]:
    """What tells apart what counts of a side, as far as its answer and that of both hang on it.

    That is what makes its own answer, the tolls that can bound the dead, and which limits of both
    sides it does away with.
    """

    def same(made: Merged) -> object:
        scope = dead.scope(made.day)
        holding = tuple(bool(bounding.lids([one], [*made.claims, one], scope)) for one in limits)
        answer = dead.answer(party, made)
        own = answer.toll
        around = {one.quantity.indicator for one in limits} & scope.around(TAKEN_AS[1])
        tolls = tuple(
            # The claims behind a toll matter where it has no bounds: they speak.
            (quantity, toll.bounds, frozenset() if _is_bounded(toll) else toll.claims)
            for quantity, toll in (
                answer.settled if around else bearing(answer.settled, scope)
            ).items()
            if toll.says_something
        )
        return tolls, (own.text, own.floor, own.ceiling, own.spoken), holding

    return same


def _is_bounded(toll: Toll) -> bool:
    bounds = toll.bounds
    return not toll.contested and (bool(bounds.low) or bounds.low_strict or bounds.high is not None)
