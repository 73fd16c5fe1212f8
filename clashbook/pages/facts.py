"""What one edition of the book says, as the build has staged it for Sphinx."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sphinx.errors import ExtensionError

from clashbook.about import About
from clashbook.dataset import kinds
from clashbook.dataset.rows import Claim
from clashbook.files import read_json
from clashbook.prose.numbers import Number
from clashbook.prose.numbers.naming import slug

if TYPE_CHECKING:  # slow to import, and what asks for no pages does without
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

Row = dict[str, str]
T = TypeVar("T")

# The column that names a row of a table.
KEYS = {kind.table: kind.key for kind in kinds.KINDS}


@dataclass(frozen=True)
class Edition:
    """The numbers, tables and exhibits of one edition.

    Parameters
    ----------
    about : About
        What the edition says of itself.
    numbers : dict of Number
        The numbers by id.
    tables : dict of list of dict
        The data as of the edition's date, table by table, every cell as its file has it.
    package : dict
        `datapackage.json`.
    tolls : dict of dict
        Claim id to what becomes of it: `enters` (tolls, each with its quantity, its words and the
        id of its number), `rule` and `reason` if left out. A claim of which no toll is made is not
        among them.
    exhibits : dict of dict
        The exhibits' bundles by id.
    proofs : dict of dict
        By the id of a number that is printed elsewhere how the report's own toll gives it: `sum`,
        the `day` it holds on, what is `chosen`, `claims` and `series`, and the `rule` and `reason`
        by which the report leaves it out; nothing where no reason is claimed.
    telling : list of dict
        What the pages tell of either side, as `prose.telling` has it.
    choices : list of dict
        What each clash's count comes to as a reader chooses, as `pages.choices` has it.
    """

    about: About
    numbers: dict[str, Number] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    package: dict[str, Any] = field(default_factory=dict)
    tolls: dict[str, dict[str, Any]] = field(default_factory=dict)
    exhibits: dict[str, dict[str, Any]] = field(default_factory=dict)
    proofs: dict[str, dict[str, Any]] = field(default_factory=dict)
    telling: list[dict[str, Any]] = field(default_factory=list)
    choices: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def read(cls, folder: Path) -> Edition:
        """Read a stage's `_clashbook` folder.

        Raises
        ------
        sphinx.errors.ExtensionError
            If a file is missing: the stage was not made by the build.
        """
        try:
            package = read_json(folder / "data" / "datapackage.json")
            return cls(
                about=About.read(folder),
                numbers={
                    number["id"]: Number.from_dict(number)
                    for number in read_json(folder / "numbers.json")["numbers"]
                },
                tables={
                    resource["name"]: _rows(folder / "data" / resource["path"])
                    for resource in package["resources"]
                },
                package=package,
                tolls=read_json(folder / "tolls.json"),
                exhibits={
                    path.stem: read_json(path) for path in sorted(folder.glob("exhibits/*.json"))
                },
                proofs=read_json(folder / "elsewhere.json"),
                telling=read_json(folder / "telling.json"),
                # Made from all the others.
                choices=read_json(choices) if (choices := folder / "choices.json").exists() else [],
            )
        except FileNotFoundError as missing:
            raise ExtensionError(
                f"{missing.filename} is missing; build the book with `clashbook build`"
            ) from missing

    def table(self, name: str) -> list[Row]:
        return self.tables.get(name, [])

    def row(self, table: str, key: str) -> Row | None:
        return self._by_key[table].get(key)

    def name(self, table: str, key: str, column: str) -> str:
        """A row's name, or its key where the table has no such row."""
        row = self.row(table, key)
        return row[column] if row and row.get(column) else key

    @cached_property
    def sides(self) -> list[str]:
        """The belligerents' ids, in their order."""
        return [row["actor_id"] for row in self.table("actors") if row["kind"] == "belligerent"]

    def place(self, actor_id: str) -> tuple[int, str, str]:
        """What actors are sorted by: the sides in their order, then all others by name."""
        if actor_id in self.sides:
            return self.sides.index(actor_id), "", ""
        name = self.name("actors", actor_id, "name")
        return len(self.sides), name.casefold(), name

    @cached_property
    def _by_key(self) -> dict[str, dict[str, Row]]:
        return {table: {row[key]: row for row in self.table(table)} for table, key in KEYS.items()}

    @cached_property
    def observations(self) -> dict[str, dict[str, Row]]:
        """Series id to its observations by their periods."""
        rows = _grouped((row["series_id"], row) for row in self.table("observations"))
        return {key: {row["period"]: row for row in mine} for key, mine in rows.items()}

    @cached_property
    def tolls_begin(self) -> dict[str, str]:
        """How the ids of an indicator's tolls begin, and the indicator."""
        return {
            f"{slug(episode['episode_id'])}-{slug(row['indicator'])}-": row["indicator"]
            for episode in self.table("episodes")
            for row in self.table("indicators")
        }

    @cached_property
    def numbers_of_claim(self) -> dict[str, list[str]]:
        """Claim id to the ids of the numbers that rest on it."""
        numbers = self.numbers.items()
        return _grouped((claim, key) for key, number in numbers for claim in number.claims)

    @cached_property
    def exhibits_of_claim(self) -> dict[str, list[str]]:
        """Claim id to the ids of the exhibits that show it or rest on it."""
        exhibits = self.exhibits.items()
        return _grouped((claim, key) for key, bundle in exhibits for claim in bundle["claims"])

    @cached_property
    def claims(self) -> dict[str, Claim]:
        return {row["claim_id"]: Claim.of(row) for row in self.table("claims")}

    @cached_property
    def related_claims(self) -> dict[str, list[Claim]]:
        """Claim id to the claims that update, repeat, dispute it or the like."""
        return _grouped((claim.related, claim) for claim in self.claims.values())

    def entered(self, claim: Claim) -> list[dict[str, str]]:
        """The tolls that a claim enters: its own quantity first, then what shares most with it."""
        tolls = self.tolls.get(claim.id, {}).get("enters", [])
        parts = ("indicator", "party", "population")
        return sorted(
            tolls, key=lambda toll: [toll[part] != getattr(claim, part) for part in parts]
        )

    @cached_property
    def uses_of_source(self) -> dict[str, dict[str, list[Row]]]:
        """Source id to the rows of each table that cite it."""
        uses: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for table in (kind.table for kind in kinds.CITING):
            for row in self.table(table):
                uses[row["source_id"]][table].append(row)
        return uses


def read_edition(app: Sphinx) -> None:
    """Read what the build has staged, for all pages to ask."""
    vars(app)["clashbook_edition"] = Edition.read(Path(app.srcdir) / "_clashbook")


def edition_of_app(app: Sphinx) -> Edition:
    return vars(app)["clashbook_edition"]


def edition_of(env: BuildEnvironment) -> Edition:
    return edition_of_app(env.app)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    result: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        result[key].append(value)
    return result
