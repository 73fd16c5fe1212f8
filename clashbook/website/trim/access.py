"""What the theme's pages lack for readers who listen, and where they are no valid HTML."""

from __future__ import annotations

from lxml import html

SIDEBAR = "pst-primary-sidebar"
# Buttons that show an icon alone, by the theme's class, and what each opens.
OPENERS = {"primary-toggle": "Menu", "secondary-toggle": "On this page"}


def mended(page: html.HtmlElement) -> None:
    """Mend a page of the theme in place; a page that is sound stays as it is.

    Parameters
    ----------
    page : lxml.html.HtmlElement
        The root of a finished page.

    Notes
    -----
    The rules are those of axe-core (region, label-content-name-mismatch), of WCAG 2.2 (2.5.3, label
    in name) and of HTML (a summary holds no paragraph).
    """
    for sidebar in page.xpath("//*[@id=$key][not(@role)]", key=SIDEBAR):
        # Its title and its button of search stand in no landmark else.
        sidebar.set("role", "region")
        sidebar.set("aria-label", "Contents")
    for name, opens in OPENERS.items():
        for button in page.find_class(name):
            button.set("aria-label", opens)
            button.set("title", opens)
            for icon in button.iter("span"):
                # The icon is a letter of a font, which would be read out.
                icon.set("aria-hidden", "true")
    for button in page.find_class("search-button-field"):
        # It reads "Search" by itself; a name of its own would hide the keys that it shows.
        for name in ("aria-label", "title"):
            button.attrib.pop(name, None)
    for field in page.iter("input"):
        # Of one browser alone, and no use in a field that takes a word or two.
        field.attrib.pop("autocorrect", None)
    for icon in page.xpath("//button[@aria-label]//i[@title]"):
        # A script turns it into words inside the button, which the button's name does not have.
        del icon.attrib["title"]
    for summary in page.iter("summary"):
        if summary.find("p") is not None:
            # "Toggle hidden content" is not what it reads.
            summary.attrib.pop("aria-label", None)
        for line in summary.findall("p"):
            line.tag = "span"
