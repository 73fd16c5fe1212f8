"""The economic context: series month by month, first release against later vintage.

A first release and a later vintage are different things and are never merged; what a coded document
printed is a third. Nothing here tests a cause: the frames put a series beside the episodes'
dates, and that is all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from clashbook.analysis import vintages
from clashbook.analysis.frames import stacked
from clashbook.counting import UnlikeQuantitiesError
from clashbook.dataset.tables import Dataset

SIZES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
COLUMNS = [
    *("indicator", "party", "period", "value", "unit", "kind", "firmness", "claims", "series_id"),
    *("source_id", "period_start", "period_end", "period_precision", "episode_id"),
]
PAIRED = [
    *("indicator", "month", "kind", "firmness", "first_value", "later_value", "apart"),
    *("claims", "series_id", "series"),
]


def series(data: Dataset, *indicators: str) -> pd.DataFrame:
    """Every figure of some indicators: what providers published, and what the documents print.

    Returns
    -------
    DataFrame
        indicator, party, period (as published; of a printed change its month, of a printed stock
        its day; "" where it has no single one), value, unit, kind (``vintage``, ``first_release``
        or ``printed``), firmness (``exact``, or ``about`` where the period is not sure), claims,
        series_id, source_id, period_start, period_end, period_precision (of a printed figure),
        episode_id (of the rows of `shaded`). Of several vintages of one thing the newest alone. By
        indicator, as they are named, period, kind, party and series.
    """
    frame = stacked(COLUMNS, _published(data, indicators), _printed(data, indicators))
    rank, side = frame.indicator.map(list(indicators).index), frame.party.map(data.place)
    ranked = frame.assign(rank=rank, side=side)
    order = ["rank", "period", "kind", "side", "series_id"]
    return ranked.sort_values(order, kind="stable", ignore_index=True)[COLUMNS]


def _published(data: Dataset, indicators: Sequence[str]) -> pd.DataFrame:
    known = vintages.shown(data)
    known = known[known.indicator.isin(indicators)]
    rows = data.observations.merge(known, on="series_id", suffixes=("", "_series"))
    once = rows.vintage.isin(vintages.PUBLISHED_ONCE)
    kinds = once.map({True: "first_release", False: "vintage"})
    rows = rows.assign(value=rows.best, kind=kinds, firmness="exact").sort_values("released_on")
    # Two outlets that print one figure: the first of them is shown.
    same = rows.duplicated(["indicator", "party", "population", "period", "value", "kind"])
    return rows[~(once.loc[rows.index] & same)].sort_index()


def _printed(data: Dataset, indicators: Sequence[str]) -> pd.DataFrame:
    claims = data.claims
    rows = claims[claims.indicator.isin(indicators) & claims.best.notna()]
    is_stock = rows.indicator.isin(stocks(data))
    month = rows.period_end.str[:7]
    month = month.where(month == rows.period_start.str[:7], "")
    unsure = rows.period_precision == "about"
    return rows.assign(
        period=rows.period_end.where(is_stock, month),
        value=rows.best,
        kind="printed",
        firmness=unsure.map({True: "about", False: "exact"}),
        claims=rows.claim_id,
    )


def shaded(data: Dataset, frame: pd.DataFrame, episodes: Sequence[str]) -> pd.DataFrame:
    """A frame of figures with a row for each episode whose months are to be shaded behind them.

    Such a row has the kind ``episode``, its first and last day as period_start and period_end, and
    its name as label, where the frame brings labels.
    """
    if frame.empty:
        return frame
    rows = data.episodes[data.episodes.episode_id.isin(episodes)]
    days = {"period_start": rows.start, "period_end": rows.end.where(rows.end != "", rows.start)}
    spans = rows.assign(kind="episode", period=rows.start.str[:7], measure="Clash", **days)
    spans = spans.rename(columns={"name": "label"})
    return stacked([*frame.columns], frame, spans)


def label_of(data: Dataset, indicator: str) -> str:
    """What an indicator measures: its label without the words on how it changed."""
    return str(data.rows["indicators"][indicator]["label"]).partition(",")[0]


# First published beside revised


def releases(frame: pd.DataFrame) -> pd.DataFrame:
    """What was first published or printed of a month, beside the same month in the newest vintage.

    Parameters
    ----------
    frame : DataFrame
        Of `series`.

    Returns
    -------
    DataFrame
        indicator, month, kind and firmness of the figure published first, first_value, later_value
        (NaN where there is none), apart (percentage points, later less first; NaN where it is not
        sure that both are of the month: rule 11), claims, series_id (of the first), series (of
        both). A row for each figure of a month that was published first.
    """
    early = frame[frame.kind.isin(["first_release", "printed"]) & (frame.period != "")]
    same = ["indicator", "party", "unit", "period"]
    vintage = frame[frame.kind == "vintage"][[*same, "value", "series_id"]]
    pairs = early.merge(vintage, how="left", on=same, suffixes=("", "_later"))
    # Rounded to the decimal that both are published with.
    apart = (pairs.value_later - pairs.value).round(1).where(pairs.firmness == "exact")
    pairs = pairs.assign(
        apart=apart,
        series=(pairs.series_id + " " + pairs.series_id_later.fillna("")).str.strip(),
    )
    names = {"period": "month", "value": "first_value", "value_later": "later_value"}
    return pairs.rename(columns=names)[PAIRED]


def points_apart(first: Mapping[Any, Any], later: Mapping[Any, Any]) -> float:
    """How far two figures lie apart, later less first, in percentage points.

    Parameters
    ----------
    first, later : mapping
        Rows with indicator, party, unit, period, value and firmness (``about``: the period is not
        sure).

    Raises
    ------
    UnlikeQuantitiesError
        Rule 11: if the two are of different things or periods, or it is not sure of which.
    """
    differ = [
        name for name in ("indicator", "party", "unit", "period") if first[name] != later[name]
    ]
    if "about" in (first["firmness"], later["firmness"]):
        differ.append("how surely their periods are known")
    if differ:
        raise UnlikeQuantitiesError(f"the two differ in {' and '.join(differ)}: not comparable")
    # Rounded to the decimal that both are published with.
    return round(later["value"] - first["value"], 1)


def revision(data: Dataset, series: str, other: str, period: str) -> float:
    """How far a series lies from another of the same thing in a period, in percentage points.

    Raises
    ------
    UnlikeQuantitiesError
        As `points_apart`.
    """
    rows = data.observations[data.observations.period == period]
    rows = rows.merge(data.series, on="series_id", suffixes=("", "_series"))
    rows = rows.assign(value=rows.best, firmness="exact")
    found = {row["series_id"]: row for row in rows.to_dict("records")}
    return points_apart(found[other], found[series])


def lowest(data: Dataset, series: str, year: str) -> tuple[str, float]:
    """The period and value of a series' lowest observation in a year; the first if several."""
    rows = data.observations[data.observations.series_id == series]
    rows = rows[rows.period.str.startswith(year)].sort_values("period")
    row = rows.nsmallest(1, "best").iloc[0]
    return str(row["period"]), float(row["best"])


def stocks(data: Dataset) -> list[str]:
    """The indicators of economic stocks, such as reserves, of which there is a figure."""
    known = {*data.claims.indicator, *data.series.indicator}
    rows = data.indicators[data.indicators.domain == "economy"]
    return [name for name in rows.indicator[rows.kind == "stock"] if name in known]


def in_units(frame: pd.DataFrame, measures: Mapping[str, str]) -> pd.DataFrame:
    """A frame of `series` in which each indicator has a head and a unit of its own.

    Parameters
    ----------
    measures : mapping of str to str
        Indicator to its head and, after a comma, its unit. Values of a unit that is called
        thousands, millions or billions are so many.

    Returns
    -------
    DataFrame
        With measure; value (in that unit, to two decimals) and unit are changed.
    """
    named = frame.indicator.map(measures).str.partition(", ")
    sizes = named[2].str.split().str[0].map(SIZES).fillna(1)
    return frame.assign(measure=named[0], unit=named[2], value=(frame.value / sizes).round(2))
