"""Rows of frames as typed records: what they hold, what they rest on, and what their marks say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import TypeVar

import pandas as pd

from clashbook.dataset import kinds
from clashbook.figures.charts.style import Side, side

# Columns of ids, and the kind of record that they name; a series leads to its source.
IDS = {kind.table: kind.name for kind in kinds.SPOKEN} | {kinds.SOURCE.key: kinds.SOURCE.name}
FEW = 3  # claimants that a mark names; of more it says how many there are
NOUNS = {"military": "soldier", "civilian": "civilian"}


@dataclass(frozen=True, kw_only=True)
class Record:
    """The row at a place of a frame: who says it and when, and the ids of what it rests on."""

    nth: int = -1
    claimant: str
    stated: str
    claims: str = ""
    reactions: str = ""
    events: str = ""
    source_id: str = ""

    @property
    def gid(self) -> str:
        """The record that it rests on first and its row, as `kind:id~nth`; "" where on none."""
        row = f"~{self.nth}" if self.nth >= 0 else ""
        found = ((kind, str(getattr(self, column)).split()) for column, kind in IDS.items())
        return next((f"{kind}:{ids[0]}{row}" for kind, ids in found if ids), "")

    def mark(self, words: str, *, counted: bool = False) -> tuple[str, str]:
        """The gid of its mark, and the mark's words with who says so and when.

        The words are "" where nobody does. `counted` says that the value was counted from claims,
        so that no claimant may have stated it.
        """
        if not self.claimant:
            return self.gid, ""
        several = len(str(self.claims).split()) > 1
        source = "published by" if self.gid.startswith("source:") else "stated by"
        if counted or several:
            source = "from claims of" if several else "from a claim of"
        words = f"{words[:1].upper()}{words[1:]}"
        names = self.claimant.split("; ")
        named = "; ".join(names[:FEW]) + f" and {len(names) - FEW} more" * (len(names) > FEW)
        end = f"{source} {named}, {self.stated}"
        joined = f" {end[0].upper()}{end[1:]}" if words.endswith(".") else f", {end}"
        return self.gid, f"{words}{joined}"


@dataclass(frozen=True, kw_only=True)
class Sided(Record):
    """A row about a side: whose people, or whose economy."""

    party: str
    party_name: str = ""

    @property
    def side(self) -> Side:
        return side(self.party, self.party_name)


@dataclass(frozen=True, kw_only=True)
class Count(Sided):
    """A row that gives the bounds of a number."""

    low: float
    best: float
    high: float
    firmness: str
    counted_by: str
    text: str
    indicator_label: str

    def measured(self) -> str:
        """Its value and what it measures: "at least 49 killed"; "no number given (killed)"."""
        what = lower(self.indicator_label)
        if what in self.text:
            return self.text
        number = any(sign.isdigit() for sign in self.text)
        return f"{self.text} {what}" if number else f"{self.text} ({what})"


R = TypeVar("R", bound=Record)
K = TypeVar("K")


def read(frame: pd.DataFrame, model: type[R]) -> list[R]:
    """The rows of a frame in their order; a column that the frame lacks has the model's default."""
    names = [field.name for field in fields(model) if field.name in frame]
    cells = frame[names].itertuples(name=None)
    return [model(**dict(zip(("nth", *names), row, strict=True))) for row in cells]


def grouped(rows: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    """Rows by what they share, the groups in the order of their first rows."""
    found: dict[K, list[R]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def lower(text: str) -> str:
    """A text that goes on within a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def counted(text: str, population: str) -> str:
    """A value with the people that it counts, where they are soldiers or civilians alone."""
    noun = NOUNS.get(population, "")
    return f"{text} {noun}{'' if text == '1' else 's'}" if noun else text
