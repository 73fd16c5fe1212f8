"""What a number is, how an id is declared, and how the numbers of an edition are computed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from clashbook import reactions, tolls
from clashbook.dataset import Dataset
from clashbook.numbers import naming
from clashbook.numbers.naming import slug
from clashbook.wording import NO_BREAK, how_many, sentence

# What a number can rest on.
GROUNDS = ("claims", "series", "reactions", "events")
REFERENCE = re.compile(r"\{number\}`([^`\s]+)`")


@dataclass(frozen=True)
class Number:
    """A number with its words, what it is of, its bounds, and the records that it rests on."""

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

    def as_dict(self) -> dict:
        """JSON-safe; an open end is None."""
        return {**asdict(self), **{name: list(getattr(self, name)) for name in GROUNDS}}


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

    def matches(self, number_id: str, fields: Mapping[str, str]) -> dict[str, str] | None:
        parts = re.split(r"\{(\w+)\}", self.pattern)
        regex = "".join(
            f"(?P<{part}>{fields[part]})" if i % 2 else re.escape(part)
            for i, part in enumerate(parts)
        )
        found = re.fullmatch(regex, number_id)
        return found.groupdict() if found else None


DECLARED: list[Declaration] = []


def number(pattern: str, what: str) -> Callable:
    """Declare the numbers of one pattern, with what they are of: the same fields, in words."""

    def declare(function: Callable[..., Number]) -> Callable[..., Number]:
        DECLARED.append(Declaration(pattern, what, function))
        return function

    return declare


class Numbers:
    """The numbers of one edition, computed when asked for and each but once.

    Parameters
    ----------
    data : Dataset
        Cut to the edition's date. A part of it (`Dataset.select`) gives the same numbers wherever
        it holds the rows that they rest on.
    """

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self._known: dict[str, Number] = {}
        self._counts: dict[str, tolls.Count] = {}

    def __getitem__(self, number_id: str) -> Number:
        """The number of that id.

        Raises
        ------
        UnknownNumberError
            If no declaration, or more than one, answers to the id; the nearest forms are named.
        """
        if number_id not in self._known:
            declaration, fields = self._answering(number_id)
            made = declaration.function(self, **fields)
            self._known[number_id] = replace(made, id=number_id, as_of=self.data.as_of)
        return self._known[number_id]

    def what(self, number_id: str) -> str:
        """What a number is of, in words: "Killed, soldiers, Northland, May 2021".

        It reads the rows that the id names, a claim's source among them, which a part of the data
        need not hold.
        """
        declaration, fields = self._answering(number_id)
        return sentence(declaration.what.format(**naming.in_words(self.data, fields)))

    def _answering(self, number_id: str) -> tuple[Declaration, dict[str, str]]:
        found = [
            (declaration, fields)
            for declaration in DECLARED
            if (fields := declaration.matches(number_id, self.fields)) is not None
        ]
        if len(found) != 1:
            raise UnknownNumberError(self._hint(number_id, len(found)))
        return found[0]

    def count(self, episode: str) -> tolls.Count:
        if episode not in self._counts:
            self._counts[episode] = tolls.count(self.data, episode)
        return self._counts[episode]

    @property
    def asked(self) -> set[str]:
        """The ids of the numbers asked for so far, by texts or by other numbers."""
        return set(self._known)

    def resolve(self, text: str) -> str:
        """A text with every reference written out."""
        return REFERENCE.sub(lambda found: self[found[1]].text, text)

    @cached_property
    def fields(self) -> dict[str, str]:
        """For each field of an id, the pattern of what may stand there."""
        data = self.data
        counted = data.indicators[data.indicators.kind == "count"]
        return {
            "episode": _one_of(data.episodes.episode_id),
            "indicator": _one_of(slug(name) for name in counted.indicator),
            "population": "military|civilian|all",
            "party": _one_of(actor.lower() for actor in data.actors.actor_id),
            "claim": _one_of(data.claims.claim_id),
            "series": _one_of(data.series.series_id),
            "other": _one_of(data.series.series_id),
            "period": r"\d{4}(?:-\d\d)?(?:-\d\d)?",
            "year": r"\d{4}",
            "stance": _one_of(slug(name) for name in data.stances.stance),
            "role": "own-side|opposing-side|third-party|press|statistics",
            "act": _one_of(map(slug, [*reactions.DEEDS, *reactions.NOT_DONE])),
            "table": "claims|reactions|events|sources|observations",
            "rows": "claims|reactions|events",
            "source": _one_of(data.sources.source_id),
        }

    def _hint(self, number_id: str, found: int) -> str:
        if found > 1:
            return f"number {number_id!r} answers to {found} declarations; narrow their patterns"
        forms = [declaration.pattern for declaration in DECLARED]
        near = difflib.get_close_matches(number_id, [*self._known, *self._examples()], 3, 0.5)
        hint = ", ".join(near) if near else "; ".join(forms)
        return f"number {number_id!r} is not declared; write {hint}"

    def _examples(self) -> list[str]:
        examples = [f"said-{claim}" for claim in self.data.claims.claim_id]
        for episode in self.data.episodes.episode_id:
            for toll in self.count(episode).tolls.values():
                examples.append(toll_id(episode, toll.quantity))
        return examples


def toll_id(episode: str, quantity: tolls.Quantity) -> str:
    """The id under which a toll is a number."""
    indicator, party = slug(quantity.indicator), quantity.party.lower()
    return f"{episode}-{indicator}-{quantity.population}-{party}"


def _one_of(ids: Iterable[str]) -> str:
    # The longest first, so that an id is not cut short by one that begins it; none matches nothing.
    return "|".join(sorted(map(re.escape, set(ids)), key=len, reverse=True)) or r"(?!)"


def counted(value: int, unit: str, **rests_on) -> Number:
    """A number of rows, in words where it is small."""
    return Number("", how_many(value), value, value, value, unit, **rests_on)


def indicator_of(numbers: Numbers, slugged: str) -> str:
    """The indicator behind its slug in an id."""
    return next(name for name in numbers.data.indicators.indicator if slug(name) == slugged)


def actor_of(numbers: Numbers, lower: str) -> str:
    """The actor behind its id in lower case."""
    return next(actor for actor in numbers.data.actors.actor_id if actor.lower() == lower)


def of_clashes(numbers: Numbers, rest: str) -> tuple[list[str], list[Number]]:
    """The clashes known by the date, by name, and the same number of each."""
    clashes = numbers.data.episodes[numbers.data.episodes.kind == "clash"].sort_values("start")
    names = [name.replace(" ", NO_BREAK) for name in clashes.name]
    return names, [numbers[f"{episode}-{rest}"] for episode in clashes.episode_id]
