"""Read a folder of data and say all that is wrong with it, each fault once and in one line."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from clashbook.dataset.checks import ground, names, references, related_claims, times, twins
from clashbook.dataset.checks import relations as between
from clashbook.dataset.checks import rows as within
from clashbook.dataset.checks.cells import unsafe_cells
from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.reading import Table, read
from clashbook.dataset.checks.rules import SOURCED, Frames, Rule, run
from clashbook.dataset.checks.schema import against_schema
from clashbook.dataset.checks.seen import Seen

__all__ = ["Inspection", "Problem", "Seen", "inspect", "rules"]

# Fewer rows with one fault are said one by one.
_FEW = 4


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


def inspect(data_dir: Path, seen: Seen) -> Inspection:
    """Read the folder `data_dir` and hold it against its schema and all rules.

    What `seen` knows to be sound is only read.
    """
    package, tables, problems, texts = read(data_dir, seen)
    if not package:
        return Inspection({}, {}, problems, ())
    frames = {name: table.frame() for name, table in tables.items()}
    warnings = seen.warnings(texts)
    if warnings is None or problems:
        problems, warnings = _checked(package, tables, frames, problems)
    if not problems:
        seen.add(texts[:1])
        seen.add(texts, warnings)
    return Inspection(package, frames, problems, warnings)


def _checked(
    package: dict, tables: dict[str, Table], frames: Frames, problems: list[Problem]
) -> tuple[list[Problem], tuple[str, ...]]:
    """Return the problems of the files and of all rows, by file and line, and the warnings."""
    created = package["created"][:10]
    by_file = {table.file: name for name, table in tables.items()}
    unsafe = [problem for table in tables.values() for problem in unsafe_cells(table)]
    own = _one_a_cell([*unsafe, *against_schema(tables)])
    faulty = {(name, line, "") for name, table in tables.items() for line in table.ragged}
    faulty |= _cells(own, by_file)
    # A row that is wrong by itself is not said again by the rows that it is held against.
    own = _one_a_cell([*own, *run(rules_of_rows(created), frames, faulty)])
    faulty |= _cells(own, by_file)
    own = _one_a_cell([*own, *run(rules_between(tables), frames, faulty)])
    problems = [*problems, *times.late_rows_as_one(own, created)]
    warnings = [] if problems else _warnings(frames, created)
    return sorted(_gathered(problems, frames)), tuple(warnings)


def _cells(problems: Iterable[Problem], by_file: dict[str, str]) -> set[tuple[str, int, str]]:
    return {(by_file[p.file], p.line, p.column) for p in problems if p.file in by_file}


def _one_a_cell(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first problem of each cell."""
    first: dict[tuple, Problem] = {}
    for problem in problems:
        first.setdefault((problem.file, problem.line, problem.column), problem)
    return list(first.values())


def _gathered(problems: Iterable[Problem], frames: Frames) -> list[Problem]:
    """Return `problems` with one for each fault that more than half of a table's rows have."""
    alike: dict[tuple, list[Problem]] = defaultdict(list)
    for problem in problems:
        alike[problem.file, problem.column, problem.fault].append(problem)
    lengths = Counter({f"{name}.csv": len(frame) for name, frame in frames.items()})
    found = []
    for (file, *_), same in alike.items():
        if len(same) > max(_FEW, lengths[file] / 2):
            first = min(same)
            fault = f"{first.fault}; {len(same)} of {lengths[file]} rows have this fault"
            same = [replace(first, fault=fault)]
        found += same
    return found


def _warnings(frames: Frames, created: str) -> list[str]:
    today = datetime.now(UTC).date().isoformat()
    claims, episodes = frames["claims"], frames["episodes"]
    return [
        *times.made_tomorrow(created, today),
        *related_claims.unlinked_counts(claims, episodes),
        *twins.unmarked_repeats(claims),
        *twins.slips(claims),
        *names.look_alikes(frames),
    ]


def rules(tables: dict[str, Table], created: str = "2099-12-31") -> list[Rule]:
    """Return every rule that crosses cells, rows or tables, for data made on the day `created`."""
    return [*rules_of_rows(created), *rules_between(tables)]


def rules_of_rows(created: str) -> list[Rule]:
    """Return the rules about the cells of one row."""
    return [
        within.bounds_are_the_qualifiers,
        within.bounds_are_in_order,
        within.counts_are_not_negative,
        within.observations_have_bounds_in_order,
        *map(within.percents_are_of_this_world, ["claims", "observations"]),
        within.periods_are_whole,
        *map(within.dates_are_whole, ["reactions", "events"]),
        *map(within.spans_run_forward, within.SPANS),
        *map(within.days_fit_their_precision, within.KNOWN),
        within.episodes_have_a_start,
        within.places_have_whole_coordinates,
        times.periods_end_before_they_are_reported,
        *map(times.acts_are_reported_after_they_began, ["reactions", "events"]),
        times.sources_are_read_after_they_came_out,
        times.periods_are_days_of_the_calendar,
        *times.nothing_is_later_than(created),
        *map(references.units_are_the_indicators, ["claims", "series"]),
        names.both_have_no_own_side,
        ground.places_lie_in_their_country,
    ]


def rules_between(tables: dict[str, Table]) -> list[Rule]:
    """Return the rules about a row and the rows that it is held against."""
    ids = {
        name: table.schema["primaryKey"][0]
        for name, table in tables.items()
        if name != "corrections" and table.schema.get("primaryKey")
    }
    return [
        references.observations_fit_their_series,
        references.periods_touch_their_episode,
        references.claims_follow_their_episode,
        *map(references.rows_are_in_their_source, [*SOURCED, "series"]),
        *map(references.locators_are_within_their_source, SOURCED),
        references.stances_are_toward_a_party,
        references.indicators_include_known_ones,
        references.places_lie_within_others,
        references.sources_are_used,
        references.corrections_name_rows(ids),
        names.names_are_of_one_actor,
        names.ids_are_of_one_row,
        *[
            twins.rows_differ(name, key, list(tables[name].cells.columns))
            for name, key in ids.items()
            if name != "observations"
        ],
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
