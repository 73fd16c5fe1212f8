import base64
import hashlib
import io
import json
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace

import drawn
import jsonschema
import pandas as pd
import pytest
import seaborn as sns
from lxml import etree
from PIL import Image

import clashbook
from clashbook.config import Config, Party
from clashbook.dataset.tables import Dataset
from clashbook.figures import charts, exhibit
from clashbook.figures.charts import style
from clashbook.figures.exhibit.book import Book, palette_css, sides_of
from clashbook.figures.svg import SVG, page_svg
from clashbook.language import day_in_words
from clashbook.pipeline import notebooks
from clashbook.prose.numbers import REFERENCE, Number, UnknownNumberError

PARTIES = {
    "ARM": Party("ARM", "#6C51A6", "#B3A2EC", "circle"),
    "AZE": Party("AZE", "#A15311", "#E3945F", "square"),
}
NUMBERS = {"toll": SimpleNamespace(text="at least\u00a018")}
WORDS = {"title": "Both sides: {number}`toll` killed", "alt": "Dots. {number}`toll`."}


def settings(parties=PARTIES, base_url=""):
    return Config(Path(), "Book", "", ["Team"], "Team", base_url, "", "CC BY 4.0", parties, [])


def words(numbers):
    """What stands in for the numbers of an edition: it writes the references of a text out."""

    def word(found):
        if found[2] not in numbers:
            raise UnknownNumberError(f"number {found[2]!r} is not declared")
        return numbers[found[2]].text

    return SimpleNamespace(resolve=lambda text: REFERENCE.sub(word, text))


def opened(data, numbers=NUMBERS, **more):
    return Book(data, settings(**more), words(numbers))


BOOK = {}


@pytest.fixture(autouse=True)
def _open(small_data):
    BOOK.update(data=small_data)


def tolls():
    return drawn.frame(
        drawn.toll("July 2020", drawn.ARM, "exact", 5, text="5", claims="first second"),
        drawn.toll("July 2020", drawn.AZE, "at_least", 13, text="at least 13", claims="july"),
    )


def made(frame=None, draw=charts.range_bars, key="tolls", book=None, **more):
    book, told = book or opened(BOOK["data"]), WORDS | more
    frame = tolls() if frame is None else frame
    return book.figure(key, draw, frame, **told) if draw else book.table(key, frame, **told)


def bundle_of(*args, **more):
    return made(*args, **more)._repr_mimebundle_()[exhibit.MIME]


def files_of(bundle):
    """The files of an exhibit, without the folder in their names."""
    content = {name: base64.b64decode(text) for name, text in bundle["files"].items()}
    record = bundle["record"] | {"chapter": "tolls.html"}
    content[record["files"]["json"]] = exhibit.metadata(bundle | {"record": record}, content)
    return {name.removeprefix("exhibits/"): each for name, each in content.items()}


# What leaves the notebook


def test_an_exhibit_leaves_as_a_bundle_with_pictures_and_words():
    shown = made()._repr_mimebundle_()
    assert list(shown) == [exhibit.MIME, "text/plain", "image/svg+xml", "image/png"]
    assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")
    assert shown["text/plain"] == "Both sides: at least\u00a018 killed"


def test_a_bundle_is_json_and_an_open_end_is_null():
    bundle = bundle_of()
    assert json.loads(json.dumps(bundle, allow_nan=False)) == bundle
    assert (bundle["rows"][1]["low"], bundle["rows"][1]["high"]) == (13, None)


def on_page(rows):
    """How many bytes a page gets of a figure that draws so many rows, one beneath the other."""

    def rows_of_words(frame, ax):
        ax.figure.set_figheight(len(frame) / 2)
        for place, text in enumerate(frame.text):
            ax.text(0.5, place / len(frame), text)

    frame = pd.DataFrame({"text": [f"Row {place}" for place in range(rows)], "claims": "first"})
    (shown,) = notebooks.on_page([{"data": made(frame, rows_of_words)._repr_mimebundle_()}])
    return len(json.dumps(shown))


def test_what_a_page_gets_of_a_figure_grows_by_its_rows_and_not_by_its_pictures():
    assert on_page(60) - on_page(20) < 40 * 1_500


def test_references_to_numbers_stay_in_the_bundle_as_they_are():
    assert bundle_of()["title"] == "Both sides: {number}`toll` killed"


