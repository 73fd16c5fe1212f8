"""The foot of every page: which edition it is of, on what terms, and where to turn."""

from __future__ import annotations

from collections.abc import Callable, Container

from markupsafe import Markup

from clashbook.about import About
from clashbook.pages.html import templates

DRAFT = "Draft: what no longer holds is left out. Not to be cited."
PAGES = {"cite": "Cite", "corrections": "Corrections"}


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
    if about.report_error:
        links.append((about.report_error, "Report an error"))
    return Markup(templates.get_template("footer.html").render(about=about, links=links))
