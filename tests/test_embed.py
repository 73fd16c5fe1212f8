"""What a writer pastes to show a figure on another page, and how high the frame is."""

from html.parser import HTMLParser

import pytest

from clashbook.figures.exhibit import embedding
from clashbook.pages import embed

RECORD = {
    **{"title": 'Killed <b>"49"</b>', "height": 870, "as_of": "2022-09-14", "version": "1.2.3"},
    **{"files": {"html": "exhibits/toll.html"}, "address": "exhibits/toll.html"},
}
STATE = "https://book.example/editions/2022-09-14/v1.2.3/exhibits/toll.html"
WORDS = {"title": "A title", "source": "Source: A newspaper", "credit": "Book, as known on a day."}


def frame(snippet):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(snippet)
    (given,) = [attributes for tag, attributes in found if tag == "iframe"]
    return given


def test_a_writer_chooses_the_newest_or_this_state():
    offered = embed.snippets(RECORD | {"address": STATE})
    assert {label: frame(text)["src"] for label, text in offered.items()} == {
        embed.NEWEST: "https://book.example/exhibits/toll.html",
        embed.STATE: STATE,
    }


def test_while_the_book_has_no_address_there_is_one_by_its_path():
    assert {label: frame(text)["src"] for label, text in embed.snippets(RECORD).items()} == {
        embed.ONLY: "exhibits/toll.html"
    }


def test_the_frame_has_its_height_no_border_and_a_name_that_stays_words():
    given = frame(embed.snippets(RECORD)[embed.ONLY])
    assert (given["height"], given["style"]) == ("870", "border:0")
    assert given["title"] == RECORD["title"]


def drawing(height):
    return f'<svg xmlns="x" width="720" height="{height}" viewBox="0 0 1 1"></svg>'


def test_a_higher_drawing_or_more_words_need_a_higher_frame():
    low = embedding.height(WORDS, {"wide": drawing(300), "phone": drawing(400)}, 0)
    assert low < embedding.height(WORDS, {"wide": drawing(300), "phone": drawing(600)}, 0)
    more = WORDS | {"note": "A note that takes a line or two where the frame is narrow. " * 5}
    assert low < embedding.height(more, {"wide": drawing(300), "phone": drawing(400)}, 0)


@pytest.mark.parametrize(
    ("drawings", "rows"), [({"wide": drawing(9), "phone": drawing(9000)}, 0), ({}, 900)]
)
def test_no_frame_is_higher_than_a_reader_scrolls_past(drawings, rows):
    assert embedding.height(WORDS, drawings, rows) == embedding.MOST
