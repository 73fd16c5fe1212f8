"""The timeline: days down the page, the newest last, and beside each what was done and said.

Rows are days in their order and not to scale. What has a span stands below the last day on which
it can have happened, a line beside the axis marking the days that it covers; what has no day stands
last and off the axis.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import DOTS, HOLLOW, SOLID, Mark
from clashbook.figures.charts.style import BOTH, Sheet, Side, colour, parties, side, wrap

# Columns of a wide sheet, which stand below each other on a phone, and the lanes in each.
OUTSIDE = ("words", "deeds", "undone")
COLUMNS = {
    "On the ground and between the sides": ("ground", "table"),
    "Outside actors": OUTSIDE,
}
DATES, GAP, AIR, LINE, PITCH, ABREAST, TRACK = 116, 16, 6, 16, 15, 4, 7
APART = "The time between is not drawn."


@dataclass
class _Item:
    """Marks that share their words."""

    about: Side
    words: str
    records: list

    @property
    def indent(self) -> float:
        return PITCH * min(ABREAST, len(self.records)) + 3

    def lines(self, sheet: Sheet, width: float) -> list[str]:
        return wrap(self.words, sheet.key_size, width - self.indent, balanced=False)

    def height(self, sheet: Sheet, width: float) -> float:
        marked = math.ceil(len(self.records) / ABREAST)
        return LINE * max(marked, len(self.lines(sheet, width))) + 3


@dataclass
class _Row:
    """What shares its days."""

    start: str
    end: str
    precision: str
    label: str
    below: str
    columns: list[list[_Item]]
    covers: int  # place of the first row that lies within its days, or its own
    track: int = 0  # place of its line beside the axis, or 0 for a day on it
    y: float = 0


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
    y = draw_key(sheet, 0, _key(frame)) + 14
    episodes = {name: _rows(rows) for name, rows in frame.groupby("episode", sort=False)}
    tracks = max(row.track for rows in episodes.values() for row in rows)
    for at, (name, rows) in enumerate(episodes.items()):
        if at:
            look = {"size": sheet.key_size, "colour": colour("second")}
            sheet.write(0, y + 16, APART, **look)
            y += 46
        y = _episode(sheet, name, rows, tracks, y)
    sheet.finish(y)


def _key(frame: pd.DataFrame) -> list[Entry]:
    frame = frame.assign(about=[_about(row) for row in frame.itertuples()])
    names = {each.id: each.name for each in parties()}
    names |= {"outside": "outside actors", BOTH: "press and others, or both"}

    def shapes(rows: pd.Series) -> list[Side]:
        found = {about.id: about for about in frame.about[rows]}
        return [found[name] for name in names if name in found]

    within = (frame.date_precision != "day") & (frame.date_start != "")
    over = ~within & (frame.date_end > frame.date_start)
    disputed = frame.standing == "disputed"
    kinds = [
        (frame.done, "reported as done", {}),
        (~frame.done, "words, announced or left undone", {"fill": HOLLOW}),
        (disputed, "disputed", {"fill": HOLLOW, "denied": True}),
    ]
    found = [Entry(names[each.id], (Mark(each),)) for each in shapes(frame.index)]
    for rows, words, look in kinds:
        if rows.any():
            found.append(Entry(words, tuple(Mark(each, **look) for each in shapes(rows))))
    for rows, words, dotted in (
        (over, "over these days", False),
        (within, "some time within these days", True),
    ):
        if rows.any():
            found.append(Entry(words, line=colour("axis"), dotted=dotted))
    return found


def _about(row) -> Side:
    """Who a mark is of: a party, an outside actor, or both or nobody in particular."""
    known = row.lane in OUTSIDE or row.actor in {each.id for each in parties()}
    return side(row.actor, row.actor_name) if known else side(BOTH, row.actor_name)


def _episode(sheet: Sheet, name: str, rows: list[_Row], tracks: int, y: float) -> float:
    """Draw an episode and return where it ends."""
    axis = 5 if sheet.phone else DATES
    left = axis + TRACK * tracks + GAP
    width = sheet.width - left if sheet.phone else (sheet.width - left - GAP) / 2
    sheet.write(0, y + 9, name, size=sheet.row_size, bold=True)
    if not sheet.phone:
        look = {"size": sheet.key_size, "colour": colour("second")}
        for at, head in enumerate(COLUMNS):
            sheet.write(left + at * (width + GAP), y + 10, head, **look)
    y += 24
    sheet.rule(0, sheet.width, y, "axis")
    for at, row in enumerate(rows):
        if at:
            sheet.rule(left if sheet.phone else 0, sheet.width, y)
        row.y = y + AIR + LINE / 2
        y = (_stacked if sheet.phone else _abreast)(sheet, row, left, width, y + AIR) + AIR
    _axis(sheet, rows, axis)
    return y


def _rows(frame: pd.DataFrame) -> list[_Row]:
    found: list[_Row] = []
    for _, group in frame.groupby(["date_start", "date_end", "date_precision", "date"], sort=False):
        first = group.iloc[0]
        start, end = first.date_start, first.date_end or first.date_start
        # The year stands in the name of the episode.
        label = first.date.removesuffix(f"\u00a0{first.episode.split()[-1]}")
        undated = "day not stated" if not start else ""
        row = _Row(
            start,
            end,
            first.date_precision,
            label,
            "before the clashes" if first.before else undated,
            [_items(group[group.lane.isin(lanes)]) for lanes in COLUMNS.values()],
            len(found),
        )
        if end > start:
            within = [at for at, other in enumerate(found) if start <= other.start <= end]
            row.covers = min([*within, len(found)])
            crossed = [other for at, other in enumerate(found) if at >= row.covers]
            taken = {other.track for other in crossed}
            row.track = min(set(range(1, len(found) + 2)) - taken)
        found.append(row)
    return found


def _items(rows: pd.DataFrame) -> list[_Item]:
    """What one column holds of one row, parties first; what reads alike shares its words."""
    order = [each.id for each in parties()]
    found = []
    for (_, name, act, standing), alike in rows.groupby(
        ["actor", "actor_name", "act", "standing"], sort=False
    ):
        records = list(alike.itertuples())
        # What a side reports of the ground is mostly what the other did.
        reports = " reports" if _is_report(records[0], order) else ""
        words = f"{name}{reports}: {act}{_details(alike.detail)}"
        words += f", {standing}" if standing else ""
        found.append(_Item(_about(records[0]), words, records))
    place = {party: at for at, party in enumerate(order)}
    return sorted(found, key=lambda item: place.get(item.about.id, len(place)))


def _is_report(record, parties: list[str]) -> bool:
    return record.lane == "ground" and record.actor in parties and record.done


def _details(details: Iterable[str]) -> str:
    """Details in brackets, and how many there are without one; else the number alone."""
    known = [each for each in details if each]
    rest = len(list(details)) - len(known)
    if known:
        more = [f"{rest} more"] if rest else []
        return f" ({'; '.join([', '.join(dict.fromkeys(known)), *more])})"
    return f" ({rest})" if rest > 1 else ""


def _abreast(sheet: Sheet, row: _Row, left: float, width: float, top: float) -> float:
    """A row of a wide sheet: its days at the left, its columns side by side."""
    y = top
    for line in wrap(row.label, sheet.value_size, DATES - 12, balanced=False):
        sheet.write(0, y + LINE / 2, line)
        y += LINE
    if row.below:
        sheet.write(0, y + LINE / 2, row.below, size=sheet.key_size, colour=colour("second"))
        y += LINE
    ends = [
        _draw_items(sheet, items, left + at * (width + GAP), width, top)
        for at, items in enumerate(row.columns)
    ]
    return max(y, *ends)


def _stacked(sheet: Sheet, row: _Row, left: float, width: float, top: float) -> float:
    """A row of a phone: its days above, its columns below each other."""
    words = ", ".join(filter(None, [row.label, row.below]))
    y = top
    for line in wrap(words, sheet.value_size, width, bold=True, balanced=False):
        sheet.write(left, y + LINE / 2, line, bold=True)
        y += LINE
    y += 5
    for items in row.columns:
        y = _draw_items(sheet, items, left, width, y)
    return y


def _draw_items(sheet: Sheet, items: list[_Item], left: float, width: float, y: float) -> float:
    for item in items:
        for at, record in enumerate(item.records):
            mark = Mark(
                item.about,
                fill=SOLID if record.done else HOLLOW,
                denied=record.standing == "disputed",
            )
            x = left + PITCH * (at % ABREAST) + 6
            # The words of a reaction begin with whose it is.
            known = record.what.startswith(item.about.name)
            when = record.date if known else f"{item.about.name}, {record.date}"
            words = f"{when}: {record.what}"
            middle = y + LINE * (at // ABREAST + 0.5)
            lead = {"gid": targets.record(record), "words": targets.told(words, record)}
            marks.put(sheet.ax, x, middle, mark, **lead)
        for at, line in enumerate(item.lines(sheet, width)):
            look = {"size": sheet.key_size, "colour": item.about.words}
            sheet.write(left + item.indent, y + LINE * (at + 0.5), line, **look)
        y += item.height(sheet, width)
    return y


def _axis(sheet: Sheet, rows: list[_Row], x: float) -> None:
    """The axis of days, and beside it a line over the days of each span."""
    dated = [row for row in rows if row.start]
    if not dated:
        return
    look = {"color": colour("axis"), "solid_capstyle": "butt", "zorder": 1}
    sheet.ax.plot((x, x), (dated[0].y, dated[-1].y), lw=0.9, **look)
    for row in dated:
        if not row.track:
            sheet.ax.plot((x,), (row.y,), marker="o", ms=6, mew=0, color=colour("axis"), zorder=2)
            continue
        at = x + TRACK * row.track
        top = rows[row.covers].y if rows[row.covers] is not row else row.y - LINE / 2
        style = "-" if row.precision == "day" else DOTS
        sheet.ax.plot((at, at), (top, row.y + LINE / 2), lw=2, ls=style, **look)
