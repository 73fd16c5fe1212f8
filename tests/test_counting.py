"""The thirteen rules of counting, each on a frame small enough to count by hand."""

import sys

import pytest
from northland import EPISODE, claim, dataset

from clashbook import counting
from clashbook.dataset import rows


def said(data, indicator="killed", party="NOR", population="military", **when):
    """What the count says of one quantity, in words."""
    toll = counting.count(data, EPISODE, **when).toll(indicator, party, population)
    return toll.text.replace("\u00a0", " ")


def rule(data, claim_id, **when):
    """The number of the rule that leaves a claim out."""
    return counting.count(data, EPISODE, **when).left_out[claim_id].rule


def test_rule_1_a_claim_made_later_does_not_exist_yet():
    data = dataset(
        claim("first", "at_least", 5),
        claim("second", "exact", 9, updates="first", reported_on="2021-05-08"),
    )
    assert said(data, as_of="2021-05-07") == "at least 5"
    assert rule(data, "second", as_of="2021-05-07") == 1
    assert said(data, as_of="2021-05-08") == "9"


def test_rule_2_what_is_counted_anew_is_gone_with_its_repeats_and_increments():
    data = dataset(
        claim("first", "exact", 5),
        claim("copy", "exact", 5, repeats="first", source_id="weekly"),
        claim("more", "exact", 2, adds_to="copy"),
        claim("new", "exact", 6, updates="copy", reported_on="2021-05-08"),
    )
    assert said(data) == "6"
    assert [rule(data, gone) for gone in ("first", "copy", "more")] == [2, 2, 2]


def test_rule_2_says_of_a_late_repeat_that_what_it_repeats_was_replaced_before():
    data = dataset(
        claim("first", "exact", 3),
        claim("new", "exact", 4, updates="first", reported_on="2021-05-08"),
        claim("late", "exact", 3, repeats="first", reported_on="2021-06-17"),
    )
    left = counting.count(data, EPISODE).left_out
    assert left["first"].reason == "its side gave a newer count"
    assert left["late"].reason == "it repeats a count that its side had replaced"


def test_rule_2_a_wider_count_replaces_nothing():
    data = dataset(
        claim("soldiers", "at_least", 5),
        claim("everybody", "at_least", 3, population="all", reported_on="2021-05-08"),
    )
    assert said(data) == "at least 5"
    assert said(data, population="all") == "at least 5"


def test_rule_1_what_began_after_the_last_day_is_not_of_the_episode():
    rows = [
        claim("fighting", "exact", 5),
        claim("later", "exact", 1, period_start="2021-05-20", period_end="2021-05-20"),
    ]
    assert said(dataset(*rows)) == "at least 6"
    ended = dataset(*rows, end="2021-05-02")
    assert said(ended) == "5"
    assert rule(ended, "later") == 1


def test_rule_1_a_count_that_takes_in_later_fighting_bounds_nothing():
    data = dataset(
        claim("fighting", "exact", 5),
        claim("later", "exact", 1, period_start="2021-05-20", period_end="2021-05-20"),
        claim("both", "exact", 6, period_end="2021-05-31", reported_on="2021-06-01"),
        end="2021-05-02",
    )
    assert said(data) == "5"
    assert counting.count(data, EPISODE).left_out["both"] == (
        1,
        "includes what happened after the clash had ended",
        ("later",),
    )


def test_rule_1_what_an_episode_leaves_behind_belongs_to_it():
    data = dataset(
        claim(
            "first",
            "exact",
            3,
            indicator="handed_over",
            period_start="2021-05-09",
            period_end="2021-05-09",
        ),
        claim(
            "second",
            "exact",
            2,
            indicator="handed_over",
            period_start="2021-06-09",
            period_end="2021-06-09",
        ),
        end="2021-05-02",
    )
    assert said(data, "handed_over") == "at least 5"


def test_rule_1_with_another_last_day_later_fighting_counts():
    data = dataset(
        claim("to the end", "exact", 4, period_end="2021-05-02"),
        claim("later", "exact", 1, period_start="2021-05-20", period_end="2021-05-20"),
        end="2021-05-02",
    )
    assert said(data) == "4"
    longer = counting.count(data, EPISODE, end="2021-05-31").toll("killed", "NOR", "military")
    assert longer.text.replace("\u00a0", " ") == "at least 5"


