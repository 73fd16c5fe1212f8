import base64
import hashlib
import io
import json
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import drawn
import jsonschema
import pandas as pd
import pytest
from PIL import Image

from clashbook import charts, citation, exhibit
from clashbook.config import Config, Party
from clashbook.execute import surroundings
from clashbook.exhibit.context import written_out
from clashbook.exhibit.drawing import frame_of
from clashbook.wording import day_in_words

PARTIES = {
    "ARM": Party("ARM", "#6C51A6", "#B3A2EC", "circle"),
    "AZE": Party("AZE", "#A15311", "#E3945F", "square"),
}
NUMBERS = {"toll": SimpleNamespace(text="at least\u00a018")}
DRAWN: dict[str, dict[str, bytes]] = {}
WORDS = {"title": "Both sides: {number}`toll` killed", "alt": "Dots. {number}`toll`."}


def settings(parties=PARTIES, base_url=""):
    return Config(Path(), "Book", "", ["Team"], "Team", base_url, "", "CC BY 4.0", parties, [])


def use(data, numbers=NUMBERS):
    exhibit.use(data, settings(), resolve=partial(written_out, numbers=numbers))


@pytest.fixture(autouse=True)
def _in_use(small_data):
    use(small_data)


def tolls():
    return drawn.frame(
        drawn.toll("July 2020", drawn.ARM, "exact", 5, text="5", claims="first second"),
        drawn.toll("July 2020", drawn.AZE, "at_least", 13, text="at least 13", claims="july"),
    )


def made(frame=None, draw=charts.toll_rows, key="tolls", **more):
    return exhibit.exhibit(key, draw, tolls() if frame is None else frame, **(WORDS | more))


def bundle_of(*args, **more):
    return made(*args, **more)._repr_mimebundle_()[exhibit.MIME]


def record_of(bundle, numbers=NUMBERS, base_url=""):
    config = settings(base_url=base_url)
    edition = citation.of_edition(config, bundle["as_of"], bundle["version"], "2026-11-22")
    return exhibit.about(bundle, numbers, config, edition) | {"chapter": "tolls.html"}


def files_of(bundle, numbers=NUMBERS, base_url=""):
    """The files of an exhibit, without the folder in their names; each drawn once."""
    record = record_of(bundle, numbers, base_url)
    key = json.dumps([bundle, record])
    if key not in DRAWN:
        DRAWN[key] = exhibit.files(bundle, record)
    return {name.removeprefix("exhibits/"): content for name, content in DRAWN[key].items()}


# What leaves the notebook


def test_an_exhibit_leaves_as_a_bundle_with_pictures_and_words():
    shown = made()._repr_mimebundle_()
    assert list(shown) == [exhibit.MIME, "text/plain", "image/svg+xml", "image/png"]
    assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")
    assert shown["text/plain"] == "Both sides: at least\u00a018 killed"


def test_where_the_build_runs_it_nothing_is_drawn_for_jupyter(tmp_path):
    with surroundings(tmp_path):
        assert list(made()._repr_mimebundle_()) == [exhibit.MIME, "text/plain"]
    assert "image/png" in made()._repr_mimebundle_()


def test_a_bundle_is_json_and_an_open_end_is_null():
    bundle = bundle_of()
    assert json.loads(json.dumps(bundle, allow_nan=False)) == bundle
    assert (bundle["rows"][1]["low"], bundle["rows"][1]["high"]) == (13, None)


def test_references_to_numbers_stay_in_the_bundle_as_they_are():
    assert bundle_of()["title"] == "Both sides: {number}`toll` killed"


def test_the_csv_is_the_frame_verbatim():
    frame = tolls()
    text = bundle_of(frame)["csv"]
    assert "\r" not in text
    pd.testing.assert_frame_equal(pd.read_csv(io.StringIO(text)), frame, check_dtype=False)


def test_a_bundle_names_the_claims_and_the_sources_of_its_rows():
    bundle = bundle_of()
    assert bundle["claims"] == ["first", "july", "second"]
    assert bundle["sources"] == ["paper"]
    assert bundle["source_names"] == ["A newspaper"]


def test_the_sources_of_events_are_sources_of_the_exhibit():
    frame = pd.DataFrame([{"what": "Shells fell.", "events": "shells denied"}])
    assert bundle_of(frame, None, kind="table")["sources"] == ["paper"]


def test_the_series_of_a_row_is_named_by_its_id():
    bundle = bundle_of(drawn.frame(drawn.point("2020-05", -12.8, series_id="growth")), charts.lines)
    assert bundle["series"] == ["growth"]
    assert bundle["rows"][0]["series"] == "growth"
    assert bundle["sources"] == ["office"]


def test_sources_that_an_early_edition_does_not_know_are_left_out():
    assert bundle_of(sources=["office", "of-next-year"])["sources"] == ["office"]


def test_the_table_beneath_shows_the_columns_that_were_named_in_their_order():
    columns = {"text": "Killed", "party_name": "Side"}
    assert list(bundle_of(columns=columns)["columns"].items()) == list(columns.items())


