"""The marks of every figure: what they say, to whom, and where they lead."""

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd
import pytest
from lxml import html

from clashbook.language import sentence

ROOT = Path(__file__).parents[2]
WIDTHS = (1280, 390)


def figures():
    """The ids of the figures, as the notebooks make them."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            yield from re.findall(r'book\.figure\(\s*"([^"]+)", charts\.', "".join(cell["source"]))


FIGURES = list(figures())
# What is beside what: the box that speaks, the mark it speaks of, and the figure round both.
PLACES = """() => {
  const box = document.querySelector('.mark-words:not([hidden])');
  const mark = document.querySelector('.figure-mark.shown');
  if (!box || !mark) { return null; }
  const b = box.getBoundingClientRect(), m = mark.getBoundingClientRect();
  const f = box.closest('figure').getBoundingClientRect();
  return {
    words: box.querySelector('p').textContent,
    covers: b.left < m.right && m.left < b.right && b.top < m.bottom && m.top < b.bottom,
    inside: b.left >= f.left - 1 && b.right <= f.right + 1
      && b.top >= f.top && b.bottom <= f.bottom,
    link: box.querySelector('a').hidden ? '' : box.querySelector('a').href,
  };
}"""
# For each mark the one that is hit at the middle of its unseen shape, and the shape's size.
HITS = """() => [...document.querySelectorAll('.picture')].filter(each => each.offsetWidth).flatMap(
  picture => [...picture.querySelectorAll('.figure-mark')].map((mark, at, all) => {
    mark.scrollIntoView({block: 'center'});
    const shape = mark.querySelector('path').getBoundingClientRect();
    const x = shape.left + shape.width / 2, y = shape.top + shape.height / 2;
    const hit = document.elementFromPoint(x, y).closest('.figure-mark');
    return [at, all.indexOf(hit), mark.matches('a'), Math.min(shape.width, shape.height)];
  }))"""


@pytest.fixture(params=WIDTHS)
def page(request, address, browser):
    complaints = []
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.address = address
    yield page
    page.close()
    assert complaints == []


def show(page, figure):
    """Open a figure by itself; the value are its marks in the drawing for this width."""
    page.goto(f"{page.address}/exhibits/{figure}.html", wait_until="networkidle")
    return page.locator(".figure-mark:visible")


def middle(mark):
    """The middle of a mark's unseen shape, in the window."""
    shape = mark.locator("path").first
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def point_at(page, mark):
    page.mouse.move(0, 0)
    page.mouse.move(*middle(mark))


@pytest.fixture(scope="session")
def claimants():
    """Everybody whom the data name as a claimant, and everybody who publishes a series."""
    tables = {
        name: pd.read_csv(ROOT / "data" / f"{name}.csv", keep_default_na=False)
        for name in ("claims", "reactions", "events", "sources", "actors")
    }
    named = [tables[name].claimant for name in ("claims", "reactions", "events")]
    return {*pd.concat(named), *tables["sources"].publisher, *tables["actors"]["name"]}


def speakers(words):
    """Whom the words of a mark name: all between the verb and the day."""
    for verb in ("stated by ", "published by ", "from a claim of ", "from claims of "):
        start = words.lower().rfind(verb)
        if start >= 0:
            named = words[start + len(verb) :].rsplit(", ", 1)[0]
            return re.sub(r" and \d+ more$", "", named).split("; ")
    return []


@pytest.mark.parametrize("name", FIGURES)
def test_every_mark_names_a_claimant_of_the_data(site, claimants, name):
    figure = html.parse(site / "exhibits" / f"{name}.html")
    marks = figure.xpath("//*[@class='figure-mark']")
    # Where a name begins a line it has a capital.
    known = {*claimants, *map(sentence, claimants)}
    unknown = {
        who for mark in marks for who in speakers(mark.find("title").text) if who not in known
    }
    assert marks
    assert unknown == set()
    assert [mark for mark in marks if not speakers(mark.find("title").text)] == []


@pytest.mark.parametrize("name", FIGURES)
def test_every_shape_that_a_figure_uses_is_on_its_page(site, name):
    page = html.parse(site / "exhibits" / f"{name}.html")
    used = {f"#{key}" for key in page.xpath("//@id")}
    assert set(page.xpath("//*[local-name()='use']/@href")) <= used


