"""How a toll came about, step by step, so that a reader can follow it to the claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from clashbook.counting.count import Count
from clashbook.counting.model import Quantity, Step, Toll

Settled: TypeAlias = Mapping[Quantity, Toll]


def steps(settled: Settled, toll: Toll, name: Callable[[Quantity], str]) -> list[dict]:
    """The steps that made a toll, the first of them first; none where no rule bounds it.

    Parameters
    ----------
    settled : mapping
        All tolls by quantity, those that nobody spoke of among them.
    name : callable
        The name of a quantity's toll.

    Returns
    -------
    list of dict
        ``toll`` (by `name`), ``end`` (low or high), ``value``, ``strict`` (whether the value itself
        is excluded), ``rule``, ``claims`` (those whose bounds were taken) and ``of``: the ends of
        other tolls that were taken (toll, end, value, strict), each of which is a step before. By
        rule 8 the claims were taken, and ``of`` adds up to what contradicts them.
    """
    return [
        {
            **_end(settled, quantity, end, name),
            "rule": step.rule,
            "claims": list(step.claims),
            "of": [_end(settled, other, which, name) for other, which in step.others],
        }
        for (quantity, end), step in _steps(settled, toll).items()
    ]


def _steps(settled: Settled, toll: Toll) -> dict[tuple[Quantity, str], Step]:
    made: dict[tuple[Quantity, str], Step] = {}

    def follow(quantity: Quantity, end: str) -> None:
        step = _toll(settled, quantity).steps.get(end)
        if step is None or (quantity, end) in made:
            return
        for other, which in step.others:
            follow(other, which)
        made[quantity, end] = step

    if toll.steps:
        follow(toll.quantity, "low")
        follow(toll.quantity, "high")
    return made


def _toll(settled: Settled, quantity: Quantity) -> Toll:
    return settled.get(quantity) or Toll(quantity)


def _end(settled: Settled, quantity: Quantity, end: str, name: Callable[[Quantity], str]) -> dict:
    bounds = _toll(settled, quantity).bounds
    value, strict = getattr(bounds, end), getattr(bounds, f"{end}_strict")
    return {"toll": name(quantity), "end": end, "value": value, "strict": strict}


def left_out(count: Count, toll: Toll) -> list[dict]:
    """The claims about a toll, or about a toll it was made from, that count in none.

    Returns
    -------
    list of dict
        ``claim``, ``rule``, ``reason`` and ``by``, the claims that put it out, in the order of ids.
    """
    about = {toll.quantity, *(quantity for quantity, _ in _steps(count.settled, toll))}
    return [
        {"claim": claim_id, "rule": left.rule, "reason": left.reason, "by": list(left.by)}
        for claim_id, left in sorted(count.left_out.items())
        if claim_id in count.claims and count.claims[claim_id].quantity in about
    ]
