"""Passages that hold from a date on, and sentences held by a condition."""

from dataclasses import replace

import pytest
from northland import claim, dataset

from clashbook.prose import conditions
from clashbook.prose.conditions import broken, referred
from clashbook.prose.markdown import read
from clashbook.prose.numbers import Numbers

TEXT = """\
Always.

::::{from} 2021-05-08
Later.

:::{holds} said-north > said-south
North's count is the higher, {number}`said-north`.
:::
::::

Always too.
"""


def numbers() -> Numbers:
    press = {"claimant": "The Daily", "claimant_role": "press"}
    data = dataset(claim("north", "exact", 9), claim("south", "at_least", 5, party="SOU", **press))
    data.tables["series"] = data.tables["claims"].iloc[:0].assign(series_id="")
    data.tables["stances"] = data.tables["claims"].iloc[:0].assign(stance="")
    return Numbers(data)


def shown(text, day):
    """A text as the edition of a day shows it."""
    known = numbers()
    known.data = replace(known.data, as_of=day)
    return conditions.cut(read(text), known)


def active(text, day):
    return shown(text, day).text


def findings(text, day, place=""):
    return conditions.findings(shown(text, day), place)


def test_a_passage_is_there_from_its_date_on():
    assert "Later." not in active(TEXT, "2021-05-07")
    assert "Later." in active(TEXT, "2021-05-08")


def test_a_passage_is_there_until_its_date():
    text = ":::{until} 2021-05-08\nEarly.\n:::\n\n:::{from} 2021-05-08\nLate.\n:::"
    assert "Early." in active(text, "2021-05-07")
    assert "Late." not in active(text, "2021-05-07")
    assert "Early." not in active(text, "2021-05-08")
    assert "Late." in active(text, "2021-05-08")


def test_a_condition_counts_only_until_its_date():
    text = "::::{until} 2021-05-08\n:::{holds} said-north > 99\nMany.\n:::\n::::"
    assert [found.text for found in findings(text, "2021-05-07")] == ["Many."]
    assert findings(text, "2021-05-08") == []


def test_of_conditions_joined_by_or_one_is_enough():
    def said(condition):
        (finding,) = findings(f":::{{holds}} {condition}\nMore.\n:::", "2021-05-08", "index.md")
        return broken(finding, numbers())

    assert said("said-north > 99 or said-north > 8") == ""
    assert said("said-north > 8 and said-south > 99 or said-north = 9") == ""
    line = said("said-north > 99 or said-north > 8 and said-south > 99")
    assert "rests on 'said-north > 99 or said-south > 99', which does not hold" in line
    assert "said-north is 9; said-south is at least 5" in line
    assert referred("said-north > 99 or said-south > 8 and said-east = 1") == {
        *("said-north", "said-south", "said-east")
    }


def test_what_follows_a_passage_is_always_there():
    assert active(TEXT, "2021-05-07").split() == ["Always.", "Always", "too."]


def test_a_condition_counts_only_where_its_passage_is_there():
    assert findings(TEXT, "2021-05-07") == []
    (found,) = findings(TEXT, "2021-05-08", "page.md")
    assert (found.place, found.condition) == ("page.md line 6", "said-north > said-south")
    assert found.text == "North's count is the higher, {number}`said-north`."


def test_the_same_condition_may_hold_two_passages():
    text = ":::{holds} a > b\nOne.\n:::\n\n:::{holds} a > b\nTwo.\n:::\n"
    assert [found.text for found in findings(text, "2021-05-08")] == ["One.", "Two."]


@pytest.mark.parametrize(
    "condition",
    [
        "said-north = 9",
        "said-north > 8.5",
        "said-north.low > said-south.low",
        "said-north is 9",
        "said-north < 10 and said-south.low < said-north.high",
        "said-north.claims has north and said-north.sources is daily",
        "2021-05-killed-military-both.claims = 2",
        "2021-05-killed-military-both.roles is own_side, press",
        "2021-05-killed-military-both.claimants has The Daily",
    ],
)
def test_a_condition_that_the_numbers_bear_out_holds(condition):
    (found,) = findings(f":::{{holds}} {condition}\nA sentence.\n:::", "2021-05-08")
    assert broken(found, numbers()) == ""


