"""Where a number lies on a sheet.

Linear from zero, or logarithmic where rows of very unlike size are compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matplotlib.ticker import MaxNLocator

GULF = 5
LOG_FROM = 50  # largest to smallest number; below that equal distances can be equal numbers


@dataclass(frozen=True)
class Scale:
    """Values to pixels.

    Parameters
    ----------
    start, end : float
        Pixels of the first and of the last tick.
    ticks : tuple of float
        Labelled values, in order.
    log : bool
        Whether equal distances are equal ratios.
    """

    start: float
    end: float
    ticks: tuple[float, ...]
    log: bool = False

    @classmethod
    def over(cls, values: Iterable[float], start: float, end: float, *, steps: int = 5) -> Scale:
        """A scale that holds all of the values (NaN and negative numbers are left aside)."""
        numbers = [value for value in values if value > 0]
        if numbers and max(numbers) / min(numbers) >= LOG_FROM:
            first = math.floor(math.log10(min(numbers)))
            last = math.ceil(math.log10(max(numbers)))
            return cls(start, end, tuple(10.0**power for power in range(first, last + 1)), log=True)
        return cls.linear(numbers, start, end, steps=steps)

    @classmethod
    def linear(cls, values: Iterable[float], start: float, end: float, *, steps: int = 5) -> Scale:
        """A scale from zero that holds all of the values: change over time is never logarithmic."""
        numbers = [value for value in values if value > 0]
        locator = MaxNLocator(steps, integer=max(numbers, default=1) >= 1, steps=[1, 2, 2.5, 5, 10])
        ticks = locator.tick_values(0, max(numbers, default=1))
        return cls(start, end, tuple(float(tick) for tick in ticks if tick >= 0))

    @property
    def last(self) -> float:
        """The largest value that lies on it."""
        return self.ticks[-1]

    def __call__(self, value: float) -> float:
        first, last = self.ticks[0], self.ticks[-1]
        if self.log:
            share = math.log(max(value, first) / first) / math.log(last / first)
        else:
            share = (value - first) / (last - first)
        return self.start + share * (self.end - self.start)


def in_figures(value: float) -> str:
    """A tick's label: thousands with a comma, a true minus sign, millions and billions in words."""
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{in_figures(value / size)}\u00a0{word}"
    return f"{value:,.10g}".replace("-", "\u2212")


def within(values: Iterable[float]) -> list[float]:
    """The numbers among which a linear scale can tell the small ones apart.

    Left out, to be written beyond the scale, are the few largest (one in ten at most) where the
    next below is `GULF` times smaller.
    """
    numbers = sorted((value for value in values if value > 0), reverse=True)
    for few in range(1, len(numbers) // 10 + 1):
        if numbers[few - 1] >= GULF * numbers[few]:
            return numbers[few:]
    return numbers
