"""Reactions: who is an outside actor, and what is shown of each."""

from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from northland import EPISODE, dataset

from clashbook.analysis import reactions, timeline
from clashbook.dataset.rows import Reaction
from clashbook.figures.exhibit import words
from clashbook.language import NO_BREAK
from clashbook.pages import data_tables, html, labels
from clashbook.pages.facts import Edition
from clashbook.prose import conditions, markdown
from clashbook.prose.numbers import Numbers

COLUMNS = {
    "episode_id": EPISODE,
    "actor_id": "EAS",
    "date_start": "2021-05-02",
    "date_end": "",
    "date_precision": "day",
    "reported_on": "2021-05-02",
    "reported_precision": "day",
    "claimant": "Daily",
    "claimant_role": "press",
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
        [
            ("restraint", "Restraint"),
            ("supports", "Supports"),
            ("military_support", "Military support"),
        ],
        columns=["stance", "label"],
    )
    data.tables["series"] = pd.DataFrame(columns=["series_id"])
    sources = pd.DataFrame([("daily", "Daily")], columns=["source_id", "publisher"])
    data.tables["sources"] = sources.assign(type="article-newspaper")
    return data


def told(data):
    """What each actor said and did, by the actors' ids."""
    return reactions.said_and_did(data, EPISODE).set_index("actor_id")


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


ARMS = {"act": "arms", "stance": "military_support", "toward": "NOR"}
MONTH_BEFORE = {"date_start": "2021-04-01", "date_end": "2021-04-30", "date_precision": "month"}
DAY_BEFORE = {"date_start": "2021-04-30"}
NO_DAY = {"date_start": "", "date_precision": ""}
# The fighting of the episode began on 1 May.
PERHAPS_BEFORE = {"date_start": "2021-04-15", "date_end": "2021-05-15", "date_precision": "within"}
NOT_OF_THE_EPISODE = [
    (MONTH_BEFORE, "before the clashes"),
    (DAY_BEFORE, "before the clashes"),
    (NO_DAY, "no day given"),
    (PERHAPS_BEFORE, "no day given"),
]


@pytest.mark.parametrize(("days", "label"), NOT_OF_THE_EPISODE)
def test_what_is_not_known_to_be_of_the_episode_is_in_no_count_of_it(days, label):
    numbers = Numbers(book(row("a", **ARMS, **days)))
    for number in (
        f"{EPISODE}-actors",
        f"{EPISODE}-actors-with-deeds",
        f"{EPISODE}-actors-military-support-nor",
        f"{EPISODE}-arms-toward-nor",
    ):
        assert numbers[number].low == 0, number
        assert numbers[number].reactions == (), number
    for names in ("actors-with-deeds", "actors-military-support-nor"):
        assert numbers[f"{EPISODE}-{names}-names"].text == "none"


@pytest.mark.parametrize(("days", "label"), NOT_OF_THE_EPISODE)
def test_what_is_not_known_to_be_of_the_episode_is_labelled_wherever_it_is_listed(days, label):
    data = book(row("a", **ARMS, **days))
    assert told(data).did["EAS"] == f"Military support (Northland) ({label})"
    assert reactions.record(data, [EPISODE]).act[0] == f"arms, {label}"


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"date_start": "2021-04-30", "date_end": "2021-05-03"},
        {"date_start": "2021-05-01", "date_end": "2021-05-31", "date_precision": "month"},
    ],
)
def test_what_was_done_once_the_episode_had_begun_is_counted_and_has_no_label(days):
    data = book(row("a", **ARMS, **days))
    assert Numbers(data)[f"{EPISODE}-actors-with-deeds"].low == 1
    assert told(data).did["EAS"] == "Military support (Northland)"


def test_a_disputed_act_from_before_the_episode_is_labelled_as_both():
    data = book(row("a", **ARMS, **DAY_BEFORE), row("b", relation="disputes", related_reaction="a"))
    said = reactions.record(data, [EPISODE]).set_index("reactions").act
    assert said["a"] == "arms, disputed, before the clashes"


def test_that_no_source_names_an_act_rests_on_every_act_whenever_and_by_whomever():
    number = Numbers(book(row("a", **ARMS, **MONTH_BEFORE), row("b", actor_id="crowd", **ARMS)))
    assert number["arms-toward-nor"].low == 2
    assert number["arms-toward-sou"].low == 0


def test_two_states_went_beyond_words_in_july_2020_as_the_working_paper_says(data):
    numbers = Numbers(data.cut("2020-09-26"))
    assert numbers["2020-07-actors-with-deeds-names"].text == "Russia and Turkey"
    assert numbers["2020-07-actors-with-deeds"].text == "two"
    counted = {
        reaction
        for number in ("actors", "actors-with-deeds", "actors-military-support-arm")
        for reaction in numbers[f"2020-07-{number}"].reactions
    }
    assert not counted & {"2020-07-srb-ammunition-sale-hus", "2020-07-srb-arms-hus"}


