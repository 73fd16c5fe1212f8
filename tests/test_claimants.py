"""Who says what a row rests on, and when: every frame that is drawn carries it."""

import pandas as pd
from northland import EPISODE, claim, dataset

from clashbook.analysis import casualties, statements
from clashbook.dataset import attribution
from clashbook.figures.exhibit import words


def plain(said):
    return {name: words.replace("\u00a0", " ") for name, words in said.items()}


def book():
    return dataset(
        claim("second", "exact", 9, claimant="Daily", reported_on="2021-05-08"),
        claim("first", "at_least", 5, claimant="NOR"),
        claim("again", "at_least", 5, claimant="NOR", reported_on="2021-05-09"),
        claim("other", "at_least", 7, claimant="Nobody asked"),
    )


def test_each_claimant_is_named_once_in_the_order_of_the_statements():
    said = attribution.of_records(book(), "claims", {"second", "first", "again"})
    assert plain(said) == {"claimant": "Northland; Daily", "stated": "newest 9 May 2021"}


def test_of_a_single_day_the_day_is_said():
    said = attribution.of_records(book(), "claims", ["first", "other"])
    assert plain(said) == {"claimant": "Northland; Nobody asked", "stated": "2 May 2021"}


def test_a_day_is_as_exact_as_it_is_known():
    data = dataset(claim("late", "exact", 9, claimant="Daily", reported_precision="by"))
    assert plain(attribution.of_records(data, "claims", ["late"]))["stated"] == "by 2 May 2021"


def test_where_nobody_speaks_nobody_is_named():
    assert attribution.of_records(book(), "claims", []) == {"claimant": "", "stated": ""}


def test_a_series_is_said_by_who_publishes_it():
    data = dataset()
    data.tables["series"] = pd.DataFrame(
        [("deaths", "daily", "2021-12-31", "month")],
        columns=["series_id", "source_id", "released_on", "released_precision"],
    )
    said = plain(attribution.of_series(data, "deaths"))
    assert said == {"claimant": "Daily", "stated": "December 2021"}


def test_a_toll_names_those_whose_claims_it_rests_on_and_no_others():
    data = dataset(
        claim("own", "exact", 5, claimant="Ministry"),
        claim("theirs", "exact", 9, claimant="The other side", claimant_role="opposing_side"),
    )
    frame = casualties.by_episode(data, [EPISODE], "killed", [EPISODE], "military")
    assert list(words.put(data, frame).claimant) == ["Ministry", "", "Ministry"]
    assert list(frame.claims) == ["own", "", "own"]


def test_a_day_and_a_statement_name_their_claimant():
    day = {"period_start": "2021-05-01", "period_end": "2021-05-01", "claimant": "Ministry"}
    data = dataset(claim("own", "exact", 5, **day))
    data.tables["claims"]["period_precision"] = "day"
    frames = [
        statements.own_counts(data, EPISODE),
        statements.by_statement(data, EPISODE, "killed", "military"),
    ]
    for frame in frames:
        (row,) = words.put(data, frame[frame.claims == "own"]).itertuples()
        assert (row.claimant, row.stated) == ("Ministry", "2\u00a0May\u00a02021")
        assert row.indicator_label == "Killed"
