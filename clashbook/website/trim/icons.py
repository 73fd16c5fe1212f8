"""The theme's icons: letters of a font, of which the pages need a few."""

from __future__ import annotations

import re
from pathlib import Path

from clashbook.figures import fonts

# The only one of the theme's icon fonts that its pages use.
_SOLID = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
_FACE = re.compile(r"@font-face\{[^}]*fontawesome[^}]*\}\n?")
# Icons stand where Unicode leaves room for private use.
_LETTER = re.compile(r'content:"([\ue000-\uf8ff])"')
ICONS = "fonts/icons.woff2"


def cut(css: str, static: Path) -> str:
    """Cut the icon font to the icons that a trimmed style sheet names, and have it use that.

    Parameters
    ----------
    css : str
        The sheet, with a ``content`` for each icon in use.
    static : Path
        Folder of the sheet and of the fonts; the smaller font is written below it.
    """
    letters = {ord(letter) for letter in _LETTER.findall(css)}
    for face in _FACE.findall(css):
        own = face.replace(_SOLID, ICONS) if _SOLID in face and letters else ""
        css = css.replace(face, own)
    if ICONS in css:
        fonts.cut(static / _SOLID, static / ICONS, letters)
    return css
