"""What pages and notebooks say, read once, and whether all that they refer to is there."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from clashbook.dataset import kinds
from clashbook.dataset.tables import DataError, Dataset, Problem
from clashbook.faces import undrawn
from clashbook.language import is_day
from clashbook.pipeline import notebooks
from clashbook.pipeline.edition import Edition
from clashbook.prose import conditions, markdown, markup
from clashbook.prose.conditions import Days
from clashbook.prose.markdown import Markdown, Reference
from clashbook.prose.markup import DATED
from clashbook.prose.numbers import Numbers
from clashbook.prose.typed_numbers import captions

# The table that holds the rows of each role, and of each row of a disagreement.
TABLES = {kind.name: kind.table for kind in kinds.REFERRED}
ROWS = {kind.name: kind.table for kind in kinds.GROUNDS}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


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
        What is written in it; of code the text alone.
    exhibits : tuple of str
        Ids of the exhibits that the code makes; "" where an id is computed.
    """

    file: str
    cell: int
    days: Days
    page: Markdown
    exhibits: tuple[str, ...] = ()

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
        except (OSError, UnicodeDecodeError) as error:
            fault = getattr(error, "strerror", "") or f"is not UTF-8 ({error})"
            problems.append(Problem(path.name, 0, "", "", fault, "a page of text in UTF-8"))
        except ValueError as error:
            problems.append(_faulty(path.name, error))
    for path in edition.notebooks.values():
        for number, cell in enumerate(notebooks.read(path).cells, start=1):
            page, made = Markdown(cell.source), tuple[str, ...]()
            try:
                if cell.cell_type == "markdown":
                    page = markdown.read(cell.source, extensions)
                elif cell.cell_type == "code":
                    made = captions.exhibits(cell.source)
            except ValueError as error:
                problems.append(_faulty(f"{path.name}, cell {number}", error))
            found.append(Part(path.name, number, notebooks.days(cell), page, made))
    if problems:
        raise DataError(problems)
    return found


def _faulty(place: str, error: ValueError) -> Problem:
    fault, _, way_out = str(error).partition("; write ")
    return Problem(place, 0, "", "", fault, way_out or "it as Markdown")


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


def problems(parts: list[Part], numbers: Numbers, ids: set[str], prose: Path) -> Iterator[Problem]:
    """Yield each reference that leads nowhere in an edition, and all else that is out of place.

    Parameters
    ----------
    parts : list of Part
        What is written.
    numbers : Numbers
        Those of the edition, with its data.
    ids : set of str
        Those of all rows, later ones too.
    prose : Path
        Folder of the pages, with the files that they link to.
    """
    here = shown(parts, numbers)
    check = _Check(parts, here, numbers.data, ids, prose)
    yield from _twice(here)
    for part in parts:
        for reference in part.page.references:
            if reference.kind in DATED and not is_day(reference.target):
                fault, way_out = "is no day", "it as 2022-09-13"
                yield Problem(part.place, reference.line, "", reference.target, fault, way_out)
            if reference.kind == "else":
                fault = f"an {{else}} that {reference.target}"
                way_out = ":::{else} alone, right after the end of a :::{holds}"
                yield Problem(part.place, reference.line, "", "", fault, way_out)
        for line, text in enumerate(part.page.text.splitlines(), start=1):
            if char := undrawn(text):
                fault = "is in none of the faces that the book is set in"
                yield Problem(part.place, line, "", char, fault, "Latin letters")
    for part in here:
        for reference in part.page.references:
            for fault, way_out in check(part, reference):
                yield Problem(part.place, reference.line, "", reference.target, fault, way_out)


def _twice(here: list[Part]) -> Iterator[Problem]:
    """Exhibits and anchors that stand twice in an edition, and headings that leave out a level."""
    made: dict[str, str] = {}
    labels: dict[str, str] = {}
    levels: dict[str, int] = {}
    for part in here:
        for key in filter(None, part.exhibits):
            if made.setdefault(key, part.place) != part.place:
                fault = f"is an exhibit of {made[key]} too"
                yield Problem(part.place, 0, "", key, fault, "another id for one of the two")
        for line, kind, target, _ in part.page.references:
            if kind == "label":
                place = f"{part.place} line {line}"
                if (other := labels.setdefault(target, place)) != place:
                    fault = f"is an anchor of {other} too"
                    yield Problem(part.place, line, "", target, fault, "another name")
            if kind == "heading":
                above, level = levels.get(part.file, 0), int(target)
                levels[part.file] = level
                if level > above + 1:
                    where = f"under one of level {above}" if above else "that comes first"
                    fault = f"a heading of level {level} {where}"
                    yield Problem(part.place, line, "", "", fault, f"one of {above + 1}")


