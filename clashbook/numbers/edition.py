"""Numbers of the edition itself."""

from clashbook.numbers.declared import Number, Numbers, counted, number
from clashbook.wording import day_in_words


@number("as-of")
def as_of(numbers: Numbers) -> Number:
    return Number("", day_in_words(numbers.data.as_of), unit="date")


@number("version")
def version(numbers: Numbers) -> Number:
    return Number("", numbers.data.version, unit="version")


@number("rows-of-{table}")
def rows_of(numbers: Numbers, table: str) -> Number:
    return counted(len(numbers.data.tables[table]), table)


@number("{rows}-from-{source}")
def rows_from(numbers: Numbers, rows: str, source: str) -> Number:
    """How many claims, reactions or events are taken from one source."""
    frame = numbers.data.tables[rows]
    return counted(int((frame.source_id == source).sum()), rows)
