"""Rules 1 to 5: which claims count, and increments joined to what they add to.

The rules are stated in the book's methods page, under the numbers that they bear here. Rule 13
(what a provider publishes stands beside a toll, never in it) is kept by what these functions take,
claims and no series, and by leaving out the claims that are rows of a provider’s data set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from clashbook.bounds import Bounds
from clashbook.counting.model import ALL, Claim, LeftOut, Scope
from clashbook.dataset.following import reached

Claims = Mapping[str, Claim]
LATER = "made after the cut-off date"
AFTER = "about days after the clash had ended"
WITH_AFTER = "includes what happened after the clash had ended"
OLDER_STOCK = "its side has a newer count of who is held, missing or in hospital"
SOURCE_ERROR = "an error of the source"
WITHDRAWN = "its source was withdrawn"
REPLACED = "its side gave a newer count"
REPEATS_REPLACED = "it repeats a count that its side had replaced"
REPEATED = "a repeat"
DERIVED = "the source’s own sum or rounding"
PART = "a part of another count"
DENIAL = "a denial, without a number"
PROVIDER = "a row of a provider’s data set"
OTHER_SIDE = "one side about the other, or about both"


@dataclass
class Selection:
    """An episode's claims on their way to the toll, and why some did not get there.

    `known` are the claims of sources that are taken at their word, whether they count or not: what
    another claim repeats or replaces is looked up there. `exist` holds all that were made in time.
    """

    as_of: str
    scope: Scope
    exist: Mapping[str, Claim] = field(default_factory=dict)
    known: Mapping[str, Claim] = field(default_factory=dict)
    left_out: dict[str, LeftOut] = field(default_factory=dict)

    def keep(
        self, claims: Iterable[Claim], why: Callable[[Claim], LeftOut | None]
    ) -> dict[str, Claim]:
        """The claims, by id, that `why` has nothing against; it says what it has against others."""
        kept = {}
        for claim in claims:
            if reason := why(claim):
                self.left_out[claim.id] = reason
            else:
                kept[claim.id] = claim
        return kept


def families(claims: Iterable[Claim], scope: Scope) -> list[set[str]]:
    """The ids of claims that rules 1 to 5 hold against each other, apart from all others.

    These are claims that relate to each other, one voice's counts of a stock, and all counts of a
    quantity of which one begins after the episode's last day.
    """
    claims = list(claims)
    late = {
        claim.quantity
        for claim in claims
        if (end := scope.until(claim.quantity)) and claim.period_start > end
    }
    meeting: dict[object, set[object]] = {}
    for claim in claims:
        places: list[object] = [claim.related] if claim.related else []
        if claim.is_stock:
            places.append((claim.quantity._replace(population=ALL), _side(claim)))
        if claim.quantity in late:
            places.append(claim.quantity)
        for place in places:
            meeting.setdefault(claim.id, set()).add(place)
            meeting.setdefault(place, set()).add(claim.id)
    ids = {claim.id for claim in claims}
    found: list[set[str]] = []
    for claim in claims:
        if not any(claim.id in family for family in found):
            found.append({name for name in reached([claim.id], meeting) if name in ids})
    return found


def made_by(claims: Claims, found: Selection) -> Claims:
    """Rule 1: only claims made on or before the as-of date exist."""
    in_order = sorted(claims.values(), key=lambda claim: claim.id)
    late = LeftOut(1, LATER)
    found.exist = found.known = found.keep(
        in_order, lambda claim: late if claim.reported_on > found.as_of else None
    )
    return found.exist


def without_errors(claims: Claims, found: Selection) -> Claims:
    """Rule 4: an error takes no part in anything, not even as what another updates.

    Nor does what a withdrawn source says; a repeat of it elsewhere is that source's own.
    """

    def why(claim: Claim) -> LeftOut | None:
        if claim.is_withdrawn:
            return LeftOut(4, WITHDRAWN)
        return LeftOut(4, SOURCE_ERROR) if claim.status == "source_error" else None

    found.known = found.keep(claims.values(), why)
    return found.known


def without_providers(claims: Claims, found: Selection) -> Claims:
    """Rule 13: a provider's own rows take no part in a toll; what a side says there does."""

    def why(claim: Claim) -> LeftOut | None:
        of_a_side = claim.claimant_role in ("own_side", "opposing_side")
        return LeftOut(13, PROVIDER) if claim.from_provider and not of_a_side else None

    found.known = found.keep(claims.values(), why)
    return found.known


def head(claim: Claim, known: Mapping[str, Claim]) -> Claim:
    """What a claim's repeats and increments lead back to, among claims that exist."""
    while claim.relation in ("repeats", "adds_to") and claim.related in known:
        claim = known[claim.related]
    return claim


def not_replaced(claims: Claims, found: Selection) -> Claims:
    """Rule 2: what an existing claim updates is gone, with its repeats and increments."""
    newer = {
        head(claims[claim.related], claims).id: claim.id
        for claim in claims.values()
        if claim.relation == "updates" and claim.related in claims
    }

    def why(claim: Claim) -> LeftOut | None:
        by = newer.get(head(claim, claims).id)
        if not by:
            return None
        is_late = claim.reported_on > claims[by].reported_on
        return LeftOut(2, REPEATS_REPLACED if is_late else REPLACED, (by,))

    return found.keep(claims.values(), why)


