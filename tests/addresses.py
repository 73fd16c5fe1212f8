"""The addresses that readers can cite: those of the site, and the list of all there ever were."""

import json
import sys
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parent.parent
LISTED = ROOT / "tests" / "addresses.txt"
COMMAND = ".venv/bin/python tests/addresses.py"
# Page to the elements whose anchors name rows of the data, rules, or entries by their tables.
ANCHORED = {
    **{"claims.html": "tr", "data.html": "tr", "sources.html": "tr"},
    **{"conflicts.html": "caption", "methods.html": "p", "elsewhere.html": "tr"},
}
# How anchors begin that search gives to paragraphs and rows: they change with their words.
OF_SEARCH = "at-"
# Parts of the theme, of search and of rows, and what carries a date or a version in its name.
NOT_CITED = ("_static/", "_images/", "_sources/", ".", "search", "objects.inv", "genindex")
NOT_CITED += ("cards/",)


class _Anchors(HTMLParser):
    def __init__(self, tag):
        super().__init__()
        self.tag, self.found = tag, []

    def handle_starttag(self, tag, attributes):
        anchor = dict(attributes).get("id") or ""
        if tag == self.tag and anchor and not anchor.startswith(OF_SEARCH):
            self.found.append(anchor.removesuffix("-caption"))


def of(site):
    """Every address of a site that can be cited."""
    marker = json.loads((site / ".clashbook").read_text(encoding="utf-8"))
    dated = f"{marker['as_of']}-v{marker['version']}"
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    files = {name for name in files if not name.startswith(NOT_CITED) and dated not in name}
    anchors = set()
    for page in sorted(files & ANCHORED.keys()):
        parser = _Anchors(ANCHORED[page])
        parser.feed((site / page).read_text(encoding="utf-8"))
        anchors |= {f"{page}#{anchor}" for anchor in parser.found}
    return files | anchors


def listed():
    return LISTED.read_text(encoding="utf-8").split()


def add(site):
    """Add what is new in a site to the list; nothing is ever taken from it."""
    known = set(listed()) if LISTED.exists() else set()
    LISTED.write_text("\n".join(sorted(known | of(site))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    add(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "site")
