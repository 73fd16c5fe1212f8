"""Words of economic figures: what is measured, which release, and numbers as a column has them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import Decimal

import pandas as pd

from clashbook.analysis import vintages
from clashbook.analysis.economy import label_of
from clashbook.bounds import figure
from clashbook.dataset.tables import Dataset
from clashbook.figures.exhibit.words.column import Column, Row, Words, by_row
from clashbook.figures.exhibit.words.people import episode_name
from clashbook.language import NO_BREAK, day_in_words, sentence

SHADED, CLASH = "shaded", "Clash"
RELEASES = {"first release": "As first published"}
UNCERTAIN, ALONE, NONE = "period uncertain", "none to set it against", "none"


def in_column(values: Iterable[float]) -> list[str]:
    r"""Numbers as a column of a table has them, each with the decimals of the finest; NaN is "".

    >>> in_column([-27.0, 0.5, float("nan")])
    ['−27.0', '0.5', '']
    """
    values = list(values)
    known = [Decimal(str(value)).normalize() for value in values if not math.isnan(value)]
    places = max((-min(int(value.as_tuple().exponent), 0) for value in known), default=0)
    texts = [f"{value:,.{places}f}".replace("-", "\u2212") for value in values]
    return ["" if math.isnan(value) else text for value, text in zip(values, texts, strict=True)]


def _unless_episode(shaded: str, words: Callable[[Dataset, Row], str]) -> Words:
    """Words of a figure; the row of an episode has `shaded`, or its name."""

    def either(data: Dataset, row: Row) -> str:
        if row["kind"] == "episode":
            return shaded.format(episode_name(data, row["episode_id"]))
        return words(data, row)

    return by_row(either)


def _measure(data: Dataset, row: Row) -> str:
    return label_of(data, row["indicator"])


def _text(data: Dataset, row: Row) -> str:
    """A value with its unit in words, where the unit is no sign of a currency or of percent."""
    text, unit = figure(row["value"], row["unit"]), row["unit"]
    return text if text != figure(row["value"]) else f"{text}{NO_BREAK}{unit}".strip()


def _written(data: Dataset, frame: pd.DataFrame) -> list[str]:
    """What stands beside the points of figures that are marked."""
    marked = frame.value.where(frame.marked.fillna(value=False).astype(bool))
    texts = marked.groupby(frame.unit, sort=False).transform(in_column)
    signs = frame.unit.str.startswith("percent").map({True: "%", False: ""})
    return [text and text + sign for text, sign in zip(texts, signs, strict=True)]


def _release(data: Dataset, row: Row) -> str:
    """Which release a figure is, or who printed it."""
    if row["kind"] == "printed":
        if row["firmness"] == "about":
            return f"Printed, {UNCERTAIN}"
        source = data.rows["claims"][row["claims"]]["source_id"]
        return f"Printed by {data.rows['sources'][source]['publisher']}"
    vintage = data.rows["series"][row["series_id"]]["vintage"]
    if vintage in vintages.PUBLISHED_ONCE:
        return RELEASES.get(vintage, sentence(vintage))
    return f"As revised by {day_in_words(vintage)}"


def _change(data: Dataset, frame: pd.DataFrame) -> list[str]:
    shaded = frame.get("kind", frame.indicator) == "episode"
    texts = frame.groupby("unit", sort=False).value.transform(in_column)
    return [SHADED if no_figure else text for no_figure, text in zip(shaded, texts, strict=True)]


# First published beside revised


def _first(data: Dataset, frame: pd.DataFrame) -> list[str]:
    return in_column([*frame.first_value, *frame.later_value])[: len(frame)]


def _revised(data: Dataset, frame: pd.DataFrame) -> list[str]:
    missing = f"{NONE} by {day_in_words(data.as_of)}"
    texts = in_column([*frame.first_value, *frame.later_value])[len(frame) :]
    return [text or missing for text in texts]


def _revised_by(data: Dataset, row: Row) -> str:
    if row["later_value"] is None:
        return NONE
    return day_in_words(data.rows["series"][row["series"].split()[-1]]["vintage"])


def _difference(data: Dataset, frame: pd.DataFrame) -> list[str]:
    words = frame.later_value.notna().map({True: UNCERTAIN, False: ALONE})
    return [text or word for text, word in zip(in_column(frame.apart), words, strict=True)]


COLUMNS = (
    Column("measure", ("indicator", "month"), by_row(_measure)),
    Column("first", ("first_value", "later_value"), _first),
    Column("first_kind", ("first_value", "series_id"), by_row(_release)),
    Column("vintage", ("first_value", "later_value", "month"), _revised),
    Column("revised_by", ("later_value", "series"), by_row(_revised_by)),
    Column("difference", ("apart", "first_value"), _difference),
    # A frame of series has the column `period_precision`.
    Column("measure", ("indicator", "period_precision"), _unless_episode(CLASH, _measure)),
    Column("label", ("kind", "series_id", "period_precision"), _unless_episode("{}", _release)),
    Column("change", ("value", "period_precision"), _change),
    Column("text", ("value", "unit", "kind"), _unless_episode(SHADED, _text)),
    Column("written", ("value", "unit", "marked"), _written),
)
