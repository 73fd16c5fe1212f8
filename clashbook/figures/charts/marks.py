"""The marks for one number.

Colour and shape say whose dead (or whose economy), fill says who counted, lines say how firm the
number is. A mark is one box of a few drawn pieces, so that a link can stand round all of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, DrawingArea
from matplotlib.patches import Circle, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from clashbook.figures.charts.style import FAMILIES, Side, colour
from clashbook.figures.charts.targets import TARGET, lead

CURRENT, NEWEST, REPLACED = 10, 11, 7
STROKE, OWN_STROKE, CAP, ARROW = 1.8, 4, 13, 20
SOLID, HALF, HOLLOW, POINTED = "solid", "half", "hollow", "pointed"
FILLS = {"own_side": SOLID, "own_side_and_others": HALF, "opposing_side": HOLLOW, "": SOLID}
DOTS = (0, (1, 2.2))
NOUNS = {"military": "soldier", "civilian": "civilian"}
WITHOUT_PLACE = {"unquantified": "?", "contested": "?", "none_reported": "0", "none": "–"}


@dataclass(frozen=True)
class Mark:
    """What a mark says.

    Parameters
    ----------
    side : Side
        Gives colour and shape.
    firmness : str
        exact, at_least, up_to, between, about, or one of `WITHOUT_PLACE`, which have none on the
        scale.
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


def fill_of(counted_by: str) -> str:
    """Fill of a mark, by the role of who counted."""
    return FILLS.get(counted_by, POINTED)


def pieces(mark: Mark) -> list[Artist]:
    """The drawing of a mark round the point it stands for, in pixels."""
    ends = mark.size / 2 + 1
    if mark.firmness in WITHOUT_PLACE:
        return [_sign(mark)]
    if mark.firmness == "up_to":
        parts = [_cap(mark, 0), *_arrow(mark, -1, 1)]
    elif mark.firmness == "between":
        stroke = OWN_STROKE if mark.fill == SOLID else STROKE
        across = _line(mark, [(0, 0), (mark.reach, 0)], stroke)
        parts = [_cap(mark, 0), _cap(mark, mark.reach), across]
    elif mark.firmness == "at_least":
        parts = [*_arrow(mark, 1, ends), *shape(mark)]
    elif mark.firmness == "about":
        stubs = [
            _line(mark, [(way * (ends + 1), 0), (way * (ends + 9), 0)], STROKE) for way in (-1, 1)
        ]
        parts = [*stubs, *shape(mark)]
    else:
        parts = shape(mark)
    return [*parts, *_slash(mark)]


def shape(mark: Mark) -> list[Artist]:
    """The point itself: its party's shape, and in it its fill."""
    hollow = mark.fill != SOLID
    look = {
        "facecolor": colour("page") if hollow else mark.side.colour,
        "edgecolor": mark.side.colour,
        "linewidth": STROKE if hollow else 0,
    }
    # A stroke stands half outside of its shape: hollow and solid marks are to be of one size.
    parts = [_outline(mark.side.marker, mark.size - (STROKE if hollow else 0), look)]
    if mark.fill == HALF:
        parts.append(_half(mark))
    if mark.fill == POINTED:
        dot = {"facecolor": mark.side.colour, "edgecolor": "none", "linewidth": 0}
        parts.append(Circle((0, 0), 1.7, **dot))
    return parts


def _half(mark: Mark) -> Artist:
    """The left half of a mark's shape, in its colour."""
    whole = _outline(mark.side.marker, mark.size, {})
    corners = whole.get_patch_transform().transform_path(whole.get_path()).to_polygons()[0]
    left = Path(corners).clip_to_bbox(Bbox([(-mark.size, -mark.size), (0, mark.size)]))
    return PathPatch(left, facecolor=mark.side.colour, edgecolor="none", linewidth=0)


def _outline(marker: str, size: float, look: dict) -> Artist:
    half = size / 2
    if marker == "circle":
        return Circle((0, 0), half, **look)
    if marker == "square":
        side = size * 0.92
        return Rectangle((-side / 2, -side / 2), side, side, **look)
    if marker == "diamond":
        tip = half * 1.2
        return Polygon([(0, tip), (tip, 0), (0, -tip), (-tip, 0)], **look)
    tip = half * 1.2
    corners = [math.radians(angle) for angle in (90, 210, 330)]
    return Polygon([(tip * math.cos(a), tip * math.sin(a)) for a in corners], **look)


