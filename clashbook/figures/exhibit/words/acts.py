"""Words of acts, places and days: reactions, events, and where they were."""

from __future__ import annotations

from clashbook.analysis.timeline import LANES, OTHERS, text_of
from clashbook.dataset.rows import Event
from clashbook.dataset.tables import Dataset
from clashbook.figures.exhibit.words.column import Column, Row, by_row, name_of
from clashbook.language import NO_BREAK

NOT_PLACED = "not on the map"


def _where(data: Dataset, row: Row) -> str:
    far = row["precision_km"]
    return NOT_PLACED if far is None else f"within {far:g}{NO_BREAK}km"


def _standing(data: Dataset, row: Row) -> str:
    before = "before the clashes, " if row["before"] else ""
    return before + (row["standing"] or "as stated")


COLUMNS = (
    Column("toward_name", ("toward",), name_of("toward")),
    Column("country_name", ("country",), name_of("country")),
    Column(
        "reporter_name",
        ("reporter",),
        by_row(lambda data, row: data.names.get(row["reporter"], OTHERS)),
    ),
    Column("actor", ("actor_id",), name_of("actor_id")),
    Column("where", ("precision_km",), by_row(_where)),
    Column(
        "date", ("date_precision", "reported_precision"), by_row(lambda _, row: Event.of(row).when)
    ),
    Column("text", ("lane", "what", "note"), by_row(lambda _, row: text_of(row))),
    Column("lane_label", ("lane",), by_row(lambda _, row: LANES[row["lane"]])),
    Column("told", ("before", "standing"), by_row(_standing)),
)
