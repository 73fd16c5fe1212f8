"""A page as it is first met: whole at once, in one typeface, with nothing that moves."""

import io
import time

import pytest
from PIL import Image
from test_light import SHIFTS
from test_site import pages
from visits import WIDTHS

# Seconds that a font is on its way to a phone: a page waits for the one and not for the other.
SOON, SLOW = 0.4, 1.5
MOST_SHIFT = 0.01
FIGURES = """() => [...document.querySelectorAll('.exhibit .picture svg, .gallery img')]
  .filter(each => each.checkVisibility()).map(each => {
    const box = each.getBoundingClientRect();
    return [box.x + scrollX, box.y + scrollY, box.width, box.height];
  })"""
FACES = """() => [...document.fonts].filter(each => each.family.includes('Source Sans Pro'))
  .filter(each => each.style === 'normal').map(each => [each.weight, each.status])"""


def ink(shot, box):
    """The part of a region that is not of its most frequent colour."""
    x, y, width, height = map(round, box)
    region = shot.crop((x, y, x + width, y + height)).convert("L")
    counts = region.histogram()
    return 1 - max(counts) / sum(counts)


def capture(page):
    """The whole page in one picture.

    The headless browser at times shifts its first one up as a whole, whatever the page: then its
    lower end is bare. What a page has not drawn stays bare in the next as well.
    """
    for _ in range(3):
        shot = Image.open(io.BytesIO(page.screenshot(full_page=True)))
        end = shot.convert("L").crop((0, shot.height - 300, shot.width, shot.height))
        if len(set(end.getextrema())) > 1:
            break
    return shot


@pytest.fixture
def visit(browser, address):
    """A first visit, with nothing kept from another; weights of the typeface may come late."""
    contexts = []

    def go(name, width, late=(), seconds=SLOW):
        def delayed(route):
            time.sleep(seconds)
            route.continue_()

        context = browser.new_context(viewport={"width": width, "height": 844})
        contexts.append(context)
        page = context.new_page()
        for weight in late:
            page.route(f"**/source-sans-{weight}.woff2", delayed)
        page.add_init_script(SHIFTS)
        page.goto(f"{address}/{name}", wait_until="load")
        page.wait_for_timeout(200 if late else 0)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [*pages(), "exhibits/toll-by-episode"])
def test_a_page_caught_whole_right_after_it_has_loaded_shows_every_figure(visit, name, width):
    page = visit(f"{name}.html", width)
    shot = capture(page)
    empty = [box for box in page.evaluate(FIGURES) if ink(shot, box) < 0.005]
    assert empty == []


def test_a_figure_that_is_not_drawn_would_be_noticed(visit):
    page = visit("casualties.html", 390)
    page.evaluate("document.querySelector('.picture-phone svg').replaceChildren()")
    shot = capture(page)
    boxes = page.evaluate(FIGURES)
    assert len(boxes) > 5
    assert [at for at, box in enumerate(boxes) if ink(shot, box) < 0.005] == [0]


# All text that is seen, by the first typeface that it asks for.
ASKED = """() => [...new Set([...document.querySelectorAll('body *')]
  .filter(each => each.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(each => getComputedStyle(each).fontFamily.split(',')[0].replaceAll('"', '')))]"""
# Until the page has decided, its text is hidden, and on a busy machine that may be after its load.
DECIDED = "html:not([data-typeface='awaited'])"
OWN, STAND_IN = "Source Sans Pro", "Source Sans Stand-in"
# What is asked for need not be what is drawn: the browser itself says which typefaces it used.
TEXTS = "h1, h2, .bd-article p, .bd-article li, .exhibit-title, .exhibit .picture text"


def asked_by(page):
    """The typefaces that the texts of a page ask for, once it has decided between its own two."""
    page.wait_for_selector(DECIDED, state="attached")
    return page.evaluate(ASKED)


def drawn_in(page):
    """The typefaces in which the upright texts of a page are drawn."""
    protocol = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        protocol.send(f"{domain}.enable")
    root = protocol.send("DOM.getDocument")["root"]["nodeId"]
    found = protocol.send("DOM.querySelectorAll", {"nodeId": root, "selector": TEXTS})
    return {
        font["familyName"]
        for node in found["nodeIds"][:150]
        for font in protocol.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if "Mono" not in font["familyName"]
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["index", "casualties", "exhibits/toll-by-episode"])
def test_a_first_visit_has_text_and_headings_in_one_typeface(visit, name, width):
    for _ in range(3):
        page = visit(f"{name}.html", width)
        asked = asked_by(page)
        assert (OWN in asked) != (STAND_IN in asked)
        drawn = drawn_in(page)
        assert drawn == {OWN} if OWN in asked else OWN not in drawn
        assert page.evaluate("window.shift") < MOST_SHIFT
        # On a busy machine both may come late, once.
        if OWN in asked:
            break
    assert sorted(page.evaluate(FACES)) == [["400", "loaded"], ["700", "loaded"]]


# Frames that come late, as on a busy machine, and with them the decision.
LATE_FRAMES = """{
  const next = window.requestAnimationFrame;
  window.requestAnimationFrame = (act) => setTimeout(() => next(act), 500);
}"""


def test_text_that_is_still_hidden_when_a_page_has_loaded_is_waited_for(browser, address):
    page = browser.new_page()
    page.add_init_script(LATE_FRAMES)
    page.goto(f"{address}/exhibits/toll-by-episode.html", wait_until="load")
    assert page.evaluate(ASKED) == []
    assert OWN in asked_by(page)
    page.close()


def test_keys_are_heard_while_the_text_is_still_hidden(browser, address):
    page = browser.new_page()
    # Later than any machine takes to type: what is typed must not race with the decision.
    page.add_init_script(LATE_FRAMES.replace("500", "60_000"))
    page.goto(f"{address}/methods.html", wait_until="load")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('a[href^=\"#\"]')")
    page.keyboard.press("Control+k")
    page.keyboard.type("207")
    assert page.evaluate("document.activeElement.value") == "207"
    assert page.evaluate(ASKED) == []
    page.close()


@pytest.mark.parametrize("late", ["regular", "bold"])
def test_a_weight_that_comes_a_little_later_is_waited_for(visit, late):
    for _ in range(3):
        page = visit("casualties.html", 1280, [late], SOON)
        if OWN in asked_by(page):
            break
    assert drawn_in(page) == {OWN}
    assert page.evaluate("window.shift") < MOST_SHIFT


@pytest.mark.parametrize("late", [["regular", "bold"], ["regular"], ["bold"]])
@pytest.mark.parametrize("name", ["index", "casualties", "exhibits/toll-by-episode"])
def test_where_a_weight_comes_late_all_stand_in_and_nothing_moves(visit, name, late):
    page = visit(f"{name}.html", 390, late)
    asked = asked_by(page)
    assert STAND_IN in asked
    assert OWN not in asked
    assert OWN not in drawn_in(page)
    assert page.evaluate("window.shift") < MOST_SHIFT


def test_a_page_whose_typeface_cannot_be_had_is_read_all_the_same(browser, address):
    page = browser.new_page()
    page.route("**/source-sans-*.woff2", lambda route: route.abort())
    page.goto(f"{address}/methods.html", wait_until="load")
    page.wait_for_selector(DECIDED, state="attached", timeout=2_000)
    assert OWN not in asked_by(page)
    page.close()
