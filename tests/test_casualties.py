"""Casualties as frames: what a figure draws, and no more than the claims say."""

import pytest
from northland import EPISODE, claim, dataset

from clashbook.analysis import casualties, statements
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


def test_a_toll_can_be_shown_as_of_several_days():
    later = claim("later", "exact", 9, updates="north", reported_on="2021-05-08")
    data = dataset(claim("north", "exact", 5), later)
    days = ["2021-05-02", "2021-05-08"]
    frame = casualties.by_episode(data, [EPISODE], "killed", [], "military", days)
    own = frame[frame.party == "NOR"]
    assert list(zip(own.as_known, own.low, strict=True)) == [*zip(days, [5, 9], strict=True)]


def test_a_contested_toll_has_the_floor_that_no_claim_denies():
    data = dataset(claim("a", "exact", 5), claim("b", "exact", 7, claimant_role="press"))
    frame = words.put(data, casualties.by_episode(data, [EPISODE], "killed", [], "military"))
    own = frame[frame.party == "NOR"].iloc[0]
    assert (own.firmness, own.low, own.text) == ("contested", 5, "5 or 7 (sources differ)")
    assert frame.high[frame.party == "NOR"].isna().all()


# By day and by speaker


def counted(*rows, **options):
    data = dataset(*rows)
    return words.put(data, statements.own_counts(data, EPISODE, **options))


def test_what_is_added_joins_the_count_of_its_side_from_its_day_on():
    first = {"reported_on": "2021-05-01"}
    frame = counted(
        claim("first", "exact", 3, **first),
        claim("more", "exact", 2, adds_to="first", reported_on="2021-05-03"),
    )
    own = frame[frame.party == "NOR"]
    assert list(zip(own.date, own.low, own.claims, strict=True)) == [
        ("2021-05-01", 3, "first"),
        ("2021-05-03", 5, "first more"),
    ]
    assert list(frame[frame.party == "SOU"].text) == ["no new count"] * 2


def test_of_a_figure_of_killed_or_missing_is_known_how_many_were_counted_as_killed():
    frame = counted(
        claim("killed", "at_least", 135, population="all", reported_on="2021-05-03"),
        claim(
            "both",
            "exact",
            207,
            population="all",
            indicator="killed_or_missing",
            reported_on="2021-05-06",
        ),
    )
    own = frame[frame.party == "NOR"].iloc[-1]
    assert (own.low, own.killed, own.text) == (207, 135, "207 killed or missing")
    assert own.claims.split() == ["killed", "both"][::-1] or own.claims.split() == [
        "killed",
        "both",
    ]


def test_a_copy_a_single_day_and_others_are_no_count_of_a_side():
    frame = counted(
        claim("first", "exact", 3),
        claim("copy", "exact", 3, repeats="first", reported_on="2021-05-04"),
        claim("a-day", "exact", 1, period_start="2021-05-02", reported_on="2021-05-05"),
        claim("press", "exact", 9, claimant_role="press", reported_on="2021-05-06"),
    )
    assert list(frame[frame.claims != ""].claims) == ["first"]


def test_the_first_population_that_a_side_counted_is_taken():
    rows = [claim("soldiers", "exact", 3), claim("all", "exact", 5, population="all")]
    assert list(counted(*rows, populations=["military", "all"]).low.dropna()) == [3]
    assert list(counted(*rows, populations=["all", "military"]).low.dropna()) == [5]


def test_statements_stand_in_their_order_and_say_what_they_add():
    data = dataset(
        claim("later", "exact", 4, updates="first", reported_on="2021-05-02"),
        claim("first", "exact", 2),
        claim("more", "exact", 1, adds_to="later", reported_on="2021-05-03"),
        claim("copy", "exact", 2, repeats="first"),
        claim("misprint", "exact", 90, status="source_error"),
        claim("officers", "exact", 1, part_of="first"),
        claim("theirs", "exact", 400, claimant_role="opposing_side"),
        claim("others", "exact", 1, population="civilian"),
    )
    frame = words.put(data, statements.by_day(data, EPISODE))
    assert list(frame.claims) == ["first", "later", "more"]
    assert list(frame.text.str.replace("\u00a0", " ")) == ["2", "4", "1 more"]


def test_a_range_is_made_of_those_counted_those_who_may_be_and_those_named_missing():
    later, whole = {"reported_on": "2021-05-06"}, {"population": "all"}
    data = dataset(
        claim("soldiers", "at_least", 135),
        claim("civilians", "exact", 3, population="civilian"),
        claim("total", "exact", 207, indicator="killed_or_missing", **whole, **later),
        claim("missing", "exact", 2, indicator="missing", population="civilian", **later),
    )
    frame = casualties.parts_of_ranges(data, [EPISODE], data.as_of)
    assert list(zip(frame.claims, frame.value, frame.kind, strict=True)) == [
        ("soldiers", 135, "solid"),
        ("civilians", 3, "solid"),
        ("total", 67, "pale"),
        ("missing", 2, "open"),
    ]
    assert frame.value.sum() == 207


def test_a_toll_that_is_no_range_has_no_parts():
    data = dataset(claim("north", "exact", 5), claim("south", "at_least", 4, party="SOU"))
    assert casualties.parts_of_ranges(data, [EPISODE], data.as_of).empty


def test_claims_are_counted_by_who_speaks_of_whom():
    data = dataset(
        claim("a", "exact", 5),
        claim("b", "exact", 5, repeats="a"),
        claim("c", "exact", 4, party="SOU"),
        claim("d", "exact", 9, claimant_role="opposing_side"),
        claim("e", "exact", 9, claimant_role="press"),
        claim("f", "exact", 9, indicator="wounded"),
    )
    frame = statements.by_speaker(data, [EPISODE])
    assert list(zip(frame.role, frame.party, frame.value, strict=True)) == [
        ("own_side", "NOR", 2),
        ("own_side", "SOU", 1),
        ("opposing_side", "", 1),
        ("press", "", 1),
    ]


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
    frame = statements.by_statement(data, EPISODE, "killed", "military")
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
    frame = casualties.every_claim(dataset(row), EPISODE)
    assert frame.used.iloc[0].startswith(used)


def test_the_tolls_stand_at_the_foot_of_the_claims_that_make_and_limit_them():
    total = claim("total", "exact", 9, indicator="killed_or_missing")
    frame = casualties.every_claim(dataset(claim("x", "at_least", 5), total), EPISODE)
    assert list(frame.claims[:2]) == ["x", "total"]
    foot = frame[frame.used == "the toll"]
    assert list(foot.index) == [2, 3, 4]
    assert list(foot.party) == ["NOR", "SOU", "both"]


def test_an_error_is_said_to_be_its_sources(data):
    frame = casualties.every_claim(data, "2022-09").set_index("claims")
    used = frame.used["2022-09-arm-killed-all-19-sept-qna"]
    assert used == "not counted: wrong as printed; its note says whose error it is"
