"""What pages are told of a reader's choices: of the clashes that have begun, by what was said."""

import csv
import io
import json

import pytest
import small

from clashbook.about import About
from clashbook.dataset import tables
from clashbook.pages import choices
from clashbook.pages.facts import Edition

JULY, SEPTEMBER = "2020-07", "2022-09"


def told_of(data, folder):
    """The facts of each clash, and the scripts, kept beside what was told before."""
    written = folder / data.as_of
    data.write(written)
    cells = {
        path.stem: [*csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))]
        for path in written.glob("*.csv")
    }
    edition = Edition(About(as_of=data.as_of, focus=[JULY, SEPTEMBER]), tables=cells)
    facts, scripts = choices.of_episodes(data, edition, folder / "kept")
    return {fact["episode"]: fact for fact in json.loads(json.dumps(facts))}, scripts


@pytest.fixture
def told(small_data, tmp_path):
    """What pages are told on a day."""
    return lambda day: told_of(small_data.cut(day), tmp_path)


def test_nothing_is_counted_of_a_clash_before_it_began(told):
    facts, scripts = told("2020-07-20")
    assert [*facts] == [JULY]
    assert [*scripts] == [f"{JULY}.js"]


def test_a_clash_of_which_nothing_new_was_said_is_counted_once_for_many_days(told, monkeypatch):
    counted = []

    class Table(choices.Table):
        def __init__(self, dead):
            counted.append(dead.episode)
            super().__init__(dead)

    monkeypatch.setattr(choices, "Table", Table)
    days = ("2020-08-01", "2022-09-13", "2022-09-15")
    first, second, third = (told(day) for day in days)
    assert first[0][JULY] == second[0][JULY] == third[0][JULY]
    assert second[0][SEPTEMBER] != third[0][SEPTEMBER]
    assert second[1][f"{JULY}.js"] == third[1][f"{JULY}.js"]
    assert counted == [JULY, SEPTEMBER, SEPTEMBER]


def test_what_is_new_on_a_day_comes_in_the_order_of_the_sides_whatever_its_ids(tmp_path):
    rows = small.tables()
    own = {"low": "9", "best": "9", "high": "9", "reported_on": "2022-09-20"}
    others = {"claimant_role": "opposing_side", "low": "8", "best": "8", "high": "8"}
    for party, key in (("AZE", "a"), ("ARM", "b")):
        rows["claims"].append(small.claim(f"{key}-own", party=party, **own))
        rows["claims"].append(small.claim(f"{key}-other", party=party, **{**own, **others}))
    facts, _ = told_of(tables.load(small.write(tmp_path / "data", rows)), tmp_path)
    newest = next(day for day in facts[SEPTEMBER]["by_day"] if day["day"] == "2022-09-20")
    assert newest["new"] == ["b-other", "b-own", "a-other", "a-own"]
    assert facts[SEPTEMBER]["other_side"] == ["b-other", "a-other"]
