"""Numbers of events and reactions in the order of time."""

import pandas as pd

from clashbook.analysis import timeline
from clashbook.prose.numbers.declared import (
    Number,
    Numbers,
    actor_of,
    counted,
    ids_in,
    number,
    of_each_clash,
)


@number("clashes-entries", "Entries of the timeline, each clash")
def entries_of_each_clash(numbers: Numbers) -> Number:
    """How many events and reactions the timeline shows, clash by clash."""
    return of_each_clash(
        numbers, "entries", "entries", lambda count, name: f"{count.text} of {name}", "none"
    )


@number("{episode}-entries", "Entries of the timeline, {episode}")
def entries(numbers: Numbers, episode: str) -> Number:
    """How many events and reactions of an episode the timeline shows, each with its repeats."""
    return _rows(timeline.drawn(numbers.data, [episode]))


@number("{episode}-views", "Views of others on record, {episode}")
def views(numbers: Numbers, episode: str) -> Number:
    """How many views of others on an episode's actors are on record."""
    return _rows(timeline.views(numbers.data, episode))


@number(
    "{episode}-accounts-of-start-{party}",
    "Accounts of how it began, {episode}, by the authorities of {party}",
)
def accounts_of_start_by(numbers: Numbers, episode: str, party: str) -> Number:
    """How many accounts of how an episode began a party's own authorities gave."""
    frame = timeline.accounts_of_start(numbers.data, episode)
    return _rows(frame[frame.account == actor_of(numbers, party)])


@number(
    "{episode}-accounts-of-start-others",
    "Accounts of how it began, {episode}, by others than the two sides",
)
def accounts_of_start_by_others(numbers: Numbers, episode: str) -> Number:
    """How many of them neither side's authorities gave."""
    frame = timeline.accounts_of_start(numbers.data, episode)
    return _rows(frame[frame.account == ""])


@number(
    "{episode}-on-the-ground-{party}",
    "Entries on the ground, {episode}, by the authorities of {party}",
)
def on_the_ground(numbers: Numbers, episode: str, party: str) -> Number:
    """What a party's own authorities report of the ground, accounts of how it began aside."""
    frame = timeline.drawn(numbers.data, [episode])
    frame = frame[(frame.lane == "ground") & frame.done]
    return _rows(frame[frame.account == actor_of(numbers, party)])


@number("{episode}-places-under-fire-{party}", "Places reported under fire, {episode}, {party}")
def places_under_fire(numbers: Numbers, episode: str, party: str) -> Number:
    """How many places in a party's country are reported to have come under fire."""
    frame = timeline.under_fire(numbers.data, episode)
    frame = frame[frame.country == actor_of(numbers, party)]
    return counted(frame.place_id.nunique(), "places", events=frame.event_id)


def _rows(frame: pd.DataFrame) -> Number:
    """How many rows there are, resting on the records of all of them."""
    # A frame of views has reactions alone.
    events = ids_in(frame.events) if "events" in frame else ()
    return counted(len(frame), "entries", reactions=ids_in(frame.reactions), events=events)
