"""The marks for one number.

Colour and shape stand for the side whose dead (or whose economy) are counted, fill for who counted
or which of two it is. A mark is one box of a few drawn pieces, so that a link can stand round all
of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, DrawingArea

from clashbook.figures.charts.style import Side, colour
from clashbook.figures.charts.targets import TARGET, lead, unseen

CURRENT, REPLACED = 10, 7
STROKE = 1.8
SOLID, HOLLOW, POINTED = "solid", "hollow", "pointed"
# Shapes that are as large to the eye as a circle, and how many times as wide they are drawn.
MARKERS: dict[str, tuple[str | tuple[int, Literal[0], int], float]] = {
    "circle": ("o", 1.0),
    "square": ("s", 0.92),
    "diamond": ("D", 0.85),
    "triangle": ((3, 0, 0), 1.2),
}
DOT = 3.4


@dataclass(frozen=True)
class Mark:
    """What a mark shows.

    Parameters
    ----------
    side : Side
        Gives colour and shape.
    fill : str
        `SOLID`, `HOLLOW`, or `POINTED`, as for figures of third parties.
    size : float
        Pixels across.
    """

    side: Side
    fill: str = SOLID
    size: float = CURRENT


def pieces(mark: Mark) -> list[Line2D]:
    """The drawing of a mark round its point: its party's shape, and in it its fill."""
    marker, scale = MARKERS[mark.side.marker]
    paint, page = mark.side.colour, colour("page")
    # A stroke stands half outside of its shape: hollow and solid marks are to be of one size.
    stroke = 0 if mark.fill == SOLID else STROKE
    outline = Line2D((0,), (0,), ls="none", marker=marker, ms=scale * (mark.size - stroke))
    outline.set(mec=paint, mew=stroke, mfc=paint if mark.fill == SOLID else page)
    inner = Line2D((0,), (0,), ls="none", marker="o", ms=DOT, mfc=paint, mew=0)
    return [outline, inner] if mark.fill == POINTED else [outline]


def put(ax: Axes, x: float, y: float, mark: Mark, gid: str = "", words: str = "") -> None:
    """Draw a mark at a point of axes; `gid` names its record, `words` are shown when pointed at."""
    area, half = DrawingArea(TARGET, TARGET, TARGET / 2, TARGET / 2), TARGET / 2
    # An unseen shape under the mark: a finger needs more than the mark itself.
    target = unseen(x - half, y - half, x + half, y + half)
    target.set_transform(ax.transData)
    for part in [target] * bool(words) + pieces(mark):
        area.add_artist(part)
    box = AnnotationBbox(area, (x, y), frameon=False, pad=0, annotation_clip=False, zorder=4)
    ax.add_artist(box)
    if words:
        lead(ax, box, gid, words)
