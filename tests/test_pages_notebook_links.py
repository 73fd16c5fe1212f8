"""Links from a chapter to its own notebook."""

import json

import pytest
from test_pages import ABOUT, build, bundle, notebook, page, stage

from clashbook.pages import meta

PAGES = {"prose.md": "# Prose\n\nNothing here was computed.\n"}


def links(folder, repository):
    """The links to notebooks on the pages of a small book, by page."""
    pages = PAGES | {"casualties.ipynb": notebook(bundle())}
    staged = stage(folder / "stage", pages, exhibits=[bundle()])
    about = json.dumps(ABOUT | {"repository": repository})
    (staged / "_clashbook" / "edition.json").write_text(about)
    site = build(staged)
    return {
        name: [a.get("href") for p in page(site, name).find_class("launch") for a in p.iter("a")]
        for name in ("casualties.html", "prose.html", "claims.html")
    }


def test_a_computed_chapter_leads_to_its_own_notebook_and_no_other_page_to_any(tmp_path):
    assert links(tmp_path, "https://github.com/owner/name") == {
        "casualties.html": [
            "https://github.com/owner/name/blob/HEAD/notebooks/casualties.ipynb",
            "https://mybinder.org/v2/gh/owner/name/HEAD?labpath=notebooks%2Fcasualties.ipynb",
        ],
        "prose.html": [],
        "claims.html": [],
    }


def test_without_a_repository_no_page_leads_to_a_notebook(tmp_path):
    assert not any(links(tmp_path, "").values())


@pytest.mark.parametrize("end", ["", "/", ".git"])
def test_the_address_of_a_repository_may_end_as_people_copy_it(end):
    found = meta.addresses(f"https://github.com/owner/the.name{end}", "economy")
    assert found["file"] == "https://github.com/owner/the.name/blob/HEAD/notebooks/economy.ipynb"


@pytest.mark.parametrize(
    "repository",
    [
        *("https://code.example/owner/name", "https://github.com.example/owner/name"),
        *("https://github.com/owner/name/tree/main", 'https://github.com/owner/"><script>'),
    ],
)
def test_where_the_address_of_a_file_is_not_known_none_is_made_up(repository):
    assert meta.addresses(repository, "economy") == {}
