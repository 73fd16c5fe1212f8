"""The thirteen rules of counting, one small function a rule.

They are stated in the book's methods page, under the numbers that they bear here. Rule 13 (a series
stands beside a toll, never in it) is kept by what these functions take: claims, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from clashbook.bounds import Bounds
from clashbook.tolls.claim import ALL, BOTH, KINDS_OF_PEOPLE, Claim, LeftOut, Quantity, Toll

LATER = "made after the as-of date"
SOURCE_ERROR = "an error of the source"
REPLACED = "its side has counted anew"
REPEATED = "a repeat"
DERIVED = "the source's own sum or rounding"
PART = "a part of another count"
DENIAL = "a denial, without a number"
OTHER_SIDE = "one side about the other, or about both"
LOWER_FLOOR = "a higher floor stands"
NOT_LOWEST = "a tighter bound stands"
WORDS_ONLY = "no bound"
NO_CEILING = "its ceiling does not hold for the whole episode, and it has no floor"
CONTRADICTED = "its quantity is contested: floors and ceilings cross"


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


def highest_floor(claims: Iterable[Claim]) -> tuple[float, bool, frozenset[str]]:
    """Rule 6: the largest sum of floors over claims whose periods do not overlap.

    A period that is not stated overlaps every other. Returns the floor, whether it is excluded,
    and the claims it rests on.
    """
    candidates = [claim for claim in claims if claim.bounds.low or claim.bounds.low_strict]
    chains = [_chain([claim]) for claim in candidates if not (claim.start and claim.end)]
    dated = sorted(
        (claim for claim in candidates if claim.start and claim.end),
        key=lambda claim: (claim.end, claim.start, claim.claim_id),
    )
    ending: list[list[Claim]] = []
    for i, claim in enumerate(dated):
        before = [ending[j] for j in range(i) if dated[j].end < claim.start]
        ending.append([*max(before, key=_weight, default=[]), claim])
    chains += [_chain(chain) for chain in ending]
    return max(chains, key=lambda chain: (chain[0], chain[1], -len(chain[2])), default=_chain([]))


def _weight(chain: list[Claim]) -> tuple[float, bool, int]:
    floor, strict, ids = _chain(chain)
    return floor, strict, -len(ids)


def _chain(claims: list[Claim]) -> tuple[float, bool, frozenset[str]]:
    floor = sum(claim.bounds.low for claim in claims)
    strict = any(claim.bounds.low_strict for claim in claims)
    return floor, strict, frozenset().union(*(claim.ids for claim in claims))


def lids(
    mine: list[Claim],
    known: Iterable[Claim],
    begin: str,
    parties: Iterable[str],
    includes: Mapping[str, list[str]],
) -> list[Claim]:
    """Rule 7: the claims whose ceiling holds for the whole episode.

    Such a claim starts with the episode, reaches as far as every counted claim of the quantity,
    and its side has not since counted the same or a wider quantity from the start.
    """
    everything = {claim.claim_id: claim for claim in known}
    last = max((claim.end for claim in mine if claim.end), default="")
    held = []
    for claim in mine:
        if claim.bounds.high is None or not claim.start:
            continue
        from_start = claim.start <= (begin if not claim.quantity.period else claim.start)
        as_far = claim.end >= last and claim.end != ""
        since = any(
            other.role == "own_side"
            and other.has_number
            and other.status == "stated"
            and not _like_part(other, everything)
            and not (other.relation == "repeats" and other.related in everything)
            and other.reported_on > claim.reported_on
            and other.start != ""
            and other.start <= claim.start
            and _same_or_wider(other.quantity, claim.quantity, parties, includes)
            and head(other, everything).claim_id not in claim.ids
            for other in everything.values()
        )
        if from_start and as_far and not since:
            held.append(claim)
    return held


def _same_or_wider(
    other: Quantity, own: Quantity, parties: Iterable[str], includes: Mapping[str, list[str]]
) -> bool:
    whose = other.party in parties if own.party == BOTH else other.party == own.party
    what = other.indicator == own.indicator or own.indicator in _within(other.indicator, includes)
    return (
        whose
        and what
        and other.population in (own.population, ALL)
        and other.unit == own.unit
        and other.period == own.period
    )


def _within(indicator: str, includes: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    for part in includes.get(indicator, []):
        found |= {part} | _within(part, includes)
    return found


def direct(
    quantity: Quantity,
    merged: list[Claim],
    known: list[Claim],
    begin: str,
    parties: list[str],
    includes: Mapping[str, list[str]],
) -> Toll:
    """Rules 6 to 8: a quantity's toll from the claims on exactly that quantity.

    Where the highest floor and the lowest ceiling cross, none stands and the toll is contested.
    """
    mine = [claim for claim in merged if claim.quantity == quantity]
    floor, strict, floor_ids = highest_floor(mine)
    toll = Toll(quantity, Bounds(low=floor, low_strict=strict), floor=floor_ids)
    lowest = min(
        lids(mine, known, begin, parties, includes),
        key=lambda claim: (claim.bounds.high, not claim.bounds.high_strict),
        default=None,
    )
    if lowest is not None:
        ceiling = Bounds(high=lowest.bounds.high, high_strict=lowest.bounds.high_strict)
        toll = met(toll, ceiling, ceiling_ids=lowest.ids)
    if toll.contested:
        return replace(toll, spoken=frozenset().union(*(claim.ids for claim in mine)))
    if not toll.says_something:
        wordy = [claim for claim in mine if claim.bounds.high is None]
        toll = replace(toll, spoken=frozenset().union(*(claim.ids for claim in wordy)))
    return toll


def met(
    toll: Toll,
    bounds: Bounds,
    floor_ids: frozenset[str] = frozenset(),
    ceiling_ids: frozenset[str] = frozenset(),
) -> Toll:
    """Rule 8: the highest floor and the lowest ceiling; crossed, the toll is contested."""
    if toll.contested:
        return toll
    together = toll.bounds.meet(bounds)
    if together.is_empty:
        spoken = toll.claims | floor_ids | ceiling_ids
        return Toll(toll.quantity, spoken=spoken, contested=True)
    low_kept = (together.low, together.low_strict) == (toll.bounds.low, toll.bounds.low_strict)
    high_kept = (together.high, together.high_strict) == (toll.bounds.high, toll.bounds.high_strict)
    return replace(
        toll,
        bounds=together,
        floor=toll.floor if low_kept else floor_ids,
        ceiling=toll.ceiling if high_kept else ceiling_ids,
    )


def reachable(
    merged: list[Claim], parties: list[str], includes: Mapping[str, list[str]]
) -> list[Quantity]:
    """Every quantity that the counted claims speak of, or that sums and wholes can reach.

    `unspecified` and outside actors stay by themselves (rule 12).
    """
    found: set[Quantity] = set()
    for claim in merged:
        own = claim.quantity
        found.add(own)
        family = {own.indicator} | _within(own.indicator, includes)
        family |= {whole for whole in includes if own.indicator in _within(whole, includes)}
        whose = (*parties, BOTH) if own.party in (*parties, BOTH) else (own.party,)
        people = (*KINDS_OF_PEOPLE, ALL) if own.population else ("",)
        found |= {
            own._replace(indicator=indicator, party=party, population=population)
            for indicator in family
            for party in whose
            for population in people
        }
    return sorted(found)


def added_up(
    tolls: Mapping[Quantity, Toll], parties: list[str], includes: Mapping[str, list[str]]
) -> dict[Quantity, Toll]:
    """Rule 9: bounds add upwards only, and the sum meets the claims about the whole.

    The sides add into both, military and civilian into all, and the floors of an indicator's
    parts into it. Who is not spoken of counts from nothing to open, never as zero.
    """
    tolls = dict(tolls)

    # Every part is done before its wholes, so that no sum rests on what turns out contested.
    def parts_first(quantity: Quantity) -> tuple[int, bool, bool]:
        depth = len(_within(quantity.indicator, includes))
        return depth, quantity.population == ALL, quantity.party == BOTH

    for quantity in sorted(tolls, key=parts_first):
        inside = [
            quantity._replace(indicator=part) for part in includes.get(quantity.indicator, [])
        ]
        if inside:
            _add(tolls, quantity, inside, floors_only=True)
        if quantity.population == ALL:
            _add(tolls, quantity, [quantity._replace(population=kind) for kind in KINDS_OF_PEOPLE])
        if quantity.party == BOTH:
            _add(tolls, quantity, [quantity._replace(party=party) for party in parties])
    return tolls


def _add(
    tolls: dict[Quantity, Toll],
    whole: Quantity,
    parts: list[Quantity],
    *,
    floors_only: bool = False,
) -> None:
    held = [tolls.get(part, Toll(part)) for part in parts]
    total = Bounds(low=0, high=0)
    for toll in held:
        total = total + toll.bounds.without_best()
    if floors_only:
        total = Bounds(low=total.low, low_strict=total.low_strict)
    tolls[whole] = met(
        tolls[whole],
        total,
        frozenset().union(*(toll.floor for toll in held)),
        frozenset().union(*(toll.ceiling for toll in held)),
    )


def under_wholes(
    tolls: Mapping[Quantity, Toll], includes: Mapping[str, list[str]]
) -> dict[Quantity, Toll]:
    """Rule 10: a whole, less the floors of its other parts, is a ceiling for a part.

    Within one party, by indicator and then by population; never a floor, since what a source
    leaves out is not known to be nothing.
    """
    tolls = dict(tolls)
    wide_first = sorted(tolls, key=lambda quantity: -len(_within(quantity.indicator, includes)))
    for whole in wide_first:
        parts = [whole._replace(indicator=part) for part in includes.get(whole.indicator, [])]
        _press(tolls, whole, parts)
    for whole in wide_first:
        if whole.population == ALL:
            _press(tolls, whole, [whole._replace(population=kind) for kind in KINDS_OF_PEOPLE])
    return tolls


def _press(tolls: dict[Quantity, Toll], whole: Quantity, parts: list[Quantity]) -> None:
    over = tolls[whole]
    if over.bounds.high is None:
        return
    floors = {part: tolls.get(part, Toll(part)) for part in parts}
    for part in parts:
        if part not in tolls:
            continue
        room, ids = Bounds(high=over.bounds.high, high_strict=over.bounds.high_strict), over.ceiling
        for other, toll in floors.items():
            if other != part:
                less = Bounds(low=toll.bounds.low or 0, low_strict=toll.bounds.low_strict)
                room, ids = room - less, ids | toll.floor
        tolls[part] = met(tolls[part], room, ceiling_ids=ids)


class UnlikeQuantitiesError(ValueError):
    """A comparison across quantities that rule 11 keeps apart."""


def compared(left: Toll, right: Toll, left_day: str, right_day: str) -> bool | None:
    """Rule 11: whether one toll is certainly lower than another.

    Parameters
    ----------
    left, right : Toll
        Of the same indicator, population and unit.
    left_day, right_day : str
        The as-of day of each.

    Raises
    ------
    UnlikeQuantitiesError
        If the two count different things, or as of different days.
    """
    differ = [
        name
        for name in ("indicator", "population", "unit", "period")
        if getattr(left.quantity, name) != getattr(right.quantity, name)
    ]
    if left_day != right_day:
        differ.append("as-of date")
    if differ:
        raise UnlikeQuantitiesError(f"the two differ in {' and '.join(differ)}: not comparable")
    return left.bounds.less_than(right.bounds)
