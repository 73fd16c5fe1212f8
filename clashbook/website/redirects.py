"""Addresses that the book has given up, each leading on to the one that took its place."""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from markupsafe import Markup

from clashbook.config import FILE_NAME

PAGE = ".html"
# Leads on where the browser runs scripts, and from an anchor, as no page can do by itself.
SCRIPT = "_static/moved.js"
_LINK = Markup(
    '<a class="moved" hidden data-anchor="{}" href="{}">Moved</a>\n'
    '<script src="{}" defer></script>\n'
)


def write(
    site: Path, redirects: Mapping[str, str], base: str, book: str, *, early: bool = False
) -> None:
    """Let each old address lead on: a page by a page, another file by a copy, an anchor by script.

    Parameters
    ----------
    site : Path
        Folder of the finished site.
    redirects : mapping of str to str
        Old address to new, both within the site: ``page.html``, ``page.html#anchor`` or a file.
    base : str
        The address of the site, "" while it is not published.
    book : str
        The title of the report.
    early : bool
        Whether the site is of an earlier day: what leads to something that it does not know yet is
        left out, and what it had not given up yet.

    Raises
    ------
    SiteError
        A line for each old address that is still there, and each new one that is not.
    """
    from clashbook.files import SiteError
    from clashbook.pages.html import templates  # both slow to import, and a check needs neither

    moved = templates.get_template("moved.html")
    if early:
        there = partial(_is_there, site)
        redirects = {o: n for o, n in redirects.items() if there(n) and not there(o)}
    if found := list(faults(redirects, partial(_is_there, site))):
        raise SiteError("\n".join(found))
    for old, new in redirects.items():
        path, _, anchor = old.partition("#")
        to = posixpath.relpath(new, posixpath.dirname(path))
        script = posixpath.relpath(SCRIPT, posixpath.dirname(path))
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        if anchor:
            page, end, after = (site / path).read_text(encoding="utf-8").rpartition("</body>")
            link = _LINK.format(anchor, to, script)
            (site / path).write_text(f"{page}{link}{end}{after}", encoding="utf-8")
        elif path.endswith(PAGE):
            address = f"{base}{new}" if base else to
            page = moved.render(to=to, address=address, script=script, book=book)
            (site / path).write_text(page, encoding="utf-8")
        else:
            shutil.copyfile(site / new, site / path)


def faults(redirects: Mapping[str, str], is_there: Callable[[str], bool | None]) -> Iterator[str]:
    """Yield a line for each redirect that is wrong.

    Parameters
    ----------
    is_there : callable
        Whether the site has an address; None where that cannot be told yet.
    """
    for old, new in redirects.items():
        if fault := _fault(old, new, is_there):
            yield f'{FILE_NAME}, clashbook.redirects, "{old}": {fault}'


def _fault(old: str, new: str, is_there: Callable[[str], bool | None]) -> str:
    path, _, anchor = old.partition("#")
    if is_there(old):
        return "is an address of the site; take the redirect away"
    if anchor and is_there(path) is False:
        return f"there is no {path}; write a redirect of the page itself"
    if is_there(new) is False:
        return f'leads to "{new}", which is not in the site; write one that is'
    suffix = posixpath.splitext(path)[1]
    if suffix != posixpath.splitext(new.partition("#")[0])[1] or ("#" in new and suffix != PAGE):
        return f'leads to "{new}", a file of another kind; write one that ends in {suffix}'
    return ""


def _is_there(site: Path, address: str) -> bool:
    path, _, anchor = address.partition("#")
    if not (site / path).is_file():
        return False
    return not anchor or f' id="{anchor}"' in (site / path).read_text(encoding="utf-8")
