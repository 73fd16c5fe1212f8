"""What a page costs its reader: bytes, requests, and nothing that moves under the eyes."""

import gzip
import io
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from PIL import Image, ImageChops
from test_site import ROOT, pages
from visits import HAS_TYPEFACE, PATIENT, WIDTHS

from clashbook import config
from clashbook.pipeline.edition import Edition
from clashbook.website.trim import styles
from clashbook.website.trim.files import asset

CSS = "text/css"
MOST_BYTES, MOST_REQUESTS, MOST_SHIFT = 300_000, 20, 0.02
# What a host compresses before it is sent.
TEXTS = (".html", ".css", ".js", ".json", ".svg", ".csv", ".txt", ".xml")
NAMES = [
    *(f"{name}.html" for name in pages()),
    "search.html?q=CSTO",
    "exhibits/toll-by-episode.html",
]
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) { window.shift += entry.value; }
  }
}).observe({type: "layout-shift", buffered: true});
"""


def sent(site, url):
    """The size of a file as a host sends it."""
    path = site / unquote(urlsplit(url).path).lstrip("/")
    content = path.read_bytes()
    return len(gzip.compress(content) if path.suffix in TEXTS else content)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_light_and_stands_still(site, address, browser, name, width):
    asked = []
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(SHIFTS)
    page.goto(f"{address}/{name}", wait_until="networkidle")
    shift = page.evaluate("window.shift")
    page.close()
    assert len(asked) <= MOST_REQUESTS
    assert sum(sent(site, url) for url in asked) <= MOST_BYTES
    assert shift < MOST_SHIFT


@pytest.fixture(scope="module")
def rendered(site):
    """The pages as Jupyter Book made them, with all its styles."""
    settings = config.read(ROOT)
    return Edition(settings, ROOT / "data", site).work / "rendered" / "_build" / "html"


@pytest.fixture(scope="module")
def uncut(rendered):
    """The chapters' styles with all their rules."""
    page = rendered / "index.html"
    links = html.parse(str(page)).xpath("//link[@rel='stylesheet']/@href")
    return "\n".join(styles.inlined(asset(page, link), rendered / "_static") for link in links)


def unlike(first, second):
    """How many pixels of two pictures differ to the eye; round edges are never drawn alike."""
    pictures = [Image.open(io.BytesIO(each)).convert("L") for each in (first, second)]
    return sum(ImageChops.difference(*pictures).histogram()[48:])


STATES = {
    "as it opens": "0",
    "searching": "document.getElementById('pst-search-dialog').showModal()",
    "with all folds open": "document.querySelectorAll('details').forEach(d => { d.open = true; })",
}


# Pictures in a fold are asked for once it is open.
PICTURES = """() => Promise.all([...document.images].filter(each => each.checkVisibility())
  .map(each => { each.loading = 'eager'; return each.decode(); }))"""


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("name", ["index", "casualties", "claims", "search", "exhibits"])
def test_a_page_looks_the_same_without_what_was_cut(
    site, address, browser, rendered, uncut, name, width, scheme
):
    def whole(route):
        file = asset(rendered / "_static" / "style.css", urlsplit(route.request.url).path[9:])
        route.fulfill(path=file) if file.is_file() else route.continue_()

    def styled(route, is_cut):
        sheet = site / urlsplit(route.request.url).path.lstrip("/")
        css = sheet.read_text(encoding="utf-8") if is_cut else uncut
        route.fulfill(body=css, content_type=CSS)

    shots = []
    for is_cut in (True, False):
        # High enough for the whole menu, which would else be scrolled to its page, more or less.
        page = browser.new_page(
            viewport={"width": width, "height": 960}, color_scheme=scheme, reduced_motion="reduce"
        )
        page.add_init_script(PATIENT)
        page.route("**/_static/vendor/**", whole)
        page.route("**/style-*.css", lambda route, cut=is_cut: styled(route, cut))
        page.goto(f"{address}/{name}.html", wait_until="networkidle")
        page.wait_for_function(HAS_TYPEFACE)
        for script in STATES.values():
            page.evaluate(script)
            page.evaluate("() => document.fonts.ready.then(() => 0)")
            page.evaluate(PICTURES)
            shots.append(page.screenshot(animations="disabled"))
        page.close()
    half = len(STATES)
    assert list(map(unlike, shots[:half], shots[half:])) == [0] * half
