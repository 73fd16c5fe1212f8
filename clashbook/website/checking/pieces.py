"""The pieces that a text comes in, and its signs as they are compared."""

from __future__ import annotations

from typing import NamedTuple

# Signs that are read as others; one for one, so that places stay.
_ALIKE = str.maketrans(
    {**dict.fromkeys("\u00a0\u2007\u2009\u202f\t\n\r", " "), **dict.fromkeys("’‘ʼ", "'")}
    | {**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("−–—‐‑", "-")}
)


class Block(NamedTuple):
    """A piece of a text; its kind is heading, paragraph or item (an entry of a list)."""

    kind: str
    text: str


def plain(text: str) -> str:
    """A text with one sign for each kind of quotation mark, hyphen and space."""
    return text.translate(_ALIKE)
