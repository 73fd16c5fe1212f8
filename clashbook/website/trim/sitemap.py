"""What search engines read: which pages there are, and where."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP = "sitemap.xml"


def shown(name: str) -> str:
    """A page's path as it is addressed: the first page is found at the address of the site."""
    return "" if name == "index.html" else name


def write(site: Path, home: str, names: list[str], day: str) -> None:
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
            etree.SubElement(entry, "loc").text = home + shown(name)
            etree.SubElement(entry, "lastmod").text = day
        tree = etree.ElementTree(root)
        tree.write(site / SITEMAP, encoding="utf-8", xml_declaration=True, pretty_print=True)
        lines.append(f"Sitemap: {home}{SITEMAP}")
    (site / "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
