"""Data written for an earlier version are read, or refused in one line that says what to add."""

import copy
import csv
import json

import pytest
import small

from clashbook import counting
from clashbook.analysis import timeline
from clashbook.bounds import FILLED_BY
from clashbook.counting.elsewhere import Prover
from clashbook.dataset import kinds
from clashbook.dataset.checks.package import COLUMNS
from clashbook.dataset.tables import DataError, load

# What earlier versions did not have yet.
NEWER = {
    "indicators": ["other_units", "aftermath"],
    "sources": ["language", "kind", "issued_basis", "standpoint", "core", "archived_url", "status"],
    "places": ["within"],
    "reactions": ["summary", "moment"],
    "events": ["moment"],
    "corrections": ["version", "moved"],
    "episodes": ["start_source_id", "end_source_id", "note"],
}


def earlier(folder, lacking=(), without=()):
    """A small dataset without some columns (table to columns), and without some tables."""
    package = copy.deepcopy(small.PACKAGE)
    package["resources"] = [r for r in package["resources"] if r["name"] not in without]
    for resource in package["resources"]:
        gone, schema = dict(lacking).get(resource["name"], []), resource["schema"]
        schema["fields"] = [f for f in schema["fields"] if f["name"] not in gone]
        keys = [k for k in schema.get("foreignKeys", []) if not {*k["fields"]} & {*gone}]
        schema["foreignKeys"] = keys
    small.write(folder)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for table, gone in dict(lacking).items():
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = [name for name in small.FIELDS[table] if name not in gone]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def test_the_newer_columns_are_all_that_the_analyses_do_not_need():
    assert small.FIELDS.keys() - COLUMNS.keys() == {*kinds.NEWER}
    optional = {
        table: [name for name in small.FIELDS[table] if name not in columns]
        for table, columns in COLUMNS.items()
    }
    assert {table: names for table, names in optional.items() if names} == NEWER


def test_the_analyses_need_the_words_that_bounds_are_made_of():
    assert COLUMNS["claims"]["qualifier"] == list(FILLED_BY)


@pytest.mark.parametrize("lacking", [NEWER, *({table: NEWER[table]} for table in NEWER)])
def test_data_without_the_newer_columns_are_read(tmp_path, lacking):
    data, whole = load(earlier(tmp_path / "old", lacking)), load(small.write(tmp_path / "new"))
    assert not set(data.episodes) & set(lacking.get("episodes", []))
    assert counting.report(data, "2022-09") == counting.report(whole, "2022-09")
    episodes = list(data.episodes.episode_id)
    assert timeline.entries(data, episodes).equals(timeline.entries(whole, episodes))
    assert load(tmp_path / "old", "2022-09-14") == data.cut("2022-09-14")


def test_data_without_the_newer_tables_are_read_and_checked(tmp_path):
    data = load(earlier(tmp_path / "old", without=kinds.NEWER))
    assert not {*kinds.NEWER} & {*data.tables}
    assert [*Prover(data).proofs()] == []
    sources = tmp_path / "old" / "sources.csv"
    row = sources.read_text(encoding="utf-8").splitlines()[1]
    with sources.open("a", encoding="utf-8") as file:
        file.write(row.replace(row.split(",")[0], "unused", 1) + "\n")
    assert [*map(str, small.check(tmp_path / "old")[0])] == [
        'sources.csv line 4, column source_id, "unused": is not used by any row; '
        "write a row that uses it, or remove this one"
    ]


def test_data_without_other_units_may_count_in_any(tmp_path):
    folder = earlier(tmp_path, {"indicators": ["other_units"]})
    claims = folder / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace(",about,USD,", ",about,EUR,"), encoding="utf-8")
    assert small.check(folder)[0] == []


ADDED = "write a table as a resource with its schema, a column as a field and in its file"


@pytest.mark.parametrize("table", COLUMNS)
def test_data_without_a_table_are_refused_in_one_line_that_says_what_to_add(tmp_path, table):
    with pytest.raises(DataError) as refused:
        load(earlier(tmp_path, without=[table]))
    assert str(refused.value) == (
        f"datapackage.json, column {table}.csv: is needed by the analyses and not described; "
        f"{ADDED}"
    )


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in COLUMNS for column in COLUMNS[table]]
)
def test_data_without_a_column_are_refused_in_one_line_that_says_what_to_add(
    tmp_path, table, column
):
    with pytest.raises(DataError) as refused:
        load(earlier(tmp_path, {table: [column]}))
    assert str(refused.value) == (
        f"datapackage.json, column {table}.{column}: is needed by the analyses and not described; "
        f"{ADDED}"
    )


def test_all_that_is_to_be_added_stands_in_one_line(tmp_path):
    folder = earlier(tmp_path, {"claims": ["note", "status"], "series": ["vintage"]}, ["places"])
    with pytest.raises(DataError) as refused:
        load(folder)
    assert str(refused.value) == (
        "datapackage.json, column places.csv, claims.status, claims.note, series.vintage: is "
        f"needed by the analyses and not described; {ADDED}"
    )
