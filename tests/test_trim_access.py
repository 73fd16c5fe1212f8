"""What is mended in the theme's pages."""

import pytest
from lxml import html

from clashbook.website.trim.tidy import mended, tidy

PAGE = """<!doctype html><html lang="en"><head><title>Page</title></head><body>
<div id="pst-primary-sidebar" class="bd-sidebar">
<a href="index.html">Book</a>
<button class="btn search-button-field" title="Search" aria-label="Search"><span>Search</span>
<kbd>Ctrl</kbd></button></div>
<button class="search-button" aria-label="Search">
<i title="Look"></i></button>
<button class="primary-toggle btn" title="Toggle primary sidebar"><span class="fa-bars"></span>
</button>
<button class="secondary-toggle btn" title="Toggle secondary sidebar"><span></span></button>
<input type="search" autocorrect="off">
<main><details><summary aria-label="Toggle hidden content">
<p class="collapsed">Show the code</p><p class="expanded">Hide the code</p></summary><p>Code.</p>
</details><details><summary aria-label="Files, all">Files</summary></details></main></body>"""


@pytest.fixture
def page():
    page = html.document_fromstring(PAGE)
    mended(page)
    return page


def test_the_sidebar_is_a_landmark_with_a_name(page):
    sidebar = page.get_element_by_id("pst-primary-sidebar")
    assert (sidebar.get("role"), sidebar.get("aria-label")) == ("region", "Contents")


def test_a_button_that_shows_words_is_named_by_them_and_one_without_keeps_its_name(page):
    worded, bare, *_ = page.iter("button")
    assert not {"aria-label", "title"} & set(worded.attrib)
    assert bare.get("aria-label") == "Search"
    assert bare.find("i").get("title") is None


def test_a_button_of_an_icon_alone_is_named_by_what_it_opens_and_its_icon_is_not_read(page):
    *_, menu, contents = page.iter("button")
    assert (menu.get("aria-label"), menu.get("title")) == ("Menu", "Menu")
    assert contents.get("aria-label") == "On this page"
    assert [each.find("span").get("aria-hidden") for each in (menu, contents)] == ["true"] * 2


def test_a_summary_holds_lines_of_text_and_is_named_by_them(page):
    theirs, ours = page.iter("summary")
    assert [(each.tag, each.get("class")) for each in theirs] == [
        ("span", "collapsed"),
        ("span", "expanded"),
    ]
    assert theirs.get("aria-label") is None
    assert ours.get("aria-label") == "Files, all"
    assert [p.text for p in page.iter("p")] == ["Code."]


def test_a_field_has_no_attribute_of_one_browser_alone(page):
    assert dict(page.find(".//input").attrib) == {"type": "search"}


def test_a_page_that_is_sound_stays_as_it_is(page):
    before = html.tostring(page)
    mended(page)
    assert html.tostring(page) == before


@pytest.mark.parametrize("contents", ["", '<div id="pst-secondary-sidebar"></div>'])
def test_a_page_without_contents_has_no_button_that_opens_them(contents):
    page = html.document_fromstring(PAGE.replace("<main>", f"{contents}<main>"))
    tidy(page, "index.html")
    assert bool(page.xpath("//button[contains(@class, 'secondary-toggle')]")) == bool(contents)


CELLS = """<!doctype html><html lang="en"><head><title>Page</title></head><body><main>
<div class="cell tag_hide-input tag_remove-output"><details class="hide">one</details></div>
<div class="cell"><figure class="exhibit"><details><summary>All</summary><div class="exhibit-cite">
<p>Download</p></div></details></figure></div>
<div class="cell tag_hide-input tag_remove-output"><details class="hide">two</details></div>
<p>Words</p></main></body>"""


def test_the_code_of_a_figure_is_in_the_figures_last_fold_and_other_code_where_it_was():
    page = html.document_fromstring(CELLS)
    tidy(page, "")
    (cite,) = page.find_class("exhibit-cite")
    assert [each.text for each in cite] == ["Download", "one"]
    (cell,) = page.find_class("tag_hide-input")
    assert cell.text_content() == "two"
