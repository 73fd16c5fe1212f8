import ast
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from clashbook.figures import exhibit
from clashbook.pipeline import notebooks, warm

ROOT = Path(__file__).parents[1]

KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}


def saved(path, *cells, **metadata):
    nbformat.write(
        new_notebook(cells=list(cells), metadata={"kernelspec": KERNEL, **metadata}), path
    )
    return path


def parameters(text):
    return new_code_cell(text, metadata={"tags": ["parameters"]})


def test_a_notebook_says_which_tables_and_domains_it_reads(tmp_path):
    reads = {"tables": ["claims"], "domains": ["economy"]}
    path = saved(tmp_path / "one.ipynb", clashbook=reads)
    assert notebooks.declared(path) == (["claims"], ["economy"])


def test_a_file_that_is_no_notebook_is_said_in_one_line(tmp_path):
    path = tmp_path / "one.ipynb"
    path.write_text("# not JSON\n")
    with pytest.raises(ValueError, match=r"^not a notebook: ") as caught:
        notebooks.read(path)
    assert "\n" not in str(caught.value)


def test_a_misspelt_parameter_is_named_with_those_there_are(tmp_path):
    path = saved(tmp_path / "one.ipynb", parameters('data_dir = ""\nas_of = ""\nyear = 2020'))
    assert list(notebooks.misnamed(path, {"year": 2021})) == []
    assert list(notebooks.misnamed(path, {"yaer": 2021})) == [("yaer", "as_of, data_dir, year")]


def test_braces_in_a_folder_are_no_parameters(tmp_path):
    folder = tmp_path / "{book}"
    folder.mkdir()
    path = saved(folder / "one.ipynb", parameters('data_dir = ""\nas_of = ""'))
    assert list(notebooks.misnamed(path, {})) == []


def test_cells_of_a_later_day_are_dropped_and_others_kept():
    late, early = ({"clashbook": {name: "2022-09-13"}} for name in ("from", "until"))
    cells = [new_markdown_cell("a"), new_markdown_cell("b", metadata=late)]
    cells.append(new_markdown_cell("c", metadata=early))
    for day, kept in (("2022-09-12", ["a", "c"]), ("2022-09-13", ["a", "b"])):
        prepared = notebooks.prepare(new_notebook(cells=list(cells)), day)
        assert [cell.source for cell in prepared.cells] == kept


def test_an_executed_notebook_keeps_the_order_of_a_bundle(tmp_path):
    show = 'display({"application/json": {"b": 1, "a": 2}}, raw=True)'
    source = saved(tmp_path / "one.ipynb", parameters('as_of = ""'), new_code_cell(show))
    target = tmp_path / "out" / "one.ipynb"
    notebooks.execute(source, target, {"as_of": "2020-07-16"})
    output = nbformat.read(target, as_version=4).cells[-1].outputs[0]
    assert list(output.data["application/json"]) == ["b", "a"]
    assert [path.name for path in target.parent.iterdir()] == ["one.ipynb"]


def test_the_kernel_works_in_the_folder_of_the_notebook(tmp_path):
    look = "from pathlib import Path\nprint(Path.cwd())"
    source = saved(tmp_path / "one.ipynb", parameters('as_of = ""'), new_code_cell(look))
    target = tmp_path / "out" / "one.ipynb"
    notebooks.execute(source, target, {"as_of": ""})
    assert nbformat.read(target, as_version=4).cells[-1].outputs[0].text == f"{tmp_path}\n"


def failure(tmp_path, code, **options):
    """The message of a notebook whose second cell has this code, and a third after it."""
    cells = [parameters('as_of = ""'), new_code_cell(code), new_code_cell("last = 1")]
    source = saved(tmp_path / "one.ipynb", *cells)
    with pytest.raises(notebooks.NotebookError) as caught:
        notebooks.execute(source, tmp_path / "out" / "one.ipynb", {"as_of": ""}, **options)
    assert not (tmp_path / "out" / "one.ipynb").exists()
    message = str(caught.value)
    assert "\n" not in message
    return message.partition("; open ")[0]


def test_a_notebook_that_ends_itself_has_failed_whatever_its_status(tmp_path):
    said = failure(tmp_path, "import sys\nsys.exit()")
    assert said == "notebook one, cell 2: SystemExit: no cell after it ran; remove it"
    assert failure(tmp_path, "raise SystemExit(0)") == said


def test_a_cell_that_hangs_ends_by_the_limit(tmp_path):
    said = failure(tmp_path, "while True:\n    pass", limit=1)
    assert said == (
        "notebook one, cell 2: not done after 1 s; make it faster, or raise "
        "clashbook.execution_timeout"
    )


def test_a_kernel_that_dies_names_the_cell(tmp_path):
    said = failure(tmp_path, "import os\nos._exit(1)")
    assert said == "notebook one, cell 2: DeadKernelError: Kernel died"


