"""The drawing of an exhibit: bare for the page, and framed for who takes it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from clashbook.figures.charts import Draw, figure, style
from clashbook.figures.charts.style import WIDE, Side
from clashbook.figures.svg import classed


@dataclass(frozen=True)
class Drawing:
    """What draws a frame, and the sides as it draws them."""

    draw: Draw
    frame: pd.DataFrame
    sides: list[Side]

    def for_page(self, width: float) -> str:
        """The bare plot as SVG, its colours classed and its marks titled, for `svg.page_svg`."""
        with style.using(self.sides):
            return self.svg(figure.plot(self.draw, self.frame, width))

    def framed(self, words: Mapping[str, str], source: str, width: float = WIDE) -> Figure:
        """The figure within all that a pasted one must keep: title, source, date, licence, place.

        `words` are its title, subtitle and note with their numbers written out.
        """
        with style.using(self.sides):
            return figure.framed(self.draw, self.frame, width, {**words, "source": source})

    def svg(self, drawn: Figure, *, outlined: bool = False) -> str:
        """A figure as SVG, its colours classed and its marks titled."""
        marks = drawn.findobj(lambda artist: bool(artist.get_gid()))
        titles = {str(mark.get_gid()): str(mark.get_label()) for mark in marks}
        return classed(figure.svg(drawn, outlined=outlined), style.tokens(self.sides), titles)
