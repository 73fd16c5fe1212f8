"""Whose a number is: prose takes it from the claims that the number rests on."""

import re
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from northland import claim, dataset
from prose import passages

from clashbook import counting
from clashbook.dataset import attribution
from clashbook.prose import conditions
from clashbook.prose.numbers import REFERENCE, Numbers

DAY = "2025-12-31"
TOLL = re.compile(r"(?P<episode>\d{4}(-\d\d)?)-killed-(military|civilian|all)-[a-z]+")
HEADLINES = [
    (episode, party, population)
    for episode in ("2020-07", "2022-09")
    for party in ("ARM", "AZE", "both")
    for population in ("military", "all")
]
INVENTED = "Observers of the Quiet Border"
# Numbers that are by their definition of one claim, or of a side's own authorities.
FIXED = re.compile(r"^(said|day|fall)-|-own-count-|-by-|crisisgroup|ucdp")
RECORDS = re.compile(r"\{(event|reaction|claim|source)\}`[^`]*`")


def spoken(*claims, low=None, high=None):
    data = dataset(*claims)
    rows = attribution.of_rows(data, "claims", [row["claim_id"] for row in claims])
    return attribution.attribution(data, rows, low, high).replace("\u00a0", " ")


def test_offices_of_one_country_are_named_together():
    said = spoken(
        claim("first", "exact", 3, claimant="Security Council of Northland"),
        claim("second", "exact", 4, claimant="Ministry of Defence of Northland"),
    )
    assert said == "according to Northland’s Security Council and defence ministry"


def test_two_bodies_that_speak_as_one_are_both_named_and_a_ministry_of_two_things_is_one():
    for name, words in {
        "Ministry of Defence and Prosecutor’s Office": "defence ministry and Prosecutor’s Office",
        "Ministry of Roads and Bridges": "roads and bridges ministry",
    }.items():
        said = spoken(claim("first", "exact", 3, claimant=f"{name} of Northland"))
        assert said == f"according to Northland’s {words}"


def test_speakers_of_two_countries_are_told_apart():
    said = spoken(
        claim("first", "exact", 3, claimant="authorities of Northland"),
        claim("second", "exact", 4, claimant="Prime Minister of Northland"),
        claim("third", "exact", 4, claimant="authorities of Southland", party="SOU"),
    )
    assert said == (
        "according to Northland’s authorities and prime minister, and Southland’s authorities"
    )


def test_beside_authorities_it_says_what_an_outlet_or_an_organisation_is():
    rows = [
        claim("first", "exact", 3, claimant="authorities of Northland"),
        claim("second", "exact", 4, claimant="Daily"),
        claim("third", "exact", 4, claimant="Quiet Border Watch"),
        claim("fourth", "exact", 4, claimant="Aid"),
    ]
    data = dataset(*rows)
    data.tables["sources"] = pd.DataFrame(
        [
            ("daily", "Daily", "Daily", "newspaper", "Outlet of Northland"),
            ("watch", "Quiet Border Watch", "", "organisation", "Research organisation"),
            ("relief", "Relief", "Aid and Northern Aid", "organisation", ""),
        ],
        columns=["source_id", "publisher", "origin", "kind", "standpoint"],
    )

    def said(*names):
        return attribution.attribution(data, attribution.of_rows(data, "claims", names))

    assert said("first", "second", "third", "fourth") == (
        "according to Northland’s authorities, the news outlet Daily, "
        "the research organisation Quiet Border Watch and the organisation Aid"
    )
    assert said("second", "third") == "according to Daily and Quiet Border Watch"


def test_a_claimant_without_a_name_takes_an_article():
    for claimant, words in (
        ("author of the paper", "the author of the paper"),
        ("unnamed reports", "unnamed reports"),
        ("unnamed site", "an unnamed site"),
        ("scholar of the conflict", "a scholar of the conflict"),
        ("The Daily", "The Daily"),
    ):
        assert spoken(claim("one", "exact", 3, claimant=claimant)) == f"according to {words}"


def test_a_number_that_adds_counts_up_says_how_much_is_whose():
    claims = (
        claim("first", "exact", 8, claimant="authorities of Northland"),
        claim("second", "at_least", 3, claimant="The Daily"),
    )
    assert spoken(*claims, low=11) == (
        "according to Northland’s authorities (8) and The Daily (at least 3)"
    )
    # A range is no sum of what each of them counted.
    assert spoken(*claims, low=8, high=11) == ("according to Northland’s authorities and The Daily")


def test_a_number_without_claims_is_nobodys():
    assert spoken() == ""


def attributing(data):
    """The words by which a sentence says whose a number is, from the claims and their sources."""
    names = {*data.claims.claimant, *data.sources.publisher}
    offices = {name.rpartition(" of ")[0] for name in data.claims.claimant if " of " in name}
    common = {"authorities", "ministry", "Ministry", "officials", "Security Council", "outlet"}
    common |= {"according to", "own count", "working paper", "independent body"}
    words = filter(None, {*names, *offices, *common})
    return re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words), re.IGNORECASE)


