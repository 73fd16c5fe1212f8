"""Casualties as frames: tolls by episode, day by day, and by date of statement.

Each frame is exactly what a figure draws and its table lists. Tolls come from `tolls`; nothing is
counted here.
"""

from __future__ import annotations

import pandas as pd

from clashbook import counting
from clashbook.bounds import NO_FIGURE, Bounds
from clashbook.counting import ALL, BOTH, OUTSIDE
from clashbook.dataset import attribution
from clashbook.dataset.rows import Claim
from clashbook.dataset.tables import Dataset, once
from clashbook.language import POPULATIONS, span_in_words

OWN, MIXED = "own_side", "own_side_and_others"
COUNTERS = {OWN: "own authorities", "press": "press or author", "third_party": "third party"}
NOBODY = "no claim on record"


def headlines(data: Dataset, episodes: list[str]) -> list[dict[str, str]]:
    """Name, toll and its newest day of each episode of which claims are known, for both sides."""
    known = data.episodes.set_index("episode_id")["name"]
    counts = {episode: counting.count(data, episode) for episode in episodes if episode in known}
    held = {episode: count.toll("killed", BOTH, ALL) for episode, count in counts.items()}
    return [
        {
            "name": known[episode],
            "text": toll.text,
            "newest": max(counts[episode].newest(toll).values()),
        }
        for episode, toll in held.items()
        if toll.says_something
    ]


def by_episode(
    data: Dataset, episodes: list[str], indicator: str, focus: list[str], population: str = ALL
) -> pd.DataFrame:
    """The reported toll by episode: of each side, and of both together.

    Parameters
    ----------
    episodes : list of str
        Episodes to show, in this order; those not in the data, and what belongs to no episode,
        are left out.
    focus : list of str
        The episodes that the book is about (highlighted).

    Returns
    -------
    DataFrame
        episode_id, episode, dates, party, party_name, low, best, high (NaN: open), firmness,
        counted_by, text, reported_on, highlighted, indicator_label, claims, claimant, stated (of
        those claims, as `claimants` has them). A side nobody spoke of in an episode of the focus
        has a row with firmness ``none``.
    """
    known = data.episodes.set_index("episode_id")
    rows = []
    for episode in episodes:
        if episode not in known.index or known.kind[episode] == OUTSIDE:
            continue
        counted = counting.count(data, episode)
        head = {
            "episode_id": episode,
            "episode": known.name[episode],
            "dates": _dates(known.loc[episode]),
            "highlighted": episode in focus,
            "indicator_label": _label(data, indicator),
        }
        for party in [*data.parties(), BOTH]:
            toll = counted.toll(indicator, party, population)
            if toll.says_something or (episode in focus and party != BOTH):
                rows.append({**head, **_of_toll(data, counted, toll)})
    columns = [
        *("episode_id", "episode", "dates", "party", "party_name", "low", "best", "high"),
        *("firmness", "counted_by", "text", "reported_on", "highlighted", "indicator_label"),
        *("claims", *attribution.SAID),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"low": float, "best": float, "high": float})


def _dates(episode: pd.Series) -> str:
    # Where sources differ on the last day, only the first is said.
    before = "" if episode.end else "from "
    return before + span_in_words(episode.start, episode.end)


def _of_toll(data: Dataset, counted: counting.Count, toll: counting.Toll) -> dict:
    silent = not toll.says_something
    bare = silent or toll.contested
    return {
        "party": toll.quantity.party,
        "party_name": data.name(toll.quantity.party),
        "low": None if bare else toll.bounds.low,
        "best": None if bare else toll.bounds.best,
        "high": None if bare else toll.bounds.high,
        "firmness": "none" if silent else counting.firmness(toll),
        "counted_by": counted_by({counted.claims[claim].claimant_role for claim in toll.claims}),
        "text": NO_FIGURE if silent else toll.text,
        "reported_on": max(counted.newest(toll).values(), default=""),
        "claims": " ".join(sorted(toll.claims)),
        **attribution.of_records(data, "claims", toll.claims),
    }


