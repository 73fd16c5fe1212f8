"""The marks for one number.

Colour and shape stand for the side whose dead (or whose economy) are counted, fill for who counted
or which of two it is. A mark is one box of a few drawn pieces, so that a link can stand round all
of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, DrawingArea
from matplotlib.patches import Rectangle

from clashbook.figures.charts.style import Side, colour
from clashbook.figures.charts.targets import TARGET, lead

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
    firmness : str
        ``exact``; ``about`` has short lines on both sides.
    fill : str
        `SOLID`, `HOLLOW`, or `POINTED`, as for figures of third parties.
    size : float
        Pixels across.
    """

    side: Side
    firmness: str = "exact"
    fill: str = SOLID
    size: float = CURRENT

    @property
    def ends(self) -> tuple[float, float]:
        """Pixels that it takes along the scale before and beyond its point."""
        return (16, 16) if self.firmness == "about" else (6, 6)


def pieces(mark: Mark) -> list[Line2D]:
    """The drawing of a mark round the point it stands for, in pixels."""
    start, paint = mark.size / 2 + 1, mark.side.colour
    stubs = ((way * (start + 1), way * (start + 9)) for way in (-1, 1) if mark.firmness == "about")
    lines = [Line2D(xs, (0, 0), color=paint, lw=STROKE, solid_capstyle="butt") for xs in stubs]
    return [*lines, *shape(mark)]


def shape(mark: Mark) -> list[Line2D]:
    """The point itself: its party's shape, and in it its fill."""
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
    area = DrawingArea(TARGET, TARGET, TARGET / 2, TARGET / 2)
    parts: list[Artist] = [*pieces(mark)]
    for part in ([_target(mark)] if words else []) + parts:
        area.add_artist(part)
    box = AnnotationBbox(
        area, (x, y), frameon=False, pad=0, box_alignment=(0.5, 0.5), annotation_clip=False
    )
    box.set_zorder(4)
    ax.add_artist(box)
    if words:
        lead(ax, box, gid, words)


def _target(mark: Mark) -> Rectangle:
    """An unseen shape under all of a mark: a finger needs more than the mark itself."""
    half = TARGET / 2
    before, beyond = (max(half, end) for end in mark.ends)
    return Rectangle((-before, -half), before + beyond, TARGET, fc="none", ec="none", lw=0)
