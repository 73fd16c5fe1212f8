"""An exhibit by itself: the same figure as in its chapter, on a page of its own.

It is the address to cite and what an ``<iframe>`` shows. The figure is taken from the finished
chapter, so that it is drawn, tabled and linked in one way only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import html
from markupsafe import Markup

from clashbook.exhibit import ExhibitError

_pages = Environment(
    loader=PackageLoader("clashbook.book"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_LINKS = ("href", "src", "data-href")


def page(chapter: str, record: Mapping, book: str) -> str:
    """The page of one exhibit, in the folder beneath that of the chapters.

    Parameters
    ----------
    chapter : str
        The finished page that shows it.
    record : mapping
        What `clashbook.exhibit.about` says of it, and its chapter's file.
    book : str
        The title of the report.

    Raises
    ------
    ExhibitError
        If its id is not its alone on that page.
    """
    key, home = record["id"], record["chapter"]
    named = [each for each in html.document_fromstring(chapter).iter() if each.get("id") == key]
    if len(named) != 1:
        raise ExhibitError(f"exhibit {key}: a heading of {home} has its id too; give it another")
    (figure,) = named
    for title in figure.find_class("exhibit-title"):
        # The page has no other heading.
        title.set("role", "heading")
        title.set("aria-level", "1")
    own = {f"#{each.get('id')}" for each in figure.iter() if each.get("id")}
    for element in figure.iter():
        for name in _LINKS:
            if name in element.attrib:
                element.set(name, _from_below(element.get(name), home, own))
    markup = html.tostring(figure, encoding="unicode", with_tail=False)
    base = record["address"].removesuffix(record["files"]["html"])
    return _pages.get_template("exhibit.html").render(
        record=record,
        figure=Markup(markup),
        home=f"../{home}#{key}",
        base=base or "../",
        book=book,
    )


def moved(to: str, address: str, book: str) -> str:
    """The page that stands where another was, and leads on to what took its place.

    Parameters
    ----------
    to, address : str
        The new place, as seen from the old one and in full, as far as the book has an address.
    book : str
        The title of the report.
    """
    return _pages.get_template("moved.html").render(to=to, address=address, book=book)


def _from_below(address: str, home: str, own: Collection[str]) -> str:
    """An address of the chapter, seen from one folder below it; the figure's own stay."""
    if urlsplit(address).scheme or address.startswith("/"):
        return address
    if address.startswith("#"):
        return address if address in own else f"../{home}{address}"
    return f"../{address}"
