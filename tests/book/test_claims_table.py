"""The table of claims: searched, filtered and sorted, in a browser."""

import csv
from urllib.parse import urlencode

import hostile
import pytest
from test_site import ROOT

from clashbook import config

ROWS = "table.table-claims tbody tr[data-order]"
GROUPS = "table.table-claims tbody tr.group"
SHOWN = "all => all.filter(each => each.offsetHeight).map(each => each.id)"
STATUS = ".table-filter [role=status]"
FILTERS = {
    "episode": ("episode_id", "2022-09"),
    "party": ("party", "AZE"),
    "claimant": ("claimant", "Security Council of Armenia"),
    "source": ("source_id", "huseynov-2020"),
}
COLUMNS = ("Claim", "About", "Who says so", "When", "Source", "Standing")
WIDE, PHONE = 1280, 390
# What the address asks for where all episodes are looked at.
ALL = "?episode=all"


@pytest.fixture(scope="session")
def claims(site):
    with (site / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
        return {row["claim_id"]: row for row in csv.DictReader(file)}


@pytest.fixture
def opened(open_page, address):
    """Open the page of claims at an address of its own; afterwards nothing was complained of."""
    pages = []

    def go(query="", width=WIDE, base=address, **options):
        pages.append(open_page(f"{base}/claims.html{query}", width, height=900, **options))
        return pages[-1]

    yield go
    assert [heard for page in pages for heard in page.heard] == []


def shown(page):
    """The ids of the rows that are seen, from top to bottom."""
    return page.eval_on_selector_all(ROWS, SHOWN)


def unfold(page, width):
    """On a phone the groups of claims are folded."""
    for head in page.locator(f"{GROUPS}:visible button").all() if width == PHONE else []:
        head.click()


def said(page):
    return page.locator(STATUS).inner_text()


def choose(page, name, value):
    page.select_option(f".table-filter [name={name}]", value)


def head(page, name):
    return page.locator(".table-claims thead button", has_text=name)


def fitting(claims, **values):
    return {key for key, row in claims.items()
            if all(row[FILTERS[name][0]] == value for name, value in values.items())}  # fmt: skip


@pytest.fixture(scope="session")
def focus(claims):
    """The claims of the episodes that the book is about."""
    episodes = config.read(ROOT).focus
    return {key for key, row in claims.items() if row["episode_id"] in episodes}


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_at_first_the_claims_of_the_books_episodes_are_shown_and_counted(
    opened, claims, focus, width
):
    page = opened(width=width)
    unfold(page, width)
    assert set(shown(page)) == focus
    assert said(page) == f"{len(focus)} of {len(claims)} claims"
    assert "?" not in page.url


def test_on_a_phone_claims_are_folded_under_clash_and_measure_until_one_is_asked_for(
    opened, claims, focus
):
    page = opened(width=PHONE)
    assert shown(page) == []
    heads = page.locator(f"{GROUPS}:visible")
    assert heads.count() == len(
        {(claims[key]["episode_id"], claims[key]["indicator"]) for key in focus}
    )
    first = heads.first.get_by_role("button")
    assert first.get_attribute("aria-expanded") == "false"
    first.press("Enter")
    assert first.get_attribute("aria-expanded") == "true"
    assert f": {len(shown(page))} claims" in first.inner_text()
    first.press("Enter")
    page.fill(".table-filter [name=search]", "forrights")
    assert len(shown(page)) == heads.count() == 1
    other = next(key for key in claims if key not in focus)
    assert shown(opened(f"#{other}", width=PHONE)) == [other]


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_one_press_shows_every_claim_and_the_address_says_so(opened, claims, width):
    page = opened(width=width)
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("() => location.search === '?episode=all'")
    unfold(page, width)
    assert set(shown(page)) == set(claims)
    assert said(page) == f"{len(claims)} claims"
    page.reload()
    unfold(page, width)
    assert set(shown(page)) == set(claims)
    if width == PHONE:
        page.get_by_role("button", name="Filter and sort").click()
    choose(page, "episode", "")
    assert len(shown(page)) < len(claims)


def test_a_link_to_a_claim_of_another_episode_shows_it(opened, claims, focus):
    other = next(key for key in claims if key not in focus)
    page = opened(f"#{other}")
    assert set(shown(page)) == {*focus, other}
    assert said(page) == f"{len(focus)} of {len(claims)} claims, and the one linked to"
    assert 0 <= page.locator(f"[id='{other}']").bounding_box()["y"] < 900


@pytest.mark.parametrize("name", FILTERS)
def test_one_filter_leaves_the_claims_that_have_its_value(opened, claims, name):
    page, value = opened(ALL), FILTERS[name][1]
    choose(page, name, value)
    wanted = fitting(claims, **{name: value})
    assert set(shown(page)) == wanted
    assert said(page) == f"{len(wanted)} of {len(claims)} claims"
    asked = {"episode": "all"} | {name: value}
    assert page.url.endswith(f"?{urlencode(asked)}")


def test_a_filter_offers_each_value_of_the_claims_once_in_words(opened, claims):
    page = opened()
    for name, (column, _) in FILTERS.items():
        options = page.locator(f".table-filter [name={name}] option")
        values = options.evaluate_all("all => all.map(each => each.value)")
        every = ["", "all"] if name == "episode" else [""]
        assert sorted(values) == sorted([*every, *{row[column] for row in claims.values()}])
        words = options.all_inner_texts()
        assert len(set(words)) == len(words)
        assert not set(words) & {"ARM", "AZE", "2022-09", "huseynov-2020"}


def test_filters_and_words_narrow_the_table_together(opened, claims):
    page = opened()
    choose(page, "episode", "2022-09")
    choose(page, "party", "ARM")
    both = fitting(claims, episode="2022-09", party="ARM")
    assert set(shown(page)) == both
    page.fill(".table-filter [name=search]", "security KILLED")
    fewer = set(shown(page))
    assert set() < fewer < both
    for key in fewer:
        row = page.locator(f"[id='{key}']").text_content().lower()
        assert "security" in row
        assert "killed" in row
    assert said(page) == f"{len(fewer)} of {len(claims)} claims"


def test_words_are_searched_in_the_folded_note_too_whatever_their_accents(opened, claims):
    page = opened(ALL)
    (key,) = [key for key, row in claims.items() if "Four-Day War" in row["note"]][:1]
    page.fill(".table-filter [name=search]", "four-dáy  wår")
    assert key in shown(page)
    page.fill(".table-filter [name=search]", "qwertyuiop")
    assert shown(page) == []
    assert said(page) == f"0 of {len(claims)} claims"


def test_where_nothing_is_found_the_page_says_what_is_kept_out_and_where_else_to_look(
    opened, claims
):
    page = opened()
    hint = page.locator(".table-filter .hint")
    assert not hint.is_visible()
    page.fill(".table-filter [name=search]", "four-day war")
    wanted = [key for key, row in claims.items() if "Four-Day War" in row["note"]]
    assert said(page) == f"0 of {len(claims)} claims; {len(wanted)} without filters"
    page.fill(".table-filter [name=search]", "CSTO")
    assert shown(page) == []
    assert hint.get_by_role("link", name="Data").get_attribute("href") == "data.html"
    hint.get_by_role("link", name="Search the whole book").click()
    page.wait_for_url("**/search.html?q=CSTO")
    page.wait_for_selector("#search-results li a")


def test_show_all_takes_everything_back_address_and_order_included(opened):
    page = opened(ALL)
    before = shown(page)
    choose(page, "party", "AZE")
    page.fill(".table-filter [name=search]", "killed")
    head(page, "Source").click()
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("() => location.search === '?episode=all'")
    assert shown(page) == before
    assert not page.locator(".table-claims [aria-sort]").count()


def test_each_head_sorts_up_then_down_then_back_to_the_order_of_the_page(opened):
    page = opened(ALL)
    listed = shown(page)
    for name in COLUMNS:
        button = head(page, name)
        cell = button.locator("..")
        button.click()
        assert cell.get_attribute("aria-sort") == "ascending"
        rising = shown(page)
        button.click()
        assert cell.get_attribute("aria-sort") == "descending"
        falling = shown(page)
        assert page.locator("[aria-sort]").count() == 1
        assert sorted(rising) == sorted(falling) == sorted(listed)
        assert len({tuple(listed), tuple(rising), tuple(falling)}) == 3, name
        button.click()
        assert shown(page) == listed
        assert cell.get_attribute("aria-sort") is None


def test_sorting_is_by_floor_among_what_can_be_compared_and_by_day(opened, claims):
    page = opened("?sort=claim&episode=2022-09")
    keys = [key for key in shown(page) if claims[key]["indicator"] == "killed"]
    soldiers = [claims[key]["low"] for key in keys if claims[key]["population"] == "military"]
    floors = [float(low or "inf") for low in soldiers]
    assert floors == sorted(floors)
    assert len(set(floors)) > 3
    measures = [claims[key]["indicator"] for key in shown(page)]
    assert len([at for at, one in enumerate(measures) if one != measures[at - 1]]) <= (
        len(set(measures)) + 1
    )
    head(page, "When").click()
    days = [claims[key]["reported_on"] for key in shown(page)]
    assert days == sorted(days)
    head(page, "When").click()
    assert [claims[key]["reported_on"] for key in shown(page)] == sorted(days, reverse=True)


def test_rows_that_are_alike_keep_the_order_of_the_page(opened, claims):
    page = opened()
    listed = shown(page)
    for _ in range(2):
        head(page, "About").click()
        for party in ("ARM", "AZE"):
            mine = [key for key in shown(page) if claims[key]["party"] == party]
            assert mine == [key for key in listed if key in mine]


def test_a_view_is_kept_by_its_address(opened, claims):
    query = "?search=killed&episode=2022-09&party=ARM&sort=-when"
    page = opened(query)
    keys = shown(page)
    assert set(keys) < fitting(claims, episode="2022-09", party="ARM")
    days = [claims[key]["reported_on"] for key in keys]
    assert days == sorted(days, reverse=True)
    assert page.input_value(".table-filter [name=party]") == "ARM"
    page.click(f"{ROWS}:not([hidden]) th a")
    page.click("dialog.number-card[open] a:text-is('Its row on Claims')")
    assert page.url.endswith(f"{query}#{keys[0]}")
    page.reload()
    assert shown(page) == keys


def test_what_the_address_cannot_mean_leaves_the_table_as_it_opens(opened, focus):
    page = opened("?party=nobody&sort=nothing&episode=%3Cb%3E#nowhere")
    assert set(shown(page)) == focus
    assert page.input_value(".table-filter [name=party]") == ""


def test_a_link_to_a_row_that_the_filters_hide_shows_it(opened, claims):
    first = next(key for key, row in claims.items() if row["party"] == "ARM")
    page = opened(f"{ALL}&party=AZE#{first}")
    count = len(fitting(claims, party="AZE"))
    assert len(shown(page)) == count + 1
    assert said(page) == f"{count} of {len(claims)} claims, and the one linked to"
    row = page.locator(f"[id='{first}']")
    assert 0 <= row.bounding_box()["y"] < 900
    choose(page, "episode", "2022-09")
    assert not row.is_visible()
    assert "#" not in page.url


def test_links_within_the_page_reach_hidden_rows_and_back_returns(opened, claims):
    query = "?source=guardian-2022-09-13"
    page = opened(query)
    before = shown(page)
    link = page.locator(".bd-article p a[href^='#2020-07']").first
    target = link.get_attribute("href")[1:]
    assert target not in before
    link.click()
    page.wait_for_function("id => document.getElementById(id).offsetHeight", arg=target)
    assert page.url.endswith(f"{query}#{target}")
    page.go_back()
    page.wait_for_function("id => !document.getElementById(id).offsetHeight", arg=target)
    assert shown(page) == before


def test_a_link_to_another_episode_shows_all_its_claims(opened, claims):
    page = opened()
    page.locator(".bd-article p a", has_text="April 2016").first.click()
    page.wait_for_url("**/claims.html?episode=2016-04#2016-04*")
    page.wait_for_selector(".table-filter.ready")
    assert set(shown(page)) == fitting(claims, episode="2016-04")


def test_coming_back_from_another_page_finds_the_view_as_it_was(opened):
    page = opened()
    choose(page, "party", "AZE")
    before = shown(page)
    page.click(f"{ROWS}:not([hidden]) a[href^='sources.html']")
    # A page that is just being left cannot be asked to go back.
    page.wait_for_url("**/sources.html*")
    page.go_back()
    page.wait_for_selector(".table-filter.ready")
    assert shown(page) == before
    assert page.input_value(".table-filter [name=party]") == "AZE"


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_all_works_from_a_file(opened, site, claims, focus, width):
    page = opened("?party=AZE&sort=-when", width, base=site.as_uri())
    days = [claims[key]["reported_on"] for key in shown(page)]
    assert len(days) == len(fitting(claims, party="AZE") & focus)
    assert days == sorted(days, reverse=True)
    page.fill(".table-filter [name=search]", "killed")
    assert 0 < len(shown(page)) < len(days)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_without_its_script_the_table_is_whole_and_plain(opened, claims, width):
    page = opened("?party=AZE", width, java_script_enabled=False)
    assert [row.is_visible() for row in page.locator(ROWS).all()] == [True] * len(claims)
    assert not page.locator(".table-filter").is_visible()
    assert not page.locator(".table-claims thead button").count()


def test_all_can_be_done_by_keyboard(opened, claims):
    page = opened()
    page.focus(".table-filter [name=search]")
    page.keyboard.type("killed")
    page.keyboard.press("Enter")
    assert "search=killed" in page.url
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "episode"
    page.keyboard.type("September")
    assert page.input_value(".table-filter [name=episode]") == "2022-09"
    few = shown(page)
    assert 0 < len(few) < len(claims)
    for name in ("party", "claimant", "source"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == name
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "reset"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "table-scroll"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("[aria-sort=ascending]").inner_text() == "Claim"
    assert page.evaluate("document.activeElement.innerText") == "Claim"
    assert shown(page) != few
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.search === '?episode=all'")
    assert len(shown(page)) == len(claims)


@pytest.mark.parametrize("width", [PHONE, 320])
def test_on_a_phone_filters_are_folded_and_sort_as_well(opened, claims, focus, width):
    page = opened(width=width)
    fold = page.get_by_role("button", name="Filter and sort")
    party = page.locator(".table-filter [name=party]")
    assert not party.is_visible()
    fold.click()
    assert fold.get_attribute("aria-expanded") == "true"
    choose(page, "party", "AZE")
    choose(page, "sort", "-when")
    days = [claims[key]["reported_on"] for key in shown(page)]
    assert len(days) == len(fitting(claims, party="AZE") & focus)
    assert days == sorted(days, reverse=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in page.locator(".table-filter :is(input, select, button)").all():
        box = control.bounding_box()
        assert box["height"] >= 24
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    # No head is focused that nobody sees.
    assert not page.locator(".table-claims thead button").first.is_visible()
    fold.click()
    assert not party.is_visible()


def test_nothing_moves_when_the_form_is_put_to_work(opened):
    still = "form => [form.offsetHeight, form.nextElementSibling.querySelector('tbody').offsetTop]"
    for width in (WIDE, PHONE):
        page = opened(width=width)
        after = page.eval_on_selector("form.table-filter", still)
        page.route("**/filter.js*", lambda route: route.fulfill(content_type="text/javascript"))
        page.reload()
        page.unroute_all()
        assert not page.locator("form.table-filter").is_visible()
        assert page.eval_on_selector("form.table-filter", still) == after


def test_a_printed_page_has_all_rows_and_no_form(opened, claims):
    page = opened("?party=AZE")
    page.emulate_media(media="print")
    assert len(shown(page)) == len(claims)
    assert not page.locator("form.table-filter").is_visible()


def test_hostile_words_in_options_and_address_stay_words(browser, hostile_address):
    page = browser.new_page()
    page.add_init_script("window.alert = () => { window.canary = 1; }")
    page.goto(f"{hostile_address}/claims.html?search=%3Cimg+data-canary+src%3Dx%3E")
    options = page.locator(".table-filter option").all_inner_texts()
    assert any("data-canary" in each for each in options)
    assert page.input_value(".table-filter [name=search]") == "<img data-canary src=x>"
    for name in FILTERS:
        choose(page, name, page.locator(f"[name={name}] option").last.get_attribute("value"))
    page.fill(".table-filter [name=search]", hostile.WORD)
    assert page.locator(f"{STATUS}, .table-filter").first.inner_text()
    assert not page.locator("[data-canary]").count()
    assert page.evaluate("window.canary") is None
    page.close()
