import json
import re
from pathlib import Path

import pandas as pd
import pytest
import small

from clashbook.dataset import checks
from clashbook.dataset.checks import (
    BETWEEN,
    OF_ROWS,
    ground,
    names,
    references,
    relations,
    rows,
    times,
    twins,
)
from clashbook.dataset.checks.rules import SOURCED, rules_in, run
from clashbook.dataset.tables import DataError, load

DATA = Path(__file__).parent.parent / "data"


def lines(folder, as_of=""):
    """Return what is wrong with the folder, one line each."""
    return [str(problem) for problem in small.check(folder, as_of)[0]]


def found(rule, **tables):
    """Return what one rule says of small frames, without the file's name."""
    problems = run(rule, small.frames(**tables), set())
    return [f"{p.line} {p.column}: {p.fault}" for p in problems]


# All at once


def test_a_folder_with_every_fault_gives_one_line_for_each(tmp_path):
    tables = small.tables()
    tables["claims"] = [
        small.claim("day", reported_on="14.09.2022"),
        small.claim("bound", qualifier="at_least", high="", best="60"),
        small.claim("order", qualifier="between", low="20", best="", high="16"),
        small.claim("same"),
        small.claim("same"),
        small.claim("unknown", party="ARN"),
        small.claim("formula", note="=1+1"),
        small.claim("round", relation="repeats", related_claim="again"),
        small.claim("again", relation="repeats", related_claim="round"),
    ]
    tables["corrections"] = []
    folder = small.write(tmp_path, tables)
    (folder / "places.csv").unlink()
    (folder / "stances.csv").write_text("stance,label\nrestraint,Restraint\nsupports,Supports\n")
    (folder / "observations.csv").write_bytes(b"")
    (folder / "corrections.csv").write_bytes("date,table,row_id,é".encode("latin-1"))
    assert lines(folder, "2001-01-01") == [
        'as_of, "2001-01-01": is before the first claim; write a day from 2022-09-13 on',
        'claims.csv line 2, column reported_on, "14.09.2022": is not a date; '
        "write a day as YYYY-MM-DD, such as 2022-09-13",
        'claims.csv line 3, column best, "60": is filled, but the qualifier is at_least; '
        "write low only, or another qualifier",
        'claims.csv line 4, column low, "20": is not below high, 16; write the lower number here',
        'claims.csv line 6, column claim_id, "same": is already in line 5; '
        "write another claim_id, or one of the two rows only",
        'claims.csv line 7, column party, "ARN": is not in actors.csv; '
        "write ARM, or a row for it there",
        'claims.csv line 8, column note, "=1+1": begins like a spreadsheet formula; '
        "write it without the = in front",
        'claims.csv line 9, column related_claim, "again": leads in a circle: round, again, round; '
        "write a row that came before",
        "corrections.csv line 1: is not UTF-8; write the file in the encoding UTF-8",
        "observations.csv: is empty; write at least the header that the package describes",
        "places.csv: is missing; write the file, with at least the header that the package "
        "describes",
        "stances.csv line 1, column definition: is missing; write it as column 3 of the header",
    ]
    with pytest.raises(DataError) as refused:
        load(folder, "2001-01-01")
    assert str(refused.value).splitlines() == lines(folder, "2001-01-01")


def test_a_sound_folder_gives_nothing(folder):
    assert small.check(folder) == ([], [])


GARBLED = {"string": "x\u202edamaged", "number": "4O", "date": "2022-19-14"}
CORRECTION = {
    "date": "2026-01-05",
    "table": "claims",
    "what_changed": "best: 49 for 94",
    "why": "misread",
}


def damaged(folder, damage):
    """Write the project's tables into `folder`, one cell of every column changed by `damage`.

    `damage` is given the field and returns the new cell, or None to leave the column alone.
    Returns the changed cells as (file, line, column).
    """
    whole = load(DATA)
    whole.write(folder)
    cells = set()
    for table, fields in small.FIELDS.items():
        lines = pd.read_csv(folder / f"{table}.csv", dtype="str", keep_default_na=False)
        if table == "corrections" and lines.empty:
            lines = small.frame(table, [CORRECTION, CORRECTION | {"table": "series"}]).reset_index(
                drop=True
            )
        for place, (column, field) in enumerate(fields.items()):
            bad = damage(field)
            if bad is not None:
                # In another row for each column, so that one fault does not stand for two.
                row = place % len(lines)
                lines.loc[row, column] = bad
                cells.add((f"{table}.csv", row + 2, column))
        lines.to_csv(folder / f"{table}.csv", index=False)
    return cells


def garbled(field):
    return GARBLED[field["type"]]


def formula(field):
    return "=1+1"


def spaced(field):
    return " x#damaged "


def in_two_lines(field):
    return "two\nlines"


FREE = {small.FIELDS["claims"]["note"]["constraints"]["pattern"]} | {
    small.FIELDS[table][column]["constraints"]["pattern"]
    for table, column in [("actors", "aliases"), ("places", "names"), ("sources", "author")]
}


def formless(field):
    """Return a harmless text for every column that is not free text."""
    return None if field.get("constraints", {}).get("pattern") in FREE else "x#damaged"


def blank(field):
    return "" if field.get("constraints", {}).get("required") else None


