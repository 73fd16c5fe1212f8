"""A text in pieces, as the page's script cuts it (`pieces.js`), and its signs made alike."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from clashbook.website.checking.scripts import running

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

# Signs that are read as others; one for one, so that places stay.
_ALIKE = str.maketrans(
    {**dict.fromkeys("\u00a0\u2007\u2009\u202f\t\n\r", " "), **dict.fromkeys("’‘ʼ", "'")}
    | {**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("−–—‐‑", "-")}
)


class Block(NamedTuple):
    """A piece of a text; its kind is heading, paragraph or item (an entry of a list)."""

    kind: str
    text: str


class Cell(NamedTuple):
    """A cell: its text, the columns and rows that it covers, whether it continues the one above."""

    text: str
    wide: int = 1
    tall: int = 1
    goes_on: bool = False


def plain(text: str) -> str:
    """A text with one sign for each kind of quotation mark, hyphen and space."""
    return text.translate(_ALIKE)


def of_text(text: str) -> list[Block]:
    """The pieces of plain text or Markdown, as it is saved or pasted."""
    return [Block(**one) for one in _script().call("made.ofText", text)]


def entries(rows: Sequence[Sequence[Cell]], headed: int = 0) -> list[Block]:
    """The entries of a table: each number after its column's head and its row's labels.

    Parameters
    ----------
    rows : sequence of sequences of Cell
        Row by row, of any lengths.
    headed : int
        The rows at its top that are marked as heads; 0 if none is, and the texts are to say it.
    """
    cells = [[cell._asdict() for cell in row] for row in rows]
    return [Block(**one) for one in _script().call("made.entries", cells, headed)]


def is_english(found: Sequence[Block]) -> bool:
    """Whether a text is in English, or at least not clearly in another language."""
    return _script().call("made.isEnglish", [block._asdict() for block in found])


@cache
def _script() -> MiniRacer:
    return running("self.clashbookPieces")