def test_a_bundle_names_the_claims_and_the_sources_of_its_rows():
    bundle = bundle_of()
    assert bundle["claims"] == ["first", "july", "second"]
    assert bundle["sources"] == ["paper"]
    assert bundle["source_names"] == ["A newspaper"]


def test_the_sources_of_events_are_sources_of_the_exhibit():
    frame = pd.DataFrame([{"what": "Shells fell.", "events": "shells denied"}])
    assert bundle_of(frame, None)["sources"] == ["paper"]


def test_the_series_of_a_row_is_named_by_its_id():
    bundle = bundle_of(drawn.frame(drawn.point("2020-05", -12.8, series_id="growth")), charts.lines)
    assert bundle["series"] == ["growth"]
    assert bundle["rows"][0]["series"] == "growth"
    assert bundle["sources"] == ["office"]


def test_the_source_that_most_rows_rest_on_is_named_first():
    def named(*periods):
        line = [
            drawn.point(period, 1, series_id="growth", source_id="office") for period in periods
        ]
        said = drawn.point("2020-05", 2, "printed", claims="first", series_id="", source_id="paper")
        return bundle_of(drawn.frame(*line, said), charts.lines)["sources"]

    assert named("2020-06", "2020-07", "2020-08") == ["office", "paper"]
    assert named() == ["paper"]


def test_sources_that_an_early_edition_does_not_know_are_left_out():
    assert bundle_of(sources=["office", "of-next-year"])["sources"] == ["office"]


def test_the_table_beneath_shows_the_columns_that_were_named_in_their_order():
    columns = {"text": "Killed", "party_name": "Side"}
    assert list(bundle_of(columns=columns)["columns"].items()) == list(columns.items())


def test_a_table_alone_is_a_table_in_jupyter_too_and_has_no_pictures():
    frame = tolls().assign(text=["<b>5</b>", "at least 13"])
    shown = made(frame, draw=None, columns={"party_name": "Side", "text": "Killed"})
    shown = shown._repr_mimebundle_()
    assert list(shown) == [exhibit.MIME, "text/plain", "text/html"]
    assert "at least 13" in shown["text/plain"]
    assert "<th>Side</th>" in shown["text/html"]
    assert "&lt;b&gt;5&lt;/b&gt;" in shown["text/html"]
    assert "Both sides: at least\u00a018 killed" in shown["text/html"]


def test_before_the_first_claim_there_is_a_sentence_and_no_exhibit(small_data):
    early = opened(small_data.cut("2020-07-16"))
    empty = made(tolls().iloc[:0], book=early)
    assert empty._repr_mimebundle_() == {
        "text/plain": "Nothing reported by 16\u00a0July\u00a02020."
    }


# What the build makes of it


def test_a_figure_has_a_picture_of_two_kinds_its_data_and_its_metadata():
    assert sorted(files_of(bundle_of())) == [
        *("tolls-column.png", "tolls-slide.png", "tolls-small.png", "tolls.csv"),
        *("tolls.csv-metadata.json", "tolls.json", "tolls.pdf", "tolls.png", "tolls.svg"),
    ]


def test_files_repeat_byte_for_byte():
    assert bundle_of() == bundle_of()


def lines_of(bundle):
    """The lines of words that the SVG of an exhibit shows, as one text."""
    root = etree.fromstring(files_of(bundle)["tolls.svg"])
    return " ".join(
        line.get("aria-label") for line in root.iter(f"{SVG}g") if "aria-label" in line.attrib
    )


def test_the_picture_to_download_carries_what_a_pasted_figure_must_keep(small_data):
    shown = lines_of(bundle_of(subtitle="People killed.", note="A note."))
    assert "Both sides: at least\u00a018 killed" in shown
    for words in ("People killed.", "A note.", "Source: A newspaper", "CC BY 4.0."):
        assert words in shown
    assert "as known on 20\u00a0July\u00a02022" not in shown
    assert f"as known on {day_in_words(small_data.as_of)}." in shown


def test_the_picture_in_the_page_leaves_those_to_the_caption():
    assert "A newspaper" not in bundle_of()["svg_wide"]


def test_its_words_have_the_numbers_of_the_edition_written_out():
    files = files_of(bundle_of())
    assert "at least\u00a018 killed" in lines_of(bundle_of())
    assert json.loads(files["tolls.json"])["title"] == "Both sides: at least 18 killed"


