"""What pages and programs learn of all that is published: which state is newer, and what moved."""

import gzip
import json
from dataclasses import replace

import pytest
import states

from clashbook.files import ForeignFolderError
from clashbook.website import editions, published, releases


@pytest.fixture
def public(tmp_path):
    return states.Public(tmp_path)


def scripted(folder):
    script = (folder / "editions" / "editions.js").read_text()
    begin, end = "globalThis.clashbookEditions = JSON.parse(", ");\n"
    return json.loads(json.loads(script.removeprefix(begin).removesuffix(end)))


def test_a_state_that_is_alone_is_the_newest_of_the_latest_day(public):
    (state,) = public().values()
    assert (state["newest"], state["latest"], state["newer"]) == (True, True, "")
    assert (state["moved"], state["changed"], state["before"]) == ({}, [], "")
    pages = ["casualties.html", "cite.html", "claims.html", "exhibits/toll.html", "index.html"]
    assert state["pages"] == pages


def test_an_older_version_is_superseded_by_the_newest_of_its_day_and_that_by_the_latest(public):
    for day, version in (
        *(("2022-09-14", "1.0.0"), ("2022-09-14", "1.1.0"), ("2022-09-14", "1.10.0")),
        *(("2022-09-20", "1.0.0"), ("2022-09-20", "2.0.0")),
    ):
        told = public(day, version)
    assert {path: state["newer"].removeprefix("editions/") for path, state in told.items()} == {
        "2022-09-20/v2.0.0/": "",
        "2022-09-20/v1.0.0/": "2022-09-20/v2.0.0/",
        "2022-09-14/v1.10.0/": "2022-09-20/v2.0.0/",
        "2022-09-14/v1.1.0/": "2022-09-14/v1.10.0/",
        "2022-09-14/v1.0.0/": "2022-09-14/v1.10.0/",
    }
    assert [path for path, state in told.items() if state["newest"]] == [
        *("2022-09-20/v2.0.0/", "2022-09-14/v1.10.0/"),
    ]
    assert [state["latest"] for state in told.values()] == [True, True, False, False, False]


def test_each_page_is_told_how_many_of_its_own_numbers_moved(public):
    public()
    old = public(version="1.1.0", killed="50")["2022-09-20/v1.0.0/"]
    assert old["moved"] == {
        "index.html": {"numbers": 1},
        "casualties.html": {"numbers": 1},
        "claims.html": {"numbers": 1},
        "exhibits/toll.html": {},
    }
    old = public(version="1.2.0", killed="50", wounded="8")["2022-09-20/v1.0.0/"]
    assert old["moved"]["casualties.html"] == {"numbers": 2}
    assert old["moved"]["index.html"] == {"numbers": 1}


def test_a_figure_that_changed_is_told_to_its_chapter_and_its_own_page(public):
    public()
    old = public(version="1.1.0", drawn="51")["2022-09-20/v1.0.0/"]
    assert old["moved"]["casualties.html"] == {"exhibits": 1}
    assert old["moved"]["exhibits/toll.html"] == {"exhibits": 1}
    assert old["moved"]["index.html"] == {}


def test_rows_that_came_went_or_changed_are_told_to_the_page_that_lists_them(public):
    public(claims=["first,49", "second,1"])
    old = public(version="1.1.0", claims=["first,50", "third,2"])["2022-09-20/v1.0.0/"]
    assert old["moved"]["claims.html"] == {"rows": 3}


def test_the_day_that_an_edition_is_of_is_no_number_that_moved(public):
    public("2022-09-14")
    early = public()["2022-09-14/v1.0.0/"]
    assert not any(early["moved"].values())


def test_of_each_state_it_is_told_which_numbers_moved_since_the_one_before(public):
    public("2022-09-14", killed="20")
    public()
    told = public(version="1.1.0", killed="50")
    assert told["2022-09-20/v1.1.0/"]["before"] == "editions/2022-09-20/v1.0.0/"
    assert told["2022-09-20/v1.1.0/"]["changed"] == [
        {"id": "killed", "what": "Of killed", "before": "at least 49", "after": "at least 50"}
    ]
    (change,) = told["2022-09-20/v1.0.0/"]["changed"]
    assert (change["before"], change["after"]) == ("at least 20", "at least 49")


def test_what_was_worked_out_once_of_two_states_is_kept(public, monkeypatch):
    public()
    before = public(version="1.1.0", killed="50")
    calls = []
    monkeypatch.setattr(editions, "_moved", lambda *pair: calls.append(pair) or {})
    monkeypatch.setattr(editions, "_changed", lambda *pair: calls.append(pair) or [])
    releases.lay_out(public.folder.parent / "2022-09-20-1.1.0", public.folder)
    assert states.told(public.folder) == before
    assert calls == []


def test_a_state_of_an_earlier_version_of_the_code_is_told_nothing_that_it_did_not_say(public):
    public()
    state = public.folder / "editions/2022-09-20/v1.0.0"
    for name in ("exhibits.json", "data/datapackage.json"):
        (state / name).unlink()
    old = public(version="1.1.0", killed="50")["2022-09-20/v1.0.0/"]
    assert old["moved"]["index.html"] == {"numbers": 1}
    assert "exhibits/toll.html" not in old["moved"]


def test_pages_are_told_the_same_without_what_they_do_not_ask(public):
    public()
    told = public(version="1.1.0", killed="50")
    for state, same in zip(scripted(public.folder), told.values(), strict=True):
        assert state.items() <= same.items()
        assert "changed" not in state


def test_pages_published_before_still_learn_the_days(public):
    public("2022-09-14")
    days = public.folder / "editions" / "days.js"
    assert not days.exists(), "no page that is published asks for it"
    days.write_text('clashbookEditions(["2022-09-14"]);\n')
    public()
    assert days.read_text() == 'clashbookEditions(["2022-09-20", "2022-09-14"]);\n'


@pytest.mark.parametrize("name", ["editions.json", "editions.js"])
def test_a_list_of_others_is_not_written_over(public, tmp_path, name):
    path = public.folder / "editions" / name
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "mine")
    with pytest.raises(ForeignFolderError, match="was not published by clashbook"):
        public()
    assert not (public.folder / "editions/2022-09-20").exists()


def test_forty_states_of_a_book_are_light(tmp_path):
    pages = sorted(
        [*(f"page-{n}.html" for n in range(25)), *(f"exhibits/e-{n}.html" for n in range(70))]
    )
    markers = {}
    for n in range(40):
        day = f"2022-{9 - n % 9:02}-{28 - n // 9:02}"
        state = tmp_path / published.state(day, "1.0.0")
        states.site(state, day, "1.0.0", killed=str(n))
        for page in pages:
            (state / page).write_text("")
        markers[day] = [replace(states.MARK, as_of=day)]
    folder = tmp_path / "editions"
    editions.write(
        folder, editions.of(tmp_path, dict(sorted(markers.items(), reverse=True)), []), "x"
    )
    assert len(gzip.compress((folder / "editions.js").read_bytes())) < 50_000
