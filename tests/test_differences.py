"""What differs between two snapshots: each thing once, with what is behind it."""

from collections import Counter
from dataclasses import replace

import pytest
import small
from hypothesis import given
from hypothesis import strategies as st

from clashbook.prose.numbers import Number
from clashbook.website.changes import CAME, CHANGED, GONE
from clashbook.website.differences import compare
from clashbook.website.snapshots import Condition, Exhibit, Paragraph, Snapshot

FIRST = {"claim_id": "first", "low": "49", "note": "Said in the morning."}
TOLL = Number(
    "killed",
    "49",
    49.0,
    49.0,
    49.0,
    what="Killed, Armenia",
    claims=["first"],
    steps=[{"toll": "killed", "end": "low", "value": 49.0, "rule": 6, "claims": ["first"]}],
)
NEWER = replace(
    TOLL,
    text="105",
    low=105.0,
    best=105.0,
    high=105.0,
    claims=["second"],
    steps=[{"toll": "killed", "end": "low", "value": 105.0, "rule": 6, "claims": ["second"]}],
    left_out=[{"claim": "first", "rule": 2, "reason": "its side gave a newer count",
               "by": ["second"]}],
)  # fmt: skip
SAID = Paragraph("index.html", "index.html#at-1", "49 were killed.", "{number-killed} were killed.",
                 frozenset({"number-killed"}))  # fmt: skip
BEFORE = Snapshot(
    as_of="2022-09-14",
    version="0.1.0",
    tables={"claims": {"first": FIRST}, "corrections": {}},
    numbers={"killed": TOLL},
    pages={"killed": ("index.html",)},
    tolls={"killed": TOLL},
    exhibits={"bars": Exhibit("49 killed", "index.html", Counter([(("low", "49"),)]),
                              frozenset({"first"}))},
    paragraphs=(SAID,),
    conditions=(Condition("index.html", "index.md line 3", "holds", "killed > 40", "Many.", True),),
    name="before",
)  # fmt: skip


def moved(**fields):
    """The state in which a newer claim has taken the place of the first."""
    second = {"claim_id": "second", "low": "105", "note": ""}
    after = replace(
        BEFORE,
        as_of="2022-09-15",
        tables=BEFORE.tables | {"claims": {"first": FIRST, "second": second}},
        numbers={"killed": NEWER},
        tolls={"killed": NEWER},
        name="after",
    )
    return replace(after, **fields)


def test_nothing_differs_from_itself():
    found = compare(BEFORE, BEFORE)
    assert found.is_empty
    assert not found.paragraphs


def test_a_toll_moves_by_the_rule_that_put_its_claim_out():
    (toll,) = compare(BEFORE, moved()).tolls
    assert (toll.before, toll.after) == ("49", "105")
    assert [(cause.rule, cause.claim, cause.by) for cause in toll.causes] == [
        (2, "first", ("second",)),
    ]
    assert [cause.words for cause in toll.causes] == ["second replaces first, by rule 2 (Update)"]
    assert toll.rows == ("second",)


def test_a_toll_moves_back_by_the_same_rule():
    (toll,) = compare(moved(), BEFORE).tolls
    assert [cause.words for cause in toll.causes] == [
        "first now counts; it was left out before, by rule 2 (Update): its side gave a newer "
        "count: second",
        "second is no longer in the data",
    ]


def test_a_toll_moves_with_a_claim_that_was_changed_and_the_correction_is_behind_it():
    correction = {"date": "2022-09-20", "table": "claims", "row_id": "first", "what_changed": "low"}
    tables = {"claims": {"first": FIRST | {"low": "50"}}, "corrections": {"misread": correction}}
    toll = replace(TOLL, text="50", low=50.0, best=50.0, high=50.0)
    after = replace(BEFORE, tables=tables, numbers={"killed": toll}, tolls={"killed": toll})
    assert not compare(BEFORE, after).numbers[0].corrections  # another day of the same version
    found = compare(BEFORE, replace(after, version="0.2.0"))
    (number,) = found.numbers
    assert [cause.words for cause in number.causes] == [
        "first counts, and its row changed: low: 49 → 50"
    ]
    assert number.rows == ("first",)
    assert number.corrections == ("misread",)
    assert [row.key for row in found.corrections] == ["misread"]
    (row,) = found.of_table("claims", CHANGED)
    assert (row.words, row.corrections) == ("low: 49 → 50", ("misread",))


