"""Read a folder of data and say all that is wrong with it, each fault once and in one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from clashbook.checks import references, related_claims
from clashbook.checks import relations as between
from clashbook.checks import rows as within
from clashbook.checks.cells import unsafe_cells
from clashbook.checks.reading import Problem, Table, read
from clashbook.checks.rules import SOURCED, Rule, run
from clashbook.checks.schema import against_schema

__all__ = ["Inspection", "Problem", "inspect", "rules"]


@dataclass(frozen=True)
class Inspection:
    """What a folder of data holds and what is wrong with it.

    Parameters
    ----------
    package
        The parsed ``datapackage.json``; empty if it cannot be read.
    frames
        Each readable table by name, indexed by line: text as ``str``, "" for missing; numbers as
        float64; days as ISO strings.
    problems
        What is wrong, by file and line; with any, the frames are not fit for use.
    warnings
        What may be wrong, one sentence each.
    """

    package: dict
    frames: dict[str, pd.DataFrame]
    problems: list[Problem]
    warnings: tuple[str, ...]


def inspect(data_dir: Path) -> Inspection:
    """Read the folder `data_dir` and hold it against its schema and all rules."""
    package, tables, problems = read(data_dir)
    if not package:
        return Inspection({}, {}, problems, ())
    names = {table.file: name for name, table in tables.items()}
    unsafe = [problem for table in tables.values() for problem in unsafe_cells(table)]
    own = _one_a_cell([*unsafe, *against_schema(tables)])
    faulty = {(names[p.file], p.line, p.column) for p in own if p.file in names}
    faulty |= {(name, line, "") for name, table in tables.items() for line in table.ragged}
    frames = {name: table.frame() for name, table in tables.items()}
    problems += _one_a_cell([*own, *run(rules(tables), frames, faulty)])
    warnings = (
        [] if problems else related_claims.unlinked_counts(frames["claims"], frames["episodes"])
    )
    return Inspection(package, frames, sorted(problems), tuple(warnings))


def _one_a_cell(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first problem of each cell."""
    first: dict[tuple, Problem] = {}
    for problem in problems:
        first.setdefault((problem.file, problem.line, problem.column), problem)
    return list(first.values())


def rules(tables: dict[str, Table]) -> list[Rule]:
    """Return every rule that crosses cells, rows or tables."""
    ids = {
        name: table.schema["primaryKey"][0]
        for name, table in tables.items()
        if name != "corrections" and table.schema.get("primaryKey")
    }
    return [
        within.bounds_are_the_qualifiers,
        within.bounds_are_in_order,
        within.counts_are_not_negative,
        within.observations_have_bounds_in_order,
        references.observations_fit_their_series,
        within.periods_are_whole,
        *map(within.dates_are_whole, ["reactions", "events"]),
        *map(within.spans_run_forward, within.SPANS),
        *map(within.days_fit_their_precision, within.KNOWN),
        within.episodes_have_a_start,
        references.periods_touch_their_episode,
        references.claims_follow_their_episode,
        *map(references.rows_are_in_their_source, [*SOURCED, "series"]),
        *map(references.locators_are_within_their_source, SOURCED),
        references.stances_are_toward_a_party,
        references.indicators_include_known_ones,
        references.places_lie_within_others,
        within.places_have_whole_coordinates,
        references.sources_are_used,
        references.corrections_name_rows(ids),
        *map(between.relations_have_two_ends, SOURCED),
        *map(between.relations_end, SOURCED),
        related_claims.updates_are_of_the_same_side,
        related_claims.updates_are_counts,
        related_claims.updates_are_of_counts,
        related_claims.keeps_its_quantity("updates"),
        related_claims.keeps_its_quantity("adds_to"),
        between.comes_after("claims", "updates"),
        between.comes_after("claims", "adds_to"),
        between.comes_after("claims", "part_of"),
        between.comes_after("claims", "disputes"),
        between.comes_after("events", "updates"),
        related_claims.repeats_keep_quantity_and_bounds,
        related_claims.repeats_keep_their_status,
        related_claims.stand_ins_stand_alone,
        related_claims.parts_are_within_their_whole,
        *map(between.answers_are_not_before, ["reactions", "events"]),
    ]
