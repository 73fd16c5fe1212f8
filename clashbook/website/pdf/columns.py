"""How wide the columns of a table are on paper: so that its rows take the fewest lines."""

from __future__ import annotations

import itertools
import re

import numpy as np
from lxml import html

# How many letters a table takes from side to side, on a page upright and across.
UPRIGHT, ACROSS = 118, 190
# In letters: what lies between a column and the next; the longest word that is never broken, so
# that only an address or an id is; how finely width is shared out.
GAP, LONGEST, STEPS = 2, 18, (8, 4, 2, 1)
# Where a line may end; at a space that does not break it may not.
_ENDS = re.compile(r"[ \n\t]+|(?<=[-–/])")


def fit(table: html.HtmlElement, letters: int) -> None:
    """Write the width of each column before the head of a table, as parts of the whole.

    A column gets at least its longest word. What is left goes where it saves most lines, a row
    having as many as its longest cell.

    Parameters
    ----------
    table : HtmlElement
        With a head, whose cells are one a column.
    letters : int
        How many letters go into the table's whole width.
    """
    heads = table.xpath("thead/tr[1]/*")
    rows = [row for row in table.xpath("thead/tr | tbody/tr") if len(row) == len(heads)]
    if len(heads) < 2:
        return
    cells = [[" ".join(cell.text_content().split(" ")) for cell in row] for row in rows]
    least = np.array([_longest_word(column) + GAP for column in zip(*cells, strict=True)])
    lengths = np.array([[len(cell) for cell in row] for row in cells])
    widths = _fewest_lines(lengths, least, letters)
    group = html.Element("colgroup")
    for width in widths:
        group.append(html.Element("col", {"style": f"width: {100 * width / widths.sum():.1f}%"}))
    table.find("thead").addprevious(group)


def _longest_word(column: tuple[str, ...]) -> int:
    return min(max(len(word) for cell in column for word in _ENDS.split(cell)), LONGEST)


def _fewest_lines(lengths: np.ndarray, least: np.ndarray, letters: int) -> np.ndarray:
    """Share out a width: first alike, then from column to column while that saves lines."""
    widths = least + max(letters - least.sum(), 0) / len(least)

    def lines(widths: np.ndarray) -> float:
        return float((lengths / (widths - GAP)).max(axis=1).sum())

    best = lines(widths)
    for step in STEPS:
        while True:
            moved = [
                widths
                + step * (np.arange(len(least)) == gains)
                - step * (np.arange(len(least)) == gives)
                for gives, gains in itertools.permutations(range(len(least)), 2)
                if widths[gives] - step >= least[gives]
            ]
            found = min(moved, key=lines, default=widths)
            if lines(found) >= best:
                break
            widths, best = found, lines(found)
    return widths