@pytest.mark.parametrize("damage", [garbled, formula, spaced, formless, blank])
def test_one_damaged_cell_in_any_column_of_any_table_is_refused(tmp_path, damage):
    cells = damaged(tmp_path, damage)
    assert {file for file, _, _ in cells} == {f"{table}.csv" for table in small.FIELDS}
    said = [(p.file, p.line, p.column) for p in small.check(tmp_path)[0]]
    assert cells - set(said) == set()
    assert len(said) == len(set(said)), "a cell is said twice"
    assert said == sorted(said)


def test_a_cell_of_two_lines_is_refused_in_any_column_of_text(tmp_path):
    cells = damaged(tmp_path, in_two_lines)
    said = {(p.file, p.column) for p in small.check(tmp_path)[0]}
    assert {(file, column) for file, _, column in cells} - said == set()


def test_every_rule_is_run():
    run_in = (rows, times, ground, references, names, twins, relations)
    files = {Path(module.__file__) for module in run_in}
    for file in Path(checks.__file__).parent.glob("*.py"):
        makes_rules = re.search(
            r"^@(rule|table_rule|row_rule|pair_rule)\(", file.read_text("utf-8"), re.M
        )
        assert bool(makes_rules) == (file in files), file.name
    assert {id(rule) for rule in rules_in(*run_in)} == {id(r) for r in [*OF_ROWS, *BETWEEN]}


# Files and headers


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            b"\xef\xbb\xbfstance,label,definition\n",
            "stances.csv: begins with a byte-order mark; write the file as UTF-8 without one",
        ),
        (
            b"stance,label,definition,colour\n",
            "stances.csv line 1, column colour: is not a column of this table; "
            "write the header without it",
        ),
        (
            b"stance,lable,definition\n",
            "stances.csv line 1, column label: is missing; write it as column 2 of the header\n"
            "stances.csv line 1, column lable: is not a column of this table; write label",
        ),
        (
            b"label,stance,definition\n",
            "stances.csv line 1: has columns in the wrong order; write stance, label, definition",
        ),
        (
            b"stance,label,label,definition\n",
            "stances.csv line 1, column label: is there twice; write it once",
        ),
        (
            b"stance,label,definition\nrestraint,Restraint\n",
            "stances.csv line 2: has 2 cells where the header has 3; "
            "write one cell for each column",
        ),
        (
            b"stance,label,definition\n\nrestraint,Restraint,Calm.\n,,\n",
            "stances.csv line 2: is a blank line; write nothing between rows\n"
            "stances.csv line 4: is a blank line; write nothing between rows",
        ),
        (
            b'stance,label,definition\nrestraint,Restraint,"Calm.\n',
            "stances.csv line 2: has an unclosed quotation mark, or text after a closing one; "
            "write a quotation mark inside a cell twice",
        ),
        (
            b"stance;label;definition\nrestraint;Restraint;Calm.\n",
            "stances.csv line 1: is not separated by commas; write commas between the cells",
        ),
    ],
    ids=["mark", "extra", "misspelt", "order", "twice", "ragged", "blank", "quote", "semicolons"],
)
def test_a_broken_file_is_said_in_its_own_words(tmp_path, content, line):
    tables = small.tables()
    for row in tables["reactions"]:
        row["stance"] = row["toward"] = ""
    folder = small.write(tmp_path, tables)
    (folder / "stances.csv").write_bytes(content)
    assert lines(folder) == line.splitlines()


def test_a_package_that_lacks_a_table_is_one_problem(folder):
    resources = [one for one in small.PACKAGE["resources"] if one["name"] != "corrections"]
    (folder / "datapackage.json").write_text(json.dumps(small.PACKAGE | {"resources": resources}))
    assert lines(folder) == [
        "datapackage.json, column corrections.csv: is needed by the analyses and not described; "
        "write a table as a resource with its schema, a column as a field and in its file"
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "datapackage.json line 1: cannot be read as JSON (Expecting value: "),
        ('{"name": "x",\n "version": }', "datapackage.json line 2: cannot be read as JSON "),
        ("\ufeff{}", "datapackage.json: begins with a byte-order mark; "),
        ("[]", "datapackage.json: is not a JSON object; "),
        ("[" * 100_000, "datapackage.json: cannot be read as JSON ("),
        (
            '{"name": 1, "name": 2}',
            'datapackage.json: cannot be read as JSON (the key "name"',
        ),
    ],
    ids=["empty", "broken", "mark", "list", "deep", "twice"],
)
def test_a_package_that_cannot_be_read_is_one_problem_with_its_place(folder, content, line):
    (folder / "datapackage.json").write_text(content)
    (only,) = lines(folder)
    assert only.startswith(f"{line}write ") if line.endswith("; ") else only.startswith(line)


def test_a_package_without_the_day_of_its_version_is_refused(folder):
    package = {key: value for key, value in small.PACKAGE.items() if key != "created"}
    (folder / "datapackage.json").write_text(json.dumps(package))
    assert lines(folder) == [
        "datapackage.json, column created: is not the time at which this version was made; "
        "write the day of this version of the data as 2022-09-19T00:00:00Z"
    ]


def test_a_folder_without_a_package_is_one_problem(tmp_path):
    nowhere = tmp_path / "nowhere"
    assert lines(nowhere) == [f"datapackage.json: is missing; write it in the folder {nowhere}"]


def test_a_missing_table_is_not_said_again_by_the_rows_that_name_it(folder):
    (folder / "actors.csv").unlink()
    (only,) = lines(folder)
    assert only.startswith("actors.csv: is missing")


