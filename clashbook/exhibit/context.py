"""What the exhibits of one notebook share: data, parties, licence, numbers."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from clashbook.charts import style
from clashbook.charts.style import Side
from clashbook.config import Config
from clashbook.dataset import Dataset
from clashbook.numbers import REFERENCE, ROLES


class ExhibitError(ValueError):
    """An exhibit lacks what it must have, or refers to what does not exist; names the exhibit."""


@dataclass
class Context:
    """What exhibits of one notebook share."""

    data: Dataset
    sides: list[Side]
    book: str
    licence: str
    resolve: Callable[[str], str]


_current: list[Context] = []
# How the cell begins in which papermill hands over parameters.
_GIVEN = "# Parameters\n"


def sides_of(data: Dataset, config: Config) -> list[Side]:
    """How the parties are drawn: names and order from the data, colours and shapes from settings.

    Raises
    ------
    ExhibitError
        If a belligerent has no colour.
    """
    missing = [party for party in data.parties() if party not in config.parties]
    if missing:
        raise ExhibitError(f"no colour for {', '.join(missing)}; add it to parties in _config.yml")
    drawn = [config.parties[party] for party in data.parties()]
    return [
        Side(party.id, data.name(party.id), party.colour, party.colour_dark, party.marker)
        for party in drawn
    ]


def palette_css(config: Config) -> str:
    """The style sheet of all figures, light and dark; see `charts.style.palette_css`."""
    return style.palette_css(
        Side(party.id, "", party.colour, party.colour_dark, party.marker)
        for party in config.parties.values()
    )


def use(data: Dataset, config: Config, *, resolve: Callable[[str], str] | None = None) -> None:
    """Set the data, the settings and the numbers that the exhibits of a notebook rest on.

    Parameters
    ----------
    data : Dataset
        Gives the as-of date, the names of parties and the sources.
    config : Config
        Gives the parties' colours and shapes, and the licence.
    resolve : callable, optional
        From a text of the pictures to the same with its references to numbers written out; without
        it they stay as they are.

    Raises
    ------
    ExhibitError
        If a belligerent has no colour, or papermill was given a parameter that is none of the
        notebook's: it only warns, and the notebook would run with its defaults.
    """
    ran = _cells_so_far()
    for at, cell in enumerate(ran):
        if cell.startswith(_GIVEN):
            known = set().union(*map(_assigned, ran[:at]))
            if unknown := _assigned(cell) - known:
                said = f"no such parameter: {', '.join(sorted(unknown))}"
                raise ExhibitError(f"{said}; write {' or '.join(sorted(known))}")
    sides = sides_of(data, config)
    style.use(sides)
    _current[:] = [Context(data, sides, config.title, config.licence, resolve or str)]


def _cells_so_far() -> list[str]:
    """The code of the notebook that runs, cell by cell; none outside of one."""
    shell = getattr(builtins, "get_ipython", lambda: None)()
    return shell.user_ns.get("In", []) if shell else []


def _assigned(source: str) -> set[str]:
    """The names that code gives a value."""
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))
    return {name.id for name in found if isinstance(name.ctx, ast.Store)}


def written_out(text: str, numbers: Mapping[str, Any]) -> str:
    """A text with the words of each number that it refers to.

    Raises
    ------
    ExhibitError
        If there is no such number.
    """

    def words(found: re.Match) -> str:
        role, key = found.groups()
        if key not in numbers:
            raise ExhibitError(f"no number {key}; declare it, or correct the reference")
        number, field = numbers[key], ROLES[role]
        return number[field] if isinstance(number, Mapping) else getattr(number, field)

    return REFERENCE.sub(words, text)


def current(exhibit: str) -> Context:
    """The context in use.

    Raises
    ------
    ExhibitError
        If there is none yet.
    """
    if not _current:
        raise ExhibitError(
            f"exhibit {exhibit}: no data to rest on; call exhibit.use(data, config) first"
        )
    return _current[0]
