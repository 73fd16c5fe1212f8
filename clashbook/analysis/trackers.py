"""Providers' series of people killed and wounded: the long run, and beside this report's tolls.

A series stands beside a toll and never in it (rule 13). What a provider publishes is kept as it is:
bounds that cross stay crossed, and a month without a row is a gap and not zero.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from clashbook import counting
from clashbook.analysis import vintages
from clashbook.analysis.frames import stacked
from clashbook.bounds import NO_FIGURE, Bounds
from clashbook.counting import ALL, BOTH, Quantity, Toll, UnlikeQuantitiesError
from clashbook.counting.model import KINDS_OF_PEOPLE
from clashbook.dataset.rows import Indicator
from clashbook.dataset.tables import Dataset
from clashbook.language import NO_BREAK, PEOPLE, day_in_words, sentence, span_in_words

CROSSING = "crossing"
MARKED = ("clash", "war")
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
        period (year), place, low, best, high (persons, as published), firmness (``exact``,
        ``between``, or ``crossing`` where the provider's bounds cross), begun (ids of the wars and
        clashes that began in the year), series_id, source_id. One row a year and country, by the
        country's name; a year that a provider leaves out has none.
    """
    rows = observed(data, indicator)
    bounds = [published(row) for row in rows.to_dict("records")]
    ends = ["low", "best", "high"]
    episodes = _marked(data)
    begun = episodes.groupby(episodes.start.str[:4]).episode_id.agg(" ".join)
    frame = rows.assign(
        place=rows.party,
        firmness=[CROSSING if held.is_empty else held.firmness for held in bounds],
        begun=rows.period.map(begun).fillna(""),
        name=rows.party.map(data.names),
        **{end: [getattr(held, end) for held in bounds] for end in ends},
    ).sort_values(["period", "name"], ignore_index=True)
    columns = ["period", "place", *ends, "firmness", "begun", "series_id", "source_id"]
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
    order = frame.assign(rank=ranks, name=frame.party.map(data.names).fillna(""))
    order = order.sort_values(["rank", "name", "period"], kind="stable", ignore_index=True)
    return order[columns].astype({"left_out": bool})


def beside_tolls(
    data: Dataset, episodes: Iterable[str], other: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """What providers have for the month or year in which an episode began, beside its tolls.

    The two are never subtracted or divided: rule 11 names, row by row, in what they are unlike.

    Parameters
    ----------
    episodes : iterable of str
        Those not in the data are left out.
    other : mapping of str to str, optional
        For an indicator of series that goes by no side, the indicator of the toll of both sides
        to stand beside it.

    Returns
    -------
    DataFrame
        episode, quantity (of the toll, in words), toll, newest_claim (ISO day, or ``none``),
        figure, provider, period, released_on, why (what the provider counts, what the two differ
        in by rule 11, and of the data the note on that figure or its series, where it counts
        something else the definition), claims, series_id. A row for each series that has the month
        or year, or of whose quantity the toll says something.
    """
    other = other or {}
    known = data.rows["episodes"]
    rows = []
    for episode in episodes:
        if episode not in known:
            continue
        counted = counting.count(data, episode)
        for series in _in_order(data).to_dict("records"):
            mine = data.observations[data.observations.series_id == series["series_id"]]
            # Months and years are written as dates begin.
            length = len(next(iter(mine.period), ""))
            found = mine[mine.period == known[episode]["start"][:length]]
            party = BOTH if series["indicator"] in other else series["party"]
            indicator = other.get(series["indicator"], series["indicator"])
            toll = counted.toll(indicator, party, series["population"])
            if len(found) or (len(mine) and toll.says_something):
                row: Row = next(iter(found.to_dict("records")), {})
                name = {"episode": known[episode]["name"]}
                rows.append(name | _beside(data, counted, toll, series, row))
    columns = [
        *("episode", "quantity", "toll", "newest_claim", "figure", "provider", "period"),
        *("released_on", "why", "claims", "series_id"),
    ]
    return pd.DataFrame(rows, columns=columns)


def _in_order(data: Dataset) -> pd.DataFrame:
    """The series of people, by measure and population, the parties in their order."""
    persons = vintages.shown(data)
    persons = persons[(persons.population != "") & persons.party.isin(data.parties())]
    ranked = persons.assign(
        first=persons.indicator.map(list(data.indicators.indicator).index),
        second=persons.population.map([*KINDS_OF_PEOPLE, ALL].index),
        third=persons.party.map(data.parties().index),
    )
    return ranked.sort_values(["first", "second", "third"])


def _beside(
    data: Dataset, counted: counting.Count, toll: Toll, series: Row, row: Row
) -> dict[str, str]:
    newest = max(counted.newest(toll).values(), default="")
    provider = data.rows["sources"][series["source_id"]]["publisher"]
    indicators, people = data.records(Indicator), toll.quantity.population
    label = indicators[toll.quantity.indicator].label
    of_whom = f"{label}, {data.name(toll.quantity.party)}: {PEOPLE.get(people, people)}"
    unlike = series["indicator"] != toll.quantity.indicator
    counted_by = [provider, *([day_in_words(row["period"])] if row else [])]
    if unlike:
        what = indicators[series["indicator"]].label
        counted_by.append(f"{what[:1].lower()}{what[1:]}: {data.name(series['party'])}")
    reason = [f"{', '.join(counted_by)}.", _unlike(toll, series, row, newest)]
    note = row.get("note", "")
    if unlike:
        reason += [data.rows["indicators"][series["indicator"]]["definition"], note]
    else:
        silent = "" if toll.says_something else "No such claim is on record here."
        reason += [silent, note or series["note"]]
    return {
        "quantity": of_whom,
        "toll": toll.text if toll.says_something else NO_FIGURE,
        "newest_claim": newest or "none",
        "figure": published(row).without_best().words() if row else "no row",
        "provider": provider,
        "period": row.get("period", ""),
        "released_on": series["released_on"],
        "why": " ".join(filter(None, reason)),
        "claims": " ".join(sorted(toll.claims)),
        "series_id": series["series_id"],
    }


def _unlike(toll: Toll, series: Row, row: Row, newest: str) -> str:
    """Rule 11 on the two, as `counting.compared` words it."""
    kept = {name: series[name] for name in ("indicator", "party", "population", "unit")}
    quantity = Quantity(**kept, period=row.get("period", ""))
    held = Toll(quantity, published(row) if row else Bounds())
    mine = Toll(toll.quantity._replace(unit=series["unit"]), toll.bounds)
    try:
        counting.compared(mine, held, newest, series["released_on"])
    except UnlikeQuantitiesError as unlike:
        return f"{sentence(str(unlike))}."
    return "The two are alike."
