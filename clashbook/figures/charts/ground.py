"""The ground under marks of places: a piece of the globe, its countries and its scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import shapely
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from clashbook.dataset import boundaries
from clashbook.figures.charts.labels import RATIO, Place, Room
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour

KM = 6371.0088 * math.pi / 180  # to a degree of latitude
# Boundaries lose what would move them by less than this, and are written to a tenth.
FINEST, DECIMALS = 0.5, 1
STEP = 5  # between the spots that are tried for a name
BAR = 0.3  # the most of a panel's width that its scale takes
Degrees = TypeVar("Degrees", float, np.ndarray)


@dataclass(frozen=True)
class Extent:
    """A piece of the globe, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, places: Iterable[tuple[float, float, float]], margin: float) -> Extent:
        """What holds places (latitude, longitude, radius in km), with a margin in km."""
        edges = []
        for latitude, longitude, radius in places:
            up = (radius + margin) / KM
            across = up / math.cos(math.radians(latitude))
            edges.append((longitude - across, latitude - up, longitude + across, latitude + up))
        wests, souths, easts, norths = zip(*edges, strict=True)
        return cls(min(wests), min(souths), max(easts), max(norths))

    def widened(self, ratio: float) -> Extent:
        """The piece, reaching so far east and west that it is `ratio` times as wide as high."""
        wide = (self.north - self.south) * ratio / self.flattening
        more = max(0, wide - (self.east - self.west)) / 2
        return replace(self, west=self.west - more, east=self.east + more)

    @property
    def flattening(self) -> float:
        """A degree of longitude in degrees of latitude, in the middle of the piece."""
        return math.cos(math.radians((self.south + self.north) / 2))


@dataclass(frozen=True)
class View:
    """An extent drawn on a sheet, as far across as `width` pixels reach.

    Parallels and meridians are straight and at right angles, and a kilometre is as long both ways
    in the middle of the extent; so near to it the scale holds all over.
    """

    extent: Extent
    left: float
    top: float
    width: float

    @property
    def pixels_a_degree(self) -> float:
        return self.width / ((self.extent.east - self.extent.west) * self.extent.flattening)

    @property
    def pixels_a_km(self) -> float:
        return self.pixels_a_degree / KM

    @property
    def height(self) -> float:
        return (self.extent.north - self.extent.south) * self.pixels_a_degree

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the sheet."""
        return self.left, self.top, self.left + self.width, self.top + self.height

    def spot(self, latitude: Degrees, longitude: Degrees) -> tuple[Degrees, Degrees]:
        """Where a place lies on the sheet."""
        across = (longitude - self.extent.west) * self.extent.flattening
        down = self.extent.north - latitude
        return (self.left + across * self.pixels_a_degree, self.top + down * self.pixels_a_degree)

    @cached_property
    def countries(self) -> dict[str, tuple[str, BaseGeometry]]:
        """Name and drawn land of each country by its code, in pixels of the sheet."""
        edges = self.extent
        found = boundaries.countries(edges.west, edges.south, edges.east, edges.north)
        lands = [shapely.transform(country.land, self._on_sheet) for country in found]
        lands = shapely.coverage_simplify(lands, FINEST)
        lands = [shapely.transform(land, lambda points: points.round(DECIMALS)) for land in lands]
        pairs = zip(found, lands, strict=True)
        return {country.code: (country.name, land) for country, land in pairs}

    def _on_sheet(self, points: np.ndarray) -> np.ndarray:
        return np.column_stack(self.spot(points[:, 1], points[:, 0]))

    def is_within(self, country: str, latitude: float, longitude: float) -> bool:
        """Whether a place lies on its country's side of the boundary as it is drawn."""
        if country not in self.countries:
            return False
        _, land = self.countries[country]
        return bool(land.contains(Point(self.spot(latitude, longitude))))


