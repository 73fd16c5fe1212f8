"""What pages and notebooks say, read once, and cut to what an edition shows."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clashbook.dataset.tables import DataError, Problem
from clashbook.pipeline import notebooks
from clashbook.pipeline.edition import Edition
from clashbook.prose import captions, conditions, markdown
from clashbook.prose.conditions import Days
from clashbook.prose.markdown import Markdown
from clashbook.prose.markup import DATED
from clashbook.prose.numbers import Numbers, references


@dataclass(frozen=True)
class Part:
    """A page, or one cell of a notebook.

    Parameters
    ----------
    file : str
        Name of the file.
    cell : int
        Number of the cell, 0 for a page.
    days : Days
        The editions that have the cell.
    page : Markdown
        What is written in it; of code the text, and what its exhibits are given to say.
    exhibits : tuple of str
        Ids of the exhibits that the code makes; "" where an id is computed.
    is_code : bool
        Whether it is a cell of code.
    """

    file: str
    cell: int
    days: Days
    page: Markdown
    exhibits: tuple[str, ...] = ()
    is_code: bool = False

    @property
    def place(self) -> str:
        return f"{self.file}, cell {self.cell}" if self.cell else self.file


def read(edition: Edition) -> list[Part]:
    """Return all pages and all cells of notebooks.

    Raises
    ------
    DataError
        Naming each page that is no text, and each passage that ends with one inside it.
    """
    found, problems = [], []
    extensions = edition.config.markdown
    for path in sorted(edition.prose.glob("*.md")):
        try:
            page = markdown.read(path.read_text(encoding="utf-8"), extensions)
            found.append(Part(path.name, 0, Days(), page))
        except (OSError, ValueError) as error:
            problems.append(_faulty(path.name, error))
    for path in edition.notebooks.values():
        cells = notebooks.read(path).cells
        assigned = captions.assignments(cell.source for cell in cells if cell.cell_type == "code")
        for number, cell in enumerate(cells, start=1):
            page, made = Markdown(cell.source), tuple[str, ...]()
            try:
                if cell.cell_type == "markdown":
                    page = markdown.read(cell.source, extensions)
                elif cell.cell_type == "code":
                    page = captions.read(cell.source, assigned)
                    made = captions.exhibits(cell.source)
            except SyntaxError as error:
                place, line, text = f"{path.name}, cell {number}", error.lineno or 0, error.text
                problems.append(Problem(place, line, "", (text or "").strip(), error.msg, "Python"))
            except ValueError as error:
                problems.append(_faulty(f"{path.name}, cell {number}", error))
            is_code = cell.cell_type == "code"
            found.append(Part(path.name, number, notebooks.days(cell), page, made, is_code))
    if problems:
        raise DataError(problems)
    return found


def _faulty(place: str, error: OSError | ValueError) -> Problem:
    fault, _, way_out = str(getattr(error, "strerror", "") or error).partition("; write ")
    return Problem(place, 0, "", "", fault, way_out or "it as Markdown, in UTF-8")


def shown(parts: Iterable[Part], numbers: Numbers) -> list[Part]:
    """The parts that an edition shows, given its numbers; a line that it does not show is empty."""
    day = numbers.data.as_of
    return [
        replace(part, page=conditions.cut(part.page, numbers))
        for part in parts
        if part.days.have(day)
    ]


def texts(parts: Iterable[Part]) -> dict[str, str]:
    """The text of each page and notebook, by file name."""
    found: dict[str, list[str]] = {}
    for part in parts:
        found.setdefault(part.file, []).append(part.page.text)
    return {file: "\n".join(pages) for file, pages in found.items()}


def used_on(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """The pages of the site whose text refers to a number, in order, by the id of each."""
    pages: dict[str, list[str]] = {}
    for name in sorted(texts, key=page_of):
        for key in references([texts[name]]):
            pages.setdefault(key, []).append(page_of(name))
    return pages


def page_of(file: str) -> str:
    """The page of the site that a file of the text becomes."""
    return str(Path(file).with_suffix(".html"))


def numbers_of(parts: Iterable[Part]) -> set[str]:
    """The ids of all numbers that parts refer to, their conditions included."""
    pages = [part.page for part in parts]
    compared = (conditions.referred(one.condition) for p in pages for one in conditions.findings(p))
    return references(page.text for page in pages).union(*compared)


def days(parts: Iterable[Part], *, begun: bool = False) -> list[str]:
    """The days on which a passage or a cell begins to be in editions, or ceases to be, in order.

    With `begun` only the first.
    """
    kinds = DATED[:1] if begun else DATED
    found = {day for part in parts for day in part.days[: len(kinds)]}
    found |= {
        reference.target
        for part in parts
        for reference in part.page.references
        if reference.kind in kinds
    }
    return sorted(filter(None, found))


def all_ids(data_dir: Path, package: Mapping) -> set[str]:
    """The ids of all rows, later ones too: a page may name a row that its edition does not know."""
    ids = set()
    for resource in package["resources"]:
        with (data_dir / resource["path"]).open(encoding="utf-8", newline="") as file:
            ids |= {row[0] for row in list(csv.reader(file))[1:] if row}
    return ids


def nearest(value: str, known: Iterable[str], what: str) -> str:
    """What to write for a name that is not known: the same in other letters, or one like it."""
    names = sorted(set(known))
    same = [name for name in names if name.casefold() == value.casefold()]
    near = same or difflib.get_close_matches(value, names, 3, 0.75)
    if near or len(names) <= 8:
        return " or ".join(near or names) or f"{what}; there is none yet"
    return f"{what}, such as {names[0]}"
