"""The site for everyone: by keyboard, by ear, enlarged, in the dark, and without motion."""

import json
import re

import pytest
from lxml import html

WIDE, PHONE = 1280, 390
SCREENS = ("sideways at 1280", "sideways at 640", "sideways at 1280, text at 200 %",
           "sideways at 390", "sideways at 320", "sideways at 390, text at 200 %")  # fmt: skip
# Where the keyboard stands: its place in the page, and whether a reader sees it there.
FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) { return null; }
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    place: at.place,
    what: at.outerHTML.slice(0, 120),
    marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none',
    seen: at.checkVisibility() && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
  };
}"""
# Each control is given its place, which stays when a script adds or takes elements on the way.
REACHABLE = """() => {
  const all = [...document.querySelectorAll('*')];
  const controls = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  all.forEach((each, at) => { each.place = at; });
  return all.flatMap((each, at) => each.matches(controls) && each.tabIndex >= 0 && !each.disabled
    && each.checkVisibility({visibilityProperty: true})
    ? [[at, each.outerHTML.slice(0, 120)]] : []);
}"""


def test_axe_finds_nothing_on_any_page_in_light_or_dark(visits):
    assert visits["axe, light"] == {}
    assert visits["axe, dark"] == {}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_scrolls_sideways_on_a_small_screen_or_enlarged(visits, screen):
    assert visits[screen] == {}


def test_nothing_moves_for_those_who_ask_for_stillness(visits):
    assert visits["moving"] == {}


@pytest.fixture
def opened(browser, address):
    contexts = []

    def go(name, width=WIDE):
        # Without motion, or the link that skips is still on its way when it is looked for.
        screen = {"width": width, "height": 900}
        context = browser.new_context(viewport=screen, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{address}/{name}")
        return page

    yield go
    for context in contexts:
        context.close()


def focus(page, key="Tab"):
    page.keyboard.press(key)
    return page.evaluate(FOCUS)


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize(
    "name", ["index.html", "cite.html", "methods.html", "exhibits/toll-by-episode.html"]
)
def test_tab_reaches_every_control_in_order_shows_where_it_is_and_gets_out(opened, name, width):
    page = opened(name, width)
    reachable = dict(page.evaluate(REACHABLE))
    steps = [focus(page) for _ in range(len(reachable) + 2)]
    assert None in steps, "the keyboard does not get out of the page"
    steps = steps[: steps.index(None)]
    places = [step["place"] for step in steps]
    assert places == sorted(set(places))
    assert [what for place, what in reachable.items() if place not in places] == []
    assert [step["what"] for step in steps if not step["marked"] or not step["seen"]] == []


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_first_stop_skips_to_the_text(opened, width):
    page = opened("casualties.html", width)
    first = focus(page)
    assert "Skip to" in first["what"]
    assert first["seen"]
    page.keyboard.press("Enter")
    focus(page)
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_search_opens_is_left_and_is_asked_by_keyboard(opened, width):
    page = opened("methods.html", width)
    page.keyboard.press("Control+k")
    field = page.locator("dialog[open] input[type=search]")
    field.wait_for()
    assert field.evaluate("each => each === document.activeElement")
    page.keyboard.press("Escape")
    assert not field.is_visible()
    page.keyboard.press("Control+k")
    field.wait_for()
    page.keyboard.type("CSTO")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=CSTO*")
    page.wait_for_selector("#search-results li a")


def test_the_contents_open_on_a_phone_and_are_left_by_keyboard(opened):
    page = opened("methods.html", PHONE)
    opener = page.locator("button.primary-toggle")
    opener.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] nav a")
    stops = [focus(page) for _ in range(12)]
    assert any("casualties.html" in stop["what"] for stop in stops if stop)
    inside = "!document.activeElement.closest('dialog') && document.activeElement !== document.body"
    assert not page.evaluate(inside)
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.wait_for_function("document.activeElement.matches('button.primary-toggle')")
    assert "theme-switch" in focus(page)["what"]


def figures(site):
    index = json.loads((site / "exhibits.json").read_text(encoding="utf-8"))["exhibits"]
    return [entry for entry in index if entry["kind"] == "figure"]


def numbers(text):
    """The numbers of a text, but for days and years."""
    text = re.sub(r"\b(\d{1,2} )?[A-Z][a-z]+ (19|20)\d\d\b|\b(19|20)\d\d\b", "", text)
    return set(re.findall(r"\d+(?:[,.]\d+)*", text))


def test_every_figure_says_its_finding_in_words_of_its_own(site):
    assert len(figures(site)) > 5
    for entry in figures(site):
        page = html.parse(str(site / "exhibits" / f"{entry['id']}.html")).getroot()
        drawn = page.xpath("//figure//*[local-name()='svg']")
        assert drawn, entry["id"]
        for svg in drawn:
            assert svg.get("aria-label").replace("\u00a0", " ") == entry["alt"], entry["id"]
        assert len(entry["alt"]) <= 300, entry["id"]
        assert numbers(entry["title"]) <= numbers(entry["alt"]), entry["id"]


def test_every_figure_has_its_data_as_a_table_beneath(site):
    for entry in figures(site):
        page = html.parse(str(site / "exhibits" / f"{entry['id']}.html")).getroot()
        (table,) = page.xpath("//figure//details//table")
        assert table.find("caption") is not None
        assert table.xpath("thead//th[@scope='col']")
        assert table.xpath("tbody//th[@scope='row']")
        assert len(table.findall("tbody/tr")) > 0
