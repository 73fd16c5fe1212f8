"""Numbers that are printed elsewhere, each with the choice by which the report's own toll gives it.

A choice is one step or two away from the toll of killed, of everyone, of the same side, on the
newest day. What it gives is a sum in words, and `clashbook check` refuses a row that it does not
give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from clashbook.bounds import Bounds, figure
from clashbook.counting.choices import AS_REPORTED, TAKEN_AS, Choice
from clashbook.counting.count import Count, count
from clashbook.counting.model import ALL, BOTH, LeftOut, Quantity, Toll
from clashbook.counting.selection import PROVIDER
from clashbook.counting.steps import MINUS, SIGNS, STEPS, ChoiceError, steps
from clashbook.dataset import rows
from clashbook.dataset.tables import Dataset
from clashbook.language import NO_BREAK, PEOPLE

OWN = f"{TAKEN_AS[1]}/{ALL}"


class Term(NamedTuple):
    """A number of a sum: its sign ("" for the first), what it counts, and the rows that give it.

    `alone` is the number as it stands by itself: with "at least" where nothing limits it above.
    """

    sign: str
    value: float
    of: str
    alone: str
    claims: tuple[str, ...] = ()
    series: tuple[str, ...] = ()


class Proof(NamedTuple):
    """What a choice gives: its sum, the day as of which it holds, and what is chosen, in words.

    `left_out` says by which rule the report leaves out a row that is taken by itself; `is_alone`
    says that nothing else is in it.
    """

    terms: tuple[Term, ...]
    day: str
    chosen: str = ""
    left_out: LeftOut | None = None
    is_alone: bool = False

    @property
    def value(self) -> float:
        return sum(-term.value if term.sign == MINUS else term.value for term in self.terms)

    @property
    def words(self) -> str:
        """The sum: "204 = 207 killed or missing − 3 civilians killed"."""
        if len(self.terms) == 1:
            return f"{self.terms[0].alone} {_of(self.terms[0])}"
        terms = " ".join(f"{one.sign} {figure(one.value)} {_of(one)}".strip() for one in self.terms)
        return f"{figure(self.value)} = {terms}"


def _of(term: Term) -> str:
    """What a term counts; of one only: "soldier killed"."""
    people = next((word for word in PEOPLE.values() if term.of.startswith(word)), "")
    return people.removesuffix("s") + term.of.removeprefix(people) if term.value == 1 else term.of


@dataclass
class Prover:
    """Follows the choices of numbers seen elsewhere, in a Dataset that is cut to its as-of date."""

    data: Dataset
    _counts: dict[tuple, Count] = field(default_factory=dict)

    def proofs(self) -> Iterator[tuple[rows.Printed, Proof | ChoiceError | None]]:
        """Each number with what its choice gives or why it fails; None where it has no choice."""
        if rows.Printed.record_kind.table not in self.data.tables:
            return
        for one in self.data.records(rows.Printed).values():
            try:
                yield one, self.proved(one) if one.choice else None
            except ChoiceError as error:
                yield one, error

    def proved(self, one: rows.Printed) -> Proof:
        """What the choice of a number gives.

        Raises
        ------
        ChoiceError
            If it cannot be followed, or gives another number.
        """
        asked = steps(one.choice)
        proof = self._alone(one, asked) or self._counted(one, asked)
        if proof.value != one.value:
            given = figure(proof.value)
            raise ChoiceError(f"gives {given}, not {figure(one.value)}", "the choice that gives it")
        return proof

    def _alone(self, one: rows.Printed, asked: Mapping[str, str]) -> Proof | None:
        """A row by itself, and what is added to it or taken away as of its day."""
        if key := asked.get("series"):
            return Proof((self._observed(key),), "", "", LeftOut(13, PROVIDER), is_alone=True)
        if not (key := asked.get("claim", "")):
            return None
        claim = self._claim(key)
        left = self._count(one.episode_id, self.data.as_of).left_out.get(key)
        first = self._of_claim(one, key, "")
        more = self._more(one, asked, claim.reported_on, AS_REPORTED)
        return Proof((first, *more), claim.reported_on, "", left, is_alone=not more)

    def _counted(self, one: rows.Printed, asked: Mapping[str, str]) -> Proof:
        """A toll, counted as is chosen, and what is added to it or taken away."""
        day = asked.get("day", self.data.as_of)
        if day > self.data.as_of:
            raise ChoiceError(f"is later than {self.data.as_of}", "an earlier day")
        choice = Choice(
            without=frozenset(asked[name] for name in ("without",) if name in asked),
            switches=frozenset(asked[name] for name in ("switch",) if name in asked),
        )
        if unknown := choice.without - set(self.data.claims.claimant):
            raise ChoiceError(f"names nobody who speaks: {min(unknown)}", "a speaker of claims.csv")
        counted = self._count(one.episode_id, day, choice)
        toll = self._toll(counted, one, asked.get("toll", OWN))
        first = self._of_toll(one, toll, "", asked.get("end", ""))
        more = self._more(one, asked, day, choice)
        terms = [first, *more] if more else self._sides(counted, toll, first)
        return Proof(tuple(terms), asked.get("day", ""), choice.words)

    def _more(
        self, one: rows.Printed, asked: Mapping[str, str], day: str, choice: Choice
    ) -> list[Term]:
        """What is added or taken away, each toll or claim a term."""
        found = []
        for name, sign in SIGNS.items():
            for part in filter(None, asked.get(name, "").split("+")):
                if "/" in part:
                    toll = self._toll(self._count(one.episode_id, day, choice), one, part)
                    found.append(self._of_toll(one, toll, sign))
                else:
                    found.append(self._of_claim(one, part, sign))
        return found

    def _count(self, episode: str, day: str, choice: Choice = AS_REPORTED) -> Count:
        key = episode, day, choice
        if key not in self._counts:
            self._counts[key] = count(self.data, episode, day, choice=choice)
        return self._counts[key]

    def _toll(self, counted: Count, one: rows.Printed, named: str) -> Toll:
        indicator, population, *party = named.split("/")
        toll = counted.toll(indicator, party[0] if party else one.party, population)
        if not toll.says_something:
            day = counted.as_of
            raise ChoiceError(f"has no toll {named} on {day}", "a toll that the report has then")
        if toll.contested:
            words = toll.text.replace(NO_BREAK, " ")
            raise ChoiceError(f"gives {words}", "without= and a speaker, or claim= and an id")
        return toll

    def _of_toll(self, one: rows.Printed, toll: Toll, sign: str, end: str = "") -> Term:
        value, words = _number(toll.bounds, end), self._words(toll.quantity, one)
        return Term(sign, value, words, _alone(toll.bounds, end), _grounds(toll))

    def _of_claim(self, one: rows.Printed, key: str, sign: str) -> Term:
        claim = self._claim(key)
        quantity = Quantity(claim.indicator, claim.party, claim.population, claim.unit)
        value, alone = _number(claim.bounds), _alone(claim.bounds)
        return Term(sign, value, self._words(quantity, one), alone, (key,))

    def _claim(self, key: str) -> rows.Claim:
        claims = self.data.records(rows.Claim)
        if key not in claims:
            raise ChoiceError(f"names no claim: {key}", "the id of a claim")
        return claims[key]

    def _observed(self, named: str) -> Term:
        """A provider's observation, of a series and a period."""
        key, _, period = named.partition("@")
        table = self.data.observations
        found = table[(table.series_id == key) & (table.period == period)]
        if found.empty:
            raise ChoiceError(f"names no observation: {named}", f"series= and {STEPS['series']}")
        series = self.data.records(rows.Series)[key]
        quantity = Quantity(series.indicator, series.party, series.population, series.unit)
        value = float(found.best.iloc[0])
        return Term("", value, self._words(quantity, None), figure(value), series=(key,))

    def _sides(self, counted: Count, toll: Toll, whole: Term) -> list[Term]:
        """A toll of both sides as the tolls of each, where these add up to it; else as it is."""
        end = "low" if toll.bounds.low is not None else "high"
        sides = [toll.quantity._replace(party=party) for party in counted.parties]
        known = [counted.settled[one] for one in sides if one in counted.settled]
        values = [getattr(one.bounds, end) or 0 for one in known]
        if toll.quantity.party != BOTH or len(known) < len(sides) or sum(values) != whole.value:
            return [whole]
        return [
            Term(sign, value, self._words(one.quantity, None), figure(value), _grounds(one))
            for sign, one, value in zip(["", *"+" * (len(known) - 1)], known, values, strict=True)
        ]

    def _words(self, quantity: Quantity, one: rows.Printed | None) -> str:
        """What is counted, and whose where that is another side's than the number's own."""
        label = self.data.rows["indicators"][quantity.indicator]["label"]
        label = label[:1].lower() + label[1:]
        whose = "" if one and quantity.party == one.party else f" ({self._side(quantity.party)})"
        people = "" if quantity.population == ALL else f"{PEOPLE[quantity.population]} "
        return f"{people}{label}{whose}"

    def _side(self, party: str) -> str:
        return "both sides" if party == BOTH else self.data.name(party)


def _grounds(toll: Toll) -> tuple[str, ...]:
    return tuple(sorted(toll.claims))


def _alone(bounds: Bounds, end: str = "") -> str:
    """Some bounds in words, or of two ends the one that is asked for."""
    is_range = len({value for value in bounds.ends if value is not None}) > 1
    return figure(_number(bounds, end)) if is_range else bounds.words()


def _number(bounds: Bounds, end: str = "") -> float:
    """The one number of some bounds: the end that is asked for, or the only one there is."""
    given = {value for value in bounds.ends if value is not None}
    if end:
        given = {value for value in (getattr(bounds, end),) if value is not None}
    if len(given) != 1:
        words = bounds.words().replace(NO_BREAK, " ")
        raise ChoiceError(f"gives {words}", "end=low or end=high, if that is what is printed")
    return given.pop()