def test_rule_2_of_a_stock_the_newest_of_a_side_stands():
    data = dataset(
        claim("first", "exact", 20, indicator="held"),
        claim(
            "newer", "exact", 3, indicator="held", period_end="2021-05-09", reported_on="2021-05-09"
        ),
        claim("press", "at_least", 2, indicator="held", claimant="Daily", claimant_role="press"),
    )
    assert said(data, "held") == "3"
    assert rule(data, "first") == 2
    assert rule(data, "press") == 6


def test_rule_2_a_newer_stock_of_all_ends_those_of_soldiers_and_civilians():
    newer = {"population": "all", "reported_on": "2021-06-30", "period_end": "2021-06-30"}
    data = dataset(
        claim("soldiers", "exact", 28, indicator="held"),
        claim("farmer", "exact", 1, indicator="held", population="civilian"),
        claim("people", "exact", 2, indicator="held", **newer),
    )
    assert said(data, "held", population="all") == "2"
    assert said(data, "held") == "up to 2"


def test_rule_6_stocks_of_different_days_never_add_up():
    data = dataset(
        claim("first", "at_least", 4, indicator="held", period_start="2021-05-02"),
        claim(
            "press",
            "at_least",
            3,
            indicator="held",
            period_start="2021-05-09",
            period_end="2021-05-09",
            claimant="Daily",
            claimant_role="press",
        ),
    )
    assert said(data, "held") == "at least 4"


def test_rule_9_a_stock_is_never_added_to_a_count():
    data = dataset(
        claim("dead", "exact", 5),
        claim("held", "exact", 4, indicator="held"),
        claim("together", "at_least", 6, indicator="killed_or_held"),
    )
    assert said(data, "killed_or_held") == "at least 6"


def test_rule_9_police_add_into_all_where_somebody_tells_them_apart():
    soldiers = claim("soldiers", "exact", 3, indicator="wounded")
    civilians = claim("civilians", "exact", 1, indicator="wounded", population="civilian")
    police = claim("police", "exact", 2, indicator="wounded", population="police")
    assert said(dataset(soldiers, civilians), "wounded", population="all") == "4"
    with_police = dataset(soldiers, civilians, police)
    assert said(with_police, "wounded", population="all") == "6"
    assert said(with_police, "wounded") == "3"


def test_rule_7_a_ceiling_reaches_as_far_as_all_that_is_counted_of_these_people():
    data = dataset(
        claim("side", "exact", 11),
        claim(
            "both",
            "at_least",
            16,
            party="both",
            period_end="2021-05-04",
            reported_on="2021-05-04",
            claimant="Daily",
            claimant_role="press",
        ),
        claim("other", "exact", 4, party="SOU", period_end="2021-05-04"),
    )
    assert said(data) == "at least 11"
    assert said(data, party="both") == "at least 16"


def test_rule_3_a_statement_printed_twice_counts_once():
    data = dataset(claim("first", "at_least", 5), claim("copy", "at_least", 5, repeats="first"))
    assert said(data) == "at least 5"
    assert rule(data, "copy") == 3


def test_rule_3_a_repeat_stands_in_while_what_it_repeats_does_not_exist():
    data = dataset(
        claim("first", "at_least", 5, reported_on="2021-05-09"),
        claim("copy", "at_least", 5, repeats="first", reported_on="2021-05-03"),
    )
    assert said(data, as_of="2021-05-03") == "at least 5"


def test_rule_3_what_is_counted_anew_takes_its_stand_in_with_it():
    data = dataset(
        claim("first", "exact", 9, reported_on="2021-05-09"),
        claim("copy", "exact", 9, repeats="first", reported_on="2021-05-03"),
        claim("new", "exact", 6, updates="copy", reported_on="2021-05-05"),
    )
    assert said(data, as_of="2021-05-03") == "9"
    assert said(data, as_of="2021-05-05") == said(data) == "6"
    assert [rule(data, gone) for gone in ("first", "copy")] == [2, 2]


def test_rule_3_an_increment_joins_what_it_adds_to():
    data = dataset(claim("two", "exact", 2), claim("more", "exact", 2, adds_to="two"))
    assert said(data) == "4"
    assert counting.count(data, EPISODE).toll("killed", "NOR", "military").claims == {"two", "more"}


