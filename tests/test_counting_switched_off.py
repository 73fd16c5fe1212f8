"""Each of the thirteen rules switched off, and which toll goes wrong without it.

``pytest -k switched_off -v`` prints the table: the book's own tolls, and a small case where a rule,
or one side of it, changes none of them. A rule that is no longer where it is switched off here
fails its row, since its toll then stays right.
"""

from dataclasses import dataclass, replace

import pandas as pd
import pytest
from northland import claim, dataset

from clashbook import counting
from clashbook.bounds import Bounds
from clashbook.counting import bounding, rules, selection, wholes
from clashbook.counting import model as quantities
from clashbook.dataset.tables import Dataset, load

TODAY = ""
PRESS = {"party": "both", "claimant_role": "press"}
OLD = {"episode_id": "background", **PRESS}
SMALL = {
    "a count corrected downwards": [
        claim("first", "exact", 9),
        claim("new", "exact", 6, updates="first", reported_on="2021-05-08"),
    ],
    "a statement printed twice, of other days": [
        claim("first", "at_least", 5, period_end="2021-05-01"),
        claim("copy", "at_least", 5, repeats="first", period_start="2021-05-02"),
    ],
    "one side about the other": [
        claim("own", "at_least", 5),
        claim("theirs", "at_least", 100, claimant_role="opposing_side"),
    ],
    "a floor above a ceiling": [
        claim("floor", "at_least", 16, **PRESS),
        claim("ceiling", "up_to", 12, **PRESS),
    ],
    "counts of different days": [
        claim("first", "exact", 3, period_end="2021-05-01"),
        claim("second", "exact", 7, period_start="2021-05-02", period_end="2021-05-02"),
    ],
    "two years of the background": [
        claim("one", "at_least", 5, period_start="2001-01-01", period_end="2001-12-31", **OLD),
        claim("two", "at_least", 9, period_start="2003-01-01", period_end="2003-12-31", **OLD),
    ],
}


@dataclass(frozen=True)
class Row:
    """A toll as it is, and as it would be without a rule."""

    rule: str
    episode: str
    as_of: str
    toll: str
    right: str
    without: str
    case: str = ""

    def __str__(self):
        of = self.case or f"{self.episode} as of {self.as_of or 'today'}"
        return f"rule {self.rule} | {of} | {self.toll} | {self.right} | without it {self.without}"


TABLE = [
    Row("1 Date", "2022-09", "2022-09-13", "killed AZE military", "50", "80"),
    Row("1 Date", "2022-09", "2022-09-14", "killed both all", "at least 155", "at least 308"),
    Row("1 End", "2020-07", TODAY, "killed ARM military", "5", "6"),
    Row("2 Update", "2021-05", TODAY, "killed NOR military", "6", "9 or 6 (sources differ)",
        case="a count corrected downwards"),
    Row("2 Stocks", "2022-09", TODAY, "missing ARM all", "2",
        "2 or at least 29 (sources differ)"),
    Row("3 Repeat", "2021-05", TODAY, "killed NOR military", "at least 5", "at least 10",
        case="a statement printed twice, of other days"),
    Row("3 Increment", "2020-07", "2020-07-14", "killed AZE military", "11", "at least 10"),
    Row("4 Left out", "2022-09", "2022-09-13", "killed both military", "at least 99",
        "at least 100"),
    Row("4 Left out", "2020-07", TODAY, "killed AZE military", "12",
        "11 or at least 4 or 1 or 12 or at least 12 (sources differ)"),
    Row("4 Errors", "2022-09", "2022-09-19", "killed both all", "at least 217", "more than 282"),
    Row("5 Side", "2021-05", TODAY, "killed NOR military", "at least 5", "at least 100",
        case="one side about the other"),
    Row("6 Days add up", "2021-05", TODAY, "killed NOR military", "at least 10", "at least 7",
        case="counts of different days"),
    Row("6 Overlaps do not", "2020-09", TODAY, "killed both all", "more than 6,600",
        "more than 13,100"),
    Row("7 Maximum", "2020-07", "2020-07-16", "killed AZE military", "at least 11", "11"),
    Row("8 Range", "2020-07", TODAY, "killed both military", "17", "at least 16"),
    Row("8 Contested", "2021-05", TODAY, "killed both military",
        "at least 16 or up to 12 (sources differ)", "16 to 12", case="a floor above a ceiling"),
    Row("9 Sums", "2022-09", "2022-09-15", "killed both military", "176", "no toll"),
    Row("9 Sums", "2020-07", "2020-07-16", "killed both all", "at least 17", "no toll"),
    Row("10 Total and part", "2022-09", "2022-09-19", "killed ARM military", "135 to 202",
        "at least 135"),
    Row("10 Total and part", "2022-09", "2022-09-29", "killed ARM all", "139 to 206",
        "at least 139"),
    Row("11 Different things", "2022-09", "2022-09-19", "killed < wounded ARM military",
        "not comparable", "True"),
    Row("12 Side not stated", "2017", TODAY, "killed both military", "no toll", "at least 39"),
    Row("12 Period of the background", "background", TODAY, "killed both military",
        "at least 5; at least 9", "at least 14", case="two years of the background"),
    Row("13 Trackers", "2022-09", TODAY, "killed AZE military", "80",
        "about 80 or 80 or 88 (sources differ)"),
]  # fmt: skip


