"""What of an edition can be cited by its id, each as a CSL item.

Those of exhibits are added when the stage is laid out. A command that cites reads the file alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from clashbook.dataset.kinds import CLAIM
from clashbook.files import read_json
from clashbook.formats import citation
from clashbook.formats.citation import Item
from clashbook.language import until

if TYPE_CHECKING:
    from clashbook.pipeline.edition import Edition
    from clashbook.prose.numbers import Number

# Among what the pages are told.
FILE = "citations.json"


class UnknownIdError(KeyError):
    """Nothing has the id; the message names the nearest."""

    def __str__(self) -> str:
        return self.args[0]


def unknown(key: str, known: Collection[str], kinds: str) -> UnknownIdError:
    """What to raise for an id that is none of the known."""
    near = difflib.get_close_matches(key, known, 5, 0.3)
    pages = "see exhibits.html, claims.html and sources.html"
    hint = f"nearest: {', '.join(near)}" if near else pages
    return UnknownIdError(f'"{key}": no such {kinds}; {hint}')


def read(staged: Path) -> dict[str, Item]:
    """The items of a stage's `_clashbook` folder."""
    return read_json(staged / FILE)


def found(items: Mapping[str, Item], key: str) -> Item:
    """The item of an id; of the edition itself where the id is empty.

    Raises
    ------
    UnknownIdError
        If nothing has the id.
    """
    if key not in items:
        raise unknown(key, [*filter(None, items)], "figure, table, number, claim or source")
    return items[key]


def items(edition: Edition, numbers: Iterable[Number]) -> dict[str, Item]:
    """The items of an edition's sources, claims, tolls and numbers, and its own by the id "".

    Parameters
    ----------
    numbers : iterable of Number
        Those that the book shows. The others are cited with the page of claims.
    """
    data, known, about = edition.data, edition.numbers, edition.about
    whole = about.citation

    def part(key: str, number: Number, anchor: str) -> Item:
        path = f"{CLAIM.page}#{anchor}" if anchor else CLAIM.page
        url = citation.address(edition.config, about.as_of, about.version, path)
        return citation.of_part(whole, key, in_words(number), url, path)

    from clashbook.prose.numbers import compute, toll_id

    statements = {f"said-{key}": key for key in data.claims.claim_id}
    tolls = {
        toll_id(episode, quantity)
        for episode in data.episodes.episode_id
        for quantity in known.count(episode).tolls
    }
    shown = {number.id: f"number-{number.id}" for number in numbers}
    anchors = dict.fromkeys(tolls, "") | shown | statements
    made = {number.id: number for number in compute(known, anchors)}
    return {
        "": whole,
        **{key: citation.of_source(row) for key, row in data.rows["sources"].items()},
        **{claim: part(claim, made[key], claim) for key, claim in statements.items()},
        **{key: part(key, number, anchors[key]) for key, number in made.items()},
    }


def in_words(number: Number) -> str:
    """A number by itself: what it is of, what it is, and by which day that was said."""
    # What a single claim is of names its day.
    day = "" if number.stated in number.what else number.stated
    return f"{number.what}: {number.text}{until(day)}"
