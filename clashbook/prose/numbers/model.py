"""What a number is, and how text refers to one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from clashbook.dataset import kinds

# What a number can rest on.
GROUNDS = tuple(kind.table for kind in kinds.GROUNDS)
# The roles of prose that refer to a number, each with the field of it that a reader reads.
ROLES = {"number": "text", "attribution": "attribution"}
REFERENCE = re.compile(rf"\{{({'|'.join(ROLES)})\}}`([^`\s]+)`")


@dataclass(frozen=True)
class Number:
    """A number with its words, what it is of, its bounds, and the records that it rests on.

    `attribution` says according to whom it is what it is, `stated` by which day;
    `claimants`, `roles` and `sources` are those of its records, in the order of their statements.
    A number of rows names in `counts` those that it counts, where they are not what it rests on. A
    toll has the `steps` that made it and the claims that are `left_out`, as `tolls.derivation`
    gives them.
    """

    id: str
    text: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str = ""
    as_of: str = ""
    what: str = ""
    claims: Sequence[str] = ()
    series: Sequence[str] = ()
    reactions: Sequence[str] = ()
    events: Sequence[str] = ()
    attribution: str = ""
    stated: str = ""
    claimants: Sequence[str] = ()
    roles: Sequence[str] = ()
    sources: Sequence[str] = ()
    counts: Sequence[str] = ()
    steps: Sequence[dict] = ()
    left_out: Sequence[dict] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.default == ():
                object.__setattr__(self, field.name, tuple(getattr(self, field.name)))

    @property
    def according(self) -> str:
        """Its attribution as it goes on after it."""
        return f", {self.attribution}" if self.attribution else ""

    @classmethod
    def from_dict(cls, read: Mapping[str, Any]) -> Number:
        """A number as JSON holds it; what a file says of it besides is left out."""
        return cls(**{field.name: read[field.name] for field in fields(cls) if field.name in read})


class UnknownNumberError(KeyError):
    """A reference that no declaration answers to."""

    def __str__(self) -> str:
        return self.args[0]


@dataclass(frozen=True)
class Declaration:
    """A pattern of ids, the words for what its numbers are of, and the function that answers."""

    pattern: str
    what: str
    function: Callable[..., Number]

    def ids(self, fields: Mapping[str, str]) -> re.Pattern[str]:
        """The ids that the declaration answers to, given what may stand in each field."""
        written = re.escape(self.pattern)
        return re.compile(
            re.sub(r"\\\{(\w+)\\\}", lambda name: f"(?P<{name[1]}>{fields[name[1]]})", written)
        )
