"""Running one notebook with papermill, so that the result repeats byte for byte."""

from __future__ import annotations

import ast
import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from difflib import get_close_matches
from pathlib import Path
from threading import Lock
from typing import Any

import nbformat

from clashbook.files import RefusedError, shown
from clashbook.language import is_day
from clashbook.prose.conditions import Days

# What the build hands to every notebook; `_config.yml` may add to these.
GIVEN = ("data_dir", "as_of")
INJECTED = "injected-parameters"
# How papermill tags what it puts between the author's cells.
ADDED = {INJECTED, "papermill-error-cell-tag"}
# What a cell may be tagged: that it holds the parameters, how the page shows it, or that on paper
# the annex has its figure, or none.
TAGS = {
    *("parameters", "hide-cell", "hide-input", "hide-output", "remove-cell", "remove-input"),
    *("remove-output", "remove-stdout", "remove-stderr", "scroll-output", "margin", "full-width"),
    *("annex", "on-site"),
}
# The kernel would warn on the terminal of how it talks to us, on this machine alone.
KERNEL_OPTIONS = ["--log-level=CRITICAL"]
# That of this environment, whatever the editor that saved a notebook wrote into it.
KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}
# It would say on the terminal once more what the message of a NotebookError says.
logging.getLogger("papermill").addHandler(logging.NullHandler())
# Of a kernel that is none, that died or that takes too long.
_OF_KERNELS = (RuntimeError, LookupError, OSError)
# A page holds nothing larger, in bytes of all that a cell shows.
MOST_OUTPUT = 10_000_000
# Held by the one thread that imports what all need.
_IMPORTING = Lock()
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class NotebookError(RefusedError):
    """A notebook that did not run to its end; the message is one line."""


def declared(path: Path) -> tuple[list[str], list[str]]:
    """Return the tables and the domains that a notebook's metadata says it reads.

    Raises
    ------
    ValueError
        If the file is no notebook, or its metadata has no `clashbook` block with `tables`.
    """
    block = read(path).metadata.get("clashbook", {})
    block = block if isinstance(block, dict) else {}
    named = [block.get("tables"), block.get("domains", [])]
    for names in named:
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError(
                "its metadata do not say what it reads; write "
                '"clashbook": {"tables": ["claims"], "domains": ["casualties"]}, names in lists'
            )
    return named[0], named[1]


def cell_faults(path: Path) -> Iterator[tuple[int, str, str, str]]:
    """Yield each cell whose metadata mean nothing to the build: number, value, fault, way out."""
    for number, cell in enumerate(read(path).cells, start=1):
        for tag in sorted(set(cell.metadata.get("tags", [])) - TAGS):
            choice = get_close_matches(tag, TAGS, 1) or sorted(TAGS)
            yield number, tag, "no such tag", " or ".join(choice)
        block = cell.metadata.get("clashbook", {})
        if not isinstance(block, dict):
            fault = "its metadata under clashbook are not a mapping"
            yield number, str(block), fault, '"clashbook": {"from": "2022-09-13"}'
            continue
        for name in ("from", "until"):
            if name in block and not is_day(block[name]):
                fault = f"the day {name} of the cell is not a date"
                yield number, str(block[name]), fault, f'"{name}": "2022-09-13"'


def read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook, to be run on the kernel of this environment.

    Raises
    ------
    ValueError
        In one line, if the file is no notebook.
    """
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ValueError(
            f"not a notebook: {error.msg}, {where}; write one in JupyterLab"
        ) from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        fault = getattr(error, "strerror", "") or type(error).__name__
        raise ValueError(f"cannot be read: {fault}; write a notebook in UTF-8") from error
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises its own, jsonschema's and json's
        raise ValueError(
            f"not a notebook: {_first_line(str(error))}; write one in JupyterLab"
        ) from error
    notebook.metadata["kernelspec"] = nbformat.from_dict(KERNEL)
    return notebook


def write(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook with all keys in their order: nbformat would sort an exhibit's columns."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def strip(folder: str) -> None:
    """Take saved outputs out of the notebooks of a folder."""
    for path in sorted(Path(folder).glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
            if cell.cell_type == "code":
                cell.update(outputs=[], execution_count=None)
        nbformat.write(notebook, path)


def misnamed(path: Path, parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each parameter that the notebook's `parameters` cell does not have, and a way out.

    papermill only warns of these, and the notebook then runs with its default.
    """
    tagged = [cell for cell in read(path).cells if "parameters" in cell.metadata.get("tags", [])]
    known = {name for cell in tagged[:1] for name in _assigned(cell.source)}
    for name in (*GIVEN, *parameters):
        if name not in known:
            choice = ", ".join(sorted(known)) or "a cell tagged parameters"
            yield name, choice


def _assigned(source: str) -> Iterator[str]:
    """The names that a cell gives a value to."""
    with suppress(SyntaxError):  # running the cell will say so
        names = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))
        yield from (name.id for name in names if isinstance(name.ctx, ast.Store))


def days(cell: nbformat.NotebookNode) -> Days:
    """The editions that have a cell, by its metadata ``from`` and ``until``."""
    block = cell.metadata.get("clashbook", {})
    named = [block.get(name, "") if isinstance(block, dict) else "" for name in ("from", "until")]
    # What is no text is reported by `cell_faults`.
    return Days(*(day if isinstance(day, str) else "" for day in named))


