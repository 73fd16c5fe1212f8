"""The foot of every page: which edition it is of, on what terms, and where to turn."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

from markupsafe import Markup

from clashbook.language import day_in_words

PAGES = {"cite": "Cite", "corrections": "Corrections"}
_LINK = Markup('<a href="{}">{}</a>')


def footer(about: Mapping, pages: Container[str], to: Callable[[str], str]) -> Markup:
    """Title, as-of date, version and terms, and links.

    Parameters
    ----------
    about : mapping
        `edition.json`: title, as_of, version, licence, and report_error, an address or "".
    pages : container of str
        The pages of the site: only these are linked.
    to : callable
        The address of a page, as seen from the one whose foot it is.
    """
    links = [_LINK.format(to(name), words) for name, words in PAGES.items() if name in pages]
    if about.get("report_error"):
        links.append(_LINK.format(about["report_error"], "Report an error"))
    edition = (
        f"{about['title']}. As known on {day_in_words(about['as_of'])}. "
        f"Data version {about['version']}. Text and coding: {about['licence']}."
    )
    return Markup("<p>{}</p>\n<p>{}</p>").format(edition, Markup(" · ").join(links))
