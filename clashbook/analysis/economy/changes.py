"""Monthly changes: what was released first, what the newest vintage holds, what was printed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from clashbook.analysis import vintages
from clashbook.analysis.economy.records import (
    DRAWN,
    NOT_STATED,
    SHADED,
    claimed,
    drawn,
    in_column,
    measure_of,
    observed,
    shaded,
)
from clashbook.counting import UnlikeQuantitiesError
from clashbook.dataset.tables import Dataset
from clashbook.language import day_in_words, sentence, span_in_words

UNCERTAIN = "period uncertain"
UNPRINTED = "none printed"
ALONE = "none to set it against"
NONE = "none"
NO_MONTHS = f"{NONE} for these months"


def lowest(data: Dataset, series: str, year: str) -> tuple[str, float]:
    """The period and value of a series' lowest observation in a year; the first if several."""
    rows = data.observations[data.observations.series_id == series]
    rows = rows[rows.period.str.startswith(year)].sort_values("period")
    row = rows.loc[rows.best.idxmin()]
    return row.period, float(row.best)


def activity(
    data: Dataset, indicators: Sequence[str], since: str, until: str, episodes: Sequence[str]
) -> pd.DataFrame:
    """Monthly changes around the episodes, as drawn.

    Parameters
    ----------
    indicators : sequence of str
        Of the series and of the claims printed in the coded documents, in the order to be shown.
    since, until : str
        First and last month, as ``2019-01``; empty for the first or the last in the data.
    episodes : sequence of str
        Episodes to shade.

    Returns
    -------
    DataFrame
        measure, period (month), label, change (percent, text as in a column), indicator, party,
        value, unit, text, kind (``vintage``, ``first_release``, ``printed`` or ``episode``),
        firmness (``about``: the period is not sure), claims, series_id, source_id, claimant,
        stated, period_start, period_end (of an episode). Of several vintages of one thing the
        newest alone is drawn. What was printed of more than one month has no place in it.
    """
    rows = []
    for indicator in indicators:
        found = [_release(data, row) for row in observed(data, indicator)]
        found += [_printing(data, row) for row in claimed(data, indicator) if _month(row)]
        found = [row for row in found if _within(row["period"], since, until)]
        measure = {"measure": measure_of(data, indicator)}
        order = sorted(found, key=lambda row: (row["period"], row["kind"], row["series_id"]))
        rows += [measure | row for row in order]
    if rows:
        rows += shaded(data, episodes)
    frame = pd.DataFrame(rows, columns=["measure", "period", "label", *DRAWN])
    frame = frame.astype({"value": float})
    frame.insert(3, "change", [text or SHADED for text in in_column(frame.value)])
    return frame


def _within(month: str, since: str, until: str) -> bool:
    return since <= month and (not until or month <= until)


def _month(claim) -> str:
    """The one month that a claim is of; "" where its period is another, or not stated."""
    month = claim.period_start[:7]
    return month if month == claim.period_end[:7] else ""


def _release(data: Dataset, row) -> dict:
    once = row.vintage in vintages.PUBLISHED_ONCE
    label = sentence(row.vintage) if once else f"As revised by {day_in_words(row.vintage)}"
    kind = "first_release" if once else "vintage"
    return drawn(data, row, period=row.period, label=label, kind=kind)


def _printing(data: Dataset, row) -> dict:
    publishers = dict(zip(data.sources.source_id, data.sources.publisher, strict=True))
    words = {"label": f"Printed by {publishers[row.source_id]}"}
    if row.period_precision == "about":
        words = {"label": f"Printed, {UNCERTAIN}", "firmness": "about"}
    return drawn(data, row, period=_month(row), kind="printed", **words)


def components(
    data: Dataset, indicators: Sequence[str], since: str, until: str, episodes: Sequence[str]
) -> pd.DataFrame:
    """The same as `activity`, for one panel a measure.

    A column `below` more: the words under a panel's head, which say what was printed of which
    months and what it is as revised.
    """
    frame = activity(data, indicators, since, until, episodes)
    below: dict[str, list[str]] = {}
    for row in releases(data, indicators, since, until).itertuples():
        first = row.first if row.first == UNPRINTED else f"{row.first} printed"
        revised = f", {row.vintage} as revised by {row.revised_by}"
        later = "" if row.revised_by == NONE else revised
        below.setdefault(row.measure, []).append(f"{day_in_words(row.period)}: {first}{later}")
    return frame.assign(below=["; ".join(below.get(measure, [])) for measure in frame.measure])


