"""How evenly pages tell of the sides: what is told of each, in which place and with which verb.

A text refers to what it tells by id, and an id knows whom it is about and who says so. What a page
tells of one side alone has its reason where no row of the data tells it of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from clashbook.dataset.rows import STATEMENTS
from clashbook.dataset.tables import Dataset
from clashbook.prose.numbers import ROLES, Numbers

ACCORDING = "according to"
# How a statement may be told, of either side alike; and words that judge who makes it.
PLAIN = (
    *(ACCORDING, "said", "says", "told", "spoke", "reported", "gave", "counted", "added", "named"),
    *("rejected", "denied", "blamed", "wrote", "announced", "confirmed", "put"),
)
JUDGING = (
    *("claimed", "alleged", "admitted", "conceded", "insisted", "boasted", "revealed"),
    *("acknowledged", "maintained", "asserted"),
)
_VERB = re.compile(rf"\b({'|'.join((*PLAIN, *JUDGING))})\b")
# A number of one side, or the id of a row: of a reference, or of a side of a disagreement.
_NAMED = re.compile(rf"\{{({'|'.join(ROLES)})\}}`([^`\s]+)`|(?<=[<\s])[\w.@-]+(?=[>\s]|$)")
_ID = re.compile(r"(?<=`)[^`\s<>]+(?=`)|<[^<>]*>")
_BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-Z{\[“])|\n\s*\n|\n(?=\s*[-*] )")
_FENCE = re.compile(r"^[ \t]*(?::{3,}|`{3,}).*$", re.MULTILINE)
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
START, SUPPORT = "How it began", "Support from outside"
STANCES = ("supports", "military_support")


class Cell(NamedTuple):
    """What is told: of which episode ("" for a series), and of what."""

    episode: str
    measure: str


class Found(NamedTuple):
    """What an id tells of a side, and whether by the side's own word."""

    cell: Cell
    party: str
    own: bool = False


class Coverage(NamedTuple):
    """What one page tells of the sides in one cell.

    `sentences` has the number of the first sentence on each side that is told of, the side that is
    named first before the other; `verbs` how the sides' own statements are told, once a sentence:
    a verb for both sides counts once for each, of however many statements it tells. `lacks` names
    the side of which the data tell it and the page does not, "" if none, and `reason` why, as the
    settings have it.
    """

    page: str
    title: str
    episode: str
    measure: str
    sentences: dict[str, int]
    verbs: dict[str, list[str]]
    lacks: str = ""
    reason: str = ""


def of_pages(
    texts: Mapping[str, str], numbers: Numbers, reasons: Mapping[str, str]
) -> list[Coverage]:
    """What pages tell of the sides, given by their files the texts that an edition shows.

    `reasons` says why a page tells of one side alone, by ``page: measure``.
    """
    known, sides = {found[:2] for found in given(numbers.data)}, numbers.data.parties()
    rows: dict[tuple[str, Cell], Coverage] = {}
    counted = set()
    for file, text in texts.items():
        page, heading = file.partition(".")[0], _HEADING.search(text)
        title = heading[1] if heading else page
        for place, found, verb in _found(text, numbers):
            key = page, found.cell
            one = rows.setdefault(key, Coverage(page, title, *found.cell, {}, {}))
            one.sentences.setdefault(found.party, place)
            verbs, once = one.verbs.setdefault(found.party, []), (key, found.party, place, verb)
            if verb and once not in counted:
                verbs.append(verb)
            counted.add(once)
    for (page, cell), one in rows.items():
        lacks = (side for side in sides if side not in one.sentences and (cell, side) in known)
        reason = reasons.get(f"{page}: {cell.measure}", "")
        rows[page, cell] = one._replace(lacks=next(lacks, ""), reason=reason)
    return [*rows.values()]


def _found(text: str, numbers: Numbers) -> Iterator[tuple[int, Found, str]]:
    """What a page tells of the sides in its order: number of the sentence, what, and the verb."""
    for place, sentence in enumerate(_BREAK.split(_FENCE.sub("", text)), start=1):
        words = _ID.sub(lambda found: " " * len(found[0]), sentence)
        for named in _NAMED.finditer(sentence):
            ids = _of_number(named[2], numbers) if named[2] else _of_row(named[0], numbers.data)
            for found in ids:
                verb = ACCORDING if named[1] == "attribution" else _verb(words, named.start())
                yield place, found, verb if found.own else ""


def given(data: Dataset) -> Iterator[Found]:
    """What any row of the data tells of a side."""
    for table in STATEMENTS:
        for row_id in data.rows[table]:
            yield from _of_row(row_id, data)
    for series in data.series.series_id[data.series.series_id.isin(data.observations.series_id)]:
        yield from _of_quantity(data, "", data.rows["series"][series])


def _of_number(number_id: str, numbers: Numbers) -> Iterable[Found]:
    data, fields = numbers.data, numbers.fields(number_id)
    if "claim" in fields:
        return _of_row(fields["claim"], data)
    if "series" in fields:
        return _of_quantity(data, "", data.rows["series"][fields["series"]])
    if "indicator" in fields:
        own = {*numbers[number_id].roles} == {"own_side"}
        return _of_quantity(data, fields.get("episode", ""), fields, own=own)
    if fields.get("stance") in STANCES and numbers[number_id].reactions:
        return _of_side(data, Cell(fields["episode"], SUPPORT), fields["party"])
    events = numbers[number_id].events if "party" in fields else ()
    return [found for event in events for found in _of_row(event, data)]


def _of_row(row_id: str, data: Dataset) -> Iterable[Found]:
    """What a claim, an account of how it began or a word of support tells of a side."""
    tables = (data.rows[table] for table in STATEMENTS)
    row = next((rows[row_id] for rows in tables if row_id in rows), {"status": "source_error"})
    own = row.get("claimant_role") == "own_side"
    if row["status"] == "source_error":
        return ()
    if "indicator" in row:
        return _of_quantity(data, row["episode_id"], row, own=own)
    if own and row.get("kind") == "account_of_start":
        return _of_side(data, Cell(row["episode_id"], START), row["party"], own=True)
    if row.get("stance") in STANCES:
        return _of_side(data, Cell(row["episode_id"], SUPPORT), row["toward"])
    return ()


def _of_quantity(
    data: Dataset, episode: str, row: Mapping[str, str], *, own: bool = False
) -> Iterable[Found]:
    """Those killed or missing are told with the killed; civilians apart."""
    indicators = data.rows["indicators"]
    parts = indicators[row["indicator"]]["includes"].split()
    label = indicators["killed" if "killed" in parts else row["indicator"]]["label"]
    civilian = row.get("population") == "civilian"
    # What belongs to no episode is told of no time, by a claim as by a series.
    when = "" if episode == "background" else episode
    cell = Cell(when, f"{label}, civilians" if civilian else label)
    return _of_side(data, cell, row.get("party", ""), own=own)


def _of_side(data: Dataset, cell: Cell, party: str, *, own: bool = False) -> Iterable[Found]:
    return [Found(cell, party, own)] if party in data.parties() else []


def _verb(words: str, place: int) -> str:
    """The verb that a reference belongs to: the last before it, or else the first after it."""
    before, after = _VERB.findall(words[:place]), _VERB.search(words, place)
    return before[-1] if before else after[0] if after else ""
