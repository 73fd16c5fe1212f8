"""The project's own rows: who is named as speaking, and what each row may leave unsaid."""

import re
from pathlib import Path

import pytest

from clashbook.analysis import timeline
from clashbook.dataset import tables

ROOT = Path(__file__).parent.parent
ROWS = ("claims", "reactions", "events")
# Texts that name no agency or outlet whose text they are, and whose they are to all appearance.
REPOSTS = {
    "moscowtimes-2020-07-16": ("The Moscow Times", "Eurasianet"),
    "afp-2022-09-13": (
        "unnamed site (text to all appearance after Agence France-Presse)",
        "Agence France-Presse",
    ),
}
TEXTS = [*(ROOT / "book").glob("*.md"), *(ROOT / "notebooks").glob("*.ipynb")]


@pytest.fixture(scope="module")
def data():
    return tables.load(ROOT / "data")


def row(frame, row_id):
    return frame.set_index(frame.columns[0]).loc[row_id]


# Who speaks


@pytest.mark.parametrize(("source", "speaker", "outlet"), [(s, *who) for s, who in REPOSTS.items()])
def test_a_repost_speaks_for_itself_and_not_for_whom_its_text_seems_to_be(
    data, source, speaker, outlet
):
    frames = [data.tables[table] for table in ROWS]
    said = {who for frame in frames for who in frame.claimant[frame.source_id == source]}
    assert speaker in said
    assert not {each for each in said - {speaker} if outlet in each}
    assert "to all appearance" in row(data.sources, source).origin
    assert outlet not in row(data.sources, source).publisher


def test_no_page_names_an_agency_as_the_speaker_of_a_text_that_does_not_name_it():
    for path in TEXTS:
        for sentence in re.split(r"(?<=[.:])\s", path.read_text("utf-8")):
            # Eurasianet's article of September 2022 is its own.
            if "Agence France-Presse" in sentence or (
                "Eurasianet" in sentence and "July" in sentence
            ):
                assert re.search("to all appearance|apparently", sentence), (
                    f"{path.name}: {sentence}"
                )


# Where a day is from


def test_every_clash_and_war_names_the_source_of_its_days(data):
    for episode in data.episodes[data.episodes.kind.isin(["clash", "war"])].itertuples():
        assert episode.start_source_id, episode.episode_id
        assert bool(episode.end) == bool(episode.end_source_id), episode.episode_id
    assert data.episodes.note[data.episodes.kind != "background"].all()


def test_every_source_says_how_its_day_is_known(data):
    assert set(data.sources.issued_basis) == {"shown", "address", "content", "limit"}
    shown = data.sources[data.sources.issued_basis == "shown"]
    assert "by" not in set(shown.issued_precision)


def test_a_source_is_described_without_what_came_after_it(data):
    for source in data.sources.itertuples():
        years = re.findall(r"\b(?:19|20)\d\d\b", source.note)
        assert max(years, default="") <= source.issued[:4], source.source_id


def test_every_row_of_a_document_has_its_place_in_it(data):
    extents = dict(zip(data.sources.source_id, data.sources.extent, strict=True))
    for table in ROWS:
        rows = data.tables[table]
        assert rows.locator[rows.source_id.map(extents) != ""].all(), table


def test_the_end_of_september_2022_is_known_once_a_source_gives_it(data):
    ends = {day: row(data.cut(day).episodes, "2022-09").end for day in ("2022-09-18", "2022-09-19")}
    assert ends == {"2022-09-18": "", "2022-09-19": "2022-09-14"}
    kinds = timeline.entries(data.cut("2022-09-19"), ["2022-09"]).set_index("events").act
    for ceasefire in ("2022-09-ceasefire-evening-bbabo", "2022-09-truce-qna"):
        assert kinds[ceasefire] == "ceasefire"


# What a row says


def test_only_people_in_the_fighting_and_what_is_theirs_are_told_apart_as_soldiers_and_civilians(
    data,
):
    domains = dict(zip(data.indicators.indicator, data.indicators.domain, strict=True))
    told_apart = set(data.claims.indicator[data.claims.population != ""].map(domains))
    assert told_apart == {"casualties", "humanitarian"}
    hurt = data.claims[data.claims.indicator.map(domains) == "casualties"]
    assert (hurt.population != "").all()


def test_a_period_of_wars_holds_the_wars_that_it_counts(data):
    wars = row(data.claims, "background-both-wars-fought-afp")
    first = row(data.events, "background-war-1990s-afp")
    assert wars.period_start <= first.date_start
    assert wars.period_end >= row(data.episodes, "2020-09").start


def test_both_soldiers_counts_of_14_july_are_known_on_that_day(data):
    counts = data.claims[data.claims.claim_id.str.startswith("2020-07-arm-killed-military-14-july")]
    assert set(counts.reported_on) == {"2020-07-14"}


