"""What changed from each published state to the next: a page and a JSON for each step, once."""

import json

import jsonschema
import pytest
import small
from lxml import html

from clashbook.figures import exhibit
from clashbook.files import ForeignFolderError
from clashbook.website import history, releases

FIRST, SECOND = "2022-09-14", "2022-09-20"
TOLL = "2022-09-killed-all-arm"
REPLACED = (
    "Killed, soldiers, Armenia: 105 (Government of Armenia, 15 September 2022) replaces 49 "
    "(Government of Armenia, 13 September 2022)"
)
COUNTED = "Numbers of the text that moved, are new or no longer given: 1."
STEP = f"{FIRST}-v1.0.0--{SECOND}-v1.0.0"


def number(text, claim, left_out=()):
    low = float(text)
    return {
        **{"id": TOLL, "text": text, "low": low, "best": low, "high": low, "unit": "persons"},
        **{"what": "Killed, Armenia", "claims": [claim], "used_on": ["casualties.html"]},
        "steps": [{"toll": TOLL, "end": "low", "value": low, "rule": 6, "claims": [claim]}],
        "left_out": [
            {"claim": one, "rule": 2, "reason": "its side gave a newer count", "by": [claim]}
            for one in left_out
        ],
    }


@pytest.fixture
def publish(tmp_path):
    def made(as_of, version, numbers, claims):
        site = tmp_path / f"site-{as_of}-{version}"
        rows = small.tables()
        rows["claims"] = [row for row in rows["claims"] if row["claim_id"] in claims]
        small.write(site / "data", rows)
        mark = {"as_of": as_of, "version": version, "title": "A <book>", "issued": "2023-01-31"}
        mark |= {"digest": "d", "latest": as_of == SECOND, "focus": ["2022-09"]}
        (site / ".clashbook").write_text(json.dumps(mark))
        (site / "numbers.json").write_text(json.dumps({"numbers": numbers}))
        link = f'<a href="claims.html#number-{TOLL}">{numbers[0]["text"]}</a>'
        page = f'<h1>Dead<a href="#">#</a></h1><p id="at-1">There were {link} dead.</p>'
        text = f'<article class="bd-article">{page}</article>'
        (site / "casualties.html").write_text(text)
        releases.lay_out(site, tmp_path / "public")
        return tmp_path / "public/editions"

    return made


@pytest.fixture
def first(publish):
    return publish(FIRST, "1.0.0", [number("49", "first")], ["first"])


@pytest.fixture
def second(first, publish):
    after = [number("105", "second", ["first"])]
    return publish(SECOND, "1.0.0", after, ["first", "second"])


def texts(page):
    return [" ".join(one.text_content().split()) for one in page.iter("li", "h1", "h3", "p")]


def parsed(path):
    return html.document_fromstring(path.read_bytes())


def test_the_first_state_has_nothing_before_it(first):
    page = parsed(first / "changes.html")
    assert texts(page)[-1].endswith("the first edition. Nothing comes before it.")
    assert not (first / "changes").exists()


def test_a_step_says_what_moved_and_by_which_rule_and_leads_to_both_states(second):
    page = parsed(second / "changes" / f"{STEP}.html")
    lines = texts(page)
    assert any(line.startswith("Killed, Armenia: 49 → 105") for line in lines)
    assert f"{REPLACED}, by rule 2 (Update)." in lines
    links = {link.get("href") for link in page.iter("a")}
    assert f"../{FIRST}/v1.0.0/index.html" in links
    assert f"../{SECOND}/v1.0.0/claims.html#number-{TOLL}" in links
    assert f"../{SECOND}/v1.0.0/claims.html#first" in links
    assert f"../{SECOND}/v1.0.0/casualties.html#at-1" in links
    section = page.get_element_by_id("casualties")
    assert section.findtext("h3/a") == "Dead"
    assert section.findtext("details/summary") == "Moved: 1; new: 0; no longer given: 0"
    assert not page.xpath("//script | //*[@style]")


def test_the_list_says_how_much_moved_in_each_step(second):
    page = parsed(second / "changes.html")
    (line, _) = [one for one in texts(page) if one.startswith(("To", "14"))]
    assert f"{COUNTED} Claims that are new, changed or no longer there: 1." in line
    assert f"changes/{STEP}.html" in {link.get("href") for link in page.iter("a")}
    listed = parsed(second / "index.html")
    assert "changes.html" in {link.get("href") for link in listed.iter("a")}