def test_a_count_of_either_clash_rests_on_no_act_from_before_it(data):
    start = data.episodes.set_index("episode_id").start
    days = data.reactions.set_index("reaction_id").date_start
    numbers = Numbers(data)
    for episode in ("2020-07", "2022-09"):
        for stance in data.stances.stance:
            for party in ("arm", "aze", "both"):
                number = numbers[f"{episode}-actors-{stance.replace('_', '-')}-{party}"]
                assert all(days[each] >= start[episode] for each in number.reactions), number.id


def test_announced_is_not_done():
    data = book(row("a", act="mission", status="announced"))
    assert reactions.deeds_done(data, EPISODE).empty


def test_what_was_said_and_what_was_done_are_told_apart_and_each_once():
    data = book(
        row("a"),
        row("b", act="exercise", stance="military_support", toward="NOR"),
        row("c", act="statement"),
        row("d", act="cancelled", stance="", toward=""),
    )
    assert dict(told(data).loc["EAS"]) == {
        "said": "Restraint (both sides)",
        "did": "Military support (Northland); cancelled",
        "reactions": "a c b d",
    }


def test_an_actor_that_only_spoke_has_nothing_found_that_it_did():
    assert told(book(row("a"))).did["EAS"] == "nothing found"


def test_the_words_that_the_rows_give_are_told_in_the_order_of_their_days_and_no_others():
    data = book(row("a"), row("b", date_start="2021-05-04"), row("c"))
    short = {"b": "offered to mediate", "c": "asked both to stop"}
    data.tables["reactions"]["summary"] = data.reactions.reaction_id.map(short).fillna("")
    assert told(data).said["EAS"] == "asked both to stop; offered to mediate"
    assert told(data).reactions["EAS"] == "c b"


def test_what_was_announced_and_carried_out_is_told_once():
    announced = row("a", act="mission", status="announced", stance="")
    data = book(announced, row("b", act="mission", stance="", relation="carries_out",
                               related_reaction="a"))  # fmt: skip
    assert told(data).did["EAS"] == "mission"
    assert told(book(announced)).said["EAS"] == "mission (announced)"


def test_a_meeting_that_was_held_is_told_as_done_and_one_that_was_only_called_as_said():
    held, called = row("a", act="convened", stance=""), row("a", act="convened", status="announced")
    assert told(book(held)).did["EAS"] == "convened"
    assert told(book(called)).did["EAS"] == "nothing found"


def test_actors_are_told_in_the_order_of_the_alphabet():
    assert list(told(book(row("a", actor_id="PACT"), row("b"))).index) == ["EAS", "PACT"]


def test_support_for_a_side_and_restraint_asked_of_it_are_not_said_alike():
    data = book(
        row("a", stance="restraint", toward="NOR"), row("b", stance="supports", toward="NOR")
    )
    assert told(data).said["EAS"] == "Restraint (asked of Northland); Supports (Northland)"


def test_powers_have_a_row_each_in_the_order_asked_for_and_a_line_for_words_and_one_for_deeds():
    data = book(row("a"), row("b", act="exercise", stance=""), row("c", actor_id="PACT"))
    frame = reactions.of_powers(data, [EPISODE, "background"], ["PACT", "EAS", "NOR"])
    assert list(frame.actor_id) == ["PACT", "EAS"]
    assert list(frame[EPISODE]) == [
        "Said: Restraint (both sides).",
        "Said: Restraint (both sides).\nDid: exercise.",
    ]
    assert list(frame.background) == ["nothing found"] * 2
    assert list(frame.reactions) == ["c", "a b"]


def test_every_summary_is_short_and_only_of_what_an_outside_actor_said_or_did(data):
    given = data.reactions[data.reactions.summary != ""]
    shown = set(reactions.placed(data, ["2020-07", "2022-09"]).reaction_id)
    assert len(given) > 50
    assert set(given.reaction_id) <= shown
    assert given.summary.str.split().str.len().max() <= 13


def test_a_session_that_was_called_and_cancelled_is_nowhere_said_to_have_met():
    data = book(
        row("a", act="convened", status="announced", stance="", toward=""),
        row("b", act="cancelled", relation="reverses", related_reaction="a", stance="", toward=""),
        row("c", act="convened", stance="", toward=""),
    )
    acts = reactions.record(data, [EPISODE]).set_index("reactions").act
    assert dict(acts) == {"a": "session called, cancelled", "b": "cancelled", "c": "convened"}
    assert told(data).said["EAS"] == "session called (cancelled)"
    assert told(data).did["EAS"] == "cancelled; convened"


