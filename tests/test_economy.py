"""Series beside claims: first release, vintage and print are never merged."""

import pandas as pd
import pytest
from northland import claim, dataset

from clashbook import economy

SERIES = pd.DataFrame(
    [
        ("late", "index", "NOR", "percent", "office", "2024-03"),
        ("early", "index", "NOR", "percent", "paper", "first release"),
        ("gold", "gross", "NOR", "USD", "office", "2024"),
    ],
    columns=["series_id", "indicator", "party", "unit", "source_id", "vintage"],
)
OBSERVATIONS = pd.DataFrame(
    [
        ("late", "2021-03", -4.0),
        ("late", "2021-04", -16.7),
        ("late", "2021-05", 2.0),
        ("early", "2021-04", -17.2),
        ("gold", "2020-12", 2e9),
    ],
    columns=["series_id", "period", "best"],
)
SOURCES = pd.DataFrame(
    [("office", "Statistics Office"), ("paper", "Daily Paper"), ("daily", "Daily")],
    columns=["source_id", "publisher"],
)


@pytest.fixture
def data():
    whole = dataset(
        claim(
            *("printed", "exact", -12.8),
            indicator="index",
            unit="percent",
            period_start="2021-05-01",
            period_end="2021-05-31",
        ),
        claim("undated", "exact", 5e9, indicator="net", unit="USD", period_start="", period_end=""),
    )
    labels = pd.DataFrame(
        [("gross", "Gross reserves"), ("net", "Net reserves"), ("index", "Index")],
        columns=["indicator", "label"],
    )
    whole.tables.update(
        series=SERIES, observations=OBSERVATIONS, sources=SOURCES, indicators=labels
    )
    return whole


def test_the_lowest_month_of_a_year_is_found_with_its_value(data):
    assert economy.lowest(data, "late", "2021") == ("2021-04", -16.7)


def test_vintage_first_release_and_print_are_kinds_of_their_own(data):
    frame = economy.activity(data, "index", "2021-01", "2021-12", ["2021-05"])
    kinds = frame.groupby("kind").period.agg(list).to_dict()
    assert kinds == {
        "episode": ["2021-05"],
        "first_release": ["2021-04"],
        "printed": ["2021-05"],
        "vintage": ["2021-03", "2021-04", "2021-05"],
    }
    assert frame[frame.kind == "printed"].claims.item() == "printed"


def test_months_outside_the_span_are_not_drawn(data):
    frame = economy.activity(data, "index", "2021-05", "2021-12", [])
    assert list(frame[frame.kind == "vintage"].period) == ["2021-05"]


def test_a_month_published_twice_shows_how_far_the_two_lie_apart(data):
    frame = economy.releases(data, "index")
    assert list(zip(frame.period, frame.apart, strict=True)) == [
        ("2021-04", 0.5),
        ("2021-05", 14.8),
    ]


def test_reserves_keep_their_definitions_and_an_unstated_day(data):
    frame = economy.reserves(data, ["gross", "net"])
    assert list(zip(frame.definition, frame.period, strict=True)) == [
        ("Gross reserves", "2020-12"),
        ("Net reserves", "not stated"),
    ]


def test_without_data_a_frame_is_empty_and_keeps_its_columns(data):
    frame = economy.activity(data, "nothing", "2021-01", "2021-12", ["2021-05"])
    assert frame.empty
    assert "series_id" in frame.columns
