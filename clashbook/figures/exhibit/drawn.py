"""What the build has drawn before: a figure of the same frame and words is not drawn again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from clashbook.figures import charts
from clashbook.figures.charts import Draw
from clashbook.figures.exhibit import parameters
from clashbook.files import write_whole

# In the surroundings of a notebook that the build runs: where drawings by the same code are kept.
FOLDER = "CLASHBOOK_DRAWN"
_MOST = 100


def once(
    draw: Draw, frame: pd.DataFrame, words: Sequence[object], make: Callable[[], dict[str, object]]
) -> dict[str, object]:
    """What `make` gives for a frame and words, or gave for the same in an earlier build.

    Only of the book's own charts: another function may draw what is in no frame. Whatever the
    notebook has run so far counts too, since it may have changed how they draw.
    """
    folder = os.environ.get(FOLDER)
    if not folder or not any(draw is known for known in vars(charts).values()):
        return make()
    cells = frame.to_dict("split"), [str(kind) for kind in frame.dtypes], frame.attrs
    given = [draw.__name__, cells, words, parameters.own_cells()]
    name = hashlib.sha256(json.dumps(given, default=repr).encode()).hexdigest()
    file = Path(folder) / name
    if (found := _read(file)) is None:
        found = make()
        with suppress(OSError):  # a folder that cannot be written keeps nothing
            _write(file, json.dumps(found).encode())
    return found


def _write(file: Path, content: bytes) -> None:
    write_whole(file, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    oldest_first = sorted(file.parent.iterdir(), key=lambda one: one.stat().st_mtime)
    for old in oldest_first[:-_MOST]:
        old.unlink()


def _read(file: Path) -> dict[str, object] | None:
    """What is kept in a file; None where it is not there or not whole."""
    try:
        digest, content = file.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    is_whole = hashlib.sha256(content).hexdigest().encode() == digest
    return json.loads(content) if is_whole else None
