"""Numbers of outside actors and their acts."""

import pandas as pd

from clashbook.analysis import reactions
from clashbook.prose.numbers.declared import (
    Number,
    Numbers,
    actor_of,
    counted,
    number,
    of_each_clash,
    slug,
)


@number("clashes-actors", "Outside actors that reacted, each clash")
def actors_of_each_clash(numbers: Numbers) -> Number:
    """How many outside actors reacted, clash by clash."""
    return of_each_clash(
        numbers, "actors", "actors", lambda count, name: f"{count.text} in {name}", "none"
    )


@number("{episode}-actors", "Outside actors that reacted, {episode}")
def actors(numbers: Numbers, episode: str) -> Number:
    """Outside actors with an act in the episode; what was done before it began is none of its."""
    return _actors(reactions.in_episode(numbers.data, episode))


@number(
    "{episode}-actors-{stance}-{party}",
    "Outside actors by stance, {episode}: {stance}, toward {party}",
)
def actors_with_stance(numbers: Numbers, episode: str, stance: str, party: str) -> Number:
    """Outside actors that took a stance toward a party or both."""
    return _actors(_with_stance(numbers, episode, stance, party))


@number(
    "{episode}-actors-{stance}-{party}-names",
    "Names of outside actors by stance, {episode}: {stance}, toward {party}",
)
def names_with_stance(numbers: Numbers, episode: str, stance: str, party: str) -> Number:
    """Which they are: "France, Russia and United States"."""
    return _names(numbers, _with_stance(numbers, episode, stance, party))


@number("{episode}-actors-with-deeds", "Outside actors with a deed done, {episode}")
def actors_with_deeds(numbers: Numbers, episode: str) -> Number:
    """Outside actors with at least one deed done in the episode."""
    return _actors(reactions.deeds_done(numbers.data, episode))


@number("{episode}-actors-with-deeds-names", "Names of outside actors with a deed done, {episode}")
def names_with_deeds(numbers: Numbers, episode: str) -> Number:
    """Which they are."""
    return _names(numbers, reactions.deeds_done(numbers.data, episode))


@number(
    "{episode}-{act}-toward-{party}",
    "Acts of outside actors, {episode}: {act}, toward {party}",
)
def acts_toward(numbers: Numbers, episode: str, act: str, party: str) -> Number:
    """How many acts of a kind outside actors did in an episode, toward a party or both."""
    return _acts(numbers, reactions.in_episode(numbers.data, episode), act, party)


@number("{act}-toward-{party}", "Acts of anybody, whenever done: {act}, toward {party}")
def acts_ever_toward(numbers: Numbers, act: str, party: str) -> Number:
    """How many acts of a kind any source reports, by whomever and before an episode too.

    A sentence that no source names such an act rests on this one.
    """
    frame = numbers.data.reactions
    return _acts(numbers, frame[frame.relation != "repeats"], act, party)


def _acts(numbers: Numbers, frame: pd.DataFrame, act: str, party: str) -> Number:
    frame = frame[(frame.act.map(slug) == act) & (frame.toward == actor_of(numbers, party))]
    return counted(len(frame), "acts", reactions=frame.reaction_id)


def _with_stance(numbers: Numbers, episode: str, stance: str, party: str) -> pd.DataFrame:
    stances = {slug(name): name for name in numbers.data.stances.stance}
    whom = actor_of(numbers, party)
    return reactions.with_stance(numbers.data, episode, stances[stance], whom)


def _names(numbers: Numbers, frame: pd.DataFrame) -> Number:
    """The actors that the rows are of, by name, resting on every one of them."""
    *others, last = sorted(map(numbers.data.name, frame.actor_id.unique())) or ["none"]
    text = " and ".join(filter(None, [", ".join(others), last]))
    return Number("", text, unit="names", reactions=tuple(sorted(frame.reaction_id)))


def _actors(frame: pd.DataFrame) -> Number:
    """How many actors the rows are of, resting on every one of them."""
    return counted(frame.actor_id.nunique(), "actors", reactions=frame.reaction_id)
