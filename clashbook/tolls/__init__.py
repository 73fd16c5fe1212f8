"""From claims to tolls, rule by rule.

A toll is never a bare number: it is bounds, the day as of which they hold, the claims they rest on,
and for every other claim the rule that leaves it out.
"""

from clashbook.tolls.claim import ALL, BOTH, OUTSIDE, Claim, LeftOut, Quantity, Toll
from clashbook.tolls.counting import Count, count, firmness, standing
from clashbook.tolls.report import frame, report
from clashbook.tolls.rules import UnlikeQuantitiesError, compared

__all__ = [
    "ALL",
    "BOTH",
    "OUTSIDE",
    "Claim",
    "Count",
    "LeftOut",
    "Quantity",
    "Toll",
    "UnlikeQuantitiesError",
    "compared",
    "count",
    "firmness",
    "frame",
    "report",
    "standing",
]
