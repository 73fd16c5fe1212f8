"""Numbers of places that events name."""

from clashbook.analysis import places
from clashbook.prose.numbers.declared import Number, Numbers, actor_of, counted, ids_in, number


@number("places-named", "Places that the sources name")
def places_named(numbers: Numbers) -> Number:
    """How many places the events of the clashes name."""
    return _places(numbers, placed=False)


@number("places-on-the-map", "Places drawn on the map")
def places_on_the_map(numbers: Numbers) -> Number:
    """How many of them have coordinates."""
    return _places(numbers, placed=True)


@number("places-on-the-map-{party}", "Places drawn on the map, {party}")
def places_on_the_map_of(numbers: Numbers, party: str) -> Number:
    """How many of these lie in a party's country."""
    return _places(numbers, placed=True, country=actor_of(numbers, party))


def _places(numbers: Numbers, *, placed: bool, country: str = "") -> Number:
    episodes = numbers.data.episodes
    frame = places.named(numbers.data, [*episodes.episode_id[episodes.kind == "clash"]])
    frame = frame[frame.latitude.notna()] if placed else frame
    frame = frame[frame.country == country] if country else frame
    return counted(frame.place_id.nunique(), "places", events=ids_in(frame.events))
