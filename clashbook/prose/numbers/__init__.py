"""Every number that prose may use, declared once.

A declaration is an id with fields in braces, the words for what it is of with the same fields, and
a function of the Dataset. The fields are filled from the data (an episode, a party, a claim, a
series), so that a declaration holds for any conflict and an id is written as the dataset writes its
own: in prose, a caption or a text alternative, ``{number}`EPISODE-killed-military-both` ``.

A number exists at every date: what nobody has said yet is "no figure found by 16 July 2020",
which is not zero.
"""

from collections.abc import Iterable
from dataclasses import replace

# Importing a module declares its numbers.
from clashbook.prose.numbers import casualties, claims, edition, events, reactions, series  # noqa: F401
from clashbook.prose.numbers.declared import DECLARED, Numbers
from clashbook.prose.numbers.model import GROUNDS, REFERENCE, ROLES, Number, UnknownNumberError
from clashbook.prose.numbers.naming import toll_id

__all__ = [
    "DECLARED",
    "GROUNDS",
    "REFERENCE",
    "ROLES",
    "Number",
    "Numbers",
    "UnknownNumberError",
    "compute",
    "references",
    "toll_id",
    "undeclared",
]


def references(texts: Iterable[str]) -> set[str]:
    """The ids of all numbers that texts refer to."""
    return {number_id for text in texts for _, number_id in REFERENCE.findall(text)}


def compute(numbers: Numbers, ids: Iterable[str]) -> list[Number]:
    """The numbers of these ids, in the order of their ids, each with what it is of.

    Raises
    ------
    UnknownNumberError
        For the first id that no declaration answers to.
    """
    return [replace(numbers[number_id], what=numbers.what(number_id)) for number_id in sorted(ids)]


def undeclared(numbers: Numbers, ids: Iterable[str]) -> dict[str, str]:
    """For each id that cannot be computed, one line that says why and what to write."""
    faults = {}
    for number_id in sorted(ids):
        try:
            numbers[number_id]
        except UnknownNumberError as fault:
            faults[number_id] = str(fault)
        except ValueError as fault:
            faults[number_id] = f"number {number_id!r}: {fault}"
    return faults
