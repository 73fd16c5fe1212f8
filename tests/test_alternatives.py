"""Other readings of a claim: a cell that another coder might fill otherwise."""

import pytest
import small

from clashbook.counting.answers import Dead
from clashbook.counting.holding import readings
from clashbook.dataset.tables import load

READING = {
    "alternative_id": "all-people",
    "claim_id": "second",
    "column": "population",
    "value": "all",
    "why": "The page may count civilians too.",
}


def tables(**cells):
    return small.tables() | {"alternatives": [READING | cells]}


def said(folder, **cells):
    return list(map(str, small.check(small.write(folder, tables(**cells)))[0]))


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"value": "military"}, '"military": is what second has; write another value, or remove'),
        ({"value": "sailors"}, '"sailors": is no population of a claim; write one of all'),
        (
            {"column": "relation", "value": "updates nobody"},
            '"updates nobody": is no relation of a claim',
        ),
        ({"column": "relation", "value": "updates first"}, '"updates first": is what second has'),
        ({"claim_id": "nobody"}, 'column claim_id, "nobody"'),
        ({"column": "note"}, 'column column, "note"'),
    ],
)
def test_a_reading_that_is_none_is_refused_in_one_line(tmp_path, cells, fault):
    (line,) = said(tmp_path, **cells)
    assert line.startswith("alternatives.csv line 2, column ")
    assert fault in line


@pytest.mark.parametrize("value", ["repeats first", ""])
def test_a_relation_may_be_another_or_none(tmp_path, value):
    assert said(tmp_path, column="relation", value=value) == []


def test_an_edition_has_no_reading_of_what_is_not_known_yet(tmp_path):
    data = load(small.write(tmp_path, tables()))
    assert [*readings(Dead(data, "2022-09"))] == ["all-people"]
    assert data.cut("2022-09-14").tables["alternatives"].empty


def test_every_reading_of_the_book_is_of_a_claim_that_counts_the_dead(pytestconfig):
    data = load(pytestconfig.rootpath / "data")
    read = {key for episode in ("2020-07", "2022-09") for key in readings(Dead(data, episode))}
    assert read == {*data.tables["alternatives"].alternative_id}