def test_a_cell_that_floods_its_page_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "MOST_OUTPUT", 1_000)
    said = failure(tmp_path, "print('x' * 2_000)")
    assert said.startswith("notebook one, cell 2: shows 2,")
    assert said.endswith(" bytes, more than 1,000; show less")


FLOOD = "x" * 2_000
BUNDLES = {
    "its files": ({"id": "one", "files": {"one.png": FLOOD}}, "eA=="),
    "its pictures": ({"id": "one"}, FLOOD),
}


@pytest.mark.parametrize(("bundle", "picture"), BUNDLES.values(), ids=BUNDLES)
def test_what_an_exhibit_does_not_show_on_its_page_does_not_flood_it(
    tmp_path, monkeypatch, bundle, picture
):
    monkeypatch.setattr(notebooks, "MOST_OUTPUT", 1_000)
    data = {exhibit.MIME: bundle, "image/png": picture}
    show = new_code_cell(f"display({data}, raw=True)")
    source = saved(tmp_path / "one.ipynb", parameters('as_of = ""'), show)
    notebooks.execute(source, tmp_path / "out" / "one.ipynb", {"as_of": ""})
    done = nbformat.read(tmp_path / "out" / "one.ipynb", as_version=4)
    assert done.cells[-1].outputs[0].data == data


def test_an_exhibit_that_floods_its_page_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "MOST_OUTPUT", 1_000)
    show = {exhibit.MIME: {"id": "one", "rows": [{"text": FLOOD}]}}
    said = failure(tmp_path, f"display({show}, raw=True)")
    assert said.startswith("notebook one, cell 2: shows 2,")


OTHERS = {
    "none": {},
    "without a language": {"name": "python3", "display_name": "Python 3"},
    "of another name": {"name": "my-env", "language": "python", "display_name": "Mine"},
}


@pytest.mark.parametrize("kernel", OTHERS.values(), ids=OTHERS)
def test_whatever_kernel_an_editor_wrote_the_environments_own_is_meant(tmp_path, kernel):
    path = saved(tmp_path / "one.ipynb", parameters('data_dir = ""\nas_of = ""'))
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = {"kernelspec": kernel} if kernel else {}
    nbformat.write(notebook, path)
    assert list(notebooks.misnamed(path, {})) == []
    assert notebooks.read(path).metadata.kernelspec == notebooks.KERNEL


def test_a_persons_own_ipython_and_home_change_nothing(tmp_path, monkeypatch):
    start = tmp_path / "mine" / "profile_default" / "startup"
    start.mkdir(parents=True)
    (start / "00.py").write_text("of_mine = 1")
    (tmp_path / "start.py").write_text("of_mine = 1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "mine"))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "start.py"))
    monkeypatch.setenv("HOME", "/proc")
    asked = new_code_cell("print('of_mine' in globals())")
    source, target = saved(tmp_path / "one.ipynb", parameters('as_of = ""'), asked), tmp_path / "o"
    with warm.private(tmp_path / "kernels"):
        notebooks.execute(source, target, {"as_of": ""})
    assert nbformat.read(target, as_version=4).cells[-1].outputs[0].text == "False\n"


def test_a_kernel_that_cannot_be_reached_is_one_line_with_the_reason(tmp_path, monkeypatch):
    def silent(*_, **__):
        raise RuntimeError("Kernel didn't respond in 60 seconds")

    monkeypatch.setattr(papermill, "execute_notebook", silent)
    source = saved(tmp_path / "one.ipynb", parameters('as_of = ""'))
    with pytest.raises(
        notebooks.NotebookError,
        match=r"60 seconds at 127\.0\.0\.1; allow connections to it",
    ):
        notebooks.execute(source, tmp_path / "done.ipynb", {"as_of": ""})


CHAPTERS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_begins_with_what_it_answers(path):
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.endswith("?")
    # On its page the finding comes first.
    assert first.metadata.tags == ["remove-cell"]


def test_a_chapter_runs_alone_with_its_defaults(tmp_path):
    (chapter,) = [path for path in CHAPTERS if path.stem == "map"]
    done = tmp_path / "out.ipynb"
    command = [sys.executable, "-m", "papermill", chapter, done, "--no-progress-bar"]
    ran = subprocess.run(command, cwd=chapter.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    outputs = [
        out for cell in nbformat.read(done, as_version=4).cells for out in cell.get("outputs", [])
    ]
    assert [out for out in outputs if exhibit.MIME in out.get("data", {})]


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_no_cell_uses_what_only_a_cell_of_a_later_day_makes(path):
    made: dict[str, str] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        day = cell.metadata.get("clashbook", {}).get("from", "")
        names = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)]
        own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        later = {n.id for n in names if n.id not in own and made.get(n.id, "") > day}
        assert later == set(), f"cell {cell.id}, from {day or 'the first day'}"
        made |= {name: min(day, made.get(name, day)) for name in own}
