"""Numbers: declared once, computed from the data, in words that keep their bounds."""

import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest
import small
from northland import claim, dataset

from clashbook import config as settings
from clashbook.dataset.tables import load
from clashbook.pipeline import manuscript
from clashbook.pipeline.edition import Edition
from clashbook.prose import conditions
from clashbook.prose import numbers as nb
from clashbook.prose.numbers import Numbers, UnknownNumberError

ROOT = Path(__file__).parents[1]
SAID = {
    "2022-09-killed-military-arm": "Killed, soldiers, Armenia, September 2022",
    "said-second": "Killed, soldiers, Armenia, 13 to 15 September 2022, a newer "
    "count, according to Government of Armenia, 15 September 2022",
    "claims-of-arm-by-own-side": "Claims about Armenia by the party’s own side",
    "rows-of-claims": "Rows of the data: claims",
}


def book(*claims, **kwargs) -> Numbers:
    data = dataset(*claims, **kwargs)
    data.tables["stances"] = data.tables["claims"].iloc[:0].assign(stance="")
    columns = ["series_id", "indicator", "unit", "vintage"]
    data.tables["series"] = data.tables["claims"].iloc[:0].reindex(columns=columns)
    return Numbers(data)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_toll_is_a_number_with_its_bounds_and_claims():
    number = book(claim("north", "at_least", 5))["2021-05-killed-military-nor"]
    assert (plain(number.text), number.low, number.high) == ("at least 5", 5, None)
    assert number.claims == ("north",)


def test_a_toll_tells_the_day_of_the_newest_claim_that_it_rests_on():
    older = claim("older", "exact", 4, reported_on="2021-05-14")
    newer = claim("newer", "exact", 5, reported_on="2021-05-15")
    later = claim("other", "exact", 9, reported_on="2021-05-16", indicator="wounded")
    numbers = book(older, newer, later)
    assert plain(numbers["2021-05-killed-military-newest-nor"].text) == "15 May 2021"
    assert numbers["2021-05-killed-military-newest-nor"].claims == ("newer",)
    assert numbers["2021-05-killed-military-newest-sou"].text == "no day"


def test_a_toll_has_the_steps_that_made_it_and_what_they_leave_out():
    numbers = book(
        claim("first", "exact", 4, reported_on="2021-05-14"),
        claim("newer", "exact", 5, reported_on="2021-05-15", updates="first"),
        claim("civilian", "exact", 2, population="civilian"),
    )
    number = asdict(numbers["2021-05-killed-all-nor"])
    last = number["steps"][-1]
    assert (last["toll"], last["end"], last["value"], last["rule"]) == (number["id"], "high", 7, 9)
    assert {part["toll"] for part in last["of"]} == {
        *("2021-05-killed-military-nor", "2021-05-killed-civilian-nor")
    }
    assert {part["toll"] for part in last["of"]} <= {step["toll"] for step in number["steps"]}
    (left,) = number["left_out"]
    assert (left["claim"], left["rule"], left["by"]) == ("first", 2, ["newer"])


@pytest.mark.parametrize("number_id", ["rows-of-claims", "claims-by-own-side"])
def test_a_number_of_rows_names_them_and_is_not_according_to_who_made_them(number_id):
    number = book(claim("a", "exact", 4), claim("b", "exact", 5))[number_id]
    assert (number.counts, number.low) == (("a", "b"), 2)
    assert (number.claims, number.attribution) == ((), "")


def test_an_observation_that_is_counted_is_named_by_its_series_and_period():
    number = Numbers(load(ROOT / "data"))["rows-of-observations"]
    assert "eai-change-yoy-arm-armstat@2020-05" in number.counts
    assert len(number.counts) == number.low


def test_before_its_first_claim_a_number_is_not_zero():
    number = book(claim("north", "exact", 5), as_of="2021-05-16")["2021-05-wounded-all-sou"]
    assert plain(number.text) == "no figure found by 16 May 2021"
    assert (number.low, number.high) == (None, None)


def test_where_no_claim_counts_a_single_day_there_is_no_day():
    number = book(claim("north", "exact", 5))["2021-05-killed-days"]
    assert (number.text, number.claims) == ("no day", ())


def test_a_claim_can_be_cited_whatever_became_of_it():
    number = book(claim("theirs", "about", 400, claimant_role="opposing_side"))["said-theirs"]
    assert plain(number.text) == "about 400"


def test_the_day_of_a_claim_is_a_number_of_its_own():
    row = claim("north", "exact", 5)
    numbers = book({**row, "reported_precision": "by"})
    numbers.data.tables["claims"]["reported_precision"] = "by"
    assert plain(numbers["day-north"].text) == "by 2 May 2021"


def test_a_fall_is_written_as_its_size():
    numbers = book(claim("down", "exact", -12.8, unit="percent"))
    assert plain(numbers["fall-down"].text) == "12.8%"


