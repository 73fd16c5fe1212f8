"""The search of the book: figures, actors by any name, and the place in the page, in a browser."""

import csv
import gzip
import json
import re
from urllib.parse import quote, unquote, urlsplit

import pytest

MOST_BYTES = 150_000
PHONE, WIDE = 390, 1280
SUMMARY = ".search-summary"
RESULTS = "#search-results li a"


@pytest.fixture(scope="session")
def index_file(site):
    (found,) = (site / "_static").glob("search-index-*.js")
    return found


@pytest.fixture(scope="session")
def index(index_file):
    text = index_file.read_text(encoding="utf-8")
    return json.loads(text[text.index("{") : text.rindex(";")])


@pytest.fixture
def search(browser, address, site):
    """Search the book; afterwards the browser has complained of nothing."""
    contexts, complaints = [], []

    def ask(words, width=WIDE, over="http", **options):
        screen = {"width": width, "height": 844}
        context = browser.new_context(viewport=screen, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        base = address if over == "http" else site.as_uri()
        page.goto(f"{base}/search.html?q={quote(words)}")
        if options.get("java_script_enabled", True):
            page.wait_for_function(f"document.querySelector('{SUMMARY}').textContent")
        return page

    yield ask
    for context in contexts:
        context.close()
    assert complaints == []


def found(page):
    """Where the results lead, and what each says, those behind a fold included."""
    read = "all => all.map(each => [each.getAttribute('href'), each.textContent])"
    return [tuple(each) for each in page.eval_on_selector_all(RESULTS, read)]


def pages_of(page):
    return [urlsplit(href).path for href in dict.fromkeys(href for href, _ in found(page))]


@pytest.mark.parametrize("over", ["http", "file"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("figure", ["105", "207"])
def test_a_figure_is_found_with_the_sentence_that_it_stands_in(search, figure, width, over):
    page = search(figure, width, over)
    results = found(page)
    assert {"casualties.html", "claims.html"} <= set(pages_of(page))
    assert all(re.search(rf"(?<!\d){figure}(?!\d)", text) for _, text in results)
    marks = page.locator("#search-results mark")
    assert set(marks.all_text_contents()) == {figure}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_figure_is_no_beginning_of_another(search):
    assert not any(re.search(r"\b10\d", text) and not re.search(r"\b10\b", text)
                   for _, text in found(search("10")))  # fmt: skip


def test_a_figure_is_found_with_and_without_its_comma(search):
    with_comma, without = found(search("2,500")), found(search("2500"))
    assert with_comma == without != []
    assert all("2,500" in text for _, text in with_comma)


@pytest.fixture(scope="session")
def actors(site):
    with (site / "data" / "actors.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["actor_id"]: [row["name"], *filter(None, row["aliases"].split("; "))]
            for row in csv.DictReader(file)
        }


@pytest.mark.parametrize("key", ["CSTO", "EU", "UN", "USA", "TUR"])
def test_an_actor_is_found_by_each_of_its_names_wherever_one_of_them_stands(search, actors, key):
    names = actors[key]
    assert len(names) > 1
    places = []
    for name in names:
        page = search(name)
        results = found(page)
        assert all(any(re.search(rf"\b{re.escape(each)}", text) for each in names)
                   for _, text in results), name  # fmt: skip
        for other in set(names) - {name}:
            assert other in page.locator(SUMMARY).inner_text()
        places.append({href for href, _ in results})
    assert places[0]
    assert all(each == places[0] for each in places)


def test_the_reactions_are_found_by_the_abbreviation_that_they_do_not_write(search):
    assert {"reactions.html", "data.html", "glossary.html"} <= set(pages_of(search("CSTO")))


def test_an_abbreviation_is_not_the_beginning_of_a_word_nor_a_word_in_small_letters(search):
    for typed in ("US", "us"):
        texts = [text for _, text in found(search(typed))]
        assert texts
        assert all(re.search(r"\bUS\b|United States", text) for text in texts)
    assert [text for _, text in found(search("UN")) if "UN" in text or "United Nations" in text]


@pytest.mark.parametrize("words", ["Jermuk", "drones", "bbabo", "gazetteer"])
def test_rows_sources_and_terms_are_found(search, words):
    assert found(search(words))


def test_all_words_are_wanted_whatever_their_accents_case_and_ending(search):
    one = found(search("turkey exercise"))
    assert one
    assert all("xercise" in text for _, text in one)
    assert found(search("TÚRKEY EXERC")) == one
    assert found(search("turkey exercise zebra")) == []


def test_nothing_is_shown_twice(search):
    for words in ("CSTO", "killed", "207"):
        results = found(search(words))
        assert len(results) == len(set(results))


def test_pages_come_in_the_order_of_the_menu_with_their_counts(search):
    page = search("restraint")
    menu = page.eval_on_selector_all(
        "#pst-primary-sidebar nav a", "all => all.map(each => each.getAttribute('href'))"
    )
    shown = list(dict.fromkeys(pages_of(page)))
    assert len(shown) > 3
    assert shown == [name for name in menu if name in shown]
    heads = page.locator("#search-results h2").all_inner_texts()
    counts = [int(head.split()[-1]) for head in heads]
    assert sum(counts) == len(found(page))
    said = page.locator(SUMMARY)
    assert said.get_attribute("role") == "status"
    assert f"{sum(counts)} places on {len(counts)} pages" in said.inner_text()


def test_within_a_page_words_in_a_row_come_first(search):
    for _, texts in by_page(search("Minister of Defence")).items():
        has = ["minister of defence" in text.lower() for text in texts]
        assert has == sorted(has, reverse=True)


def by_page(page):
    groups = {}
    for href, text in found(page):
        groups.setdefault(urlsplit(href).path, []).append(text)
    return groups


def test_the_address_keeps_what_is_asked(search):
    page = search("Jermuk")
    assert page.input_value(".bd-search-container input[name=q]") == "Jermuk"
    assert page.title().startswith("Jermuk")
    page.fill(".bd-search-container input[name=q]", "207")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=207*")
    page.wait_for_selector(RESULTS)
    page.go_back()
    page.wait_for_function(f"document.querySelector('{SUMMARY}').textContent.includes('Jermuk')")


def test_what_is_not_found_is_said_without_a_word_of_misspelling(search):
    page = search("zebra crossing")
    said = page.locator(".bd-search-container").inner_text()
    assert "No sentence" in said
    assert "Try fewer words" in said
    assert not re.search(r"spell|categor", said, re.IGNORECASE)
    assert found(page) == []


@pytest.mark.parametrize("over", ["http", "file"])
@pytest.mark.parametrize("words", ["207", "CSTO", "Jermuk", "drones"])
def test_every_result_leads_to_its_place_which_is_seen(search, words, over):
    page = search(words, PHONE, over)
    base = page.url.partition("search.html")[0]
    results = found(page)
    for href, text in [*results[:6], *results[-6:]]:
        anchor = unquote(urlsplit(href).fragment)
        page.goto("about:blank")
        page.goto(base + href)
        target = page.locator(f"[id='{anchor}']")
        page.wait_for_function("id => document.getElementById(id).checkVisibility()", arg=anchor)
        ground = (
            "each => getComputedStyle(each.matches('tr') ? each.cells[0] : each).backgroundColor"
        )
        is_block = target.evaluate("each => each.matches('p, li, dd, tr')")
        assert not is_block or target.evaluate(ground) != "rgba(0, 0, 0, 0)", href
        box = target.bounding_box()
        assert box["y"] < 844, href
        assert box["y"] + box["height"] > 0, href
        mark = page.locator("body").inner_text().casefold()
        assert words.casefold() in mark or "collective security" in mark, (href, text)
        assert not page.get_by_text("Hide Search Matches").count()


def test_the_box_over_a_page_leads_to_the_results_by_keyboard(browser, address):
    page = browser.new_page(viewport={"width": PHONE, "height": 844})
    page.goto(f"{address}/methods.html")
    page.keyboard.press("Control+k")
    page.locator("dialog[open] input[type=search]").wait_for()
    page.keyboard.type("207")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=207*")
    first = page.locator(RESULTS).first
    first.wait_for()
    for _ in range(20):
        page.keyboard.press("Tab")
        if first.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "search.html" not in url and "#" in url)
    page.close()


def test_without_scripts_the_page_says_so_and_leads_to_every_page(search, index):
    page = search("207", java_script_enabled=False)
    said = page.locator(".bd-search-container noscript")
    assert "Search needs scripts" in said.inner_text()
    links = said.locator("a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert links == [name for name, _, _ in index["pages"]]


# The index


def test_the_index_is_small_and_asked_for_by_the_first_search_alone(browser, address, index_file):
    assert len(gzip.compress(index_file.read_bytes(), 6)) <= MOST_BYTES
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for name in ("index.html", "search.html"):
        page.goto(f"{address}/{name}", wait_until="networkidle")
    assert not [url for url in asked if "search" in url.rpartition("/")[2] and "index" in url]
    page.goto(f"{address}/search.html?q=207", wait_until="networkidle")
    assert [url for url in asked if url.endswith(index_file.name)]
    page.close()


def test_every_entry_of_the_index_has_its_anchor_on_its_page(site, index):
    for name, _, entries in index["pages"]:
        text = (site / name).read_text(encoding="utf-8")
        anchors = set(re.findall(r'\bid="([^"]+)"', text))
        assert {anchor for _, anchor, _ in entries} <= anchors, name


def test_every_claim_reaction_event_and_source_is_in_the_index_once(site, index):
    places = [f"{name}#{anchor}" for name, _, entries in index["pages"]
              for _, anchor, _ in entries]  # fmt: skip
    for table, column, name in (
        ("claims", "claim_id", "claims.html"),
        ("reactions", "reaction_id", "data.html"),
        ("events", "event_id", "data.html"),
        ("sources", "source_id", "sources.html"),
    ):
        with (site / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = [row[column] for row in csv.DictReader(file)]
        assert [row for row in rows if places.count(f"{name}#{row}") != 1] == []


def test_sphinxs_own_search_is_gone(site):
    left = {path.name for path in site.rglob("*.js")}
    assert not left & {"searchtools.js", "searchindex.js", "language_data.js"}
    scripts = "".join(path.read_text(encoding="utf-8") for path in site.rglob("_static/*.js"))
    assert "Hide Search Matches" not in scripts
