"""The fields of a number's id in plain words: what the number is of."""

from __future__ import annotations

from collections.abc import Mapping

from clashbook.analysis import vintages
from clashbook.dataset.rows import Claim, Indicator, Series, Source
from clashbook.dataset.tables import Dataset
from clashbook.language import (
    PEOPLE,
    POPULATIONS,
    day_in_words,
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
            return _claim(data, Claim.of(_row(data, "claims", value)))
        case "series":
            return _series(data, Series.of(_row(data, "series", vintages.resolved(data, value))))
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


def _claim(data: Dataset, claim: Claim) -> str:
    when = claim.period_words
    if not when and claim.episode_id != "background":
        when = _word(data, "episode", claim.episode_id)
    indicator = data.records(Indicator)[claim.indicator]
    known = data.names
    parts = [
        indicator.label,
        POPULATIONS.get(claim.population, ""),
        indicator.of_whom(known[claim.party]),
        when,
        # On one day a side may give the same figure twice, the second time as so many more.
        "added to an earlier count" if claim.relation == "adds_to" else "",
        # A claimant without a row is its own name.
        f"according to {known.get(claim.claimant, claim.claimant)}",
        claim.reported,
    ]
    return ", ".join(filter(None, parts))


def _series(data: Dataset, series: Series) -> str:
    parts = [
        _word(data, "indicator", series.indicator),
        PEOPLE.get(series.population, ""),
        _word(data, "party", series.party),
    ]
    return ", ".join(filter(None, parts))


def _source(data: Dataset, source: str) -> str:
    return Source.of(_row(data, "sources", source)).words
