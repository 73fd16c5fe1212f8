"""Numbers of places that events name."""

import pandas as pd

from clashbook.analysis import places
from clashbook.dataset.tables import Dataset
from clashbook.prose.numbers.declared import counts


@counts("places-named", "Places that the sources name", "places", "place_id")
def named(data: Dataset) -> pd.DataFrame:
    """How many places the events of the clashes name."""
    return places.named(data, [*data.episodes.episode_id[data.episodes.kind == "clash"]])


@counts("places-on-the-map", "Places drawn on the map", "places", "place_id")
def on_the_map(data: Dataset) -> pd.DataFrame:
    """How many of them have coordinates."""
    frame = named(data)
    return frame[frame.latitude.notna()]


@counts("places-on-the-map-{party}", "Places drawn on the map, {party}", "places", "place_id")
def on_the_map_of(data: Dataset, party: str) -> pd.DataFrame:
    """How many of these lie in a party's country."""
    frame = on_the_map(data)
    return frame[frame.country == party]
