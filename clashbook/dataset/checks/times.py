"""Rules about times that cannot be: what is after it was said, or after the data were made."""

from collections.abc import Iterator

from clashbook.dataset.checks.package import PACKAGE
from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.rules import Frames, Rule, rows, rule, wrong
from clashbook.language import is_day

# The days that lie before the data were made, each with the column of its precision if it has one.
PAST = {
    "claims": ("reported_on", "reported_precision"),
    "reactions": ("reported_on", "reported_precision"),
    "events": ("reported_on", "reported_precision"),
    "series": ("released_on", "released_precision"),
    "sources": ("issued", "issued_precision"),
    "corrections": ("date", ""),
    "episodes": ("start", ""),
}
# More rows than this are not mistyped one by one: the day of the package is what is wrong.
_FEW = 3
_LETTERS = {"year": 4, "month": 7}


@rule(claims="period_start period_end period_precision reported_on")
def periods_end_before_they_are_reported(frames: Frames) -> Iterator[Problem]:
    """What is counted had happened; a period known to the month or year has begun."""
    for line, row in rows(frames["claims"]):
        column = "period_end" if row["period_precision"] == "day" else "period_start"
        if row[column] > row["reported_on"]:
            fault = f"is after the claim was made, {row['reported_on']}"
            yield wrong(
                "claims", line, column, row[column], fault, "the right day in one of the two"
            )


def acts_are_reported_after_they_began(table: str) -> Rule:
    """What is done has begun when it is reported, and ended if its last day is given."""

    @rule(**{table: "date_start date_end date_precision reported_on status"})
    def check(frames: Frames) -> Iterator[Problem]:
        for line, row in rows(frames[table]):
            if row["status"] == "announced":
                continue
            for column in ("date_start", "date_end"):
                if _later(row[column], row["reported_on"], row["date_precision"]):
                    fault = f"is after it was reported, {row['reported_on']}"
                    way_out = "an earlier day, or announced in status"
                    yield wrong(table, line, column, row[column], fault, way_out)
                    break

    return check


@rule(sources="issued issued_precision accessed")
def sources_are_read_after_they_came_out(frames: Frames) -> Iterator[Problem]:
    """Nobody reads a source before the day, month or year in which it came out."""
    for line, row in rows(frames["sources"]):
        precision = row["issued_precision"]
        # "By" a day means on it or before: reading it earlier is no contradiction.
        read = row["accessed"] if precision != "by" else ""
        if read and _later(row["issued"], read, precision):
            fault = f"is before the source came out, {row['issued']}"
            yield wrong("sources", line, "accessed", read, fault, "a later day")


@rule(observations="period")
def periods_are_days_of_the_calendar(frames: Frames) -> Iterator[Problem]:
    """A period that is a day is one that there was."""
    for line, row in rows(frames["observations"]):
        if len(row["period"]) == 10 and not is_day(row["period"]):
            yield wrong("observations", line, "period", row["period"], "is not a day", "a day")


def nothing_is_later_than(created: str) -> list[Rule]:
    """Nothing in the data was known after the day on which they were made, `created`."""

    def past(table: str, day: str, precision: str) -> Rule:
        @rule(**{table: f"{day} {precision}".strip()})
        def check(frames: Frames) -> Iterator[Problem]:
            for line, row in rows(frames[table]):
                if _later(row[day], created, row.get(precision, "")):
                    fault = f"is after the data were made, {created}"
                    way_out = f"an earlier day, or the day of this version in {PACKAGE}"
                    yield wrong(table, line, day, row[day], fault, way_out)

        return check

    return [
        *(past(table, *columns) for table, columns in PAST.items()),
        past("sources", "accessed", ""),
    ]


def late_rows_as_one(problems: list[Problem], created: str) -> list[Problem]:
    """Return `problems` with one of the package for all rows later than it, if they are many."""
    late = [p for p in problems if p.fault == f"is after the data were made, {created}"]
    if len(late) <= _FEW:
        return problems
    newest = max(late, key=lambda problem: problem.value)
    fault = f"is before {len(late)} rows, the newest {newest.file} line {newest.line}"
    way_out = f"the day of this version of the data, {newest.value} or later"
    package = Problem(PACKAGE, 0, "created", created, fault, way_out)
    return [package, *(problem for problem in problems if problem not in late)]


def _later(day: str, than: str, precision: str) -> bool:
    """Whether `day` is later; one known to the month or year stands for the last that it may be."""
    letters = _LETTERS.get(precision, 10)
    return day[:letters] > than[:letters]


def made_tomorrow(created: str, today: str) -> list[str]:
    """Return a warning where the data say that they were made after `today`."""
    if created <= today:
        return []
    return [f"{PACKAGE}, created: {created} is after today, {today}; write the day of this version"]
