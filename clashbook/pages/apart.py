"""What others say of the same people or things, and what became of a claim since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from clashbook.dataset.rows import Claim
from clashbook.pages import labels
from clashbook.pages.claims import relations
from clashbook.pages.facts import Edition
from clashbook.pages.sums import claim_words
from clashbook.prose.numbers import Number

# A claim with the rule that leaves it out and why, if any does.
Left: TypeAlias = "tuple[Claim, Mapping]"

# So many who disagree a card names; of more it says how many there are.
FEW = 2
OTHER_SIDE = "opposing_side"
# How a claim stands to another, by what it does and by what is done to it.
RELATED = {
    labels.relation("updates"): "Replaces an earlier count",
    labels.relation("repeats"): "Repeats",
    labels.relation("adds_to"): "Is added to",
    labels.relation("part_of"): "Is a part of",
    labels.relation("disputes"): "Disputes",
    labels.RELATED_BY["updates"]: "Replaced by a later count",
    labels.RELATED_BY["repeats"]: "Repeated as",
    labels.RELATED_BY["adds_to"]: "Another count adds to it",
    labels.RELATED_BY["part_of"]: "A part of it",
}


def since(edition: Edition, claim: Claim) -> list[dict]:
    """What a claim does to others and others to it, alike in one line: words, link and how many."""
    found: dict[str, list[Claim]] = {}
    for verb, other in relations(edition, claim):
        # Who disputes it is told among those who disagree.
        if verb in RELATED:
            found.setdefault(RELATED[verb], []).append(other)
    return [
        {
            "how": how,
            "words": claim_words(edition, others[0].id),
            "href": f"claims.html#{others[0].id}",
            "more": f"and {len(others) - 1} more" if len(others) > 1 else "",
        }
        for how, others in found.items()
    ]


def of_number(edition: Edition, number: Number) -> list[dict]:
    """The claims with another number that are left out of a toll because somebody else's."""
    left = [(edition.claims[one["claim"]], one) for one in number.left_out]
    others = [(claim, one) for claim, one in left if _disagrees(claim)]
    return _listed(edition, f"claims.html#number-{number.id}", number.text, others)


def of_claim(edition: Edition, claim: Claim) -> list[dict]:
    """The other side's numbers for the same quantity, and who disputes it."""
    same = [other for other in edition.claims.values() if _alike(other, claim)]
    others = [
        (other, edition.tolls.get(other.id) or {})
        for other in same
        if (other.claimant_role == OTHER_SIDE) != (claim.claimant_role == OTHER_SIDE)
        and other.claimant_role in (OTHER_SIDE, "own_side")
    ]
    disputes = [
        (other, edition.tolls.get(other.id) or {})
        for other in edition.related_claims.get(claim.id, [])
        if other.relation == "disputes"
    ]
    return _listed(edition, f"claims.html#{claim.id}", claim.words_with_unit, disputes + others)


def _disagrees(claim: Claim) -> bool:
    """Whether a claim is the other side's or a denial; its source's error is nobody's count."""
    if claim.status == "source_error":
        return False
    return claim.claimant_role == OTHER_SIDE or claim.relation == "disputes"


def _alike(other: Claim, claim: Claim) -> bool:
    """Whether two claims are of one quantity in one clash."""
    parts = ("episode_id", "indicator", "party", "population", "unit")
    same = all(getattr(other, part) == getattr(claim, part) for part in parts)
    return same and other.id != claim.id and claim.episode_id != "background"


def _listed(edition: Edition, row: str, text: str, others: Sequence[Left]) -> list[dict]:
    """Lines of those whose words differ, each speaker's once, the other side's newest first."""
    order = sorted(others, key=lambda one: one[0].reported_on, reverse=True)
    order.sort(key=lambda one: one[0].claimant_role != OTHER_SIDE)
    differing = [
        (claim, left)
        for claim, left in order
        if not _says(text, claim.words) and claim.relation != "repeats"
    ]
    once = {(claim.claimant, claim.words): (claim, left) for claim, left in reversed(differing)}
    shown = [*reversed(once.values())]
    return [*_lines(edition, shown[:FEW]), *_more(row, len(shown) - FEW)]


def _lines(edition: Edition, shown: Sequence[Left]) -> Iterator[dict]:
    for claim, left in shown:
        rule = left.get("rule")
        is_denial = claim.relation == "disputes" and not _has_number(claim)
        yield {
            "words": f"denied by {labels.of_record(edition, claim)}"
            if is_denial
            else claim_words(edition, claim.id),
            "href": f"claims.html#{claim.id}",
            "why": left["reason"] if rule else "",
            "rules": [rule] if rule else [],
        }


def _says(text: str, words: str) -> bool:
    """Whether a number in words has those of a claim in it: "5" is not in "15"."""
    return re.search(rf"(?<![\d,.]){re.escape(words)}(?![\d,.])", text) is not None


def _has_number(claim: Claim) -> bool:
    return any(end is not None for end in claim.bounds.ends)


def _more(row: str, count: int) -> list[dict]:
    if count < 1:
        return []
    return [{"words": f"and {count} more", "href": row, "why": "", "rules": []}]
