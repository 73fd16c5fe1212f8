"""What the frames of changes and of amounts share: their rows, and numbers as a column has them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from clashbook.analysis import vintages
from clashbook.bounds import figure
from clashbook.dataset import attribution
from clashbook.dataset.tables import Dataset

NOT_STATED = "not stated"
SHADED = "shaded"
# What a figure is drawn from, and an episode's shaded span beside it.
DRAWN = (
    *("indicator", "party", "value", "unit", "text", "kind", "firmness", "claims", "series_id"),
    *("source_id", *attribution.SAID, "period_start", "period_end"),
)


def in_column(values: Iterable[float]) -> list[str]:
    r"""Numbers as a column of a table has them, each with the decimals of the finest; NaN is "".

    >>> in_column([-27.0, 0.5, float("nan")])
    ['−27.0', '0.5', '']
    """
    values = list(values)
    known = [Decimal(str(value)).normalize() for value in values if not math.isnan(value)]
    places = max((-min(value.as_tuple().exponent, 0) for value in known), default=0)
    texts = [f"{value:,.{places}f}".replace("-", "\u2212") for value in values]
    return ["" if math.isnan(value) else text for value, text in zip(values, texts, strict=True)]


def observed(data: Dataset, indicator: str) -> Iterator:
    """The observations of an indicator, each with its series' columns: of vintages the newest."""
    series = vintages.shown(data)
    series = series[series.indicator == indicator]
    return data.observations.merge(series, on="series_id", suffixes=("", "_series")).itertuples()


def claimed(data: Dataset, indicator: str) -> Iterator:
    rows = data.claims
    return rows[(rows.indicator == indicator) & rows.best.notna()].itertuples()


def measure_of(data: Dataset, indicator: str) -> str:
    """What an indicator measures: its label without the words on how it changed."""
    labels = dict(zip(data.indicators.indicator, data.indicators.label, strict=True))
    return labels[indicator].partition(",")[0]


def drawn(data: Dataset, row, **more: str) -> dict:
    """What every mark needs, for an observation or a claim."""
    words = {"text": figure(row.best, row.unit), "firmness": "exact"}
    known = {"indicator": row.indicator, "party": row.party, "value": row.best, "unit": row.unit}
    if claim := getattr(row, "claim_id", ""):
        ids, said = {"claims": claim}, attribution.of_records(data, "claims", [claim])
    else:
        ids, said = {"series_id": row.series_id}, attribution.of_series(data, row.series_id)
    known |= {"source_id": row.source_id, **ids, **said}
    return dict.fromkeys(DRAWN, "") | known | words | more


def shaded(data: Dataset, episodes: Sequence[str]) -> list[dict]:
    rows = data.episodes[data.episodes.episode_id.isin(episodes)]
    blank = {"measure": "Episode", **dict.fromkeys(DRAWN, "")}
    return [
        blank
        | {"period": row.start[:7], "label": row.name, "value": float("nan"), "text": SHADED}
        | {"kind": "episode", "period_start": row.start, "period_end": row.end or row.start}
        for row in rows.itertuples()
    ]
