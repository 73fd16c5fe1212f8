"""Read ``datapackage.json`` and say what is wrong with it, before a table is read by it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from clashbook.dataset.checks.needs import COLUMNS, DAYS, NAMES, NUMBERS, TABLES, WORDS
from clashbook.dataset.checks.patterns import pattern_fault
from clashbook.dataset.checks.problem import Problem, listed, nearest
from clashbook.dataset.checks.seen import Seen
from clashbook.dataset.checks.text import text_of
from clashbook.language import is_day

PACKAGE = "datapackage.json"
_DIALECT = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
    "lineTerminator": "\n",
}
_FIXED = {"format": "csv", "encoding": "utf-8", "type": "table", "mediatype": "text/csv"}
_FLAGS, _LENGTHS, _ENDS = {"required", "unique"}, {"minLength", "maxLength"}, {"minimum", "maximum"}
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}")
# What citations date an edition by.
_CREATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_NAME, _PATH = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}"), re.compile(r"[A-Za-z0-9][\w.-]{0,99}\.csv")
_COLUMN = re.compile(r"[a-z][a-z0-9_]{0,59}")


def read_package(data_dir: Path, seen: Seen) -> tuple[dict[str, Any], list[Problem], str]:
    """Return the package in the folder `data_dir`, or {} and what is wrong with it; and its text.

    One that `seen` knows is sound.
    """
    text, missing = text_of(data_dir / PACKAGE, f"it in the folder {data_dir}")
    if missing:
        return {}, [missing], text
    if seen.warnings([text]) is not None:
        return json.loads(text), [], text
    package, problems = _parsed(text)
    problems = problems or list(_faults(package, text))
    if problems:
        return {}, problems, text
    return package, [], text


def _parsed(text: str) -> tuple[Any, list[Problem]]:
    """Return what the text of the package holds, or why it cannot be read."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant), []
    except json.JSONDecodeError as error:
        fault = f"is not JSON at character {error.colno} ({error.msg})"
        return {}, [Problem(PACKAGE, error.lineno, "", "", fault, "it as JSON")]
    except RecursionError:
        return {}, [_wrong("", "", "is nested too deep", "it anew from its last good version")]
    except ValueError as error:
        return {}, [_wrong("", "", str(error), "each key once and numbers as they are")]


def _faults(package: Any, text: str) -> Iterator[Problem]:
    # Each fault is sought only where what it stands in is sound.
    for part in (_of_the_whole, _of_resources, _of_schemas, _of_what_is_read, _of_keys):
        problems = list(part(package))
        if problems:
            yield from problems
            return
    if note := _against_the_standard(text):
        yield _wrong("", "", f"is not a valid Data Package ({note})", "it as the standard has it")


def _once(pairs: list[tuple[str, Any]]) -> dict:
    twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
    if twice:
        raise ValueError(f'has the key "{twice[0][:60]}" twice in one object')
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError(f"holds {name}, which is no JSON")


@cache
def _against_the_standard(text: str) -> str:
    """Return what is wrong with the package by the standard itself, or ""."""
    # frictionless takes a second to import: only who checks pays for it.
    from frictionless import Package

    report = Package.validate_descriptor(json.loads(text))
    return "" if report.valid else str(report.errors[0].note)[:200]


def _wrong(place: str, value: Any, fault: str, way_out: str) -> Problem:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Problem(PACKAGE, 0, place, text, fault, way_out)


def _of_the_whole(package: Any) -> Iterator[Problem]:
    if not isinstance(package, dict):
        yield _wrong(
            "", "", "is no JSON object", "an object with name, version, created, resources"
        )
        return
    version, created, as_of = (package.get(key, "") for key in ("version", "created", "as_of"))
    if not _is(version, _VERSION):
        fault = "is not three numbers" if version else "is missing"
        yield _wrong("version", version, fault, "it like 0.4.0")
    if not (_is(created, _CREATED) and is_day(created[:10])):
        way_out = "the day of this version of the data as 2022-09-19T00:00:00Z"
        fault = "is not the time at which this version was made"
        yield _wrong("created", created, fault, way_out)
    if as_of != "" and not is_day(as_of):
        yield _wrong("as_of", as_of, "is not a day", "it as YYYY-MM-DD")
    for key in ("title", "description"):
        if not (isinstance(package.get(key), str) and package[key]):
            yield _wrong(key, package.get(key, ""), "is no text", f"the {key} of the data")
    licences = package.get("licenses")
    if not (isinstance(licences, list) and licences and _leads(licences[0])):
        yield _wrong(
            "licenses", "", "is no list of licences with a path", "the licence of the data"
        )
    resources = package.get("resources")
    if not (isinstance(resources, list) and resources):
        yield _wrong("resources", "", "is no list of tables", "a resource for each table")


