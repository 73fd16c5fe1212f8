"""Places on a map, a panel an episode; where they crowd, the piece is drawn again, larger.

A mark says how exactly a place is known and whether anything is reported to have happened there,
never how many died: what is known to a few kilometres is a point, a region the circle that it
lies in. What has no coordinates is listed, and placed nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Circle
from shapely import Point, box, union_all
from shapely.geometry.base import BaseGeometry

from clashbook.figures.charts import labels, marks, targets
from clashbook.figures.charts.ground import (
    Extent,
    View,
    draw_ground,
    draw_scale,
    name_countries,
)
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.labels import Room
from clashbook.figures.charts.marks import HOLLOW, SOLID, Mark
from clashbook.figures.charts.records import Record, grouped, read
from clashbook.figures.charts.sheet import DOTS, Sheet
from clashbook.figures.charts.style import BOTH, colour, side

# Kilometres within which a place is known, and its mark's size; what is known less is a circle.
SIZES = {2: 8, 10: 12}
# Kilometres round all places, and round those of an enlarged piece, which is wider than high.
MARGIN, TIGHT, RATIO, PHONE_RATIO = 16, 8, 1.45, 1.2
ASIDE = 200  # what a list beside a map takes of a wide sheet
CLOSE, GAP, HEAD, LINE = 13, 20, 30, 17
ENLARGED = "enlarged"
NOT_PLACED = "Named, and not on the map"
NOT_KNOWN = "The gazetteer has no coordinates for them."
# A width, and what draws with it from a left and a top and returns where it ends.
_Cell = tuple[float, Callable[[float, float, float], float]]


@dataclass(frozen=True, kw_only=True)
class _Place(Record):
    episode: str
    name: str
    country: str
    country_name: str
    what: str
    happened: bool
    latitude: float
    longitude: float
    precision_km: float

    @property
    def close(self) -> bool:
        """Whether it is known closely enough for a mark."""
        return self.precision_km <= max(SIZES)

    @property
    def known_to(self) -> int:
        return next(km for km in SIZES if self.precision_km <= km)

    @property
    def lead(self) -> tuple[str, str]:
        return self.mark(f"{self.name} ({self.country_name}), {self.episode}: {self.what}")

    def spot(self, view: View) -> tuple[float, float]:
        return view.spot(self.latitude, self.longitude)


@dataclass(frozen=True)
class _Panel:
    """A piece of the globe, the places drawn on it, and the pieces of it enlarged elsewhere."""

    head: str
    extent: Extent
    places: list[_Place]
    pieces: tuple[Extent, ...] = ()
    enlarges: bool = False


def places_map(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw places by episode.

    Parameters
    ----------
    frame : DataFrame
        episode, name, country (code), country_name, what (is reported of it), happened (bool),
        latitude, longitude (degrees; NaN: listed, not placed), precision_km, claimant, stated,
        events; one row a mark, in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    places = read(frame[frame.latitude.notna()], _Place)
    missing = read(frame[frame.latitude.isna()], _Place)
    y = draw_key(sheet, 0, _key(places)) + 12
    half = sheet.width if sheet.phone else (sheet.width - GAP) / 2
    panels = [*_panels(places, half, PHONE_RATIO if sheet.phone else RATIO)] if places else []
    if not sheet.phone:
        # The episodes side by side, and what is enlarged below them.
        panels.sort(key=lambda panel: panel.enlarges)
    beside = sheet.width if sheet.phone else sheet.width - ASIDE - GAP
    cells: list[_Cell] = [
        (beside if panel.enlarges else half, partial(_draw_panel, sheet, panel)) for panel in panels
    ]
    if missing:
        cells.append((sheet.width if sheet.phone else ASIDE, partial(_list, sheet, missing)))
    left, top, bottom = 0.0, y, y
    for width, draw in cells:
        if left and left + width > sheet.width + 1:
            left, top = 0.0, bottom + GAP
        bottom = max(bottom, draw(width, left, top))
        left += width + GAP
    sheet.finish(bottom + 2)


def _key(places: list[_Place]) -> list[Entry]:
    points = [place for place in places if place.close]
    ink = side(BOTH)
    found = [
        Entry(words, (Mark(ink, fill=fill),))
        for happened, fill, words in (
            (True, SOLID, "something reported to have happened there"),
            (False, HOLLOW, "named in statements alone"),
        )
        if any(point.happened == happened for point in points)
    ]
    found += [
        Entry(f"known within {km}\u00a0km", (Mark(ink, size=SIZES[km]),))
        for km in sorted({point.known_to for point in points})
    ]
    if len(points) < len(places):
        words = "a region or district: somewhere in the circle"
        found.append(Entry(words, line=colour("second"), dotted=True))
    return found


def _panels(places: list[_Place], width: float, ratio: float) -> Iterator[_Panel]:
    """Each episode, all on one extent, and after it what of it is enlarged."""
    whole = _around(places, MARGIN)
    for episode, mine in grouped(places, lambda place: place.episode).items():
        crowds = _crowds(mine, View(whole, 0, 0, width))
        pieces = tuple(_around(crowd, TIGHT).widened(ratio) for crowd in crowds)
        crowded = [place for crowd in crowds for place in crowd]
        alone = [place for place in mine if place not in crowded]
        yield _Panel(episode, whole, alone, pieces)
        for crowd, piece in zip(crowds, pieces, strict=True):
            yield _Panel(f"{episode}, {ENLARGED}", piece, crowd, enlarges=True)


def _around(places: list[_Place], margin: float) -> Extent:
    return Extent.around(((p.latitude, p.longitude, p.precision_km) for p in places), margin)


def _crowds(places: list[_Place], view: View) -> list[list[_Place]]:
    """The places whose marks would touch, in groups."""
    spots = [Point(place.spot(view)) for place in places]
    together = union_all(
        [
            spot.buffer(max(CLOSE, place.precision_km * view.pixels_a_km))
            for spot, place in zip(spots, places, strict=True)
        ]
    )
    groups = [
        [place for spot, place in zip(spots, places, strict=True) if part.contains(spot)]
        for part in getattr(together, "geoms", [together])
    ]
    return [group for group in groups if len(group) > 1]


def _draw_panel(sheet: Sheet, panel: _Panel, width: float, left: float, top: float) -> float:
    """Draw a panel and return where it ends."""
    sheet.head(left, top + 10, panel.head)
    view = View(panel.extent, left, top + HEAD, width)
    room = Room(sheet, left + 4, view.top + 2, left + width - 4, view.top + view.height - 2)
    draw_ground(sheet, view, room)
    draw_scale(sheet, view, room)
    for piece in panel.pieces:
        _piece(sheet, view, piece, room)
    room.solid = [*room.lines]
    # A point is known closely, and lies on its side of the boundary as it is drawn.
    points = [
        place
        for place in panel.places
        if place.close and view.is_within(place.country, place.latitude, place.longitude)
    ]
    circles = [(p, _circle(room, view, p)) for p in panel.places if p not in points]
    room.words += [Point(place.spot(view)).buffer(6) for place in points]
    for place in points:
        _point(room, view, place)
    for place, area in circles:
        _name_circle(room, view, place, area)
    name_countries(view, room)
    return top + HEAD + view.height


def _piece(sheet: Sheet, view: View, piece: Extent, room: Room) -> None:
    """Mark what is enlarged in another panel; nothing else is written in it."""
    corner = view.spot(piece.north, piece.west)
    edges = (*corner, *view.spot(piece.south, piece.east))
    sheet.box(*edges, edge=colour("ink"), width=1.1, zorder=1)
    room.within(box(*edges), corner, ENLARGED, colour("ink"), over=False)
    room.take(*edges)


def _point(room: Room, view: View, place: _Place) -> None:
    """Draw a place's mark, and its name beside it, best on the side of its country."""
    x, y = place.spot(view)
    mark = Mark(side(BOTH), fill=SOLID if place.happened else HOLLOW, size=SIZES[place.known_to])
    marks.put(room.sheet.ax, x, y, mark, *place.lead)
    _, land = view.countries[place.country]
    labels.beside(room, x, y, place.name, land)