@pytest.mark.parametrize(
    "row",
    [
        claim("left", "exact", 99, status="derived"),
        claim("left", "exact", 99, status="source_error"),
        claim("left", "unquantified", disputes="stands"),
        claim("left", "none_reported", 0, disputes="stands"),
        claim("left", "exact", 1, part_of="stands"),
    ],
    ids=["derived", "source error", "denial", "denial of any", "like part"],
)
def test_rule_4_some_claims_are_shown_and_never_counted(row):
    data = dataset(claim("stands", "at_least", 5), row)
    assert said(data) == "at least 5"
    assert rule(data, "left") == 4


def test_rule_4_a_source_error_replaces_nothing():
    data = dataset(
        claim("stands", "at_least", 5),
        claim("misprint", "exact", 50, updates="stands", status="source_error"),
    )
    assert said(data) == "at least 5"


def test_rule_4_a_part_that_is_another_quantity_counts_for_its_own():
    data = dataset(
        claim("lost", "exact", 20, indicator="killed_or_missing", population="all"),
        claim("civilians", "exact", 3, population="civilian", part_of="lost"),
    )
    assert said(data, population="civilian") == "3"
    assert said(data, "killed_or_missing", population="all") == "20"


def test_rule_4_a_dispute_that_gives_a_number_is_a_count_of_its_own():
    data = dataset(
        claim("theirs", "exact", 50, claimant_role="opposing_side"),
        claim("ours", "exact", 7, disputes="theirs"),
    )
    assert said(data) == "7"


def test_rule_5_a_side_does_not_count_the_other():
    data = dataset(
        claim("ours", "at_least", 5),
        claim("theirs", "at_least", 100, claimant_role="opposing_side"),
        claim("both", "up_to", 2, party="both", claimant_role="opposing_side"),
    )
    assert said(data) == said(data, party="both") == "at least 5"
    assert rule(data, "theirs") == rule(data, "both") == 5


def test_rule_6_days_add_up_to_a_floor_and_never_to_more():
    data = dataset(
        claim("monday", "exact", 7, period_start="2021-05-03", period_end="2021-05-03"),
        claim("tuesday", "exact", 3, period_start="2021-05-04", period_end="2021-05-04"),
    )
    assert said(data) == "at least 10"


def test_rule_6_where_days_overlap_the_highest_floor_stands():
    data = dataset(
        claim("whole", "at_least", 9, period_end="2021-05-05"),
        claim("monday", "exact", 7, period_start="2021-05-03", period_end="2021-05-03"),
        claim("undated", "at_least", 4, period_start="", period_end=""),
    )
    assert said(data) == "at least 9"
    assert rule(data, "monday") == rule(data, "undated") == 6


def test_rule_7_a_ceiling_that_stops_short_of_another_count_is_no_ceiling():
    short = claim("short", "exact", 5, period_end="2021-05-02")
    late = claim("late", "at_least", 1, period_start="2021-05-03", period_end="2021-05-03")
    assert said(dataset(short)) == "5"
    assert said(dataset(short, late)) == "at least 6"


def test_rule_7_a_ceiling_that_begins_after_the_episode_is_no_ceiling():
    assert said(dataset(claim("late", "exact", 5, period_start="2021-05-02"))) == "at least 5"


def test_rule_7_a_side_that_counts_more_widely_lifts_its_own_ceiling():
    data = dataset(
        claim("soldiers", "exact", 105),
        claim(
            *("lost", "exact", 207),
            indicator="killed_or_missing",
            population="all",
            reported_on="2021-05-09",
        ),
    )
    assert said(data, as_of="2021-05-08") == "105"
    assert said(data) == "105 to 207"


def test_rule_7_a_mere_repeat_does_not_lift_a_ceiling():
    data = dataset(
        claim("first", "exact", 5),
        claim("copy", "exact", 5, repeats="first", reported_on="2021-05-20"),
    )
    assert said(data) == "5"


@pytest.mark.parametrize("row", [("none_reported", 0), ("at_least", 0), ("hundreds",)], ids=str)
def test_rule_7_who_counts_nobody_lifts_no_ceiling(row):
    later = {"reported_on": "2021-05-09"}
    assert said(dataset(claim("first", "exact", 5), claim("none", *row, **later))) == "5"


def test_rule_7_none_reported_of_later_days_ends_no_ceiling_and_a_word_does():
    first, days = claim("first", "exact", 5), {"period_end": "2021-05-09"}
    none = claim("none", "none_reported", 0, claimant_role="press", **days)
    word = claim("word", "unquantified", claimant_role="press", **days)
    assert said(dataset(first, none)) == "5"
    assert said(dataset(first, word)) == "at least 5"


