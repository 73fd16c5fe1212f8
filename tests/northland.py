"""A small invented conflict for tests: two sides, Northland and Southland, one clash in May."""

import pandas as pd

from clashbook.bounds import FILLED_BY
from clashbook.dataset.tables import Dataset

EPISODE = "2021-05"
ACTORS = [
    ("NOR", "Northland", "belligerent"),
    ("SOU", "Southland", "belligerent"),
    ("both", "both sides", "collective"),
    ("unspecified", "side not stated", "collective"),
]
EPISODES = [
    (EPISODE, "May 2021", "clash", "2021-05-01", ""),
    ("background", "Background", "background", "", ""),
]
INDICATORS = [
    ("killed", ""),
    ("wounded", ""),
    ("missing", ""),
    ("killed_or_missing", "killed missing"),
    ("casualties", "killed wounded"),
    ("held", ""),
    ("killed_or_held", "killed held"),
    ("handed_over", ""),
]
STOCKS, AFTERMATH = ["held"], ["handed_over"]
DAILY = ("daily", "Daily", "Daily", "article-newspaper")
DEFAULTS = {
    "episode_id": EPISODE,
    "indicator": "killed",
    "party": "NOR",
    "population": "military",
    "unit": "persons",
    "period_start": "2021-05-01",
    "period_end": "2021-05-02",
    "reported_on": "2021-05-02",
    "reported_precision": "day",
    "claimant": "",
    "claimant_role": "own_side",
    "source_id": "daily",
    "locator": "para. 1",
    "relation": "",
    "related_claim": "",
    "status": "stated",
    "note": "",
}


def claim(claim_id: str, qualifier: str, *values: float, **columns: str) -> dict:
    """A row of claims: `values` fill the cells of the qualifier, once for an exact number."""
    filled = FILLED_BY[qualifier]
    cells = values * len(filled) if qualifier == "exact" else values
    bounds = dict.fromkeys(("low", "best", "high"), float("nan"))
    bounds |= dict(zip(filled, map(float, cells), strict=True))
    row = {"claim_id": claim_id, **DEFAULTS, "qualifier": qualifier, **bounds, **columns}
    for relation in ("updates", "repeats", "adds_to", "part_of", "disputes"):
        if relation in row:
            row |= {"relation": relation, "related_claim": row.pop(relation)}
    return row


def dataset(*claims: dict, as_of: str = "2021-12-31", end: str = "") -> Dataset:
    """A Dataset of these claims, unchecked, with the tables that counting needs.

    `end` is the clash's last day, "" while no source gives one.
    """
    names = [name for name, _ in INDICATORS]
    episodes = [(*row[:4], end if row[0] == EPISODE else "") for row in EPISODES]
    tables = {
        "claims": pd.DataFrame(claims, columns=list(claim("any", "unquantified"))),
        "sources": pd.DataFrame([DAILY], columns=["source_id", "publisher", "origin", "type"]),
        "episodes": pd.DataFrame(episodes, columns=["episode_id", "name", "kind", "start", "end"]),
        "actors": pd.DataFrame(ACTORS, columns=["actor_id", "name", "kind"]),
        "indicators": pd.DataFrame(INDICATORS, columns=["indicator", "includes"]).assign(
            label=[name.replace("_", " ").capitalize() for name in names],
            kind=["stock" if name in STOCKS else "count" for name in names],
            aftermath=["yes" if name in AFTERMATH else "" for name in names],
            domain="casualties",
            unit="persons",
        ),
    }
    return Dataset(tables, as_of, "0", {})
