"""Links from a computed chapter to its own notebook, where the project has a public address."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from clashbook.pages.facts import edition_of_app

# The host whose addresses of files, and whose name at Binder, are known here.
_GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?", re.ASCII)
_LINE = Markup(
    '<p class="launch">This chapter\'s notebook: <a href="{file}">on GitHub</a>, '
    '<a href="{run}">to run on Binder</a>.</p>\n'
)


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
