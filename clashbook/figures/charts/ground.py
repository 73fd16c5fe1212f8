"""The ground under marks of places: a piece of the globe, its countries and its scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import shapely
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry
from shapely.plotting import patch_from_polygon, plot_line

from clashbook.dataset import boundaries
from clashbook.figures.charts.labels import Place, Room
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour, parties

KM = 6371.0088 * math.pi / 180  # to a degree of latitude
# Boundaries lose what would move them by less than this, and are written to a tenth.
FINEST, DECIMALS = 0.5, 1
BAR = 0.3  # the most of a map's width that its scale takes
TINTS = ("fill", "grid")  # of the parties' countries in their order, none a party's own colour
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
        return cls.holding(edges)

    @classmethod
    def holding(cls, edges: Iterable[tuple[float, ...]]) -> Extent:
        """What holds pieces, each given by its west, south, east and north."""
        wests, souths, easts, norths = zip(*edges, strict=True)
        return cls(min(wests), min(souths), max(easts), max(norths))

    def fitted(self, ratio: float) -> Extent:
        """The piece, reaching so much further that it is `ratio` times as wide as high."""
        wide, high = (self.east - self.west) * self.flattening, self.north - self.south
        across = max(0, high * ratio - wide) / 2 / self.flattening
        up = max(0, wide / ratio - high) / 2
        west, east = self.west - across, self.east + across
        return Extent(west, self.south - up, east, self.north + up)

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.west < longitude < self.east and self.south < latitude < self.north

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
    """Draw each party's country in a tint, every boundary in one line, and the frame."""
    tints = dict(zip((party.id for party in parties()), TINTS, strict=False))
    for code, (_, land) in view.countries.items():
        tint = colour(tints.get(code, "page"))
        sheet.ax.add_patch(patch_from_polygon(land, fc=tint, ec="none", lw=0, zorder=-2))
    frame = LineString(box(*view.box).exterior)
    edges = shapely.union_all([land.boundary for _, land in view.countries.values()])
    inner = shapely.line_merge(edges.difference(frame.buffer(2 * FINEST)))
    if not inner.is_empty:
        line = plot_line(inner, sheet.ax, add_points=False, color=colour("axis"), linewidth=1.1)
        line.set_zorder(-1)
        room.lines += getattr(inner, "geoms", [inner])
    sheet.box(*view.box, edge=colour("axis"), width=0.9, zorder=0)


def draw_scale(sheet: Sheet, view: View, room: Room) -> None:
    """Draw a bar of a round number of kilometres in the lower left corner."""
    most = view.width * BAR / view.pixels_a_km
    size = 10 ** math.floor(math.log10(most))
    length = max(step * size for step in (1, 2, 5) if step * size <= most)
    left, _, _, bottom = view.box
    left, right, y = left + 10, left + 10 + length * view.pixels_a_km, bottom - 12
    bar = (left, left, right, right), (y - 5, y, y, y - 5)
    sheet.line(*bar, colour("second"), width=1.2, zorder=1)
    words = f"{length:g}\u00a0km"
    sheet.note(right + 6, y - 2, words)
    room.take(left - 4, y - 10, right + 10 + sheet.widest([words], "key"), y + 6)


def name_countries(view: View, room: Room) -> None:
    """Write each country's name on its land, where that has room for it."""
    steps = sorted(range(-96, 97, 3), key=abs)
    offsets = np.array(
        sorted(((dx, dy) for dx in steps for dy in steps), key=lambda shift: math.hypot(*shift))
    )
    for name, land in view.countries.values():
        words = name.upper()
        half = np.array((room.sheet.widest([words], "key") / 2 + 3, 8))
        part = max(getattr(land, "geoms", [land]), key=lambda piece: piece.area)
        centre = np.array(shapely.maximum_inscribed_circle(part, tolerance=2).coords[0])
        lows, highs = centre + offsets - half, centre + offsets + half
        shapely.prepare(part)
        fits = shapely.contains(part, shapely.box(*lows.T, *highs.T))
        places: list[Place] = [(float(dx), float(dy), "center") for dx, dy in offsets[fits]]
        x, y = map(float, centre)
        room.label(x, y, words, places, size="key", colour=colour("second"), led=False)
