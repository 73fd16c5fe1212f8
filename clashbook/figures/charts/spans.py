"""Episodes over an axis of months: each has a flag over the plot, and its months are shaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clashbook.figures.charts.axes import Plot, month_number
from clashbook.figures.charts.sheet import LINE
from clashbook.figures.charts.style import colour

NARROW = 4  # pixels below which months are a line and not a band


@dataclass(frozen=True)
class Span:
    """An episode's months, its flag and its name, in pixels; `top` is from that of the first."""

    start: float
    end: float
    flag: float
    x_words: float
    top: float
    lines: list[str]

    @property
    def height(self) -> float:
        return self.top + LINE * len(self.lines) + 2


def spans_of(
    plot: Plot, episodes: Iterable[tuple[str, str, str]], right: float, narrow: float = NARROW
) -> list[Span]:
    """Episodes (name, first and last day or month, the last "" where it is not known).

    Whole months are shaded: a day would not be seen, and the points are of months. Names step down
    with time, so that no flag crosses a name that stands before it; none goes beyond `right`.
    """
    spans: list[Span] = []
    for label, first, last in sorted(episodes, key=lambda episode: episode[1]):
        start = max(plot.x(month_number(first) - 0.5), plot.left)
        end = min(plot.x(month_number(last or first) + 0.5), plot.right)
        if start >= end:
            continue
        lines = plot.sheet.wrap(label, 96, "key")
        flag = (start + end) / 2 if end - start < narrow else start
        x = min(flag + 5, right - plot.sheet.widest(lines, "key"))
        before = [s for s in spans if s.x_words + plot.sheet.widest(s.lines, "key") + 8 > x]
        top = max((span.height for span in before), default=0)
        spans.append(Span(start, end, flag, x, top, lines))
    return spans


def raise_flags(plot: Plot, spans: Sequence[Span], least: float = 0) -> None:
    """Write names of episodes over a plot, each at a line to its months; its top goes under them.

    They take `least` pixels, so that plots side by side begin at one height.
    """
    top = plot.top
    plot.top += max([least, *(span.height for span in spans)]) + plot.above
    for span in spans:
        x, start = span.flag, top + span.top
        end = plot.sheet.note(span.x_words, start + LINE / 2, span.lines) - LINE / 2
        ys = (start if span.x_words > x else end, plot.top)
        plot.sheet.line((x, x), ys, colour("axis"))


def shade(plot: Plot, spans: Sequence[Span]) -> None:
    """Shade the months of episodes, from the top of the words' room to the axis."""
    for span in spans:
        x, top = span.flag, plot.top - plot.above
        if x > span.start:
            plot.sheet.line((x, x), (top, plot.bottom), colour("axis"), zorder=-1)
            plot.room.take(x, top, x, plot.bottom)
        else:
            plot.sheet.box(span.start, top, span.end, plot.bottom, fc=colour("fill"))
