"""Providers' series of people killed and wounded: the long run, and beside this report's tolls.

A series stands beside a toll and never in it (rule 13). What a provider publishes is kept as it is:
bounds that cross stay crossed, and a month without a row is a gap and not zero.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from clashbook.analysis import casualties, vintages
from clashbook.analysis.frames import stacked
from clashbook.bounds import Bounds
from clashbook.counting import ALL, BOTH
from clashbook.counting.model import KINDS_OF_PEOPLE, UNSPECIFIED
from clashbook.dataset.tables import Dataset
from clashbook.language import NO_BREAK, span_in_words

CROSSING = "crossing"
MARKED = ("clash", "war")
APART = ("military", "civilian")
Row = Mapping[Any, Any]


def observed(data: Dataset, indicator: str) -> pd.DataFrame:
    """The observations of an indicator, each with its series' columns: of vintages the newest."""
    series = vintages.shown(data)
    series = series[series.indicator == indicator]
    return data.observations.merge(series, on="series_id", suffixes=("", "_series"))


def published(row: Row) -> Bounds:
    """The bounds of an observation; a provider that gives one number alone means just that."""
    low, best, high = (
        None if math.isnan(row[end]) else row[end] for end in ("low", "best", "high")
    )
    if low is None and high is None:
        return Bounds() if best is None else Bounds.exact(best)
    return Bounds(low=low, high=high, best=best)


def in_words(bounds: Bounds) -> str:
    r"""Bounds as published: those that cross are printed as they are, and said to.

    >>> in_words(Bounds(low=154, high=153, best=154))
    '154\xa0to\xa0153, as\xa0published'
    """
    crossed = f", as{NO_BREAK}published" if bounds.is_empty else ""
    return bounds.without_best().words() + crossed


def covered(data: Dataset, series: str) -> str:
    """The first and the last period of a series: "January 2015 to September 2023"."""
    periods = data.observations.period[data.observations.series_id == series]
    return span_in_words(periods.min(), periods.max())


def by_year(data: Dataset, indicator: str) -> pd.DataFrame:
    """People killed by year and by the country in which they died.

    Returns
    -------
    DataFrame
        period (year), place, party (whose: not stated), indicator, population, low, best, high
        (persons, as published), firmness (``exact``, ``between``, or ``crossing`` where the
        provider's bounds cross), counted_by, begun (ids of the wars and clashes that began in the
        year), series_id, source_id. One row a year and country, the
        sides in their order; a year that a provider leaves out has none.
    """
    rows = observed(data, indicator)
    bounds = [published(row) for row in rows.to_dict("records")]
    ends = ["low", "best", "high"]
    episodes = _marked(data)
    begun = episodes.groupby(episodes.start.str[:4]).episode_id.agg(" ".join)
    frame = rows.assign(
        place=rows.party,
        party=UNSPECIFIED,
        counted_by="third_party",
        firmness=[CROSSING if held.is_empty else held.firmness for held in bounds],
        begun=rows.period.map(begun).fillna(""),
        side=rows.party.map(data.place),
        **{end: [getattr(held, end) for held in bounds] for end in ends},
    ).sort_values(["period", "side"], ignore_index=True)
    columns = ["period", "place", "party", "indicator", "population", *ends, "firmness"]
    columns += ["counted_by", "begun", "series_id", "source_id"]
    return frame[columns].astype(dict.fromkeys(ends, float))


def _marked(data: Dataset) -> pd.DataFrame:
    """The clashes and wars, in the order of their first days."""
    return data.episodes[data.episodes.kind.isin(MARKED)].sort_values("start")


def by_month(data: Dataset, indicator: str, left_out: Collection[str] = ()) -> pd.DataFrame:
    """People killed, or wounded, by month, side and population.

    Parameters
    ----------
    indicator : str
        Of the series, with a party and a population each.
    left_out : collection of str
        Episodes that the provider says its series leave out.

    Returns
    -------
    DataFrame
        period (month), party, population, value (persons), kind (``month`` or ``episode``),
        episode_id, left_out (whether the provider leaves that episode out), indicator, note (the
        provider's or ours on that month), series_id, source_id. One row a month that the provider
        has a row for, and one for each clash or war that began within the months covered.
    """
    series = observed(data, indicator)
    notes = series.note.where(series.note != "", "none")
    months = series.assign(value=series.best, kind="month", left_out=False, note=notes)
    begun = _marked(data)
    within = begun.start.str[:7].between(series.period.min(), series.period.max())
    begun = begun[within & (len(series) > 0)]
    begun = begun.assign(period=begun.start.str[:7], kind="episode", note=begun["name"])
    begun = begun.assign(left_out=begun.episode_id.isin(left_out))
    columns = ["period", "party", "population", "value", "kind", "episode_id", "left_out"]
    columns += ["indicator", "note", "series_id", "source_id"]
    frame = stacked(columns, months, begun).assign(indicator=indicator)
    ranks = frame.population.map([*KINDS_OF_PEOPLE, ALL, ""].index)
    order = frame.assign(rank=ranks, side=frame.party.fillna("").map(data.place))
    order = order.sort_values(["rank", "side", "period"], kind="stable", ignore_index=True)
    return order[columns].astype({"left_out": bool})


def beside_tolls(data: Dataset, episodes: Sequence[str], indicator: str) -> pd.DataFrame:
    """The tolls of clashes, each beside what a provider has for the month in which they began.

    The two are never subtracted or divided: they are of other days, and may be of other people.

    Parameters
    ----------
    episodes : sequence of str
        Those not in the data are left out.

    Returns
    -------
    DataFrame
        As of `casualties.by_episode`, for each side's soldiers and civilians, and with them period
        (the month of a provider's figure, else ""), series_id and source_id. A row for each toll,
        and after it one for each provider's figure of its month; where nobody spoke of a side's
        people the toll has firmness ``none``, and where a provider has no row there is none.
    """
    known = data.rows["episodes"]
    named = {"series_id": "", "source_id": "", "period": ""}
    kinds = [casualties.by_episode(data, episodes, indicator, episodes, one) for one in APART]
    tolls = pd.concat(kinds, ignore_index=True).assign(**named)
    figures = observed(data, indicator)
    rows = []
    for toll in tolls[tolls.party != BOTH].to_dict("records"):
        month = known[toll["episode_id"]]["start"][:7]
        mine = figures[(figures.party == toll["party"]) & (figures.period == month)]
        rows.append(toll)
        for row in mine[mine.population == toll["population"]].to_dict("records"):
            held = published(row)
            bounds = {end: getattr(held, end) for end in ("low", "best", "high")}
            bounds |= {"firmness": held.firmness, "counted_by": "third_party", "claims": ""}
            rows.append(toll | bounds | {name: row[name] for name in named})
    frame = pd.DataFrame(rows, columns=[*tolls.columns])
    places = {name: place for place, name in enumerate(episodes)}
    order = frame.episode_id.map(places) * 10 + frame.party.map(data.parties().index)
    return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)
