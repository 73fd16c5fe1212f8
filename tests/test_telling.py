"""What pages tell of either side: of one alone only for a reason, of both in the same words."""

from pathlib import Path

import pytest
import small

from clashbook import config
from clashbook.dataset.tables import load
from clashbook.pipeline.edition import Edition
from clashbook.pipeline.steps import coverage
from clashbook.prose.numbers import Numbers
from clashbook.prose.telling import ACCORDING, PLAIN, of_pages

ROOT = Path(__file__).parent.parent
DAYS = ("2020-07-16", "2022-09-13", "2022-09-19", "2023-04-17", "")


@pytest.fixture(scope="module", params=DAYS, ids=lambda day: day or "newest")
def told(request):
    return coverage(Edition(config.read(ROOT), ROOT / "data", ROOT / "site", request.param))


def test_what_a_page_tells_of_one_side_alone_the_data_do_not_tell_of_the_other(told):
    assert [(cell.page, cell.measure) for cell in told if cell.lacks and not cell.reason] == []


def test_what_either_side_says_is_told_with_the_same_words(told):
    used = {side: verb for cell in told for side, verbs in cell.verbs.items() for verb in verbs}
    assert {*used} <= {"ARM", "AZE"}
    assert {verb for cell in told for verbs in cell.verbs.values() for verb in verbs} <= {*PLAIN}


def test_every_page_that_gives_numbers_of_a_side_is_read():
    told = coverage(Edition(config.read(ROOT), ROOT / "data", ROOT / "site"))
    assert {cell.page for cell in told} >= {
        "index",
        "casualties",
        "economy",
        "reactions",
        "conflicts",
    }
    assert "methods" not in {cell.page for cell in told}
    # Each reason is of something that a page does tell of one side alone.
    lacking = {f"{cell.page}: {cell.measure}" for cell in told if cell.lacks}
    assert {*config.read(ROOT).one_sided} == lacking


@pytest.fixture(scope="module")
def numbers(tmp_path_factory):
    """Numbers of the small dataset: killed of both sides, missing of one."""
    rows = small.tables()
    azerbaijan = {"claimant": "Government of Azerbaijan", "claimant_role": "opposing_side"}
    rows["claims"] += [
        small.claim("missing", indicator="missing"),
        small.claim("of-the-other", **azerbaijan, population="all"),
    ]
    return Numbers(load(small.write(tmp_path_factory.mktemp("telling"), rows)))


@pytest.fixture
def page(numbers):
    """What a page tells, by measure."""

    def tell(text, **reasons):
        found = of_pages({"page.md": f"# A page\n\n{text}"}, numbers, reasons)
        return {cell.measure: cell for cell in found}

    return tell


KILLED = "Armenia reported {number}`said-first` killed."


def test_a_page_that_gives_one_sides_count_and_not_the_others_lacks_it(page):
    (told,) = page(KILLED).values()
    assert (told.title, told.sentences, told.lacks, told.reason) == (
        "A page",
        {"ARM": 2},
        "AZE",
        "",
    )
    (told,) = page(KILLED, **{"page: killed": "It is about a single side."}).values()
    assert told.reason == "It is about a single side."


def test_what_no_source_gives_for_the_other_side_is_not_lacking(page):
    assert page("{number}`said-missing` were missing.")["missing"].lacks == ""


def test_a_page_that_gives_both_names_one_first(page):
    text = "Azerbaijan said {number}`said-other-side`.\n\n- {number}`2022-09-killed-military-arm`"
    (told,) = page(text).values()
    assert told.lacks == ""
    assert list(told.sentences.items()) == [("AZE", 2), ("ARM", 3)]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        (KILLED, ["reported"]),
        ("It said more, and Armenia claimed {number}`said-first`.", ["claimed"]),
        ("{number}`said-first` were killed, the ministry said.", ["said"]),
        ("{number}`said-first` were killed.", []),
        ("Killed, {attribution}`2022-09-killed-military-arm`.", [ACCORDING]),
        # What one side says of the other is none of the other's words.
        ("Azerbaijan said {claim}`so <of-the-other>`.", []),
    ],
)
def test_a_statement_of_a_side_has_the_verb_that_it_is_told_with(page, text, verbs):
    assert page(text)["killed"].verbs["ARM"] == verbs


def test_a_verb_for_both_sides_counts_as_often_for_either_of_however_many_statements(page):
    both = "Each side blamed the other in {number}`said-other-side`, {number}`said-first`"
    (told,) = page(f"{both} and {{claim}}`again <first>`.").values()
    assert told.verbs == {"AZE": ["blamed"], "ARM": ["blamed"]}


def test_a_condition_tells_nothing(page):
    assert page(":::{holds} 2022-09-killed-military-arm.low > 1\nIt said more.\n:::") == {}
