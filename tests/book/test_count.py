"""Counting one's own way: the page, its file of answers, and the command line say the same."""

import json
import random
import re

import pytest
from lxml import html
from test_site import ROOT

from clashbook import counting
from clashbook.bounds import NO_FIGURE
from clashbook.counting import SWITCHES, Choice
from clashbook.dataset.tables import load

PAGE = "count.html"
PARTIES = ("ARM", "AZE", "both")
FORM = '.count-way[data-episode="2022-09"]'


@pytest.fixture(scope="module")
def data():
    return load(ROOT / "data")


def answers(site, episode):
    text = (site / "count" / f"{episode}.js").read_text(encoding="utf-8")
    named, found = re.fullmatch(r"clashbookCount\((\"[\w-]+\"),(.*)\);\n", text, re.DOTALL).groups()
    assert json.loads(named) == episode
    return json.loads(found)


def looked_up(found, left, switched, day):
    """What a page shows for a choice: by bits and places alone."""
    at = found["days"].index(day)
    cells = []
    for side in found["sides"]:
        bits = [found["ticks"][tick] in left for tick in side["ticks"]]
        bits += [name in switched for name in found["switches"]]
        setting = sum(1 << bit for bit, is_on in enumerate(bits) if is_on)
        cells.append(side["rows"][side["places"][setting]][at])
    own = [
        side["answers"][cell]
        for side, cell in zip(found["sides"], cells, strict=True)
        if side["answers"]
    ]
    return [found["answers"][place] for place in (*own, found["joint"][".".join(map(str, cells))])]


def meant(site, episode):
    """The speakers of each tick, as the build tells the pages."""
    (known,) = [
        known
        for path in sorted((ROOT / ".build").glob("site-*/edition/choices.json"))
        for known in json.loads(path.read_text(encoding="utf-8"))
        if known["episode"] == episode and path.parent.parent.name.startswith("site-")
    ][:1]
    return {tick["slug"]: tick["speakers"] for tick in known["ticks"]}


@pytest.mark.parametrize("episode", ["2020-07", "2022-09"])
def test_answers_drawn_by_chance_are_those_of_the_count(site, data, episode):
    found, ticks, chance = answers(site, episode), meant(site, episode), random.Random(7)
    for _ in range(250):
        often = chance.choice((0.1, 0.3, 0.6))
        left = {slug for slug in found["ticks"] if chance.random() < often}
        switched = frozenset(name for name in SWITCHES if chance.random() < 0.4)
        day = chance.choice(found["days"])
        choice = Choice(frozenset(name for slug in left for name in ticks[slug]), switched)
        count = counting.count(data, episode, day, choice=choice)
        tolls = [count.toll("killed", party) for party in PARTIES]
        shown = looked_up(found, left, switched, day)
        assert [text for text, *_ in shown] == [toll.text or NO_FIGURE for toll in tolls], (
            choice.words
        )
        for (_, low, high, contested, _), toll in zip(shown, tolls, strict=True):
            assert (low, contested) == (toll.bounds.low, toll.contested)
            assert high == (None if toll.contested else toll.bounds.high)


def tick(page, words):
    page.locator(FORM).get_by_label(words, exact=True).first.click()


def numbers(page, css_class="yours"):
    return [
        cell.inner_text().replace("\u00a0", " ")
        for cell in page.locator(f"{FORM} td.{css_class}").all()
    ]


def test_leaving_out_a_speaker_says_whose_count_it_is_and_what_changed(address, open_page, data):
    page = open_page(f"{address}/{PAGE}")
    before = numbers(page)
    tick(page, "Government of Armenia")
    page.wait_for_selector(f"{FORM}.own")
    choice = Choice(frozenset(["Government of Armenia"]))
    count = counting.count(data, "2022-09", choice=choice)
    assert numbers(page) == [
        count.toll("killed", party).text.replace("\u00a0", " ") for party in PARTIES
    ]
    assert numbers(page, "ours") == before
    assert "Your count, not this report’s: without Government of Armenia" in page.inner_text(FORM)
    assert re.search(r"Armenia: .+ instead of .+rule", page.inner_text(f"{FORM} .count-why"))
    assert page.heard == []


