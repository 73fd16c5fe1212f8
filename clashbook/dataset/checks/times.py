"""Rules about times that cannot be: what is after it was said, or after the data were made."""

from clashbook.dataset.checks.package import PACKAGE
from clashbook.dataset.checks.problem import Problem
from clashbook.dataset.checks.rows import KNOWN
from clashbook.dataset.checks.rules import Faults, Row, Rule, row_rule
from clashbook.language import is_day

# The days that lie before the data were made, each with the column of its precision if it has one.
PAST = KNOWN | {"corrections": "date", "episodes": "start"}
# More rows than this are not mistyped one by one: the day of the package is what is wrong.
_FEW = 3
_LETTERS = {"year": 4, "month": 7}


@row_rule(claims="period_start period_end period_precision reported_on")
def periods_end_before_they_are_reported(row: Row) -> Faults:
    """What is counted had happened; a period known to the month or year has begun."""
    column = "period_end" if row["period_precision"] == "day" else "period_start"
    if row[column] > row["reported_on"]:
        fault = f"is after the claim was made, {row['reported_on']}"
        yield column, fault, "the right day in one of the two"


_ACT = "date_start date_end date_precision reported_on status"


@row_rule(reactions=_ACT, events=_ACT)
def acts_are_reported_after_they_began(row: Row) -> Faults:
    """What is done has begun when it is reported, and ended if its last day is given."""
    reported = row["reported_on"]
    for column in ("date_start", "date_end") if row["status"] != "announced" else ():
        if _later(row[column], reported, row["date_precision"]):
            way_out = "an earlier day, or announced in status"
            yield column, f"is after it was reported, {reported}", way_out
            return


@row_rule(sources="issued issued_precision accessed")
def sources_are_read_after_they_came_out(row: Row) -> Faults:
    """Nobody reads a source before the day, month or year in which it came out."""
    precision = row["issued_precision"]
    # "By" a day means on it or before: reading it earlier is no contradiction.
    read = row["accessed"] if precision != "by" else ""
    if read and _later(row["issued"], read, precision):
        yield "accessed", f"is before the source came out, {row['issued']}", "a later day"


@row_rule(observations="period")
def periods_are_days_of_the_calendar(row: Row) -> Faults:
    """A period that is a day is one that there was."""
    if len(row["period"]) == 10 and not is_day(row["period"]):
        yield "period", "is not a date", "a day as YYYY-MM-DD"


def nothing_is_later_than(created: str) -> list[Rule]:
    """Nothing in the data was known after the day on which they were made, `created`."""

    def past(row: Row) -> Faults:
        (column, day), *precision = row.items()
        if _later(day, created, precision[0][1] if precision else ""):
            way_out = f"an earlier day, or the day of this version in {PACKAGE}"
            yield column, f"is after the day of the data, {created}", way_out

    return [*row_rule(**PAST)(past), *row_rule(sources="accessed")(past)]


def late_rows_as_one(problems: list[Problem], created: str) -> list[Problem]:
    """Return `problems` with one of the package for all rows later than it, if they are many."""
    late = [p for p in problems if p.fault == f"is after the day of the data, {created}"]
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
