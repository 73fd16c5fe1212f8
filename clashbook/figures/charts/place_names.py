"""Names of places on a map: beside a mark or in a circle, best on the side of their country."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from matplotlib.transforms import Bbox
from shapely import Point
from shapely.geometry.base import BaseGeometry

from clashbook.figures.charts.ground import View, name_area
from clashbook.figures.charts.labels import RATIO, Place, Room, around
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour

LONG = 100  # pixels from which a name that is two has a line for each


@dataclass(frozen=True)
class Plot:
    """What a panel is drawn with; before names cross what is `solid` they cross other lines."""

    sheet: Sheet
    view: View
    room: Room
    solid: list[Bbox]


def beside(plot: Plot, x: float, y: float, name: str, land: BaseGeometry) -> None:
    """Write a name beside a point, best within some land."""
    lines = _lines(name, plot.sheet)
    places = _places(lines, plot.sheet)
    own = [place for place, aside in places if land.contains(Point(x + aside, y + place[1]))]
    ways = (own, [place for place, _ in places])
    _write(plot, *(partial(plot.room.label, x, y, lines, way) for way in ways))


def inside(plot: Plot, area: BaseGeometry, name: str, land: BaseGeometry) -> Bbox:
    """Write a name low in an area, best within some land, and return the room it takes.

    Of an area too small for its name that is written beside it; in a crowd that leaves no room at
    all, it is the area's own room, and the name stands in the table alone.
    """
    lines, near = _lines(name, plot.sheet), (area.centroid.x, area.bounds[3])
    paint = colour("second")
    areas = (area.intersection(land), area)
    ways = [partial(name_area, plot.room, part, near, lines, paint) for part in areas]
    places = [place for place, _ in _places(lines, plot.sheet)]
    middle = (area.centroid.x, area.centroid.y)
    ways.append(partial(plot.room.label, *middle, lines, places, size="key", colour=paint))
    return plot.room.words[-1] if _write(plot, *ways) else Bbox([area.bounds[:2], area.bounds[2:]])


def _places(name: str, sheet: Sheet) -> list[tuple[Place, float]]:
    """Places round a mark for a name, each with how far to the right the name's middle is."""
    lines = name.split("\n")
    width = sheet.widest(lines)
    rise = RATIO * sheet.size("value") * (len(lines) - 1)
    aside = {"left": width / 2, "center": 0, "right": -width / 2}
    # What stands above a mark ends there; what stands beside it is as high as it.
    return [
        ((dx, dy - rise * (1 if dy < -9 else 0 if dy > 9 else 0.5), align), dx + aside[align])
        for dx, dy, align in around(11, 60)
    ]


def _write(plot: Plot, *ways: Callable[[], bool]) -> bool:
    """Write a name in the first of ways that has room: clear of all lines, else over some."""
    room, lines = plot.room, plot.room.lines
    for way in ways:
        for kept in (lines, plot.solid, []):
            room.lines = kept
            written = way()
            room.lines = lines
            if written and kept is not lines:
                # The lines are taken away from under the name; its ends keep the most of them.
                edges = room.words[-1].padded(-6, -1)
                plot.sheet.box(*edges.extents, fill=colour("fill"), zorder=2)
            if written:
                return True
    return False


def _lines(name: str, sheet: Sheet) -> str:
    """A name; a long one that is two has a line for each."""
    return name.replace("/", "/\n") if sheet.widest([name]) > LONG else name
