"""The foot of every page, on invented settings."""

import pytest
from lxml import html

from clashbook.about import About
from clashbook.pages.standalone import footer

ABOUT = {
    **{"title": "A <book>", "as_of": "2022-09-14", "version": "1.2.3", "licence": "CC BY 4.0"},
    "report_error": "",
}


def foot(pages=("cite", "corrections"), **changes):
    return html.fragment_fromstring(
        footer(About(**ABOUT | changes), pages, "{}.html".format), create_parent="div"
    )


def links(made):
    return {each.text: each.get("href") for each in made.iter("a")}


def test_it_says_the_edition_and_the_terms_in_words_that_stay_words():
    said = foot().text_content().replace("\xa0", " ")
    assert "A <book>. As known on 14 September 2022. Data version 1.2.3." in said
    assert "Text and coding: CC BY 4.0." in said


def test_it_links_only_pages_that_there_are():
    check = {"Check a file": "verify.html"}
    assert links(foot()) == {"Cite": "cite.html", "Corrections": "corrections.html", **check}
    assert links(foot(pages=["cite"])) == {"Cite": "cite.html", **check}


@pytest.mark.parametrize("base", ["", "https://book.example/"])
def test_it_says_once_that_the_book_has_no_address_while_it_has_none(base):
    said = foot(base=base).text_content()
    assert said.count("no address on the web yet") == (not base)


def test_it_leads_to_all_editions_where_the_book_has_an_address_and_else_is_silent():
    state = "https://book.example/a/editions/2022-09-14/v1.2.3/"
    there = links(foot(base=state))["As known on other days"]
    assert there == "https://book.example/a/editions/index.html"
    (silent,) = foot().find_class("editions")
    assert silent.get("hidden") is not None
    assert "As known on other days" not in links(foot())


@pytest.mark.parametrize("address", ["mailto:team@book.example", "https://book.example/?a=1&b=2"])
def test_errors_can_be_reported_where_the_settings_say_to_whom_and_nowhere_else(address):
    assert links(foot(report_error=address))["Report an error"] == address
    assert "Report an error" not in links(foot(report_error=""))
