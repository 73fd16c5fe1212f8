"""Who says what a row of a frame rests on, and when it was stated: for every mark and every CSV."""

from __future__ import annotations

from collections.abc import Collection

from clashbook.dataset import Dataset
from clashbook.wording import date_in_words

SAID = ("claimant", "stated")


def of_records(data: Dataset, table: str, ids: Collection[str]) -> dict[str, str]:
    """Who made some claims, reactions or events known, and when.

    Returns
    -------
    dict
        claimant (names in the order of their statements, each once, separated by semicolons) and
        stated (the day in words; of several the newest, said to be so); both "" without ids.

    Examples
    --------
    >>> of_records(data, "claims", ["first", "second"])  # doctest: +SKIP
    {'claimant': 'Ministry of Northland; Daily', 'stated': 'newest 2 May 2021'}
    """
    rows = data.tables[table]
    mine = rows[rows.iloc[:, 0].isin(ids)].sort_values("reported_on", kind="stable")
    names = dict(zip(data.actors.actor_id, data.actors["name"], strict=True))
    days = [date_in_words(row.reported_on, row.reported_precision) for row in mine.itertuples()]
    newest = days[-1] if days else ""
    return {
        "claimant": "; ".join(dict.fromkeys(names.get(each, each) for each in mine.claimant)),
        "stated": f"newest {newest}" if len(set(days)) > 1 else newest,
    }


def of_series(data: Dataset, series: str) -> dict[str, str]:
    """Who publishes a series, and when it was released, in the same two columns."""
    row = data.series[data.series.series_id == series].iloc[0]
    publishers = dict(zip(data.sources.source_id, data.sources.publisher, strict=True))
    return {
        "claimant": publishers[row.source_id],
        "stated": date_in_words(row.released_on, row.released_precision),
    }
