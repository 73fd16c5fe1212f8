"""The tables of quotes of several states as one, which is held against a brief."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

Quote = dict
Table = dict
# What a newer state has words of its own for.
_NEWEST_ONLY = ("sentence", "title", "path", "sides", "given")


def joined(tables: Iterable[Table]) -> Table:
    """One table of several states, the newest first: each quote once, with the states it is `in`.

    Quotes of older states alone keep what tells them, and leave their sentence to the newest.
    """
    states: list[dict] = []
    quotes: dict[str, Quote] = {}
    newest: Table = {}
    for table in tables:
        newest = newest or table
        for quote in table["quotes"]:
            key = _same(quote)
            if table is newest:
                quotes[key] = {**quote, "in": [0]}
            elif key in quotes:
                quotes[key]["in"].append(len(states))
            else:
                quotes[key] = {**_of_older(quote, table), "in": [len(states)]}
        states += table["states"]
    return {**newest, "states": states, "quotes": [*quotes.values()]} if newest else {}


def _same(quote: Quote) -> str:
    """What makes a quote of one state that of another: a toll by the day since which it was so."""
    return json.dumps([quote.get(name, "") for name in ("id", "text", "since", "day")])


def _of_older(quote: Quote, table: Table) -> Quote:
    """A quote that the newest state has not: known to the end of the day of its own."""
    kept = {name: quote[name] for name in quote if name not in (*_NEWEST_ONLY, "speaker")}
    if "speaker" in quote:
        # By the pattern itself, since the list of speakers is the newest state's.
        kept["named"] = table["speakers"][quote["speaker"]]
    if quote.get("made") == "counted":
        # A claim that the newest has no more.
        kept["made"] = "replaced"
    if quote["kind"] == "toll" and "until" not in quote:
        as_of = date.fromisoformat(table["states"][0]["as_of"])
        kept["until"] = (as_of + timedelta(days=1)).isoformat()
    return kept
