"""The patterns that a text is read by: the words of `words.yaml`, and the names in the data."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from clashbook.pages.facts import Edition
from clashbook.pages.labels import PARTIES

WORDS: dict = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
# What is no pattern, or is one only with the names of the data.
_NO_PATTERNS = {"indicators", "populations", "both", "speech", "months", "short_months", "common"}
_NO_PATTERNS |= {"verdicts", "nothing"}
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"


def of(edition: Edition) -> dict:
    """The patterns of an edition, as JSON holds them.

    Returns
    -------
    dict
        The patterns of `words.yaml`; ``indicator``, ``party``, ``population`` and ``episode`` as
        pairs of an id and a pattern, in the order of their precedence; ``speech`` likewise by side;
        ``title``, the report's own name; ``dates``; ``years`` by episode; ``months`` by the first
        three letters of their names.
    """
    sides = {side: _side(edition, side) for side in edition.sides}
    return {
        **{name: pattern for name, pattern in WORDS.items() if name not in _NO_PATTERNS},
        "indicator": [*WORDS["indicators"].items()],
        "party": [*_parties(sides)],
        "population": [*WORDS["populations"].items()],
        "episode": [*_episodes(edition)],
        "speech": [
            (side, one.format(side=names))
            for side, names in sides.items()
            for one in WORDS["speech"]
        ],
        "title": named([edition.about.title]),
        "dates": _dates(),
        "years": {row["episode_id"]: row["start"][:4] for row in edition.table("episodes")},
        "months": {name[:3]: place + 1 for place, name in enumerate(WORDS["months"])},
    }


def names(edition: Edition, actor_id: str) -> list[str]:
    """An actor's name and aliases; the id where the data have no such actor."""
    row = edition.row("actors", actor_id)
    return [row["name"], *filter(None, row["aliases"].split("; "))] if row else [actor_id]


def named(words: list[str]) -> str:
    """A pattern of names as a text may have them, with any article."""
    bare = (re.sub(r"^(?:[Tt]he|unnamed) | \(.*\)$", "", word).replace("’", "'") for word in words)
    return rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in bare if word)})(?!\w)"


def _side(edition: Edition, side: str) -> str:
    """A side by its names, and by what begins with them: its people, and what is theirs."""
    return rf"\b(?:{'|'.join(map(re.escape, names(edition, side)))})\w*"


def _parties(sides: dict[str, str]) -> list[tuple[str, str]]:
    pairs = [f"{one} and {other}" for one in sides.values() for other in sides.values()]
    together = rf"(?:{'|'.join(pairs)})(?! ?(?:\d|at least|up to|more than|about))"
    # A side that no source names is called so.
    unnamed = ("unspecified", rf"\b{PARTIES['unspecified']}\b")
    return [unnamed, ("both", WORDS["both"]), ("both", together), *sides.items()]


def _episodes(edition: Edition) -> list[tuple[str, str]]:
    """Clashes by their names, their months and their years; a year by itself comes last."""
    rows = [row for row in edition.table("episodes") if row["start"]]
    years = [row["start"][:4] for row in rows if row["kind"] != "year"]
    found, alone = [], []
    starts = [row["start"][5:7] for row in rows if row["kind"] == "clash"]
    for row in rows:
        key, name, year, month = row["episode_id"], row["name"], row["start"][:4], row["start"][5:7]
        if row["kind"] == "year":
            alone.append((key, rf"(?:\b(?:in|during|for|of)|,) {year}\b(?!-)"))
            continue
        long = WORDS["months"][int(month) - 1]
        months = [
            long,
            *(short for short, place in WORDS["short_months"].items() if place == int(month)),
        ]
        ways = [re.escape(name), rf"(?:{'|'.join(months)})\.?,? {year}", rf"{year}-{month}"]
        ways.append(rf"(?:{'|'.join(months)})\.? \d{{1,2}},? {year}")
        if row["kind"] == "clash" and starts.count(month) == 1:
            # A day without its year, in the month of one clash alone.
            ways.append(rf"{_DAY} (?:{'|'.join(months)})(?!\w)(?!,? \d)")
        if row["kind"] == "war":
            ways += [re.escape(name.removesuffix(" war")), f"{year} war"]
        found.append((key, rf"\b(?:{'|'.join(ways)})\b"))
        if years.count(year) == 1 or row["kind"] == "clash":
            around = r"(?:border )?(?:clash(?:es)?|fighting|escalation|violence|flare-up)"
            alone.append((key, rf"\b{year} {around}\b"))
    return [*found, *alone]


def _dates() -> list[str]:
    names = "|".join([*WORDS["months"], *(f"{short}\\.?" for short in WORDS["short_months"])])
    month = rf"(?P<month>{names})"
    return [
        r"\b(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\b",
        rf"(?<![\d.,])(?:{_DAY}(?:, | and | to | ?- ?))*(?P<day>{_DAY})(?:st|nd|rd|th)?"
        rf"(?: of)? {month}(?!\w)(?:,? (?P<year>(?:19|20)\d\d))?",
        rf"\b{month} (?P<day>{_DAY})(?:st|nd|rd|th)?\b(?!,\d)(?:,? (?P<year>(?:19|20)\d\d))?",
        rf"\b{month},? (?P<year>(?:19|20)\d\d)\b",
        rf"\b(?:in|of|since|from|to|until|for|by) {month}\b",
    ]
