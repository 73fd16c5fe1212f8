"""The site: the pages, and beside them what is downloaded, cited and read by programs."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from clashbook import archive, exhibit
from clashbook.book import standalone
from clashbook.config import Config
from clashbook.stage import MARKER, read_json, write_json

NOT_PUBLISHED = (".buildinfo", ".doctrees", "_sources", "reports")
LICENCES = ("LICENSE", "LICENSE-data")
# What the index of exhibits tells of each; the rest is in the exhibit's own JSON.
INDEXED = ("id", "kind", "title", "caption", "alt", "as_of", *exhibit.RECORDS)
INDEXED += ("address", "files")


def complete(pages: Path, stage: Path, target: Path, config: Config, marker: Mapping) -> None:
    """Put pages, exhibits, data and numbers together in `target`, made anew.

    Parameters
    ----------
    pages, stage : Path
        What Jupyter Book made, and from what.
    target : Path
        Folder of the site; replaced.
    config : Config
        Says where the project is, for its licences.
    marker : mapping
        What the site says of itself, as_of and version among it.
    """
    edition = stage / "_clashbook"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(pages, target, ignore=shutil.ignore_patterns(*NOT_PUBLISHED))
    shutil.copytree(edition / "data", target / "data")
    _write(target, dict(_downloads(edition / "data", config, marker)))
    numbers = read_json(edition / "numbers.json")
    by_id = {number["id"]: number for number in numbers["numbers"]}
    about = {"as_of": marker["as_of"], "version": marker["version"]}
    write_json(
        target / "numbers.json",
        {"$schema": "schemas/numbers.json", **about, "numbers": numbers["numbers"]},
    )
    index = [
        _publish(target, read_json(path), by_id, marker["title"])
        for path in sorted((edition / "exhibits").glob("*.json"))
    ]
    write_json(
        target / "exhibits.json",
        {"$schema": "schemas/exhibits.json", **about, "exhibits": index},
    )
    for name, schema in exhibit.SCHEMAS.items():
        (target / name).parent.mkdir(exist_ok=True)
        write_json(target / name, schema)
    write_json(target / MARKER, dict(marker))


def _publish(target: Path, bundle: dict, numbers: Mapping, book: str) -> dict:
    """Write an exhibit's files and its page, and return its entry in the index."""
    record = bundle["record"]
    made = exhibit.files(bundle, record, numbers)
    chapter = (target / record["chapter"]).read_text(encoding="utf-8")
    made[record["files"]["html"]] = standalone.page(chapter, record, book).encode()
    _write(target, made)
    entry = {name: record[name] for name in INDEXED if name in record}
    digests = {name: exhibit.digest(content) for name, content in sorted(made.items())}
    return {**entry, "digests": digests}


def _downloads(data_dir: Path, config: Config, marker: Mapping) -> Iterator[tuple[str, bytes]]:
    texts = {name: (config.root / name).read_bytes() for name in LICENCES}
    zipped, workbook = archive.names(config.title, marker["as_of"], marker["version"])
    yield zipped, archive.zipped(data_dir, texts, marker["issued"])
    yield workbook, archive.workbook(data_dir, marker["issued"])


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
