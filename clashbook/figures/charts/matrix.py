"""The stance matrix: outside actors in rows, episodes in columns, marks for whom a stance is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import HOLLOW, SOLID, STROKE, Mark
from clashbook.figures.charts.records import Record, grouped, lower, read
from clashbook.figures.charts.sheet import LINE, SIZES, Align, Sheet
from clashbook.figures.charts.style import BOTH, Side, colour, parties, side, wrap

# These take a side, and their mark is at that side's end. All others are in the middle, even where
# one side alone was asked: an arrow leads to it.
FAVOURING = ("supports", "military_support")
# These have nothing to draw: they are in the middle in words alone.
WITHOUT_DIRECTION = ("declined_to_act", "investigates")
NAMES, GAP, PAD, TRACK = 164, 12, 10, 20


@dataclass(frozen=True, kw_only=True)
class _Stance(Record):
    group: str
    actor: str
    episode_id: str
    episode: str
    stance: str
    toward: str
    toward_name: str
    words: bool
    text: str

    @property
    def drawn(self) -> bool:
        return self.stance not in (*WITHOUT_DIRECTION, "")

    @property
    def favoured(self) -> Side:
        """The side that it takes; both where it takes none."""
        favours = self.stance in FAVOURING
        return side(self.toward, self.toward_name) if favours else side(BOTH)

    @property
    def asked(self) -> Side | None:
        """The one side that it concerns without taking it."""
        about = side(self.toward, self.toward_name)
        return about if about in parties() and self.stance not in FAVOURING else None

    def lines(self, width: float) -> list[str]:
        """The words under its mark, without the side where the mark's place already gives it."""
        text = self.text
        if self.stance not in WITHOUT_DIRECTION and self.toward_name and not self.asked:
            text = text.replace(f" ({self.toward_name})", "")
        return wrap(lower(text), SIZES["key"][0], width - 2 * PAD)

    def height(self, width: float) -> float:
        return (TRACK if self.drawn else 0) + LINE * len(self.lines(width)) + 6


@dataclass(frozen=True)
class _Track:
    """The line between the parties across a cell."""

    left: float
    width: float

    @property
    def places(self) -> dict[Side, float]:
        """The ends and what lies between them: where each party's marks stand."""
        half = self.width / 2 - PAD - 6
        xs = np.linspace(self.middle - half, self.middle + half, len(parties()))
        return dict(zip(parties(), map(float, xs), strict=True))

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    def align(self, about: Side) -> Align:
        """How the words of a party's mark are aligned: at the ends, away from the edge."""
        order = [*self.places]
        if about not in order:
            return "center"
        return "left" if about == order[0] else "right" if about == order[-1] else "center"