def newest_stock(claims: Claims, found: Selection) -> Claims:
    """Rule 2, read for stocks: who is held or missing is known best from a side's newest count.

    A newer count of all ends the older ones of soldiers and of civilians too.
    """
    newest: dict[tuple, Claim] = {}
    for claim in claims.values():
        if claim.is_stock and claim.relation != "repeats" and claim.status == "stated":
            whose = (claim.quantity, _side(claim))
            if whose not in newest or claim.reported_on > newest[whose].reported_on:
                newest[whose] = claim

    def why(claim: Claim) -> LeftOut | None:
        own = claim.quantity
        for quantity in (own, own._replace(population=ALL)) if claim.is_stock else ():
            by = newest.get((quantity, _side(claim)))
            if by and claim.reported_on < by.reported_on:
                return LeftOut(2, OLDER_STOCK, (by.id,))
        return None

    return found.keep(claims.values(), why)


def _side(claim: Claim) -> str:
    """A side speaks with one voice, and everybody else for himself."""
    of_a_side = claim.claimant_role in ("own_side", "opposing_side")
    return claim.claimant_role if of_a_side else claim.claimant


def not_repeated(claims: Claims, found: Selection) -> Claims:
    """Rule 3: a repeat is not counted while what it repeats exists."""

    def why(claim: Claim) -> LeftOut | None:
        is_repeat = claim.relation == "repeats" and claim.related in found.known
        return LeftOut(3, REPEATED, (claim.related,)) if is_repeat else None

    return found.keep(claims.values(), why)


def countable(claims: Claims, found: Selection) -> Claims:
    """Rule 4: derived numbers, denials and like parts are shown, never counted."""

    def why(claim: Claim) -> LeftOut | None:
        if claim.status == "derived":
            return LeftOut(4, DERIVED)
        if claim.relation == "disputes" and not claim.has_number:
            return LeftOut(4, DENIAL)
        return LeftOut(4, PART, (claim.related,)) if _like_part(claim, found.exist) else None

    return found.keep(claims.values(), why)


def _like_part(claim: Claim, wholes: Mapping[str, Claim]) -> bool:
    if claim.relation != "part_of" or claim.related not in wholes:
        return False
    part, whole = claim.quantity, wholes[claim.related].quantity
    return (part.indicator, part.population) == (whole.indicator, whole.population)


def own_or_third(claims: Claims, found: Selection) -> Claims:
    """Rule 5: a belligerent's claim about the other, or about both, stands beside the toll."""
    other = LeftOut(5, OTHER_SIDE)
    return found.keep(
        claims.values(), lambda claim: other if claim.claimant_role == "opposing_side" else None
    )


def with_increments(claims: Claims, found: Selection) -> Claims:
    """Rule 3: an increment and what it adds to are one claim, over both their periods."""
    merged = dict(claims)
    for claim in claims.values():
        if claim.relation != "adds_to" or claim.related not in found.exist:
            continue
        base = head(claim, found.exist).id
        more = merged.pop(claim.id)
        if base in merged:
            merged[base] = _joined(merged[base], more)
        else:
            found.left_out[claim.id] = found.left_out[base]
    return merged


def to_the_end(claims: Claims, found: Selection) -> Claims:
    """Rule 1, read for an episode's last day: later fighting is not of its toll.

    Nor is a count that takes it in: how many of its people belong to the episode it does not say.
    """
    late = {
        key: claim
        for key, claim in claims.items()
        if (end := found.scope.until(claim.quantity)) and claim.period_start > end
    }
    kept = {}
    for key, claim in claims.items():
        if key in late:
            why = LeftOut(1, AFTER)
        elif within := [other for other in late.values() if _takes_in(claim, other)]:
            why = LeftOut(1, WITH_AFTER, tuple(sorted(other.id for other in within)))
        else:
            kept[key] = claim
            continue
        found.left_out.update(dict.fromkeys(claim.ids, why))
    return kept


def _takes_in(claim: Claim, other: Claim) -> bool:
    alike = other.quantity == claim.quantity and other.has_number
    return alike and claim.period_start <= other.period_start <= claim.period_end


def _joined(base: Claim, more: Claim) -> Claim:
    dated = base.period_start and base.period_end and more.period_start and more.period_end
    return replace(
        base,
        bounds=_more(base.bounds, more.bounds),
        qualifier=base.qualifier if base.qualifier == more.qualifier else "",
        period_start=min(base.period_start, more.period_start) if dated else "",
        period_end=max(base.period_end, more.period_end) if dated else "",
        reported_on=max(base.reported_on, more.reported_on),
        ids=base.ids | more.ids,
    )


def _more(base: Bounds, more: Bounds) -> Bounds:
    """The two added; a number of whom nothing is said counts from nothing."""
    if base.low is None and more.low is None:
        return base + more
    return replace(base, low=base.low or 0) + replace(more, low=more.low or 0)