def test_rule_7_what_is_counted_anew_lifts_nothing_any_more():
    data = dataset(
        claim("ceiling", "up_to", 20, claimant_role="press", reported_on="2021-05-03"),
        claim("first", "at_least", 5, reported_on="2021-05-04"),
        claim("new", "at_least", 6, updates="first", period_start="2021-05-02")
        | {"reported_on": "2021-05-05"},
    )
    assert said(data, as_of="2021-05-04") == "at least 5"
    assert said(data) == "6 to 20"


def test_rule_7_a_count_is_as_new_as_its_newest_increment():
    data = dataset(
        claim("ceiling", "up_to", 20, claimant_role="press", reported_on="2021-05-03"),
        claim("first", "at_least", 5),
        claim("more", "at_least", 1, adds_to="first", reported_on="2021-05-04"),
    )
    assert said(data, as_of="2021-05-03") == "5 to 20"
    assert said(data) == "at least 6"


def test_rule_7_either_side_lifts_a_ceiling_of_both():
    data = dataset(
        claim("both", "up_to", 20, party="both", claimant_role="press"),
        claim("ours", "at_least", 4, reported_on="2021-05-09"),
    )
    assert said(data, party="both", as_of="2021-05-08") == "up to 20"
    assert said(data, party="both") == "at least 4"


def test_rule_8_the_highest_floor_meets_the_lowest_ceiling():
    data = dataset(
        claim("floor", "at_least", 16, party="both", claimant_role="press"),
        claim("ceiling", "up_to", 20, party="both", claimant_role="press"),
        claim("higher", "up_to", 30, party="both", claimant_role="press"),
    )
    assert said(data, party="both") == "16 to 20"
    assert rule(data, "higher") == 8


def test_rule_8_where_they_cross_none_stands_and_all_are_shown():
    data = dataset(
        claim("floor", "at_least", 16, party="both", claimant_role="press"),
        claim("ceiling", "up_to", 12, party="both", claimant_role="press"),
    )
    row = next(row for row in counting.report(data, EPISODE)["rows"] if row["party"] == "both")
    assert row["contested"]
    assert (row["low"], row["high"]) == (None, None)
    assert row["claims"] == ["ceiling", "floor"]
    assert row["text"] == "at least 16 or up to 12 (sources differ)"


def test_rule_8_a_contested_toll_says_of_whom_each_claim_is():
    data = dataset(
        claim("lost", "exact", 8, indicator="killed_or_missing", population="all"),
        claim("soldiers", "exact", 5),
        claim("farmers", "exact", 5, population="civilian", claimant_role="press"),
        claim("both", "up_to", 7, party="both", population="all", claimant_role="press"),
    )
    assert said(data, "killed_or_missing", population="all") == (
        "8 or at least 10 (sources differ)"
    )
    assert said(data, party="both", population="all") == ("up to 7 or at least 10 (sources differ)")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (claim("word", "hundreds"), "hundreds"),
        (claim("word", "about", 400), "about 400"),
        (claim("word", "none_reported", 0), "none reported"),
    ],
    ids=["word", "about", "none reported"],
)
def test_rule_8_words_and_about_speak_only_where_there_is_no_bound(row, words):
    assert said(dataset(row)) == words
    assert said(dataset(row, claim("bound", "at_least", 5))) == "at least 5"
    assert rule(dataset(row, claim("bound", "at_least", 5)), "word") == 8


def test_rule_3_an_increment_without_a_number_leaves_the_floor():
    first = claim("a", "exact", 5)
    assert said(dataset(first, claim("b", "unquantified", adds_to="a"))) == "at least 5"
    assert said(dataset(first, claim("b", "up_to", 3, adds_to="a"))) == "5 to 8"


@pytest.mark.parametrize(
    "base",
    [
        claim("a", "exact", 5, status="derived"),
        claim("a", "exact", 5, claimant_role="opposing_side"),
        claim("a", "exact", 500, status="source_error"),
        claim("a", "exact", 5, part_of="w"),
    ],
    ids=["derived", "opposing side", "source error", "like part"],
)
def test_rule_3_an_increment_of_what_is_left_out_is_left_out_with_it(base):
    data = dataset(claim("w", "at_least", 9), base, claim("b", "exact", 2, adds_to="a"))
    assert said(data) == "at least 9"
    assert rule(data, "b") == rule(data, "a")


