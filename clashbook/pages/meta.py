"""What a page says of itself: to search engines, to who passes it on, and of its notebook."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from clashbook.figures import exhibit, social_card
from clashbook.language import sentence
from clashbook.pages import described as described_as
from clashbook.pages.facts import Edition, edition_of_app
from clashbook.pages.html import templates

SHORTEST, LONGEST = 30, 200
DATA = "data"
CLAIMS = "claims"

# The host whose addresses of files, and whose name at Binder, are known here.
_GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?", re.ASCII)
_LINE = Markup(
    '<p class="launch">This chapter\'s notebook: <a href="{file}">on GitHub</a>, '
    '<a href="{run}">to run on Binder</a>.</p>\n'
)


def add_tags(
    app: Sphinx, page: str, _template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give each page its description, its picture and its address, and what managers read.

    Addresses are full where the book is published; else they are those within the site, and none
    names a host.
    """
    edition = edition_of_app(app)
    book = edition.about.title
    if doctree is None:
        # Sphinx's own page of search, which nobody has written.
        heading = page.capitalize()
        words = f"{heading} in {book}."
    else:
        # Unlike the title of a page in the template, this one holds no markup.
        heading = next(iter(doctree.findall(nodes.title)), nodes.Text(book)).astext()
        words = described(doctree)
    if page == app.config.root_doc:
        # Its own heading is the book's title, which every page's title ends with.
        context["title"] = heading = sentence(edition.about.subtitle) or heading
    whole = page == app.config.root_doc
    context["metatags"] = context.get("metatags", "") + templates.get_template("meta.html").render(
        about=edition.about,
        words=words,
        heading=heading,
        base=edition.about.base,
        picture=_picture(edition, None if whole else doctree),
        **(_described(edition, page, heading, words, whole=whole) if doctree else _SILENT),
    )


_SILENT: dict[str, object] = {"tags": [], "linked": None}


def _described(
    edition: Edition, page: str, heading: str, words: str, *, whole: bool
) -> dict[str, object]:
    """What reference managers and catalogues read of a page: `tags` and `linked`."""
    path = f"{page}.html"
    managed = {"tags": described_as.tags(edition.about, heading, path, whole=whole)}
    chapter = described_as.report(edition, heading, words, path, whole=whole)
    if page == DATA:
        return {**managed, "linked": described_as.dataset(edition)}
    if page == CLAIMS:
        context = {"@context": chapter.pop("@context")}
        graph = {**context, "@graph": [chapter, *described_as.claims(edition)]}
        return {**managed, "linked": graph}
    return {**managed, "linked": chapter}


def described(doctree: nodes.document) -> str:
    """The page's first paragraph of prose, cut at the end of a sentence or a word."""
    paragraphs = [paragraph.astext() for paragraph in doctree.findall(nodes.paragraph)]
    long = [text for text in paragraphs if len(text) > SHORTEST]
    return _cut([*long, *paragraphs, doctree.astext()][0])


def _cut(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    sentence = text[:LONGEST].rpartition(". ")[0]
    return f"{sentence}." if sentence else f"{text[: LONGEST - 1].rpartition(' ')[0]}…"


def _picture(edition: Edition, doctree: nodes.document | None) -> dict[str, object]:
    """The page's first figure, or the card of the book."""
    own = doctree.findall(nodes.Element) if doctree else ()
    for key in (anchor for node in own for anchor in node["ids"]):
        record = edition.exhibits.get(key, {}).get("record", {})
        if slide := record.get("files", {}).get("slide"):
            return {"path": slide, "size": exhibit.SLIDE, "alt": record["alt"]}
    size = (social_card.WIDTH, social_card.HEIGHT)
    return {"path": social_card.NAME, "size": size, "alt": social_card.alt(edition.about)}


def add_links(
    app: Sphinx, page: str, _template: str, context: dict, _doctree: nodes.document | None
) -> None:
    """End a chapter that was computed with links to the notebook that did so."""
    links = addresses(edition_of_app(app).about.repository, page)
    if links and Path(app.srcdir, f"{page}.ipynb").is_file():
        context["body"] += _LINE.format(**links)


def addresses(repository: str, chapter: str) -> dict[str, str]:
    """Where a chapter's notebook is shown (`file`) and can be run (`run`).

    Empty unless the repository is one of GitHub's.
    """
    found = _GITHUB.fullmatch(repository)
    if not found:
        return {}
    path = f"notebooks/{quote(chapter)}.ipynb"
    owner, name = found.groups()
    return {
        "file": f"https://github.com/{owner}/{name}/blob/HEAD/{path}",
        "run": f"https://mybinder.org/v2/gh/{owner}/{name}/HEAD?labpath={quote(path, safe='')}",
    }
