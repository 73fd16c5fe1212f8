"""Series beside claims: first release, vintage and print are never merged."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from northland import claim, dataset

from clashbook import counting
from clashbook.analysis import economy
from clashbook.dataset import tables as datasets
from clashbook.figures.exhibit import words
from clashbook.prose.numbers import Numbers, undeclared

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
).assign(population="", released_on="2024-03-31", released_precision="month")
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
    [
        ("office", "Statistics Office", "Office"),
        ("paper", "Daily Paper", "Office"),
        ("daily", "Daily", "Daily"),
    ],
    columns=["source_id", "publisher", "origin"],
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


def activity(data, indicators, since="", until="9999", episodes=()):
    """What the chapter draws: the months from one to another, with words and shaded episodes."""
    frame = economy.series(data, *indicators)
    frame = frame[frame.period.between(since, until) & (frame.period != "")]
    return words.put(data, economy.shaded(data, frame, episodes))


def releases(data, indicators):
    return words.put(data, economy.releases(economy.series(data, *indicators)))


def reserves(data, wider=None, episodes=()):
    return words.put(data, economy.shaded(data, economy.reserves(data, wider), episodes))


def test_the_lowest_month_of_a_year_is_found_with_its_value(data):
    assert economy.lowest(data, "late", "2021") == ("2021-04", -16.7)


# Changes


def test_vintage_first_release_and_print_are_kinds_of_their_own(data):
    frame = activity(data, ["index"], "2021-01", "2021-12", ["2021-05"])
    kinds = frame.groupby("kind").period.agg(list).to_dict()
    assert kinds == {
        "episode": ["2021-05"],
        "first_release": ["2021-04"],
        "printed": ["2021-05"],
        "vintage": ["2021-03", "2021-04", "2021-05"],
    }
    assert frame[frame.kind == "printed"].claims.item() == "printed"


def test_months_outside_the_span_are_not_drawn(data):
    frame = activity(data, ["index"], "2021-05", "2021-12", [])
    assert list(frame[frame.kind == "vintage"].period) == ["2021-05"]


def test_what_was_printed_of_several_months_has_no_month_to_stand_at(data):
    data.tables["claims"]["period_start"] = "2021-01-01"
    frame = activity(data, ["index"], "2021-01", "2021-12", [])
    assert "printed" not in set(frame.kind)


def test_a_figure_whose_period_is_not_sure_is_marked_so(data):
    frame = activity(data, ["index", "trade"], "2021-01", "2021-12", [])
    said = frame[frame.kind == "printed"].set_index("claims")
    assert said.firmness.to_dict() == {"printed": "exact", "printed-trade": "about"}
    assert said.label["printed-trade"] == "Printed, period uncertain"


def test_measures_keep_the_order_that_is_asked_for(data):
    frame = activity(data, ["trade", "index"], "2021-01", "2021-12", [])
    assert list(dict.fromkeys(frame.measure)) == ["Trade", "Index"]


def test_a_month_published_twice_shows_how_far_the_two_lie_apart(data):
    frame = releases(data, ["index"])
    assert list(zip(frame.period, frame.apart, strict=True)) == [
        ("2021-04", 0.5),
        ("2021-05", 14.8),
    ]


def test_no_difference_is_taken_where_the_period_is_not_sure(data):
    row = releases(data, ["trade"]).iloc[0]
    assert (row["first"], row.vintage, row.difference) == ("−23.4", "−27.0", "period uncertain")
    assert pd.isna(row.apart)


def test_a_measure_that_nobody_printed_says_so_beside_its_vintage(data):
    row = releases(data, ["trade", "mines"]).iloc[-1]
    assert (row["first"], row.vintage, row.period) == ("none printed", "−3.2", "2021-05")
    assert row.difference == "none to set it against"


def test_before_the_vintage_a_printed_figure_stands_alone(data):
    data.tables["series"] = SERIES[SERIES.vintage != "2024-03"]
    row = releases(data, ["trade"]).iloc[0]
    assert row.vintage.replace("\u00a0", " ") == "none by 31 December 2021"
    assert row.series == ""


def test_the_words_of_a_panel_are_those_of_its_own_measure(data):
    frame = activity(data, ["trade", "mines"], "2021-01", "2021-12", [])
    below = dict(zip(frame.measure, frame.below.str.replace("\u00a0", " "), strict=True))
    assert below == {
        "Trade": "May 2021: −23.4 printed, −27.0 as revised by March 2024",
        "Mines": "May 2021: none printed, −3.2 as revised by March 2024",
    }


def rows_of(data, series):
    frame = activity(data, ["index", "trade"], "2021-01", "2021-12", [])
    return frame[frame.series_id == series].to_dict("records")[0]


def test_figures_of_unlike_measures_are_not_set_against_each_other(data):
    with pytest.raises(counting.UnlikeQuantitiesError, match="indicator"):
        economy.points_apart(rows_of(data, "late"), rows_of(data, "late-trade"))


def test_figures_of_unlike_periods_are_not_set_against_each_other(data):
    with pytest.raises(counting.UnlikeQuantitiesError, match="period"):
        economy.points_apart(rows_of(data, "late"), rows_of(data, "early"))


def test_a_number_of_the_text_refuses_unlike_series_too(data):
    numbers = Numbers(data)
    assert numbers["late-less-early-in-2021-04"].best == 0.5
    with pytest.raises(counting.UnlikeQuantitiesError):
        numbers["late-less-late-trade-in-2021-05"]


def test_each_printed_change_has_its_period_or_says_that_it_has_none(data):
    frame = words.put(data, economy.printed(data, economy.series(data, "index", "trade", "oil")))
    rows = [tuple(row) for row in frame[["party_name", "measure", "period", "change"]].values]
    assert [(*row[:2], row[2].replace("\u00a0", " "), row[3]) for row in rows] == [
        ("Northland", "Index", "May 2021", "−12.8"),
        ("Northland", "Trade", "May 2021, period uncertain", "−23.4"),
        ("Southland", "Oil", "not stated", "−2.9"),
    ]


def test_without_data_a_frame_is_empty_and_keeps_its_columns(data):
    frame = activity(data, ["unheard"], "2021-01", "2021-12", ["2021-05"])
    assert frame.empty
    assert {"series_id", "change"} <= {*frame}
    assert releases(data, ["unheard"]).empty


def test_what_was_printed_of_several_months_is_set_against_no_month(data):
    data.tables["claims"].loc[1, "period_start"] = "2021-01-01"
    row = releases(data, ["trade"]).iloc[0]
    assert (row["first"], row.vintage, row.revised_by) == ("−23.4", "none for these months", "none")


# Newer vintages


def newer(data, *observations, origin="Office", vintage="2024-05"):
    """The data with a later vintage of the index."""
    row = dict(SERIES.iloc[0]) | {"series_id": "later", "source_id": "again", "vintage": vintage}
    row |= {"population": "", "released_on": "2024-05-31", "released_precision": "month"}
    more = pd.DataFrame(
        [("later", *each) for each in observations], columns=["series_id", "period", "best"]
    )
    source = pd.DataFrame([("again", "Statistics Office", origin)], columns=SOURCES.columns)
    added = {"series": pd.DataFrame([row]), "observations": more, "sources": source}
    longer = {name: pd.concat([data.tables[name], rows]) for name, rows in added.items()}
    return replace(data, tables={**data.tables, **longer})


LATER = (("2021-03", -4.5), ("2021-04", -16.9), ("2021-05", 1.0), ("2021-06", 3.0))


def test_of_two_vintages_the_newest_alone_is_drawn_and_named(data):
    frame = activity(newer(data, *LATER), ["index"], "2021-01")
    line = frame[frame.kind == "vintage"]
    assert set(line.series_id) == {"later"}
    assert set(line.label.str.replace("\u00a0", " ")) == {"As revised by May 2024"}
    assert list(line.period) == ["2021-03", "2021-04", "2021-05", "2021-06"]


def test_a_first_release_is_no_vintage_and_stays(data):
    frame = activity(newer(data, *LATER), ["index"])
    assert list(frame[frame.kind == "first_release"].series_id) == ["early"]


def test_what_was_first_published_is_set_against_the_newest_vintage(data):
    frame = releases(newer(data, *LATER), ["index"])
    assert list(zip(frame.vintage, frame.apart, strict=True)) == [("−16.9", 0.3), ("1.0", 13.8)]
    assert set(frame.revised_by.str.replace("\u00a0", " ")) == {"May 2024"}


def test_the_newest_vintage_has_a_name_and_says_which_it_is(data):
    assert Numbers(data)["index-nor-newest-in-2021-04"].best == -16.7
    numbers = Numbers(newer(data, *LATER))
    assert numbers["index-nor-newest-in-2021-04"].best == -16.9
    assert numbers["index-nor-newest-in-2021-04"].series == ("later",)
    assert numbers["index-nor-newest-vintage"].text.replace("\u00a0", " ") == "May 2024"
    assert numbers["index-nor-newest-less-early-in-2021-04"].best == 0.3


def test_an_older_vintage_can_still_be_cited_by_its_own_id(data):
    numbers = Numbers(newer(data, *LATER))
    assert numbers["late-in-2021-04"].best == -16.7
    assert numbers["later-less-late-in-2021-04"].best == 0.2


def test_a_figure_of_another_origin_is_no_vintage_and_a_name_for_both_is_refused(data):
    numbers = Numbers(newer(data, *LATER, origin="Bank"))
    with pytest.raises(ValueError, match="any of late, later, which are of different origins"):
        numbers["index-nor-newest-in-2021-04"]


def test_before_any_vintage_a_name_for_the_newest_is_refused(data):
    data.tables["series"] = SERIES[SERIES.vintage == "first release"]
    faults = undeclared(Numbers(data), ["index-nor-newest-in-2021-04", "index-nor-newest-vintage"])
    assert len(faults) == 2
    assert all(
        "'index-nor-newest' is no series known by 2021-12-31" in line for line in faults.values()
    )


def test_a_name_of_the_newest_vintage_says_what_it_is_of(data):
    numbers = Numbers(newer(data, *LATER))
    words = numbers.what("index-nor-newest-in-2021-04")
    assert "Index, change on a year before, Northland" in words
    assert "Statistics Office" in words


def test_reserves_of_a_newer_vintage_take_the_place_of_the_older(data):
    row = {"series_id": "gold-again", "vintage": "2026", "released_on": "2026-12-31"}
    again = SERIES[SERIES.series_id == "gold"].assign(**row)
    data.tables["series"] = pd.concat([SERIES, again])
    more = OBSERVATIONS[OBSERVATIONS.series_id == "gold"].assign(series_id="gold-again")
    data.tables["observations"] = pd.concat([OBSERVATIONS, more])
    rows = reserves(data).query("indicator == 'gross'")
    assert list(rows.series_id) == ["gold-again"] * 2


# Reserves


def test_each_definition_has_its_own_unit_and_decimals(data):
    frame = reserves(data)
    said = frame.groupby("in_unit", sort=False).billions.agg(list)
    assert {name.replace("\u00a0", " "): texts for name, texts in said.items()} == {
        "Gross reserves, USD billion": ["2.000", "1.866"],
        "Wealth, USD billion": ["51.53", "51.53", "53.20"],
    }
    assert list(frame.exact)[:2] == [2e9, 1.866e9]


def test_an_undated_figure_stands_beside_the_dated_and_has_no_period(data):
    rows = reserves(data).query("indicator == 'wealth'")
    assert list(rows.as_of.str.replace("\u00a0", " ")) == [
        *("not stated", "30 July 2021", "August 2021")
    ]
    assert rows.period.iloc[0] == ""
    assert rows.kind.iloc[0] == "undated"
    assert rows.below.iloc[0].endswith("; 51.53 without a date")


def test_a_wider_definition_is_a_kind_of_its_own(data):
    rows = reserves(data, {"more": "with the mint"}).set_index("series_id")
    assert rows.kind["more"] == "wider"
    assert rows.definition["more"] == "Wealth with the mint"
    assert rows.kind["fund"] == "stated"


def test_a_definition_without_a_figure_is_none_on_record(data):
    assert economy.stocks(data) == ["gross", "wealth"]
    assert Numbers(data)["reserves-definitions"].text == "two"


def test_episodes_are_shaded_only_beside_figures(data):
    assert "episode" in set(reserves(data, episodes=["2021-05"]).kind)
    data.tables.update(series=SERIES.iloc[:0], claims=data.claims.iloc[:0])
    assert reserves(data, episodes=["2021-05"]).empty


# The book's own


@pytest.fixture(scope="module")
def book():
    return datasets.load(ROOT / "data")


PARTS = ["construction_change_yoy", "services_change_yoy", "trade_change_yoy"]


def test_the_book_compares_a_component_as_printed_with_the_same_month_alone(book):
    frame = releases(book, PARTS)
    frame = frame[frame.period.str.contains("2020-05|to")]
    said = list(zip(frame.measure, frame.period, frame["first"], frame.difference, strict=True))
    assert [(*row[:1], row[1].replace("\u00a0", " "), *row[2:]) for row in said] == [
        ("Construction", "January to May 2020", "−23.4", "none to set it against"),
        ("Services", "2020-05", "−19.4", "−0.8"),
        ("Domestic trade", "2020-05", "−18.4", "0.0"),
    ]


def sentences(word):
    """The sentences of the economy's pages and of the data's notes that have a word."""
    places = [ROOT / "book/index.md", ROOT / "notebooks/economy.ipynb"]
    texts = [path.read_text("utf-8").replace('\\n",\n    "', " ") for path in places]
    data = datasets.load(ROOT / "data")
    texts += [*data.series.note, *data.sources.note]
    parts = [part for text in texts for part in re.split(r"(?<=[a-z`])\.\s|\n\n", text)]
    return [part for part in parts if re.search(word, part, re.IGNORECASE)]


def test_agriculture_is_said_to_be_missing_from_the_monthly_release_from_2019_on_only():
    found = sentences("agriculture")
    assert len(found) > 6
    assert [part for part in found if "2019" not in part] == []


def test_a_deepest_fall_is_said_to_be_one_on_the_year_before():
    found = sentences("deepest")
    assert len(found) == 2
    assert all("deepest year-on-year fall" in part.replace("\n", " ") for part in found)


def test_what_was_printed_of_several_months_has_no_mark_in_a_panel_and_words_over_it(book):
    frame = activity(book, PARTS, "2019-07")
    marked = frame[frame.kind == "printed"]
    assert list(marked.measure) == ["Services", "Domestic trade"]
    words = frame.below[frame.measure == "Construction"].iloc[0].replace("\u00a0", " ")
    assert words.startswith("January to May 2020: −23.4 printed; May 2020: none printed, −27.0 as")


def test_no_word_of_the_data_says_that_strategic_reserves_are_gross(book):
    row = book.indicators.set_index("indicator").loc["strategic_currency_reserves"]
    assert "gross" not in row.definition


def test_a_change_of_reserves_in_national_currency_is_said_to_mix_quantity_and_rate(book):
    row = book.indicators.set_index("indicator").loc["net_international_reserves"]
    assert "exchange rate" in row.definition
    assert "mixes" in row.definition
