"""Small panels: plots of one size in rows of two, or one under the other on a phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clashbook.figures.charts.axes import Plot
from clashbook.figures.charts.sheet import LINE, Sheet

HEIGHT, GAP, UNDER = 168, 26, 28
Panel = Callable[[Plot, str, bool], None]


def small_panels(
    sheet: Sheet, heads: Mapping[str, str], draw: Panel, top: float, before: float, beyond: float
) -> float:
    """Draw a panel a head, and return where the last ends.

    Parameters
    ----------
    heads : mapping of str to str
        The head of each panel, and the words under it, such as its unit.
    draw : callable
        ``draw(plot, head, first)`` draws a panel on a plot whose `top` is where its room begins,
        and sets its `top` and `bottom`; `first` is whether it has no other panel over it in sight.
    before, beyond : float
        Pixels left of each plot for the values of its scale, and right of it.
    """
    across = 1 if sheet.phone else min(2, len(heads))
    width = (sheet.width - GAP * (across - 1)) / across
    notes = {head: sheet.wrap(words, width, "key") for head, words in heads.items() if words}
    named = 18 if any(heads) else 0
    below = 8 + named + LINE * max(map(len, notes.values()), default=0)
    for index, head in enumerate(heads):
        left = index % across * (width + GAP)
        sheet.head(left, top + 12, head)
        sheet.note(left, top + 12 + named, notes.get(head, []))
        plot = Plot(sheet, left + before, left + width - beyond, top + below, beyond=beyond)
        draw(plot, head, sheet.phone or index < across)
        if index % across == across - 1 or index == len(heads) - 1:
            top = plot.bottom + UNDER + GAP
    return top - GAP
