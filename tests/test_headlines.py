"""Back-tests: the book's own tolls at the days that matter, as a careful reader counts them."""

import re
from pathlib import Path

import pytest

from clashbook import counting
from clashbook.dataset import tables
from clashbook.pipeline.notebooks import prepare, read
from clashbook.prose import conditions, markdown, numbers

ROOT = Path(__file__).parent.parent

CONTESTED = "225 or at least 226 (sources differ)"


@pytest.fixture(scope="module")
def data():
    return tables.load(ROOT / "data")


@pytest.mark.parametrize(
    ("episode", "day", "party", "population", "text"),
    [
        ("2020-07", "2020-07-12", "AZE", "military", "3"),
        ("2020-07", "2020-07-13", "AZE", "military", "4"),
        ("2020-07", "2020-07-14", "ARM", "military", "4"),
        ("2020-07", "2020-07-14", "AZE", "military", "11"),
        ("2020-07", "2020-07-14", "AZE", "civilian", "at least 1"),
        ("2020-07", "2020-07-16", "ARM", "military", "4"),
        ("2020-07", "2020-07-16", "AZE", "military", "at least 11"),
        ("2020-07", "2020-07-16", "both", "military", "at least 16"),
        ("2020-07", "2020-07-16", "both", "all", "at least 17"),
        ("2020-07", "2020-07-17", "AZE", "military", "12"),
        ("2020-07", "2020-07-23", "ARM", "military", "5"),
        ("2020-07", "2020-07-23", "AZE", "all", "13"),
        ("2020-07", "2020-07-31", "ARM", "military", "5"),
        ("2020-07", "2020-09-26", "both", "military", "17"),
        ("2022-09", "2022-09-13", "ARM", "military", "at least 49"),
        ("2022-09", "2022-09-13", "AZE", "military", "50"),
        ("2022-09", "2022-09-13", "both", "military", "at least 99"),
        ("2022-09", "2022-09-14", "ARM", "military", "105"),
        ("2022-09", "2022-09-14", "both", "military", "155"),
        ("2022-09", "2022-09-14", "both", "civilian", "none reported"),
        ("2022-09", "2022-09-15", "AZE", "military", "71"),
        ("2022-09", "2022-09-16", "ARM", "military", "at least 135"),
        ("2022-09", "2022-09-16", "AZE", "military", "77"),
        ("2022-09", "2022-09-17", "AZE", "military", "79"),
        ("2022-09", "2022-09-19", "ARM", "military", "135 to 202"),
        ("2022-09", "2022-09-19", "ARM", "civilian", "3"),
        ("2022-09", "2022-09-29", "ARM", "civilian", "4"),
        ("2022-09", "2022-10-15", "AZE", "military", "80"),
        ("2022-09", "2023-04-17", "ARM", "military", "222"),
        ("2022-09", "2023-04-17", "ARM", "all", CONTESTED),
        ("2022-09", "2023-09-14", "ARM", "military", "222 or 224 (sources differ)"),
        ("2016-04", "2022-09-14", "both", "all", "more than 200"),
        ("2020-09", "2022-09-14", "both", "all", "more than 6,600"),
        ("2017", "2022-09-14", "unspecified", "military", "39"),
    ],
)
def test_the_toll_of_a_day_is(data, episode, day, party, population, text):
    toll = counting.count(data, episode, day).toll("killed", party, population)
    assert toll.text.replace("\u00a0", " ") == text


def test_of_a_contested_toll_the_notes_name_the_counts_that_contradict(data):
    claims = data.claims.set_index("claim_id")
    for episode in data.episodes.episode_id:
        for toll in counting.report(data, episode)["rows"]:
            if toll["contested"]:
                mine = claims.loc[toll["claims"]]
                numbers = mine.best[mine.best > 9].astype(int).astype(str)
                notes = " ".join(mine.note)
                assert all(re.search(rf"\b{number}\b", notes) for number in numbers), toll["text"]
                assert re.search("neither|does not update", notes, re.I), toll["text"]


def test_a_cut_of_the_data_counts_as_the_whole_does_at_that_day(data):
    for day in _days(data):
        cut = data.cut(day)
        for episode in cut.episodes.episode_id:
            assert counting.report(cut, episode) == counting.report(data, episode, day), (
                day,
                episode,
            )


def _days(data):
    """Every day on which an edition can stand: none is made before the first claim."""
    known = {*data.claims.reported_on, *data.reactions.reported_on, *data.series.released_on}
    return sorted(day for day in known if day >= data.claims.reported_on.min())


def _pages(day):
    """The text of each page and notebook as the edition of a day has it."""
    for path in (ROOT / "book").glob("*.md"):
        yield path.name, path.read_text("utf-8")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        yield path.name, "\n".join(cell.source for cell in prepare(read(path), day).cells)


def test_prose_holds_at_every_day_on_which_something_became_known(data):
    faults = []
    for day in _days(data):
        known = numbers.Numbers(data.cut(day))
        for name, text in _pages(day):
            page = conditions.cut(markdown.read(text), known)
            ids = numbers.references([page.text])
            faults += [f"{day} {name}: {line}" for line in numbers.undeclared(known, ids).values()]
            found = conditions.findings(page, name)
            held = [conditions.broken(each, known) for each in found if not each.has_else]
            faults += [f"{day} {line}" for line in held if line]
    assert not faults, "\n".join(faults)
