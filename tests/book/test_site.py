"""Every page of the site, its links, and what it loads."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from clashbook import files

ROOT = Path(__file__).parents[2]


def pages():
    contents = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
    yield contents["root"]
    for part in contents.get("parts", [contents]):
        yield from (chapter["file"] for chapter in part["chapters"])


class Page(HTMLParser):
    """The anchors of a page, and what it links to or loads."""

    def __init__(self, path):
        super().__init__()
        self.anchors, self.links, self.loads = set(), set(), set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.anchors.add(values["id"])
        if tag == "a" and values.get("href"):
            self.links.add(values["href"])
        elif values.get("src") or (tag == "link" and values.get("href")):
            self.loads.add(values.get("src") or values["href"])


@pytest.fixture(scope="session")
def parsed(site):
    return {path.name: Page(path) for path in site.glob("*.html")}


def test_every_page_is_quiet(visits):
    assert visits["complaints"] == {}


def test_every_page_keeps_to_its_host(visits):
    assert visits["other hosts"] == {}


def test_every_page_of_the_contents_is_there(parsed):
    assert {f"{name}.html" for name in pages()} <= parsed.keys()


def test_no_link_within_the_site_is_dead(site, parsed):
    # The page for an address that there is not is seen at any depth: its links start at the root.
    root = urlsplit(files.marker_of(site)["home"]).path or "/"
    dead = set()
    for name, page in parsed.items():
        for link in page.links | page.loads:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = unquote(parts.path).removeprefix(root) or name
            anchors = parsed[target].anchors if target in parsed else set()
            # A choice in the fragment is for the form of its clash, which the build has held it to.
            is_choice = target == "count.html" and "episode=" in parts.fragment
            alive = not parts.fragment or is_choice or unquote(parts.fragment) in anchors
            if not (alive and (site / target).is_file()):
                dead.add(f"{name}: {link}")
    assert dead == set()


def test_no_page_shows_what_a_notebook_has_printed(site):
    pages = {path.name: path.read_text(encoding="utf-8") for path in site.glob("*.html")}
    assert [name for name, text in pages.items() if re.search("output (stderr|stream)", text)] == []


def test_nothing_is_loaded_from_another_host(parsed):
    for name, page in parsed.items():
        assert [link for link in page.loads if urlsplit(link).netloc] == [], name


def test_the_site_holds_what_readers_may_take_and_no_build_residue(site):
    assert (site / "numbers.json").is_file()
    assert (site / "data" / "datapackage.json").is_file()
    assert {path.suffix for path in (site / "exhibits").iterdir()} >= {".svg", ".png", ".csv"}
    for name in (".buildinfo", ".doctrees", "_sources", "_clashbook"):
        assert not (site / name).exists()
