"""Rules 6 to 8: from the claims that count to the toll of the very quantity that they count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf
from types import MappingProxyType

from clashbook.bounds import Bounds
from clashbook.counting.model import ALL, BOTH, Claim, Quantity, Scope, Step, Toll

LOWER_FLOOR = "a higher minimum counts"
NOT_LOWEST = "a tighter limit counts"
WORDS_ONLY = "neither a minimum nor a maximum"
NO_CEILING = "its maximum does not hold for the whole clash, and it has no minimum"
CONTRADICTED = "contested: a minimum is above a maximum"


def highest_floor(claims: Iterable[Claim]) -> tuple[float, bool, frozenset[str]]:
    """Rule 6: the largest sum of floors over claims whose periods do not overlap.

    A period that is not stated overlaps every other. Returns the floor, whether it is excluded,
    and the claims it rests on.
    """
    candidates = [claim for claim in claims if claim.bounds.low or claim.bounds.low_strict]
    chains = [[claim] for claim in candidates if not (claim.period_start and claim.period_end)]
    dated = sorted(
        (claim for claim in candidates if claim.period_start and claim.period_end),
        key=lambda claim: (claim.period_end, claim.period_start, claim.id),
    )
    ends = [claim.period_end for claim in dated]
    # The highest of the first so many of them; the first of none.
    highest: list[list[Claim]] = [[]]
    for claim in dated:
        before = highest[bisect_left(ends, claim.period_start)]
        highest.append(min(highest[-1], [*before, claim], key=_rank))
    return _chain(min([*chains, highest[-1]], key=_rank))


def _rank(chain: list[Claim]) -> tuple[float, bool, int, int, list[tuple[bool, str, str]]]:
    """The highest floor first; of equal ones a side's own, then the earliest; never by id."""
    floor, strict, ids = _chain(chain)
    order = sorted(
        (claim.claimant_role != "own_side", claim.reported_on, claim.words) for claim in chain
    )
    return -floor, not strict, sum(others for others, *_ in order), len(ids), order


def _chain(claims: list[Claim]) -> tuple[float, bool, frozenset[str]]:
    floor = sum(claim.bounds.low or 0 for claim in claims)
    strict = any(claim.bounds.low_strict for claim in claims)
    return floor, strict, frozenset().union(*(claim.ids for claim in claims))


def lids(mine: Iterable[Claim], counted: list[Claim], scope: Scope) -> list[Claim]:
    """Rule 7: the claims whose ceiling holds for the whole episode.

    Such a claim starts with the episode, reaches as far as every counted claim of the quantity, of
    its parts and of its wholes, or to the episode's end, and its side has not since counted the
    same or a wider quantity from the start.

    Parameters
    ----------
    mine, counted : list of Claim
        The counted claims of one quantity, and of all.
    """
    ceilings = [claim for claim in mine if claim.bounds.high is not None]
    if not ceilings:
        return []
    quantity = ceilings[0].quantity
    last, own = _last_day(quantity, counted, scope), _own_counts(quantity, counted, scope)
    # Many are of the same days: each pair of days is asked once.
    days = {(other.reported_on, other.period_start) for other in own}
    return [
        claim
        for claim in ceilings
        if _covers(claim, scope.begin, last) and not any(_is_later(claim, *pair) for pair in days)
    ]


def _last_day(quantity: Quantity, counted: list[Claim], scope: Scope) -> str:
    # Whoever reports none counts nobody, and so reaches nowhere.
    reaching = [
        other.period_end
        for other in counted
        if not other.reports_none and _meets(other.quantity, quantity)
    ]
    last, end = max(reaching, default=""), scope.until(quantity)
    return min(last, end) if end else last


def _meets(other: Quantity, own: Quantity) -> bool:
    """Whether two counts are of the same people, or one of some of the other's."""
    whose = other.party == own.party or BOTH in (other.party, own.party)
    what = other.indicator == own.indicator and other.unit == own.unit
    return whose and what and other.period == own.period


def in_the_way(claim: Claim, counted: list[Claim], scope: Scope) -> frozenset[str]:
    """The counted claims for which rule 7 lets a ceiling not hold; none where its own days do."""
    last = _last_day(claim.quantity, counted, scope)
    further = [
        other
        for other in counted
        if claim.period_end < last <= other.period_end and _meets(other.quantity, claim.quantity)
    ]
    own = _own_counts(claim.quantity, counted, scope)
    anew = [other for other in own if _is_later(claim, other.reported_on, other.period_start)]
    return frozenset().union(*(other.ids for other in (*further, *anew)))


def _covers(claim: Claim, begin: str, last: str) -> bool:
    """Whether a claim speaks of all days from `begin` (or of its own period) to `last`."""
    if not (claim.period_start and claim.period_end):
        return False
    return (claim.quantity.period != "" or claim.period_start <= begin) and claim.period_end >= last


