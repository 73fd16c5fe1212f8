"""Bounds keep what was said, and their arithmetic never says more."""

import pytest
from claim_sets import every
from hypothesis import strategies as st

from clashbook.bounds import FILLED_BY, Bounds, figure, in_words

# Few and small, so that ends coincide, with each other and with nothing.
ends = st.none() | st.integers(0, 4)
EXAMPLES = 150


@st.composite
def bounds(draw):
    """Bounds that something fits, with any end included, excluded or open."""
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    best = draw(ends)
    made = Bounds(low, high, draw(st.booleans()), draw(st.booleans()), best)
    return Bounds(low, high, best=best) if made.is_empty else made


def holds(bound: Bounds, value: float) -> bool:
    above = bound.low is None or value > bound.low or (value == bound.low and not bound.low_strict)
    below = (
        bound.high is None or value < bound.high or (value == bound.high and not bound.high_strict)
    )
    return above and below


@st.composite
def inside(draw):
    """Bounds with a value that they allow."""
    bound = draw(bounds())
    ends = [end for end in (bound.low, bound.high) if end is not None]
    values = [end + step for end in (*ends, 0, 100) for step in (-0.5, 0, 0.5, 3)]
    return bound, draw(st.sampled_from([value for value in values if holds(bound, value)]))


def test_what_is_drawn_has_figures_and_excluded_ends_at_nothing_too():
    drawn = []

    @every(EXAMPLES, bounds())
    def draw(bound):
        drawn.append(bound)

    draw()
    assert {bound.best for bound in drawn} >= {None, 0}
    assert {(bound.low, bound.low_strict) for bound in drawn} >= {(0, True), (0, False)}
    assert {(bound.high, bound.high_strict) for bound in drawn} >= {(0, True), (0, False)}


@every(EXAMPLES, inside(), inside())
def test_a_sum_holds_the_sum_of_whatever_its_parts_can_be(one, two):
    assert holds(one[0] + two[0], one[1] + two[1])


@every(EXAMPLES, inside(), inside())
def test_a_change_holds_the_difference_of_whatever_its_parts_can_be(one, two):
    assert holds(one[0] - two[0], one[1] - two[1])


@every(EXAMPLES, bounds(), bounds())
def test_an_end_of_a_sum_or_change_is_excluded_only_where_nothing_reaches_it(one, two):
    for made, other in ((one + two, two), (one - two, -two)):
        for end in ("low", "high"):
            at, of_one, of_other = (getattr(each, end) for each in (made, one, other))
            assert (at is None) == (None in (of_one, of_other))
            if at is not None:
                assert at == of_one + of_other
                assert holds(made, at) == (holds(one, of_one) and holds(other, of_other))


@every(EXAMPLES, inside(), bounds())
def test_a_meeting_holds_exactly_what_both_hold(one, other):
    bound, value = one
    assert holds(bound.meet(other), value) == holds(other, value)


@every(EXAMPLES, bounds(), bounds())
def test_what_lies_within_others_is_all_that_both_hold(one, other):
    ends = ("low", "high", "low_strict", "high_strict")
    both = one.meet(other)
    assert one.is_within(other) == all(getattr(both, end) == getattr(one, end) for end in ends)


@every(EXAMPLES, inside(), inside())
def test_less_than_is_said_only_where_it_cannot_be_otherwise(one, two):
    told = one[0].less_than(two[0])
    assert told is None or told == (one[1] < two[1])


@every(EXAMPLES, bounds(), bounds(), bounds())
def test_sums_do_not_depend_on_order(one, two, three):
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)


@every(EXAMPLES, bounds(), bounds(), bounds())
def test_meetings_depend_neither_on_order_nor_on_how_often(one, two, three):
    assert one.meet(two) == two.meet(one)
    assert one.meet(two).meet(three) == one.meet(two.meet(three))
    assert one.meet(one) == one


def test_no_order_lets_one_of_three_approximate_figures_stand_against_the_others():
    # Once the first two met in none, and the third stood alone against that silence.
    first, again, other = Bounds(best=100), Bounds(best=100), Bounds(best=120)
    assert first.meet(again).meet(other) == first.meet(again.meet(other)) == Bounds()
    assert first.meet(other).meet(again) == Bounds()