def test_rule_4_a_part_of_an_error_is_still_a_part():
    data = dataset(
        claim("a", "exact", 500, status="source_error"), claim("b", "exact", 2, part_of="a")
    )
    assert said(data) == ""
    assert rule(data, "b") == 4


@pytest.mark.parametrize(
    "row",
    [
        claim("late", "up_to", 5, period_start="2021-05-02"),
        claim("late", "exact", 0, period_start="2021-05-02"),
        claim("late", "between", 0, 5, period_start="2021-05-02"),
    ],
    ids=["up to", "exact nothing", "between"],
)
def test_rule_7_a_ceiling_that_does_not_hold_says_nothing(row):
    assert said(dataset(row)) == ""
    assert rule(dataset(row), "late") == 7


def test_rule_7_a_part_that_is_another_quantity_lifts_its_own_ceiling():
    data = dataset(
        claim("x", "exact", 3),
        claim("w", "exact", 30, population="all", party="both", claimant_role="press")
        | {"reported_on": "2021-05-09"},
        claim("y", "exact", 5, part_of="w", reported_on="2021-05-09"),
    )
    assert said(data) == "5"


def test_rule_7_a_reprint_of_an_earlier_count_lifts_nothing():
    data = dataset(
        claim("z", "at_least", 5),
        claim("x", "exact", 10, claimant_role="press", reported_on="2021-05-03"),
        claim("copy", "at_least", 5, repeats="z", reported_on="2021-05-04"),
    )
    assert said(data) == "10"


@pytest.mark.parametrize("ids", [("a12", "b10"), ("c12", "b10")])
def test_rule_8_a_contested_toll_shows_all_its_claims_whatever_their_ids(ids):
    press = {"claimant_role": "press"}
    data = dataset(
        claim("floor", "at_least", 16, **press),
        claim(ids[0], "up_to", 12, **press),
        claim(ids[1], "up_to", 10, **press),
    )
    toll = counting.count(data, EPISODE).toll("killed", "NOR", "military")
    assert toll.contested
    assert toll.claims == {"floor", *ids}


@pytest.mark.parametrize("ids", [("a", "b", "c"), ("c", "b", "a")])
def test_rule_8_of_two_equal_ceilings_what_is_said_decides_and_not_the_ids(ids):
    of_all = {"party": "both", "population": "all", "claimant_role": "press"}
    data = dataset(
        claim(ids[0], "exact", 2, claimant_role="press"),
        claim(ids[1], "exact", 1, **of_all),
        claim(ids[2], "up_to", 1, **of_all),
    )
    toll = counting.count(data, EPISODE).toll("killed", "both", "all")
    assert toll.contested
    assert toll.claims == set(ids[:2])


@pytest.mark.parametrize("ids", [("a", "b"), ("b", "a")])
@pytest.mark.parametrize("period", [{}, {"period_start": "", "period_end": ""}], ids=["days", ""])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"claimant_role": "own_side", "reported_on": "2021-05-08"}, {"claimant_role": "press"}),
        ({"reported_on": "2021-05-06"}, {"reported_on": "2021-05-07"}),
    ],
    ids=["a side's own", "the earlier"],
)
def test_rule_6_of_two_equal_floors_what_is_said_decides_and_not_the_ids(
    ids, period, first, second
):
    rows = [
        claim(ids[0], "at_least", 2, **period, **first),
        claim(ids[1], "at_least", 2, **period, **second),
    ]
    count = counting.count(dataset(*rows), EPISODE)
    assert count.toll("killed", "NOR", "military").floor == {ids[0]}


def test_rule_9_a_floor_of_more_than_nothing_is_a_floor():
    data = dataset(claim("a", "more_than", 0), claim("b", "exact", 3, party="SOU"))
    assert said(data) == "more than 0"
    assert said(data, party="both") == "more than 3"


def test_rule_9_no_sum_rests_on_what_turns_out_contested():
    data = dataset(
        claim("m", "exact", 3),
        claim("c", "exact", 2, population="civilian"),
        claim("x", "exact", 5, indicator="missing", population="all"),
        claim("w", "exact", 8, indicator="killed_or_missing", population="all"),
    )
    counted = counting.count(data, EPISODE)
    assert counted.toll("killed_or_missing", "NOR", "all").contested
    assert said(data, population="all") == said(data, "missing", population="all") == "5"