def _own_counts(quantity: Quantity, counted: list[Claim], scope: Scope) -> list[Claim]:
    """Each side's own dated counts of a quantity, or of more."""
    return [
        other
        for other in counted
        if other.claimant_role == "own_side"
        and other.period_start != ""
        and _same_or_wider(other.quantity, quantity, scope)
        and other.has_number
    ]


def _is_later(claim: Claim, reported_on: str, period_start: str) -> bool:
    """Whether a side's count of these two days is later than `claim`, and from its start."""
    return reported_on > claim.reported_on and period_start <= claim.period_start


def _same_or_wider(other: Quantity, own: Quantity, scope: Scope) -> bool:
    whose = other.party in scope.parties if own.party == BOTH else other.party == own.party
    what = other.indicator == own.indicator or own.indicator in scope.within(other.indicator)
    return (
        whose
        and what
        and other.population in (own.population, ALL)
        and other.unit == own.unit
        and other.period == own.period
    )


def by_quantity(merged: Iterable[Claim]) -> dict[Quantity, list[Claim]]:
    """The counted claims of each quantity that they speak of."""
    found: dict[Quantity, list[Claim]] = {}
    for claim in merged:
        found.setdefault(claim.quantity, []).append(claim)
    return found


def direct(quantity: Quantity, mine: Sequence[Claim], limits: Sequence[Claim]) -> Toll:
    """Rules 6 to 8: a quantity's toll from the claims on exactly that quantity.

    Where the highest floor and the lowest ceiling cross, none stands and the toll is contested.

    Parameters
    ----------
    mine : list of Claim
        The counted claims of the quantity, each with its increments.
    limits : list of Claim
        Its `lids`.
    """
    if not mine:
        return Toll(quantity)
    floor, strict, floor_ids = highest_floor(mine)
    steps = {"low": Step(6, tuple(sorted(floor_ids)))} if floor_ids else {}
    toll = Toll(quantity, Bounds(low=floor, low_strict=strict), floor=floor_ids, steps=steps)
    if lowest := min(limits, key=_ceiling, default=None):
        step = Step(7, tuple(sorted(lowest.ids)))
        toll = met(toll, lowest.bounds, ceiling_ids=lowest.ids, steps={"high": step})
    if toll.contested:
        return replace(toll, spoken=frozenset().union(*(claim.ids for claim in mine)), against=None)
    if not toll.says_something:
        wordy = [claim for claim in mine if claim.bounds.high is None]
        toll = replace(toll, spoken=frozenset().union(*(claim.ids for claim in wordy)))
    return toll


def _ceiling(claim: Claim) -> tuple[float, bool, bool, str, str]:
    """How low a ceiling is; of equal ones what is said decides, and not the claims' ids."""
    bounds = claim.bounds
    high = inf if bounds.high is None else bounds.high
    return high, not bounds.high_strict, bounds.low is None, claim.reported_on, claim.words


def met(
    toll: Toll,
    bounds: Bounds,
    floor_ids: frozenset[str] = frozenset(),
    ceiling_ids: frozenset[str] = frozenset(),
    steps: Mapping[str, Step] = MappingProxyType({}),
) -> Toll:
    """Rule 8: the highest floor and the lowest ceiling; crossed, the toll is contested.

    Of a contested toll only the lower of the two floors is left, which neither side of the
    contradiction denies. `steps` says for each end of `bounds` what made it.
    """
    if toll.contested:
        return toll
    together = toll.bounds.meet(bounds)
    if together.is_empty:
        spoken = toll.claims | floor_ids | ceiling_ids
        ours, others = toll.bounds.low or 0, bounds.low or 0
        holding = toll.floor if ours <= others else floor_ids or ceiling_ids
        undenied = Bounds(low=min(ours, others))
        # Where the higher is a sum, its terms are told beside the lower.
        against = steps.get("low") if ours < others else None
        terms = against.others if against else ()
        return Toll(
            toll.quantity,
            undenied,
            floor=holding if undenied.low else frozenset(),
            spoken=spoken,
            contested=True,
            against=bounds,
            steps={"low": Step(8, tuple(sorted(holding)), terms)} if undenied.low else {},
        )
    low_kept = (together.low, together.low_strict) == (toll.bounds.low, toll.bounds.low_strict)
    high_kept = (together.high, together.high_strict) == (toll.bounds.high, toll.bounds.high_strict)
    if low_kept and high_kept and together.best == toll.bounds.best:
        return toll
    return replace(
        toll,
        bounds=together,
        floor=toll.floor if low_kept else floor_ids,
        ceiling=toll.ceiling if high_kept else ceiling_ids,
        steps={
            end: toll.steps[end] if kept else steps[end]
            for end, kept, held in (("low", low_kept, bool(floor_ids)), ("high", high_kept, True))
            if (end in toll.steps if kept else held)
        },
    )
