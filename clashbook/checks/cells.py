"""What makes a cell unsafe, or its written form another than the one form that it has."""

import re
import unicodedata
from collections.abc import Iterator

from clashbook.checks.reading import Problem, Table

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What readers of numbers and days take all the same: 1_000, 1e3, nan, +5, 007, 2020-7-1.
_LOOSE_NUMBER = re.compile(r"\s*[-+]?([0-9_.]+(e[-+]?[0-9]+)?|s?nan|inf(inity)?)\s*", re.IGNORECASE)
_LOOSE_DAY = re.compile(r"\s*[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}\s*")
_FORMS = {
    "number": (_NUMBER, _LOOSE_NUMBER, "plain digits, such as 49 or 6.5"),
    "date": (_DAY, _LOOSE_DAY, "YYYY-MM-DD, such as 2022-09-13"),
}


def unsafe_cells(table: Table) -> Iterator[Problem]:
    """Yield a Problem for each unsafe text of `table`, and each number or day in another form."""
    for field in table.fields:
        column = field["name"]
        judge = _other_form if field["type"] in _FORMS else _unsafe
        for line, value in table.cells[column].items():
            if value and line not in table.ragged:
                fault, way_out = judge(value, field["type"])
                if fault:
                    yield Problem(table.file, line, column, value, fault, way_out)


def _other_form(value: str, kind: str) -> tuple[str, str]:
    strict, loose, form = _FORMS[kind]
    if loose.fullmatch(value) and not strict.fullmatch(value):
        return "is not in the form of this column", f"it as {form}"
    return "", ""


def _unsafe(value: str, _: str) -> tuple[str, str]:
    """Return what makes a text unsafe, and the way out; "" twice if nothing does.

    Spreadsheets run a cell that begins like a formula; control and bidirectional characters make
    a reader see other text than what is there.
    """
    hidden = next((char for char in value if _hides(char)), "")
    if hidden:
        code = f"U+{ord(hidden):04X}"
        name = unicodedata.name(hidden, "control character")
        return f"holds the invisible {code} ({name})", f"it without {code}"
    if value[0] in "=+-@":
        return "begins like a spreadsheet formula", f"it without the {value[0]} in front"
    if value != value.strip():
        return "has white space at an end", "it without"
    return "", ""


def _hides(char: str) -> bool:
    # The two joiners are part of how some scripts are spelt, and cannot turn text round.
    return (
        unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        and char not in "\u200c\u200d"
    )