def test_a_table_alone_has_no_pictures():
    shown = made(draw=None, kind="table")._repr_mimebundle_()
    assert list(shown) == [exhibit.MIME, "text/plain"]
    assert "at least 13" in shown["text/plain"]


def test_before_the_first_claim_there_is_a_sentence_and_no_exhibit(small_data):
    use(small_data.cut("2020-07-16"))
    empty = made(tolls().iloc[:0])
    assert empty._repr_mimebundle_() == {
        "text/plain": "Nothing reported by 16\u00a0July\u00a02020."
    }


# What the build makes of it


def test_a_figure_has_a_picture_of_two_kinds_its_data_and_its_metadata():
    assert sorted(files_of(bundle_of())) == [
        *("tolls-slide.png", "tolls-small.png", "tolls.csv", "tolls.json", "tolls.pdf"),
        *("tolls.png", "tolls.svg"),
    ]


def test_files_repeat_byte_for_byte():
    bundle = bundle_of()
    record = record_of(bundle)
    assert exhibit.files(bundle, record) == exhibit.files(bundle, record)


def test_the_picture_to_download_carries_what_a_pasted_figure_must_keep(small_data):
    bundle = bundle_of(subtitle="People killed.", note="A note.")
    picture = files_of(bundle)["tolls.svg"].decode()
    assert "Both sides: at least\u00a018 killed" in picture
    for words in ("People killed.", "A note.", "Source: A newspaper", "CC BY 4.0."):
        assert words in picture
    assert "as known on 20\u00a0July\u00a02022" not in picture
    assert f"as known on {day_in_words(small_data.as_of)}." in picture


def test_the_picture_in_the_page_leaves_those_to_the_caption():
    assert "A newspaper" not in bundle_of()["svg_wide"]


def test_numbers_are_those_of_the_edition_and_not_of_the_notebook():
    files = files_of(bundle_of(), {"toll": {"text": "at least\u00a020"}})
    assert "at least\u00a020 killed" in files["tolls.svg"].decode()
    assert json.loads(files["tolls.json"])["title"] == "Both sides: at least\u00a020 killed"


def test_a_figure_is_drawn_from_its_csv_and_from_nothing_else():
    bundle = bundle_of()
    changed = bundle | {"csv": bundle["csv"].replace(",13.0,", ",14.0,")}
    assert changed["csv"] != bundle["csv"]
    before, after = (files_of(each) for each in (bundle, changed))
    assert before["tolls.svg"] != after["tolls.svg"]
    assert before["tolls.png"] != after["tolls.png"]


@pytest.mark.parametrize("name", drawn.FIGURES)
def test_every_chart_is_drawn_the_same_from_its_csv(name):
    draw, make = drawn.FIGURES[name]
    bundle = bundle_of(make(), draw, sources=["paper"])
    read = frame_of(bundle)
    assert list(read.columns) == list(make().columns)
    assert files_of(bundle)["tolls.svg"]


def test_words_that_look_like_missing_numbers_stay_words():
    frame = tolls().assign(text=["NA", "None"])
    assert list(frame_of(bundle_of(frame)).text) == ["NA", "None"]


def test_a_picture_is_twice_its_size_and_says_so_to_a_document():
    picture = Image.open(io.BytesIO(files_of(bundle_of())["tolls.png"]))
    assert picture.width == 2 * (720 + 2 * 16)
    assert [round(number) for number in picture.info["dpi"]] == [192, 192]


def test_the_metadata_have_no_empty_field_and_no_drawing():
    content = json.loads(files_of(bundle_of())["tolls.json"])
    assert all(content.values())
    assert content["files"]["png"] == "exhibits/tolls.png"
    assert "svg_wide" not in content


