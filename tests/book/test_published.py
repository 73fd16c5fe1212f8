"""The site as it is published: at a host's root, below it, and opened from a folder."""

import threading
import urllib.request
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import html

from clashbook.files import marker_of
from clashbook.website import releases, serve

BELOW = "some/sub/path"
LINKS = ("href", "src", "data")


@pytest.fixture(scope="module")
def published(site, tmp_path_factory):
    """All that is published, in a folder below the root of a host."""
    folder = tmp_path_factory.mktemp("host") / BELOW
    releases.lay_out(site, folder)
    return folder


@pytest.fixture(scope="module")
def state(published):
    """Where one version of the edition stays, as seen from the root of what is published."""
    marker = marker_of(published)
    return f"editions/{marker['as_of']}/v{marker['version']}"


@contextmanager
def running(server):
    with server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{serve.HOST}:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=["root", "sub-path"])
def home(request, published):
    """The address of what is published, ending in a slash."""
    if request.param == "root":
        with running(serve.server(published, 0)) as address:
            yield f"{address}/"
    else:
        host = published.parents[BELOW.count("/")]
        with running(serve.server(host, 0)) as address:
            yield f"{address}/{BELOW}/"


def asked(page):
    """What a page links to or loads, but for what lies elsewhere on the web."""
    for element in page.iter():
        for name in LINKS:
            link = element.get(name) if isinstance(element.tag, str) else None
            if link and not urlsplit(link).scheme and not urlsplit(link).netloc:
                yield link


def test_every_link_of_every_page_names_a_file_and_a_place_in_it(published):
    paths = [path for path in published.rglob("*.html") if "_static" not in path.parts]
    pages = {path: html.parse(str(path)).getroot() for path in paths}
    anchors = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    dead = set()
    for path, page in pages.items():
        for link in asked(page):
            parts = urlsplit(link)
            # What a host sends for any address starts at the root.
            root = published if parts.path.startswith("/") else path.parent
            named = unquote(parts.path).lstrip("/")
            target = (root / named).resolve() if named else path
            there = target.is_file() and target.is_relative_to(published)
            # A choice in the fragment is for the form of its clash, which the build has held it to.
            is_choice = named == "count.html" and "episode=" in parts.fragment
            place = "" if is_choice else unquote(parts.fragment)
            # A page of scripts alone has its own anchors; others say where a link leads.
            if not there or (place and target in anchors and place not in anchors[target]):
                dead.add(f"{path.relative_to(published)}: {link}")
    assert dead == set()


def test_all_that_can_be_reached_is_there_and_lies_below_the_home(home, state):
    found, ahead = set(), {f"{home}index.html", f"{home}editions/index.html"}
    while ahead:
        address = ahead.pop()
        found.add(address)
        assert address.startswith(home)
        with urllib.request.urlopen(address) as answer:
            assert answer.url == address, "a link leads to its page without a detour"
            is_page = answer.headers.get_content_type() == "text/html"
            content = answer.read() if is_page else b""
        if content:
            page = html.document_fromstring(content)
            ahead |= {urldefrag(urljoin(address, link)).url for link in asked(page)} - found
    reached = {address.removeprefix(home) for address in found}
    assert {"claims.html", "_static/favicon.svg", f"{state}/claims.html"} <= reached
    assert any(name.startswith(f"{state}/exhibits/") for name in reached)


def looked_at(browser, address):
    """Open an address; the page, and what went wrong on the way."""
    wrong = []
    page = browser.new_page()
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status > 399 else None)
    page.goto(address, wait_until="load")
    return page, wrong


def some_pages(published, state):
    exhibit = min((published / "exhibits").glob("*.html")).name
    return [
        *("index.html", "casualties.html", "editions/index.html", f"{state}/claims.html"),
        f"{state}/exhibits/{exhibit}",
    ]


def test_pages_are_quiet_wherever_they_are_served(browser, home, published, state):
    for name in some_pages(published, state):
        page, wrong = looked_at(browser, home + name)
        assert page.locator("h1, h2, figcaption").count(), name
        page.close()
        assert wrong == [], name


def test_pages_are_quiet_when_opened_from_a_folder(browser, published, state):
    for name in some_pages(published, state):
        page, wrong = looked_at(browser, (published / name).as_uri())
        page.close()
        assert wrong == [], name


@pytest.mark.parametrize("place", ["", "{state}/"])
def test_the_search_finds_wherever_it_is_served(browser, home, state, place):
    folder = home + place.format(state=state)
    page, wrong = looked_at(browser, f"{folder}search.html?q=CSTO")
    first = page.locator("#search-results a").first
    first.wait_for()
    assert urljoin(page.url, first.get_attribute("href")).startswith(folder)
    page.close()
    assert wrong == []


class Plain(SimpleHTTPRequestHandler):
    """Another host, without headers of ours."""

    def log_message(self, *_arguments):
        pass


def test_only_an_exhibits_own_page_stands_in_a_frame_of_others(
    browser, home, published, state, tmp_path
):
    *_, page, exhibit = some_pages(published, state)
    frames = [f'<iframe src="{home}{name}"></iframe>' for name in (exhibit, page)]
    (tmp_path / "index.html").write_text("".join(frames))
    tab = browser.new_page()
    with running(ThreadingHTTPServer((serve.HOST, 0), partial(Plain, directory=tmp_path))) as other:
        tab.goto(other, wait_until="load")
    shown, refused = tab.main_frame.child_frames
    assert shown.locator("figure").count() == 1
    assert refused.locator("table").count() == 0
    tab.close()