def test_rule_9_of_a_contested_toll_sums_take_the_floor_that_nobody_denies():
    data = dataset(
        claim("government", "exact", 222),
        claim("newspaper", "exact", 224, claimant_role="press"),
        claim("south", "exact", 80, party="SOU"),
    )
    assert said(data) == "222 or 224 (sources differ)"
    assert said(data, party="both") == "at least 302"
    toll = counting.count(data, EPISODE).toll("killed", "both", "military")
    assert toll.claims == {"government", "south"}


def test_rule_9_kinds_of_people_do_not_add_up_to_what_a_side_denies_of_all_of_them():
    # The government says 225 of everybody, which the 222 and 4 would pass: both sides together
    # are 225 and 80, and not 222 and 4 and 80.
    data = dataset(
        claim("government", "exact", 225, population="all"),
        claim("soldiers", "exact", 222),
        claim("ministry", "exact", 4, population="civilian"),
        claim("south", "exact", 80, party="SOU"),
    )
    assert said(data, population="all") == "225 or 226 (sources differ)"
    assert said(data, party="both") == "302"
    assert said(data, party="both", population="all") == "at least 305"


def test_rule_9_bounds_add_upwards_and_an_open_end_stays_open():
    data = dataset(
        claim("north", "exact", 50),
        claim("south", "at_least", 49, party="SOU"),
        claim("farmers", "exact", 1, party="SOU", population="civilian"),
    )
    assert said(data, party="both") == "at least 99"
    assert said(data, party="both", population="all") == "at least 100"


def test_rule_9_who_is_not_spoken_of_is_not_zero():
    data = dataset(claim("north", "exact", 50))
    assert said(data, party="both") == "at least 50"
    assert said(data, population="all") == "at least 50"
    assert said(data, party="SOU") == ""


def test_rule_9_the_sum_meets_the_claims_about_the_whole():
    data = dataset(
        claim("north", "at_least", 4),
        claim("south", "at_least", 10, party="SOU"),
        claim("both", "at_least", 16, party="both", claimant_role="press"),
    )
    assert said(data, party="both") == "at least 16"
    # No joint total is split: the difference belongs to neither side.
    assert (said(data), said(data, party="SOU")) == ("at least 4", "at least 10")


def test_rule_9_more_than_stays_more_than():
    data = dataset(claim("north", "more_than", 50), claim("south", "exact", 3, party="SOU"))
    assert said(data, party="both") == "more than 53"


def test_rule_10_a_whole_less_the_floors_of_its_other_parts_is_a_ceiling():
    data = dataset(
        claim("lost", "exact", 207, indicator="killed_or_missing", population="all"),
        claim("farmers", "exact", 3, population="civilian", part_of="lost"),
        claim("gone", "exact", 2, indicator="missing", population="all", part_of="lost"),
    )
    assert said(data, population="all") == "3 to 205"
    assert said(data, population="military") == "up to 202"


def test_rule_10_what_a_source_leaves_out_is_no_floor():
    data = dataset(claim("lost", "exact", 207, indicator="killed_or_missing", population="all"))
    assert counting.count(data, EPISODE).toll("killed", "NOR", "all").bounds.low is None


def test_rule_10_what_goes_up_again_is_added_to_what_had_gone_up_before():
    data = dataset(
        claim("soldiers", "at_least", 16, party="both", claimant_role="press"),
        claim("north", "exact", 10, population="all"),
        claim("south", "exact", 5, population="all", party="SOU"),
    )
    # Only the way down shows that the soldiers cannot be 16. The way up again starts from what the
    # first left, so that all who were killed do not turn from contested into 15.
    for population in ("military", "all"):
        assert said(data, party="both", population=population).endswith(" (sources differ)")


def test_rule_10_in_2019_no_more_soldiers_were_killed_than_were_casualties(data):
    counted = counting.count(data, "2019")
    casualties, killed = (
        counted.toll(name, "unspecified", "military") for name in ("casualties", "killed")
    )
    # Eight casualties, a civilian among them, and no word on how many of them were killed.
    assert casualties.text == killed.text == "up\u00a0to\u00a07"
    assert casualties.claims == killed.claims


def test_rule_10_a_ceiling_goes_down_by_people_and_by_indicator():
    data = dataset(
        claim("hurt", "exact", 8, indicator="casualties", population="all"),
        claim("farmer", "exact", 1, indicator="casualties", population="civilian", part_of="hurt"),
    )
    assert said(data, "casualties") == said(data) == said(data, "wounded") == "up to 7"


