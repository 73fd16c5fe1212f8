"""How the rows of the data are put into words on the pages."""

from __future__ import annotations

from babel import Locale

from clashbook.bounds import Bounds
from clashbook.dataset.rows import Claim, Event, Indicator, Place, Printed, Reaction, Series, Source
from clashbook.language import NO_BREAK, PEOPLE, POPULATIONS, day_in_words, sentence
from clashbook.pages.facts import Edition, Row
from clashbook.prose.numbers import Number

MISSING = "not stated"
PARTIES = {"both": "both sides", "unspecified": "side not stated", "": "side not stated"}
ROLES = {
    "own_side": "about its own side",
    "opposing_side": "about the other side",
    "third_party": "third party",
    "press": "press or author",
    "statistics": "statistics",
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
SOURCE_KINDS = {
    "official": "official",
    "agency": "news agency",
    "newspaper": "news outlet",
    "organisation": "organisation",
    "scraper": "a copy or translation that is not signed",
}
# How a source's day is known, where it is not printed on it.
DAY_BASES = {
    "address": "Its day is in its address.",
    "content": "Its day is known from what it tells.",
    "limit": "It shows no day: the one given is the last possible.",
}
# One of what a source is used for, and of what a number or an exhibit rests on.
USES = {"claims": "claim", "reactions": "reaction", "events": "event", "series": "series"}
ONE = USES | {"series": "published series"}
USES |= {"elsewhere": "printed number"}


def toll(edition: Edition, toll: dict[str, str]) -> str:
    """What a toll is of: "killed, soldiers, Northland, May 2021"."""
    label = edition.name("indicators", toll["indicator"], "label")
    people = PEOPLE.get(toll["population"], "")
    episode = edition.name("episodes", toll["episode"], "name")
    parts = [label[:1].lower() + label[1:], people, party(edition, toll["party"])]
    return ", ".join([part for part in parts if part] + [episode.replace(" ", NO_BREAK)])


def whose(source: Row) -> str:
    """Whose a source is, of which kind, and in which language if it is not English."""
    code = source.get("language") or "en"
    tongue = f"in {Locale('en').languages.get(code, code)}" if code != "en" else ""
    parts = [source.get("standpoint"), SOURCE_KINDS.get(source.get("kind", "")), tongue]
    return sentence("; ".join(filter(None, parts)))


def counted(count: int, one: str) -> str:
    """A count of things: "1 number", "12 numbers"."""
    return f"{count:,} {one}" if count == 1 or one.endswith("s") else f"{count:,} {one}s"


def relation(code: str) -> str:
    """What a row does to another, as a sentence begins: "Adds to"."""
    return code.replace("_", " ").capitalize()


def party(edition: Edition, party_id: str) -> str:
    return PARTIES.get(party_id) or edition.name("actors", party_id, "name")


def about(edition: Edition, row: Claim | Series | Printed) -> str:
    """Whom a number is about; where that is who did something, it says "by"."""
    name = party(edition, row.party)
    indicator = edition.row("indicators", row.indicator)
    if indicator is None or row.party in PARTIES:
        return name
    return Indicator.of(indicator).of_whom(name)


def measure(edition: Edition, row: Claim | Series | Printed, separator: str = ", ") -> str:
    """What is counted, and of whom: "Killed, soldiers"."""
    label = edition.name("indicators", row.indicator, "label")
    return separator.join(filter(None, [label, POPULATIONS.get(row.population, row.population)]))


def measured(edition: Edition, row: Claim | Series, days: str) -> str:
    """The same, with the side and the days: "Killed; soldiers; Northland; May 2021"."""
    parts = [measure(edition, row, "; "), about(edition, row), days]
    return "; ".join(filter(None, parts))


def place_in_source(claim: Claim) -> str:
    """Where a claim stands, and what it is there: stated, worked out, or an error."""
    status = STATUSES.get(claim.status, "Stated")
    locator = claim.locator.replace(". ", f".{NO_BREAK}")
    return f"{locator}; {status[:1].lower()}{status[1:]}" if locator else status


def stance(edition: Edition, reaction: Reaction) -> str:
    """The stance's name and whom it concerns, as the chapter on reactions says it."""
    label = edition.name("stances", reaction.stance, "label")
    whom = party(edition, reaction.toward) if reaction.toward else ""
    return reaction.stance_words(label, whom)


def episode(edition: Edition, episode_id: str) -> str:
    if episode_id == "background":
        return "not about one clash"
    return edition.name("episodes", episode_id, "name")


def of_record(edition: Edition, made: Claim | Reaction | Event | Source) -> str:
    """What a link to a record says."""
    match made:
        case Source():
            return made.words
        case Claim():
            return f"{actor(edition, made.claimant)}, {made.reported}"
        case Reaction():
            return f"{actor(edition, made.actor_id)}, {made.when}"
    # Whoever reports a thing is not who did it.
    reporter = actor(edition, made.claimant)
    return f"{made.kind.replace('_', ' ')}, as reported by {reporter}, {made.when}"


def card(number: Number) -> str:
    """The name of a number's card: a claim as it was made has that of the claim."""
    (claim, *_) = (*number.claims, "")
    return claim if number.id == f"said-{claim}" else f"number-{number.id}"


def of_key(edition: Edition, kind: str, key: str) -> str:
    """What a link to a reaction or an event says, by the id; the id where there is no such row."""
    record: type[Reaction | Event] = Reaction if kind == "reaction" else Event
    row = edition.row(record.record_kind.table, key)
    return of_record(edition, record.of(row)) if row else key


def series(edition: Edition, series_id: str) -> Series | None:
    row = edition.row("series", series_id)
    return Series.of(row) if row else None


def source(edition: Edition, source_id: str) -> str:
    row = edition.row("sources", source_id)
    return Source.of(row).words if row else source_id


def actor(edition: Edition, actor_id: str) -> str:
    return edition.name("actors", actor_id, "name")


def place(edition: Edition, place_id: str) -> str:
    row = edition.row("places", place_id)
    return Place.of(row).words if row else place_id


def cell(value: object) -> str:
    """A value of an exhibit's frame as its table shows it."""
    if value is None or value == "" or value != value:
        return MISSING
    if isinstance(value, str):
        return day_in_words(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(cell, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return Bounds.exact(float(str(value))).words()
