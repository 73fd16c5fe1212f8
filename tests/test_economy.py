"""Series beside claims: first release, vintage and print are never merged."""

from pathlib import Path

import pandas as pd
import pytest
from northland import claim, dataset

from clashbook import dataset as datasets
from clashbook import economy, tolls
from clashbook.numbers import Numbers

ROOT = Path(__file__).parent.parent
SERIES = pd.DataFrame(
    [
        ("late", "index", "NOR", "percent", "office", "2024-03"),
        ("early", "index", "NOR", "percent", "paper", "first release"),
        ("late-trade", "trade", "NOR", "percent", "office", "2024-03"),
        ("late-mines", "mines", "NOR", "percent", "office", "2024-03"),
        ("gold", "gross", "NOR", "USD", "office", "2024"),
        ("fund", "wealth", "SOU", "USD", "paper", "as reported"),
        ("more", "wealth", "SOU", "USD", "paper", "as reported"),
    ],
    columns=["series_id", "indicator", "party", "unit", "source_id", "vintage"],
).assign(released_on="2024-03-31", released_precision="month")
OBSERVATIONS = pd.DataFrame(
    [
        ("late", "2021-03", -4.0),
        ("late", "2021-04", -16.7),
        ("late", "2021-05", 2.0),
        ("early", "2021-04", -17.2),
        ("late-trade", "2021-05", -27.0),
        ("late-mines", "2021-05", -3.2),
        ("gold", "2020-12", 2e9),
        ("gold", "2021-12", 1.866e9),
        ("fund", "2021-07-30", 51.53e9),
        ("more", "2021-08", 53.2e9),
    ],
    columns=["series_id", "period", "best"],
)
SOURCES = pd.DataFrame(
    [("office", "Statistics Office"), ("paper", "Daily Paper"), ("daily", "Daily")],
    columns=["source_id", "publisher"],
)
INDICATORS = pd.DataFrame(
    [
        ("gross", "Gross reserves", "stock"),
        ("wealth", "Wealth", "stock"),
        ("unheard", "Unheard", "stock"),
        ("index", "Index, change on a year before", "change"),
        ("trade", "Trade, change on a year before", "change"),
        ("mines", "Mines, change on a year before", "change"),
        ("oil", "Oil, change", "change"),
    ],
    columns=["indicator", "label", "kind"],
).assign(domain="economy")
MAY = {"unit": "percent", "period_start": "2021-05-01", "period_end": "2021-05-31"}
UNDATED = {"period_start": "", "period_end": "", "party": "SOU"}


@pytest.fixture
def data():
    rows = [
        claim("printed", "exact", -12.8, indicator="index", **MAY),
        claim("printed-trade", "exact", -23.4, indicator="trade", **MAY),
        claim("oil", "exact", -2.9, indicator="oil", unit="percent", **UNDATED),
        claim("purse", "exact", 51.53e9, indicator="wealth", unit="USD", **UNDATED),
    ]
    whole = dataset(*rows)
    whole.tables.update(
        series=SERIES, observations=OBSERVATIONS, sources=SOURCES, indicators=INDICATORS
    )
    whole.tables["claims"]["period_precision"] = ["month", "about", "", ""]
    whole.tables["stances"] = whole.claims.iloc[:0].assign(stance="")
    return whole


def test_the_lowest_month_of_a_year_is_found_with_its_value(data):
    assert economy.lowest(data, "late", "2021") == ("2021-04", -16.7)


# Changes


def test_vintage_first_release_and_print_are_kinds_of_their_own(data):
    frame = economy.activity(data, ["index"], "2021-01", "2021-12", ["2021-05"])
    kinds = frame.groupby("kind").period.agg(list).to_dict()
    assert kinds == {
        "episode": ["2021-05"],
        "first_release": ["2021-04"],
        "printed": ["2021-05"],
        "vintage": ["2021-03", "2021-04", "2021-05"],
    }
    assert frame[frame.kind == "printed"].claims.item() == "printed"


def test_months_outside_the_span_are_not_drawn(data):
    frame = economy.activity(data, ["index"], "2021-05", "2021-12", [])
    assert list(frame[frame.kind == "vintage"].period) == ["2021-05"]


def test_what_was_printed_of_several_months_has_no_month_to_stand_at(data):
    data.tables["claims"]["period_start"] = "2021-01-01"
    frame = economy.activity(data, ["index"], "2021-01", "2021-12", [])
    assert "printed" not in set(frame.kind)


def test_a_figure_whose_period_is_not_sure_is_marked_so(data):
    frame = economy.activity(data, ["index", "trade"], "2021-01", "2021-12", [])
    said = frame[frame.kind == "printed"].set_index("claims")
    assert said.firmness.to_dict() == {"printed": "exact", "printed-trade": "about"}
    assert said.label["printed-trade"] == "Printed, period uncertain"


def test_measures_keep_the_order_that_is_asked_for(data):
    frame = economy.activity(data, ["trade", "index"], "2021-01", "2021-12", [])
    assert list(dict.fromkeys(frame.measure)) == ["Trade", "Index"]


def test_a_month_published_twice_shows_how_far_the_two_lie_apart(data):
    frame = economy.releases(data, ["index"])
    assert list(zip(frame.period, frame.apart, strict=True)) == [
        ("2021-04", 0.5),
        ("2021-05", 14.8),
    ]


