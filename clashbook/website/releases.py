"""All that is published, in one folder: the book as it stands, its editions, their states.

::

    index.html …                        the latest edition, at the root
    editions/index.html                 a list of what follows
    editions/editions.json              the states, their pages and what moved since
    editions/editions.js                the same for pages, which tell readers of newer states
    editions/feed.xml                   the same as a feed, with each version's corrections
    editions/changes.html               what changed from each state to the next
    editions/files.json                 the files of all that follows, by which copies are known
    editions/quotes.json                what of all that follows a brief can quote
    editions/2022-09-13/                one edition, in its latest coding
    editions/2022-09-13/v0.3.0/         the same, as one version of the data was first published

Citations name the last of these, so nothing there is ever changed or removed. It may differ from
the latest coding in words and looks, but not in what can be cited.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from lxml import html

from clashbook.about import Marker
from clashbook.files import MARKER, ForeignFolderError, heal
from clashbook.pages.html import templates
from clashbook.website import copies, editions, feed, history, listing, published
from clashbook.website.checking import joining, quotes

# Tells GitHub Pages to serve the files as they are.
_AS_IT_IS = ".nojekyll"


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
    clashbook.website.published.PublishedError
        If the version of the data is published with other content, or a later one is. In each
        case nothing was touched.
    OSError
        If the disk is full, or may not be written. No state is half published then.
    """
    site, folder = site.resolve(), folder.resolve()
    heal(site)
    marker = published.publishable(site)
    for above in (folder, *folder.parents):
        # A build replaces all of its site; what is published notes its files.
        mark = published.marker_in(above)
        if above == site or (mark.as_of and mark.files is None):
            raise ForeignFolderError(f"{folder} is inside the site; name a folder outside it")
    with copies.alone(folder) as beside:
        return list(_publish(site, folder, marker, beside))


def refuse_foreign(folder: Path) -> None:
    """Raise, as `lay_out` does, where a folder can take no site, whichever it is."""
    _refuse_lists(folder.resolve())


def _refuse_lists(folder: Path) -> tuple[list[listing.State], list[editions.State]]:
    """The lists of files and of states; raise where one of ours would replace what is none."""
    below = folder / published.FOLDER
    for name in ("index.html", history.PAGE, feed.NAME):
        published.refuse_foreign_list(below / name)
    published.states(folder)
    known = published.listed(below / listing.NAME, listing.SCRIPT, listing.State)
    return known, published.listed(below / editions.NAME, editions.SCRIPT, editions.State)


def _publish(site: Path, folder: Path, marker: Marker, beside: Path) -> Iterator[str]:
    day = folder / published.FOLDER / marker.as_of
    state = day / f"v{marker.version}"
    places = [day, folder] if marker.latest else [day]
    steps = folder / published.FOLDER / history.FOLDER
    for own in (folder / published.FOLDER, day, state, steps):
        if own.is_symlink() or (own.exists() and not own.is_dir()):
            raise ForeignFolderError(f"{own} was not made by clashbook; remove it yourself")
    published.refuse_change(site, state, marker)
    for place in places:
        published.refuse_foreign(site, place)
    known, before = _refuse_lists(folder)
    is_kept = state.exists()
    if not is_kept:
        copies.copy(site, beside / "state")
    for number, _ in enumerate(places):
        copies.copy(site, beside / f"new-{number}")
    if published.marker_in(site) != marker:
        raise published.PublishedError(f"{site} was rebuilt meanwhile; publish it again")
    # First what citations name, then what names it.
    day.mkdir(parents=True, exist_ok=True)
    if not is_kept:
        (beside / "state").rename(state)
    for number, place in enumerate(places):
        _renew(marker, place, beside / f"new-{number}", beside / f"old-{number}")
    if not os.path.lexists(folder / _AS_IT_IS):
        (folder / _AS_IT_IS).touch()
    _write_list(folder, beside)
    markers = published.states(folder)
    states = editions.of(folder, markers, before)
    editions.write(folder / published.FOLDER, states, f"../schemas/{editions.NAME}")
    history.write(folder / published.FOLDER, states, _sheets)
    feed.write(folder, states, markers)
    _write_files(folder, known, [(marker, site), *_unlisted(folder, known)])
    _write_quotes(folder)
    return _report(marker, published.marker_in(state), folder, [*places, state], is_kept)


