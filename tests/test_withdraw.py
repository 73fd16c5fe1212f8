"""A source that is withdrawn: its claims are shown and never counted, and a correction says why."""

import csv
import errno
import json
from datetime import date
from pathlib import Path

import pytest
import small
from click.testing import CliRunner

import clashbook
from clashbook import cli, counting
from clashbook.dataset.rows import Source
from clashbook.dataset.tables import DRAWN, load

ROOT = Path(__file__).parents[1]


def rows():
    """The small data, the count of 105 in a paper of its own."""
    tables = small.tables()
    tables["sources"].append(small.source("late"))
    for claim in tables["claims"]:
        if claim["claim_id"] == "second":
            claim["source_id"] = "late"
    return tables


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    return small.write(tmp_path / "data", rows())


def withdraw(folder, source="late", why="Its publisher retracted it.", *options):
    arguments = ["withdraw", source, "--why", why, "--data", str(folder), *options]
    return CliRunner().invoke(cli.main, arguments)


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def killed(folder):
    return counting.count(load(folder), "2022-09").toll("killed", "ARM", "military")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_row_is_marked_and_a_correction_says_why_and_when(folder):
    assert withdraw(folder).exit_code == 0
    status = {row["source_id"]: row["status"] for row in table(folder, "sources")}
    assert status == {"paper": "", "office": "", "late": "withdrawn"}
    assert (
        table(folder, "corrections")[-1].items()
        >= {
            "date": date.today().isoformat(),
            "table": "sources",
            "row_id": "late",
            "what_changed": "status: empty, now withdrawn",
            "why": "Its publisher retracted it.",
        }.items()
    )


def test_nothing_else_changes(folder):
    before = contents(folder)
    withdraw(folder)
    after = contents(folder)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"sources.csv", "corrections.csv"}
    assert after["corrections.csv"].startswith(before["corrections.csv"])
    assert len(after["sources.csv"]) == len(before["sources.csv"]) + len("withdrawn")


def test_its_claims_are_left_out_by_rule_4_and_replace_nothing(folder):
    assert killed(folder).text == "105"
    withdraw(folder)
    assert killed(folder).text == "49", "the count that the withdrawn one replaced counts again"
    left = counting.count(load(folder), "2022-09").left_out["second"]
    assert (left.rule, left.reason) == (4, "its source was withdrawn")
    assert "second" in set(load(folder).claims.claim_id), "the claim itself stays"


def test_a_repeat_in_another_source_speaks_for_itself(folder):
    tables = rows()
    tables["sources"].append(small.source("reprint"))
    tables["claims"].append(
        small.claim("again", low="105", best="105", high="105", period_end="2022-09-15",
                    reported_on="2022-09-15", relation="repeats", related_claim="second",
                    source_id="reprint")
    )  # fmt: skip
    small.write(folder, tables)
    withdraw(folder)
    assert "again" in killed(folder).claims | set(counting.count(load(folder), "2022-09").claims)


def test_an_earlier_edition_is_coded_anew_too(folder):
    withdraw(folder, "paper")
    early = load(folder, "2022-09-14")
    assert counting.count(early, "2022-09").left_out["first"].reason == "its source was withdrawn"


def test_the_chapters_leave_out_its_events_reactions_and_series_and_the_tables_keep_them(folder):
    tables = rows()
    for name in DRAWN:
        tables[name][0]["source_id"] = "late"
    tables["sources"] = [row for row in tables["sources"] if row["source_id"] != "office"]
    small.write(folder, tables)
    said = withdraw(folder).stdout
    kept, shown = load(folder), clashbook.open(folder).data
    for name in DRAWN:
        key = tables[name][0][kept.tables[name].columns[0]]
        assert f"{name} that the chapters leave out: 1\n" in said
        assert key in set(kept.tables[name].iloc[:, 0])
        assert key not in set(shown.tables[name].iloc[:, 0])
    assert len(shown.claims) == len(kept.claims)


def test_it_says_what_moves(folder):
    said = withdraw(folder).stdout
    assert "claims that are shown and not counted: 1\n" in said
    assert "2022-09, killed, ARM, military, persons: 105, now 49\n" in said


def test_a_dry_run_says_the_same_and_writes_nothing(folder):
    before = contents(folder)
    dry = withdraw(folder, "late", "Why.", "--dry-run")
    assert contents(folder) == before
    assert dry.stdout == withdraw(folder).stdout.partition("\n")[2]


@pytest.mark.parametrize(
    ("source", "why", "status", "words"),
    [
        (
            "latest",
            "Why.",
            1,
            '"latest" is not in sources.csv; the nearest is late; clashbook list',
        ),
        (
            "zzz",
            "Why.",
            1,
            '"zzz" is not in sources.csv; clashbook list sources WORDS finds ids',
        ),
        ("late", " \n ", 2, "is empty; write a sentence"),
        ("late", "=SUM(1)", 1, "corrections.csv line 3, column why"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(folder, source, why, status, words):
    before = contents(folder)
    done = withdraw(folder, source, why)
    assert done.exit_code == status
    assert words in done.stderr
    assert contents(folder) == before


def test_what_is_withdrawn_already_is_refused_in_one_line(folder):
    withdraw(folder)
    before = contents(folder)
    done = withdraw(folder)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "late is withdrawn already; corrections.csv has why" in done.stderr
    assert contents(folder) == before


def test_data_of_an_earlier_version_say_what_to_add(folder):
    package = json.loads((folder / "datapackage.json").read_text())
    for resource in package["resources"]:
        if resource["name"] == "sources":
            fields = resource["schema"]["fields"]
            resource["schema"]["fields"] = [one for one in fields if one["name"] != "status"]
    (folder / "datapackage.json").write_text(json.dumps(package))
    lines = [{k: v for k, v in row.items() if k != "status"} for row in table(folder, "sources")]
    with (folder / "sources.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    done = withdraw(folder)
    assert done.exit_code == 1
    assert done.stderr.startswith("sources.csv: has no column status; add it there")


@pytest.mark.parametrize("refused", ["sources.csv", "corrections.csv"])
def test_both_files_are_written_or_neither(folder, monkeypatch, refused):
    before, real = contents(folder), Path.replace

    def full(self, target):
        if Path(target).name == refused:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    done = withdraw(folder)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert contents(folder) == before


def test_wherever_it_is_named_it_is_said_to_be_withdrawn():
    row = small.source("late") | {"status": "withdrawn"}
    assert Source.of(row).words.endswith("(withdrawn)")
    assert not Source.of(small.source("late")).words.endswith("(withdrawn)")