def draw_ground(sheet: Sheet, view: View, room: Room) -> None:
    """Draw land in one fill, every boundary in one line, and the frame; labels keep off lines."""
    lands = [land for _, land in view.countries.values()]
    _draw(sheet, shapely.union_all(lands), fc=colour("fill"), ec="none", lw=0, zorder=-2)
    frame = LineString(box(*view.box).exterior)
    edges = shapely.union_all([land.boundary for land in lands])
    inner = shapely.line_merge(edges.difference(frame.buffer(2 * FINEST)))
    _draw(sheet, inner, fc="none", ec=colour("axis"), lw=1.1, zorder=-1)
    for line in getattr(inner, "geoms", [inner]):
        if not line.is_empty:
            room.take_line(*zip(*line.coords, strict=True))
    sheet.box(*view.box, edge=colour("grid"), width=0.9, zorder=0)


def _draw(sheet: Sheet, shape: BaseGeometry, *, fc: str, ec: str, lw: float, zorder: float) -> None:
    """Draw lines or polygons as one path."""
    points: list[tuple[float, float]] = []
    codes: list[np.uint8] = []
    for part in getattr(shape, "geoms", [shape]):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            points += list(ring.coords)
            codes += [Path.MOVETO, *[Path.LINETO] * (len(ring.coords) - 1)]
    if points:
        path = Path(points, codes)
        sheet.ax.add_patch(PathPatch(path, fc=fc, ec=ec, lw=lw, zorder=zorder))


def draw_scale(sheet: Sheet, view: View, room: Room) -> None:
    """Draw a bar of a round number of kilometres in the lower left corner."""
    most = view.width * BAR / view.pixels_a_km
    size = 10 ** math.floor(math.log10(most))
    length = max(step * size for step in (1, 2, 5) if step * size <= most)
    left, _, _, bottom = view.box
    left, right, y = left + 10, left + 10 + length * view.pixels_a_km, bottom - 12
    bar = (left, left, right, right), (y - 5, y, y, y - 5)
    sheet.line(*bar, colour("second"), width=1.2, zorder=1, cap="butt")
    words = f"{length:g}\u00a0km"
    sheet.note(right + 6, y - 2, words)
    room.take(left - 4, y - 10, right + 10 + sheet.widest([words], "key"), y + 6)


def name_countries(sheet: Sheet, view: View, room: Room) -> None:
    """Write each country's name on those parts of its land that have room for it."""
    for name, land in view.countries.values():
        # Hair spaces set the letters apart.
        words = "\u200a".join(name.upper())
        for part in getattr(land, "geoms", [land]):
            centre = shapely.maximum_inscribed_circle(part, tolerance=2).coords[0]
            name_area(room, part, centre, words, colour("second"))


def name_area(
    room: Room, area: BaseGeometry, near: tuple[float, float], text: str, paint: str
) -> bool:
    """Write a text within an area, as near to a point as is free; whether it was written."""
    if area.is_empty:
        return False
    lines = text.split("\n")
    size = room.sheet.size("key")
    width = room.sheet.widest(lines, "key") / 2 + 5
    height = 0.65 * size * len(lines)
    left, top, right, bottom = area.bounds
    xs, ys = np.arange(left + width, right - width, STEP), np.arange(top + height, bottom, STEP)
    x, y = (grid.ravel() for grid in np.meshgrid(xs, ys))
    spots = shapely.box(x - width, y - height, x + width, y + height)
    shapely.prepare(area)
    free = shapely.contains(area, spots)
    edges = np.array([taken.extents for taken in (*room.words, *room.lines)]).reshape(-1, 4)
    free[shapely.STRtree(shapely.box(*edges.T)).query(spots, "intersects")[0]] = False
    # A label's point is the middle of its first line.
    up = -RATIO / 2 * size * (len(lines) - 1)
    found = sorted(zip(x[free], y[free], strict=True), key=lambda spot: math.dist(spot, near))
    places: list[Place] = [(0, up, "center")]
    return any(room.label(*spot, text, places, size="key", colour=paint) for spot in found)
