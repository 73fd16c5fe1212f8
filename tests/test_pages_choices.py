"""What pages are told of a reader's choices: of the clashes that have begun, by what was said."""

import csv
import io
import json

import pytest

from clashbook.about import About
from clashbook.pages import choices
from clashbook.pages.facts import Edition

JULY, SEPTEMBER = "2020-07", "2022-09"


@pytest.fixture
def told(small_data, tmp_path):
    """What pages are told on a day, kept beside what they were told before."""

    def on(day):
        data = small_data.cut(day)
        folder = tmp_path / day
        folder.mkdir()
        data.write(folder)
        tables = {
            path.stem: [*csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))]
            for path in folder.glob("*.csv")
        }
        edition = Edition(About(as_of=day, focus=[JULY, SEPTEMBER]), tables=tables)
        facts, scripts = choices.of_episodes(data, edition, tmp_path / "kept")
        return {fact["episode"]: fact for fact in json.loads(json.dumps(facts))}, scripts

    return on


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
