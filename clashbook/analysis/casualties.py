"""Casualties as frames: tolls by episode, what a range is made of, and every claim.

Each frame holds the numbers and ids that a figure draws and its table lists; `figures.exhibit`
makes their words. Tolls come from `counting`; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import pandas as pd

from clashbook import counting
from clashbook.bounds import Bounds
from clashbook.counting import ALL, BOTH, OUTSIDE, Claim, Count, Toll
from clashbook.dataset.tables import Dataset

# What a count of the dead may be of: a figure of killed or missing bounds that of the killed.
DEAD = ("killed", "killed_or_missing")
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
    days: Sequence[str] = (),
) -> pd.DataFrame:
    """The reported toll by episode: of each side, and of both together.

    Parameters
    ----------
    episodes : iterable of str
        Episodes to show, in this order; those not in the data, and what belongs to no episode,
        are left out.
    focus : sequence of str
        The episodes that the book is about (highlighted).
    days : sequence of str, optional
        The days as of which a toll is shown, in this order; the data's own when empty.

    Returns
    -------
    DataFrame
        episode_id, as_known (day as of which the toll holds), indicator, party, population, low,
        best, high (persons; NaN: open; of a contested toll the floor that no claim denies),
        low_strict, high_strict (whether the end itself is excluded), firmness, counted_by,
        reported_on (of the newest claim), highlighted, claims. A side nobody spoke of in an episode
        of the focus has a row with firmness ``none``.
    """
    known = data.rows["episodes"]
    found = [name for name in episodes if name in known and known[name]["kind"] != OUTSIDE]
    rows = []
    for episode, day in product(found, days or [data.as_of]):
        counted = counting.count(data, episode, day)
        for party in [*data.parties(), BOTH]:
            toll = counted.toll(indicator, party, population)
            if toll.says_something or (episode in focus and party != BOTH):
                shown = {"episode_id": episode, "as_known": day, "highlighted": episode in focus}
                rows.append(shown | _of_toll(counted, toll))
    columns = ["episode_id", "as_known", "indicator", "party", "population", *COUNTED]
    return counts(rows, [*columns, "reported_on", "highlighted", "claims"])


def counts(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    """A frame of counts, their ends numbers."""
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"low": float, "best": float, "high": float})


def of_bounds(bounds: Bounds) -> dict[str, Any]:
    """The ends of bounds, whether they are excluded, and how firm that makes them."""
    return {name: getattr(bounds, name) for name in COUNTED[:-1]}


def _of_toll(counted: Count, toll: Toll) -> dict[str, Any]:
    return {
        "indicator": toll.quantity.indicator,
        "party": toll.quantity.party,
        "population": toll.quantity.population,
        **of_bounds(toll.bounds if toll.says_something else Bounds()),
        "firmness": counting.firmness(toll) if toll.says_something else "none",
        "counted_by": counted_by({counted.claims[claim].claimant_role for claim in toll.claims}),
        "reported_on": max(counted.newest(toll).values(), default=""),
        "claims": " ".join(sorted(toll.claims)),
    }


def of_claim(claim: Claim) -> dict[str, Any]:
    """What a claim gives to a row of counts."""
    none_reported = claim.qualifier == "none_reported"
    return {
        "party": claim.quantity.party,
        "population": claim.quantity.population,
        **of_bounds(claim.bounds),
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


def parts_of_ranges(data: Dataset, episodes: Iterable[str], day: str) -> pd.DataFrame:
    """What the total killed of each side is made of where it is a range, by how it was counted.

    Returns
    -------
    DataFrame
        episode_id, party, indicator, population, value (persons), kind (``solid`` for what is
        counted, ``pale`` for what may be, ``open`` for what is taken off), claims. The parts of a
        side add up to the number from which the upper limit was worked out; none for a toll that is
        no range.
    """
    rows = []
    for episode, party in product(episodes, data.parties()):
        counted = counting.count(data, episode, day)
        toll = counted.toll("killed", party, ALL)
        if toll.contested or toll.bounds.firmness != "between":
            continue
        low, high = (toll.steps[end].others for end in ("low", "high"))
        sure = [(*other, "solid") for other in low or [(toll.quantity, "low")]]
        whole, *off = high or [(toll.quantity, "high")]
        for quantity, end, kind in [*sure, (*whole, "pale"), *((*other, "open") for other in off)]:
            held = counted.settled[quantity]
            value, ids = getattr(held.bounds, end), held.floor if end == "low" else held.ceiling
            row = {"episode_id": episode, "party": party, "kind": kind}
            row |= {"indicator": quantity.indicator, "population": quantity.population}
            value = (toll.bounds - toll.bounds).high if kind == "pale" else value
            rows.append(row | {"value": value, "claims": " ".join(sorted(ids))})
    columns = ["episode_id", "party", "indicator", "population", "value", "kind", "claims"]
    return pd.DataFrame(rows, columns=columns).astype({"value": float})


def every_claim(data: Dataset, episode: str) -> pd.DataFrame:
    """Every claim that makes or limits the toll of people killed, what became of it, and the tolls.

    Returns
    -------
    DataFrame
        reported_on, claimant, indicator, party, population, low, best, high, qualifier, used (the
        toll it enters, or the rule that leaves it out, in words), source_id, locator, claims (the
        row's id). At the foot a row for the toll of each side and of both, without a source.
    """
    counted = counting.count(data, episode)
    mine = (data.claims.episode_id == episode) & data.claims.indicator.isin([*DEAD, "missing"])
    rows = data.claims[mine].assign(place=data.claims.party.map(data.place))
    rows = rows.sort_values(["reported_on", "place"], kind="stable", ignore_index=True)
    rows = rows.assign(used=[_used(data, counted, name) for name in rows.claim_id])
    tolls = by_episode(data, [episode], "killed", [episode])
    foot = tolls.assign(claimant="All of these together", used="the toll", qualifier="")
    columns = [
        *("reported_on", "claimant", "indicator", "party", "population", "low", "best", "high"),
        *("qualifier", "used", "source_id", "locator", "claims"),
    ]
    frame = pd.concat([rows.assign(claims=rows.claim_id), foot], ignore_index=True)
    return frame.reindex(columns=columns).fillna({"source_id": "", "locator": ""})


def _used(data: Dataset, counted: Count, claim_id: str) -> str:
    left = counted.left_out.get(claim_id)
    if not left:
        return "counted"
    claim = data.rows["claims"][claim_id]
    if claim["status"] == "source_error":
        return "not counted: wrong as printed; its note says whose error it is"
    return f"not counted, rule {left.rule}: {left.reason}"
