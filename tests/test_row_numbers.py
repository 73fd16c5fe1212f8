"""Which card a number of a row opens: the one that says the same, or else the row's own."""

import pytest

from clashbook.about import About
from clashbook.pages import row_numbers
from clashbook.pages.facts import Edition
from clashbook.prose.numbers import Number

OBSERVED = [
    {"series_id": "money", "period": "2020-04", "low": "", "best": "50699770", "high": ""},
    {"series_id": "growth", "period": "2020-04", "low": "", "best": "-16.7", "high": ""},
    {"series_id": "deaths", "period": "2020", "low": "9", "best": "10", "high": "12"},
]
TOLL = {"episode_id": "2021-05", "indicator": "killed", "population": "all", "party": "NOR"}
NUMBERS = {"2021-05-killed-all-nor": Number("2021-05-killed-all-nor", "at least 5")}
CLAIM = {
    **{"claim_id": "one", "episode_id": "2021-05", "indicator": "killed", "party": "NOR"},
    **{"population": "all", "qualifier": "exact", "low": "4", "best": "4", "high": "4"},
    **{"unit": "persons", "claimant": "Office", "source_id": "paper"},
}


@pytest.fixture
def edition():
    return Edition(About(), NUMBERS, {"observations": OBSERVED, "claims": [CLAIM]})


def observed(key, period, text, **cells):
    return {"series_id": key, "period": period, "text": text, "value": 1.0, **cells}


@pytest.mark.parametrize(
    ("row", "words", "card"),
    [
        ({**TOLL, "text": "at least 5", "low": 5.0}, "at least 5", "number-2021-05-killed-all-nor"),
        # As known on another day the same toll is another number.
        ({**TOLL, "text": "at least 3", "low": 3.0}, "at least 3", "row-7"),
        ({"claims": "one", "qualifier": "exact", "text": "4", "low": 4.0}, "4", "one"),
        # What is made of a claim is no word of its claimant.
        ({"claims": "one", "text": "at least 4", "low": 4.0}, "at least 4", "row-7"),
        (observed("growth", "2020-04", "\u221216.7%"), "\u221216.7", "series-growth~2020-04"),
        (observed("growth", "2020-05", "\u221216.7%"), "\u221216.7", "row-7"),
        (observed("money", "2020-04", "50.7"), "50.7", "series-money~2020-04"),
        (observed("money", "2020-04", "50.6"), "50.6", "row-7"),
        # A change is not the level that it is of, nor is nothing a rounding of it.
        (observed("growth", "2020-04", "\u221216.7%"), "0.0", "row-7"),
        (observed("deaths", "2020", "9 to 12"), "9 to 12", "series-deaths~2020"),
        (observed("deaths", "2020", "9 to 12"), "10", "series-deaths~2020"),
    ],
)
def test_a_number_opens_the_card_that_says_the_same(edition, row, words, card):
    assert row_numbers.card_of(edition, row, 7, words) == card


def test_a_mark_opens_the_card_of_its_row_and_none_where_that_gives_no_number(edition):
    rows = [{"text": "Shelling.", "events": "one"}, observed("growth", "2020-04", "\u221216.7%")]
    assert row_numbers.of_mark(edition, rows, 0) is None
    assert row_numbers.of_mark(edition, rows, 1) == "series-growth~2020-04"
    assert row_numbers.of_mark(edition, rows, 9) is None
