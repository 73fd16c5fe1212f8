"""From executed notebooks and prose to pages: gather and render; and the site's own folder."""

import base64
import os
import re
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import nbformat

from clashbook.config import Config
from clashbook.figures import exhibit, fonts
from clashbook.figures.exhibit import MIME
from clashbook.figures.exhibit.book import palette_css
from clashbook.files import SiteError, fresh, read_json, write_json
from clashbook.pipeline import citable, notebooks, seals, warm
from clashbook.pipeline.edition import CONTENTS, PAGES
from clashbook.pipeline.seals import digest
from clashbook.prose import captions
from clashbook.prose.numbers import references
from clashbook.website.checking import scripts

# What Sphinx has read, where Jupyter Book lets it lie, and which texts that was.
READ, TEXTS = ".doctrees", "texts.json"

_COMPLAINT = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b|^[\w.]*(Error|Exception): ")
# Ten thousand lines a cell.
_IN_NOTEBOOK = re.compile(r"(?P<file>[\w-]+\.ipynb):(?P<cell>\d+)\d{4}: (?P<rest>.*)")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def gather(
    stage: Path,
    config: Config,
    notebooks: list[Path],
    edition: Path,
    typeface: Path | None = None,
    prose: Path | None = None,
) -> None:
    """Lay out flat, from nothing, what Jupyter Book is to render.

    Parameters
    ----------
    stage : Path
        Emptied first: what an earlier build left there would be rendered too.
    config : Config
        Says how the parties are drawn.
    notebooks : list of Path
        The executed notebooks.
    edition : Path
        Folder of `edition.json`, `numbers.json`, `tolls.json` and `data/`; it becomes
        `_clashbook/`, beside the exhibits' bundles.
    typeface : Path, optional
        Folder of the typeface's files; without it they are cut.
    prose : Path, optional
        Where the pages lie, with `_toc.yml` and `_static`; by default `book/` of the project.

    Raises
    ------
    SiteError
        If two exhibits have one id, or one refers to a number that no text of the book names.
    """
    known = {number["id"] for number in read_json(edition / "numbers.json")["numbers"]}
    if faults := [fault for path in notebooks for fault in _unknown_numbers(path, known)]:
        raise SiteError("\n".join(faults))
    fresh(stage)
    shutil.copytree(prose or config.root / "book", stage, dirs_exist_ok=True)
    for executed in notebooks:
        _page(executed, stage / executed.name)
    shutil.copytree(edition, stage / "_clashbook")
    if typeface:
        shutil.copytree(typeface, stage / "_static" / "fonts")
    else:
        fonts.subset(stage / "_static" / "fonts")
    # Jupyter Book links every style sheet and script that it finds here.
    for script in scripts.FILES:
        shutil.copyfile(script, stage / "_static" / script.name)
    for name, text in {"figures": palette_css(config), "fonts": fonts.sheet()}.items():
        (stage / "_static" / f"{name}.css").write_text(text, encoding="utf-8")
    _exhibits(stage / "_clashbook", notebooks)


def _page(executed: Path, page: Path) -> None:
    """Write of an executed notebook what its page needs."""
    notebook = nbformat.read(executed, as_version=4)
    for cell in notebook.cells:
        if outputs := cell.get("outputs"):
            cell["outputs"] = notebooks.on_page(outputs)
    notebooks.write(notebook, page)


def _exhibits(edition: Path, notebooks: list[Path]) -> None:
    """Write each exhibit's bundle and its files, as its notebook has made them."""
    folder, files = fresh(edition / "exhibits"), fresh(edition / exhibit.FILES)
    places: dict[str, str] = {}
    items = citable.read(edition)
    shown = ((path.stem, *made) for path in notebooks for made in exhibits_of(path))
    for notebook, cell, bundle in shown:
        name, place = bundle["id"], f"notebook {notebook}, cell {cell}"
        if name in places:
            again = f"made by {places[name]}, and again by {place}"
            raise SiteError(f"exhibit {name}: {again}; give the second another id")
        places[name] = place
        bundle["record"] |= {"chapter": f"{notebook}.html"}
        named = bundle["record"]["files"]
        made = {path: base64.b64decode(text) for path, text in bundle.pop("files").items()}
        made[named["json"]] = exhibit.metadata(bundle, made)
        write_json(folder / f"{name}.json", bundle)
        for path in set(named.values()) & set(made):
            (files / Path(path).name).write_bytes(made[path])
        items[name] = bundle["record"]["citation"]
    write_json(edition / citable.FILE, items)


def exhibits_of(notebook: Path) -> Iterator[tuple[int, dict]]:
    """Yield each exhibit that an executed notebook shows: its cell's number and its bundle."""
    for number, _, bundle in _made(notebook):
        yield number, bundle


def _made(notebook: Path) -> Iterator[tuple[int, str, dict]]:
    """The same with the cell's code."""
    for number, cell in notebooks.numbered(nbformat.read(notebook, as_version=4)):
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                yield number, cell.source, output["data"][MIME]


