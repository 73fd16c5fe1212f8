"""How a toll came about: its steps lead from claims to its bounds, and give them again."""

import pytest
from claim_sets import AS_OF, claim_sets, every, whole_counts
from northland import EPISODE, claim, dataset

from clashbook import counting
from clashbook.counting import derivation

SETS = claim_sets() | whole_counts()


def counted(rows, as_of=""):
    return counting.count(dataset(*rows), EPISODE, as_of)


def steps_of(count, toll):
    return derivation.steps(count.settled, toll, "-".join)


def again(step, claims, ends):
    """The value of a step, worked out from the claims and the earlier steps that it names."""
    taken = [ends.get((one["toll"], one["end"]), one["value"]) for one in step["of"]]
    if step["rule"] == 6:
        return sum(claims[claim_id].bounds.low or 0 for claim_id in step["claims"])
    if step["rule"] == 7:
        return sum(claims[claim_id].bounds.high for claim_id in step["claims"])
    if step["rule"] == 9:
        return sum(taken)
    if step["rule"] == 8:
        # Of a contradiction the lower floor is left: no claim that takes part in it denies that.
        assert step["value"] <= sum(claims[claim_id].bounds.low or 0 for claim_id in step["claims"])
        return step["value"]
    assert step["rule"] == 10
    whole, *others = taken
    return whole - sum(others)


@every(150, SETS, AS_OF)
def test_the_steps_of_a_toll_give_its_bounds_again(rows, as_of):
    count = counted(rows, as_of)
    for toll in count.tolls.values():
        ends = {}
        for step in steps_of(count, toll):
            value = again(step, count.claims, ends)
            assert value == step["value"]
            ends[step["toll"], step["end"]] = value
        if not toll.contested:
            name = "-".join(toll.quantity)
            assert ends.get((name, "high")) == toll.bounds.high
            assert ends.get((name, "low"), 0) == (toll.bounds.low or 0)


@every(150, SETS, AS_OF)
def test_a_step_rests_on_the_claims_that_the_toll_names(rows, as_of):
    count = counted(rows, as_of)
    for toll in count.tolls.values():
        named = {claim_id for step in steps_of(count, toll) for claim_id in step["claims"]}
        # Of a contradiction the claims that add up against it are named too.
        assert named >= toll.floor | toll.ceiling
        assert named <= (toll.claims if toll.contested else toll.floor | toll.ceiling)


@every(150, SETS, AS_OF)
def test_what_puts_a_claim_out_is_another_claim_that_exists(rows, as_of):
    count = counted(rows, as_of)
    for claim_id, left in count.left_out.items():
        assert claim_id not in left.by
        assert set(left.by) <= set(count.claims)


@pytest.mark.parametrize(
    ("rows", "rule", "by"),
    [
        ([claim("new", "exact", 6, updates="x", reported_on="2021-05-08")], 2, ("new",)),
        ([claim("more", "at_least", 12)], 6, ("more",)),
    ],
)
def test_a_claim_that_is_left_out_names_what_put_it_out(rows, rule, by):
    count = counted([claim("x", "at_least" if rule == 6 else "exact", 9), *rows])
    left = count.left_out["x"]
    assert (left.rule, left.by) == (rule, by)


def test_a_ceiling_that_does_not_hold_names_the_count_that_reaches_further():
    count = counted(
        [
            claim("ceiling", "up_to", 12, period_end="2021-05-02"),
            claim("later", "at_least", 3, reported_on="2021-05-08"),
        ]
    )
    left = count.left_out["ceiling"]
    assert (left.rule, left.by) == (7, ("later",))


def test_a_toll_lists_what_is_left_out_of_it_and_of_what_it_was_made_from():
    count = counted(
        [
            claim("own", "at_least", 5),
            claim("theirs", "at_least", 9, claimant_role="opposing_side"),
            claim("elsewhere", "at_least", 2, party="SOU", claimant_role="opposing_side"),
        ]
    )
    toll = count.toll("killed", "NOR", "all")
    assert [left["claim"] for left in derivation.left_out(count, toll)] == ["theirs"]
