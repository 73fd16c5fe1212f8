"""The timeline: a few moments of each episode, the newest last, a day and a sentence each."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import Mark
from clashbook.figures.charts.records import Record, grouped, read
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import BOTH, Side, colour, in_order, parties, side

DATES, MARK, STEP = 132, 26, 19
BROAD, GAP = 900, 40  # pixels from which episodes stand side by side, and between them
OTHERS = {"outside": "another country or organisation", "both": "both sides, press and others"}
VAGUE = "The day is not known exactly:"


@dataclass(frozen=True, kw_only=True)
class _Act(Record):
    episode: str
    date: str
    lane: str
    actor: str
    actor_name: str
    what: str
    moment: str = ""
    date_precision: str = "day"

    @property
    def is_vague(self) -> bool:
        """Whether its source gives no day, or days between which it was."""
        return self.date_precision in ("", "within")

    @property
    def side(self) -> Side:
        """Whose mark it is: a party's, an outside actor's, or both's or nobody's in particular."""
        outside = self.lane not in ("ground", "table")
        known = outside or self.actor in {about.id for about in parties()}
        return side(self.actor if known else BOTH, self.actor_name)


def timeline(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw the rows that are key moments; where none is, all of them.

    Parameters
    ----------
    frame : DataFrame
        episode, date (words), lane, actor, actor_name (whose mark it is), moment (its sentence, or
        ""), what, claimant, stated, events, reactions, and optional date_precision; in the order to
        be shown, but that what has no exact day comes last in its episode, in a box.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    acts = read(frame, _Act)
    shown = [act for act in acts if act.moment] or acts
    episodes = grouped(shown, lambda act: act.episode)
    # On a slide the episodes stand side by side.
    across = len(episodes) if sheet.width >= BROAD else 1
    width = (sheet.width - GAP * (across - 1)) / across
    top = draw_key(sheet, 0, _key(shown)) + 8
    y, ends = top, [top]
    for index, (episode, mine) in enumerate(episodes.items()):
        left = index % across * (width + GAP)
        end = _draw_episode(sheet, episode, mine, (left, top if across > 1 else y), width)
        y, ends = end + 8, [*ends, end]
    sheet.finish(max(ends) - 8)


def _key(acts: list[_Act]) -> list[Entry]:
    """Whose mark is whose: the sides by name, outside actors together, and all others."""
    sides = {about.token: about for about in in_order(act.side for act in acts)}
    return [Entry(OTHERS.get(token, about.name), [Mark(about)]) for token, about in sides.items()]


def _draw_episode(
    sheet: Sheet, episode: str, acts: list[_Act], corner: tuple[float, float], width: float
) -> float:
    """Draw an episode's moments from a corner on, and return where they end."""
    left, y = corner
    sheet.head(left, y + 10, episode)
    sheet.line((left, left + width), (y + 25, y + 25), colour("axis"))
    first = last = y = y + 48
    for act in (act for act in acts if not act.is_vague):
        last, y = y, _draw(sheet, act, left, y, width)
    if vague := [act for act in acts if act.is_vague]:
        box = y - 8
        y = sheet.note(left + 8, y + 6, VAGUE) + 8
        for act in vague:
            y = _draw(sheet, act, left + 8, y, width - 16)
        sheet.box(left, box, left + width, y - 4, fc=colour("fill"), zorder=-2)
        y += 12
    x = left + MARK / 2 + (0 if sheet.phone else DATES)
    sheet.line((x, x), (first, last), colour("grid"), lw=2, zorder=-1)
    return y


def _draw(sheet: Sheet, act: _Act, left: float, y: float, width: float) -> float:
    """Draw a moment, its date beside it or on a phone above it; return where the next begins."""
    dates = 0 if sheet.phone else DATES
    words_at = left + dates + MARK + 6
    # The year stands in the name of the episode.
    date = act.date.removesuffix(f"\u00a0{act.episode.split()[-1]}")
    room = 0.9 * (width - dates - MARK)
    days = sheet.wrap(date, room if sheet.phone else DATES - 10, "row", bold=True)
    summary = act.moment or act.what
    lines = sheet.wrap(summary, room, "row", even=False)
    words = act.mark(f"{act.actor_name}, {act.date}: {summary}")
    marks.put(sheet.ax, left + dates + MARK / 2, y, Mark(act.side), *words)
    end = sheet.head(words_at if sheet.phone else left, y, days, step=STEP)
    start = end if sheet.phone else y
    return max(end, sheet.write(words_at, start, lines, size="row", step=STEP)) + 10
