"""The timeline: what is one line, where it stands, and what stands beside it."""

import drawn
import pandas as pd
import pytest
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.text import Text
from northland import EPISODE, dataset

from clashbook.analysis import timeline
from clashbook.figures import charts
from clashbook.figures.charts import figure, style
from clashbook.figures.exhibit import words as worded
from clashbook.prose.numbers import Numbers

DAYS = {
    "episode_id": EPISODE,
    "date_start": "2021-05-02",
    "date_end": "",
    "date_precision": "day",
    "reported_on": "2021-05-02",
    "reported_precision": "day",
}
REST = {
    **{"status": "done", "source_id": "daily", "locator": "para. 1", "relation": "", "note": ""},
}
EVENT = {
    **DAYS,
    **{"kind": "shelling", "what": "A village was shelled.", "place_id": "", "party": "SOU"},
    **{"claimant": "Ministry of Northland", "claimant_role": "opposing_side"},
    **REST,
    "related_event": "",
}
REACTION = {
    **DAYS,
    **{"actor_id": "EAS", "speaker": "", "stance": "restraint", "toward": "both"},
    **{"act": "appeal", "addressed_to": "", "claimant": "Daily", "claimant_role": "press"},
    **REST,
    "related_reaction": "",
}
STANCES = [("restraint", "Restraint"), ("supports", "Supports")]
OUTSIDE = [
    ("EAS", "Eastland", "state"),
    ("crowd", "Crowd", "collective"),
    ("guru", "A guru", "commentator"),
]
GAP = "The time between is not drawn."
PLACES = [
    ("hill", "Hill", "NOR", "shire"),
    ("farm", "Farm", "NOR", "shire"),
    ("shire", "Shire", "NOR", "land"),
    ("land", "Land", "NOR", ""),
    ("dale", "Dale", "SOU", ""),
]


def event(event_id, **columns):
    return {"event_id": event_id, **EVENT, **columns}


def reaction(reaction_id, **columns):
    return {"reaction_id": reaction_id, **REACTION, **columns}


def book(*rows):
    data = dataset()
    made = {name: [row for row in rows if f"{name}_id" in row] for name in ("event", "reaction")}
    outside = pd.DataFrame(OUTSIDE, columns=["actor_id", "name", "kind"])
    more = {
        "actors": pd.concat([data.actors, outside], ignore_index=True),
        "events": pd.DataFrame(made["event"], columns=["event_id", *EVENT]),
        "reactions": pd.DataFrame(made["reaction"], columns=["reaction_id", *REACTION]),
        "stances": pd.DataFrame(STANCES, columns=["stance", "label"]),
        "places": pd.DataFrame(PLACES, columns=["place_id", "names", "country", "within"]),
        "series": pd.DataFrame(columns=["series_id"]),
    }
    data.tables.update(more)
    return data


def entries(*rows):
    data = book(*rows)
    return worded.put(data, timeline.entries(data, [EPISODE]))


def only(*rows):
    (entry,) = entries(*rows).itertuples()
    return entry


# What is one line


def test_what_repeats_another_record_is_one_line_with_every_claimant_and_id():
    entry = only(
        event("a"),
        event("b", claimant="Weekly", relation="repeats", related_event="a"),
        event("c", claimant="Weekly", relation="repeats", related_event="b"),
    )
    assert entry.events == "a b c"
    assert entry.claimant == "Ministry of Northland; Weekly"


def test_what_disputes_another_record_stands_beside_it_as_a_line_of_its_own():
    frame = entries(
        event("a", kind="account_of_start", party="NOR", claimant_role="own_side"),
        event("b", kind="account_of_start", party="SOU", claimant_role="own_side",
              relation="disputes", related_event="a"),
    )  # fmt: skip
    assert list(zip(frame.events, frame.beside, strict=True)) == [("a", "b"), ("b", "a")]
    assert list(frame.standing) == ["disputed", "disputed"]


def test_a_denial_disputes_what_it_denies_and_is_not_itself_disputed():
    frame = entries(
        event("a", kind="threat"), event("b", kind="denial", relation="disputes", related_event="a")
    ).set_index("events")
    assert dict(frame.standing) == {"a": "disputed", "b": ""}


def test_what_a_copy_disputes_its_original_disputes_too():
    frame = entries(
        event("a"),
        event("b", kind="lull"),
        event("c", kind="lull", relation="repeats", related_event="b"),
        event("d", kind="fighting", relation="disputes", related_event="c"),
    ).set_index("events")
    assert frame.beside["b c"] == "d"


def test_what_was_taken_back_is_shown_with_that():
    frame = entries(
        reaction("a"), reaction("b", relation="reverses", related_reaction="a")
    ).set_index("reactions")
    assert dict(frame.standing) == {"a": "reversed", "b": ""}


