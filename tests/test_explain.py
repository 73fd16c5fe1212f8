"""A number or a claim in full at the command line, as its card tells it."""

from types import SimpleNamespace

import pytest
from test_pages_cards import edition  # noqa: F401 - a fixture

from clashbook.pages import cards
from clashbook.pipeline import explain
from clashbook.pipeline.citable import UnknownIdError


@pytest.fixture
def explained(edition):  # noqa: F811
    return lambda key: "\n".join(explain.lines(SimpleNamespace(book=edition), key))


def test_a_number_is_told_with_its_sum_its_speakers_and_what_is_left_out(explained, edition):  # noqa: F811
    key = "2022-09-killed-military-arm"
    card = cards.of_number(edition, edition.numbers[key])
    text = explained(key)
    assert text.startswith(f"{key}: {card['text']}\n{card['what']}\n")
    told = [line["words"] for line in card["sum"]]
    told += [row["value"] for row in card["who"]] + [row["who"] for row in card["who"]]
    told += [f"{left['words']}: {left['why']} (rule {left['rules'][0]})" for left in card["out"]]
    assert len(told) > 2
    assert [words for words in told if words not in text] == []


def test_a_claim_is_told_with_what_became_of_it(explained):
    text = explained("misprint")
    assert text.startswith("misprint: 490")
    assert "Not counted in a toll" in text


def test_what_replaced_a_claim_is_told_apart_from_who_says_it(explained):
    text = explained("first")
    said, became = text.split("What became of it:")
    assert "Replaced by a later count: 105 (" in became
    assert "105" not in said.split("Who says so:")[1]


def test_an_id_that_nothing_has_names_the_nearest(explained):
    with pytest.raises(UnknownIdError, match='"misprnt": no such number or claim; nearest: misp'):
        explained("misprnt")
