"""Every number that prose may use, declared once.

A declaration is an id with fields in braces, a function of the Dataset, and the words it gives. The
fields are filled from the data (an episode, a party, a claim, a series), so that a declaration
holds for any conflict and an id is written as the dataset writes its own: in prose, a caption or a
text alternative, ``{number}`EPISODE-killed-military-both` ``.

A number exists at every date: what nobody has said yet is "none reported by 16 July 2020", which is
not zero.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from clashbook import casualties, economy, reactions, tolls
from clashbook.bounds import Bounds, figure, in_words
from clashbook.dataset import Dataset
from clashbook.wording import NO_BREAK, day_in_words, days_in_words, how_many

REFERENCE = re.compile(r"\{number\}`([^`\s]+)`")


@dataclass(frozen=True)
class Number:
    """A number with its words, its bounds, and the claims or series it rests on."""

    id: str
    text: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str = ""
    as_of: str = ""
    claims: tuple[str, ...] = ()
    series: tuple[str, ...] = ()

    def as_dict(self) -> dict:
        """JSON-safe; an open end is None."""
        return {**asdict(self), "claims": list(self.claims), "series": list(self.series)}


class UnknownNumberError(KeyError):
    """A reference that no declaration answers to."""

    def __str__(self) -> str:
        return self.args[0]


@dataclass(frozen=True)
class Declaration:
    """A pattern of ids, and the function that answers to it."""

    pattern: str
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


def number(pattern: str) -> Callable:
    """Declare the numbers of one pattern."""

    def declare(function: Callable[..., Number]) -> Callable[..., Number]:
        DECLARED.append(Declaration(pattern, function))
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
            found = [
                (declaration, fields)
                for declaration in DECLARED
                if (fields := declaration.matches(number_id, self._fields)) is not None
            ]
            if len(found) != 1:
                raise UnknownNumberError(self._hint(number_id, len(found)))
            declaration, fields = found[0]
            made = declaration.function(self, **fields)
            self._known[number_id] = replace(made, id=number_id, as_of=self.data.as_of)
        return self._known[number_id]

    def count(self, episode: str) -> tolls.Count:
        if episode not in self._counts:
            self._counts[episode] = tolls.count(self.data, episode)
        return self._counts[episode]

    def resolve(self, text: str) -> str:
        """A text with every reference written out."""
        return REFERENCE.sub(lambda found: self[found[1]].text, text)

    @cached_property
    def _fields(self) -> dict[str, str]:
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
                quantity = toll.quantity
                party = quantity.party.lower()
                examples.append(
                    f"{episode}-{slug(quantity.indicator)}-{quantity.population}-{party}"
                )
        return examples


def slug(name: str) -> str:
    """An id of the dataset as it stands inside a number's id."""
    return name.replace("_", "-")


def _one_of(ids: Iterable[str]) -> str:
    # The longest first, so that an id is not cut short by one that begins it; none matches nothing.
    return "|".join(sorted(map(re.escape, set(ids)), key=len, reverse=True)) or r"(?!)"


def _counted(value: int, unit: str, **rests_on) -> Number:
    return Number("", how_many(value), value, value, value, unit, **rests_on)


@number("as-of")
def as_of(numbers: Numbers) -> Number:
    return Number("", day_in_words(numbers.data.as_of), unit="date")


@number("version")
def version(numbers: Numbers) -> Number:
    return Number("", numbers.data.version, unit="version")


@number("{episode}-{indicator}-{population}-{party}")
def toll(numbers: Numbers, episode: str, indicator: str, population: str, party: str) -> Number:
    """A toll by the thirteen rules."""
    whose = _actor(numbers, party)
    held = numbers.count(episode).toll(_indicator(numbers, indicator), whose, population)
    if not held.says_something:
        return Number("", f"none reported by {day_in_words(numbers.data.as_of)}", unit="persons")
    unsaid = held.contested
    return Number(
        "",
        held.text,
        None if unsaid else held.bounds.low,
        held.bounds.best,
        held.bounds.high,
        held.quantity.unit,
        claims=tuple(sorted(held.claims)),
    )


@number("{episode}-{indicator}-{population}-sides-added")
def sides_added(numbers: Numbers, episode: str, indicator: str, population: str) -> Number:
    """The two sides' tolls added, without what is said of both together."""
    count, name = numbers.count(episode), _indicator(numbers, indicator)
    sides = [count.toll(name, party, population) for party in numbers.data.parties()]
    total = Bounds.exact(0)
    for side in sides:
        held = side.bounds.without_best()
        total = total + (replace(held, low=0) if held.low is None else held)
    claims = sorted({claim for side in sides for claim in side.claims})
    return Number("", total.words(), total.low, None, total.high, "persons", claims=tuple(claims))


