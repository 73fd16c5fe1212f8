"""The sheet that charts are drawn on: axes turned into pixels, with strokes and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from clashbook.figures.charts.scales import Scale, in_figures
from clashbook.figures.charts.style import (
    COLOURS,
    PIXELS_PER_INCH,
    clean,
    colour,
    register_typeface,
)

Align = Literal["left", "center", "right"]
LineStyle = str | tuple[float, tuple[float, ...]]
SOLID_LINE: LineStyle = "-"
DOTS: LineStyle = (0, (1, 2.2))
LINE = 16  # from one line of a text to the next


@dataclass(frozen=True)
class Sheet:
    """Axes turned into a sheet of pixels, x to the right and y down from the top left.

    Parameters
    ----------
    ax : Axes
        Takes all of its figure; `finish` gives both their height.
    width : float
        720 or 358: charts lay themselves out anew, nothing is ever shrunk.
    """

    ax: Axes
    width: float
    key_size: ClassVar[float] = 12

    @classmethod
    def of(cls, ax: Axes) -> Sheet:
        register_typeface()
        sheet = cls(ax, round(ax.figure.canvas.figure.get_figwidth() * PIXELS_PER_INCH))
        ax.set_position((0, 0, 1, 1))
        ax.set_axis_off()
        # Off the sheet they would still have words: a scale is drawn by what needs it.
        ax.set(xticks=[], yticks=[])
        ax.set(xlim=(0, sheet.width), ylim=(1, 0))
        return sheet

    @property
    def phone(self) -> bool:
        return self.width < 500

    @property
    def value_size(self) -> float:
        return 12.5 if self.phone else 13

    @property
    def row_size(self) -> float:
        return 13.5 if self.phone else 14

    def finish(self, height: float) -> None:
        """Cut the sheet, and its figure, to a height."""
        self.ax.set_ylim(height, 0)
        self.ax.figure.canvas.figure.set_figheight(height / PIXELS_PER_INCH)

    def write(
        self,
        x: float,
        y: float,
        text: str | Sequence[str],
        *,
        size: float | None = None,
        colour: str = COLOURS["ink"][0],
        bold: bool = False,
        align: Align = "left",
        step: float = LINE,
    ) -> float:
        """Write a line, or several a `step` apart, and return the `y` of the next.

        The capitals of the first line are centred on `y`.
        """
        size, weight = size or self.value_size, "bold" if bold else "normal"
        for line in [text] if isinstance(text, str) else text:
            # Centred by its own box, a text would stand higher or lower with its letters.
            low = y + 0.33 * size
            self.ax.text(x, low, clean(line), size=size, color=colour, weight=weight, ha=align)
            y += step
        return y

    def head(
        self,
        x: float,
        y: float,
        text: str | Sequence[str],
        *,
        colour: str = COLOURS["ink"][0],
        align: Align = "left",
        step: float = LINE,
    ) -> float:
        """Write the head of a row or a panel."""
        size = self.row_size
        return self.write(x, y, text, size=size, colour=colour, bold=True, align=align, step=step)

    def note(
        self,
        x: float,
        y: float,
        text: str | Sequence[str],
        *,
        align: Align = "left",
        step: float = LINE,
    ) -> float:
        """Write small and grey: names in a key, dates, what a head means."""
        grey = colour("second")
        return self.write(x, y, text, size=self.key_size, colour=grey, align=align, step=step)

    def label(self, x: float, y: float, text: str, align: Align = "center") -> None:
        """Write a value or a day of a scale."""
        self.write(x, y, text, colour=colour("second"), align=align)

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: str,
        *,
        width: float = 0.9,
        style: LineStyle = SOLID_LINE,
        zorder: float = 0,
        cap: Literal["butt", "projecting"] = "projecting",
    ) -> None:
        self.ax.plot(xs, ys, color=colour, lw=width, ls=style, zorder=zorder, solid_capstyle=cap)

    def rule(self, x0: float, x1: float, y: float, token: str = "grid") -> None:
        self.line((x0, x1), (y, y), colour(token))

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        *,
        fill: str = "none",
        edge: str = "none",
        width: float = 0,
        style: LineStyle = SOLID_LINE,
        alpha: float | None = None,
        zorder: float = -1,
    ) -> None:
        """Draw a rectangle; `fill` and `edge` are colours, not tokens."""
        corner, across, down = (left, top), right - left, bottom - top
        shape = Rectangle(corner, across, down, fc=fill, ec=edge, lw=width, ls=style, alpha=alpha)
        shape.set_zorder(zorder)
        self.ax.add_patch(shape)

    def columns(self, scale: Scale, y: float) -> None:
        """Write the values of a scale from left to right."""
        for tick in scale.ticks:
            self.label(scale(tick), y, in_figures(tick))

    def gridlines(self, scale: Scale, top: float, bottom: float, zero: str = "axis") -> None:
        """Draw the upright lines of a scale, that of nought in the colour of the token `zero`."""
        for tick in scale.ticks:
            token = "grid" if tick else zero
            self.line((scale(tick),) * 2, (top, bottom), colour(token))

    def heights(
        self,
        up: Scale,
        left: float,
        right: float,
        *,
        named: bool = True,
        zero: str = "axis",
        air: float = 10,
    ) -> None:
        """Draw the level lines of a scale and, left of them, its values."""
        for tick in up.ticks:
            self.rule(left, right, up(tick), "grid" if tick else zero)
            if named:
                self.label(left - air, up(tick), in_figures(tick), "right")
