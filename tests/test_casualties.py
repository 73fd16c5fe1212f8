"""Casualties as frames: what a figure draws, and no more than the claims say."""

import pytest
from northland import EPISODE, claim, dataset

from clashbook.analysis import casualties
from clashbook.figures.exhibit import words


def test_each_side_and_both_have_a_row_with_bounds_and_words():
    data = dataset(claim("north", "exact", 50), claim("south", "at_least", 49, party="SOU"))
    frame = casualties.by_episode(data, [EPISODE], "killed", [EPISODE], "military")
    assert list(frame.party) == ["NOR", "SOU", "both"]
    assert list(words.put(data, frame).text.str.replace("\u00a0", " ")) == [
        "50",
        "at least 49",
        "at least 99",
    ]
    assert list(frame.firmness) == ["exact", "at_least", "at_least"]


def test_a_side_nobody_spoke_of_is_a_row_without_a_number():
    data = dataset(claim("north", "exact", 5))
    frame = words.put(data, casualties.by_episode(data, [EPISODE], "killed", [EPISODE]))
    silent = frame[frame.party == "SOU"].iloc[0]
    assert (silent.firmness, silent.text) == ("none", "no figure found")
    assert silent.counted_by == ""
    assert silent[["low", "best", "high"]].isna().all()


@pytest.mark.parametrize("day", ["2020-07-13", "2020-07-14", "2020-07-15"])
def test_before_others_counted_the_july_of_the_book_has_the_sides_own_counts_alone(data, day):
    frame = casualties.by_episode(data.cut(day), ["2020-07"], "killed", ["2020-07"])
    assert set(frame.counted_by) <= {"own_side", ""}
    assert set(frame.counted_by[frame.firmness == "none"]) <= {""}


def test_what_belongs_to_no_episode_is_not_among_them():
    old = claim("old", "at_least", 5, episode_id="background", party="both", claimant_role="press")
    frame = casualties.by_episode(dataset(old), [EPISODE, "background"], "killed", [])
    assert frame.empty


def test_counts_of_others_are_told_from_a_sides_own():
    assert casualties.counted_by({"own_side"}) == "own_side"
    assert casualties.counted_by({"own_side", "press"}) == "own_side_and_others"
    assert casualties.counted_by({"press", "third_party"}) == "press"
    assert casualties.counted_by(set()) == ""
    assert casualties.counted_by({"third_party"}) == "third_party"


def test_every_day_is_a_row_for_each_side_and_a_silent_day_is_not_zero():
    day = {"period_start": "2021-05-02", "period_end": "2021-05-02", "period_precision": "day"}
    whole = claim("whole", "at_least", 9, period_end="2021-05-03")
    data = dataset({**claim("north", "exact", 3), **day}, {**whole, "period_precision": "day"})
    data.tables["claims"]["period_precision"] = "day"
    frame = words.put(data, casualties.by_day(data, EPISODE, "killed"))
    assert list(frame.date.unique()) == ["2021-05-01", "2021-05-02", "2021-05-03"]
    assert list(frame[frame.party == "NOR"].text) == ["no figure found", "3", "no figure found"]
    assert frame[frame.firmness == "none"][["low", "best", "high"]].isna().all(axis=None)


def test_who_is_counted_and_by_whom_is_told_in_words_beside_the_codes():
    day = {"period_start": "2021-05-02", "period_end": "2021-05-02"}
    data = dataset({**claim("north", "exact", 3), **day})
    data.tables["claims"]["period_precision"] = "day"
    frame = words.put(data, casualties.by_day(data, EPISODE, "killed"))
    columns = ["population", "who", "counted_by", "counter"]
    told = frame[frame.date == "2021-05-02"].set_index("party")[columns]
    assert list(told.loc["NOR"]) == ["military", "soldiers", "own_side", "own authorities"]
    assert list(told.loc["SOU"]) == ["", "no claim on record", "", "no claim on record"]


def test_an_episode_without_a_day_on_record_gives_an_empty_frame():
    data = dataset(claim("north", "exact", 3))
    data.tables["claims"]["period_precision"] = "day"
    assert casualties.by_day(data, EPISODE, "killed").empty


def test_own_counts_stand_in_the_order_of_their_statements():
    data = dataset(
        claim("second", "exact", 9, updates="first", reported_on="2021-05-08"),
        claim("first", "at_least", 5),
        claim("copy", "at_least", 5, repeats="first"),
        claim("press", "at_least", 7, claimant_role="press"),
        claim("a-day", "exact", 2, period_start="2021-05-02"),
        claim("misprint", "exact", 90, status="source_error", reported_on="2021-05-09"),
        claim("officers", "exact", 1, part_of="first"),
        claim("more", "exact", 2, adds_to="second", reported_on="2021-05-09"),
    )
    data.tables["indicators"]["label"] = "Killed"
    frame = casualties.by_statement(data, EPISODE, "killed", "military")
    assert list(zip(frame.claims, frame.status, strict=True)) == [
        ("first", "replaced"),
        ("second", "current"),
    ]


@pytest.mark.parametrize(
    ("row", "used"),
    [
        (claim("x", "exact", 5), "counted"),
        (claim("x", "exact", 5, claimant_role="opposing_side"), "not counted, rule 5"),
    ],
    ids=["counted", "left out"],
)
def test_every_claim_says_what_became_of_it(row, used):
    frame = casualties.every_claim(dataset(row), EPISODE, "killed")
    assert frame.used.iloc[0].startswith(used)