def test_a_damaged_id_is_not_said_again_by_the_rows_that_name_it(tmp_path):
    tables = small.tables()
    tables["actors"][1]["actor_id"] = "A#M"
    (only,) = lines(small.write(tmp_path, tables))
    assert only.startswith('actors.csv line 3, column actor_id, "A#M": ')


def test_a_damaged_source_is_not_said_again_as_unused(tmp_path):
    tables = small.tables()
    tables["series"][0]["source_id"] = "ofice"
    assert lines(small.write(tmp_path, tables)) == [
        'series.csv line 2, column source_id, "ofice": is not in sources.csv; '
        "write office, or a row for it there"
    ]


def test_a_bad_bound_is_said_beside_a_bad_date_of_the_same_row(tmp_path):
    tables = small.tables()
    tables["claims"][4] |= {"reported_on": "July", "high": "20"}
    problems = small.check(small.write(tmp_path, tables))[0]
    assert [(p.line, p.column) for p in problems] == [(6, "high"), (6, "reported_on")]


# Cells


def of_claims(tmp_path, column, values):
    """Return what is wrong with claims that have these values in one column, by value."""
    tables = small.tables()
    tables["claims"] = [
        small.claim(f"c{place}", qualifier="about", low="", high="", locator=f"para. {place + 1}")
        | {column: value}
        for place, value in enumerate(values)
    ]
    tables["corrections"] = tables["alternatives"] = []
    problems = small.check(small.write(tmp_path, tables))[0]
    assert {(p.file, p.column) for p in problems} <= {("claims.csv", column)}
    return {problem.value: problem for problem in problems}


UNSAFE = {
    "=SUM(A1)": "begins like a spreadsheet formula",
    "+49": "begins like a spreadsheet formula",
    "-49": "begins like a spreadsheet formula",
    "@here": "begins like a spreadsheet formula",
    "\tindented": "holds the invisible U+0009 (control character)",
    "two\nlines": "holds the invisible U+000A (control character)",
    "turned \u202eround": "holds the invisible U+202E (RIGHT-TO-LEFT OVERRIDE)",
    "zero\u200bwidth": "holds the invisible U+200B (ZERO WIDTH SPACE)",
    "ends in a space ": "begins or ends with a space",
}


def test_unsafe_text_is_refused_and_shown_safely(tmp_path):
    said = of_claims(tmp_path, "note", UNSAFE)
    assert {value: problem.fault for value, problem in said.items()} == UNSAFE
    assert all(str(problem).isprintable() for problem in said.values())


def test_other_text_is_not(tmp_path):
    assert of_claims(tmp_path, "note", ["– twice", "Türkiye, “so”", "a=b", "می\u200cخواهم"]) == {}


def test_a_number_has_one_form(tmp_path):
    numbers = ["4.9e1", "1_000", "049", "+49", "nan", "Infinity", "49 ", "4.", ".5", "4O", "4,9"]
    for few in (numbers[:4], numbers[4:8], numbers[8:]):
        assert list(of_claims(tmp_path, "best", few)) == few


def test_a_day_has_one_form_and_is_of_our_time(tmp_path):
    days = ["2022-9-13", "20220913", "2022-02-30", "0202-09-13", "2202-09-13", "13.09.2022"]
    assert list(of_claims(tmp_path, "reported_on", days)) == days


def test_a_word_that_the_column_does_not_know_is_answered_with_those_it_knows(tmp_path):
    tables = small.tables()
    tables["claims"][0]["population"] = "soldiers"
    assert lines(small.write(tmp_path, tables)) == [
        'claims.csv line 2, column population, "soldiers": is not an allowed value; '
        "write military, police, civilian or all"
    ]


# Bounds


@pytest.mark.parametrize(
    ("qualifier", "low", "best", "high", "columns"),
    [
        ("exact", "49", "49", "", ["high"]),
        ("exact", "", "", "", ["low", "best", "high"]),
        ("at_least", "", "", "49", ["low", "high"]),
        ("more_than", "49", "49", "", ["best"]),
        ("none_reported", "1", "", "", ["low"]),
        ("up_to", "0", "", "49", ["low"]),
        ("between", "16", "18", "20", ["best"]),
        ("about", "90", "100", "110", ["low", "high"]),
        ("hundreds", "200", "", "", ["low"]),
        ("unquantified", "", "1", "", ["best"]),
    ],
)
def test_a_claim_fills_the_bounds_of_its_qualifier(qualifier, low, best, high, columns):
    claim = small.claim("x", qualifier=qualifier, low=low, best=best, high=high)
    said = found(rows.bounds_are_the_qualifiers, claims=[claim])
    assert [line.split()[1].rstrip(":") for line in said] == columns


@pytest.mark.parametrize(
    ("qualifier", "low", "best", "high"),
    [
        ("exact", "49", "49", "49"),
        ("at_least", "49", "", ""),
        ("none_reported", "0", "", ""),
        ("up_to", "", "", "49"),
        ("between", "16", "", "20"),
        ("about", "", "400", ""),
        ("thousands", "", "", ""),
    ],
)
def test_sound_bounds_pass(qualifier, low, best, high):
    claim = small.claim("x", qualifier=qualifier, low=low, best=best, high=high)
    assert found(rows.bounds_are_the_qualifiers, claims=[claim]) == []
    assert found(rows.bounds_are_in_order, claims=[claim]) == []


