"""The steps of a choice: how a number seen elsewhere is got from the report's own toll."""

from __future__ import annotations

from clashbook.counting.choices import SWITCHES
from clashbook.language import is_day

MOST = 2
MINUS = "\u2212"
# The steps, each with what follows its name. A row by itself goes with what is added or taken away.
STEPS = {
    "day": "a day as YYYY-MM-DD",
    "toll": "INDICATOR/POPULATION or INDICATOR/POPULATION/PARTY",
    "end": "low or high",
    "without": "the name of a speaker",
    "switch": f"one of {', '.join(SWITCHES)}",
    "claim": "the id of a claim",
    "series": "the id of a series, @ and a period of it",
    "less": "such a toll or the id of a claim",
    "plus": "such a toll or the id of a claim",
}
ALONE = ("claim", "series")
SIGNS = {"less": MINUS, "plus": "+"}


class ChoiceError(ValueError):
    """A choice that cannot be followed, or gives another figure: what is wrong, and the way out."""

    def __init__(self, fault: str, way_out: str) -> None:
        super().__init__(f"{fault}; write {way_out}")
        self.fault, self.way_out = fault, way_out


def steps(choice: str) -> dict[str, str]:
    """The steps of a choice by their names.

    Raises
    ------
    ChoiceError
        If they are too many, not known, or do not go together.
    """
    parts = [part.partition("=") for part in choice.split(";") if part]
    found = {name.strip(): value.strip() for name, _, value in parts}
    if unknown := [name for name in found if name not in STEPS]:
        raise ChoiceError(f"has no step {unknown[0]}", f"one of {', '.join(STEPS)}")
    if len(parts) > MOST or len(parts) != len(found):
        raise ChoiceError("is longer than two steps, or has one twice", "two steps at most")
    apart = next((name for name in ALONE if name in found), "")
    more = (*SIGNS,) if apart == "claim" else ()
    if apart and (others := [name for name in found if name not in (apart, *more)]):
        way_out = " ".join([f"{apart} alone", *(["or with less or plus"] if more else [])])
        raise ChoiceError(f"has {others[0]} beside {apart}, which is a row by itself", way_out)
    right = {
        "day": is_day,
        "end": ("low", "high").__contains__,
        "switch": SWITCHES.__contains__,
        "toll": lambda value: value.count("/") in (1, 2),
    }
    for name, value in found.items():
        if name in right and not right[name](value):
            raise ChoiceError(f"has no {name} {value}", f"{name}= and {STEPS[name]}")
    return found
