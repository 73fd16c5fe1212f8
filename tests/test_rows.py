"""A row as a record, and what it is in words, whatever form it is read from."""

import csv

import pytest

from clashbook.dataset import rows
from clashbook.language import NO_BREAK
from conftest import ROOT

KINDS = (
    rows.Claim,
    rows.Reaction,
    rows.Event,
    rows.Series,
    rows.Indicator,
    rows.Source,
    rows.Place,
)
DAYS = {"reported_on": "2022-09-13", "reported_precision": "day"}


def plain(words):
    return words.replace(NO_BREAK, " ")


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_of_a_file_and_of_a_frame_is_one_record(data, kind):
    table = kind.record_kind.table
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        read = map(kind.of, csv.DictReader(file))
        assert {row.id: row for row in read} == data.records(kind)


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("day", "on 13 September 2022"),
        ("month", "in September 2022"),
        ("year", "in 2022"),
        ("by", "by 13 September 2022"),
    ],
)
def test_when_a_statement_was_made_is_as_exact_as_it_is_known(precision, words):
    assert plain(rows.Claim.of(CLAIM | {"reported_precision": precision}).reported_when) == words


CLAIM = {"claim_id": "one", **DAYS, "qualifier": "exact", "low": "7", "best": "7", "high": "7"}


@pytest.mark.parametrize(
    ("unit", "words"),
    [("persons", "7"), ("km2", "7 km²"), ("days", "7 days"), ("percent", "7%")],
)
def test_a_quantity_has_its_unit_where_nothing_else_says_it(unit, words):
    assert plain(rows.Claim.of(CLAIM | {"unit": unit}).words_with_unit) == words


@pytest.mark.parametrize(("unit", "words"), [("drones", "1 drone"), ("km2", "1 km²")])
def test_a_single_thing_has_its_unit_in_the_singular(unit, words):
    one = dict.fromkeys(("low", "best", "high"), "1")
    assert plain(rows.Claim.of(CLAIM | one | {"unit": unit}).words_with_unit) == words


def test_a_quantity_without_a_number_has_no_unit():
    empty = dict.fromkeys(("low", "best", "high"), "")
    claim = rows.Claim.of(CLAIM | empty | {"qualifier": "unquantified", "unit": "km2"})
    assert claim.words_with_unit == "no number given"


def test_what_happened_on_no_known_day_was_reported_on_one():
    assert plain(rows.Event.of(DAYS).when) == "reported on 13 September 2022"
    assert plain(rows.Event.of(DAYS | {"reported_precision": "by"}).when) == (
        "reported by 13 September 2022"
    )


def test_restraint_is_asked_of_a_side_and_support_given_to_it():
    restraint = rows.Reaction.of({"stance": "restraint", "toward": "NOR"})
    support = rows.Reaction.of({"stance": "supports", "toward": "NOR"})
    assert restraint.stance_words("Restraint", "Northland") == "Restraint (asked of Northland)"
    assert support.stance_words("Supports", "Northland") == "Supports (Northland)"
    assert rows.Reaction.of({}).stance_words("", "") == "none taken"


def test_a_place_has_all_its_names_as_one():
    assert rows.Place.of({"names": "Upper Hill; Hill"}).words == "Upper Hill/Hill"


def test_a_source_is_named_by_its_publisher_or_what_else_is_known():
    source = {
        "source_id": "a",
        "title": "Report",
        "issued": "2022-09-30",
        "issued_precision": "month",
    }
    assert plain(rows.Source.of(source).words) == "Report, September 2022"
    assert rows.Source.of({"source_id": "a"}).words == "a"
