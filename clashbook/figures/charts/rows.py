"""Horizontal rows of marks: tolls by episode."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts.layout import Group, Row, draw_rows
from clashbook.figures.charts.style import Sheet, side


def toll_rows(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw the toll by episode and side.

    Parameters
    ----------
    frame : DataFrame
        episode_id, episode, dates, party, party_name, low, best, high (NaN: open), firmness,
        counted_by, text, highlighted, indicator_label, claims, claimant, stated; one row an episode
        and party, in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    own = set(frame.counted_by) <= {"own_side", ""}
    groups = []
    for _, episode in frame.groupby("episode_id", sort=False):
        first = episode.iloc[0]
        rows = [
            Row(toll.party_name, side(toll.party, toll.party_name), toll)
            for toll in episode.itertuples()
        ]
        groups.append(Group(first.episode, first.dates, rows, bool(first.highlighted)))
    draw_rows(Sheet.of(ax), groups, "own count" if own else "reported")
