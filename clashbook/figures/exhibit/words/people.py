"""Words of counts of people: whose, who, what bounds, in which episode."""

from __future__ import annotations

import pandas as pd

from clashbook.analysis.trackers import in_words as as_published
from clashbook.bounds import NO_FIGURE, figure, in_words
from clashbook.counting import BOTH, count
from clashbook.dataset.tables import Dataset
from clashbook.figures.exhibit.words.column import (
    ENDS,
    STRICT,
    Column,
    Row,
    bounds_of,
    by_row,
    cell_of,
    name_of,
    rows_of,
)
from clashbook.language import NO_BREAK, PEOPLE, POPULATIONS, day_in_words, span_in_words

NO_CLAIM = "no claim found"
NOT_HERE = f", left{NO_BREAK}out"
_label = cell_of("indicators", "label", "indicator")
# What a figure is where its bounds say how firm it is.
BOUNDED = ("exact", "at_least", "up_to", "between", "about")


def with_firmness(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with how firm each figure is by its bounds; where they do not say it, it stays."""
    if not {*ENDS, *STRICT, "firmness"} <= {*frame}:
        return frame
    firmness = [
        bounds_of(row).firmness if row["firmness"] in BOUNDED else row["firmness"]
        for row in rows_of(frame)
    ]
    return frame.assign(firmness=firmness)


def _who(data: Dataset, row: Row) -> str:
    if row.get("kind") == "episode":
        return "clash"
    if row.get("firmness") == "none":
        return NO_CLAIM
    # A single claim of all may not tell soldiers and civilians apart.
    words = POPULATIONS if "qualifier" in row else PEOPLE
    return words.get(row["population"]) or row["population"]


def _days(data: Dataset, frame: pd.DataFrame) -> list[str]:
    """Days as rows are labelled: those of another year than the first have theirs."""
    days = [day_in_words(day).replace(NO_BREAK, " ") for day in frame.date]
    return [day.removesuffix(f" {days[0][-4:]}") for day in days]


def episode_name(data: Dataset, episode: str) -> str:
    """The name of an episode; of several ids all names, "" without one."""
    return "; ".join(data.rows["episodes"][name]["name"] for name in episode.split())


def _dates(data: Dataset, row: Row) -> str:
    # Where sources differ on the last day, only the first is given.
    episode = data.rows["episodes"][row["episode_id"]]
    return ("" if episode["end"] else "from ") + span_in_words(episode["start"], episode["end"])


def _begun(data: Dataset, row: Row) -> str:
    return episode_name(data, row["begun"]).replace("; ", ", ") or "none"


def _episode(data: Dataset, row: Row) -> str:
    return episode_name(data, row["episode_id"])


def _left_out(data: Dataset, row: Row) -> str:
    if not row["left_out"]:
        return _episode(data, row)
    # Its days, where they are known: the month's other days have a bar.
    dated = data.rows["episodes"][row["episode_id"]]["end"]
    return (_dates(data, row) if dated else _episode(data, row)) + NOT_HERE


def _claim(data: Dataset, row: Row) -> str:
    return in_words(row["qualifier"], bounds_of(row)) if row["claims"] else NO_FIGURE


def _own_count(data: Dataset, row: Row) -> str:
    if not row["claims"]:
        return "no new count"
    return _claim(data, row) + _beside_killed(row)


def _statement(data: Dataset, row: Row) -> str:
    """A statement's number, and whether it is of more than before."""
    if row["qualifier"] == "none_reported":
        return "none"
    return _claim(data, row) + (f"{NO_BREAK}more" if row["adds"] else _beside_killed(row))


def _beside_killed(row: Row) -> str:
    return "" if row["indicator"] == "killed" else " killed or missing"


def _part(data: Dataset, row: Row) -> str:
    """What a part of a range counts."""
    if row["kind"] == "open":
        return "named missing"
    label = data.rows["indicators"][row["indicator"]]["label"].lower()
    return label if row["kind"] == "pale" else f"{PEOPLE[row['population']]} {label}"


def _speakers(data: Dataset, row: Row) -> str:
    words = {
        "own_side": f"from {data.names.get(row['party'], '')}’s authorities about their own side",
        "opposing_side": "from one side about the other",
        "press": "from press and authors",
        "third_party": "from third parties",
    }
    return words[row["role"]]


def _toll(data: Dataset, row: Row) -> str:
    if row["firmness"] == "none":
        return NO_FIGURE
    if row["firmness"] in BOUNDED:
        return bounds_of(row).words()
    tolls = count(data, row["episode_id"], row["as_known"])
    return tolls.toll(row["indicator"], row["party"], row["population"]).text


def _month(data: Dataset, row: Row) -> str:
    if row["kind"] == "episode":
        return "begins; left out by the provider" if row["left_out"] else "begins"
    return figure(row["value"])


NAMES = (
    Column("party_name", ("party",), name_of("party", BOTH)),
    Column("place_name", ("place",), name_of("place")),
)
COLUMNS = (
    Column("who", ("population",), by_row(_who)),
    Column("day_label", ("date", "counted_by"), _days),
    Column("label", ("episode_id", "left_out"), by_row(_left_out)),
    Column("episode", ("episode_id",), by_row(_episode), lambda frame: "label" not in frame),
    Column("dates", ("episode", "highlighted"), by_row(_dates)),
    Column("episodes", ("begun",), by_row(_begun)),
    Column("text", (*ENDS, "qualifier", "killed"), by_row(_own_count)),
    Column("text", (*ENDS, "qualifier", "adds"), by_row(_statement)),
    Column("text", (*ENDS, "qualifier", "claims"), by_row(_claim)),
    Column("part", ("indicator", "population", "value", "kind", "claims"), by_row(_part)),
    Column("part", ("role", "party", "value"), by_row(_speakers)),
    Column("text", (*ENDS, "as_known", "firmness"), by_row(_toll)),
    Column("text", (*ENDS, "place"), by_row(lambda data, row: as_published(bounds_of(row)))),
    Column("text", ("value", "left_out"), by_row(_month)),
    Column("indicator_label", ("indicator", "population"), _label),
)
