"""The faces that the book is set and drawn in: where they lie, and which letters they have."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import font_source_sans_pro
from fontTools.ttLib import TTFont

# Part of how some scripts are spelt, and drawn by nothing.
_JOINERS = "\u200c\u200d"


def typeface(file: str) -> Path:
    """A file of the typeface."""
    return Path(font_source_sans_pro.font_directory) / file


def shipped(file: str) -> Path:
    """A file of the fallback, which comes with matplotlib."""
    found = find_spec("matplotlib")  # itself slow to import
    if found is None or found.origin is None:
        raise ModuleNotFoundError("matplotlib is not installed")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / file


@cache
def letters(face: Path) -> frozenset[int]:
    """The letters of a face, as code points."""
    with TTFont(face) as font:
        return frozenset(font.getBestCmap())


@cache
def undrawn(text: str) -> str:
    """Return the first letter in `text` that neither the typeface nor the fallback has, or ""."""
    for char in "" if text.isascii() else text:
        known = char.isspace() or char in _JOINERS or not char.isprintable()
        if not known and ord(char) not in _drawn():
            return char
    return ""


@cache
def _drawn() -> frozenset[int]:
    return letters(typeface("SourceSansPro-Regular.ttf")) | letters(shipped("DejaVuSans.ttf"))
