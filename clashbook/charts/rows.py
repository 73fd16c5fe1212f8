"""Horizontal rows of marks: tolls by episode."""

from __future__ import annotations

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
        counted_by, text, highlighted, indicator_label, claims, claimant, stated; one row a mark, in
        the order to be shown. Optional: denied (bool).
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
