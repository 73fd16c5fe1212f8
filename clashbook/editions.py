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
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html

from clashbook.book import standalone
from clashbook.stage import MARKER, ForeignFolderError, fresh, marker_of, read_json, write_json

FOLDER = "editions"
# What a marker must say; that of a site built before these were needed says less.
_TOLD = {"as_of", "version", "issued", "title", "base", "digest", "latest"}
# Where copies are made whole before they take their place.
_UNFINISHED = ".clashbook.new"
# Tells GitHub Pages to serve the files as they are.
_AS_IT_IS = ".nojekyll"
# Styles, scripts and the theme's own templates.
_STATIC = "_static"
# Columns and fields that say where something is found, not what it says.
_PLACES = {"address", "used_on"}


class PublishedError(ValueError):
    """What is published under a version would change; the message is one line with the way out."""


def lay_out(site: Path, folder: Path) -> list[str]:
    """Publish a built site into a folder, and return what there is to say of it, a line each.

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
    clashbook.stage.ForeignFolderError
        If `site` is none, or `folder` holds a file in the way that is none of ours.
    PublishedError
        If the version of the data is published with other content, or a later one is. In each
        case nothing was touched.
    """
    site, folder = site.resolve(), folder.resolve()
    marker = marker_of(site)
    if not marker.keys() >= _TOLD:
        raise ForeignFolderError(f"{site} is no site of this version; build it: clashbook build")
    if folder.is_relative_to(site):
        raise ForeignFolderError(f"{folder} lies in the site itself; name a folder outside")
    day = folder / FOLDER / marker["as_of"]
    state = day / f"v{marker['version']}"
    places = [day, folder] if marker["latest"] else [day]
    _refuse_change(site, state, marker)
    for place in places:
        _refuse_foreign(site, place)
    is_kept = state.exists()
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = fresh(folder / _UNFINISHED)
    try:
        # First what citations name, then what names it.
        if not is_kept:
            day.mkdir(parents=True, exist_ok=True)
            shutil.copytree(site, unfinished / "state").rename(state)
        for place in places:
            _renew(site, place, fresh(unfinished / "place"))
        (folder / _AS_IT_IS).touch()
        _write_list(folder, unfinished)
    finally:
        shutil.rmtree(unfinished)
    return list(_said(marker, marker_of(state), folder, [*places, state], is_kept))


def _refuse_change(site: Path, state: Path, marker: dict) -> None:
    """Raise PublishedError if citations of `site` would not find in `state` what they name."""
    name = f"data version {marker['version']} of {marker['as_of']}"
    later = [each for each in _versions(state.parent) if each > _order(state.name)]
    if later:
        number = ".".join(map(str, max(later)))
        raise PublishedError(f"{name} is older than the published {number}; build from newer data")
    if not state.exists():
        return
    if not marker_of(state):
        raise ForeignFolderError(f"{state} was not made by clashbook; remove it yourself")
    published = dict(_citable(state))
    for what, content in _citable(site):
        if what not in published or published[what] != content:
            raise PublishedError(
                f"{name} is published with other content ({what}): raise the version in "
                "data/datapackage.json"
            )


def _citable(site: Path) -> Iterator[tuple[str, Any]]:
    """What can be cited by its address, and all that it says in numbers.

    Tables, the rows behind exhibits, numbers, and of each page that it is there. Words and looks of
    a page may be mended under one version of the data.
    """
    for path in sorted(site.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [_what_it_says(row) for row in csv.DictReader(file)]
        yield path.relative_to(site).as_posix(), rows
    for number in read_json(site / "numbers.json")["numbers"]:
        yield f"number {number['id']}", _what_it_says(number)
    for path in sorted(site.rglob("*.html")):
        if path.relative_to(site).parts[0] != _STATIC:
            yield path.relative_to(site).as_posix(), "is there"


def _what_it_says(row: dict) -> dict:
    return {name: value for name, value in row.items() if name not in _PLACES}


def _refuse_foreign(site: Path, place: Path) -> None:
    own = marker_of(place).get("entries", [])
    for name in _entries(site):
        if name not in own and (place / name).exists():
            raise ForeignFolderError(
                f"{place / name} was not published by clashbook; name another folder, or remove it"
            )


def _renew(site: Path, place: Path, unfinished: Path) -> None:
    """Put the site's entries into `place`, each whole, and take away those it has no more."""
    before, now = set(marker_of(place).get("entries", [])), set(_entries(site))
    new, old = unfinished / "new", fresh(unfinished / "old")
    shutil.copytree(site, new)
    place.mkdir(parents=True, exist_ok=True)
    # Should this be cut short, the next call knows all entries as ours.
    write_json(place / MARKER, {**marker_of(place), "entries": sorted(before | now)})
    for name in sorted(before | now):
        stays_a_file = name in now and (place / name).is_file() and (new / name).is_file()
        if (place / name).exists() and not stays_a_file:
            (place / name).rename(old / name)
        if name in now:
            (new / name).replace(place / name)
    write_json(place / MARKER, {**marker_of(site), "entries": sorted(now)})


def _entries(site: Path) -> list[str]:
    return sorted(path.name for path in site.iterdir() if path.name != MARKER)


def _write_list(folder: Path, unfinished: Path) -> None:
    """Write `editions/index.html` from the markers of all that is published."""
    states: dict[str, list[dict]] = defaultdict(list)
    for path in folder.glob(f"{FOLDER}/*/v*/{MARKER}"):
        states[path.parent.parent.name].append(marker_of(path.parent))
    for each in states.values():
        each.sort(key=lambda marker: _order(marker["version"]), reverse=True)
    days = dict(sorted(states.items(), reverse=True))
    newest = next(iter(days))
    looks = _looks(folder / FOLDER / newest, newest)
    page = standalone.editions(days, looks, root=(folder / MARKER).is_file())
    (unfinished / "index.html").write_text(page, encoding="utf-8")
    (unfinished / "index.html").replace(folder / FOLDER / "index.html")


def _looks(edition: Path, name: str) -> list[tuple[str, str]]:
    """The style sheets and the icon of an edition's pages outside the book, seen from beside it."""
    for path in sorted(edition.glob("exhibits/*.html"))[:1]:
        page = html.document_fromstring(path.read_bytes())
        return [
            (link.get("rel"), f"{name}/{link.get('href').removeprefix('../')}")
            for link in page.xpath("//link[@rel='stylesheet' or @rel='icon']")
        ]
    return []


def _said(
    marker: dict, published: dict, folder: Path, places: list[Path], is_kept: bool
) -> Iterator[str]:
    names = [place.relative_to(folder).as_posix() for place in places]
    *renewed, state = ["the root" if name == "." else f"{name}/" for name in names]
    if not is_kept:
        yield f"published: {', '.join([state, *renewed])}"
    else:
        yield f"renewed: {', '.join(renewed)}"
        if published["digest"] != marker["digest"]:
            yield f"kept: {state} stays as it was first published, and is what citations name"
    if not marker["base"]:
        yield "citations give no address yet: set clashbook.base_url in _config.yml, and build"


def _versions(day: Path) -> list[list[int]]:
    return [_order(path.parent.name) for path in day.glob(f"v*/{MARKER}")]


def _order(version: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", version)]
