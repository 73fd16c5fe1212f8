"""An exhibit by itself: the same figure as in its chapter, on a page of its own.

It is the address to cite and what an ``<iframe>`` shows. The figure is taken from the finished
chapter, so that it is drawn, tabled and linked in one way only.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import html
from markupsafe import Markup

_pages = Environment(
    loader=PackageLoader("clashbook.book"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_LINKS = ("href", "src")


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
    """
    key, home = record["id"], record["chapter"]
    figure = html.document_fromstring(chapter).get_element_by_id(key)
    for element in figure.iter():
        for name in _LINKS:
            if name in element.attrib:
                element.set(name, _from_below(element.get(name), home, key))
    markup = html.tostring(figure, encoding="unicode", with_tail=False)
    return _pages.get_template("exhibit.html").render(
        record=record, figure=Markup(markup), home=f"../{home}#{key}", book=book
    )


def _from_below(address: str, home: str, key: str) -> str:
    """An address of the chapter, seen from one folder below it."""
    if urlsplit(address).scheme or address.startswith("/"):
        return address
    if address.startswith("#"):
        return f"../{home}{address}" if address != f"#{key}" else address
    return f"../{address}"
