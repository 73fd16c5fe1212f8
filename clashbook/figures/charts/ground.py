"""The ground under marks of places: a piece of the globe, its countries and its scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np
import shapely
from matplotlib.transforms import Bbox
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry
from shapely.plotting import patch_from_polygon, plot_line

from clashbook.dataset import boundaries
from clashbook.figures.charts import labels
from clashbook.figures.charts.labels import Room
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour, parties

KM = 6371.0088 * math.pi / 180  # to a degree of latitude
# Boundaries lose what would move them by less than this, and are written to a tenth.
FINEST, DECIMALS = 0.5, 1
BAR = 0.3  # the most of a map's width that its scale takes
TINTS = ("fill", "grid")  # of the parties' countries in their order, none a party's own colour


def extent(places: Iterable[tuple[float, float, float]], margin: float) -> Bbox:
    """What holds places (latitude, longitude, radius in km) with a margin in km, in degrees."""
    edges = []
    for latitude, longitude, radius in places:
        up = (radius + margin) / KM
        across = up / math.cos(math.radians(latitude))
        edges.append(Bbox.from_bounds(longitude - across, latitude - up, 2 * across, 2 * up))
    return Bbox.union(edges)


def flattening(degrees: Bbox) -> float:
    """A degree of longitude in degrees of latitude, in the middle of a piece of the globe."""
    return math.cos(math.radians((degrees.y0 + degrees.y1) / 2))


def fitted(degrees: Bbox, ratio: float) -> Bbox:
    """The piece, reaching so much further that it is `ratio` times as wide as high."""
    shape = degrees.width * flattening(degrees) / degrees.height / ratio
    return degrees.expanded(max(1, 1 / shape), max(1, shape))


@dataclass(frozen=True)
class View:
    """A piece of the globe drawn on a sheet, as far across as `width` pixels reach.

    Parallels and meridians are straight and at right angles, and a kilometre is as long both ways
    in the middle of the extent; so near to it the scale holds all over.
    """

    extent: Bbox
    left: float
    top: float
    width: float

    @property
    def pixels_a_degree(self) -> float:
        return self.width / (self.extent.width * flattening(self.extent))

    @property
    def pixels_a_km(self) -> float:
        return self.pixels_a_degree / KM

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the sheet."""
        height = self.extent.height * self.pixels_a_degree
        return self.left, self.top, self.left + self.width, self.top + height

    def spot(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a place lies on the sheet."""
        ((x, y),) = self._on_sheet(np.array([(longitude, latitude)]))
        return float(x), float(y)

    def _on_sheet(self, points: np.ndarray) -> np.ndarray:
        corner = np.array((self.extent.x0, self.extent.y1))
        scale = np.array((flattening(self.extent), -1)) * self.pixels_a_degree
        return (self.left, self.top) + (points - corner) * scale

    @cached_property
    def countries(self) -> dict[str, tuple[str, BaseGeometry]]:
        """Name and drawn land of each country by its code, in pixels of the sheet."""
        found = boundaries.countries(*self.extent.extents)
        lands = [shapely.transform(country.land, self._on_sheet) for country in found]
        lands = shapely.coverage_simplify(lands, FINEST)
        lands = [shapely.transform(land, lambda points: points.round(DECIMALS)) for land in lands]
        pairs = zip(found, lands, strict=True)
        return {country.code: (country.name, land) for country, land in pairs}

    def is_within(self, country: str, latitude: float, longitude: float) -> bool:
        """Whether a place lies on its country's side of the boundary as it is drawn."""
        _, land = self.countries.get(country, ("", Point()))
        return bool(land.contains(Point(self.spot(latitude, longitude))))


def draw_ground(sheet: Sheet, view: View, room: Room) -> None:
    """Draw each party's country in a tint, every boundary in one line, and the frame."""
    tints = dict(zip((party.id for party in parties()), TINTS, strict=False))
    for code, (_, land) in view.countries.items():
        tint = colour(tints.get(code, "page"))
        # An artist like any other: a patch would have the limits of its bends worked out.
        sheet.ax.add_artist(patch_from_polygon(land, fc=tint, ec="none", lw=0, zorder=-2))
    frame = LineString(box(*view.box).exterior)
    edges = shapely.union_all([land.boundary for _, land in view.countries.values()])
    inner = shapely.line_merge(edges.difference(frame.buffer(2 * FINEST)))
    if not inner.is_empty:
        line = plot_line(inner, sheet.ax, add_points=False, color=colour("axis"), linewidth=1.1)
        line.set_zorder(-1)
        room.lines += getattr(inner, "geoms", [inner])
    sheet.box(*view.box, ec=colour("axis"), lw=0.9, zorder=0)


def draw_scale(sheet: Sheet, view: View, room: Room) -> None:
    """Draw a bar of a round number of kilometres in the lower left corner."""
    most = view.width * BAR / view.pixels_a_km
    size = 10 ** math.floor(math.log10(most))
    length = max(step * size for step in (1, 2, 5) if step * size <= most)
    left, _, _, bottom = view.box
    left, right, y = left + 10, left + 10 + length * view.pixels_a_km, bottom - 12
    bar = (left, left, right, right), (y - 5, y, y, y - 5)
    sheet.line(*bar, colour("second"), lw=1.2, zorder=1)
    words = f"{length:g}\u00a0km"
    sheet.note(right + 6, y - 2, words)
    room.take(left - 4, y - 10, right + 10 + sheet.widest([words], "key"), y + 6)


def name_countries(view: View, room: Room) -> None:
    """Write each country's name on its land, where that has room for it."""
    places = labels.on(96, 96, step=6)
    offsets = np.array([(dx, dy) for dx, dy, _ in places])
    for name, land in view.countries.values():
        words = name.upper()
        half = np.array((room.sheet.widest([words], "key") / 2 + 3, 8))
        part = max(getattr(land, "geoms", [land]), key=lambda piece: piece.area)
        centre = np.array(shapely.maximum_inscribed_circle(part, tolerance=2).coords[0])
        lows, highs = centre + offsets - half, centre + offsets + half
        shapely.prepare(part)
        fits = shapely.contains(part, shapely.box(*lows.T, *highs.T))
        x, y = map(float, centre)
        room.label(
            x, y, words, [*compress(places, fits)], size="key", colour=colour("second"), led=False
        )
