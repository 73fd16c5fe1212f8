"""How a toll comes about, in words: from the steps that its number keeps, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from clashbook.bounds import Bounds, figure
from clashbook.dataset.rows import Claim
from clashbook.language import PEOPLE, sentence
from clashbook.pages import labels
from clashbook.pages.facts import Edition
from clashbook.prose.numbers import Number
from clashbook.prose.numbers.naming import slug

MINUS = "\u2212"
WHOLE = "covering the whole clash"
UNLIMITED = "with no upper limit given for the whole clash"
UNDENIED = "the minimum that no source denies"


class Line(NamedTuple):
    """What makes one toll, and the rules by which it does."""

    words: str
    rules: list[int]


class _Toll(NamedTuple):
    """A toll by its name in the steps: what is counted, of whom, and whose."""

    indicator: str
    population: str
    party: str


def lines(edition: Edition, number: Number) -> list[Line]:
    """A line for each toll that a number is made from, its own the last.

    Returns
    -------
    list of Line
        "Soldiers: 4 (Prime Minister of Northland, 2 May 2021) + 1 (Daily, 3 May 2021) = 5", and
        the rules; none for a number that no rule made.
    """
    if not number.steps:
        return []
    # The last step is of the number's own toll.
    own = number.steps[-1]["toll"]
    names = [*dict.fromkeys(step["toll"] for step in number.steps)]
    names = [name for name in names if name != own] + [own]
    tolls = {name: _toll(edition, name) for name in names}
    made = []
    for name in names:
        ends = {step["end"]: step for step in number.steps if step["toll"] == name}
        if name != own and all(_passes_on(step) for step in ends.values()):
            continue
        others = [toll for other, toll in tolls.items() if other != name]
        label = _apart(edition, tolls[name], others if name == own else [tolls[own]])
        words = "; ".join(_ends(edition, number, ends, is_own=name == own))
        if name == own and number.high is None and _hides_that(edition, ends):
            words = f"{words}, {UNLIMITED}"
        rules = sorted({step["rule"] for step in ends.values()})
        made.append(Line(f"{sentence(label)}: {words}" if label else sentence(words), rules))
    return made


def _passes_on(step: Mapping) -> bool:
    """Whether a step only hands on what one part has."""
    return step["rule"] == 9 and sum(bool(other["value"]) for other in step["of"]) == 1


def _toll(edition: Edition, name: str) -> _Toll:
    """The toll of a name, which is made of the ids of the data."""
    for begun, indicator in edition.tolls_begin.items():
        if name.startswith(begun):
            population, _, party = name.removeprefix(begun).partition("-")
            if population in ("", *PEOPLE):
                parties = (*labels.PARTIES, *(row["actor_id"] for row in edition.table("actors")))
                return _Toll(indicator, population, next(p for p in parties if slug(p) == party))
    raise KeyError(name)


def _apart(edition: Edition, toll: _Toll, others: Sequence[_Toll]) -> str:
    """In what a toll differs from others: "soldiers, Northland"; "" where it is alone."""
    words = {
        "party": labels.party(edition, toll.party),
        "indicator": edition.name("indicators", toll.indicator, "label").lower(),
        "population": PEOPLE.get(toll.population, ""),
    }
    return ", ".join(
        word
        for part, word in words.items()
        if any(getattr(toll, part) != getattr(other, part) for other in others)
    )


def _ends(edition: Edition, number: Number, ends: Mapping[str, dict], *, is_own: bool) -> list[str]:
    """Both ends of a toll as one where the same makes them, else each by itself."""
    terms = {end: _terms(edition, number, step) for end, step in ends.items()}
    low, high = ends.get("low"), ends.get("high")
    if low and high and (terms["low"], low["value"]) == (terms["high"], high["value"]):
        words = _sum(terms["low"], figure(low["value"], number.unit))
        return [f"{words}, {WHOLE}" if high["rule"] == 7 else words]
    made = []
    for end, step in ends.items():
        bounds = Bounds(**{end: step["value"], f"{end}_strict": step["strict"]})
        # Of another toll no more than the end that was taken is told: not whether it is open.
        is_plain = not is_own and step["rule"] == 6 and _are_exact(edition, step)
        total = figure(step["value"], number.unit) if is_plain else bounds.words(number.unit)
        words = _sum(terms[end], total)
        after = {7: WHOLE, 8: UNDENIED}.get(step["rule"])
        made.append(f"{words}, {after}" if after else words)
        if step["rule"] == 8 and step["of"]:
            made.append(f"against it {_against(edition, number, step)}")
    return made


def _hides_that(edition: Edition, ends: Mapping[str, dict]) -> bool:
    """Whether nothing in a sum says that its end is open: terms without a bound word make it."""
    step = ends.get("low", {"rule": 0})
    return step["rule"] == 9 or (step["rule"] == 6 and _are_exact(edition, step))


def _are_exact(edition: Edition, step: Mapping) -> bool:
    """Whether the claims of a step all give their numbers without a bound word."""
    return all(edition.claims[key].qualifier == "exact" for key in step["claims"])


def _against(edition: Edition, number: Number, step: Mapping) -> str:
    """The sum that contradicts the claims of a step."""
    bounds = Bounds(low=sum(other["value"] or 0 for other in step["of"]))
    terms = _joined(_parts(edition, number, step), " + ")
    return _sum(terms, bounds.words(number.unit))


def _sum(terms: Sequence[str], total: str) -> str:
    """Terms and what they add up to; one that is the total already is not said twice."""
    if len(terms) == 1:
        return terms[0] if terms[0].startswith(f"{total} (") else f"{total}: {terms[0]}"
    return f"{''.join(terms)} = {total}"


def _terms(edition: Edition, number: Number, step: Mapping) -> list[str]:
    """What a step took: claims, or the ends of other tolls that are not nothing."""
    joint = f" {MINUS} " if step["rule"] == 10 else " + "
    given = [claim_words(edition, key) for key in step["claims"]]
    return _joined(given or _parts(edition, number, step), joint)


def _parts(edition: Edition, number: Number, step: Mapping) -> list[str]:
    """The ends of other tolls that a step took: "222 (soldiers)"."""
    own = _toll(edition, step["toll"])
    # What a difference is of is its first term, whatever it is; a sum of nothing is nothing.
    taken = [other for other in step["of"] if other["value"] or step["rule"] == 10]
    return [
        f"{figure(other['value'], number.unit)} "
        f"({_apart(edition, _toll(edition, other['toll']), [own])})"
        for other in taken or step["of"]
    ]


def _joined(terms: Sequence[str], joint: str) -> list[str]:
    first, *rest = terms
    return [first, *(joint + term for term in rest)]


def claim_words(edition: Edition, claim_id: str) -> str:
    """A claim with who made it and when: "at least 49 (Prime Minister, 2 May 2021)"."""
    claim: Claim = edition.claims[claim_id]
    return f"{claim.words_with_unit} ({labels.of_record(edition, claim)})"
