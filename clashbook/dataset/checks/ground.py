"""Whether a place lies in the country that it names, as the boundaries of the map draw it."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from clashbook.dataset.checks.rules import Faults, Row, row_rule

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Boundaries at one to ten million are drawn no finer.
_FINEST_KM = 5
_KM_A_DEGREE = 111.2


@row_rule(places="country latitude longitude precision_km")
def places_lie_in_their_country(row: Row) -> Faults:
    """A place lies in its country, as near as its coordinates and the boundaries are exact."""
    country, latitude, longitude, precision = row.values()
    if _land(country) is None:
        yield "country", "is no country of the boundaries", "its three letters, of ISO 3166"
    elif pd.notna([latitude, longitude]).all():
        near = max(_FINEST_KM, 0 if pd.isna(precision) else precision)
        away = _kilometres(country, latitude, longitude)
        if away > near:
            swapped = abs(longitude) <= 90 and _kilometres(country, longitude, latitude) <= near
            way_out = "the two the other way round" if swapped else "the right place or country"
            yield "latitude", f"lies {away:.0f} km from {country}", way_out


@cache
def _land(country: str) -> BaseGeometry | None:
    # The boundaries are read only where places are checked.
    from clashbook.dataset import boundaries

    return boundaries.land(country)


@cache
def _kilometres(country: str, latitude: float, longitude: float) -> float:
    """Return about how far a point lies from a country; 0 within it."""
    from shapely.geometry import Point
    from shapely.ops import nearest_points

    here = Point(longitude, latitude)
    there, _ = nearest_points(_land(country), here)
    east = (there.x - longitude) * math.cos(math.radians(latitude))
    return math.hypot(east, there.y - latitude) * _KM_A_DEGREE
