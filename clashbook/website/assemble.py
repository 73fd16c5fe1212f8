"""The site: the pages, and beside them what is downloaded, cited and read by programs."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import html

from clashbook.about import Marker
from clashbook.config import LICENCES, Config
from clashbook.figures import exhibit, social_card
from clashbook.files import MARKER, fresh, read_json, write_json, write_whole
from clashbook.formats import downloads
from clashbook.pages import standalone
from clashbook.pages.facts import Edition
from clashbook.website import listing, redirects, trim, verify
from clashbook.website.pdf import compose

NOT_PUBLISHED = (".buildinfo", ".doctrees", "_sources", "reports")
# What the index of exhibits tells of each; the rest is in the exhibit's own JSON.
INDEXED = ("id", "kind", "title", "caption", "alt", "as_of", *exhibit.RECORDS)
INDEXED += ("address", "code", "files")


def complete(
    pages: Path,
    stage: Path,
    target: Path,
    config: Config,
    marker: Marker,
    *,
    loaded: Path | None = None,
    pdf: Path | None = None,
    kept: Path | None = None,
) -> None:
    """Put pages, exhibits, data and numbers together in `target`, made anew.

    Parameters
    ----------
    pages, stage : Path
        What Jupyter Book made, and from what.
    target : Path
        Folder of the site; replaced.
    config : Config
        Says where the project is, for its licences.
    marker : Marker
        What the site says of itself.
    loaded : Path or None
        Folder of what pages load when asked.
    pdf : Path or None
        Folder of the PDFs; without it no page links to any.
    kept : Path or None
        Folder of what the same tools have made before.
    """
    edition = stage / "_clashbook"
    fresh(target)
    # From the first: should this be cut short, the next build knows the folder as ours.
    (target / MARKER).touch()
    ignored = shutil.ignore_patterns(*NOT_PUBLISHED)
    shutil.copytree(pages, target, ignore=ignored, dirs_exist_ok=True)
    if loaded:
        shutil.copytree(loaded, target, dirs_exist_ok=True)
    shutil.copytree(edition / "data", target / "data")
    texts = {name: (config.root / name).read_bytes() for name in LICENCES}
    zipped, workbook = downloads.names(config.title, marker.as_of, marker.version)
    write_whole(target / zipped, downloads.zipped(edition / "data", texts, marker.issued))
    write_whole(target / workbook, downloads.workbook(edition / "data", marker))
    numbers = read_json(edition / "numbers.json")
    about = {"as_of": marker.as_of, "version": marker.version}
    index = {"$schema": "schemas/numbers.json", **about, "numbers": numbers["numbers"]}
    _write(target / "numbers.json", index)
    for name, schema in exhibit.SCHEMAS.items():
        write_json(target / name, schema)
    bundles = [read_json(path) for path in sorted((edition / "exhibits").glob("*.json"))]
    records = [bundle["record"] for bundle in bundles]
    # What it says of itself is what its site says, which may have PDFs.
    whole = replace(Edition.read(edition), about=marker)
    shutil.copytree(edition / exhibit.FILES, target / exhibit.FOLDER, dirs_exist_ok=True)
    _write(target / exhibit.FOLDER / "datapackage.json", exhibit.package(bundles) | about)
    for record in records:
        chapter = (target / record["chapter"]).read_text(encoding="utf-8")
        page = standalone.page(chapter, record, whole)
        write_whole(target / record["files"]["html"], page.encode())
    if pdf:
        for name, path in marker.papers.items():
            shutil.copyfile(pdf / f"{name}.pdf", target / path)
    for path in (zipped, workbook, *(marker.papers.values() if pdf else ())):
        newest = downloads.latest(path, marker.as_of, marker.version)
        shutil.copyfile(target / path, target / newest)
    (target / social_card.NAME).write_bytes(social_card.png(marker))
    missing = standalone.missing(marker, list(_contents(stage, target)))
    (target / "404.html").write_text(missing, encoding="utf-8")
    checking = standalone.verify(marker, verify.WORDS)
    (target / f"{standalone.VERIFY}.html").write_text(checking, encoding="utf-8")
    moved = {**config.redirects, **redirects.write_cut(target, config, marker)}
    redirects.write(target, moved, marker.home, marker.title, early=not marker.latest)
    trim.finish(target, marker.home, marker.issued, kept)
    entries = [_entry(target, record) for record in records]
    index = {"$schema": "schemas/exhibits.json", **about, "exhibits": entries}
    _write(target / "exhibits.json", index)
    listing.write(target, [listing.of(target, marker)], f"schemas/{listing.NAME}")
    marker.write(target)


def _write(path: Path, content: dict) -> None:
    """Write what programs read, its missing numbers as JSON has them."""
    write_whole(path, exhibit.in_json(content))


def _entry(target: Path, record: dict) -> dict:
    """What the index tells of an exhibit, the digests of its finished files with it."""
    entry = {name: record[name] for name in INDEXED if name in record}
    digests = {
        name: exhibit.digest((target / name).read_bytes())
        for name in sorted(record["files"].values())
    }
    return {**entry, "digests": digests}


def _contents(stage: Path, site: Path) -> Iterator[tuple[str, str]]:
    """Name and title of each page, in the order of the table of contents."""
    for name in compose.listed(stage / "_toc.yml"):
        heading = html.parse(str(site / f"{name}.html")).findtext(".//h1") or name
        yield name, heading.strip()
