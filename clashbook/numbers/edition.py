"""Numbers of the edition itself."""

from clashbook.numbers.declared import Number, Numbers, number
from clashbook.wording import NO_BREAK, day_in_words, how_many


@number("as-of", "As-of date of the edition")
def as_of(numbers: Numbers) -> Number:
    return Number("", day_in_words(numbers.data.as_of), unit="date")


@number("version", "Version of the data")
def version(numbers: Numbers) -> Number:
    return Number("", numbers.data.version, unit="version")


@number("rows-of-{table}", "Rows of the data: {table}")
def rows_of(numbers: Numbers, table: str) -> Number:
    return _rows(len(numbers.data.tables[table]), table)


@number("{rows}-from-{source}", "Rows of the data: {rows} coded from {source}")
def rows_from(numbers: Numbers, rows: str, source: str) -> Number:
    """How many claims, reactions or events are taken from one source."""
    frame = numbers.data.tables[rows]
    return _rows(int((frame.source_id == source).sum()), rows)


def _rows(count: int, table: str) -> Number:
    """So many rows, with their word: "one claim", "112 claims"."""
    word = table.removesuffix("s") if count == 1 else table
    return Number("", f"{how_many(count)}{NO_BREAK}{word}", count, count, count, table)
