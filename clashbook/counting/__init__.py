"""From claims to tolls, rule by rule.

A toll is never a bare number: it is bounds, the day as of which they hold, the claims they rest on,
and for every other claim the rule that leaves it out.
"""

from clashbook.counting.choices import AS_REPORTED, SWITCHES, Choice
from clashbook.counting.count import Count, count, firmness, standing, standing_apart
from clashbook.counting.model import (
    ALL,
    BOTH,
    OUTSIDE,
    Claim,
    LeftOut,
    Quantity,
    Toll,
    UnlikeQuantitiesError,
    compared,
)
from clashbook.counting.report import report
from clashbook.counting.rules import RULES

__all__ = [
    "ALL",
    "AS_REPORTED",
    "BOTH",
    "OUTSIDE",
    "RULES",
    "SWITCHES",
    "Choice",
    "Claim",
    "Count",
    "LeftOut",
    "Quantity",
    "Toll",
    "UnlikeQuantitiesError",
    "compared",
    "count",
    "firmness",
    "report",
    "standing",
    "standing_apart",
]
