"""What was found sound before: the same files are not checked twice by the same code.

A mark is a file with the warnings of a check, and its name is the digest of the texts that were
checked, of the code that checked them, and of the day, on which warnings depend too.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from clashbook.files import write_whole

# The code that the rules are made of.
_PACKAGE = Path(__file__).parents[2]
_CODE = ("bounds.py", "faces.py", "language.py", "dataset")
_MOST = 100


@dataclass(frozen=True)
class Seen:
    """The marks in a folder; without a folder nothing is remembered."""

    folder: Path | None = None

    def warnings(self, texts: Iterable[str]) -> tuple[str, ...] | None:
        """The warnings of texts that were found sound; None where they were not."""
        if self.folder is None:
            return None
        try:
            return tuple(json.loads((self.folder / _digest(texts)).read_bytes()))
        except (OSError, ValueError):
            return None

    def add(self, texts: Iterable[str], warnings: Iterable[str] = ()) -> None:
        """Remember that texts are sound; a folder that cannot be written remembers nothing."""
        if self.folder is None:
            return
        with suppress(OSError):
            write_whole(self.folder / _digest(texts), json.dumps([*warnings]).encode())
            oldest_first = sorted(self.folder.iterdir(), key=lambda mark: mark.stat().st_mtime)
            for mark in oldest_first[:-_MOST]:
                mark.unlink()


def _digest(texts: Iterable[str]) -> str:
    total = hashlib.sha256(f"{datetime.now(UTC).date()} {_code()}".encode())
    for text in texts:
        total.update(hashlib.sha256(text.encode()).digest())
    return total.hexdigest()


@cache
def _code() -> str:
    total = hashlib.sha256(sys.version.encode())
    for name in _CODE:
        part = _PACKAGE / name
        for file in (
            sorted([*part.rglob("*.py"), *part.rglob("*.json")]) if part.is_dir() else [part]
        ):
            total.update(file.read_bytes())
    return total.hexdigest()