def test_a_session_that_was_called_and_cancelled_is_not_said_to_have_met():
    frame = entries(
        reaction("a", act="convened", status="announced"),
        reaction("b", act="cancelled", relation="reverses", related_reaction="a"),
    ).set_index("reactions")
    assert dict(frame.standing) == {"a": "cancelled", "b": ""}
    assert dict(frame.act) == {"a": "session called", "b": "cancelled"}
    assert "convened" not in frame.text["a"]


def test_background_is_not_on_the_axis():
    assert entries(event("a", episode_id="background")).empty


def test_before_anything_is_known_every_frame_is_empty():
    data = book()
    assert timeline.drawn(data, [EPISODE]).empty
    assert timeline.versions(data, [EPISODE]).empty
    assert Numbers(data)["clashes-entries"].text == "no of May\u00a02021"


# Whose it is, and in which lane


@pytest.mark.parametrize(
    ("party", "role", "name"),
    [
        ("SOU", "opposing_side", "Northland"),
        ("NOR", "opposing_side", "Southland"),
        ("SOU", "own_side", "Southland"),
        ("both", "press", "press and others"),
        ("SOU", "third_party", "press and others"),
        ("", "own_side", "Ministry of Northland"),
    ],
)
def test_what_happened_on_the_ground_is_the_account_of_whoever_says_so(party, role, name):
    entry = only(event("a", party=party, claimant_role=role))
    assert (entry.lane, entry.actor_name) == ("ground", name)


def test_what_a_side_says_is_its_own_act_whoever_reports_it():
    entry = only(event("a", kind="threat", party="SOU", claimant_role="press"))
    assert (entry.lane, entry.actor_name, entry.account) == ("table", "Southland", "")


@pytest.mark.parametrize(
    ("columns", "lane"),
    [
        ({}, "words"),
        ({"act": "exercise"}, "deeds"),
        ({"act": "cancelled"}, "undone"),
        ({"act": "omitted"}, "undone"),
        ({"actor_id": "crowd"}, "words"),
        ({"actor_id": "NOR", "stance": "", "toward": ""}, "table"),
        ({"act": "assessment"}, "views"),
        ({"actor_id": "guru"}, "views"),
    ],
)
def test_words_deeds_the_sides_own_appeals_and_views_have_lanes_of_their_own(columns, lane):
    assert only(reaction("a", **columns)).lane == lane


def test_a_view_of_an_actor_is_kept_apart_and_not_drawn():
    data = book(reaction("a", act="assessment"), reaction("b"))
    assert list(timeline.drawn(data, [EPISODE]).reactions) == ["b"]
    lanes = timeline.entries(data, [EPISODE]).set_index("reactions").lane
    assert lanes["a"] == "views"


def test_a_comparison_with_earlier_fighting_is_no_event_of_the_ground_and_no_view_of_an_actor():
    data = book(event("worst", kind="comparison", party="both", claimant_role="press"))
    assert timeline.drawn(data, [EPISODE]).empty
    assert list(timeline.entries(data, [EPISODE]).events) == ["worst"]


def test_an_error_of_a_source_is_said_to_be_one_and_not_drawn():
    data = book(event("a", status="source_error"))
    assert timeline.drawn(data, [EPISODE]).empty
    assert list(timeline.entries(data, [EPISODE]).standing) == ["source error"]


@pytest.mark.parametrize(
    ("row", "done"),
    [
        (event("a"), True),
        (event("a", kind="account_of_start"), False),
        (event("a", kind="negotiation"), True),
        (event("a", kind="negotiation", status="announced"), False),
        (reaction("a"), False),
        (reaction("a", act="mission"), True),
        (reaction("a", act="mission", status="announced"), False),
        (reaction("a", act="omitted"), False),
    ],
)
def test_what_is_said_announced_or_left_undone_is_not_done(row, done):
    assert only(row).done == done


def test_the_words_of_a_reaction_are_the_tables_own():
    entry = only(
        reaction("a", speaker="President of Eastland", addressed_to="The Pact",
                 stance="supports", toward="NOR")
    )  # fmt: skip
    assert entry.what == "President of Eastland: appeal (The Pact); supports (Northland)"
    assert entry.detail == "supports (Northland)"


def test_the_text_of_a_reaction_ends_with_what_the_source_holds_of_it():
    data = book(reaction("a", stance="", note="No day is given."), event("b", note="Our reading."))
    texts = worded.put(data, timeline.drawn(data, [EPISODE])).set_index("kind").text
    assert texts["reaction"] == "Eastland: appeal. No day is given."
    assert texts["event"] == "A village was shelled."


def test_a_speaker_whose_name_does_not_name_the_actor_stands_after_it():
    assert only(reaction("a", speaker="an aide", stance="")).what.startswith("Eastland, an aide: ")


# When


