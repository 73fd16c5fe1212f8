"""Whether a place lies in the country that it names, as the boundaries of the map draw it."""

import math
from functools import cache

import numpy as np

from clashbook.dataset.checks.rules import Faults, Row, row_rule

# Boundaries at one to ten million are drawn no finer.
_FINEST_KM = 5
_KM_A_DEGREE = 111.2


@row_rule(places="country latitude longitude precision_km")
def places_lie_in_their_country(row: Row) -> Faults:
    """A place lies in its country, as near as its coordinates and the boundaries are exact."""
    country, latitude, longitude, precision = row.values()
    near, away = np.fmax(_FINEST_KM, precision), _kilometres(country, latitude, longitude)
    if away is None:
        yield "country", "is not a country on the map", "its ISO 3166 code of three letters"
    elif away > near:
        other_way = _kilometres(country, longitude, latitude) if abs(longitude) <= 90 else None
        swapped = other_way is not None and other_way <= near
        way_out = "them the other way round" if swapped else "the right place or country"
        yield "latitude", f"lies {away:.0f} km from {country}", way_out


@cache
def _kilometres(country: str, latitude: float, longitude: float) -> float | None:
    """Return about how far a point lies from a country; 0 within it, None if there is none."""
    # The boundaries are read only where places are checked.
    from shapely.geometry import Point
    from shapely.ops import nearest_points

    from clashbook.dataset import boundaries

    land = boundaries.land(country)
    if land is None or np.isnan([latitude, longitude]).any():
        return None if land is None else 0
    there, _ = nearest_points(land, Point(longitude, latitude))
    east = (there.x - longitude) * math.cos(math.radians(latitude))
    return math.hypot(east, there.y - latitude) * _KM_A_DEGREE
