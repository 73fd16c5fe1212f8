"""One bar of parts: where a range comes from, and whose claims they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import rows, targets
from clashbook.figures.charts.axes import Plot, in_figures
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.records import Sided, grouped, read
from clashbook.figures.charts.sheet import LINE, Align, Sheet
from clashbook.figures.charts.style import colour

HEIGHT, ROOM = 68, 26
LIMITS = {"solid": "at least", "pale": "at most", "open": "in all"}


@dataclass(frozen=True, kw_only=True)
class _Part(Sided):
    episode: str = ""
    part: str
    value: float
    kind: str
    together: str = ""


def range_parts(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw the parts of ranges, with the limits that they make under them; see `one_bar`."""
    one_bar(frame, ax, limits=True)


def one_bar(frame: pd.DataFrame, ax: Axes, *, limits: bool = False) -> None:
    """Draw parts that add up as one bar, from zero; with `limits` a bar for each side and clash.

    Parameters
    ----------
    frame : DataFrame
        part (words), party (whose colour), value, kind (solid, pale or open: how sure the part is),
        claims, claimant, stated, with `limits` episode (its name), and optional together (what the
        parts with these words are when added). One row a part, in the order in which they add up.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    bars = grouped(read(frame, _Part), lambda part: limits and f"{part.party_name}, {part.episode}")
    longest = max(sum(part.value for part in parts) for parts in bars.values())
    top = 0.0
    for name, parts in bars.items():
        if name and len(bars) > 1:
            top = sheet.head(0, top + 12, name) - 4
        plot = Plot(sheet, 4, sheet.width - 4, top + ROOM, top + ROOM + HEIGHT, above=ROOM)
        plot.columns([0, longest])
        plot.ax.tick_params("x", labeltop=False)
        plot.ax.grid(visible=False)
        listed = _bar(plot, parts)
        top = (_limits if limits else _sums)(plot, parts) + 4
        top = draw_key(sheet, top, listed)
    sheet.finish(top)


def _bar(plot: Plot, parts: list[_Part]) -> list[Entry]:
    """Draw a bar with its parts' words in or over them; return those that have no room there."""
    sheet, middle, outside = plot.sheet, (plot.top + plot.bottom) / 2, {}
    ends = [*accumulate(part.value for part in parts)]
    spots = [(plot.x(end - part.value), plot.x(end)) for part, end in zip(parts, ends, strict=True)]
    for part, (left, right) in zip(parts, spots, strict=True):
        edges = (left, plot.top, right, plot.bottom)
        rows.piece(sheet, part.kind, part.side.colour, edges)
        sheet.line((right, right), (plot.top, plot.bottom), colour("page"))
        words = part.mark(f"{in_figures(part.value)} {part.part}", counted=True)
        targets.area(sheet.ax, *edges, *words)
    for part, (left, right) in zip(parts, spots, strict=True):
        text, x = f"{in_figures(part.value)} {part.part}", (left + right) / 2
        room, bold = right - left - 16, part.kind == "solid"
        inside = sheet.wrap(text, room, bold=bold)
        if sheet.widest(inside, bold=bold) <= room and len(inside) <= 4:
            paint, y = colour("page" if bold else "ink"), middle - LINE / 2 * (len(inside) - 1)
            sheet.write(x, y, inside, colour=paint, bold=bold, align="center")
        else:
            outside[part] = text, x
    aligned: tuple[Align, ...] = ("center", "left", "right")
    places = [(0.0, -HEIGHT / 2 - 14, align) for align in aligned]
    listed = {}
    # Short words first: of these most find room over the bar.
    for part, (text, x) in sorted(outside.items(), key=lambda item: len(item[1][0])):
        if not plot.room.label(x, middle, text, places, colour=part.side.words):
            # Its number in the bar: in print two sides' colours can be one grey.
            number, bold = in_figures(part.value), part.kind == "solid"
            paint = colour("page" if bold else "ink")
            sheet.write(x, middle, number, colour=paint, bold=bold, align="center")
            listed[part] = Entry(text, bar=part.kind, paint=part.side.colour)
    return [listed[part] for part in parts if part in listed]


def _limits(plot: Plot, parts: list[_Part]) -> float:
    """Write under a bar up to where its parts are sure, and may be; return where that ends."""
    ends = accumulate(part.value for part in parts)
    shown = {part.kind: end for part, end in zip(parts, ends, strict=True)}
    y = plot.bottom + 14
    for kind, end in shown.items():
        words = f"{LIMITS[kind]} {in_figures(end)}"
        x = min(plot.x(end), plot.sheet.width - 2)
        plot.sheet.line((x, x), (plot.bottom + 2, y + 4), colour("axis"))
        y = plot.sheet.label(x - 5, y, words, align="right")
    return y


def _sums(plot: Plot, parts: list[_Part]) -> float:
    """Write under a bar, at a bracket, what parts of it are together; return where that ends."""
    spots = [*accumulate((part.value for part in parts), initial=0)]
    y = plot.bottom
    for words in dict.fromkeys(part.together for part in parts if part.together):
        mine = [place for place, part in enumerate(parts) if part.together == words]
        left, right = plot.x(spots[mine[0]]) + 1, plot.x(spots[mine[-1] + 1]) - 1
        plot.sheet.line((left, left, right, right), (y + 4, y + 9, y + 9, y + 4), colour("axis"))
        plot.sheet.write(left, y + 21, words, bold=True)
    return y + 26 * any(part.together for part in parts)
