"""What the same tools have made of the same before, in this or another edition, is not made again.

In a folder, which keeps what was asked for last, each result is a file of JSON, named by the digest
of what it was made from, with the digest of its own content. A folder that cannot be written keeps
nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from clashbook.files import write_whole

Made = TypeVar("Made")
_MOST = 300


def once(folder: Path | None, given: object, make: Callable[[], Made]) -> Made:
    """What `make` gives, or gave of the same before; without a folder it is always asked.

    Parameters
    ----------
    folder : Path or None
        Belongs to one set of tools, as the build gives it.
    given : object
        All that the result depends on; what JSON does not know counts by its `repr`.
    make : callable
        Gives what JSON can write.
    """
    if (made := find(folder, given)) is None:
        made = make()
        keep(folder, given, made)
    return made


def find(folder: Path | None, given: object) -> Any:
    """What was made of the same before; None if nothing is kept."""
    if folder is None:
        return None
    with suppress(OSError, ValueError):
        path = _file(folder, given)
        digest, content = path.read_text(encoding="utf-8").split("\n", 1)
        path.touch()
        if digest == _digest(content.encode()):
            return json.loads(content)
    return None


def keep(folder: Path | None, given: object, made: object) -> None:
    """Keep what was made."""
    if folder is None:
        return
    with suppress(OSError):
        content = json.dumps(made)
        write_whole(_file(folder, given), f"{_digest(content.encode())}\n{content}".encode())
        oldest_first = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime)
        for old in oldest_first[:-_MOST]:
            old.unlink()


def _file(folder: Path, given: object) -> Path:
    return folder / _digest(json.dumps(given, default=repr).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
