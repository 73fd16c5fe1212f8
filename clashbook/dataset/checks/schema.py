"""Hold every cell against the schema in ``datapackage.json``, and say each fault in plain words."""

from collections import Counter
from collections.abc import Iterator

from clashbook.dataset.checks.cells import cells_by_themselves
from clashbook.dataset.checks.problem import Problem, nearest
from clashbook.dataset.checks.reading import Table

# A cell by table, line and column, and the row that it names by table and id.
Cell = tuple[str, int, str]
Named = tuple[str, str]


def against_schema(tables: dict[str, Table]) -> list[Problem]:
    """Return a Problem for each cell that its table's schema refuses.

    Of a cell's faults the first is told: that of the cell itself before that among others.
    References to a table or column that could not be read are not judged, nor is anything on a
    ragged line.
    """
    found: dict[Cell, Problem] = {}
    for name, table in tables.items():
        for problem in (*cells_by_themselves(table), *_among_others(table)):
            found.setdefault((name, problem.line, problem.column), problem)
    unknown = {cell: named for cell, named in _unknown(tables) if cell not in found}
    explained = _explained(found, unknown, tables)
    for (name, line, column), (there, value) in unknown.items():
        if (there, value) not in explained:
            near = nearest(value, tables[there].cells.iloc[:, 0])
            way_out = f"{near}, or a row for it there" if near else "a row for it there"
            fault = f"is not in {tables[there].file}"
            found[name, line, column] = Problem(
                tables[name].file, line, column, value, fault, way_out
            )
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


def _unknown(tables: dict[str, Table]) -> Iterator[tuple[Cell, Named]]:
    """Yield the cells that name no row."""
    for name, table in tables.items():
        for key in table.schema.get("foreignKeys", []):
            column, there = key["fields"][0], key["reference"]["resource"] or name
            named = key["reference"]["fields"][0]
            if column in table.cells and there in tables and named in tables[there].cells:
                known = {"", *tables[there].cells[named]}
                for line, value in table.sound[column].items():
                    if value not in known:
                        yield (name, line, column), (there, value)


def _explained(
    found: dict[Cell, Problem], unknown: dict[Cell, Named], tables: dict[str, Table]
) -> set[Named]:
    """Return the unknown ids that a damaged id of their table explains.

    An id that is damaged in its own table is unknown wherever it is used. Each explains one
    unknown id, those first that are used most; one that is used once is told all the same.
    """
    damaged = Counter(
        name
        for (name, _, column), problem in found.items()
        if column in tables[name].schema.get("primaryKey", [])
        and not problem.fault.startswith("is already")
    )
    explained: set[Named] = set()
    for (table, value), times in Counter(unknown.values()).most_common():
        if times > 1 and damaged[table] > 0:
            explained.add((table, value))
            damaged[table] -= 1
    return explained
