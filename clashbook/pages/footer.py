"""The foot of every page: which edition it is of, on what terms, and where to turn."""

from __future__ import annotations

from collections.abc import Callable, Container

from markupsafe import Markup

from clashbook.about import About
from clashbook.language import day_in_words

PAGES = {"cite": "Cite", "corrections": "Corrections"}
_LINK = Markup('<a href="{}">{}</a>')


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
    links = [_LINK.format(to(name), words) for name, words in PAGES.items() if name in pages]
    if about.report_error:
        links.append(_LINK.format(about.report_error, "Report an error"))
    edition = (
        f"{about.title}. As known on {day_in_words(about.as_of)}. "
        f"Data version {about.version}. Text and coding: {about.licence}."
    )
    return Markup("<p>{}</p>\n<p>{}</p>").format(edition, Markup(" · ").join(links))
