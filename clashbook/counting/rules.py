"""The thirteen rules, as the methods page prints them and the count applies them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from clashbook.counting import bounding, model, selection, wholes


class Rule(NamedTuple):
    """A rule by its number: its name, what it says, and the functions that apply it."""

    number: int
    name: str
    words: str
    functions: tuple[Callable, ...] = ()


RULES = (
    Rule(
        1,
        "Date",
        "Claims made after the as-of date do not exist for it. What began after an episode’s last "
        "day is not of its toll, nor is a count that takes it in.",
        (selection.made_by, selection.to_the_end),
    ),
    Rule(
        2,
        "Update",
        "What its own side has counted anew is gone, and with it what repeats or adds to it. A "
        "wider count does not replace a narrower one. Of those held, missing or in hospital on a "
        "day, the newest count of a side stands.",
        (selection.not_replaced, selection.newest_stock),
    ),
    Rule(
        3,
        "Repeat, increment",
        "A statement printed again counts once. “So many more” joins what it adds to.",
        (selection.not_repeated, selection.with_increments),
    ),
    Rule(
        4,
        "Left out",
        "Shown and never counted: a source’s own sum or rounding of numbers it also gives, "
        "errors in a source, denials, and a part of a count of the same people.",
        (selection.without_errors, selection.countable),
    ),
    Rule(
        5,
        "Side",
        "What one side says of the other’s killed, or of both, stands beside the toll.",
        (selection.own_or_third,),
    ),
    Rule(
        6,
        "Floors",
        "Floors for days that do not overlap add up. Where days overlap, or are not stated, the"
        " highest floor stands.",
        (bounding.highest_floor,),
    ),
    Rule(
        7,
        "Ceilings",
        "A ceiling holds only if its claim covers the episode from its start as far as any "
        "counted claim of the same people reaches, or to its end, and its side has not since "
        "counted anew. Otherwise an exact number stands as a floor, and “up to” is left out.",
        (bounding.lids,),
    ),
    Rule(
        8,
        "Meeting",
        "The highest floor and the lowest ceiling stand. Where they cross, neither does: the "
        "toll is contested and all claims are shown. “About” and words speak only where there "
        "is no bound.",
        (bounding.met,),
    ),
    Rule(
        9,
        "Sums",
        "The sides add into both, soldiers and civilians into all (and police, where somebody "
        "tells them apart), parts into what includes them; those held or missing on a day are "
        "added to no count. Who is not spoken of counts from nothing to open, and a contested "
        "number from the floor that nobody denies. The sum then meets the claims about the whole.",
        (wholes.added_up,),
    ),
    Rule(
        10,
        "Wholes",
        "A whole, less the floors of its other parts, is a ceiling for a part, and never a floor. "
        "Where nothing remains, it says nothing of the part.",
        (wholes.under_wholes,),
    ),
    Rule(
        11,
        "Unlike quantities",
        "Military and civilian, killed and wounded, gross and net, first release and later "
        "vintage are not compared; nor are counts made on different days, unless it is said.",
        (model.unlike,),
    ),
    Rule(
        12,
        "Not stated",
        "What is not stated stays so. A number whose side the source leaves open joins no side.",
        (model.period,),
    ),
    Rule(
        13,
        "Providers",
        "A published series stands beside a toll and never enters it; nor does a row of a "
        "provider’s data set.",
        (selection.without_providers,),
    ),
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
