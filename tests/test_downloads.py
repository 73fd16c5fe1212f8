"""The downloads of everything, read back by other programs."""

import csv
import io
import json
import zipfile
from datetime import datetime

import openpyxl
import pytest
import small

from clashbook.about import About
from clashbook.formats import downloads

DAY = "2022-09-20"
ABOUT = About(
    as_of=DAY,
    version="1.0.0",
    issued=DAY,
    licence="CC BY 4.0",
    citation={"id": "a", "type": "report", "title": "A book", "author": [{"literal": "Team"}]},
)


@pytest.fixture
def odd(tmp_path):
    """A folder whose notes look like what they are not."""
    rows = small.tables()
    rows["claims"][0]["note"] = "1e5 <script>alert(1)</script> https://example.org"
    return small.write(tmp_path / "odd", rows)


def test_the_zip_holds_every_table_its_descriptor_a_codebook_and_the_licences(folder):
    made = zipfile.ZipFile(io.BytesIO(downloads.zipped(folder, {"LICENSE": b"Free."}, DAY)))
    names = {path.name for path in folder.iterdir()}
    assert set(made.namelist()) == names | {"codebook.csv", "LICENSE"}
    assert made.read("claims.csv") == (folder / "claims.csv").read_bytes()


def test_the_codebook_describes_every_column(folder):
    made = zipfile.ZipFile(io.BytesIO(downloads.zipped(folder, {}, DAY)))
    rows = list(csv.DictReader(io.StringIO(made.read("codebook.csv").decode())))
    package = json.loads((folder / "datapackage.json").read_text())
    columns = [(r["name"], f["name"]) for r in package["resources"] for f in r["schema"]["fields"]]
    assert [(row["table"], row["column"]) for row in rows] == columns
    assert all(row["what it holds"] for row in rows)


def test_both_repeat_byte_for_byte(folder):
    assert downloads.zipped(folder, {}, DAY) == downloads.zipped(folder, {}, DAY)
    assert downloads.workbook(folder, ABOUT) == downloads.workbook(folder, ABOUT)


def test_the_workbook_has_each_table_as_a_sheet_cell_by_cell(odd):
    book = openpyxl.load_workbook(io.BytesIO(downloads.workbook(odd, ABOUT)))
    tables = sorted(path.stem for path in odd.glob("*.csv"))
    assert sorted(book.sheetnames) == sorted([*tables, "about", "codebook"])
    for table in tables:
        with (odd / f"{table}.csv").open(newline="") as file:
            written = list(csv.reader(file))
        shown = [["" if v is None else v for v in row] for row in book[table].values]
        assert len(shown) == len(written)
        for read, given in zip(shown, written, strict=True):
            for cell, text in zip(read, given, strict=True):
                if isinstance(cell, datetime):
                    assert f"{cell:%Y-%m-%d}" == text
                else:
                    assert cell == text or float(text) == cell, (table, given)


def test_days_are_days_and_the_first_sheet_says_what_the_workbook_is(folder):
    book = openpyxl.load_workbook(io.BytesIO(downloads.workbook(folder, ABOUT)))
    head = [cell.value for cell in book["claims"][1]]
    assert book["claims"].cell(2, head.index("reported_on") + 1).is_date
    assert book.sheetnames[0] == "about"
    told = dict(list(book["about"].values)[1:])
    assert (told["As known on"], told["Data version"], told["Licence"]) == (
        DAY,
        "1.0.0",
        "CC BY 4.0",
    )
    assert told["Citation"].startswith("Team.")
    assert all(book[table].auto_filter.ref for table in ("claims", "sources"))


def test_the_newest_state_has_an_address_without_day_and_version():
    zipped, _ = downloads.names("A book", DAY, "1.0.0")
    assert downloads.latest(zipped, DAY, "1.0.0") == "data/a-book.zip"


def test_numbers_are_numbers_and_no_text_becomes_a_formula_or_a_link(odd):
    book = openpyxl.load_workbook(io.BytesIO(downloads.workbook(odd, ABOUT)))
    sheet = book["claims"]
    head = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, head.index("low") + 1).data_type == "n"
    note = sheet.cell(2, head.index("note") + 1)
    assert (note.data_type, note.hyperlink) == ("s", None)
    assert note.value.startswith("1e5 <script>")
