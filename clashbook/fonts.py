"""The typeface of the book: cut from an installed package to what the pages need."""

from __future__ import annotations

import base64
import io
from itertools import chain
from pathlib import Path

import font_source_sans_pro
import matplotlib
from fontTools import subset as cutter
from fontTools.ttLib import TTFont

# File in the package, and the name under which the style sheet asks for it.
FACES = {
    "SourceSansPro-Regular.ttf": "source-sans-regular.woff2",
    "SourceSansPro-It.ttf": "source-sans-italic.woff2",
    "SourceSansPro-Semibold.ttf": "source-sans-semibold.woff2",
    "SourceSansPro-Bold.ttf": "source-sans-bold.woff2",
}
# What pictures are written in, and its weight.
TYPEFACE = "Source Sans Pro"
FILES = {"SourceSansPro-Regular.ttf": 400, "SourceSansPro-Bold.ttf": 700}
# Those of a whole book, and their looks; and the typeface for code, which comes with matplotlib.
LOOKS = {
    "SourceSansPro-Regular.ttf": "font-weight: 400",
    "SourceSansPro-It.ttf": "font-weight: 400; font-style: italic",
    "SourceSansPro-Semibold.ttf": "font-weight: 600",
    "SourceSansPro-Bold.ttf": "font-weight: 700",
}
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
    return [_cut(file, folder / name) for file, name in FACES.items()]


def embedded(text: str) -> str:
    """A style sheet with the regular and the bold face, cut to the letters of a text.

    So that a picture that is passed on keeps its typeface, for which its words were measured.
    """
    letters = {ord(letter) for letter in text}
    rules = []
    for file, weight in FILES.items():
        target = io.BytesIO()
        with _font(file, letters) as font:
            cutter.save_font(font, target, _options())
        data = base64.b64encode(target.getvalue()).decode()
        rules.append(
            f'@font-face {{ font-family: "{TYPEFACE}"; font-weight: {weight}; '
            f'src: url(data:font/woff2;base64,{data}) format("woff2"); }}'
        )
    return "\n".join(rules)


def installed() -> str:
    """A style sheet with the faces as they are installed, whole, and one for code."""
    folder = Path(font_source_sans_pro.font_directory)
    code = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSansMono.ttf"
    faces = [(TYPEFACE, folder / file, look) for file, look in LOOKS.items()]
    return "\n".join(
        f'@font-face {{ font-family: "{name}"; src: url("{file.as_uri()}"); {look} }}'
        for name, file, look in [*faces, (CODE, code, "")]
    )


def _cut(file: str, target: Path) -> Path:
    spans = (range(first, last + 1) for first, last in RANGES)
    with _font(file, {*SINGLE, *chain.from_iterable(spans)}) as font:
        cutter.save_font(font, target, _options())
    return target


def _font(file: str, letters: set[int]) -> TTFont:
    font = cutter.load_font(Path(font_source_sans_pro.font_directory) / file, _options())
    chosen = cutter.Subsetter(_options())
    chosen.populate(unicodes=letters)
    chosen.subset(font)
    return font


def _options() -> cutter.Options:
    options = cutter.Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True
    )
    # The time of the cut would make every build another one.
    options.recalc_timestamp = False
    return options
