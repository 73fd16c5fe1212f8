"""What a page says of itself, on a small book."""

import json

import pytest
from docutils import nodes
from lxml import html
from test_pages import ABOUT, FILES, RECORD, build, bundle, notebook, stage

from clashbook.about import About
from clashbook.figures import social_card
from clashbook.pages import meta

SLIDE = FILES | {"slide": "exhibits/toll-slide.png"}
EXHIBIT = bundle(record=RECORD | {"chapter": "casualties.html", "files": SLIDE})


def made(folder, base=""):
    """The heads of a small book's pages, by name."""
    pages = {
        "prose.md": "# A *page*\n\nShort.\n\nThe first paragraph that says what the page is about.",
        "data.md": "# Data\n\nEvery table of the book, with all of its columns described.",
        "casualties.ipynb": notebook(EXHIBIT),
    }
    staged = stage(folder / "stage", pages, exhibits=[EXHIBIT])
    facts = staged / "_clashbook"
    (facts / "edition.json").write_text(json.dumps(ABOUT | {"base": base}))
    site = build(staged)
    return {path.stem: html.parse(str(path)).getroot().find("head") for path in site.glob("*.html")}


@pytest.fixture(scope="module")
def heads(tmp_path_factory):
    return made(tmp_path_factory.mktemp("heads"))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return made(tmp_path_factory.mktemp("published"), "https://book.example/v1/")


def said(head, name):
    found = head.xpath(f"meta[@name='{name}' or @property='{name}']/@content")
    assert len(found) <= 1
    return found[0] if found else None


def test_a_page_is_described_by_its_first_paragraph_of_prose(heads):
    words = "The first paragraph that says what the page is about."
    assert said(heads["prose"], "description") == said(heads["prose"], "og:description") == words


def test_its_title_holds_no_markup(heads):
    assert said(heads["prose"], "og:title") == "A page"
    assert said(heads["prose"], "og:site_name") == "A book"


@pytest.mark.parametrize(
    ("name", "picture", "size", "alt"),
    [
        ("casualties", "exhibits/toll-slide.png", ("1920", "1080"), RECORD["alt"]),
        ("prose", "card.png", ("1200", "630"), social_card.alt(About(**ABOUT))),
        ("index", "card.png", ("1200", "630"), social_card.alt(About(**ABOUT))),
    ],
)
def test_its_picture_is_its_first_figure_or_the_card_of_the_book(heads, name, picture, size, alt):
    assert said(heads[name], "og:image") == picture
    assert (said(heads[name], "og:image:width"), said(heads[name], "og:image:height")) == size
    assert said(heads[name], "og:image:alt") == alt
    assert said(heads[name], "twitter:card") == "summary_large_image"


def test_the_landing_page_does_not_say_the_title_of_the_book_twice(heads):
    assert heads["index"].find("title").text.startswith("Killed where")
    assert said(heads["index"], "og:title") == "Killed where"


def test_a_published_page_has_the_full_address_of_its_picture(published):
    head = published["prose"]
    assert said(head, "og:image") == "https://book.example/v1/card.png"
    pictured = said(published["casualties"], "og:image")
    assert pictured == "https://book.example/v1/exhibits/toll-slide.png"


def test_the_page_of_search_says_what_it_is(heads):
    assert said(heads["search"], "description") == "Search in A book."
    assert said(heads["search"], "og:title") == "Search"


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (["Too short.", "Long enough to say what is here."], "Long enough to say what is here."),
        (["One sentence. " * 20], ("One sentence. " * 14).strip()),
        (["word " * 60], "word " * 38 + "word…"),
        (["Short."], "Short."),
    ],
)
def test_a_long_description_ends_with_a_sentence_or_a_word(paragraphs, words):
    document = nodes.document(None, None, "", *(nodes.paragraph("", text) for text in paragraphs))
    assert meta.described(document) == words
    assert len(words) <= meta.LONGEST