def with_a_third_party(data, episode, party, population):
    """The data and an outside body's count of a toll, higher than the toll's lower limit."""
    toll = counting.count(data, episode).toll("killed", party, population)
    begin = data.episodes.set_index("episode_id").start[episode]
    row = claim(
        "invented",
        "at_least",
        (toll.bounds.low or 0) + 500,
        episode_id=episode,
        party=party,
        population=population,
        period_start=begin,
        period_end=begin,
        reported_on="2025-01-02",
        claimant=INVENTED,
        claimant_role="third_party",
        source_id=data.sources.source_id.iloc[0],
    )
    return added(data, row)


def with_a_later_own_count(data, episode, party):
    """The data and a side's own later count of its soldiers, by an office that nobody named yet."""
    own = data.claims[
        (data.claims.episode_id == episode)
        & (data.claims.party == party)
        & (data.claims.claimant_role == "own_side")
        & (data.claims.indicator == "killed")
        & (data.claims.population == "military")
        & (data.claims.status == "stated")
    ]
    newest = own.sort_values("reported_on").iloc[-1]
    row = claim(
        "invented",
        "exact",
        (newest.low or 0) + 1,
        episode_id=episode,
        party=party,
        period_start=data.episodes.set_index("episode_id").start[episode],
        period_end=newest.period_end,
        reported_on="2025-01-02",
        claimant=INVENTED,
        source_id=newest.source_id,
        updates=newest.claim_id,
    )
    return added(data, row)


def added(data, row):
    claims = pd.concat([data.claims, pd.DataFrame([row])], ignore_index=True)
    return replace(data, tables={**data.tables, "claims": claims})


def wrongly_attributed(before, after):
    """The sentences that a build would print although they give a number to somebody else."""
    numbers, attributes = Numbers(after), attributing(before)
    wrong = []
    for passage, sentence, killed in counting_the_killed():
        if not any("invented" in numbers[key].claims for key in killed):
            continue
        held = [conditions.Finding(passage.place, each, "") for each in passage.conditions]
        # A sentence whose condition is broken stops the build.
        if not any(conditions.broken(each, numbers) for each in held):
            words = RECORDS.sub("", REFERENCE.sub("", sentence))
            wrong += [f"{passage.place}: {numbers.resolve(sentence)}"] * bool(
                attributes.search(words)
            )
    return wrong


@cache
def counting_the_killed():
    """Sentences with the numbers of killed in them that follow from claims, whoever makes these."""
    found = []
    for passage in passages(DAY):
        for sentence in passage.sentences:
            ids = {key for _, key in REFERENCE.findall(sentence) if "killed" in key}
            killed = {key for key in ids if not FIXED.search(key)}
            found += [(passage, sentence, killed)] * bool(killed)
    return found


@pytest.mark.parametrize(("episode", "party", "population"), HEADLINES)
def test_a_third_partys_count_of_a_headline_is_given_to_nobody_else(
    data, episode, party, population
):
    assert wrongly_attributed(data, with_a_third_party(data, episode, party, population)) == []


@pytest.mark.parametrize("episode", ["2020-07", "2022-09"])
@pytest.mark.parametrize("party", ["ARM", "AZE"])
def test_a_later_own_count_of_a_headline_is_given_to_nobody_else(data, episode, party):
    assert wrongly_attributed(data, with_a_later_own_count(data, episode, party)) == []


@pytest.mark.parametrize("episode", ["2020-07", "2022-09"])
@pytest.mark.parametrize("party", ["ARM", "AZE"])
def test_the_landing_page_names_who_counted_each_sides_toll(data, episode, party):
    numbers = Numbers(with_a_third_party(data, episode, party, "all"))
    key = f"{episode}-killed-all-{party.lower()}"
    (said,) = [each for each in passages(DAY) if f"{{attribution}}`{key}`" in each.text]
    assert said.place == "index.md"
    assert INVENTED in numbers.resolve(said.text)


def test_a_passage_that_rests_on_one_episode_names_it(data):
    names = dict(zip(data.episodes.episode_id, data.episodes["name"], strict=True))
    nameless = []
    for passage in passages(DAY):
        ids = {each for held in passage.conditions for each in conditions.referred(held)}
        rested_on = {episode for episode in names for key in ids if key.startswith(f"{episode}-")}
        text = Numbers(data).resolve(passage.text).replace("\u00a0", " ")
        nameless += [f"{passage.place}: {text}" for each in rested_on if names[each] not in text]
    assert nameless == []


def test_a_toll_is_printed_with_the_day_of_its_newest_statement(data):
    said = list(passages(DAY))
    dated = {newest for each in said for newest in re.findall(r"`([\w-]+-newest-\w+)`", each.text)}
    undated = [
        f"{passage.place}: {passage.text}"
        for passage in said
        for key in passage.numbers
        if TOLL.fullmatch(key)
        and not re.search(r"`[\w-]+-newest-\w+`|`day-", passage.text)
        and not (passage.place == "index.md" and _of_dated_sides(key, dated))
    ]
    assert undated == []


def _of_dated_sides(key, dated):
    """Whether a toll is of both sides together, or a part of one, and the sides' days are said."""
    episode = TOLL.fullmatch(key)["episode"]
    return {f"{episode}-killed-all-newest-{party}" for party in ("arm", "aze")} <= dated


def test_no_heading_caption_or_passage_says_as_known_on(data):
    assert [each for each in passages(DAY) if "as known on" in each.text.casefold()] == []
