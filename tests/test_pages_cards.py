"""The card of each number and claim: what it says, and that it is made of the data alone."""

import json
from dataclasses import replace

import pytest
import small
from test_pages_claims import NUMBERS, stage

from clashbook.formats import citation
from clashbook.pages import cards, labels, sentences
from clashbook.pages.facts import Edition
from clashbook.prose.numbers import Number

WHOLE = {"id": "book", "type": "book", "title": "Book", "edition": "Version 1"}
HOSTILE = "</script><b>“x” & 'y'"


def read(folder, rows=None, ids=NUMBERS):
    return Edition.read(stage(folder, rows, ids) / "_clashbook")


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    rows = {"claims": small.tables()["claims"]}
    rows["claims"] += [
        small.claim("misprint", low="490", best="490", high="490", status="source_error")
    ]
    return read(tmp_path_factory.mktemp("cards") / "stage", rows)


def items(edition, url=""):
    """An item for each thing that has a card."""
    found = {key: f"claims.html#{key}" for key in edition.claims}
    found |= {key: f"claims.html#number-{key}" for key in edition.numbers}
    ours = {
        key: citation.of_part(WHOLE, key, key, f"{url}{place}" if url else "", place)
        for key, place in found.items()
    }
    return ours | {row["source_id"]: citation.of_source(row) for row in edition.table("sources")}


def loaded(script):
    """The name and the content that a card's file calls with."""
    assert script.startswith("clashbookCard(")
    assert script.endswith(");\n")
    return json.loads(f"[{script.removeprefix('clashbookCard(').removesuffix(');' + chr(10))}]")


def plain(text):
    return text.replace("\u00a0", " ")


def test_every_number_and_every_claim_has_a_card_by_the_name_that_pages_ask_for(edition):
    made = cards.scripts(edition, items(edition))
    asked = {labels.card(number) for number in edition.numbers.values()}
    series = {f"series-{row['series_id']}" for row in edition.table("series")}
    assert {name.removesuffix(".js") for name in made} == asked | set(edition.claims) | series
    for name, script in made.items():
        assert f"{loaded(script)[0]}.js" == name


def test_each_card_leads_to_where_an_error_in_it_is_reported_with_its_id(edition):
    made = {
        name: loaded(script)[1] for name, script in cards.scripts(edition, items(edition)).items()
    }
    for name, what in (
        *(("second.js", "claim%20second"), ("series-growth.js", "series%20growth")),
        ("number-2022-09-killed-military-arm.js", "number%202022-09-killed-military-arm"),
    ):
        start = f"https://book.example/errors?a&b&title=Error%20in%20{what}%20"
        assert made[name]["report"].startswith(start)
    silent = replace(edition, about=replace(edition.about, report_error=""))
    made = cards.scripts(silent, items(silent))
    assert not [name for name, script in made.items() if "report" in loaded(script)[1]]


def test_a_withdrawn_source_is_said_to_be_that(tmp_path):
    sources = small.tables()["sources"]
    sources[0]["status"] = "withdrawn"
    edition = read(tmp_path / "stage", {"sources": sources}, ids=("said-second",))
    card = cards.of_claim(edition, edition.claims["second"])
    assert plain(card["who"][0]["where"]) == "A newspaper, 20 September 2022 (withdrawn)"
    assert "its source was withdrawn" in card["sum"][0]["words"]


def test_a_number_says_what_it_is_of_how_it_comes_about_and_who_says_so(edition):
    card = cards.of_number(edition, edition.numbers["2022-09-killed-military-arm"])
    assert (card["what"], card["text"]) == ("Killed, soldiers, Armenia, September 2022", "105")
    assert card["row"] == "claims.html#number-2022-09-killed-military-arm"
    assert [line["rules"] for line in card["sum"]] == [[6, 7]]
    (said,) = card["who"]
    assert (said["value"], said["href"]) == ("105", "claims.html#second")
    assert card["origins"].startswith("1 source from 1 independent origin: ")


