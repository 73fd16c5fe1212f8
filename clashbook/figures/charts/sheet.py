"""The sheet that charts are drawn on: axes turned into pixels, with strokes and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partialmethod
from typing import Literal, TypedDict, Unpack

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from clashbook.figures.charts import style
from clashbook.figures.charts.style import COLOURS, PIXELS_PER_INCH, clean, colour

Align = Literal["left", "center", "right"]
# By name, or in pixels.
Size = Literal["value", "row", "key"] | float
# On a wide sheet and on a phone.
SIZES = {"value": (13, 12.5), "row": (14, 13.5), "key": (12, 12)}
LINE = 16  # from one line of a text to the next


class Line(TypedDict, total=False):
    """Of a stroke or a shape, as matplotlib names it."""

    lw: float
    ls: str | tuple[float, tuple[float, ...]]
    fc: str
    ec: str
    alpha: float | None
    zorder: float


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

    @classmethod
    def of(cls, ax: Axes) -> Sheet:
        style.register_typeface()
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

    def size(self, size: Size) -> float:
        """Pixels of a text; a size with a name is smaller on a phone."""
        return SIZES[size][self.phone] if isinstance(size, str) else size

    def widest(self, lines: Iterable[str], size: Size = "value", *, bold: bool = False) -> float:
        """Pixels that the longest of lines takes, 0 where there is none."""
        pixels = self.size(size)
        return max((style.text_width(line, pixels, bold=bold) for line in lines), default=0)

    def wrap(
        self,
        text: str,
        room: float,
        size: Size = "value",
        *,
        bold: bool = False,
        even: bool = True,
    ) -> list[str]:
        """The lines of a text that has so much room."""
        return style.wrap(text, self.size(size), room, bold=bold, even=even)

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
        size: Size = "value",
        colour: str = COLOURS["ink"][0],
        bold: bool = False,
        align: Align = "left",
        step: float = LINE,
    ) -> float:
        """Write a line, or several a `step` apart, and return the `y` of the next.

        The capitals of the first line are centred on `y`.
        """
        size, weight = self.size(size), "bold" if bold else "normal"
        for line in [text] if isinstance(text, str) else text:
            # Centred by its own box, a text would stand higher or lower with its letters.
            low = y + 0.33 * size
            self.ax.text(x, low, clean(line), size=size, color=colour, weight=weight, ha=align)
            y += step
        return y

    # The head of a row or a panel; what is small and grey; a value of a scale.
    head = partialmethod(write, size="row", bold=True)
    note = partialmethod(write, size="key", colour=colour("second"))
    label = partialmethod(write, colour=colour("second"))

    def line(
        self, xs: Sequence[float], ys: Sequence[float], colour: str, **strokes: Unpack[Line]
    ) -> None:
        (line,) = self.ax.plot(xs, ys, color=colour, lw=0.9, zorder=0, solid_capstyle="butt")
        line.set(**strokes)

    def box(
        self, left: float, top: float, right: float, bottom: float, **strokes: Unpack[Line]
    ) -> None:
        """Draw a rectangle, under all strokes and without an edge if nothing else is said."""
        shape = Rectangle((left, top), right - left, bottom - top, fc="none", lw=0, zorder=-1)
        shape.set(**{"ec": "none", **strokes})
        self.ax.add_patch(shape)
