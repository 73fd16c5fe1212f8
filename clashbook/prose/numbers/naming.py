"""The fields of a number's id in plain words: what the number is of."""

from __future__ import annotations

from collections.abc import Mapping

from clashbook.analysis import vintages
from clashbook.dataset.tables import Dataset
from clashbook.language import (
    PEOPLE,
    POPULATIONS,
    date_in_words,
    day_in_words,
    source_in_words,
    span_in_words,
)

ROLES = {
    "own-side": "by the party's own side",
    "opposing-side": "by the other side",
    "third-party": "by third parties",
    "press": "by press or authors",
    "statistics": "by statistics",
}


def in_words(data: Dataset, fields: Mapping[str, str]) -> dict[str, str]:
    """Each field's value as a reader knows it: an episode by its name, a claim by what it says.

    A series brings a field more: `provider`, the source that it comes from.

    Raises
    ------
    KeyError
        If the data do not hold the row that a value names.
    """
    words = {field: _word(data, field, value) for field, value in fields.items()}
    if "series" in fields:
        words["provider"] = _word(data, "other", fields["series"])
    return words


def _word(data: Dataset, field: str, value: str) -> str:
    match field:
        case "episode":
            return _row(data, "episodes", value)["name"]
        case "indicator":
            return _row(data, "indicators", value)["label"]
        case "population":
            return PEOPLE[value]
        case "party":
            return _row(data, "actors", value)["name"]
        case "stance":
            return _row(data, "stances", value)["label"].lower()
        case "claim":
            return _claim(data, _row(data, "claims", value))
        case "series":
            return _series(data, _row(data, "series", vintages.resolved(data, value)))
        case "other":
            row = _row(data, "series", vintages.resolved(data, value))
            return _source(data, row["source_id"])
        case "source":
            return _source(data, value)
        case "role":
            return ROLES[value]
        case "period" | "year":
            return day_in_words(value)
    # An act, a table: their ids are words.
    return value.replace("-", " ")


def slug(name: str) -> str:
    """An id of the dataset as it stands inside a number's id."""
    return name.replace("_", "-")


def _row(data: Dataset, table: str, value: str) -> Mapping[str, str]:
    """The row of an id as it stands inside a number's id, where case and dashes are the same."""
    same = slug(value).lower()
    for row_id, row in data.rows[table].items():
        if slug(row_id).lower() == same:
            return row
    raise KeyError(f"no row of {table} has the id {value!r}")


def _claim(data: Dataset, row: Mapping[str, str]) -> str:
    when = span_in_words(row["period_start"], row["period_end"], row["period_precision"])
    if not when and row["episode_id"] != "background":
        when = _word(data, "episode", row["episode_id"])
    indicator = _row(data, "indicators", row["indicator"])
    known = data.names
    parts = [
        indicator["label"],
        POPULATIONS.get(row["population"], ""),
        f"{'by ' if indicator['party_is'].startswith('who ') else ''}{known[row['party']]}",
        when,
        # On one day a side may give the same figure twice, the second time as so many more.
        "added to an earlier count" if row["relation"] == "adds_to" else "",
        # A claimant without a row is its own name.
        f"according to {known.get(row['claimant'], row['claimant'])}",
        date_in_words(row["reported_on"], row["reported_precision"]),
    ]
    return ", ".join(filter(None, parts))


def _series(data: Dataset, row: Mapping[str, str]) -> str:
    parts = [
        _word(data, "indicator", row["indicator"]),
        PEOPLE.get(row["population"], ""),
        _word(data, "party", row["party"]),
    ]
    return ", ".join(filter(None, parts))


def _source(data: Dataset, source: str) -> str:
    return source_in_words(_row(data, "sources", source))