def test_claims_about_different_people_say_whom_each_counts(tmp_path):
    edition = read(tmp_path / "stage", ids=("2022-09-killed-all-both",))
    (number,) = edition.numbers.values()
    said = {each["href"]: each.get("what") for each in cards.of_number(edition, number)["who"]}
    assert said["claims.html#second"] == "Killed, soldiers, Armenia"
    assert said["claims.html#other-side"] == "Killed, soldiers, Azerbaijan"


def test_a_number_names_each_figure_that_is_left_out_with_its_rule_and_what_put_it_out(edition):
    out = cards.of_number(edition, edition.numbers["2022-09-killed-military-arm"])["out"]
    by_link = {left["href"]: left for left in out}
    assert by_link["claims.html#misprint"]["rules"] == [4]
    first = by_link["claims.html#first"]
    assert (first["rules"], "105 (" in first["why"]) == ([2], True)


@pytest.mark.parametrize(
    ("what", "text", "told"),
    [
        ("Killed, civilians, Northland, May 2021", "at least 1",
         "at least 1 civilian was killed on Northland’s side in May 2021"),
        ("Killed, soldiers and civilians, both sides, May 2021", "at least 30",
         "at least 30 people were killed on both sides in May 2021"),
        ("Wounded, soldiers, Northland, Summer war", "2 or 4 (sources differ)",
         "2 or 4 soldiers (sources differ) were wounded on Northland’s side in the summer war"),
        ("Killed, soldiers, Armenia, 12 to 16\u00a0July\u00a02020", "at least 4",
         "at least 4 soldiers were killed on Armenia’s side from 12 to 16\u00a0July\u00a02020"),
        ("Wounded, civilians, Azerbaijan, 13\u00a0July\u00a02020", "1",
         "1 civilian was wounded on Azerbaijan’s side on 13\u00a0July\u00a02020"),
        ("Killed, soldiers and civilians not told apart, both sides, 2021", "about 100",
         "about 100 people were killed on both sides in 2021"),
        ("Killed, soldiers, Armenia, May 2021", "some", ""),
        ("Killed, soldiers, Armenia, about 1 to 31 May 2021", "3", ""),
        ("Killed, soldiers, side not stated, 2019", "3", ""),
        ("Missing, soldiers, Northland, May 2021", "3", ""),
    ],
)  # fmt: skip
def test_a_count_of_people_is_told_as_a_text_tells_it(what, text, told):
    assert sentences._happened(what, text) == told


def test_the_sentence_has_the_bound_word_the_speaker_the_day_and_what_was_known_when(edition):
    number = edition.numbers["2022-09-killed-military-arm"]
    said = plain(cards.of_number(edition, number)["sentence"])
    assert said.startswith("105 soldiers were killed on Armenia’s side in September 2022, ")
    assert "according to Armenia’s government (statements up to " in said
    assert said.endswith(f", data version {edition.about.version}).")
    assert ", as known on " in said


def test_the_sentence_of_a_claim_that_is_not_counted_says_so(edition):
    said = plain(cards.of_claim(edition, edition.claims["misprint"])["sentence"])
    assert said.startswith("In error, A newspaper, 20 September 2022 printed 490 as the figure for")
    assert " and named the Government of Armenia (13 September 2022)" in said
    counted = cards.of_claim(edition, edition.claims["second"])
    assert ", 105 soldiers were killed on Armenia’s side " in plain(counted["sentence"])
    assert "ounted" not in counted["sentence"].replace("Claims and Counts", "")
    assert counted["sum"][0]["words"].startswith("Counted in: killed, soldiers, Armenia")


def test_a_claim_that_a_text_quotes_as_it_was_made_has_one_card_with_its_row(edition):
    assert labels.card(edition.numbers["said-second"]) == "second"
    assert "number-said-second.js" not in cards.scripts(edition, items(edition))


def test_a_card_offers_each_reference_and_what_is_copied_first(edition):
    made = cards.scripts(edition, items(edition))
    _, card = loaded(made["second.js"])
    texts = dict(card["cite"])
    assert [*texts] == [
        *("Reference, APA", "Reference, Chicago", "Footnote, Chicago", "Reference, MLA"),
        *("BibTeX", "RIS", "CSL-JSON"),
    ]
    assert card["sentence"].startswith("According to ")
    assert (card["state"], card["newest"]) == ("", "")


