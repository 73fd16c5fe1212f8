"""Tolls as `clashbook toll` prints them, and as a frame."""

from __future__ import annotations

import pandas as pd

from clashbook.dataset import Dataset
from clashbook.tolls.claim import Toll
from clashbook.tolls.counting import Count, count, firmness


def report(data: Dataset, episode: str, as_of: str = "", why: bool = False) -> dict:
    """An episode's tolls as `clashbook toll --json` prints them.

    Returns
    -------
    dict
        ``episode``, ``as_of`` and ``rows``; each row has ``indicator``, ``party``, ``population``,
        ``low``, ``best``, ``high`` (an open end is None), ``text``, ``claims``, ``reported_on``
        (by side, the day of its newest claim) and ``contested``. With `why`, ``left_out`` lists
        every claim that no toll rests on: ``claim``, ``rule``, ``reason``.
    """
    result = count(data, episode, as_of)
    answer = {
        "episode": episode,
        "as_of": result.as_of,
        "rows": [_row(result, toll) for toll in result.tolls.values()],
    }
    if why:
        answer["left_out"] = [
            {"claim": claim_id, "rule": left.rule, "reason": left.reason}
            for claim_id, left in sorted(result.left_out.items())
        ]
    return answer


def _row(result: Count, toll: Toll) -> dict:
    quantity, bounds = toll.quantity, toll.bounds
    return {
        "indicator": quantity.indicator,
        "party": quantity.party,
        "population": quantity.population,
        "low": None if toll.contested else _tidy(bounds.low),
        "best": _tidy(bounds.best),
        "high": _tidy(bounds.high),
        "text": toll.text.replace("\u00a0", " "),
        "claims": sorted(toll.claims),
        "reported_on": result.newest(toll),
        "contested": toll.contested,
    }


def _tidy(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def frame(result: Count) -> pd.DataFrame:
    """A Count as a frame, one row a toll.

    Columns: episode_id, as_of, indicator, party, population, unit, low, best, high (NaN: open),
    low_strict, high_strict, firmness, text, contested, claims (ids, space-separated), reported_on
    (the newest day among them).
    """
    rows = []
    for quantity, toll in result.tolls.items():
        newest = result.newest(toll)
        rows.append(
            {
                "episode_id": result.episode,
                "as_of": result.as_of,
                "indicator": quantity.indicator,
                "party": quantity.party,
                "population": quantity.population,
                "unit": quantity.unit,
                "low": None if toll.contested else toll.bounds.low,
                "best": toll.bounds.best,
                "high": toll.bounds.high,
                "low_strict": toll.bounds.low_strict,
                "high_strict": toll.bounds.high_strict,
                "firmness": firmness(toll),
                "text": toll.text,
                "contested": toll.contested,
                "claims": " ".join(sorted(toll.claims)),
                "reported_on": max(newest.values(), default=""),
            }
        )
    columns = [
        *("episode_id", "as_of", "indicator", "party", "population", "unit", "low", "best"),
        *("high", "low_strict", "high_strict", "firmness", "text", "contested", "claims"),
        "reported_on",
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"low": float, "best": float, "high": float})
