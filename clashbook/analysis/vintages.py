"""Which release of a series is shown: of several vintages of one thing, the newest.

The vintages of one thing are the series of an indicator, a party and a population from one origin,
which the provider revises as a whole. What was published a single time, as a first release or as
the press reported it, is no vintage: a later figure does not replace it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from clashbook.dataset.tables import Dataset, once

PUBLISHED_ONCE = ("first release", "as reported")
_SAME = ["indicator", "party", "population", "origin"]


def shown(data: Dataset) -> pd.DataFrame:
    """The series without the vintages that a newer one replaces, in the order of the table."""
    newest = _newest(data)
    once = data.series.vintage.isin(PUBLISHED_ONCE)
    return data.series[once | data.series.series_id.isin(newest.series_id)]


def resolved(data: Dataset, name: str) -> str:
    """The id of the series that is meant by its id, or as the newest vintage of what it measures.

    That is named by its indicator, its population where it has one, and its party:
    ``growth-nor-newest``, ``killed-military-nor-newest``.

    Raises
    ------
    ValueError
        If there is none, or several origins publish one: these are not vintages of one another.
    """
    if name in set(data.series.series_id):
        return name
    newest = _newest(data).to_dict("records")
    found = [str(row["series_id"]) for row in newest if _name(row) == name]
    if len(found) == 1:
        return found[0]
    if not found:
        fault = f"{name!r} is not a series known by {data.as_of}, or its source was withdrawn"
        raise ValueError(f"{fault}; write the id of one")
    raise ValueError(
        f"{name!r} may be any of {', '.join(found)}, which are of different origins; write the id "
        "of one, or the same origin in sources.csv"
    )


def _name(row: Mapping[Hashable, str]) -> str:
    kind = row["indicator"].replace("_", "-")
    return "-".join(filter(None, (kind, row["population"], row["party"].lower(), "newest")))


@once
def _newest(data: Dataset) -> pd.DataFrame:
    vintages = data.series[~data.series.vintage.isin(PUBLISHED_ONCE)]
    origins = dict(zip(data.sources.source_id, data.sources.origin, strict=True))
    vintages = vintages.assign(origin=vintages.source_id.map(origins))
    # Released on the same day as far as is known: the later name is the later one.
    ranked = vintages.sort_values(["released_on", "vintage", "series_id"])
    return ranked.drop_duplicates(_SAME, keep="last")
