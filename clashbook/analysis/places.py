"""The places that events name, episode by episode, and where a gazetteer has them."""

from __future__ import annotations

import pandas as pd

from clashbook.analysis.timeline import SPOKEN, entries
from clashbook.dataset.rows import Place
from clashbook.dataset.tables import Dataset, once

COLUMNS = [
    *("episode_id", "place_id", "name", "country", "what", "happened", "reporter", "latitude"),
    *("longitude", "precision_km", "gazetteer", "note", "events"),
]
NO_ENTRY = "no entry"


@once
def named(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """The places named by the events of some episodes, one row for each episode and place.

    An error of a source names no place.

    Returns
    -------
    DataFrame
        episode_id, place_id, name (every name, a slash between them), country (code), what (kinds
        of the events, in the order of their days), happened (False where all of them are somebody's
        words), reporter (the side whose report all of them are, or ""), latitude, longitude
        (degrees, NaN without coordinates), precision_km (NaN likewise), gazetteer (with the id in
        it, or that it has no entry), note, events (ids, space-separated).
        By episode, country and name.
    """
    events = data.events[(data.events.place_id != "") & (data.events.status != "source_error")]
    order = ["date_start", "reported_on"]
    events = events[events.episode_id.isin(episodes)].sort_values(order, kind="stable")
    found = entries(data, episodes)
    found = found.assign(event_id=found.events.str.split()).explode("event_id")
    events = events.assign(
        what=events.kind.str.replace("_", " "),
        happened=~events.kind.isin(SPOKEN),
        reporter=events.event_id.map(
            found.drop_duplicates("event_id").set_index("event_id").account
        ),
    )
    position = {event: place for place, event in enumerate(data.events.event_id)}
    grouped = events.groupby(["episode_id", "place_id"]).agg(
        what=("what", lambda kinds: ", ".join(dict.fromkeys(kinds))),
        happened=("happened", "any"),
        reporter=("reporter", lambda sides: sides.iloc[0] if sides.nunique() == 1 else ""),
        events=("event_id", lambda ids: " ".join(sorted(ids, key=position.__getitem__))),
    )
    frame = grouped.astype({"happened": bool}).reset_index()
    frame = frame.merge(data.places, on="place_id")
    frame = frame.assign(
        name=[data.records(Place)[place].words for place in frame.place_id],
        gazetteer=(frame.gazetteer + " " + frame.gazetteer_id).str.strip().replace("", NO_ENTRY),
    )
    return _by_country(data, frame, "episode_id")[COLUMNS]


def _by_country(data: Dataset, frame: pd.DataFrame, *first: str) -> pd.DataFrame:
    """The rows by country, first the sides', and name, and before that by other columns."""
    ranked = frame.assign(rank=frame.country.map(data.place))
    return ranked.sort_values([*first, "rank", "name"], kind="stable", ignore_index=True)


def by_place(data: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """The places of `named`, one row for each: what is known of it, and all that names it.

    Returns
    -------
    DataFrame
        place_id, name, country, precision_km, gazetteer, note, episode_id (ids, space-separated),
        events; by country and name.
    """
    same = frame.groupby("place_id")
    known = same[["name", "country", "precision_km", "gazetteer", "note"]].first()
    joined = same[["episode_id", "events"]].agg(" ".join)
    return _by_country(data, known.join(joined).reset_index()).drop(columns="rank")
