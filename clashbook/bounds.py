"""A quantity that is known only between bounds, and its arithmetic.

A count in a contested record is rarely a number: it is "at least 49", "up to 20", "more than
6,600". `Bounds` keeps what was said and no more: each end is included, excluded or open, and an
operation excludes an end of its result only where nothing can reach it. Nothing here ever makes a
midpoint.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from clashbook.language import NO_BREAK

# Where no claim was found: that somebody reported none is a claim, and has its own words.
NO_FIGURE = "no figure found"
NO_NUMBER = "no number given"
WORDS_WITHOUT_BOUNDS = {
    **{word: word for word in ("dozens", "hundreds", "thousands", "millions")},
    "unquantified": NO_NUMBER,
}
# The words a source may use, and which of a claim's three columns they fill.
# From the Uppsala Conflict Data Program's low, best, high, narrowed to what was said.
FILLED_BY: dict[str, tuple[str, ...]] = {
    "exact": ("low", "best", "high"),
    "at_least": ("low",),
    "more_than": ("low",),
    "none_reported": ("low",),
    "up_to": ("high",),
    "between": ("low", "high"),
    "about": ("best",),
    **dict.fromkeys(WORDS_WITHOUT_BOUNDS, ()),
}


@dataclass(frozen=True)
class Bounds:
    r"""What is known of one quantity.

    Parameters
    ----------
    low, high : float or None
        The ends; None where nothing is said (open).
    low_strict, high_strict : bool
        Whether the end itself is excluded ("more than 6,600"); never so for an open end.
    best : float or None
        An approximate figure ("about 400"). It bounds nothing, and speaks only where no end does.

    Examples
    --------
    >>> Bounds(low=49).words()
    'at\xa0least\xa049'
    >>> (Bounds.exact(7) + Bounds(low=3)).words()
    'at\xa0least\xa010'
    >>> Bounds(low=6600, low_strict=True).meet(Bounds(high=7000)).words()
    'more\xa0than\xa06,600 and up\xa0to\xa07,000'
    """

    low: float | None = None
    high: float | None = None
    low_strict: bool = False
    high_strict: bool = False
    best: float | None = None

    def __post_init__(self) -> None:
        for end in (self.low, self.high, self.best):
            if end is not None and not math.isfinite(end):
                raise ValueError(f"an end is {end}: an open end is None, not an infinite number")
        # A strict flag on an open end would make equal knowledge compare as unequal.
        if self.low_strict and self.low is None:
            object.__setattr__(self, "low_strict", False)
        if self.high_strict and self.high is None:
            object.__setattr__(self, "high_strict", False)

    @classmethod
    def exact(cls, value: float) -> Bounds:
        return cls(low=value, high=value, best=value)

    @classmethod
    def of_claim(
        cls, qualifier: str, low: float | None, best: float | None, high: float | None
    ) -> Bounds:
        """The bounds of a claim's row: its qualifier and its three columns.

        NaN and None both mean an empty cell. Which cells a qualifier fills is `FILLED_BY`; that a
        row keeps to it is for `checks` to refuse.
        """
        ends = [None if x is None or math.isnan(x) else float(x) for x in (low, best, high)]
        return cls(ends[0], ends[2], qualifier == "more_than", best=ends[1])

    @property
    def is_open(self) -> bool:
        """True where neither end is known."""
        return self.low is None and self.high is None

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high and not self.is_empty

    @property
    def is_empty(self) -> bool:
        """True where no value fits: the ends cross, or touch at an end that is excluded."""
        if self.low is None or self.high is None:
            return False
        strict = self.low_strict or self.high_strict
        return self.low > self.high or (self.low == self.high and strict)

    def __add__(self, other: Bounds) -> Bounds:
        """Floors add to floors and ceilings to ceilings; an open end leaves the sum open.

        An end of the sum is excluded where either part excludes its own: only then is there no
        value of both that reaches it.
        """
        return Bounds(
            low=_sum(self.low, other.low),
            high=_sum(self.high, other.high),
            low_strict=self.low_strict or other.low_strict,
            high_strict=self.high_strict or other.high_strict,
            best=_sum(self.best, other.best),
        )

    def __neg__(self) -> Bounds:
        return Bounds(
            low=_negative(self.high),
            high=_negative(self.low),
            low_strict=self.high_strict,
            high_strict=self.low_strict,
            best=_negative(self.best),
        )

    def __sub__(self, other: Bounds) -> Bounds:
        """The change from `other` to this, between the least and the most it can have been."""
        return self + -other

    def meet(self, other: Bounds) -> Bounds:
        """Both at once: the highest floor and the lowest ceiling.

        The result `is_empty` where the two contradict each other. An approximate figure bounds
        nothing, so that only what both call `best` is one of both. Any number of bounds meet in
        the same result, in whatever order and however often.
        """
        both = self, other
        # Of equal ends an excluded one is the tighter.
        floors = [(one.low, one.low_strict) for one in both if one.low is not None]
        ceilings = [(one.high, not one.high_strict) for one in both if one.high is not None]
        low, low_strict = max(floors, default=(None, False))
        high, is_included = min(ceilings, default=(None, True))
        best = self.best if self.best == other.best else None
        return Bounds(low, high, low_strict, not is_included, best)

    def is_within(self, other: Bounds) -> bool:
        """Whether neither end of `other` is tighter than this one's own."""
        is_floored = other.low is None or (
            self.low is not None and (self.low, self.low_strict) >= (other.low, other.low_strict)
        )
        return is_floored and (
            other.high is None
            or (
                self.high is not None
                and (self.high, not self.high_strict) <= (other.high, not other.high_strict)
            )
        )

    def less_than(self, other: Bounds) -> bool | None:
        """Whether this is certainly below `other`: True, False, or None where it cannot be told."""
        change = self - other
        if Bounds(low=0, high=change.high, high_strict=change.high_strict).is_empty:
            return True
        return False if change.low is not None and change.low >= 0 else None

    @property
    def ends(self) -> tuple[float | None, float | None, float | None]:
        """Low, best and high."""
        return self.low, self.best, self.high

    def without_best(self) -> Bounds:
        return replace(self, best=None)

    @property
    def firmness(self) -> str:
        """One of exact, at_least, up_to, between, about, unquantified: how a figure marks it."""
        if self.is_exact:
            return "exact"
        if self.low is not None and self.high is not None:
            return "between"
        if self.low is not None:
            return "at_least"
        if self.high is not None:
            return "up_to"
        return "about" if self.best is not None else "unquantified"

    def words(self, unit: str = "") -> str:
        """The bounds in the report's words; a no-break space holds the bound word to its number.

        Parameters
        ----------
        unit : str
            "percent" and a currency's code are written with the number; any other unit is left
            to the sentence.
        """
        low, best, high = ("" if end is None else figure(end, unit) for end in self.ends)
        floor = f"{'more than' if self.low_strict else 'at least'} {low}" if low else ""
        ceiling = f"{'fewer than' if self.high_strict else 'up to'} {high}" if high else ""
        if self.is_exact:
            parts = [low]
        elif low and high and not (self.low_strict or self.high_strict):
            parts = [f"{low} to {high}"]
        elif low or high:
            parts = [part for part in (floor, ceiling) if part]
        else:
            return f"about{NO_BREAK}{best}" if best else NO_NUMBER
        return " and ".join(part.replace(" ", NO_BREAK) for part in parts)