def stances(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw each actor's stances in each episode, deeds solid and words hollow.

    Parameters
    ----------
    frame : DataFrame
        group, actor, actor_id, episode_id, episode, stance ("" where none was found),
        stance_label, toward ("", a party or both), toward_name, words (bool), status, text,
        reactions, claimant, stated; one row a mark, in the order to be shown.
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    """
    sheet = Sheet.of(ax)
    found = read(frame, _Stance)
    episodes = dict(sorted({row.episode_id: row.episode for row in found}.items()))
    start = 0 if sheet.phone else NAMES
    gap = 8 if sheet.phone else GAP
    width = (sheet.width - start - gap * (len(episodes) - 1)) / len(episodes)
    tracks = {
        episode: _Track(start + index * (width + gap), width)
        for index, episode in enumerate(episodes)
    }
    items = _key([row for row in found if row.drawn])
    y = (draw_key(sheet, 0, items) if items else 0) + 10
    for episode, track in tracks.items():
        _head(sheet, episodes[episode], track, y)
    y += 46
    for group, members in grouped(found, lambda row: row.group).items():
        sheet.label(0, y + 14, group)
        sheet.rule(0, sheet.width, y + 27, "axis")
        y += 36
        for actor, rows in grouped(members, lambda row: row.actor).items():
            y = _actor(sheet, actor, rows, tracks, y)
        y += 8
    sheet.finish(y - 8)


def _key(drawn: list[_Stance]) -> list[Entry]:
    neither = side(BOTH)
    used = {(row.favoured == neither, bool(row.words)) for row in drawn}
    favoured = {row.favoured for row in drawn}
    sides = [about for about in parties() if about in favoured]
    items = [
        Entry(f"{whom}, {how}", tuple(Mark(about, fill=fill) for about in shapes))
        for whom, shapes in (("for a side", sides), ("for neither side", [neither]))
        for how, fill in (("in words", HOLLOW), ("in deeds", SOLID))
        if (shapes == [neither], fill == HOLLOW) in used
    ]
    if any(row.asked for row in drawn):
        arrow = Mark(neither, "at_least", fill=HOLLOW)
        items.append(Entry("asked of one side alone", (arrow,)))
    return items


def _head(sheet: Sheet, episode: str, track: _Track, y: float) -> None:
    """An episode, and below it which end of the tracks is whose."""
    sheet.head(track.middle, y + 10, episode, align="center")
    for about, x in track.places.items():
        marks.put(sheet.ax, x, y + 34, Mark(about))
        if track.align(about) == "right":
            sheet.write(x - 11, y + 34, about.name, colour=about.words, align="right")
        else:
            sheet.write(x + 11, y + 34, about.name, colour=about.words)


def _actor(
    sheet: Sheet, actor: str, rows: list[_Stance], tracks: dict[str, _Track], y: float
) -> float:
    cells = {episode: [row for row in rows if row.episode_id == episode] for episode in tracks}
    names = sheet.wrap(actor, NAMES - 14, "row", bold=True)
    if sheet.phone:
        sheet.head(0, y + 9, actor)
        y += 22
    tallest = max(_height(cell, tracks[episode]) for episode, cell in cells.items())
    height = max(tallest, 0 if sheet.phone else 18 * len(names) + 12, 46)
    if not sheet.phone:
        sheet.head(0, y + height / 2 - 9 * (len(names) - 1), names, step=18)
    for episode, cell in cells.items():
        _cell(sheet, cell, tracks[episode], y, height)
    return y + height + (16 if sheet.phone else 8)


def _height(cell: list[_Stance], track: _Track) -> float:
    return 8 + sum(row.height(track.width) for row in cell)


def _cell(sheet: Sheet, cell: list[_Stance], track: _Track, top: float, height: float) -> None:
    left, right = track.left, track.left + track.width
    if any(row.stance for row in cell):
        sheet.box(left, top, right, top + height, fill=colour("fill"), width=1, zorder=0)
    else:
        # A stroke stands half outside of its box.
        edges = (left + 0.5, top + 0.5, right - 0.5, top + height - 0.5)
        sheet.box(*edges, edge=colour("axis"), width=1, style=(0, (4, 3)), zorder=0)
    y = top + (height - _height(cell, track)) / 2 + 5
    for row in cell:
        _draw(sheet, row, track, y)
        y += row.height(track.width)


def _draw(sheet: Sheet, row: _Stance, track: _Track, y: float) -> None:
    about, lines = row.favoured, row.lines(track.width)
    gid, words = row.mark(f"{row.actor}, {row.episode}: {lower(row.text)}")
    paint, align, shift = colour("second"), track.align(about), 0
    if row.drawn:
        middle = y + 10
        x = track.places.get(about, track.middle)
        _line(sheet, track, middle)
        if row.asked:
            _arrow(sheet, x, track.places[row.asked], middle)
        if about.token != "both":
            paint = about.words
        mark = Mark(about, fill=HOLLOW if row.words else SOLID)
        marks.put(sheet.ax, x, middle, mark, gid, words)
        y += TRACK
        shift = {"left": -6, "center": 0, "right": 6}[align]
    else:
        x, align = track.middle, "center"
    sheet.write(x + shift, y + LINE / 2, lines, size="key", colour=paint, align=align)
    if row.stance in WITHOUT_DIRECTION and words:
        half = sheet.widest(lines, "key") / 2 + 4
        high = max(LINE * len(lines), targets.TARGET) / 2
        middle = y + LINE * len(lines) / 2
        targets.area(sheet.ax, x - half, middle - high, x + half, middle + high, gid, words)


def _line(sheet: Sheet, track: _Track, y: float) -> None:
    """The line between the parties, with a tick for each and one in the middle."""
    xs = sorted({*track.places.values(), track.middle})
    paint = colour("axis")
    sheet.ax.plot(xs, [y] * len(xs), marker="|", ms=8, mew=0.9, color=paint, lw=0.9, zorder=1)


def _arrow(sheet: Sheet, start: float, end: float, y: float) -> None:
    """An arrow from the middle of a track to the side that was asked."""
    back = end + (6 if end < start else -6)
    for xs, ys in (((start, end), (y, y)), ((back, end, back), (y - 5, y, y + 5))):
        sheet.line(xs, ys, colour("both"), width=STROKE, zorder=2)
