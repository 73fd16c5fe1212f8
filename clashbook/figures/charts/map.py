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
from matplotlib.patches import Circle, Rectangle
from matplotlib.transforms import Bbox
from shapely import Point, box, union_all
from shapely.geometry.base import BaseGeometry

from clashbook.figures.charts import marks, place_names, targets
from clashbook.figures.charts.ground import (
    Extent,
    View,
    draw_ground,
    draw_scale,
    name_area,
    name_countries,
)
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.labels import Room
from clashbook.figures.charts.marks import DOTS, HOLLOW, SOLID, Mark
from clashbook.figures.charts.place_names import Plot
from clashbook.figures.charts.style import BOTH, Sheet, colour, side, wrap

# Kilometres within which a place is known, and its mark's size; what is known less is a circle.
SIZES = {2: 8, 10: 12}
# Kilometres round all places, and round those of an enlarged piece, which is wider than high.
MARGIN, TIGHT, RATIO, PHONE_RATIO = 16, 8, 1.45, 1.2
ASIDE = 200  # what a list beside a map takes of a wide sheet
CLOSE, GAP, HEAD, LINE = 13, 20, 30, 17
ENLARGED = "enlarged"
NOT_PLACED = "Named, and not on the map"
NOT_KNOWN = "The gazetteer has no coordinates for them."


@dataclass(frozen=True)
class _Panel:
    """A piece of the globe with the rows drawn on it, and the pieces of it enlarged elsewhere."""

    head: str
    extent: Extent
    rows: pd.DataFrame
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
    y = draw_key(sheet, 0, _key(frame)) + 12
    half = sheet.width if sheet.phone else (sheet.width - GAP) / 2
    panels = [*_panels(frame, half, PHONE_RATIO if sheet.phone else RATIO)]
    if not sheet.phone:
        # The episodes side by side, and what is enlarged below them.
        panels.sort(key=lambda panel: panel.enlarges)
    beside = sheet.width if sheet.phone else sheet.width - ASIDE - GAP
    cells = [
        (width, partial(_draw_panel, sheet, panel, width))
        for panel in panels
        for width in (beside if panel.enlarges else half,)
    ]
    missing = frame[frame.latitude.isna()]
    if len(missing):
        width = sheet.width if sheet.phone else ASIDE
        cells.append((width, partial(_list, sheet, missing, width)))
    sheet.finish(_lay_out(sheet, cells, y) + 2)


def _lay_out(sheet: Sheet, cells: list[tuple[float, Callable]], top: float) -> float:
    """Draw cells from left to right in as many rows as they need; return where they end."""
    left, bottom = 0.0, top
    for width, draw in cells:
        if left and left + width > sheet.width + 1:
            left, top = 0.0, bottom + GAP
        bottom = max(bottom, draw(left, top))
        left += width + GAP
    return bottom


def _key(frame: pd.DataFrame) -> list[Entry]:
    placed = frame[frame.latitude.notna()]
    points = placed[placed.precision_km <= max(SIZES)]
    ink = side(BOTH)
    found = [
        Entry(words, (Mark(ink, fill=fill),))
        for happened, fill, words in (
            (True, SOLID, "something reported to have happened there"),
            (False, HOLLOW, "named in statements alone"),
        )
        if (points.happened == happened).any()
    ]
    known = {_known_to(row.precision_km) for row in points.itertuples()}
    found += [
        Entry(f"known within {km}\u00a0km", (Mark(ink, size=SIZES[km]),)) for km in sorted(known)
    ]
    if len(points) < len(placed):
        circle = {"line": colour("second"), "dotted": True}
        found.append(Entry("a region or district: somewhere in the circle", **circle))
    return found


def _known_to(precision: float) -> int:
    return next(km for km in SIZES if precision <= km)


def _panels(frame: pd.DataFrame, width: float, ratio: float) -> Iterator[_Panel]:
    """Each episode, all on one extent, and after it what of it is enlarged."""
    placed = frame[frame.latitude.notna()]
    if placed.empty:
        return
    whole = _around(placed, MARGIN)
    for episode, rows in placed.groupby("episode", sort=False):
        crowds = _crowds(rows, View(whole, 0, 0, width))
        pieces = tuple(_around(crowd, TIGHT).widened(ratio) for crowd in crowds)
        inside = [at for crowd in crowds for at in crowd.index]
        yield _Panel(episode, whole, rows.drop(index=inside), pieces)
        for crowd, piece in zip(crowds, pieces, strict=True):
            yield _Panel(f"{episode}, {ENLARGED}", piece, crowd, enlarges=True)


def _around(rows: pd.DataFrame, margin: float) -> Extent:
    places = zip(rows.latitude, rows.longitude, rows.precision_km, strict=True)
    return Extent.around(places, margin)


