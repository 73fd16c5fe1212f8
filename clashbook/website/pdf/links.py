"""Links of the pages within one document: to its chapters, to the web, or words alone."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from lxml import etree, html

PAGE = ".html"


def anchor(page: str, key: str = "") -> str:
    """The name in the document of a page, or of what a page calls by a name."""
    return f"{page}--{key}" if key else page


def name_anchors(body: html.HtmlElement, page: str) -> None:
    """Give the names on a page, and its links to them, a form that no other page has."""
    for element in body.iter():
        if element.get("id"):
            element.set("id", anchor(page, element.get("id")))
        if element.get("href", "").startswith("#"):
            element.set("href", f"{page}{PAGE}{element.get('href')}")
    body.set("id", anchor(page))


def relink(bodies: list[html.HtmlElement], elsewhere: Mapping[str, str], base: str) -> None:
    """Let every link lead to its place in the document or in full to the site, or be words.

    A link says by its class what it leads to, so that the style sheet can add page or number.

    Parameters
    ----------
    bodies : list of HtmlElement
        The chapters of the document, their anchors named.
    elsewhere : mapping of str to str
        Of each page the document that has it as a chapter, in a word.
    base : str
        The address of the site; while it has none, what the document lacks is named only.
    """
    known = {element.get("id"): element for body in bodies for element in body.iter()}
    for link in [link for body in bodies for link in body.iter("a")]:
        address = link.attrib.pop("href", "")
        parts = urlsplit(address)
        target = parts.path.removesuffix(PAGE)
        inner = anchor(target, unquote(parts.fragment))
        if parts.scheme in ("http", "https", "mailto"):
            link.set("href", address)
        elif inner in known:
            link.set("href", f"#{inner}")
            link.classes.update(_kinds(known[inner]))
        elif anchor(target) in known:
            link.set("href", f"#{target}")
        elif target in elsewhere:
            _leave(link, address, base, "" if parts.fragment else elsewhere[target])
        elif address:
            is_named = link.text_content().strip() == posixpath.basename(parts.path)
            _leave(link, address, base, "" if is_named else parts.path)


def _kinds(target: html.HtmlElement) -> list[str]:
    """What a link's target is, of what can be named by a page or by a number."""
    if "bd-article" in target.classes:
        return ["to-chapter"]
    kinds = ("figure", "table") if "exhibit" in target.classes else ()
    return [f"to-{kind}" for kind in kinds if f"exhibit-{kind}" in target.classes]


def _leave(link: html.HtmlElement, address: str, base: str, place: str) -> None:
    """Say where something is that the document has not: on the site, and in words if need be."""
    if place:
        etree.SubElement(link, "span", {"class": "place"}).text = f" ({place})"
    if base:
        link.set("href", f"{base}{address}")
    else:
        link.drop_tag()
