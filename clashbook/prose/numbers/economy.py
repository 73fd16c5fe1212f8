"""Numbers of series: of one by its id, or of the newest vintage by the name of what it measures."""

from clashbook.analysis import economy
from clashbook.bounds import figure
from clashbook.dataset.rows import Series
from clashbook.language import NO_BREAK, day_in_words
from clashbook.prose.numbers.declared import Numbers, number, observed, rows
from clashbook.prose.numbers.model import Number


def _exactly(value: float, text: str, unit: str, *series: str) -> Number:
    return Number("", text, *(value, value, value), unit, series=series)


@number("{series}-in-{period}", "{series}, {period}, according to {provider}")
def observation(numbers: Numbers, series: str, period: str) -> Number:
    """What a series has for a period."""
    value = float(observed(numbers, series, period).best)
    unit = numbers.data.records(Series)[series].unit
    return _exactly(value, figure(value, unit), unit, series)


@number(
    "{series}-fall-in-{period}", "{series}, {period}, according to {provider}: the size of the fall"
)
def fall_observed(numbers: Numbers, series: str, period: str) -> Number:
    """The size of a change that is a fall."""
    change = observation(numbers, series, period)
    if change.best is None or change.best >= 0:
        raise ValueError(f"{change.text} is no fall; reword the sentence")
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


@number("reserves-definitions", "Definitions under which reserves are on record")
def definitions(numbers: Numbers) -> Number:
    """Under how many definitions reserves are on record."""
    return rows(economy.stocks(numbers.data), "definitions")
