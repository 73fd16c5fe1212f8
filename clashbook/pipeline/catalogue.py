"""What one edition offers to writers: its exhibits, numbers and sources by id, each citable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clashbook.config import Config
from clashbook.dataset.rows import Source
from clashbook.figures import exhibit
from clashbook.figures.exhibit import RECORDS
from clashbook.formats.citation import Item
from clashbook.pipeline import citable, manuscript
from clashbook.pipeline.edition import Edition
from clashbook.prose import numbers

if TYPE_CHECKING:
    from clashbook.pages import facts


@dataclass(frozen=True)
class Catalogue:
    """An edition's exhibits, numbers and sources.

    Parameters
    ----------
    book : Edition
        What the pages of the edition are told.
    config : Config
        Says where the book is published, if it is.
    files : Path
        Folder of the exhibits' files.
    items : dict of dict
        The CSL item of whatever can be cited, by its id; that of the edition itself by "".
    """

    book: facts.Edition
    config: Config
    files: Path
    items: dict[str, Item]

    @classmethod
    def read(cls, staged: Path, config: Config) -> Catalogue:
        """Read a stage's `_clashbook` folder."""
        from clashbook.pages import facts  # with all of Sphinx, which lists of ids do without

        book = facts.Edition.read(staged)
        return cls(book, config, staged / exhibit.FILES, citable.read(staged))

    @cached_property
    def known(self) -> dict[str, dict[str, Any]]:
        """What has an id, by kind: bundles of exhibits, numbers, rows of `sources.csv`."""
        sources = {row["source_id"]: row for row in self.book.table("sources")}
        return {"exhibits": self.book.exhibits, "numbers": self.book.numbers, "sources": sources}

    @property
    def edition(self) -> Item:
        """The CSL item of the edition itself."""
        return self.items[""]

    def file(self, key: str, kind: str) -> bytes:
        """The content of one file of an exhibit, by its kind in the record: svg, csv."""
        return (
            self.files / Path(self.book.exhibits[key]["record"]["files"][kind]).name
        ).read_bytes()

    def find(self, key: str, kinds: Sequence[str] = ("exhibits", "numbers", "sources")) -> str:
        """The kind of thing that has the id.

        Raises
        ------
        UnknownIdError
            If none of these kinds has.
        """
        for kind in kinds:
            if key in self.known[kind]:
                return kind
        known = [name for kind in kinds for name in self.known[kind]]
        raise citable.unknown(key, known, " or ".join(kind[:-1] for kind in kinds))

    def item(self, key: str) -> Item:
        """The CSL item of what has the id; of the edition where the id is empty."""
        return citable.found(self.items, key)

    def table(self, key: str) -> tuple[Path, dict[str, str]]:
        """The CSV of a table of the data or of an exhibit, and the kind of each column.

        Raises
        ------
        UnknownIdError
            If none has the id. A table of the data goes before an exhibit of the same name, which
            ``exhibits/ID`` names.
        """
        tables = {table["name"]: table for table in self.book.package.get("resources", [])}
        if key in tables:
            fields = tables[key]["schema"]["fields"]
            path = self.files.with_name("data") / tables[key]["path"]
            return path, {field["name"]: field.get("type", "string") for field in fields}
        name = key.removeprefix(f"{exhibit.FOLDER}/")
        if name not in self.book.exhibits:
            raise citable.unknown(name, [*tables, *self.book.exhibits], "table or figure")
        bundle = self.book.exhibits[name]
        kinds = {column["name"]: column["type"] for column in exhibit.described(bundle)}
        return self.files / Path(bundle["record"]["files"]["csv"]).name, kinds

    def sources_of(self, key: str) -> list[str]:
        """The ids of the sources that an exhibit or a number rests on."""
        if self.find(key, ("exhibits", "numbers")) == "exhibits":
            return self.book.exhibits[key]["sources"]
        number = self.book.numbers[key]
        rests_on = [(table, name) for table in RECORDS for name in getattr(number, table)]
        return list(dict.fromkeys(self.book.name(*row, "source_id") for row in rests_on))


def _claims(edition: Edition) -> dict[str, str]:
    known = edition.numbers
    of_claims = {key: f"said-{key}" for key in edition.data.claims.claim_id}
    return {key: f"{known.what(name)}: {known[name].text}" for key, name in of_claims.items()}


def _numbers(edition: Edition) -> dict[str, str]:
    """The tolls, what each claim says, and whatever the texts refer to."""
    known = edition.numbers
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
