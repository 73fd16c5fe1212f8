"""Figures as files: the bare plot for the page, and the framed picture that stands alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from PIL import Image

from clashbook.figures.charts import targets
from clashbook.figures.charts.style import (
    MARGIN,
    PIXELS_PER_INCH,
    Sheet,
    colour,
    drawing,
    register_typeface,
    wrap,
)

Draw = Callable[[pd.DataFrame, Axes], object]
# The height of a chart that leaves it to us, to its width, and the pixels of air around it.
SHAPE, AIR = 0.62, 4
_UNSET = 1


@dataclass(frozen=True)
class Caption:
    """The words that a picture needs where no page is round it."""

    title: str
    subtitle: str
    note: str
    source: str


def plot(draw: Draw, frame: pd.DataFrame, width: float) -> Figure:
    """A figure of key and plot, `width` pixels wide; its height follows from the frame."""
    register_typeface()
    with drawing():
        figure = Figure(figsize=(width / PIXELS_PER_INCH, _UNSET), dpi=PIXELS_PER_INCH)
        FigureCanvasAgg(figure)
        draw(frame, figure.add_axes((0, 0, 1, 1)))
        if figure.get_figheight() == _UNSET:
            _sized(figure, width)
        targets.apart(figure.axes[0])
    for artist in figure.findobj(include_self=False):
        # Charts keep within their sheet by layout; clipping paths would be half of the file.
        artist.set_clip_on(False)
    return figure


def _sized(figure: Figure, width: float) -> None:
    """Give an ordinary chart a height, no ground of its own, and room for what stands beside it."""
    across, down = width, round(width * SHAPE)
    figure.set_size_inches(across / PIXELS_PER_INCH, down / PIXELS_PER_INCH)
    axes = figure.axes[0]
    axes.patch.set_visible(False)
    left = bottom = right = top = AIR
    # What stands beside the plot moves with its size: a second look settles it.
    for _ in range(2):
        axes.set_position(
            (left / across, bottom / down, 1 - (left + right) / across, 1 - (bottom + top) / down)
        )
        held, plot = axes.get_tightbbox(figure.canvas.get_renderer()), axes.get_window_extent()
        left, bottom = plot.x0 - held.x0 + AIR, plot.y0 - held.y0 + AIR
        right, top = held.x1 - plot.x1 + AIR, held.y1 - plot.y1 + AIR
    axes.set_position(
        (left / across, bottom / down, 1 - (left + right) / across, 1 - (bottom + top) / down)
    )


def framed(draw: Draw, frame: pd.DataFrame, width: float, caption: Caption) -> Figure:
    """The same figure within a margin, with its title above and its source below."""
    figure = plot(draw, frame, width)
    with drawing():
        _frame(figure, width, caption)
    return figure


def _frame(figure: Figure, width: float, caption: Caption) -> None:
    plotted = figure.get_figheight() * PIXELS_PER_INCH
    phone = width < 500
    above = [
        (line, 18 if phone else 20, "ink", True, 26)
        for line in wrap(caption.title, 18 if phone else 20, min(width, 620), bold=True)
    ]
    size = 14 if phone else 15
    above += [
        (line, size, "second", False, 21) for line in wrap(caption.subtitle, size, min(width, 620))
    ]
    below = [
        (line, 12, "second", False, 18)
        for text in (caption.note, caption.source)
        if text
        for line in wrap(text, 12, width, balanced=False)
    ]
    head = MARGIN + sum(step for *_, step in above) + 14
    whole = head + plotted + 22 + sum(step for *_, step in below) + MARGIN
    outer = width + 2 * MARGIN
    figure.set_size_inches(outer / PIXELS_PER_INCH, whole / PIXELS_PER_INCH)
    for axes in figure.axes:
        x, y, across, down = axes.get_position().bounds
        axes.set_position(
            (
                (MARGIN + x * width) / outer,
                (whole - head - plotted + y * plotted) / whole,
                across * width / outer,
                down * plotted / whole,
            )
        )
    sheet = Sheet(figure.add_axes((0, 0, 1, 1), zorder=-1), outer)
    sheet.ax.set(xlim=(0, outer), ylim=(whole, 0))
    sheet.ax.set_axis_off()
    foot = head + plotted + 10
    sheet.rule(MARGIN, outer - MARGIN, foot)
    for lines, start in ((above, MARGIN), (below, foot + 6)):
        y = start
        for line, size, token, bold, step in lines:
            look = {"size": size, "colour": colour(token), "bold": bold}
            sheet.write(MARGIN, y + step / 2, line, **look)
            y += step


def svg(figure: Figure) -> str:
    """The figure as SVG, text as text; the same bytes on every run."""
    target = io.StringIO()
    with drawing():
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return target.getvalue()


def png(figure: Figure) -> bytes:
    """The figure as PNG at twice its size."""
    target = io.BytesIO()
    with drawing():
        # 192 dots to the inch of 96 pixels: a document places it at the size it was drawn for.
        figure.savefig(
            target,
            format="png",
            dpi=2 * PIXELS_PER_INCH,
            metadata={"Software": None},
            pil_kwargs={"dpi": (192, 192)},
        )
    return target.getvalue()


def pdf(figure: Figure, title: str) -> bytes:
    """The figure as PDF, text as text; the same bytes on every run."""
    target = io.BytesIO()
    about = {"Title": title, "Creator": None, "Producer": None, "CreationDate": None}
    with drawing():
        figure.savefig(target, format="pdf", metadata=about)
    return target.getvalue()


def fitted(figure: Figure, across: int, down: int) -> bytes:
    """The figure as PNG on a white ground of so many pixels, as large as it fits."""
    width, height = figure.get_size_inches()
    # The ground in the figure's own inches, the figure in its middle.
    wide = max(width, height * across / down)
    high = wide * down / across
    area = Bbox.from_bounds((width - wide) / 2, (height - high) / 2, wide, high)
    target = io.BytesIO()
    with drawing():
        figure.savefig(
            target,
            format="png",
            dpi=across / wide,
            bbox_inches=area,
            metadata={"Software": None},
        )
    return target.getvalue()


def thumbnail(figure: Figure, across: int, down: int) -> bytes:
    """The figure as `fitted` gives it, in so few colours that a page can show many."""
    target = io.BytesIO()
    with Image.open(io.BytesIO(fitted(figure, across, down))) as picture:
        # Of the ways to choose them this one keeps the colours of the sides.
        few = picture.convert("RGB").quantize(
            128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        few.save(target, format="png", optimize=True)
    return target.getvalue()