def test_the_rule_of_an_end_is_named_where_the_same_claims_count():
    high = {"toll": "killed", "end": "high", "value": 60.0, "rule": 7, "claims": ["first"]}
    toll = replace(TOLL, text="at least 49", steps=[*TOLL.steps, high])
    (found,) = compare(replace(BEFORE, tolls={"killed": toll}), BEFORE).tolls
    assert [cause.words for cause in found.causes] == [
        "By rule 7 (Maximum), the maximum of “Killed, Armenia” goes from 60 to none"
    ]


def test_a_reason_names_the_one_claim_by_which_and_not_many():
    for by, words in ((["second"], ": second"), (["second", "third"], "")):
        left = [{"claim": "first", "rule": 6, "reason": "a higher minimum counts", "by": by}]
        (toll,) = compare(BEFORE, moved(tolls={"killed": replace(NEWER, left_out=left)})).tolls
        (cause,) = (one for one in toll.causes if one.rule)
        assert cause.words == (
            f"first no longer counts, by rule 6 (Minimum): a higher minimum counts{words}"
        )
        assert "".join(part for part, _ in cause.parts) == cause.words
        assert [claim for _, claim in cause.parts if claim] == ["first", *by[: len(by) % 2]]


def test_the_reason_that_names_what_counts_now_comes_first():
    left = [{"claim": "first", "rule": 2, "reason": "its side gave a newer count", "by": ["then"]}]
    (toll,) = compare(BEFORE, moved(tolls={"killed": replace(NEWER, left_out=left)})).tolls
    assert [cause.words for cause in toll.causes] == [
        "second is new and counts",
        "then replaces first, by rule 2 (Update)",
    ]


def test_a_claim_that_no_longer_counts_has_the_rule_that_leaves_it_out_of_any_toll():
    left = {"first": {"rule": 4, "reason": "a part of another count", "by": ()}}
    (toll,) = compare(
        BEFORE, moved(tolls={"killed": replace(NEWER, left_out=[])}, left_out=left)
    ).tolls
    assert toll.causes[-1].words == (
        "first no longer counts, by rule 4 (Left out): a part of another count"
    )


def test_that_a_toll_lost_its_maximum_is_said_with_the_claims_that_moved_it():
    high = {"toll": "killed", "end": "high", "value": 49.0, "rule": 7, "claims": ["first"]}
    before = replace(TOLL, steps=[*TOLL.steps, high])
    (toll,) = compare(replace(BEFORE, tolls={"killed": before}), moved()).tolls
    assert [cause.words for cause in toll.causes] == [
        "second replaces first, by rule 2 (Update)",
        "Its maximum was 49, by rule 7 (Maximum); it has none now",
    ]
    (back,) = compare(moved(), replace(BEFORE, tolls={"killed": before})).tolls
    assert back.causes[-1].words == "It has a maximum now: 49, by rule 7 (Maximum)"


def test_a_cause_says_of_each_claim_how_many_of_what_who_and_when():
    names = {"first": ("49", "2022-09-13"), "second": ("105", "2022-09-15")}
    rows = {key: small.claim(key, low=low, best=low, high=low, reported_on=day)
            for key, (low, day) in names.items()}  # fmt: skip
    tables = BEFORE.tables | {"claims": {"first": rows["first"]}}
    found = compare(replace(BEFORE, tables=tables), moved(tables=tables | {"claims": rows}))
    assert found.tolls[0].causes[0].words == (
        "Killed, soldiers, ARM: 105 (Government of Armenia, 15 September 2022) replaces 49 "
        "(Government of Armenia, 13 September 2022), by rule 2 (Update)"
    )
    assert [row.what for row in found.of_table("claims")] == [
        "Killed, soldiers, ARM: 105 (Government of Armenia, 15 September 2022)"
    ]


