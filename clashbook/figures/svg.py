"""The page's copy of a figure's SVG.

matplotlib's SVG is made for a file of its own: pasted into a page as it is, its ids collide, its
style sheet leaks, and a strict content security policy turns it black. `classed` prepares a figure
while its colours are known; `page_svg` makes the copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias
from urllib.parse import quote

from lxml import etree

from clashbook.dataset import kinds

Card: TypeAlias = Callable[[int], str | None]

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
# Kind of record that a mark leads to, by the first word of its id: its page.
PAGES = {kind.name: kind.page for kind in kinds.REFERRED}
# So many links can be stepped through by keyboard, and so many pixels be hit. A figure with more
# marks, or smaller ones, leaves the links to its table: its marks speak when they are pointed at,
# and the box in which they do has the link.
MOST_LINKS, LEAST_PIXELS = 40, 25
# `c-` fills and `s-` strokes; the style sheet gives both their values, light and dark.
PAINTS = {"fill": "c-", "stroke": "s-"}
EMPTY = "empty"  # what holds nothing that the page needs
UNWANTED = ("metadata", "style", "script", "foreignObject")
NUMBERS_IN = ("d", "x", "y", "width", "height", "points", "x1", "x2", "y1", "y2")
ROOT = {
    "stroke-linejoin": "round",
    "stroke-linecap": "butt",
    "font-family": "Source Sans Pro, Source Sans 3, sans-serif",
    "role": "group",
}

_NUMBER = re.compile(r"-?\d+\.\d+")
_NO_TURN = re.compile(r"^rotate\(-?0(\.0+)? ")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def classed(svg: str, tokens: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Give a figure's shapes the classes of their colours, and its marks their words.

    Parameters
    ----------
    svg : str
        As matplotlib writes it.
    tokens : mapping of str to str
        Lower-case `#rrggbb` to the name of the colour.
    titles : mapping of str to str
        Id of a mark to its value in words.

    Returns
    -------
    str
        A file that still looks the same on its own, its size in pixels.
    """
    root = _parse(svg, comments=True)
    for comment in list(root.iter(etree.Comment)):
        # What a line says whose letters are shapes.
        if (line := comment.getparent()) is not None:
            line.set("aria-label", (comment.text or "").strip())
            line.remove(comment)
    for element in root.iter(etree.Element):
        style = _style(element)
        names = [
            prefix + _token(tokens[style[paint].lower()], element)
            for paint, prefix in PAINTS.items()
            if style.get(paint, "").lower() in tokens
        ]
        if names:
            element.set("class", " ".join(names))
        words = titles.get(element.get("id", ""), "")
        if words:
            title = etree.Element(f"{SVG}title")
            title.text = words
            element.insert(0, title)
    for side in ("width", "height"):
        root.set(side, root.get(side, "").removesuffix("pt"))
    return etree.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _token(token: str, element: etree._Element) -> str:
    """On the dark page, ink is dimmer in words than in marks."""
    return "both" if token == "ink" and element.tag != f"{SVG}text" else token


def page_svg(svg: str, prefix: str, label: str, card: Card = lambda _: None) -> str:
    """The copy of a figure that may stand in a page.

    Parameters
    ----------
    svg : str
        As `classed` leaves it.
    prefix : str
        Set before every id that is kept, so that figures on one page do not meet.
    label : str
        The text alternative.
    card : callable
        Gives, by the place of a mark's row in its frame, the card that it opens, or None.

    Returns
    -------
    str
        An `<svg>` element: no prolog, metadata, style sheet, style attribute or background;
        colours as classes; marks with their words as title, and as links to their records where
        these are few and large enough. It is a group, never an image, which may hold no link.
    """
    root = _parse(svg)
    _drop(root)
    for element in root.iter(f"{SVG}*"):
        _styles_to_attributes(element)
        _lighten(element)
    cards = {group: _card(group, card) for group in root.iter(f"{SVG}g")}
    addresses = {group: _record(group.get("id", "")) for group in root.iter(f"{SVG}g")}
    addresses = {group: address for group, address in addresses.items() if address}
    _prefix(root, prefix)
    linked = len(addresses) <= MOST_LINKS and all(map(_large, addresses))
    for group, address in addresses.items():
        _mark(group, address, linked, cards[group])
    for group in root.iter(f"{SVG}g"):
        if not group.attrib:
            group.tag = EMPTY
    etree.strip_tags(root, EMPTY)
    root.attrib.pop("version", "")
    for name, value in {**ROOT, "aria-label": label}.items():
        root.set(name, value)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _parse(svg: str, *, comments: bool = False) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        remove_comments=not comments,
        remove_blank_text=True,
    )
    return etree.fromstring(svg.encode(), parser)


