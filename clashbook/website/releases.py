"""All that is published, in one folder: the book as it stands, its editions, their states.

::

    index.html …                        the latest edition, at the root
    editions/index.html                 a list of what follows
    editions/2022-09-13/                one edition, in its latest coding
    editions/2022-09-13/v0.3.0/         the same, as one version of the data was first published

Citations name the last of these, so nothing there is ever changed or removed. It may differ from
the latest coding in words and looks, but not in what can be cited.
"""

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import html

from clashbook.about import Marker
from clashbook.dataset.tables import is_day
from clashbook.files import MARKER, ForeignFolderError, heal, marker_of, read_json
from clashbook.pages import standalone
from clashbook.website import copies

FOLDER = "editions"
# What a marker cannot be without; that of a site built before these were needed has fewer.
_NEEDED = ("as_of", "version", "issued", "title", "digest")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
# Names of what lies beside a site's entries once it is published; none of its own may be so called.
_RESERVED = re.compile(r"editions|v[0-9].*|\.git|\.nojekyll|\.clashbook.*", re.IGNORECASE)
# Tells GitHub Pages to serve the files as they are.
_AS_IT_IS = ".nojekyll"
# In a list of ours; the second in one written before the first was.
_LIST_MARKS = ('<meta name="generator" content="clashbook">', 'content="All published editions of ')
# What reading a damaged table or list of numbers can end in.
_DAMAGE = (
    *(ValueError, KeyError, TypeError, AttributeError, RecursionError),
    *(csv.Error, FileNotFoundError),
)
# Styles, scripts and the theme's own templates.
_STATIC = "_static"
# Columns and fields that say where something is found, not what it says.
_PLACES = {"address", "used_on"}


class PublishedError(ValueError):
    """What is published under a version would change; the message is one line with the way out."""


def lay_out(site: Path, folder: Path) -> list[str]:
    """Publish a built site into a folder, and return what there is to say of it, a line each.

    Two calls for one folder do not run at once: the second waits for the first. Files and folders
    can be read by everybody, as a web server must, whatever the umask.

    Parameters
    ----------
    site : Path
        A site that the build made. As known on the last day in the data it goes to the root and
        below `editions/`, as known on another day only below.
    folder : Path
        All that is published. What an earlier call put there and the site has no more is removed,
        but no state of an edition, and nothing that was put there otherwise.

    Raises
    ------
    clashbook.files.ForeignFolderError
        If `site` is none, or holds a link or a name that would lead out of the folder, or `folder`
        holds a file in the way that is none of ours.
    PublishedError
        If the version of the data is published with other content, or a later one is. In each
        case nothing was touched.
    OSError
        If the disk is full, or may not be written. No state is half published then.
    """
    site, folder = site.resolve(), folder.resolve()
    heal(site)
    marker = _publishable(site)
    for above in (folder, *folder.parents):
        # A build replaces all of its site; what is published notes its entries.
        if above == site or (_is_marked(above) and _marker(above).entries is None):
            raise ForeignFolderError(f"{folder} lies in the site itself; name a folder outside")
    with copies.alone(folder):
        return list(_publish(site, folder, marker))


def is_published(folder: Path) -> bool:
    """Whether an earlier call has published into a folder."""
    if _marker(folder).entries is not None:
        return True
    return any(folder.glob(f"{FOLDER}/*/v*/{MARKER}"))


def _publish(site: Path, folder: Path, marker: Marker) -> Iterator[str]:
    day = folder / FOLDER / marker.as_of
    state = day / f"v{marker.version}"
    places = [day, folder] if marker.latest else [day]
    for own in (folder / FOLDER, day, state):
        if own.is_symlink() or (own.exists() and not own.is_dir()):
            raise ForeignFolderError(f"{own} was not made by clashbook; remove it yourself")
    is_half = copies.is_part(state, site)
    if not is_half:
        _refuse_change(site, state, marker)
    for place in places:
        _refuse_foreign(site, place)
    _refuse_foreign_list(folder / FOLDER / "index.html")
    _states(folder)
    is_kept = state.exists() and not is_half
    with copies.unfinished(folder) as beside:
        if not is_kept:
            copies.copy(site, beside / "state")
        for number, _ in enumerate(places):
            copies.copy(site, beside / f"new-{number}")
        if _marker(site) != marker:
            raise PublishedError(f"{site} was built anew meanwhile; publish it again")
        # First what citations name, then what names it.
        copies.make(day)
        if is_half:
            state.rename(beside / "half")
        if is_kept:
            copies.open_to_all(state)
        else:
            (beside / "state").rename(state)
        for number, place in enumerate(places):
            _renew(marker, place, beside / f"new-{number}", beside / f"old-{number}")
        if not os.path.lexists(folder / _AS_IT_IS):
            (beside / _AS_IT_IS).touch()
            copies.put(beside / _AS_IT_IS, folder)
        _write_list(folder, beside)
    return _report(marker, _marker(state), folder, [*places, state], is_kept)


