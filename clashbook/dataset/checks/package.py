"""Read ``datapackage.json`` and say what is wrong with it, before a table is read by it."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from clashbook.dataset.checks import seen
from clashbook.dataset.checks.problem import DataError, Problem, listed
from clashbook.dataset.checks.text import text_of
from clashbook.language import is_day

PACKAGE = "datapackage.json"
# What it must be, each part with what is said where it is not.
_SCHEMA = Path(__file__).with_name("package.schema.json")
_STRUCTURE = ("schema", "constraints")
# The tables that the analyses read, with the columns that each has in every version of the data
# and what these hold: string, number, date, the ids of the rows of another table, or one of the
# words that the counting knows. A package may have more of both.
COLUMNS: dict[str, dict[str, str | list[str]]] = json.loads(
    Path(__file__).with_name("needs.json").read_text(encoding="utf-8")
)
_TYPES = ("string", "number", "date")


def read_package(data_dir: Path, checked: Path | None) -> tuple[dict[str, Any], str]:
    """Return the package in the folder `data_dir`, and its text; one that is known is sound.

    Raises
    ------
    DataError
        If it cannot be read, or tables not by it.
    """
    text = text_of(data_dir / PACKAGE, f"it in the folder {data_dir}")
    if seen.warnings(checked, [text]) is not None:
        return json.loads(text), text
    package = _parsed(text)
    if problems := _faults(package, text):
        raise DataError(problems)
    return package, text


def _parsed(text: str) -> Any:
    """Return what the text of the package holds."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        fault, line = f"cannot be read as JSON ({error})", getattr(error, "lineno", 0)
        raise DataError.of_file(PACKAGE, fault, "it as JSON", line) from None


def _once(pairs: list[tuple[str, Any]]) -> dict:
    twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
    if twice:
        raise ValueError(f'the key "{twice[0][:60]}" appears twice in one object')
    return dict(pairs)


def _faults(package: Any, text: str) -> list[Problem]:
    # Each fault is sought only where what it stands in is sound.
    for part in (_of_the_form, _of_versions, _of_names, _of_what_is_read, _of_columns, _of_keys):
        if problems := list(part(package)):
            return problems
    if note := _against_the_standard(text):
        fault = f"is not a valid Data Package ({note})"
        return [_wrong("", "", fault, "it as the standard says")]
    return []


@cache
def _against_the_standard(text: str) -> str:
    """Return what is wrong with the package by the standard itself, or ""."""
    # frictionless takes a second to import: only who checks pays for it.
    from frictionless import Package

    report = Package.validate_descriptor(json.loads(text))
    return "" if report.valid else str(report.errors[0].note)[:200]


def _wrong(place: str, value: Any, fault: str, way_out: str) -> Problem:
    shown = "" if isinstance(value, dict | list) else value
    text = shown if isinstance(shown, str) else json.dumps(shown)
    return Problem(PACKAGE, 0, place, text, fault, way_out)


def _of_the_form(package: Any) -> list[Problem]:
    """What the schema of packages refuses, one at each place."""
    import jsonschema

    formats = jsonschema.FormatChecker(())
    formats.checks("day")(is_day)
    formats.checks("moment")(lambda value: is_day(str(value)[:10]))
    formats.checks("expression", (re.error, RecursionError, OverflowError))(_is_expression)
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=formats)
    found: dict[str, Problem] = {}
    for error in validator.iter_errors(package):
        path, refused = list(error.absolute_path), error.schema
        parts = {_place(package, path): (error.instance, refused)}
        if error.validator == "required":
            missing = [key for key in refused["required"] if key not in error.instance]
            parts = {_place(package, [*path, k]): ("", refused["properties"][k]) for k in missing}
        for place, (value, part) in parts.items():
            found.setdefault(place, _wrong(place, value, part["fault"], part["write"]))
    return list(found.values())


def _is_expression(value: object) -> bool:
    return not isinstance(value, str) or bool(re.compile(value))


def _place(package: Any, path: Sequence[str | int]) -> str:
    """Return a place in the package in words: ``claims.note.pattern``, ``resources, number 1``."""
    words: list[str] = []
    nameless = path[-1:] == ["name"]
    for left, step in enumerate(path[:-1] if nameless else path, start=1 - len(path)):
        if isinstance(step, str):
            words.append(step)
            package = package.get(step)
            continue
        package = package[step]
        name = package.get("name") if isinstance(package, dict) else None
        known = isinstance(name, str) and not (nameless and left == -1)
        words[-1] = str(name) if known else f"{words[-1]}, number {step + 1}"
    return ".".join(word for word in words if word not in _STRUCTURE or word == words[-1])


