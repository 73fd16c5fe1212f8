"""How an id is declared, and how the numbers of an edition are computed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from itertools import chain

import pandas as pd

from clashbook import counting
from clashbook.analysis import reactions, vintages
from clashbook.dataset import attribution
from clashbook.dataset.rows import STATEMENTS
from clashbook.dataset.tables import Dataset
from clashbook.language import NO_BREAK, day_in_words, how_many, sentence
from clashbook.prose.numbers import naming
from clashbook.prose.numbers.model import (
    REFERENCE,
    ROLES,
    Declaration,
    Number,
    UnknownNumberError,
)
from clashbook.prose.numbers.naming import slug

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
        self._counts: dict[str, counting.Count] = {}

    def __getitem__(self, number_id: str) -> Number:
        """The number of that id.

        Raises
        ------
        UnknownNumberError
            If no declaration, or more than one, answers to the id; the nearest ids are named.
        """
        if number_id not in self._known:
            declaration, fields = self._answering(number_id)
            made = declaration.function(self, **fields)
            made = replace(made, id=number_id, as_of=self.data.as_of)
            self._known[number_id] = self._attributed(made)
        return self._known[number_id]

    def what(self, number_id: str) -> str:
        """What a number is of, in words: "Killed, soldiers, Northland, May 2021".

        It reads the rows that the id names, a claim's source among them, which a part of the data
        need not hold.
        """
        declaration, fields = self._answering(number_id)
        return sentence(declaration.what.format(**naming.in_words(self.data, fields)))

    def _attributed(self, made: Number) -> Number:
        """The number with whose it is: of the claims, reactions or events that it rests on."""
        tables = [table for table in STATEMENTS if getattr(made, table)]
        if not tables:
            return made
        found = [attribution.of_rows(self.data, table, getattr(made, table)) for table in tables]
        rows = sorted(chain(*found), key=lambda row: row.reported_on)
        return replace(
            made,
            attribution=attribution.attribution(self.data, rows, made.low, made.high),
            stated=day_in_words(rows[-1].reported_on),
            claimants=tuple(dict.fromkeys(row.claimant for row in rows)),
            roles=tuple(dict.fromkeys(row.claimant_role for row in rows)),
            sources=tuple(dict.fromkeys(row.source_id for row in rows)),
        )

    def _answering(self, number_id: str) -> tuple[Declaration, dict[str, str]]:
        found = [
            (declaration, match.groupdict())
            for declaration, ids in self.declared
            if (match := ids.fullmatch(number_id))
        ]
        if len(found) != 1:
            raise UnknownNumberError(self._hint(number_id, len(found)))
        return found[0]

    def count(self, episode: str) -> counting.Count:
        if episode not in self._counts:
            self._counts[episode] = counting.count(self.data, episode)
        return self._counts[episode]

    @property
    def asked(self) -> set[str]:
        """The ids of the numbers asked for so far, by texts or by other numbers."""
        return set(self._known)

    def resolve(self, text: str) -> str:
        """A text with every reference written out."""
        return REFERENCE.sub(lambda found: getattr(self[found[2]], ROLES[found[1]]), text)

    @cached_property
    def declared(self) -> list[tuple[Declaration, re.Pattern[str]]]:
        """Every declaration with the ids that it answers to in these data."""
        return [(declaration, declaration.ids(self.fields)) for declaration in DECLARED]

    @cached_property
    def fields(self) -> dict[str, str]:
        """For each field of an id, the pattern of what may stand there."""
        data = self.data
        counted = data.indicators[data.indicators.kind == "count"]
        # By its id, or as the newest vintage of what it measures.
        series = rf"{_one_of(data.series.series_id)}|[a-z0-9-]+-newest"
        return {
            "episode": _one_of(data.episodes.episode_id),
            "indicator": _one_of(slug(name) for name in counted.indicator),
            "population": "military|civilian|all",
            "party": _one_of(actor.lower() for actor in data.actors.actor_id),
            "claim": _one_of(data.claims.claim_id),
            "series": series,
            "other": series,
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
        near = difflib.get_close_matches(number_id, [*self._known, *self._examples()], 3, 0.5)
        hint = ", ".join(near) or "one of those on Claims, or declare it in clashbook/numbers"
        return f"number {number_id!r} is not declared; write {hint}"

    def _examples(self) -> list[str]:
        examples = [f"said-{claim}" for claim in self.data.claims.claim_id]
        for episode in self.data.episodes.episode_id:
            for toll in self.count(episode).tolls.values():
                examples.append(toll_id(episode, toll.quantity))
        return examples


def toll_id(episode: str, quantity: counting.Quantity) -> str:
    """The id under which a toll is a number."""
    indicator, party = slug(quantity.indicator), quantity.party.lower()
    return f"{episode}-{indicator}-{quantity.population}-{party}"


def _one_of(ids: Iterable[str]) -> str:
    # The longest first, so that an id is not cut short by one that begins it; none matches nothing.
    return "|".join(sorted(map(re.escape, set(ids)), key=len, reverse=True)) or r"(?!)"


def counted(
    value: int,
    unit: str,
    *,
    claims: Iterable[str] = (),
    reactions: Iterable[str] = (),
    events: Iterable[str] = (),
) -> Number:
    """A number of things, in words where it is small, and the ids of the rows it rests on."""
    return Number(
        "",
        how_many(value),
        *(value, value, value),
        unit,
        claims=tuple(sorted(claims)),
        reactions=tuple(sorted(reactions)),
        events=tuple(sorted(events)),
    )


def rows(ids: Iterable[str], unit: str) -> Number:
    """The number of some rows, which it names and does not rest on."""
    named = tuple(sorted(ids))
    return replace(counted(len(named), unit), counts=named)


def observed(numbers: Numbers, named: str, period: str) -> tuple[str, pd.Series]:
    """The id of a series, by it or by the name of its newest vintage, and its row of a period.

    Raises
    ------
    UnknownNumberError
        If the series has no such row.
    """
    series, rows = vintages.resolved(numbers.data, named), numbers.data.observations
    mine = rows[(rows.series_id == series) & (rows.period == period)]
    if mine.empty:
        raise UnknownNumberError(f"series {series!r} has no observation of {period!r}")
    return series, mine.iloc[0]


def indicator_of(numbers: Numbers, slugged: str) -> str:
    """The indicator behind its slug in an id."""
    return next(name for name in numbers.data.indicators.indicator if slug(name) == slugged)


def actor_of(numbers: Numbers, lower: str) -> str:
    """The actor behind its id in lower case."""
    return next(actor for actor in numbers.data.actors.actor_id if actor.lower() == lower)


def of_each_clash(
    numbers: Numbers, rest: str, unit: str, words: Callable[[Number, str], str], nothing: str
) -> Number:
    """The same number of each clash known by the date, in the order of time.

    Parameters
    ----------
    rest : str
        The number's id without the episode.
    words : callable
        What is said of a clash, given its number and its name.
    nothing : str
        What is said where no clash is known yet.
    """
    clashes = numbers.data.episodes[numbers.data.episodes.kind == "clash"].sort_values("start")
    known = [numbers[f"{episode}-{rest}"] for episode in clashes.episode_id]
    names = [name.replace(" ", NO_BREAK) for name in clashes["name"]]
    return Number(
        "",
        " and ".join(map(words, known, names)) or nothing,
        unit=unit,
        claims=tuple(sorted({key for clash in known for key in clash.claims})),
        reactions=tuple(sorted({key for clash in known for key in clash.reactions})),
        events=tuple(sorted({key for clash in known for key in clash.events})),
    )


def ids_in(cells: Iterable[str]) -> tuple[str, ...]:
    """The ids that cells of a frame name, in order."""
    return tuple(sorted({key for ids in cells for key in ids.split()}))