def test_rule_10_runs_until_nothing_changes():
    press = {"population": "all", "claimant_role": "press"}
    data = dataset(
        claim("north", "exact", 3, indicator="killed_or_missing", **press),
        claim("south", "exact", 4, indicator="casualties", party="SOU", **press),
        claim("farmers", "at_least", 5, party="both")
        | {"population": "civilian", "claimant_role": "press"},
    )
    # Down: 3 and 4 killed at most. Up: 7 on both sides. Down again: of them 2 soldiers at most.
    assert said(data, party="both", population="all") == "5 to 7"
    assert said(data, party="both") == "up to 2"


def test_rule_10_a_remainder_of_nothing_is_no_count_of_none():
    data = dataset(
        claim("people", "exact", 105, population="all"),
        claim("soldiers", "exact", 105),
    )
    assert said(data, population="all") == said(data) == "105"
    assert not counting.count(data, EPISODE).toll("killed", "NOR", "civilian").says_something


def test_rule_10_what_turns_out_contested_limits_nothing_else():
    press = {"population": "all", "claimant_role": "press"}
    data = dataset(
        claim("both", "between", 8, 9, party="both", **press),
        claim("farmers", "at_least", 5, party="both")
        | {"population": "civilian", "claimant_role": "press"},
        claim("north", "exact", 3, indicator="killed_or_missing", **press),
        claim("south", "exact", 4, indicator="killed_or_missing", party="SOU", **press),
    )
    # "8 to 9" meets "up to 7" only after it has limited the soldiers to 4.
    assert said(data, party="both", population="all").endswith(" (sources differ)")
    assert said(data, party="both") == "up to 7"
    toll = counting.count(data, EPISODE).toll("killed", "both", "military")
    assert toll.claims == {"north", "south"}


def test_rule_10_no_joint_total_is_split_between_the_sides():
    data = dataset(
        claim("both", "up_to", 10, party="both", claimant_role="press"),
        claim("north", "at_least", 8),
    )
    assert said(data) == "at least 8"
    assert said(data, party="SOU") == ""


def test_rule_10_a_part_is_held_by_the_widest_whole_where_what_lies_between_is_contested():
    press = {"claimant_role": "press"}
    data = dataset(
        claim("hurt", "up_to", 7, indicator="casualties", population="all", **press),
        *(claim(f"soldiers {i}", said, 3, indicator="casualties", **press)
          for i, said in enumerate(["more_than", "up_to"])),
        *(claim(f"killed {i}", said, 2, population="all", **press)
          for i, said in enumerate(["more_than", "up_to"])),
    )  # fmt: skip
    assert said(data, "casualties").endswith(" (sources differ)")
    assert said(data, population="all").endswith(" (sources differ)")
    assert said(data) == "up to 7"


def test_rule_11_unlike_quantities_are_not_compared():
    data = dataset(claim("soldiers", "exact", 5), claim("hurt", "exact", 9, indicator="wounded"))
    counted = counting.count(data, EPISODE)
    killed, wounded = (counted.toll(name, "NOR", "military") for name in ("killed", "wounded"))
    with pytest.raises(counting.UnlikeQuantitiesError, match="indicator"):
        counting.compared(killed, wounded, "2021-05-09", "2021-05-09")
    with pytest.raises(counting.UnlikeQuantitiesError, match="as-of date"):
        counting.compared(killed, killed, "2021-05-08", "2021-05-09")
    assert counting.compared(killed, killed, "2021-05-09", "2021-05-09") is False


def test_rule_12_a_side_not_stated_joins_no_side():
    data = dataset(claim("somebody", "exact", 39, party="unspecified"))
    assert said(data, party="unspecified") == "39"
    assert said(data) == said(data, party="both") == ""


def test_rule_12_outside_an_episode_counts_meet_on_the_same_period_alone():
    old = {"episode_id": "background", "party": "both", "claimant_role": "press"}
    data = dataset(
        claim("year", "at_least", 5, period_start="2001-01-01", period_end="2001-12-31", **old),
        claim("again", "at_least", 7, period_start="2001-01-01", period_end="2001-12-31", **old),
        claim("other", "at_least", 9, period_start="2003-01-01", period_end="2003-12-31", **old),
        claim("undated", "at_least", 2, period_start="", period_end="", **old),
    )
    soldiers = [
        toll.bounds
        for quantity, toll in counting.count(data, "background").tolls.items()
        if quantity.population == "military"
    ]
    assert sorted(bounds.low for bounds in soldiers) == [2, 7, 9]