def _unknown_numbers(notebook: Path, known: Collection[str]) -> Iterator[str]:
    """Each number that code gives an exhibit to say, and that was not computed for the pages.

    Computed are the numbers whose ids the texts and the code have in full.
    """
    for cell, source, bundle in _made(notebook):
        words = {name: [bundle[name]] for name in ("title", "subtitle", "note", "alt")}
        words["columns"] = list(map(str, bundle["columns"].values()))
        for caption, texts in words.items():
            line = captions.line_of(source, bundle["id"], caption)
            place = f"{notebook.name}, cell {cell}" + (f" line {line}" if line else "")
            for key in sorted(references(texts).difference(known)):
                yield (
                    f"{place}: {caption} of exhibit {bundle['id']}: number {key!r} is named in no "
                    f"text of the book; write {{number}}`{key}` in full, and no id that code makes"
                )


def render(
    stage: Path,
    target: Path,
    config: Path,
    log: Path,
    as_of: str,
    tools: str = "",
    jobs: int = 1,
) -> None:
    """Run Jupyter Book, every warning an error; a page that reads as before is not read again.

    Parameters
    ----------
    stage, target : Path
        What is rendered, and the folder beneath which the pages go, in `edition.PAGES`.
    config : Path
        The `_config.yml`.
    log : Path
        Gets all that Jupyter Book prints.
    as_of : str
        The day that pages and files are dated by, so that they repeat.
    tools : str
        Names what renders; without it every page is read.
    jobs : int
        In how many processes.

    Raises
    ------
    SiteError
        With the warnings, a line each.
    """
    pages, seal = target / PAGES, target / "read"
    read_with = digest([stage / "_clashbook", stage / CONTENTS, config], tools)
    is_read = bool(tools) and seals.is_sealed(seal, read_with, [target / READ])
    texts = _texts(stage, read_json(target / READ / TEXTS) if is_read else {})
    fresh(pages if is_read else target)
    seal.unlink(missing_ok=True)
    environment = {"SOURCE_DATE_EPOCH": str(epoch(as_of)), "NO_COLOR": "1"}
    status = warm.run(_render, stage, pages, config, log, environment, jobs)
    output = _ANSI.sub("", log.read_text(encoding="utf-8"))
    log.write_text(output, encoding="utf-8")
    if status:
        raise SiteError("\n".join([*complaints(output, stage), f"all of it: {log}"]))
    write_json(target / READ / TEXTS, texts)
    seals.seal(seal, read_with, [target / READ])


def _texts(stage: Path, before: Mapping[str, str]) -> dict[str, str]:
    """The digest of each page's text; Sphinx reads one again that is newer than when it was read.

    A copy or a clock can set the time of a file back, so it is set by what the file holds.
    """
    texts = {}
    for path in sorted([*stage.glob("*.md"), *stage.glob("*.ipynb")]):
        texts[path.name] = digest([path])
        os.utime(path, (0, 0) if texts[path.name] == before.get(path.name) else None)
    return texts


def _render(
    stage: Path,
    pages: Path,
    config: Path,
    log: Path,
    environment: Mapping[str, str],
    jobs: int,
) -> None:
    """Run Jupyter Book in this process, which ends with its status."""
    from jupyter_book.sphinx import build_sphinx

    os.environ.update(environment)
    with log.open("wb") as target:
        os.dup2(target.fileno(), 1)
        os.dup2(target.fileno(), 2)
    settings = {
        "external_toc_path": str(stage / CONTENTS),
        "latex_individualpages": False,
        "nitpicky": True,
    }
    failed = build_sphinx(
        stage,
        pages,
        noconfig=True,
        path_config=config,
        confoverrides=settings,
        warningiserror=True,
        keep_going=True,
        jobs=jobs,
    )
    sys.exit(bool(failed))


def complaints(output: str, stage: Path) -> list[str]:
    """Return the lines of Jupyter Book's output that say what is wrong, each once."""
    found = [
        _located(line.strip().replace(f"{stage}{os.sep}", ""), stage)
        for line in output.splitlines()
        if _COMPLAINT.search(line) and "warnings treated as errors" not in line
    ]
    return list(dict.fromkeys(found)) or output.strip().splitlines()[-1:]


def _located(line: str, stage: Path) -> str:
    """A complaint about a notebook, with the cell in place of myst-nb's number for it."""
    found = _IN_NOTEBOOK.match(line)
    if not found or not (stage / found["file"]).is_file():
        return line
    notebook = nbformat.read(stage / found["file"], as_version=4)
    faulty = notebook.cells[int(found["cell"]) - 1]
    numbered = notebooks.numbered(notebook)
    cell = next((number for number, cell in numbered if cell is faulty), 0)
    return f"{found['file']}, cell {cell}: {found['rest']}"


def epoch(as_of: str) -> int:
    """Return the seconds of SOURCE_DATE_EPOCH for an ISO date, midnight UTC."""
    return int(datetime.fromisoformat(as_of).replace(tzinfo=UTC).timestamp())
