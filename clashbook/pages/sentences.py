"""A number, a claim or a figure of a series as a text can quote it, in one sentence."""

from __future__ import annotations

import re

from clashbook.dataset.rows import Claim, Series
from clashbook.language import (
    PEOPLE,
    POPULATIONS,
    day_in_words,
    listed,
    sentence,
    until,
    with_article,
)
from clashbook.pages import labels
from clashbook.pages.facts import Edition
from clashbook.prose.numbers import Number

# What a number is of, who says so, and what of it is asked.
_WHAT = re.compile(r"(?P<what>.*?)(, according to (?P<who>.*?))?(?P<asked>: .*)?")
FALL = ": the size of the fall"
# Claimants that are no name: who it is, the source says.
AUTHOR = "author of "
# What happens to people, by the label of its indicator, and how they are called.
_HAPPENED = ("Killed", "Wounded", "Captured")
_ALL = (POPULATIONS["all"], PEOPLE["all"])
_MANY = dict.fromkeys(_ALL, "people")
_ONE = dict.fromkeys(_ALL, "person") | {"soldiers": "soldier", "civilians": "civilian"}
_DAY = re.compile(r"\d{1,2}\s[A-Z]\w+(?:\s\d{4})?")


def of_number(edition: Edition, number: Number) -> str:
    """With its bound word, who says so, by which day, and known when."""
    asked = _WHAT.fullmatch(number.what)
    assert asked is not None  # the pattern takes any words
    what, who, rest = asked["what"], asked["who"], asked["asked"] or ""
    whose = number.according or (f", according to {named(who)}" if who else "")
    whose += _given_by(edition, number)
    day = "" if number.stated in number.what else number.stated
    end = f"{whose}{until(day) if number.attribution else ''}{known(edition)}."
    if rest == FALL:
        return sentence(f"{_fell(edition, number)} {number.text}{end}")
    if number.steps and (happened := _happened(what, number.text)):
        return sentence(f"{happened}{end}")
    return f"The figure for “{_quoted(what)}{rest}” is {number.text}{end}"


def _happened(what: str, text: str) -> str:
    """What a count says as it is told: "at least 5 people were killed on Northland’s side in May".

    Of what is counted in other words than these, without a figure, in days that are known but
    about, or of people whose side nobody names, it is "".
    """
    kind, *rest = what.split(", ")
    if kind not in _HAPPENED or len(rest) != 3 or not any(map(str.isdigit, text)):
        return ""
    whom, side, time = rest
    if side == labels.PARTIES["unspecified"] or time.startswith("about"):
        return ""
    number, _, differ = text.partition(" (")
    is_one = number.split()[-1] == "1"
    people = _ONE.get(whom, whom) if is_one else _MANY.get(whom, whom)
    where = f"on {side}" if side == labels.PARTIES["both"] else f"on {side}’s side"
    words = [number, people, f"({differ}" if differ else "", "was" if is_one else "were", kind]
    return f"{' '.join(filter(None, words)).lower()} {where} {_when(time)}"


def _when(time: str) -> str:
    """A clash, a day or days as a sentence ends: "in May 2021", "on 2 May", "from 2 to 4 May"."""
    if time.endswith(" war"):
        return f"in the {time[:1].lower()}{time[1:]}"
    before = "on" if _DAY.fullmatch(time) else "from" if " to " in time else "in"
    return f"{before} {time}"


def of_claim(edition: Edition, claim: Claim, what: str, standing: str) -> str:
    """According to whom and when, what it is of, and what became of it where it is not counted."""
    speaker = f"{named(speaker_of(edition, claim))} ({claim.reported})"
    if claim.status == "source_error":
        printed = f"{claim.words_with_unit} as the figure for “{_quoted(what)}”"
        source = labels.source(edition, claim.source_id)
        return f"In error, {source} printed {printed} and named {speaker}{known(edition)}."
    author = _reporter(edition, claim)
    given = f", as given by {author}" if author and author not in speaker else ""
    counted = _happened(what, claim.words_with_unit)
    counted = counted or f"the figure for “{_quoted(what)}” was {claim.words_with_unit}"
    left = f" {standing}" if standing.startswith("Not") else ""
    return f"According to {speaker}{given}, {counted}{known(edition)}.{left}"


def of_observation(edition: Edition, what: str, text: str, publisher: str, release: str) -> str:
    """According to which provider's release, and in which data it was found."""
    quoted = f"According to {named(publisher)} ({release}), the figure for “{_quoted(what)}” was"
    return f"{quoted} {text}{known(edition)}."


def speaker_of(edition: Edition, claim: Claim) -> str:
    """A claimant's name; of an author who is named by the text alone, that name too."""
    speaker = labels.actor(edition, claim.claimant)
    author = author_of(edition, claim.source_id) if speaker.startswith(AUTHOR) else ""
    return f"{speaker}, {author}" if author else speaker


def author_of(edition: Edition, source_id: str) -> str:
    """The author of a source, given name first; "" where none is named."""
    row = edition.row("sources", source_id) or {}
    family, _, given = (row.get("author") or "").partition(", ")
    return f"{given} {family}".strip()


def named(speaker: str) -> str:
    """A speaker inside a sentence: what is of somebody or something takes an article."""
    return f"the {speaker}" if " of " in speaker else with_article(speaker)


def known(edition: Edition) -> str:
    """As of which day, and in which version of the data."""
    about = edition.about
    day = day_in_words(about.as_of)
    return f", as known on {day} ({sentence(about.title)}, data version {about.version})"


def _given_by(edition: Edition, number: Number) -> str:
    """The names of authors whose papers an attribution rests on: it does not name them."""
    claims = [edition.claims[key] for key in number.claims if key in edition.claims]
    names = [*dict.fromkeys(filter(None, (_reporter(edition, claim) for claim in claims)))]
    if not names:
        return ""
    return (
        f" ({listed(names)})" if AUTHOR in number.attribution else f", as given by {listed(names)}"
    )


def _reporter(edition: Edition, claim: Claim) -> str:
    """Who wrote the paper or report that a claim was read in."""
    row = edition.row("sources", claim.source_id) or {}
    return author_of(edition, claim.source_id) if row.get("type") == "report" else ""


def _fell(edition: Edition, number: Number) -> str:
    """What fell, when and how it is measured: "in April 2020 Northland's index … fell by"."""
    row, when = _measured(edition, number)
    label, _, how = edition.name("indicators", row.indicator, "label").partition(", ")
    whose = labels.party(edition, row.party)
    measure = f" ({how})" if how and how != "change" else ""
    before = f"in {when} " if when else ""
    return f"{before}{whose}'s {_quoted(label)}{measure} fell by"


def _measured(edition: Edition, number: Number) -> tuple[Series | Claim, str]:
    """The row that a number is from, and its period in words."""
    for key in number.claims:
        claim = edition.claims[key]
        return claim, claim.period_words
    row = labels.series(edition, number.series[0])
    assert row is not None  # a number names series of its edition
    return row, day_in_words(number.id.rpartition("-in-")[2])


def _quoted(what: str) -> str:
    """What a number is of inside a sentence; a name keeps its capital."""
    is_name = what.partition(" ")[2][:1].isupper()
    return what if is_name else what[:1].lower() + what[1:]
