"""What was checked a moment before is not checked again, and what changed since is."""

import pytest

from clashbook.dataset import checks
from clashbook.dataset.tables import DataError, load, vouch


@pytest.fixture
def checked(tmp_path):
    return tmp_path / "checked"


@pytest.fixture
def without_rules(monkeypatch):
    """Nothing can be checked: whoever tries fails."""

    def refuse(*_):
        pytest.fail("checked again")

    monkeypatch.setattr(checks, "against_schema", refuse)
    monkeypatch.setattr("clashbook.dataset.checks.package._against_the_standard", refuse)


def change(folder, old, new):
    path = folder / "claims.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_data_that_were_found_sound_are_only_read(folder, checked, request):
    first = load(folder, checked=checked)
    request.getfixturevalue("without_rules")
    assert load(folder, checked=checked) == first
    assert load(folder, checked=checked).warnings == first.warnings


def test_a_changed_cell_is_checked(folder, checked):
    load(folder, checked=checked)
    change(folder, ",exact,", ",exakt,")
    with pytest.raises(DataError, match="exakt"):
        load(folder, checked=checked)


def test_what_is_wrong_is_wrong_the_second_time_too(folder, checked):
    change(folder, ",exact,", ",exakt,")
    for _ in range(2):
        with pytest.raises(DataError, match="exakt"):
            load(folder, checked=checked)


def test_a_day_is_checked_whatever_is_known_of_the_data(folder, checked):
    load(folder, checked=checked)
    with pytest.raises(DataError, match="is not a date"):
        load(folder, "tomorrow", checked)


def test_warnings_are_given_the_second_time_too(folder, checked):
    change(folder, ",105,105,105,", ",1050,1050,1050,")
    first = load(folder, checked=checked).warnings
    assert first
    assert load(folder, checked=checked).warnings == first


def test_what_was_written_of_sound_data_is_not_checked_again(folder, checked, tmp_path, request):
    part = load(folder).select(["claims"], ["casualties"])
    part.write(tmp_path / "part")
    vouch(tmp_path / "part", checked)
    request.getfixturevalue("without_rules")
    assert load(tmp_path / "part", checked=checked) == part


def test_a_folder_that_cannot_be_written_remembers_nothing(folder, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert load(folder, checked=tmp_path / "file" / "checked") == load(folder)


def test_a_damaged_mark_is_no_mark(folder, checked):
    first = load(folder, checked=checked)
    for mark in checked.iterdir():
        mark.write_text("[", encoding="utf-8")
    change(folder, ",exact,", ",exakt,")
    with pytest.raises(DataError, match="exakt"):
        load(folder, checked=checked)
    change(folder, ",exakt,", ",exact,")
    assert load(folder, checked=checked) == first


def test_old_marks_make_room_for_new_ones(folder, checked, monkeypatch):
    monkeypatch.setattr("clashbook.kept._MOST", 3)
    for _ in range(5):
        change(folder, "Said ", "Said again ")
        load(folder, checked=checked)
    assert len(list(checked.iterdir())) == 3
