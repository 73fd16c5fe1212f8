"""A table as another program's file, whole or the rows that a condition chooses."""

import csv
import io

import duckdb
import openpyxl
import pytest

from clashbook.formats import export

ROWS = [
    ["id", "day", "low", "note"],
    ["2020-07", "2020-07-12", "5", 'He said "at least 5"'],
    ["2022-09", "2022-09-14", "105", ""],
    ["2022-09", "2022-09-19", "2.5", "=1+1"],
]
KINDS = {"id": "string", "day": "date", "low": "number", "note": "string"}


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "claims.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(ROWS)
    return path


def exported(table, where, ending):
    return export.exported(table, KINDS, where, ending, "2022-09-20")


def rows(content):
    return list(csv.reader(io.StringIO(content.decode())))


def test_without_a_condition_a_csv_is_the_table_cell_by_cell(table):
    assert exported(table, "", ".csv") == table.read_bytes()


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ("low > 4", [1, 2]),
        ("id = '2022-09' AND day < '2022-09-15'", [2]),
        ("note IS NULL", [2]),
        ("note LIKE '%5%'", [1]),
        ("low > 1000", []),
    ],
)
def test_a_condition_asks_numbers_days_and_texts_as_what_they_are(table, where, chosen):
    assert rows(exported(table, where, ".csv")) == [ROWS[0], *(ROWS[place] for place in chosen)]


def test_parquet_has_numbers_and_days(table, tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(exported(table, "low >= 5", ".parquet"))
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    assert [str(kind) for kind in found.types] == ["VARCHAR", "DATE", "DOUBLE", "VARCHAR"]
    assert found.columns == ROWS[0]
    assert [(row[0], f"{row[1]}", row[2]) for row in found.fetchall()] == [
        ("2020-07", "2020-07-12", 5.0),
        ("2022-09", "2022-09-14", 105.0),
    ]


def test_a_workbook_has_them_too_and_no_formula(table):
    book = openpyxl.load_workbook(io.BytesIO(exported(table, "low < 5", ".xlsx")))
    identifier, day, low, note = book["claims"][2]
    assert (identifier.value, day.is_date, low.value) == ("2022-09", True, 2.5)
    assert (note.value, note.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("where", ["lo > 4", "low >", "1; DROP TABLE claims", "day = 'soon'"])
def test_what_is_no_condition_is_refused_in_a_line_with_the_columns(table, where):
    with pytest.raises(export.ExportError) as error:
        exported(table, where, ".csv")
    (line,) = str(error.value).splitlines()
    assert line.startswith(f'--where "{where}": ')
    assert line.endswith("write a condition in SQL on these columns: id, day, low, note")