class _Check:
    """Holds one reference after the other against what the edition has."""

    def __init__(
        self, parts: list[Part], here: list[Part], data: Dataset, ids: set[str], prose: Path
    ) -> None:
        self.data, self.ids, self.prose = data, ids, prose
        self.rows = {name: set(frame.iloc[:, 0]) for name, frame in data.tables.items()}
        self.exhibits = {key for part in here for key in part.exhibits}
        self.pages: dict[str, set[str]] = {Path(part.file).stem: set() for part in parts}
        for part in here:
            self.pages[Path(part.file).stem] |= {
                reference.target for reference in part.page.references if reference.kind == "anchor"
            }
        self.anchors = set().union(*self.pages.values())

    def __call__(self, part: Part, reference: Reference) -> Iterator[tuple[str, str]]:
        kind, target = reference.kind, reference.target
        sides = reference.sides
        if sides and sum(any(map(self._is_known, side)) for side in sides) < 2:
            return  # the entry does not show yet
        if kind in TABLES:
            yield from self._record(kind, target)
        elif kind == "exhibit":
            # An id that code puts together cannot be read.
            if target not in self.exhibits and "" not in self.exhibits:
                yield "no notebook makes this exhibit", nearest(target, self.exhibits, "an id")
        elif kind == "row":
            yield from self._row(target)
        elif kind == "lacks":
            yield f"a disagreement without {target}", f"its option {target}:"
        elif kind == "unknown role":
            yield "no such role", nearest(target, markup.REFERENCES, "a role")
        elif kind == "directive" and target not in markup.ALL_DIRECTIVES:
            yield "no such directive", nearest(target, markup.ALL_DIRECTIVES, "a directive")
        elif kind == "fault":
            yield "options that cannot be read", "each as name: value"
        elif kind == "rule":
            yield from self._anchor(f"rule-{target}", self.anchors, "no such rule")
        elif kind == "ref":
            yield from self._anchor(target, self.anchors, "no such anchor")
        elif kind == "doc":
            yield from self._page(target.removeprefix("/"), "")
        elif kind == "link":
            yield from self._link(Path(part.file).stem, target)

    def _is_known(self, named: str) -> bool:
        return any(named.partition("@")[0] in self.rows[table] for table in ROWS.values())

    def _record(self, kind: str, key: str) -> Iterator[tuple[str, str]]:
        known = self.rows[TABLES[kind]]
        if key not in known:
            yield self._unknown(key, f"no such {kind}", known, f"the id of a {kind}")

    def _unknown(self, key: str, fault: str, known: set[str], what: str) -> tuple[str, str]:
        if key in self.ids and not any(key in rows for rows in self.rows.values()):
            day = self.data.as_of
            return f"a row that is not known yet on {day}", "it into :::{from} the day of the row"
        return fault, nearest(key, known, what)

    def _row(self, named: str) -> Iterator[tuple[str, str]]:
        key, _, period = named.partition("@")
        kinds = [kind for kind, table in ROWS.items() if key in self.rows[table]]
        if not kinds and key in self.ids:
            return  # an entry shows as soon as two of its sides are known
        if not kinds:
            known = set().union(*(self.rows[table] for table in ROWS.values()))
            yield "the id of no row", nearest(key, known, "the id of a row")
        elif len(kinds) > 1:
            yield f"the id of a {' and of a '.join(kinds)}", "a row that has its id alone"
        elif kinds == ["series"]:
            rows = self.data.observations
            periods = set(rows.period[rows.series_id == key])
            counts = set(self.data.indicators.indicator[self.data.indicators.kind == "count"])
            series = self.data.series.set_index("series_id").indicator
            # The months of a year are added up where they count something.
            added = {period[:4] for period in periods} if series[key] in counts else set()
            if period not in periods | added:
                yield "the series has no such period", nearest(period, periods, "one of the series")

    def _link(self, page: str, target: str) -> Iterator[tuple[str, str]]:
        if _SCHEME.match(target):
            return
        path, _, anchor = unquote(target).partition("#")
        if not path:
            yield from self._anchor(anchor, self.anchors, "no such anchor")
        elif path.endswith((".md", ".ipynb")):
            yield from self._page(Path(path).stem, anchor)
        elif not (self.prose / path).is_file():
            yield "no such file", "a page of book/ or notebooks/ with its ending, as methods.md"

    def _page(self, name: str, anchor: str) -> Iterator[tuple[str, str]]:
        if name not in self.pages:
            yield "no such page", nearest(name, self.pages, "the name of a page")
        elif anchor:
            yield from self._anchor(anchor, self.pages[name], f"no such anchor in {name}")

    def _anchor(self, name: str, known: set[str], fault: str) -> Iterator[tuple[str, str]]:
        if name not in known:
            yield fault, nearest(name, known, "an anchor of the page")


def addresses(
    parts: list[Part], numbers: Numbers, numbered: set[str]
) -> Callable[[str], bool | None]:
    """Return what says whether the edition's site has an address; None where it may have it.

    Parameters
    ----------
    numbered : set of str
        The anchors of the numbers that the texts refer to.
    """
    here = shown(parts, numbers)
    check = _Check(parts, here, numbers.data, set(), Path())
    words = {Path(file).stem: text.lower() for file, text in texts(here).items()}
    known = numbered.union(check.exhibits, *check.rows.values())

    def is_there(address: str) -> bool | None:
        path, _, anchor = address.partition("#")
        folder, _, file = path.rpartition("/")
        name = file.removesuffix(".html")
        if folder == "exhibits":
            return None if "" in check.exhibits else file.partition(".")[0] in check.exhibits
        if folder or name == file or name in ("404", "search"):
            return None
        if not anchor or name not in words:
            return name in words
        # A heading gives an anchor of its words, and rows and numbers have one on some page.
        is_heading = all(word in words[name] for word in anchor.split("-"))
        return anchor in check.pages[name] or (None if anchor in known or is_heading else False)

    return is_there