def test_an_exact_claim_has_one_number():
    claim = small.claim("x", low="49", best="49", high="50")
    assert found(rows.bounds_are_in_order, claims=[claim]) == [
        "2 high: is not best, 49, but the qualifier is exact"
    ]


def test_counts_are_not_negative_and_persons_are_whole_but_a_change_may_fall():
    indicators = [small.indicator("killed"), small.indicator("growth", kind="change")]
    claims = [
        small.claim("a", low="-1"),
        small.claim("b", best="48.5"),
        small.claim("c", indicator="growth", unit="percent", low="-12.8"),
    ]
    assert found(rows.counts_are_of_this_world, claims=claims, indicators=indicators) == [
        "2 low: is below zero",
        "3 best: is not a whole number",
    ]


def test_an_observation_lies_within_its_bounds_unless_marked_as_published():
    series = [{"series_id": "s", "unit": "persons"}]
    observations = [
        {"low": "154", "best": "154", "high": "153"},
        {"low": "154", "best": "154", "high": "153", "status": "as_published"},
        {"low": "1", "best": "2", "high": "3", "status": "as_published"},
        {},
        {"best": "-12.8"},
    ]
    observations = [row | {"series_id": "s"} for row in observations]
    tables = {"series": series, "observations": observations}
    assert found(rows.observations_have_bounds_in_order, **tables) == [
        "2 best: is not between low and high",
        "4 status: is as_published, but low, best and high are in order",
        "5 best: has no value",
    ]


def test_the_periods_of_a_series_are_of_one_length_and_before_its_release():
    series = [{"series_id": "s", "released_on": "2020-07-31"}]
    periods = ["2020-05", "2020-06", "2020", "2020-08"]
    observations = [{"series_id": "s", "period": period} for period in periods]
    tables = {"series": series, "observations": observations}
    assert [
        *found(references.periods_are_of_one_length, **tables),
        *found(references.periods_begin_before_the_release, **tables),
    ] == [
        "4 period: is longer or shorter than the other periods of its series",
        "5 period: begins after its series was released, 2020-07-31",
    ]


# Days and periods


def test_a_period_is_whole_and_runs_forward():
    claims = [
        small.claim("a", period_end=""),
        small.claim("b", period_precision=""),
        small.claim("c", period_start="2022-09-14"),
        small.claim("d", period_start="", period_end="", period_precision=""),
    ]
    assert found(rows.columns_are_filled_together, claims=claims) == [
        "2 period_end: is empty, but period_start is not",
        "3 period_precision: is empty, but period_start is not",
    ]
    assert found(rows.spans_run_forward, claims=claims) == [
        "4 period_end: is before period_start, 2022-09-14"
    ]


def test_a_date_has_its_precision_and_within_its_last_day():
    reactions = [
        small.reaction("a", date_precision=""),
        small.reaction("b", date_precision="within"),
        small.reaction("c", date_start="", date_precision=""),
        small.reaction("d", date_start="", date_precision="", date_end="2022-09-14"),
    ]
    assert [
        *found(rows.columns_are_filled_together, reactions=reactions),
        *found(rows.last_days_have_a_first, reactions=reactions),
    ] == [
        "2 date_precision: is empty, but date_start is not",
        "3 date_end: is empty, but the precision is within",
        "5 date_start: is empty, but date_end is not",
    ]


def test_a_day_known_to_the_month_is_the_last_of_it():
    claims = [
        small.claim("a", reported_on="2020-02-28", reported_precision="month"),
        small.claim("b", reported_on="2020-02-29", reported_precision="month"),
        small.claim("c", reported_on="2020-02-29", reported_precision="year"),
        small.claim("d", reported_on="2020-02-28", reported_precision="by"),
    ]
    assert found(rows.days_fit_their_precision, claims=claims) == [
        "2 reported_on: is not the last day of its month",
        "4 reported_on: is not the last day of its year",
    ]


EPISODES = [
    {"episode_id": "2020-07", "kind": "clash", "start": "2020-07-12", "end": "2020-07-30"},
    {"episode_id": "2022-09", "kind": "clash", "start": "2022-09-13"},
    {"episode_id": "background", "kind": "background"},
]


def test_only_the_background_has_no_start():
    assert found(rows.episodes_have_a_start, episodes=EPISODES) == []
    wrong = [{"kind": "clash"}, {"kind": "background", "start": "2020-01-01"}]
    assert found(rows.episodes_have_a_start, episodes=wrong) == [
        "2 start: is empty",
        "3 start: is filled, but the kind is background",
    ]


@pytest.mark.parametrize(
    ("episode", "start", "end", "said"),
    [
        ("2020-07", "2020-07-01", "2020-07-11", "period_end"),
        ("2020-07", "2020-07-31", "2020-08-01", ""),
        ("2020-07", "2021-07-13", "2021-07-14", "period_start"),
        ("2020-07", "2020-07-01", "2020-07-12", ""),
        ("2022-09", "2030-01-01", "2030-01-02", ""),
        ("background", "1990-01-01", "1994-05-12", ""),
        ("2022-09", "", "", ""),
    ],
)
def test_a_period_does_not_end_before_its_episode_nor_begin_years_after(episode, start, end, said):
    assert period_columns(episode, start, end) == ([said] if said else [])


def test_what_an_episode_leaves_behind_may_come_years_after():
    assert period_columns("2020-07", "2024-02-14", "2024-02-14", aftermath="yes") == []


