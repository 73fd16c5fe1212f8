"""What is wrong in a book stops its build, with the place: page or notebook, cell, and id."""

import io
from pathlib import Path

import hostile
import pytest
import small

from clashbook.pipeline import tasks

ROOT = Path(__file__).parents[2]
FRAME = 'data.claims[["claimant", "note"]].assign(claims=data.claims.claim_id)'


def made(key, title="Who said what", alt="Table.", frame=FRAME):
    return f'book.table("{key}", {frame},\n        title="{title}", alt="{alt}")'


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("bad")
    return hostile.project(root, ROOT, small.tables())


@pytest.fixture
def refused(project):
    """What the build of a book with these cells, and this on its first page, says of it."""
    root = project.config.root

    def build_it(*cells, prose="Words."):
        hostile.save(root, hostile.notebook(*cells))
        (root / "book" / "index.md").write_text(f"# Index\n\n{prose}\n", encoding="utf-8")
        said = io.StringIO()
        assert not tasks.build(project, 2, said)
        assert "Traceback" not in said.getvalue()
        assert not project.out.exists()
        return said.getvalue().splitlines()

    return build_it


def test_an_id_used_twice_is_named_with_both_cells(refused):
    said = refused(made("said"), "# More", made("said"))
    assert (
        'chapter.ipynb, cell 6, "said": is also an exhibit of chapter.ipynb, cell 4; '
        "write another id for one of the two"
    ) in said


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (made("said", alt=" "), "exhibit said: no text alternative (alt)"),
        (made("said", frame='data.claims[["note"]]'), "exhibit said: no sources; name them"),
        (
            'told = "{number}" + "`nope`"\n' + made("said").replace('"Who said what"', "told"),
            "exhibit said: number 'nope' is not declared; write ",
        ),
    ],
)
def test_an_exhibit_that_lacks_something_is_named_with_its_cell(refused, cell, fault):
    (line,) = [each for each in refused("# More", cell) if "ExhibitError" in each]
    assert line.startswith(f"notebook chapter, cell 5: ExhibitError: {fault}")


def test_an_unknown_number_is_named_wherever_it_stands(refused):
    words = "Said {number}`nope-one`.\n\n{number}`nope-two`"
    said = refused(
        "# More\n\n{number}`nope-one`", made("said", alt="{number}`nope-two`"), prose=words
    )
    starts = [line.split(" is not declared")[0] for line in said if "is not declared" in line]
    assert starts == [
        "index.md line 3: number 'nope-one'",
        "index.md line 5: number 'nope-two'",
        "chapter.ipynb, cell 4 line 3: number 'nope-one'",
        "chapter.ipynb, cell 5 line 2: number 'nope-two'",
    ]


def test_unknown_records_are_named_together_with_page_line_and_cell(refused):
    said = refused(
        "# More\n\nSee {claim}`nope-one` and {exhibit}`nope-two`.",
        made("said"),
        "# Late\n\n{event}`nope-three`",
        prose="Said {reaction}`nope-four`.\n\n```{exhibit} nope-five\n```",
    )
    for start in (
        'chapter.ipynb, cell 4 line 3, "nope-one": no such claim; write ',
        'chapter.ipynb, cell 4 line 3, "nope-two": no notebook makes this exhibit; write ',
        'chapter.ipynb, cell 6 line 3, "nope-three": no such event; write ',
        'index.md line 3, "nope-four": no such reaction; write ',
        'index.md line 5, "nope-five": no notebook makes this exhibit; write ',
    ):
        assert any(start in line for line in said), start