def test_another_number_in_the_frame_changes_picture_csv_and_table_together():
    before = bundle_of()
    after = bundle_of(tolls().assign(low=[5, 14], text=["5", "at least 14"]))
    for kind in ("svg", "png", "csv", "json"):
        assert files_of(before)[f"tolls.{kind}"] != files_of(after)[f"tolls.{kind}"]
    assert "at least 14" in lines_of(after)
    assert after["rows"][1]["text"] == "at least 14"


@pytest.mark.parametrize("name", drawn.FIGURES)
def test_every_chart_is_an_exhibit_with_its_files(name):
    draw, make = drawn.FIGURES[name]
    files = files_of(bundle_of(make(), draw, sources=["paper"]))
    assert files["tolls.svg"]
    columns = pd.read_csv(io.BytesIO(files["tolls.csv"])).columns
    assert [name for name in columns if name in make()] == list(make().columns)


# A chart of one's own


def by_seaborn(frame, ax):
    sns.barplot(frame, x="party_name", y="low", hue="party_name", legend=False, ax=ax)
    ax.set(xlabel="", ylabel="Killed, at least")


def test_any_function_of_a_frame_and_axes_draws_a_figure():
    bundle = bundle_of(draw=by_seaborn)
    files = files_of(bundle)
    picture = Image.open(io.BytesIO(files["tolls.png"])).convert("L")
    assert picture.getextrema()[0] < 100
    for name in ("svg_wide", "svg_phone"):
        said = " ".join(etree.fromstring(bundle[name].encode()).itertext())
        for word in ("Armenia", "Azerbaijan", "Killed, at least"):
            assert word in said
    assert [row["low"] for row in bundle["rows"]] == [5, 13]


def test_what_stands_beside_a_chart_of_ones_own_is_within_its_picture():
    for width in (style.WIDE, style.PHONE):
        with style.using([]), style.drawing():
            figure = charts.figure.plot(by_seaborn, tolls(), width)
            held = figure.axes[0].get_tightbbox(figure.canvas.get_renderer())
        across, down = figure.get_size_inches() * style.PIXELS_PER_INCH
        assert held.x0 >= 0
        assert held.y0 >= 0
        assert held.x1 <= across
        assert held.y1 <= down


def test_a_chart_of_ones_own_is_legible_on_a_light_page_and_a_dark_one():
    root = etree.fromstring(page_svg(bundle_of(draw=by_seaborn)["svg_wide"], "x-", "").encode())
    words = [each for each in root.iter(f"{SVG}text") if "".join(each.itertext()).strip()]
    assert words
    for each in words:
        assert "c-" in "".join(e.get("class", "") for e in (each, *each.iterancestors()))
    # No ground of its own, which a dark page would show as a white box.
    assert not [e for e in root.iter() if e.get("fill", "").lower() in ("#ffffff", "white")]


def test_a_picture_is_twice_its_size_and_says_so_to_a_document():
    picture = Image.open(io.BytesIO(files_of(bundle_of())["tolls.png"]))
    assert picture.width == 2 * (720 + 2 * 16)
    assert [round(number) for number in picture.info["dpi"]] == [192, 192]


def test_the_metadata_have_no_empty_field_and_no_drawing():
    content = json.loads(files_of(bundle_of())["tolls.json"])
    assert all(content.values())
    assert content["files"]["png"] == "exhibits/tolls.png"
    assert "svg_wide" not in content


