"""Numbers of providers' series of people: bounds as published, and what a series covers."""

from clashbook.analysis import trackers, vintages
from clashbook.prose.numbers.declared import Number, Numbers, number, observed


@number("{series}-span-in-{period}", "{series}, {period}, according to {provider}")
def span(numbers: Numbers, series: str, period: str) -> Number:
    """The bounds of one observation; those that cross are told as published and bound nothing."""
    series, row = observed(numbers, series, period)
    bounds = trackers.published(dict(row))
    low, high = (None, None) if bounds.is_empty else (bounds.low, bounds.high)
    text = trackers.in_words(bounds)
    return Number("", text, low, bounds.best, high, "persons", series=(series,))


@number("{series}-covered", "{series}, according to {provider}: the periods covered")
def covered(numbers: Numbers, series: str) -> Number:
    """The first and the last period that a series has a row for."""
    series = vintages.resolved(numbers.data, series)
    return Number("", trackers.covered(numbers.data, series), unit="date", series=(series,))


@number("{series}-crossed", "{series}, according to {provider}: the periods whose bounds cross")
def crossed(numbers: Numbers, series: str) -> Number:
    """The periods whose published bounds cross."""
    series = vintages.resolved(numbers.data, series)
    observations = numbers.data.observations
    mine = observations[observations.series_id == series].sort_values("period")
    rows = mine.to_dict("records")
    periods = [str(row["period"]) for row in rows if trackers.published(row).is_empty]
    return Number("", ", ".join(periods) or "none", unit="date", series=(series,))
