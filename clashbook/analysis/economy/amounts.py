"""Stocks: reserves, each under its own definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from clashbook.analysis.economy.records import (
    DRAWN,
    NOT_STATED,
    SHADED,
    claimed,
    drawn,
    in_column,
    measure_of,
    observed,
    shaded,
)
from clashbook.counting import BOTH
from clashbook.dataset.tables import Dataset
from clashbook.language import NO_BREAK, day_in_words

BILLION = 1e9


def stocks(data: Dataset) -> list[str]:
    """The indicators of economic stocks, such as reserves, of which there is a figure."""
    known = {*data.claims.indicator, *data.series.indicator}
    rows = data.indicators[data.indicators.domain == "economy"]
    return [name for name in rows.indicator[rows.kind == "stock"] if name in known]


def reserves(
    data: Dataset, wider: Mapping[str, str] | None = None, episodes: Sequence[str] = ()
) -> pd.DataFrame:
    """Every figure of reserves, each with its definition, unit and date.

    Parameters
    ----------
    wider : mapping of str to str, optional
        Id of a series by a wider definition than its indicator's, and what that takes in.
    episodes : sequence of str
        Episodes to shade.

    Returns
    -------
    DataFrame
        in_unit (definition and unit), definition, party_name, as_of (in words, or ``not stated``),
        billions (text as in a column of the definition), measure (definition and whose), below (the
        words under a panel's head: unit, undated figures), period (as given; "" for an undated
        one), label, indicator, party, value (billions), unit, text, kind (``stated``, ``wider``,
        ``undated`` or ``episode``), firmness, claims, series_id, source_id, claimant,
        stated, period_start, period_end, exact (in full); by party, definition and date, undated
        first. Figures of different definitions or units are rows side by side, never a comparison.
    """
    rows = []
    for indicator in stocks(data):
        mine = [_reserve(data, row, row.period, wider or {}) for row in observed(data, indicator)]
        mine += [_reserve(data, row, row.period_end, {}) for row in claimed(data, indicator)]
        amounts = in_column(row["value"] for row in mine)
        undated = [text for row, text in zip(mine, amounts, strict=True) if not row["period"]]
        below = f"{mine[0]['unit']}{NO_BREAK}billion"
        below += f"; {', '.join(undated)} without a date" if undated else ""
        rows += [
            row | {"billions": text, "below": below}
            for row, text in zip(mine, amounts, strict=True)
        ]
    rows.sort(key=lambda row: (row["party_name"], row["measure"], row["period"]))
    if rows:
        whose = {"in_unit": "Episode", "billions": SHADED, "party_name": data.name(BOTH)}
        rows += [row | whose | {"as_of": row["label"]} for row in shaded(data, episodes)]
    columns = ["in_unit", "definition", "party_name", "as_of", "billions", "measure", "below"]
    frame = pd.DataFrame(rows, columns=[*columns, "period", "label", *DRAWN, "exact"])
    numbers = {"value": float, "exact": float}
    words = [name for name in frame if name not in numbers]
    return frame.assign(**{name: frame[name].fillna("") for name in words}).astype(numbers)


def _reserve(data: Dataset, row, period: str, wider: Mapping[str, str]) -> dict:
    measure, whose = measure_of(data, row.indicator), data.name(row.party)
    takes_in = wider.get(getattr(row, "series_id", ""), "")
    kind = "undated" if not period else "wider" if takes_in else "stated"
    definition = f"{measure} {takes_in}".strip()
    return drawn(data, row, period=period, kind=kind) | {
        "in_unit": f"{definition}, {row.unit}{NO_BREAK}billion",
        "definition": definition,
        "party_name": whose,
        "as_of": day_in_words(period) if period else NOT_STATED,
        "measure": f"{measure}, {whose}",
        "label": f"{whose}, {takes_in}" if takes_in else measure,
        "value": row.best / BILLION,
        "exact": row.best,
    }
