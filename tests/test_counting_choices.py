"""What a reader may choose, and the table of every answer that a choice can give."""

import random

import pytest
from northland import EPISODE, claim, dataset

from clashbook import counting
from clashbook.counting import SWITCHES, Choice
from clashbook.counting.answers import Dead, sides_of, ticks
from clashbook.counting.choosing import Table
from clashbook.counting.selection import families
from clashbook.dataset.tables import load

MINISTER = {"claimant": "Minister of Northland"}
PARLIAMENT = {"claimant": "Parliament of Northland"}
THEIRS = {"claimant": "Ministry of Southland", "claimant_role": "opposing_side"}
DAILY = {"claimant": "Daily", "claimant_role": "press"}
SAID = [
    claim("few", "exact", 5, reported_on="2021-05-02", **MINISTER),
    claim("more", "exact", 9, reported_on="2021-05-04", period_end="2021-05-04", **PARLIAMENT),
    claim("lost", "exact", 12, indicator="killed_or_missing", population="all", **PARLIAMENT),
    claim("theirs", "at_least", 30, reported_on="2021-05-03", **THEIRS),
    claim("paper", "at_least", 7, reported_on="2021-05-03", **DAILY),
    claim("south", "up_to", 4, party="SOU", population="all", claimant="Army of Southland"),
    claim("both", "at_least", 20, party="both", population="all", **DAILY),
]


def killed(choice, *claims, party="NOR", population="military"):
    count = counting.count(dataset(*claims), EPISODE, choice=choice)
    return count.toll("killed", party, population).text.replace("\u00a0", " ")


def switched(*names):
    return Choice(switches=frozenset(names))


def test_who_is_not_believed_has_said_nothing():
    assert killed(Choice(), *SAID[:2]) == "9"
    assert killed(Choice(frozenset(["Parliament of Northland"])), *SAID[:2]) == "5"
    assert killed(Choice(frozenset(["Minister of Northland"])), *SAID[:2]) == "9"


def test_what_an_unbelieved_speaker_had_replaced_is_back():
    newer = claim("newer", "exact", 6, updates="few", reported_on="2021-05-05", **PARLIAMENT)
    assert killed(Choice(), SAID[0], newer) == "6"
    assert killed(Choice(frozenset(["Parliament of Northland"])), SAID[0], newer) == "5"


def test_each_switch_does_what_it_says():
    assert killed(switched("other_side"), *SAID[:1], SAID[3]) == (
        "5 or at least 30 (sources differ)"
    )
    assert killed(switched("no_limits"), *SAID[:1]) == "at least 5"
    assert killed(switched("no_press"), SAID[4]) == ""
    assert killed(Choice(), SAID[4]) == "at least 7"
    whole = {"population": "all"}
    assert killed(Choice(), SAID[2], **whole) == "up to 12"
    assert killed(switched("missing_as_killed"), SAID[2], **whole) == "12"


def test_without_limits_a_count_up_to_a_number_says_nothing():
    assert killed(switched("no_limits"), SAID[5], party="SOU", population="all") == (
        "no number given"
    )


def test_what_is_left_out_by_choice_is_said_to_be():
    data = dataset(*SAID[:2])
    report = counting.report(
        data, EPISODE, why=True, choice=Choice(frozenset([*MINISTER.values()]))
    )
    assert report["choice"] == "without Minister of Northland"
    (left,) = report["left_out"]
    assert (left["claim"], left["rule"], left["name"]) == ("few", 0, "Choice")
    assert "choice" not in counting.report(data, EPISODE)


def test_every_switch_has_words():
    assert switched(*SWITCHES).words.count(";") == len(SWITCHES) - 1


def test_speakers_are_of_the_side_whose_authorities_they_are():
    dead = Dead(dataset(*SAID), EPISODE)
    assert sides_of(dead) == {
        "Minister of Northland": "NOR",
        "Parliament of Northland": "NOR",
        "Ministry of Southland": "SOU",
        "Army of Southland": "SOU",
        "Daily": "",
    }


