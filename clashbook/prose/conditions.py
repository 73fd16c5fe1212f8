"""Passages of some editions only, and sentences that rest on a condition.

Prose marks both with a fence of colons::

    :::{from} 2022-09-13
    A paragraph that no earlier edition holds.
    :::

    :::{until} 2022-09-13
    A paragraph that is in earlier editions only.
    :::

    :::{holds} said-north > said-south
    A sentence that compares.
    :::

A condition is one or more comparisons joined by "and"; of several such groups joined by "or" one is
enough. Each side is a number's id, one end of it (`.low`, `.high`) or a figure; `<` and `>` hold
only where the bounds leave no doubt, `=` only between figures known exactly; `is` compares a
number's words, and `is unsaid` holds while no claim stands behind it.

What a number rests on is compared too: its `.claims`, their `.sources`, `.claimants` and `.roles`.
Against a figure it is how many there are; `is` compares all of them, separated by commas, and `has`
asks for one among them: ``north.roles is own_side and north.claims has north-15-may``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from clashbook.bounds import Bounds
from clashbook.language import NO_BREAK
from clashbook.prose.numbers import Numbers

FENCE = re.compile(r"^\s*(?P<colons>:{3,})(?:\{(?P<name>[\w-]+)\}\s*(?P<argument>.*?))?\s*$")
COMPARISON = re.compile(r"^(?P<left>\S+)\s+(?P<sign><|>|=|is|has)\s+(?P<right>.+?)$")
OPTION = re.compile(r"^:\w+:")
ENDS = ("low", "high")
GROUNDS = ("claims", "sources", "claimants", "roles")
PART = re.compile(rf"^(?P<id>.+)\.(?P<part>{'|'.join((*ENDS, *GROUNDS))})$")
WORDS = ("is", "has")


@dataclass(frozen=True)
class Finding:
    """A condition and the words that rest on it."""

    place: str
    condition: str
    text: str


@dataclass(frozen=True)
class _Open:
    colons: int
    name: str
    argument: str


class Days(NamedTuple):
    """The editions that something is in: those as of `since` and later, and before `until`.

    Both are ISO dates; "" for no such end.
    """

    since: str = ""
    until: str = ""

    def have(self, day: str) -> bool:
        """Whether the edition as of a day is one of them."""
        return self.since <= day and not (self.until and self.until <= day)


def days_of(fences: tuple[_Open, ...]) -> Days:
    """The editions that have what stands in some fences."""
    since = max((fence.argument for fence in fences if fence.name == "from"), default="")
    until = min((fence.argument for fence in fences if fence.name == "until"), default="")
    return Days(since, until)


def active(text: str, as_of: str) -> str:
    """The text without the passages that the edition as of a day does not have."""
    return "\n".join(line for line, fences in fenced_lines(text) if days_of(fences).have(as_of))


def findings(text: str, as_of: str, place: str = "") -> list[Finding]:
    """The conditions that hold sentences of a text in the edition of a date, with their lines."""
    found: dict[_Open, list[str]] = {}
    begun: dict[_Open, int] = {}
    for number, (line, fences) in enumerate(fenced_lines(text), start=1):
        if not days_of(fences).have(as_of):
            continue
        for fence in fences:
            if fence.name == "holds":
                found.setdefault(fence, []).append(line)
                begun.setdefault(fence, number)
    return [
        Finding(f"{place} line {begun[fence]}", fence.argument, _sentence(lines))
        for fence, lines in found.items()
    ]


def _sentence(lines: list[str]) -> str:
    """The words between the two fences, without the options of the first."""
    inside = [line.strip() for line in lines[1:-1]]
    return " ".join(line for line in inside if line and not OPTION.match(line))


def fenced_lines(text: str) -> Iterator[tuple[str, tuple[_Open, ...]]]:
    """Each line with the fences it stands in, its own fence included.

    Raises
    ------
    ValueError
        If a passage stands in one of as few colons.
    """
    fences: list[_Open] = []
    for line in text.split("\n"):
        fence = FENCE.match(line)
        if fence and fence["name"]:
            if fences and len(fence["colons"]) >= fences[-1].colons:
                raise ValueError(
                    f"passage {line.strip()!r} stands in one of as few colons, which would end "
                    f"with it; write the outer one with {len(fence['colons']) + 1}"
                )
            # The same condition may hold two passages: each opening is its own.
            fences.append(_Once(len(fence["colons"]), fence["name"], fence["argument"]))
            yield line, tuple(fences)
        elif fence and fences and len(fence["colons"]) == fences[-1].colons:
            yield line, tuple(fences)
            fences.pop()
        else:
            yield line, tuple(fences)


class _Once(_Open):
    __eq__ = object.__eq__
    __hash__ = object.__hash__


def referred(condition: str) -> set[str]:
    """The ids of the numbers that a condition compares."""
    ids = set()
    for comparison in re.split(r" and | or ", condition):
        left, sign, right = _parsed(comparison)
        ids |= {_id(side) for side in _sides(left, sign, right)}
    return ids


def broken(finding: Finding, numbers: Numbers) -> str:
    """Empty where the condition holds; else one line with the sentence and the numbers."""
    failed = []
    for group in finding.condition.split(" or "):
        parsed = [_parsed(comparison) for comparison in group.split(" and ")]
        first = next((each for each in parsed if not _holds(*each, numbers)), None)
        if first is None:
            return ""
        failed.append(first)
    sides = dict.fromkeys(side for each in failed for side in _sides(*each))
    shown = "; ".join(f"{side} is {_shown(side, numbers)}" for side in sides)
    compared = " or ".join(" ".join(each) for each in failed)
    sentence = numbers.resolve(finding.text).replace(NO_BREAK, " ")
    return (
        f"{finding.place}: “{sentence}” rests on {compared!r}, which does not "
        f"hold: {shown.replace(NO_BREAK, ' ')}; reword the sentence or its condition"
    )


def _parsed(comparison: str) -> tuple[str, str, str]:
    found = COMPARISON.match(comparison.strip())
    if not found:
        raise ValueError(
            f"condition {comparison.strip()!r} is not a comparison; write NUMBER < NUMBER, "
            "NUMBER = FIGURE, NUMBER is WORDS or NUMBER.claims has CLAIM"
        )
    if found["sign"] == "has" and _part(found["left"]) not in GROUNDS:
        raise ValueError(
            f"condition {comparison.strip()!r} asks what a number has and not of what; "
            f"write NUMBER.{' or NUMBER.'.join(GROUNDS)}"
        )
    return found["left"], found["sign"], found["right"]


def _sides(left: str, sign: str, right: str) -> list[str]:
    """The sides of a comparison that refer to a number."""
    sides = [left] if sign in WORDS else [left, right]
    return [side for side in sides if not _is_figure(side)]


def _shown(side: str, numbers: Numbers) -> str:
    known, part = numbers[_id(side)], _part(side)
    return (", ".join(getattr(known, part)) or "none") if part in GROUNDS else known.text


def _holds(left: str, sign: str, right: str, numbers: Numbers) -> bool:
    if sign in WORDS and _part(left) in GROUNDS:
        held = set(getattr(numbers[_id(left)], _part(left)))
        return right in held if sign == "has" else held == set(re.split(r",\s*", right))
    if sign == "is" and right == "unsaid":
        return not numbers[left].claims
    if sign == "is":
        return numbers[left].text.replace(NO_BREAK, " ") == right
    one, two = _bounds(left, numbers), _bounds(right, numbers)
    if sign == "=":
        return one.is_exact and two.is_exact and one.low == two.low
    return bool(one.less_than(two) if sign == "<" else two.less_than(one))


def _bounds(side: str, numbers: Numbers) -> Bounds:
    if _is_figure(side):
        return Bounds.exact(float(side))
    known, part = numbers[_id(side)], _part(side)
    if part in GROUNDS:
        return Bounds.exact(len(getattr(known, part)))
    if part:
        value = getattr(known, part)
        return Bounds() if value is None else Bounds.exact(value)
    return Bounds(low=known.low, high=known.high)


def _id(side: str) -> str:
    found = PART.match(side)
    return found["id"] if found else side


def _part(side: str) -> str:
    """What of a number is compared; "" for its bounds or its words."""
    found = PART.match(side)
    return found["part"] if found else ""


def _is_figure(side: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", side) is not None
