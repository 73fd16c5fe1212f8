"""Casualties as frames: tolls by episode, day by day, and by date of statement.

Each frame holds the numbers and ids that a figure draws and its table lists; `figures.exhibit`
makes their words. Tolls come from `counting`; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from clashbook import counting
from clashbook.bounds import Bounds
from clashbook.counting import ALL, BOTH, OUTSIDE, Claim, Count, Toll
from clashbook.dataset.tables import Dataset, once

OWN, MIXED = "own_side", "own_side_and_others"
# The columns of every count: its ends, which of them are excluded, and how firm that makes it.
COUNTED = ("low", "best", "high", "low_strict", "high_strict", "firmness", "counted_by")


def headlines(data: Dataset, episodes: Sequence[str]) -> list[dict[str, str]]:
    """Name, toll and its newest day of each episode of which claims are known, for both sides."""
    found = []
    for episode in episodes:
        if episode in data.rows["episodes"]:
            counted = counting.count(data, episode)
            toll = counted.toll("killed", BOTH, ALL)
            name = data.rows["episodes"][episode]["name"]
            if toll.says_something:
                newest = max(counted.newest(toll).values())
                found.append({"name": name, "text": toll.text, "newest": newest})
    return found


def by_episode(
    data: Dataset,
    episodes: Iterable[str],
    indicator: str,
    focus: Sequence[str],
    population: str = ALL,
) -> pd.DataFrame:
    """The reported toll by episode: of each side, and of both together.

    Parameters
    ----------
    episodes : iterable of str
        Episodes to show, in this order; those not in the data, and what belongs to no episode,
        are left out.
    focus : sequence of str
        The episodes that the book is about (highlighted).

    Returns
    -------
    DataFrame
        episode_id, indicator, party, population, low, best, high (persons; NaN: open), low_strict,
        high_strict (whether the end itself is excluded), firmness, counted_by, reported_on (of the
        newest claim), highlighted, claims. A side nobody spoke of in an episode of the focus has a
        row with firmness ``none``.
    """
    known = data.rows["episodes"]
    rows = []
    for episode in episodes:
        if episode not in known or known[episode]["kind"] == OUTSIDE:
            continue
        counted = counting.count(data, episode)
        for party in [*data.parties(), BOTH]:
            toll = counted.toll(indicator, party, population)
            if toll.says_something or (episode in focus and party != BOTH):
                shown = {"episode_id": episode, "highlighted": episode in focus}
                rows.append(shown | _of_toll(counted, toll))
    columns = ["episode_id", "indicator", "party", "population", *COUNTED, "reported_on"]
    return _frame(rows, [*columns, "highlighted", "claims"])


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"low": float, "best": float, "high": float})


def _of_bounds(bounds: Bounds) -> dict[str, Any]:
    return {name: getattr(bounds, name) for name in COUNTED[:-1]}


def _of_toll(counted: Count, toll: Toll) -> dict[str, Any]:
    bare = toll.contested or not toll.says_something
    return {
        "indicator": toll.quantity.indicator,
        "party": toll.quantity.party,
        "population": toll.quantity.population,
        **_of_bounds(Bounds() if bare else toll.bounds),
        "firmness": counting.firmness(toll) if toll.says_something else "none",
        "counted_by": counted_by({counted.claims[claim].claimant_role for claim in toll.claims}),
        "reported_on": max(counted.newest(toll).values(), default=""),
        "claims": " ".join(sorted(toll.claims)),
    }


def _of_claim(claim: Claim) -> dict[str, Any]:
    none_reported = claim.qualifier == "none_reported"
    return {
        "party": claim.quantity.party,
        "population": claim.quantity.population,
        **_of_bounds(claim.bounds),
        "firmness": claim.qualifier if none_reported else claim.bounds.firmness,
        "qualifier": claim.qualifier,
        "counted_by": claim.claimant_role,
        "claims": " ".join(sorted(claim.ids)),
    }


def counted_by(roles: set[str]) -> str:
    """Who counted: the sides' own authorities, others, or partly both; "" where nobody did."""
    if len(roles) < 2 and roles <= {OWN}:
        return next(iter(roles), "")
    others = "press" if "press" in roles else "third_party"
    return MIXED if OWN in roles else others