@pytest.mark.parametrize(
    ("columns", "days"),
    [
        ({}, "2 May 2021"),
        ({"date_end": "2021-05-04"}, "2 to 4 May 2021"),
        ({"date_end": "2021-05-04", "date_precision": "within"}, "between 2 and 4 May 2021"),
        ({"date_start": ""}, "reported on 2 May 2021"),
        ({"date_start": "", "reported_precision": "by"}, "reported by 2 May 2021"),
    ],
)
def test_the_days_of_an_act_are_as_exact_as_the_source(columns, days):
    (date,) = reactions.record(book(row("a", **columns)), [EPISODE]).date
    assert date.replace("\u00a0", " ") == days


def test_an_act_without_a_day_comes_where_it_was_reported(data):
    frame = reactions.record(book(row("a", **NO_DAY), row("b", date_start="2021-05-01")), [EPISODE])
    assert list(frame.reactions) == ["b", "a"]


@pytest.fixture
def page(data):
    """The cells of each row on the page of the data, by its id and by heading, without links."""
    tables = {name: table.to_dict("records") for name, table in data.tables.items()}
    edition = Edition({}, tables=tables)
    links = {"noted": lambda _kind, key: key, "record_link": lambda _kind, _key: ""}

    def cells(name):
        values = data_tables.values(edition, name)
        folds = html.filled(f"{name}.html", **values, **links, edition=edition, labels=labels)
        elements = [node for fold in folds for node in fold.findall(html.Block)]
        rows = [node for node in elements if node["html_name"] == "tr"]
        heads = [head.astext() for head in rows[0]]
        return {row["ids"][0]: dict(zip(heads, row, strict=True)) for row in rows if row["ids"]}

    return cells


def test_chapter_and_data_page_put_every_row_into_the_same_words(page, data):
    shown = page("reactions")
    rows = reactions.record(data, list(data.episodes.episode_id))
    assert len(rows) > 50
    for row in rows.itertuples():
        when, _, stance, act, *_ = shown[row.reactions].values()
        assert ", ".join(part.astext() for part in act) == row.act
        assert (when.astext(), stance.astext()) == (row.date, row.stance)


def test_timeline_and_data_page_say_the_same_of_every_day(page, data):
    shown = page("events") | page("reactions")
    for row in words.put(data, timeline.entries(data, list(data.episodes.episode_id))).itertuples():
        first = getattr(row, f"{row.kind}s").split()[0]
        assert shown[first]["When"].astext() == row.date


def test_an_act_whose_day_of_report_is_known_is_not_said_to_be_reported_by_it(data):
    row = data.records(Reaction)["background-rus-base-gu"]
    assert row.when.replace(NO_BREAK, " ") == "reported on 13 September 2022"


def test_that_no_document_names_a_delivery_to_azerbaijan_is_refused_once_one_does(data):
    chapter = Path(__file__).parents[1] / "notebooks" / "reactions.ipynb"
    cells = nbformat.read(chapter, as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    (finding,) = [
        each
        for each in conditions.findings(markdown.read(text))
        if "names a delivery of arms to Azerbaijan" in each.text
    ]
    assert not conditions.broken(finding, Numbers(data))
    sale = data.reactions[data.reactions.reaction_id == "2020-07-srb-ammunition-sale-hus"]
    sale = sale.assign(reaction_id="2020-07-a-sale-before", actor_id="states", toward="AZE")
    rows = pd.concat([data.reactions, sale], ignore_index=True)
    more = replace(data, tables=data.tables | {"reactions": rows})
    assert "names a delivery" in conditions.broken(finding, Numbers(more))


def test_whoever_puts_off_a_step_that_a_side_wanted_has_the_same_stance(data):
    rows = data.reactions.set_index("reaction_id")
    for put_off in ("2020-07-csto-session-cancelled-mt", "2022-09-un-too-soon-eur"):
        assert tuple(rows.loc[put_off, ["stance", "toward"]]) == ("declined_to_act", "ARM")


def test_a_hope_is_no_announced_request(data):
    hoped = data.reactions[data.reactions.note.str.contains("hoped to")]
    assert "2022-09-arm-unsc-hope-eur" in set(hoped.reaction_id)
    assert not (hoped.status == "announced").any()
    assert not (hoped.act == "request").any()


def test_a_mission_to_one_side_looks_at_that_sides_ground(data):
    frame = reactions.placed(data, ["2022-09"])
    sent = frame[(frame.stance == "investigates") & (frame.actor_id == "CSTO")]
    assert set(sent.toward) == {"ARM"}