def _crowds(rows: pd.DataFrame, view: View) -> list[pd.DataFrame]:
    """The rows whose marks would touch, in groups."""
    marked = {
        row.Index: Point(view.at(row.latitude, row.longitude)).buffer(
            max(CLOSE, row.precision_km * view.pixels_a_km)
        )
        for row in rows.itertuples()
    }
    together = union_all([*marked.values()])
    groups = [
        rows.loc[[at for at, mark in marked.items() if part.contains(mark.centroid)]]
        for part in getattr(together, "geoms", [together])
    ]
    return [group for group in groups if len(group) > 1]


def _draw_panel(sheet: Sheet, panel: _Panel, width: float, left: float, top: float) -> float:
    """Draw a panel and return where it ends."""
    sheet.write(left, top + 10, panel.head, size=sheet.row_size, bold=True)
    view = View(panel.extent, left, top + HEAD, width)
    room = Room(sheet, *view.box)
    draw_ground(sheet, view, room)
    draw_scale(sheet, view, room)
    for piece in panel.pieces:
        _piece(sheet, view, piece, room)
    plot = Plot(sheet, view, room, [*room.lines])
    rows = [*panel.rows.itertuples()]
    points = [row for row in rows if _is_point(row, view)]
    circles = [(row, _circle(plot, row)) for row in rows if row not in points]
    for row in points:
        x, y = view.at(row.latitude, row.longitude)
        room.words.append(Bbox.from_extents(x - 6, y - 6, x + 6, y + 6))
    for row in points:
        _point(plot, row)
    for row, area in circles:
        _name_circle(plot, row, area)
    name_countries(sheet, view, room)
    return top + HEAD + view.height


def _piece(sheet: Sheet, view: View, piece: Extent, room: Room) -> None:
    """Mark what is enlarged in another panel; nothing else is written in it."""
    left, top = view.at(piece.north, piece.west)
    right, bottom = view.at(piece.south, piece.east)
    look = {"fc": "none", "ec": colour("ink"), "lw": 1.1, "zorder": 1}
    sheet.ax.add_patch(Rectangle((left, top), right - left, bottom - top, **look))
    name_area(room, box(left, top, right, bottom), (left, top), ENLARGED, size=sheet.key_size)
    room.take(left, top, right, bottom)


def _is_point(row, view: View) -> bool:
    """Whether a place is known closely, and lies on its side of the boundary as it is drawn."""
    known = row.precision_km <= max(SIZES)
    return known and view.is_within(row.country, row.latitude, row.longitude)


def _words(row) -> dict[str, str]:
    """What a row's mark leads to and says."""
    words = f"{row.name} ({row.country_name}), {row.episode}: {row.what}"
    return {"gid": targets.record(row), "words": targets.told(words, row)}


def _point(plot: Plot, row) -> None:
    """Draw a place's mark, and its name beside it, best on the side of its country."""
    x, y = plot.view.at(row.latitude, row.longitude)
    fill = SOLID if row.happened else HOLLOW
    mark = Mark(side(BOTH), fill=fill, size=SIZES[_known_to(row.precision_km)])
    marks.put(plot.sheet.ax, x, y, mark, **_words(row))
    _, land = plot.view.countries[row.country]
    place_names.beside(plot, x, y, row.name, land)


def _circle(plot: Plot, row) -> BaseGeometry:
    """Draw the circle within which a place lies, and return its area."""
    x, y = plot.view.at(row.latitude, row.longitude)
    radius = row.precision_km * plot.view.pixels_a_km
    look = {"fc": "none", "ec": colour("second"), "lw": 1.4, "ls": DOTS, "zorder": 1}
    plot.sheet.ax.add_patch(Circle((x, y), radius, **look))
    area = Point(x, y).buffer(radius)
    plot.room.take_line(*zip(*area.exterior.coords, strict=True))
    return area


def _name_circle(plot: Plot, row, area: BaseGeometry) -> None:
    """Write a place's name low in its circle, best in the part that is its country's."""
    _, land = plot.view.countries.get(row.country, ("", area))
    edges = place_names.inside(plot, area, row.name, land)
    middle, half = (edges.y0 + edges.y1) / 2, max(targets.TARGET, edges.height) / 2
    targets.area(plot.sheet.ax, edges.x0, middle - half, edges.x1, middle + half, **_words(row))


def _list(sheet: Sheet, rows: pd.DataFrame, width: float, left: float, top: float) -> float:
    """List what has no place on the map, and return where the list ends."""
    sheet.write(left, top + 10, NOT_PLACED, size=sheet.row_size, bold=True)
    look = {"size": sheet.key_size, "colour": colour("second")}
    y = top + HEAD - LINE / 2
    for line in wrap(NOT_KNOWN, sheet.key_size, width):
        sheet.write(left, y + LINE / 2, line, **look)
        y += LINE
    y += 6
    for row in rows.itertuples():
        start = y
        for line in wrap(f"{row.name} ({row.country_name})", sheet.value_size, width):
            sheet.write(left, y + LINE / 2, line)
            y += LINE
        for line in wrap(f"{row.episode}: {row.what}", sheet.key_size, width, balanced=False):
            sheet.write(left, y + LINE / 2, line, **look)
            y += LINE
        targets.area(sheet.ax, left, start, left + width, y, **_words(row))
        y += 8
    return y
