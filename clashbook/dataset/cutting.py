"""The tables once some rows are gone: nothing is left that names a row that is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from clashbook.dataset.checks.rules import SOURCED
from clashbook.dataset.following import reached

Tables = dict[str, pd.DataFrame]
# Tables of which only those rows are kept that other rows name; a source may be an episode's alone.
NAMED = ("episodes", "sources", "actors", "places")
# The two together and nobody in particular are named by the counting itself.
COLLECTIVE = ("both", "unspecified")


def closed(tables: Tables, package: Mapping[str, Any], whole: Collection[str]) -> Tables:
    """Return `tables` without what names a row that is gone, or what no row names any more.

    Of the tables NAMED those in `whole` are kept as they are.
    """
    observations, corrections = tables["observations"], tables["corrections"]
    released = observations.series_id.isin(tables["series"].series_id)
    left = tables | {"observations": observations[released]}
    for name, (key, related) in SOURCED.items():
        frame = left[name]
        there = frame[related].isin(frame[key])
        left[name] = frame.assign(
            **{column: frame[column].where(there, "") for column in ("relation", related)}
        )
    for name in NAMED:
        if name not in whole:
            left[name] = _named(name, left, package)
    if "alternatives" in left:
        known = left["alternatives"].claim_id.isin(left["claims"].claim_id)
        left["alternatives"] = left["alternatives"][known]
    if "within" in (places := left["places"]):
        within = places.within.where(places.within.isin(places.place_id), "")
        left["places"] = places.assign(within=within)
    ids = {name: set(frame.iloc[:, 0]) for name, frame in left.items()}
    corrected = zip(corrections.table, corrections.row_id, strict=True)
    kept = [not row_id or row_id in ids[table] for table, row_id in corrected]
    left["corrections"] = corrections.loc[kept]
    return {name: left[name].reset_index(drop=True) for name in tables}


def _named(table: str, tables: Tables, package: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows of `table` that a row of `tables` names, or the counting itself."""
    frame = tables[table]
    names: set[str] = set()
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            if key["reference"]["resource"] == table != resource["name"]:
                names |= set(tables[resource["name"]][key["fields"][0]])
    if table == "actors":
        names |= {*COLLECTIVE, *frame.actor_id[frame.kind == "belligerent"]}
    return frame[frame.iloc[:, 0].isin(names)]


def ended(episodes: pd.DataFrame, sources: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return `episodes` without the last days that no source had given by `as_of`."""
    known = episodes.end <= as_of
    if "end_source_id" in episodes:
        known &= ~episodes.end_source_id.isin(sources.source_id[sources.issued > as_of])
        episodes = episodes.assign(end_source_id=episodes.end_source_id.where(known, ""))
    return episodes.assign(end=episodes.end.where(known, ""))


def of_domains(indicators: pd.DataFrame, domains: Collection[str]) -> set[str]:
    """Return the indicators of `domains`, and those that they include."""
    includes = dict(zip(indicators.indicator, indicators.includes.str.split(), strict=True))
    return reached(indicators.indicator[indicators.domain.isin(domains)], includes)
