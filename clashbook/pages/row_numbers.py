"""Which card a number of an exhibit opens: of a number, a claim, a series, or of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from clashbook.pages.facts import Edition
from clashbook.prose.numbers.naming import slug

Cells = Mapping[str, Any]

# The column of a frame that gives its number in words, and those that name a toll in its order.
TEXT = "text"
TOLL = ("episode_id", "indicator", "population", "party")
# A column of rows that are one statement each.
STATEMENT = "qualifier"
# Columns that give a row's number, and those that say of which period it is.
VALUES = ("value", "low", "best", "high", "first_value", "later_value")
PERIODS = ("period", "month")
# Columns of days and of years, whose figures count nothing.
TIMES = (*PERIODS, "date", "reported_on", "as_known")
# As a column may give what a series has in single units: in millions, in billions.
SCALES = (1, 1e6, 1e9)

_FIGURE = re.compile(r"\d[\d,]*(?:\.(\d+))?")


def number_of(edition: Edition, row: Cells) -> str:
    """The id of the toll that a row gives, if the book has that number with these very words."""
    if STATEMENT in row or not all(row.get(name) for name in TOLL):
        return ""
    key = "-".join(slug(row[name]) for name in TOLL)
    number = edition.numbers.get(key)
    return key if number and number.text == row.get(TEXT) else ""


def claim_of(edition: Edition, row: Cells) -> str:
    """The claim whose own words a row gives."""
    claim = edition.claims.get(str(row.get("claims") or ""))
    words = (claim.words, claim.words_with_unit) if claim else ()
    return claim.id if claim and row.get(TEXT) in words else ""


def has_number(row: Cells) -> bool:
    """Whether a row gives a number, and is not words alone."""
    return any(name in row for name in VALUES)


def card_of(edition: Edition, row: Cells, nth: int, words: str) -> str:
    """The name of the card of some words of a row, such as a cell or a mark's.

    A toll or a claim in its own words has its own card, an observation of a series that of the
    series and its period. All else is told by the row, which a page finds by its place.
    """
    if words == row.get(TEXT):
        if key := number_of(edition, row):
            return f"number-{key}"
        if claim := claim_of(edition, row):
            return claim
    return next(_observed(edition, row, words), f"row-{nth}")


def of_mark(edition: Edition, rows: Sequence[Cells], nth: int) -> str | None:
    """The card of the mark of the row at a place; None where it gives no number."""
    row = rows[nth] if 0 <= nth < len(rows) else {}
    if not has_number(row):
        return None
    given = (row.get(name) for name in (TEXT, "change", "value", "best"))
    words = next((str(one) for one in given if one is not None), "")
    return card_of(edition, row, nth, words)


def _observed(edition: Edition, row: Cells, words: str) -> Iterator[str]:
    """The cards of the observations that some words give."""
    found = _FIGURE.search(words)
    if not found or row.get("claims"):
        return
    periods = [str(row[name]) for name in PERIODS if row.get(name)]
    ids = str(row.get("series") or row.get("series_id") or "").split()
    value, places = float(found[0].replace(",", "")), len(found[1] or "")
    for key, period in product(ids, periods):
        seen = edition.observations.get(key, {}).get(period, {})
        ends = [abs(float(seen[end])) for end in ("best", "low", "high") if seen.get(end)]
        if any(_is(end, value, scale, places) for end in ends for scale in SCALES):
            yield f"series-{key}~{period}"


def _is(observed: float, value: float, scale: float, places: int) -> bool:
    """Whether a column gives what was observed, in millions or billions rounded."""
    if scale == 1:
        return observed == value
    return value > 0 and round(observed / scale, places) == value
