"""A draft is the whole book without what no longer holds, and says what that is."""

import hostile
import nbformat
import pytest
import small
from nbformat.v4 import new_code_cell, new_markdown_cell

from clashbook.about import Marker
from clashbook.pipeline import draft, manuscript, preflight
from clashbook.website import published

UNMET = ":::{holds} said-first > 1000\nMore than ever before.\n:::"
UNKNOWN = (
    "A sentence on {number}`said-nobody` and\nits second line.\n\n"
    "- One {claim}`gone` item\n- and another."
)


@pytest.fixture
def project(tmp_path, request):
    return hostile.project(tmp_path, request.config.rootpath, small.tables())


@pytest.fixture
def page(project):
    def write(text):
        path = project.prose / "cite.md"
        path.write_text(f"# Cite\n\n{text}\n\nThe end.\n", encoding="utf-8")
        return path

    return write


def drafted(project):
    made, left_out = draft.write(project)
    return (made.prose / "cite.md").read_text(encoding="utf-8"), left_out, made


def test_a_sentence_whose_condition_fails_is_left_out_and_its_place_marked(project, page):
    page(UNMET)
    with pytest.raises(preflight.TextError):
        preflight.checked_texts(project)
    text, (fault,), made = drafted(project)
    assert "More than ever" not in text
    assert text.count(draft.MARK) == 1
    assert fault.startswith("cite.md line 3: “More than ever before.” rests on 'said-first > 1000'")
    assert preflight.checked_texts(made)


def test_a_paragraph_or_an_item_with_what_is_not_there_is_left_out_alone(project, page):
    page(UNKNOWN)
    text, left_out, made = drafted(project)
    assert text.split() == f"# Cite {draft.MARK} {draft.MARK} - and another. The end.".split()
    assert {fault.partition(": ")[0] for fault in left_out} == {
        "cite.md line 3",
        'cite.md line 6, "gone"',
    }
    assert preflight.checked_texts(made)


def test_a_condition_with_another_way_out_stays(project, page):
    kept = page(f"{UNMET}\n\n:::{{else}}\nAs many as ever.\n:::").read_text(encoding="utf-8")
    text, left_out, _ = drafted(project)
    assert (text, left_out) == (kept, [])


def test_a_directive_is_left_out_as_a_whole(project, page):
    page("```{exhibit} none\n```\n\nAfter it.")
    text, _, made = drafted(project)
    assert "exhibit" not in text
    assert "After it." in text
    assert preflight.checked_texts(made)


def test_what_refers_to_something_left_out_goes_with_it(project, page):
    lost = "(gone-too)=\nA place with {number}`said-nobody`."
    page(f"{lost}\n\nSee {{ref}}`it <gone-too>`.\n\n{UNMET}")
    text, left_out, made = drafted(project)
    assert "See" not in text
    assert len(left_out) == 3
    assert preflight.checked_texts(made)


def test_in_code_the_number_alone_is_left_out(project):
    path = next(iter(project.notebooks.values()))
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [
        new_markdown_cell("One {number}`said-nobody`."),
        new_code_cell('show(title="Killed: {number}`said-nobody`")'),
    ]
    nbformat.write(notebook, path)
    made, left_out = draft.write(project)
    cells = nbformat.read(made.notebooks[path.stem], as_version=4).cells
    assert [cell.source for cell in cells[-2:]] == [draft.MARK, 'show(title="Killed: [left out]")']
    assert len(left_out) == 2


def test_the_book_itself_stays_as_it_is(project, page):
    path = page(UNMET)
    before = path.read_text(encoding="utf-8")
    drafted(project)
    assert path.read_text(encoding="utf-8") == before
    assert manuscript.read(project)


def test_a_draft_is_not_published(tmp_path):
    Marker(as_of="2022-09-14", version="1.0.0", draft=True).write(tmp_path)
    with pytest.raises(published.PublishedError, match="is a draft, which is not published"):
        published.publishable(tmp_path)
