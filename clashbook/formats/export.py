"""A table as a file of another format: all its rows, or those that a condition chooses."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from clashbook.files import RefusedError
from clashbook.formats import downloads

ENDINGS = (".csv", ".parquet", ".xlsx")
# The kinds of a data package's columns in SQL; all others are text.
_TYPES = {"number": "DOUBLE", "integer": "BIGINT", "date": "DATE", "boolean": "BOOLEAN"}
_PLACE = "row of the file"


class ExportError(RefusedError):
    """A condition that cannot be asked of a table; the message names its columns."""


def exported(table: Path, kinds: Mapping[str, str], where: str, ending: str, day: str) -> bytes:
    """The rows of a table that a condition chooses, as a file.

    Parameters
    ----------
    table : Path
        A CSV file with a head.
    kinds : mapping of str to str
        The kind of each column, in their order, as a data package names it.
    where : str
        A condition in SQL, such as ``party = 'both' AND low > 100``; empty for all rows.
    ending : str
        Of `ENDINGS`. CSV has every cell as it is; Parquet and a workbook have numbers and days.
    day : str
        ISO date that a workbook carries.

    Raises
    ------
    ExportError
        If the condition is none, or names what the table has not.
    """
    types = {name: _TYPES.get(kind, "VARCHAR") for name, kind in kinds.items()}
    with duckdb.connect() as connection:
        read = connection.read_csv(str(table), header=True, dtype=types, na_values="")
        numbered = read.select(f'*, row_number() OVER () AS "{_PLACE}"')
        try:
            found = numbered.filter(where) if where else numbered
            chosen = [place for (place,) in found.select(f'"{_PLACE}"').fetchall()]
        except duckdb.Error as error:
            fault = str(error).splitlines()[0]
            columns = ", ".join(kinds)
            raise ExportError(
                f'--where "{where}": {fault}; write a condition in SQL on these columns: {columns}'
            ) from error
        if ending == ".parquet":
            return _parquet(found.select(f'* EXCLUDE "{_PLACE}"'))
    with table.open(encoding="utf-8", newline="") as file:
        head, *body = csv.reader(file)
    rows = [head, *(body[place - 1] for place in chosen)]
    if ending == ".xlsx":
        return downloads.sheets_of({table.stem[:31]: (rows, kinds)}, table.stem, day)
    return downloads.csv_of(rows)


def _parquet(found: duckdb.DuckDBPyRelation) -> bytes:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "rows.parquet"
        found.to_parquet(str(target))
        return target.read_bytes()
