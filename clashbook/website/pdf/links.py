"""Links of the pages within one document: to its chapters, to the web, or words alone."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from lxml import html

PAGE = ".html"


def anchor(page: str, key: str = "") -> str:
    """The name in the document of a page, or of what a page calls by a name."""
    return f"{page}--{key}" if key else page


def name_anchors(body: html.HtmlElement, page: str) -> None:
    """Give the names on a page a form that no other page has."""
    for element in body.iter():
        if element.get("id"):
            element.set("id", anchor(page, element.get("id")))
    body.set("id", anchor(page))


def relink(bodies: Mapping[str, html.HtmlElement], base: str) -> None:
    """Let every link lead to its place in the document or in full to the site, or be words.

    A link says by its class what it leads to, so that the style sheet can add page or number.

    Parameters
    ----------
    bodies : mapping of str to HtmlElement
        The text of each page, its anchors named.
    base : str
        The address of the site; while it has none, what the document lacks is named only.
    """
    known = {element.get("id"): element for body in bodies.values() for element in body.iter()}
    for page, body in bodies.items():
        for link in list(body.iter("a")):
            address = link.attrib.pop("href", "")
            parts = urlsplit(address)
            target = parts.path.removesuffix(PAGE) or page
            inner = anchor(target, unquote(parts.fragment))
            if parts.scheme in ("http", "https", "mailto"):
                link.set("href", address)
            elif inner in known:
                link.set("href", f"#{inner}")
                link.classes.update(_kinds(known[inner]))
            elif target in bodies:
                link.set("href", f"#{target}")
            elif address:
                _leave(link, parts.path, base)


def _kinds(target: html.HtmlElement) -> list[str]:
    """What a link's target is, of what can be named by a page or by a number."""
    if "bd-article" in target.classes:
        return ["to-chapter"]
    kinds = ("figure", "table") if "exhibit" in target.classes else ()
    return [f"to-{kind}" for kind in kinds if f"exhibit-{kind}" in target.classes]


def _leave(link: html.HtmlElement, path: str, base: str) -> None:
    """Say where a file of the site lies, which the document has not."""
    if base:
        link.set("href", f"{base}{path}")
    else:
        link.tag = "span"
    if link.text_content().strip() != posixpath.basename(path):
        place = html.Element("span", {"class": "place"})
        place.text = f" ({path})"
        link.append(place)