def _style(element: etree._Element) -> dict[str, str]:
    pairs = [part.partition(":") for part in element.get("style", "").split(";")]
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _drop(root: etree._Element) -> None:
    """Take out what a page must not have, and the background."""
    for ground in root.findall(f"{SVG}g[@id='figure_1']/{SVG}g[@id='patch_1']"):
        ground.tag = EMPTY
    etree.strip_elements(root, *(f"{SVG}{tag}" for tag in UNWANTED), with_tail=False)
    for defs in root.iter(f"{SVG}defs"):
        if len(defs) == 0:
            defs.tag = EMPTY
    etree.strip_elements(root, EMPTY, with_tail=False)


def _styles_to_attributes(element: etree._Element) -> None:
    style = _style(element)
    element.attrib.pop("style", "")
    classes = element.get("class", "").split()
    for name, value in style.items():
        classed_by = PAINTS.get(name, " ")
        if name == "font-family" or any(known.startswith(classed_by) for known in classes):
            continue
        if (name, value) not in (("text-anchor", "start"), ("stroke-linecap", "butt")):
            element.set(name, value)


def _lighten(element: etree._Element) -> None:
    for name in NUMBERS_IN:
        if name in element.attrib:
            short = _NUMBER.sub(_short, element.get(name, ""))
            element.set(name, " ".join(short.split()))
    if _NO_TURN.match(element.get("transform", "")):
        del element.attrib["transform"]


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _prefix(root: etree._Element, prefix: str) -> None:
    """Set the prefix before ids that something refers to, and drop all others."""
    referred = set()
    for element in root.iter(f"{SVG}*"):
        target = element.get(f"{XLINK}href", "")
        if target:
            del element.attrib[f"{XLINK}href"]
        if target.startswith("#"):
            referred.add(target[1:])
            element.set("href", f"#{prefix}{target[1:]}")
        for name, value in element.items():
            found = _REFERENCE.search(str(value))
            if found:
                referred.add(found[1])
                element.set(name, f"url(#{prefix}{found[1]})")
    for element in root.iter(f"{SVG}*"):
        id = element.get("id", "")
        if id in referred:
            element.set("id", f"{prefix}{id}")
        elif id:
            del element.attrib["id"]


def _record(name: str) -> str:
    """The address that a mark's id leads to, or "" where it names no record."""
    kind, _, record = name.partition(":")
    if kind not in PAGES or not record:
        return ""
    # After a tilde, which no record's id has, stands the row of the mark.
    return f"{PAGES[kind]}#{quote(record.partition('~')[0], safe='')}"


def _large(group: etree._Element) -> bool:
    """Whether a mark can be hit: its first shape is the unseen one for that."""
    shape = next(group.iter(f"{SVG}path"))
    numbers = list(map(float, re.findall(r"-?[\d.]+", shape.get("d", ""))))
    across, down = numbers[::2], numbers[1::2]
    return min(max(ends) - min(ends) for ends in (across, down)) >= LEAST_PIXELS


def _card(group: etree._Element, card: Card) -> str | None:
    record, _, rest = group.get("id", "").partition(":")[2].partition("~")
    nth = rest.partition("~")[0]
    return card(int(nth)) if record and nth else None


def _mark(group: etree._Element, address: str, linked: bool, card: str | None) -> None:
    """Make a group a mark that can be pointed at and knows its address, as a link or not."""
    group.set("class", "figure-mark")
    group.set("href" if linked else "data-href", address)
    if card is not None:
        group.set("data-card", card)
    if linked:
        group.tag = f"{SVG}a"
