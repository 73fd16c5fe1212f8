"""Numbers of outside actors and their acts."""

import pandas as pd

from clashbook import reactions
from clashbook.numbers.declared import (
    Number,
    Numbers,
    actor_of,
    counted,
    number,
    of_clashes,
    slug,
)


@number("clashes-actors")
def actors_of_each_clash(numbers: Numbers) -> Number:
    """How many outside actors have a place in the matrix, clash by clash."""
    names, each = of_clashes(numbers, "actors")
    said = [f"{one.text} in {name}" for name, one in zip(names, each, strict=True)]
    ids = sorted({reaction for one in each for reaction in one.reactions})
    return Number("", " and ".join(said) or "no", unit="actors", reactions=tuple(ids))


@number("{episode}-actors")
def actors(numbers: Numbers, episode: str) -> Number:
    """Outside actors with a place in the matrix."""
    return _actors(reactions.placed(numbers.data, [episode]))


@number("{episode}-actors-{stance}-{party}")
def actors_with_stance(numbers: Numbers, episode: str, stance: str, party: str) -> Number:
    """Outside actors that took a stance toward a party or both."""
    stances = {slug(name): name for name in numbers.data.stances.stance}
    whom = actor_of(numbers, party)
    return _actors(reactions.with_stance(numbers.data, episode, stances[stance], whom))


@number("{episode}-actors-with-deeds")
def actors_with_deeds(numbers: Numbers, episode: str) -> Number:
    """Outside actors with at least one deed done in the episode."""
    return _actors(reactions.deeds_done(numbers.data, episode))


@number("{episode}-{act}-toward-{party}")
def acts_toward(numbers: Numbers, episode: str, act: str, party: str) -> Number:
    """How many acts of a kind outside actors are on record with toward a party or both."""
    frame = reactions.placed(numbers.data, [episode])
    frame = frame[(frame.act.map(slug) == act) & (frame.toward == actor_of(numbers, party))]
    return counted(len(frame), "acts", reactions=tuple(sorted(frame.reaction_id)))


def _actors(frame: pd.DataFrame) -> Number:
    """How many actors the rows are of, resting on every one of them."""
    ids = tuple(sorted(frame.reaction_id))
    return counted(frame.actor_id.nunique(), "actors", reactions=ids)