def _renew(marker: Marker, place: Path, new: Path, old: Path) -> None:
    """Put the site's entries into `place`, each whole, and take away those it has no more."""
    before = published.noted(place)
    now = {published.within(new, path) for path in copies.leaves(new)}
    old.mkdir()
    # Should this be cut short, the next call knows all files as ours.
    _note(replace(published.marker_in(place), files=sorted(before | now)), place, old)
    for name in sorted(published.tops(before) | published.entries_of(new)):
        stays_a_file = (place / name).is_file() and (new / name).is_file()
        if os.path.lexists(place / name) and not stays_a_file:
            (place / name).rename(old / name)
        if (new / name).exists():
            (new / name).replace(place / name)
    _note(replace(marker, files=sorted(now)), place, old)


def _note(marker: Marker, place: Path, beside: Path) -> None:
    marker.write(beside)
    (beside / MARKER).replace(place / MARKER)


def _write_list(folder: Path, beside: Path) -> None:
    """Write `editions/index.html` from the markers of all that is published."""
    days = published.states(folder)
    newest = next(iter(days))
    sheets = _sheets(folder / published.FOLDER / newest, newest)
    root, book = (folder / MARKER).is_file(), next(iter(days.values()))[0].title
    values = {"book": book, "days": days, "styles": sheets, "root": root}
    page = templates.get_template("editions.html").render(values)
    (beside / "index.html").write_text(page, encoding="utf-8")
    (beside / "index.html").replace(folder / published.FOLDER / "index.html")


def _unlisted(folder: Path, known: list[listing.State]) -> Iterator[tuple[Marker, Path]]:
    """The states whose files no list has yet."""
    there = {(state["as_of"], state["version"]) for state in known}
    for as_of, markers in published.states(folder).items():
        for marker in markers:
            if (as_of, marker.version) not in there:
                yield marker, folder / published.state(as_of, marker.version)


def _write_files(
    folder: Path, known: list[listing.State], new: Iterable[tuple[Marker, Path]]
) -> None:
    """Write `editions/files.json`: what it had before, and the files of these sites."""
    added = [
        listing.of(place, marker, published.state(marker.as_of, marker.version))
        for marker, place in new
    ]
    states = listing.merged(known, added, published.order)
    # The root's own schema, where there is one.
    listing.write(folder / published.FOLDER, states, f"../schemas/{listing.NAME}")


def _write_quotes(folder: Path) -> None:
    """Write `editions/quotes.json` from the tables of all states; the oldest had none."""
    found = []
    for as_of, markers in published.states(folder).items():
        for marker in markers:
            path = published.state(as_of, marker.version)
            if table := quotes.read(folder / path / quotes.NAME):
                table["states"][0]["path"] = path
                found.append(table)
    if found:
        table = joining.joined(found)
        quotes.write(folder / published.FOLDER, table, f"../schemas/{quotes.NAME}")


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
    marker: Marker, first: Marker, folder: Path, places: list[Path], is_kept: bool
) -> Iterator[str]:
    names = [place.relative_to(folder).as_posix() for place in places]
    *renewed, state = ["the root" if name == "." else f"{name}/" for name in names]
    if not is_kept:
        yield f"published: {', '.join([state, *renewed])}"
    else:
        yield f"renewed: {', '.join(renewed)}"
        if first.digest != marker.digest:
            yield f"kept: {state} stays as first published; citations name it"
    if not marker.base:
        yield (
            "warning: the book has no address yet, so citations, files and pages name none: set "
            "clashbook.base_url in _config.yml and build"
        )