def _of_resources(package: dict) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, resource in enumerate(package["resources"], start=1):
        place = f"resources, number {number}"
        if not isinstance(resource, dict):
            yield _wrong(
                place, resource, "is no JSON object", "an object with name, path and schema"
            )
            continue
        name, path = resource.get("name", ""), resource.get("path", "")
        if not _is(name, _NAME):
            yield _wrong(place, name, "is no name of a table", "small letters, such as claims")
            continue
        if not _is(path, _PATH):
            fault = "is no name of a file in this folder"
            yield _wrong(f"{name}.path", path, fault, f"it like {name}.csv")
        elif seen & {name, path.casefold()}:
            yield _wrong(name, path, "is described twice", "each table once")
        else:
            seen |= {name, path.casefold()}
        for key, only in _FIXED.items():
            if resource.get(key, only) != only:
                yield _wrong(f"{name}.{key}", resource[key], "is not how tables are read", only)
        dialect = resource.get("dialect", {})
        if not (isinstance(dialect, dict) and dialect.items() <= _DIALECT.items()):
            fault = "is not how tables are read"
            yield _wrong(f"{name}.dialect", dialect, fault, "commas, and quotation marks as usual")
        if "data" in resource:
            yield _wrong(f"{name}.data", "", "is not read", "the rows in a file of their own")


def _of_schemas(package: dict) -> Iterator[Problem]:
    for resource in package["resources"]:
        name, schema = resource["name"], resource.get("schema")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if not (isinstance(fields, list) and fields):
            yield _wrong(f"{name}.schema", "", "has no list of fields", "a field for each column")
            continue
        if schema.get("missingValues", [""]) != [""]:
            fault = "is not how tables are read"
            yield _wrong(f"{name}.missingValues", schema["missingValues"], fault, "nothing here")
        named: set[str] = set()
        for number, field in enumerate(fields, start=1):
            column = field.get("name", "") if isinstance(field, dict) else field
            if not isinstance(field, dict) or not _is(column, _COLUMN):
                place = f"{name}.fields, number {number}"
                yield _wrong(place, column or "", "is no field with a name", "small letters and _")
            elif column in named:
                yield _wrong(f"{name}.{column}", "", "is described twice", "each column once")
            else:
                named.add(column)
                yield from _of_a_field(name, column, field)


def _of_what_is_read(package: dict) -> Iterator[Problem]:
    """Data of an earlier version may lack what the analyses read: all that is to be added."""
    described = {
        r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]
    }
    tables = [f"{name}.csv" for name in TABLES if name not in described]
    columns = [
        f"{name}.{column}"
        for name in TABLES
        for column in COLUMNS[name].split()
        if name in described and column not in described[name]
    ]
    lacking = ", ".join([*tables, *columns])
    if len(tables) + len(columns) > 1:
        fault = "are not described, and the analyses read them"
        way_out = "a table as a resource with its schema, a column as a field and in its file"
        yield _wrong(lacking, "", fault, way_out)
    elif lacking:
        file = f"{lacking.partition('.')[0]}.csv"
        way_out = f"it as a field, and in {file}" if columns else "it as a resource with its schema"
        yield _wrong(lacking, "", "is not described, and the analyses read it", way_out)


