"""The index of the search: every sentence and row of the pages, with its place."""

import json

import pytest
from lxml import html

from clashbook.website import trim
from clashbook.website.trim import search

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body>
<nav class="bd-links"><a href="{first}">One</a><a href="two.html">Two</a></nav>
<article class="bd-article">{body}</article></body></html>"""
ASK = """<div class="bd-search-container"><h1>Search</h1><noscript><p>Error</p></noscript>
<form><input name="q"></form><div id="search-results"></div></div>"""
ONE = """<section id="tolls"><h1>Tolls<a class="headerlink" href="#tolls">#</a></h1>
<p>By 14 September, para. 4 says, it stood at <a href="#x">105</a>. It replaces\u00a0the first.</p>
<p id="own">An anchor of its own.</p><button>Press</button>
<div class="cell_input"><pre>code()</pre></div>
<figure class="exhibit" id="toll"><figcaption><p class="exhibit-title">Killed: 105 to 202</p>
<p class="exhibit-subtitle">People.</p></figcaption><svg><text>Drawn</text></svg>
<details><summary>All rows</summary><table><caption id="c">Killed: 105 to 202</caption>
<thead><tr><th>Side</th></tr></thead><tbody>
<tr><th>Armenia</th><td>105<span class="second">soldiers</span></td>
<td><a href="claims.html#a">A</a>; <a href="claims.html#b">B</a></td></tr>
<tr><th>Armenia</th><td>killed, 49</td><td><a href="claims.html#a">A</a></td></tr>
</tbody></table></details></figure>
<dl><dt>toll</dt><dd><p>What claims allow. No more.</p></dd></dl></section>"""
CLAIMS = """<section id="claims"><h1>Claims</h1><table><tbody>
<tr id="a"><th>49</th><td>killed</td><td>Armenia</td></tr>
<tr id="b"><th>105</th><td>killed</td><td><span class="missing">not stated</span></td></tr>
</tbody></table></section>"""
TWO = "<section id='two'><h1>Two</h1><p>It replaces the first.</p><p>Said here alone.</p></section>"


def site_of(folder, **bodies):
    (folder / "_static").mkdir(parents=True)
    pages = {"search": ASK, "claims": CLAIMS, "one": ONE, "two": TWO} | bodies
    for name, body in pages.items():
        page = PAGE.format(title=name, first="one.html", body=body)
        page = page.replace("</nav>", '<a href="claims.html">Claims</a></nav>')
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "actors.csv").write_text(
        "actor_id,name,aliases,kind\nCSTO,Collective Organization,CSTO; the Treaty,organisation\n"
        "FRA,France,,state\n"
    )
    trim.finish(folder, "", "2022-09-21")
    return folder


@pytest.fixture
def site(tmp_path):
    return site_of(tmp_path / "site")


def index(site):
    (file,) = (site / "_static").glob("search-index-*.js")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("window.searchIndex = ")
    return json.loads(text[text.index("{") : text.rindex(";")])


def entries(site, name):
    (found,) = [each for page, _, each in index(site)["pages"] if page == name]
    return found


def said(site, name):
    return [words for _, _, words in entries(site, name)]


def test_pages_stand_in_the_order_of_the_menu_with_their_titles(site):
    pages = [(name, title) for name, title, _ in index(site)["pages"]]
    assert pages == [("one.html", "Tolls"), ("two.html", "Two"), ("claims.html", "Claims")]


def test_a_paragraph_is_split_into_sentences_that_share_its_anchor(site):
    (first, second) = [
        entry for entry in entries(site, "one.html") if entry[2].startswith(("By 14", "It replac"))
    ]
    assert first[2] == "By 14 September, para. 4 says, it stood at 105."
    assert second[2] == "It replaces the first."
    assert first[1] == second[1]
    page = html.parse(str(site / "one.html")).getroot()
    assert page.get_element_by_id(first[1]).text_content().startswith("By 14 September")


def test_headings_and_titles_are_told_from_sentences_and_rows(site):
    kinds = {words: kind for kind, _, words in entries(site, "one.html")}
    assert kinds["Tolls"] == kinds["Killed: 105 to 202"] == search.HEADING
    assert kinds["People."] == search.SENTENCE
    assert kinds["Armenia · 105 · soldiers"] == search.ROW


def test_what_has_an_anchor_keeps_it_and_the_words_of_a_figure_lead_to_it(site):
    anchors = {words: anchor for _, anchor, words in entries(site, "one.html")}
    assert anchors["An anchor of its own."] == "own"
    assert anchors["Tolls"] == "tolls"
    assert anchors["Killed: 105 to 202"] == anchors["People."] == "toll"


def test_a_term_stands_before_what_explains_it(site):
    assert "toll: What claims allow." in said(site, "one.html")
    assert "No more." in said(site, "one.html")


def test_what_is_pressed_drawn_folded_or_code_is_not_searched(site):
    words = " ".join(said(site, "one.html"))
    for silent in ("Press", "code()", "Drawn", "All rows", "Side", "#"):
        assert silent not in words


def test_a_sentence_of_several_pages_stands_once_where_it_comes_first(site):
    assert said(site, "two.html") == ["Two", "Said here alone."]


def test_a_row_about_a_single_claim_stands_once_under_the_claims_own_anchor(site):
    assert "Armenia · killed, 49" not in said(site, "one.html")
    assert [0, "claims", "Claims"] in entries(site, "claims.html")
    assert [2, "a", "49 · killed · Armenia"] in entries(site, "claims.html")
    assert [2, "b", "105 · killed"] in entries(site, "claims.html")


def test_an_actor_with_several_names_is_known_by_all(site):
    assert index(site)["names"] == [["Collective Organization", "CSTO", "the Treaty"]]


def test_the_page_of_search_says_where_the_index_is_and_what_to_do_without_scripts(site):
    page = html.parse(str(site / "search.html")).getroot()
    results = page.get_element_by_id("search-results")
    assert (site / results.get("data-index")).is_file()
    assert results.getprevious().get("role") == "status"
    (silent,) = page.iter("noscript")
    assert "Search needs scripts" in silent.text_content()
    assert "Error" not in silent.text_content()
    links = [link.get("href") for link in silent.iter("a")]
    assert links == ["one.html", "two.html", "claims.html"]


def test_the_same_pages_give_the_same_index(site, tmp_path):
    other = site_of(tmp_path / "other")
    files = [next((each / "_static").glob("search-index-*.js")) for each in (site, other)]
    assert files[0].name == files[1].name
    assert files[0].read_bytes() == files[1].read_bytes()


def test_other_words_give_the_index_another_name(site, tmp_path):
    other = site_of(tmp_path / "other", two=TWO.replace("alone", "only"))
    assert not {path.name for path in (site / "_static").glob("search-index*")} & {
        path.name for path in (other / "_static").glob("search-index*")
    }


def test_words_that_look_like_markup_stay_words(tmp_path):
    body = "<section id='two'><h1>Two</h1><p>&lt;/script&gt; &lt;b&gt; \u2028 it.</p></section>"
    assert said(site_of(tmp_path / "site", two=body), "two.html")[1] == "</script> <b> it."