def test_tolls_alike_are_in_the_order_of_the_sides_and_not_of_ids():
    actors = {key: {"actor_id": key, "kind": "belligerent"} for key in ("ZED", "ABC")}
    tolls = {f"killed-{end}": replace(TOLL, id=f"killed-{end}") for end in ("abc", "both", "zed")}
    sides = [replace(BEFORE, tables=BEFORE.tables | {"actors": actors}, tolls=made)
             for made in ({}, tolls)]  # fmt: skip
    assert [toll.id for toll in compare(*sides).tolls] == [
        "killed-zed",
        "killed-abc",
        "killed-both",
    ]


def test_a_paragraph_that_refers_to_what_moved_is_found_though_its_words_moved_too():
    after = replace(SAID, place="index.html#at-2", words="105 were killed.")
    other = Paragraph("index.html", "index.html#at-3", "Quiet.", "Quiet.", frozenset({"number-q"}))
    (touched,) = compare(BEFORE, moved(paragraphs=(after, other))).paragraphs
    assert (touched.before, touched.after, touched.of) == (SAID, after, ("number-killed",))


def test_an_exhibit_changes_by_its_rows_and_names_the_claims_behind_it():
    bars = Exhibit("105 killed", "index.html", Counter([(("low", "105"),)]), frozenset({"second"}))
    (found,) = compare(BEFORE, moved(exhibits={"bars": bars})).exhibits
    assert (found.kind, found.before, found.after) == (CHANGED, "49 killed", "105 killed")
    assert (found.came, found.gone) == (({"low": "105"},), ({"low": "49"},))
    assert found.rows == ("second",)


def test_a_condition_flips():
    (condition,) = BEFORE.conditions
    now = replace(condition, place="index.md line 5", is_met=False)
    (flip,) = compare(BEFORE, moved(conditions=(now,))).flips
    assert (flip.condition.place, flip.is_met) == ("index.md line 5", False)


def test_no_figure_found_by_two_days_is_the_same():
    none = [Number("killed", f"no figure found by {day} September 2022") for day in (14, 15)]
    one, other = (Snapshot(numbers={"killed": number}) for number in none)
    assert compare(one, other).is_empty


def test_what_only_one_side_tells_is_not_compared_and_said():
    earlier = replace(BEFORE, tables={}, numbers={}, exhibits={}, lacking=("tables", "numbers"))
    found = compare(replace(earlier, tolls={}), moved())
    assert (found.rows, found.numbers, found.tolls) == ((), (), ())
    assert found.not_compared == ("Missing from before: the data and the numbers of the text",)


def test_the_exhibits_of_a_page_that_one_side_could_not_make_are_not_compared():
    before = replace(BEFORE, exhibits={}, lacking=("index.html",))
    found = compare(before, BEFORE)
    assert found.exhibits == ()
    assert found.not_compared == (
        "Missing from before: the figures and tables of index.html, whose notebook failed",
    )


def test_a_field_that_an_earlier_state_does_not_tell_of_numbers_is_no_difference():
    earlier = replace(TOLL, claims=(), steps=(), what="")
    lacking = ("claims", "steps", "what")
    before = replace(BEFORE, numbers={"killed": earlier}, lacking=lacking)
    assert not compare(before, BEFORE).numbers


def test_a_column_that_only_one_has_is_said_once():
    row = FIRST | {"kind": "newspaper"}
    found = compare(BEFORE, replace(BEFORE, tables=BEFORE.tables | {"claims": {"first": row}}))
    assert not found.rows
    assert [(cell.column, cell.before, cell.after) for cell in found.columns] == [
        ("claims.kind", "", CAME)
    ]