def everything(claims, _found):
    return claims


def whenever(claims, found):
    found.exist = found.known = dict(sorted(claims.items()))
    return found.exist


def without(function, instead=everything):
    """What selects the claims, one of its functions switched off."""
    selecting = rules.SELECTING
    assert function in selecting
    return rules, "SELECTING", tuple(instead if one is function else one for one in selecting)


def all_floors(claims):
    floors = [claim for claim in claims if claim.bounds.low]
    strict = any(claim.bounds.low_strict for claim in floors)
    named = frozenset().union(*(claim.ids for claim in floors))
    return sum(claim.bounds.low for claim in floors), strict, named


def one_floor(claims):
    return max((all_floors([claim]) for claim in claims), default=all_floors([]))


def parties_and_whoever(data):
    return [*data.actors.actor_id[data.actors.kind == "belligerent"], "unspecified"]


# What stands in for each rule: where it is, its name, and what does no such thing.
OFF = {
    "1 Date": without(selection.made_by, whenever),
    "1 End": without(selection.to_the_end),
    "2 Update": without(selection.not_replaced),
    "2 Stocks": without(selection.newest_stock),
    "3 Repeat": without(selection.not_repeated),
    "3 Increment": without(selection.with_increments),
    "4 Left out": without(selection.countable),
    "4 Errors": without(selection.without_errors),
    "5 Side": without(selection.own_or_third),
    "6 Days add up": (bounding, "highest_floor", one_floor),
    "6 Overlaps do not": (bounding, "highest_floor", all_floors),
    "7 Maximum": (
        *(bounding, "lids"),
        lambda mine, *_: [claim for claim in mine if claim.bounds.high is not None],
    ),
    "8 Range": (bounding, "met", lambda toll, *_, **__: toll),
    "8 Contested": (Bounds, "is_empty", False),
    "9 Sums": (wholes, "added_up", lambda tolls, *_: dict(tolls)),
    "10 Total and part": (wholes, "under_wholes", lambda tolls, *_: dict(tolls)),
    "11 Different things": (quantities, "unlike", lambda *_: []),
    "12 Side not stated": (Dataset, "parties", parties_and_whoever),
    "12 Period of the background": (quantities, "period", lambda row: ""),
    "13 Trackers": without(selection.without_providers),
}


def series_as_claims(data):
    """The data with what providers published of a clash's month among its claims."""
    clashes = data.episodes.episode_id[data.episodes.kind == "clash"]
    monthly = data.observations[data.observations.period.isin(clashes)]
    rows = monthly.drop(columns="status").merge(data.series, on="series_id")
    claims = rows.assign(
        claim_id=rows.series_id + "-" + rows.period,
        episode_id=rows.period,
        low=rows.best,
        high=rows.best,
        qualifier="exact",
        period_start=rows.period + "-01",
        period_end=rows.period + "-31",
        reported_on=rows.released_on,
        claimant_role="statistics",
        relation="",
        related_claim="",
        status="stated",
    )
    together = pd.concat([data.claims, claims[claims.columns.intersection(data.claims.columns)]])
    return replace(data, tables=data.tables | {"claims": together})


def said(row, data):
    """What the count says of the toll of a row."""
    count = counting.count(data, row.episode, row.as_of)
    words = row.toll.split()
    if "<" in words:
        *_, party, population = words
        one, other = (count.toll(name, party, population) for name in (words[0], words[2]))
        try:
            return str(counting.compared(one, other, count.as_of, count.as_of))
        except counting.UnlikeQuantitiesError:
            return "not comparable"
    texts = [toll.text for quantity, toll in count.tolls.items() if [*quantity[:3]] == words]
    return "; ".join(texts).replace("\u00a0", " ") or "no toll"


@pytest.fixture(scope="module")
def book(pytestconfig):
    return load(pytestconfig.rootpath / "data")


def test_each_rule_has_a_row_in_the_table():
    rows = {int(row.rule.split()[0]) for row in TABLE}
    assert [rule.number for rule in rules.RULES] == sorted(rows) == list(range(1, 14))


def test_what_selects_the_claims_is_applied_for_a_rule():
    applied = {function for rule in rules.RULES for function in rule.functions}
    assert set(rules.SELECTING) <= applied


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_switched_off(row, book, monkeypatch):
    data = dataset(*SMALL[row.case]) if row.case else book
    assert said(row, data) == row.right
    if row.rule == "13 Trackers":
        # A series is kept out by what counting is handed; its rows as claims by the rule.
        data = series_as_claims(data)
        assert said(row, data) == row.right
    monkeypatch.setattr(*OFF[row.rule])
    assert said(row, data) == row.without


def test_every_rule_is_switched_off():
    assert {int(row.rule.split()[0]) for row in TABLE} == set(range(1, 14))
    assert {row.rule for row in TABLE} == set(OFF)
