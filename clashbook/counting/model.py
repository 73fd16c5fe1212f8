"""What is counted, by whom it was said, what a toll is made of, and when two may be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from clashbook.bounds import Bounds
from clashbook.dataset import rows

BOTH = "both"
UNSPECIFIED = "unspecified"
OUTSIDE = "background"
KINDS_OF_PEOPLE = ("military", "civilian")
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
class Claim(rows.Claim):
    """A claim as it is counted, or a claim with the increments merged into it.

    `ids` are those of all these claims; `from_provider` says that its source is a data set.
    """

    quantity: Quantity
    ids: frozenset[str]
    from_provider: bool

    @classmethod
    def counted(cls, row: rows.Claim, from_provider: bool) -> Claim:
        """A row as it is counted: by its period where it belongs to no episode."""
        when = period(row) if row.episode_id == OUTSIDE else ""
        quantity = Quantity(row.indicator, row.party, row.population, row.unit, when)
        cells = {cell.name: getattr(row, cell.name) for cell in fields(row)}
        return cls(**cells, quantity=quantity, ids=frozenset([row.id]), from_provider=from_provider)

    @property
    def reports_none(self) -> bool:
        """Whether it says no more than that there are not fewer than none."""
        return self.bounds == Bounds(low=0)

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

    `others` holds for each other toll its quantity and which of its ends was taken.
    """

    rule: int
    claims: tuple[str, ...] = ()
    others: tuple[tuple[Quantity, str], ...] = ()


@dataclass(frozen=True)
class Toll:
    """Bounds of one quantity, with the claims that hold each end.

    `contested` tolls have no bounds: the claims in `spoken` contradict each other and are shown.
    `steps` has for each end that is bounded, ``low`` or ``high``, what made it.
    """

    quantity: Quantity
    bounds: Bounds = UNKNOWN
    floor: frozenset[str] = frozenset()
    ceiling: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()
    text: str = ""
    contested: bool = False
    steps: Mapping[str, Step] = field(default_factory=dict)

    @property
    def claims(self) -> frozenset[str]:
        return self.floor | self.ceiling | self.spoken

    @property
    def says_something(self) -> bool:
        return bool(self.claims)


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
