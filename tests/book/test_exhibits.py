"""Every exhibit of the book: drawn from its table, its files whole, its words to be copied."""

import csv
import hashlib
import io
import json
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import frictionless
import jsonschema
import numpy as np
import pandas as pd
import pytest
from lxml import html

import clashbook
from clashbook import config
from clashbook.figures import charts
from clashbook.figures.charts.style import PHONE, WIDE
from clashbook.figures.exhibit.drawing import Drawing
from clashbook.figures.exhibit.embedding import MOST
from clashbook.figures.svg import page_svg
from clashbook.pipeline.edition import Edition
from clashbook.website import serve

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def staged(site):
    """What the build has laid out for the site's own edition."""
    return Edition(config.read(ROOT), ROOT / "data", site).work / "stage" / "_clashbook"


@pytest.fixture(scope="session")
def bundles(staged):
    return [json.loads(path.read_text()) for path in sorted((staged / "exhibits").glob("*.json"))]


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def index(site):
    return read(site / "exhibits.json")["exhibits"]


# Drawn from the data

# Which function draws what, by the notebooks.
DRAWS = {
    found[1]: getattr(charts, found[2])
    for path in (ROOT / "notebooks").glob("*.ipynb")
    for found in re.finditer(
        r'book\.figure\(\\"([\w-]+)\\", charts\.(\w+),', path.read_text(encoding="utf-8")
    )
}


@pytest.fixture(scope="session")
def parties():
    return clashbook.open().parties


def frame_of(bundle):
    """The frame of an exhibit, from the rows and the columns of its metadata."""
    frame = pd.DataFrame(bundle["rows"], columns=list(bundle["types"]))
    for name, kind in bundle["types"].items():
        if kind == "number":
            frame[name] = frame[name].astype(float)
        elif not frame[name].isin([True, False]).all():
            frame[name] = frame[name].fillna("").astype(str)
    return frame.infer_objects()


def perturbed(frame):
    """Copies of a frame, each with one number larger; of one without numbers, with a row less.

    A row less is one that is drawn: of a timeline a key moment.
    """
    shown = np.flatnonzero(frame.moment) if "moment" in frame else [0]
    numbers = frame.select_dtypes("number")
    # "None reported" has no number to be larger.
    said = frame.get("firmness", "") != "none_reported"
    known = np.flatnonzero(numbers.notna().any(axis=1) & said)
    for row in known[[0, -1]] if len(known) else shown[:1]:
        if not len(known):
            yield frame.drop(index=frame.index[row])
            continue
        copy = frame.copy()
        columns = [frame.columns.get_loc(name) for name in numbers]
        copy.iloc[row, columns] = copy.iloc[row, columns] * 1.5 + 1
        if "adds" in frame:
            # Statements stand on their days, and their numbers are drawn as words.
            copy.iloc[row, frame.columns.get_loc("text")] = f"{copy.low.iloc[row]:.0f}"
        yield copy


def test_another_number_makes_another_drawing_at_both_widths(bundles, parties):
    drawn = [bundle for bundle in bundles if bundle["svg_wide"]]
    assert len(drawn) > 5
    unmoved = []
    for bundle in drawn:
        draw, frame = DRAWS[bundle["id"]], frame_of(bundle)
        for width in (WIDE, PHONE):
            label = f"{bundle['id']} at {width:g}"
            before = Drawing(draw, frame, parties).for_page(width)
            for changed in perturbed(frame):
                after = Drawing(draw, changed, parties).for_page(width)
                unmoved += [label] if after == before else []
    assert unmoved == []


def test_the_drawing_in_the_page_is_that_of_the_table(site, bundles, parties):
    for bundle in (each for each in bundles if each["svg_wide"]):
        drawing = Drawing(DRAWS[bundle["id"]], frame_of(bundle), parties).for_page(PHONE)
        drawn = html.fromstring(page_svg(drawing, "", ""))
        words = [each.strip() for each in drawn.itertext() if each.strip()]
        page = html.parse(str(site / "exhibits" / f"{bundle['id']}.html")).getroot()
        (shown,) = page.find_class("picture-phone")
        assert [each.strip() for each in shown.itertext() if each.strip()] == words, bundle["id"]


