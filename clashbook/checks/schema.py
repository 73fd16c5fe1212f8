"""Hold every cell against the schema in ``datapackage.json``, and say each fault in plain words.

frictionless decides what is wrong; what it says about it is not for readers, so the words are ours.
"""

import difflib
import re
from collections import Counter

from clashbook.checks.reading import Problem, Table, broken_package, listed

# Of a cell's faults only the first is said: that of the cell itself before that among others.
_RANK = {
    "type-error": 0,
    "constraint-error": 1,
    "unique-error": 2,
    "primary-key": 2,
    "foreign-key": 3,
}


def against_schema(package: dict, tables: dict[str, Table]) -> list[Problem]:
    """Return a Problem for each cell that the package's schema refuses.

    References to a table or column that could not be read are not judged, nor is anything on a
    ragged line.

    Parameters
    ----------
    package
        The parsed ``datapackage.json``.
    tables
        The tables that could be read, by name.
    """
    # frictionless takes a second to import: only who checks pays for it.
    from frictionless import FrictionlessException, Package

    try:
        if not Package.validate_descriptor(package).valid:
            return [broken_package()]
        readable = Package.from_descriptor(_readable(package, tables))
        report = readable.validate(limit_errors=10**6)
    except FrictionlessException:
        return [broken_package()]
    faults = {}
    for task in report.tasks:
        table = tables[task.name]
        for error in sorted(task.errors, key=lambda error: _RANK[error.type]):
            line = table.cells.index[error.row_number - 2]
            column = _column(error, table)
            if line not in table.ragged and column:
                faults.setdefault((task.name, line, column), error)
    explained = _explained(faults, tables)
    return [
        _said(error, line, column, tables[name], tables)
        for (name, line, column), error in faults.items()
        if _unknown(error, line, column, tables[name]) not in explained
    ]


def _readable(package: dict, tables: dict[str, Table]) -> dict:
    """Return the package with the tables' cells in it, and only what they allow to be judged."""

    def there(name: str, columns: list[str]) -> bool:
        return name in tables and set(columns) <= set(tables[name].cells.columns)

    resources = []
    for name, table in tables.items():
        key = table.schema.get("primaryKey", [])
        schema = {
            "fields": [
                {
                    part: field[part]
                    for part in ("name", "type", "format", "constraints")
                    if part in field
                }
                for field in table.fields
            ],
            "primaryKey": key if there(name, key) else [],
            "foreignKeys": [
                key
                for key in table.schema.get("foreignKeys", [])
                if there(name, key["fields"])
                and there(key["reference"]["resource"], key["reference"]["fields"])
            ],
        }
        data = [list(table.cells.columns), *table.cells.to_numpy().tolist()]
        resources.append({"name": name, "data": data, "schema": schema})
    return {"$schema": package.get("$schema"), "name": "readable", "resources": resources}


def _column(error, table: Table) -> str:
    """Return the column that an error of frictionless is about; "" if another error says it."""
    if error.type == "foreign-key":
        return error.field_names[0]
    if error.type == "primary-key":
        row = table.cells.iloc[error.row_number - 2]
        # An empty key is a required cell that is missing, and said so.
        return table.schema["primaryKey"][-1] if any(row[table.schema["primaryKey"]]) else ""
    return error.field_name


def _explained(faults: dict, tables: dict[str, Table]) -> set[tuple[str, str]]:
    """Return the unknown ids, each with its table, that a damaged id of that table explains.

    An id that is damaged in its own table is unknown wherever it is used. Each explains one
    unknown id, those first that are used most; one that is used once is said all the same.
    """
    damaged = Counter(
        name
        for (name, _, column), error in faults.items()
        if column in tables[name].schema.get("primaryKey", []) and _RANK[error.type] < 2
    )
    unknown = Counter(_unknown(error, *cell[1:], tables[cell[0]]) for cell, error in faults.items())
    explained = set()
    for table, times in damaged.items():
        used = [key for key, uses in unknown.most_common() if key and key[0] == table and uses > 1]
        explained.update(used[:times])
    return explained


def _unknown(error, line: int, column: str, table: Table) -> tuple[str, str] | None:
    if error.type != "foreign-key":
        return None
    return error.reference_name, table.cells.at[line, column]


def _said(error, line: int, column: str, table: Table, tables: dict[str, Table]) -> Problem:
    """Return frictionless's `error` in our own words."""
    value = table.cells.at[line, column]
    if error.type in ("type-error", "constraint-error"):
        field = next(field for field in table.fields if field["name"] == column)
        fault, way_out = _fault(field, value, error.note), _form(field)
    elif error.type == "foreign-key":
        known = tables[error.reference_name]
        ids = known.cells[error.reference_field_names[0]].tolist()
        near = difflib.get_close_matches(value, ids, 1, 0)
        fault = f"is not in {known.file}"
        way_out = f"{near[0]}, or a row for it there" if near else "a row for it there"
    else:
        key = table.schema["primaryKey"] if error.type == "primary-key" else [column]
        same = (table.cells[key] == table.cells.loc[line, key]).all(axis=1)
        fault = f"is already in line {table.cells.index[same][0]}"
        way_out = f"another {column}, or one of the two rows only"
    return Problem(table.file, line, column, value, fault, way_out)


def _fault(field: dict, value: str, note: str) -> str:
    constraints = field.get("constraints", {})
    broken = re.search(r'constraint "(\w+)"', note)
    if not value:
        return "is empty"
    if broken and broken[1] == "minimum":
        return f"is below {constraints['minimum']}"
    if broken and broken[1] == "maximum":
        return f"is above {constraints['maximum']}"
    if "enum" in constraints:
        return "is none of the words of this column"
    words = {"number": "is not a number", "date": "is not a day"}
    return words.get(field["type"], "does not have the form of this column")


def _form(field: dict) -> str:
    """Return what the cells of `field` look like, for a way out."""
    constraints = field.get("constraints", {})
    if "enum" in constraints:
        return listed(constraints["enum"])
    if field["type"] == "date":
        return "a day as YYYY-MM-DD, such as 2022-09-13"
    if field["type"] == "number":
        ends = [f"{w} {constraints[k]}" for k, w in _ENDS.items() if k in constraints]
        return " ".join(["a number in digits such as 49 or 6.5", *ends])
    return f'it like "{field["example"]}"' if "example" in field else "what the package describes"


_ENDS = {"minimum": "from", "maximum": "to"}
