"""Words of economic figures: what is measured, which release, and numbers as a column has them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import Decimal

import pandas as pd

from clashbook.analysis import vintages
from clashbook.analysis.economy import BILLION, label_of, releases, series
from clashbook.bounds import figure
from clashbook.dataset.tables import Dataset
from clashbook.figures.exhibit.words.column import Column, Row, Words, by_row, rows_of
from clashbook.figures.exhibit.words.people import episode_name
from clashbook.language import NO_BREAK, day_in_words, sentence, span_in_words

NOT_STATED, SHADED, EPISODE = "not stated", "shaded", "Episode"
UNCERTAIN = "period uncertain"
UNPRINTED = "none printed"
ALONE = "none to set it against"
NONE = "none"
NO_MONTHS = f"{NONE} for these months"


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


# Changes


def _measure(data: Dataset, row: Row) -> str:
    return label_of(data, row["indicator"])


def _text(data: Dataset, row: Row) -> str:
    scale = BILLION if "takes_in" in row else 1
    return figure(row["value"] * scale, row["unit"])


def _release(data: Dataset, row: Row) -> str:
    """Which release a figure is, or who printed it."""
    if row["kind"] == "printed":
        if row["firmness"] == "about":
            return f"Printed, {UNCERTAIN}"
        source = data.rows["claims"][row["claims"]]["source_id"]
        return f"Printed by {data.rows['sources'][source]['publisher']}"
    vintage = data.rows["series"][row["series_id"]]["vintage"]
    if vintage in vintages.PUBLISHED_ONCE:
        return sentence(vintage)
    return f"As revised by {day_in_words(vintage)}"


def _change(data: Dataset, frame: pd.DataFrame) -> list[str]:
    shaded = frame.get("kind", frame.indicator) == "episode"
    texts = in_column(frame.value)
    return [SHADED if no_figure else text for no_figure, text in zip(shaded, texts, strict=True)]


def _has_panels(frame: pd.DataFrame) -> bool:
    return frame.measure[frame.kind != "episode"].nunique() > 1


def _below(data: Dataset, frame: pd.DataFrame) -> list[str]:
    """Under a panel's head: what was printed of which months, and what it is as revised."""
    whole = series(data, *dict.fromkeys(frame.indicator[frame.kind != "episode"]))
    months = frame.period[frame.kind != "episode"]
    within = whole.period_start.str[:7].between(months.min(), months.max())
    several = whole[(whole.period == "") & within]
    # What was first released has marks of its own in the panel.
    drawn = frame[frame.kind != "first_release"]
    pairs = releases(pd.concat([several, drawn], ignore_index=True))
    for column in RELEASES:
        pairs = column.put(data, pairs)
    texts = pd.Series(map(_paired, rows_of(pairs)), dtype=object).groupby(pairs.measure)
    return frame.measure.map(texts.agg("; ".join)).fillna("").tolist()


def _paired(row: Row) -> str:
    first = row["first"] if row["first"] == UNPRINTED else f"{row['first']} printed"
    revised = f", {row['vintage']} as revised by {row['revised_by']}"
    return f"{day_in_words(row['period'])}: {first}{revised if row['revised_by'] != NONE else ''}"


# First published beside revised


def _period(data: Dataset, row: Row) -> str:
    """The month of a figure that was printed, or in words its months."""
    if row["firmness"] == "about" and row["month"]:
        return f"{day_in_words(row['month'])}, {UNCERTAIN}"
    return (
        span_in_words(row["period_start"], row["period_end"], row["period_precision"]) or NOT_STATED
    )


def _month(data: Dataset, row: Row) -> str:
    return row["month"] or _period(data, row)


def _both(data: Dataset, frame: pd.DataFrame) -> tuple[list[str], list[str]]:
    texts = in_column([*frame.first_value, *frame.later_value])
    return texts[: len(frame)], texts[len(frame) :]


def _first(data: Dataset, frame: pd.DataFrame) -> list[str]:
    return [text or UNPRINTED for text in _both(data, frame)[0]]


