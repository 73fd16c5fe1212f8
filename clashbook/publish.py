"""The site: the pages, and beside them what is downloaded, cited and read by programs."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import html

from clashbook import archive, exhibit, redirects
from clashbook.book import standalone
from clashbook.config import Config
from clashbook.stage import MARKER, fresh, read_json, write_json
from clashbook.web import access

NOT_PUBLISHED = (".buildinfo", ".doctrees", "_sources", "reports")
# Says in a folder of files what they were made from.
SEAL = ".digest"
LICENCES = ("LICENSE", "LICENSE-data")
# What the index of exhibits tells of each; the rest is in the exhibit's own JSON.
INDEXED = ("id", "kind", "title", "caption", "alt", "as_of", *exhibit.RECORDS)
INDEXED += ("address", "files")


def draw(edition: Path, kept: Path, tools: str) -> None:
    """Make the files of all exhibits, each in a folder of its own; what has not changed is kept.

    Parameters
    ----------
    edition : Path
        A stage's `_clashbook`.
    kept : Path
        Folder of the files; those of exhibits that are gone are removed.
    tools : str
        Digest of what draws them.
    """
    kept.mkdir(parents=True, exist_ok=True)
    bundles = {path.stem: path for path in sorted((edition / "exhibits").glob("*.json"))}
    for folder in kept.glob("*/"):
        if folder.name not in bundles:
            shutil.rmtree(folder)
    for name, path in bundles.items():
        seal = kept / name / SEAL
        now = exhibit.digest(path.read_bytes() + tools.encode())
        if seal.is_file() and seal.read_text(encoding="utf-8") == now:
            continue
        bundle = read_json(path)
        folder = fresh(kept / name)
        for file, content in exhibit.files(bundle, bundle["record"]).items():
            (folder / Path(file).name).write_bytes(content)
        seal.write_text(now, encoding="utf-8")


def complete(
    pages: Path, stage: Path, kept: Path, target: Path, config: Config, marker: Mapping
) -> None:
    """Put pages, exhibits, data and numbers together in `target`, made anew.

    Parameters
    ----------
    pages, stage, kept : Path
        What Jupyter Book made, from what, and the files that `draw` made.
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
    about = {"as_of": marker["as_of"], "version": marker["version"]}
    write_json(
        target / "numbers.json",
        {"$schema": "schemas/numbers.json", **about, "numbers": numbers["numbers"]},
    )
    index = [
        _publish(target, kept / path.stem, read_json(path)["record"], marker["title"])
        for path in sorted((edition / "exhibits").glob("*.json"))
    ]
    write_json(
        target / "exhibits.json",
        {"$schema": "schemas/exhibits.json", **about, "exhibits": index},
    )
    for name, schema in exhibit.SCHEMAS.items():
        (target / name).parent.mkdir(exist_ok=True)
        write_json(target / name, schema)
    redirects.write(target, config.redirects, marker["base"], marker["title"])
    for path in target.glob("*.html"):
        page = html.document_fromstring(path.read_bytes(), html.HTMLParser(encoding="utf-8"))
        access.mended(page)
        text = html.tostring(page, encoding="unicode", doctype="<!doctype html>")
        path.write_text(f"{text}\n", encoding="utf-8")
    write_json(target / MARKER, dict(marker))


def _publish(target: Path, files: Path, record: dict, book: str) -> dict:
    """Put an exhibit's files and its page in place, and return its entry in the index."""
    made = {
        f"{exhibit.FOLDER}/{path.name}": path.read_bytes()
        for path in files.iterdir()
        if path.name != SEAL
    }
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
