"""The stance matrix: outside actors in rows, episodes in columns, marks for whom a stance is."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from clashbook.figures.charts import marks, targets
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.marks import HOLLOW, SOLID, STROKE, Mark
from clashbook.figures.charts.style import BOTH, Sheet, colour, parties, side, text_width, wrap

# These take a side, and their mark is at that side's end. All others are in the middle, even where
# one side alone was asked: an arrow leads to it.
FAVOURING = ("supports", "military_support")
# Of these there is nothing to draw: they are in the middle in words alone.
WITHOUT_DIRECTION = ("declined_to_act", "investigates")
NAMES, GAP, PAD, LINE, TRACK = 164, 12, 10, 16, 20


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
    episodes = dict(zip(frame.episode_id, frame.episode, strict=True))
    order = sorted(episodes)
    start = 0 if sheet.phone else NAMES
    gap = 8 if sheet.phone else GAP
    width = (sheet.width - start - gap * (len(order) - 1)) / len(order)
    lefts = {episode: start + at * (width + gap) for at, episode in enumerate(order)}
    y = _key(sheet, frame) + 10
    y = _heads(sheet, episodes, lefts, width, y)
    for group, members in frame.groupby("group", sort=False):
        sheet.write(0, y + 14, group, colour=colour("second"))
        sheet.rule(0, sheet.width, y + 27, "axis")
        y += 36
        for actor, rows in members.groupby("actor", sort=False):
            y = _actor(sheet, actor, rows, lefts, width, y)
        y += 8
    sheet.finish(y - 8)


def _key(sheet: Sheet, frame: pd.DataFrame) -> float:
    drawn = frame[(frame.stance != "") & ~frame.stance.isin(WITHOUT_DIRECTION)]
    rows = list(drawn.itertuples())
    neither = side(BOTH)
    used = {(_favoured(row) == neither, bool(row.words)) for row in rows}
    sides = [each for each in parties() if each in map(_favoured, rows)]
    items = [
        Entry(f"{whom}, {how}", tuple(Mark(each, fill=fill) for each in shapes))
        for whom, shapes in (("for a side", sides), ("for neither side", [neither]))
        for how, fill in (("in words", HOLLOW), ("in deeds", SOLID))
        if (shapes == [neither], fill == HOLLOW) in used
    ]
    if any(map(_asked, rows)):
        arrow = Mark(neither, "at_least", fill=HOLLOW)
        items.append(Entry("asked of one side alone", (arrow,), left=7, right=28))
    return draw_key(sheet, 0, items) if items else 0


def _favoured(row):
    """The side that a stance takes; both where it takes none."""
    return side(row.toward, row.toward_name) if row.stance in FAVOURING else side(BOTH)


def _asked(row):
    """The one side that a stance concerns without taking it, or None."""
    about = side(row.toward, row.toward_name)
    return about if about in parties() and row.stance not in FAVOURING else None


def _heads(sheet: Sheet, episodes, lefts, width: float, y: float) -> float:
    """The episodes, and below each which end of the tracks is whose."""
    for episode, left in lefts.items():
        look = {"size": sheet.row_size, "bold": True, "align": "center"}
        sheet.write(left + width / 2, y + 10, episodes[episode], **look)
        ends = parties()
        for at, about in enumerate(ends):
            x = _track_place(at, len(ends), left, width)
            last = at == len(ends) - 1 and at > 0
            marks.put(sheet.ax, x, y + 34, Mark(about))
            shift, align = (-11, "right") if last else (11, "left")
            sheet.write(x + shift, y + 34, about.name, colour=about.words, align=align)
    return y + 46


def _track_place(at: int, count: int, left: float, width: float) -> float:
    room = width - 2 * (PAD + 6)
    return left + PAD + 6 + room * (at / (count - 1) if count > 1 else 0.5)


def _actor(sheet: Sheet, actor: str, rows: pd.DataFrame, lefts, width: float, y: float) -> float:
    cells = {episode: list(rows[rows.episode_id == episode].itertuples()) for episode in lefts}
    room = sheet.width if sheet.phone else NAMES - 14
    names = wrap(actor, sheet.row_size, room, bold=True)
    if sheet.phone:
        sheet.write(0, y + 9, actor, size=sheet.row_size, bold=True)
        y += 22
    tallest = max(_height(sheet, cell, width) for cell in cells.values())
    height = max(tallest, 0 if sheet.phone else 18 * len(names) + 12, 46)
    if not sheet.phone:
        for at, line in enumerate(names):
            middle = y + height / 2 + 18 * (at - (len(names) - 1) / 2)
            sheet.write(0, middle, line, size=sheet.row_size, bold=True)
    for episode, cell in cells.items():
        _cell(sheet, cell, lefts[episode], y, width, height)
    return y + height + (16 if sheet.phone else 8)


def _height(sheet: Sheet, cell: list, width: float) -> float:
    return 8 + sum(_slot(sheet, row, width) for row in cell)


def _slot(sheet: Sheet, row, width: float) -> float:
    track = 0 if row.stance in (*WITHOUT_DIRECTION, "") else TRACK
    return track + LINE * len(_lines(row, width)) + 6


def _lines(row, width: float) -> list[str]:
    """The words under a mark, without the side where the mark's place already says it."""
    text = row.text
    if row.stance not in WITHOUT_DIRECTION and row.toward_name and not _asked(row):
        text = text.replace(f" ({row.toward_name})", "")
    text = text[:1].lower() + text[1:]
    return wrap(text, 12, width - 2 * PAD)


