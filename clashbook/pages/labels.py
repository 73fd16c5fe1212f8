"""How the rows of the data are put into words on the pages."""

from __future__ import annotations

from clashbook.bounds import Bounds
from clashbook.dataset.rows import Indicator, Place
from clashbook.language import (
    NO_BREAK,
    PEOPLE,
    day_in_words,
)
from clashbook.pages.facts import Edition, Row

PARTIES = {"both": "both sides", "unspecified": "side not stated", "": "side not stated"}
ROLES = {
    "own_side": "of its own side",
    "opposing_side": "of the other side",
    "third_party": "third party",
    "press": "press or author",
    "statistics": "statistics",
}
RELATIONS = {
    "updates": "Updates",
    "repeats": "Repeats",
    "adds_to": "Adds to",
    "part_of": "Part of",
    "disputes": "Disputes",
    "answers": "Answers",
    "carries_out": "Carries out",
    "reverses": "Reverses",
}
RELATED_BY = {
    "updates": "Updated by",
    "repeats": "Repeated by",
    "adds_to": "Added to by",
    "part_of": "Has as a part",
    "disputes": "Disputed by",
}
STATUSES = {
    "derived": "Worked out by the source itself",
    "source_error": "Error in the source",
}


def toll(edition: Edition, toll: dict[str, str]) -> str:
    """What a toll is of: "killed, soldiers, Northland, May 2021"."""
    label = edition.name("indicators", toll["indicator"], "label")
    people = PEOPLE.get(toll["population"], "")
    episode = edition.name("episodes", toll["episode"], "name")
    parts = [label[:1].lower() + label[1:], people, party(edition, toll["party"])]
    return ", ".join([part for part in parts if part] + [episode.replace(" ", NO_BREAK)])


def counted(count: int, one: str) -> str:
    """A count of things: "1 number", "12 numbers"."""
    return f"{count:,} {one}" if count == 1 or one.endswith("s") else f"{count:,} {one}s"


def party(edition: Edition, party_id: str) -> str:
    return PARTIES.get(party_id) or edition.name("actors", party_id, "name")


def about(edition: Edition, row: Row) -> str:
    """Whom a claim is about; where that is who did something, it says "by"."""
    name = party(edition, row["party"])
    indicator = edition.row("indicators", row["indicator"])
    if indicator is None or row["party"] in PARTIES:
        return name
    return Indicator.of(indicator).of_whom(name)


def actor(edition: Edition, actor_id: str) -> str:
    return edition.name("actors", actor_id, "name")


def place(edition: Edition, place_id: str) -> str:
    row = edition.row("places", place_id)
    return Place.of(row).words if row else place_id


def cell(value: object) -> str:
    """A value of an exhibit's frame as its table shows it."""
    if value is None or value == "" or value != value:
        return "not stated"
    if isinstance(value, str):
        return day_in_words(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(cell, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return Bounds.exact(float(str(value))).words()
