"""What becomes of each number of a text: its verdict, the reason, and what to write instead.

Two scripts read a text and judge it: `features.js` by the patterns, `judge.js` by the table of
quotes. The page that checks a brief runs them in a browser, and this module in V8 (`scripts`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clashbook.website.checking.pieces import Block
from clashbook.website.checking.scripts import running


@dataclass(frozen=True)
class Verdict:
    """What is said of one number of a sentence.

    Parameters
    ----------
    kind : str
        Its entry among the verdicts of the table.
    words : str
        The reason.
    instead : str
        The sentence to write in its place; "" where nothing is to be mended or nothing is known.
    citation, path : str
        The reference of that sentence, and where it is found, from the root of what is published.
    id : str
        What the number was recognised as; "" where it was not.
    is_good : bool
        Whether the text may stay as it is.
    """

    kind: str
    words: str
    instead: str
    citation: str
    path: str
    id: str
    is_good: bool


@dataclass(frozen=True)
class Judged:
    """A sentence with numbers.

    Parameters
    ----------
    pieces : list of str
        Its text as it was written: what is no number, and each number, in turn.
    verdicts : list of Verdict
        One a number.
    """

    pieces: list[str]
    verdicts: list[Verdict]

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def numbers(self) -> list[str]:
        return self.pieces[1::2]


def is_good(found: Sequence[Judged]) -> bool:
    """Whether nothing of a text is to be mended."""
    return all(verdict.is_good for one in found for verdict in one.verdicts)


class Reader:
    """Reads texts by the patterns of a table."""

    def __init__(self, patterns: Mapping) -> None:
        self._engine = running(f"self.clashbookFeatures({json.dumps(patterns)})")

    def sentences(self, text: str) -> list[str]:
        """The sentences of a piece, as they were written."""
        return self._engine.call("made.sentences", text)

    def numbers(self, text: str) -> list[dict]:
        """The numbers of a sentence: ``written``, ``says`` (word, low, high), ``episode``."""
        return self._engine.call("made.numbers", text)


class Judge:
    """Judges texts by a table of quotes."""

    def __init__(self, table: Mapping) -> None:
        self._engine = running(f"self.clashbookJudge({json.dumps(table)})")

    def judge(self, blocks: Sequence[Block]) -> list[Judged]:
        """Every sentence that has a number, with the verdict of each."""
        found = self._engine.call("made", [block._asdict() for block in blocks])
        return [
            Judged(one["pieces"], [Verdict(**verdict) for verdict in one["verdicts"]])
            for one in found
        ]
