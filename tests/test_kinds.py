"""The kinds of records are those of the package file."""

import json
from pathlib import Path

from clashbook.dataset import kinds

PACKAGE = json.loads((Path(__file__).parents[1] / "data" / "datapackage.json").read_text())
SCHEMAS = {resource["name"]: resource["schema"] for resource in PACKAGE["resources"]}


def test_each_kind_has_the_key_and_the_columns_of_its_table():
    for kind in kinds.KINDS:
        schema = SCHEMAS[kind.table]
        columns = {field["name"] for field in schema["fields"]}
        assert schema["primaryKey"] == [kind.key], kind
        assert {kind.related, kind.begins} - {""} <= columns, kind


def test_what_a_kind_relates_to_is_of_the_same_kind():
    for kind in kinds.KINDS:
        own = [
            key["fields"]
            for key in SCHEMAS[kind.table].get("foreignKeys", [])
            if key["reference"].get("resource") in ("", kind.table)
            and "within" not in key["fields"]
        ]
        assert own == ([[kind.related]] if kind.related else []), kind


def test_every_table_with_a_key_of_one_column_is_of_a_kind():
    keyed = {name for name, schema in SCHEMAS.items() if len(schema["primaryKey"]) == 1}
    assert keyed == {kind.table for kind in kinds.KINDS}
