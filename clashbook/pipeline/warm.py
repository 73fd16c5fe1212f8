"""Processes that begin with all that is slow to import: kernels, and Jupyter Book.

One process imports it while the build checks the data; each of these is a fork of that one. Kernels
are kept from the settings of the person who builds.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

KERNELS = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib.backends.backend_agg"),
    *("matplotlib.backends.backend_pdf", "matplotlib.backends.backend_svg", "seaborn"),
    *("clashbook.figures.exhibit.book", "clashbook.figures.charts", "clashbook.cli"),
)
PAGES = (
    *("jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme"),
    *("clashbook.pages.extension", "clashbook.pipeline.stage"),
)
# macOS does not let a fork use what its libraries had begun: there nothing is imported beforehand.
IS_SAFE = sys.platform != "darwin"
CORES = (os.cpu_count() or 1) if IS_SAFE else 1
# How many objects more there are before a process looks for garbage.
GARBAGE = 100_000
_context = get_context("forkserver")
# What a person's own settings would change in what notebooks do.
_PERSONAL = ("JUPYTER_PATH", "PYTHONSTARTUP", "PYTHONWARNINGS")
_PRIVATE = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
# Texts are UTF-8, and no module is one of the working folder.
_SET = {"PYTHONUTF8": "1", "PYTHONSAFEPATH": "1"}
# Where drawings are kept, as `figures.exhibit.files` reads it, which is slow to import.
_KEPT = "CLASHBOOK_KEPT"


def start(*, kernels: bool) -> None:
    """Begin to import for pages, and for kernels first; what is run before that is done waits."""
    modules = [*(KERNELS if kernels else ()), *PAGES]
    _context.set_forkserver_preload(modules if IS_SAFE else [])
    ensure_running()


@contextmanager
def private(folder: Path, kept: Path | None = None) -> Iterator[None]:
    """Keep the settings of the person who builds away from kernels: theirs lie in `folder`.

    And say to them that nobody looks at what they show, and where drawings are kept.
    """
    before = dict(os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    for name in _PERSONAL:
        os.environ.pop(name, None)
    given = _SET | {name: str(folder / name.lower()) for name in _PRIVATE}
    os.environ.update(given | ({_KEPT: str(kept)} if kept else {}))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def begin(task: Callable[..., object], *arguments: object) -> BaseProcess:
    """Begin a task in a process of its own."""
    process = _context.Process(target=_child, args=(task, *arguments))
    process.start()
    return process


def run(task: Callable[..., object], *arguments: object) -> int:
    """Do a task in a process of its own, and return its exit status."""
    process = begin(task, *arguments)
    try:
        process.join()
    finally:
        process.terminate()
        process.join()
    return process.exitcode or 0


def _child(task: Callable[..., object], *arguments: object) -> None:
    """Do the task, and end with the build, however that ends."""
    # What was imported stays, and pages are trees of a hundred thousand nodes: to look through all
    # of it for garbage as often as Python does by itself takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(GARBAGE)
    end_with_parent()
    task(*arguments)


def end_with_parent() -> None:
    """Have this process end when the one that began it does, however that ends."""
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