def period_columns(episode, start, end, aftermath=""):
    claim = small.claim("x", episode_id=episode, period_start=start, period_end=end)
    problems = found(
        references.periods_follow_their_episode,
        claims=[claim],
        episodes=EPISODES,
        indicators=[{"indicator": claim["indicator"], "aftermath": aftermath}],
    )
    return [line.split()[1].rstrip(":") for line in problems]


def test_nothing_is_counted_before_its_episode_began():
    claim = small.claim("x", reported_on="2022-09-12")
    assert found(references.claims_follow_their_episode, claims=[claim], episodes=EPISODES) == [
        "2 reported_on: is before 2022-09-13, the start of 2022-09"
    ]


# Sources


def test_nothing_was_said_after_its_source_came_out():
    rule = references.rows_are_in_their_source
    claims = [small.claim("x", reported_on="2022-09-21"), small.claim("y")]
    said = found(rule, claims=claims, sources=[small.source("paper")])
    assert said == ["2 reported_on: is after paper came out, 2022-09-20"]


@pytest.mark.parametrize(
    ("locator", "extent", "sound"),
    [
        ("para. 9", "headline; para. 1-9", True),
        ("para. 10", "headline; para. 1-9", False),
        ("headline", "headline; para. 1-9", True),
        ("caption", "headline; para. 1-9", False),
        ("", "headline; para. 1-9", False),
        ("sec. II, sent. 43", "sec. I, sent. 1-32; sec. II, sent. 1-43", True),
        ("sec. I, sent. 43", "sec. I, sent. 1-32; sec. II, sent. 1-43", False),
        ("sec. III, sent. 1", "sec. I, sent. 1-32; sec. II, sent. 1-43", False),
        ("para. 1", "", False),
        ("", "", True),
    ],
)
def test_a_locator_lies_within_the_extent_of_its_source(locator, extent, sound):
    rule = references.locators_are_within_their_source
    claim, source = small.claim("x", locator=locator), small.source("paper", extent=extent)
    assert (found(rule, claims=[claim], sources=[source]) == []) == sound


@pytest.mark.parametrize("table", SOURCED)
def test_a_locator_beyond_its_source_is_refused_in_every_table(tmp_path, table):
    tables = small.tables()
    tables[table][0]["locator"] = "para. 10"
    assert lines(small.write(tmp_path, tables)) == [
        f'{table}.csv line 2, column locator, "para. 10": is not within paper; '
        "write a place in headline; para. 1-9"
    ]


KEYS = [
    (resource["name"], key["fields"][0], key["reference"]["resource"])
    for resource in small.PACKAGE["resources"]
    for key in resource["schema"].get("foreignKeys", [])
]


@pytest.mark.parametrize(("table", "column", "named"), KEYS)
def test_an_unknown_id_is_refused_wherever_a_row_names_another(tmp_path, table, column, named):
    tables = small.tables()
    row = tables[table][0]
    row[column] = "9999" if column == "episode_id" else "unheard-of".replace("-", _dash(column))
    if column.startswith("related_"):
        row["relation"] = "repeats"
    problems = small.check(small.write(tmp_path, tables))[0]
    said = {(p.file, p.line, p.column): p.fault for p in problems}
    assert said[f"{table}.csv", 2, column] == f"is not in {named}.csv"


def _dash(column):
    return "_" if column in ("indicator", "stance") else "-"


def test_every_source_is_used():
    tables = {
        "claims": [small.claim("x")],
        "reactions": [],
        "events": [],
        "series": [{"source_id": "office"}],
        "episodes": [{"start_source_id": "first-day", "end_source_id": "last-day"}],
        "sources": [
            small.source(name) for name in ("paper", "office", "first-day", "last-day", "idle")
        ],
    }
    assert found(references.sources_are_used, **tables) == ["6 source_id: is not used by any row"]


# Other tables


def test_a_stance_is_towards_a_party_or_both():
    actors = [{"actor_id": "ARM", "kind": "belligerent"}, {"actor_id": "RUS", "kind": "state"}]
    reactions = [
        small.reaction("a", toward=""),
        small.reaction("b", toward="RUS"),
        small.reaction("c", toward="ARM"),
        small.reaction("d", stance="", toward=""),
    ]
    assert found(references.stances_are_toward_a_party, reactions=reactions, actors=actors) == [
        "2 toward: is empty, but stance is not",
        "3 toward: is not a party",
    ]


def test_indicators_include_known_ones_and_never_themselves():
    indicators = [
        small.indicator("killed", includes="killed_or_missing"),
        small.indicator("killed_or_missing", includes="killed"),
        small.indicator("wounded", includes="hurt"),
    ]
    assert found(references.no_row_takes_in_itself, indicators=indicators) == [
        "2 includes: leads back to its own row",
        "3 includes: leads back to its own row",
        "4 includes: names hurt, which is not in this table",
    ]


def test_no_place_lies_within_itself_by_way_of_others():
    places = [
        {"place_id": "hill", "within": "dale"},
        {"place_id": "dale", "within": "hill"},
        {"place_id": "farm", "within": "dale"},
        {"place_id": "land", "within": ""},
    ]
    assert found(references.no_row_takes_in_itself, places=places) == [
        "2 within: leads back to its own row",
        "3 within: leads back to its own row",
    ]


