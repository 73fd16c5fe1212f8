"""Rules 1 to 5: which claims count, and increments joined to what they add to.

The rules are stated in the book's methods page, under the numbers that they bear here. Rule 13
(what a provider publishes stands beside a toll, never in it) is kept by what these functions take,
claims and no series, and by leaving out the claims that are rows of a provider's data set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from clashbook.bounds import Bounds
from clashbook.tolls.claim import Claim, LeftOut

LATER = "made after the as-of date"
SOURCE_ERROR = "an error of the source"
REPLACED = "its side has counted anew"
REPEATED = "a repeat"
DERIVED = "the source's own sum or rounding"
PART = "a part of another count"
DENIAL = "a denial, without a number"
PROVIDER = "a row of a provider's data set"
OTHER_SIDE = "one side about the other, or about both"


def made_by(claims: Iterable[Claim], as_of: str, left_out: dict[str, LeftOut]) -> list[Claim]:
    """Rule 1: only claims made on or before the as-of date exist."""
    exist = []
    for claim in sorted(claims, key=lambda claim: claim.claim_id):
        if claim.reported_on <= as_of:
            exist.append(claim)
        else:
            left_out[claim.claim_id] = LeftOut(1, LATER)
    return exist


def without_errors(claims: Iterable[Claim], left_out: dict[str, LeftOut]) -> list[Claim]:
    """Rule 4: a source's error takes no part in anything, not even as what another updates."""
    known = []
    for claim in claims:
        if claim.status == "source_error":
            left_out[claim.claim_id] = LeftOut(4, SOURCE_ERROR)
        else:
            known.append(claim)
    return known


def without_providers(claims: Iterable[Claim], left_out: dict[str, LeftOut]) -> list[Claim]:
    """Rule 13: a provider's own rows take no part in a toll; what a side says there does."""
    known = []
    for claim in claims:
        if claim.from_provider and claim.role not in ("own_side", "opposing_side"):
            left_out[claim.claim_id] = LeftOut(13, PROVIDER)
        else:
            known.append(claim)
    return known


def head(claim: Claim, known: Mapping[str, Claim]) -> Claim:
    """What a claim's repeats and increments lead back to, among claims that exist."""
    while claim.relation in ("repeats", "adds_to") and claim.related in known:
        claim = known[claim.related]
    return claim


def not_replaced(claims: list[Claim], left_out: dict[str, LeftOut]) -> list[Claim]:
    """Rule 2: what an existing claim updates is gone, with its repeats and increments."""
    known = {claim.claim_id: claim for claim in claims}
    gone = {
        head(known[claim.related], known).claim_id
        for claim in claims
        if claim.relation == "updates" and claim.related in known
    }
    standing = []
    for claim in claims:
        if head(claim, known).claim_id in gone:
            left_out[claim.claim_id] = LeftOut(2, REPLACED)
        else:
            standing.append(claim)
    return standing


def not_repeated(
    standing: list[Claim], known: Iterable[Claim], left_out: dict[str, LeftOut]
) -> list[Claim]:
    """Rule 3: a repeat is not counted while what it repeats exists."""
    ids = {claim.claim_id for claim in known}
    kept = []
    for claim in standing:
        if claim.relation == "repeats" and claim.related in ids:
            left_out[claim.claim_id] = LeftOut(3, REPEATED)
        else:
            kept.append(claim)
    return kept


def countable(
    standing: list[Claim], exist: Iterable[Claim], left_out: dict[str, LeftOut]
) -> list[Claim]:
    """Rule 4: derived numbers, denials and like parts are shown, never counted."""
    wholes = {claim.claim_id: claim for claim in exist}
    kept = []
    for claim in standing:
        if claim.status == "derived":
            left_out[claim.claim_id] = LeftOut(4, DERIVED)
        elif claim.relation == "disputes" and not claim.has_number:
            left_out[claim.claim_id] = LeftOut(4, DENIAL)
        elif _like_part(claim, wholes):
            left_out[claim.claim_id] = LeftOut(4, PART)
        else:
            kept.append(claim)
    return kept


def _like_part(claim: Claim, wholes: Mapping[str, Claim]) -> bool:
    if claim.relation != "part_of" or claim.related not in wholes:
        return False
    part, whole = claim.quantity, wholes[claim.related].quantity
    return (part.indicator, part.population) == (whole.indicator, whole.population)


def own_or_third(claims: list[Claim], left_out: dict[str, LeftOut]) -> list[Claim]:
    """Rule 5: a belligerent's claim about the other, or about both, stands beside the toll."""
    kept = []
    for claim in claims:
        if claim.role == "opposing_side":
            left_out[claim.claim_id] = LeftOut(5, OTHER_SIDE)
        else:
            kept.append(claim)
    return kept


def with_increments(
    counted: list[Claim], exist: Iterable[Claim], left_out: dict[str, LeftOut]
) -> list[Claim]:
    """Rule 3: an increment and what it adds to are one claim, over both their periods."""
    everything = {claim.claim_id: claim for claim in exist}
    merged = {claim.claim_id: claim for claim in counted}
    for claim in counted:
        if claim.relation != "adds_to" or claim.related not in everything:
            continue
        base = head(claim, everything).claim_id
        more = merged.pop(claim.claim_id)
        if base in merged:
            merged[base] = _joined(merged[base], more)
        else:
            left_out[claim.claim_id] = left_out[base]
    return list(merged.values())


def _joined(base: Claim, more: Claim) -> Claim:
    dated = base.start and base.end and more.start and more.end
    return replace(
        base,
        bounds=_more(base.bounds, more.bounds),
        qualifier=base.qualifier if base.qualifier == more.qualifier else "",
        start=min(base.start, more.start) if dated else "",
        end=max(base.end, more.end) if dated else "",
        reported_on=max(base.reported_on, more.reported_on),
        ids=base.ids | more.ids,
    )


def _more(base: Bounds, more: Bounds) -> Bounds:
    """The two added; a number of whom nothing is said counts from nothing."""
    if base.low is None and more.low is None:
        return base + more
    return replace(base, low=base.low or 0) + replace(more, low=more.low or 0)
