"""The pages as they are sent: only the styles, scripts and letters that they use.

Jupyter Book's theme brings what every book could need. Here each finished page is read once more:
its style sheets become one, without the rules that match nothing; its scripts become one, which
waits for the page; nothing stays in the page that a strict security policy would refuse; and files
that no page asks for are removed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml import etree, html

from clashbook.files import SiteError
from clashbook.website.trim import scripts, search, styles, tidy
from clashbook.website.trim.files import asset

STATIC = "_static"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP = "sitemap.xml"
# Pages that search engines are not to list.
UNLISTED = (search.PAGE, "404.html")
# A host sends it for any address: its own links start where the host does.
ANYWHERE = "404.html"


def finish(site: Path, home: str, day: str, kept: Path | None = None) -> None:
    """Rewrite all pages of a finished site in place, and remove the files that none asks for.

    Parameters
    ----------
    site : Path
        The folder with all pages.
    home : str
        The address that it is found at, ending in a slash; "" while it has none, and is taken to be
        a whole host. Canonical addresses and the site map are made from it.
    day : str
        ISO date of the last change, for the site map.
    kept : Path, optional
        Folder of what the same tools have made before.

    Raises
    ------
    FileNotFoundError
        If a page asks for a style sheet or a script that is not there.
    SiteError
        With a line for each link to what a page does not have.
    """
    static = site / STATIC
    static.mkdir(exist_ok=True)
    with resources.as_file(resources.files(__name__) / "static") as own:
        shutil.copytree(own, static, dirs_exist_ok=True)
    pages = {
        path: _read(path) for path in sorted(site.rglob("*.html")) if static not in path.parents
    }
    names = {path: path.relative_to(site).as_posix() for path in pages}
    shown = {names[path]: page for path, page in pages.items() if not page.find_class("moved")}
    listed = [name for name in shown if name not in UNLISTED]
    for path, page in pages.items():
        is_found = home and names[path] in listed
        address = home + _shown_at(names[path]) if is_found else ""
        _withdraw(page, path)
        tidy.tidy(page, address)
    if dead := sorted(_dead(pages, site)):
        raise SiteError("\n".join(dead))
    indexed = search.write(site, static, pages)
    scripted, texts = scripts.bundle(static, pages)
    styled = styles.bundle(static, pages, texts, kept)
    needed = indexed | scripted | styled | _shown(pages)
    for path, page in pages.items():
        if names[path] == ANYWHERE:
            root = urlsplit(home).path or "/"
            page.rewrite_links(lambda link, root=root: urljoin(root, link), resolve_base_href=False)
        path.write_text(_text(page), encoding="utf-8")
    _keep(static, needed)
    # Sphinx's own index, which no page asks for.
    (site / "searchindex.js").unlink(missing_ok=True)
    _map(site, home, listed, day)


def _dead(pages: Mapping[Path, html.HtmlElement], site: Path) -> Iterator[str]:
    """Yield each link to an anchor that its page does not have, or to a count of no form there."""
    places = "//@id | //form/@data-episode"
    anchors = {path: {"", *page.xpath(places)} for path, page in pages.items()}
    for path, page in pages.items():
        for link in set(page.xpath("//a/@href[contains(., '#')]")):
            parts = urlsplit(link)
            there = None if parts.netloc else anchors.get(asset(path, link))
            # What a form is to show stands in the fragment as in a query.
            (place,) = parse_qs(parts.fragment).get("episode", [unquote(parts.fragment)])
            if there is not None and place not in there:
                yield f"{path.relative_to(site)} leads to {link}, which is not there"


def _withdraw(page: html.HtmlElement, path: Path) -> None:
    """Take out each offer of a file, by its class `online`, that the site does not have."""
    for offer in page.find_class("online"):
        if not all(asset(path, link).exists() for link in offer.xpath(".//a/@href")):
            offer.drop_tree()


def _read(path: Path) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    return html.document_fromstring(path.read_bytes(), parser=parser)


def _text(page: html.HtmlElement) -> str:
    return html.tostring(page, encoding="unicode", doctype="<!doctype html>") + "\n"


def _shown(pages: dict[Path, html.HtmlElement]) -> set[Path]:
    """The pictures and other files that pages show or link to."""
    return {
        asset(path, address)
        for path, page in pages.items()
        for address in {
            link.partition("#")[0] for link in page.xpath("//link/@href | //img/@src | //a/@href")
        }
    }


def _keep(folder: Path, wanted: set[Path]) -> None:
    """Remove all files of a folder but those that are wanted, and the folders that become empty."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()


def _shown_at(name: str) -> str:
    """A page's path as it is addressed: the first page is found at the address of the site."""
    return "" if name == "index.html" else name


def _map(site: Path, home: str, names: list[str], day: str) -> None:
    """Write `robots.txt`, and the site map if the site has an address.

    Parameters
    ----------
    site : Path
        Folder of the site.
    home : str
        Its address, ending in a slash; "" while it has none, since a site map needs full ones.
    names : list of str
        The pages' paths within the site.
    day : str
        ISO date of the last change.
    """
    lines = ["User-agent: *", "Allow: /"]
    if home:
        root = etree.Element("urlset", xmlns=_SPACE)
        for name in names:
            entry = etree.SubElement(root, "url")
            etree.SubElement(entry, "loc").text = home + _shown_at(name)
            etree.SubElement(entry, "lastmod").text = day
        tree = etree.ElementTree(root)
        tree.write(site / SITEMAP, encoding="utf-8", xml_declaration=True, pretty_print=True)
        lines.append(f"Sitemap: {home}{SITEMAP}")
    (site / "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
