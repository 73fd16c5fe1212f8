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

from clashbook.about import About
from clashbook.files import read_json
from clashbook.formats import styled

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


def latest(path: str, as_of: str, version: str) -> str:
    """Where the newest state of such a file is found too: its path without day and version."""
    return path.replace(f"-{as_of}-v{version}", "")


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
    files["codebook.csv"] = csv_of([CODEBOOK, *codebook(package)])
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


def workbook(data_dir: Path, about: About) -> bytes:
    """All tables as sheets of one .xlsx, after what the workbook is and the codebook.

    Numbers are numbers and days are days; everything else is text, whatever it looks like.
    """
    package = read_json(data_dir / "datapackage.json")
    about_it = [
        ("Title", package["title"]),
        ("As known on", about.as_of),
        ("Data version", about.version),
        ("Issued", about.issued),
        ("Licence", about.licence),
        ("Citation", styled.text([about.citation])[0]),
        ("Address", about.base or "none yet"),
    ]
    sheets: dict[str, tuple[list[Sequence[str]], Mapping[str, str]]] = {
        "about": ([("What", "This workbook"), *about_it], {}),
        "codebook": ([CODEBOOK, *codebook(package)], {}),
    }
    for resource in package["resources"]:
        kinds = {field["name"]: field.get("type", "") for field in resource["schema"]["fields"]}
        with (data_dir / resource["path"]).open(encoding="utf-8", newline="") as file:
            sheets[resource["name"]] = list(csv.reader(file)), kinds
    return sheets_of(sheets, package["title"], about.issued)


def sheets_of(
    sheets: Mapping[str, tuple[Sequence[Sequence[str]], Mapping[str, str]]],
    title: str,
    made_on: str,
) -> bytes:
    """A workbook of that title and day: by a sheet's name its rows, head first, and its kinds.

    Kinds are those of the data package, by column; "number" and "date" are no text.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _AS_TEXT) as book:
        book.set_properties({"title": title, "created": datetime.fromisoformat(made_on)})
        for name, (rows, kinds) in sheets.items():
            _sheet(book, name, rows, kinds)
    return target.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, rows: Sequence[Sequence[str]], kinds: Mapping[str, str]
) -> None:
    sheet = book.add_worksheet(name)
    head, *body = rows
    sheet.write_row(0, 0, head, book.add_format({"bold": True}))
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for number, row in enumerate(body, start=1):
        for column, (title, cell) in enumerate(zip(head, row, strict=True)):
            if cell and kinds.get(title) == "number":
                sheet.write_number(number, column, float(cell))
            elif cell and kinds.get(title) == "date":
                sheet.write_datetime(number, column, datetime.fromisoformat(cell), day)
            elif cell:
                sheet.write_string(number, column, cell)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(body), len(head) - 1)
    # On paper a page across, its head on every page.
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, cells in enumerate(zip(*rows, strict=True)):
        sheet.set_column(column, column, min(max(map(len, cells)) + 2, WIDEST))


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue().encode()