@pytest.mark.parametrize("draw", [charts.range_bars, None])
@pytest.mark.parametrize("base_url", ["", "https://book.example"])
def test_the_metadata_are_valid_against_the_schema_that_the_site_publishes(draw, base_url):
    book = opened(BOOK["data"], base_url=base_url)
    content = json.loads(files_of(bundle_of(draw=draw, note="A note.", book=book))["tolls.json"])
    schema = exhibit.SCHEMAS["schemas/exhibit.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(content, schema, jsonschema.Draft202012Validator)


def test_the_schemas_know_every_field_of_a_number_and_every_kind_of_record():
    number = exhibit.SCHEMAS["schemas/numbers.json"]["properties"]["numbers"]["items"]
    assert {*number["required"]} == {*(field.name for field in fields(Number)), "used_on"}
    entry = exhibit.SCHEMAS["schemas/exhibits.json"]["properties"]["exhibits"]["items"]
    for schema in (entry, exhibit.SCHEMAS["schemas/exhibit.json"]):
        assert {*exhibit.RECORDS} <= {*schema["properties"]}


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


def test_each_row_of_the_csv_has_its_own_sources():
    line = drawn.point("2020-06", 1, series_id="growth", source_id="office")
    said = drawn.point("2020-05", 2, "printed", claims="first", series_id="", source_id="")
    bundle = bundle_of(drawn.frame(line, said), charts.lines)
    read = pd.read_csv(io.BytesIO(files_of(bundle)["tolls.csv"]))
    assert list(read.sources) == ["office", "paper"]


def test_a_picture_says_where_it_is_from():
    assert "exhibits/tolls.html. Code " in lines_of(bundle_of())
    published = opened(BOOK["data"], base_url="https://book.example")
    assert "https://book.example/editions/" in lines_of(bundle_of(book=published))


def test_a_slide_has_the_shape_of_a_slide_and_the_figure_whole():
    slide = Image.open(io.BytesIO(files_of(bundle_of())["tolls-slide.png"]))
    assert slide.size == (1920, 1080)
    rows = [slide.convert("L").crop((0, y, 1920, y + 1)).getextrema() for y in (0, 1079)]
    assert rows == [(255, 255)] * 2


def test_a_column_is_as_wide_in_print_as_it_says():
    column = Image.open(io.BytesIO(files_of(bundle_of())["tolls-column.png"]))
    dots, _ = column.info["dpi"]
    assert column.width / dots * 2.54 == pytest.approx(8.5, abs=0.02)
    assert dots == pytest.approx(400, abs=1)


def test_the_text_of_a_pdf_stays_text():
    content = files_of(bundle_of())["tolls.pdf"]
    assert b"/FontFile2" in content
    assert b"/ToUnicode" in content
    assert b"/CreationDate" not in content


def test_our_licence_is_not_given_to_a_providers_series():
    points = drawn.frame(drawn.point("2020-05", -12.8, series_id="growth"))
    record = bundle_of(points, charts.lines)["record"]
    assert record["caption"].endswith("CC BY 4.0; series under their providers’ terms.")


def test_a_caption_to_cite_names_no_figure_number():
    record = bundle_of(subtitle="people killed.")["record"]
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
        ("no column 'date' in its frame", {"columns": {"date": "Day"}}),
        ("no sources", {"sources": ["unknown"]}),
        ("a figure needs a drawing function; write book.table", {"draw": "range_bars"}),
        ("lower-case letters", {"key": "Tolls of 2022"}),
    ],
)
def test_what_an_exhibit_lacks_is_named_with_the_exhibit(fault, more):
    with pytest.raises(exhibit.ExhibitError, match=f"exhibit .*{fault}"):
        made(**more)


def test_an_unknown_number_is_named_with_its_exhibit():
    with pytest.raises(exhibit.ExhibitError, match="exhibit tolls: number 'toll' is not declared"):
        made(book=opened(BOOK["data"], {}))


# Parties


def test_parties_are_drawn_in_the_order_of_the_data(small_data):
    actors = small_data.actors.iloc[::-1]
    turned = Dataset(small_data.tables | {"actors": actors}, small_data.as_of, "0", {})
    for data, ids in ((small_data, ["ARM", "AZE"]), (turned, ["AZE", "ARM"])):
        assert [side.id for side in sides_of(data, settings())] == ids


def test_the_style_sheet_of_figures_comes_from_the_settings():
    assert "--c-party-aze: #e3945f;" in palette_css(settings())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("as_of = '2022-09-13'\n", ""),
        ("asof = '2022-09-13'\n", "no such parameter: asof; write as_of or data_dir"),
    ],
)
def test_a_parameter_that_papermill_would_only_warn_of_is_refused(monkeypatch, given, said):
    ran = ["", "data_dir = ''\nas_of = ''", f"# Parameters\n{given}", "data = 1"]
    shell = SimpleNamespace(user_ns={"In": ran})
    monkeypatch.setattr("builtins.get_ipython", lambda: shell, raising=False)
    if not said:
        clashbook.open()
        return
    with pytest.raises(exhibit.ExhibitError, match=f"^{said}$"):
        clashbook.open()
