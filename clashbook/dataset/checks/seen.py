"""What was found sound before: the same files are not checked twice by the same code.

Kept are the warnings of a check, by the texts that were checked, the code that checked them, and
the day, on which warnings depend too.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from clashbook import kept

# The code that the rules are made of.
_PACKAGE = Path(__file__).parents[2]
_CODE = ("bounds.py", "faces.py", "language.py", "dataset")


def warnings(folder: Path | None, texts: Iterable[str]) -> list[str] | None:
    """The warnings of texts that were found sound; None where they were not."""
    return kept.find(folder, [*_checked_by(), *texts])


def add(folder: Path | None, texts: Iterable[str], warnings: Iterable[str] = ()) -> None:
    """Remember in a folder that texts are sound."""
    kept.keep(folder, [*_checked_by(), *texts], [*warnings])


def _checked_by() -> tuple[str, str]:
    return datetime.now(UTC).date().isoformat(), _code()


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
