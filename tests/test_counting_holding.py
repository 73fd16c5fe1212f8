"""What a headline number hangs on: each claim, speaker and source left out, each row read anew."""

from dataclasses import replace

import pandas as pd
from northland import EPISODE, claim, dataset

from clashbook.counting.answers import Dead
from clashbook.counting.holding import changes, hangs_on, readings, report

MINISTER, ARMY = {"claimant": "Minister of Northland"}, {"claimant": "Army of Northland"}
SAID = [
    claim("first", "at_least", 5, **MINISTER),
    claim("second", "at_least", 9, **ARMY),
    claim("third", "at_least", 9, **MINISTER),
]


def found(*claims):
    changed = changes(Dead(dataset(*claims), EPISODE))
    return {(c.kind, c.name, c.party): c.toll.text.replace("\u00a0", " ") for c in changed}


def test_two_who_say_the_same_hold_a_number_up_without_either():
    assert not any(kind in ("claim", "speaker") for kind, *_ in found(*SAID))


def test_a_number_that_one_claim_holds_up_says_what_is_left_without_it():
    alone = found(*SAID[:2])
    assert alone["claim", "second", "NOR"] == "at least 5"
    assert alone["speaker", "Army of Northland", "NOR"] == "at least 5"
    assert ("claim", "first", "NOR") not in alone
    assert {(one.party, one.name) for one in hangs_on(Dead(dataset(*SAID[:2]), EPISODE))} == {
        ("NOR", "second"),
        ("both", "second"),
    }


def test_without_its_only_source_nothing_is_left():
    assert found(*SAID)["source", "daily", "NOR"] == ""
    (row, *_) = report(dataset(*SAID[:1]), EPISODE)
    assert row == {
        **{"party": "NOR", "reported": "at least 5", "kind": "claim"},
        **{"name": "first", "text": "no figure found"},
    }


def test_a_row_is_read_as_another_coder_might():
    data = dataset(*SAID[:2])
    rows = [
        ("as-civilians", "second", "population", "civilian", "They may be civilians."),
        ("as-exact", "second", "qualifier", "about", "It may be a guess."),
        ("as-other", "first", "relation", "repeats second", "It may be the same."),
    ]
    frame = pd.DataFrame(rows, columns=["alternative_id", "claim_id", "column", "value", "why"])
    other = replace(data, tables=data.tables | {"alternatives": frame})
    read = readings(Dead(other, EPISODE))
    assert read["as-civilians"].quantity.population == "civilian"
    assert read["as-exact"].bounds.low is None
    assert (read["as-other"].relation, read["as-other"].related) == ("repeats", "second")
    changed = {
        change.name: change.toll.text
        for change in changes(Dead(other, EPISODE))
        if change.kind == "reading" and change.party == "NOR"
    }
    assert changed["as-civilians"].replace("\u00a0", " ") == "at least 14"
