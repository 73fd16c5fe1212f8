"""What a page asks the browser for: nothing twice, nothing that a strict policy would refuse."""

from __future__ import annotations

from lxml import html

# Parts of the theme that this book leaves empty.
_EMPTY = (
    "//div[contains(@class, 'sidebar-primary-items__end')][.//div[@id='ethical-ad-placement']]",
    "//div[contains(@class, 'pst-async-banner-revealer')]",
    "//footer[contains(@class, 'bd-footer') and not(*)]",
    "//div[@id='jb-print-docs-body']",
)
_REFUSED = (
    "//script[not(@src) and not(contains(@type, 'json'))]",
    "//noscript[style]",
    "//link[@rel='preload']",
    "//meta[starts-with(@name, 'docsearch:')]",
)
# Sets the colours before the page is drawn.
_MODE = "mode.js"
_TIPS = ("data-bs-toggle", "data-bs-placement", "data-bs-title")


def tidy(page: html.HtmlElement, static: str, address: str) -> None:
    """Take out what is empty, said twice or written into the page as a script or a style.

    Parameters
    ----------
    page : HtmlElement
        Changed in place.
    static : str
        The folder of scripts, seen from the page.
    address : str
        Its canonical address, "" if it has none.
    """
    for path in (*_EMPTY, *_REFUSED):
        for element in page.xpath(path):
            element.drop_tree()
    for repeated in page.xpath("//meta[@name='viewport']")[1:]:
        repeated.drop_tree()
    for element in page.xpath("//*[@data-bs-toggle]"):
        if not element.get("title") and element.get("data-bs-title"):
            element.set("title", element.get("data-bs-title"))
        for name in _TIPS:
            element.attrib.pop(name, None)
    if page.get("data-theme") == "auto":
        page.head.append(html.Element("script", src=f"{static}/{_MODE}"))
    if address:
        page.head.append(html.Element("link", rel="canonical", href=address))
        page.head.append(html.Element("meta", property="og:url", content=address))
