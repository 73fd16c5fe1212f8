"""Hold every cell against the schema in ``datapackage.json``, and say each fault in plain words."""

import re
from collections.abc import Collection, Iterator

from clashbook.dataset.checks.letters import Fault, disguised, hidden, named
from clashbook.dataset.checks.problem import Problem, listed, nearest
from clashbook.dataset.checks.reading import Table
from clashbook.faces import undrawn
from clashbook.language import is_day

_NUMBER = re.compile(r"(?!-0(\.0*)?$)-?(0|[1-9][0-9]*)(\.[0-9]+)?")
# A float holds so many digits whatever they are.
_DIGITS = 15
_LABEL = r"(?!-)[^\W_]([\w-]{0,61}[^\W_])?"
# A page that readers can be sent to: no user, a host with a dot, a port below those that come and
# go, and after it only what an address can have as it is.
_PAGE = re.compile(
    rf"https?://({_LABEL}\.)+{_LABEL}(:([1-9][0-9]{{0,3}}|[1-4][0-9]{{4}}))?"
    r"([/?#]([^\s<>\"\\^`{|}%]|%[0-9A-Fa-f]{2})*)?"
)
# Columns of sentences. All others hold names and words, which are compared letter by letter.
_SENTENCES = {"note", "what", "definition", "what_changed", "why", "title"}
_ENDS = {"minimum": "from", "maximum": "to"}


def against_schema(tables: dict[str, Table]) -> list[Problem]:
    """Return a Problem for each cell that its table's schema refuses.

    Of a cell's faults the first is told: that of the cell itself before that among others.
    References to a column that could not be read, or in which an id is faulty, are not judged, nor
    is anything on a ragged line.
    """
    found: dict[tuple[str, int, str], Problem] = {}
    for table in tables.values():
        for problem in (*_by_themselves(table), *_among_others(table)):
            found.setdefault(problem.cell, problem)
    faulty = {(file, column) for file, _, column in found}
    for problem in _unknown(tables, faulty):
        found.setdefault(problem.cell, problem)
    return list(found.values())


def _by_themselves(table: Table) -> Iterator[Problem]:
    """Yield the first Problem of each cell of `table`."""
    for field in table.fields:
        judged: dict[str, Fault | None] = {}
        for line, value in table.sound[field["name"]].items():
            if value not in judged:
                judged[value] = next(_faults(value, field), None)
            if fault := judged[value]:
                yield Problem(table.file, line, field["name"], value, *fault)


def _faults(value: str, field: dict) -> Iterator[Fault]:
    """Yield what is wrong with a cell, the gravest first, each with the way out."""
    if value and field["type"] == "string":
        yield from _of_text(value, field)
    if value:
        yield from _of_form(value, field)
    elif field.get("constraints", {}).get("required"):
        yield "is empty", _form(field)


def _of_text(value: str, field: dict) -> Iterator[Fault]:
    yield from hidden(value)
    if char := undrawn(value):
        yield f"holds {named(char)}, which the typeface lacks", "it in Latin letters"
    # Spreadsheets run a cell that begins like a formula.
    if value[0] in "=+-@":
        yield "begins like a spreadsheet formula", f"it without the {value[0]} in front"
    if value != value.strip():
        yield "begins or ends with a space", "it without"
    if field["name"] not in _SENTENCES:
        yield from disguised(value)
    if field.get("format") == "uri" and not _PAGE.fullmatch(value):
        way_out = "the address of the page, such as https://example.org/"
        yield "is not a web address", way_out


def _of_form(value: str, field: dict) -> Iterator[Fault]:
    constraints, kind = field.get("constraints", {}), field["type"]
    if kind == "number" and not _NUMBER.fullmatch(value):
        yield "is not a number", _form(field)
        return
    if kind == "number" and sum(map(str.isdigit, value)) > _DIGITS:
        yield f"has more than {_DIGITS} digits", f"at most {_DIGITS} digits"
    if kind == "date" and not is_day(value):
        yield "is not a date", _form(field)
    size = float(value) if kind == "number" else value
    if "minimum" in constraints and size < constraints["minimum"]:
        yield f"is below {constraints['minimum']}", _form(field)
    if "maximum" in constraints and size > constraints["maximum"]:
        yield f"is above {constraints['maximum']}", _form(field)
    if value not in constraints.get("enum", [value]):
        yield "is not an allowed value", _form(field)
    if len(value) > (longest := constraints.get("maxLength", len(value))):
        yield f"has more than {longest:,} characters", "it shorter"
    if len(value) < (shortest := constraints.get("minLength", 0)):
        yield f"has fewer than {shortest} characters", "it longer"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
        yield "has the wrong form", _form(field)


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
            # That a table has lost its rows is one cause, and one line.
            if (there.file, named) in faulty or there.cells.empty:
                continue
            known = {"", *there.cells[named]}
            for line, value in table.sound[column].items():
                if value not in known:
                    near = nearest(value, there.cells[named])
                    way_out = f"{near}, or a row for it there" if near else "a row for it there"
                    fault = f"is not in {there.file}"
                    yield Problem(table.file, line, column, value, fault, way_out)
