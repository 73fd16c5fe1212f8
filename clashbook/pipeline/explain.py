"""A number or a claim in full, as its card tells it: what makes it, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clashbook.pages import cards
from clashbook.pipeline.catalogue import Catalogue
from clashbook.pipeline.citable import unknown


def lines(catalogue: Catalogue, key: str) -> list[str]:
    """What there is to say of an id, a line each.

    Raises
    ------
    UnknownIdError
        If no number and no claim has it.
    """
    book = catalogue.book
    if key in book.numbers:
        card = cards.of_number(book, book.numbers[key])
    elif key in book.claims:
        card = cards.of_claim(book, book.claims[key])
    else:
        raise unknown(key, [*book.numbers, *book.claims], "number or claim")
    return [*_paragraphs(key, card)]


def _paragraphs(key: str, card: Mapping) -> Iterator[str]:
    yield f"{key}: {card['text']}"
    yield card["what"]
    if card["sum"]:
        yield "\nWhat makes it:"
        for line in card["sum"]:
            yield f"  {line['words']}{_by_rules(line['rules'])}"
    if card["who"]:
        yield "\nWho says so:"
        for row in card["who"]:
            parts = [row.get("what"), row["value"], row["who"], row["where"]]
            yield f"  {'; '.join(filter(None, parts))}"
    if card["origins"]:
        yield f"  {card['origins']}"
    if card["since"]:
        yield "\nWhat became of it:"
        for line in card["since"]:
            yield f"  {line['how']}: {line['words']} {line['more']}".rstrip()
    for heading, part in (("Others disagree", "apart"), ("Not counted", "out")):
        if card[part]:
            yield f"\n{heading}:"
            yield from map(_left, card[part])


def _left(left: Mapping) -> str:
    """A claim with why it is not counted, where a rule leaves it out."""
    why = f": {left['why']}" if left["why"] else ""
    return f"  {left['words']}{why}{_by_rules(left['rules'])}"


def _by_rules(rules: Sequence[int]) -> str:
    return f" ({', '.join(f'rule {rule}' for rule in rules)})" if rules else ""
