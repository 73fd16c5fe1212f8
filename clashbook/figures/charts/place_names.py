"""Names of places on a map: beside a mark or in a circle, best on the side of their country."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox
from shapely import Point
from shapely.geometry.base import BaseGeometry

from clashbook.figures.charts.ground import View, name_area
from clashbook.figures.charts.labels import Room, around
from clashbook.figures.charts.style import Sheet, colour, text_width

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
    words = _lines(name, plot.sheet)
    places = _places(words, plot.sheet)
    own = [place for place in places if land.contains(Point(x + place[3], y + place[1]))]
    _write(
        plot,
        *(partial(plot.room.label, x, y, words, [at[:3] for at in each]) for each in (own, places)),
    )


def inside(plot: Plot, area: BaseGeometry, name: str, land: BaseGeometry) -> Bbox:
    """Write a name low in an area, best within some land, and return the room it takes.

    Of an area too small for its name that is written beside it; in a crowd that leaves no room at
    all, it is the area's own room, and the name stands in the table alone.
    """
    words, near = _lines(name, plot.sheet), (area.centroid.x, area.bounds[3])
    look = {"size": plot.sheet.key_size, "colour": colour("second")}
    areas = (area.intersection(land), area)
    ways = [partial(name_area, plot.room, each, near, words, **look) for each in areas]
    places = [place[:3] for place in _places(words, plot.sheet)]
    middle = (area.centroid.x, area.centroid.y)
    ways.append(partial(plot.room.label, *middle, words, places, **look))
    return plot.room.words[-1] if _write(plot, *ways) else Bbox([area.bounds[:2], area.bounds[2:]])


def _places(name: str, sheet: Sheet) -> list[tuple[float, float, str, float]]:
    """Places round a mark for a name, each with how far to the right the name's middle is."""
    lines = name.split("\n")
    width = max(text_width(line, sheet.value_size) for line in lines)
    rise = 1.25 * sheet.value_size * (len(lines) - 1)
    aside = {"left": width / 2, "center": 0, "right": -width / 2}
    # What stands above a mark ends there; what stands beside it is as high as it.
    return [
        (dx, dy - rise * (1 if dy < -9 else 0 if dy > 9 else 0.5), align, dx + aside[align])
        for dx, dy, align in around(11, 60)
    ]


def _write(plot: Plot, *ways: Callable[[], bool]) -> bool:
    """Write a name in the first of ways that has room: clear of all lines, else over some."""
    room, every = plot.room, plot.room.lines
    for way in ways:
        for kept in (every, plot.solid, []):
            room.lines = kept
            written = way()
            room.lines = every
            if written and kept is not every:
                _clear(plot)
            if written:
                return True
    return False


def _clear(plot: Plot) -> None:
    """Take the lines away from under the name written last."""
    # Of the room that a name takes at its ends, the lines keep the most.
    edges = plot.room.words[-1].padded(-6, -1)
    look = {"fc": colour("fill"), "ec": "none", "lw": 0, "zorder": 2}
    plot.sheet.ax.add_patch(Rectangle(edges.min, edges.width, edges.height, **look))


def _lines(name: str, sheet: Sheet) -> str:
    """A name; a long one that is two has a line for each."""
    return name.replace("/", "/\n") if text_width(name, sheet.value_size) > LONG else name
