"""Trackers beside claims: series stay as published, and never enter a toll."""

import pandas as pd
import pytest
from northland import EPISODE, claim, dataset

from clashbook.analysis import trackers
from clashbook.bounds import Bounds
from clashbook.figures.exhibit import words
from clashbook.prose.numbers import Numbers, UnknownNumberError

SERIES = [
    ("by-place-nor", "killed_by_place", "NOR", "all", "persons", "yearbook", "2023-01-31"),
    ("by-place-sou", "killed_by_place", "SOU", "all", "persons", "yearbook", "2023-01-31"),
    ("killed-soldiers-nor", "killed", "NOR", "military", "persons", "group", "2022-06-30"),
    ("killed-soldiers-sou", "killed", "SOU", "military", "persons", "group", "2022-06-30"),
    ("killed-civilians-nor", "killed", "NOR", "civilian", "persons", "group", "2022-06-30"),
    ("growth", "growth", "NOR", "", "percent", "yearbook", "2023-01-31"),
]
OPEN = float("nan")
OBSERVATIONS = [
    ("by-place-nor", "2020", 0, 0, 0, ""),
    ("by-place-nor", "2021", 154, 154, 153, "as_published"),
    ("by-place-sou", "2021", 20, 21, 28, ""),
    ("killed-soldiers-nor", "2021-03", OPEN, 2, OPEN, ""),
    ("killed-soldiers-nor", "2021-05", OPEN, 9, OPEN, ""),
    ("killed-soldiers-nor", "2021-09", OPEN, 1, OPEN, ""),
    ("killed-civilians-nor", "2021-04", OPEN, 3, OPEN, ""),
    ("growth", "2021", OPEN, 4, OPEN, ""),
]
EPISODES = [
    ("2016-04", "April 2016", "war", "2016-04-02", ""),
    ("2021", "2021", "year", "2021-01-01", "2021-12-31"),
    ("2021-03", "March 2021 war", "war", "2021-03-05", ""),
    (EPISODE, "May 2021", "clash", "2021-05-01", ""),
    ("background", "Background", "background", "", ""),
]
NOTES = {
    ("killed-soldiers-nor", "2021-05"): "Two rows of one day.",
    ("by-place-nor", "2021"): "Bounds cross as published.",
}


def book(*claims, observations=OBSERVATIONS, series=SERIES):
    data = dataset(*claims)
    columns = ["series_id", "indicator", "party", "population", "unit", "source_id", "released_on"]
    data.tables["series"] = pd.DataFrame(series, columns=columns).assign(
        note="By report.", released_precision="day", vintage="1"
    )
    columns = ["series_id", "period", "low", "best", "high", "status"]
    rows = pd.DataFrame(observations, columns=columns)
    notes = [NOTES.get(key, "") for key in zip(rows.series_id, rows.period, strict=True)]
    data.tables["observations"] = rows.assign(note=notes)
    columns = ["episode_id", "name", "kind", "start", "end"]
    data.tables["episodes"] = pd.DataFrame(EPISODES, columns=columns)
    data.tables["sources"] = pd.DataFrame(
        [("yearbook", "Yearbook", "Yearbook"), ("group", "Crisis Watch", "Crisis Watch")],
        columns=["source_id", "publisher", "origin"],
    ).assign(type="dataset")
    place = {"indicator": "killed_by_place", "includes": "", "kind": "count"}
    place |= {"domain": "casualties", "unit": "persons"}
    known = pd.concat([data.indicators, pd.DataFrame([place])], ignore_index=True)
    known["label"] = known.indicator.str.replace("_", " ").str.capitalize()
    known["definition"] = known.indicator.map({"killed_by_place": "By place of death."}).fillna("")
    data.tables["indicators"] = known
    data.tables["stances"] = data.tables["claims"].iloc[:0].assign(stance="")
    return data


def plain(words):
    return [text.replace("\u00a0", " ") for text in words]


def by_year():
    return words.put(book(), trackers.by_year(book(), "killed_by_place"))


def by_month(*left_out):
    return words.put(book(), trackers.by_month(book(), "killed", left_out))


# Year by year


def test_each_year_and_country_is_a_row_with_its_bounds_as_published():
    frame = by_year()
    assert list(zip(frame.period, frame.place_name, frame.firmness, strict=True)) == [
        ("2020", "Northland", "exact"),
        ("2021", "Northland", "crossing"),
        ("2021", "Southland", "between"),
    ]
    assert plain(frame.text) == ["0", "154 to 153, as published", "20 to 28"]


def test_bounds_that_cross_are_kept_and_never_mended():
    crossing = trackers.by_year(book(), "killed_by_place").iloc[1]
    assert tuple(crossing[["low", "best", "high"]]) == (154, 154, 153)


def test_a_year_that_the_provider_leaves_out_has_no_row():
    frame = trackers.by_year(book(), "killed_by_place")
    assert "2020" not in set(frame.period[frame.place == "SOU"])


def test_a_year_names_the_clashes_and_wars_that_began_in_it_and_nothing_else():
    frame = by_year()
    assert list(frame.episodes) == ["none", *["March 2021 war, May 2021"] * 2]


