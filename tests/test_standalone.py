"""Pages outside Sphinx."""

import pytest
from lxml import html

from clashbook.book import standalone

WORDS = '"><script>x</script> {{ 7 * 7 }}'
RECORD = {
    **{"id": "toll", "kind": "figure", "title": f"Killed {WORDS}", "caption": f"Killed. {WORDS}"},
    **{"alt": f"Dots. {WORDS}", "address": "exhibits/toll.html", "licence": "CC BY 4.0"},
    "chapter": "casualties.html",
    "files": {
        **{"html": "exhibits/toll.html", "slide": "exhibits/toll-slide.png"},
        **{"csv": "exhibits/toll.csv", "json": "exhibits/toll.json"},
    },
}
CHAPTER = """<!doctype html><html><body><p>Before.</p><figure class="exhibit" id="toll">
<p class="exhibit-title">Killed</p>
<svg viewBox="0 0 9 9"><defs><path id="dot"/></defs><use href="#dot"/><g data-href="data.html#e"/>
<a href="claims.html#first"><title>a &lt;b&gt;</title></a></svg>
<a href="#toll">self</a><a href="#more">there</a><a href="sources.html#paper">source</a>
<a href="exhibits/toll.csv">file</a><a href="https://example.org/a">out</a>
<a href="mailto:team@example.org">mail</a></figure> tail <p>After.</p></body></html>"""


def made(**changes):
    return html.document_fromstring(standalone.page(CHAPTER, RECORD | changes, "A <book>"))


def test_the_page_holds_the_figure_and_nothing_else_of_its_chapter():
    page = made()
    text = page.find("body").text_content()
    assert "self" in text
    assert not {"Before.", "After.", "tail"} & set(text.split())
    assert page.find_class("alone")


def test_the_title_of_the_figure_is_the_heading_of_the_page():
    (title,) = made().xpath("//*[@role='heading'][@aria-level='1']")
    assert title.text == "Killed"


def test_links_are_those_of_the_chapter_seen_from_one_folder_below():
    figure = made().get_element_by_id("toll")
    assert [each.get("href") for each in figure.iter("a")] == [
        *("../claims.html#first", "#toll", "../casualties.html#more", "../sources.html#paper"),
        *("../exhibits/toll.csv", "https://example.org/a", "mailto:team@example.org"),
    ]


def test_shapes_that_the_figure_uses_are_its_own():
    figure = made().get_element_by_id("toll")
    assert [each.get("href") for each in figure.iter("use")] == ["#dot"]
    assert figure.xpath("//@data-href") == ["../data.html#e"]


def test_it_leads_back_to_its_place_in_the_chapter():
    (footer,) = made().iter("footer")
    assert "../casualties.html#toll" in [each.get("href") for each in footer.iter("a")]


def test_its_words_are_words():
    page = made()
    assert page.find("head/title").text == f"{RECORD['title']} · A <book>"
    assert page.xpath("//meta[@name='description']/@content") == [RECORD["caption"]]
    assert len(page.xpath("//script")) == len(page.xpath("//script[@src]")) == 1
    assert page.xpath("//title[text()='a <b>']")


@pytest.mark.parametrize(
    ("base", "picture", "canonical"),
    [
        ("", "../exhibits/toll-slide.png", []),
        (
            "https://book.example/v1/",
            "https://book.example/v1/exhibits/toll-slide.png",
            ["https://book.example/v1/exhibits/toll.html"],
        ),
    ],
)
def test_its_picture_and_address_are_full_where_the_book_is_published(base, picture, canonical):
    page = made(address=f"{base}exhibits/toll.html")
    assert page.xpath("//meta[@property='og:image']/@content") == [picture]
    assert page.xpath("//link[@rel='canonical']/@href") == canonical


def test_a_table_has_no_picture_to_offer():
    files = {kind: path for kind, path in RECORD["files"].items() if kind != "slide"}
    assert not made(files=files).xpath("//meta[@property='og:image']")


def test_what_moved_leads_on_in_words_that_stay_words():
    page = html.document_fromstring(standalone.moved("a.html?x=<b>", "a.html", "A <book>"))
    assert page.xpath("//a/@href") == ["a.html?x=<b>"]
    assert page.find("head/title").text == "Moved · A <book>"
    assert not page.xpath("//b")
