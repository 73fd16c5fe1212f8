"""The finished pages speak plain English, and name the clash of each number of the dead."""

import csv
import re
from pathlib import Path

import plain
import pytest
from lxml import html

from clashbook import config

ROOT = Path(__file__).parents[2]

# Words of running text a page is to have; about as many, which is at most 15 % more, is enough.
WORDS = {
    "index": 600,
    "casualties": 1000,
    "economy": 700,
    "reactions": 700,
    "timeline": 350,
    "map": 300,
    "conflicts": 1200,
    "elsewhere": 350,
    "methods": 1200,
}
ABOUT = 1.15
# What a page has apart from its words: on the landing page the powers, in Methods two results.
APART = {
    *("What other powers said and did", "How even is the telling?"),
    "How firm the headline numbers are",
}
# In the rules' examples the numbers are invented, and the text says so.
INVENTED = "The rules of counting"


@pytest.fixture(scope="module")
def pages(site):
    paths = [*site.glob("*.html"), *site.glob("exhibits/*.html")]
    return {str(path.relative_to(site)): plain.page(path) for path in sorted(paths)}


@pytest.fixture(scope="module")
def clashes(site):
    with (site / "data" / "episodes.csv").open(encoding="utf-8") as lines:
        return [row["name"] for row in csv.DictReader(lines) if row["kind"] in ("clash", "war")]


def told(faults):
    return "\n".join(sorted(set(faults)))


def test_no_page_has_a_word_of_the_list(pages):
    # What is no longer made keeps its title as it was.
    titles = [cut.title for cut in config.read(ROOT).cut.values()]
    faults = [
        f"{name}: {', '.join(plain.habits(text))}: {text}"
        for name, root in pages.items()
        for text in plain.shown(root)
        if plain.habits(text) and not any(title in text for title in titles)
    ]
    assert not faults, told(faults)


def test_no_file_of_a_figure_has_a_word_of_the_list(site):
    faults = [
        f"{path.name}: {', '.join(plain.habits(text))}: {text}"
        for path in site.glob("exhibits/*.svg")
        for text in plain.shown(plain.page(path))
        if plain.habits(text)
    ]
    assert not faults, told(faults)


def test_no_sentence_is_longer_than_a_reader_follows(pages):
    faults = [
        f"{name}: {plain.length(sentence)} words: {sentence}"
        for name, root in pages.items()
        for passage in (*plain.prose(root), *plain.captions(root), *plain.notes(root))
        for sentence in passage.sentences
        if plain.length(sentence) > plain.LONGEST
    ]
    assert not faults, told(faults)


@pytest.mark.parametrize("page", sorted(WORDS))
def test_the_sentences_of_a_chapter_average_about_twenty_words(pages, page):
    found = [
        plain.length(sentence)
        for passage in plain.prose(pages[f"{page}.html"])
        for sentence in passage.sentences
    ]
    assert len(found) > 10
    assert sum(found) / len(found) <= plain.AVERAGE


def test_every_number_of_killed_or_wounded_names_its_clash_or_has_it_above(pages, clashes):
    faults = [
        f"{name}, under “{passage.heading}”: {sentence}"
        for name, root in pages.items()
        for passage in (*plain.prose(root), *plain.captions(root))
        if passage.heading != INVENTED
        for sentence in passage.sentences
        if plain.counts_losses(sentence)
        and not plain.names_clash(f"{passage.heading}. {sentence}", clashes)
    ]
    assert not faults, told(faults)


@pytest.mark.parametrize(("page", "aim"), WORDS.items())
def test_a_page_keeps_to_about_its_length(pages, page, aim):
    found = plain.prose(pages[f"{page}.html"])
    words = sum(plain.words(passage.text) for passage in found if passage.heading not in APART)
    assert 0.5 * aim < words <= ABOUT * aim


# Each rule on a text of its own, so that none holds because nothing is looked at.


@pytest.mark.parametrize(
    ("text", "habit"),
    [
        ("Three calls are on record.", "on record"),
        ("The rows bear out what it says.", "bear out"),
        ("Trackers stand beside the toll.", "stand beside"),
        ("It stood as a flat sentence.", "stand beside"),
        ("How it began is told twice.", "is told"),
        ("Its error was kept.", "is kept"),
        ("The figure is read as a limit.", "is read as"),
        ("The period is taken from the text.", "is taken"),
        ("Its dead were counted anew.", "counted anew"),
        ("Each has a panel of its own.", "of its own"),
        ("Support toward Armenia.", "toward"),
        ("Soldiers, whose all of them were.", "whose all"),
        ("So it is with the second.", "so it is with"),
        ("A later vintage differs.", "vintage"),
        ("Unlike quantities are apart.", "unlike"),
        ("The copy at hand lacks it.", "at hand"),
        ("The note beneath it says so.", "beneath it"),
        ("By whose account they fell.", "by whose account"),
        ("It wrote so in its own voice.", "in its own voice"),
        ("Who the claimant was.", "claimant"),
        ("The episode ended.", "episode"),
        ("Two exhibits show it.", "exhibit"),
        ("Words and deeds.", "deed"),
        ("A floor of 16.", "floor, ceiling"),
    ],
)
def test_a_word_of_the_list_is_found_where_it_is_planted(text, habit):
    assert plain.habits(text) == [habit]