@pytest.mark.parametrize(
    "condition",
    [
        "said-north < 9",
        "said-south = 5",
        # Nobody has set a ceiling on the south's count: which is higher cannot be told.
        "said-north > said-south",
        "said-south.high < 100",
        "said-north is nine",
        "2021-05-killed-military-both.roles is own_side",
        "2021-05-killed-military-both.claims > 2",
        "said-north.claims has south",
    ],
)
def test_a_condition_in_doubt_is_broken_and_says_so_with_the_sentence_and_the_numbers(condition):
    text = f":::{{holds}} {condition}\nNorth said {{number}}`said-north`.\n:::"
    (found,) = findings(text, "2021-05-08", "page.md")
    line = broken(found, numbers())
    assert line.startswith("page.md line 1: “North said 9.” rests on")
    assert "\n" not in line


def test_a_condition_names_its_numbers():
    assert referred("said-north.low > 5 and said-south is at least 5") == {
        "said-north",
        "said-south",
    }


def test_what_is_no_comparison_is_refused():
    with pytest.raises(ValueError, match="write NUMBER < NUMBER"):
        referred("said-north")


def test_a_number_itself_has_nothing():
    with pytest.raises(ValueError, match=r"or NUMBER\.sources"):
        referred("said-north has south")


def test_a_broken_condition_on_what_a_number_rests_on_shows_what_that_is():
    (found,) = findings(":::{holds} said-north.roles is press\nOne.\n:::", "2021-05-08")
    assert "said-north.roles is own_side;" in broken(found, numbers())


def test_a_passage_inside_another_needs_fewer_colons():
    text = ":::{from} 2021-05-08\n:::{holds} a > b\nOne.\n:::\n:::\n"
    with pytest.raises(ValueError, match="write around it one with 4"):
        active(text, "2021-05-08")


ELSE = """\
:::{holds} said-north > CEILING
Many, {number}`said-north`.
:::

:::{else}
:finding:
Few, {number}`said-south`.
:::

After.
"""


def test_an_else_is_shown_where_the_condition_before_it_does_not_hold():
    many, few = (active(ELSE.replace("CEILING", bound), "2021-05-08") for bound in ("8", "9"))
    assert ("Many" in many, "Few" in many) == (True, False)
    assert ("Many" in few, "Few" in few) == (False, True)
    assert "After." in many
    assert "After." in few


def test_what_is_not_shown_refers_to_nothing_and_later_lines_keep_their_numbers():
    few = shown(ELSE.replace("CEILING", "9"), "2021-05-08")
    referred_to = [(each.line, each.target) for each in few.references if each.kind == "number"]
    assert referred_to == [(7, "said-south")]
    assert [line for line, words in few.words if "After." in words] == [10]


@pytest.mark.parametrize("bound", ["8", "9"])
def test_a_condition_with_an_else_is_known_whichever_of_the_two_is_shown(bound):
    (found,) = findings(ELSE.replace("CEILING", bound), "2021-05-08", "page.md")
    assert (found.condition, found.has_else) == (f"said-north > {bound}", True)


def test_a_condition_that_is_none_keeps_its_words_and_is_still_found():
    (found,) = findings(ELSE.replace("> CEILING", "many"), "2021-05-08")
    assert found.text == "Many, {number}`said-north`."
    with pytest.raises(ValueError, match="is not a comparison"):
        referred(found.condition)


def test_an_else_may_hold_a_condition_with_an_else_of_its_own():
    inner = ":::{holds} said-north = 9\nNine.\n:::\n:::{else}\nSome.\n:::"
    text = f":::{{holds}} said-north > 9\nMany.\n:::\n\n::::{{else}}\n{inner}\n::::\n"
    assert "Nine." in active(text, "2021-05-08")
    assert "Some." not in active(text, "2021-05-08")
    inside = text.replace("said-north > 9", "said-north > 8")
    assert "Many." in active(inside, "2021-05-08")
    assert "Nine." not in active(inside, "2021-05-08")


@pytest.mark.parametrize(
    "text",
    [
        "```\n:::{until} 2021-05-01\nStays.\n:::\n```",
        "    :::{until} 2021-05-01\n    Stays.\n    :::",
        "<!--\n:::{until} 2021-05-01\nStays.\n:::\n-->",
        "% :::{until} 2021-05-01\n\nStays.",
        "````{code-block} markdown\n:::{until} 2021-05-01\nStays.\n:::\n````",
    ],
)
def test_what_the_book_takes_for_no_fence_is_none(text):
    assert "Stays." in active(text, "2021-05-08")


def test_a_passage_in_a_list_and_one_fenced_as_code_is_are_passages():
    assert "Gone" not in active("- Item\n\n  :::{until} 2021-05-01\n  Gone.\n  :::", "2021-05-08")
    assert "Gone" not in active("```{until} 2021-05-01\nGone.\n```", "2021-05-08")