# Files and indexes


def test_ids_are_unique_and_every_file_is_there_with_its_digest(site, index):
    assert len({entry["id"] for entry in index}) == len(index)
    named = [path for entry in index for path in entry["files"].values()]
    assert len(set(named)) == len(named)
    assert {path.relative_to(site).as_posix() for path in site.glob("exhibits/*")} >= set(named)
    for entry in index:
        assert set(entry["digests"]) == set(entry["files"].values())
        own = read(site / entry["files"]["json"])["digests"]
        for name, digest in (own | entry["digests"]).items():
            now = hashlib.sha256((site / name).read_bytes()).hexdigest()
            assert digest == f"sha256-{now}", name


def test_no_program_needs_a_typeface_to_show_a_picture(site, index):
    drawn = [site / entry["files"]["svg"] for entry in index if "svg" in entry["files"]]
    assert len(drawn) > 5
    for path in drawn:
        tags = {each.tag.rpartition("}")[2] for each in html.parse(str(path)).getroot().iter()}
        assert "use" in tags
        assert not tags & {"text", "tspan"}, path.name
        assert "font-face" not in path.read_text(encoding="utf-8")


def test_every_exhibit_has_a_code_of_its_own_which_its_picture_shows(site, index):
    assert len({entry["code"] for entry in index}) == len(index)
    for entry in index:
        assert entry["code"] in (site / entry["files"]["json"]).read_text(encoding="utf-8")
        if "svg" in entry["files"]:
            root = html.parse(str(site / entry["files"]["svg"])).getroot()
            shown = " ".join(root.xpath("//@aria-label"))
            assert f"Code {entry['code']}" in shown, entry["id"]


def test_indexes_and_metadata_are_valid_against_the_schemas_in_the_site(site, index):
    files = [
        "exhibits.json",
        "numbers.json",
        "quotes.json",
        *(entry["files"]["json"] for entry in index),
    ]
    for name in files:
        content = read(site / name)
        schema = read((site / name).parent / content["$schema"])
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(content, schema, jsonschema.Draft202012Validator)