@every(EXAMPLES, bounds())
def test_turned_round_twice_bounds_are_as_they_were(one):
    turned = -one
    assert -turned == one


@every(EXAMPLES, bounds())
def test_what_is_exact_holds_its_number_and_no_other(one):
    assert one.is_exact == (one.low is not None and one.low == one.high)
    if one.is_exact:
        assert holds(one, one.low)


@every(EXAMPLES, bounds(), bounds())
def test_bounds_that_say_something_else_are_in_other_words(one, two):
    def ends(bound):
        return bound.low, bound.high, bound.low_strict, bound.high_strict

    if not one.is_open and not two.is_open:
        assert (one.words() == two.words()) == (ends(one) == ends(two))


@every(EXAMPLES, bounds())
def test_an_open_end_stays_open_in_a_sum(one):
    assert (one + Bounds(low=3)).high is None
    assert (one + Bounds(high=3)).low is None


def test_more_than_stays_more_than_in_a_sum():
    assert Bounds(low=200, low_strict=True) + Bounds.exact(3) == Bounds(low=203, low_strict=True)


def test_a_floor_above_a_ceiling_leaves_nothing():
    assert Bounds(low=16).meet(Bounds(high=15)).is_empty
    assert Bounds(low=20, low_strict=True).meet(Bounds(high=20)).is_empty
    assert not Bounds(low=20).meet(Bounds(high=20)).is_empty


def test_an_approximate_figure_is_kept_where_both_give_it():
    assert Bounds(best=100).meet(Bounds(best=100)).best == 100
    assert Bounds(best=100).meet(Bounds(best=120)).best is None
    assert Bounds(best=100).meet(Bounds(low=90)).best is None


def test_an_infinite_end_is_refused():
    with pytest.raises(ValueError, match="open end is None"):
        Bounds(high=float("inf"))


@pytest.mark.parametrize(
    ("qualifier", "cells", "words"),
    [
        ("exact", (105, 105, 105), "105"),
        ("at_least", (49, None, None), "at least 49"),
        ("more_than", (6600, None, None), "more than 6,600"),
        ("up_to", (None, None, 20), "up to 20"),
        ("between", (16, None, 20), "16 to 20"),
        ("about", (None, 400, None), "about 400"),
        ("none_reported", (0, None, None), "none reported"),
        ("dozens", (None, None, None), "dozens"),
        ("hundreds", (None, None, None), "hundreds"),
        ("thousands", (None, None, None), "thousands"),
        ("millions", (None, None, None), "millions"),
        ("unquantified", (None, None, None), "no number given"),
    ],
)
def test_each_qualifier_has_its_words(qualifier, cells, words):
    low, best, high = (float("nan") if cell is None else cell for cell in cells)
    bound = Bounds.of_claim(qualifier, low, best, high)
    assert in_words(qualifier, bound).replace("\u00a0", " ") == words
    filled = tuple(
        name for name, cell in zip(("low", "best", "high"), cells, strict=True) if cell is not None
    )
    assert filled == FILLED_BY[qualifier]


def test_a_bound_word_does_not_part_from_its_number():
    assert Bounds(low=49).words() == "at\u00a0least\u00a049"
    assert Bounds(16, 20).words() == "16\u00a0to\u00a020"


def test_strict_ends_of_a_range_are_said():
    text = Bounds(100, 200, low_strict=True).words().replace("\u00a0", " ")
    assert text == "more than 100 and up to 200"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (51_530_000_000, "USD", "$51.53bn"),
        (437_400_000_000, "AMD", "AMD 437.4bn"),
        (-12.8, "percent", "\u221212.8%"),
        (0.1 + 0.2, "percent", "0.3%"),
        (150_000, "persons", "150,000"),
        (7, "", "7"),
    ],
)
def test_a_figure_is_printed_with_its_own_digits(value, unit, text):
    assert figure(value, unit).replace("\u00a0", " ") == text
