"""Figures as files: the bare plot for the page, and the framed picture that stands alone."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from types import SimpleNamespace

import matplotlib as mpl
import pandas as pd
from fontTools import subset
from matplotlib.axes import Axes
from matplotlib.backends import _backend_pdf_ps
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import Name, PdfPages
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Bbox
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from clashbook.figures.charts import style, targets
from clashbook.figures.charts.sheet import SIZES, Sheet
from clashbook.figures.charts.style import MARGIN, PIXELS_PER_INCH, WIDE, colour, drawing, wrap

Draw = Callable[[pd.DataFrame, Axes], object]
# Of an analyst's own chart: its height to its width up to `WIDE`, and the pixels of air around it.
SHAPE, AIR = 0.62, 4
_UNSET = 1
# Of a slide: the widths at which a chart may be drawn for it, how often, and how near is near.
NARROWEST, WIDEST, TRIES, NEAR, PART = 520, 1500, 3, 0.04, 0.7
# Of print, in centimetres: the width of a column, and the most that a page has across and down.
COLUMN, PAGE, DOTS = 8.5, (17.4, 24), 400


def plot(draw: Draw, frame: pd.DataFrame, width: float) -> Figure:
    """A figure of key and plot, `width` pixels wide; its height follows from the frame."""
    style.register_typeface()
    with drawing():
        figure = Figure(figsize=(width / PIXELS_PER_INCH, _UNSET), dpi=PIXELS_PER_INCH)
        FigureCanvasAgg(figure)
        draw(frame, figure.add_subplot())
        if figure.get_figheight() == _UNSET:
            _size(figure, width)
        targets.apart(figure.axes[0])
    for artist in figure.findobj(include_self=False):
        # Charts keep within their sheet by layout; clipping paths would be half of the file.
        artist.set_clip_on(False)
    return figure


def _size(figure: Figure, width: float) -> None:
    """Give an analyst's own chart a height, no ground, and room for what stands beside it."""
    height, air = round(min(width, WIDE) * SHAPE), AIR / PIXELS_PER_INCH
    figure.set_size_inches(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH)
    figure.axes[0].patch.set_visible(False)
    figure.set_layout_engine("constrained", w_pad=air, h_pad=air)
    figure.draw_without_rendering()
    # From now on it stays, also where a frame comes round it.
    figure.set_layout_engine("none")


def framed(draw: Draw, frame: pd.DataFrame, width: float, words: Mapping[str, str]) -> Figure:
    """The same figure within a margin, with the words that it needs where no page is round it.

    `words` are a title and a source, and if there are any a subtitle and a note.
    """
    figure = plot(draw, frame, width)
    with drawing():
        _frame(figure, width, words)
    return figure


def filling(make: Callable[[float], Figure], first: Figure, shape: float) -> Figure:
    """The figure drawn so wide that it is `shape` times as wide as high, or as near as it comes.

    Parameters
    ----------
    make : callable
        Draws it framed, so many pixels wide.
    first : Figure
        As it is made `WIDE`.
    """

    def off(figure: Figure) -> float:
        return abs(math.log(_shape(figure) * shape))

    found = [first]
    while len(found) <= TRIES and off(found[-1]) > NEAR:
        width, height = found[-1].get_size_inches() * PIXELS_PER_INCH
        # Not all of the way: wider, its texts take fewer lines, or stand in two columns.
        wanted = width + PART * (shape * height - width) - 2 * MARGIN
        found.append(make(float(min(max(wanted, NARROWEST), WIDEST))))
    return min(found, key=off)


def _frame(figure: Figure, width: float, words: Mapping[str, str]) -> None:
    plotted = figure.get_figheight() * PIXELS_PER_INCH
    phone = width < 500
    title, size = (18, 14) if phone else (20, 15)
    room = min(width, max(620, 0.86 * width))
    titles = wrap(words["title"], title, room, bold=True)
    subtitles = wrap(words.get("subtitle", ""), size, room)
    below = [
        line
        for text in filter(None, (words.get("note"), words["source"]))
        for line in wrap(text, SIZES["key"][0], width, even=False)
    ]
    head = MARGIN + 26 * len(titles) + 21 * len(subtitles) + 14
    whole = head + plotted + 22 + 18 * len(below) + MARGIN
    outer = width + 2 * MARGIN
    figure.set_size_inches(outer / PIXELS_PER_INCH, whole / PIXELS_PER_INCH)
    corner = MARGIN, whole - head - plotted
    shrunk = Affine2D().scale(width, plotted).translate(*corner).scale(1 / outer, 1 / whole)
    for axes in figure.axes:
        axes.set_position(axes.get_position().transformed(shrunk))
    sheet = Sheet(figure.add_axes((0, 0, 1, 1), zorder=-1), outer)
    sheet.ax.set(xlim=(0, outer), ylim=(whole, 0))
    sheet.ax.set_axis_off()
    y = sheet.write(MARGIN, MARGIN + 13, titles, size=title, bold=True, step=26) - 13 + 10.5
    sheet.write(MARGIN, y, subtitles, size=size, colour=colour("second"), step=21)
    foot = head + plotted + 10
    sheet.line((MARGIN, outer - MARGIN), (foot, foot), colour("grid"))
    sheet.note(MARGIN, foot + 15, below, step=18)