def test_every_figure_is_looked_at(site):
    pages = (site / "exhibits").glob("*.html")
    drawn = {path.stem for path in pages if "<svg" in path.read_text(encoding="utf-8")}
    assert drawn == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_what_a_mark_says_is_shown_beside_it_when_it_is_pointed_at(page, name):
    marks = show(page, name)
    for at in {0, marks.count() // 2, marks.count() - 1}:
        point_at(page, marks.nth(at))
        shown = page.evaluate(PLACES)
        assert speakers(shown["words"])
        assert shown["inside"]
        assert not shown["covers"]
        # The script has taken the titles of this picture, or browsers would show a second box.
        assert page.locator(".picture:visible .figure-mark title").count() == 0


@pytest.mark.parametrize("name", FIGURES)
def test_marks_can_be_hit_and_none_takes_the_place_of_another(page, name):
    show(page, name)
    hits = page.evaluate(HITS)
    assert hits
    assert [(mark, hit) for mark, hit, *_ in hits if mark != hit] == []
    assert [size for *_, linked, size in hits if linked and size < 23.9] == []


@pytest.mark.parametrize("name", FIGURES)
def test_a_keyboard_comes_to_few_marks_and_each_says_and_leads(page, name):
    marks = show(page, name)
    links = page.locator("a.figure-mark:visible")
    assert links.count() in (0, marks.count())
    assert links.count() <= 40
    if not links.count():
        return
    first = links.first
    # From what stands before the figure, as a reader would come to it.
    page.locator("figure.exhibit").evaluate("figure => { figure.tabIndex = -1; figure.focus(); }")
    while not page.evaluate("document.activeElement.matches('a.figure-mark')"):
        page.keyboard.press("Tab")
    assert first.evaluate("mark => mark === document.activeElement")
    shown = page.evaluate(PLACES)
    assert shown["words"] == first.get_attribute("aria-label")
    assert shown["inside"]
    assert not shown["covers"]
    page.keyboard.press("Escape")
    assert page.evaluate(PLACES) is None
    if first.get_attribute("data-card"):
        # It has a card, which leads on.
        page.keyboard.press("Enter")
        page.locator("dialog.number-card[open] li a").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    place = urlsplit(page.url)
    assert page.evaluate("id => !!document.getElementById(id)", unquote(place.fragment))
    assert place.path.rsplit("/", 1)[-1] in ("claims.html", "data.html", "sources.html")


def test_a_keyboard_leaves_no_box_behind(page):
    links = show(page, "september-2022-by-statement")
    links.first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator(".mark-words:visible").count() == 1
    for _ in range(links.count()):
        page.keyboard.press("Tab")
    assert page.locator(".mark-words:visible").count() == 0


def test_a_mark_that_is_no_link_has_its_link_in_the_box(page):
    point_at(page, show(page, "places").nth(3))
    place = urlsplit(page.evaluate(PLACES)["link"])
    assert place.path == "/data.html"
    with page.expect_navigation():
        page.locator(".mark-words a:visible").click()
    assert page.evaluate("id => !!document.getElementById(id)", unquote(place.fragment))


def test_a_mark_that_is_no_link_opens_its_card_by_the_link_in_the_box(page):
    point_at(page, show(page, "killed-by-month").nth(3))
    said = page.evaluate(PLACES)["words"]
    page.locator(".mark-words a:visible").click()
    page.wait_for_selector("dialog.number-card[open]")
    assert page.locator("dialog .card-value").inner_text() in said


@pytest.mark.parametrize("by", ["mark", "box"])
def test_where_there_is_no_card_a_first_tap_shows_and_a_second_leads(address, browser, by):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.address = address
    mark = show(page, "events-and-reactions").first
    page.touchscreen.tap(*middle(mark))
    shown = page.evaluate(PLACES)
    assert urlsplit(page.url).path == "/exhibits/events-and-reactions.html"
    assert speakers(shown["words"])
    assert urlsplit(shown["link"]).path == "/data.html"
    with page.expect_navigation():
        if by == "mark":
            page.touchscreen.tap(*middle(mark))
        else:
            page.locator(".mark-words a:visible").tap()
    assert urlsplit(page.url).path == "/data.html"
    context.close()


def test_without_the_script_a_mark_has_its_title_and_its_link(address, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/exhibits/toll-by-episode.html")
    mark = page.locator("a.figure-mark").first
    assert speakers(mark.locator("title").text_content())
    # A page that another may show in a frame opens its links beside itself.
    with context.expect_page() as opened:
        page.mouse.click(*middle(mark))
    opened.value.wait_for_load_state()
    assert urlsplit(opened.value.url).path == "/claims.html"
    context.close()