def _of_a_field(table: str, column: str, field: dict) -> Iterator[Problem]:
    place, kind = f"{table}.{column}", field.get("type", "")
    known = table in COLUMNS and column in COLUMNS[table].split()
    wanted = "number" if column in NUMBERS else "date" if column in DAYS else "string"
    if kind not in ("string", "number", "date") or (known and kind != wanted):
        fault = "is not the type of this column"
        yield _wrong(f"{place}.type", kind, fault, wanted if known else "string, number or date")
        return
    constraints = field.get("constraints", {})
    if not isinstance(constraints, dict):
        yield _wrong(f"{place}.constraints", constraints, "is no JSON object", "an object")
        return
    for key, value in constraints.items():
        fault, way_out = _of_a_constraint(key, value, kind)
        if fault:
            yield _wrong(f"{place}.{key}", value, fault, way_out)
    if table == "claims" and column in WORDS:
        enum = constraints.get("enum", [])
        unknown = [word for word in enum if word not in WORDS[column]]
        if unknown or not enum:
            fault = "is no word that the counting knows" if unknown else "is missing"
            way_out = listed(sorted(WORDS[column]))
            yield _wrong(f"{place}.enum", unknown[0] if unknown else "", fault, way_out)


def _of_a_constraint(key: str, value: Any, kind: str) -> tuple[str, str]:
    """Return what is wrong with one constraint, and the way out; "" twice if nothing is."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if key in _FLAGS:
        sound, way_out = isinstance(value, bool), "true or false"
    elif key in _LENGTHS:
        sound, way_out = number and value == int(value) >= 0, "a number of characters"
    elif key in _ENDS:
        sound = is_day(value) if kind == "date" else number and kind == "number"
        way_out = "a day as YYYY-MM-DD" if kind == "date" else "a number, in a column of numbers"
    elif key == "enum":
        words = value if isinstance(value, list) else []
        sound = bool(words) and all(isinstance(word, str) and word for word in words)
        way_out = "a list of words"
    elif key == "pattern":
        if not isinstance(value, str) or len(value) > 1000 or kind != "string":
            return "is no pattern", "a regular expression, in a column of text"
        return pattern_fault(value), "another regular expression"
    else:
        near = nearest(key, [*_FLAGS, *_LENGTHS, *_ENDS, "enum", "pattern"])
        return "is no constraint that is known", near or "one that the standard has"
    return ("" if sound else "is no value of this constraint"), way_out


def _of_keys(package: dict) -> Iterator[Problem]:
    columns = _columns(package)
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        key = schema.get("primaryKey", [])
        sound = isinstance(key, list) and all(one in columns[name] for one in key)
        if not sound or (name in TABLES and not key):
            first = COLUMNS.get(name, "a column of the table").split()[0]
            yield _wrong(
                f"{name}.primaryKey", key, "is no list of columns of the table", f'["{first}"]'
            )
        foreign, named = schema.get("foreignKeys", []), set()
        for number, reference in enumerate(
            foreign if isinstance(foreign, list) else [None], start=1
        ):
            try:
                (column,), there = reference["fields"], reference["reference"]
                sound = column in columns[name] and isinstance(there["fields"], list)
                sound &= there["fields"][0] in columns[there["resource"] or name]
                named.add(column)
            except (TypeError, KeyError, ValueError, IndexError):
                sound = False
            if not sound:
                place = f"{name}.foreignKeys, number {number}"
                fault = "does not lead from one column to one of a table here"
                yield _wrong(place, "", fault, "fields and reference as the other keys have them")
                return
        for column in sorted(set(columns[name]) & set(NAMES) - named) if name in TABLES else []:
            if NAMES[column] != name or column.startswith("related_"):
                fault = f"names a row of {NAMES[column]}.csv, and no foreign key says so"
                yield _wrong(f"{name}.{column}", "", fault, "the foreign key")
                break


def _columns(package: dict) -> dict[str, list[str]]:
    """The columns of every table that the package describes."""
    resources = package["resources"]
    return {r["name"]: [field["name"] for field in r["schema"]["fields"]] for r in resources}


def _leads(licence: Any) -> bool:
    return isinstance(licence, dict) and isinstance(licence.get("path"), str)


def _is(value: Any, form: re.Pattern) -> bool:
    return isinstance(value, str) and bool(form.fullmatch(value))
