"""All tables in one download: a zip, and a workbook for those who read neither CSV nor JSON."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from clashbook.files import read_json

CODEBOOK = ("table", "column", "type", "what it holds", "one of")
# What a workbook would make of a text by itself.
_AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
WIDEST = 60


def name(title: str, as_of: str, version: str) -> str:
    """What a file of the whole edition is called, its kind apart: passed on it says what it is."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"{slug}-{as_of}-v{version}"


def names(title: str, as_of: str, version: str) -> tuple[str, str]:
    """The paths of the zip and of the workbook."""
    whole = f"data/{name(title, as_of, version)}"
    return f"{whole}.zip", f"{whole}.xlsx"


def zipped(data_dir: Path, texts: dict[str, bytes], made_on: str) -> bytes:
    """The tables, their descriptor and codebook, and `texts` (licences) as one zip.

    Parameters
    ----------
    data_dir : Path
        A data package as an edition has it.
    texts : dict of str to bytes
        More files by name.
    made_on : str
        ISO date that all files carry, so that the bytes repeat.
    """
    package = read_json(data_dir / "datapackage.json")
    files = {path.name: path.read_bytes() for path in sorted(data_dir.iterdir()) if path.is_file()}
    files["codebook.csv"] = _csv([CODEBOOK, *codebook(package)])
    return packed(files | texts, made_on)


def packed(files: Mapping[str, bytes], made_on: str) -> bytes:
    """Files by name as one zip, all of that day, so that the bytes repeat."""
    day = datetime.fromisoformat(made_on)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def codebook(package: dict[str, Any]) -> list[tuple[str, ...]]:
    """Every column of every table: table, column, type, what it holds, allowed values."""
    return [
        (
            resource["name"],
            field["name"],
            field.get("type", "string"),
            field.get("description", ""),
            ", ".join(map(str, field.get("constraints", {}).get("enum", []))),
        )
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    ]


def workbook(data_dir: Path, made_on: str) -> bytes:
    """All tables as sheets of one .xlsx, the codebook first.

    Numbers are numbers; everything else is text, whatever it looks like.
    """
    package = read_json(data_dir / "datapackage.json")
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _AS_TEXT) as book:
        book.set_properties({"title": package["title"], "created": datetime.fromisoformat(made_on)})
        _sheet(book, "codebook", [CODEBOOK, *codebook(package)], set())
        for resource in package["resources"]:
            fields = resource["schema"]["fields"]
            numeric = {field["name"] for field in fields if field.get("type") == "number"}
            with (data_dir / resource["path"]).open(encoding="utf-8", newline="") as file:
                _sheet(book, resource["name"], list(csv.reader(file)), numeric)
    return target.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, rows: Sequence[Sequence[str]], numeric: set[str]
) -> None:
    sheet = book.add_worksheet(name)
    head, *body = rows
    sheet.write_row(0, 0, head, book.add_format({"bold": True}))
    for number, row in enumerate(body, start=1):
        for column, (title, cell) in enumerate(zip(head, row, strict=True)):
            if cell and title in numeric:
                sheet.write_number(number, column, float(cell))
            elif cell:
                sheet.write_string(number, column, cell)
    sheet.freeze_panes(1, 1)
    for column, cells in enumerate(zip(*rows, strict=True)):
        sheet.set_column(column, column, min(max(map(len, cells)) + 2, WIDEST))


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue().encode()
