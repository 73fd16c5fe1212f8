"""The economic context: series month by month, first release against later vintage, reserves.

A first release and a later vintage are different things and are never merged; what a coded document
printed is a third. Nothing here tests a cause: the frames put a series beside the episodes'
dates, and that is all.
"""

from __future__ import annotations

import pandas as pd

from clashbook.bounds import figure
from clashbook.dataset import Dataset
from clashbook.wording import day_in_words

FIRST_RELEASE = "first release"


def _joined(data: Dataset, indicator: str) -> pd.DataFrame:
    series = data.series[data.series.indicator == indicator]
    return data.observations.merge(series, on="series_id", suffixes=("", "_series"))


def lowest(data: Dataset, series: str, year: str) -> tuple[str, float]:
    """The period and value of a series' lowest observation in a year; the first if several."""
    rows = data.observations[data.observations.series_id == series]
    rows = rows[rows.period.str.startswith(year)].sort_values("period")
    row = rows.loc[rows.best.idxmin()]
    return row.period, float(row.best)


def activity(
    data: Dataset, indicator: str, since: str, until: str, episodes: list[str]
) -> pd.DataFrame:
    """A monthly index around the episodes, as drawn.

    Parameters
    ----------
    indicator : str
        Of the series and of the claims printed in the coded documents.
    since, until : str
        First and last month, as ``2019-01``; `until` is cut to the data.
    episodes : list of str
        Episodes to shade.

    Returns
    -------
    DataFrame
        period (month), series, label, party, value (percent), kind (``vintage``,
        ``first_release``, ``printed`` or ``episode``), text, claims, series_id, period_start,
        period_end (of an episode).
    """
    observed = _joined(data, indicator)
    observed = observed[observed.period.between(since, until)]
    rows = [_observation(row) for row in observed.itertuples()]
    claims = data.claims[(data.claims.indicator == indicator) & data.claims.best.notna()]
    rows += [_printed(data, row) for row in claims.itertuples() if row.period_start]
    if rows:
        rows += [_episode(row) for row in data.episodes.itertuples() if row.episode_id in episodes]
    columns = [
        *("period", "series", "label", "party", "value", "kind", "text", "claims", "series_id"),
        *("period_start", "period_end"),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["period", "kind", "series_id"], ignore_index=True)


def _observation(row) -> dict:
    first = row.vintage == FIRST_RELEASE
    return {
        "period": row.period,
        "series": row.indicator,
        "label": "First release" if first else f"Vintage of {day_in_words(row.vintage)}",
        "party": row.party,
        "value": row.best,
        "kind": "first_release" if first else "vintage",
        "text": figure(row.best, row.unit),
        "claims": "",
        "series_id": row.series_id,
        "period_start": "",
        "period_end": "",
    }


def _printed(data: Dataset, row) -> dict:
    titles = dict(zip(data.sources.source_id, data.sources.publisher, strict=True))
    return {
        "period": row.period_start[:7],
        "series": row.indicator,
        "label": f"Printed by {titles[row.source_id]}",
        "party": row.party,
        "value": row.best,
        "kind": "printed",
        "text": figure(row.best, row.unit),
        "claims": row.claim_id,
        "series_id": "",
        "period_start": "",
        "period_end": "",
    }


def _episode(row) -> dict:
    return {
        "period": row.start[:7],
        "series": "",
        "label": row.name,
        "party": "",
        "value": float("nan"),
        "kind": "episode",
        "text": "shaded",
        "claims": "",
        "series_id": "",
        "period_start": row.start,
        "period_end": row.end or row.start,
    }


def releases(data: Dataset, indicator: str) -> pd.DataFrame:
    """What was first published or printed of a month, beside the later vintage of the same month.

    Returns
    -------
    DataFrame
        period, first (percent), first_kind (words), vintage (percent), vintage_kind, apart
        (percentage points, later less first), claims, series; one row a month that has both.
    """
    frame = activity(data, indicator, "0000", "9999", [])
    later = frame[frame.kind == "vintage"].set_index("period")
    rows = []
    for row in frame[frame.kind.isin(["first_release", "printed"])].itertuples():
        if row.period in later.index:
            vintage = later.loc[row.period]
            rows.append(
                {
                    "period": row.period,
                    "first": row.text,
                    "first_kind": row.label,
                    "vintage": vintage.text,
                    "vintage_kind": vintage.label,
                    "apart": round(vintage.value - row.value, 1),
                    "claims": row.claims,
                    "series": " ".join(filter(None, [row.series_id, vintage.series_id])),
                }
            )
    columns = [
        *("period", "first", "first_kind", "vintage", "vintage_kind", "apart", "claims", "series"),
    ]
    return pd.DataFrame(rows, columns=columns).sort_values("period", ignore_index=True)


def reserves(data: Dataset, indicators: list[str]) -> pd.DataFrame:
    """Every figure of reserves, each with its definition, unit and date.

    Returns
    -------
    DataFrame
        indicator, definition, party, party_name, value, unit, text, period (as given, or ``not
        stated``), source, claims, series; ordered by definition, then date. Figures of different
        definitions or units are rows side by side, never a comparison.
    """
    labels = data.indicators.set_index("indicator").label
    publishers = data.sources.set_index("source_id").publisher
    rows = []
    for indicator in indicators:
        for row in _joined(data, indicator).itertuples():
            rows.append(_reserve(row, row.period, "", row.series_id))
        claims = data.claims[(data.claims.indicator == indicator) & data.claims.best.notna()]
        for row in claims.itertuples():
            rows.append(_reserve(row, row.period_end or "not stated", row.claim_id, ""))
    columns = ["indicator", "party", "value", "unit", "text", "period", "claims", "series"]
    frame = pd.DataFrame(rows, columns=[*columns, "source_id"])
    frame.insert(1, "definition", frame.indicator.map(labels).astype(str))
    frame.insert(3, "party_name", [data.name(party) for party in frame.party])
    frame.insert(8, "source", frame.pop("source_id").map(publishers).astype(str))
    return frame.sort_values(["party_name", "definition", "period"], ignore_index=True)


def _reserve(row, period: str, claim: str, series: str) -> dict:
    return {
        "indicator": row.indicator,
        "party": row.party,
        "value": row.best,
        "unit": row.unit,
        "text": figure(row.best, row.unit),
        "period": period,
        "claims": claim,
        "series": series,
        "source_id": row.source_id,
    }
