"""Read the tables of a data package as text, and say what is wrong with a file or its header.

The files are read here and once, so that every fault of every table has its line.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from clashbook.dataset.checks.package import read_package
from clashbook.dataset.checks.problem import DataError, Problem, nearest
from clashbook.dataset.checks.text import text_of

_HEADER = "at least the header that the package describes"
# The line that a record begins on, and its cells.
Line = tuple[int, list[str]]


@dataclass
class Table:
    """One table as it was read: text only, the index being the line in the file.

    Parameters
    ----------
    file
        Name of the file.
    schema
        The table's schema in the package.
    cells
        Every cell as text, in the columns that file and schema share.
    ragged
        Lines with too few or too many cells, on which nothing else is said.
    """

    file: str
    schema: dict
    cells: pd.DataFrame
    ragged: set[int]

    @property
    def fields(self) -> list[dict]:
        """The schema's fields that the file has, in the file's order."""
        known = {field["name"]: field for field in self.schema["fields"]}
        return [known[column] for column in self.cells.columns]

    @cached_property
    def sound(self) -> pd.DataFrame:
        """The cells but for those of ragged lines."""
        return self.cells[~self.cells.index.isin(self.ragged)]

    def frame(self) -> pd.DataFrame:
        """Return the cells with number columns as float64; NaN also where a cell is no number."""
        numbers = {
            field["name"]: pd.to_numeric(self.cells[field["name"]], errors="coerce").astype(float)
            for field in self.fields
            if field["type"] == "number"
        }
        return self.cells.assign(**numbers)


@dataclass
class Folder:
    """What a folder of data holds and what is wrong with it.

    Parameters
    ----------
    package
        The parsed ``datapackage.json``; empty if it cannot be read.
    tables
        Those that can be read, by name.
    problems
        What is wrong, by file and line; with any, the tables are not fit for use.
    texts
        What was read, file by file.
    warnings
        What may be wrong, one sentence each.
    """

    package: dict[str, Any]
    tables: dict[str, Table]
    problems: list[Problem]
    texts: list[str]
    warnings: tuple[str, ...] = ()

    @property
    def created(self) -> str:
        """The ISO date of this version of the data."""
        return self.package.get("created", "")[:10]

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Each table by name, indexed by line.

        Text as ``str``, "" for missing; numbers as float64; days as ISO strings.
        """
        return {name: table.frame() for name, table in self.tables.items()}


def read(data_dir: Path, checked: Path | None) -> Folder:
    """Read the package in the folder `data_dir` and its tables, without judging the cells.

    Raises
    ------
    DataError
        If the package cannot be read.
    """
    package, text = read_package(data_dir, checked)
    folder = Folder(package, {}, [], [text])
    for resource in package["resources"]:
        path = resource["path"]
        try:
            text = text_of(data_dir / path, f"the file, with {_HEADER}")
            records = _records(path, text)
        except DataError as error:
            folder.problems.extend(error.problems)
            continue
        folder.texts.append(text)
        table, problems = _table(path, resource["schema"], records)
        folder.problems.extend(problems)
        if len(table.cells.columns):
            folder.tables[resource["name"]] = table
    return folder


def _records(path: str, text: str) -> list[Line]:
    """Return a file's records with the line each begins on."""
    if not text.strip():
        raise DataError.of_file(path, "is empty", _HEADER)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records, begins = [], 1
    try:
        for record in reader:
            records.append((begins, record))
            begins = reader.line_num + 1
    except csv.Error:
        fault = "has an unclosed quotation mark, or text after a closing one"
        way_out = "a quotation mark inside a cell twice"
        raise DataError.of_file(path, fault, way_out, begins) from None
    return records


def _table(path: str, schema: dict, records: list[Line]) -> tuple[Table, list[Problem]]:
    """Return the cells of the columns that the schema knows, and what is wrong with the form."""
    (_, header), *lines = records
    wanted = [field["name"] for field in schema["fields"]]
    problems = [Problem(path, 1, *fault) for fault in _header(header, wanted)]
    if not set(header) & set(wanted):
        return Table(path, schema, pd.DataFrame(), set()), problems
    rows, ragged = {}, set()
    for line, record in lines:
        if not any(record):
            problems.append(Problem(path, line, "", "", "is a blank line", "nothing between rows"))
            continue
        if len(record) != len(header):
            fault = f"has {len(record)} cells where the header has {len(header)}"
            problems.append(Problem(path, line, "", "", fault, "one cell for each column"))
            ragged.add(line)
        rows[line] = dict(zip(header, record, strict=False))
    columns = [column for column in dict.fromkeys(header) if column in wanted]
    cells = pd.DataFrame.from_dict(rows, "index", "str", columns)
    return Table(path, schema, cells.fillna(""), ragged), problems


def _header(header: list[str], wanted: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is wrong with a header: column, value, fault and the way out."""
    known = [column for column in header if column in wanted]
    if len(header) == 1 < len(wanted) and re.split("[;\t]", header[0])[0] == wanted[0]:
        yield "", "", "is not separated by commas", "commas between the cells"
        return
    if not known:
        yield "", "", "has no column of this table", ", ".join(wanted)
        return
    for place, column in enumerate(wanted, start=1):
        if column not in header:
            yield column, "", "is missing", f"it as column {place} of the header"
    for column, times in Counter(header).items():
        if column not in wanted:
            near = nearest(column, [w for w in wanted if w not in header])
            fault = "is not a column of this table" if column else "a column has no name"
            yield column, "", fault, near or "the header without it"
        elif times > 1:
            yield column, "", "is there twice", "it once"
    if len({*known}) == len(known) and known != [w for w in wanted if w in header]:
        yield "", "", "has columns in the wrong order", ", ".join(wanted)
