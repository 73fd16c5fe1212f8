"""Whether all that pages and notebooks refer to is there in an edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from urllib.parse import unquote

from clashbook.counting import RULES
from clashbook.dataset import kinds
from clashbook.dataset.tables import Dataset, Problem
from clashbook.faces import undrawn
from clashbook.language import is_day
from clashbook.pipeline.manuscript import Part, nearest, shown, texts
from clashbook.prose import markup
from clashbook.prose.markdown import Reference
from clashbook.prose.markup import DATED
from clashbook.prose.numbers import ROLES, Numbers

# The table that holds the rows of each role, and of each row of a disagreement.
TABLES = {kind.name: kind.table for kind in kinds.REFERRED}
ROWS = {kind.name: kind.table for kind in kinds.GROUNDS}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


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
                fault, way_out = "is not a date", "it as 2022-09-13"
                yield Problem(part.place, reference.line, "", reference.target, fault, way_out)
            if reference.kind == "else":
                fault = f"an {{else}} that {reference.target}"
                way_out = ":::{else} alone, right after the end of a :::{holds}"
                yield Problem(part.place, reference.line, "", "", fault, way_out)
        for line, text in enumerate(part.page.text.splitlines(), start=1):
            if char := undrawn(text):
                fault = "is not in the typefaces of the book"
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
                fault = f"is also an exhibit of {made[key]}"
                yield Problem(part.place, 0, "", key, fault, "another id for one of the two")
        for line, kind, target, _ in part.page.references:
            if kind == "label":
                place = f"{part.place} line {line}"
                if (other := labels.setdefault(target, place)) != place:
                    fault = f"is also an anchor of {other}"
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
        self.data, self.prose = data, prose
        self.rows = {name: set(frame.iloc[:, 0]) for name, frame in data.tables.items()}
        self.later = ids.difference(*self.rows.values())
        self.exhibits = {key for part in here for key in part.exhibits}
        self.pages: dict[str, set[str]] = {Path(part.file).stem: set() for part in parts}
        for part in here:
            self.pages[Path(part.file).stem] |= {
                reference.target for reference in part.page.references if reference.kind == "anchor"
            }
        anchors = set().union(*self.pages.values())
        # By kind of reference: what there is, what is said of something else, and what one is.
        self.known: dict[str, tuple[Collection[str], str, str]] = {
            "exhibit": (self.exhibits, "no notebook makes this exhibit", "an id"),
            "unknown role": (markup.REFERENCES, "no such role", "a role"),
            "directive": (markup.ALL_DIRECTIVES, "no such directive", "a directive"),
            "rule": ({f"{rule.number}" for rule in RULES}, "no such rule", "its number"),
            "ref": (anchors, "no such anchor", "an anchor of the page"),
            "doc": (self.pages, "no such page", "the name of a page"),
        } | {
            kind: (self.rows[table], f"no such {kind}", f"the id of a {kind}")
            for kind, table in TABLES.items()
        }

    def __call__(self, part: Part, reference: Reference) -> Iterator[tuple[str, str]]:
        kind, target = reference.kind, reference.target
        sides = reference.sides
        if sides and sum(any(map(self._is_known, side)) for side in sides) < 2:
            return  # the entry does not show yet
        if kind in TABLES and target in self.later:
            day = self.data.as_of
            fault = f"a row that is not known yet on {day}, or whose source was withdrawn"
            yield fault, "it into :::{from} the day of the row, or the passage without it"
        elif kind in self.known:
            yield from self._one_of(kind, target.removeprefix("/"))
        elif kind == "row":
            yield from self._row(target)
        elif kind == "lacks":
            yield f"a disagreement without {target}", f"its option {target}:"
        elif kind == "caption role":
            yield "not a role for captions, and would be shown as typed", " or ".join(ROLES)
        elif kind == "fault":
            yield "options that cannot be read", "each as name: value"
        elif kind == "link":
            yield from self._link(target)

    def _one_of(self, kind: str, target: str) -> Iterator[tuple[str, str]]:
        known, fault, what = self.known[kind]
        # An id of an exhibit that code puts together cannot be read, and is "".
        if target not in known and "" not in known:
            yield fault, nearest(target, known, what)

    def _is_known(self, named: str) -> bool:
        return any(named.partition("@")[0] in self.rows[table] for table in ROWS.values())

    def _row(self, named: str) -> Iterator[tuple[str, str]]:
        key, _, period = named.partition("@")
        kinds = [kind for kind, table in ROWS.items() if key in self.rows[table]]
        if key in self.later:
            return  # an entry shows as soon as two of its sides are known
        if not kinds:
            known = set().union(*(self.rows[table] for table in ROWS.values()))
            yield "not the id of a row", nearest(key, known, "the id of a row")
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

    def _link(self, target: str) -> Iterator[tuple[str, str]]:
        path, _, anchor = unquote(target).partition("#")
        page = Path(path).stem if path.endswith((".md", ".ipynb")) else ""
        if _SCHEME.match(target):
            return
        if not path:
            yield from self._one_of("ref", anchor)
        elif page in self.pages:
            if anchor and anchor not in self.pages[page]:
                way_out = nearest(anchor, self.pages[page], "an anchor of the page")
                yield f"no such anchor in {page}", way_out
        elif page:
            yield from self._one_of("doc", page)
        elif not (self.prose / path).is_file():
            yield "no such file", "a page of book/ or notebooks/ with its ending, as methods.md"


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