def _marker(folder: Path) -> Marker:
    """What the marker of a folder says; nothing if it is none that the build can have written."""
    path = folder / MARKER
    try:
        return Marker.of(marker_of(folder) if path.is_file() and not path.is_symlink() else {})
    except (ValueError, RecursionError):
        return Marker()


def _is_marked(folder: Path) -> bool:
    return _marker(folder) != Marker()


def _publishable(site: Path) -> Marker:
    """The marker of a site that may be published.

    Raises
    ------
    clashbook.files.ForeignFolderError
        If the site is none of this version, or something in it is not what the build makes.
    """
    marker = _marker(site)
    if marker.latest is None or not all(getattr(marker, name) for name in _NEEDED):
        raise ForeignFolderError(f"{site} is no site of this version; build it: clashbook build")
    for name, day in (("as_of", marker.as_of), ("issued", marker.issued)):
        if not is_day(day):
            raise ForeignFolderError(
                f'{site}: {name} "{day[:40]}" is no day such as 2022-09-13; build it: '
                "clashbook build"
            )
    if not _VERSION.fullmatch(marker.version):
        raise ForeignFolderError(
            f'{site}: version "{marker.version[:40]}" is not three numbers such as 0.4.0; '
            "mend it in data/datapackage.json, and build"
        )
    for path in copies.files(site):
        if path.parent == site and path.name != MARKER and not _is_name(path.name):
            raise ForeignFolderError(f"{path} has the name of what lies beside a site; remove it")
    try:
        for _ in _citable(site):
            pass
    except _DAMAGE as error:
        raise ForeignFolderError(f"{site} is damaged; build it: clashbook build") from error
    return marker


def _is_name(name: object) -> bool:
    """Whether a site may have an entry so called: one name, no path, and none that is reserved."""
    if not isinstance(name, str) or name in ("", ".", "..") or re.search(r"[/\\\0]", name):
        return False
    return not _RESERVED.fullmatch(name)


