"""What the build has drawn before: a figure of the same frame and words is not drawn again."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from clashbook import kept
from clashbook.figures import charts
from clashbook.figures.charts import Draw, style
from clashbook.figures.exhibit import parameters
from clashbook.figures.exhibit.drawing import Drawing
from clashbook.figures.exhibit.files import files

# In the surroundings of a notebook that the build runs: where drawings by the same code are kept.
FOLDER = "CLASHBOOK_KEPT"


def parts(
    made: Mapping, frame: pd.DataFrame, drawing: Drawing | None, provenance: list[str]
) -> dict[str, object]:
    """What of an exhibit takes long: its drawings for the page, and its files to download."""

    def make() -> dict[str, object]:
        content = files(made, frame, drawing, provenance)
        return {
            "svg_wide": drawing.for_page(style.WIDE) if drawing else "",
            "svg_phone": drawing.for_page(style.PHONE) if drawing else "",
            "files": {name: base64.b64encode(file).decode() for name, file in content.items()},
        }

    if not drawing:
        return make()
    return once(drawing.draw, frame, [made, provenance, drawing.sides], make)


def once(
    draw: Draw, frame: pd.DataFrame, words: Sequence[object], make: Callable[[], dict[str, object]]
) -> dict[str, object]:
    """What `make` gives for a frame and words, or gave for the same in an earlier build.

    Only of the book's own charts: another function may draw what is in no frame. Whatever the
    notebook has run so far counts too, since it may have changed how they draw.
    """
    folder = os.environ.get(FOLDER)
    if not folder or not any(draw is known for known in vars(charts).values()):
        return make()
    cells = frame.to_dict("split"), [str(kind) for kind in frame.dtypes], frame.attrs
    return kept.once(Path(folder), [draw.__name__, cells, words, parameters.own_cells()], make)
