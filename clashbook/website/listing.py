"""The list of an edition's files, by which a copy is known again; and of all that is published.

::

    files.json              the files of this edition
    editions/files.json     those of all states that are published, newest first

Beside each lies the same as a script: a page that was opened as a file may fetch nothing else.
A state's list only grows: what was published and is renewed since was ours all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypedDict, TypeVar

from clashbook.about import Marker
from clashbook.figures import exhibit
from clashbook.files import MARKER, read_json, write_json, write_whole

Kind = TypeVar("Kind")
NAME, SCRIPT = "files.json", "files.js"
# Styles and scripts of the pages, and what says what the others are.
_LEFT_OUT = (MARKER, NAME, SCRIPT)
_STATIC = "_static/"


class File(TypedDict):
    """A file: its path in the site, its digest, its code, and the exhibit that it is of, or ""."""

    path: str
    digest: str
    code: str
    exhibit: str


class State(TypedDict):
    """One state of an edition, and where it lies; `titles` are those of its exhibits, by id."""

    as_of: str
    version: str
    issued: str
    path: str
    titles: dict[str, str]
    files: list[File]


def of(site: Path, marker: Marker, path: str = "") -> State:
    """The list of a site that the build has made, or that is published at a path."""
    index = site / "exhibits.json"
    entries = read_json(index)["exhibits"] if index.is_file() else []
    owner = {name: entry for entry in entries for name in entry["files"].values()}
    files: list[File] = []
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        if not file.is_file() or name in _LEFT_OUT or name.startswith(_STATIC):
            continue
        made, entry = exhibit.digest(file.read_bytes()), owner.get(name, {})
        own = f"{name} {marker.as_of} {marker.version} {made}"
        key, code = entry.get("id", ""), entry.get("code") or exhibit.code(own)
        files.append({"path": name, "digest": made, "code": code, "exhibit": key})
    titles = {entry["id"]: entry["title"] for entry in entries}
    return {
        "as_of": marker.as_of,
        "version": marker.version,
        "issued": marker.issued,
        "path": path,
        "titles": titles,
        "files": files,
    }


def read(path: Path) -> list[State]:
    """The states of a list of files; see `entries`."""
    return entries(path, State)


def entries(path: Path, _kind: type[Kind]) -> list[Kind]:
    """The states of a list, each of a kind; none if there is no such file.

    Raises
    ------
    ValueError
        If it is no list of ours.
    """
    if not path.is_file():
        return []
    content = read_json(path)
    if not isinstance(content, dict) or not isinstance(content.get("states"), list):
        raise ValueError(f"{path} is not a list of states")
    return content["states"]


def write(folder: Path, states: Iterable[State], schema: str) -> None:
    """Write the list into a folder, and beside it the script; `schema` is its own address."""
    listed = list(states)
    write_json(folder / NAME, {"$schema": schema, "states": listed})
    write_whole(folder / SCRIPT, script("clashbookFiles", listed))


def script(name: str, content: object) -> bytes:
    """A script that gives pages what JSON holds, as a global of that name."""
    # In a string no sign of JSON can end the script.
    compact = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.{name} = JSON.parse({json.dumps(compact)});\n".encode()


def merged(
    known: Iterable[State], new: Iterable[State], order: Callable[[str], tuple[int, ...]]
) -> list[State]:
    """All states, newest first, each with all files that it ever had; the newest words count.

    `order` is of versions.
    """
    states = {(state["as_of"], state["version"]): state for state in known}
    for state in new:
        key = (state["as_of"], state["version"])
        before = states[key]["files"] if key in states else []
        files = {(file["path"], file["digest"]): file for file in [*state["files"], *before]}
        states[key] = {**state, "files": list(files.values())}
    listed = states.values()
    return sorted(listed, key=lambda one: (one["as_of"], order(one["version"])), reverse=True)