def test_no_difference_is_taken_where_the_period_is_not_sure(data):
    row = economy.releases(data, ["trade"]).iloc[0]
    assert (row["first"], row.vintage, row.difference) == ("−23.4", "−27.0", "period uncertain")
    assert pd.isna(row.apart)


def test_a_measure_that_nobody_printed_says_so_beside_its_vintage(data):
    row = economy.releases(data, ["trade", "mines"]).iloc[-1]
    assert (row["first"], row.vintage, row.period) == ("none printed", "−3.2", "2021-05")
    assert row.difference == "none to set it against"


def test_before_the_vintage_a_printed_figure_stands_alone(data):
    data.tables["series"] = SERIES[SERIES.vintage != "2024-03"]
    row = economy.releases(data, ["trade"]).iloc[0]
    assert row.vintage.replace("\u00a0", " ") == "none by 31 December 2021"
    assert row.series == ""


def test_the_words_of_a_panel_are_those_of_its_own_measure(data):
    frame = economy.components(data, ["trade", "mines"], "2021-01", "2021-12", [])
    below = dict(zip(frame.measure, frame.below.str.replace("\u00a0", " "), strict=True))
    assert below == {
        "Trade": "May 2021: −23.4 printed, −27.0 in the vintage",
        "Mines": "May 2021: none printed, −3.2 in the vintage",
    }


def rows_of(data, series):
    frame = economy.activity(data, ["index", "trade"], "2021-01", "2021-12", [])
    return next(frame[frame.series_id == series].itertuples())


def test_figures_of_unlike_measures_are_not_set_against_each_other(data):
    with pytest.raises(tolls.UnlikeQuantitiesError, match="indicator"):
        economy.points_apart(rows_of(data, "late"), rows_of(data, "late-trade"))


def test_figures_of_unlike_periods_are_not_set_against_each_other(data):
    with pytest.raises(tolls.UnlikeQuantitiesError, match="period"):
        economy.points_apart(rows_of(data, "late"), rows_of(data, "early"))


def test_a_number_of_the_text_refuses_unlike_series_too(data):
    numbers = Numbers(data)
    assert numbers["late-less-early-in-2021-04"].best == 0.5
    with pytest.raises(tolls.UnlikeQuantitiesError):
        numbers["late-less-late-trade-in-2021-05"]


def test_each_printed_change_has_its_period_or_says_that_it_has_none(data):
    frame = economy.printed(data, ["index", "trade", "oil"])
    rows = [tuple(row) for row in frame[["party_name", "measure", "period", "change"]].values]
    assert [(*row[:2], row[2].replace("\u00a0", " "), row[3]) for row in rows] == [
        ("Northland", "Index", "May 2021", "−12.8"),
        ("Northland", "Trade", "May 2021, period uncertain", "−23.4"),
        ("Southland", "Oil", "not stated", "−2.9"),
    ]


def test_without_data_a_frame_is_empty_and_keeps_its_columns(data):
    frame = economy.activity(data, ["unheard"], "2021-01", "2021-12", ["2021-05"])
    assert frame.empty
    assert {"series_id", "change"} <= {*frame}
    assert economy.releases(data, ["unheard"]).empty


# Reserves


def test_each_definition_has_its_own_unit_and_decimals(data):
    frame = economy.reserves(data)
    said = frame.groupby("in_unit", sort=False).billions.agg(list)
    assert {name.replace("\u00a0", " "): texts for name, texts in said.items()} == {
        "Gross reserves, USD billion": ["2.000", "1.866"],
        "Wealth, USD billion": ["51.53", "51.53", "53.20"],
    }
    assert list(frame.exact)[:2] == [2e9, 1.866e9]


def test_an_undated_figure_stands_beside_the_dated_and_has_no_period(data):
    rows = economy.reserves(data).query("indicator == 'wealth'")
    assert list(rows.as_of.str.replace("\u00a0", " ")) == [
        *("not stated", "30 July 2021", "August 2021")
    ]
    assert rows.period.iloc[0] == ""
    assert rows.kind.iloc[0] == "undated"
    assert rows.below.iloc[0].endswith("; 51.53 without a date")


def test_a_wider_definition_is_a_kind_of_its_own(data):
    rows = economy.reserves(data, {"more": "with the mint"}).set_index("series_id")
    assert rows.kind["more"] == "wider"
    assert rows.definition["more"] == "Wealth with the mint"
    assert rows.kind["fund"] == "stated"


def test_a_definition_without_a_figure_is_none_on_record(data):
    assert economy.stocks(data) == ["gross", "wealth"]
    assert Numbers(data)["reserves-definitions"].text == "two"


def test_episodes_are_shaded_only_beside_figures(data):
    assert "episode" in set(economy.reserves(data, episodes=["2021-05"]).kind)
    data.tables.update(series=SERIES.iloc[:0], claims=data.claims.iloc[:0])
    assert economy.reserves(data, episodes=["2021-05"]).empty


# The book's own


def test_the_book_takes_no_difference_from_a_component_as_printed():
    frame = economy.releases(
        datasets.load(ROOT / "data"),
        ["construction_change_yoy", "services_change_yoy", "trade_change_yoy"],
    )
    assert list(frame.difference) == ["period uncertain"] * 3
