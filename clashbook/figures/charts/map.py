"""Places on a map: of each episode the whole ground, and where places crowd a larger piece of it.

A mark says who reports of the place; how closely that is known is a shade round it, so that a mark
is never larger for being less exact. What has no coordinates is listed, and placed nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox
from shapely import Point, box, union_all
from shapely.geometry.base import BaseGeometry
from shapely.plotting import patch_from_polygon

from clashbook.dataset import boundaries
from clashbook.figures.charts import ground, labels, marks, targets
from clashbook.figures.charts.ground import View, draw_ground, draw_scale, extent, fitted
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.labels import Room
from clashbook.figures.charts.marks import HOLLOW, SOLID, Mark
from clashbook.figures.charts.records import Record, grouped, read
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import BOTH, Side, colour, in_order, side

CLOSE = 10  # kilometres within which a place is known closely enough for a mark
CROWD = 30  # half of the pixels from one mark to another below which they crowd
MARGIN, TIGHT = 12, 12  # kilometres round the whole ground, and round a piece of it
SHARE, HIGH, GAP, HEAD = 0.56, 282, 16, 28
BROAD = 900  # pixels from which episodes stand side by side
OWN = 16  # pixels round the middle of a shade that no other name takes
SHADE, FAINT = (1.0, 0.85, 0.7, 0.55), 0.12  # the rings of a shade, to its radius
# Of a shade, where it is no circle, and of one area with that: print may have no colours.
SHAPES: dict[str, Callable[[Point, float], BaseGeometry]] = {
    "square": lambda point, radius: point.buffer(0.89 * radius, cap_style="square"),
    "diamond": lambda point, radius: point.buffer(1.25 * radius, quad_segs=1),
}
NOT_PLACED = "Named, and not on the map: the gazetteer has no coordinates"


@dataclass(frozen=True, kw_only=True)
class _Place(Record):
    episode: str
    name: str
    country: str
    country_name: str
    what: str
    happened: bool
    reporter: str
    reporter_name: str
    latitude: float
    longitude: float
    precision_km: float

    @property
    def point(self) -> tuple[float, float]:
        return self.latitude, self.longitude

    @property
    def side(self) -> Side:
        return side(self.reporter, self.reporter_name)

    @property
    def lead(self) -> tuple[str, str]:
        return self.mark(f"{self.name} ({self.country_name}), {self.episode}: {self.what}")


Places = Sequence[_Place]
Corner = tuple[float, float]


def places_map(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw places by episode.

    Parameters
    ----------
    frame : DataFrame
        episode ("": a landmark, on every map), name, country (code), country_name, what (is
        reported of it), happened (bool), reporter (the side whose report it is, or ""),
        reporter_name, latitude, longitude (degrees; NaN: listed, not placed), precision_km,
        claimant, stated, events; one row a mark, in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    rows = read(frame, _Place)
    landmarks = [row for row in rows if not row.episode]
    named = [row for row in rows if row.episode]
    placed = [row for row in named if row.latitude == row.latitude]
    y = top = draw_key(sheet, 0, _key(placed)) + 12 if placed else 0.0
    episodes = grouped(placed, lambda row: row.episode)
    # On a slide the episodes stand side by side.
    across = len(episodes) if sheet.width >= BROAD else 1
    width = (sheet.width - GAP * (across - 1)) / max(across, 1)
    for index, (episode, mine) in enumerate(episodes.items()):
        left, y = index % across * (width + GAP), top if across > 1 else y
        sheet.head(left, y + 10, episode)
        y = _draw_episode(sheet, mine, placed, landmarks, (left, y + HEAD), width) + GAP
    written = {text.get_text() for text in sheet.ax.texts}
    if short := [row.name for row in placed if row.name.split("/")[-1] not in written]:
        lines = sheet.wrap(f"In full: {', '.join(short)}", sheet.width, "key")
        y = sheet.note(0, y, lines) + GAP / 2
    if missing := [row for row in named if row not in placed]:
        y = _list(sheet, missing, y) + GAP
    sheet.finish(y - GAP + 2)


def _key(places: Places) -> list[Entry]:
    marked = [place for place in places if place.precision_km <= CLOSE]
    pointed = {place.side for place in marked if place.happened}
    found = [
        Entry(f"reported by {about.name}", [Mark(about)] * (about in pointed), "pale", about.colour)
        for about in in_order(p.side for p in places)
    ]
    if not all(place.happened for place in marked):
        found.append(Entry("named in statements alone", [Mark(side(BOTH), fill=HOLLOW)]))
    if shades := in_order(place.side for place in places if place not in marked):
        found.append(Entry("somewhere in the shaded area", bar="pale", paint=shades[0].colour))
    return found


def _draw_episode(
    sheet: Sheet, mine: Places, placed: Places, landmarks: Places, corner: Corner, room: float
) -> float:
    """Draw the whole ground and beside it, or on a phone below it, the piece with a crowd."""
    left, top = corner
    width = room if sheet.phone else SHARE * room
    lands = [boundaries.land(about.id) for about in in_order(p.side for p in placed)]
    edges = [Bbox.from_extents(*land.bounds) for land in lands if land is not None]
    around = extent(((*place.point, place.precision_km) for place in placed), MARGIN)
    view = View(fitted(Bbox.union([*edges, around]), width / HIGH), left, top, width)
    # What a place is named for here needs no name to find one's way by.
    landmarks = [mark for mark in landmarks if not any(mark.name in p.name for p in mine)]
    crowd = _crowd(mine, view)
    if not crowd:
        _draw_map(sheet, view, mine, landmarks)
        return top + HIGH
    beside, below = (0.0, HIGH + GAP) if sheet.phone else (width + GAP, 0.0)
    rest = room - beside
    piece = extent(((*place.point, place.precision_km) for place in crowd), TIGHT)
    detail = View(fitted(piece, rest / HIGH), left + beside, top + below, rest)
    # A district or region is shaded on the whole ground alone, whichever side's it is.
    close = [place for place in mine if place.precision_km <= CLOSE]
    inside = [place for place in close if detail.extent.contains(*place.point[::-1])]
    _draw_map(sheet, view, [p for p in mine if p not in inside], landmarks, detail.extent)
    _draw_map(sheet, detail, inside)
    return top + below + HIGH


def _crowd(places: Places, view: View) -> Places:
    """The most places, closely known, whose marks would touch; none where no two do."""
    near = [place for place in places if place.precision_km <= CLOSE]
    spots = [Point(view.spot(*place.point)) for place in near]
    together = union_all([spot.buffer(CROWD) for spot in spots])
    groups = [
        [place for place, spot in zip(near, spots, strict=True) if part.contains(spot)]
        for part in getattr(together, "geoms", [together])
    ]
    return max((group for group in groups if len(group) > 1), key=len, default=[])


def _draw_map(
    sheet: Sheet, view: View, places: Places, landmarks: Places = (), piece: Bbox | None = None
) -> None:
    left, top, right, bottom = view.box
    room = Room(sheet, left + 4, top + 2, right - 4, bottom - 2)
    draw_ground(sheet, view, room)
    draw_scale(sheet, view, room)
    if piece:
        edges = (*view.spot(piece.y1, piece.x0), *view.spot(piece.y0, piece.x1))
        sheet.box(*edges, ec=colour("ink"), lw=1.4, zorder=1)
        room.lines.append(box(*edges).exterior)
    # A mark is to be on its country's side of the boundary as that is drawn; else it is a shade.
    marked = [p for p in places if p.precision_km <= CLOSE and view.is_within(p.country, *p.point)]
    for place in (*marked, *(mark for mark in landmarks if mark.precision_km <= CLOSE)):
        room.words.append(Point(view.spot(*place.point)).buffer(6))
    # A name beside a mark has the fewest places, one on a shade the most. Of landmarks a point is
    # named first: beside it another's name would be read as its own.
    for place in marked:
        _draw_place(view, room, place, marked=True)
    for landmark in sorted(landmarks, key=lambda mark: mark.precision_km):
        _draw_landmark(view, room, landmark)
    ground.name_countries(view, room)
    shades = {p: Point(view.spot(*p.point)).buffer(OWN) for p in places if p not in marked}
    # Those in the middle of others have the fewest places for their names.
    order = sorted(shades, key=lambda one: sum(shades[one].distance(o) for o in shades.values()))
    room.lines += shades.values()
    for place in order:
        room.lines.remove(shades[place])
        _draw_place(view, room, place, marked=False)
        room.lines.append(shades[place])


def _draw_landmark(view: View, room: Room, place: _Place) -> None:
    """Draw what readers find their way by: a point with its name, or where it has room a name."""
    (x, y), exact, paint = view.spot(*place.point), place.precision_km <= CLOSE, colour("second")
    if exact:
        room.sheet.box(x - 2, y - 2, x + 2, y + 2, fc=paint, zorder=1)
    near = labels.around(9, 40) if exact else labels.on(30, 12)
    room.label(x, y, place.name, near, size="key", colour=paint, over=exact, led=exact)


def _draw_place(view: View, room: Room, place: _Place, *, marked: bool) -> None:
    """Draw a place's mark and shade, and its name beside it."""
    x, y = view.spot(*place.point)
    radius = place.precision_km * view.pixels_a_km
    about, ax = place.side, room.sheet.ax
    for ring in SHADE if radius > 8 or not marked else ():
        shape = SHAPES.get(about.marker, Point.buffer)(Point(x, y), max(radius, 8) * ring)
        area = _own(shape.intersection(box(*view.box)), place, view)
        how = {"fc": about.colour, "ec": "none", "lw": 0, "alpha": FAINT, "zorder": 0.5}
        ax.add_artist(patch_from_polygon(area, **how))
    if marked:
        marks.put(ax, x, y, Mark(about, fill=SOLID if place.happened else HOLLOW), *place.lead)
    else:
        half = targets.TARGET / 2
        targets.area(ax, x - half, y - half, x + half, y + half, *place.lead)
    first, near = place.name.partition("/")[0], labels.around(11, 70)
    # Where both of its names have no room, the first; both are below.
    for name, over in ((place.name.replace("/", "/\n"), False), (first, False), (first, True)):
        if room.label(x, y, name, near, colour=about.words, over=over):
            break


def _own(area: BaseGeometry, place: _Place, view: View) -> BaseGeometry:
    """What of an area is its country's, in one piece; all of it where nothing is."""
    _, land = view.countries.get(place.country, ("", area))
    own = area.intersection(land)
    return area if own.is_empty else max(getattr(own, "geoms", [own]), key=lambda piece: piece.area)


def _list(sheet: Sheet, places: Places, y: float) -> float:
    """List what has no place on the map, and return where the list ends."""
    y = sheet.head(0, y + 10, sheet.wrap(NOT_PLACED, sheet.width, "row", bold=True), step=20) + 4
    for place in places:
        text = f"{place.name} ({place.country_name}), {place.episode}: {place.what}"
        lines = sheet.wrap(text, sheet.width - 26)
        end = sheet.write(26, y, lines, step=18)
        marks.put(sheet.ax, 10, y, Mark(place.side), *place.lead)
        y = end + 8
    return y - 8