def _cell(sheet: Sheet, cell: list, left: float, top: float, width: float, height: float) -> None:
    found = [row for row in cell if row.stance]
    look = (
        {"fc": colour("fill"), "ec": "none"}
        if found
        else {
            "fc": "none",
            "ec": colour("axis"),
            "ls": (0, (4, 3)),
            "lw": 1,
        }
    )
    inner = 0 if found else 0.5  # a stroke stands half outside of its box
    box = Rectangle((left + inner, top + inner), width - 2 * inner, height - 2 * inner, **look)
    box.set_zorder(0)
    sheet.ax.add_patch(box)
    y = top + (height - _height(sheet, cell, width)) / 2 + 5
    for row in cell:
        _stance(sheet, row, left, y, width)
        y += _slot(sheet, row, width)


def _stance(sheet: Sheet, row, left: float, y: float, width: float) -> None:
    about = _favoured(row)
    lines = _lines(row, width)
    said = f"{row.actor}, {row.episode}: {row.text[:1].lower()}{row.text[1:]}"
    lead = {"gid": targets.record(row), "words": targets.told(said, row)}
    if row.stance in (*WITHOUT_DIRECTION, ""):
        x, align, words = left + width / 2, "center", colour("second")
    else:
        x, align = _track(sheet, about, left, y + 10, width)
        if _asked(row):
            _arrow(sheet, x, _end(_asked(row), left, width), y + 10)
        words = colour("second") if about.token == "both" else about.words
        mark = Mark(about, fill=HOLLOW if row.words else SOLID)
        marks.put(sheet.ax, x, y + 10, mark, **lead)
        y += TRACK
        x += {"left": -6, "center": 0, "right": 6}[align]
    for at, line in enumerate(lines):
        sheet.write(x, y + LINE * (at + 0.5), line, size=12, colour=words, align=align)
    if row.stance in WITHOUT_DIRECTION and lead["words"]:
        half = max(text_width(line, 12) for line in lines) / 2 + 4
        high = max(LINE * len(lines), targets.TARGET) / 2
        middle = y + LINE * len(lines) / 2
        targets.area(sheet.ax, x - half, middle - high, x + half, middle + high, **lead)


def _track(sheet: Sheet, about, left: float, y: float, width: float) -> tuple[float, str]:
    """Draw the line between the parties; the place on it of a side, and how its words align."""
    ends = parties()
    first, last = (_track_place(at, len(ends), left, width) for at in (0, len(ends) - 1))
    look = {"color": colour("axis"), "lw": 0.9, "zorder": 1}
    sheet.ax.plot((first, last), (y, y), **look)
    places = [_track_place(at, len(ends), left, width) for at in range(len(ends))]
    for x in sorted({*places, (first + last) / 2}):
        sheet.ax.plot((x, x), (y - 4, y + 4), **look)
    if about not in ends:
        return (first + last) / 2, "center"
    at = ends.index(about)
    align = "left" if at == 0 else "right" if at == len(ends) - 1 else "center"
    return places[at], align


def _end(about, left: float, width: float) -> float:
    """The place of a side on a track."""
    ends = parties()
    return _track_place(ends.index(about), len(ends), left, width)


def _arrow(sheet: Sheet, start: float, end: float, y: float) -> None:
    """An arrow from the middle of a track to the side that was asked."""
    back = 6 if end < start else -6
    look = {"color": colour("both"), "lw": STROKE, "zorder": 2, "solid_capstyle": "butt"}
    sheet.ax.plot((start, end), (y, y), **look)
    sheet.ax.plot((end + back, end, end + back), (y - 5, y, y + 5), **look)
