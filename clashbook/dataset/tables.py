"""The dataset: read, check, cut to a date.

``data/datapackage.json`` is the only schema: which tables there are, which columns hold numbers,
and which rows of one table another names, is read from there.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from pathlib import Path
from typing import TypeVar

import pandas as pd

from clashbook.dataset import cutting, kinds
from clashbook.dataset.checks import DataError, Folder, Problem, inspect, seen
from clashbook.dataset.checks.package import PACKAGE
from clashbook.dataset.checks.rules import SOURCED, rows, written
from clashbook.dataset.rows import Record, Source
from clashbook.language import is_day

__all__ = ["DataError", "Dataset", "Problem", "load", "once", "vouch"]

# The day on which the rows of a table begin to exist; a correction stands with its row, since an
# edition as of an earlier day has the latest coding too.
BEGINS = {kind.table: kind.begins for kind in kinds.KINDS if kind.begins}
# The tables whose last day is the as-of date of all.
DATED = tuple(kind.table for kind in kinds.GROUNDS)
AnyRecord = TypeVar("AnyRecord", bound=Record)
# Tables whose rows are shown by the chapters and counted in no toll.
DRAWN = ("events", "reactions", "series")


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables at one as-of date.

    Parameters
    ----------
    tables
        Each table by name, and as an attribute: ``data.claims``. Text columns are ``str`` with ""
        for missing, number columns float64 with NaN for missing, days ISO strings, which sort as
        days; the index counts rows from 0.
    as_of
        ISO date; nothing in the tables was first known after it.
    version
        Version of the data, from the package.
    package
        The parsed ``datapackage.json``.
    warnings
        What the check warns of.
    """

    tables: dict[str, pd.DataFrame]
    as_of: str
    version: str
    package: dict
    warnings: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> pd.DataFrame:
        # Only for names that are no fields; copying asks for some before `tables` is there.
        tables = self.__dict__.get("tables", {})
        if name in tables:
            return tables[name]
        raise AttributeError(f"no table {name} in the dataset")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        return (
            (self.as_of, self.version, list(self.tables))
            == (other.as_of, other.version, list(other.tables))
        ) and all(frame.equals(other.tables[name]) for name, frame in self.tables.items())

    __hash__ = None  # type: ignore[assignment]  # as Python itself sets it where only __eq__ is

    @property
    def issued(self) -> str:
        """The ISO date of this version of the data."""
        return self.package["created"][:10]

    def cut(self, as_of: str) -> "Dataset":
        """Return what existed on the day `as_of`, an ISO date.

        Rows first known later are gone, and with them the relations to them and the sources,
        actors and places that only they named; an episode whose end no source had given has none.
        Stances and indicators are kept whole, belligerents and the collectives that counting names
        too. What an earlier cut left out stays out.

        Raises
        ------
        ValueError
            If `as_of` is no ISO date.
        """
        if not is_day(as_of):
            raise ValueError(f'"{as_of}" is not a date; write YYYY-MM-DD')
        tables = {
            name: frame[frame[BEGINS[name]] <= as_of] if name in BEGINS else frame
            for name, frame in self.tables.items()
        }
        tables["episodes"] = cutting.ended(tables["episodes"], self.sources, as_of)
        for name in SOURCED:
            begun = tables[name].episode_id.isin(tables["episodes"].episode_id)
            tables[name] = tables[name][begun]
        left = cutting.closed(tables, self.package, whole=["episodes"])
        return replace(self, tables=left, as_of=as_of)

    def without_withdrawn(self) -> "Dataset":
        """Return it without the events, reactions and series of sources that were withdrawn.

        Their claims stay: counting leaves them out by rule 4, and says so.
        """
        sources = self.records(Source).values()
        gone = [source.id for source in sources if source.is_withdrawn]
        if not gone:
            return self
        left = {name: self.tables[name] for name in DRAWN}
        left = {name: frame[~frame.source_id.isin(gone)] for name, frame in left.items()}
        tables = cutting.closed(self.tables | left, self.package, whole=cutting.NAMED)
        return replace(self, tables=tables)

    def select(self, tables: Sequence[str], domains: Sequence[str]) -> "Dataset":
        """Return only what a reader of `tables` and `domains` sees.

        Kept are the rows of `tables`, of claims, series and observations those whose indicator is
        of one of `domains`; the indicators of `domains`; and the rows that all these name. Other
        tables keep their columns only.

        Raises
        ------
        ValueError
            If there is no such table.
        """
        unknown = sorted(set(tables) - set(self.tables))
        if unknown:
            raise ValueError(f"no table {', '.join(unknown)}; there are {', '.join(self.tables)}")
        asked = {*tables, *cutting.NAMED}
        asked |= {"series"} if "observations" in tables else set()
        asked |= {"stances"} if "reactions" in tables else set()
        wanted = cutting.of_domains(self.indicators, domains)
        kept = {n: f if n in asked else f.iloc[:0] for n, f in self.tables.items()}
        for name in ("claims", "series"):
            kept[name] = kept[name][kept[name].indicator.isin(wanted)]
        if "indicators" not in tables:
            kept["indicators"] = self.indicators[self.indicators.indicator.isin(wanted)]
        return replace(self, tables=cutting.closed(kept, self.package, whole=tables))

    def write(self, folder: Path) -> None:
        """Write the tables and the package into `folder`; the same dataset gives the same bytes.

        The package keeps the as-of date, so that loading the folder gives an equal dataset.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for resource in self.package["resources"]:
            path = folder / resource["path"]
            frame = self.tables[resource["name"]]
            numbers = frame.select_dtypes("number").columns
            frame = frame.assign(**{column: frame[column].map(written) for column in numbers})
            text = frame.to_csv(index=False, lineterminator="\n")
            path.write_text(text, encoding="utf-8", newline="")
        package = self.package | {"as_of": self.as_of}
        text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
        (folder / PACKAGE).write_text(text, encoding="utf-8", newline="")

    def parties(self) -> list[str]:
        """Return the ids of the belligerents in their order, that of ``actors.csv``."""
        return list(self._parties)

    @cached_property
    def _parties(self) -> list[str]:
        return self.actors.actor_id[self.actors.kind == "belligerent"].tolist()

    def place(self, actor_id: str) -> tuple[int, str]:
        """What actors are sorted by: the sides in their order, then all others by name."""
        if actor_id in self._parties:
            return self._parties.index(actor_id), ""
        return len(self._parties), self.names.get(actor_id, actor_id)

    @cached_property
    def rows(self) -> dict[str, dict[str, dict]]:
        """Each row by its id, by the name of its table."""
        return {
            name: {row[frame.columns[0]]: row for _, row in rows(frame)}
            for name, frame in self.tables.items()
        }

    def records(self, kind: type[AnyRecord]) -> dict[str, AnyRecord]:
        """Each row of a kind's table as a record, by its id, in the order of the table."""
        kept = self.__dict__.setdefault("_records", {})
        if kind not in kept:
            records = (kind.of(row) for _, row in rows(self.tables[kind.record_kind.table]))
            kept[kind] = {record.id: record for record in records}
        return kept[kind]

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each actor by its id."""
        return dict(zip(self.actors.actor_id, self.actors["name"], strict=True))

    def name(self, actor_id: str) -> str:
        """Return an actor's name.

        Raises
        ------
        KeyError
            If there is no such actor.
        """
        return self.names[actor_id]


def once(made: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Let a function of a Dataset make each frame once: a dataset never changes, and many ask.

    Every caller gets a copy of its own.
    """

    @wraps(made)
    def asked(data: Dataset, *arguments: object) -> pd.DataFrame:
        kept = data.__dict__.setdefault("_made", {})
        key = (made.__module__, made.__name__, repr(arguments))
        if key not in kept:
            kept[key] = made(data, *arguments)
        return kept[key].copy()

    return asked


