"""What is published and what may be: markers, their states, and what stands against a publication.

Citations name a state of an edition by its version, so what can be cited there never changes.
"""

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from clashbook.about import Marker
from clashbook.files import MARKER, ForeignFolderError, RefusedError, marker_of, read_json
from clashbook.language import is_day
from clashbook.website import copies, listing
from clashbook.website.listing import Kind

FOLDER = "editions"
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
# Names of what lies beside a site's entries once it is published; none of its own may be so called.
_RESERVED = re.compile(
    r"\.{0,2}|.*[/\\\0].*|editions|v[0-9].*|\.git|\.nojekyll|\.clashbook.*",
    re.IGNORECASE | re.DOTALL,
)
# In a list of ours, as a page and as a feed.
_LIST_MARKS = ('<meta name="generator" content="clashbook">', "<generator>clashbook</generator>")
# What reading a damaged table or list of numbers can end in.
DAMAGE = (
    *(ValueError, KeyError, TypeError, AttributeError, RecursionError),
    *(csv.Error, FileNotFoundError),
)
# Styles, scripts and the theme's own templates.
STATIC = "_static"
# Columns and fields that say where something is found, not what it says.
_PLACES = {"address", "used_on"}


class PublishedError(RefusedError):
    """What is published under a version would change; the message is one line with the way out."""


def is_published(folder: Path) -> bool:
    """Whether an earlier call has published into a folder."""
    return marker_in(folder).files is not None or any(folder.glob(f"{FOLDER}/*/v*/{MARKER}"))


def marker_in(folder: Path) -> Marker:
    """What the marker of a folder says; nothing if it is none that the build can have written."""
    path = folder / MARKER
    try:
        return Marker.of(marker_of(folder) if path.is_file() and not path.is_symlink() else {})
    except (ValueError, RecursionError):
        return Marker()


def publishable(site: Path) -> Marker:
    """The marker of a site that may be published.

    Raises
    ------
    clashbook.files.ForeignFolderError
        If the site is none of this version, or something in it is not what the build makes.
    """
    marker = marker_in(site)
    # A site that the build made has them all in this form; its marker may be another's since.
    if marker.draft:
        raise PublishedError(
            f"{site} is a draft, which is not published: reword what no longer holds, and build it "
            "without --draft"
        )
    has_form = is_day(marker.as_of) and is_day(marker.issued) and _VERSION.fullmatch(marker.version)
    if not (has_form and marker.title and marker.digest and marker.latest is not None):
        raise ForeignFolderError(f"{site} is not a site of this version; run clashbook build")
    for path in copies.files(site):
        if path.parent == site and path.name != MARKER and not _is_name(path.name):
            raise ForeignFolderError(f"{path} has a reserved name; remove it")
    try:
        dict(_citable(site))
    except DAMAGE as error:
        raise ForeignFolderError(f"{site} is damaged; run clashbook build") from error
    return marker


def _is_name(name: str) -> bool:
    """Whether a site may have an entry so called: one name, no path, and none that is reserved."""
    return not _RESERVED.fullmatch(name)


def refuse_change(site: Path, state: Path, marker: Marker) -> None:
    """Raise PublishedError if citations of `site` would not find in `state` what they name."""
    name = f"data version {marker.version} of {marker.as_of}"
    states = [path.parent for path in state.parent.glob(f"v*/{MARKER}")]
    newest = max(states, key=lambda path: order(path.name[1:]), default=state)
    number, last = newest.name[1:], order(newest.name[1:])
    if last > order(marker.version):
        raise PublishedError(f"{name} is older than the published {number}; build from newer data")
    # A site that an earlier version of the code built does not say when its data were made.
    made, before = marker.created, marker_in(newest).created
    if last < order(marker.version) and made and made <= before:
        raise PublishedError(
            f"{name} was made {made}, no later than the published {number}: raise created in "
            "data/datapackage.json with the version"
        )
    if not state.exists():
        return
    if not marker_in(state).as_of:
        raise ForeignFolderError(
            f"{state} was not made by clashbook, or only in part; remove it yourself"
        )
    try:
        content = dict(_citable(state))
    except DAMAGE as error:
        raise PublishedError(f"{state} is damaged; restore it from a copy") from error
    for what, now in _citable(site):
        if what not in content or content[what] != now:
            raise PublishedError(
                f"{name} is published with other content ({what}): raise the version in "
                "data/datapackage.json"
            )