IDS = st.sampled_from("abcd")
NUMBERS = st.dictionaries(
    IDS,
    st.builds(
        lambda low, claims: Number("", str(low), low, claims=sorted(claims)),
        st.integers(0, 3),
        st.sets(IDS),
    ),
)
TABLES = st.fixed_dictionaries(
    {
        name: st.dictionaries(IDS, st.fixed_dictionaries({"low": st.sampled_from(["", "1", "2"])}))
        for name in ("claims", "events")
    }
)
EXHIBITS = st.dictionaries(
    IDS,
    st.builds(
        lambda title, rows: Exhibit(title, rows=Counter((("low", row),) for row in rows)),
        IDS,
        st.lists(IDS, max_size=3),
    ),
)
PARAGRAPHS = st.lists(
    st.builds(
        lambda key, refers_to: Paragraph("p", key, key, key, frozenset(refers_to)),
        IDS,
        st.sets(st.sampled_from(["number-a", "number-b", "a", "b"])),
    ),
    unique_by=lambda one: one.place,
).map(tuple)
CONDITIONS = st.lists(
    st.builds(Condition, st.just("p"), IDS, st.just("holds"), IDS, st.just(""), st.booleans()),
    unique_by=lambda one: one.argument,
).map(tuple)
SNAPSHOTS = st.builds(
    lambda numbers, **rest: Snapshot(numbers=numbers, tolls=numbers, **rest),
    NUMBERS,
    tables=TABLES,
    exhibits=EXHIBITS,
    paragraphs=PARAGRAPHS,
    conditions=CONDITIONS,
)
MIRRORED = {CAME: GONE, GONE: CAME, CHANGED: CHANGED}


@given(SNAPSHOTS)
def test_no_snapshot_differs_from_itself(snapshot):
    assert compare(snapshot, snapshot).is_empty
    assert not compare(snapshot, snapshot).paragraphs


@given(SNAPSHOTS, SNAPSHOTS)
def test_the_way_back_mirrors_the_way_there(one, other):
    there, back = compare(one, other), compare(other, one)

    def cells(change):
        return sorted((cell.column, cell.after, cell.before) for cell in change.cells)

    assert {(row.table, row.key, row.kind) for row in there.rows} == {
        (row.table, row.key, MIRRORED[row.kind]) for row in back.rows
    }
    assert [(number.id, number.after, number.before) for number in there.numbers] == [
        (number.id, number.before, number.after) for number in back.numbers
    ]
    assert [toll.id for toll in there.tolls] == [toll.id for toll in back.tolls]
    for number, mirrored in zip(there.numbers, back.numbers, strict=True):
        assert cells(number) == sorted((c.column, c.before, c.after) for c in mirrored.cells)
        assert set(number.rows) == set(mirrored.rows)
    assert [(one.id, one.kind, one.came, one.gone) for one in there.exhibits] == [
        (one.id, MIRRORED[one.kind], one.gone, one.came) for one in back.exhibits
    ]
    assert {(flip.condition.argument, flip.is_met) for flip in there.flips} == {
        (flip.condition.argument, not flip.is_met) for flip in back.flips
    }
    assert {(p.before, p.after) for p in there.paragraphs} == {
        (p.after, p.before) for p in back.paragraphs
    }


@given(SNAPSHOTS, SNAPSHOTS)
def test_every_number_and_row_that_differs_is_listed_once(one, other):
    found = compare(one, other)
    numbers = sorted(
        key
        for key in {*one.numbers, *other.numbers}
        if one.numbers.get(key) != other.numbers.get(key)
    )
    assert [number.id for number in found.numbers] == numbers
    assert [toll.id for toll in found.tolls] == numbers
    listed = [(row.table, row.key) for row in found.rows]
    assert len(listed) == len(set(listed))
    assert {*listed} == {
        (table, key)
        for table in ("claims", "events")
        for key in {*one.tables[table], *other.tables[table]}
        if one.tables[table].get(key) != other.tables[table].get(key)
    }


@given(SNAPSHOTS, SNAPSHOTS)
def test_each_paragraph_that_is_listed_refers_to_something_that_differs(one, other):
    found = compare(one, other)
    differs = {f"number-{number.id}" for number in found.numbers}
    differs |= {row.key for row in found.rows} | {exhibit.id for exhibit in found.exhibits}
    for touched in found.paragraphs:
        assert {*touched.of} <= differs & touched.newest.refers_to
    listed = {touched.after for touched in found.paragraphs}
    assert {p for p in other.paragraphs if p.refers_to & differs} <= listed


@pytest.mark.parametrize("kind", [CAME, GONE])
def test_a_row_without_any_cell_came_or_went_all_the_same(kind):
    empty = {"claims": {"first": {"low": ""}}}
    sides = [Snapshot(tables={"claims": {}}), Snapshot(tables=empty)]
    (row,) = compare(*(sides if kind == CAME else sides[::-1])).rows
    assert (row.key, row.kind, row.cells) == ("first", kind, ())