# Month by month


def test_a_month_without_a_row_stays_a_gap_and_is_no_zero():
    frame = trackers.by_month(book(), "killed")
    mine = frame[(frame.kind == "month") & (frame.population == "military")]
    assert list(mine.period) == ["2021-03", "2021-05", "2021-09"]
    assert not (frame.value == 0).any()


def test_soldiers_and_civilians_are_apart_and_told_in_words():
    frame = by_month()
    months = frame[frame.kind == "month"]
    assert list(dict.fromkeys(zip(months.population, months.who, strict=True))) == [
        ("military", "soldiers"),
        ("civilian", "civilians"),
    ]


def test_another_indicator_has_none_of_these_months():
    assert trackers.by_month(book(), "wounded").empty


def test_episodes_within_the_months_are_marked_and_those_left_out_say_so():
    frame = by_month("2021-03")
    marked = frame[frame.kind == "episode"]
    assert list(zip(marked.period, marked.label, strict=True)) == [
        ("2021-03", "March 2021 war, left\u00a0out"),
        ("2021-05", "May 2021"),
    ]
    assert list(marked.text) == ["begins; left out by the provider", "begins"]
    assert marked.value.isna().all()


def test_of_an_episode_left_out_its_days_are_named_where_they_are_known():
    data = book()
    ended = data.tables["episodes"].episode_id == "2021-03"
    data.tables["episodes"].loc[ended, "end"] = "2021-03-09"
    frame = words.put(data, trackers.by_month(data, "killed", ["2021-03"]))
    label = frame.label[frame.period == "2021-03"].iloc[-1].replace("\u00a0", " ")
    assert label == "5 to 9 March 2021, left out"


def test_a_month_more_is_a_row_more():
    more = [*OBSERVATIONS, ("killed-soldiers-sou", "2021-06", OPEN, 1, OPEN, "")]
    before, after = (
        len(trackers.by_month(book(observations=rows), "killed")) for rows in (OBSERVATIONS, more)
    )
    assert after == before + 1


# Beside the tolls


def beside(*claims, **changes):
    return trackers.beside_tolls(book(*claims, **changes), [EPISODE, "2099-01"], "killed")


def test_a_toll_stands_before_the_figure_of_the_month_in_which_its_episode_began():
    frame = beside(claim("north", "at_least", 7))
    rows = frame[(frame.party == "NOR") & (frame.population == "military")]
    assert list(zip(rows.claims, rows.series_id, rows.period, rows.low, strict=True)) == [
        ("north", "", "", 7),
        ("", "killed-soldiers-nor", "2021-05", 9),
    ]
    assert list(rows.firmness) == ["at_least", "exact"]


def test_a_series_never_enters_a_toll():
    larger = [*OBSERVATIONS[:4], ("killed-soldiers-nor", "2021-05", OPEN, 900, OPEN, "")]
    one, other = (
        beside(claim("north", "at_least", 7), observations=rows) for rows in (OBSERVATIONS, larger)
    )
    assert one[one.series_id == ""].equals(other[other.series_id == ""])


def test_where_no_claim_speaks_it_says_so():
    frame = beside(claim("south", "exact", 1, party="SOU"))
    silent = frame[(frame.party == "NOR") & (frame.series_id == "")]
    assert set(silent.firmness) == {"none"}
    assert silent.low.isna().all()


def test_a_month_that_the_provider_has_no_row_for_is_no_row_and_no_zero():
    frame = beside(claim("civil", "exact", 1, population="civilian"))
    assert "killed-civilians-nor" not in set(frame.series_id)
    assert not (frame.low == 0).any()


def test_other_indicators_and_unknown_episodes_have_no_row():
    frame = beside(claim("north", "at_least", 7))
    assert set(frame.series_id) == {"", "killed-soldiers-nor"}
    assert set(frame.episode_id) == {EPISODE}


def test_a_single_published_number_means_just_that():
    (row,) = book().observations.tail(1).to_dict("records")
    assert trackers.published(row) == Bounds.exact(4)


# Numbers


def test_a_published_span_is_a_number_with_its_bounds():
    number = Numbers(book())["by-place-sou-span-in-2021"]
    assert (plain([number.text])[0], number.low, number.high) == ("20 to 28", 20, 28)
    assert number.series == ("by-place-sou",)


def test_a_span_that_crosses_is_told_and_bounds_nothing():
    number = Numbers(book())["by-place-nor-span-in-2021"]
    assert plain([number.text]) == ["154 to 153, as published"]
    assert (number.low, number.high) == (None, None)


def test_periods_whose_bounds_cross_are_a_number():
    numbers = Numbers(book())
    assert numbers["by-place-nor-crossed"].text == "2021"
    assert numbers["by-place-sou-crossed"].text == "none"


def test_what_a_series_covers_is_a_number():
    numbers = Numbers(book())
    assert plain([numbers["killed-soldiers-nor-covered"].text]) == ["March to September 2021"]


def test_a_period_without_an_observation_is_no_number():
    with pytest.raises(UnknownNumberError, match="no observation of '2019'"):
        Numbers(book())["by-place-nor-span-in-2019"]
