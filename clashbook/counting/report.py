"""Tolls as `clashbook toll` prints them."""

from __future__ import annotations

from clashbook.counting.choices import AS_REPORTED, Choice
from clashbook.counting.count import Count, count
from clashbook.counting.model import LeftOut, Toll
from clashbook.counting.rules import RULES
from clashbook.dataset.tables import Dataset


def report(
    data: Dataset,
    episode: str,
    as_of: str = "",
    why: bool = False,
    choice: Choice = AS_REPORTED,
) -> dict:
    """An episode's tolls as `clashbook toll --json` prints them.

    Parameters
    ----------
    choice : Choice
        What a reader does not believe, or counts where the report does not.

    Returns
    -------
    dict
        ``episode``, ``as_of`` and ``rows``; each row has ``indicator``, ``party``, ``population``,
        ``low``, ``best``, ``high`` (an open end is None), ``text``, ``claims``, ``reported_on``
        (by side, the day of its newest claim) and ``contested``. With `why`, ``left_out`` lists
        every claim that no toll rests on: ``claim``, ``rule`` (0 for what is left out by choice)
        and its ``name``, ``reason`` and ``by``, the claims that put it out. ``choice`` says in
        words what was chosen; it is not there for the report's own count.
    """
    result = count(data, episode, as_of, choice=choice)
    answer = {
        "episode": episode,
        "as_of": result.as_of,
        **({} if choice == AS_REPORTED else {"choice": choice.words}),
        "rows": [_row(result, toll) for toll in result.tolls.values()],
    }
    if why:
        answer["left_out"] = [
            {
                **{"claim": claim_id, "rule": left.rule, "name": _rule(left)},
                **{"reason": left.reason, "by": list(left.by)},
            }
            for claim_id, left in sorted(result.left_out.items())
        ]
    return answer


def _rule(left: LeftOut) -> str:
    return RULES[left.rule - 1].name if left.rule else "Choice"


def _row(result: Count, toll: Toll) -> dict:
    quantity, bounds = toll.quantity, toll.bounds
    return {
        "indicator": quantity.indicator,
        "party": quantity.party,
        "population": quantity.population,
        "low": None if toll.contested else _tidy(bounds.low),
        "best": _tidy(bounds.best),
        "high": _tidy(bounds.high),
        "text": toll.text.replace("\u00a0", " "),
        "claims": sorted(toll.claims),
        "reported_on": result.newest(toll),
        "contested": toll.contested,
    }


def _tidy(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value