def svg(figure: Figure, *, outlined: bool = False) -> str:
    """The figure as SVG, text as text; `outlined` as shapes, which need no typeface."""
    target = io.BytesIO()
    with drawing(), mpl.rc_context({"svg.fonttype": "path" if outlined else "none"}):
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return target.getvalue().decode()


def png(
    figure: Figure,
    info: PngInfo,
    dpi: float = 2 * PIXELS_PER_INCH,
    dots: float = 192,
    area: Bbox | None = None,
) -> bytes:
    """The figure as PNG, the same bytes on every run; at twice its size where nothing else is said.

    Parameters
    ----------
    info : PngInfo
        What it says of itself.
    dpi, dots : float
        Pixels to the figure's inch, and to the inch of a document that it is placed in: at 192 it
        has there the size that it was drawn for, with 96 pixels to the inch.
    area : Bbox, optional
        What it shows, in the figure's inches, where that is not all of it.
    """
    target = io.BytesIO()
    # Packed harder, it would take twice as long and be a twentieth smaller.
    how = {"dpi": (dots, dots), "pnginfo": info, "compress_level": 3}
    with drawing():
        figure.savefig(target, format="png", dpi=dpi, bbox_inches=area, pil_kwargs=how)
    return target.getvalue()


class _Embedded(subset.Options):
    """What a PDF needs of a font: not how letters are chosen and set, for they are in their places.

    To cut that too took half of the time that a PDF takes.
    """

    drop_tables: list[str]

    def __init__(self, **options: bool) -> None:
        super().__init__(**options)
        self.layout_closure = False
        self.drop_tables = [*self.drop_tables, "GSUB", "GPOS", "GDEF"]


_backend_pdf_ps.subset = SimpleNamespace(**{**vars(subset), "Options": _Embedded})


def pdf(figure: Figure, about: Mapping[str, str], packet: bytes) -> bytes:
    """The figure as PDF, text as text, with what it says of itself in both forms that a PDF has."""
    target = io.BytesIO()
    nobody = dict.fromkeys(("Creator", "Producer", "CreationDate"))
    with drawing(), PdfPages(target, metadata={**about, **nobody}) as pages:
        figure.savefig(pages, format="pdf")
        # Never packed: programs look for it without reading the rest.
        with mpl.rc_context({"pdf.compression": 0}):
            file = pages._ensure_file()
            described = file.reserveObject("metadata")
            kind = {"Type": Name("Metadata"), "Subtype": Name("XML")}
            file.outputStream(described, packet, extra=kind)
            root = {"Type": Name("Catalog"), "Pages": file.pagesObject, "Metadata": described}
            file.writeObject(file.rootObject, root)
    return target.getvalue()


def fitted(figure: Figure, across: int, down: int, info: PngInfo) -> bytes:
    """The figure as PNG on a white ground of so many pixels, as large as it fits."""
    width, height = figure.get_size_inches()
    # The ground in the figure's own inches, the figure in its middle.
    wide = max(width, height * across / down)
    high = wide * down / across
    area = Bbox.from_bounds((width - wide) / 2, (height - high) / 2, wide, high)
    return png(figure, info, across / wide, across / wide, area)


def printed(narrow: Figure, wide: Figure, info: PngInfo) -> bytes:
    """The figure as PNG for print: in a column, or where that is longer than a page, across it."""
    figure, across = narrow, COLUMN
    if COLUMN * _shape(narrow) > PAGE[1]:
        figure, across = wide, min(PAGE[0], PAGE[1] / _shape(wide))
    return png(figure, info, DOTS * across / 2.54 / figure.get_figwidth(), DOTS)


def _shape(figure: Figure) -> float:
    """How many times as high as wide it is."""
    return float(figure.get_figheight() / figure.get_figwidth())


def thumbnail(picture: bytes, across: int, down: int, info: PngInfo) -> bytes:
    """A PNG made small on a white ground of so many pixels, in so few colours that pages show many.

    Parameters
    ----------
    picture : bytes
        The figure as `png` gives it.
    """
    target = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as drawn:
        small = ImageOps.pad(drawn.convert("RGB"), (across, down), color="white")
    # Of the ways to choose them this one keeps the colours of the sides.
    few = small.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(target, format="png", optimize=True, pnginfo=info)
    return target.getvalue()
