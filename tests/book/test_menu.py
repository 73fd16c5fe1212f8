"""The menu and the contents of a page, on a phone and beside a wide page."""

import re

import pytest

PHONE, WIDE = (390, 844), (1280, 900)
# The ground of the open dialog, and the colours of what is read on it.
LOOK = """dialog => {
  const texts = [...dialog.querySelectorAll('a, p')].filter(
    each => each.innerText.trim() && each.checkVisibility());
  return {
    ground: getComputedStyle(dialog).backgroundColor,
    colours: [...new Set(texts.map(each => getComputedStyle(each).color))],
    read: texts.length,
  };
}"""


@pytest.fixture
def opened(browser, address, site):
    contexts = []

    def go(name, size=PHONE, scheme="light", over="http"):
        screen = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=screen, color_scheme=scheme, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{address if over == 'http' else site.as_uri()}/{name}")
        return page

    yield go
    for context in contexts:
        context.close()


def channels(colour):
    """Red, green, blue and opacity of a computed colour."""
    found = [float(each) for each in re.findall(r"[\d.]+", colour)]
    assert colour.startswith("rgb"), colour
    return (*found[:3], found[3] if len(found) > 3 else 1)


def luminance(colour):
    def linear(value):
        value /= 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, channels(colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("over", ["http", "file"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "casualties.html", "claims.html"])
def test_the_menu_on_a_phone_has_its_ground_and_is_readable(opened, name, scheme, over):
    page = opened(name, scheme=scheme, over=over)
    page.get_by_role("button", name="Menu").click()
    look = page.locator("dialog[open]").evaluate(LOOK)
    assert channels(look["ground"])[3] == 1
    assert luminance(look["ground"]) < 0.05 if scheme == "dark" else luminance(look["ground"]) > 0.8
    assert look["read"] > 10
    assert min(contrast(colour, look["ground"]) for colour in look["colours"]) >= 4.5


def names(page):
    """The names and the states of the page's buttons, as a reader of the screen hears them."""
    snapshot = page.locator(".bd-header-article").first.aria_snapshot()
    return re.findall(r'button "?([^"\n]*)"?((?: \[\w+\])*)', snapshot)


def test_the_buttons_of_menu_and_contents_say_what_they_open(opened):
    page = opened("casualties.html")
    heard = [name for name, _ in names(page)]
    assert {"Menu", "On this page"} <= set(heard)
    assert not [name for name in heard if re.search(r"[\ue000-\uf8ff]", name)]


@pytest.mark.parametrize(("name", "opens"), [("primary", "Menu"), ("secondary", "On this page")])
def test_a_button_says_whether_what_it_opens_is_open_on_a_phone(opened, name, opens):
    page = opened("casualties.html")
    button = page.locator(f"button.{name}-toggle")
    assert button.get_attribute("aria-label") == opens
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    page.wait_for_selector("dialog[open] a")
    page.wait_for_selector(f"button.{name}-toggle[aria-expanded=true]")
    page.keyboard.press("Escape")
    page.wait_for_selector(f"button.{name}-toggle[aria-expanded=false]")


def test_a_tap_on_what_the_contents_list_leads_there_and_closes_them_on_a_phone(opened):
    page = opened("casualties.html")
    page.locator("button.secondary-toggle").click()
    link = page.locator("dialog[open] a[href^='#']").nth(2)
    anchor = link.get_attribute("href").removeprefix("#")
    link.click()
    page.wait_for_selector("dialog[open]", state="hidden")
    assert page.url.endswith(f"#{anchor}")
    page.wait_for_function(
        "id => { const {top} = document.getElementById(id).getBoundingClientRect();"
        " return top >= 0 && top < 300; }",
        arg=anchor,
    )


def test_on_a_wide_page_the_menu_is_open_until_its_button_is_pressed(opened):
    page = opened("casualties.html", WIDE)
    button = page.get_by_role("button", name="Menu")
    page.wait_for_selector("button.primary-toggle[aria-expanded=true]")
    assert page.locator("#pst-primary-sidebar nav").is_visible()
    button.click()
    page.wait_for_selector("button.primary-toggle[aria-expanded=false]")
    assert not page.locator("#pst-primary-sidebar nav").is_visible()
