"""A small book, published three times: what its pages say of newer states and of other editions."""

import io
import json
from dataclasses import replace
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import axe_playwright_python
import hostile
import pytest
import small
from test_light import MOST_SHIFT, SHIFTS
from test_published import Plain, running
from visits import OVERFLOW, WIDTHS

from clashbook.pipeline import tasks
from clashbook.website import releases, serve
from conftest import ROOT, served

EARLY, LATE = "2022-09-14", "2022-09-15"
OLD, DAY = f"editions/{LATE}/v1.0.0/", f"editions/{EARLY}/"
NEW = f"editions/{LATE}/v1.1.0/"
INDEX = "# Index\n\nKilled: {number}`2022-09-killed-military-arm`, as known on {number}`as-of`.\n"
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js"))


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    """All that is published: a day and the day after it, which has a second version."""
    root, folder = tmp_path_factory.mktemp("book"), tmp_path_factory.mktemp("public")
    edition = hostile.project(root, ROOT, small.tables())
    (root / "book" / "index.md").write_text(INDEX, encoding="utf-8")
    for as_of, version, killed in (
        (EARLY, "1.0.0", 105),
        (LATE, "1.0.0", 105),
        (LATE, "1.1.0", 107),
    ):
        claims, package = (edition.data_dir / name for name in ("claims.csv", "datapackage.json"))
        claims.write_text(
            claims.read_text().replace(",105,105,105,", f",{killed},{killed},{killed},")
        )
        about = {"version": version, "created": f"2023-01-01T00:00:0{version[2]}Z"}
        about["versions"] = [{"version": version, "created": about["created"][:10]}]
        package.write_text(json.dumps(json.loads(package.read_text()) | about))
        made = replace(edition, as_of="" if as_of == LATE else as_of)
        said = io.StringIO()
        if not tasks.build(made, 2, said, pdf=False):
            pytest.fail(f"the small book does not build:\n{said.getvalue()}", pytrace=False)
        releases.lay_out(made.out, folder)
    return folder


@pytest.fixture(scope="module", params=["host", "file"])
def home(request, public):
    """Where all that is published is found: on a host, and opened from a folder."""
    if request.param == "file":
        yield f"{public.as_uri()}/"
    else:
        for address in served(public):
            yield f"{address}/"


def said(page):
    bar = page.locator(".newer p")
    bar.get_by_role("link").last.wait_for()
    return bar.inner_text().replace("\xa0", " ").strip()


def test_an_old_version_hears_of_the_newest_and_how_many_of_its_numbers_moved(home, open_page):
    page = open_page(f"{home}{OLD}index.html")
    assert said(page) == (
        "There is a newer version of this edition: as known on 15 September 2022, data version "
        "1.1.0. 1 of this page’s numbers has moved since. This page there · What changed"
    )
    page.locator(".newer a").first.click()
    assert page.url == f"{home}{NEW}index.html"
    assert "107" in page.locator("h1 ~ p").first.inner_text()
    assert page.heard == []


def test_an_old_day_says_that_it_is_kept_and_leads_to_the_same_page_of_the_latest(home, open_page):
    page = open_page(f"{home}{DAY}sources.html")
    assert said(page) == (
        "This edition says what was known on 14 September 2022, and is kept as it was. The latest "
        "edition is as known on 15 September 2022, data version 1.1.0. None of this page’s numbers "
        "has moved. This page there · What changed"
    )
    page.locator(".newer a").first.click()
    assert page.url == f"{home}{NEW}sources.html"


@pytest.mark.parametrize(
    ("name", "place"),
    [(f"{OLD}index.html", "#index"), (f"{OLD}cite.html", ""), (f"{DAY}index.html", "#index")],
)
def test_it_leads_to_what_changed_on_this_page(home, open_page, name, place):
    page = open_page(f"{home}{name}")
    assert said(page)
    page.get_by_role("link", name="What changed").click()
    # The newest state does not follow right after that of the earlier day.
    step = f"since-{EARLY}-v1.0.0" if name.startswith(DAY) else f"{LATE}-v1.0.0--{LATE}-v1.1.0"
    assert page.url == f"{home}editions/changes/{step}.html{place}"
    assert page.locator("h1").count() == 1
    assert not place or page.locator(place).count() == 1


def test_a_page_without_numbers_says_nothing_of_them(home, open_page):
    assert "number" not in said(open_page(f"{home}{OLD}cite.html"))


@pytest.mark.parametrize("place", ["", NEW, f"editions/{LATE}/"])
def test_the_root_and_the_newest_state_say_nothing(home, open_page, place):
    page = open_page(f"{home}{place}index.html")
    page.wait_for_load_state("networkidle")
    assert page.locator(".newer").count() == 0
    assert page.heard == []


