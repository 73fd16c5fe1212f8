"""What the check advises: a way out never falsifies, and one cause is one line."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import small
from northland import DAILY, claim, dataset

from clashbook import counting
from clashbook.dataset.checks.problem import nearest


def lines(folder):
    return [str(problem) for problem in small.check(folder)[0]]


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("aze", "AZE"),
        ("Arm", "ARM"),
        ("ARN", "ARM"),
        ("XYZ", ""),
        ("2020-07-AZE-14-JULY", "2020-07-aze-14-july"),
        ("2020-07-aze-15-july", ""),
        ("", ""),
        ("third-partys", "third-parties"),
    ],
)
def test_a_name_is_advised_where_it_is_a_slip_and_nowhere_else(value, advice):
    known = ["AZE", "ARM", "USA", "EU", "third-parties", "2020-07-aze-14-july", "USA\u200b"]
    assert nearest(value, known) == advice


def test_two_values_of_one_period_may_be_a_sum(tmp_path):
    tables = small.tables()
    tables["observations"][1]["period"] = "2020-05"
    (line,) = lines(small.write(tmp_path, tables))
    assert line.endswith("write another period, one of the two rows only, or their sum")


def edited(folder, table, change):
    path = folder / f"{table}.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return lines(folder)


NO_HEADER = "claims.csv line 1: has no column of this table; write " + ", ".join(
    small.FIELDS["claims"]
)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            lambda text: "sep=,\n" + text,
            NO_HEADER,
        ),
        (
            lambda text: text.replace(",", ";"),
            "claims.csv line 1: is not separated by commas; write commas between the cells",
        ),
        (
            lambda text: text.replace(",Said in the morning.", ""),
            "claims.csv line 2: has 22 cells where the header has 23; 6 of 6 rows have this fault; "
            "write one cell for each column",
        ),
        (
            lambda text: "\n" + text,
            NO_HEADER,
        ),
        (
            lambda text: text.partition("\n")[0] + "\n",
            "claims.csv: has no rows, but corrections.csv names some; "
            "write the rows that were lost",
        ),
    ],
    ids=["sep", "semicolons", "short rows", "blank first line", "header only"],
)
def test_one_cause_is_one_line(folder, change, line):
    assert edited(folder, "claims", change) == [line]


def test_days_in_another_form_are_one_line_for_their_column(tmp_path):
    tables = small.tables()
    for row in tables["claims"]:
        row["reported_on"] = "16/7/2020"
    assert lines(small.write(tmp_path, tables)) == [
        'claims.csv line 2, column reported_on, "16/7/2020": is not a date; 6 of 6 rows have this '
        "fault; write a day as YYYY-MM-DD, such as 2022-09-13"
    ]


def test_an_episode_that_ends_before_it_starts_is_not_said_by_its_claims(tmp_path):
    tables = small.tables()
    tables["episodes"][0]["end"] = "2020-07-11"
    assert lines(small.write(tmp_path, tables)) == [
        'episodes.csv line 2, column end, "2020-07-11": is before start, 2020-07-12; write it later'
    ]


def test_rows_after_the_day_of_the_package_are_one_line_of_it_where_they_are_many(tmp_path):
    tables = small.tables()
    tables["corrections"][0]["date"] = "2099-01-01"
    (line,) = lines(small.write(tmp_path, tables))
    created = small.PACKAGE["created"][:10]
    assert line == (
        f'corrections.csv line 2, column date, "2099-01-01": is after the day of the data, '
        f"{created}; write an earlier day, or the day of this version in datapackage.json"
    )


def test_a_table_that_may_not_be_read_is_one_line(folder, monkeypatch):
    def forbidden(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    (line,) = lines(folder)
    assert line == (
        "datapackage.json: cannot be read (Permission denied); write a file that can be read"
    )


TRACKER = ("tracker", "A tracker", "A tracker", "dataset")


@pytest.mark.parametrize(
    ("cells", "text", "rule"),
    [
        ({"source_id": "tracker", "claimant_role": "third_party"}, "5", 13),
        ({"source_id": "tracker", "claimant_role": "statistics"}, "5", 13),
        ({"source_id": "daily", "claimant_role": "third_party"}, "at least 9", 0),
        ({"source_id": "tracker", "claimant_role": "own_side"}, "at least 9", 0),
    ],
)
def test_a_row_of_a_trackers_data_set_enters_no_toll(cells, text, rule):
    data = dataset(
        claim("own", "exact" if rule else "at_least", 5),
        claim("row", "at_least", 9, **cells),
    )
    sources = pd.DataFrame([DAILY, TRACKER], columns=list(data.sources.columns))
    data = replace(data, tables=data.tables | {"sources": sources})
    count = counting.count(data, "2021-05")
    said = count.toll("killed", "NOR", "military").text
    assert said.replace("\u00a0", " ") == text
    assert count.left_out.get("row", (0,))[0] == rule
