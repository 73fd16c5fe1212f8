"""Series over time: lines, single figures as points, episodes; in one plot or in small panels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

import pandas as pd
import seaborn
from matplotlib.axes import Axes

from clashbook.figures.charts import marks, panels
from clashbook.figures.charts.axes import Plot, in_figures, month_number, number_ticks
from clashbook.figures.charts.key import Entry, draw_key
from clashbook.figures.charts.labels import apart, around
from clashbook.figures.charts.marks import HOLLOW, POINTED, SOLID, Mark
from clashbook.figures.charts.records import Sided, grouped, lower, read
from clashbook.figures.charts.sheet import LINE, Sheet
from clashbook.figures.charts.spans import raise_flags, shade, spans_of
from clashbook.figures.charts.style import colour, parties
from clashbook.language import day_in_words, sentence

HEIGHT, EDGE, FLAGS = 300, 12, 20
FILLS = {"first_release": HOLLOW, "printed": POINTED}
LINES = ("vintage", "context")


@dataclass(frozen=True, kw_only=True)
class Point(Sided):
    """A figure of a month or of a year."""

    measure: str
    panel: str = ""
    unit: str = ""
    period: str
    label: str
    value: float
    kind: str
    text: str
    written: str = ""
    series_id: str

    @property
    def head(self) -> str:
        """Of its panel."""
        return self.panel or self.measure

    @property
    def step(self) -> int:
        """Months from one figure of its series to the next."""
        return 12 if len(self.period) == 4 else 1

    @property
    def x(self) -> float:
        """Its month; of a year the middle."""
        return month_number(self.period) - (self.step - 1) / 2

    @property
    def ink(self) -> str:
        """Colour of words about it."""
        return colour("second") if self.kind == "context" else self.side.words

    @property
    def drawn(self) -> Mark:
        return Mark(self.side, FILLS.get(self.kind, SOLID), size=8)

    @property
    def words(self) -> str:
        """Whose figure it is, of what and when, its value, and what kind of figure it is."""
        whose, when = self.side.name, day_in_words(self.period)
        return f"{whose}, {self.measure}, {when}: {self.text} ({lower(self.label)})"


def lines(frame: pd.DataFrame, ax: Axes, *, shared: bool = False) -> None:
    """Draw series over time: a plot of one measure, or a small panel each on a scale of its own.

    Parameters
    ----------
    frame : DataFrame
        measure, panel (its head, where the measure is none), unit, period (YYYY-MM or YYYY), label
        (what kind of figure), party, party_name, value, kind (vintage, or context for what is only
        compared with: a point of a line; first_release, printed: a point; episode), text, written
        (what stands beside its point, or ""), claims, series_id, source_id, claimant, stated,
        period_start, period_end (days; of an episode).
    ax : Axes
        Of a figure 720 or 358 pixels wide; its height is set here.
    shared : bool
        Whether all panels have one scale.
    """
    sheet = Sheet.of(ax)
    points = read(frame[(frame.kind != "episode") & frame.value.notna()], Point)
    episodes = frame[frame.kind == "episode"][["label", "period_start", "period_end"]]
    measures = grouped(points, lambda point: point.head)
    alone = len(measures) == 1
    ticks = {
        measure: number_ticks((p.value for p in (points if shared else mine)), 6 if alone else 4)
        for measure, mine in measures.items()
    }
    ends = _ends(measures.values(), alone=alone)
    room = 72 if sheet.phone else 110
    notes = {end: sheet.wrap(note, room, "key") for end, note in ends.items()}
    names = [sheet.widest([end.side.name], bold=True) for end in ends]
    beyond = EDGE + max([0, *names, *(sheet.widest(note, "key") for note in notes.values())])
    height, least = (HEIGHT, 0) if alone else (panels.HEIGHT, 0 if sheet.phone else FLAGS)

    def panel(plot: Plot, head: str, first: bool) -> None:
        measure = head or points[0].head
        mine = measures[measure]
        plot.above, plot.beyond = 8, EDGE
        plot.months(*_span(mine), middle=mine[0].step == 12)
        # A month is nothing on an axis of years.
        clashes = episodes.itertuples(index=False) if mine[0].step == 1 else []
        found = spans_of(plot, clashes, plot.right + EDGE)
        raise_flags(plot, found if first else [], least if first else 0)
        plot.bottom = plot.top - plot.above + height
        shade(plot, found)
        plot.heights(ticks[measure])
        plot.room.take_line((plot.left, plot.right), (plot.y(0), plot.y(0)))
        draw_lines(plot, mine)
        draw_points(plot, mine, dated=alone)
        name_ends(plot, {end: note for end, note in notes.items() if end.head == measure})

    heads = {
        "" if alone else measure: "" if shared and not alone else sentence(mine[0].unit)
        for measure, mine in measures.items()
    }
    top = draw_key(sheet, 0, _key(points, named=not alone and len(_sides(points)) > 1))
    before = 12 + sheet.widest(in_figures(tick) for found in ticks.values() for tick in found)
    sheet.finish(panels.small_panels(sheet, heads, panel, top, before, beyond))


def small_multiples(frame: pd.DataFrame, ax: Axes) -> None:
    """Draw series as `lines` does, all panels on one scale."""
    lines(frame, ax, shared=True)


def _sides(points: Iterable[Point]) -> set[str]:
    return {point.party for point in points}


def _ends(measures: Iterable[Sequence[Point]], *, alone: bool) -> dict[Point, str]:
    """The ends of lines that are named: of panels, where they have several sides.

    Each has the words for what kind of figures they are, if there are other kinds beside them.
    """
    ends = {}
    for mine in measures:
        kinds = {point.label for point in mine}
        for line in lines_of(mine) if alone or len(_sides(mine)) > 1 else ():
            ends[line[-1]] = line[-1].label if len(kinds) > 1 else ""
    return ends


def _key(points: Iterable[Point], *, named: bool) -> list[Entry]:
    """What single figures are, and where there are several sides also whose."""
    places = {about.id: place for place, about in enumerate(parties())}
    found: dict[tuple[int, str], Entry] = {}
    for point in points:
        if point.kind in FILLS:
            words = f"{point.side.name}, {lower(point.label)}" if named else point.label
            found[places.get(point.party, len(places)), point.label] = Entry(words, [point.drawn])
    return [entry for _, entry in sorted(found.items(), key=itemgetter(0))]


def _span(points: Sequence[Point]) -> tuple[float, float]:
    """The first and the last month of an axis that holds the points, and some air about them."""
    xs, air = [point.x for point in points], 0.75 * points[0].step ** 0.8
    return min(xs) - air, max(*xs, min(xs) + 2) + air


def lines_of(points: Iterable[Point]) -> list[list[Point]]:
    """The points of each line, in the order of time; what is only compared with lies under."""
    found = sorted((p for p in points if p.kind in LINES), key=lambda p: (p.kind, p.x))
    return [*grouped(found, lambda point: (point.party, point.series_id)).values()]


def draw_lines(plot: Plot, points: Iterable[Point]) -> None:
    """A line a series, broken where a figure is missing; marks for years and for what stands alone.

    In print two sides' lines can be one grey: their marks tell them apart.
    """
    for line in lines_of(points):
        xs, ys = [point.x for point in line], [point.value for point in line]
        # A period without a figure is a gap, not a straight line across it.
        runs = [point.x / point.step - place for place, point in enumerate(line)]
        draw = partial(seaborn.lineplot, x=xs, y=ys, units=runs, estimator=None, sort=False)
        context = line[0].kind == "context"
        paint = colour("axis") if context else line[0].side.colour
        draw(ax=plot.ax, color=paint, lw=1 if context else 2)
        pixels = [plot.x(x) for x in xs], [plot.y(y) for y in ys]
        for x, y, run in zip(*pixels, runs, strict=True):
            if runs.count(run) == 1 or (line[0].step > 1 and not context):
                marks.put(plot.sheet.ax, x, y, Mark(line[0].side, size=marks.REPLACED))
        plot.room.take_line(*pixels)
        # Words may rather cross what is only compared with.
        plot.room.solid += [] if context else plot.room.lines[-1:]


def draw_points(plot: Plot, points: Sequence[Point], *, dated: bool) -> None:
    """A mark for each single figure and for what has words, which stand beside it."""
    drawn = [point for point in points if point.kind not in LINES or point.written]
    spots = {point: (plot.x(point.x), plot.y(point.value)) for point in drawn}
    # Of two figures of a period the one speaks whose value is written.
    speaking = {(point.party, point.period) for point in drawn if point.kind in LINES}
    for point, (x, y) in spots.items():
        plot.room.take(x - 5, y - 5, x + 5, y + 5)
        silent = point.kind in FILLS and (point.party, point.period) in speaking
        if point.kind != "context":
            own = ("", "") if silent else point.mark(point.words)
            marks.put(plot.sheet.ax, x, y, point.drawn, *own)
    own_sides = {about.id for about in parties()}
    for point, spot in spots.items():
        words = f"{day_in_words(point.period)}: {point.written}" if dated else point.written
        if point.party not in own_sides and own_sides & _sides(points):
            # Beside a side's line it would be read as the side's.
            words = f"{point.side.name}, {words}"
        if point.written:
            plot.room.label(*spot, words, around(13, 190), colour=point.ink, over=True)


def name_ends(plot: Plot, ends: Mapping[Point, Sequence[str]]) -> None:
    """Whose figure each is and of what kind, right of the plot at its height."""
    step = 22 + LINE * max((len(note) for note in ends.values() if any(note)), default=0)
    wanted = [plot.y(end.value) for end in ends]
    heights = apart(wanted, step, plot.top, plot.bottom - step / 2)
    for (end, note), y in zip(ends.items(), heights, strict=True):
        plot.sheet.write(plot.right + 10, y, end.side.name, bold=True, colour=end.ink)
        plot.sheet.note(plot.right + 10, y + 17, note)
