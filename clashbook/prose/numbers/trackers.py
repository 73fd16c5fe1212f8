"""Numbers of providers' series of people: bounds as published, and what a series covers."""

from clashbook.analysis import trackers
from clashbook.bounds import Bounds
from clashbook.prose.numbers.declared import Numbers, number, observed
from clashbook.prose.numbers.model import Number


@number("{series}-span-in-{period}", "{series}, {period}, according to {provider}")
def span(numbers: Numbers, series: str, period: str) -> Number:
    """The bounds of one observation; those that cross are told as published and bound nothing."""
    bounds = trackers.published(dict(observed(numbers, series, period)))
    held = Bounds(best=bounds.best) if bounds.is_empty else bounds
    return Number("", trackers.in_words(bounds), *held.ends, "persons", series=[series])


@number("{series}-covered", "{series}, according to {provider}: the periods covered")
def covered(numbers: Numbers, series: str) -> Number:
    """The first and the last period that a series has a row for."""
    return Number("", trackers.covered(numbers.data, series), unit="date", series=[series])


@number("{series}-crossed", "{series}, according to {provider}: the periods whose bounds cross")
def crossed(numbers: Numbers, series: str) -> Number:
    """The periods whose published bounds cross."""
    rows = numbers.data.observations
    mine = rows[rows.series_id == series].sort_values("period").to_dict("records")
    periods = [str(row["period"]) for row in mine if trackers.published(row).is_empty]
    return Number("", ", ".join(periods) or "none", unit="date", series=[series])
