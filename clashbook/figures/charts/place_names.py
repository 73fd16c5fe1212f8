"""Names of places on a map: beside a mark or in a circle, best on the side of their country."""

from __future__ import annotations

from shapely import Point
from shapely.geometry.base import BaseGeometry

from clashbook.figures.charts.labels import RATIO, SHIFTS, Place, Room, around
from clashbook.figures.charts.style import colour

LONG = 100  # pixels from which a name that is two has a line for each


def beside(room: Room, x: float, y: float, name: str, land: BaseGeometry) -> None:
    """Write a name beside a point, best within some land."""
    lines = _lines(name, room)
    places = _places(lines, room)
    width = room.sheet.widest(lines.split("\n"))
    own = [
        (dx, dy, align)
        for dx, dy, align in places
        if land.contains(Point(x + dx + width * (0.5 - SHIFTS[align]), y + dy))
    ]
    _ = room.label(x, y, lines, own, over=True) or room.label(x, y, lines, places, over=True)


def inside(room: Room, area: BaseGeometry, name: str, land: BaseGeometry) -> BaseGeometry:
    """Write a name low in an area, best within some land, and return the room it takes.

    Of an area too small for its name that is written beside it; in a crowd that leaves no room at
    all, it is the area's own room, and the name stands in the table alone.
    """
    lines, paint = _lines(name, room), colour("second")
    middle, low = (area.centroid.x, area.centroid.y), (area.centroid.x, area.bounds[3])
    written = (
        room.within(area.intersection(land), low, lines, paint, over=True)
        or room.within(area, low, lines, paint, over=True)
        or room.label(*middle, lines, _places(lines, room), size="key", colour=paint, over=True)
    )
    return room.words[-1] if written else area


def _places(name: str, room: Room) -> list[Place]:
    """Places round a mark for a name: what stands above a mark ends there."""
    rise = RATIO * room.sheet.size("value") * name.count("\n")
    return [
        (dx, dy - rise * (1 if dy < -9 else 0 if dy > 9 else 0.5), align)
        for dx, dy, align in around(11, 60)
    ]


def _lines(name: str, room: Room) -> str:
    """A name; a long one that is two has a line for each."""
    return name.replace("/", "/\n") if room.sheet.widest([name]) > LONG else name