def in_words(qualifier: str, bounds: Bounds, unit: str = "") -> str:
    """A single claim in words: its qualifier speaks where its bounds cannot.

    >>> in_words("none_reported", Bounds(low=0))
    'none reported'
    >>> in_words("hundreds", Bounds())
    'hundreds'
    """
    if qualifier == "none_reported":
        return "none reported"
    return WORDS_WITHOUT_BOUNDS.get(qualifier) or bounds.words(unit)


def figure(value: float, unit: str = "") -> str:
    r"""A number as the report prints it, with thousands marked, a true minus and no false digits.

    >>> figure(-13.2, "percent")
    '−13.2%'
    >>> figure(51_530_000_000, "USD")
    '$51.53bn'
    """
    sign = "\u2212" if value < 0 else ""
    size = abs(value)
    if unit.isupper() and len(unit) == 3:
        currency = "$" if unit == "USD" else f"{unit}{NO_BREAK}"
        return f"{sign}{currency}{_money(size)}"
    text = sign + _plain(size)
    return f"{text}%" if unit == "percent" else text


def _money(size: float) -> str:
    for scale, word in ((1e9, "bn"), (1e6, "m")):
        if size >= scale:
            return f"{_plain(size / scale)}{word}"
    return _plain(size)


def _plain(size: float) -> str:
    # Ten significant digits print a decimal as it was typed, without the binary rest.
    return f"{size:,.10g}" if size < 1e10 else f"{size:,.0f}"


def _sum(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left + right


def _negative(value: float | None) -> float | None:
    return None if value is None else -value
