"""Which number or claim a row of an exhibit gives, and which card its mark opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clashbook.pages.facts import Edition
from clashbook.prose.numbers.naming import slug

# The column of a frame that gives its number in words, and those that name a toll in its order.
TEXT = "text"
TOLL = ("episode_id", "indicator", "population", "party")
# A column of rows that are one statement each.
STATEMENT = "qualifier"


def number_of(edition: Edition, row: Mapping[str, Any]) -> str:
    """The id of the toll that a row gives, if the book has that number with these very words."""
    if STATEMENT in row or not all(row.get(name) for name in TOLL):
        return ""
    key = "-".join(slug(row[name]) for name in TOLL)
    number = edition.numbers.get(key)
    return key if number and number.text == row.get(TEXT) else ""


def claim_of(edition: Edition, row: Mapping[str, Any]) -> str:
    """The claim whose own words a row gives."""
    claim = edition.claims.get(str(row.get("claims") or ""))
    words = (claim.words, claim.words_with_unit) if claim else ()
    return claim.id if claim and row.get(TEXT) in words else ""


def of_marks(
    edition: Edition, rows: Sequence[Mapping[str, Any]]
) -> Callable[[str, str], str | None]:
    """The card of a mark, by the first claim of its row and the mark's words.

    None where it is the claim's own; "" where the row has several claims and is no number of the
    book, so that no one claim speaks for it.
    """
    cards: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        (first, *others) = str(row.get("claims") or "").split() or [""]
        if key := number_of(edition, row):
            cards.setdefault(first, []).append((str(row[TEXT]), f"number-{key}"))
        elif others:
            cards.setdefault(first, []).append((str(row.get(TEXT, "")), ""))

    def card(record: str, words: str) -> str | None:
        # The longest first: "at least 5" holds "5".
        known = sorted(cards.get(record, ()), key=lambda one: -len(one[0]))
        return next((name for text, name in known if _plain(text) in _plain(words)), None)

    return card


def _plain(words: str) -> str:
    return " ".join(words.split())
