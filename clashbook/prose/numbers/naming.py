"""The fields of a number's id, and in plain words: what the number is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clashbook.counting import Quantity
from clashbook.dataset.rows import Claim, Indicator, Series, Source
from clashbook.dataset.tables import Dataset
from clashbook.language import PEOPLE, POPULATIONS, day_in_words

ROLES = {
    "own_side": "by the party’s own side",
    "opposing_side": "by the other side",
    "third_party": "by third parties",
    "press": "by press or authors",
    "statistics": "by statistics",
}
_AGAIN = {"adds_to": "added to an earlier count", "updates": "a newer count"}


def slug(name: str) -> str:
    """An id of the dataset as it stands inside a number's id."""
    return name.replace("_", "-").lower()


def toll_id(episode: str, quantity: Quantity) -> str:
    """The id under which a toll is a number."""
    indicator, party, population, *_ = quantity
    return "-".join(map(slug, (episode, indicator, population, party)))


def in_words(data: Dataset, fields: Mapping[str, str]) -> dict[str, str]:
    """Each field's value as a reader knows it: an episode by its name, a claim by what it says.

    A series brings a field more: `provider`, the source that it comes from.

    Raises
    ------
    KeyError
        If the data do not hold the row that a value names.
    """
    words = {
        field: WORDS[field](data, value) if field in WORDS else value.replace("_", " ")
        for field, value in fields.items()
    }
    if "series" in fields:
        words["provider"] = _provider(data, fields["series"])
    return words


def _cell(table: str, column: str) -> Callable[[Dataset, str], str]:
    return lambda data, row_id: data.rows[table][row_id][column]


def _claim(data: Dataset, claim_id: str) -> str:
    claim = data.records(Claim)[claim_id]
    when = claim.period_words
    if not when and claim.episode_id != "background":
        when = WORDS["episode"](data, claim.episode_id)
    indicator = data.records(Indicator)[claim.indicator]
    parts = [
        indicator.label,
        POPULATIONS.get(claim.population, ""),
        indicator.of_whom(data.names[claim.party]),
        when,
        # On one day a side may give a figure twice, the second time as so many more or anew.
        _AGAIN.get(claim.relation, ""),
        # A claimant without a row is its own name.
        f"according to {data.names.get(claim.claimant, claim.claimant)}",
        claim.reported,
    ]
    return ", ".join(filter(None, parts))


def _series(data: Dataset, series_id: str) -> str:
    series = data.records(Series)[series_id]
    label = WORDS["indicator"](data, series.indicator)
    parts = [label, PEOPLE.get(series.population, ""), data.name(series.party)]
    return ", ".join(filter(None, parts))


def _source(data: Dataset, source_id: str) -> str:
    return data.records(Source)[source_id].words


def _provider(data: Dataset, series_id: str) -> str:
    return _source(data, data.records(Series)[series_id].source_id)


# By the field of an id; in any other, as an act, stand words.
WORDS: dict[str, Callable[[Dataset, str], str]] = {
    "episode": _cell("episodes", "name"),
    "indicator": _cell("indicators", "label"),
    "population": lambda _, population: PEOPLE[population],
    "party": Dataset.name,
    "stance": lambda data, stance: data.rows["stances"][stance]["label"].lower(),
    "claim": _claim,
    "series": _series,
    "other": _provider,
    "source": _source,
    "role": lambda _, role: ROLES[role],
    "period": lambda _, period: day_in_words(period),
    "year": lambda _, year: day_in_words(year),
}