def _refuse_change(site: Path, state: Path, marker: Marker) -> None:
    """Raise PublishedError if citations of `site` would not find in `state` what they name."""
    name = f"data version {marker.version} of {marker.as_of}"
    states = [path.parent for path in state.parent.glob(f"v*/{MARKER}")]
    newest = max(states, key=lambda path: _order(path.name[1:]), default=state)
    number, order = newest.name[1:], _order(newest.name[1:])
    if order > _order(marker.version):
        raise PublishedError(f"{name} is older than the published {number}; build from newer data")
    # A site that an earlier version of the code built does not say when its data were made.
    made, before = marker.created, _marker(newest).created
    if order < _order(marker.version) and made and made <= before:
        raise PublishedError(
            f"{name} was made {made}, no later than the published {number}: raise created in "
            "data/datapackage.json with the version"
        )
    if not state.exists():
        return
    if not _is_marked(state):
        raise ForeignFolderError(
            f"{state} was not made by clashbook, or only in part; remove it yourself"
        )
    try:
        content = dict(_citable(state))
    except _DAMAGE as error:
        raise PublishedError(f"{state} is damaged; put it back from a copy") from error
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
    for path in copies.plain(site, "*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [_what_it_says(row) for row in csv.DictReader(file)]
        yield path.relative_to(site).as_posix(), rows
    for number in read_json(site / "numbers.json")["numbers"]:
        yield f"number {number['id']}", _what_it_says(number)
    for path in copies.plain(site, "*.html"):
        if path.relative_to(site).parts[0] != _STATIC:
            yield path.relative_to(site).as_posix(), "is there"


def _what_it_says(row: dict) -> dict:
    return {name: value for name, value in row.items() if name not in _PLACES}


def _refuse_foreign(site: Path, place: Path) -> None:
    """Raise ForeignFolderError if a file of others would go, or be written over."""
    own, files = _own(place)
    for name in sorted(own | _entries(site)):
        path = place / name
        foreign = [path] if name not in own and os.path.lexists(path) else []
        if files is not None and path.is_dir() and not path.is_symlink():
            foreign += [file for file in copies.plain(path) if _within(place, file) not in files]
        if foreign:
            raise ForeignFolderError(
                f"{foreign[0]} was not published by clashbook; name another folder, or remove it"
            )


def _refuse_foreign_list(path: Path) -> None:
    if not os.path.lexists(path):
        return
    text = path.read_text("utf-8", "replace") if path.is_file() and not path.is_symlink() else ""
    if not any(mark in text for mark in _LIST_MARKS):
        raise ForeignFolderError(
            f"{path} was not published by clashbook; name another folder, or remove it"
        )


def _own(place: Path) -> tuple[set[str], set[str] | None]:
    """The entries that an earlier call put there, and all files; None if it did not note them."""
    marker = _marker(place)
    entries = set(filter(_is_name, marker.entries or []))
    return entries, None if marker.files is None else set(marker.files)


def _within(place: Path, path: Path) -> str:
    return path.relative_to(place).as_posix()


def _renew(marker: Marker, place: Path, new: Path, old: Path) -> None:
    """Put the site's entries into `place`, each whole, and take away those it has no more."""
    (before, files), now = _own(place), _entries(new)
    all_now = {_within(new, path) for path in copies.plain(new)}
    old.mkdir()
    copies.make(place)
    # Should this be cut short, the next call knows all entries as ours.
    noted = replace(_marker(place), entries=sorted(before | now))
    if files is not None or not before:
        noted = replace(noted, files=sorted((files or set()) | all_now))
    _note(noted, place, old)
    for name in sorted(before | now):
        stays_a_file = name in now and (place / name).is_file() and (new / name).is_file()
        if os.path.lexists(place / name) and not stays_a_file:
            (place / name).rename(old / name)
        if name in now:
            (new / name).replace(place / name)
    _note(replace(marker, entries=sorted(now), files=sorted(all_now)), place, old)


def _note(marker: Marker, place: Path, beside: Path) -> None:
    marker.write(beside)
    copies.put(beside / MARKER, place)


def _entries(site: Path) -> set[str]:
    return {path.name for path in site.iterdir() if path.name != MARKER}


def _states(folder: Path) -> dict[str, list[Marker]]:
    """The markers of all that is published, by day, newest first in both."""
    states: dict[str, list[Marker]] = defaultdict(list)
    for path in folder.glob(f"{FOLDER}/*/v*/{MARKER}"):
        state, marker = path.parent, _marker(path.parent)
        if state.is_symlink() or state.parent.is_symlink() or not is_day(state.parent.name):
            continue
        if not (is_day(marker.issued) and marker.title):
            raise PublishedError(f"{path} is damaged; put it back from a copy")
        states[state.parent.name].append(replace(marker, version=state.name[1:]))
    for markers in states.values():
        markers.sort(key=lambda marker: _order(marker.version), reverse=True)
    return dict(sorted(states.items(), reverse=True))


def _write_list(folder: Path, beside: Path) -> None:
    """Write `editions/index.html` from the markers of all that is published."""
    days = _states(folder)
    newest = next(iter(days))
    sheets = _sheets(folder / FOLDER / newest, newest)
    page = standalone.editions(days, sheets, root=(folder / MARKER).is_file())
    (beside / "index.html").write_text(page, encoding="utf-8")
    copies.put(beside / "index.html", folder / FOLDER)


def _sheets(edition: Path, name: str) -> list[tuple[str, str]]:
    """The style sheets and the icon of an edition's pages outside the book, seen from beside it."""
    for path in sorted(edition.glob("exhibits/*.html"))[:1]:
        page = html.document_fromstring(path.read_bytes())
        return [
            (link.get("rel", ""), f"{name}/{link.get('href', '').removeprefix('../')}")
            for link in page.iter("link")
            if link.get("rel") in ("stylesheet", "icon")
        ]
    return []


def _report(
    marker: Marker, published: Marker, folder: Path, places: list[Path], is_kept: bool
) -> Iterator[str]:
    names = [place.relative_to(folder).as_posix() for place in places]
    *renewed, state = ["the root" if name == "." else f"{name}/" for name in names]
    if not is_kept:
        yield f"published: {', '.join([state, *renewed])}"
        for other in _states(folder)[marker.as_of]:
            if other.issued >= marker.issued and other.version != marker.version:
                yield (
                    f"version {marker.version} is of {marker.issued}, no later than "
                    f"{other.version}: set created in data/datapackage.json with the version"
                )
    else:
        yield f"renewed: {', '.join(renewed)}"
        if published.digest != marker.digest:
            yield f"kept: {state} stays as it was first published, and is what citations name"
    if not marker.base:
        yield "citations give no address yet: set clashbook.base_url in _config.yml, and build"


def _order(version: str) -> tuple[int, ...]:
    """The numbers of a version; none, and so never the newest, if it has another form."""
    return tuple(map(int, version.split("."))) if _VERSION.fullmatch(version) else ()
