"""By which rule a toll moved: what became of the claims that it counts or leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clashbook.counting import RULES
from clashbook.prose.numbers import Number

# What a claim is to a toll that rests on it; to one that leaves it out it is the rule's own entry.
COUNTS: dict = {"rule": 0, "by": ()}
_UPDATE = 2
# What leaves a claim out of a toll, as a number's `left_out` has it; None where nothing does.
Entry = dict | None


@dataclass(frozen=True)
class Cause:
    """Why a toll moved: the rule (0 where a claim is new, gone or changed), the claim, in words.

    `by` are the claims by which the rule puts it out, or did before.
    """

    rule: int
    claim: str
    by: tuple[str, ...]
    words: str


def causes(
    before: Number,
    after: Number,
    changed: Mapping[str, str],
    was_there: Mapping[str, Entry],
    is_there: Mapping[str, Entry],
) -> tuple[Cause, ...]:
    """Why a toll is another than it was: each claim that newly counts, no longer does, or changed.

    Parameters
    ----------
    before, after : Number
        The toll with the steps that made it and the claims that are left out of it.
    changed : mapping of str to str
        What changed of a claim, in words, by its id.
    was_there, is_there : mapping
        The claims of either state, each with the entry that leaves it out of another toll, or None.

    Returns
    -------
    tuple of Cause
        In the order of claims. Where no claim of it explains the move, the rules of the steps whose
        end is another.
    """
    was, now = standing(before), standing(after)
    found = []
    for claim in sorted({*was, *now}):
        one, other = was.get(claim), now.get(claim)
        if one is COUNTS and other is COUNTS and claim in changed:
            found.append(Cause(0, claim, (), f"{claim} counts and was changed: {changed[claim]}"))
        elif other is COUNTS and one is not COUNTS:
            found.append(_now_counts(claim, one or was_there.get(claim), claim in was_there))
        elif one is COUNTS and other is not COUNTS:
            found.append(_no_longer_counts(claim, other or is_there.get(claim), claim in is_there))
    return tuple(found) or tuple(_steps(before, after))


def standing(toll: Number) -> dict[str, dict]:
    """What each claim is to a toll, by its id: `COUNTS`, or the entry that leaves it out."""
    left_out = {entry["claim"]: entry for entry in toll.left_out}
    counted = {claim for step in toll.steps for claim in step["claims"]} | {*toll.claims}
    return {**left_out, **dict.fromkeys(counted, COUNTS)}


def _now_counts(claim: str, before: Entry, was_there: bool) -> Cause:
    if before:
        by, rule = tuple(before["by"]), before["rule"]
        words = f"{claim} now counts; it was left out before, {_reason(before)} ({_rule(rule)})"
        return Cause(rule, claim, by, words)
    words = "now counts" if was_there else "is new and counts"
    return Cause(0, claim, (), f"{claim} {words}")


def _no_longer_counts(claim: str, after: Entry, is_there: bool) -> Cause:
    if not after:
        words = "no longer counts" if is_there else "is gone"
        return Cause(0, claim, (), f"{claim} {words}")
    by, rule = tuple(after["by"]), after["rule"]
    if rule == _UPDATE and by:
        return Cause(rule, claim, by, f"{_rule(rule)}: {', '.join(by)} replaces {claim}")
    return Cause(rule, claim, by, f"{_rule(rule)}: {claim} no longer counts, {_reason(after)}")


def _steps(before: Number, after: Number) -> list[Cause]:
    """The rules that make ends otherwise, though the same claims count."""
    was, now = _ends(before), _ends(after)
    ends = {"low": "minimum", "high": "maximum"}
    found = []
    for toll, end in sorted({*was, *now}):
        one, other = was.get((toll, end)), now.get((toll, end))
        if one == other:
            continue
        rule = (other or one or {})["rule"]
        ends_at = " → ".join(f"{step['value']:g}" if step else "none" for step in (one, other))
        words = f"{_rule(rule)}: {ends.get(end, end)} of {toll}, {ends_at}"
        found.append(Cause(rule, "", (), words))
    return found


def _ends(toll: Number) -> dict[tuple[str, str], dict]:
    return {(step["toll"], step["end"]): step for step in toll.steps}


def _rule(number: int) -> str:
    return f"rule {number}, {RULES[number - 1].name}"


def _reason(entry: dict) -> str:
    by = ", ".join(entry["by"])
    return f"{entry['reason']}: {by}" if by else entry["reason"]
