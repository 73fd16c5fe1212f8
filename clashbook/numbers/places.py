"""Numbers of places that events name."""

from clashbook import places
from clashbook.numbers.declared import Number, Numbers, counted, number


@number("places-named", "Places that the sources name")
def places_named(numbers: Numbers) -> Number:
    """How many places the events of the clashes name."""
    return _places(numbers, placed=False)


@number("places-on-the-map", "Places drawn on the map")
def places_on_the_map(numbers: Numbers) -> Number:
    """How many of them have coordinates."""
    return _places(numbers, placed=True)


def _places(numbers: Numbers, *, placed: bool) -> Number:
    episodes = numbers.data.episodes
    frame = places.named(numbers.data, [*episodes.episode_id[episodes.kind == "clash"]])
    frame = frame[frame.latitude.notna()] if placed else frame
    ids = tuple(sorted(key for cell in frame.events for key in cell.split()))
    return counted(frame.place_id.nunique(), "places", events=ids)
