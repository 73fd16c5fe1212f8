"""Tapping a number opens its card: by pointer, touch and keyboard, from any address."""

import json
import re

import pytest
from lxml import html
from test_site import ROOT
from visits import AXE, WIDTHS

from clashbook import config

PAGE = "casualties.html"
NUMBER = ".bd-article p a:has(> .number[data-card^='number-'])"
CARD = "dialog.number-card"
COPY = "Copy number and citation"
# Where in its card the element is that has the focus, among all.
NTH = """() => [...document.querySelectorAll('dialog.number-card *')]
  .indexOf(document.activeElement)"""
BOX = "each => each.getBoundingClientRect().toJSON()"


def tap(page, selector=NUMBER):
    """Tap the first of what a selector finds in sight, and wait for its card."""
    number = page.locator(selector).locator("visible=true").first
    number.scroll_into_view_if_needed()
    number.click()
    page.wait_for_selector(f"{CARD}[open]")
    return number


def test_a_tapped_number_opens_a_card_that_is_a_dialog_with_a_name(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    words = tap(page).inner_text()
    dialog = page.get_by_role("dialog", name=re.compile("Killed"))
    assert dialog.is_visible()
    assert dialog.locator(".card-value").inner_text() == words
    assert dialog.get_by_role("heading", name="Who says so").is_visible()
    assert page.url == f"{address}/{PAGE}"
    assert page.heard == []


def test_by_keyboard_a_card_opens_keeps_the_focus_and_gives_it_back(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    number = page.locator(NUMBER).first
    number.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{CARD}[open]")
    assert page.evaluate("document.activeElement.textContent") == "Close"
    order = []
    for _ in range(4):
        page.keyboard.press("Tab")
        order.append(page.evaluate(NTH))
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
    assert order == sorted(order)
    while page.evaluate("document.activeElement.textContent") != COPY:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") != "Close"
    page.keyboard.press("Escape")
    page.wait_for_selector(CARD, state="hidden")
    assert number.evaluate("each => each === document.activeElement")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_is_within_the_window_and_open_to_all(address, open_page, width, scheme):
    page = open_page(f"{address}/{PAGE}", width, color_scheme=scheme, reduced_motion="reduce")
    number = tap(page)
    box, shown = page.locator(CARD).evaluate(BOX), number.evaluate(BOX)
    assert box["left"] >= 0
    assert box["right"] <= width
    assert box["bottom"] <= 844
    # The number is not beneath its card.
    assert shown["bottom"] <= box["top"] or shown["top"] >= box["bottom"]
    if width == 390:
        assert (box["left"], box["width"], box["bottom"]) == (0, 390, 844)
    for fold in page.locator(f"{CARD} summary").all():
        fold.click()
    grown = page.locator(CARD).evaluate(BOX)
    assert grown["bottom"] <= 844
    # It grows on the side where it was.
    assert (grown["top"] > shown["top"]) == (box["top"] > shown["top"]) or width == 390
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run('{CARD}', {{preload: false}})")
    assert [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]] == []


@pytest.mark.parametrize(
    ("name", "selector"),
    [
        (PAGE, "a.figure-mark[href*='claims.html#']"),
        (PAGE, ".exhibit-table tbody :is(th, td) > a"),
        (PAGE, ".exhibit-table td[data-label='Rests on'] a"),
        ("index.html", ".number"),
        ("conflicts.html", ".claim"),
        ("claims.html", ".table-claims tbody th a"),
        ("exhibits/toll-by-episode.html", "a.figure-mark[href*='claims.html#']"),
        (PAGE, "#killed-by-month td [data-card^='series-']"),
        (PAGE, "#killed-by-month .figure-mark"),
        (PAGE, "#where-the-range-comes-from td [data-card^='row-']"),
        ("economy.html", "#one-measure a.figure-mark"),
        ("economy.html", "#economic-activity td [data-card^='series-']"),
        ("economy.html", "#activity-level td [data-card^='row-']"),
        ("exhibits/economic-activity.html", ".exhibit td [data-card^='series-']"),
    ],
)
def test_a_number_has_its_card_wherever_it_stands(address, open_page, name, selector):
    page = open_page(f"{address}/{name}")
    if " td" in selector or ".exhibit-table" in selector:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    tap(page, selector)
    assert page.locator(f"{CARD} .card-value").inner_text()
    leads = page.locator(f"{CARD} a").evaluate_all("all => all.map(each => each.href)")
    outside = page.locator(f"{CARD} a:text-is('The source itself')").count()
    assert sum(not link.startswith(f"{address}/") for link in leads) == outside
    for link in leads:
        if link.startswith(address):
            assert page.request.get(link.split("#")[0]).ok, link
    assert page.heard == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("opener", [NUMBER, "[data-card='number-2022-09-killed-all-arm']"])
def test_what_closes_a_card_and_what_copies_stay_in_sight(address, open_page, width, opener):
    page = open_page(f"{address}/{PAGE}", width)
    tap(page, opener)
    for fold in page.locator(f"{CARD} summary").all():
        fold.click()
    body = page.locator(f"{CARD} .card-body")
    for to in ("0", "each.scrollHeight"):
        body.evaluate(f"each => {{ each.scrollTop = {to}; }}")
        for name in ("Close", COPY):
            box = page.get_by_role("button", name=name, exact=True).evaluate(BOX)
            assert 0 <= box["top"] < box["bottom"] <= 844, (to, name)
            assert page.evaluate(
                "([x, y]) => document.elementFromPoint(x, y).textContent",
                [box["left"] + box["width"] / 2, box["top"] + box["height"] / 2],
            ) == name  # fmt: skip


def test_a_card_keeps_its_edges_where_colours_are_forced(address, open_page):
    page = open_page(f"{address}/{PAGE}", forced_colors="active")
    tap(page)
    edges = page.locator(CARD).evaluate(
        "each => [getComputedStyle(each).borderTopWidth, "
        "...[...each.querySelectorAll('.card-close, .card-foot .copy')]"
        ".map(one => getComputedStyle(one).borderTopWidth)]"
    )
    assert edges == ["1px", "1px", "1px"]


def test_the_card_of_a_series_says_publisher_release_and_source(address, open_page):
    page = open_page(f"{address}/economy.html", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    words = tap(page, "#economic-activity td [data-card^='series-eai-change-yoy-arm']").inner_text()
    said = page.locator(f"{CARD} .card-body").inner_text()
    assert words in said
    assert "Statistical Committee of the Republic of Armenia" in said
    assert re.search(r"As revised by \w+.\d{4}; released ", said)
    assert page.get_by_role("link", name="The source itself").count() == 1
    page.get_by_role("button", name=COPY).click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert words in copied
    assert "[Dataset]" in copied


def test_a_row_without_a_card_of_its_own_is_told_as_its_table_has_it(address, open_page):
    page = open_page(f"{address}/{PAGE}", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    number = tap(page, "#where-the-range-comes-from td [data-card^='row-']")
    words = number.inner_text()
    assert page.locator(f"{CARD} .card-value").inner_text() == words
    row = number.evaluate("each => [...each.closest('tr').cells].map(cell => cell.textContent)")
    said = page.locator(f"{CARD} .card-body").inner_text()
    assert row[0].strip() in said.replace("\u00a0", " ")
    assert page.get_by_role("heading", name="What it rests on").count() == 1
    page.get_by_role("button", name=COPY).click()
    page.get_by_role("button", name="Copied").wait_for()
    assert re.search(r"\(\d{4}\)\. ", page.evaluate("navigator.clipboard.readText()"))


def test_a_cell_and_its_card_say_the_same(site):
    told = {path.stem: card(path) for path in site.glob("cards/*.js")}
    for path in site.glob("*.html"):
        for opener in html.parse(path).xpath("//figure//td//*[@data-card]"):
            key, _, part = opener.get("data-card").partition("~")
            if key.startswith("row-"):
                continue
            shown = told[key]["at"][part]["text"] if part else told[key]["text"]
            own, theirs = plain(opener.text_content()), plain(shown)
            # A series' unit, its best estimate or a rounding in millions is the column's.
            assert own == theirs or (part and {*digits(own)[:1]} <= {*digits(theirs)}), (
                path.name,
                key,
            )


def test_every_number_in_a_table_of_an_exhibit_has_a_card(site):
    """All but years and days, which count nothing, and what rests on no row of the data."""
    without = set()
    for path in site.glob("*.html"):
        for figure in html.parse(path).xpath("//figure[contains(@class, 'exhibit')]"):
            for cell in figure.xpath(".//tbody//*[contains(@class, 'numeric')]"):
                name = cell.get("data-label", "")
                if re.search(r"\d", cell.text_content()) and not cell.xpath(".//a"):
                    without.add((figure.get("id"), name))
    assert {name for _, name in without} <= {"", "Period"}


def card(path):
    text = path.read_text(encoding="utf-8").strip()
    return json.loads(f"[{text.removeprefix('clashbookCard(').removesuffix(');')}]")[1]


def plain(words):
    return " ".join(words.split())


def digits(words):
    return re.findall(r"[1-9]", words)


def test_a_mark_opens_its_card_at_the_first_touch(address, open_page):
    page = open_page(f"{address}/{PAGE}", 390, has_touch=True)
    mark = page.locator(".picture-phone a.figure-mark").first
    mark.scroll_into_view_if_needed()
    mark.tap(force=True)
    page.wait_for_selector(f"{CARD}[open]")
    assert page.url == f"{address}/{PAGE}"


def test_a_card_is_loaded_when_it_is_asked_for_and_once(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    assert [url for url in page.asked if "/cards/" in url] == []
    for _ in range(2):
        tap(page)
        page.keyboard.press("Escape")
    assert len([url for url in page.asked if "/cards/" in url]) == 1


def test_two_taps_bring_a_number_with_its_citation_to_the_clipboard(address, open_page):
    page = open_page(f"{address}/{PAGE}", permissions=["clipboard-read", "clipboard-write"])
    words = tap(page).inner_text()
    page.get_by_role("button", name=COPY).click()
    page.get_by_role("button", name="Copied").wait_for()
    said = page.evaluate("navigator.clipboard.readText()").replace("\u00a0", " ")
    assert words.replace("\u00a0", " ").lower() in said.lower()
    assert "as known on" in said
    assert re.search(r"\(\d{4}\)\. .* In Claims and Counts: The ", said)


def test_beside_an_open_card_a_tap_closes_it_or_opens_the_next(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    tap(page)
    first = page.locator("#number-card-name").inner_text()
    page.mouse.click(1270, 400)
    page.wait_for_selector(CARD, state="hidden")
    tap(page)
    box = page.locator(CARD).evaluate(BOX)
    others = page.locator(".bd-article p .number").evaluate_all(f"all => all.map({BOX})")
    free = [
        one
        for one in others
        if one["top"] > 100 and one["bottom"] < 844
        and (one["bottom"] < box["top"] or one["left"] > box["right"])
    ]  # fmt: skip
    target = free[-1]
    page.mouse.click(target["left"] + 3, target["top"] + target["height"] / 2)
    page.wait_for_selector(f"{CARD}[open]")
    assert page.locator("#number-card-name").inner_text() != first or len(free) == 1


def test_a_link_in_a_card_leads_to_the_row_of_the_claim(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    tap(page)
    row = page.locator(f"{CARD} li a").first
    there = row.get_attribute("href")
    row.click()
    page.wait_for_url(there)
    assert "/claims.html#" in there


def test_with_a_key_held_down_a_number_is_a_link_as_any_other(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    with page.context.expect_page() as other:
        page.locator(NUMBER).first.click(modifiers=["ControlOrMeta"])
    assert "/claims.html#" in other.value.url
    assert not page.locator(CARD).count()


def test_without_scripts_a_number_leads_to_its_row(address, open_page):
    page = open_page(f"{address}/{PAGE}", java_script_enabled=False)
    page.locator(NUMBER).first.click()
    page.wait_for_url(re.compile(r"/claims\.html#"))
    assert page.locator(f"[id='{page.url.split('#')[1]}']").count() == 1


def test_a_number_whose_card_does_not_come_leads_to_its_row(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    page.route("**/cards/*", lambda route: route.abort())
    page.locator(NUMBER).first.click()
    page.wait_for_url(re.compile(r"/claims\.html#"))


def test_from_a_file_a_card_opens_and_names_no_address(site, open_page):
    page = open_page((site / PAGE).as_uri())
    tap(page)
    page.locator(f"{CARD} .card-cite summary").click()
    assert page.locator(f"{CARD} .card-cite").inner_text().count("file:") == 0
    assert page.heard == []


def test_a_book_without_an_address_offers_the_one_that_the_reader_sees(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    tap(page)
    page.locator(f"{CARD} .card-cite summary").click()
    said = page.locator(f"{CARD} .card-cite").inner_text()
    cite = open_page(f"{address}/cite.html").locator("main").inner_text()
    if config.read(ROOT).base_url:
        assert "Link to this state" in said
        assert "no published address" not in said + cite
    else:
        assert said.count("This book has no published address yet") == 1
        assert f"{address}/claims.html#" in said
        assert f"{address}/index.html" in cite
