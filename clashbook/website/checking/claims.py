"""What of claims can be quoted, with who said it and what became of it; and what others print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clashbook import counting
from clashbook.dataset.rows import Claim, Printed
from clashbook.formats.citation import Item
from clashbook.language import NO_BREAK
from clashbook.pages import cards, labels, sentences
from clashbook.pages.facts import Edition
from clashbook.prose.numbers import toll_id
from clashbook.website.checking import patterns
from clashbook.website.checking.pieces import plain
from clashbook.website.checking.quoting import (
    DEAD,
    Quote,
    of_what,
    spoken,
    undated,
    unit_of,
    words_of,
)


def of_claims(edition: Edition, items: Mapping[str, Item], speakers: list[str]) -> Iterator[Quote]:
    """Each claim; `speakers` takes in the patterns of who is no side."""
    for claim in edition.claims.values():
        side = side_of(edition, claim)
        made = _counts(edition, claim)
        # What its card says, its sentence to quote among it.
        card = cards.of_claim(edition, claim)
        quote: Quote = {
            "id": claim.id,
            "kind": "claim",
            "text": plain(claim.words),
            "unit": unit_of(claim.unit),
            "episode": claim.episode_id,
            **of_what(claim),
            **_known_by(edition, claim),
            "day": claim.reported_on,
            "last": claim.period_end if claim.period_end != claim.reported_on else "",
            "reported": claim.reported.replace(NO_BREAK, " "),
            "who": sentences.speaker_of(edition, claim),
            "side": side,
            "role": claim.claimant_role,
            "made": made,
            "why": card["sum"][0]["words"] if card["sum"] and made != "counted" else "",
            "shown": f"said-{claim.id}" in edition.numbers,
            "toll": _toll_of(edition, claim),
            "path": card["row"],
            "sentence": undated(edition, card["sentence"]),
            "title": items[claim.id]["title"] if claim.id in items else card["what"],
        }
        if not side:
            quote |= spoken(names_of(edition, claim), speakers)
        yield quote


def of_printed(edition: Edition) -> Iterator[Quote]:
    """Each number that is printed elsewhere, with the reason that it is not ours."""
    for row in edition.table("elsewhere"):
        one = Printed.of(row)
        yield {
            "id": one.id,
            "kind": "elsewhere",
            "text": plain(one.words),
            "episode": one.episode_id,
            **of_what(one),
            "day": one.reported_on,
            "made": one.kind,
            "why": one.why,
            "claim": one.claim_id,
        }


def _known_by(edition: Edition, claim: Claim) -> Quote:
    """How a text tells of what a claim counts, where that is no count of people killed or hurt."""
    row = edition.row("indicators", claim.indicator) or {}
    if row.get("domain") == DEAD:
        return {}
    # What belongs to no clash may be told of in a sentence about any.
    episode = "" if claim.episode_id == counting.OUTSIDE else claim.episode_id
    made: Quote = {"population": "", "episode": episode}
    # Of ground taken the party is who took it; a text may name whose it was.
    if row.get("party_is", "").startswith("who "):
        made["party"] = ""
    if claim.indicator not in patterns.WORDS["indicators"]:
        made["words"] = words_of(row.get("label", ""))
    return made


def side_of(edition: Edition, claim: Claim) -> str:
    """The side that speaks; "" for all others."""
    if claim.claimant_role not in ("own_side", "opposing_side"):
        return ""
    words = labels.actor(edition, claim.claimant)
    for side in edition.sides:
        if any(name in words for name in patterns.names(edition, side)):
            return side
    is_own = claim.claimant_role == "own_side"
    return next((side for side in edition.sides if (side == claim.party) == is_own), "")


def names_of(edition: Edition, claim: Claim) -> list[str]:
    """Who says so, as a text may name them: an author by the family name too."""
    found = [*patterns.names(edition, claim.claimant), labels.actor(edition, claim.claimant)]
    if (author := sentences.author_of(edition, claim.source_id)) and found[0].startswith(
        sentences.AUTHOR
    ):
        found += [found[0].removeprefix(sentences.AUTHOR), author.split()[-1]]
    return [*dict.fromkeys(found)]


def _counts(edition: Edition, claim: Claim) -> str:
    """What became of a claim: counted, replaced, error or left_out; a repeat as what it repeats."""
    if claim.status == "source_error":
        return "error"
    day = claim.reported_on
    while not (toll := edition.tolls.get(claim.id)) or not toll["enters"]:
        newer = [
            other.reported_on
            for other in edition.related_claims.get(claim.id, [])
            if other.relation == "updates"
        ]
        # What was said again after the newer count is another count.
        if newer and min(newer) >= day:
            return "replaced"
        if claim.relation not in ("repeats", "adds_to") or claim.related not in edition.claims:
            return "left_out" if toll else "counted"
        claim = edition.claims[claim.related]
    return "counted"


def _toll_of(edition: Edition, claim: Claim) -> str:
    """The toll that the report has of what a claim counts: of the same people, else of all."""
    if not edition.row("episodes", claim.episode_id):
        return ""
    quantity = counting.Quantity(claim.indicator, claim.party, claim.population, claim.unit)
    return toll_id(claim.episode_id, quantity)
