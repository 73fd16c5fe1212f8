"""Numbers of events and reactions, each with its repeats, and of the places that events name."""

import pandas as pd

from clashbook.analysis import places, timeline
from clashbook.dataset.tables import Dataset
from clashbook.prose.numbers.declared import counts, of_each_clash

of_each_clash(
    "clashes-entries", "Entries of the timeline, each clash", "entries", "{text} of {name}", "none"
)


@counts("{episode}-entries", "Entries of the timeline, {episode}", "entries")
def entries(data: Dataset, episode: str) -> pd.DataFrame:
    """How many events and reactions of an episode the timeline shows."""
    return timeline.drawn(data, [episode])


@counts(
    "{episode}-accounts-of-start-{party}",
    "Accounts of how it began, {episode}, by the authorities of {party}",
    "entries",
)
@counts(
    "{episode}-accounts-of-start-others",
    "Accounts of how it began, {episode}, by others than the two sides",
    "entries",
)
def accounts_of_start(data: Dataset, episode: str, party: str = "") -> pd.DataFrame:
    """How many accounts of how an episode began a party's own authorities gave, or neither's."""
    frame = timeline.accounts_of_start(data, episode)
    return frame[frame.account == party]


@counts(
    "{episode}-places-under-fire-{party}",
    "Places reported under fire, {episode}, {party}",
    "places",
    "place_id",
)
def places_under_fire(data: Dataset, episode: str, party: str) -> pd.DataFrame:
    """How many places in a party's country are reported to have come under fire."""
    frame = timeline.under_fire(data, episode)
    return frame[frame.country == party]


@counts("places-named", "Places that the sources name", "places", "place_id")
def named(data: Dataset) -> pd.DataFrame:
    """How many places the events of the clashes name."""
    return places.named(data, [*data.episodes.episode_id[data.episodes.kind == "clash"]])


@counts("places-on-the-map", "Places drawn on the map", "places", "place_id")
@counts("places-on-the-map-{party}", "Places drawn on the map, {party}", "places", "place_id")
def on_the_map(data: Dataset, party: str = "") -> pd.DataFrame:
    """How many of them have coordinates, all or those in a party's country."""
    frame = named(data)
    frame = frame[frame.country == party] if party else frame
    return frame[frame.latitude.notna()]