def load(data_dir: Path | str, as_of: str = "", checked: Path | None = None) -> Dataset:
    """Read the folder `data_dir`, check all of it, and cut it to a date.

    Parameters
    ----------
    data_dir
        Folder with ``datapackage.json`` and its tables.
    as_of
        ISO date; if empty the last day on which anything in the data was reported or released, or
        the day to which the folder was cut.
    checked
        Folder that remembers which data were found sound, here or by `vouch`; they are only read.

    Raises
    ------
    DataError
        If anything is wrong with the data or the date.
    """
    found = inspect(Path(data_dir), checked)
    problems = _all_problems(found, as_of)
    if problems:
        raise DataError(problems)
    tables = {name: frame.reset_index(drop=True) for name, frame in found.frames.items()}
    day = as_of or found.package.get("as_of") or _days(found.frames, *DATED)[-1]
    package = found.package
    return Dataset(tables, day, package["version"], package, found.warnings).cut(day)


def vouch(data_dir: Path, checked: Path) -> None:
    """Remember in `checked` that a folder is sound: `Dataset.write` made it from sound data."""
    package = (data_dir / PACKAGE).read_text(encoding="utf-8")
    paths = [data_dir / resource["path"] for resource in json.loads(package)["resources"]]
    seen.add(checked, [package])
    seen.add(checked, [package, *(path.read_bytes().decode() for path in paths)])


def _all_problems(found: Folder, as_of: str) -> list[Problem]:
    reach, created = found.package.get("as_of", ""), found.created
    days = _days(found.frames, *DATED)
    first = next(iter(_days(found.frames, "claims")), "")
    fault = way_out = ""
    if (as_of or reach) and not is_day(as_of or reach):
        fault, way_out = "is not a date", "YYYY-MM-DD"
    elif created and as_of > created:
        fault, way_out = (
            f"is after {created}, the day of the data",
            f"a day up to {created}",
        )
    elif reach and as_of > reach:
        fault, way_out = f"is after {reach}, the cut-off date of these data", f"a day up to {reach}"
    elif as_of and as_of < first:
        fault, way_out = "is before the first claim", f"a day from {first} on"
    elif not (as_of or reach or days or found.problems):
        fault, way_out = "is empty, and no row has a day", "a day as YYYY-MM-DD"
    own = [Problem("as_of", 0, "", str(as_of or reach), fault, way_out)] if fault else []
    return [*own, *found.problems]


def _days(frames: dict[str, pd.DataFrame], *tables: str) -> list[str]:
    """Return the days from which on rows of `tables` exist, in order."""
    days = {day for name in tables if name in frames for day in frames[name].get(BEGINS[name], [])}
    return sorted(filter(is_day, days))
