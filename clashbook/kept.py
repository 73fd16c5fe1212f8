"""What the same tools have made of the same before, in this or another edition, is not made again.

Beneath a folder that belongs to one set of tools, as the build gives it: each result a file of
JSON, named by the digest of what it was made from, with the digest of its own content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from clashbook.files import write_whole

Made = TypeVar("Made")
_MOST = 100


def once(folder: Path | None, given: object, make: Callable[[], Made]) -> Made:
    """What `make` gives, or gave of the same before; without a folder it is always asked.

    Parameters
    ----------
    folder : Path or None
        Keeps the newest hundred.
    given : object
        All that the result depends on; what JSON does not know counts by its `repr`.
    make : callable
        Gives what JSON can write.
    """
    if folder is None:
        return make()
    file = folder / _digest(json.dumps(given, default=repr).encode())
    with suppress(OSError, ValueError):
        digest, content = file.read_text(encoding="utf-8").split("\n", 1)
        if digest == _digest(content.encode()):
            return json.loads(content)
    made = make()
    with suppress(OSError):  # a folder that cannot be written keeps nothing
        content = json.dumps(made)
        write_whole(file, f"{_digest(content.encode())}\n{content}".encode())
        oldest_first = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime)
        for old in oldest_first[:-_MOST]:
            old.unlink()
    return made


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
