"""One style sheet for all pages that ask for the same ones."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from clashbook import kept
from clashbook.figures import fonts
from clashbook.website.trim.files import asset, named, relative
from clashbook.website.trim.scripts import FIRST
from clashbook.website.trim.trim import Vocabulary, trimmed

_SHEET = "//link[@rel='stylesheet']"
_IMPORT = re.compile(r"@import\s+(?:url\()?[\"']?([^\"')]+)[\"']?\)?\s*;")
_URL = re.compile(r"url\([\"']?(?!data:|#)([^\"')]+)[\"']?\)")
_FACE = re.compile(r"@font-face\{[^}]*\}")
# Browsers that can show these pages can read the first of the two.
_OLD_FORMAT = re.compile(r",\s*url\([^)]*\.ttf\)\s*format\(\"truetype\"\)")

# The only one of the theme's icon fonts that its pages use.
_SOLID = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
_ICON_FACE = re.compile(r"@font-face\{[^}]*fontawesome[^}]*\}\n?")
# Icons stand where Unicode leaves room for private use.
_ICON = re.compile(r'content:"([\ue000-\uf8ff])"')
ICONS = "fonts/icons.woff2"


def bundle(
    static: Path,
    pages: Mapping[Path, html.HtmlElement],
    scripts: list[str],
    folder: Path | None = None,
) -> set[Path]:
    """Write a trimmed style sheet for each set of pages that ask for the same, and link it.

    Parameters
    ----------
    static : Path
        Folder that all styles lie in; the new ones are written into it.
    pages : mapping of Path to HtmlElement
        Changed in place.
    scripts : list of str
        The text of the scripts that the pages run: what they name may come to be on a page.
    folder : Path, optional
        Where `kept` is what was trimmed before.

    Returns
    -------
    set of Path
        The files that the pages need now: the sheets, and the fonts and pictures in them.
    """
    alike: dict[tuple[Path, ...], list[Path]] = defaultdict(list)
    for path, page in pages.items():
        sheets = tuple(asset(path, link.get("href")) for link in page.xpath(_SHEET))
        if sheets:
            alike[sheets].append(path)
    needed: set[Path] = set()
    for sheets, paths in alike.items():
        texts = [inlined(sheet, static) for sheet in sheets]
        # Of the pages' ids most are in no style sheet, and new words bring new ones.
        known = Vocabulary.of((pages[path] for path in paths), scripts).within("\n".join(texts))
        names = [sorted(map(str, group)) for group in vars(known).values()]
        made = kept.once(folder, [texts, names], partial(trimmed, texts, known))
        css = _with_icons(made, static)
        target = static / named("style", css, "css")
        target.write_text(css, encoding="utf-8")
        needed |= {target, *(static / posixpath.normpath(url) for url in _URL.findall(css))}
        for path in paths:
            _link(pages[path], relative(path, target))
            _fetch_early(pages[path], _at_once(css))
    return needed


def inlined(sheet: Path, static: Path) -> str:
    """The text of a style sheet, with what it imports, as if it stood in the folder `static`.

    Raises
    ------
    FileNotFoundError
        If one is missing.
    """
    text = _OLD_FORMAT.sub("", sheet.read_text(encoding="utf-8"))
    text = _IMPORT.sub(lambda found: inlined(sheet.parent / found[1], static), text)
    folder = posixpath.relpath(sheet.parent.resolve(), static.resolve())

    def moved(found: re.Match) -> str:
        if urlsplit(found[1]).scheme or folder == ".":
            return found[0]
        return f'url("{posixpath.normpath(posixpath.join(folder, found[1]))}")'

    return _URL.sub(moved, text)


def _at_once(css: str) -> list[str]:
    """The fonts that a page's first lines are set in: those that stand upright."""
    faces = [face for face in _FACE.findall(css) if "swap" in face and "italic" not in face]
    return [_URL.findall(face)[0] for face in faces]


def _fetch_early(page: html.HtmlElement, fonts: list[str]) -> None:
    """Have fonts fetched with the style sheet that asks for them, not after.

    By a script: a page that was opened as a file may not ask for them so, and would complain.
    """
    for script in page.xpath("//script[contains(@src, $name)]", name=FIRST):
        script.set("data-fonts", " ".join(fonts))


def _link(page: html.HtmlElement, address: str) -> None:
    """Put one style sheet in the place of the first, and take the others away."""
    first, *others = page.xpath(_SHEET)
    first.attrib.clear()
    first.attrib.update({"rel": "stylesheet", "href": address})
    for other in others:
        other.getparent().remove(other)


def _with_icons(css: str, static: Path) -> str:
    """Cut the icon font to the icons that a trimmed style sheet names, and have it use that.

    Parameters
    ----------
    css : str
        The sheet, with a ``content`` for each icon in use.
    static : Path
        Folder of the sheet and of the fonts; the smaller font is written below it.
    """
    letters = {ord(letter) for letter in _ICON.findall(css)}
    for face in _ICON_FACE.findall(css):
        own = face.replace(_SOLID, ICONS) if _SOLID in face and letters else ""
        css = css.replace(face, own)
    if ICONS in css:
        fonts.cut(static / _SOLID, static / ICONS, letters)
    return css
