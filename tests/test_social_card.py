"""The picture that stands for the book, on invented tolls."""

import io

import numpy as np
import pytest
from matplotlib import image

from clashbook.about import About
from clashbook.analysis import casualties
from clashbook.figures import social_card

TOLLS = [
    {"name": "May 2021", "text": "at least 17", "newest": "2021-05-16"},
    {"name": "June 2022", "text": "at least 187", "newest": "2022-06-19"},
]
ABOUT = {
    **{"title": "A book", "subtitle": "the clashes of two years", "headlines": TOLLS},
    **{"as_of": "2022-06-30", "version": "1.2.3"},
}


def pixels(**changes):
    return image.imread(io.BytesIO(social_card.png(About(**ABOUT | changes))))[:, :, :3]


def inked(picture):
    """The columns and the rows of a card that are not blank."""
    marked = (picture < 1).any(axis=2)
    return np.flatnonzero(marked.any(axis=0)), np.flatnonzero(marked.any(axis=1))


def test_it_is_as_large_as_it_says_and_repeats_byte_for_byte():
    assert pixels().shape == (social_card.HEIGHT, social_card.WIDTH, 3)
    assert social_card.png(About(**ABOUT)) == social_card.png(About(**ABOUT))


def test_its_alternative_says_every_toll_with_its_bound_and_the_day():
    said = social_card.alt(About(**ABOUT))
    assert said.startswith(
        "A book: the clashes of two years. At least 17 reported killed in May\xa02021,"
    )
    assert (
        "At least 187 reported killed in June\xa02022, both sides together "
        "(statements up to 19\xa0June\xa02022)." in said
    )
    assert said.endswith("As known on 30\xa0June\xa02022. Data version 1.2.3.")


def test_without_a_toll_it_names_the_book_and_the_day():
    assert social_card.alt(About(**ABOUT | {"headlines": []})) == (
        "A book: the clashes of two years. As known on 30\xa0June\xa02022. Data version 1.2.3."
    )
    assert pixels(headlines=[]).min() < 1
    assert (pixels(headlines=[]) != pixels()).any()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"headlines": [TOLLS[0] | {"text": "1,234,567 to 2,345,678"}] * 2},
        {
            "title": "A book whose title takes more than a line of the card",
            "subtitle": "",
        },
        {"subtitle": "a subtitle " * 9},
    ],
)
def test_nothing_of_it_is_cut_off(changes):
    across, down = inked(pixels(**changes))
    assert across[0] >= social_card.LEFT - 8
    assert across[-1] <= social_card.WIDTH - social_card.LEFT + 8
    assert down[0] > 24
    assert down[-1] < social_card.HEIGHT - 24


def test_its_tolls_are_those_of_both_sides_in_the_episodes_that_are_known(data):
    cut = data.cut("2020-07-16")
    (one,) = casualties.headlines(cut, ["2020-07", "2022-09"])
    assert (one["name"], one["text"].replace("\xa0", " ")) == ("July 2020", "at least 17")
    assert casualties.headlines(data.cut("2020-06-30"), ["2020-07", "2022-09"]) == []