def _line(mark: Mark, points: list[tuple[float, float]], width: float) -> Line2D:
    if mark.upright:
        points = [(-across, along) for along, across in points]
    xs, ys = zip(*points, strict=True)
    return Line2D(
        xs, ys, color=mark.side.colour, lw=width, solid_capstyle="butt", solid_joinstyle="miter"
    )


def _cap(mark: Mark, at: float) -> Line2D:
    return _line(mark, [(at, -CAP / 2), (at, CAP / 2)], STROKE)


def _arrow(mark: Mark, way: int, start: float) -> list[Line2D]:
    tip = way * (start + ARROW)
    head = [(tip - way * 6, 5), (tip, 0), (tip - way * 6, -5)]
    return [_line(mark, [(way * start, 0), (tip, 0)], STROKE), _line(mark, head, STROKE)]


def _slash(mark: Mark) -> list[Line2D]:
    if not mark.denied:
        return []
    middle = {"up_to": -ARROW / 2, "between": mark.reach / 2}.get(mark.firmness, 0)
    look = {"color": colour("ink"), "lw": STROKE, "solid_capstyle": "butt"}
    return [Line2D((middle - 5, middle + 5), (-9, 9), **look)]


def _sign(mark: Mark) -> Artist:
    if mark.firmness == "none":
        return Line2D((-5, 5), (0, 0), color=colour("axis"), lw=STROKE, solid_capstyle="butt")
    sign = WITHOUT_PLACE[mark.firmness]
    look = {"size": 15, "weight": "bold", "color": mark.side.words, "family": FAMILIES}
    return Text(0, -5, sign, ha="center", va="baseline", **look)


def put(ax: Axes, x: float, y: float, mark: Mark, gid: str = "", words: str = "") -> None:
    """Draw a mark at a point of axes; `gid` names the record it leads to, `words` what it says."""
    parts = pieces(mark)
    if words:
        parts.insert(0, _target(mark))
    box = AnnotationBbox(
        _area(parts, TARGET, TARGET),
        (x, y),
        frameon=False,
        pad=0,
        box_alignment=(0.5, 0.5),
        annotation_clip=False,
    )
    box.set_zorder(4)
    ax.add_artist(box)
    if words:
        lead(box, gid, words)


def reach(firmness: str, length: float = 0) -> tuple[float, float]:
    """Pixels that a mark takes along the scale, before and beyond the point it stands for."""
    known = {"at_least": (6, 28), "up_to": (22, 2), "about": (16, 16), "between": (6, length + 6)}
    return known.get(firmness, (6, 6))


def _target(mark: Mark) -> Rectangle:
    """An unseen shape under all of a mark: a finger needs more than the mark itself."""
    half = TARGET / 2
    before, beyond = (max(half, end) for end in reach(mark.firmness, mark.reach))
    edges = (-half, -before, TARGET, before + beyond)
    left, low, width, height = edges if mark.upright else (-before, -half, before + beyond, TARGET)
    return Rectangle((left, low), width, height, fc="none", ec="none", lw=0)


def _area(parts: Iterable[Artist], width: float, height: float) -> DrawingArea:
    area = DrawingArea(width, height, width / 2, height / 2)
    for part in parts:
        area.add_artist(part)
    return area


def place(row) -> float:
    """The number that a row's mark stands at: the end it has, or what it is about; else NaN."""
    ends = {"up_to": row.high, "about": row.best, "at_least": row.low, "between": row.low}
    if row.firmness in WITHOUT_PLACE:
        return math.nan
    return ends.get(row.firmness, row.low)


def counted(text: str, population: str) -> str:
    """A value with the people that it counts, where they are soldiers or civilians alone."""
    noun = NOUNS.get(population, "")
    return f"{text} {noun}{'' if text == '1' else 's'}" if noun else text


def valued(row, value: str = "") -> str:
    """What a row measures and its value: "at least 49 killed"; "no number given (killed)"."""
    value, what = value or row.text, f"{row.indicator_label[:1].lower()}{row.indicator_label[1:]}"
    return f"{value} ({what})" if row.firmness in WITHOUT_PLACE else f"{value} {what}"
