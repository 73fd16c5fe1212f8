"""The economic context: series month by month, first release against later vintage, reserves.

A first release and a later vintage are different things and are never merged; what a coded document
printed is a third. Nothing here tests a cause: the frames put a series beside the episodes'
dates, and that is all.
"""

from clashbook.analysis.economy.amounts import reserves, stocks
from clashbook.analysis.economy.changes import (
    activity,
    components,
    lowest,
    points_apart,
    printed,
    releases,
    revision,
)

__all__ = [
    "activity",
    "components",
    "lowest",
    "points_apart",
    "printed",
    "releases",
    "reserves",
    "revision",
    "stocks",
]
