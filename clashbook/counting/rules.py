"""The thirteen rules, as the methods page prints them and the count applies them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import yaml

from clashbook.counting import bounding, model, selection, wholes


class Rule(NamedTuple):
    """A rule by its number: its name, what it says, an invented example, and what applies it."""

    number: int
    name: str
    words: str
    example: str
    functions: tuple[Callable, ...]


# The functions that apply each rule, in the order of their words in rules.yaml.
_APPLIED: tuple[tuple[Callable, ...], ...] = (
    (selection.made_by, selection.to_the_end),
    (selection.not_replaced, selection.newest_stock),
    (selection.not_repeated, selection.with_increments),
    (selection.without_errors, selection.countable),
    (selection.own_or_third,),
    (bounding.highest_floor,),
    (bounding.lids,),
    (bounding.met,),
    (wholes.added_up,),
    (wholes.under_wholes,),
    (model.unlike,),
    (model.period,),
    (selection.without_providers,),
)
_WORDS = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
RULES = tuple(
    Rule(number, **words, functions=functions)
    for number, (words, functions) in enumerate(zip(_WORDS, _APPLIED, strict=True), 1)
)

# Which claims count: the functions of the rules 1 to 5 and 13, in the order of their work.
SELECTING = (
    selection.made_by,
    selection.without_errors,
    selection.without_providers,
    selection.not_replaced,
    selection.newest_stock,
    selection.not_repeated,
    selection.countable,
    selection.own_or_third,
    selection.with_increments,
    selection.to_the_end,
)