def test_outside_an_episode_a_toll_is_asked_for_by_its_period():
    old = {"episode_id": "background", "party": "both", "claimant_role": "press"}
    year = {"period_start": "2001-01-01", "period_end": "2001-12-31"}
    first = claim("year", "at_least", 5, **year, **old)
    undated = claim("undated", "at_least", 2, period_start="", period_end="", **old)
    alone, both = (
        counting.count(dataset(*rows), "background") for rows in ([first], [first, undated])
    )
    asked = ("killed", "both", "military")
    assert alone.toll(*asked).bounds.low == 5
    assert both.toll(*asked, period="2001-01-01/2001-12-31").bounds.low == 5
    assert both.toll(*asked, period="undated").bounds.low == 2
    assert not both.toll(*asked, period="2002-01-01/2002-12-31").says_something
    with pytest.raises(ValueError, match=r"has 2 tolls of killed, both, military .*undated"):
        both.toll(*asked)


def test_rule_13_a_series_is_not_among_what_is_counted():
    data = dataset(claim("ours", "at_least", 5))
    data.tables["series"] = data.tables["observations"] = None
    assert said(data) == "at least 5"


def test_the_order_of_rows_never_matters():
    rows = [
        claim("a", "at_least", 5),
        claim("b", "exact", 9, updates="a", reported_on="2021-05-08"),
        claim("c", "exact", 3, party="SOU", period_end="2021-05-01"),
        claim("d", "exact", 2, party="SOU", period_start="2021-05-02"),
        claim("e", "up_to", 30, party="both", claimant_role="press"),
    ]
    assert counting.report(dataset(*rows), EPISODE, why=True) == counting.report(
        dataset(*reversed(rows)), EPISODE, why=True
    )


def test_every_claim_either_holds_a_toll_or_has_a_rule():
    rows = [
        claim("a", "at_least", 5),
        claim("b", "about", 9),
        claim("c", "up_to", 3, period_start="2021-05-02"),
        claim("d", "hundreds", indicator="wounded"),
        claim("e", "exact", 1, part_of="a"),
    ]
    report = counting.report(dataset(*rows), EPISODE, why=True)
    held = {name for row in report["rows"] for name in row["claims"]}
    left = {row["claim"] for row in report["left_out"]}
    assert held | left == {"a", "b", "c", "d", "e"}
    assert not held & left


def test_a_report_gives_open_ends_as_null_and_the_newest_day_by_side():
    data = dataset(
        claim("north", "exact", 50),
        claim("south", "at_least", 49, party="SOU", reported_on="2021-05-04"),
    )
    row = next(
        row
        for row in counting.report(data, EPISODE)["rows"]
        if (row["party"], row["population"]) == ("both", "military")
    )
    assert row == {
        "indicator": "killed",
        "party": "both",
        "population": "military",
        "low": 99,
        "best": None,
        "high": None,
        "text": "at least 99",
        "claims": ["north", "south"],
        "reported_on": {"NOR": "2021-05-02", "SOU": "2021-05-04"},
        "contested": False,
    }


def test_an_unknown_episode_is_an_error():
    with pytest.raises(KeyError):
        counting.count(dataset(), "2031-01")


def calls(times):
    """How many calls it takes to count claims of the same two days, so many of each kind."""
    claims = [
        claim(f"{kind}-{copy}", *words, **columns)
        for copy in range(times)
        for kind, words, columns in (
            ("whole", ("exact", 9), {}),
            ("newer", ("exact", 9), {"reported_on": "2021-05-03"}),
            ("first-day", ("at_least", 5), {"period_end": "2021-05-01"}),
            ("second-day", ("at_least", 4), {"period_start": "2021-05-02"}),
        )
    ]
    made = 0

    def count(_frame, happened, _argument):
        nonlocal made
        made += happened == "call"

    data = dataset(*claims)
    data.records(rows.Claim)
    sys.setprofile(count)
    try:
        counting.count(data, EPISODE)
    finally:
        sys.setprofile(None)
    return made


def test_counting_twice_the_claims_takes_hardly_more_than_twice_as_long():
    assert calls(60) < 2.2 * calls(30)
