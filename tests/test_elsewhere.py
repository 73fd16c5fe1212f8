"""Numbers that are printed elsewhere: each choice gives its number, or the row is refused."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
import small

from clashbook import config
from clashbook.counting.elsewhere import Prover
from clashbook.counting.steps import ChoiceError
from clashbook.dataset import rows
from clashbook.dataset.tables import load
from clashbook.language import NO_BREAK
from clashbook.pages import elsewhere
from clashbook.pipeline import preflight, steps
from clashbook.pipeline.edition import Edition

ROOT = Path(__file__).parents[1]
MINUS = "\u2212"


@pytest.fixture(scope="module")
def book():
    return load(ROOT / "data")


@pytest.fixture(scope="module")
def proofs(book):
    return {one.id: (one, proof) for one, proof in Prover(book).proofs()}


def counted(folder, **cells):
    """A small dataset with a row of these cells, and what its choice gives."""
    tables = small.tables()
    tables["claims"] += [
        small.claim("either", indicator="killed_or_missing", population="all",
                    qualifier="at_least", low="60", best="", high=""),
        small.claim("civilians", population="civilian", qualifier="at_least", low="4", best="",
                    high=""),
        small.claim("range", indicator="missing", party="AZE", qualifier="between", low="5",
                    best="", high="9", claimant="Government of Azerbaijan"),
        small.claim("later", low="", best="110", high="", qualifier="about",
                    reported_on="2022-09-16", claimant="Daily", claimant_role="press"),
    ]  # fmt: skip
    tables["elsewhere"] = [small.printed("seen", **cells)]
    data = load(small.write(folder, tables))
    ((one, proof),) = Prover(data).proofs()
    return data, one, proof


CHOICES = [
    ("53", "day=2022-09-13", "at least 53 killed"),
    ("105", "toll=killed/military", "105 soldiers killed"),
    ("105", "toll=killed/military;day=2022-09-15", "105 soldiers killed"),
    ("50", "toll=killed/military/AZE", "50 soldiers killed (Azerbaijan)"),
    ("60", "claim=either", "at least 60 killed or missing"),
    ("56", "claim=either;less=killed/civilian",
     f"56 = 60 killed or missing {MINUS} 4 civilians killed"),
    ("7", "claim=either;less=killed/civilian+first",
     f"7 = 60 killed or missing {MINUS} 4 civilians killed {MINUS} 49 soldiers killed"),
    ("110", "claim=either;plus=other-side",
     "110 = 60 killed or missing + 50 soldiers killed (Azerbaijan)"),
    ("60", "day=2022-09-13;switch=missing_as_killed", "at least 60 killed"),
    ("9", "toll=missing/military/AZE;end=high", "9 soldiers missing (Azerbaijan)"),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "choice", "words"), CHOICES)
def test_a_choice_gives_its_number_as_a_sum_in_words(tmp_path, figure, choice, words):
    _, _, proof = counted(tmp_path, figure=figure, choice=choice)
    assert not isinstance(proof, ChoiceError), proof
    assert (proof.value, proof.words.replace(NO_BREAK, " ")) == (float(figure), words)


@pytest.mark.parametrize(("figure", "choice", "_words"), CHOICES)
def test_a_number_changed_by_one_is_refused(tmp_path, figure, choice, _words):
    _, _, proof = counted(tmp_path, figure=str(int(figure) + 1), choice=choice)
    assert isinstance(proof, ChoiceError)


def test_both_sides_are_told_apart_where_they_add_up_to_the_number(tmp_path):
    _, _, proof = counted(tmp_path, figure="103", party="both", choice="day=2022-09-13")
    assert proof.words == "103 = 53 killed (Armenia) + 50 killed (Azerbaijan)"


FAULTS = [
    ({"choice": "day=2022-09-14"}, "gives 53, not 49; write the choice that gives it"),
    ({"choice": "day=2022-09-14;end=low;switch=no_limits"},
     "is longer than two steps, or has one twice; write two steps at most"),
    ({"choice": "day=2022-09-13;day=2022-09-14"},
     "is longer than two steps, or has one twice; write two steps at most"),
    ({"choice": "guess=49"}, "has no step guess; write one of day, toll, end, without, switch, "
                             "claim, series, less, plus"),
    ({"choice": "day=yesterday"}, "has no day yesterday; write day= and a day as YYYY-MM-DD"),
    ({"choice": "day=2030-01-01"}, "is later than 2022-09-16; write an earlier day"),
    ({"choice": "toll=killed"}, "has no toll killed; write toll= and INDICATOR/POPULATION or "
                                "INDICATOR/POPULATION/PARTY"),
    ({"choice": "toll=hurt/all"}, "has no toll hurt/all on 2022-09-16; write a toll that the "
                                  "report has then"),
    ({"choice": "claim=nobody"}, "names no claim: nobody; write the id of a claim"),
    ({"choice": "claim=first;day=2022-09-13"}, "has day beside claim, which is a row by itself; "
                                               "write claim alone or with less or plus"),
    ({"choice": "series=growth@2020-05;less=first"},
     "has less beside series, which is a row by itself; write series alone"),
    ({"choice": "series=growth@1999"}, "names no observation: growth@1999; write series= and the "
                                       "id of a series, @ and a period of it"),
    ({"choice": "without=Nobody"}, "names nobody who speaks: Nobody; write a speaker of "
                                   "claims.csv"),
    ({"choice": "switch=all"}, "has no switch all; write switch= and one of other_side, "
                               "missing_as_killed, no_limits, no_press"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said"), FAULTS)
def test_a_choice_that_does_not_give_its_number_is_refused_in_one_line(tmp_path, cells, said):
    data, _, _ = counted(tmp_path, **cells)
    (problem,) = preflight.printed_problems(tmp_path, data)
    assert str(problem) == f'elsewhere.csv line 2, column choice, "{cells["choice"]}": {said}'


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"kind": "unsourced"}, 'column choice, "day=2022-09-13": is filled, but the kind is '
                                "unsourced; write nothing here, or another kind"),
        ({"choice": ""}, "column choice: is empty, but the kind is another_day; write the choice "
                         "that gives it, or unsourced or coincidence in kind"),
        ({"claim_id": "first", "figure": "48"}, 'column figure, "48": stands nowhere in first; '
                                                "write its number, or another claim_id"),
        ({"claim_id": "first", "population": "all"}, 'column population, "all": is not that of '
         "first, military; write the same, or another claim_id"),
        ({"reported_on": "2022-09-21"}, 'column reported_on, "2022-09-21": is after paper came '
                                        "out, 2022-09-20; write a day up to 2022-09-20"),
        ({"reported_precision": "month"}, 'column reported_on, "2022-09-13": is not the last day '
         "of its month; write 2022-09-30, or another reported_precision"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_with_the_other_rules(tmp_path, cells, said):
    tables = small.tables() | {"elsewhere": [small.printed("seen", **cells)]}
    problems = small.check(small.write(tmp_path, tables))[0]
    assert [*map(str, problems)] == [f"elsewhere.csv line 2, {said}"]


def test_the_command_line_names_the_line_of_the_row(tmp_path):
    tables = small.tables()
    tables["elsewhere"] += [small.printed("again", figure="50")]
    edition = Edition(config.read(ROOT), small.write(tmp_path, tables), tmp_path / "site")
    faults = [*preflight.printed_problems(edition.data_dir, edition.data)]
    assert [(fault.file, fault.line) for fault in faults] == [("elsewhere.csv", 3)]


def test_every_row_of_the_book_is_proven_or_claims_no_reason(proofs):
    failed = {key: proof for key, (_, proof) in proofs.items() if isinstance(proof, ChoiceError)}
    assert not failed
    without = {one.kind for one, proof in proofs.values() if proof is None}
    assert without <= {"unsourced", "coincidence"}
    assert proofs["2022-09-204-arm"][1].words == (
        f"204 = 207 killed or missing {MINUS} 3 civilians killed"
    )
    assert proofs["2022-09-176-both"][1].words == (
        "176 = 105 killed (Armenia) + 71 killed (Azerbaijan)"
    )


def test_every_row_of_the_book_changed_by_one_is_refused(book, proofs):
    prover = Prover(book)
    for one, proof in proofs.values():
        for change in (1, -1) if proof else ():
            with pytest.raises(ChoiceError, match=", not "):
                prover.proved(replace(one, value=one.value + change))


def test_every_row_of_the_book_says_why_in_words_of_its_own(proofs):
    assert {one.kind for one, _ in proofs.values()} <= {*elsewhere.REASONS}
    for one, _ in proofs.values():
        for sentence in one.why.removesuffix(".").split(". "):
            assert 0 < len(sentence.split()) <= 32, one.id


def test_each_reason_has_a_name_on_the_page():
    field = small.FIELDS["elsewhere"]["kind"]
    assert [*elsewhere.REASONS] == field["constraints"]["enum"]


@pytest.mark.parametrize("day", ["2020-07-16", "2020-09-26", "2022-09-15", "2022-09-30"])
def test_an_earlier_edition_shows_what_was_printed_and_can_be_proven_by_then(book, day):
    cut = book.cut(day)
    with (ROOT / "data" / "elsewhere.csv").open(encoding="utf-8", newline="") as file:
        printed = {row["elsewhere_id"] for row in csv.DictReader(file) if row["reported_on"] <= day}
    assert {*cut.elsewhere.elsewhere_id} == printed
    shown = steps.proofs(cut)
    assert shown
    for key in shown:
        one = cut.records(rows.Printed)[key]
        assert not one.choice or Prover(cut).proved(one).value == one.value


def test_a_row_that_uses_what_is_not_known_yet_is_not_shown(tmp_path):
    data, one, _ = counted(tmp_path, figure="105", choice="day=2022-09-15")
    early = data.cut("2022-09-14")
    assert [*early.elsewhere.elsewhere_id] == [one.id]
    assert steps.proofs(early) == {}


ADDRESSES = {
    "2022-09-176-both": "count.html#episode=2022-09&day=2022-09-15",
    "2022-09-207-arm-qna": ("count.html#episode=2022-09&day=2022-09-19&switches=missing_as_killed"),
    "2022-09-222-arm": "",
    "2022-09-204-arm": "",
    "2022-09-431-aze": "",
}


@pytest.mark.parametrize("key", ADDRESSES)
def test_a_count_that_a_reader_can_make_has_its_address(proofs, key):
    assert elsewhere.counting(proofs[key][0]) == ADDRESSES[key]
