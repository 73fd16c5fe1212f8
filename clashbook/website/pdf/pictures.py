"""Figures as a printed page has them: the wide drawing, in parts where no page holds it."""

from __future__ import annotations

import base64
import re
from copy import deepcopy
from itertools import pairwise

from lxml import etree, html

from clashbook.figures.svg import SVG

# In pixels of the drawing, of which a page has 720 from side to side: what it can hold beneath a
# title, set a little smaller if need be; and how much a part may have of what it cannot.
PAGEFUL, PART = 1150, 420
_RULE = re.compile(r"M 0 ([\d.]+) +L ([\d.]+) \1 *")


def images(svg: str, alt: str) -> list[html.HtmlElement]:
    """A drawing as images, each with its words as text.

    Parameters
    ----------
    svg : str
        The bare plot, as `clashbook.figures.svg.classed` leaves it.
    alt : str
        The text alternative.
    """
    root = etree.fromstring(svg.encode())
    cuts = _cuts(root)
    made = []
    for number, (top, bottom) in enumerate(pairwise(cuts), start=1):
        part = _part(root, top, bottom)
        source = base64.b64encode(etree.tostring(part)).decode()
        words = alt if number == 1 else f"The same chart, continued: part {number}."
        made.append(
            html.Element("img", {"src": f"data:image/svg+xml;base64,{source}", "alt": words})
        )
    return made


def _cuts(root: etree._Element) -> list[float]:
    """Where the parts of a drawing begin and end: at rules from side to side, between rows."""
    width, height = (float(root.get(side, 0)) for side in ("width", "height"))
    if height <= PAGEFUL:
        return [0, height]
    found = [_RULE.fullmatch(path.get("d", "")) for path in root.iter(f"{SVG}path")]
    rules = sorted(float(rule[1]) for rule in found if rule and float(rule[2]) == width)
    cuts = [0.0]
    while within := [rule for rule in rules if cuts[-1] < rule <= cuts[-1] + PART]:
        cuts.append(within[-1])
    return [*cuts, height]


def _part(root: etree._Element, top: float, bottom: float) -> etree._Element:
    """What a drawing has between two heights; words and marks of another are gone."""
    part = deepcopy(root)
    width, height = root.get("width"), bottom - top
    part.set("viewBox", f"0 {top:g} {width} {height:g}")
    part.set("height", f"{height:g}")
    for element in [*part.iter(f"{SVG}text"), *part.iter(f"{SVG}use")]:
        parent = element.getparent()
        if parent is not None and not top <= float(element.get("y", 0)) < bottom:
            parent.remove(element)
    return part