def test_the_address_keeps_the_choice(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    tick(page, "Leave out upper limits")
    page.wait_for_selector(f"{FORM}.own")
    shown, url = numbers(page), page.url
    assert "switches=no_limits" in url
    again = open_page(url)
    again.wait_for_selector(f"{FORM}.own")
    assert numbers(again) == shown
    again.locator(FORM).get_by_role("button", name="Back to this report’s count").click()
    again.wait_for_selector(f"{FORM}:not(.own)")
    assert again.url == f"{address}/{PAGE}"


def test_answers_are_loaded_when_asked_for_and_from_a_file_too(address, site, open_page):
    page = open_page(f"{address}/{PAGE}")
    assert not any("/count/" in url for url in page.asked)
    opened = open_page((site / PAGE).as_uri())
    tick(opened, "Take killed or missing as killed")
    opened.wait_for_selector(f"{FORM}.own")
    assert opened.heard == []


def test_a_day_is_stepped_through_by_keyboard(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    page.locator(f"{FORM} [name=day]").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        f"document.querySelector('{FORM} [name=day]').ariaValueText !== null || true"
    )
    page.wait_for_selector(f"{FORM} svg")
    day = page.locator(f"{FORM} .day").inner_text()
    assert day != "14 February 2024"
    assert page.locator(f"{FORM} [name=day]").get_attribute("aria-valuetext") == day


def test_without_scripts_the_table_says_what_each_speaker_left_out_gives(address, open_page):
    page = open_page(f"{address}/{PAGE}", java_script_enabled=False)
    assert not page.locator(FORM).is_visible()
    table = page.get_by_role("table", name=re.compile("September 2022: each speaker left out"))
    assert table.get_by_role("row", name=re.compile("^Government of Armenia")).is_visible()


def test_a_count_is_copied_with_what_was_left_out(address, open_page):
    page = open_page(f"{address}/{PAGE}", 390)
    tick(page, "Government of Armenia")
    page.wait_for_selector(f"{FORM}.own")
    words = page.locator(f"{FORM} .to-copy").text_content()
    assert "not that report’s (without Government of Armenia)" in words
    assert page.url in words


def test_days_are_stepped_through_where_the_toll_is_told(address, open_page):
    page = open_page(f"{address}/casualties.html", 390)
    fold = page.locator(".known-by-day").last
    fold.locator("summary").click()
    assert fold.locator("li:visible").count() == 1
    first = fold.locator("li:visible").inner_text()
    earlier = fold.get_by_role("button", name="Earlier")
    assert earlier.is_disabled()
    fold.get_by_role("button", name="Later").click()
    assert fold.locator("li:visible").inner_text() != first
    assert earlier.is_enabled()
    page.emulate_media(media="print")
    assert fold.locator("li:visible").count() > 10
    plain = open_page(f"{address}/casualties.html", java_script_enabled=False)
    fold = plain.locator(".known-by-day").last
    fold.locator("summary").click()
    assert fold.locator("li:visible").count() > 10


def test_a_day_on_which_the_sides_do_not_add_up_to_the_toll_says_so(site):
    page = html.parse(site / "index.html")
    days = page.xpath("//details[@class='known-by-day'][1]//li")
    saying = [
        day.get("data-day") for day in days if "more on both sides together" in day.text_content()
    ]
    assert saying == ["2020-07-16"]


def test_all_authorities_of_a_side_are_left_out_at_one_touch(address, open_page):
    page = open_page(f"{address}/{PAGE}")
    group = page.locator(FORM).get_by_role("group", name="Authorities of Armenia", exact=True)
    group.get_by_role("button", name="Leave out all of these").click()
    page.wait_for_selector(f"{FORM}.own")
    assert group.get_by_role("checkbox", checked=True).count() == 0
    others = page.locator(FORM).get_by_role("group", name="Authorities of Azerbaijan", exact=True)
    assert others.get_by_role("checkbox", checked=False).count() == 0


def test_the_address_keeps_the_choices_of_both_clashes(address, open_page):
    page, july = open_page(f"{address}/{PAGE}"), FORM.replace("2022-09", "2020-07")
    for form in (july, FORM):
        page.locator(form).get_by_label("Leave out upper limits", exact=True).click()
        page.wait_for_selector(f"{form}.own")
    again = open_page(page.url)
    for form in (july, FORM):
        again.wait_for_selector(f"{form}.own")


@pytest.mark.parametrize("choice", ["without=nobody-at-all", "switches=all", "day=1999-01-01"])
def test_a_link_that_names_nothing_known_says_so(address, open_page, choice):
    page = open_page(f"{address}/{PAGE}#episode=2022-09&{choice}")
    page.locator(f"{FORM} .count-fault").wait_for()
    assert not page.locator(f"{FORM}.own").count()


def test_a_reader_s_count_prints_with_the_words_that_it_is_his(address, open_page):
    page = open_page(f"{address}/{PAGE}#episode=2022-09&switches=no_limits")
    page.wait_for_selector(f"{FORM}.own")
    page.emulate_media(media="print")
    assert page.locator(f"{FORM} .count-whose").is_visible()
    assert not page.locator(f"{FORM} [name=day]").is_visible()
