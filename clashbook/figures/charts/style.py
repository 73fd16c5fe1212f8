"""The style of every figure: colours, parties, typeface and the width of words.

Charts measure in CSS pixels. A figure has 72 of them to its inch, so that a point is a pixel, the
numbers in an SVG are pixels, and text and marks need no conversion; the files say 96 to the inch.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.rcsetup import cycler
from matplotlib.textpath import TextToPath

from clashbook import faces

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

WIDE, PHONE, MARGIN = 720, 358, 16
PIXELS_PER_INCH = 72
TYPEFACE = "Source Sans Pro"
BOTH, UNSPECIFIED = "both", "unspecified"

# Token: on the light page, on the dark one. Parties' colours come from the book's settings.
COLOURS = {
    "page": ("#ffffff", "#121212"),
    "ink": ("#222832", "#ced6dd"),
    "both": ("#222832", "#f2f4f6"),
    "second": ("#48566b", "#9ca4af"),
    "axis": ("#7a848e", "#7f8993"),
    "grid": ("#dde1e5", "#30363d"),
    "fill": ("#f0f2f4", "#1e2329"),
    "wash": ("#fff0bf", "#3b3213"),
    "outside": ("#4a9496", "#3d878a"),
}
SETTINGS = mpl.rc_params_from_file(
    Path(__file__).with_name("clashbook.mplstyle"), use_default_template=False
)
# Of an analyst's own chart, on a light page and a dark one; our charts set all of these.
PAINTS: dict[RcKeyType, str] = {
    "text.color": COLOURS["ink"][0],
    "axes.edgecolor": COLOURS["axis"][0],
    "grid.color": COLOURS["grid"][0],
    **dict.fromkeys(("axes.labelcolor", "xtick.color", "ytick.color"), COLOURS["second"][0]),
}


@contextmanager
def drawing() -> Iterator[None]:
    """Draw and save by these settings alone, whatever the person's own matplotlibrc says."""
    series = [*(side.colour for side in parties()), COLOURS["outside"][0], COLOURS["second"][0]]
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({**SETTINGS, **PAINTS})
        mpl.rcParams["axes.prop_cycle"] = cycler(color=series)
        yield


class TypefaceError(RuntimeError):
    """The typeface of the figures is not installed."""


def register_typeface() -> None:
    """Make matplotlib know the typeface, from the files of its installed package.

    Raises
    ------
    TypefaceError
        If one of its files is missing: figures in another face would not fit.
    """
    for weight in ("Regular", "Bold"):
        file = faces.typeface(f"SourceSansPro-{weight}.ttf")
        if not file.is_file():
            raise TypefaceError(
                f"typeface {TYPEFACE} has no file {file.name}; install the locked environment, "
                'or "pip install font-source-sans-pro"'
            )
        if not any(known.fname == str(file) for known in font_manager.fontManager.ttflist):
            font_manager.fontManager.addfont(file)


@dataclass(frozen=True)
class Side:
    """Whom a mark is about, and how that is shown.

    Parameters
    ----------
    id : str
        Actor id; `both` and `unspecified` are no party's.
    name : str
        As actors.csv has it.
    colour, colour_dark : str
        On the light and on the dark page.
    marker : str
        circle, square, diamond or triangle: colour never speaks alone.
    """

    id: str
    name: str
    colour: str
    colour_dark: str
    marker: str

    @property
    def token(self) -> str:
        """Name of its colour in style sheets."""
        return self.id if self.id in (BOTH, "outside") else f"party-{self.id.lower()}"

    @property
    def words(self) -> str:
        """Colour of words about it: the teal of outside actors is for marks only."""
        return COLOURS["ink"][0] if self.token == "outside" else self.colour


_sides: ContextVar[dict[str, Side]] = ContextVar("sides")


@contextmanager
def using(sides: Iterable[Side]) -> Iterator[None]:
    """Draw with these parties, in the order in which figures show them."""
    before = _sides.set({side.id: side for side in sides})
    try:
        yield
    finally:
        _sides.reset(before)


def parties() -> list[Side]:
    return list(_sides.get({}).values())


def in_order(sides: Iterable[Side]) -> list[Side]:
    """The sides without doubles: the parties in their fixed order, then all others as they come."""
    order = parties()
    found = dict.fromkeys(sides)
    return [*(known for known in order if known in found), *(s for s in found if s not in order)]


def side(party: str, name: str = "") -> Side:
    """How a party is drawn: its own way, ink for both or not stated, teal for anyone else."""
    if known := _sides.get({}).get(party):
        return known
    if party in ("", BOTH, UNSPECIFIED):
        return Side(BOTH, name or "both sides", *COLOURS["both"], "diamond")
    return Side("outside", name or party, *COLOURS["outside"], "triangle")


def colour(token: str) -> str:
    """The light page's colour; the page's copy of a figure turns it into a class."""
    return COLOURS[token][0]


def tokens(sides: Iterable[Side]) -> dict[str, str]:
    """Light colour to token, for `svg.classed`."""
    named = {light: token for token, (light, _) in COLOURS.items()}
    # Text and marks share this colour on the light page only; `svg.classed` tells them apart.
    named[COLOURS["ink"][0]] = "ink"
    return named | {side.colour.lower(): side.token for side in sides}


def palette_css(sides: Iterable[Side]) -> str:
    """The style sheet of figures: a property for each colour, light and dark, and its classes.

    Fill is `c-<token>`, stroke `s-<token>`, the value itself `--c-<token>`.
    """
    colours = COLOURS | {s.token: (s.colour.lower(), s.colour_dark.lower()) for s in sides}
    light = "".join(f"  --c-{token}: {pair[0]};\n" for token, pair in colours.items())
    dark = "".join(f"    --c-{token}: {pair[1]};\n" for token, pair in colours.items())
    # Paper is light, whatever the screen was.
    dark = f'@media screen {{\n  html[data-theme="dark"] {{\n{dark}  }}\n}}'
    classes = "".join(
        f".c-{token} {{ fill: var(--c-{token}); }}\n.s-{token} {{ stroke: var(--c-{token}); }}\n"
        for token in colours
    )
    return f":root {{\n{light}}}\n\n{dark}\n\n{classes}"


def clean(text: str) -> str:
    """A text without control and formatting characters: they would break or reorder an SVG."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")


@cache
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that a line takes in the typeface, which whoever measures need not have drawn in."""
    register_typeface()
    face = font_manager.FontProperties(
        family=SETTINGS["font.family"], weight="bold" if bold else "normal", size=size
    )
    return TextToPath().get_text_width_height_descent(clean(text), face, ismath=False)[0]


def wrap(
    text: str, size: float, room: float, *, bold: bool = False, even: bool = True
) -> list[str]:
    """The lines of a text that has `room` pixels; a no-break space holds."""
    lines = _filled(text, size, room, bold)
    if len(lines) == 1 or not even:
        return lines
    # The narrowest room in which there are no more lines.
    rooms = range(int(room / 2), int(room))
    place = bisect_left(rooms, -len(lines), key=lambda r: -len(_filled(text, size, r, bold)))
    return _filled(text, size, [*rooms, room][place], bold)


def _filled(text: str, size: float, room: float, bold: bool) -> list[str]:
    # The typeface sets words side by side: a line is as wide as its words and the spaces between.
    space, reach, lines = text_width(" ", size, bold=bold), room, list[str]()
    for word in filter(None, text.split(" ")):
        width = text_width(word, size, bold=bold)
        reach += space + width
        if reach > room:
            lines.append(word)
            reach = width
        else:
            lines[-1] += f" {word}"
    return lines or [""]
