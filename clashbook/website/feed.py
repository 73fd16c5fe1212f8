"""The Atom feed of all that is published: an entry a state, and one for what a version corrected.

It follows RFC 4287. An id stays what it is wherever the book is found: it is made of what a state
says of itself, which never changes. Without an address of the book, links are seen from the feed.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from clashbook.about import Marker
from clashbook.files import write_whole
from clashbook.language import day_in_words
from clashbook.pages.html import CONTROLS, templates
from clashbook.website import history, published
from clashbook.website.editions import State
from clashbook.website.history import Step, steps
from clashbook.website.rowwords import RowWords
from clashbook.website.snapshots import Snapshot, read_tables

NAME = "feed.xml"
# Of moved numbers and of corrections an entry lists as many, and says how many more there are.
MOST = 40
_ATOM = "{http://www.w3.org/2005/Atom}"
# Where names of our own are made: of nothing that has an address.
_NAMES = uuid.uuid5(uuid.NAMESPACE_OID, "clashbook")
_CORRECTIONS = "data/corrections.csv"


@dataclass(frozen=True)
class Entry:
    """An entry: of a state, or of corrections, with their rows.

    Of a state `since` is the one before it in words, and `changes` the page of what changed.
    """

    id: str
    title: str
    updated: str
    place: str
    state: State
    since: str = ""
    changes: str = ""
    corrections: Sequence[Mapping[str, str]] = ()


def write(folder: Path, states: list[State], markers: Mapping[str, list[Marker]]) -> None:
    """Write `editions/feed.xml`.

    Parameters
    ----------
    folder : Path
        All that is published.
    states : list of State
        What `editions.of` says of it.
    markers : mapping of str to list of Marker
        The states' markers by day, newest first.
    """
    path = folder / published.FOLDER / NAME
    marker_at = {
        published.state(day, marker.version): marker for day in markers for marker in markers[day]
    }
    root = next((marker.root for marker in marker_at.values() if marker.root), "")
    entries = [
        _of_state(path.parent, step, marker_at[step.after["path"]]) for step in steps(states)
    ]
    entries += _corrections(folder, states, marker_at)
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    newest = next(iter(marker_at.values()))
    made = templates.get_template("feed.xml").render(
        about=newest,
        # One that is there already keeps its id, whatever the book is called now.
        id=_id_in(path) or _id(newest.title),
        updated=entries[0].updated,
        entries=entries,
        below=f"{root}{published.FOLDER}/" if root else "",
        most=MOST,
    )
    write_whole(path, CONTROLS.sub("", made).encode())


def _id(*names: str) -> str:
    return uuid.uuid5(_NAMES, " ".join(names)).urn


def _id_in(path: Path) -> str:
    return str(etree.parse(str(path)).findtext(f"{_ATOM}id") or "") if path.is_file() else ""


def _of_state(folder: Path, step: Step, marker: Marker) -> Entry:
    state, page = step.after, f"{history.FOLDER}/{step.name}.html"
    return Entry(
        id=_id(marker.title, state["as_of"], state["version"]),
        title=f"As known on {day_in_words(state['as_of'])}, data version {state['version']}",
        updated=_moment(marker),
        place=f"{_below(state)}index.html",
        state=state,
        since=_named(state["before"]),
        changes=page if (folder / page).is_file() else "",
    )


def _below(state: State) -> str:
    """A state's path, seen from the feed."""
    return state["path"].removeprefix(f"{published.FOLDER}/")


def _named(path: str) -> str:
    """The words for a state at a path; "" for none."""
    if not path:
        return ""
    _, day, version, _ = path.split("/")
    return f"{day_in_words(day)}, data version {version[1:]}"


def _moment(marker: Marker) -> str:
    """When the data of a state were made, to the second."""
    has_time = len(marker.created) == len("2022-09-20T00:00:00Z") and marker.created.endswith("Z")
    return marker.created if has_time else f"{marker.issued}T00:00:00Z"


def _corrections(
    folder: Path, states: list[State], marker_at: Mapping[str, Marker]
) -> Iterator[Entry]:
    """An entry for each version that corrected what an earlier one had published."""
    # Of each version the state that knows most.
    newest = {state["version"]: state for state in sorted(states, key=lambda one: one["as_of"])}
    known: set[tuple[str, ...]] | None = None
    for version in sorted(newest, key=published.order):
        state = newest[version]
        rows = list(_rows(folder / state["path"] / _CORRECTIONS))
        keys = {_key(row): row for row in rows}
        new = [keys[key] for key in keys if known is not None and key not in known]
        known = (known or set()) | set(keys)
        if new:
            marker = marker_at[state["path"]]
            tables = read_tables(folder / state["path"] / "data")
            words = RowWords(Snapshot(), Snapshot(tables=tables))
            yield Entry(
                id=_id(marker.title, "corrections", version),
                title=f"Corrections in data version {version}",
                updated=_moment(marker),
                place=f"{_below(state)}corrections.html",
                state=state,
                corrections=[row | {"of": _row_in_words(row, words)} for row in new],
            )


def _row_in_words(row: Mapping[str, str], words: RowWords) -> str:
    """The row that a correction is about: who said what; else table and id."""
    table, key = row["table"], row["row_id"]
    of = words.of(table, key) if key else ""
    return ", ".join(filter(None, [table, key])) if of in ("", key) else of


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in ("date", "table", "row_id", "what_changed"))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
