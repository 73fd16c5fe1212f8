"""What the theme's pages have too much of, and what they lack for readers who listen.

Nothing stays that is said twice, that a strict policy would refuse or that is no valid HTML. The
rules are those of axe-core (region, label-content-name-mismatch), of WCAG 2.2 (2.5.3, label in
name) and of HTML (a summary holds no paragraph).
"""

from __future__ import annotations

from lxml import html

GONE = (
    # Parts of the theme that this book leaves empty.
    "//div[contains(@class, 'sidebar-primary-items__end')][.//div[@id='ethical-ad-placement']]",
    "//div[contains(@class, 'pst-async-banner-revealer')]",
    "//footer[contains(@class, 'bd-footer') and not(*)]",
    "//div[@id='jb-print-docs-body']",
    # A button that opens the page's contents, where a page has none beside it.
    "//button[contains(@class, 'secondary-toggle')][not(//*[@id='pst-secondary-sidebar'])]",
    # What a strict policy refuses, and what is said twice.
    "//script[not(@src) and not(contains(@type, 'json'))]",
    "//noscript[style]",
    "//link[@rel='preload']",
    "//meta[starts-with(@name, 'docsearch:')]",
    "(//meta[@name='viewport'])[position() > 1]",
)
# Which elements get which attributes.
GIVEN = {
    # Its title and its button of search stand in no landmark else.
    "//*[@id='pst-primary-sidebar'][not(@role)]": {"role": "region", "aria-label": "Contents"},
    # Buttons that show an icon alone, which is a letter of a font and would be read out.
    "//button[contains(@class, 'primary-toggle')]": {"aria-label": "Menu", "title": "Menu"},
    "//button[contains(@class, 'secondary-toggle')]": dict.fromkeys(
        ("aria-label", "title"), "On this page"
    ),
    "//button[contains(@class, 'primary-toggle')]//span": {"aria-hidden": "true"},
    "//button[contains(@class, 'secondary-toggle')]//span": {"aria-hidden": "true"},
}
# Which elements lose which attributes.
LOST = {
    # It reads "Search" by itself; a name of its own would hide the keys that it shows.
    "//button[contains(@class, 'search-button-field')]": ("aria-label", "title"),
    # Of one browser alone, and no use in a field that takes a word or two.
    "//input": ("autocorrect",),
    # A script turns it into words inside the button, which the button's name does not have.
    "//button[@aria-label]//i": ("title",),
    # "Toggle hidden content" is not what it reads.
    "//summary[p]": ("aria-label",),
    # Nothing pops up here.
    "//*[@data-bs-toggle]": ("data-bs-toggle", "data-bs-placement", "data-bs-title"),
}

# The code of a figure: a cell that prints nothing, right before it.
CODE = "//div[contains(@class, 'tag_hide-input') and contains(@class, 'tag_remove-output')]"


def tidy(page: html.HtmlElement, address: str) -> None:
    """Mend a page of the theme in place; a page that is sound stays as it is.

    Parameters
    ----------
    page : HtmlElement
        The root of a finished page.
    address : str
        Its canonical address, "" if it has none.
    """
    for path in GONE:
        for element in page.xpath(path):
            element.drop_tree()
    mended(page)
    _put_code_away(page)
    if address:
        page.head.append(html.Element("link", rel="canonical", href=address))
        page.head.append(html.Element("meta", property="og:url", content=address))


def _put_code_away(page: html.HtmlElement) -> None:
    """Move the code that makes a figure from before it into the last of the figure's folds."""
    for cell in page.xpath(CODE):
        after = cell.getnext()
        folds = [] if after is None else after.find_class("exhibit-cite")
        if folds:
            folds[0].extend(cell.findall("details"))
            cell.drop_tree()


def mended(page: html.HtmlElement) -> None:
    for hint in page.xpath("//*[@data-bs-toggle][@data-bs-title][not(@title) or @title='']"):
        hint.set("title", hint.get("data-bs-title"))
    for path, attributes in GIVEN.items():
        for element in page.xpath(path):
            element.attrib.update(attributes)
    for path, names in LOST.items():
        for element in page.xpath(path):
            for name in names:
                element.attrib.pop(name, None)
    for line in page.xpath("//summary/p"):
        line.tag = "span"
