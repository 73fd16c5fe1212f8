"""Numbers of the edition itself."""

from dataclasses import replace

import pandas as pd

from clashbook.dataset.rows import STATEMENTS
from clashbook.language import NO_BREAK, day_in_words, listed
from clashbook.prose.numbers import declared
from clashbook.prose.numbers.declared import Numbers, number
from clashbook.prose.numbers.model import Number


@number("as-of", "As-of date of the edition")
def as_of(numbers: Numbers) -> Number:
    return Number("", day_in_words(numbers.data.as_of), unit="date")


@number("version", "Version of the data")
def version(numbers: Numbers) -> Number:
    return Number("", numbers.data.version, unit="version")


@number("clashes", "Names of the clashes that the edition knows")
def clashes(numbers: Numbers) -> Number:
    """Which clashes the edition is about, in the order of time: "July 2020 and September 2022"."""
    known = numbers.data.episodes[numbers.data.episodes.kind == "clash"].sort_values("start")
    names = [name.replace(" ", NO_BREAK) for name in known["name"]]
    return Number("", listed(names) or "none", unit="names")


@number("statements", "Claims, reactions and events in the data")
def statements(numbers: Numbers) -> Number:
    """How many statements of somebody the edition rests on: "605 statements"."""
    ids = [row for table in STATEMENTS for row in numbers.data.tables[table].iloc[:, 0]]
    return _rows(pd.DataFrame({"id": ids}), "statements")


@number("sources-of-statements", "Sources of the claims, reactions and events in the data")
def sources_of_statements(numbers: Numbers) -> Number:
    """From how many sources they are; those of series alone have none: "173 sources"."""
    ids = {key for table in STATEMENTS for key in numbers.data.tables[table].source_id}
    return _rows(pd.DataFrame({"id": sorted(ids)}), "sources")


@number("newest-statement", "Day of the newest claim, reaction or event in the data")
def newest_statement(numbers: Numbers) -> Number:
    """The day on which the newest of them was said: the cut-off date may be long after it."""
    days = [max(numbers.data.tables[table].reported_on, default="") for table in STATEMENTS]
    return Number("", day_in_words(max(days)), unit="date")


@number("rows-of-{table}", "Rows of the data: {table}")
def rows_of(numbers: Numbers, table: str) -> Number:
    return _rows(numbers.data.tables[table], table)


@number("{rows}-from-{source}", "Rows of the data: {rows} coded from {source}")
def rows_from(numbers: Numbers, rows: str, source: str) -> Number:
    """How many claims, reactions or events are taken from one source."""
    frame = numbers.data.tables[rows]
    return _rows(frame[frame.source_id == source], rows)


def _rows(frame: pd.DataFrame, table: str) -> Number:
    """So many rows, with their word: "one claim", "112 claims"."""
    # An observation is named by two columns, any other row by the first.
    ids = frame.series_id + "@" + frame.period if table == "observations" else frame.iloc[:, 0]
    word = table.removesuffix("s") if len(frame) == 1 else table
    found = declared.rows(ids, table)
    return replace(found, text=f"{found.text}{NO_BREAK}{word}")
