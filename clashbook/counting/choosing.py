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
from clashbook.counting.answers import Dead, Merged, bearing, ticks
from clashbook.counting.choices import SWITCHES, TAKEN_AS, Choice
from clashbook.counting.model import BOTH, Claim, Toll
from clashbook.counting.selection import families

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
        """Every answer of a side; two are one where `same` is.

        Where a day says nothing new of it, the answers are those of the day before.
        """
        doubted = _Doubted(self.dead, party)
        speaking = [
            (number, left)
            for number, tick in enumerate(self.ticks)
            if (left := _bits(claim.claimant in tick.speakers for claim in doubted.claims))
        ]
        # Whose claims each setting of the ticks leaves out: a bit more doubles them.
        out = [0]
        for _, speakers in speaking:
            out += [left | speakers for left in out]
        cells = _Cells(doubted, same)
        columns: list[list[int]] = []
        before = None
        for day in self.dead.days:
            known, end = doubted.known(day), self.dead.scope(day).end
            if (known, end) != before:
                believed = [known & ~left for left in out]
                column = cells.places(believed, day)
            columns.append(column)
            before = known, end
        places = np.array(columns, dtype=int).T
        return Side(party, [number for number, _ in speaking], places, cells.distinct)

    def _join(self) -> None:
        """Join what meets in some setting of all."""
        sides = [self.sides[party] for party in self.dead.sides]
        every = np.arange(1 << len(self.ticks) + len(SWITCHES))
        settings = [setting(side, every, len(self.ticks)) for side in sides]
        many = tuple(len(side.cells) for side in sides)
        distinct: dict[object, int] = {}
        for column in range(len(self.dead.days)):
            day = self.dead.days[column]
            pairs = zip(sides, settings, strict=True)
            met = tuple(side.places[places, column] for side, places in pairs)
            # As one number each, which sorts faster.
            numbered = np.unique(np.ravel_multi_index(met, many))
            for key in map(tuple, np.column_stack(np.unravel_index(numbered, many)).tolist()):
                if key in self.joint:
                    continue
                *own, both = (side.cells[place] for side, place in zip(sides, key, strict=True))
                made = self.dead.joined(own, both.claims, day)
                same = (made.signature, self.dead.scope(day).end)
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

    def __init__(self, dead: Dead, party: str) -> None:
        self.dead, self.party = dead, party
        self.claims = claims = list(dead.about(party).values())
        self.touched = {
            OTHER_SIDE: _bits(c.claimant_role == "opposing_side" for c in claims),
            MISSING_AS_KILLED: _bits(c.quantity.indicator == TAKEN_AS[0] for c in claims),
            NO_LIMITS: _bits(c.bounds.high is not None for c in claims),
        }
        self.press = _bits(c.claimant_role == "press" for c in claims)
        self._families: dict[tuple[int, str], list[int]] = {}
        self._counted: dict[tuple[int, int, str], list[Claim]] = {}

    def known(self, day: str) -> int:
        return _bits(claim.reported_on <= day for claim in self.claims)

    def key(self, kept: int, switches: int) -> tuple[int, int]:
        """What settings that come to the same share: the claims kept, and switches that matter."""
        if switches & NO_PRESS:
            kept &= ~self.press
        return kept, sum(
            switch for switch, claims in self.touched.items() if switches & switch and kept & claims
        )

    def merged(self, kept: int, switches: int, day: str) -> Merged:
        """What counts on a day of the claims kept, as some switches have it."""
        scope, chosen = self.dead.scope(day), choice(switches)
        if (switches, scope.end) not in self._families:
            read = map(chosen.read, self.claims)
            self._families[switches, scope.end] = [
                _bits(claim.id in family for claim in self.claims)
                for family in families(read, scope)
            ]
        found: list[Claim] = []
        for family in self._families[switches, scope.end]:
            if mine := kept & family:
                key = (mine, switches, scope.end)
                if key not in self._counted:
                    claims = {c.id: c for place, c in enumerate(self.claims) if mine >> place & 1}
                    self._counted[key] = self.dead.selected(claims, day, chosen)
                found += self._counted[key]
        in_order = sorted(found, key=lambda claim: claim.id)
        return self.dead.merged(self.party, in_order, day)


class _Cells:
    """The distinct answers of a side as they are found; two are one where `same` is."""

    def __init__(self, doubted: _Doubted, same: Callable[[Merged], object]) -> None:
        self.doubted, self.same = doubted, same
        self.distinct: list[Merged] = []
        self._found: dict[tuple[int, int, str], int] = {}
        self._alike: dict[int, object] = {}
        self._numbers: dict[object, int] = {}

    def places(self, believed: list[int], day: str) -> list[int]:
        """The place of the answer on a day for each switch, and in it for each set of claims."""
        found: list[int] = []
        for switches in range(1 << len(SWITCHES)):
            # Many settings leave the same claims.
            place = {kept: self._place(kept, switches, day) for kept in dict.fromkeys(believed)}
            found += map(place.__getitem__, believed)
        return found

    def _place(self, believed: int, switches: int, day: str) -> int:
        kept, mattering = self.doubted.key(believed, switches)
        end = self.doubted.dead.scope(day).end
        if (kept, mattering, end) not in self._found:
            made = self.doubted.merged(kept, mattering, day)
            # Many keys come to the same, which `dead` keeps.
            if id(made) not in self._alike:
                self._alike[id(made)] = self.same(made)
            number = self._numbers.setdefault((self._alike[id(made)], end), len(self.distinct))
            if number == len(self.distinct):
                self.distinct.append(made)
            self._found[kept, mattering, end] = number
        return self._found[kept, mattering, end]


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