def _circle(room: Room, view: View, place: _Place) -> BaseGeometry:
    """Draw the circle within which a place lies, and return its area."""
    spot, radius = place.spot(view), place.precision_km * view.pixels_a_km
    paint = colour("second")
    room.sheet.ax.add_patch(Circle(spot, radius, fc="none", ec=paint, lw=1.4, ls=DOTS, zorder=1))
    area = Point(spot).buffer(radius)
    room.lines.append(area.exterior)
    return area


def _name_circle(room: Room, view: View, place: _Place, area: BaseGeometry) -> None:
    """Write a place's name low in its circle, best in the part that is its country's."""
    _, land = view.countries.get(place.country, ("", area))
    left, top, right, bottom = labels.inside(room, area, place.name, land).bounds
    middle, half = (top + bottom) / 2, max(targets.TARGET, bottom - top) / 2
    targets.area(room.sheet.ax, left, middle - half, right, middle + half, *place.lead)


def _list(sheet: Sheet, places: list[_Place], width: float, left: float, top: float) -> float:
    """List what has no place on the map, and return where the list ends."""
    sheet.head(left, top + 10, NOT_PLACED)
    y = sheet.note(left, top + HEAD, sheet.wrap(NOT_KNOWN, width, "key"), step=LINE) + 6
    for place in places:
        name = sheet.wrap(f"{place.name} ({place.country_name})", width)
        what = sheet.wrap(f"{place.episode}: {place.what}", width, "key", balanced=False)
        end = sheet.note(left, sheet.write(left, y, name, step=LINE), what, step=LINE)
        edges = (left, y - LINE / 2, left + width, end - LINE / 2)
        targets.area(sheet.ax, *edges, *place.lead)
        y = end + 8
    return y - LINE / 2
