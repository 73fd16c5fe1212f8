"""An exhibit by itself: the same figure as in its chapter, on a page of its own.

It is the address to cite and what an ``<iframe>`` shows. The figure is taken from the finished
chapter, so that it is drawn, tabled and linked in one way only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from urllib.parse import urlsplit

from lxml import html
from markupsafe import Markup

from clashbook.about import About
from clashbook.figures import social_card
from clashbook.figures.exhibit import CODE, SLIDE, ExhibitError, credit
from clashbook.pages import described
from clashbook.pages.facts import Edition
from clashbook.pages.html import templates

DRAFT = "Draft: what no longer holds is left out. Not to be cited."
PAGES = {"cite": "Cite", "check": "Check a brief", "corrections": "Corrections"}
VERIFY = "verify"  # the page that checks a file, which every site has
_LINKS = ("href", "src", "data-href")


def footer(about: About, pages: Container[str], to: Callable[[str], str]) -> Markup:
    """Title, as-of date, version and terms, and links.

    Parameters
    ----------
    about : About
        What the edition says of itself.
    pages : container of str
        The pages of the site: only these are linked.
    to : callable
        The address of a page, as seen from the one whose foot it is.
    """
    links = [(to(name), words) for name, words in PAGES.items() if name in pages]
    links.append((to(VERIFY), "Check a file"))
    if about.report_error:
        links.append((about.report_error, "Report an error"))
    return Markup(templates.get_template("footer.html").render(about=about, links=links))


def page(chapter: str, record: Mapping, edition: Edition) -> str:
    """The page of one exhibit, in the folder beneath that of the chapters.

    Parameters
    ----------
    chapter : str
        The finished page that shows it.
    record : mapping
        What `exhibit.record.about` says of it, and its chapter's file.
    edition : Edition
        What it is of.

    Raises
    ------
    ExhibitError
        If its id is not its alone on that page.
    """
    key, home, about = record["id"], record["chapter"], edition.about
    page = html.document_fromstring(chapter)
    named = [element for element in page.iter() if element.get("id") == key]
    if len(named) != 1:
        raise ExhibitError(f"exhibit {key}: a heading of {home} has its id too; give it another")
    (figure,) = named
    own = {f"#{element.get('id')}" for element in figure.iter() if element.get("id")}
    for element in figure.iter():
        classes = (element.get("class") or "").split()
        if "rows" in classes:
            # By itself the table is what the reader came for.
            element.set("open", "")
        if "exhibit-title" in classes:
            # The page has no other heading.
            element.set("role", "heading")
            element.set("aria-level", "1")
        for name in _LINKS:
            if (address := element.get(name)) is not None:
                element.set(name, _from_below(address, home, own))
    markup = html.tostring(figure, encoding="unicode", with_tail=False)
    base = record["address"].removesuffix(record["files"]["html"])
    made = templates.get_template("exhibit.html").render(
        record=record,
        figure=Markup(markup),
        home=f"../{home}#{key}",
        base=base or "../",
        about=about,
        size=SLIDE,
        tags=described.tags(about, record["title"], record["files"]["html"]),
        linked=described.exhibit(edition, record),
        credit=credit(about.as_of, about.version, about.licence),
        footer=footer(about, PAGES, "../{}.html".format),
    )
    return _leading_out(made)


def _leading_out(page: str) -> str:
    """A page whose links open pages of their own: in a frame on another page most could open none.

    Where it stands by itself, a script has them open in its place.
    """
    root = html.document_fromstring(page)
    for link in root.iter("a"):
        if not (link.get("href") or "").startswith("#"):
            link.attrib.update({"target": "_blank", "rel": "noopener"})
    return html.tostring(root, encoding="unicode", doctype="<!doctype html>")


def missing(about: About, pages: Sequence[tuple[str, str]]) -> str:
    """The page for an address that the site does not have.

    Parameters
    ----------
    about : About
        What the edition says of itself.
    pages : sequence of (str, str)
        Name and title of each page of the book, in order.
    """
    foot = footer(about, dict(pages), "{}.html".format)
    return templates.get_template("404.html").render(about=about, pages=pages, footer=foot)


def verify(about: About, words: Mapping[str, str]) -> str:
    """The page that says of a file whether it is ours; `words` are its verdicts."""
    foot = footer(about, PAGES, "{}.html".format)
    picture = {"card": social_card.NAME, "alt": social_card.alt(about)}
    page = templates.get_template("verify.html")
    return page.render(about=about, words=words, code=CODE, footer=foot, **picture)


def _from_below(address: str, home: str, own: Collection[str]) -> str:
    """An address of the chapter, seen from one folder below it; the figure's own stay."""
    if urlsplit(address).scheme or address.startswith("/"):
        return address
    if address.startswith("#"):
        return address if address in own else f"../{home}{address}"
    return f"../{address}"