def _label(data: Dataset, indicator: str) -> str:
    return data.indicators.set_index("indicator").label[indicator]


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
        date, day_label, party, party_name, population, who, low, best, high, firmness, counted_by,
        counter, text, indicator_label, claims, claimant, stated (of those claims). Military and
        civilian deaths are rows of their own; `who` and `counter` say population and counter in
        words.
    """
    columns = [
        *("date", "day_label", "party", "party_name", "population", "who", "low", "best", "high"),
        *("firmness", "counted_by", "counter", "text", "indicator_label", "claims"),
        *attribution.SAID,
    ]
    claims = _standing(data, episode, indicator)
    of_a_day = [
        claim for claim in claims if claim.period_start and claim.period_start == claim.period_end
    ]
    if not of_a_day:
        return pd.DataFrame(columns=columns)
    begin = data.episodes.set_index("episode_id").start[episode]
    # A claim that speaks of a month as a whole does not make its every day one of the episode's.
    dated = data.claims[
        (data.claims.episode_id == episode)
        & (data.claims.indicator == indicator)
        & (data.claims.period_precision == "day")
    ]
    last = dated.period_end.max()
    rows = []
    for date in pd.date_range(begin, last).strftime("%Y-%m-%d"):
        for party in data.parties():
            mine = [c for c in of_a_day if c.period_start == date and c.quantity.party == party]
            rows += [_day(data, date, party, claim) for claim in mine] or [
                _day(data, date, party, None)
            ]
    frame = pd.DataFrame(rows, columns=columns).assign(indicator_label=_label(data, indicator))
    return frame.astype({"low": float, "best": float, "high": float})


def _standing(data: Dataset, episode: str, indicator: str) -> list[counting.Claim]:
    """The claims on one indicator that rules 1 to 5 let count, increments merged by day."""
    return [
        claim
        for claim in counting.standing(data, episode)
        if claim.quantity.indicator == indicator and claim.quantity.party in (*data.parties(), BOTH)
    ]


def _day(data: Dataset, date: str, party: str, claim: counting.Claim | None) -> dict:
    bounds = claim.bounds if claim else Bounds()
    return {
        "date": date,
        "day_label": f"{int(date[8:])} {pd.Timestamp(date):%B}",
        "party": party,
        "party_name": data.name(party),
        "population": claim.quantity.population if claim else "",
        "who": POPULATIONS.get(claim.quantity.population, "") if claim else NOBODY,
        "low": bounds.low,
        "best": bounds.best,
        "high": bounds.high,
        "firmness": _firmness(claim),
        "counted_by": claim.claimant_role if claim else "",
        "counter": COUNTERS.get(claim.claimant_role, claim.claimant_role) if claim else NOBODY,
        "text": claim.words if claim else NO_FIGURE,
        "claims": " ".join(sorted(claim.ids)) if claim else "",
        **attribution.of_records(data, "claims", claim.ids if claim else ()),
    }


def _firmness(claim: counting.Claim | None) -> str:
    if claim is None:
        return "none"
    return "none_reported" if claim.qualifier == "none_reported" else claim.bounds.firmness


@once
def by_statement(data: Dataset, episode: str, indicator: str, population: str) -> pd.DataFrame:
    """Each side's own counts of one quantity by the day on which they were stated.

    Only counts of the whole from the episode's start; repeats, increments, sums and errors of a
    source are left out, so that each is comparable with the next of its own side.

    Returns
    -------
    DataFrame
        reported_on, party, party_name, indicator, indicator_label, population, low, best, high,
        firmness, counted_by, status (``current`` or ``replaced``), text, claimant, stated, claims,
        period_start, period_end (of the fighting).
    """
    counted = counting.count(data, episode)
    episodes = data.episodes.set_index("episode_id")
    rows = []
    for claim_id, claim in sorted(counted.claims.items(), key=lambda item: item[1].reported_on):
        quantity = claim.quantity
        alike = (quantity.indicator, quantity.population) == (indicator, population)
        again = claim.relation == "repeats" and claim.related in counted.claims
        from_start = claim.period_start != "" and claim.period_start <= episodes.start[episode]
        whole = claim.status == "stated" and claim.relation not in ("part_of", "adds_to")
        if not alike or again or claim.claimant_role != OWN or not whole or not from_start:
            continue
        replaced = counted.left_out.get(claim_id, (0,))[0] == 2
        rows.append(
            {
                "reported_on": claim.reported_on,
                "party": quantity.party,
                "party_name": data.name(quantity.party),
                "indicator": indicator,
                "indicator_label": _label(data, indicator),
                "population": population,
                "low": claim.bounds.low,
                "best": claim.bounds.best,
                "high": claim.bounds.high,
                "firmness": claim.bounds.firmness,
                "counted_by": claim.claimant_role,
                "status": "replaced" if replaced else "current",
                "text": claim.words,
                **attribution.of_records(data, "claims", [claim_id]),
                "claims": claim_id,
                "period_start": episodes.start[episode],
                "period_end": episodes.end[episode],
            }
        )
    columns = [
        *("reported_on", "party", "party_name", "indicator", "indicator_label", "population"),
        *("low", "best", "high", "firmness", "counted_by", "status", "text", *attribution.SAID),
        *("claims", "period_start", "period_end"),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"low": float, "best": float, "high": float})


def every_claim(data: Dataset, episode: str, indicator: str) -> pd.DataFrame:
    """Every claim of one indicator in an episode, with what became of it.

    Returns
    -------
    DataFrame
        reported_on, claimant, party, party_name, population, who (population in words), text, used
        (the toll it enters, or the rule that leaves it out, in words), source_id, locator, claims
        (the row's id).
    """
    counted = counting.count(data, episode)
    rows = data.claims[
        (data.claims.episode_id == episode) & (data.claims.indicator == indicator)
    ].sort_values(["reported_on", "party", "claim_id"])
    out = []
    for claim_id in rows.claim_id:
        row = data.records(Claim)[claim_id]
        left = counted.left_out.get(claim_id)
        out.append(
            {
                "reported_on": row.reported_on,
                "claimant": row.claimant,
                "party": row.party,
                "party_name": data.name(row.party),
                "population": row.population,
                "who": POPULATIONS.get(row.population, ""),
                "text": row.words,
                "used": f"not counted, rule {left.rule}: {left.reason}" if left else "counted",
                "source_id": row.source_id,
                "locator": row.locator,
                "claims": claim_id,
            }
        )
    columns = [
        *("reported_on", "claimant", "party", "party_name", "population", "who", "text", "used"),
        *("source_id", "locator", "claims"),
    ]
    return pd.DataFrame(out, columns=columns)