def test_ids_and_addresses_and_other_words_are_no_words_of_the_list():
    for text in (
        "exhibits/toll-by-episode.html",
        "claims.html#number-2020-07-killed-floor",
        "towards the border",
        "soldiers and civilians are not told apart",
        "a standing army",
    ):
        assert plain.habits(text) == []


def test_a_word_is_found_in_every_place_where_a_reader_meets_it_and_in_no_quotation():
    root = html.fromstring(
        """<html><body><article><h1>On record</h1><p title="on record">x</p>
        <svg aria-label="on record"><title>on record</title><text>on record</text></svg>
        <p>Titles: <span class="citation">on record</span>, <code>on record</code> on record.</p>
        <pre>on record</pre><table><tr><td><span class="source">on record</span></td></tr></table>
        </article></body></html>"""
    )
    assert sum(bool(plain.habits(text)) for text in plain.shown(root)) == 6


def test_a_name_a_day_and_a_list_are_one_word_each():
    assert plain.length("Armenia said so.") == 3
    assert plain.length("The Ministry of Foreign Affairs of Azerbaijan said so.") == 3
    assert plain.length("It began on 13 September 2022.") == 4
    assert plain.length("Calls, statements, talks and appeals count.") == 2
    assert plain.length(" ".join(["word"] * 33)) > plain.LONGEST


def test_a_sentence_ends_at_its_point_and_at_no_point_within():
    text = "It fell by 12.8% in May. The outlet 1news.az, para. 3, says so. “Why?” Nobody says."
    assert len(plain.sentences(text)) == 4


@pytest.mark.parametrize(
    ("heading", "sentence", "is_fault"),
    [
        ("Armenia’s last counts", "In April 2023 Armenia reported 225 people killed.", True),
        ("Armenia’s last counts", "Armenia reported 225 people killed in September 2022.", False),
        ("September 2022", "In April 2023 Armenia reported 225 people killed.", False),
        ("Casualties", "It gives 294 soldiers wounded.", True),
        ("By year", "For 2020 it gives 9 to 10 killed.", False),
        ("Casualties", "Some were killed, Eurasianet wrote on 14 July.", False),
    ],
)
def test_a_number_of_the_dead_without_a_clash_is_found(heading, sentence, is_fault):
    clashes = ["July 2020", "September 2022"]
    named = plain.names_clash(f"{heading}. {sentence}", clashes)
    assert (plain.counts_losses(sentence) and not named) == is_fault


def test_running_text_is_neither_a_figure_nor_a_table_nor_a_folded_part():
    root = html.fromstring(
        """<html><body><article><h1>Page</h1><p>one two</p>
        <ul><li><p>three</p></li><li>four</li></ul>
        <figure><figcaption><p class="exhibit-title">Title</p></figcaption>
        <p class="exhibit-note">note</p></figure>
        <table><tr><td data-label="Note"><p>cell</p></td></tr></table>
        <details><summary>More</summary><p>folded</p></details><h2>Next</h2><p>five</p>
        </article></body></html>"""
    )
    assert [(passage.heading, passage.text) for passage in plain.prose(root)] == [
        ("Page", "one two"),
        ("Page", "three"),
        ("Page", "four"),
        ("Next", "five"),
    ]
    assert [(passage.heading, passage.text) for passage in plain.captions(root)] == [
        ("Title", "Title"),
        ("Title", "note"),
    ]


def test_an_apostrophe_is_curved_outside_of_titles_and_code(site):
    straight = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|\s)")
    found = []
    for path in sorted(site.glob("*.html")):
        root = html.parse(str(path)).getroot()
        for code in root.xpath("//script | //style | //code | //pre | //template"):
            code.drop_tree()
        # A source's title is as it was printed.
        for title in root.find_class("citation"):
            title.drop_tree()
        words = [text for text in root.body.itertext() if straight.search(text)]
        found += [(path.name, " ".join(text.split())[:80]) for text in words]
    assert found == []
