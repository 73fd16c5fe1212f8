"""What is counted, by whom it was said, what a toll is made of, and when two may be compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import NamedTuple

from clashbook.bounds import Bounds
from clashbook.dataset import rows
from clashbook.dataset.following import reached

BOTH = "both"
UNSPECIFIED = "unspecified"
OUTSIDE = "background"
# Police are told apart by some sources only: where nobody does, they are in one of the others.
POLICE = "police"
KINDS_OF_PEOPLE = ("military", POLICE, "civilian")
ALL = "all"
UNKNOWN = Bounds(low=0)


class Quantity(NamedTuple):
    """What is counted. Numbers of different quantities never meet except by rules 9 and 10."""

    indicator: str
    party: str
    population: str
    unit: str
    period: str = ""  # only outside an episode, where counts meet on the same period (rule 12)


@dataclass(frozen=True)
class Scope:
    """What the claims of an episode are counted by.

    Parameters
    ----------
    begin, end : str
        The episode's first and last day, ISO dates; empty outside an episode, or where not known.
    parties : list of str
        The sides that `both` takes in.
    includes : mapping
        For each indicator those that it includes.
    stocks, aftermath : collection of str
        The indicators that hold on a day only; and those of what happens after an episode, such as
        bodies handed over.
    """

    begin: str
    end: str
    parties: list[str]
    includes: Mapping[str, list[str]]
    stocks: Collection[str]
    aftermath: Collection[str]

    def until(self, quantity: Quantity) -> str:
        """The last day of what is counted; what an episode leaves behind has none."""
        return "" if quantity.indicator in self.aftermath else self.end

    def within(self, indicator: str) -> Set[str]:
        """All that an indicator includes, at any depth."""
        return self._within.get(indicator, frozenset())

    def around(self, indicator: str) -> Set[str]:
        """All that include an indicator, at any depth."""
        return self._around.get(indicator, frozenset())

    @cached_property
    def adding(self) -> Scope:
        """The same where a stock is never added to a count.

        Who is missing today may be among the killed tomorrow.
        """
        counts = {
            whole: [part for part in parts if part not in self.stocks]
            for whole, parts in self.includes.items()
        }
        return replace(self, includes=counts)

    # Both are asked for at every step of a count.
    @cached_property
    def _within(self) -> dict[str, Set[str]]:
        return {name: reached(parts, self.includes) for name, parts in self.includes.items()}

    @cached_property
    def _around(self) -> dict[str, Set[str]]:
        return {
            name: {whole for whole, within in self._within.items() if name in within}
            for name in self.includes
        }


@dataclass(frozen=True)
class Claim(rows.Claim):
    """A claim as it is counted, or a claim with the increments merged into it.

    `ids` are those of all these claims; `from_provider` says that its source is a data set,
    `is_withdrawn` that it was withdrawn.
    """

    quantity: Quantity
    ids: frozenset[str]
    from_provider: bool
    is_stock: bool = False
    is_withdrawn: bool = False

    @classmethod
    def counted(cls, row: rows.Claim, from_provider: bool, begin: str, is_stock: bool) -> Claim:
        """A row as it is counted: by its period where it belongs to no episode.

        A stock, who is held or missing on a day, speaks of all days up to it: two never add up.
        """
        when = period(row) if row.episode_id == OUTSIDE else ""
        quantity = Quantity(row.indicator, row.party, row.population, row.unit, when)
        cells = {cell.name: getattr(row, cell.name) for cell in fields(row)}
        if is_stock and begin:
            last = row.period_end or row.reported_on
            cells |= {"period_start": begin, "period_end": max(last, begin)}
        ids = frozenset([row.id])
        return cls(
            **cells, quantity=quantity, ids=ids, from_provider=from_provider, is_stock=is_stock
        )

    @property
    def reports_none(self) -> bool:
        """Whether it says no more than that there are not fewer than none."""
        return self.bounds == UNKNOWN

    @property
    def has_number(self) -> bool:
        """Whether it is a count: neither words alone nor "none reported" is one."""
        silent = self.bounds.is_open and self.bounds.best is None
        return not silent and not self.reports_none


class LeftOut(NamedTuple):
    """Why a claim is not counted: the rule's number, its reason in words, and by which claims."""

    rule: int
    reason: str
    by: tuple[str, ...] = ()


class Step(NamedTuple):
    """What made one end of a toll: a rule, and the claims or the ends of other tolls it took.

    `others` holds for each other toll its quantity and which of its ends was taken; of a
    contradiction (rule 8), what adds up to the higher floor that it left.
    """

    rule: int
    claims: tuple[str, ...] = ()
    others: tuple[tuple[Quantity, str], ...] = ()


@dataclass(frozen=True)
class Toll:
    """Bounds of one quantity, with the claims that hold each end.

    Of `contested` tolls the claims in `spoken` contradict each other and are shown; they have no
    bounds but the floor that none of these claims denies. `against` are the bounds
    by which other counts contradict those of the quantity itself.
    `steps` has for each end that is bounded, ``low`` or ``high``, what made it.
    """

    quantity: Quantity
    bounds: Bounds = UNKNOWN
    floor: frozenset[str] = frozenset()
    ceiling: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()
    text: str = ""
    contested: bool = False
    against: Bounds | None = None
    steps: Mapping[str, Step] = field(default_factory=dict)

    @property
    def claims(self) -> frozenset[str]:
        return self.floor | self.ceiling | self.spoken

    @property
    def says_something(self) -> bool:
        return bool(self.floor or self.ceiling or self.spoken)

    def stands(self, bounds: Bounds) -> bool:
        """Whether bounds say nothing new of it."""
        return self.contested or self.bounds.is_within(bounds)


class UnlikeQuantitiesError(ValueError):
    """A comparison across quantities that rule 11 keeps apart."""


def compared(left: Toll, right: Toll, left_day: str, right_day: str) -> bool | None:
    """Rule 11: whether one toll is certainly lower than another.

    Parameters
    ----------
    left, right : Toll
        Of the same indicator, population and unit.
    left_day, right_day : str
        The as-of day of each.

    Raises
    ------
    UnlikeQuantitiesError
        If the two count different things, or as of different days.
    """
    differ = unlike(left.quantity, right.quantity)
    if left_day != right_day:
        differ.append("as-of date")
    if differ:
        listed = " and ".join(filter(None, [", ".join(differ[:-1]), differ[-1]]))
        raise UnlikeQuantitiesError(f"the two differ in {listed}: not comparable")
    return left.bounds.less_than(right.bounds)


def unlike(left: Quantity, right: Quantity) -> list[str]:
    """Rule 11: in what two quantities differ, other than whose they are."""
    return [
        name
        for name in ("indicator", "population", "unit", "period")
        if getattr(left, name) != getattr(right, name)
    ]


def period(row: rows.Claim) -> str:
    """Rule 12: outside an episode claims meet only on the same period, undated ones on none."""
    if row.period_start and row.period_end:
        return f"{row.period_start}/{row.period_end}"
    return row.id