@number("{episode}-{indicator}-days")
def days_on_record(numbers: Numbers, episode: str, indicator: str) -> Number:
    """The single days of an episode that claims count: "13 and 14 July 2020"."""
    frame = casualties.by_day(numbers.data, episode, _indicator(numbers, indicator))
    frame = frame[frame.firmness != "none"]
    claims = sorted({claim for ids in frame.claims for claim in ids.split()})
    text = days_in_words(sorted(set(frame.date))) or "no day"
    return Number("", text, unit="date", claims=tuple(claims))


@number("{episode}-{indicator}-{population}-statements-{party}")
def statements(
    numbers: Numbers, episode: str, indicator: str, population: str, party: str
) -> Number:
    """How many counts from the episode's start a side's own authorities are on record with."""
    frame = casualties.by_statement(
        numbers.data, episode, _indicator(numbers, indicator), population
    )
    mine = frame[frame.party.str.lower() == party]
    return _counted(len(mine), "statements", claims=tuple(sorted(mine.claims)))


@number("clashes-{indicator}-by-{role}")
def claims_by_role(numbers: Numbers, indicator: str, role: str) -> Number:
    """How many claims of an indicator a kind of claimant has made about the clashes."""
    rows, clashes = numbers.data.claims, numbers.data.episodes
    rows = rows[rows.episode_id.isin(clashes[clashes.kind == "clash"].episode_id)]
    rows = rows[rows.claimant_role.map(slug) == role]
    rows = rows[rows.indicator == _indicator(numbers, indicator)]
    return _counted(len(rows), "claims", claims=tuple(sorted(rows.claim_id)))


@number("clashes-{indicator}-{population}-{party}")
def of_each_clash(numbers: Numbers, indicator: str, population: str, party: str) -> Number:
    """The toll of each clash known by the date: "at least 17 in July 2020 and ..."."""
    names, each = _clashes(numbers, f"{indicator}-{population}-{party}")
    said = [f"{one.text} in {name}" for name, one in zip(names, each, strict=True)]
    claims = sorted({claim for one in each for claim in one.claims})
    text = " and ".join(said) or f"none reported by {day_in_words(numbers.data.as_of)}"
    return Number("", text, unit="persons", claims=tuple(claims))


@number("clashes-actors")
def actors_of_each_clash(numbers: Numbers) -> Number:
    """How many outside actors have a place in the matrix, clash by clash."""
    names, each = _clashes(numbers, "actors")
    said = [f"{one.text} in {name}" for name, one in zip(names, each, strict=True)]
    return Number("", " and ".join(said) or "no", unit="actors")


def _clashes(numbers: Numbers, rest: str) -> tuple[list[str], list[Number]]:
    clashes = numbers.data.episodes[numbers.data.episodes.kind == "clash"].sort_values("start")
    names = [name.replace(" ", NO_BREAK) for name in clashes.name]
    return names, [numbers[f"{episode}-{rest}"] for episode in clashes.episode_id]


def _indicator(numbers: Numbers, slugged: str) -> str:
    return next(name for name in numbers.data.indicators.indicator if slug(name) == slugged)


def _actor(numbers: Numbers, lower: str) -> str:
    return next(actor for actor in numbers.data.actors.actor_id if actor.lower() == lower)


def _claim(numbers: Numbers, claim: str):
    rows = numbers.data.claims
    return next(rows[rows.claim_id == claim].itertuples())


def _of_claim(row, bounds: Bounds, text: str) -> Number:
    return Number("", text, bounds.low, bounds.best, bounds.high, row.unit, claims=(row.claim_id,))


@number("said-{claim}")
def said(numbers: Numbers, claim: str) -> Number:
    """One claim as it was made, whatever became of it."""
    row = _claim(numbers, claim)
    bounds = Bounds.said(row.qualifier, row.low, row.best, row.high)
    return _of_claim(row, bounds, in_words(row.qualifier, bounds, row.unit))


@number("fall-{claim}")
def fall_claimed(numbers: Numbers, claim: str) -> Number:
    """The size of a claimed change that is a fall: "fell by 12.8 percent"."""
    row = _claim(numbers, claim)
    bounds = -Bounds.said(row.qualifier, row.low, row.best, row.high)
    if bounds.less_than(Bounds.exact(0)) is not False:
        raise ValueError(f"number 'fall-{claim}': the claim is not of a fall; reword the sentence")
    return _of_claim(row, bounds, in_words(row.qualifier, bounds, row.unit))


@number("day-{claim}")
def day(numbers: Numbers, claim: str) -> Number:
    """The day on which a claim was made, or by which it can have been."""
    row = _claim(numbers, claim)
    by = "by " if row.reported_precision == "by" else ""
    return Number("", by + day_in_words(row.reported_on), unit="date", claims=(claim,))


