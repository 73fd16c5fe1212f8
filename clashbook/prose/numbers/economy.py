"""Numbers of series: of one by its id, or of the newest vintage by the name of what it measures."""

from dataclasses import replace

from clashbook.analysis import economy, vintages
from clashbook.bounds import figure
from clashbook.dataset.rows import Series
from clashbook.language import NO_BREAK, day_in_words
from clashbook.prose.numbers.declared import Number, Numbers, number, observed, rows


def _observed(numbers: Numbers, named: str, period: str) -> Number:
    series, row = observed(numbers, named, period)
    value, unit = float(row.best), numbers.data.records(Series)[series].unit
    return Number("", figure(value, unit), value, value, value, unit, series=(series,))


@number("{series}-in-{period}", "{series}, {period}, according to {provider}")
def observation(numbers: Numbers, series: str, period: str) -> Number:
    return _observed(numbers, series, period)


@number(
    "{series}-fall-in-{period}", "{series}, {period}, according to {provider}: the size of the fall"
)
def fall_observed(numbers: Numbers, series: str, period: str) -> Number:
    known = _observed(numbers, series, period)
    if known.best is None or known.best >= 0:
        raise ValueError(f"number '{series}-fall-in-{period}': {known.best} is no fall; reword")
    size = -known.best
    return replace(known, text=figure(size, known.unit), low=size, best=size, high=size)


@number(
    "{series}-lowest-month-of-{year}",
    "{series}, according to {provider}: the lowest month of {year}",
)
def lowest_month(numbers: Numbers, series: str, year: str) -> Number:
    mine = vintages.resolved(numbers.data, series)
    period, _ = economy.lowest(numbers.data, mine, year)
    return Number("", day_in_words(period), unit="date", series=(mine,))


@number("{series}-vintage", "{series}, according to {provider}: which release it is")
def vintage(numbers: Numbers, series: str) -> Number:
    """Which release a series is: the month of a later vintage, or its version."""
    mine = vintages.resolved(numbers.data, series)
    release = numbers.data.records(Series)[mine].vintage
    return Number("", day_in_words(release), unit="date", series=(mine,))


@number("{series}-less-{other}-in-{period}", "{series}, {period}: {provider} apart from {other}")
def revision(numbers: Numbers, series: str, other: str, period: str) -> Number:
    """How far two releases of one figure lie apart, in percentage points."""
    one, two = (_observed(numbers, name, period).series[0] for name in (series, other))
    apart = abs(economy.revision(numbers.data, one, two, period))
    text = f"{figure(apart)}{NO_BREAK}points"
    return Number("", text, apart, apart, apart, "points", series=(one, two))


@number("reserves-definitions", "Definitions under which reserves are on record")
def definitions(numbers: Numbers) -> Number:
    """Under how many definitions reserves are on record."""
    return rows(economy.stocks(numbers.data), "definitions")
