"""A book tells of its sides alike: let them exchange names and places, and it says the same."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hostile
import pytest
import small
import swapped

ROOT = Path(__file__).parent.parent
CELLS = (
    """from clashbook.analysis import economy, places, statements
tell = dict(title="Killed: {number}`2022-09-killed-military-arm`", subtitle="", note="", alt="It.")
frame = casualties.by_episode(data, list(data.episodes.episode_id), "killed", book.focus)
book.figure("drawn", charts.range_bars, frame, **tell)""",
    """book.figure("days", charts.timeline, timeline.drawn(data, book.focus), **tell)""",
    """frame = statements.own_counts(data, "2022-09", ["military"])
book.figure("by-day", charts.counts_by_day, frame, **tell)""",
    """frame = statements.by_day(data, "2022-09")
book.figure("who-said-what", charts.who_said_what, frame, **tell)""",
    """frame = economy.shaded(data, book.series("growth"), [])
book.figure("lines", charts.lines, frame, **tell)""",
    """book.figure("places", charts.places_map, places.named(data, book.focus), **tell)""",
    """book.table("said", casualties.every_claim(data, "2022-09"), **tell,
        columns={"party_name": "Side", "text": "Number", "claimant": "According to"})""",
    """book.table("versions", timeline.versions(data, book.focus), **tell,
        columns={"about": "What", "ARM": "Armenia", "AZE": "Azerbaijan", "others": "Others"})""",
)


def rows():
    """The small dataset, and more of both sides: each says something first, and something more."""
    made = small.tables()
    aze = {"party": "AZE", "claimant": "Government of Azerbaijan"}
    made["claims"] += [
        small.claim("aze-first", **aze, indicator="missing", low="3", best="3", high="3"),
        small.claim("arm-missing", indicator="missing", low="5", best="5", high="5"),
        small.claim("aze-on-arm", **aze | {"party": "ARM"}, claimant_role="opposing_side",
                    low="200", best="200", high="200", population="all"),
        small.claim("more", party="AZE", claimant="Ministry of Azerbaijan", low="71", best="71",
                    high="71", reported_on="2022-09-15", period_end="2022-09-15",
                    relation="updates", related_claim="other-side"),
        # Two of one day, which their ids tell apart.
        *(small.claim(f"{party.lower()}-later", party=party, claimant=f"Government of {name}",
                      low=low, best=low, high=low, reported_on="2022-09-17",
                      period_end="2022-09-17", relation="updates", related_claim=before)
          for party, name, low, before in (("ARM", "Armenia", "110", "second"),
                                           ("AZE", "Azerbaijan", "80", "more"))),
    ]  # fmt: skip
    made["series"].append(made["series"][0] | {"series_id": "growth-there", "party": "AZE"})
    made["observations"] += [
        {"series_id": "growth-there", "period": "2020-05", "best": "-4.5"},
        {"series_id": "growth-there", "period": "2020-06", "best": "2.5"},
    ]
    made["places"].append(made["places"][0] | {
        "place_id": "tovuz", "names": "Tovuz", "country": "AZE", "latitude": "40.992",
        "longitude": "45.628", "gazetteer_id": "584429"})  # fmt: skip
    made["events"] += [
        small.event("shells-there", **aze, place_id="tovuz", what="Shells fall there too."),
        *(small.event(f"start-{party.lower()}", kind="account_of_start", party=party, place_id="",
                      claimant=f"Government of {name}", what="The other side began.")
          for party, name in (("AZE", "Azerbaijan"), ("ARM", "Armenia"))),
    ]  # fmt: skip
    made["reactions"].append(
        small.reaction("french", actor_id="FRA", claimant="France", toward="AZE")
    )
    return made


@pytest.fixture(scope="module")
def sites(tmp_path_factory, monkeypatch_module):
    folder = tmp_path_factory.mktemp("fairness")
    monkeypatch_module.setattr(hostile, "CELLS", CELLS)
    hostile.project(folder / "book", ROOT, rows())
    projects = swapped.pair(folder / "book", folder)
    with ThreadPoolExecutor() as workers:
        return [*workers.map(swapped.build, projects)]


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_a_book_whose_sides_exchange_names_and_places_says_and_shows_the_same(sites):
    assert list(swapped.differences(*sites)) == []


def test_the_two_books_are_not_one(sites):
    first, second = (site / "exhibits" / "drawn.csv" for site in sites)
    assert first.read_text("utf-8") != second.read_text("utf-8")
    assert len([*first.parent.glob("*.svg")]) == 6
