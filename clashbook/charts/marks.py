"""The marks for one number, and the key that explains those in use.

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
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.text import Text

from clashbook.charts.style import BOTH, TYPEFACE, Sheet, Side, clean, colour, side, text_width

CURRENT, NEWEST, REPLACED = 10, 11, 7
STROKE, OWN_STROKE, CAP, ARROW, TARGET = 1.8, 4, 13, 20, 24
KEY_GAP = 24
SOLID, HOLLOW, POINTED = "solid", "hollow", "pointed"
FILLS = {"own_side": SOLID, "opposing_side": HOLLOW, "": SOLID}
DOTS = (0, (1, 2.2))
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
        `SOLID` for own authorities, `HOLLOW` for the other side, `POINTED` for a third party.
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
    if mark.fill == POINTED:
        dot = {"facecolor": mark.side.colour, "edgecolor": "none", "linewidth": 0}
        parts.append(Circle((0, 0), 1.7, **dot))
    return parts


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
    look = {"size": 15, "weight": "bold", "color": mark.side.words, "family": TYPEFACE}
    return Text(0, -5, sign, ha="center", va="baseline", **look)


def put(ax: Axes, x: float, y: float, mark: Mark, gid: str = "", words: str = "") -> None:
    """Draw a mark at a point of axes; `gid` names the record it leads to, `words` its value."""
    parts = pieces(mark)
    if gid:
        # A finger needs more than the mark itself; a link takes the unseen square with it.
        half = TARGET / 2
        parts.insert(0, Rectangle((-half, -half), TARGET, TARGET, fc="none", ec="none", lw=0))
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
    if gid:
        lead(box, gid, words)


def lead(artist: Artist, gid: str, words: str) -> None:
    """Make an artist lead to the record of that gid; ids are unique within a figure."""
    taken = {other.get_gid() for other in artist.axes.get_children()}
    count = sum(str(other).partition("~")[0] == gid for other in taken)
    artist.set_gid(f"{gid}~{count + 1}" if count else gid)
    artist.set_label(clean(words))


def _area(parts: Iterable[Artist], width: float, height: float) -> DrawingArea:
    area = DrawingArea(width, height, width / 2, height / 2)
    for part in parts:
        area.add_artist(part)
    return area


def record(row) -> str:
    """The gid of the record that a row rests on first, or "" where it rests on none."""
    for column, kind in (("claims", "claim"), ("reactions", "reaction")):
        ids = str(getattr(row, column, "")).split()
        if ids:
            return f"{kind}:{ids[0]}"
    return ""


# Words and the room that the drawing takes, left and right of its point.
_FIRMNESS = {
    "at_least": ("at least", 7, 28),
    "up_to": ("up to", 23, 2),
    "between": ("a range", 2, 32),
    "about": ("about", 16, 16),
    "none_reported": ("none, as stated", 5, 5),
    "unquantified": ("no number given", 5, 5),
    "contested": ("numbers that exclude each other", 5, 5),
    "none": ("nothing found", 6, 6),
}
_COUNTERS = {
    SOLID: "own authorities",
    HOLLOW: "said by the other side",
    POINTED: "third party or press",
}


@dataclass(frozen=True)
class Entry:
    """One item of a key: drawings side by side, and what they mean."""

    words: str
    marks: tuple[Mark, ...] = ()
    left: float = 6
    right: float = 6
    line: str = ""  # colour of a stroke that stands in place of marks
    dotted: bool = False

    @property
    def drawn(self) -> float:
        """Pixels that the drawings take."""
        if self.line:
            return 28
        return (self.left + self.right + 4) * len(self.marks) - 4


def entries(
    sides: Iterable[Side],
    firmness: Iterable[str],
    counted_by: Iterable[str],
    *,
    upright: bool = False,
    denied: bool = False,
) -> list[Entry]:
    """The key's items for the marks in use, parties first, each kind in its fixed order."""
    sides = list(dict.fromkeys(sides))
    fills = {fill_of(role) for role in counted_by if role}
    ink = side(BOTH)
    known = set(firmness)
    found = [Entry(each.name, (Mark(each),)) for each in sides]
    if fills - {SOLID}:
        shapes = [each for each in sides if each.token != "both"] or [ink]
        found += [
            Entry(words, tuple(Mark(each, fill=fill) for each in shapes))
            for fill, words in _COUNTERS.items()
            if fill in fills
        ]
    for kind, (words, left, right) in _FIRMNESS.items():
        if kind in known:
            room = {"left": 7, "right": 7} if upright else {"left": left, "right": right}
            reach = 0 if kind != "between" else 12 if upright else 30
            found.append(Entry(words, (Mark(ink, kind, reach=reach, upright=upright),), **room))
    if denied:
        found.append(Entry("denied", (Mark(ink, fill=HOLLOW, denied=True),)))
    return found


def key(sheet: Sheet, top: float, items: Iterable[Entry]) -> float:
    """Draw a key over the sheet's width and return where it ends."""
    bottom = top
    for row in _key_rows(sheet, items):
        # An upright arrow is taller than a line of text.
        drawn = [mark for item, _ in row for mark in item.marks]
        tall = any(mark.upright and mark.firmness not in WITHOUT_PLACE for mark in drawn)
        middle = bottom + (20 if tall else 12)
        for item, x in row:
            _draw_entry(sheet, x, middle, item)
            look = {"size": sheet.key_size, "colour": colour("second")}
            sheet.write(x + item.drawn + 8, middle, item.words, **look)
        bottom += 40 if tall else 26
    return bottom


def _key_rows(sheet: Sheet, items: Iterable[Entry]) -> list[list[tuple[Entry, float]]]:
    """The items with their places, in as many rows as they need."""
    rows: list[list[tuple[Entry, float]]] = [[]]
    x = 0.0
    for item in items:
        width = item.drawn + 8 + text_width(item.words, sheet.key_size)
        if x and x + width > sheet.width:
            rows.append([])
            x = 0.0
        rows[-1].append((item, x))
        x += width + KEY_GAP
    return rows


def _draw_entry(sheet: Sheet, x: float, y: float, item: Entry) -> None:
    if item.line:
        style = DOTS if item.dotted else "-"
        sheet.ax.plot((x, x + 28), (y, y), color=item.line, lw=2, ls=style, dash_capstyle="butt")
    for mark in item.marks:
        shift = {"at_least": 11, "up_to": -10, "between": 6}.get(mark.firmness, 0)
        put(sheet.ax, x + item.left, y + (shift if mark.upright else 0), mark)
        x += item.left + item.right + 4