def releases(
    data: Dataset, indicators: Sequence[str], since: str = "", until: str = ""
) -> pd.DataFrame:
    """What was first published or printed, beside the same month in the newest vintage.

    Parameters
    ----------
    indicators, since, until
        As of `activity`.

    Returns
    -------
    DataFrame
        measure, period (month, or in words the months that a printed figure is of), first (percent,
        text as in a column), first_kind (words), vintage (text), revised_by (the vintage, in words;
        ``none`` without one), difference (text, or a word on why there is none), apart (percentage
        points, later less first; NaN where rule 11 allows no difference), claims, series. One row a
        figure published first; a measure without one has a row for each month that the others have.
    """
    frame = activity(data, indicators, since, until, [])
    vintage = frame[frame.kind == "vintage"]
    later = {(row.indicator, row.party, row.period): row for row in vintage.itertuples()}
    early = frame[frame.kind.isin(["first_release", "printed"])]
    rows = []
    for indicator in indicators:
        several = _of_several_months(data, indicator, since, until)
        rows += [_pair(data, row, None, NO_MONTHS) for row in several.itertuples()]
        mine = early[early.indicator == indicator]
        keys = zip(mine.indicator, mine.party, mine.period, strict=True)
        pairs = list(zip(mine.itertuples(), map(later.get, keys), strict=True))
        if not pairs:
            alone = vintage[(vintage.indicator == indicator) & vintage.period.isin(early.period)]
            pairs = [(None, row) for row in alone.itertuples()]
        rows += [_pair(data, *pair, f"none by {day_in_words(data.as_of)}") for pair in pairs]
    columns = [
        *("measure", "period", "first", "first_kind", "vintage", "revised_by", "difference"),
        *("apart", "claims", "series"),
    ]
    made = pd.DataFrame(rows, columns=columns).astype({"apart": float})
    numbers = in_column(made.apart)
    words = [number or word for number, word in zip(numbers, made.difference, strict=True)]
    return made.assign(difference=words)


def _of_several_months(data: Dataset, indicator: str, since: str, until: str) -> pd.DataFrame:
    """What was printed of several months together, for which a monthly series has no figure."""
    claims = [row for row in claimed(data, indicator) if row.period_start and not _month(row)]
    rows = [
        _printing(data, row) | {"measure": measure_of(data, indicator), "period": _period(row)}
        for row in claims
        if _within(row.period_start[:7], since, until)
    ]
    frame = pd.DataFrame(rows, columns=["measure", "period", "label", *DRAWN])
    return frame.assign(change=in_column(frame.value.astype(float)))


def _pair(data: Dataset, first, later, unrevised: str) -> dict:
    """A row of `releases`; `first` or `later` is None where there is none."""
    known, apart, word = first or later, float("nan"), ALONE
    if first and later:
        try:
            apart = points_apart(first, later)
        except UnlikeQuantitiesError:
            word = UNCERTAIN
    vintage = dict(zip(data.series.series_id, data.series.vintage, strict=True))
    return {
        "measure": known.measure,
        "period": known.period,
        "first": first.change if first else UNPRINTED,
        "first_kind": first.label if first else UNPRINTED,
        "vintage": later.change if later else unrevised,
        "revised_by": day_in_words(vintage[later.series_id]) if later else NONE,
        "difference": word,
        "apart": apart,
        "claims": first.claims if first else "",
        "series": " ".join(row.series_id for row in (first, later) if row and row.series_id),
    }


def points_apart(first, later) -> float:
    """How far two figures lie apart, later less first, in percentage points.

    Parameters
    ----------
    first, later : row
        With indicator, party, unit, period, value and firmness (``about``: the period is not sure).

    Raises
    ------
    UnlikeQuantitiesError
        Rule 11: if the two are of different things or periods, or it is not sure of which.
    """
    alike = ("indicator", "party", "unit", "period")
    differ = [name for name in alike if getattr(first, name) != getattr(later, name)]
    if "about" in (first.firmness, later.firmness):
        differ.append("how surely their periods are known")
    if differ:
        raise UnlikeQuantitiesError(f"the two differ in {' and '.join(differ)}: not comparable")
    # Rounded to the decimal that both are published with.
    return round(later.value - first.value, 1)


def revision(data: Dataset, series: str, other: str, period: str) -> float:
    """How far a series lies from another of the same thing in a period, in percentage points.

    Raises
    ------
    UnlikeQuantitiesError
        As `points_apart`.
    """
    rows = data.observations[data.observations.period == period]
    rows = rows.merge(data.series, on="series_id", suffixes=("", "_series"))
    rows = rows.assign(value=rows.best, firmness="exact")
    found = {row.series_id: row for row in rows.itertuples()}
    return points_apart(found[other], found[series])


def printed(data: Dataset, indicators: Sequence[str]) -> pd.DataFrame:
    """Changes as the coded documents print them, each with the period that it has or lacks.

    Returns
    -------
    DataFrame
        measure, party_name, period (in words, or ``not stated``), change (percent, text as in a
        column), value, claims; by party, then in the order of `indicators`. Figures of different
        measures or periods are rows side by side, never a comparison.
    """
    rows = [
        {
            "measure": measure_of(data, indicator),
            "party_name": data.name(row.party),
            "period": _period(row),
            "value": row.best,
            "claims": row.claim_id,
        }
        for indicator in indicators
        for row in claimed(data, indicator)
    ]
    frame = pd.DataFrame(rows, columns=["measure", "party_name", "period", "value", "claims"])
    frame.insert(3, "change", in_column(frame.value))
    return frame.sort_values("party_name", kind="stable", ignore_index=True)


def _period(claim) -> str:
    if claim.period_precision == "about" and _month(claim):
        return f"{day_in_words(_month(claim))}, {UNCERTAIN}"
    words = span_in_words(claim.period_start, claim.period_end, claim.period_precision)
    return words or NOT_STATED
