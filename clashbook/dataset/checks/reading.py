"""Read the tables of a data package as text, and say what is wrong with a file or its header.

The files are read here and once, so that every fault of every table has its line.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from clashbook.dataset.checks.package import read_package
from clashbook.dataset.checks.problem import Problem, nearest
from clashbook.dataset.checks.seen import Seen
from clashbook.dataset.checks.text import text_of

# No cell is longer; the package sets narrower limits column by column.
LONGEST = 10_000
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

    def sound(self, column: str) -> Iterator[tuple[int, str]]:
        """Yield line and cell of a column, but for ragged lines."""
        cells = self.cells[column].to_numpy(dtype=object)
        for line, value in zip(self.cells.index, cells, strict=True):
            if line not in self.ragged:
                yield line, value

    def frame(self) -> pd.DataFrame:
        """Return the cells with number columns as float64; NaN also where a cell is no number."""
        numbers = {
            field["name"]: pd.to_numeric(self.cells[field["name"]], errors="coerce").astype(float)
            for field in self.fields
            if field["type"] == "number"
        }
        return self.cells.assign(**numbers)


class Files(NamedTuple):
    """What a folder of data holds, as text.

    Parameters
    ----------
    package
        The parsed ``datapackage.json``; empty if it cannot be read.
    tables
        Those that can be read, by name.
    problems
        One for each file or column that is missing, superfluous or not readable.
    texts
        What was read, file by file.
    """

    package: dict[str, Any]
    tables: dict[str, Table]
    problems: list[Problem]
    texts: list[str]


def read(data_dir: Path, seen: Seen) -> Files:
    """Read the package in the folder `data_dir` and its tables, without judging the cells."""
    package, problems, text = read_package(data_dir, seen)
    texts = [text]
    if not package:
        return Files({}, {}, problems, texts)
    tables = {}
    for resource in package["resources"]:
        text, fault = text_of(data_dir / resource["path"], f"the file, with {_HEADER}")
        texts.append(text)
        records, fault = ([], fault) if fault else _records(resource["path"], text)
        if fault:
            problems.append(fault)
            continue
        table, faults = _table(resource["path"], resource["schema"], records)
        problems += faults
        if len(table.cells.columns):
            tables[resource["name"]] = table
    return Files(package, tables, problems, texts)


def _records(path: str, text: str) -> tuple[list[Line], Problem | None]:
    """Return a file's records with the line each begins on, or why it cannot be read."""

    def refuse(fault: str, way_out: str, line: int = 0) -> tuple[list[Line], Problem]:
        return [], Problem(path, line, "", "", fault, way_out)

    if not text.strip():
        return refuse("is empty", _HEADER)
    if text.lower().startswith("sep="):
        return refuse("is a spreadsheet's note of the separator", "the header in this line", 1)
    if not text.partition("\n")[0].strip():
        return refuse("is a blank line", "the header in this line", 1)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records, begins = [], 1
    try:
        for record in reader:
            if max(map(len, record), default=0) > LONGEST:
                break
            records.append((begins, record))
            begins = reader.line_num + 1
        else:
            return records, None
    except csv.Error as error:
        if "field limit" not in str(error):
            return refuse(
                "has a quotation mark that is not closed, or text after one that is",
                "a quotation mark inside a cell twice",
                begins,
            )
    return refuse(f"has a cell of more than {LONGEST:,} characters", "a shorter cell", begins)


def _table(path: str, schema: dict, records: list[Line]) -> tuple[Table, list[Problem]]:
    """Return the cells of the columns that the schema knows, and what is wrong with the form."""
    header = records[0][1]
    wanted = [field["name"] for field in schema["fields"]]
    problems = list(_header(path, header, wanted))
    if not set(header) & set(wanted):
        return Table(path, schema, pd.DataFrame(), set()), problems
    rows, ragged = {}, set()
    for line, record in records[1:]:
        if not any(record):
            problems.append(Problem(path, line, "", "", "is a blank line", "nothing between rows"))
            continue
        if len(record) != len(header):
            fault = f"has {len(record)} cells where the header has {len(header)}"
            problems.append(Problem(path, line, "", "", fault, "one cell for each column"))
            ragged.add(line)
        rows[line] = [*record, *[""] * (len(header) - len(record))][: len(header)]
    # Of a column that is there twice the first is read; the second is a problem already.
    places = {column: header.index(column) for column in header if column in wanted}
    cells = pd.DataFrame(
        {column: [row[place] for row in rows.values()] for column, place in places.items()},
        index=list(rows),
        dtype="str",
    )
    return Table(path, schema, cells, ragged), problems


def _header(path: str, header: list[str], wanted: list[str]) -> Iterator[Problem]:
    if len(header) == 1 < len(wanted) and re.split("[;\t]", header[0])[0] == wanted[0]:
        yield Problem(path, 1, "", "", "is not separated by commas", "commas between the cells")
        return
    if not set(header) & set(wanted):
        yield Problem(path, 1, "", "", "has no column of this table", ", ".join(wanted))
        return
    for place, column in enumerate(wanted, start=1):
        if column not in header:
            yield Problem(path, 1, column, "", "is missing", f"it as column {place} of the header")
    for column, times in Counter(header).items():
        if column not in wanted:
            near = nearest(column, [w for w in wanted if w not in header])
            yield Problem(
                path,
                1,
                column,
                "",
                "is no column of this table" if column else "a column has no name",
                near or "the header without it",
            )
        elif times > 1:
            yield Problem(path, 1, column, "", "is there twice", "it once")
    shared = [column for column in header if column in wanted]
    if len(set(shared)) == len(shared) and shared != [w for w in wanted if w in header]:
        yield Problem(path, 1, "", "", "has its columns in another order", ", ".join(wanted))
