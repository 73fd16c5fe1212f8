"""Pages outside Sphinx."""

import pytest
from lxml import html

from clashbook.about import About
from clashbook.pages import standalone
from clashbook.pages.facts import Edition
from clashbook.pages.html import templates

WORDS = '"><script>x</script> {{ 7 * 7 }}'
RECORD = {
    **{"id": "toll", "kind": "figure", "title": f"Killed {WORDS}", "caption": f"Killed. {WORDS}"},
    **{"alt": f"Dots. {WORDS}", "address": "exhibits/toll.html", "licence": "CC BY 4.0"},
    **{"chapter": "casualties.html", "sources": []},
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


ABOUT = {
    **{"title": "A <book>", "as_of": "2022-09-14", "version": "1.2.3", "licence": "CC BY 4.0"},
    **{"base": "", "report_error": ""},
}


def made(**changes):
    page = standalone.page(CHAPTER, RECORD | changes, Edition(About(**ABOUT)))
    return html.document_fromstring(page)


def test_the_page_holds_the_figure_and_nothing_else_of_its_chapter():
    page = made()
    text = page.find("body").text_content()
    assert "self" in text
    assert not {"Before.", "After.", "tail"} & set(text.split())
    assert page.find_class("alone")


def test_a_folded_table_is_open_where_it_is_alone():
    folded = '<details class="fold rows"><table></table></details></figure>'
    chapter = CHAPTER.replace("</figure>", folded)
    page = html.document_fromstring(standalone.page(chapter, RECORD, Edition(About(**ABOUT))))
    assert "open" in page.find(".//details").attrib


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


def test_whose_it_is_stands_above_it_with_the_day_the_version_and_the_terms():
    (header,) = made().iter("header")
    said = header.text_content()
    assert said == "A <book>, as known on 14\xa0September\xa02022, data version 1.2.3. CC BY 4.0."
    assert header.getnext().tag == "main"


def test_every_link_out_of_it_opens_a_page_of_its_own_and_none_within_it_does():
    links = [*made().iter("a")]
    out = [link for link in links if not link.get("href").startswith("#")]
    assert {(link.get("target"), link.get("rel")) for link in out} == {("_blank", "noopener")}
    within = [link for link in links if link not in out]
    assert [link.get("target") for link in within] == [None]


def test_its_foot_says_the_edition_and_leads_to_where_it_can_be_cited_and_corrected():
    (footer,) = made().iter("footer")
    assert "As known on 14\xa0September\xa02022. Data version 1.2.3." in footer.text_content()
    assert {"../cite.html", "../corrections.html"} <= set(footer.xpath(".//a/@href"))


def missing(**changes):
    pages = [("index", "A <book>"), ("cite", "Cite")]
    return html.document_fromstring(standalone.missing(About(**ABOUT | changes), pages))


def test_the_page_of_no_address_leads_to_all_that_there_are():
    page = missing()
    assert {"index.html", "cite.html", "search.html"} <= {
        each for _, _, each, _ in page.iterlinks()
    }
    assert not page.xpath("//@style | //style | //script[not(@src)]")


@pytest.mark.parametrize("address", ["", "mailto:team@book.example"])
def test_an_error_can_be_reported_where_the_settings_say_to_whom(address):
    asked = [each.get("href") for each in missing(report_error=address).iter("a")]
    assert address == "" or address in asked
    assert ("Report an error" in missing(report_error=address).text_content()) == bool(address)


def test_its_words_are_words():
    page = made()
    assert page.find("head/title").text == f"{RECORD['title']} · A <book>"
    assert page.xpath("//meta[@name='description']/@content") == [RECORD["caption"]]
    assert page.xpath("//script[not(@type)]") == page.xpath("//script[@src]")
    assert page.xpath("//title[text()='a <b>']")


@pytest.mark.parametrize(
    ("base", "picture"),
    [
        ("", "../exhibits/toll-slide.png"),
        ("https://book.example/v1/", "https://book.example/v1/exhibits/toll-slide.png"),
    ],
)
def test_its_picture_has_a_full_address_where_the_book_is_published(base, picture):
    page = made(address=f"{base}exhibits/toll.html")
    assert page.xpath("//meta[@property='og:image']/@content") == [picture]


def test_a_table_has_no_picture_to_offer():
    files = {kind: path for kind, path in RECORD["files"].items() if kind != "slide"}
    assert not made(files=files).xpath("//meta[@property='og:image']")


def test_what_moved_leads_on_in_words_that_stay_words():
    values = {"to": "a.html?x=<b>", "address": "a.html", "script": "moved.js", "book": "A <book>"}
    page = html.document_fromstring(templates.get_template("moved.html").render(values))
    assert page.xpath("//a/@href") == ["a.html?x=<b>"]
    assert page.find("head/title").text == "Moved · A <book>"
    assert not page.xpath("//b")
