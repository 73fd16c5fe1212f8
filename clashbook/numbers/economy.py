"""Numbers of series."""

from clashbook import economy
from clashbook.bounds import figure
from clashbook.numbers.declared import Number, Numbers, UnknownNumberError, counted, number
from clashbook.wording import NO_BREAK, day_in_words


def _observed(numbers: Numbers, series: str, period: str) -> tuple[float, str]:
    rows = numbers.data.observations
    mine = rows[(rows.series_id == series) & (rows.period == period)]
    if mine.empty:
        raise UnknownNumberError(f"series {series!r} has no observation of {period!r}")
    units = dict(zip(numbers.data.series.series_id, numbers.data.series.unit, strict=True))
    return float(mine.best.iloc[0]), units[series]


def _of_series(value: float, unit: str, *series: str) -> Number:
    return Number("", figure(value, unit), value, value, value, unit, series=series)


@number("{series}-in-{period}", "{series}, {period}, according to {provider}")
def observation(numbers: Numbers, series: str, period: str) -> Number:
    return _of_series(*_observed(numbers, series, period), series)


@number(
    "{series}-fall-in-{period}", "{series}, {period}, according to {provider}: the size of the fall"
)
def fall_observed(numbers: Numbers, series: str, period: str) -> Number:
    value, unit = _observed(numbers, series, period)
    if value >= 0:
        raise ValueError(f"number '{series}-fall-in-{period}': {value} is no fall; reword")
    return _of_series(-value, unit, series)


@number(
    "{series}-lowest-month-of-{year}",
    "{series}, according to {provider}: the lowest month of {year}",
)
def lowest_month(numbers: Numbers, series: str, year: str) -> Number:
    period, _ = economy.lowest(numbers.data, series, year)
    return Number("", day_in_words(period), unit="date", series=(series,))


@number("{series}-less-{other}-in-{period}", "{series}, {period}: {provider} apart from {other}")
def revision(numbers: Numbers, series: str, other: str, period: str) -> Number:
    """How far two releases of one figure lie apart, in percentage points."""
    for each in (series, other):
        _observed(numbers, each, period)
    apart = abs(economy.revision(numbers.data, series, other, period))
    text = f"{figure(apart)}{NO_BREAK}points"
    return Number("", text, apart, apart, apart, "points", series=(series, other))


@number("reserves-definitions", "Definitions under which reserves are on record")
def definitions(numbers: Numbers) -> Number:
    """Under how many definitions reserves are on record."""
    return counted(len(economy.stocks(numbers.data)), "definitions")