def test_the_indexes_name_records_and_pages_that_are_there(site, index):
    numbers = read(site / "numbers.json")["numbers"]
    assert len({number["id"] for number in numbers}) == len(numbers)
    for entry in [*index, *numbers]:
        for table in ("claims", "series", "reactions", "events"):
            with (site / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                known = {row[0] for row in csv.reader(file)}
            assert set(entry.get(table, [])) <= known, entry["id"]
        assert all((site / page).is_file() for page in entry.get("used_on", [])), entry["id"]


def test_a_csv_is_read_without_options_and_runs_no_formula(site, index):
    for entry in index:
        content = (site / entry["files"]["csv"]).read_bytes()
        frame = pd.read_csv(io.BytesIO(content))
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        assert list(frame.columns) == head, entry["id"]
        assert len(set(head)) == len(head)
        assert {len(row) for row in rows} == {len(head)}
        assert len(frame) == len(rows) == len(read(site / entry["files"]["json"])["rows"])
        assert {"sources", "as_of", "address"} <= set(head)
        for cell in (cell for row in rows for cell in row):
            # A number may be below zero; a spreadsheet reads it as that.
            assert not cell.startswith(tuple("=+-@\t\r")) or float(cell) < 0, entry["id"]


# Of columns that write a number as the table has it, the column of the number itself.
NUMBERS = {
    **{"change": "value", "written": "value", "first": "first_value", "vintage": "later_value"},
    **{"difference": "apart", "where": "precision_km"},
}


def head_of(site, entry):
    """The names of the columns of an exhibit's CSV."""
    with (site / entry["files"]["csv"]).open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_every_column_is_described_in_the_metadata_and_in_the_data_package(site, index):
    package = read(site / "exhibits" / "datapackage.json")
    fields = {each["name"]: each["schema"]["fields"] for each in package["resources"]}
    assert set(fields) == {entry["id"] for entry in index}
    for entry in index:
        columns = read(site / entry["files"]["json"])["columns"]
        assert [column["name"] for column in columns] == head_of(site, entry), entry["id"]
        # What is missing here wants a line in clashbook/figures/exhibit/columns.yaml.
        assert [each["name"] for each in columns if not each.get("description")] == [], entry["id"]
        told = [{**column, "type": ""} for column in columns]
        assert [{**field, "type": ""} for field in fields[entry["id"]]] == told


def test_the_data_package_of_the_exhibits_is_valid(site):
    report = frictionless.validate(str(site / "exhibits" / "datapackage.json"))
    assert report.flatten(["title", "message"]) == []


def test_a_column_holds_the_same_in_every_exhibit(site, index):
    meanings = {}
    for entry in index:
        for column in read(site / entry["files"]["json"])["columns"]:
            meanings.setdefault(column["name"], set()).add(column["description"])
    # The ids of clashes and of sides are heads that their own table explains.
    assert [name for name, found in meanings.items() if len(found) > 1] == []


def test_as_of_is_the_editions_day_wherever_it_stands(site, index):
    day = read(site / "exhibits.json")["as_of"]
    files = ("numbers.json", "data/datapackage.json", "exhibits/datapackage.json")
    named = [*files, *(entry["files"]["json"] for entry in index)]
    assert {read(site / name)["as_of"] for name in named} == {day}
    tables = (pd.read_csv(site / entry["files"]["csv"], dtype=str) for entry in index)
    assert {value for table in tables for value in table.as_of} == {day}
    described = read(site / "data" / "datapackage.json")["resources"]
    assert [each["name"] for each in described for field in each["schema"]["fields"]
            if field["name"] == "as_of"] == []  # fmt: skip


def test_each_row_names_its_sources_and_each_number_in_words_its_number(site, index):
    for entry in index:
        table = pd.read_csv(site / entry["files"]["csv"], dtype=str, keep_default_na=False)
        grounds = [name for name in ("claims", "reactions", "events", "series_id") if name in table]
        resting = table[(table[grounds] != "").any(axis=1)] if grounds else table
        assert (resting.sources != "").all(), entry["id"]
        assert {NUMBERS[name] for name in table if name in NUMBERS} <= {*table}, entry["id"]


# What pages say of themselves


def pages(site):
    found = sorted([*site.glob("*.html"), *site.glob("exhibits/*.html")])
    return [path for path in found if "http-equiv" not in path.read_text(encoding="utf-8")]


def test_every_page_has_its_description_title_and_picture(site):
    described = {}
    for path in pages(site):
        head = html.parse(str(path)).getroot().find("head")
        said = {meta.get("name") or meta.get("property"): meta.get("content")
                for meta in head.iter("meta")}  # fmt: skip
        for name in ("description", "og:title", "og:description", "og:site_name"):
            assert said.get(name), (path.name, name)
        assert len(head.xpath("meta[@name='description']")) == 1, path.name
        described.setdefault(said["description"], []).append(path.name)
        picture = said.get("og:image")
        assert picture or path.parent.name == "exhibits" or path.name == "404.html", path.name
        assert not picture or (path.parent / picture).resolve().is_file(), path.name
        assert bool(picture) == bool(said.get("og:image:alt"))
    assert [names for names in described.values() if len(names) > 1] == []


def test_the_data_page_describes_a_dataset_whose_files_are_there(site):
    page = html.parse(str(site / "data.html")).getroot()
    (script,) = page.xpath("//script[@type='application/ld+json']")
    said = json.loads(script.text)
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Dataset")
    for name in ("name", "description", "version", "dateModified", "license", "creator"):
        assert said[name], name
    for name in ("identifier", "publisher", "spatialCoverage", "variableMeasured", "citation"):
        assert said[name], name
    assert len(said["distribution"]) == 2 + len(list((site / "data").glob("*.csv")))
    for each in said["distribution"]:
        assert (site / each["contentUrl"]).is_file()


# In the browser


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_copy_buttons_copy_what_stands_beside_them(browser, address, site, index, scheme):
    first = index[0]
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    base = address if scheme == "http" else site.as_uri()
    page.goto(f"{base}/{first['files']['html']}")
    page.locator(".exhibit-cite > summary").click()
    blocks = page.locator(".copy-block")
    assert blocks.count() >= 6
    page.evaluate("document.body.prepend(document.createElement('textarea'))")
    for at in range(blocks.count()):
        text = blocks.nth(at).locator(".to-copy").text_content()
        blocks.nth(at).locator("button").click()
        blocks.nth(at).get_by_role("button", name="Copied").wait_for()
        page.locator("textarea").fill("")
        page.locator("textarea").focus()
        page.keyboard.press("Control+V")
        assert page.locator("textarea").input_value() == text
    context.close()


def test_the_cite_block_is_folded_and_opens_by_keyboard(browser, address, index):
    page = browser.new_page()
    page.goto(f"{address}/{index[0]['files']['html']}")
    block = page.locator(".exhibit-cite")
    assert not block.locator(".to-copy").first.is_visible()
    block.locator("> summary").press("Enter")
    assert block.locator(".to-copy").first.is_visible()
    page.close()


def test_without_scripts_there_is_no_button_that_does_nothing(browser, address, index):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{index[0]['files']['html']}")
    assert page.locator("button.copy").count() >= 6
    assert not any(button.is_visible() for button in page.locator("button.copy").all())
    context.close()


@pytest.fixture
def elsewhere(tmp_path):
    """A folder that another site serves, which has a policy of its own, and its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer((serve.HOST, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield tmp_path, f"http://{serve.HOST}:{server.server_port}"
        server.shutdown()
        thread.join()


def on_a_host(snippet, address):
    """A page of another site with what the book offers to paste."""
    return "<!doctype html>" + snippet.replace('src="', f'src="{address}/').replace("lazy", "eager")


INSIDE = """() => ({
  content: document.body.offsetHeight,
  high: innerHeight,
  overflows: document.documentElement.scrollWidth - innerWidth,
  credit: document.querySelector("header").getBoundingClientRect().top,
  links: [...document.querySelectorAll("a")]
    .filter((link) => !link.getAttribute("href").startsWith("#"))
    .map((link) => link.getAttribute("target") + " " + link.getAttribute("rel")),
})"""
BORDERS = """() => [...document.querySelectorAll("iframe")]
  .map((frame) => getComputedStyle(frame).borderTopWidth)"""


@pytest.fixture(scope="module")
def pasted(site, index):
    """What the book offers to paste, by the id of the exhibit."""
    found = {}
    for entry in index:
        page = html.parse(str(site / entry["files"]["html"])).getroot()
        (found[entry["id"]],) = [
            each.text_content()
            for each in page.find_class("to-copy")
            if "<iframe" in each.text_content()
        ]
    return found


def framed(browser, elsewhere, snippets, width):
    """A page of another site with these snippets, and its frames, each of them shown."""
    folder, there = elsewhere
    (folder / "page.html").write_text("\n".join(snippets), encoding="utf-8")
    context = browser.new_context(viewport={"width": width + 16, "height": 900})
    page = context.new_page()
    page.goto(f"{there}/page.html", wait_until="load")
    frames = page.main_frame.child_frames
    for frame in frames:
        frame.locator("figure").wait_for()
    return context, page, frames


@pytest.mark.parametrize("width", [320, 480, 700, 760])
def test_a_frame_is_high_enough_without_a_script_on_its_host(
    browser, address, pasted, width, elsewhere, index
):
    drawn = {entry["id"] for entry in index if "svg" in entry["files"]}
    alone = [on_a_host(text.partition("<script>")[0], address) for text in pasted.values()]
    context, page, frames = framed(browser, elsewhere, alone, width)
    found = dict(zip(pasted, [frame.evaluate(INSIDE) for frame in frames], strict=True))
    low = {
        key: (each["high"], each["content"])
        for key, each in found.items()
        if key in drawn and each["high"] < min(each["content"], MOST)
    }
    assert low == {}
    assert {key: each["overflows"] for key, each in found.items() if each["overflows"] > 0} == {}
    assert set(page.evaluate(BORDERS)) == {"0px"}
    for key, each in found.items():
        assert each["credit"] < 30, key
        assert set(each["links"]) == {"_blank noopener"}, key
    context.close()


@pytest.mark.parametrize("width", [320, 700])
def test_a_host_that_takes_the_script_shows_each_whole(browser, address, pasted, width, elsewhere):
    hosted = [on_a_host(text, address) for text in pasted.values()]
    context, page, frames = framed(browser, elsewhere, hosted, width)
    for place, frame in enumerate(frames):
        page.locator("iframe").nth(place).scroll_into_view_if_needed()
        page.wait_for_function(
            "([place, high]) => document.querySelectorAll('iframe')[place].clientHeight === high",
            arg=[place, frame.evaluate("document.body.offsetHeight")],
        )
    context.close()


def test_whose_it_is_stays_in_sight_in_a_frame_that_is_too_low(browser, address, pasted, elsewhere):
    key = max(pasted, key=lambda name: len(pasted[name]))
    low = re.sub(r'height="\d+"', 'height="300"', pasted[key].partition("<script>")[0])
    context, _, (frame,) = framed(browser, elsewhere, [on_a_host(low, address)], 400)
    frame.evaluate("scrollTo(0, 10000)")
    assert 0 <= frame.evaluate(INSIDE)["credit"] < 30
    context.close()


def test_a_link_in_a_frame_opens_a_page_and_one_on_the_page_itself_does_not(
    browser, address, pasted, elsewhere
):
    snippet = on_a_host(next(iter(pasted.values())), address)
    context, _, (frame,) = framed(browser, elsewhere, [snippet], 700)
    with context.expect_page() as opened:
        frame.locator("header a").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{address}/index.html"
    context.close()
    tab = browser.new_page()
    key = next(iter(pasted))
    tab.goto(f"{address}/exhibits/{key}.html")
    tab.locator("header a").click()
    tab.wait_for_url(f"{address}/index.html")
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("asked", ["", "auto", "dark"])
def test_the_offered_frame_shows_the_exhibit_light_or_as_its_host_asks(
    browser, address, index, scheme, asked, elsewhere
):
    entry = next(each for each in index if "svg" in each["files"])
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{address}/{entry['files']['html']}")
    texts = page.locator(".to-copy").all_text_contents()
    (snippet,) = [text for text in texts if "<iframe" in text]
    folder, there = elsewhere
    shown = on_a_host(snippet, address)
    shown = shown.replace('.html"', f'.html?scheme={asked}"') if asked else shown
    (folder / "page.html").write_text(shown, encoding="utf-8")
    page.goto(f"{there}/page.html")
    frame = page.frame_locator("iframe")
    frame.locator("figure svg:visible").wait_for()
    wanted = {"": "light", "auto": scheme, "dark": "dark"}[asked]
    assert frame.locator("html").get_attribute("data-theme") == wanted
    ground = frame.locator("body").evaluate("each => getComputedStyle(each).backgroundColor")
    assert (ground == "rgb(18, 18, 18)") == (wanted == "dark")
    shown = frame.locator("p.exhibit-title").text_content()
    # A page has the quotation marks of print.
    straight = str.maketrans("‘’", "''")
    assert shown.translate(straight) == entry["title"].translate(straight)
    page.close()
