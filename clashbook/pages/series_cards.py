"""The card of a figure of a published series: one file a series, with all its periods."""

from __future__ import annotations

from clashbook.analysis.trackers import in_words
from clashbook.bounds import Bounds, figure
from clashbook.dataset.rows import UNITS, Series
from clashbook.language import NO_BREAK, day_in_words, sentence
from clashbook.pages import labels
from clashbook.pages.facts import Edition, Row
from clashbook.pages.sentences import of_observation

ROW = "data/observations.csv"
# Releases that are told in words, where a series names no later one.
RELEASES = {"first release": "as first published", "as reported": "as reported by others"}


def of_series(edition: Edition, series: Series) -> dict:
    """What a card says of each period of a series: `at` has what differs from period to period."""
    row = edition.row("sources", series.source_id) or {}
    publisher, release = row.get("publisher") or series.source_id, _release(series)
    name = f"{labels.measure(edition, series)}, {labels.about(edition, series)}"
    observed = edition.observations.get(series.id, {}).items()
    return {
        "sum": [],
        "who": [
            {
                "value": "",
                "who": publisher,
                "href": f"sources.html#{series.source_id}",
                "where": sentence(f"{release}; released {series.released}"),
            }
        ],
        "note": series.note,
        "origins": "",
        "apart": [],
        "since": [],
        "out": [],
        "outs": "",
        "row": ROW,
        "more": "All figures of all series (CSV)",
        "url": row.get("url") or "",
        "at": {
            period: _of_period(edition, series, name, publisher, release, one)
            for period, one in observed
        },
    }


def _of_period(
    edition: Edition, series: Series, name: str, publisher: str, release: str, row: Row
) -> dict[str, str]:
    what, text = sentence(f"{name}, {day_in_words(row['period'])}"), _value(series, row)
    quoted = of_observation(edition, what, text, publisher, release)
    note = {"note": f"{row['note']} {series.note}".strip()} if row.get("note") else {}
    return {"what": what, "text": text, "sentence": quoted, **note}


def _value(series: Series, row: Row) -> str:
    """A figure as it was published, with its unit."""
    if row.get("low") or row.get("high"):
        low, best, high = (float(row[end]) if row[end] else None for end in ("low", "best", "high"))
        words = in_words(Bounds(low=low, best=best, high=high))
        return words if best is None else f"{words} (best estimate: {figure(best)})"
    best = float(row["best"])
    text, unit = figure(best, series.unit), UNITS.get(series.unit, series.unit.replace("_", " "))
    return text if text != figure(best) or not unit else f"{text}{NO_BREAK}{unit}"


def _release(series: Series) -> str:
    """Which release it is: as first published, or as revised by a month."""
    vintage = series.vintage
    if vintage[:4].isdigit() and "-" in vintage:
        return f"as revised by {day_in_words(vintage)}"
    return RELEASES.get(vintage, f"version {vintage}" if vintage else "release not stated")
