"""Rules 9 and 10: between the tolls of parts and those of the wholes that take them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import add

from clashbook.bounds import Bounds
from clashbook.counting import bounding
from clashbook.counting.model import (
    ALL,
    BOTH,
    KINDS_OF_PEOPLE,
    POLICE,
    Claim,
    Quantity,
    Scope,
    Step,
    Toll,
)


def reachable(merged: list[Claim], scope: Scope) -> list[Quantity]:
    """Every quantity that the counted claims speak of, or that sums and wholes can reach.

    `unspecified` and outside actors stay by themselves (rule 12).
    """
    found: set[Quantity] = set()
    for own in {claim.quantity for claim in merged}:
        found.add(own)
        family = {own.indicator} | scope.within(own.indicator) | scope.around(own.indicator)
        sides = (*scope.parties, BOTH)
        whose = sides if own.party in sides else (own.party,)
        people = (*_people(own.population == POLICE), ALL) if own.population else ("",)
        found |= {
            own._replace(indicator=indicator, party=party, population=population)
            for indicator in family
            for party in whose
            for population in people
        }
    return sorted(found)


def _people(police: bool) -> tuple[str, ...]:
    """The kinds of people that a count adds up from; police where somebody tells them apart."""
    return tuple(kind for kind in KINDS_OF_PEOPLE if police or kind != POLICE)


def settled(tolls: Mapping[Quantity, Toll], scope: Scope, party: str = "") -> dict[Quantity, Toll]:
    """Rules 9 and 10, up and down by turns until nothing more changes.

    What turns out contested stays so, with no bound but the floor that nobody denies: all else is
    worked out anew with that.
    So this ends: floors only rise, ceilings only fall, and where the two cross, both are gone.

    Parameters
    ----------
    tolls : mapping
        The direct toll of every quantity that is `reachable`.
    party : str, optional
        Whose tolls are worked out, where those of all others are settled already.
    """
    now = dict(tolls)
    mine = [quantity for quantity in tolls if party in ("", quantity.party)]
    while True:
        after = under_wholes(added_up(now, mine, scope.adding), mine, scope)
        contested = {quantity: toll for quantity, toll in after.items() if toll.contested}
        if any(not now[quantity].contested for quantity in contested):
            now = {**tolls, **contested}
        elif after == now:
            return after
        else:
            now = after


def added_up(
    tolls: Mapping[Quantity, Toll], mine: Iterable[Quantity], scope: Scope
) -> dict[Quantity, Toll]:
    """Rule 9: bounds add upwards only, and the sum meets the claims about the whole.

    The sides add into both, military and civilian into all, and the floors of an indicator's
    parts into it. Who is not spoken of counts from nothing to open, never as zero.
    """
    tolls = dict(tolls)
    # Every part is done before its wholes, so that no sum rests on what turns out contested.
    for quantity in sorted(mine, key=lambda quantity: _width(quantity, scope)):
        for parts, everybody in _parts(quantity, scope, tolls):
            if everybody and _denied(quantity, parts, scope, tolls):
                continue
            _add(tolls, quantity, parts, floors_only=not everybody)
        if quantity.party == BOTH:
            _add(tolls, quantity, [quantity._replace(party=party) for party in scope.parties])
    return tolls


def _width(quantity: Quantity, scope: Scope) -> tuple[int, bool, bool]:
    """Sorts every part before its wholes."""
    depth = len(scope.within(quantity.indicator))
    return depth, quantity.population == ALL, quantity.party == BOTH


def _parts(
    whole: Quantity, scope: Scope, tolls: Mapping[Quantity, Toll]
) -> Iterator[tuple[list[Quantity], bool]]:
    """What a whole includes within its party: what adds up in it, and whether to all of it."""
    police = whole._replace(population=POLICE) in tolls
    people = _people(police) if whole.population == ALL else ()
    if included := scope.includes.get(whole.indicator):
        yield [whole._replace(indicator=part) for part in included], False
    if people:
        yield [whole._replace(population=kind) for kind in people], True
    # Each by itself as well: what lies between it and the whole may be contested.
    for indicator in (whole.indicator, *sorted(scope.within(whole.indicator))):
        for population in (whole.population, *people):
            part = whole._replace(indicator=indicator, population=population)
            if part != whole:
                yield [part], False


def _denied(
    whole: Quantity, parts: list[Quantity], scope: Scope, tolls: Mapping[Quantity, Toll]
) -> bool:
    """Whether two parts add up within a whole to what somebody denies of the same people."""
    floors = [tolls[part].floor for part in parts if part in tolls]
    within = {whole.indicator} | scope.within(whole.indicator)
    return any(
        sum(bool(floor & toll.claims) for floor in floors) > 1
        for quantity, toll in tolls.items()
        if toll.contested
        and quantity != whole
        and quantity.population == whole.population
        and quantity.indicator in within
        and whole.party in (BOTH, quantity.party)
    )


def _add(
    tolls: dict[Quantity, Toll],
    whole: Quantity,
    parts: list[Quantity],
    *,
    floors_only: bool = False,
) -> None:
    held = [tolls.get(part) or Toll(part) for part in parts]
    if not any(toll.says_something for toll in held):
        return
    total = reduce(add, (toll.bounds for toll in held))
    if floors_only:
        total = Bounds(low=total.low, low_strict=total.low_strict)
    if tolls[whole].stands(total):
        return
    tolls[whole] = bounding.met(
        tolls[whole],
        total,
        frozenset().union(*(toll.floor for toll in held)),
        frozenset().union(*(toll.ceiling for toll in held)),
        {
            end: Step(9, others=tuple((toll.quantity, end) for toll in held))
            for end in ("low", "high")
        },
    )


def under_wholes(
    tolls: Mapping[Quantity, Toll], mine: Iterable[Quantity], scope: Scope
) -> dict[Quantity, Toll]:
    """Rule 10: a whole, less the floors of its other parts, is a ceiling for a part.

    Within one party, so that no joint total is split between the sides; and never a floor, since
    what a source leaves out is not known to be nothing.
    """
    tolls = dict(tolls)
    for whole in sorted(mine, key=lambda quantity: _width(quantity, scope), reverse=True):
        if tolls[whole].bounds.high is not None:
            for parts, _ in _parts(whole, scope, tolls):
                _press(tolls, whole, parts)
    return tolls


def _press(tolls: dict[Quantity, Toll], whole: Quantity, parts: list[Quantity]) -> None:
    over = tolls[whole]
    floors = {part: tolls.get(part) or Toll(part) for part in parts}
    for part in parts:
        if part not in tolls:
            continue
        room, ids = Bounds(high=over.bounds.high, high_strict=over.bounds.high_strict), over.ceiling
        for other, toll in floors.items():
            if other != part:
                less = Bounds(low=toll.bounds.low or 0, low_strict=toll.bounds.low_strict)
                room, ids = room - less, ids | toll.floor
        others = ((other, "low") for other, toll in floors.items() if other != part and toll.floor)
        step = Step(10, others=((whole, "high"), *others))
        tolls[part] = bounding.met(tolls[part], room, ceiling_ids=ids, steps={"high": step})