@pytest.mark.parametrize(
    ("columns", "date"),
    [
        ({}, "2 May 2021"),
        ({"date_end": "2021-05-04"}, "2 to 4 May 2021"),
        ({"date_end": "2021-05-04", "date_precision": "within"}, "between 2 and 4 May 2021"),
        ({"date_end": "2021-05-31", "date_precision": "month"}, "May 2021"),
        ({"date_start": ""}, "reported on 2 May 2021"),
    ],
)
def test_a_day_is_as_exact_as_the_source(columns, date):
    assert only(event("a", **columns)).date.replace("\u00a0", " ") == date


def test_a_span_stands_below_the_last_of_its_days_and_what_has_no_day_last():
    frame = entries(
        event("undated", date_start=""),
        event("span", date_start="2021-05-01", date_end="2021-05-02", date_precision="within"),
        event("second"),
        event("third", date_start="2021-05-03"),
    )
    assert list(frame.events) == ["second", "span", "third", "undated"]


def test_what_has_no_day_comes_after_every_episode():
    data = book(event("undated", date_start=""), event("later", episode_id="background"))
    assert list(timeline.entries(data, [EPISODE, "background"]).events) == ["later", "undated"]


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2021-04-01", "2021-04-30", True),
        ("2021-04-30", "", True),
        ("2021-04-30", "2021-05-01", False),
        ("", "", False),
    ],
)
def test_what_ended_before_the_episode_began_is_shown_as_before_it(start, end, before):
    data = book(event("a", date_start=start, date_end=end))
    (entry,) = worded.put(data, timeline.drawn(data, [EPISODE])).itertuples()
    assert entry.before == before
    assert entry.told == ("before the clashes, as stated" if before else "as stated")


@pytest.mark.parametrize(
    ("columns", "stated"),
    [
        ({}, "the same day"),
        ({"reported_on": "2021-05-09"}, "9 May 2021"),
        ({"reported_precision": "by"}, "by 2 May 2021"),
        ({"date_end": "2021-05-02", "date_start": "2021-05-01"}, "2 May 2021"),
    ],
)
def test_the_day_of_an_event_and_of_its_statement_are_kept_apart(columns, stated):
    assert only(event("a", **columns)).stated.replace("\u00a0", " ") == stated


# Side by side


def test_accounts_of_how_it_began_stand_next_to_each_other_by_side():
    start = {"kind": "account_of_start"}
    data = book(
        event("a", **start, party="NOR", claimant_role="own_side", what="They came."),
        event("b", **start, party="", claimant="Daily", claimant_role="press", what="Unclear."),
    )
    (row,) = timeline.versions(data, [EPISODE]).itertuples()
    assert row.NOR == "Ministry of Northland: They came."
    assert row.SOU == "no account found"
    assert row.others == "Daily: Unclear."
    assert row.events == "a b"


def test_a_speaker_who_is_the_claimant_is_named_once():
    data = book(
        event("x", kind="account_of_start"),
        reaction("a", act="exercise"),
        reaction("b", act="denial", speaker="Eastland's minister", stance="",
                 claimant="Eastland's minister", relation="disputes", related_reaction="a"),
    )  # fmt: skip
    told = timeline.versions(data, [EPISODE]).others[1].split("\n\n")
    assert told[0] == "Daily: Eastland: exercise; restraint (both sides)"
    assert told[1] == "Eastland's minister: denial"


def test_a_dispute_is_told_in_our_words_and_not_in_those_of_the_coding():
    data = book(
        event("x", kind="account_of_start"),
        reaction("a", act="exercise", note="Eastland held an exercise."),
        reaction("b", act="denial", relation="disputes", related_reaction="a", note="It was none."),
        reaction("c", act="assessment", note="It may have been."),
        reaction("d", act="denial", relation="disputes", related_reaction="c", note="Never."),
    )
    frame = timeline.versions(data, [EPISODE])
    assert [*frame.about] == ["how it began", "exercise and denial", "view and denial"]
    said = frame.others[1].split("\n\n")
    assert said == ["Daily: Eastland held an exercise.", "Daily: It was none."]


def test_a_text_that_names_its_speaker_first_has_no_name_before_it():
    start = {"kind": "account_of_start", "party": "NOR", "claimant_role": "own_side"}
    data = book(
        event("a", **start, what="The Ministry of Northland said so."),
        event("b", **start, claimant="authorities of Northland", what="Northland said so."),
    )
    (row,) = timeline.versions(data, [EPISODE]).itertuples()
    assert row.NOR.split("\n\n") == ["The Ministry of Northland said so.", "Northland said so."]


def test_several_accounts_of_one_side_are_paragraphs_of_one_cell():
    start = {"kind": "account_of_start", "party": "NOR", "claimant_role": "own_side"}
    data = book(event("a", **start, what="One."), event("b", **start, what="Two."))
    (row,) = timeline.versions(data, [EPISODE]).itertuples()
    assert row.NOR.split("\n\n") == ["Ministry of Northland: One.", "Ministry of Northland: Two."]


