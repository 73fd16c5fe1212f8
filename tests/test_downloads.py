"""The downloads of everything, read back by other programs."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
import small

from clashbook.formats import downloads

DAY = "2022-09-20"


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
    assert downloads.workbook(folder, DAY) == downloads.workbook(folder, DAY)


def test_the_workbook_has_each_table_as_a_sheet_cell_by_cell(odd):
    book = openpyxl.load_workbook(io.BytesIO(downloads.workbook(odd, DAY)))
    tables = sorted(path.stem for path in odd.glob("*.csv"))
    assert sorted(book.sheetnames) == sorted([*tables, "codebook"])
    for table in tables:
        with (odd / f"{table}.csv").open(newline="") as file:
            written = list(csv.reader(file))
        shown = [["" if v is None else v for v in row] for row in book[table].values]
        assert len(shown) == len(written)
        for read, given in zip(shown, written, strict=True):
            same = [a == b or (b and isinstance(a, int | float) and a == float(b))
                    for a, b in zip(read, given, strict=True)]  # fmt: skip
            assert all(same), (table, given)


def test_numbers_are_numbers_and_no_text_becomes_a_formula_or_a_link(odd):
    book = openpyxl.load_workbook(io.BytesIO(downloads.workbook(odd, DAY)))
    sheet = book["claims"]
    head = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, head.index("low") + 1).data_type == "n"
    note = sheet.cell(2, head.index("note") + 1)
    assert (note.data_type, note.hyperlink) == ("s", None)
    assert note.value.startswith("1e5 <script>")