def _observed(numbers: Numbers, series: str, period: str) -> tuple[float, str]:
    rows = numbers.data.observations
    mine = rows[(rows.series_id == series) & (rows.period == period)]
    if mine.empty:
        raise UnknownNumberError(f"series {series!r} has no observation of {period!r}")
    units = dict(zip(numbers.data.series.series_id, numbers.data.series.unit, strict=True))
    return float(mine.best.iloc[0]), units[series]


def _of_series(value: float, unit: str, *series: str) -> Number:
    return Number("", figure(value, unit), value, value, value, unit, series=series)


@number("{series}-in-{period}")
def observation(numbers: Numbers, series: str, period: str) -> Number:
    return _of_series(*_observed(numbers, series, period), series)


@number("{series}-fall-in-{period}")
def fall_observed(numbers: Numbers, series: str, period: str) -> Number:
    value, unit = _observed(numbers, series, period)
    if value >= 0:
        raise ValueError(f"number '{series}-fall-in-{period}': {value} is no fall; reword")
    return _of_series(-value, unit, series)


@number("{series}-lowest-of-{year}")
def lowest(numbers: Numbers, series: str, year: str) -> Number:
    """The size of the deepest fall of a year."""
    _, value = economy.lowest(numbers.data, series, year)
    return _of_series(-value, _observed(numbers, series, f"{year}-01")[1], series)


@number("{series}-lowest-month-of-{year}")
def lowest_month(numbers: Numbers, series: str, year: str) -> Number:
    period, _ = economy.lowest(numbers.data, series, year)
    return Number("", day_in_words(period), unit="date", series=(series,))


@number("{series}-less-{other}-in-{period}")
def revision(numbers: Numbers, series: str, other: str, period: str) -> Number:
    """How far two releases of one figure lie apart, in percentage points."""
    later, _ = _observed(numbers, series, period)
    first, _ = _observed(numbers, other, period)
    # Rounded to the decimal that both are published with.
    apart = round(abs(later - first), 1)
    text = f"{figure(apart)}{NO_BREAK}points"
    return Number("", text, apart, apart, apart, "points", series=(series, other))


@number("{episode}-actors")
def actors(numbers: Numbers, episode: str) -> Number:
    """Outside actors with a place in the matrix."""
    return _counted(len(reactions.actors_placed(numbers.data, episode)), "actors")


@number("{episode}-actors-{stance}-{party}")
def actors_with_stance(numbers: Numbers, episode: str, stance: str, party: str) -> Number:
    """Outside actors that took a stance toward a party or both."""
    stances = {slug(name): name for name in numbers.data.stances.stance}
    whom = _actor(numbers, party)
    placed = reactions.actors_placed(numbers.data, episode, stances[stance], whom)
    return _counted(len(placed), "actors")


@number("{episode}-actors-with-deeds")
def actors_with_deeds(numbers: Numbers, episode: str) -> Number:
    """Outside actors with at least one deed done in the episode."""
    return _counted(len(reactions.actors_with_deeds(numbers.data, episode)), "actors")


@number("{episode}-{act}-toward-{party}")
def acts_toward(numbers: Numbers, episode: str, act: str, party: str) -> Number:
    """How many acts of a kind outside actors are on record with toward a party or both."""
    frame = reactions.placed(numbers.data, [episode])
    frame = frame[(frame.act.map(slug) == act) & (frame.toward == _actor(numbers, party))]
    return _counted(len(frame), "acts")


@number("rows-of-{table}")
def rows_of(numbers: Numbers, table: str) -> Number:
    return _counted(len(numbers.data.tables[table]), table)


def references(texts: Iterable[str]) -> set[str]:
    """The ids of all numbers that texts refer to."""
    return {number_id for text in texts for number_id in REFERENCE.findall(text)}


def compute(data: Dataset, ids: Iterable[str]) -> list[Number]:
    """The numbers of these ids, in the order of their ids.

    Raises
    ------
    UnknownNumberError
        For the first id that no declaration answers to.
    """
    numbers = Numbers(data)
    return [numbers[number_id] for number_id in sorted(ids)]


def undeclared(data: Dataset, ids: Iterable[str]) -> list[str]:
    """For each id that cannot be computed, one line that says why and what to write."""
    numbers, faults = Numbers(data), []
    for number_id in sorted(ids):
        try:
            numbers[number_id]
        except (UnknownNumberError, ValueError) as fault:
            faults.append(str(fault))
    return faults


def unused(data: Dataset, ids: Iterable[str]) -> list[str]:
    """The patterns of declarations that none of the ids refers to."""
    fields = Numbers(data)._fields
    ids = list(ids)
    return [
        declaration.pattern
        for declaration in DECLARED
        if all(declaration.matches(number_id, fields) is None for number_id in ids)
    ]