def test_list_page_and_feed_count_the_same_numbers(first, publish):
    own = {"id": "as-of", "text": SECOND, "what": "Day", "used_on": ["casualties.html"]}
    publish(SECOND, "1.0.0", [number("105", "second"), own], ["first", "second"])
    (state,) = [
        state
        for state in json.loads((first / "editions.json").read_text("utf-8"))["states"]
        if state["as_of"] == SECOND
    ]
    assert len(state["changed"]) == 1
    assert COUNTED in " ".join(texts(parsed(first / "changes.html")))
    assert COUNTED in " ".join(texts(parsed(first / "changes" / f"{STEP}.html")))
    assert "data version 1.0.0): 1." in (first / "feed.xml").read_text("utf-8").replace("\xa0", " ")


def test_the_json_of_a_step_keeps_to_its_schema(second):
    content = json.loads((second / "changes" / f"{STEP}.json").read_text("utf-8"))
    jsonschema.validate(content, exhibit.SCHEMAS["schemas/differences.json"])
    assert history.tally(content) == {"claims": 1, "exhibits": 0, "corrections": 0}


def test_a_step_is_worked_out_once_and_kept(second, publish):
    kept = second / "changes" / f"{STEP}.html"
    kept.write_text("kept")
    publish(SECOND, "1.1.0", [number("106", "second", ["first"])], ["first", "second"])
    assert kept.read_text() == "kept"
    steps = sorted(path.stem for path in (second / "changes").glob("*.html"))
    leap = f"since-{FIRST}-v1.0.0"
    assert steps == [STEP, f"{SECOND}-v1.0.0--{SECOND}-v1.1.0", leap]


def test_an_older_state_has_one_page_of_all_that_changed_since_up_to_the_newest(second, publish):
    assert not [*second.glob("changes/since-*")], "the newest follows right after it"
    page = second / "changes" / f"since-{FIRST}-v1.0.0.html"
    for version, killed in (("1.1.0", "106"), ("1.2.0", "107")):
        publish(SECOND, version, [number(killed, "second", ["first"])], ["first", "second"])
        lines = texts(parsed(page))
        assert lines[0] == "What changed since 14 September 2022"
        assert f"to 20 September 2022, data version {version}." in lines[1]
        assert any(line.startswith(f"Killed, Armenia: 49 → {killed}") for line in lines)
    links = {link.get("href") for link in parsed(second / "changes.html").iter("a")}
    assert f"changes/{page.name}" in links
    assert not any("JSON" in line for line in lines), "its numbers are in the steps' files"


def test_a_step_whose_page_was_lost_is_written_again(second, publish):
    (second / "changes" / f"{STEP}.html").unlink()
    publish(SECOND, "1.0.0", [number("105", "second", ["first"])], ["first", "second"])
    assert (second / "changes" / f"{STEP}.html").is_file()


def test_a_state_that_cannot_be_read_is_said_and_stops_nothing(first, publish):
    (first / FIRST / "v1.0.0" / "numbers.json").write_text("{")
    publish(SECOND, "1.0.0", [number("105", "second")], ["first", "second"])
    line = next(one for one in texts(parsed(first / "changes.html")) if one.startswith("To"))
    assert line.endswith("We could not compare these two: one cannot be read.")
    assert not (first / "changes").exists()


def test_many_rows_stay_on_a_light_page_and_whole_in_the_json(first, publish, monkeypatch):
    monkeypatch.setattr(history, "_MOST", {"rows": 1, "behind": 1})
    claims = ["first", "second", "copy", "other-side"]
    publish(SECOND, "1.0.0", [number("105", "second")], claims)
    lines = texts(parsed(first / "changes" / f"{STEP}.html"))
    assert "And 2 more. All are in the file for programs." in lines
    content = json.loads((first / "changes" / f"{STEP}.json").read_text("utf-8"))
    assert history.tally(content)["claims"] == 3


def test_what_others_put_there_is_refused_before_anything_is_done(first, publish, tmp_path):
    (first / "changes.html").write_text("mine")
    with pytest.raises(ForeignFolderError, match="was not published by clashbook"):
        publish(SECOND, "1.0.0", [number("105", "second")], ["first", "second"])
    assert (first / "changes.html").read_text() == "mine"
    assert not (first / SECOND).exists()


def test_a_link_in_the_place_of_the_steps_is_refused(first, publish, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (first / "changes").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ForeignFolderError, match="remove it yourself"):
        publish(SECOND, "1.0.0", [number("105", "second")], ["first", "second"])
    assert not [*(tmp_path / "elsewhere").iterdir()]
