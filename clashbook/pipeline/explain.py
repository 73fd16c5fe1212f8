"""A number or a claim in full, as its card tells it: what makes it, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
            rules = ", ".join(f"rule {rule}" for rule in line["rules"])
            yield f"  {line['words']}" + (f" ({rules})" if rules else "")
    if card["who"]:
        yield "\nWho says so:"
        for row in card["who"]:
            parts = [row.get("how"), row.get("what"), row["value"], row["who"], row["where"]]
            yield f"  {'; '.join(filter(None, parts))}"
    if card["origins"]:
        yield f"  {card['origins']}"
    if card["out"]:
        yield "\nNot counted:"
        for left in card["out"]:
            yield f"  {left['words']}: {left['why']} (rule {left['rule']})"
