"""The economic context: series month by month, first release against later vintage, reserves.

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

BILLION = 1e9
COLUMNS = [
    *("indicator", "party", "period", "value", "unit", "kind", "firmness", "claims", "series_id"),
    *("source_id", "period_start", "period_end", "period_precision", "episode_id"),
]
PAIRED = [
    *("indicator", "month", "period_start", "period_end", "period_precision", "kind", "firmness"),
    *("first_value", "later_value", "apart", "claims", "series"),
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
        indicator, as they are named, period, kind and series.
    """
    frame = stacked(COLUMNS, _published(data, indicators), _printed(data, indicators))
    ranked = frame.assign(rank=frame.indicator.map(list(indicators).index))
    order = ["rank", "period", "kind", "series_id"]
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

    Such a row has the kind ``episode``, and its first and last day as period_start and period_end.
    """
    if frame.empty:
        return frame
    rows = data.episodes[data.episodes.episode_id.isin(episodes)]
    days = {"period_start": rows.start, "period_end": rows.end.where(rows.end != "", rows.start)}
    spans = rows.assign(kind="episode", period=rows.start.str[:7], **days)
    return stacked([*frame.columns], frame, spans)


def label_of(data: Dataset, indicator: str) -> str:
    """What an indicator measures: its label without the words on how it changed."""
    return str(data.rows["indicators"][indicator]["label"]).partition(",")[0]


# First published beside revised


def releases(frame: pd.DataFrame) -> pd.DataFrame:
    """What was first published or printed, beside the same month in the newest vintage.

    Parameters
    ----------
    frame : DataFrame
        Of `series`.

    Returns
    -------
    DataFrame
        indicator, month ("" where a printed figure is of several), period_start, period_end,
        period_precision, kind and firmness of the figure published first, first_value, later_value
        (NaN where there is none), apart (percentage points, later less first; NaN where rule 11
        allows no difference), claims, series. One row a figure published first; an indicator
        without one has a row for each month that the others have.
    """
    early = frame[frame.kind.isin(["first_release", "printed"])]
    vintage = frame[frame.kind == "vintage"]
    revised = {
        (row["indicator"], row["party"], row["period"]): row for row in vintage.to_dict("records")
    }
    rows = []
    for indicator in dict.fromkeys(frame.indicator):
        mine = early[early.indicator == indicator]
        several = mine[(mine.period == "") & (mine.period_start != "")]
        monthly = mine[mine.period != ""]
        for first in [*several.to_dict("records"), *monthly.to_dict("records")]:
            rows.append(_pair(first, revised.get((indicator, first["party"], first["period"]), {})))
        if monthly.empty:
            alone = vintage[(vintage.indicator == indicator) & vintage.period.isin(early.period)]
            rows += [_pair({}, row) for row in alone.to_dict("records")]
    numbers = ["first_value", "later_value", "apart"]
    return pd.DataFrame(rows, columns=PAIRED).astype(dict.fromkeys(numbers, float))


def _pair(first: Mapping[Any, Any], later: Mapping[Any, Any]) -> dict[str, Any]:
    """A row of `releases`; `first` or `later` is empty where there is none."""
    try:
        apart = points_apart(first, later) if first and later else None
    except UnlikeQuantitiesError:
        apart = None
    known = first or later
    return {
        **{name: known[name] for name in PAIRED if name in known},
        "month": known["period"],
        "first_value": first.get("value"),
        "later_value": later.get("value"),
        "apart": apart,
        "claims": first.get("claims", ""),
        "series": " ".join(filter(None, (row.get("series_id") for row in (first, later)))),
    }


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


def printed(data: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """Changes as the coded documents print them, each with the period that it has or lacks.

    Returns
    -------
    DataFrame
        indicator, party, month, period_start, period_end, period_precision, firmness, value,
        claims; by the name of the party, then as in `frame`, a frame of `series`. Figures of
        different measures or periods are rows side by side, never a comparison.
    """
    rows = frame[frame.kind == "printed"].rename(columns={"period": "month"})
    order = rows.party.map(data.name).sort_values(kind="stable").index
    columns = ["indicator", "party", "month", "period_start", "period_end", "period_precision"]
    return rows.loc[order, [*columns, "firmness", "value", "claims"]].reset_index(drop=True)


# Reserves


def stocks(data: Dataset) -> list[str]:
    """The indicators of economic stocks, such as reserves, of which there is a figure."""
    known = {*data.claims.indicator, *data.series.indicator}
    rows = data.indicators[data.indicators.domain == "economy"]
    return [name for name in rows.indicator[rows.kind == "stock"] if name in known]


def reserves(data: Dataset, wider: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Every figure of reserves.

    Parameters
    ----------
    wider : mapping of str to str, optional
        Id of a series by a wider definition than its indicator's, and what that takes in.

    Returns
    -------
    DataFrame
        The columns of `series` but for period_precision, the value in billions, with takes_in (of
        `wider`, or "") and as kind ``stated``, ``wider`` or ``undated``; by party, definition and
        date, undated first. Figures of different definitions or units are rows side by side, never
        a comparison.
    """
    frame = series(data, *stocks(data)).drop(columns="period_precision")
    takes_in = pd.Series([(wider or {}).get(name, "") for name in frame.series_id], dtype=object)
    kind = (takes_in != "").map({True: "wider", False: "stated"})
    kind = kind.where(frame.period != "", "undated")
    frame = frame.assign(value=frame.value / BILLION, takes_in=takes_in, kind=kind)
    ranked = frame.assign(
        name=frame.party.map(data.names),
        label=[label_of(data, indicator) for indicator in frame.indicator],
    )
    order = ["name", "label", "takes_in", "period"]
    return ranked.sort_values(order, kind="stable", ignore_index=True)[[*frame.columns]]
