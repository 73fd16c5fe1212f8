"""What a number is, and how text refers to one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
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
    claims: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    attribution: str = ""
    stated: str = ""
    claimants: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    steps: tuple[dict, ...] = ()
    left_out: tuple[dict, ...] = ()

    @classmethod
    def from_dict(cls, read: Mapping[str, Any]) -> Number:
        """A number as `as_dict` gives it; what a file says of it besides is left out."""
        names = [field.name for field in fields(cls) if field.name in read]
        known: dict[str, Any] = {
            name: tuple(read[name]) if isinstance(read[name], list) else read[name]
            for name in names
        }
        return cls(**known)

    def as_dict(self) -> dict[str, Any]:
        """JSON-safe; an open end is None."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }


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
        parts = re.split(r"\{(\w+)\}", self.pattern)
        return re.compile(
            "".join(
                f"(?P<{part}>{fields[part]})" if i % 2 else re.escape(part)
                for i, part in enumerate(parts)
            )
        )
