"""A source that is withdrawn: its row says so, and a correction says why.

The row, its address and its claims stay; counting leaves the claims out by rule 4.
"""

from __future__ import annotations

import csv
import difflib
import io
from pathlib import Path

from clashbook.dataset import kinds
from clashbook.dataset.rows import WITHDRAWN
from clashbook.files import RefusedError

SOURCES, CORRECTIONS = f"{kinds.SOURCE.table}.csv", "corrections.csv"
STATUS = "status"


class WithdrawnError(RefusedError):
    """A source cannot be withdrawn; the message is one line with the way out."""


def withdrawn(folder: Path, source: str, why: str, day: str) -> dict[str, bytes]:
    """The two files of a folder of sound data in which a source is withdrawn, by their names.

    Parameters
    ----------
    folder : Path
        The data.
    source : str
        Its id.
    why : str
        Why, in a line; it becomes that of the correction.
    day : str
        The day of the correction, as an ISO date.

    Raises
    ------
    WithdrawnError
        If there is no such source, if it is withdrawn already, or if the data have no such column.
    """
    text = _text(folder / SOURCES)
    heads, *rows = csv.reader(io.StringIO(text))
    if STATUS not in heads:
        raise WithdrawnError(
            f"{SOURCES}: has no column {STATUS}; add it there, and as a field to datapackage.json"
        )
    key, status = heads.index(kinds.SOURCE.key), heads.index(STATUS)
    row = next((row for row in rows if row[key] == source), None)
    if row is None:
        near = difflib.get_close_matches(source, [row[key] for row in rows], 1, 0.5)
        nearest = f"; the nearest is {near[0]}" if near else ""
        raise WithdrawnError(
            f'"{source[:60]}" is not in {SOURCES}{nearest}; clashbook list sources WORDS finds ids'
        )
    if row[status] == WITHDRAWN:
        raise WithdrawnError(
            f"{source} is withdrawn already; {CORRECTIONS} has why. To change the reason, edit it "
            "there"
        )
    row[status] = WITHDRAWN
    corrections = _text(folder / CORRECTIONS)
    columns = next(csv.reader(io.StringIO(corrections)))
    change = {"date": day, "table": kinds.SOURCE.table, "row_id": source, "why": why}
    change["what_changed"] = f"{STATUS}: empty, now {WITHDRAWN}"
    end = "" if corrections.endswith("\n") else "\n"
    added = _csv([[change.get(column, "") for column in columns]])
    return {
        SOURCES: _csv([heads, *rows]).encode(),
        CORRECTIONS: f"{corrections}{end}{added}".encode(),
    }


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _csv(rows: list[list[str]]) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue()