PLACED = {
    **{"latitude": "40", "longitude": "45", "precision_km": "1"},
    **{"gazetteer": "GeoNames", "gazetteer_id": "174884"},
}


@pytest.mark.parametrize("column", PLACED)
def test_coordinates_stand_with_their_precision_and_the_gazetteers_id_or_not_at_all(column):
    lacks = {name: value for name, value in PLACED.items() if name != column}
    rule = rows.columns_are_filled_together
    (line,) = found(rule, places=[lacks, {}, PLACED])
    assert line.startswith(f"2 {column}: is empty, but ")
    (line,) = found(rule, places=[{column: PLACED[column]}])
    assert line.endswith(f": is empty, but {column} is not")


@pytest.mark.parametrize(
    ("column", "value"), [("latitude", "95"), ("longitude", "-181"), ("precision_km", "-1")]
)
def test_coordinates_beyond_the_globe_are_refused(tmp_path, column, value):
    tables = small.tables()
    tables["places"][0][column] = value
    (line,) = lines(small.write(tmp_path, tables))
    assert line.startswith(f'places.csv line 2, column {column}, "{value}": ')


def test_a_correction_names_a_row_that_is_there():
    corrections = [
        {"table": "claims", "row_id": "x"},
        {"table": "claims", "row_id": "gone"},
        {"table": "claims"},
    ]
    tables = small.tables() | {"corrections": corrections, "claims": [small.claim("x")]}
    said = found(references.corrections_name_rows, **tables)
    assert said == ["3 row_id: is not in claims.csv"]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfclaim_id\n", b"claim_id;episode_id\n"])
def test_a_table_that_cannot_be_read_is_one_line_though_a_correction_names_a_row(folder, content):
    (folder / "claims.csv").write_bytes(content)
    (line,) = lines(folder)
    assert line.startswith("claims.csv")


# Relations


def related(relation, **cells):
    """Return two claims, the second related to the first and otherwise as `cells` say."""
    return [small.claim("a"), small.claim("b", relation=relation, related_claim="a", **cells)]


def test_a_relation_has_two_ends():
    claims = [small.claim("a", relation="updates"), small.claim("b", related_claim="a")]
    assert found(rows.columns_are_filled_together, claims=claims) == [
        "2 related_claim: is empty, but relation is not",
        "3 relation: is empty, but related_claim is not",
    ]


def test_a_row_is_not_related_to_itself():
    reactions = [small.reaction("a", relation="answers", related_reaction="a")]
    assert found(relations.relations_end, reactions=reactions) == [
        "2 related_reaction: names its own row"
    ]


def test_a_circle_is_said_once_and_not_by_what_leads_into_it():
    following = {"outside": "a", "a": "b", "b": "c", "c": "a", "z": "outside"}
    events = [small.event(one, related_event=other) for one, other in following.items()]
    assert found(relations.relations_end, events=events) == [
        "3 related_event: leads in a circle: a, b, c, a"
    ]


@pytest.mark.parametrize(
    ("cells", "sound"),
    [
        ({}, True),
        ({"claimant": "Ministry of Armenia"}, True),
        ({"claimant": "Armenia's opponent", "claimant_role": "opposing_side"}, False),
        ({"claimant": "A newspaper", "claimant_role": "press"}, False),
    ],
)
def test_only_the_same_side_or_claimant_updates(cells, sound):
    said = found(relations.updates_are_of_the_same_side, claims=related("updates", **cells))
    assert (said == []) == sound


def test_two_belligerents_are_not_one_side_about_both():
    claims = related("updates", party="both", claimant="B", claimant_role="opposing_side")
    claims[0] |= {"party": "both", "claimant": "A", "claimant_role": "opposing_side"}
    assert len(found(relations.updates_are_of_the_same_side, claims=claims)) == 1


@pytest.mark.parametrize("relation", ["updates", "adds_to"])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("episode_id", "2020-07"),
        ("indicator", "wounded"),
        ("party", "AZE"),
        ("population", "all"),
        ("unit", "drones"),
    ],
)
def test_an_update_or_increment_is_of_the_same_quantity(relation, column, value):
    rule = relations.keeps_its_quantity
    assert found(rule, claims=related(relation)) == []
    assert found(rule, claims=related(relation, **{column: value})) == [
        f"3 related_claim: counts something else ({column})"
    ]


@pytest.mark.parametrize("relation", ["updates", "adds_to", "part_of", "disputes"])
def test_what_builds_on_or_denies_a_claim_is_not_earlier(relation):
    rule = relations.comes_after
    assert found(rule, claims=related(relation)) == []
    assert len(found(rule, claims=related(relation, reported_on="2022-09-12"))) == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"status": "derived"}, "is in a derived row, which is never counted"),
        ({"status": "source_error"}, "is in a source_error row, which is never counted"),
        ({"qualifier": "hundreds"}, "is in a row without a number (hundreds)"),
        ({"qualifier": "unquantified"}, "is in a row without a number (unquantified)"),
        ({"qualifier": "none_reported"}, "is in a row without a number (none_reported)"),
    ],
)
def test_only_a_count_updates(cells, said):
    rule = relations.updates_are_counts
    assert found(rule, claims=related("updates")) == []
    assert found(rule, claims=related("updates", **cells)) == [f"3 relation: {said}"]


