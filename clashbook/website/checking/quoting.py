"""What the quotes of claims and of numbers have in common: words, unit, of what, who spoke."""

from __future__ import annotations

import re

from clashbook import counting
from clashbook.dataset.rows import Claim, Printed, Series
from clashbook.pages import sentences
from clashbook.pages.facts import Edition
from clashbook.website.checking import patterns

Quote = dict
# What stands in a sentence for as of when.
KNOWN = "{known}"
OF_WHAT = ("indicator", "party", "population")
DEAD = "casualties"  # the domain of indicators of people killed, wounded, missing or held


def of_what(row: counting.Quantity | Claim | Printed | Series) -> Quote:
    return {name: getattr(row, name) for name in OF_WHAT}


def unit_of(unit: str) -> str:
    """How a number of that unit is written: as a share, as money or by itself."""
    is_money = unit.isupper() and len(unit) == 3
    return "%" if unit == "percent" else "$" if is_money else ""


def words_of(what: str) -> list[str]:
    """The words and years by which a text tells of what a number is."""
    return [*dict.fromkeys(re.findall(r"[a-z]{4,}|may|(?:19|20)\d\d", what.casefold()))]


def spoken(names: list[str], speakers: list[str]) -> Quote:
    """Who is named by a pattern of names, which `speakers` takes in."""
    pattern = patterns.named(names)
    if pattern not in speakers:
        speakers.append(pattern)
    return {"speaker": speakers.index(pattern)}


def undated(edition: Edition, text: str) -> str:
    """A sentence without as of when: that is the state's."""
    return text.replace(sentences.known(edition), KNOWN)
