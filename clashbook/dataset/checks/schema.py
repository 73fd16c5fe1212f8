"""Hold every cell against the schema in ``datapackage.json``, and say each fault in plain words."""

import re
from collections import Counter
from collections.abc import Iterator

from clashbook.dataset.checks.problem import Problem, listed, nearest
from clashbook.dataset.checks.reading import Table
from clashbook.language import is_day

NUMBER = re.compile(r"(?!-0(\.0*)?$)-?(0|[1-9][0-9]*)(\.[0-9]+)?")
# A float holds so many digits whatever they are.
DIGITS = 15


def against_schema(tables: dict[str, Table]) -> list[Problem]:
    """Return a Problem for each cell that its table's schema refuses.

    Of a cell's faults the first is said: that of the cell itself before that among others.
    References to a table or column that could not be read are not judged, nor is anything on a
    ragged line.
    """
    found: dict[tuple[str, int, str], Problem] = {}
    for name, table in tables.items():
        for problem in (*_by_themselves(table), *_among_others(table)):
            found.setdefault((name, problem.line, problem.column), problem)
    unknown = _unknown(tables, found)
    explained = _explained(found, unknown, tables)
    for (name, line, column), (there, value) in unknown.items():
        if (there, value) not in explained:
            problem = _unknown_row(tables[name], line, column, value, tables[there])
            found.setdefault((name, line, column), problem)
    return list(found.values())


def _by_themselves(table: Table) -> Iterator[Problem]:
    for field in table.fields:
        judged: dict[str, tuple[str, str]] = {}
        for line, value in table.sound(field["name"]):
            if value not in judged:
                judged[value] = _fault(field, value)
            fault, way_out = judged[value]
            if fault:
                yield Problem(table.file, line, field["name"], value, fault, way_out)


def _fault(field: dict, value: str) -> tuple[str, str]:
    """Return what is wrong with one cell by itself, and the way out; "" twice if nothing is."""
    constraints, kind = field.get("constraints", {}), field["type"]
    if not value:
        return ("is empty", _form(field)) if constraints.get("required") else ("", "")
    if kind == "number":
        if not NUMBER.fullmatch(value):
            return "is not a number", _form(field)
        if sum(map(str.isdigit, value)) > DIGITS:
            return f"has more than {DIGITS} digits", f"at most {DIGITS} digits"
        number: float | str = float(value)
    else:
        number = value
        if kind == "date" and not is_day(value):
            return "is not a day", _form(field)
    longest = constraints.get("maxLength", len(value))
    fault = ""
    if "minimum" in constraints and number < constraints["minimum"]:
        fault = f"is below {constraints['minimum']}"
    elif "maximum" in constraints and number > constraints["maximum"]:
        fault = f"is above {constraints['maximum']}"
    elif "enum" in constraints and value not in constraints["enum"]:
        fault = "is none of the words of this column"
    elif len(value) > longest:
        return f"has more than {longest:,} characters", "it shorter"
    elif len(value) < constraints.get("minLength", 0):
        return f"has fewer than {constraints['minLength']} characters", "it longer"
    elif "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
        fault = "does not have the form of this column"
    return (fault, _form(field)) if fault else ("", "")


def _among_others(table: Table) -> Iterator[Problem]:
    """Yield the keys and the values of a unique column that stand in an earlier line too."""
    key = table.schema.get("primaryKey", [])
    unique = [[f["name"]] for f in table.fields if f.get("constraints", {}).get("unique")]
    for columns in filter(None, [key, *unique]):
        if not set(columns) <= set(table.cells.columns):
            continue
        cells = table.cells.loc[~table.cells.index.isin(table.ragged), columns]
        # An empty key is a required cell that is missing, and said so.
        cells = cells[(cells != "").any(axis=1)]
        first: dict[tuple, int] = {}
        for line, *values in cells.itertuples():
            earlier = first.setdefault(tuple(values), line)
            if earlier != line:
                column = columns[-1]
                way_out = f"another {column}, or one of the two rows only"
                if column == "period":
                    way_out = f"another {column}, one of the two rows only, or their sum"
                fault = f"is already in line {earlier}"
                yield Problem(table.file, line, column, values[-1], fault, way_out)


def _unknown(tables: dict[str, Table], found: dict) -> dict[tuple, tuple[str, str]]:
    """Return the cells that name no row, each with the table and the id it names."""
    unknown = {}
    for name, table in tables.items():
        for key in table.schema.get("foreignKeys", []):
            column, there = key["fields"][0], key["reference"]["resource"] or name
            named = key["reference"]["fields"][0]
            if column not in table.cells or there not in tables or named not in tables[there].cells:
                continue
            known = {"", *tables[there].cells[named]}
            for line, value in table.sound(column):
                if value not in known and (name, line, column) not in found:
                    unknown[name, line, column] = (there, value)
    return unknown


def _explained(found: dict, unknown: dict, tables: dict[str, Table]) -> set[tuple[str, str]]:
    """Return the unknown ids, each with its table, that a damaged id of that table explains.

    An id that is damaged in its own table is unknown wherever it is used. Each explains one
    unknown id, those first that are used most; one that is used once is said all the same.
    """
    damaged = Counter(
        name
        for (name, _, column), problem in found.items()
        if column in tables[name].schema.get("primaryKey", [])
        and not problem.fault.startswith("is already")
    )
    uses = Counter(unknown.values())
    explained = set()
    for table, times in damaged.items():
        used = [key for key, many in uses.most_common() if key[0] == table and many > 1]
        explained.update(used[:times])
    return explained


def _unknown_row(table: Table, line: int, column: str, value: str, known: Table) -> Problem:
    ids = known.schema.get("primaryKey") or list(known.cells.columns)
    near = nearest(value, known.cells[ids[0]])
    way_out = f"{near}, or a row for it there" if near else "a row for it there"
    return Problem(table.file, line, column, value, f"is not in {known.file}", way_out)


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