def updated(**cells):
    """Return three claims: one, another as `cells` say, and an update of that."""
    return [
        small.claim("whole"),
        small.claim("a", **cells),
        small.claim("b", relation="updates", related_claim="a"),
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"status": "source_error"}, "is an error of its source"),
        (
            {"status": "source_error", "relation": "repeats", "related_claim": "whole"},
            "is an error of its source",
        ),
        ({"relation": "adds_to", "related_claim": "whole"}, "adds to another claim"),
        (
            {"relation": "part_of", "related_claim": "whole"},
            "is part of another claim and not counted by itself",
        ),
    ],
)
def test_only_what_counts_by_itself_is_updated_and_so_is_a_copy_of_it(cells, said):
    rule = relations.updates_are_of_counts
    status = cells.get("status", "stated")
    copy = [
        *updated(**cells)[:2],
        small.claim("again", relation="repeats", related_claim="a", status=status),
        small.claim("b", relation="updates", related_claim="again"),
    ]
    assert found(rule, claims=updated(**cells)) == [f"4 related_claim: {said}"]
    assert found(rule, claims=copy) == [f"5 related_claim: {said}"]


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"status": "derived"},
        {"relation": "repeats", "related_claim": "whole"},
        {"relation": "updates", "related_claim": "whole"},
        {"relation": "part_of", "related_claim": "whole", "population": "civilian"},
    ],
    ids=["a count", "a sum", "a copy", "an update", "a part told apart"],
)
def test_what_counts_by_itself_may_be_updated(cells):
    assert found(relations.updates_are_of_counts, claims=updated(**cells)) == []


def test_an_update_of_copies_in_a_circle_is_left_to_the_rule_of_circles():
    circle = [
        small.claim("a", relation="repeats", related_claim="b"),
        small.claim("b", relation="repeats", related_claim="a"),
        small.claim("c", relation="updates", related_claim="a"),
    ]
    assert found(relations.updates_are_of_counts, claims=circle) == []


@pytest.mark.parametrize(
    "cells",
    [
        {"high": ""},
        {"best": "50"},
        {"qualifier": "at_least"},
        {"party": "AZE"},
        {"population": "all"},
        {"indicator": "wounded"},
        {"episode_id": "2020-07"},
    ],
    ids=str,
)
def test_a_repeat_keeps_its_bounds_and_its_quantity(cells):
    rule = relations.repeats_keep_quantity_and_bounds
    assert found(rule, claims=related("repeats")) == []
    assert len(found(rule, claims=related("repeats", **cells))) == 1


def test_a_copy_in_error_may_have_another_indicator_but_no_other_number():
    rule = relations.repeats_keep_quantity_and_bounds
    error = {"status": "source_error", "indicator": "killed_or_missing", "population": "all"}
    assert found(rule, claims=related("repeats", **error)) == []
    assert found(rule, claims=related("repeats", **error, best="50")) == [
        "3 related_claim: is repeated with another best"
    ]


@pytest.mark.parametrize(
    ("original", "copy", "sound"),
    [
        ("source_error", "stated", False),
        ("source_error", "derived", False),
        ("source_error", "source_error", True),
        ("derived", "stated", False),
        ("derived", "derived", True),
        ("stated", "source_error", True),
    ],
)
def test_a_copy_of_what_never_counts_does_not_count_either(original, copy, sound):
    claims = related("repeats", status=copy)
    claims[0]["status"] = original
    said = found(relations.repeats_keep_their_status, claims=claims)
    assert said == ([] if sound else [f"3 related_claim: is {original} there"])


EARLY = {"reported_on": "2022-09-12", "relation": "repeats", "related_claim": "b"}


@pytest.mark.parametrize("relation", ["updates", "repeats", "adds_to", "part_of", "disputes"])
def test_no_copy_stands_in_for_what_relates_to_another(relation):
    claims = [*related(relation), small.claim("copy", **EARLY)]
    (said,) = found(relations.stand_ins_stand_alone, claims=claims)
    assert said.startswith("4 related_claim: was reported on 2022-09-13, after this copy, and ")


def test_one_copy_alone_stands_in():
    rule = relations.stand_ins_stand_alone
    copies = [small.claim("b"), small.claim("second", **EARLY), small.claim("first", **EARLY)]
    copies[2]["reported_on"] = "2022-09-11"
    assert found(rule, claims=copies[:2]) == []
    assert found(rule, claims=copies) == [
        "3 related_claim: was reported on 2022-09-13, after this copy and after first"
    ]


def test_a_part_is_within_its_whole():
    rule = relations.parts_are_within_their_whole
    assert found(rule, claims=related("part_of", low="49")) == []
    over = ["3 low: is above the maximum of its whole, a"]
    assert found(rule, claims=related("part_of", low="50")) == over
    assert found(rule, claims=related("part_of", low="49", qualifier="more_than")) == over


