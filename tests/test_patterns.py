"""Patterns of the package that answer in time, and those that do not, on any machine."""

import json
from pathlib import Path

import pytest

from clashbook.dataset.checks import patterns

PACKAGE = json.loads((Path(__file__).parents[1] / "data" / "datapackage.json").read_text("utf-8"))
ENDLESS = ["(a+)+b", "(a|a)*b", "(a*)*b", "(a|aa)+b", "(.*)(.*)(.*)(.*)(.*)x"]


@pytest.mark.parametrize("pattern", ENDLESS)
@pytest.mark.parametrize("faster", [1, 10])
def test_a_pattern_without_end_is_found_before_it_takes_without_end(pattern, faster, monkeypatch):
    # A machine ten times as fast does ten times as much in the time that a sound pattern may take.
    monkeypatch.setattr(patterns, "_SECONDS", 0.01 * faster)
    assert patterns.pattern_fault.__wrapped__(pattern) == "takes without end on some cells"


def test_the_patterns_of_the_data_are_sound():
    fields = [field for table in PACKAGE["resources"] for field in table["schema"]["fields"]]
    used = {field.get("constraints", {}).get("pattern", "") for field in fields}
    assert [pattern for pattern in used if patterns.pattern_fault.__wrapped__(pattern)] == []
