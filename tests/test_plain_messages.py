"""What the package says: its messages, its help, the words it puts on pages, and notes in the data.

They have no word of the list that the pages are held to, and none of the old forms below: a message
says what is wrong as other tools do ("is not a date"), and then the way out.
"""

import ast
import csv
import json
import re
from pathlib import Path

import click
import plain
import pytest

from clashbook.cli import main

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "clashbook"
# Words of code that a message may name: a command, and a role and directive of pages.
NAMES = {"exhibit"}
OLD = {
    "is no": r"(?<!there )(?:is|are) no (?!longer|more|reason|separate|opinion)[a-z]",
    "is none of": r"(?:is|are) none (?:of|as)",
    "stands": r"stands? (?:twice|in|here|there|apart|under|with|at)\b",
    "take away, put back": r"(?:take|taken|put) (?:it |them |this )?(?:away|out|back)\b",
    "anew": r"anew",
    "mend": r"\bmend(?:ed)?\b",
    "at work": r"\bat work\b",
    "go on": r"cannot go on",
    "too, at the end": r"\bis an? [a-z]+ of \S+ too\b",
}
_OLD = {name: re.compile(rf"\b(?:{words})", re.I) for name, words in OLD.items()}
_PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
# Names of tables and columns, of which lists are no message.
COLUMNS = {resource["name"] for resource in _PACKAGE["resources"]} | {
    field["name"] for resource in _PACKAGE["resources"] for field in resource["schema"]["fields"]
}
# Words before a number that is typed, which the check of prose looks for.
LOOKED_FOR = {"floor of", "ceiling of"}
# Texts of the data that pages show; titles, addresses and names are quoted as they are.
SHOWN = {
    *("note", "what", "summary", "definition", "label", "what_changed", "why"),
    *("licence", "standpoint"),
}


def old_forms(text):
    return [name for name, pattern in _OLD.items() if pattern.search(text)]


def faults_of(text):
    """The habits and old forms of a message; names of columns and of fields are no words of it."""
    text = re.sub(r"\bcolumn \w+|\{\w+\}", "–", text)
    return [each for each in (*plain.habits(text), *old_forms(text)) if each not in NAMES]


def sentences_of(source):
    """The texts of code of several words, its docstrings left out; fields in them are a dash."""
    for text in _texts_of(source):
        if " " in text and not COLUMNS.issuperset(re.findall(r"\w+", text)):
            yield text


def _texts_of(source):
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and ast.get_docstring(node, clean=False) is not None
    }
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = [each.value if isinstance(each, ast.Constant) else "–" for each in node.values]
            yield "".join(words)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings | parts
        ):
            yield node.value


def said_by(schema):
    """What a schema says of what it refuses, and what to write instead."""
    if isinstance(schema, dict):
        for name, value in schema.items():
            if name in ("fault", "write") and isinstance(value, str):
                yield value
            else:
                yield from said_by(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from said_by(value)


def told(faults):
    return "\n".join(faults)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_text_of_the_code_has_a_word_of_the_list_or_an_old_form(path):
    faults = [
        f"{faults_of(text)}: {text}"
        for text in sentences_of(path.read_text("utf-8"))
        if text not in LOOKED_FOR and faults_of(text)
    ]
    assert not faults, told(faults)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*schema.json")), ids=lambda path: path.stem)
def test_no_schema_refuses_in_an_old_form(path):
    found = list(said_by(json.loads(path.read_text("utf-8"))))
    assert len(found) > 20
    faults = [f"{faults_of(text)}: {text}" for text in found if faults_of(text)]
    assert not faults, told(faults)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_help_of_a_command_is_plain_and_short(name):
    command = main.commands[name]
    helps = [getattr(each, "help", None) or "" for each in command.params]
    for text in (command.help or "", *helps):
        assert not faults_of(text.replace("EPISODE", "")), text
        assert all(plain.length(each) <= plain.LONGEST for each in plain.sentences(text)), text
    assert command.help
    assert all(
        each.help
        for each in command.params
        if isinstance(each, click.Option) and each.name not in ("output", "form", "port")
    )


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("*.csv")), ids=lambda path: path.stem)
def test_no_text_of_the_data_has_a_word_of_the_list_or_a_sentence_too_long(path):
    with path.open(encoding="utf-8", newline="") as lines:
        faults = [
            f"line {line}, {column}: {text}"
            for line, row in enumerate(csv.DictReader(lines), start=2)
            for column, text in row.items()
            if column in SHOWN and " " in text
            # The name of a column is quoted, before its colon.
            for text in [re.sub(r"^\w+: ", "", text)]
            if plain.habits(text)
            or any(plain.length(each) > plain.LONGEST for each in plain.sentences(text))
        ]
    assert not faults, told(faults)


def test_the_package_of_the_data_describes_its_columns_plainly():
    texts = [
        each.get("description", "")
        for resource in _PACKAGE["resources"]
        for each in (resource, *resource["schema"]["fields"])
    ]
    assert sum(map(bool, texts)) > 100
    assert not [text for text in texts if plain.habits(text)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("is no day", "is no"),
        ("is none of the words of this column", "is none of"),
        ("the key stands twice in one object", "stands"),
        ("take the entry, put it back from a copy", "take away, put back"),
        ("its side has counted it anew", "anew"),
        ("not done; mend it", "mend"),
        ("another build is at work", "at work"),
        ("cannot go on: full", "go on"),
        ("is an anchor of cite.md too", "too, at the end"),
        ("by the same claimant", "claimant"),
        ("above the ceiling of its whole", "floor, ceiling"),
    ],
)
def test_an_old_form_is_found_where_it_is_planted(text, fault):
    assert fault in faults_of(text)


def test_what_is_said_in_fields_and_pieces_is_read_and_a_docstring_is_not():
    source = (
        '"""It is no day."""\n\ndef f(x):\n    """It is no day."""\n    return f"{x} is no day"\n'
    )
    assert list(sentences_of(source)) == ["– is no day"]
    assert faults_of("claims.csv, column claimant, “X”: names no side") == []