def test_what_a_side_reports_that_others_said_goes_with_that_side():
    said = "Assembly of Nations (as reported by Northland)"
    heard = claim("heard", "at_least", 8, claimant=said, claimant_role="third_party")
    assert sides_of(Dead(dataset(heard), EPISODE)) == {said: "NOR"}


def test_each_speaker_has_one_tick():
    dead = Dead(dataset(*SAID), EPISODE)
    named = [speaker for tick in ticks(dead) for speaker in tick.speakers]
    assert sorted(named) == sorted({row["claimant"] for row in SAID})


def looked_up(table, party, left, switches, day):
    """An answer as a page looks it up: by bits alone."""
    places = []
    for side in table.sides.values():
        bits = sum(1 << bit for bit, number in enumerate(side.ticks) if number in left)
        setting = switches << len(side.ticks) | bits
        places.append(int(side.places[setting, table.dead.days.index(day)]))
    if party == "both":
        return table.dead.answer(party, table.together[table.joint[tuple(places)]]).toll
    own = table.sides[party].cells[places[list(table.sides).index(party)]]
    return table.dead.answer(party, own).toll


def counted_alike(table, rounds, seed):
    """Hold answers of settings drawn by chance against the count itself."""
    chance, dead = random.Random(seed), table.dead
    for _ in range(rounds):
        day, often = chance.choice(dead.days), chance.choice((0.1, 0.3, 0.6))
        left = [number for number in range(len(table.ticks)) if chance.random() < often]
        switches = chance.randrange(1 << len(SWITCHES))
        speakers = frozenset(name for number in left for name in table.ticks[number].speakers)
        names = frozenset(name for bit, name in enumerate(SWITCHES) if switches >> bit & 1)
        choice = Choice(speakers, names)
        count = counting.count(dead.data, dead.episode, day, choice=choice)
        for party in dead.sides:
            found = looked_up(table, party, left, switches, day)
            toll = count.toll("killed", party)
            assert (found.text, found.bounds) == (toll.text, toll.bounds), (
                party,
                day,
                choice.words,
            )


def test_the_table_holds_what_the_count_gives_for_every_choice():
    counted_alike(Table(Dead(dataset(*SAID), EPISODE)), rounds=200, seed=1)


def selected_apart(dead):
    """What counts of all claims, and of each family of them by itself."""
    day = dead.data.as_of
    apart = families(dead.claims.values(), dead.scope(day))
    found = [
        claim
        for family in apart
        for claim in dead.selected({key: dead.claims[key] for key in sorted(family)}, day)
    ]
    assert sorted(key for family in apart for key in family) == sorted(dead.claims)
    return dead.selected(dead.claims, day), sorted(found, key=lambda claim: claim.id), apart


def test_claims_that_do_not_meet_are_selected_apart():
    claims = [
        *SAID,
        claim("newer", "exact", 6, updates="few", reported_on="2021-05-05", **PARLIAMENT),
        claim("again", "exact", 6, repeats="newer", reported_on="2021-05-06", **DAILY),
        claim("plus", "exact", 1, adds_to="more", reported_on="2021-05-06", **PARLIAMENT),
        claim("late", "exact", 2, period_start="2021-05-09", period_end="2021-05-09", **DAILY),
        claim("whole", "exact", 9, period_start="2021-05-01", period_end="2021-05-10", **DAILY),
    ]
    whole, apart, found = selected_apart(Dead(dataset(*claims, end="2021-05-07"), EPISODE))
    assert whole == apart
    assert {"few", "newer", "again"} < next(family for family in found if "newer" in family)
    assert {"late", "whole"} <= next(family for family in found if "late" in family)
    assert {"both"} in found


@pytest.mark.parametrize("episode", ["2020-07", "2022-09"])
def test_the_book_s_claims_are_selected_apart(episode, pytestconfig):
    whole, apart, found = selected_apart(Dead(load(pytestconfig.rootpath / "data"), episode))
    assert whole == apart
    assert len(found) > len(whole) / 2


@pytest.mark.parametrize("episode", ["2020-07", "2022-09"])
def test_the_book_s_table_holds_what_the_count_gives(episode, pytestconfig):
    data = load(pytestconfig.rootpath / "data")
    counted_alike(Table(Dead(data, episode)), rounds=40, seed=2)
