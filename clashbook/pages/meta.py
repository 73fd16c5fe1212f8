"""What a page says of itself to search engines and to those who pass its address on."""

from __future__ import annotations

import json

from docutils import nodes
from docutils.utils import new_document
from markupsafe import Markup
from sphinx.application import Sphinx

from clashbook.figures import exhibit, social_card
from clashbook.formats import downloads
from clashbook.language import sentence
from clashbook.pages.facts import Edition, edition_of_app

SHORTEST, LONGEST = 30, 200
DATA = "data"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TAG = Markup('<meta {kind}="{name}" content="{content}">\n')


def add_tags(
    app: Sphinx, page: str, _template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give each page its description, its picture and its address, and the data page its Dataset.

    Addresses are full where the book is published; else they are those within the site, and none
    names a host.
    """
    edition = edition_of_app(app)
    book = edition.about.title
    if doctree is None:
        # Sphinx's own page of search, which nobody has written.
        title = page.capitalize()
        doctree = new_document(page)
        doctree += [nodes.title("", title), nodes.paragraph("", f"{title} in {book}.")]
    words = described(doctree)
    # Unlike the title of a page in the template, this one holds no markup.
    heading = next(iter(doctree.findall(nodes.title)), nodes.Text(book)).astext()
    if page == app.config.root_doc:
        # Its own heading is the book's title, which every page's title ends with.
        context["title"] = heading = sentence(edition.about.subtitle) or heading
    tags = [
        _TAG.format(kind="name", name="description", content=words),
        _TAG.format(kind="name", name="twitter:card", content="summary_large_image"),
    ]
    about = {
        "og:type": "article",
        "og:site_name": book,
        "og:title": heading,
        "og:description": words,
        **_picture(edition, None if page == app.config.root_doc else doctree),
    }
    tags += [_TAG.format(kind="property", name=name, content=text) for name, text in about.items()]
    if page == DATA:
        tags.append(_dataset(edition))
    context["metatags"] = context.get("metatags", "") + "".join(tags)


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


def _picture(edition: Edition, doctree: nodes.document | None) -> dict[str, str]:
    """The page's first figure, or the card of the book."""
    path, size, alt = (
        social_card.NAME,
        (social_card.WIDTH, social_card.HEIGHT),
        social_card.alt(edition.about),
    )
    own = doctree.findall(nodes.Element) if doctree else ()
    anchors = [anchor for node in own for anchor in node["ids"]]
    for key in anchors:
        record = edition.exhibits.get(key, {}).get("record", {})
        if "slide" in record.get("files", {}):
            path, size, alt = record["files"]["slide"], exhibit.SLIDE, record["alt"]
            break
    return {
        "og:image": edition.address(path) or path,
        "og:image:type": "image/png",
        "og:image:width": str(size[0]),
        "og:image:height": str(size[1]),
        "og:image:alt": alt,
    }


def _dataset(edition: Edition) -> Markup:
    """The data as schema.org's Dataset."""
    package, about = edition.package, edition.about
    zipped, workbook = downloads.names(about.title, about.as_of, about.version)
    files = {zipped: "application/zip", workbook: _XLSX}
    content = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": about.version,
        "dateModified": about.issued,
        "temporalCoverage": f"../{edition.as_of}",
        "license": package["licenses"][0]["path"],
        "keywords": package.get("keywords", []),
        "isAccessibleForFree": True,
        "url": edition.address("data.html") or "data.html",
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": edition.address(path) or path,
                "encodingFormat": kind,
            }
            for path, kind in files.items()
        ],
        "creator": [{"@type": "Organization", "name": name} for name in about.authors],
    }
    # Nothing in the text can end the element that holds it.
    text = json.dumps(content, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">\n{}\n</script>\n').format(Markup(text))
