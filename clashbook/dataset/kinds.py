"""The kinds of records: each with its table, its key, its day, and the page that shows it.

A test holds what `datapackage.json` says of keys against this. All who ask which column names a
row, what a row relates to or where it is shown ask here.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of record.

    `name` is that of one, in references too; `related` the column of the row that one relates to,
    `begins` that of the day from which on it exists, `page` the page with an anchor for each.
    """

    name: str
    table: str
    key: str
    page: str = ""
    related: str = ""
    begins: str = ""


CLAIM = Kind("claim", "claims", "claim_id", "claims.html", "related_claim", "reported_on")
REACTION = Kind(
    "reaction", "reactions", "reaction_id", "data.html", "related_reaction", "reported_on"
)
EVENT = Kind("event", "events", "event_id", "data.html", "related_event", "reported_on")
SERIES = Kind("series", "series", "series_id", begins="released_on")
SOURCE = Kind("source", "sources", "source_id", "sources.html")
EPISODE = Kind("episode", "episodes", "episode_id", begins="start")
INDICATOR = Kind("indicator", "indicators", "indicator")
PLACE = Kind("place", "places", "place_id")
PRINTED = Kind("printed", "elsewhere", "elsewhere_id", "elsewhere.html", begins="reported_on")
READING = Kind("reading", "alternatives", "alternative_id")
KINDS = (
    *(CLAIM, REACTION, EVENT, SERIES, SOURCE, EPISODE),
    Kind("actor", "actors", "actor_id"),
    INDICATOR,
    PLACE,
    Kind("stance", "stances", "stance"),
    PRINTED,
    READING,
)
# Tables that data of an earlier version do without.
NEWER = (PRINTED.table, READING.table)
# Somebody's statements, each in a source.
SPOKEN = (CLAIM, REACTION, EVENT)
# What a number, a row of a frame or an exhibit can rest on.
GROUNDS = (CLAIM, SERIES, REACTION, EVENT)
# What stands in a source.
CITING = (*GROUNDS, PRINTED)
# What text refers to by a role, and a page has an anchor for.
REFERRED = (CLAIM, SOURCE, REACTION, EVENT)