def test_it_asks_its_own_host_once_and_moves_nothing(home, browser):
    for width in WIDTHS:
        page, asked = browser.new_page(viewport={"width": width, "height": 844}), []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.add_init_script(SHIFTS)
        page.goto(f"{home}{OLD}index.html", wait_until="networkidle")
        assert said(page)
        assert [url for url in asked if "editions.js" in url.rpartition("/")[2]] == [
            f"{home}editions/editions.js"
        ]
        assert page.evaluate("window.shift") < MOST_SHIFT
        assert page.evaluate(OVERFLOW) == 0
        page.close()


def test_where_no_list_is_published_nothing_is_asked_or_said(public, open_page, tmp_path):
    (tmp_path / "copy").symlink_to(public / OLD)
    page = open_page(f"{(tmp_path / 'copy').as_uri()}/index.html")
    page.wait_for_load_state("networkidle")
    assert page.heard == []
    assert page.locator(".newer, .editions-menu").count() == 0
    assert not page.locator("p.editions").is_visible()
    assert not [url for url in page.asked if url.endswith("editions/editions.js")]


def test_it_is_a_status_that_the_keyboard_closes_for_the_session(home, open_page):
    page = open_page(f"{home}{OLD}index.html")
    assert said(page)
    assert page.get_by_role("status").count() == 1
    page.locator(".newer button").focus()
    page.keyboard.press("Enter")
    assert page.locator(".newer").count() == 0
    page.goto(f"{home}{OLD}sources.html")
    page.wait_for_load_state("networkidle")
    assert page.locator(".newer").count() == 0
    page.goto(f"{home}{DAY}index.html")
    assert said(page), "another state has not been closed"


def test_it_is_not_printed(home, open_page):
    page = open_page(f"{home}{OLD}index.html")
    assert said(page)
    page.emulate_media(media="print")
    assert not page.locator(".newer").is_visible()
    assert not page.locator(".editions-menu").is_visible()


def test_a_superseded_figure_says_so_in_a_frame_of_another_host_too(home, browser, tmp_path):
    for name, words in (("drawn", "What it shows has changed"), ("days", "None of its numbers")):
        address = f"{home}{OLD}exhibits/{name}.html"
        (tmp_path / "index.html").write_text(f'<iframe src="{address}" width="390" height="600">')
        page = browser.new_page()
        host = partial(Plain, directory=tmp_path)
        with running(ThreadingHTTPServer((serve.HOST, 0), host)) as other:
            # A page of a host shows no files of the reader's machine.
            page.goto(
                f"{other}/" if home.startswith("http") else (tmp_path / "index.html").as_uri()
            )
            frame = page.frame_locator("iframe")
            frame.locator(".newer a").first.wait_for()
            assert words in frame.locator(".newer").inner_text()
            assert frame.locator(".newer a").first.get_attribute("target") == "_blank"
            assert frame.locator(".newer button").count() == 0, "it cannot be closed"
        page.close()


def test_the_same_page_of_other_editions_is_listed_when_a_reader_asks(home, open_page):
    page = open_page(f"{home}{OLD}exhibits/said.html")
    menu = page.locator(".editions-menu")
    assert menu.locator("li").count() == 0
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    menu.get_by_role("link", name="All editions").wait_for()
    lines = [line.replace("\xa0", " ") for line in menu.locator("li").all_inner_texts()]
    assert lines == [
        *("15 September 2022, data version 1.1.0, the latest edition", "14 September 2022"),
        "All editions and versions",
    ]
    menu.get_by_role("link", name="14").click()
    assert page.url == f"{home}{DAY}exhibits/said.html"
    assert page.heard == []


def test_an_edition_without_the_page_is_listed_by_its_front_page(public, open_page):
    states = (public / "editions" / "editions.js").read_text()
    assert states.count('\\"cite.html\\"') > 1
    without = states.replace('\\"cite.html\\",', "")
    try:
        (public / "editions" / "editions.js").write_text(without)
        page = open_page(f"{public.as_uri()}/{OLD}cite.html")
        page.locator(".editions-menu summary").click()
        link = page.locator(".editions-menu li", has_text="14").first
        assert "its front page" in link.inner_text()
        assert link.get_by_role("link").get_attribute("href").endswith(f"{DAY}index.html")
    finally:
        (public / "editions" / "editions.js").write_text(states)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "exhibits/drawn.html"])
def test_axe_finds_nothing_in_either(public, open_page, scheme, name):
    page = open_page(f"{public.as_uri()}/{OLD}{name}", color_scheme=scheme, reduced_motion="reduce")
    assert said(page)
    page.locator(".editions-menu summary").click()
    page.locator(".editions-menu a").first.wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run({include: ['.newer', '.editions-menu']}, {preload: false}))"
        ".violations.map(({id, nodes}) => id + ': ' + nodes[0].html)"
    )
    assert found == []


def test_days_of_the_step_by_step_fold_lead_to_their_editions(public, open_page):
    """The page has no fold of its own; the list that it would ask for is there for it."""
    page = open_page(f"{public.as_uri()}/{OLD}index.html")
    days = page.evaluate("clashbookPublished.published().then(all => all.map(({as_of}) => as_of))")
    assert days == [LATE, LATE, EARLY]
