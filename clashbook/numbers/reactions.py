"""Numbers of outside actors and their acts."""

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
    return Number("", " and ".join(said) or "no", unit="actors")


@number("{episode}-actors")
def actors(numbers: Numbers, episode: str) -> Number:
    """Outside actors with a place in the matrix."""
    return counted(len(reactions.actors_placed(numbers.data, episode)), "actors")


@number("{episode}-actors-{stance}-{party}")
def actors_with_stance(numbers: Numbers, episode: str, stance: str, party: str) -> Number:
    """Outside actors that took a stance toward a party or both."""
    stances = {slug(name): name for name in numbers.data.stances.stance}
    whom = actor_of(numbers, party)
    placed = reactions.actors_placed(numbers.data, episode, stances[stance], whom)
    return counted(len(placed), "actors")


@number("{episode}-actors-with-deeds")
def actors_with_deeds(numbers: Numbers, episode: str) -> Number:
    """Outside actors with at least one deed done in the episode."""
    return counted(len(reactions.actors_with_deeds(numbers.data, episode)), "actors")


@number("{episode}-{act}-toward-{party}")
def acts_toward(numbers: Numbers, episode: str, act: str, party: str) -> Number:
    """How many acts of a kind outside actors are on record with toward a party or both."""
    frame = reactions.placed(numbers.data, [episode])
    frame = frame[(frame.act.map(slug) == act) & (frame.toward == actor_of(numbers, party))]
    return counted(len(frame), "acts")