def test_14_september_2022_has_reports_of_both_sides(data):
    frame = timeline.drawn(data.cut("2022-09-14"), ["2022-09"])
    day = frame[frame.date_start == "2022-09-14"]
    for lane in ("ground", "table"):
        assert set(day[day.lane == lane].actor) >= {"ARM", "AZE"}, lane
    said = row(data.events, "2022-09-aze-retaliation-14-sept-eur").what
    assert "only against firing points" in said
    assert "legitimate military targets" in said
    said = row(data.events, "2022-09-arm-retaliation-14-sept-eur").what
    assert "retaliatory measures, which the statement calls adequate" in said


@pytest.mark.parametrize(
    ("word", "events"),
    [
        ("targeted", "2020-07-shelling-chinari-mt 2020-07-shelling-alibeyli-mt"),
        ("said that (Armenia|Azerbaijan) ",
         "2020-07-start-account-arm-mod-hus 2020-07-start-account-aze-hus"),
        ("“large-scale provocation”",
         "2022-09-start-account-arm-gu 2022-09-start-account-aze-mfa-gu"),
    ],
)  # fmt: skip
def test_what_a_source_says_of_both_sides_alike_is_one_word_here(data, word, events):
    for each in events.split():
        assert re.search(word, row(data.events, each).what), each


def test_fire_whose_kind_a_source_does_not_say_is_called_neither_shelling_nor_drones(data):
    unsaid = data.events[data.events.note.str.contains("kind of fire is not said")]
    assert set(unsaid.kind) == {"under_fire"}


def test_of_a_misprint_the_note_says_what_is_wrong(data):
    assert data.claims.note[data.claims.status == "source_error"].all()


def test_the_threat_its_accusation_and_its_denial_stand_in_one_row(data):
    versions = timeline.versions(data, ["2020-07"])
    told = versions[versions.events.str.contains("metsamor")]
    assert len(told) == 1
    assert all(told[side].iloc[0] != timeline.NONE_FOUND for side in ("ARM", "AZE", "others"))


def test_an_appeal_is_no_account_of_how_the_fighting_began(data):
    rows = data.reactions
    appeals = rows[(rows.act == "appeal") & (rows.claimant_role == "own_side")]
    starts = data.events[data.events.kind == timeline.START]
    same = appeals.merge(starts, on=["source_id", "locator", "claimant"])
    assert same.empty


@pytest.mark.parametrize("country", ["arm", "aze"])
def test_the_places_under_fire_of_july_2020_are_villages(data, country):
    fire = timeline.under_fire(data, "2020-07")
    assert set(fire.place_id) & {"tavush", "tovuz"} == set()
    assert len(fire[fire.country == country.upper()].place_id.unique()) == 6


def test_each_side_names_places_under_fire_in_september_2022(data):
    fire = timeline.under_fire(data, "2022-09")
    named = fire.groupby("country").place_id.unique().map(set).to_dict()
    assert named["ARM"] == {"jermuk", "goris", "kapan", "sotk"}
    assert named["AZE"] == {"dashkasan", "kalbajar", "lachin"}
    said = dict(zip(fire.country, fire.claimant_role, strict=True))
    assert said == dict.fromkeys(("ARM", "AZE"), "opposing_side")


# What the methods say of the documents


def test_the_methods_say_that_no_core_document_is_official_as_long_as_none_is(data):
    sides = set(data.claims.claimant[data.claims.claimant_role.isin(["own_side", "opposing_side"])])
    of_clashes = set(data.claims.source_id[data.claims.indicator.isin(["killed", "wounded"])])
    core = data.sources[data.sources.core == "yes"]
    sources = core[core.source_id.isin(of_clashes)]
    official = sides & {*sources.publisher, *sources.origin}
    methods = (ROOT / "book" / "methods.md").read_text(encoding="utf-8")
    assert ("none is an official record" in methods) == (not official), official


# What was changed


def test_every_row_of_a_document_that_was_missing_is_among_the_corrections(data):
    corrected = set(data.corrections.row_id[data.corrections.date == "2026-11-28"])
    for added in ("2022-09-aze-statement-14-sept-eur", "2022-09-comparison-heaviest-eur",
                  "2022-09-both-fighting-length-qna", "2022-09-arm-rus-request-cmio"):  # fmt: skip
        assert added in corrected


def test_no_row_comes_back_under_an_id_that_was_taken_out(data):
    gone = re.findall(r"removed: (\S+)", " ".join(data.corrections.what_changed))
    assert gone
    known = {row_id for table in ROWS for row_id in data.tables[table].iloc[:, 0]}
    assert not known & set(gone)


def test_an_apostrophe_in_our_words_is_curved(data):
    as_printed = {"title", "url"}
    straight = [
        (table, column, value)
        for table, frame in data.tables.items()
        for column in frame.columns
        if column not in as_printed
        for value in map(str, frame[column])
        if "'" in value
    ]
    assert straight == []
