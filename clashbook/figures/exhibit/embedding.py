"""How high a frame must be on another page, so that it shows a figure without a bar to scroll."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clashbook.figures.charts.style import PHONE, WIDE, wrap

# Widths of frames, in pixels: of a phone, of columns of text.
WIDTHS = (320, 360, 390, 480, 600, 680, 720, 760)
# No frame is higher; what is longer is scrolled, and the line that says whose it is stays in sight.
MOST = 1600
# As the style sheets have them: the page's air at either side, the least width at which the wide
# drawing is shown, and the greatest of each.
_AIR, _FROM, _GREATEST = 16, 688, {"wide": 720, "phone": 432}
_DRAWN = {"wide": WIDE, "phone": PHONE}
# Pixels of a line of words, by its kind: the size of its letters, and from one line to the next.
_LINES = {
    "title": (20, 25),
    "subtitle": (16, 22.4),
    "note": (14, 20.3),
    "source": (14, 20.3),
    "credit": (14, 21),
}
# Of a row of a table, and of all that is neither words nor drawing: air, rules, folds and foot.
_ROW, _REST = 44, 430
_HEIGHT = re.compile(r'<svg[^>]* height="([\d.]+)"')


def height(words: Mapping[str, str], drawings: Mapping[str, str], rows: int) -> int:
    """The pixels that a frame needs at the width that needs most.

    Parameters
    ----------
    words : mapping of str to str
        The title, subtitle, note, source and credit of the page.
    drawings : mapping of str to str
        SVG by kind, wide and phone; none of a table.
    rows : int
        Of a table that stands alone.
    """
    tall = {kind: float(_HEIGHT.findall(svg)[0]) for kind, svg in drawings.items() if svg}
    most = max(_pixels(width - 2 * _AIR, words, tall, rows) for width in WIDTHS)
    return min(MOST, 10 * round(most / 10 + 0.5))


def _pixels(room: float, words: Mapping[str, str], tall: Mapping[str, float], rows: int) -> float:
    """The pixels at one width, its air taken off."""
    lines = sum(
        step * len(wrap(words[kind], size, room, bold=kind == "title", even=False))
        for kind, (size, step) in _LINES.items()
        if words.get(kind)
    )
    if not tall:
        return lines + rows * _ROW + _REST
    kind = "wide" if room >= _FROM else "phone"
    return lines + tall[kind] * min(room, _GREATEST[kind]) / _DRAWN[kind] + _REST
