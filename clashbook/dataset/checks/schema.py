"""Hold every cell against the schema in ``datapackage.json``, and say each fault in plain words."""

from collections.abc import Collection, Iterator

from clashbook.dataset.checks.cells import cells_by_themselves
from clashbook.dataset.checks.problem import Problem, nearest
from clashbook.dataset.checks.reading import Table


def against_schema(tables: dict[str, Table]) -> list[Problem]:
    """Return a Problem for each cell that its table's schema refuses.

    Of a cell's faults the first is told: that of the cell itself before that among others.
    References to a column that could not be read, or in which an id is faulty, are not judged, nor
    is anything on a ragged line.
    """
    found: dict[tuple[str, int, str], Problem] = {}
    for table in tables.values():
        for problem in (*cells_by_themselves(table), *_among_others(table)):
            found.setdefault(problem.cell, problem)
    faulty = {(file, column) for file, _, column in found}
    for problem in _unknown(tables, faulty):
        found.setdefault(problem.cell, problem)
    return list(found.values())


def _among_others(table: Table) -> Iterator[Problem]:
    """Yield the keys and the values of a unique column that stand in an earlier line too."""
    key = table.schema.get("primaryKey", [])
    unique = [[f["name"]] for f in table.fields if f.get("constraints", {}).get("unique")]
    for columns in filter(None, [key, *unique]):
        if not set(columns) <= set(table.cells.columns):
            continue
        # An empty key is a required cell that is missing, and said so.
        cells = table.sound.loc[(table.sound[columns] != "").any(axis=1), columns]
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


def _unknown(tables: dict[str, Table], faulty: Collection[tuple[str, str]]) -> Iterator[Problem]:
    """Yield the cells that name no row of a table whose ids are sound."""
    for name, table in tables.items():
        for key in table.schema.get("foreignKeys", []):
            column, there = key["fields"][0], tables.get(key["reference"]["resource"] or name)
            named = key["reference"]["fields"][0]
            if column not in table.cells or not there or named not in there.cells:
                continue
            if (there.file, named) in faulty:
                continue
            known = {"", *there.cells[named]}
            for line, value in table.sound[column].items():
                if value not in known:
                    near = nearest(value, there.cells[named])
                    way_out = f"{near}, or a row for it there" if near else "a row for it there"
                    fault = f"is not in {there.file}"
                    yield Problem(table.file, line, column, value, fault, way_out)
