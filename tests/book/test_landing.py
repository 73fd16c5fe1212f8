"""The first screen: the numbers with their bounds, and the lead figure."""

import pytest

from clashbook import config


@pytest.fixture
def landing(address, browser):
    pages = []

    def at(width, height, name="index.html"):
        pages.append(browser.new_page(viewport={"width": width, "height": height}))
        pages[-1].goto(f"{address}/{name}", wait_until="networkidle")
        return pages[-1]

    yield at
    for page in pages:
        page.close()


@pytest.mark.parametrize(("width", "height", "figure"), [(1280, 800, 400), (390, 844, 80)])
def test_the_first_screen_holds_the_numbers_and_the_lead_figure_begun(
    landing, width, height, figure
):
    page = landing(width, height)
    numbers = page.locator(".key-numbers > ul > li > strong, .key-numbers > ul > li > p > strong")
    assert numbers.count() == 2
    for number in numbers.all():
        assert "at least" in number.inner_text().replace("\u00a0", " ")
        box = number.bounding_box()
        assert box["y"] + box["height"] <= height
    sides = page.locator(".key-numbers li li")
    assert sides.count() == 4
    for side in sides.all():
        assert ", according to " in side.inner_text()
        assert side.bounding_box()["y"] < height
    assert page.locator(".opening figure").bounding_box()["y"] <= height - figure


@pytest.mark.parametrize("width", [320, 768])
def test_it_does_not_scroll_sideways_at_any_width(landing, width):
    page = landing(width, 800)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_of_no_address_is_dressed(landing):
    page = landing(390, 844, "404.html")
    assert page.locator("h1").inner_text() == "There is no page at this address"
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans')


def test_errors_can_be_reported_only_where_the_settings_say_to_whom(landing):
    link = landing(1280, 800).get_by_role("link", name="Report an error")
    assert link.count() == bool(config.read().report_error)


@pytest.mark.parametrize("name", ["data", "conflicts"])
def test_a_link_into_a_fold_opens_it(landing, address, name):
    page = landing(1280, 800, f"{name}.html")
    inside = page.locator("details.fold [id]").last.get_attribute("id")
    page.goto(f"{address}/{name}.html?#{inside}")
    fold = page.locator("details.fold", has=page.locator(f"[id='{inside}']"))
    page.wait_for_function("node => node.open", arg=fold.element_handle())
