"""The timeline: days down the page, the newest last, and beside them what was done and said.

Rows are days in their order and not to scale. What has a span stands below the last day on which
it can have happened, a line beside the axis marking the days that it covers; what has no day stands
last and off the axis.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import HOLLOW, SOLID, Mark
from clashbook.figures.charts.records import Record, grouped, read
from clashbook.figures.charts.sheet import DOTS, LINE, SOLID_LINE, Sheet
from clashbook.figures.charts.style import BOTH, Side, colour, parties, side

# Columns of a wide sheet, which stand below each other on a phone, and the lanes in each.
OUTSIDE = ("words", "deeds", "undone")
COLUMNS = {"On the ground and between the sides": ("ground", "table"), "Outside actors": OUTSIDE}
DATES, GAP, AIR, PITCH, ABREAST, TRACK = 116, 16, 6, 15, 4, 7
APART = "The time between is not drawn."
HOLLOW_MARK = partial(Mark, fill=HOLLOW)


@dataclass(frozen=True, kw_only=True)
class _Act(Record):
    episode: str
    date: str
    date_start: str
    date_end: str
    date_precision: str
    before: bool
    lane: str
    actor: str
    actor_name: str
    act: str
    detail: str
    done: bool
    standing: str
    what: str

    @property
    def side(self) -> Side:
        """Whose mark it is: a party's, an outside actor's, or both's or nobody's in particular."""
        known = self.lane in OUTSIDE or self.actor in {about.id for about in parties()}
        return side(self.actor if known else BOTH, self.actor_name)

    @property
    def days(self) -> tuple[str, str, str, str]:
        return self.date_start, self.date_end, self.date_precision, self.date

    @property
    def within(self) -> bool:
        """Whether its day is not known, only days within which it lies."""
        return self.date_precision != "day" and self.date_start != ""

    @property
    def over(self) -> bool:
        return not self.within and self.date_end > self.date_start

    @property
    def disputed(self) -> bool:
        return self.standing == "disputed"


@dataclass
class _Item:
    """Marks that share their words."""

    acts: list[_Act]

    @property
    def side(self) -> Side:
        return self.acts[0].side

    @property
    def words(self) -> str:
        first = self.acts[0]
        # What a side reports of the ground is mostly what the other did.
        report = first.lane == "ground" and first.side.id == first.actor and first.done
        reports = " reports" if report and first.side in parties() else ""
        words = f"{first.actor_name}{reports}: {first.act}"
        words += _details([act.detail for act in self.acts])
        return words + (f", {first.standing}" if first.standing else "")

    @property
    def indent(self) -> float:
        return PITCH * min(ABREAST, len(self.acts)) + 3


@dataclass
class _Row:
    """What shares its days."""

    acts: list[_Act]
    covers: int  # place of the first row that lies within its days, or its own
    track: int = 0  # place of its line beside the axis, or 0 for a day on it
    y: float = 0

    @property
    def start(self) -> str:
        return self.acts[0].date_start

    @property
    def end(self) -> str:
        return self.acts[0].date_end or self.start

    @property
    def label(self) -> str:
        # The year stands in the name of the episode.
        first = self.acts[0]
        return first.date.removesuffix(f"\u00a0{first.episode.split()[-1]}")

    @property
    def below(self) -> str:
        undated = "" if self.start else "day not stated"
        return "before the clashes" if self.acts[0].before else undated

    def column(self, lanes: Iterable[str]) -> list[_Item]:
        """What one column holds of the row, parties first; what reads alike shares its words."""
        mine = [act for act in self.acts if act.lane in lanes]
        alike = grouped(mine, lambda act: (act.actor, act.actor_name, act.act, act.standing))
        order = parties()
        items = [_Item(acts) for acts in alike.values()]
        return sorted(items, key=lambda i: order.index(i.side) if i.side in order else len(order))


def timeline(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw events and reactions by day, episode after episode.

    Parameters
    ----------
    frame : DataFrame
        episode, date (words), date_start, date_end (ISO days, "" where there is none),
        date_precision, before (bool), lane (ground, table, words, deeds), actor, actor_name, act,
        detail, done (bool), standing, what, claimant, stated, events, reactions; one row a mark, in
        the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    acts = read(frame, _Act)
    y = draw_key(sheet, 0, _key(acts)) + 14
    episodes = {
        name: _rows(found) for name, found in grouped(acts, lambda act: act.episode).items()
    }
    tracks = max(row.track for rows in episodes.values() for row in rows)
    for index, (name, rows) in enumerate(episodes.items()):
        if index:
            sheet.note(0, y + 16, APART)
            y += 46
        y = _episode(sheet, name, rows, tracks, y)
    sheet.finish(y)


def _key(acts: list[_Act]) -> list[Entry]:
    others = {"outside": "outside actors", BOTH: "press and others, or both"}
    order = [*(about.id for about in parties()), *others]

    def shapes(shown: Iterable[_Act]) -> list[Side]:
        found = {act.side.id: act.side for act in shown}
        return [found[id] for id in order if id in found]

    done, disputed = [act for act in acts if act.done], [act for act in acts if act.disputed]
    found = [Entry(others.get(about.id, about.name), (Mark(about),)) for about in shapes(acts)]
    for shown, words, mark in (
        (done, "reported as done", Mark),
        ([act for act in acts if not act.done], "words, announced or left undone", HOLLOW_MARK),
        (disputed, "disputed", partial(HOLLOW_MARK, denied=True)),
    ):
        if shown:
            found.append(Entry(words, tuple(mark(about) for about in shapes(shown))))
    line = partial(Entry, line=colour("axis"))
    if any(act.over for act in acts):
        found.append(line("over these days"))
    if any(act.within for act in acts):
        found.append(line("some time within these days", dotted=True))
    return found


def _rows(acts: list[_Act]) -> list[_Row]:
    found: list[_Row] = []
    for alike in grouped(acts, lambda act: act.days).values():
        row = _Row(alike, len(found))
        if row.end > row.start:
            within = [
                index for index, other in enumerate(found) if row.start <= other.start <= row.end
            ]
            row.covers = min([*within, len(found)])
            taken = {other.track for other in found[row.covers :]}
            row.track = min(set(range(1, len(found) + 2)) - taken)
        found.append(row)
    return found


def _details(details: list[str]) -> str:
    """Details in brackets, and how many there are without one; else the number alone."""
    known = [detail for detail in details if detail]
    rest = len(details) - len(known)
    if known:
        more = [f"{rest} more"] if rest else []
        return f" ({'; '.join([', '.join(dict.fromkeys(known)), *more])})"
    return f" ({rest})" if rest > 1 else ""


def _episode(sheet: Sheet, name: str, rows: list[_Row], tracks: int, y: float) -> float:
    """Draw an episode and return where it ends."""
    axis = 5 if sheet.phone else DATES
    left = axis + TRACK * tracks + GAP
    width = sheet.width - left if sheet.phone else (sheet.width - left - GAP) / 2
    sheet.head(0, y + 9, name)
    if not sheet.phone:
        for index, head in enumerate(COLUMNS):
            sheet.note(left + index * (width + GAP), y + 10, head)
    y += 24
    sheet.rule(0, sheet.width, y, "axis")
    for row in rows:
        if row is not rows[0]:
            sheet.rule(left if sheet.phone else 0, sheet.width, y)
        row.y = y + AIR + LINE / 2
        y = _row(sheet, row, left, width) + AIR
    _axis(sheet, rows, axis)
    return y


def _row(sheet: Sheet, row: _Row, left: float, width: float) -> float:
    """Draw a row and return where it ends: its days above its columns on a phone, else beside."""
    top = row.y - LINE / 2
    if sheet.phone:
        words = ", ".join(filter(None, [row.label, row.below]))
        days = sheet.wrap(words, width, bold=True, balanced=False)
        y = sheet.write(left, row.y, days, bold=True) - LINE / 2 + 5
        for lanes in COLUMNS.values():
            y = _draw_items(sheet, row.column(lanes), left, width, y)
        return y
    y = sheet.write(0, row.y, sheet.wrap(row.label, DATES - 12, balanced=False))
    if row.below:
        y = sheet.note(0, y, row.below)
    ends = [
        _draw_items(sheet, row.column(lanes), left + index * (width + GAP), width, top)
        for index, lanes in enumerate(COLUMNS.values())
    ]
    return max(y - LINE / 2, *ends)


def _draw_items(sheet: Sheet, items: list[_Item], left: float, width: float, y: float) -> float:
    for item in items:
        about = item.side
        for index, act in enumerate(item.acts):
            mark = Mark(about, fill=SOLID if act.done else HOLLOW, denied=act.disputed)
            x = left + PITCH * (index % ABREAST) + 6
            # The words of a reaction begin with whose it is.
            known = act.what.startswith(about.name)
            words = f"{act.date if known else f'{about.name}, {act.date}'}: {act.what}"
            middle = y + LINE * (index // ABREAST + 0.5)
            marks.put(sheet.ax, x, middle, mark, *act.mark(words))
        lines = sheet.wrap(item.words, width - item.indent, "key", balanced=False)
        sheet.note(left + item.indent, y + LINE / 2, lines, colour=about.words)
        y += LINE * max(math.ceil(len(item.acts) / ABREAST), len(lines)) + 3
    return y


def _axis(sheet: Sheet, rows: list[_Row], x: float) -> None:
    """The axis of days, and beside it a line over the days of each span."""
    dated = [row for row in rows if row.start]
    if not dated:
        return
    paint = colour("axis")
    sheet.line((x, x), (dated[0].y, dated[-1].y), paint, zorder=1)
    for row in dated:
        if not row.track:
            sheet.ax.plot((x,), (row.y,), marker="o", ms=6, mew=0, color=paint, zorder=2)
            continue
        xs = (x + TRACK * row.track,) * 2
        first = rows[row.covers]
        top = first.y if first is not row else row.y - LINE / 2
        style = SOLID_LINE if row.acts[0].date_precision == "day" else DOTS
        ys = (top, row.y + LINE / 2)
        sheet.line(xs, ys, paint, width=2, style=style, zorder=1)