def test_a_dispute_is_one_row_whichever_of_the_two_comes_first():
    data = book(
        reaction("a", act="exercise"),
        reaction("b", act="denial", relation="disputes", related_reaction="a"),
        reaction("c"),
    )
    (row,) = timeline.versions(data, [EPISODE]).itertuples()
    assert set(row.reactions.split()) == {"a", "b"}


# Numbers


def test_accounts_of_how_it_began_are_counted_by_whose_they_are():
    start = {"kind": "account_of_start", "claimant_role": "own_side"}
    numbers = Numbers(
        book(
            event("a", **start, party="NOR"),
            event("b", **start, party="SOU"),
            event("c", **start, party="SOU"),
            event("d", kind="account_of_start", claimant_role="press"),
            event("e"),
        )
    )
    sides = ("nor", "sou", "others")
    counted = [numbers[f"{EPISODE}-accounts-of-start-{side}"] for side in sides]
    assert [one.best for one in counted] == [1, 2, 1]
    assert counted[1].events == ("b", "c")


def test_a_place_shelled_twice_is_one_place_under_fire():
    numbers = Numbers(
        book(event("a", place_id="hill"), event("b", place_id="hill"), event("c", kind="lull"))
    )
    assert numbers[f"{EPISODE}-places-under-fire-nor"].best == 1
    assert numbers[f"{EPISODE}-places-under-fire-sou"].best == 0


@pytest.mark.parametrize(
    ("named", "counted"),
    [
        (["shire"], 1),
        (["shire", "hill"], 1),
        (["shire", "hill", "farm"], 2),
        (["land", "hill"], 1),
        (["land", "shire"], 1),
    ],
)
def test_a_district_is_no_place_beside_a_place_within_it(named, counted):
    numbers = Numbers(book(*(event(place, place_id=place) for place in named)))
    assert numbers[f"{EPISODE}-places-under-fire-nor"].best == counted


def test_places_that_do_not_say_where_they_lie_are_counted_as_they_are():
    data = book(event("a", place_id="shire"), event("b", place_id="hill"))
    data.tables["places"] = data.places.drop(columns="within")
    assert len(timeline.under_fire(data, EPISODE)) == 2


# The drawing


@pytest.fixture
def _parties():
    with style.using(drawn.SIDES):
        yield


def marks_of(drawing):
    return [box for box in drawing.findobj(AnnotationBbox) if box.get_gid()]


def words(drawing):
    return [text.get_text().replace("\u00a0", " ") for text in drawing.findobj(Text)]


def plotted(frame, width=style.WIDE):
    return figure.plot(charts.timeline, frame, width)


@pytest.mark.usefixtures("_parties")
@pytest.mark.parametrize("width", [style.WIDE, style.PHONE])
def test_each_row_is_a_mark_that_leads_to_its_record(width):
    frame = drawn.days_and_deeds()
    assert len(marks_of(plotted(frame, width))) == len(frame)
    assert len(marks_of(plotted(frame.iloc[:-1], width))) == len(frame) - 1
    gids = {box.get_gid().partition("~")[0] for box in marks_of(plotted(frame, width))}
    assert {"event:shells", "reaction:call"} <= gids


@pytest.mark.usefixtures("_parties")
def test_a_mark_says_whose_it_is_and_when_and_what():
    labels = {box.get_label() for box in marks_of(plotted(drawn.days_and_deeds()))}
    told = "Armenia, 12\u00a0July\u00a02020: A village was shelled. Stated by Ministry of Defence, "
    assert f"{told}14\u00a0September\u00a02022" in labels


@pytest.mark.usefixtures("_parties")
@pytest.mark.parametrize("width", [style.WIDE, style.PHONE])
def test_where_moments_are_marked_these_alone_are_drawn_each_with_its_sentence(width):
    frame = drawn.days_and_deeds().assign(moment="")
    frame.loc[3, "moment"] = "Armenia reported a village shelled."
    drawing = plotted(frame, width)
    assert len(marks_of(drawing)) == 1
    shown = " ".join(filter(None, words(drawing)))
    assert shown == "Armenia July 2020 12 July Armenia reported a village shelled."


def test_each_clash_is_told_in_about_six_moments_and_every_sentence_says_who_or_what(data):
    frame = timeline.drawn(data, ["2020-07", "2022-09"])
    moments = frame[frame.moment != ""]
    assert set(moments.episode_id.value_counts()) <= {5, 6, 7, 8}
    assert (moments.date_start != "").all()
    assert moments.moment.str.endswith(".").all()
    given = pd.concat([data.events.moment, data.reactions.moment])
    assert sorted(given[given != ""]) == sorted(moments.moment)
