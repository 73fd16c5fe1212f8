"""Room for words: each label takes the first of its places that nothing else has taken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import shapely
from shapely import LineString, Point, STRtree, box
from shapely.geometry.base import BaseGeometry

from clashbook.figures.charts.sheet import Align, Sheet, Size
from clashbook.figures.charts.style import COLOURS, colour

AIR = 2
NEAR, FAR = 9, 20  # pixels from a mark that are its own, and from which a line leads to its label
RATIO = 1.25  # of a label's lines, to their size
SHIFTS: dict[Align, float] = {"left": 0, "center": 0.5, "right": 1}
Place = tuple[float, float, Align]


class Room:
    """What is taken on a sheet, in its pixels.

    Parameters
    ----------
    sheet : Sheet
        Labels are written on it.
    left, top, right, bottom : float
        No label leaves this.
    """

    def __init__(self, sheet: Sheet, left: float, top: float, right: float, bottom: float):
        self.sheet = sheet
        self.area = box(left, top, right, bottom)
        self.words: list[BaseGeometry] = []
        self.lines: list[BaseGeometry] = []
        # Lines that words cross last, where they may cross any.
        self.solid: list[BaseGeometry] = []

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep labels off a mark or a stroke."""
        self.lines.append(box(left, top, right, bottom))

    def take_line(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Keep labels off a line through points."""
        points = [*zip(xs, ys, strict=True)]
        self.lines.append(LineString(points) if len(points) > 1 else Point(*points))

    def label(
        self,
        x: float,
        y: float,
        text: str,
        places: Sequence[Place],
        *,
        size: Size = "value",
        colour: str = COLOURS["ink"][0],
        over: bool = False,
        led: bool = True,
    ) -> bool:
        """Write a text at the first free place, or nowhere; the value is whether it was written.

        Parameters
        ----------
        text : str
            A line, or several with line breaks between them.
        places : sequence of (dx, dy, align)
            Offsets from the point to the first line, best first.
        over : bool
            Whether it is better written over lines than nowhere.
        led : bool
            Whether it names the point and is to be seen as its own: in plain sight of it, and far
            from it at the end of a line.
        """
        lines, high = text.split("\n"), self.sheet.size(size)
        width, step = self.sheet.widest(lines, size), RATIO * high
        ends = [(x + dx, y + dy, align) for dx, dy, align in places]
        lefts = np.array([to_x - width * SHIFTS[align] for to_x, _, align in ends])
        tops = np.array([to_y - 0.65 * high for _, to_y, _ in ends])
        spots = shapely.box(lefts, tops, lefts + width, tops + 1.3 * high + step * (len(lines) - 1))
        inside = shapely.contains(self.area, spots)
        for taken in (self.lines, self.solid, []) if over else (self.lines,):
            free = inside & self._free(spots, AIR, taken)
            # Where no place is in plain sight, a label behind a line is better than none.
            seen = free & self._in_sight(x, y, ends, taken) if led and free.any() else free
            if not free.any():
                continue
            chosen = int((seen if seen.any() else free).argmax())
            to_x, to_y, align = ends[chosen]
            left, top, right, bottom = spots[chosen].bounds
            self.words.append(box(left - 4 * AIR, top, right + 4 * AIR, bottom))
            if taken and taken is self.solid:
                # Over a line that is only compared with; what it leads past is not hidden.
                self.sheet.box(left, top, right, bottom, fc=COLOURS["page"][0], zorder=-0.4)
            self.sheet.write(to_x, to_y, lines, size=size, colour=colour, align=align, step=step)
            if led and (not seen.any() or math.dist((x, y), (to_x, to_y)) > FAR):
                # To the nearest of its lines.
                self._leader(x, y, to_x, min(max(y, to_y), to_y + step * (len(lines) - 1)))
            return True
        return False

    def _free(
        self, shapes: Sequence[BaseGeometry], distance: float, lines: Sequence[BaseGeometry]
    ) -> np.ndarray:
        """Which of some shapes keep a distance from all words and from lines."""
        free = np.full(len(shapes), fill_value=True)
        found = STRtree([*self.words, *lines]).query(shapes, "dwithin", distance=distance)
        free[found[0]] = False
        return free

    def _in_sight(
        self, x: float, y: float, ends: Sequence[Place], lines: Sequence[BaseGeometry]
    ) -> np.ndarray:
        """Whether nothing lies between a mark and its label: across a line it would mislead."""
        rays = []
        for to_x, to_y, _ in ends:
            start = min(1, NEAR / math.dist((x, y), (to_x, to_y)))
            rays.append([(x + (to_x - x) * start, y + (to_y - y) * start), (to_x, to_y)])
        return self._free(shapely.linestrings(rays), 0, lines)

    def _leader(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A thin line from a mark to a label that stands too far off to be seen as its own."""
        way = math.hypot(to_x - x, to_y - y)
        # A line of text is reached sooner from the side than from above.
        stop = 1 - (9 if abs(to_y - y) > abs(to_x - x) else 3) / way
        shares = (7 / way, stop)
        xs, ys = [x + (to_x - x) * s for s in shares], [y + (to_y - y) * s for s in shares]
        self.sheet.line(xs, ys, colour("axis"), zorder=1)
        self.take_line(xs, ys)


def around(near: float, far: float) -> list[Place]:
    """Places round a point, nearest first: on rings, beside it before above and below."""
    places: list[Place] = []
    reach = near
    while reach <= far:
        for turn in (0, 180, 90, -90, 45, -45, 135, -135, 20, -20, 160, -160, 65, -65, 115, -115):
            across, down = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            align: Align = "center" if abs(across) < 0.1 else "left" if across > 0 else "right"
            # Words are centred on their height: above and below they need half of it more.
            places.append((reach * across, (reach + 4) * down, align))
        reach *= 1.35
    return places


def on(across: int, down: int, step: int = 3) -> list[Place]:
    """Places on a point and up to so many pixels from it, `step` apart, nearest first."""
    shifts = product(range(-across, across + 1, step), range(-down, down + 1, step))
    return [(dx, dy, "center") for dx, dy in sorted(shifts, key=lambda shift: math.hypot(*shift))]


def apart(wanted: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Heights nearest to those wanted that keep a gap between each other and within the edges."""
    order, steps = np.argsort(wanted, kind="stable"), gap * np.arange(len(wanted))
    # Less a step for each before it, heights that keep the gap never fall.
    least = np.maximum.accumulate(np.maximum(np.array(wanted)[order], top) - steps) + steps
    most = np.minimum.accumulate((np.minimum(least, bottom) - steps)[::-1])[::-1] + steps
    return most[np.argsort(order)].tolist()
