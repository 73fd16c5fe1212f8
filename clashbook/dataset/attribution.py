"""Who says what a row of a frame rests on, and when it was stated: for every mark and every CSV."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from clashbook.bounds import Bounds
from clashbook.dataset.rows import STATEMENTS, Claim, Series, Statement
from clashbook.dataset.tables import Dataset
from clashbook.language import listed, with_article

# Offices are written small inside a sentence; bodies keep the name that they bear.
_OFFICE = re.compile(
    r"(Ambassador|Assistant|Deputy|Government|Minister|President|Prime|Secretary)\b"
)
# Two bodies that speak as one; what follows "and" may also be what one ministry is of.
_BODY = re.compile(r"\b(?:Ministry|Office|Committee|Service|Council)\b")
_MINISTRY = re.compile(r"Ministry of (.+)")
# Letters that a list of offices may take before they are called authorities together.
LONGEST = 45
# What stands before the name of one that is no authority, in a list with authorities.
_KINDS = {
    "agency": "the news agency ",
    "newspaper": "the news outlet ",
    "organisation": "the organisation ",
}
# Of these an actor has only one.
_SINGLE = ("author", "head", "president", "spokesperson")


def of_records(data: Dataset, table: str, ids: Collection[str]) -> dict[str, str]:
    """Who made some claims, reactions or events known, and when.

    Returns
    -------
    dict
        claimant (names in the order of their statements, each once, separated by semicolons) and
        stated (the day in words; of several the newest, said to be so); both "" without ids.

    Examples
    --------
    >>> of_records(data, "claims", ["first", "second"])  # doctest: +SKIP
    {'claimant': 'Ministry of Northland; Daily', 'stated': 'newest 2 May 2021'}
    """
    mine = of_rows(data, table, ids)
    days = [row.reported for row in mine]
    newest = days[-1] if days else ""
    return {
        "claimant": "; ".join(dict.fromkeys(row.claimant for row in mine)),
        "stated": f"newest {newest}" if len(set(days)) > 1 else newest,
    }


def of_series(data: Dataset, series: str) -> dict[str, str]:
    """Who publishes a series, and when it was released, in the same two columns."""
    row = data.records(Series)[series]
    publisher = data.rows["sources"][row.source_id]["publisher"]
    return {"claimant": publisher, "stated": row.released}


def of_rows(data: Dataset, table: str, ids: Collection[str]) -> list[Statement]:
    """Some claims, reactions or events in the order of their statements, claimants by name."""
    records = data.records(STATEMENTS[table])
    wanted = set(ids)
    rows = [row for row_id, row in records.items() if row_id in wanted]
    return [
        replace(row, claimant=data.names.get(row.claimant, row.claimant))
        for row in sorted(rows, key=lambda row: row.reported_on)
    ]


def attribution(
    data: Dataset, rows: Sequence[Statement], low: float | None = None, high: float | None = None
) -> str:
    """According to whom a number is what it is, as a sentence goes on after it.

    Where several claimants' counts just add up to the number, it says how much is whose.

    Parameters
    ----------
    rows : sequence of Statement
        What the number rests on, as `of_rows` gives it.
    low, high : float or None
        The number's own bounds.

    Returns
    -------
    str
        "according to Northland’s Security Council and defence ministry", or "according to
        Northland’s authorities (3) and The Daily (at least 4)"; "" without rows.
    """
    speakers = _speakers(data, [row.claimant for row in rows])
    shares = _shares(rows, speakers.values()) if len(speakers) > 1 else []
    total = sum(shares, start=Bounds.exact(0))
    if shares and total.low == low and high in (None, total.high):
        pairs = zip(speakers, shares, strict=True)
        return f"according to {listed([f'{name} ({share.words()})' for name, share in pairs])}"
    return f"according to {listed([*speakers])}" if speakers else ""


def _speakers(data: Dataset, claimants: Iterable[str]) -> dict[str, list[str]]:
    """Each speaker in words, those of one country as one, and the claimants' names behind it.

    Beside a country's authorities the kind of an outlet or organisation is said.
    """
    actors = data.actors
    bodies = set(actors["name"][actors.kind == "organisation"])
    groups: dict[tuple[str, str], list[str]] = {}
    for name in dict.fromkeys(claimants):
        owner = next((actor for actor in actors["name"] if name.endswith(f" of {actor}")), "")
        groups.setdefault((owner, "" if owner else name), []).append(name)
    kinds = _kinds(data) if any(owner for owner, _ in groups) else {}

    def called(owner: str, name: str, names: list[str]) -> str:
        if not name:
            return f"{owner}’s {_offices(names, owner)}"
        if name in bodies:
            return f"the {name}"
        if (named := with_article(name)) != name:
            return named  # it says what it is
        return kinds.get(name, "") + _nameless(name)

    return {called(owner, name, names): names for (owner, name), names in groups.items()}


def _kinds(data: Dataset) -> dict[str, str]:
    """What stands before the name of each outlet and organisation that has a source."""
    kinds: dict[str, str] = {}
    for source in data.rows["sources"].values():
        kind, standpoint = source.get("kind", ""), source.get("standpoint", "")
        described = f"the {standpoint.lower()} " if standpoint.endswith(" organisation") else ""
        kinds[source["publisher"]] = described or _KINDS.get(kind, "")
        if kind == "organisation":
            # Its text may be published by another, and be of several.
            for name in source.get("origin", "").split(" and "):
                kinds.setdefault(name, _KINDS[kind])
    return kinds


def _offices(names: list[str], owner: str) -> str:
    """Some offices and bodies of a country; many, or such with long names, are its authorities."""
    offices = listed([_office(name, owner) for name in names])
    return offices if len(names) == 1 or len(offices) <= LONGEST else "authorities"


def _office(name: str, owner: str) -> str:
    """An office or a body of a country inside a sentence: "prime minister", "Security Council"."""
    office = name.removesuffix(f" of {owner}")
    first, _, second = office.partition(" and ")
    if _BODY.search(second):
        return f"{_office(first, owner)} and {_office(second, owner)}"
    if ministry := _MINISTRY.fullmatch(office):
        return f"{ministry[1].lower()} ministry"
    return office.lower() if _OFFICE.match(office) else office


def _nameless(name: str) -> str:
    """A claimant without a name of its own takes an article: "the author of the paper"."""
    if _OFFICE.match(name):
        return f"the {name[0].lower()}{name[1:]}"
    noun = name.removeprefix("unnamed ").split()[0]
    is_site = "." in noun
    if not name[0].islower() or noun.endswith("s") or noun == "media" or is_site:
        return name
    return f"the {name}" if noun in _SINGLE else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _shares(rows: Sequence[Statement], speakers: Iterable[list[str]]) -> list[Bounds]:
    """What each speaker counted, all claims added; nothing where the rows count nothing."""
    claims = [row for row in rows if isinstance(row, Claim)]
    if not claims:
        return []
    return [
        sum(
            (claim.bounds.without_best() for claim in claims if claim.claimant in names),
            start=Bounds.exact(0).without_best(),
        )
        for names in speakers
    ]
