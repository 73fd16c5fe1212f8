"""What the sides' own authorities said of their dead, by day and by speaker, and who says what.

Each frame holds the numbers and ids that a figure draws and its table lists; `figures.exhibit`
makes their words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from clashbook import counting
from clashbook.analysis.casualties import COUNTED, DEAD, OWN, counts, of_bounds, of_claim
from clashbook.bounds import Bounds
from clashbook.counting import ALL, Claim
from clashbook.dataset.tables import Dataset, once

# How sure the bar of those claims is that a toll does not rest on first.
SURE = {"press": "pale", "opposing_side": "open"}


def own_counts(
    data: Dataset, episode: str, populations: Sequence[str] = (ALL, "military")
) -> pd.DataFrame:
    """What each side's own authorities had counted in all, by the days of their counts.

    A count runs from the episode's start, with what was added to it by that day; of those of a day
    the last stands.

    Parameters
    ----------
    populations : sequence of str
        Whose count is taken: the first of them that a side has a count of on that day.

    Returns
    -------
    DataFrame
        date (day of the statement), party, indicator (killed, or killed_or_missing), population,
        low, best, high (persons; NaN: open), low_strict, high_strict, firmness, qualifier,
        counted_by, killed (the least that the side counts as killed beside a figure of killed or
        missing, else NaN), claims. A row for each side on each day on which either has a new count;
        firmness ``none`` where it has none.
    """
    start = data.rows["episodes"][episode]["start"]
    mine = data.claims[(data.claims.episode_id == episode) & (data.claims.claimant_role == OWN)]
    mine = mine[mine.indicator.isin(DEAD)]
    shown: dict[str, str] = {}
    rows = []
    silent = of_bounds(Bounds()) | {"firmness": "none", "counted_by": "", "claims": ""}
    for day in sorted(set(mine.reported_on)):
        standing = [
            claim
            for claim in counting.standing(data, episode, as_of=day)
            if claim.claimant_role == OWN
            and claim.quantity.indicator in DEAD
            and "" < claim.period_start <= start
        ]
        new = {}
        for party in data.parties():
            own = [claim for claim in standing if claim.quantity.party == party]
            row = _own_count(data, own, populations)
            if row and row["claims"] != shown.get(party):
                new[party], shown[party] = row, row["claims"]
        for party in data.parties() if new else ():
            rows.append({"date": day, "party": party} | new.get(party, silent))
    columns = ["date", "party", "indicator", "population", *COUNTED, "qualifier", "killed"]
    text = {"indicator": "killed", "population": "", "qualifier": ""}
    return counts(rows, [*columns, "claims"]).astype({"killed": float}).fillna(text)


def _own_count(
    data: Dataset, claims: Sequence[Claim], populations: Sequence[str]
) -> dict[str, Any]:
    """The newest of a side's counts of those populations, and what of it is known to be killed."""

    def age(claim: Claim) -> tuple[str, bool]:
        newest = max(data.rows["claims"][name]["reported_on"] for name in claim.ids)
        return newest, claim.quantity.indicator == "killed"

    for population in populations:
        found = [claim for claim in claims if claim.quantity.population == population]
        if not found:
            continue
        newest = max(found, key=age)
        row = {"indicator": newest.quantity.indicator, **of_claim(newest)}
        if newest.quantity.indicator == "killed":
            return row
        killed = [claim for claim in found if claim.quantity.indicator == "killed"]
        others = frozenset[str]().union(*(claim.ids for claim in killed))
        ids = [*sorted(newest.ids), *sorted(others)]
        least = max((claim.bounds.low or 0 for claim in killed), default=0)
        return row | {"killed": least, "claims": " ".join(ids)}
    return {}


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
        rows.append({**days, "indicator": indicator, "status": status, **of_claim(claim)})
    columns = ["reported_on", "party", "indicator", "population", *COUNTED, "qualifier", "status"]
    return counts(rows, [*columns, "claims", "period_start", "period_end"])


def by_day(data: Dataset, episode: str) -> pd.DataFrame:
    """What each side's own authorities said of its dead: totals from the start, and additions.

    A statement is one row, whoever printed it; parts of another count, sums and errors of a source
    are left out, and so are civilians counted by themselves.

    Returns
    -------
    DataFrame
        reported_on, party, indicator, population, low, best, high, low_strict, high_strict,
        firmness, qualifier, counted_by, adds (whether the number is one of more killed), claims;
        within a day an update after what it updates.
    """
    start = data.rows["episodes"][episode]["start"]
    counted = counting.count(data, episode)
    rows = []
    for claim_id, claim in counted.claims.items():
        beyond = claim_id in counted.left_out and counted.left_out[claim_id].rule == 1
        again = claim.relation == "repeats" and claim.related in counted.claims
        whole = claim.period_start <= start or claim.relation in ("adds_to", "updates")
        whole &= claim.status == "stated" and claim.relation != "part_of"
        of_dead = claim.quantity.indicator in DEAD and claim.quantity.population != "civilian"
        if claim.claimant_role == OWN and of_dead and whole and not again and not beyond:
            adds = claim.relation == "adds_to"
            chain = _chain(counted.claims, claim_id)
            side = data.place(claim.quantity.party)
            order = (claim.reported_on, claim.has_number, chain, not adds, side)
            row = {"reported_on": claim.reported_on, "indicator": claim.quantity.indicator}
            own = {"adds": adds, "who": claim.claimant, "order": order}
            rows.append(row | own | of_claim(claim))
    columns = ["reported_on", "party", "indicator", "population", *COUNTED, "qualifier", "adds"]
    frame = counts(rows, [*columns, "who", "order", "claims"]).sort_values("order", kind="stable")
    # Outlets differ in whether a number was of all or of soldiers, and in "at least": it is one.
    alike = ["reported_on", "party", "who", "indicator", "adds"]
    frame = frame[~frame.duplicated([*alike, "low"], keep="last")]
    # Of soldiers and all in one statement, all are drawn.
    of_all = frame.population == ALL
    frame = frame[of_all | ~of_all.groupby([frame[name] for name in alike]).transform("any")]
    return frame.drop(columns=["who", "order"]).reset_index(drop=True)


def _chain(claims: Mapping[str, Claim], claim_id: str) -> int:
    """How many claims a claim follows, one upon the other."""
    related = claims[claim_id].related
    return 1 + _chain(claims, related) if related in claims else 0


def by_speaker(data: Dataset, episodes: Sequence[str]) -> pd.DataFrame:
    """How many claims of people killed are from whom: a side of its own, or of the other, others.

    Returns
    -------
    DataFrame
        role (own_side, opposing_side, press, third_party), party (of own counts, else ""), claims
        (their ids), value (how many), kind (how a bar shows it: solid, pale or open).
    """
    rows = data.claims[data.claims.episode_id.isin(episodes) & data.claims.indicator.isin(DEAD)]
    rows = rows.assign(party=rows.party.where(rows.claimant_role == OWN, ""))
    ids = rows.groupby(["claimant_role", "party"]).claim_id.agg(" ".join).rename("claims")
    frame = ids.reset_index().rename(columns={"claimant_role": "role"})
    counts = frame.claims.str.split().map(len).astype(float)
    frame = frame.assign(value=counts, kind=frame.role.map(SURE).fillna("solid"))
    order = frame.assign(first=frame.role != OWN, place=frame.party.map(data.place))
    return frame.loc[order.sort_values(["first", "place", "role"]).index].reset_index(drop=True)
