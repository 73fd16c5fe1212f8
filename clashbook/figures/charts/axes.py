"""The axes of charts: numbers and months, each an axis of matplotlib's own.

A plot is a piece of a sheet with such axes. They write their values and draw their gridlines; marks
and words are put on the sheet, at the pixels where the axes have a value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, MultipleLocator, NullLocator
from matplotlib.transforms import Bbox

from clashbook.figures.charts.labels import Room
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour, text_width

MONTHS = (
    *("Jan", "Feb", "March", "April", "May", "June"),
    *("July", "Aug", "Sept", "Oct", "Nov", "Dec"),
)
LOG_FROM = 50  # largest to smallest number; below that equal distances can be equal numbers
NAMES_BELOW = 24  # months on an axis, below which it names months and not years alone
Label = Callable[[float], str]
TICK = 5  # pixels of the marks under an axis of months


def in_figures(value: float) -> str:
    """A tick's label: thousands with a comma, a true minus sign, millions and billions in words."""
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{in_figures(value / size)}\u00a0{word}"
    return f"{value:,.10g}".replace("-", "\u2212")


def is_log(values: Iterable[float]) -> bool:
    """Whether rows of such numbers are compared by their ratios; change over time never is."""
    numbers = [value for value in values if value > 0]
    return bool(numbers) and max(numbers) / min(numbers) >= LOG_FROM


def number_ticks(values: Iterable[float], steps: int = 5, *, log: bool = False) -> list[float]:
    """Round numbers, in about so many steps, that hold all of the values (NaN is left aside).

    Linear ones begin at zero, or below it where a value does.
    """
    numbers = [value for value in values if not math.isnan(value)]
    if log:
        above = [value for value in numbers if value > 0]
        ends = (math.floor(math.log10(min(above))), math.ceil(math.log10(max(above))))
        return [10.0**power for power in range(ends[0], ends[1] + 1)]
    low, high = min([0, *numbers]), max([0, *numbers]) or 1
    whole = max(high, -low) >= 1
    locator = MaxNLocator(steps, integer=whole, steps=[1, 2, 2.5, 5, 10])
    return [float(tick) for tick in locator.tick_values(low, high)]


def day_number(day: str) -> int:
    """An ISO date as a number of days."""
    return date.fromisoformat(day).toordinal()


def day_label(day: str) -> str:
    """An ISO date as an axis has it: 13 Sept."""
    return f"{int(day[8:])}\u00a0{MONTHS[int(day[5:7]) - 1]}"


def month_number(period: str) -> int:
    """A month, or that of a day, as a number of months; of a year or a quarter its last."""
    return pd.Period(period).asfreq("M").ordinal + 12 * 1970


def month_label(number: float) -> str:
    """A number of months as an axis has it: Sept 2022."""
    return f"{MONTHS[int(number) % 12]}\u00a0{number // 12:.0f}"


@dataclass(eq=False)
class Plot:
    """Axes on a piece of a sheet, given by its edges in pixels.

    Parameters
    ----------
    above, beyond : float
        Of the room for words, that over the axes and right of them.
    """

    sheet: Sheet
    left: float
    right: float
    top: float = 0
    bottom: float = 0
    above: float = 0
    beyond: float = 0

    @cached_property
    def ax(self) -> Axes:
        """The axes themselves: under all marks, in the colours of the report."""
        ax = self.sheet.ax.inset_axes((0, 0, 1, 1), zorder=-0.5)
        ax.set_axes_locator(lambda *_: self._place())
        ax.patch.set_visible(False)
        ax.spines[:].set_visible(False)
        ax.autoscale(False)
        ax.set_axisbelow(True)
        ax.set(xticks=[], yticks=[])
        ax.tick_params(length=0, labelsize=self.sheet.size("value"), labelcolor=colour("second"))
        ax.tick_params(color=colour("axis"), width=0.9)
        ax.grid(color=colour("grid"), lw=0.9)
        return ax

    def _place(self) -> Bbox:
        """Where the axes are in their figure, however high that has become by now."""
        edges = Bbox.from_extents(self.left, self.bottom, self.right, self.top)
        on_sheet = self.sheet.ax.transData - self.sheet.ax.figure.transSubfigure
        return edges.transformed(on_sheet)

    @cached_property
    def room(self) -> Room:
        """The room for words."""
        top, right = self.top - self.above, self.right + self.beyond
        return Room(self.sheet, self.left, top, right, self.bottom)

    def x(self, value: float) -> float:
        """The pixel across at which a value stands; what a scale cannot hold, at its start."""
        value = max(value, self.ax.get_xlim()[0])
        share, _ = (self.ax.transScale + self.ax.transLimits).transform((value, 1))
        return float(self.left + share * (self.right - self.left))

    def y(self, value: float) -> float:
        """The pixel down at which a value stands."""
        _, share = (self.ax.transScale + self.ax.transLimits).transform((1, value))
        return float(self.bottom - share * (self.bottom - self.top))

    def columns(self, ticks: Sequence[float], *, log: bool = False) -> None:
        """Have numbers from left to right, named above."""
        self.ax.xaxis.tick_top()
        self.ax.set(xscale="log" if log else "linear", xlim=(ticks[0], ticks[-1]))
        self.ax.xaxis.set_minor_locator(NullLocator())
        self.ax.set_xticks(ticks, map(in_figures, ticks))
        self.ax.tick_params("x", pad=4)
        if 0 in ticks:
            self.ax.axvline(0, color=colour("axis"), lw=0.9)

    def heights(self, ticks: Sequence[float], label: Label = in_figures) -> None:
        """Have numbers upward, named on the left."""
        self.ax.set_ylim(ticks[0], ticks[-1])
        self.ax.set_yticks(ticks, map(label, ticks))
        self.ax.tick_params("y", pad=10)
        if 0 in ticks:
            self.ax.axhline(0, color=colour("axis"), lw=0.9)

    def months(
        self, first: float, last: float, *, named: bool = True, middle: bool = False
    ) -> None:
        """Have months from left to right, named by quarters where they are few, else by years.

        A year stands at its January, or where figures are of whole years at its `middle`.
        """
        self.ax.set_xlim(first, last)
        quarters = last - first < NAMES_BELOW

        def label(number: float) -> str:
            # The first label and each January name the year.
            start = number - 3 < first or number % 12 == 0
            month = month_label(number) if start else MONTHS[int(number) % 12]
            return month if quarters else f"{number // 12:.0f}"

        half = text_width(label(2020 * 12 + 11), self.sheet.size("value")) / 2
        year = 12 * (self.right - self.left) / (last - first)
        years = next((step for step in (1, 2, 5, 10) if step * year >= 2 * half + 10), 20)
        locator = MultipleLocator(3 if quarters else 12 * years, offset=5.5 if middle else 0)
        ticks = [tick for tick in locator.tick_values(first, last) if first <= tick <= last]

        def inside(tick: float) -> str:
            return label(tick) if half <= self.x(tick) <= self.sheet.width - half else ""

        self.ax.grid(visible=False, axis="x")
        self.ax.set_xticks(ticks, map(inside, ticks))
        self.ax.tick_params("x", length=TICK, pad=6, labelbottom=named)