def prepare(notebook: nbformat.NotebookNode, as_of: str) -> nbformat.NotebookNode:
    """Drop the cells that the edition as of a day does not have."""
    notebook.cells = [cell for cell in notebook.cells if days(cell).have(as_of)]
    return notebook


def execute(source: Path, target: Path, parameters: Mapping[str, Any], limit: int = 300) -> None:
    """Run the notebook `source` and write it, with its outputs, to `target`.

    The kernel works in the folder of `source`. A cell that fails leaves `target` untouched and
    the notebook, as far as it came, beside it as `<name>.failed.ipynb`.

    Parameters
    ----------
    source, target : Path
        Notebook as written, notebook as executed.
    parameters : mapping
        Must have `as_of`; `data_dir` is an absolute path.
    limit : int
        Seconds that a cell may take.

    Raises
    ------
    NotebookError
        Naming notebook, cell, error, and the file to open: a cell that fails, that ends the kernel,
        that takes too long or shows too much.
    """
    with _IMPORTING:
        # Slow to import, and a check runs nothing.
        import papermill

        from clashbook.pipeline import engine

    target.parent.mkdir(parents=True, exist_ok=True)
    running = target.with_suffix(".failed.ipynb")
    nbformat.write(prepare(read(source), parameters["as_of"]), running)
    try:
        executed = papermill.execute_notebook(
            _literal(running),
            _literal(running),
            parameters=dict(parameters),
            progress_bar=False,
            engine_name=engine.NAME,
            # papermill's own cwd= changes the folder of the whole process, under other threads too.
            resources={"metadata": {"path": str(source.parent)}},
            extra_arguments=KERNEL_OPTIONS,
            execution_timeout=limit,
        )
        _refuse_odd(executed)
    except (NotebookError, papermill.PapermillExecutionError, *_OF_KERNELS) as error:
        fault = f"notebook {source.stem}, {_why(error, running, limit)}"
        raise NotebookError(f"{fault}; open {shown(running)}") from error
    write(settled(executed, parameters), running)
    running.replace(target)


def _why(error: Exception, running: Path, limit: int) -> str:
    """The cell that a notebook came to, and what went wrong there."""
    if isinstance(error, NotebookError):
        return str(error)
    name, text = type(error).__name__, str(error)
    fault = f"{getattr(error, 'ename', name)}: {_first_line(getattr(error, 'evalue', text))}"
    if isinstance(error, TimeoutError):
        fault = f"not done after {limit} s; make it faster, or raise clashbook.execution_timeout"
    elif "didn't respond" in fault:
        fault += " at 127.0.0.1; allow connections to it"
    return f"{_last_cell(running)}{fault}".rstrip(": ")


def numbered(
    notebook: nbformat.NotebookNode,
) -> Iterator[tuple[int, nbformat.NotebookNode]]:
    """Yield the cells of an executed notebook, each with its number as its author counts them.

    What papermill has put in between is no cell of the author's.
    """
    written = [cell for cell in notebook.cells if not ADDED & set(cell.metadata.get("tags", []))]
    yield from enumerate(written, start=1)


def on_page(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """What its page gets of a cell's outputs: of an exhibit neither pictures nor files.

    A page draws an exhibit from its bundle alone. The pictures beside that are for JupyterLab, and
    the files in it stand in the site by themselves.
    """
    from clashbook.figures.exhibit import MIME  # slow to import, and a check runs nothing

    shown = deepcopy(outputs)
    for output in shown:
        if bundle := output.get("data", {}).get(MIME):
            bundle.pop("files", None)
            output["data"] = {MIME: bundle}
    return shown


def _refuse_odd(executed: nbformat.NotebookNode) -> None:
    """Raise NotebookError for what papermill takes for success, naming the cell."""
    for number, cell in numbered(executed):
        outputs = cell.get("outputs", [])
        if any(output.output_type == "error" for output in outputs):
            raise NotebookError(f"cell {number}: SystemExit: no cell after it ran; remove it")
        if (size := len(json.dumps(on_page(outputs)))) > MOST_OUTPUT:
            raise NotebookError(
                f"cell {number}: shows {size:,} bytes, more than {MOST_OUTPUT:,}; show less"
            )


def _last_cell(running: Path) -> str:
    """The cell that a notebook came to, in words for a message; none if it did not begin."""
    begun = [
        number
        for number, cell in numbered(read(running))
        if cell.metadata.get("papermill", {}).get("start_time")
    ]
    return f"cell {begun[-1]}: " if begun else ""


def settled(
    notebook: nbformat.NotebookNode, parameters: Mapping[str, Any]
) -> nbformat.NotebookNode:
    """Take out of an executed notebook what differs from run to run: times, paths, random ids."""
    from papermill.translators import translate_parameters

    # The folder of the build means nothing to a reader: the notebook's own default stands.
    given = {name: value for name, value in parameters.items() if name != "data_dir"}
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", []):
            kernel = KERNEL["name"], KERNEL["language"]
            cell.source = translate_parameters(*kernel, given, "Parameters")
            cell.id = INJECTED
            cell.metadata.tags = [INJECTED, "remove-cell"]
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]  # papermill gives every cell an empty list
    return notebook


def _literal(path: Path) -> str:
    # papermill fills `{name}` in paths.
    return str(path).replace("{", "{{").replace("}", "}}")


def _first_line(text: str) -> str:
    lines = _ANSI.sub("", text).strip().splitlines() or [""]
    return lines[0] if len(lines[0]) <= 300 else lines[0][:299] + "…"