def _fields(package: dict) -> dict[str, dict[str, dict]]:
    """The fields of every column by table that the package describes."""
    return {
        resource["name"]: {field["name"]: field for field in resource["schema"]["fields"]}
        for resource in package["resources"]
    }


def _of_versions(package: dict) -> Iterator[Problem]:
    """The version has its day: it is the last of those that are listed, in data that list any."""
    version, day = package["version"], package["created"][:10]
    versions = package.get("versions", [{"version": version, "created": day}])
    *_, (last, its_day) = ((one["version"], one["created"]) for one in versions)
    if last != version:
        entry = json.dumps({"version": version, "created": "YYYY-MM-DD"})
        way_out = (
            f"{entry} at the end of versions, with the day of this version, and that in created"
        )
        yield _wrong("version", version, "is not the last of versions, so it has no day", way_out)
    elif its_day != day:
        fault = f"is not the day that versions gives {version}"
        yield _wrong("created", day, fault, f"{its_day}T00:00:00Z, or {day} in versions")


def _of_names(package: dict) -> Iterator[Problem]:
    """Each table and column is described once, and a table's file bears its name."""
    described: set[str] = set()
    for resource in package["resources"]:
        table, file = resource["name"], f"{resource['name']}.csv"
        if resource["path"] != file:
            yield _wrong(f"{table}.path", resource["path"], "is not the file of this table", file)
        columns = [f"{table}.{field['name']}" for field in resource["schema"]["fields"]]
        for place in (table, *columns):
            if place in described:
                yield _wrong(place, "", "is described twice", "it once")
            described.add(place)


def _of_what_is_read(package: dict) -> Iterator[Problem]:
    """Data of an earlier version may lack what the analyses read: all that is to be added."""
    described = _fields(package)
    tables = [f"{name}.csv" for name in COLUMNS if name not in described]
    columns = [
        f"{name}.{column}"
        for name, fields in described.items()
        for column in COLUMNS.get(name, ())
        if column not in fields
    ]
    if lacking := ", ".join([*tables, *columns]):
        fault = "is needed by the analyses and not described"
        way_out = "a table as a resource with its schema, a column as a field and in its file"
        yield _wrong(lacking, "", fault, way_out)


def _of_columns(package: dict) -> Iterator[Problem]:
    """The columns that the analyses read have their types, and the words that they know."""
    described = _fields(package)
    for table, columns in COLUMNS.items():
        for column, holds in columns.items():
            field = described[table][column]
            wanted = holds if isinstance(holds, str) and holds in _TYPES else "string"
            if field["type"] != wanted:
                fault = "is not the type of this column"
                yield _wrong(f"{table}.{column}.type", field["type"], fault, wanted)
            enum = field.get("constraints", {}).get("enum", [])
            if isinstance(holds, list) and not 0 < len({*enum}) == len({*enum} & {*holds}):
                fault = "lists no value, or one that the counting rules do not know"
                yield _wrong(f"{table}.{column}.enum", "", fault, listed(holds))


def _of_keys(package: dict) -> Iterator[Problem]:
    """Keys are of columns that there are, and what names a row elsewhere says so."""
    columns = _fields(package)
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        key, named = schema.get("primaryKey", []), set()
        if not {*key} <= {*columns[name]} or (name in COLUMNS and not key):
            fault = "is not a list of columns of this table"
            yield _wrong(f"{name}.primaryKey", "", fault, f'["{next(iter(columns[name]))}"]')
        for number, foreign in enumerate(schema.get("foreignKeys", []), start=1):
            (column,), there = foreign["fields"], foreign["reference"]
            named.add(column)
            known = columns.get(there["resource"] or name, {})
            if column not in columns[name] or there["fields"][0] not in known:
                place = f"{name}.foreignKeys, number {number}"
                fault = "does not link a column to a column of a table here"
                yield _wrong(place, "", fault, "fields and reference as the other keys have them")
        for column, there in COLUMNS.get(name, {}).items():
            if isinstance(there, str) and there in COLUMNS and column not in named:
                fault = f"names a row of {there}.csv, without a foreign key"
                yield _wrong(f"{name}.{column}", "", fault, "the foreign key")
                break
