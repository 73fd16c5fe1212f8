"""What makes a cell unsafe, or its written form another than the one form that it has."""

import re
import unicodedata
from collections.abc import Iterator

from clashbook.dataset.checks.addresses import address_fault
from clashbook.dataset.checks.letters import disguised, hidden, named
from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.reading import Table
from clashbook.dataset.checks.schema import NUMBER
from clashbook.faces import undrawn

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What readers of numbers and days take all the same: 1_000, 1e3, nan, +5, 007, 2020-7-1.
_LOOSE_NUMBER = re.compile(r"\s*[-+]?([0-9_.]+(e[-+]?[0-9]+)?|s?nan|inf(inity)?)\s*", re.IGNORECASE)
_LOOSE_DAY = re.compile(r"\s*[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}\s*")
_FORMS = {
    "number": (NUMBER, _LOOSE_NUMBER, "plain digits, such as 49 or 6.5"),
    "date": (_DAY, _LOOSE_DAY, "YYYY-MM-DD, such as 2022-09-13"),
}
# Columns of sentences. All others hold names and words, which are compared letter by letter.
_SENTENCES = {"note", "what", "definition", "what_changed", "why", "title"}


def unsafe_cells(table: Table) -> Iterator[Problem]:
    """Yield a Problem for each unsafe text of `table`, and each number or day in another form."""
    for field in table.fields:
        column = field["name"]
        for line, value in table.sound(column):
            fault, way_out = _judged(value, field) if value else ("", "")
            if fault:
                yield Problem(table.file, line, column, value, fault, way_out)


def _judged(value: str, field: dict) -> tuple[str, str]:
    """Return what is wrong with a cell, and the way out; "" twice if nothing is."""
    kind = field["type"]
    if kind in _FORMS:
        strict, loose, form = _FORMS[kind]
        if not strict.fullmatch(value) and loose.fullmatch(_in_plain_digits(value)):
            return "is not in the form of this column", f"it as {form}"
        return "", ""
    fault, way_out = hidden(value)
    if not fault and (char := undrawn(value)):
        fault, way_out = f"holds {named(char)}, which no face has", "it in Latin letters"
    # Spreadsheets run a cell that begins like a formula.
    if not fault and value[0] in "=+-@":
        fault = "begins like a spreadsheet formula"
        way_out = f"it without the {value[0]} in front"
    if not fault and value != value.strip():
        fault, way_out = "has white space at an end", "it without"
    if not fault and field["name"] not in _SENTENCES:
        fault, way_out = disguised(value)
    if not fault and field.get("format") == "uri":
        fault, way_out = (
            address_fault(value),
            "the address of the page, such as https://example.org/",
        )
    return fault, way_out if fault else ""


def _in_plain_digits(value: str) -> str:
    digits = (unicodedata.decimal(char, None) for char in value)
    return "".join(
        char if digit is None else str(digit) for char, digit in zip(value, digits, strict=True)
    )
