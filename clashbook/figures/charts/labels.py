"""Room for words: each label takes the first of its places that nothing else has taken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
from matplotlib.transforms import Bbox

from clashbook.figures.charts.sheet import Align, Sheet, Size
from clashbook.figures.charts.style import COLOURS, colour

AIR = 2
FAR = 20  # pixels between a mark and its label, from which a thin line joins them
RATIO = 1.25  # of a label's lines, to their size
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
        self.edges = (left, top, right, bottom)
        self.words: list[Bbox] = []
        self.lines: list[Bbox] = []

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep labels off a mark or a stroke."""
        self.lines.append(Bbox.from_extents(left, top, right, bottom))

    def take_line(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Keep labels off a line through points."""
        for x0, y0, x1, y1 in zip(xs, ys, xs[1:], ys[1:], strict=False):
            steps = max(1, int(math.hypot(x1 - x0, y1 - y0) / 3))
            for share in np.linspace(0, 1, steps + 1):
                x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
                self.take(x - 1.5, y - 1.5, x + 1.5, y + 1.5)

    def label(
        self,
        x: float,
        y: float,
        text: str,
        places: Sequence[Place],
        *,
        size: Size = "value",
        colour: str = COLOURS["ink"][0],
    ) -> bool:
        """Write a text at the first free place, or nowhere; the value is whether it was written.

        Parameters
        ----------
        text : str
            A line, or several with line breaks between them.
        places : sequence of (dx, dy, align)
            Offsets from the point to the first line, best first.
        """
        lines, high = text.split("\n"), self.sheet.size(size)
        width, step = self.sheet.widest(lines, size), RATIO * high
        # Where no place is in plain sight, a label behind a line is better than a mark without.
        for seen, (dx, dy, align) in product((True, False), places):
            to_x, to_y = x + dx, y + dy
            box = _box(to_x, to_y, width, high, step * (len(lines) - 1), align)
            if not self._is_free(box) or (seen and not self._in_sight(x, y, to_x, to_y)):
                continue
            self.words.append(box.padded(4 * AIR, 0))
            self.sheet.write(to_x, to_y, lines, size=size, colour=colour, align=align, step=step)
            if not seen or math.hypot(dx, dy) > FAR:
                self._leader(x, y, to_x, to_y)
            return True
        return False

    def _is_free(self, box: Bbox) -> bool:
        left, top, right, bottom = self.edges
        inside = left <= box.x0 and box.x1 <= right and top <= box.y0 and box.y1 <= bottom
        return inside and not box.padded(AIR).count_overlaps([*self.words, *self.lines])

    def _in_sight(self, x: float, y: float, to_x: float, to_y: float) -> bool:
        """Whether nothing lies between a mark and its label: across a line it would mislead."""
        way = math.hypot(to_x - x, to_y - y)
        shares = [pixels / way for pixels in range(7, int(way) + 1, 2)]
        between = [(x + share * (to_x - x), y + share * (to_y - y)) for share in shares]
        taken = [*self.words, *self.lines]
        return not any(box.contains(*point) for box in taken for point in between)

    def _leader(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A thin line from a mark to a label that stands too far off to be seen as its own."""
        way = math.hypot(to_x - x, to_y - y)
        # A line of text is reached sooner from the side than from above.
        stop = 1 - (9 if abs(to_y - y) > abs(to_x - x) else 3) / way
        shares = (7 / way, stop)
        xs, ys = [x + (to_x - x) * s for s in shares], [y + (to_y - y) * s for s in shares]
        self.sheet.line(xs, ys, colour("axis"), zorder=1)


def _box(x: float, y: float, width: float, size: float, below: float, align: Align) -> Bbox:
    left = x - width * {"left": 0, "center": 0.5, "right": 1}[align]
    return Bbox.from_extents(left, y - 0.65 * size, left + width, y + 0.65 * size + below)


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


def apart(wanted: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Heights nearest to those wanted that keep a gap between each other and within the edges."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    found = list(wanted)
    least = top
    for index in order:
        found[index] = max(found[index], least)
        least = found[index] + gap
    most = bottom
    for index in reversed(order):
        found[index] = min(found[index], most)
        most = found[index] - gap
    return found
