"""The page of numbers that are printed elsewhere: asked for one, in a browser."""

import csv
from urllib.parse import urlsplit

import pytest
from lxml import html

from clashbook.about import Marker

ROWS = "table.table-elsewhere tbody tr[data-figure]"
SHOWN = "all => all.filter(each => each.offsetHeight).map(each => each.id)"
BOX = ".table-filter [name=search]"
STATUS = ".table-filter [role=status]"
WIDE, PHONE = 1280, 390


@pytest.fixture(scope="session")
def printed(site):
    with (site / "data" / "elsewhere.csv").open(encoding="utf-8", newline="") as file:
        return {row["elsewhere_id"]: row for row in csv.DictReader(file)}


@pytest.fixture
def opened(open_page, site):
    """Open the page as a file; afterwards nothing was complained of."""
    pages = []

    def go(query="", width=WIDE, **options):
        pages.append(
            open_page(f"{site.as_uri()}/elsewhere.html{query}", width, height=900, **options)
        )
        return pages[-1]

    yield go
    assert [heard for page in pages for heard in page.heard] == []


def shown(page):
    return page.eval_on_selector_all(ROWS, SHOWN)


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("said", ["204", "at least 204", " 204 soldiers "])
def test_a_number_that_is_typed_leaves_its_rows_alone(opened, width, said):
    page = opened(width=width)
    page.fill(BOX, said)
    assert shown(page) == ["2022-09-204-arm"]
    assert page.inner_text(STATUS).startswith("1 of ")
    (row,) = [row for row in page.locator(ROWS).all() if row.is_visible()]
    assert "204 = 207 killed or missing \u2212 3 civilians killed" in row.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_each_number_of_the_table_finds_all_its_rows(opened, printed):
    page = opened()
    for figure in {row["figure"] for row in printed.values()}:
        page.fill(BOX, figure)
        assert {*shown(page)} == {key for key, row in printed.items() if row["figure"] == figure}


def test_the_same_number_of_two_sides_comes_in_the_order_of_the_table_and_not_of_ids(site, printed):
    page = html.parse(site / "elsewhere.html")
    listed = page.xpath("//table[contains(@class, 'table-elsewhere')]//tr[@data-figure]/@id")
    known = [row for key, row in printed.items() if key in listed]
    known.sort(key=lambda row: (row["episode_id"], float(row["figure"])))
    assert listed == [row["elsewhere_id"] for row in known]


def test_a_number_that_is_not_there_leads_to_the_claims(opened):
    page = opened()
    assert not page.locator(".hint").is_visible()
    page.fill(BOX, "284")
    assert shown(page) == []
    assert page.inner_text(STATUS).startswith("0 of ")
    hint = page.inner_text(".hint")
    assert (
        "Nothing that we read prints this number. The nearest here: 286, 280. Our own tolls" in hint
    )
    assert urlsplit(page.locator(".hint a").evaluate("a => a.href")).query == "search=284"
    page.click(".hint a")
    page.wait_for_url("**/claims.html?search=284")
    page.wait_for_selector(".table-filter.ready")
    assert page.input_value(BOX) == "284"
    assert urlsplit(page.url).path.endswith("/claims.html")


def test_a_number_of_ours_is_named_as_ours_and_nothing_far_off_as_near(opened, site):
    page = opened()
    page.fill(BOX, "7777")
    ours = [toll["text"] for toll in Marker.read(site).headlines]
    assert all(text in page.inner_text(".hint") for text in ours)
    assert not page.locator(".nearest").is_visible()


def test_words_search_the_rows_as_on_claims(opened, printed):
    page = opened()
    page.fill(BOX, "wikipedia")
    assert {*shown(page)} == {
        key for key, row in printed.items() if row["source_id"].startswith("wikipedia")
    }


def test_a_view_has_an_address_and_a_row_too(opened):
    page = opened("?search=12")
    assert {*shown(page)} == {"2020-07-12-aze-all", "2020-07-12-aze-military"}
    assert "2022-09-431-aze" in shown(opened("?search=12#2022-09-431-aze"))


def test_all_can_be_done_by_keyboard(opened, printed):
    page = opened()
    page.focus(BOX)
    page.keyboard.type("286")
    page.keyboard.press("Enter")
    assert shown(page) == ["2022-09-286-both"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelector('{BOX}').value === ''")
    assert len(shown(page)) == len(printed)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_without_its_script_the_list_is_whole_and_plain(opened, printed, width):
    page = opened("?search=204", width, java_script_enabled=False)
    assert {row.get_attribute("id") for row in page.locator(ROWS).all() if row.is_visible()} == {
        *printed
    }
    assert not page.locator(".table-filter").is_visible()


def test_on_paper_the_list_is_whole(opened, printed):
    page = opened("?search=204")
    page.emulate_media(media="print")
    assert page.locator(ROWS).count() == len(printed)
    assert not page.locator(".table-filter").is_visible()
