"""Read the tables of a data package as text, and say what is wrong with a file or its header.

The files are read here and once, so that every fault of every table has its line.
"""

import csv
import difflib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

PACKAGE = "datapackage.json"
# The tables that the analyses read; a package may have more.
TABLES = (
    "claims",
    "series",
    "observations",
    "reactions",
    "events",
    "episodes",
    "actors",
    "indicators",
    "stances",
    "places",
    "corrections",
    "sources",
)


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of the data and the way out of it.

    Parameters
    ----------
    file
        Name of the file, or of the parameter that is wrong.
    line
        Physical line in the file, the header being 1; 0 where the whole file is meant.
    column
        Name of the column, or "".
    value
        The value as it stands, or "".
    fault
        What is wrong with it.
    way_out
        What to write instead; it follows the word "write".
    """

    file: str
    line: int
    column: str
    value: str
    fault: str
    way_out: str

    def __str__(self) -> str:
        line = f" line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        value = f', "{shown(self.value)}"' if self.value else ""
        return f"{self.file}{line}{column}{value}: {self.fault}; write {self.way_out}"


def shown(value: str, width: int = 60) -> str:
    """Return `value` fit for one line of a message: escaped where invisible, and not too long."""
    short = value if len(value) <= width else value[: width - 1] + "…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in short
    )


def listed(words: list[str]) -> str:
    """Return `words` as a choice: "a, b or c"."""
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


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

    def frame(self) -> pd.DataFrame:
        """Return the cells with number columns as float64; NaN also where a cell is no number."""
        numbers = {
            field["name"]: pd.to_numeric(self.cells[field["name"]], errors="coerce").astype(float)
            for field in self.fields
            if field["type"] == "number"
        }
        return self.cells.assign(**numbers)


# What citations date an edition by.
_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def read(data_dir: Path) -> tuple[dict, dict[str, Table], list[Problem]]:
    """Read the package and its tables, without judging the cells.

    Parameters
    ----------
    data_dir
        Folder with ``datapackage.json`` and the tables it names.

    Returns
    -------
    The parsed package (empty if it cannot be read), the tables that can be read by name, and a
    Problem for each file or column that is missing, superfluous or not readable.
    """
    try:
        package = json.loads((data_dir / PACKAGE).read_text(encoding="utf-8"))
        resources = [(r["name"], r["path"], r["schema"]) for r in package["resources"]]
        _ = package["version"]
    except FileNotFoundError:
        return {}, {}, [Problem(PACKAGE, 0, "", "", "is missing", f"it in the folder {data_dir}")]
    except (ValueError, KeyError, TypeError):
        return {}, {}, [broken_package()]
    if not _CREATED.fullmatch(str(package.get("created", ""))):
        way_out = "the day of this version of the data as 2022-09-19T00:00:00Z"
        fault = "is not the time at which this version was made"
        return {}, {}, [Problem(PACKAGE, 0, "created", package.get("created", ""), fault, way_out)]
    undescribed = [name for name in TABLES if name not in {name for name, _, _ in resources}]
    problems = [
        Problem(PACKAGE, 0, "", name, "is not described", "it as a resource with its schema")
        for name in undescribed
    ]
    tables = {}
    for name, path, schema in resources:
        records, fault = _records(data_dir / path)
        if fault:
            problems.append(fault)
            continue
        table, faults = _table(path, schema, records)
        problems += faults
        if len(table.cells.columns):
            tables[name] = table
    return package, tables, problems


def broken_package() -> Problem:
    """Return the Problem of a ``datapackage.json`` that is no Data Package."""
    way_out = "it anew from its last good version; `frictionless validate` names the place"
    return Problem(PACKAGE, 0, "", "", "is not a valid Data Package", way_out)


def _records(path: Path) -> tuple[list[tuple[int, list[str]]], Problem | None]:
    """Return a file's records with the line each begins on, or why it cannot be read."""

    def refuse(fault: str, way_out: str, line: int = 0) -> tuple[list, Problem]:
        return [], Problem(path.name, line, "", "", fault, way_out)

    if not path.is_file():
        return refuse("is missing", "the file, with at least the header that the package describes")
    content = path.read_bytes()
    if content.startswith(b"\xef\xbb\xbf"):
        return refuse("begins with a byte-order mark", "the file as UTF-8 without one")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return refuse("is not UTF-8", "the file in the encoding UTF-8", line)
    if not text.strip():
        return refuse("is empty", "at least the header that the package describes")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records, begins = [], 1
    try:
        for record in reader:
            records.append((begins, record))
            begins = reader.line_num + 1
    except csv.Error:
        return refuse(
            "has a quotation mark that is not closed, or text after one that is",
            "a quotation mark inside a cell twice",
            begins,
        )
    return records, None


def _table(path: str, schema: dict, records: list) -> tuple[Table, list[Problem]]:
    """Return the cells of the columns that the schema knows, and what is wrong with the form."""
    header = records[0][1]
    wanted = [field["name"] for field in schema["fields"]]
    problems = list(_header(path, header, wanted))
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
    for place, column in enumerate(wanted, start=1):
        if column not in header:
            yield Problem(path, 1, column, "", "is missing", f"it as column {place} of the header")
    for column, times in Counter(header).items():
        if column not in wanted:
            near = difflib.get_close_matches(column, [w for w in wanted if w not in header], 1)
            yield Problem(
                path,
                1,
                column,
                "",
                "is no column of this table" if column else "a column has no name",
                near[0] if near else "the header without it",
            )
        elif times > 1:
            yield Problem(path, 1, column, "", "is there twice", "it once")
    shared = [column for column in header if column in wanted]
    if len(set(shared)) == len(shared) and shared != [w for w in wanted if w in header]:
        yield Problem(path, 1, "", "", "has its columns in another order", ", ".join(wanted))
