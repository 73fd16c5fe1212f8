"""The typeface of the book: cut from an installed package to what the pages need."""

from __future__ import annotations

import io
from collections.abc import Set
from itertools import chain
from pathlib import Path

from fontTools import subset as cutter

from clashbook import faces

# File in the package, and the name under which the style sheet asks for it. Browsers set in bold
# what is to be semibold: a fourth file is not worth the wait.
FACES = {
    "SourceSansPro-Regular.ttf": "source-sans-regular.woff2",
    "SourceSansPro-It.ttf": "source-sans-italic.woff2",
    "SourceSansPro-Bold.ttf": "source-sans-bold.woff2",
}
# Weight and style of each file.
STYLES = {
    "SourceSansPro-Regular.ttf": "font-weight: 400",
    "SourceSansPro-It.ttf": "font-weight: 400; font-style: italic",
    "SourceSansPro-Semibold.ttf": "font-weight: 600",
    "SourceSansPro-Bold.ttf": "font-weight: 700",
}
# What stands in until the typeface has come, on its measure: the mean width of Source Sans' letters
# in English text, in parts of that of Arial's, with which Liberation Sans and Helvetica agree.
STAND_IN = "Source Sans Stand-in"
LOCAL = ("Arial", "Liberation Sans", "Helvetica", "Roboto")
# By weight: name of the installed cut, which no browser makes bold by itself, and the width.
STAND_INS = {"font-weight: 400": ("", 0.947), "font-weight: 600 700": (" Bold", 0.926)}
# Height above and depth below the line of Source Sans, in parts of its size.
ASCENT, DESCENT = 0.984, 0.273
# What pictures are written in.
TYPEFACE = "Source Sans Pro"
# What has many letters that the typeface lacks, such as Georgian ones: comes with
# matplotlib, which draws pictures in it.
FALLBACK = "DejaVu Sans"
FALLBACK_STYLES = {"DejaVuSans.ttf": "font-weight: 400", "DejaVuSans-Bold.ttf": "font-weight: 700"}
# The typeface for code, which comes with matplotlib.
CODE = "DejaVu Sans Mono"
# Latin with the letters of names, dashes, quotation marks, arrows and mathematical signs.
RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x259, 0x259), (0x2010, 0x2027))
SINGLE = (0x202F, 0x20AC, 0x2116, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2264, 0x2265, 0x2032)
FEATURES = ["kern", "liga", "mark", "tnum", "lnum", "pnum"]


def subset(folder: Path) -> list[Path]:
    """Write the pages' font files into a folder.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.

    Returns
    -------
    list of Path
        The files written, one a weight; the same bytes on every run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    spans = (range(first, last + 1) for first, last in RANGES)
    letters = {*SINGLE, *chain.from_iterable(spans)}
    for file, name in FACES.items():
        cut(faces.typeface(file), folder / name, letters)
    return [folder / name for name in FACES.values()]


def cut(font: Path, target: Path | io.BytesIO, letters: Set[int]) -> None:
    """Write a font with some of another's letters, given as code points."""
    with cutter.load_font(font, _options()) as made:
        chosen = cutter.Subsetter(_options())
        chosen.populate(unicodes=letters)
        chosen.subset(made)
        cutter.save_font(made, target, _options())


def sheet() -> str:
    """The style sheet that names the pages' typeface, and what has its measure until it has come.

    A page waits for all weights or does without: `mode.js` decides before the page is seen.
    """
    rules = [
        f'@font-face {{ font-family: "{TYPEFACE}"; {STYLES[file]}; '
        f'src: url("fonts/{name}") format("woff2"); font-display: swap; }}'
        for file, name in FACES.items()
    ]
    for weight, (cut_name, width) in STAND_INS.items():
        local = ", ".join(f'local("{name}{cut_name}")' for name in LOCAL)
        rules.append(
            f'@font-face {{ font-family: "{STAND_IN}"; {weight}; src: {local}; '
            f"size-adjust: {width:.1%}; ascent-override: {ASCENT / width:.1%}; "
            f"descent-override: {DESCENT / width:.1%}; line-gap-override: 0%; }}"
        )
    return "\n".join(rules) + "\n"


def installed() -> str:
    """A style sheet with the faces as they are installed, whole, and one for code."""
    found = [(TYPEFACE, faces.typeface(file), style) for file, style in STYLES.items()]
    found += [(CODE, faces.shipped("DejaVuSansMono.ttf"), "")]
    found += [(FALLBACK, faces.shipped(file), style) for file, style in FALLBACK_STYLES.items()]
    return "\n".join(
        f'@font-face {{ font-family: "{name}"; src: url("{file.as_uri()}"); {style} }}'
        for name, file, style in found
    )


def _options() -> cutter.Options:
    options = cutter.Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True
    )
    # Notes of the tool that made the fallback: fontTools cannot cut them, and says so each time.
    options.drop_tables += ["FFTM"]
    # The time of the cut would make every build another one.
    options.recalc_timestamp = False
    return options