@pytest.mark.parametrize("draw", [charts.toll_rows, None])
@pytest.mark.parametrize("base_url", ["", "https://book.example"])
def test_the_metadata_are_valid_against_the_schema_that_the_site_publishes(draw, base_url):
    bundle = bundle_of(draw=draw, kind="figure" if draw else "table", note="A note.")
    content = json.loads(files_of(bundle, base_url=base_url)["tolls.json"])
    schema = exhibit.SCHEMAS["schemas/exhibit.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(content, schema, jsonschema.Draft202012Validator)


def test_an_empty_field_is_not_valid():
    content = json.loads(files_of(bundle_of())["tolls.json"]) | {"alt": ""}
    with pytest.raises(jsonschema.ValidationError, match=r"non-empty|too short"):
        jsonschema.validate(content, exhibit.SCHEMAS["schemas/exhibit.json"])


def test_the_digests_are_those_of_the_files():
    files = files_of(bundle_of())
    digests = json.loads(files["tolls.json"])["digests"]
    for name in ("tolls.csv", "tolls.pdf", "tolls-slide.png"):
        assert digests[f"exhibits/{name}"] == f"sha256-{hashlib.sha256(files[name]).hexdigest()}"


def test_the_csv_to_download_is_what_is_drawn_with_unit_sources_date_and_place():
    read = pd.read_csv(io.BytesIO(files_of(bundle_of())["tolls.csv"]))
    drawn_columns = list(tolls().columns)
    pd.testing.assert_frame_equal(
        read[drawn_columns].drop(columns=["text", "stated"]),
        tolls().drop(columns=["text", "stated"]),
        check_dtype=False,
    )
    assert list(read.text) == ["5", "at least 13"]
    assert list(read.stated) == ["14 September 2022"] * 2
    rest = read.drop(columns=drawn_columns).iloc[0].to_dict()
    assert rest["unit"] == "persons"
    assert rest["sources"] == "paper"
    assert rest["address"] == "exhibits/tolls.html"
    assert rest["as_of"]


def test_a_picture_says_where_it_is_from():
    assert "exhibits/tolls.html" in files_of(bundle_of())["tolls.svg"].decode()
    published = files_of(bundle_of(), base_url="https://book.example")["tolls.svg"].decode()
    assert "https://book.example/editions/" in published


def test_the_picture_brings_its_typeface_for_the_letters_that_it_has():
    picture = files_of(bundle_of())["tolls.svg"].decode()
    assert picture.count("@font-face") == 2
    assert "data:font/woff2;base64," in picture
    assert len(picture) < 60_000


def test_a_slide_has_the_shape_of_a_slide_and_the_figure_whole():
    slide = Image.open(io.BytesIO(files_of(bundle_of())["tolls-slide.png"]))
    assert slide.size == (1920, 1080)
    rows = [slide.convert("L").crop((0, y, 1920, y + 1)).getextrema() for y in (0, 1079)]
    assert rows == [(255, 255)] * 2


def test_the_text_of_a_pdf_stays_text():
    content = files_of(bundle_of())["tolls.pdf"]
    assert b"/FontFile2" in content
    assert b"/ToUnicode" in content
    assert b"/CreationDate" not in content


def test_our_licence_is_not_given_to_a_providers_series():
    points = drawn.frame(drawn.point("2020-05", -12.8, series_id="growth"))
    record = record_of(bundle_of(points, charts.lines))
    assert record["caption"].endswith("CC BY 4.0; series under their providers' terms.")


def test_a_caption_to_cite_names_no_figure_number():
    record = record_of(bundle_of(subtitle="people killed."))
    assert record["caption"] == (
        "Both sides: at least\u00a018 killed. People killed. Source: A newspaper. Book, data "
        f"version {record['version']}, as known on {day_in_words(record['as_of'])}. CC BY 4.0."
    )


def test_the_file_keeps_its_own_style_and_its_size_in_pixels():
    picture = files_of(bundle_of())["tolls.svg"].decode()
    assert 'width="752"' in picture
    assert "fill: #6c51a6" in picture


# What is refused


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        ("no text alternative", {"alt": " "}),
        ("no title", {"title": ""}),
        ("kind 'map'; write figure or table", {"kind": "map"}),
        ("no column 'date' in its frame", {"columns": {"date": "Day"}}),
        ("no sources", {"sources": ["unknown"]}),
        ("a figure needs a drawing function", {"draw": None}),
        ("not one of clashbook.charts", {"draw": lambda frame, ax: None}),
        ("lower-case letters", {"key": "Tolls of 2022"}),
    ],
)
def test_what_an_exhibit_lacks_is_named_with_the_exhibit(fault, more):
    with pytest.raises(exhibit.ExhibitError, match=f"exhibit .*{fault}"):
        made(**more)


def test_an_unknown_number_is_named_with_its_exhibit():
    with pytest.raises(exhibit.ExhibitError, match="exhibit tolls: no number toll"):
        record_of(bundle_of(), {})


def test_a_belligerent_without_a_colour_is_refused(small_data):
    with pytest.raises(exhibit.ExhibitError, match="no colour for AZE"):
        exhibit.use(small_data, settings({"ARM": PARTIES["ARM"]}))


def test_an_exhibit_before_any_data_says_what_to_call(monkeypatch):
    monkeypatch.setattr(exhibit.context, "_current", [])
    with pytest.raises(exhibit.ExhibitError, match=r"call exhibit\.use"):
        made()


# Parties


def test_parties_are_drawn_in_the_order_of_their_names_whatever_the_settings_say(small_data):
    turned = dict(reversed(PARTIES.items()))
    assert [side.name for side in exhibit.sides_of(small_data, settings(turned))] == [
        *("Armenia", "Azerbaijan")
    ]


def test_the_style_sheet_of_figures_comes_from_the_settings():
    assert "--c-party-aze: #e3945f;" in exhibit.palette_css(settings())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("as_of = '2022-09-13'\n", ""),
        ("asof = '2022-09-13'\n", "no such parameter: asof; write as_of or data_dir"),
    ],
)
def test_a_parameter_that_papermill_would_only_warn_of_is_refused(
    small_data, monkeypatch, given, said
):
    ran = ["", "data_dir = ''\nas_of = ''", f"# Parameters\n{given}", "data = 1"]
    shell = SimpleNamespace(user_ns={"In": ran})
    monkeypatch.setattr("builtins.get_ipython", lambda: shell, raising=False)
    if not said:
        use(small_data)
        return
    with pytest.raises(exhibit.ExhibitError, match=f"^{said}$"):
        use(small_data)
