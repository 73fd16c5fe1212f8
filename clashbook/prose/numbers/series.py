"""Numbers of providers' series, of economies and of people: as published, and what they cover.

A series is named by its id, or as the newest vintage by what it measures.
"""

from dataclasses import replace

from clashbook.analysis import economy, trackers
from clashbook.bounds import Bounds, figure
from clashbook.dataset.rows import Series
from clashbook.language import NO_BREAK, day_in_words
from clashbook.prose.numbers.declared import Numbers, number, observed
from clashbook.prose.numbers.model import Number


def _exactly(value: float, text: str, unit: str, *series: str) -> Number:
    return Number("", text, *(value, value, value), unit, series=series)


@number("{series}-in-{period}", "{series}, {period}, according to {provider}")
def observation(numbers: Numbers, series: str, period: str) -> Number:
    """What a series has for a period."""
    value = float(observed(numbers, series, period).best)
    unit = numbers.data.records(Series)[series].unit
    return _exactly(value, figure(value, unit), unit, series)


@number("{series}-rounded-in-{period}", "{series}, {period}, according to {provider}, rounded")
def rounded(numbers: Numbers, series: str, period: str) -> Number:
    """What a series has for a period, in words to three digits."""
    exact = observation(numbers, series, period)
    return replace(exact, text=figure(float(f"{exact.best:.3g}"), exact.unit))


@number(
    "{series}-fall-in-{period}", "{series}, {period}, according to {provider}: the size of the fall"
)
def fall_observed(numbers: Numbers, series: str, period: str) -> Number:
    """The size of a change that is a fall."""
    change = observation(numbers, series, period)
    if change.best is None or change.best >= 0:
        raise ValueError(f"{change.text} is not a fall; reword the sentence")
    size = -change.best
    return _exactly(size, figure(size, change.unit), change.unit, series)


@number(
    "{series}-lowest-month-of-{year}",
    "{series}, according to {provider}: the lowest month of {year}",
)
def lowest_month(numbers: Numbers, series: str, year: str) -> Number:
    """The month in which a series was lowest."""
    period, _ = economy.lowest(numbers.data, series, year)
    return Number("", day_in_words(period), unit="date", series=[series])


@number("{series}-vintage", "{series}, according to {provider}: which release it is")
def vintage(numbers: Numbers, series: str) -> Number:
    """Which release a series is: the month of a later vintage, or its version."""
    release = numbers.data.records(Series)[series].vintage
    return Number("", day_in_words(release), unit="date", series=[series])


@number("{series}-less-{other}-in-{period}", "{series}, {period}: {provider} apart from {other}")
def revision(numbers: Numbers, series: str, other: str, period: str) -> Number:
    """How far two releases of one figure lie apart, in percentage points."""
    apart = abs(economy.revision(numbers.data, series, other, period))
    return _exactly(apart, f"{figure(apart)}{NO_BREAK}points", "points", series, other)


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
    observations = numbers.data.observations
    mine = observations[observations.series_id == series].sort_values("period").to_dict("records")
    periods = [str(row["period"]) for row in mine if trackers.published(row).is_empty]
    return Number("", ", ".join(periods) or "none", unit="date", series=[series])
