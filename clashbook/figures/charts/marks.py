"""The marks for one number.

Colour and shape stand for the side whose dead (or whose economy) are counted, fill for who counted,
lines for how firm the number is. A mark is one box of a few drawn pieces, so that a link can stand
round all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, DrawingArea
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from clashbook.figures.charts.records import FIRMNESS, WITHOUT_PLACE
from clashbook.figures.charts.style import Side, colour
from clashbook.figures.charts.targets import TARGET, lead

CURRENT, NEWEST, REPLACED = 10, 11, 7
STROKE, OWN_STROKE, CAP, ARROW = 1.8, 4, 13, 20
SOLID, HALF, HOLLOW, POINTED = "solid", "half", "hollow", "pointed"
FILLS = {"own_side": SOLID, "own_side_and_others": HALF, "opposing_side": HOLLOW, "": SOLID}
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
        One of `FIRMNESS`.
    fill : str
        `SOLID` for own authorities, `HALF` for these and others together, `HOLLOW` for the other
        side, `POINTED` for a third party.
    size : float
        Pixels across.
    reach : float
        Pixels from the low to the high end, where the mark is an interval.
    upright : bool
        Whether the scale is vertical.
    denied : bool
        An ink slash goes through the mark.
    """

    side: Side
    firmness: str = "exact"
    fill: str = SOLID
    size: float = CURRENT
    reach: float = 0
    upright: bool = False
    denied: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Pixels that it takes along the scale before and beyond its point."""
        firmness = FIRMNESS[self.firmness]
        return firmness.before, firmness.beyond + self.reach


def fill_of(counted_by: str) -> str:
    """Fill of a mark, by the role of who counted."""
    return FILLS.get(counted_by, POINTED)


def pieces(mark: Mark) -> list[Artist]:
    """The drawing of a mark round the point it stands for, in pixels."""
    ends = mark.size / 2 + 1
    parts: list[Artist]
    if mark.firmness in WITHOUT_PLACE:
        return [_sign(mark)]
    if mark.firmness == "up_to":
        parts = [_cap(mark, 0), *_arrow(mark, -1, 1)]
    elif mark.firmness == "between":
        stroke = OWN_STROKE if mark.fill == SOLID else STROKE
        across = _line(mark, (0, mark.reach), (0, 0), stroke)
        parts = [_cap(mark, 0), _cap(mark, mark.reach), across]
    elif mark.firmness == "at_least":
        parts = [*_arrow(mark, 1, ends), *shape(mark)]
    elif mark.firmness == "about":
        stubs = (_line(mark, (way * (ends + 1), way * (ends + 9)), (0, 0)) for way in (-1, 1))
        parts = [*stubs, *shape(mark)]
    else:
        parts = [*shape(mark)]
    if mark.denied:
        middle = {"up_to": -ARROW / 2, "between": mark.reach / 2}.get(mark.firmness, 0)
        parts.append(_stroke((middle - 5, middle + 5), (-9, 9), colour("ink")))
    return parts


def shape(mark: Mark) -> list[Line2D]:
    """The point itself: its party's shape, and in it its fill."""
    return points((0,), (0,), mark)


def points(xs: Sequence[float], ys: Sequence[float], mark: Mark) -> list[Line2D]:
    """Points alike, in one drawing: hundreds of marks of their own would weigh a page down."""
    marker, scale = MARKERS[mark.side.marker]
    paint, page = mark.side.colour, colour("page")
    # A stroke stands half outside of its shape: hollow and solid marks are to be of one size.
    stroke = 0 if mark.fill == SOLID else STROKE
    outline = Line2D(xs, ys, ls="none", marker=marker, ms=scale * (mark.size - stroke), mec=paint)
    outline.set(mew=stroke, mfc=paint if mark.fill == SOLID else page)
    inner = Line2D(xs, ys, ls="none", marker="o", ms=DOT, mfc=paint, mew=0)
    if mark.fill == HALF:
        inner.set(marker=marker, ms=scale * mark.size, fillstyle="left", mfcalt="none")
    return [outline, inner] if mark.fill in (HALF, POINTED) else [outline]


def _line(
    mark: Mark, along: Sequence[float], across: Sequence[float], width: float = STROKE
) -> Line2D:
    if mark.upright:
        along, across = [-value for value in across], along
    return _stroke(along, across, mark.side.colour, width)


def _stroke(xs: Sequence[float], ys: Sequence[float], paint: str, width: float = STROKE) -> Line2D:
    return Line2D(xs, ys, color=paint, lw=width, solid_capstyle="butt", solid_joinstyle="miter")


def _cap(mark: Mark, along: float) -> Line2D:
    return _line(mark, (along, along), (-CAP / 2, CAP / 2))


def _arrow(mark: Mark, way: int, start: float) -> list[Line2D]:
    tip = way * (start + ARROW)
    back = tip - way * 6
    return [_line(mark, (way * start, tip), (0, 0)), _line(mark, (back, tip, back), (5, 0, -5))]


def _sign(mark: Mark) -> Artist:
    if mark.firmness == "none":
        return _stroke((-5, 5), (0, 0), colour("axis"))
    sign, paint = FIRMNESS[mark.firmness].sign, mark.side.words
    return Text(0, -5, sign, size=15, weight="bold", color=paint, ha="center")


def put(ax: Axes, x: float, y: float, mark: Mark, gid: str = "", words: str = "") -> None:
    """Draw a mark at a point of axes; `gid` names its record, `words` are shown when pointed at."""
    area = DrawingArea(TARGET, TARGET, TARGET / 2, TARGET / 2)
    for part in ([_target(mark)] if words else []) + pieces(mark):
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
    edges = (-half, -before, TARGET, before + beyond)
    left, low, width, height = edges if mark.upright else (-before, -half, before + beyond, TARGET)
    return Rectangle((left, low), width, height, fc="none", ec="none", lw=0)
