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


def plain(text):
    return text.replace("\u00a0", " ")


def releases(data, indicators):
    return words.put(data, economy.releases(economy.series(data, *indicators)))


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
    assert list(zip(frame.month, frame.apart, strict=True)) == [
        ("2021-04", 0.5),
        ("2021-05", 14.8),
    ]


def test_no_difference_is_taken_where_the_period_is_not_sure(data):
    row = releases(data, ["trade"]).iloc[0]
    assert (row["first"], row.vintage, row.difference) == ("−23.4", "−27.0", "period uncertain")
    assert pd.isna(row.apart)


def test_before_the_vintage_a_printed_figure_stands_alone(data):
    data.tables["series"] = SERIES[SERIES.vintage != "2024-03"]
    row = releases(data, ["trade"]).iloc[0]
    assert row.vintage.replace("\u00a0", " ") == "none by 31 December 2021"
    assert row.series == ""


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


def test_without_data_a_frame_is_empty_and_keeps_its_columns(data):
    frame = activity(data, ["unheard"], "2021-01", "2021-12", ["2021-05"])
    assert frame.empty
    assert {"series_id", "change"} <= {*frame}
    assert releases(data, ["unheard"]).empty


def test_what_was_printed_of_several_months_is_set_against_no_month(data):
    data.tables["claims"].loc[1, "period_start"] = "2021-01-01"
    assert releases(data, ["trade"]).empty


def test_what_is_marked_has_words_beside_it_with_the_decimals_of_the_finest(data):
    frame = economy.series(data, "index")
    frame = frame.assign(marked=frame.period.isin(["2021-03", "2021-04"]))
    frame = words.put(data, economy.shaded(data, frame, ["2021-05"]))
    assert set(frame.written) == {"−4.0%", "−16.7%", "−17.2%", ""}
    assert (frame.written[frame.kind == "episode"] == "").all()


def test_the_row_of_an_episode_has_its_name_where_the_frame_brings_its_own_words(data):
    frame = economy.series(data, "index").assign(label="adjusted", measure="Level")
    frame = words.put(data, economy.shaded(data, frame, ["2021-05"]))
    row = frame[frame.kind == "episode"]
    assert (row.measure.item(), row.label.item()) == ("Clash", "May 2021")


def test_a_measure_takes_its_head_and_its_unit_and_is_so_many_of_that_unit(data):
    measures = {"gross": "Reserves, billion US dollars", "index": "Growth, percent"}
    frame = words.put(data, economy.in_units(economy.series(data, *measures), measures))
    rows = frame.drop_duplicates("series_id", keep="last").set_index("series_id")
    assert (rows.measure["gold"], rows.value["gold"]) == ("Reserves", 1.87)
    assert plain(rows.text["gold"]) == "1.87 billion US dollars"
    assert plain(rows.text["late"]) == "2%"


def test_a_number_of_many_digits_can_be_said_in_three(data):
    number = Numbers(data)["gold-rounded-in-2021-12"]
    assert (plain(number.text), number.best) == ("$1.87bn", 1.866e9)


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
        "'index-nor-newest' is not a series known by 2021-12-31" in line for line in faults.values()
    )


def test_a_name_of_the_newest_vintage_says_what_it_is_of(data):
    numbers = Numbers(newer(data, *LATER))
    words = numbers.what("index-nor-newest-in-2021-04")
    assert "Index, change on a year before, Northland" in words
    assert "Statistics Office" in words


# Stocks


def test_a_stock_of_which_there_is_no_figure_is_not_among_them(data):
    assert economy.stocks(data) == ["gross", "wealth"]


def test_a_printed_stock_stands_at_its_day_and_one_without_a_day_at_none(data):
    rows = economy.series(data, "wealth")
    assert list(rows.period) == ["", "2021-07-30", "2021-08"]


# The book's own


@pytest.fixture(scope="module")
def book():
    return datasets.load(ROOT / "data")


PARTS = ["construction_change_yoy", "services_change_yoy", "trade_change_yoy"]


def test_the_book_compares_a_component_as_printed_with_the_same_month_alone(book):
    frame = releases(book, PARTS)
    frame = frame[frame.month == "2020-05"]
    said = list(zip(frame.measure, frame["first"], frame.vintage, frame.difference, strict=True))
    assert said == [
        ("Services", "−19.4", "−20.2", "−0.8"),
        ("Domestic trade", "−18.4", "−18.4", "0.0"),
    ]


def test_of_a_quarter_the_first_release_is_set_against_the_newest_of_all_vintages(book):
    rows = releases(book, ["gdp_change_yoy_quarter"]).query("first_kind == 'As first published'")
    said = list(
        zip(rows.month, rows["first"], rows.vintage, map(plain, rows.revised_by), strict=True)
    )
    assert said == [
        ("2020-06", "−13.7", "−11.6", "April 2026"),
        ("2020-09", "−9.1", "−8.3", "April 2026"),
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


def test_a_steepest_fall_is_said_to_be_one_on_the_year_before():
    found = sentences("steepest") + sentences("the index fell most in")
    assert len(found) == 2
    assert all(re.search(r"on\s+a\s+year\s+earlier", part) for part in found)


def test_no_word_of_the_data_says_that_strategic_reserves_are_gross(book):
    row = book.indicators.set_index("indicator").loc["strategic_currency_reserves"]
    assert "gross" not in row.definition


def test_a_change_of_reserves_in_national_currency_is_said_to_mix_quantity_and_rate(book):
    row = book.indicators.set_index("indicator").loc["net_international_reserves"]
    assert "exchange rate" in row.definition
    assert "mixes" in row.definition