def _first_release(data: Dataset, row: Row) -> str:
    first = {"series_id": row["series"].split()[0] if row["series"] else ""}
    return UNPRINTED if row["first_value"] is None else _release(data, {**row, **first})


def _revised(data: Dataset, frame: pd.DataFrame) -> list[str]:
    missing = f"{NONE} by {day_in_words(data.as_of)}"
    words = [missing if month else NO_MONTHS for month in frame.month]
    return [text or word for text, word in zip(_both(data, frame)[1], words, strict=True)]


def _revised_by(data: Dataset, row: Row) -> str:
    if row["later_value"] is None:
        return NONE
    return day_in_words(data.rows["series"][row["series"].split()[-1]]["vintage"])


def _difference(data: Dataset, frame: pd.DataFrame) -> list[str]:
    both = frame.first_value.notna() & frame.later_value.notna()
    words = both.map({True: UNCERTAIN, False: ALONE})
    return [text or word for text, word in zip(in_column(frame.apart), words, strict=True)]


# Reserves


def _definition(data: Dataset, row: Row) -> str:
    return f"{_measure(data, row)} {row['takes_in']}".strip()


def _in_unit(data: Dataset, row: Row) -> str:
    return f"{row['definition']}, {row['unit']}{NO_BREAK}billion"


def _as_of(data: Dataset, row: Row) -> str:
    return day_in_words(row["period"]) or NOT_STATED


def _whose_measure(data: Dataset, row: Row) -> str:
    return f"{_measure(data, row)}, {row['party_name']}"


def _reserve(data: Dataset, row: Row) -> str:
    takes_in = row["takes_in"]
    return f"{row['party_name']}, {takes_in}" if takes_in else _measure(data, row)


def _billions(data: Dataset, frame: pd.DataFrame) -> list[str]:
    texts = frame.groupby("indicator", sort=False).value.transform(in_column)
    return [text or SHADED for text in texts]


def _unit_and_undated(data: Dataset, frame: pd.DataFrame) -> list[str]:
    undated = frame[frame.kind == "undated"].groupby("indicator").billions.agg(", ".join)
    notes = frame.indicator.map("; " + undated + " without a date").fillna("")
    return (frame.unit + f"{NO_BREAK}billion" + notes).where(frame.unit != "", "").tolist()


RELEASES = (
    Column("measure", ("indicator", "month"), by_row(_measure)),
    Column("period", ("month", "first_value"), by_row(_month)),
    Column("first", ("first_value", "later_value"), _first),
    Column("first_kind", ("first_value", "kind", "series"), by_row(_first_release)),
    Column("vintage", ("first_value", "later_value", "month"), _revised),
    Column("revised_by", ("later_value", "series"), by_row(_revised_by)),
    Column("difference", ("apart", "first_value"), _difference),
)
# A frame of reserves has the column `takes_in`, one of changes `period_precision`.
COLUMNS = (
    *RELEASES,
    Column("period", ("month", "period_precision"), by_row(_period)),
    Column("definition", ("indicator", "takes_in"), _unless_episode("", _definition)),
    Column("in_unit", ("definition", "unit"), _unless_episode(EPISODE, _in_unit)),
    Column("measure", ("definition", "party_name"), _unless_episode(EPISODE, _whose_measure)),
    Column("as_of", ("period", "takes_in"), _unless_episode("{}", _as_of)),
    Column("label", ("takes_in", "party_name"), _unless_episode("{}", _reserve)),
    Column("billions", ("value", "takes_in"), _billions),
    Column("below", ("billions", "measure"), _unit_and_undated),
    Column("exact", ("value", "takes_in"), lambda _, frame: (frame.value * BILLION).round()),
    Column("measure", ("indicator", "period_precision"), _unless_episode(EPISODE, _measure)),
    Column("label", ("kind", "series_id", "period_precision"), _unless_episode("{}", _release)),
    Column("change", ("value", "period_precision"), _change),
    Column("text", ("value", "unit", "kind"), _unless_episode(SHADED, _text)),
    Column("below", ("measure", "change", "series_id"), _below, _has_panels),
)
