"""What one edition offers to writers: its exhibits, numbers and sources by id, each citable."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from clashbook.about import About
from clashbook.config import Config
from clashbook.dataset.rows import Source
from clashbook.figures import exhibit
from clashbook.figures.exhibit import RECORDS
from clashbook.files import read_json
from clashbook.formats import citation
from clashbook.formats.citation import Item
from clashbook.language import until
from clashbook.pipeline import manuscript
from clashbook.pipeline.edition import Edition
from clashbook.prose import numbers


class UnknownIdError(KeyError):
    """No exhibit, number or source has the id; the message names the nearest."""

    def __str__(self) -> str:
        return self.args[0]


@dataclass(frozen=True)
class Catalogue:
    """An edition's exhibits, numbers and sources.

    Parameters
    ----------
    exhibits : dict of dict
        Bundles with their records, by id.
    numbers : dict of dict
        As in `numbers.json`, by id.
    sources : dict of dict
        Rows of `sources.csv`, by id.
    grounds : dict of str to str
        Id of a claim, series, reaction or event to the id of its source.
    edition : dict
        The CSL item of the edition itself.
    config : Config
        Says where the book is published, if it is.
    files : Path
        Folder of the exhibits' files.
    """

    exhibits: dict[str, dict]
    numbers: dict[str, dict]
    sources: dict[str, dict]
    grounds: dict[str, str]
    edition: Item
    config: Config
    files: Path

    @classmethod
    def read(cls, staged: Path, config: Config) -> Catalogue:
        """Read a stage's `_clashbook` folder."""
        data = staged / "data"
        records = [row for name in RECORDS for row in _rows(data / f"{name}.csv")]
        return cls(
            {path.stem: read_json(path) for path in sorted((staged / "exhibits").glob("*.json"))},
            {row["id"]: row for row in read_json(staged / "numbers.json")["numbers"]},
            {row["source_id"]: row for row in _rows(data / "sources.csv")},
            {next(iter(row.values())): row["source_id"] for row in records},
            About.read(staged).citation,
            config,
            staged / exhibit.FILES,
        )

    def file(self, key: str, kind: str) -> bytes:
        """The content of one file of an exhibit, by its kind in the record: svg, csv."""
        return (self.files / Path(self.exhibits[key]["record"]["files"][kind]).name).read_bytes()

    def find(self, key: str, kinds: Iterable[str] = ("exhibits", "numbers", "sources")) -> str:
        """The kind of thing that has the id.

        Raises
        ------
        UnknownIdError
            If none of these kinds has.
        """
        kinds = list(kinds)
        for kind in kinds:
            if key in getattr(self, kind):
                return kind
        known = [name for kind in kinds for name in getattr(self, kind)]
        near = difflib.get_close_matches(key, known, 5, 0.3)
        pages = "see exhibits.html, claims.html and sources.html"
        hint = f"nearest: {', '.join(near)}" if near else pages
        raise UnknownIdError(f'"{key}" is no {" or ".join(_ONE[kind] for kind in kinds)}; {hint}')

    def item(self, key: str) -> Item:
        """The CSL item of an exhibit, number or source; of the edition where the id is empty."""
        if not key:
            return self.edition
        kind = self.find(key)
        if kind == "exhibits":
            return self.exhibits[key]["record"]["citation"]
        if kind == "sources":
            return citation.of_source(self.sources[key])
        number = self.numbers[key]
        place = f"claims.html#number-{key}"
        version = self.edition["version"]
        url = citation.address(self.config, number["as_of"], version, place)
        item = citation.of_exhibit(self.edition, key, "table", in_words(number), url)
        return item if url else {**item, "archive_location": place}

    def sources_of(self, key: str) -> list[str]:
        """The ids of the sources that an exhibit or a number rests on."""
        if self.find(key, ("exhibits", "numbers")) == "exhibits":
            return self.exhibits[key]["sources"]
        number = self.numbers[key]
        rests_on = [name for kind in RECORDS for name in number[kind]]
        return list(dict.fromkeys(self.grounds[name] for name in rests_on))


def in_words(number: dict) -> str:
    """A number by itself: what it is of, what it is, and by which day that was said."""
    # What a single claim is of names its day.
    day = "" if number["stated"] in number["what"] else number["stated"]
    return f"{number['what']}: {number['text']}{until(day)}"


_ONE = {"exhibits": "exhibit", "numbers": "number", "sources": "source"}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _claims(edition: Edition) -> dict[str, str]:
    known = numbers.Numbers(edition.data)
    of_claims = {key: f"said-{key}" for key in edition.data.claims.claim_id}
    return {key: f"{known.what(name)}: {known[name].text}" for key, name in of_claims.items()}


def _numbers(edition: Edition) -> dict[str, str]:
    """The tolls, what each claim says, and whatever the texts refer to."""
    known = numbers.Numbers(edition.data)
    ids = numbers.references(part.page.text for part in manuscript.read(edition))
    ids |= {f"said-{key}" for key in edition.data.claims.claim_id}
    for episode in edition.data.episodes.episode_id:
        ids |= {numbers.toll_id(episode, quantity) for quantity in known.count(episode).tolls}
    there = ids - numbers.undeclared(known, ids).keys()
    return {row.id: f"{row.what}: {row.text}" for row in numbers.compute(known, there)}


def _sources(edition: Edition) -> dict[str, str]:
    rows = edition.data.records(Source)
    return {key: f"{row.title}; {row.publisher}, {row.issued}" for key, row in rows.items()}


# By kind, the ids of an edition, each with what it is.
LISTS: dict[str, Callable[[Edition], dict[str, str]]] = {
    "claims": _claims,
    "numbers": _numbers,
    "sources": _sources,
}
