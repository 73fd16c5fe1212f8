"""Reactions: who has a place in the matrix, and what is shown of each."""

import pandas as pd
import pytest
from northland import EPISODE, dataset

from clashbook import reactions

COLUMNS = {
    "episode_id": EPISODE,
    "actor_id": "EAS",
    "date_start": "2021-05-02",
    "date_end": "",
    "date_precision": "day",
    "reported_on": "2021-05-02",
    "reported_precision": "day",
    "claimant": "Daily",
    "stance": "restraint",
    "toward": "both",
    "act": "appeal",
    "status": "done",
    "source_id": "daily",
    "locator": "para. 1",
    "relation": "",
    "related_reaction": "",
    "note": "",
}


def book(*rows: dict):
    data = dataset()
    outside = [
        ("EAS", "Eastland", "state"),
        ("PACT", "The Pact", "organisation"),
        ("crowd", "Crowd", "collective"),
    ]
    more = pd.DataFrame(outside, columns=["actor_id", "name", "kind"])
    data.tables["actors"] = pd.concat([data.actors, more], ignore_index=True)
    data.tables["reactions"] = pd.DataFrame(rows, columns=["reaction_id", *COLUMNS])
    data.tables["stances"] = pd.DataFrame(
        [("restraint", "Restraint"), ("military_support", "Military support")],
        columns=["stance", "label"],
    )
    data.tables["sources"] = pd.DataFrame([("daily", "Daily")], columns=["source_id", "publisher"])
    return data


def row(reaction_id: str, **columns: str) -> dict:
    return {"reaction_id": reaction_id, **COLUMNS, **columns}


def test_states_and_organisations_have_a_place_and_nobody_else():
    data = book(
        row("a"), row("b", actor_id="PACT"), row("c", actor_id="crowd"), row("d", actor_id="NOR")
    )
    assert set(reactions.placed(data, [EPISODE]).actor_id) == {"EAS", "PACT"}


def test_what_somebody_else_thinks_of_an_actor_has_no_place():
    assert reactions.placed(book(row("a", act="assessment")), [EPISODE]).empty


def test_a_repeat_is_not_a_second_act():
    data = book(row("a"), row("b", relation="repeats", related_reaction="a"))
    assert list(reactions.placed(data, [EPISODE]).reaction_id) == ["a"]


@pytest.mark.parametrize(
    ("relation", "standing"), [("disputes", "disputed"), ("reverses", "reversed")]
)
def test_what_another_row_disputes_or_reverses_is_shown_with_that(relation, standing):
    data = book(row("a", act="exercise"), row("b", relation=relation, related_reaction="a"))
    assert list(reactions.placed(data, [EPISODE]).standing) == [standing, "done"]
    assert reactions.deeds_done(data, EPISODE).empty


def test_what_was_done_before_the_episode_is_no_deed_in_it():
    data = book(
        row("a", act="arms", stance="military_support", toward="NOR")
        | {"date_start": "2021-04-01", "date_end": "2021-04-30"}
    )
    assert reactions.deeds_done(data, EPISODE).empty
    assert list(reactions.matrix(data, [EPISODE]).status) == ["before"]


def test_announced_is_not_done():
    data = book(row("a", act="mission", status="announced"))
    assert reactions.deeds_done(data, EPISODE).empty


def test_one_actor_may_hold_several_stances_and_words_and_deeds_are_marks_of_their_own():
    data = book(
        row("a"),
        row("b", act="exercise", stance="military_support", toward="NOR"),
        row("c", act="statement"),
    )
    frame = reactions.matrix(data, [EPISODE])
    assert list(zip(frame.stance, frame.words, frame.reactions, strict=True)) == [
        ("military_support", False, "b"),
        ("restraint", True, "a c"),
    ]


def test_an_actor_without_a_stance_in_an_episode_has_a_row_that_says_so():
    frame = reactions.matrix(book(row("a", stance="", toward="", act="talks")), [EPISODE])
    assert list(frame.text) == ["no stance found"]


def test_states_come_before_organisations_each_in_the_order_of_the_alphabet():
    data = book(row("a", actor_id="PACT"), row("b"))
    assert list(reactions.matrix(data, [EPISODE]).actor) == ["Eastland", "The Pact"]


def test_words_deeds_and_things_not_done_are_told_apart():
    data = book(
        row("a"),
        row("b", act="exercise", stance="military_support", toward="NOR"),
        row("c", act="cancelled", stance="", toward=""),
    )
    (told,) = reactions.words_and_deeds(data, [EPISODE]).itertuples()
    assert told.words == "appeal: Restraint toward both sides"
    assert told.deeds == "exercise: Military support toward Northland"
    assert told.not_done == "cancelled"


@pytest.mark.parametrize(
    ("columns", "days"),
    [
        ({}, "2 May 2021"),
        ({"date_end": "2021-05-04"}, "2 to 4 May 2021"),
        ({"date_end": "2021-05-04", "date_precision": "within"}, "between 2 and 4 May 2021"),
        ({"date_start": ""}, "by 2 May 2021"),
    ],
)
def test_the_days_of_an_act_are_as_exact_as_the_source(columns, days):
    (date,) = reactions.record(book(row("a", **columns)), [EPISODE]).date
    assert date.replace("\u00a0", " ") == days