def test_what_the_counting_cannot_bear_is_said_with_the_way_out(tmp_path):
    tables = small.tables()
    tables["claims"] += [
        small.claim("sum", status="derived", relation="updates", related_claim="second"),
        small.claim("more", low="2", best="2", high="2", relation="adds_to",
                    related_claim="second"),
        small.claim("anew", relation="updates", related_claim="more"),
        small.claim("wrong", status="source_error"),
        small.claim("wrong-again", relation="repeats", related_claim="wrong"),
        small.claim("right", relation="updates", related_claim="wrong"),
        small.claim("denial", low="", best="", high="", qualifier="unquantified",
                    relation="disputes", related_claim="second"),
        small.claim("early", low="105", best="105", high="105", relation="repeats",
                    related_claim="second"),
    ]  # fmt: skip
    for row in tables["claims"][6:9]:
        row["reported_on"] = "2022-09-15"
    assert lines(small.write(tmp_path, tables)) == [
        'claims.csv line 8, column relation, "updates": is in a derived row, which is never '
        "counted; write no relation",
        'claims.csv line 10, column related_claim, "more": adds to another claim; write '
        "second if the new count includes all that adds to it",
        'claims.csv line 12, column related_claim, "wrong": is source_error there; write '
        "source_error in status, or no relation",
        'claims.csv line 13, column related_claim, "wrong": is an error of its source; write a row '
        "that has it right, or no relation",
        'claims.csv line 14, column related_claim, "second": was reported on 2022-09-15, after '
        "the row that disputes it; write an earlier row, or no relation",
        'claims.csv line 15, column related_claim, "second": was reported on 2022-09-15, after '
        "this copy, and updates another row; write that relation in this row, and in the later "
        "row that it repeats this one",
    ]


def test_an_answer_is_not_over_before_what_it_answers():
    reactions = [
        small.reaction("a"),
        small.reaction("b", date_start="2022-09-12", relation="answers", related_reaction="a"),
        small.reaction("c", date_start="2022-09-12", date_end="2022-09-14", relation="answers",
                       related_reaction="a"),
        small.reaction("d", date_start="2022-09-12", relation="repeats", related_reaction="a"),
        small.reaction("e", date_start="", relation="answers", related_reaction="a"),
    ]  # fmt: skip
    assert found(relations.answers_are_not_before, reactions=reactions) == [
        "3 related_reaction: began on 2022-09-13, after this row ended"
    ]


# Warnings


def unlinked(*claims):
    frames = small.frames(claims=claims, episodes=EPISODES)
    return relations.unlinked_counts(frames["claims"], frames["episodes"])


def test_two_own_side_counts_from_the_start_with_nothing_between_them_are_warned_of():
    (warning,) = unlinked(small.claim("a"), small.claim("b", low="105", reported_on="2022-09-15"))
    assert warning == (
        "claims.csv line 3: counts the same as line 2 from the start of 2022-09, and neither "
        "updates nor repeats it; write the relation, if there is one"
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"relation": "updates", "related_claim": "a"},
        {"relation": "repeats", "related_claim": "a"},
        {"relation": "part_of", "related_claim": "a"},
        {"claimant_role": "opposing_side"},
        {"population": "all"},
        {"period_start": "2022-09-14", "period_end": "2022-09-14"},
        {"status": "derived"},
        {"qualifier": "hundreds"},
        {"qualifier": "none_reported"},
    ],
)
def test_other_two_counts_are_not(cells):
    assert unlinked(small.claim("a"), small.claim("b", **cells)) == []


def test_counts_linked_by_way_of_a_third_are_not_warned_of():
    chain = [
        small.claim("a"),
        small.claim("b", relation="repeats", related_claim="a", claimant_role="press"),
        small.claim("c", relation="updates", related_claim="b"),
    ]
    assert unlinked(*chain) == []


def test_a_count_that_takes_in_later_fighting_is_another_count():
    july = {"episode_id": "2020-07", "period_start": "2020-07-12"}
    four = small.claim("four", **july, period_end="2020-07-16")
    six = small.claim("six", **july, period_end="2020-08-02", reported_on="2020-09-21")
    assert len(unlinked(four, six)) == 1
    seventh = {"period_start": "2020-08-01", "period_end": "2020-08-01"}
    assert unlinked(four, six, small.claim("later", **july | seventh)) == []


def test_a_warning_does_not_keep_the_data_from_loading(tmp_path):
    tables = small.tables()
    tables["claims"][1]["relation"] = tables["claims"][1]["related_claim"] = ""
    folder = small.write(tmp_path, tables)
    problems, warnings = small.check(folder)
    assert problems == []
    assert load(folder).warnings == tuple(warnings)
    assert re.match(r"claims.csv line 3: ", warnings[0])


def dated(folder, **changes):
    small.write(folder)
    package = {**small.PACKAGE, **changes}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return [str(problem) for problem in small.check(folder)[0]]


def test_a_version_that_is_raised_asks_for_its_day_in_one_line(tmp_path):
    (line,) = dated(tmp_path, version="99.0.0")
    assert line == (
        'datapackage.json, column version, "99.0.0": is not the last of versions, so it has no '
        'day; write {"version": "99.0.0", "created": "YYYY-MM-DD"} at the end of versions, with '
        "the day of this version, and that in created"
    )


def test_the_day_of_a_version_is_that_of_the_data(tmp_path):
    versions = [{"version": small.PACKAGE["version"], "created": "2022-01-01"}]
    (line,) = dated(tmp_path, versions=versions)
    assert "is not the day that versions gives" in line
    assert "write 2022-01-01T00:00:00Z, or " in line


@pytest.mark.parametrize("versions", [[], "0.1.0", [{"version": "0.1.0"}], [{"created": "x"}]])
def test_a_list_of_versions_that_is_none_is_refused(tmp_path, versions):
    assert dated(tmp_path, versions=versions)


def test_data_of_an_earlier_version_need_not_list_its_versions(tmp_path):
    small.write(tmp_path)
    package = {name: part for name, part in small.PACKAGE.items() if name != "versions"}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert small.check(tmp_path)[0] == []
