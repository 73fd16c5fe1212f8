"""Addresses that the book has given up, each leading on to the one that took its place.

An exhibit that was cut has none in its place: a page says so, and leads to its last version.
"""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from markupsafe import Markup

from clashbook.about import About
from clashbook.config import FILE_NAME, Config, Cut

PAGE = ".html"
FOLDER = "exhibits"
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


def write_cut(site: Path, config: Config, about: About) -> dict[str, str]:
    """Write a page for each figure or table that was cut, and return where its old anchors lead.

    Its other files lead nowhere: no other table is an answer to what asks for its numbers.

    Raises
    ------
    SiteError
        If the site has the exhibit all the same.
    """
    from clashbook.files import SiteError, write_whole
    from clashbook.pages.html import templates
    from clashbook.pages.standalone import PAGES, footer

    page, anchors = templates.get_template("cut.html"), {}
    foot = footer(about, PAGES, "../{}.html".format)
    for key, exhibit in config.cut.items():
        address = page_of(key)
        if (site / address).exists():
            raise SiteError(_still_made(key))
        # A state is found where all that is published has an address.
        root = config.base_url and f"{config.base_url.rstrip('/')}/"
        last = root and f"{root}editions/{exhibit.state}/{FOLDER}/{key}"
        instead = f"../{exhibit.instead}" if _is_there(site, exhibit.instead) else ""
        made = page.render(exhibit=exhibit, about=about, last=last, instead=instead, footer=foot)
        write_whole(site / address, made.encode())
        if (site / exhibit.chapter).is_file():
            anchors[f"{exhibit.chapter}#{key}"] = address
    return anchors


def faults_of_cut(cut: Mapping[str, Cut], is_there: Callable[[str], bool | None]) -> Iterator[str]:
    """Yield a line for each exhibit that is said to be cut and is not, or whose place is not there.

    Parameters
    ----------
    is_there : callable
        Whether the site has an address; None where that cannot be told yet.
    """
    for key, exhibit in cut.items():
        if is_there(page_of(key)):
            yield _still_made(key)
        for name in ("chapter", "instead"):
            address = getattr(exhibit, name)
            if address and is_there(address) is False:
                where = f"{FILE_NAME}, clashbook.cut.{key}.{name}"
                yield f'{where}: "{address}" is not in the site; write one that is'


def page_of(key: str) -> str:
    """The address of the page of an exhibit, in the site."""
    return f"{FOLDER}/{key}{PAGE}"


def _still_made(key: str) -> str:
    return f"{FILE_NAME}, clashbook.cut.{key}: a notebook makes it; remove the entry"


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
        return "is an address of the site; remove the redirect"
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
