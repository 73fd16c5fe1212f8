"""The card of each number and claim: what a reader who taps it is told, and how to cite it.

Everything a card says is made here, from what the edition keeps of a number; a page loads a card
when it is asked for one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from clashbook.bounds import NO_FIGURE
from clashbook.counting import ALL, Quantity
from clashbook.dataset.rows import Claim, Series
from clashbook.formats.citation import Item
from clashbook.language import listed, sentence
from clashbook.pages import apart, labels, reporting, sentences, series_cards
from clashbook.pages.cite import REFERENCES, forms
from clashbook.pages.facts import Edition
from clashbook.pages.sums import claim_words, lines
from clashbook.prose.numbers import Number, toll_id

# So many records, and origins, a card names; of more it says how many there are.
MOST, FEW = 12, 4


def scripts(edition: Edition, items: Mapping[str, Item]) -> dict[str, str]:
    """The file of each card by its name: a script, since a page opened as a file can load no other.

    A series has one file with all its figures, which share the reference of its source.

    Parameters
    ----------
    items : mapping of dict
        The CSL items of numbers, claims and sources by id.
    """
    cards: dict[str, tuple[str, Number | Claim]] = {
        labels.card(number): (number.id, number) for number in edition.numbers.values()
    }
    # Each claim has a card, whether or not a text refers to it.
    cards |= {key: (key, claim) for key, claim in edition.claims.items()}
    texts = forms([items[name] for name, _ in cards.values()])
    found = zip(cards.items(), texts, strict=True)
    made = {
        key: _card(edition, shown, items[name], references)
        for (key, (name, shown)), references in found
    }
    made |= _of_series(edition, items)
    return {f"{key}.js": _script(key, card) for key, card in made.items()}


def _of_series(edition: Edition, items: Mapping[str, Item]) -> dict[str, dict]:
    series = [Series.of(row) for row in edition.table("series")]
    sources = [*dict.fromkeys(one.source_id for one in series)]
    # In one style: the others are of what is ours.
    texts = dict(zip(sources, forms([items[key] for key in sources], REFERENCES[:1]), strict=True))
    return {
        f"series-{one.id}": {
            **series_cards.of_series(edition, one),
            "cite": [*texts[one.source_id].items()],
            **_report(edition, "series", one.id),
        }
        for one in series
    }


def _script(key: str, card: Mapping) -> str:
    # In letters that any page reads alike, and that end no line of a script.
    return f"clashbookCard({json.dumps(key)},{json.dumps(card, separators=(',', ':'))});\n"


def _card(
    edition: Edition, shown: Number | Claim, item: Item, references: Mapping[str, str]
) -> dict:
    card = of_claim(edition, shown) if isinstance(shown, Claim) else of_number(edition, shown)
    place = card["row"]
    home = edition.about.home
    return {
        **card,
        "cite": [*references.items()],
        "state": item.get("URL", ""),
        "newest": f"{home}{place}" if home else "",
        **_report(edition, "claim" if isinstance(shown, Claim) else "number", shown.id),
    }


def _report(edition: Edition, kind: str, key: str) -> dict[str, str]:
    """Where an error is reported; nothing where the settings have no address."""
    address = reporting.address(edition.about, kind, key)
    return {"report": address} if address else {}


def of_number(edition: Edition, number: Number) -> dict:
    """What the card of a number says: plain words, and addresses within the site."""
    made = lines(edition, number)
    # The one claim that says just this is told below.
    is_said = [line.words for line in made] == [
        sentence(claim_words(edition, key)) for key in number.claims
    ]
    sums = [] if is_said else [{"words": words, "rules": rules} for words, rules in made]
    out = [_left(edition, left) for left in number.left_out]
    sources = list(number.sources) + [source for _, source in _series(edition, number)]
    return {
        "what": number.what,
        "text": number.text,
        "sum": sums,
        "who": [*_who(edition, number)],
        "origins": _origins(edition, sources),
        "apart": apart.of_number(edition, number),
        "firm": _firm(edition, number),
        "since": [],
        "out": out,
        "outs": f"{labels.counted(len(out), 'other figure')} not counted, and why",
        "row": f"claims.html#number-{number.id}",
        "more": "All its claims" if number.claims else "What it rests on",
        "sentence": sentences.of_number(edition, number),
    }


def _firm(edition: Edition, number: Number) -> str:
    """What a headline number would be without one thing that it rests on; "" for any other."""
    for known in edition.choices:
        for party in known["sides"]:
            if number.id == toll_id(known["episode"], Quantity("killed", party, ALL, "")):
                texts = dict.fromkeys(
                    change["text"] or NO_FIGURE
                    for change in known["holding"]
                    if change["party"] == party
                )
                if not texts:
                    return "It stays the same whichever claim, speaker or source is left out."
                return f"Without one claim, speaker or source it can become: {'; '.join(texts)}."
    return ""


def of_claim(edition: Edition, claim: Claim) -> dict:
    """What the card of a claim says."""
    clash = edition.name("episodes", claim.episode_id, "name")
    # What belongs to no clash, and gives no days, is of no time.
    days = claim.period_words or ("" if claim.episode_id == "background" else clash)
    what = ", ".join(filter(None, [_counted(edition, claim), days]))
    standing, rules = _standing(edition, claim)
    return {
        "what": what,
        "text": claim.words_with_unit,
        "sum": [{"words": standing, "rules": rules}] if standing else [],
        "who": [_statement(edition, claim.id)],
        "origins": _origins(edition, [claim.source_id]),
        "apart": apart.of_claim(edition, claim),
        "since": apart.since(edition, claim),
        "out": [],
        "outs": "",
        "row": f"claims.html#{claim.id}",
        "more": "Its row on Claims",
        "sentence": sentences.of_claim(edition, claim, what, standing),
    }


def _who(edition: Edition, number: Number) -> Iterator[dict]:
    """Who says so and when: the claims, the series, and the events and reactions if few."""
    known = [claim for claim in edition.claims.values() if claim.id in number.claims]
    # Of claims about different people each says whom it counts.
    counted = {claim.id: _counted(edition, claim) for claim in known}
    are_alike = len(set(counted.values())) == 1
    for claim in sorted(known, key=lambda claim: claim.reported_on):
        statement = _statement(edition, claim.id)
        yield statement if are_alike else {**statement, "what": counted[claim.id]}
    for row, source in _series(edition, number):
        source_row = {"who": labels.source(edition, source), "href": f"sources.html#{source}"}
        yield {**source_row, "value": "", "where": labels.measure(edition, row)}
    rows = [("reaction", key) for key in number.reactions] + [
        ("event", key) for key in number.events
    ]
    for kind, key in rows[:MOST]:
        yield {
            "value": "",
            "who": labels.of_key(edition, kind, key),
            "href": f"data.html#{key}",
            "where": "",
        }
    if len(rows) > MOST:
        more = f"and {len(rows) - MOST} more"
        yield {"value": "", "who": more, "href": f"claims.html#number-{number.id}", "where": ""}


def _counted(edition: Edition, claim: Claim) -> str:
    return sentence(f"{labels.measure(edition, claim)}, {labels.about(edition, claim)}")


def _statement(edition: Edition, claim_id: str) -> dict:
    claim = edition.claims[claim_id]
    who = f"{sentences.speaker_of(edition, claim)}, {claim.reported}"
    source = labels.source(edition, claim.source_id)
    author = sentences.author_of(edition, claim.source_id)
    # A paper's own word is told with its name and day already.
    where = "" if source == who else source
    return {
        "value": claim.words_with_unit,
        "who": who,
        "href": f"claims.html#{claim_id}",
        "where": f"{author}, {where}" if author and where and author not in who else where,
    }


def _series(edition: Edition, number: Number) -> list[tuple]:
    """The series that a number is from, each with its source."""
    found = [labels.series(edition, key) for key in number.series]
    return [(row, row.source_id) for row in found if row]


def _left(edition: Edition, left: Mapping) -> dict:
    """A claim that is left out, and what put it out."""
    by = [claim_words(edition, key) for key in left["by"] if key in edition.claims]
    why = f"{left['reason']}: {listed(by)}" if by and len(by) <= 2 else left["reason"]
    words = claim_words(edition, left["claim"])
    return {
        "words": words,
        "why": why,
        "rules": [left["rule"]],
        "href": f"claims.html#{left['claim']}",
    }


def _standing(edition: Edition, claim: Claim) -> tuple[str, list[int]]:
    """What becomes of a claim: the toll that it enters first, or why it enters none."""
    toll = edition.tolls.get(claim.id)
    if not toll:
        return "", []
    if entered := edition.entered(claim):
        return f"Counted in: {labels.toll(edition, entered[0])}: {entered[0]['text']}.", []
    return f"Not counted in a toll: {toll['reason']}.", [toll["rule"]]


def _origins(edition: Edition, sources: Sequence[str]) -> str:
    """How many sources, and how many agencies or outlets their texts come from."""
    ids = [*dict.fromkeys(key for key in sources if edition.row("sources", key))]
    if not ids:
        return ""
    origins = [edition.name("sources", key, "origin") for key in ids]
    names = [*dict.fromkeys(origins)]
    named = names if len(names) <= FEW else [*names[:FEW], f"{len(names) - FEW} more"]
    many = labels.counted(len(names), "independent origin")
    return f"{labels.counted(len(ids), 'source')} from {many}: {listed(named)}"
