"""Corrections: which numbers of the text moved with each, written from a comparison alone."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from clashbook.files import RefusedError, write_whole
from clashbook.website.changes import CORRECTIONS, Differences

VERSION, MOVED, NONE = "version", "moved", "none"
_KEY = ("date", "table", "row_id", "what_changed")


class CorrectionsError(RefusedError):
    """The table of corrections cannot be filled; the message is one line with the way out."""


def fill(data_dir: Path, found: Differences) -> int:
    """Write into the corrections that came the version that brought them, and what moved.

    Parameters
    ----------
    data_dir : Path
        The folder of data that the differences lead to.
    found : Differences
        From what was published to these data.

    Returns
    -------
    int
        How many rows were written.

    Raises
    ------
    CorrectionsError
        If the table has no columns for it, or the version was not raised.
    """
    path = data_dir / f"{CORRECTIONS}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if rows and not {VERSION, MOVED} <= rows[0].keys():
        raise CorrectionsError(
            f"{path.name} has no columns {VERSION} and {MOVED}; write them into it and into "
            "datapackage.json"
        )
    before, after = found.versions
    if before == after:
        raise CorrectionsError(
            f"both are data version {after}; name what was published in an earlier version"
        )
    moved, came = moved_with(found), {row.key for row in found.corrections}
    written = 0
    for row in rows:
        key = " ".join(filter(None, (row[column] for column in _KEY)))
        if key in came:
            # A row that was removed is named nowhere: what moved with it is not known.
            numbers = moved[key] or NONE
            row |= {VERSION: after, MOVED: numbers if row["row_id"] else ""}
            written += 1
    if written:
        write_whole(path, _text(rows).encode())
    return written


def moved_with(found: Differences) -> Mapping[str, str]:
    """By the key of each correction the numbers that moved with its row: "ID: 49, now 50; …"."""
    moved: dict[str, list[str]] = defaultdict(list)
    for number in found.moved:
        before, after = number.before or "not in the text", number.after or "not in the text"
        for key in number.corrections:
            moved[key].append(f"{number.id}: {before}, now {after}")
    return defaultdict(str, {key: "; ".join(numbers) for key, numbers in moved.items()})


def _text(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
