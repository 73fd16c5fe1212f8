"""Hold every cell against the schema in ``datapackage.json``, and say each fault in plain words."""

from collections import Counter
from collections.abc import Iterator

from clashbook.dataset.checks.cells import cells_by_themselves
from clashbook.dataset.checks.problem import Problem, nearest
from clashbook.dataset.checks.reading import Table


def against_schema(tables: dict[str, Table]) -> list[Problem]:
    """Return a Problem for each cell that its table's schema refuses.

    Of a cell's faults the first is said: that of the cell itself before that among others.
    References to a table or column that could not be read are not judged, nor is anything on a
    ragged line.
    """
    found: dict[tuple[str, int, str], Problem] = {}
    for name, table in tables.items():
        for problem in (*cells_by_themselves(table), *_among_others(table)):
            found.setdefault((name, problem.line, problem.column), problem)
    unknown = _unknown(tables, found)
    explained = _explained(found, unknown, tables)
    for (name, line, column), (there, value) in unknown.items():
        if (there, value) not in explained:
            problem = _unknown_row(tables[name], line, column, value, tables[there])
            found.setdefault((name, line, column), problem)
    return list(found.values())


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
