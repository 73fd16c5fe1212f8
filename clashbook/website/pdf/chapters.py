"""A page of the book as a chapter on paper."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html
from markupsafe import Markup


@dataclass
class Chapter:
    """A page of the book: its name, its heading and its text."""

    name: str
    title: str
    body: html.HtmlElement

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Anchor and heading of each section."""
        return [
            (heading.getparent().get("id"), words(heading))
            for heading in self.body.iter("h2")
            if heading.getparent().get("id")
        ]

    @property
    def markup(self) -> Markup:
        return Markup(html.tostring(self.body, encoding="unicode", with_tail=False))


def words(element: html.HtmlElement) -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


def classed(name: str) -> str:
    """The XPath of elements with a class."""
    return f"*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
