"""The places that events name, episode by episode, and where a gazetteer has them."""

from __future__ import annotations

import pandas as pd

from clashbook.analysis.timeline import SAID
from clashbook.dataset.attribution import of_records
from clashbook.dataset.rows import Place
from clashbook.dataset.tables import Dataset, once
from clashbook.language import NO_BREAK

COLUMNS = [
    *("episode_id", "episode", "place_id", "name", "country", "country_name", "what", "happened"),
    *("claimant", "stated", "latitude", "longitude", "precision_km", "where", "gazetteer"),
    *("note", "events"),
]
NOT_PLACED, NO_ENTRY = "not on the map", "no entry"


@once
def named(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """The places named by the events of some episodes, one row for each episode and place.

    An error of a source names no place.

    Returns
    -------
    DataFrame
        episode_id, episode, place_id, name (every name, a slash between them), country (code),
        country_name, what (kinds of the events, in the order of their days), happened (False where
        all of them are somebody's words), claimant, stated (of whom and when the events are),
        latitude, longitude (degrees, NaN without coordinates), precision_km (NaN likewise), where
        (the same in words), gazetteer (with the id in it, or that it has no entry), note, events
        (ids, space-separated). By episode, country and name.
    """
    places = data.places.set_index("place_id")
    events = data.events[(data.events.place_id != "") & (data.events.status != "source_error")]
    rows = []
    for episode in data.episodes[data.episodes.episode_id.isin(episodes)].itertuples():
        mine = events[events.episode_id == episode.episode_id]
        for place_id, here in mine.groupby("place_id"):
            place = places.loc[place_id]
            kinds = here.sort_values(["date_start", "reported_on"], kind="stable").kind
            ids = here.event_id.tolist()
            rows.append(
                {
                    "episode_id": episode.episode_id,
                    "episode": episode.name,
                    "place_id": place_id,
                    "name": data.records(Place)[place_id].words,
                    "country": place.country,
                    "country_name": data.names.get(place.country, place.country),
                    "what": ", ".join(dict.fromkeys(kind.replace("_", " ") for kind in kinds)),
                    "happened": bool((~kinds.isin(SAID)).any()),
                    **of_records(data, "events", ids),
                    **place[["latitude", "longitude", "precision_km", "note"]],
                    "where": _where(place.precision_km),
                    "gazetteer": f"{place.gazetteer} {place.gazetteer_id}".strip() or NO_ENTRY,
                    "events": " ".join(ids),
                }
            )
    frame = pd.DataFrame(rows, columns=COLUMNS).astype({"happened": bool})
    frame = frame.astype(dict.fromkeys(["latitude", "longitude", "precision_km"], float))
    order = frame.sort_values(["episode_id", "country_name", "name"], kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def _where(precision: float) -> str:
    return NOT_PLACED if pd.isna(precision) else f"within {precision:g}{NO_BREAK}km"


def each(frame: pd.DataFrame) -> pd.DataFrame:
    """The places of `named`, one row for each: what is known of it, and all that names it.

    Returns
    -------
    DataFrame
        place_id, name, country_name, where, gazetteer, note, episode (names, separated by
        semicolons), events; by country and name.
    """
    same = frame.groupby("place_id")
    known = same[["name", "country_name", "where", "gazetteer", "note"]].first()
    known = known.assign(episode=same.episode.agg("; ".join), events=same.events.agg(" ".join))
    return known.reset_index().sort_values(["country_name", "name"], ignore_index=True)
