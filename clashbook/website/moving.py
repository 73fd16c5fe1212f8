"""By which rule a toll moved: what became of the claims that it counts or leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clashbook.counting import RULES
from clashbook.language import listed
from clashbook.prose.numbers import Number
from clashbook.website.rowwords import RowWords

# What a claim is to a toll that rests on it; to one that leaves it out it is the rule's own entry.
COUNTS: dict = {"rule": 0, "by": ()}
_UPDATE = 2
# What leaves a claim out of a toll, as a number's `left_out` has it; None where nothing does.
Entry = dict | None


@dataclass(frozen=True)
class Cause:
    """Why a toll moved: the rule (0 where a claim is new, gone or changed), the claim, in words.

    `by` are the claims by which the rule puts it out, or did before; `names` are how the words name
    each claim, in their order.
    """

    rule: int
    claim: str
    by: tuple[str, ...]
    words: str
    names: tuple[tuple[str, str], ...] = ()

    @property
    def parts(self) -> Iterator[tuple[str, str]]:
        """The words in pieces, each with the claim that it names; "" where it names none."""
        rest = self.words
        for claim, name in self.names:
            before, found, rest = rest.partition(name)
            yield from ((before, ""), (found, claim))
        yield rest, ""


def causes(
    before: Number,
    after: Number,
    words: RowWords,
    changed: Mapping[str, str],
    was_there: Mapping[str, Entry],
    is_there: Mapping[str, Entry],
) -> tuple[Cause, ...]:
    """Why a toll is another than it was: each claim that newly counts, no longer does, or changed.

    Parameters
    ----------
    before, after : Number
        The toll with the steps that made it and the claims that are left out of it.
    words : RowWords
        Says the claims in words.
    changed : mapping of str to str
        What changed of a claim, in words, by its id.
    was_there, is_there : mapping
        The claims of either state, each with the entry that leaves it out of another toll, or None.

    Returns
    -------
    tuple of Cause
        In the order of claims, those that name a claim that counts now first; that one is new is
        not said where it replaces another. Where no claim of it explains the move, the rules of the
        steps whose end is another. A maximum that came or went is said last.
    """
    was, now = standing(before), standing(after)
    found = []
    for claim in sorted({*was, *now}):
        one, other = was.get(claim), now.get(claim)
        if one is COUNTS and other is COUNTS and claim in changed:
            say = f"{_measured(words, claim)} counts, and its row changed: {changed[claim]}"
            found.append(Cause(0, claim, (), say, words.named(claim)))
        elif other is COUNTS and one is not COUNTS:
            before_that, was_known = one or was_there.get(claim), claim in was_there
            found.append(_now_counts(claim, before_that, was_known, words))
        elif one is COUNTS and other is not COUNTS:
            since, is_known = other or is_there.get(claim), claim in is_there
            found.append(_no_longer_counts(claim, since, is_known, words))
    replacing = {newer for cause in found if cause.rule == _UPDATE for newer in cause.by}
    kept = [one for one in found if one.claim in was_there or one.claim not in replacing]
    # What the toll is now, before what has been replaced twice since.
    kept.sort(key=lambda one: not any(now.get(key) is COUNTS for key in (one.claim, *one.by)))
    return (*kept, *_limit(before, after)) if kept else tuple(_steps(before, after, words))


def standing(toll: Number) -> dict[str, dict]:
    """What each claim is to a toll, by its id: `COUNTS`, or the entry that leaves it out."""
    left_out = {entry["claim"]: entry for entry in toll.left_out}
    counted = {claim for step in toll.steps for claim in step["claims"]} | {*toll.claims}
    return {**left_out, **dict.fromkeys(counted, COUNTS)}


def _now_counts(claim: str, before: Entry, was_there: bool, words: RowWords) -> Cause:
    whole = _measured(words, claim)
    if before:
        by, rule = tuple(before["by"]), before["rule"]
        left = f"it was left out before, by {_rule(rule)}: {_reason(before, claim, words)}"
        named = words.named(claim, by if len(by) == 1 else ())
        return Cause(rule, claim, by, f"{whole} now counts; {left}", named)
    end = "now counts here" if was_there else "is new and counts"
    return Cause(0, claim, (), f"{whole} {end}", words.named(claim))


def _no_longer_counts(claim: str, after: Entry, is_there: bool, words: RowWords) -> Cause:
    whole = _measured(words, claim)
    if not after:
        end = "no longer counts here" if is_there else "is no longer in the data"
        return Cause(0, claim, (), f"{whole} {end}", words.named(claim))
    by, rule = tuple(after["by"]), after["rule"]
    named = words.named(claim, by if rule == _UPDATE or len(by) == 1 else ())
    if rule == _UPDATE and by:
        measure, newer = words.measure(claim), listed([words.count(one, claim) for one in by])
        verb = "replaces" if len(by) == 1 else "replace"
        say = f"{newer} {verb} {words.count(claim)}, by {_rule(rule)}"
        # The newer are named before the one that they replace.
        return Cause(
            rule, claim, by, f"{measure}: {say}" if measure else say, (*named[1:], named[0])
        )
    reason = _reason(after, claim, words)
    return Cause(rule, claim, by, f"{whole} no longer counts, by {_rule(rule)}: {reason}", named)


def _limit(before: Number, after: Number) -> list[Cause]:
    """That a toll lost its maximum or gained one: claims alone do not tell why it is "at least"."""
    one, other = (_ends(toll).get((toll.id, "high")) for toll in (before, after))
    if None in (before.low, after.low) or (one is None) == (other is None):
        return []
    (step,) = filter(None, (one, other))
    made = f"{step['value']:,g}, by {_rule(step['rule'])}"
    words = f"Its maximum was {made}; it has none now" if one else f"It has a maximum now: {made}"
    return [Cause(step["rule"], "", (), words)]


def _steps(before: Number, after: Number, words: RowWords) -> list[Cause]:
    """The rules that make ends otherwise, though the same claims count."""
    was, now = _ends(before), _ends(after)
    ends = {"low": "minimum", "high": "maximum"}
    found = []
    for toll, end in sorted({*was, *now}):
        one, other = was.get((toll, end)), now.get((toll, end))
        if one == other:
            continue
        rule = (other or one or {})["rule"]
        ends_at = " to ".join(f"{step['value']:g}" if step else "none" for step in (one, other))
        of = f"the {ends.get(end, end)} of “{words.number(toll)}”"
        found.append(Cause(rule, "", (), f"By {_rule(rule)}, {of} goes from {ends_at}"))
    return found


def _ends(toll: Number) -> dict[tuple[str, str], dict]:
    return {(step["toll"], step["end"]): step for step in toll.steps}


def _rule(number: int) -> str:
    return f"rule {number} ({RULES[number - 1].name})"


def _measured(words: RowWords, claim: str) -> str:
    """A claim as a cause begins: what it counts, how many, who says so and when."""
    return ": ".join(filter(None, [words.measure(claim), words.count(claim)]))


def _reason(entry: dict, claim: str, words: RowWords) -> str:
    """The reason of a rule, and the claim by which; of several the sentence would be too long."""
    by = [words.count(one, claim) for one in entry["by"]]
    return f"{entry['reason']}: {by[0]}" if len(by) == 1 else entry["reason"]