def by_day(data: Dataset, episode: str, indicator: str) -> pd.DataFrame:
    """What was reported of each day of an episode, by side.

    Every day from the episode's start to the last one that a claim dates to the day; a day that
    nobody spoke of has a row for each side with firmness ``none``, which is not zero.

    Returns
    -------
    DataFrame
        date, party, population, low, best, high (persons; NaN: open), low_strict, high_strict,
        firmness, qualifier, counted_by, indicator, claims. Military and civilian deaths are rows
        of their own.
    """
    columns = ["date", "party", "population", *COUNTED, "qualifier", "indicator", "claims"]
    of_a_day = [
        claim
        for claim in counting.standing_apart(data, episode)
        if claim.quantity.indicator == indicator
        and claim.period_start
        and claim.period_start == claim.period_end
    ]
    if not of_a_day:
        return _frame([], columns)
    # A claim that speaks of a month as a whole does not make its every day one of the episode's.
    dated = data.claims[
        (data.claims.episode_id == episode)
        & (data.claims.indicator == indicator)
        & (data.claims.period_precision == "day")
    ]
    days = pd.date_range(data.rows["episodes"][episode]["start"], dated.period_end.max())
    silent = _of_bounds(Bounds()) | {"population": "", "firmness": "none", "qualifier": ""}
    silent |= {"counted_by": "", "claims": ""}
    rows = []
    for date in days.strftime("%Y-%m-%d"):
        for party in data.parties():
            spoken = [c for c in of_a_day if c.period_start == date and c.quantity.party == party]
            found = [_of_claim(claim) for claim in spoken] or [silent | {"party": party}]
            rows += [{"date": date, "indicator": indicator, **row} for row in found]
    return _frame(rows, columns)


@once
def by_statement(data: Dataset, episode: str, indicator: str, population: str) -> pd.DataFrame:
    """Each side's own counts of one quantity by the day on which they were stated.

    Only counts of the whole from the episode's start; repeats, increments, sums and errors of a
    source are left out, so that each is comparable with the next of its own side.

    Returns
    -------
    DataFrame
        reported_on, party, indicator, population, low, best, high (persons; NaN: open), low_strict,
        high_strict, firmness, qualifier, counted_by, status (``current`` or ``replaced``), claims,
        period_start, period_end (of the fighting).
    """
    counted = counting.count(data, episode)
    start, end = (data.rows["episodes"][episode][name] for name in ("start", "end"))
    rows = []
    for claim_id, claim in sorted(counted.claims.items(), key=lambda item: item[1].reported_on):
        quantity = claim.quantity
        alike = (quantity.indicator, quantity.population) == (indicator, population)
        again = claim.relation == "repeats" and claim.related in counted.claims
        from_start = claim.period_start != "" and claim.period_start <= start
        whole = claim.status == "stated" and claim.relation not in ("part_of", "adds_to")
        if not alike or again or claim.claimant_role != OWN or not whole or not from_start:
            continue
        left_out = counted.left_out.get(claim_id)
        status = "replaced" if left_out and left_out.rule == 2 else "current"
        days = {"reported_on": claim.reported_on, "period_start": start, "period_end": end}
        rows.append({**days, "indicator": indicator, "status": status, **_of_claim(claim)})
    columns = ["reported_on", "party", "indicator", "population", *COUNTED, "qualifier", "status"]
    return _frame(rows, [*columns, "claims", "period_start", "period_end"])


def every_claim(data: Dataset, episode: str, indicator: str) -> pd.DataFrame:
    """Every claim of one indicator in an episode, with what became of it.

    Returns
    -------
    DataFrame
        reported_on, claimant, party, population, low, best, high, qualifier, used (the toll it
        enters, or the rule that leaves it out, in words), source_id, locator, claims (the row's
        id).
    """
    counted = counting.count(data, episode)
    rows = data.claims[
        (data.claims.episode_id == episode) & (data.claims.indicator == indicator)
    ].sort_values(["reported_on", "party", "claim_id"], ignore_index=True)
    left_out = rows.claim_id.map(counted.left_out.get)
    used = [
        f"not counted, rule {left.rule}: {left.reason}" if left else "counted" for left in left_out
    ]
    columns = ["reported_on", "claimant", "party", "population", "low", "best", "high", "qualifier"]
    rows = rows.assign(used=used, claims=rows.claim_id)
    return rows[[*columns, "used", "source_id", "locator", "claims"]]