@pytest.mark.parametrize(
    "said",
    [("exact", 3), ("exact", 0), ("between", -5, 0), ("at_least", -5)],
    ids=str,
)
def test_what_need_not_be_a_fall_is_refused_as_one(said):
    numbers = book(claim("change", *said, unit="percent"))
    with pytest.raises(ValueError, match="not about a fall"):
        numbers["fall-change"]


def test_an_unknown_number_names_the_nearest():
    with pytest.raises(UnknownNumberError, match="write 2021-05-killed-military-nor"):
        book(claim("north", "exact", 5))["2021-05-kiled-military-nor"]


def test_an_unknown_number_that_is_near_none_is_told_in_a_short_line():
    with pytest.raises(UnknownNumberError) as caught:
        book(claim("north", "exact", 5))["qqqqqqqqqqqqqqqqqqqqqqqqqqqqq"]
    assert "write one of those on Claims" in str(caught.value)
    assert len(str(caught.value)) < 150


def test_every_unknown_number_is_named_at_once():
    numbers = book(claim("north", "exact", 5))
    assert len(nb.undeclared(numbers, ["nothing", "said-nobody", "said-north"])) == 2


def test_a_declaration_that_no_text_of_this_book_uses_is_none_to_keep(data):
    config = settings.read(ROOT)
    parts = manuscript.read(Edition(config, ROOT / "data", ROOT / "site"))
    known = Numbers(data)
    # In whichever edition: what the newest does not show, an earlier one may.
    read = [part.page for part in parts]
    held = [each.condition for page in read for each in conditions.findings(page)]
    nb.compute(
        known, nb.references(page.text for page in read).union(*map(conditions.referred, held))
    )
    unused = [
        declaration.pattern
        for declaration, answered in known.declared
        if not any(map(answered.fullmatch, known.made))
    ]
    assert unused == []


def test_no_two_patterns_answer_to_one_number():
    numbers = book(claim("north", "exact", 5))
    for number_id in ("2021-05-killed-all-both", "said-north", "day-north", "clashes-actors"):
        found = [ids.fullmatch(number_id) for _, ids in numbers.declared]
        answering = [fields for fields in found if fields is not None]
        assert len(answering) == 1, number_id


def test_a_number_says_what_it_is_of_in_the_names_of_the_data(small_data):
    numbers = Numbers(small_data)
    assert {key: plain(numbers.what(key)) for key in SAID} == SAID


def test_a_number_of_rows_has_their_word_with_it():
    first, second = claim("first", "exact", 5), claim("second", "exact", 6)
    assert plain(book(first)["rows-of-claims"].text) == "one claim"
    assert plain(book(first, second)["rows-of-claims"].text) == "two claims"
    assert plain(book()["rows-of-claims"].text) == "no claims"


def test_what_a_number_is_of_names_every_field_of_its_id():
    for declaration in nb.DECLARED:
        fields = set(re.findall(r"{(\w+)}", declaration.pattern))
        named = set(re.findall(r"{(\w+)}", declaration.what)) - {"provider"}
        assert named == fields, declaration.pattern


def test_no_two_numbers_of_the_book_are_of_the_same(data):
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("book/*.md"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("notebooks/*.ipynb"))]
    ids = nb.references(texts)
    said = Counter(each.what for each in nb.compute(Numbers(data), ids))
    assert len(ids) > 100
    assert {what for what, times in said.items() if times > 1} == set()


def test_so_many_more_is_named_as_added_to_an_earlier_count(tmp_path):
    rows = small.tables()
    more = {"party": "AZE", "claimant": "Government of Azerbaijan", "relation": "adds_to"}
    rows["claims"].append(small.claim("more", related_claim="other-side", **more))
    numbers = Numbers(load(small.write(tmp_path / "data", rows)))
    said = {each.id: each.what for each in nb.compute(numbers, ["said-other-side", "said-more"])}
    assert "added to an earlier count" in said["said-more"]
    assert "added" not in said["said-other-side"]


def test_references_are_found_in_prose_and_in_code():
    texts = ["About {number}`said-north` and", 'title="{number}`as-of`"']
    assert nb.references(texts) == {"said-north", "as-of"}


def test_a_reference_in_a_text_is_written_out():
    numbers = book(claim("north", "at_least", 5))
    assert plain(numbers.resolve("It was {number}`said-north`.")) == "It was at least 5."


def test_a_number_of_actors_rests_on_their_reactions(small_data):
    number = Numbers(small_data)["2022-09-actors"]
    assert (number.low, number.reactions) == (1, ("calm",))


@pytest.mark.parametrize(
    ("number_id", "rows"),
    [
        ("claims-by-own-side", 5),
        ("claims-by-press", 1),
        ("claims-of-arm-by-own-side", 4),
        ("claims-of-aze-by-own-side", 1),
        ("claims-of-aze-by-opposing-side", 0),
        ("claims-from-paper", 6),
        ("reactions-from-paper", 2),
        ("events-from-office", 0),
    ],
)
def test_what_the_report_leans_on_is_counted(small_data, number_id, rows):
    assert Numbers(small_data)[number_id].low == rows
