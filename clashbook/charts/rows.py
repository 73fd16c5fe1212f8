"""Horizontal rows of marks: tolls by episode, and quantities that share a unit."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from clashbook.charts.layout import Group, Row, draw_rows
from clashbook.charts.style import Sheet, side

NO_VALUE = "no figure found"


def toll_rows(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw the reported toll by episode and side, own count and what others said apart.

    Parameters
    ----------
    frame : DataFrame
        episode_id, episode, dates, party, party_name, low, best, high (NaN: open), firmness,
        counted_by, text, highlighted, claims; one row a mark, in the order to be shown. Optional:
        denied (bool).
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    others = (frame.counted_by == "opposing_side").any()
    own = set(frame.counted_by) <= {"own_side", "opposing_side", ""}
    headings = ["own count" if own else "reported", *(["other side said"] if others else [])]
    groups = []
    for _, episode in frame.groupby("episode_id", sort=False):
        first = episode.iloc[0]
        rows = [_toll(party, bool(others)) for _, party in episode.groupby("party", sort=False)]
        groups.append(Group(first.episode, first.dates, rows, bool(first.highlighted)))
    draw_rows(Sheet.of(ax), groups, headings)


def _toll(rows: pd.DataFrame, others: bool) -> Row:
    first = rows.iloc[0]
    opposing = rows.counted_by == "opposing_side"
    values = [", ".join(rows.text[~opposing]) or NO_VALUE]
    if others:
        values.append(", ".join(rows.text[opposing]) or NO_VALUE)
    ordered = pd.concat([rows[~opposing], rows[opposing]])
    about = side(first.party, first.party_name)
    return Row(first.party_name, about, values, list(ordered.itertuples()))


def dots(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw quantities that share a unit, one row each.

    Parameters
    ----------
    frame : DataFrame
        label, party, party_name, value or low, best, high (NaN: open), unit_label, date_label,
        text, claims, series_id; one row a mark, rows of one label together.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    frame = frame.assign(
        **{end: frame[end] if end in frame else frame["value"] for end in ("low", "best", "high")}
    )
    frame = frame.assign(
        firmness=[_firmness(row) for row in frame.itertuples()],
        counted_by=frame.get("counted_by", "own_side"),
    )
    groups = []
    for label, rows in frame.groupby("label", sort=False):
        made = [
            Row(row.party_name, side(row.party, row.party_name), [row.text], [row], row.date_label)
            for row in rows.itertuples()
        ]
        groups.append(Group(label, "", made))
    draw_rows(Sheet.of(ax), groups, [frame.unit_label.iloc[0]])


def _firmness(row) -> str:
    if row.low == row.high:
        return "exact"
    ends = (not math.isnan(row.low), not math.isnan(row.high))
    kinds = {(True, True): "between", (True, False): "at_least", (False, True): "up_to"}
    return kinds.get(ends, "unquantified" if math.isnan(row.best) else "about")
