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

    :::{else}
    What the editions say in which the comparison does not hold.
    :::

A condition that does not hold stops the build, unless an `else` follows it at once.

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
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from clashbook.bounds import Bounds
from clashbook.language import NO_BREAK
from clashbook.prose.markdown import Markdown, Passage
from clashbook.prose.markup import DATED
from clashbook.prose.numbers import Number, Numbers


class Known(Protocol):
    """Numbers by id: of an edition being built (`Numbers`), or as its build has written them."""

    def __getitem__(self, number_id: str, /) -> Number: ...


COMPARISON = re.compile(r"\s*(\S+)\s+(<|>|=|is|has)\s+(.+?)\s*")
ENDS = ("low", "high")
GROUNDS = ("claims", "sources", "claimants", "roles")
WORDS = ("is", "has")
Comparison = tuple[str, str, str]


@dataclass(frozen=True)
class Finding:
    """A condition and the words that are shown by it; with an `else` it need not hold."""

    place: str
    condition: str
    text: str
    has_else: bool = False


class Days(NamedTuple):
    """The editions that something is in: those as of `since` and later, and before `until`.

    Both are ISO dates; "" for no such end.
    """

    since: str = ""
    until: str = ""

    def have(self, day: str) -> bool:
        """Whether the edition as of a day is one of them."""
        return self.since <= day and not (self.until and self.until <= day)


def is_shown(name: str, argument: str, as_of: str, numbers: Known) -> bool:
    """Whether an edition shows a passage.

    Parameters
    ----------
    name : str
        `from`, `until`, `holds` or `else`.
    argument : str
        The day, or the condition; of an `else` that of the `holds` before it.
    as_of : str
        The day of the edition.
    numbers : mapping of str to Number
        At least those that the condition compares.

    Raises
    ------
    ValueError, KeyError
        If the condition is none, or compares a number that there is not.
    """
    if name in DATED:
        return (argument <= as_of) == (name == "from")
    return bool(_failed(argument, numbers)) == (name == "else")


def cut(page: Markdown, numbers: Numbers) -> Markdown:
    """A page as an edition shows it: the lines of passages that it does not show are empty.

    A condition that does not hold hides its words only where an `else` follows, and none that
    cannot be evaluated does: `findings` has them, to be reported.
    """
    hidden: set[int] = set()
    for passage in page.passages:
        if not _stays(passage, numbers):
            hidden.update(range(passage.first, passage.last + 1))
    lines = enumerate(page.text.split("\n"), start=1)
    return Markdown(
        "\n".join("" if number in hidden else line for number, line in lines),
        tuple(passage for passage in page.passages if passage.first not in hidden),
        tuple(reference for reference in page.references if reference.line not in hidden),
        tuple(words for words in page.words if words[0] not in hidden),
    )


def _stays(passage: Passage, numbers: Numbers) -> bool:
    if passage.name == "holds" and not passage.has_else:
        return True
    try:
        return is_shown(passage.name, passage.argument, numbers.data.as_of, numbers)
    except (ValueError, KeyError):
        return passage.name == "holds"


def findings(page: Markdown, place: str = "") -> list[Finding]:
    """The conditions of a page as an edition shows it (see `cut`), with their lines."""
    lines = page.text.split("\n")
    return [
        Finding(
            f"{place} line {passage.first}",
            passage.argument,
            " ".join(filter(None, map(str.strip, lines[passage.words]))),
            passage.has_else or passage.name == "else",
        )
        for passage in page.passages
        if passage.name in ("holds", "else")
    ]


def referred(condition: str) -> set[str]:
    """The ids of the numbers that a condition compares."""
    return {
        _parts(side)[0]
        for group in _parsed(condition)
        for comparison in group
        for side in _sides(comparison)
    }


def broken(finding: Finding, numbers: Numbers) -> str:
    """Empty where the condition holds; else one line with the sentence and the numbers."""
    failed = _failed(finding.condition, numbers)
    if not failed:
        return ""
    sides = dict.fromkeys(side for comparison in failed for side in _sides(comparison))
    shown = "; ".join(f"{side} is {_shown(side, numbers)}" for side in sides)
    compared = " or ".join(map(" ".join, failed))
    sentence = numbers.resolve(finding.text).replace(NO_BREAK, " ")
    return (
        f"{finding.place}: “{sentence}” rests on {compared!r}, which does not "
        f"hold: {shown.replace(NO_BREAK, ' ')}; reword the sentence or its condition"
    )


def _parsed(condition: str) -> list[list[Comparison]]:
    """The groups of a condition, of each its comparisons."""
    return [
        [_comparison(text) for text in group.split(" and ")] for group in condition.split(" or ")
    ]


def _comparison(text: str) -> Comparison:
    found = COMPARISON.fullmatch(text)
    if not found or (found[2] == "has" and _parts(found[1])[1] not in GROUNDS):
        raise ValueError(
            f"condition {text.strip()!r} is not a comparison; write NUMBER < NUMBER, NUMBER = "
            f"FIGURE, NUMBER is WORDS, or NUMBER.{' or NUMBER.'.join(GROUNDS)} has ONE OF THEM"
        )
    return found[1], found[2], found[3]


def _failed(condition: str, numbers: Known) -> list[Comparison]:
    """Of each group the first comparison that does not hold; none where one group holds."""
    failed = []
    for group in _parsed(condition):
        first = next((parts for parts in group if not _holds(*parts, numbers)), None)
        if first is None:
            return []
        failed.append(first)
    return failed


def _parts(side: str) -> tuple[str, str]:
    """The id of a number, and what of it is compared; "" for its bounds or its words."""
    number_id, _, part = side.rpartition(".")
    return (number_id, part) if part in (*ENDS, *GROUNDS) else (side, "")


def _sides(comparison: Comparison) -> list[str]:
    """The sides of a comparison that refer to a number."""
    left, sign, right = comparison
    return [side for side in ([left] if sign in WORDS else [left, right]) if not _is_figure(side)]


def _shown(side: str, numbers: Known) -> str:
    number_id, part = _parts(side)
    known = numbers[number_id]
    return (", ".join(getattr(known, part)) or "none") if part in GROUNDS else known.text


def _holds(left: str, sign: str, right: str, numbers: Known) -> bool:
    if sign in WORDS:
        number_id, part = _parts(left)
        known = numbers[number_id]
        if part in GROUNDS:
            held = set(getattr(known, part))
            return right in held if sign == "has" else held == set(re.split(r",\s*", right))
        return not known.claims if right == "unsaid" else known.text.replace(NO_BREAK, " ") == right
    one, two = _bounds(left, numbers), _bounds(right, numbers)
    if sign == "=":
        return one.is_exact and two.is_exact and one.low == two.low
    return bool(one.less_than(two) if sign == "<" else two.less_than(one))


def _bounds(side: str, numbers: Known) -> Bounds:
    if _is_figure(side):
        return Bounds.exact(float(side))
    number_id, part = _parts(side)
    known = numbers[number_id]
    if part in GROUNDS:
        return Bounds.exact(len(getattr(known, part)))
    low, high = (known.low, known.high) if not part else (getattr(known, part),) * 2
    return Bounds(low, high)


def _is_figure(side: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", side) is not None
