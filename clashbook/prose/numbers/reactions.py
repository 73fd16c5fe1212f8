"""Numbers of outside actors and their acts."""

import pandas as pd

from clashbook.analysis import reactions
from clashbook.dataset.tables import Dataset
from clashbook.language import listed, with_article
from clashbook.prose.numbers.declared import Numbers, counts, named_in, number, of_each_clash
from clashbook.prose.numbers.model import Number

of_each_clash(
    "clashes-actors",
    "Outside actors that reacted, each clash",
    "actors",
    "{text} in {name}",
    "none",
)


@counts("{episode}-actors", "Outside actors that reacted, {episode}", "actors", "actor_id")
def actors(data: Dataset, episode: str) -> pd.DataFrame:
    """Outside actors with an act in the episode; what was done before it began is none of its."""
    return reactions.in_episode(data, episode)


@counts(
    "{episode}-actors-{stance}-{party}",
    "Outside actors by position, {episode}: {stance}, for {party}",
    "actors",
    "actor_id",
)
def actors_with_stance(data: Dataset, episode: str, stance: str, party: str) -> pd.DataFrame:
    """Outside actors that took a stance toward a party or both."""
    return reactions.with_stance(data, episode, stance, party)


@number(
    "{episode}-actors-{stance}-{party}-names",
    "Names of outside actors by position, {episode}: {stance}, for {party}",
)
def names_with_stance(numbers: Numbers, **named: str) -> Number:
    """Which they are: "France, Russia and the United States"."""
    return _names(numbers, actors_with_stance(numbers.data, **named))


@counts(
    "{episode}-actors-with-deeds",
    "Outside actors that acted, {episode}",
    "actors",
    "actor_id",
)
def actors_with_deeds(data: Dataset, episode: str) -> pd.DataFrame:
    """Outside actors with at least one deed done in the episode."""
    return reactions.deeds_done(data, episode)


@number("{episode}-actors-with-deeds-names", "Names of outside actors that acted, {episode}")
def names_with_deeds(numbers: Numbers, episode: str) -> Number:
    """Which they are."""
    return _names(numbers, actors_with_deeds(numbers.data, episode))


@counts(
    "{episode}-{act}-toward-{party}",
    "Acts of outside actors, {episode}: {act}, for {party}",
    "acts",
)
@counts("{act}-toward-{party}", "Acts of anybody, whenever done: {act}, for {party}", "acts")
def acts_toward(data: Dataset, act: str, party: str, episode: str = "") -> pd.DataFrame:
    """How many acts of a kind outside actors did in an episode, toward a party or both.

    Without an episode those that any source reports, by whomever and before an episode too: a
    sentence that no source names such an act rests on this.
    """
    ever = data.reactions[data.reactions.relation != "repeats"]
    frame = reactions.in_episode(data, episode) if episode else ever
    return frame[(frame.act == act) & (frame.toward == party)]


def _names(numbers: Numbers, frame: pd.DataFrame) -> Number:
    """The actors that the rows are of, by name, resting on every one of them."""
    names = sorted(map(numbers.data.name, frame.actor_id.unique()))
    text = listed([with_article(name) for name in names]) or "none"
    return Number("", text, unit="names", reactions=named_in(frame, "reactions"))