def test_a_figure_of_a_series_says_what_it_is_who_published_it_and_which_release(edition):
    _, card = loaded(cards.scripts(edition, items(edition))["series-growth.js"])
    observed = card["at"]["2020-05"]
    assert plain(observed["what"]).startswith("Growth")
    assert observed["what"].endswith(", Armenia, May\u00a02020")
    assert observed["text"] == "\u221212.8%"
    (publisher,) = card["who"]
    assert publisher["href"] == "sources.html#office"
    assert plain(publisher["where"]) == "As first published; released July 2020"
    assert card["url"] == "https://example.org/data"
    assert "(as first published)" in observed["sentence"]
    # The figures of a series share one reference, that of its source.
    assert dict(card["cite"])["Reference, APA"].startswith("A newspaper. (2020)")
    assert not any("cite" in each for each in card["at"].values())


def test_bounds_of_a_series_that_cross_are_told_as_published(edition):
    _, card = loaded(cards.scripts(edition, items(edition))["series-growth.js"])
    said = plain(card["at"]["2020-06"]["text"])
    assert said == "3 to 2, as published (best estimate: 1)"


def test_what_became_of_a_claim_is_a_line_of_its_own(edition):
    card = cards.of_claim(edition, edition.claims["first"])
    assert [entry["href"] for entry in card["who"]] == ["claims.html#first"]
    lines = {line["how"]: line["href"] for line in card["since"]}
    assert lines["Replaced by a later count"] == "claims.html#second"


def test_the_other_sides_number_is_told_with_the_rule_that_leaves_it_out(tmp_path):
    rows = {"claims": small.tables()["claims"]}
    other = {"claimant": "Ministry of Azerbaijan", "claimant_role": "opposing_side"}
    rows["claims"] += [small.claim("theirs", low="300", best="300", high="300", **other)]
    edition = read(tmp_path / "stage", rows)
    for card in (
        cards.of_number(edition, edition.numbers["2022-09-killed-military-arm"]),
        cards.of_claim(edition, edition.claims["second"]),
    ):
        theirs = next(one for one in card["apart"] if one["href"] == "claims.html#theirs")
        assert theirs["words"].startswith("300 (Ministry of Azerbaijan, ")
        assert theirs["rules"] == [5]
        assert "105" not in "".join(one["words"] for one in card["apart"])


def test_a_published_book_offers_the_state_that_is_cited_and_the_newest(edition):
    about = edition.about
    object.__setattr__(about, "home", "https://b.example/")
    try:
        url = "https://b.example/editions/2022-09-20/v1.0.0/"
        _, card = loaded(cards.scripts(edition, items(edition, url))["second.js"])
    finally:
        object.__setattr__(about, "home", "")
    assert card["state"] == f"{url}claims.html#second"
    assert card["newest"] == "https://b.example/claims.html#second"


def test_what_the_data_say_ends_no_script_and_no_line_of_it(tmp_path):
    rows = {"claims": small.tables()["claims"]}
    rows["claims"] += [small.claim("odd", claimant=HOSTILE, claimant_role="third_party")]
    edition = read(tmp_path / "stage", rows, ids=("said-odd",))
    script = cards.scripts(edition, items(edition))["odd.js"]
    assert script.isascii()
    assert script.count("\n") == 1
    assert HOSTILE in loaded(script)[1]["who"][0]["who"]


def test_the_card_of_a_headline_says_what_it_would_be_without_one_thing(edition):
    change = {"kind": "speaker", "name": "Daily", "party": "NOR", "text": "at least 5"}
    known = {"episode": "2021-05", "sides": ["NOR", "SOU"], "holding": [change]}
    told = replace(edition, choices=[known])

    def firm(number_id):
        return cards.of_number(told, Number(number_id, "9"))["firm"]

    assert firm("2021-05-killed-all-nor") == (
        "Without one claim, speaker or source it can become: at least 5."
    )
    assert "stays the same" in firm("2021-05-killed-all-sou")
    assert firm("2021-05-killed-military-nor") == ""
