"""What is published, for pages and programs: each state, its pages, and what moved since.

::

    editions/editions.json      for programs
    editions/editions.js        the same for pages, which may have been opened as files

A page of a superseded state learns from it, by one request to its own host, which state is newer
and how many of its own numbers are others there. What that is of two states never changes, so it is
worked out once.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from clashbook.about import Marker
from clashbook.dataset import kinds
from clashbook.figures import exhibit
from clashbook.files import write_json, write_whole
from clashbook.website import listing, published
from clashbook.website.differences import Snapshot, SnapshotError, compare, snapshot_of

NAME, SCRIPT = "editions.json", "editions.js"
# What pages that were published before ask for instead: the days alone.
DAYS = "days.js"
_SHOWN = [kind for kind in kinds.KINDS if kind.page]
# What pages ask for.
_FOR_PAGES = (
    *("as_of", "version", "path", "newest", "latest", "newer", "moved", "before", "pages"),
)


class Change(TypedDict):
    """A number that moved: its id, what it is of, and its words in either state."""

    id: str
    what: str
    before: str | None
    after: str | None


class State(TypedDict):
    """One state of an edition, as pages and programs learn of it.

    `newest` is of its day, `latest` whether that is the latest day. `newer` is the path of the
    state that has superseded it, "" if none has: the newest of its day, and of that the newest of
    the latest day. `moved` has by page what is otherwise there: `numbers` of the text, `exhibits`,
    and `rows` of its tables; a page without any of these is not in it. `before` is the path of the
    state before it: of the same day, or the newest of the day before; and `changed` has the numbers
    that moved since that.
    """

    as_of: str
    version: str
    issued: str
    path: str
    newest: bool
    latest: bool
    newer: str
    moved: dict[str, dict[str, int]]
    before: str
    changed: list[Change]
    pages: list[str]


def of(folder: Path, states: dict[str, list[Marker]], known: Collection[State]) -> list[State]:
    """All that is published in a folder, newest first.

    Parameters
    ----------
    folder : Path
        All that is published.
    states : dict of list of Marker
        What `published.states` says of it.
    known : collection of State
        What an earlier call has written of it.
    """
    were_moved = {(one.get("path"), one.get("newer")): one.get("moved") for one in known}
    had_changed = {(one.get("path"), one.get("before")): one.get("changed") for one in known}
    days, made = [*states], list[State]()
    for day, markers in states.items():
        for marker in markers:
            path = published.state(day, marker.version)
            newer, before = _newer(states, day, marker), _before(states, day, marker)
            moved = were_moved.get((path, newer)) if newer else {}
            changed = had_changed.get((path, before)) if before else []
            made.append(
                {
                    "as_of": day,
                    "version": marker.version,
                    "issued": marker.issued,
                    "path": path,
                    "newest": marker is markers[0],
                    "latest": day == days[0],
                    "newer": newer,
                    "moved": _moved(folder / path, folder / newer) if moved is None else moved,
                    "before": before,
                    "changed": (
                        _changed(folder / path, folder / before) if changed is None else changed
                    ),
                    "pages": _pages(folder / path),
                }
            )
    _snapshot.cache_clear()
    return made


def _newer(states: dict[str, list[Marker]], day: str, marker: Marker) -> str:
    """The path of the state that has superseded one; "" if none has."""
    newest, latest = states[day][0], next(iter(states))
    if marker is not newest:
        return published.state(day, newest.version)
    return published.state(latest, states[latest][0].version) if day != latest else ""


def _before(states: dict[str, list[Marker]], day: str, marker: Marker) -> str:
    """The path of the state before one: of its day, or the newest of the day before; "" if none."""
    days = [*states]
    earlier = states[day][states[day].index(marker) + 1 :]
    if earlier:
        return published.state(day, earlier[0].version)
    for other in days[days.index(day) + 1 :][:1]:
        return published.state(other, states[other][0].version)
    return ""


def _pages(state: Path) -> list[str]:
    found = (path.relative_to(state) for path in [*state.glob("*.html"), *state.glob("*/*.html")])
    return sorted(path.as_posix() for path in found if path.parts[0] != published.STATIC)


def write(folder: Path, states: list[State], schema: str) -> None:
    """Write the list into a folder, and beside it the script; `schema` is its own address."""
    write_json(folder / NAME, {"$schema": schema, "states": states})
    asked = [{key: value for key, value in state.items() if key in _FOR_PAGES} for state in states]
    write_whole(folder / SCRIPT, listing.script("clashbookEditions", asked))
    if (folder / DAYS).exists():
        days = list(dict.fromkeys(state["as_of"] for state in states))
        write_whole(folder / DAYS, f"clashbookEditions({json.dumps(days)});\n".encode())


def _moved(state: Path, newer: Path) -> dict[str, dict[str, int]]:
    """By page of a state how many of its numbers, exhibits and rows are others in a newer one."""
    before, after = _snapshot(state), _snapshot(newer)
    found = compare(before, after)
    counts: dict[str, Counter[str]] = defaultdict(Counter)

    def count(what: str, pages: Iterable[str], *, is_other: bool) -> None:
        for page in pages:
            counts[page][what] += is_other

    numbers = {number.id for number in found.moved}
    exhibits = {change.id for change in found.exhibits}
    for key in before.numbers:
        # The page of claims has all numbers too.
        count("numbers", (*before.pages[key], kinds.CLAIM.page), is_other=key in numbers)
    for key, record in before.exhibits.items():
        own = f"{exhibit.FOLDER}/{key}.html"
        count("exhibits", filter(None, (own, record.page)), is_other=key in exhibits)
    for kind in _SHOWN:
        count("rows", [kind.page] if kind.table in before.tables else [], is_other=False)
    for row in found.rows:
        count("rows", (kind.page for kind in _SHOWN if kind.table == row.table), is_other=True)
    return {page: dict(+count) for page, count in sorted(counts.items())}


def _changed(state: Path, earlier: Path) -> list[Change]:
    """The numbers that moved from an earlier state to a state."""
    return [
        {"id": one.id, "what": one.what, "before": one.before, "after": one.after}
        for one in compare(_snapshot(earlier), _snapshot(state)).moved
    ]


@lru_cache(maxsize=4)
def _snapshot(state: Path) -> Snapshot:
    try:
        return snapshot_of(state, paragraphs=False)
    except SnapshotError:
        # Nothing is said of it.
        return Snapshot(lacking=("tables", "numbers", "exhibits"))
