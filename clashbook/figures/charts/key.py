"""The key above a plot: the marks in use, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clashbook.figures.charts.marks import HALF, HOLLOW, POINTED, SOLID, Mark, fill_of, put
from clashbook.figures.charts.records import FIRMNESS
from clashbook.figures.charts.rows import BAR, DASHES, PALE
from clashbook.figures.charts.sheet import DOTS, SOLID_LINE, Sheet
from clashbook.figures.charts.style import BOTH, Side, colour, side

GAP = 24
_COUNTERS = {
    SOLID: "own authorities",
    HALF: "own authorities and others",
    HOLLOW: "said by the other side",
    POINTED: "third party or press",
}


@dataclass(frozen=True)
class Entry:
    """One item of a key: drawings side by side, and what they mean."""

    words: str
    marks: tuple[Mark, ...] = ()
    line: str = ""  # colour of a stroke that stands in place of marks
    dotted: bool = False
    bar: str = ""  # kind of a bar (solid, pale, open) that stands in place of marks
    paint: str = colour("both")  # its colour

    @property
    def drawn(self) -> float:
        """Pixels that the drawings take."""
        if self.line or self.bar:
            return 28
        return sum(sum(_ends(mark)) + 4 for mark in self.marks) - 4


def entries(
    sides: Iterable[Side],
    firmness: Iterable[str],
    counted_by: Iterable[str],
    *,
    upright: bool = False,
) -> list[Entry]:
    """The key's items for the marks in use, parties first, each kind in its fixed order."""
    sides = list(dict.fromkeys(sides))
    fills = {fill_of(role) for role in counted_by if role}
    firmness, ink = set(firmness), side(BOTH)
    found = [Entry(about.name, (Mark(about),)) for about in sides]
    if fills - {SOLID}:
        shapes = [about for about in sides if about.token != "both"] or [ink]
        found += [
            Entry(words, tuple(Mark(about, fill=fill) for about in shapes))
            for fill, words in _COUNTERS.items()
            if fill in fills
        ]
    for kind, firm in FIRMNESS.items():
        if kind in firmness and firm.words:
            reach = 0 if kind != "between" else 12 if upright else 30
            found.append(Entry(firm.words, (Mark(ink, kind, reach=reach, upright=upright),)))
    return found


def draw_key(sheet: Sheet, top: float, items: Sequence[Entry]) -> float:
    """Draw a key over the sheet's width, in as many rows as it needs; return where it ends."""
    if not items:
        return top
    drawn = [mark for item in items for mark in item.marks]
    # An upright arrow is taller than a line of text.
    step = 38 if any(mark.upright and mark.ends != (6, 6) for mark in drawn) else 26
    x, middle = 0.0, top + (19 if step > 26 else 12)
    for item in items:
        width = item.drawn + 8 + sheet.widest([item.words], "key")
        if x and x + width > sheet.width:
            x, middle = 0.0, middle + step
        _draw_entry(sheet, x, middle, item)
        sheet.note(x + item.drawn + 8, middle, item.words)
        x += width + GAP
    return middle + step / 2


def _draw_entry(sheet: Sheet, x: float, y: float, item: Entry) -> None:
    if item.line:
        style = DOTS if item.dotted else SOLID_LINE
        sheet.line((x, x + 28), (y, y), item.line, width=2, style=style)
    if item.bar:
        edges = (x, y - BAR / 2, x + 28, y + BAR / 2)
        if item.bar == "open":
            sheet.box(*edges, edge=item.paint, width=1.2, style=DASHES)
        else:
            sheet.box(*edges, fill=item.paint, alpha=PALE if item.bar == "pale" else None)
    for mark in item.marks:
        shift = {"at_least": 11, "up_to": -10, "between": 6}.get(mark.firmness, 0)
        before, beyond = _ends(mark)
        put(sheet.ax, x + before, y + (shift if mark.upright else 0), mark)
        x += before + beyond + 4


def _ends(mark: Mark) -> tuple[float, float]:
    """Pixels that a mark takes to the left and to the right."""
    return (7, 7) if mark.upright else mark.ends
