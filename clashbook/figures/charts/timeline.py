"""The timeline: a few moments of each episode, the newest last, a day and a sentence each."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks
from clashbook.figures.charts.marks import Mark
from clashbook.figures.charts.records import Record, grouped, read
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import BOTH, Side, colour, parties, side

DATES, MARK, STEP = 132, 26, 19


@dataclass(frozen=True, kw_only=True)
class _Act(Record):
    episode: str
    date: str
    lane: str
    actor: str
    actor_name: str
    what: str
    moment: str = ""

    @property
    def side(self) -> Side:
        """Whose mark it is: a party's, an outside actor's, or both's or nobody's in particular."""
        outside = self.lane not in ("ground", "table")
        known = outside or self.actor in {about.id for about in parties()}
        return side(self.actor if known else BOTH, self.actor_name)

    @property
    def sentence(self) -> str:
        return self.moment or self.what


def timeline(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw the rows that are key moments; where none is, all of them.

    Parameters
    ----------
    frame : DataFrame
        episode, date (words), lane, actor, actor_name (whose mark it is), moment (its sentence, or
        ""), what, claimant, stated, events, reactions; in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    acts = read(frame, _Act)
    y = 0.0
    for episode, mine in grouped(
        [a for a in acts if a.moment] or acts, lambda a: a.episode
    ).items():
        sheet.head(0, y + 10, episode)
        sheet.rule(0, sheet.width, y + 25, "axis")
        first, y = y + 48, y + 48
        for act in mine:
            last, y = y, _draw(sheet, act, y)
        x = MARK / 2 if sheet.phone else DATES + MARK / 2
        sheet.line((x, x), (first, last), colour("grid"), width=2, zorder=-1)
        y += 8
    sheet.finish(y - 16)


def _draw(sheet: Sheet, act: _Act, y: float) -> float:
    """Draw a moment, its date beside it or on a phone above it; return where the next begins."""
    left = 0 if sheet.phone else DATES
    # The year stands in the name of the episode.
    date = act.date.removesuffix(f"\u00a0{act.episode.split()[-1]}")
    room = 0.9 * (sheet.width - left - MARK)
    dates = sheet.wrap(date, room if sheet.phone else DATES - 10, "row", bold=True)
    lines = sheet.wrap(act.sentence, room, "row", balanced=False)
    gid, words = act.mark(f"{act.actor_name}, {act.date}: {act.sentence}")
    marks.put(sheet.ax, left + MARK / 2, y, Mark(act.side), gid, words)
    end = sheet.write(
        left + MARK + 6 if sheet.phone else 0, y, dates, size="row", bold=True, step=STEP
    )
    start = end if sheet.phone else y
    return max(end, sheet.write(left + MARK + 6, start, lines, size="row", step=STEP)) + 10
