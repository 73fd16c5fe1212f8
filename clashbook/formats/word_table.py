"""How wide the columns of a Word table are, and the lines between its rows."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table

# Centimetres of a letter in a table, and of a cell's edges.
LETTER, EDGES = 0.17, 0.4


def longest_word(text: str) -> float:
    """The centimetres that a cell needs, should no word of it be broken."""
    return max(map(len, text.split(" "))) * LETTER + EDGES


def widths(columns: Sequence[Sequence[str]], least: Sequence[float], room: float) -> list[float]:
    """Centimetres of each column: what its longest word needs, and more where it says more."""
    lengths = [sum(map(len, column)) for column in columns]
    most = [max(map(len, column)) * LETTER + EDGES for column in columns]
    found = list(least)
    while True:
        open_ones = [place for place, width in enumerate(found) if width < most[place]]
        spare = room - sum(found)
        if spare < EDGES or not open_ones:
            return found
        letters = sum(lengths[place] for place in open_ones)
        for place in open_ones:
            found[place] = min(most[place], found[place] + spare * lengths[place] / letters)


def rule(table: Table) -> None:
    """Draw lines between rows, repeat the head on every page, and keep each row on one."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": "4", "space": "0", "color": "B8C0C8"}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    for place, row in enumerate(table.rows):
        settings: BaseOxmlElement = row._tr.get_or_add_trPr()
        settings.append(OxmlElement("w:cantSplit"))
        if place == 0:
            settings.append(OxmlElement("w:tblHeader"))
