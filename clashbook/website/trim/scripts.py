"""One script for all that the pages run, and beside it those that only some of them need.

A script of the book says in its first line what it is for: ``// For: .class`` or ``// For: #id``.
Only pages with such an element load it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from lxml import html

from clashbook.website.trim.files import asset, named, relative

# Runs before the page is drawn: sets the colours, which would else change before a reader's eyes.
FIRST = "mode.js"
# Scripts that no page runs: icons are letters of a font here, nothing pops up, and the book has a
# search of its own.
DROPPED = (
    *("fontawesome.js", "bootstrap.js", "searchtools.js", "language_data.js"),
    *("searchindex.js", "sphinx_highlight.js"),
)
_FOR = re.compile(r"// For: ([.#][\w-]+)")
_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def bundle(static: Path, pages: Mapping[Path, html.HtmlElement]) -> tuple[set[Path], list[str]]:
    """Write the scripts that all pages of a kind run as one, and let each wait for its page.

    Parameters
    ----------
    static : Path
        Folder that the new script is written into.
    pages : mapping of Path to HtmlElement
        Changed in place: each loads `mode.js` first if it has colours to choose from, then the
        shared script, then those that only it needs.

    Returns
    -------
    set of Path
        The files that the pages need now.
    list of str
        The text of all that the pages run.
    """
    needed: set[Path] = set()
    texts: dict[Path, str] = {}
    for path, page in pages.items():
        scripts = page.xpath("//script[@src]")
        asked = dict.fromkeys(asset(path, script.get("src")) for script in scripts)
        wanted = [file for file in asked if _is_wanted(file, page)]
        for script in scripts:
            script.getparent().remove(script)
        texts |= {file: _text(file) for file in wanted if file not in texts}
        shared = [file for file in wanted if not _target(file)]
        loaded = [_together(shared, texts, static)] if shared else []
        loaded += [file for file in wanted if _target(file)]
        for file in loaded:
            page.head.append(html.Element("script", src=relative(path, file), defer=""))
        needed.update(loaded)
        if page.get("data-theme") == "auto":
            # Before the style sheet, which would hold it up.
            first = static / FIRST
            page.head.insert(1, html.Element("script", src=relative(path, first)))
            texts.setdefault(first, _text(first))
            needed.add(first)
    return needed, list(texts.values())


def _is_wanted(file: Path, page: html.HtmlElement) -> bool:
    if file.name in DROPPED:
        return False
    target = _target(file)
    if target.startswith("#"):
        return page.get_element_by_id(target[1:], None) is not None
    return not target or bool(page.find_class(target[1:]))


def _target(file: Path) -> str:
    """The class or the id that a script is for; "" if it is for every page."""
    with file.open(encoding="utf-8") as lines:
        found = _FOR.fullmatch(lines.readline().strip())
    return found[1] if found else ""


def _text(file: Path) -> str:
    return _MAP.sub("", file.read_text(encoding="utf-8")).strip()


def _together(files: list[Path], texts: Mapping[Path, str], static: Path) -> Path:
    # A semicolon: a file may end, and the next begin, with a bracket.
    text = "\n;\n".join(texts[file] for file in files) + "\n"
    target = static / named("script", text, "js")
    target.write_text(text, encoding="utf-8")
    return target
