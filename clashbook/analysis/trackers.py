"""Providers' series of people killed and wounded: the long run, and beside this report's tolls.

A series stands beside a toll and never in it (rule 13). What a provider publishes is kept as it is:
bounds that cross stay crossed, and a month without a row is a gap and not zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from clashbook import counting
from clashbook.analysis import vintages
from clashbook.bounds import NO_FIGURE, Bounds, figure
from clashbook.counting import ALL, BOTH, Quantity, Toll, UnlikeQuantitiesError
from clashbook.counting.model import KINDS_OF_PEOPLE
from clashbook.dataset import attribution
from clashbook.dataset.tables import Dataset
from clashbook.language import NO_BREAK, PEOPLE, POPULATIONS, day_in_words, span_in_words

CROSSING = "crossing"
MARKED = ("clash", "war")
PROVIDER = ("series_id", "source_id", *attribution.SAID)


def observed(data: Dataset, indicator: str) -> pd.DataFrame:
    """The observations of an indicator, each with its series' columns: of vintages the newest."""
    series = vintages.shown(data)
    series = series[series.indicator == indicator]
    return data.observations.merge(series, on="series_id", suffixes=("", "_series"))


def published(row) -> Bounds:
    """The bounds of an observation; a provider that gives one number alone means just that."""
    ends = [None if math.isnan(end) else end for end in (row.low, row.best, row.high)]
    low, best, high = ends
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
        period (year), place, place_name, low, best, high (persons, as published), firmness
        (``exact``, ``between``, or ``crossing`` where the provider's bounds cross), text, episodes
        (the wars and clashes that began in the year, or ``none``), series_id, source_id, claimant,
        stated (of the provider). One row a year and country; a year that a provider leaves out has
        none.
    """
    begun = _marked(data)
    rows = []
    for row in observed(data, indicator).itertuples():
        bounds = published(row)
        names = [name for name, start in begun.items() if start[:4] == row.period]
        rows.append(
            {
                "period": row.period,
                "place": row.party,
                "place_name": data.name(row.party),
                "low": bounds.low,
                "best": bounds.best,
                "high": bounds.high,
                "firmness": CROSSING if bounds.is_empty else bounds.firmness,
                "text": in_words(bounds),
                "episodes": ", ".join(names) or "none",
                **_provider(data, row),
            }
        )
    columns = [
        *("period", "place", "place_name", "low", "best", "high", "firmness", "text", "episodes"),
        *PROVIDER,
    ]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.astype({"low": float, "best": float, "high": float})
    return frame.sort_values(["period", "place_name"], ignore_index=True)


def _marked(data: Dataset) -> dict[str, str]:
    """Names of the clashes and wars, in the order of their first days."""
    episodes = data.episodes[data.episodes.kind.isin(MARKED)].sort_values("start")
    return dict(zip(episodes.name, episodes.start, strict=True))


def by_month(data: Dataset, indicator: str, left_out: Iterable[str] = ()) -> pd.DataFrame:
    """People killed, or wounded, by month, side and population.

    Parameters
    ----------
    indicator : str
        Of the series, with a party and a population each.
    left_out : iterable of str
        Episodes that the provider says its series leave out.

    Returns
    -------
    DataFrame
        period (month), party, party_name, population, who (in words), value (persons), kind
        (``month`` or ``episode``), label (of an episode), text, indicator_label, note (the
        provider's or ours on that month), series_id, source_id, claimant, stated (of the
        provider). One row a month that the provider has a row for, and one for each clash or war
        that began within the months covered.
    """
    series = observed(data, indicator)
    rows = [_month(data, row) for row in series.itertuples()]
    first, last = series.period.min(), series.period.max()
    outside = set(data.episodes.name[data.episodes.episode_id.isin(list(left_out))])
    rows += [
        _begins(data, name, start, name in outside)
        for name, start in _marked(data).items()
        if rows and first <= start[:7] <= last
    ]
    columns = [
        *("period", "party", "party_name", "population", "who", "value", "kind", "label", "text"),
        *("note", *PROVIDER),
    ]
    frame = pd.DataFrame(rows, columns=columns).astype({"value": float})
    labels = dict(zip(data.indicators.indicator, data.indicators.label, strict=True))
    frame.insert(columns.index("note"), "indicator_label", labels[indicator])
    order = [*KINDS_OF_PEOPLE, ALL, ""]
    ranks = {"population": lambda column: column.map(order.index)}
    return frame.sort_values(
        ["population", "party_name", "period"],
        key=lambda column: ranks.get(column.name, lambda same: same)(column),
        ignore_index=True,
    )


def _month(data: Dataset, row) -> dict:
    return {
        "period": row.period,
        "party": row.party,
        "party_name": data.name(row.party),
        "population": row.population,
        "who": POPULATIONS.get(row.population, row.population),
        "value": row.best,
        "kind": "month",
        "label": "",
        "text": figure(row.best),
        "note": row.note or "none",
        **_provider(data, row),
    }


def _provider(data: Dataset, row) -> dict:
    named = {"series_id": row.series_id, "source_id": row.source_id}
    return named | attribution.of_series(data, row.series_id)


def _begins(data: Dataset, name: str, start: str, outside: bool) -> dict:
    return {
        "period": start[:7],
        "party": "",
        "party_name": data.name(BOTH),
        "population": "",
        "who": "episode",
        "value": math.nan,
        "kind": "episode",
        "label": f"{name}, left out" if outside else name,
        "text": "begins; left out by the provider" if outside else "begins",
        "note": name,
        **dict.fromkeys(PROVIDER, ""),
    }


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
    known = data.episodes.set_index("episode_id")
    rows = []
    for episode in episodes:
        if episode not in known.index:
            continue
        counted = counting.count(data, episode)
        for series in _in_order(data).itertuples():
            mine = data.observations[data.observations.series_id == series.series_id]
            found = mine[mine.period == _holding(mine.period, known.start[episode])]
            toll = _toll_of(counted, series, other)
            if len(found) or (len(mine) and toll.says_something):
                row = next(found.itertuples(), None)
                rows.append(
                    {"episode": known.name[episode], **_beside(data, counted, toll, series, row)}
                )
    columns = [
        *("episode", "quantity", "toll", "newest_claim", "figure", "provider", "period"),
        *("released_on", "why", "claims", "series_id"),
    ]
    return pd.DataFrame(rows, columns=columns)


def _in_order(data: Dataset) -> pd.DataFrame:
    """The series of people, by measure and population, the parties in their order."""
    persons = vintages.shown(data)
    persons = persons[(persons.unit == "persons") & persons.party.isin(data.parties())]
    indicators = list(data.indicators.indicator)
    populations = [*KINDS_OF_PEOPLE, ALL]
    ranked = persons.assign(
        first=persons.indicator.map(indicators.index),
        second=persons.population.map(populations.index),
        third=persons.party.map(data.parties().index),
    )
    return ranked.sort_values(["first", "second", "third"])


def _holding(periods: pd.Series, day: str) -> str:
    """The period of a series that a day lies in: months and years are written as dates begin."""
    return day[: len(next(iter(periods), ""))]


def _toll_of(counted: counting.Count, series, other: Mapping[str, str]) -> Toll:
    if series.indicator in other:
        return counted.toll(other[series.indicator], BOTH, series.population)
    return counted.toll(series.indicator, series.party, series.population)


def _beside(data: Dataset, counted: counting.Count, toll: Toll, series, row) -> dict:
    newest = max(counted.newest(toll).values(), default="")
    why = [_counted(data, toll, series, row), _unlike(toll, series, row, newest)]
    return {
        "quantity": _quantity(data, toll.quantity),
        "toll": toll.text if toll.says_something else NO_FIGURE,
        "newest_claim": newest or "none",
        "figure": published(row).without_best().words() if row else "no row",
        "provider": data.sources.set_index("source_id").publisher[series.source_id],
        "period": row.period if row else "",
        "released_on": series.released_on,
        "why": " ".join([*why, _reason(data, toll, series, row)]),
        "claims": " ".join(sorted(toll.claims)),
        "series_id": series.series_id,
    }


def _quantity(data: Dataset, quantity: Quantity) -> str:
    label = data.indicators.set_index("indicator").label[quantity.indicator]
    people = PEOPLE.get(quantity.population, quantity.population)
    return f"{label}, {data.name(quantity.party)}: {people}"


def _counted(data: Dataset, toll: Toll, series, row) -> str:
    """Who counted, for which period, and what, where it is not what the toll is of."""
    said = [data.sources.set_index("source_id").publisher[series.source_id]]
    said += [day_in_words(row.period)] if row else []
    if series.indicator != toll.quantity.indicator:
        label = data.indicators.set_index("indicator").label[series.indicator]
        said.append(f"{label[:1].lower()}{label[1:]}: {data.name(series.party)}")
    return f"{', '.join(said)}."


def _unlike(toll: Toll, series, row, newest: str) -> str:
    """Rule 11 on the two, as `tolls.compared` words it."""
    period = row.period if row else ""
    quantity = Quantity(series.indicator, series.party, series.population, series.unit, period)
    held = Toll(quantity, published(row) if row else Bounds())
    mine = Toll(toll.quantity._replace(unit=series.unit), toll.bounds)
    try:
        counting.compared(mine, held, newest, series.released_on)
    except UnlikeQuantitiesError as unlike:
        words = str(unlike)
        return f"{words[:1].upper()}{words[1:]}."
    return "The two are alike."


def _reason(data: Dataset, toll: Toll, series, row) -> str:
    own = row.note if row else ""
    if series.indicator != toll.quantity.indicator:
        definition = data.indicators.set_index("indicator").definition[series.indicator]
        return f"{definition} {own}".strip()
    note = own or series.note
    return note if toll.says_something else f"No such claim is on record here. {note}"