def _citable(site: Path) -> Iterator[tuple[str, Any]]:
    """What can be cited by its address, and all that it says in numbers.

    Tables, the rows behind exhibits, numbers, and of each page that it is there. Words and looks of
    a page may be mended under one version of the data.
    """
    for path in _plain(site, "*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [what_it_says(row) for row in csv.DictReader(file)]
        yield path.relative_to(site).as_posix(), rows
    for number in read_json(site / "numbers.json")["numbers"]:
        yield f"number {number['id']}", what_it_says(number)
    for path in _plain(site, "*.html"):
        if path.relative_to(site).parts[0] != STATIC:
            yield path.relative_to(site).as_posix(), "is there"


def _plain(folder: Path, names: str) -> list[Path]:
    return [path for path in sorted(folder.rglob(names)) if path.is_file()]


def what_it_says(row: dict) -> dict:
    return {name: value for name, value in row.items() if name not in _PLACES}


def refuse_foreign(site: Path, place: Path) -> None:
    """Raise ForeignFolderError if a file of others would go, or be written over."""
    files = noted(place)
    for name in sorted(tops(files) | entries_of(site)):
        for path in copies.leaves(place / name):
            if within(place, path) not in files:
                raise _foreign(path)


def refuse_foreign_list(path: Path) -> None:
    is_file = path.is_file() and not path.is_symlink()
    text = path.read_text("utf-8", "replace") if is_file else ""
    if os.path.lexists(path) and not any(mark in text for mark in _LIST_MARKS):
        raise _foreign(path)


def listed(path: Path, script: str, kind: type[Kind]) -> list[Kind]:
    """What a list of all states says; raise ForeignFolderError if it is none of ours.

    `script` is the name of what has the same for pages, `kind` what each state is.
    """
    for file in (path, path.with_name(script)):
        if os.path.lexists(file) and (file.is_symlink() or not file.is_file()):
            raise _foreign(file)
    try:
        return listing.entries(path, kind)
    except ValueError as error:
        raise _foreign(path) from error


def _foreign(path: Path) -> ForeignFolderError:
    return ForeignFolderError(
        f"{path} was not published by clashbook; name another folder, or remove it"
    )


def noted(place: Path) -> set[str]:
    """The files that an earlier call put there."""
    files = marker_in(place).files or []
    return {file for file in files if isinstance(file, str) and _is_name(file.partition("/")[0])}


def tops(files: Iterable[str]) -> set[str]:
    """What lies in the folder itself, of its files."""
    return {file.partition("/")[0] for file in files}


def within(place: Path, path: Path) -> str:
    return path.relative_to(place).as_posix()


def entries_of(site: Path) -> set[str]:
    return {path.name for path in site.iterdir() if path.name != MARKER}


def state(as_of: str, version: str) -> str:
    """The path of a state in all that is published, ending in a slash."""
    return f"{FOLDER}/{as_of}/v{version}/"


def states(folder: Path) -> dict[str, list[Marker]]:
    """The markers of all that is published, by day, newest first in both."""
    states: dict[str, list[Marker]] = defaultdict(list)
    for path in folder.glob(f"{FOLDER}/*/v*/{MARKER}"):
        state, marker = path.parent, marker_in(path.parent)
        if state.is_symlink() or state.parent.is_symlink() or not is_day(state.parent.name):
            continue
        if not (is_day(marker.issued) and marker.title):
            raise PublishedError(f"{path} is damaged; restore it from a copy")
        states[state.parent.name].append(replace(marker, version=state.name[1:]))
    for markers in states.values():
        markers.sort(key=lambda marker: order(marker.version), reverse=True)
    return dict(sorted(states.items(), reverse=True))


def order(version: str) -> tuple[int, ...]:
    """The numbers of a version; none, and so never the newest, if it has another form."""
    return tuple(map(int, version.split("."))) if _VERSION.fullmatch(version) else ()
