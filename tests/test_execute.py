import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from clashbook import execute

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
    assert execute.declared(path) == (["claims"], ["economy"])


def test_a_file_that_is_no_notebook_is_said_in_one_line(tmp_path):
    path = tmp_path / "one.ipynb"
    path.write_text("# not JSON\n")
    with pytest.raises(ValueError, match=r"^not a notebook: ") as caught:
        execute.read(path)
    assert "\n" not in str(caught.value)


def test_a_misspelt_parameter_is_named_with_those_there_are(tmp_path):
    path = saved(tmp_path / "one.ipynb", parameters('data_dir = ""\nas_of = ""\nyear = 2020'))
    assert list(execute.misnamed(path, {"year": 2021})) == []
    assert list(execute.misnamed(path, {"yaer": 2021})) == [("yaer", "as_of, data_dir, year")]


def test_braces_in_a_folder_are_no_parameters(tmp_path):
    folder = tmp_path / "{book}"
    folder.mkdir()
    path = saved(folder / "one.ipynb", parameters('data_dir = ""\nas_of = ""'))
    assert list(execute.misnamed(path, {})) == []


def test_cells_of_a_later_day_are_dropped_and_others_kept():
    late = {"clashbook": {"from": "2022-09-13"}}
    cells = [new_markdown_cell("a"), new_markdown_cell("b", metadata=late)]
    for day, kept in (("2022-09-12", ["a"]), ("2022-09-13", ["a", "b"])):
        prepared = execute.prepare(new_notebook(cells=list(cells)), day)
        assert [cell.source for cell in prepared.cells] == kept


def test_an_executed_notebook_keeps_the_order_of_a_bundle(tmp_path):
    show = 'display({"application/json": {"b": 1, "a": 2}}, raw=True)'
    source = saved(tmp_path / "one.ipynb", parameters('as_of = ""'), new_code_cell(show))
    target = tmp_path / "out" / "one.ipynb"
    execute.execute(source, target, {"as_of": "2020-07-16"})
    output = nbformat.read(target, as_version=4).cells[-1].outputs[0]
    assert list(output.data["application/json"]) == ["b", "a"]
    assert [path.name for path in target.parent.iterdir()] == ["one.ipynb"]


def test_the_kernel_works_in_the_folder_of_the_notebook(tmp_path):
    look = "from pathlib import Path\nprint(Path.cwd())"
    source = saved(tmp_path / "one.ipynb", parameters('as_of = ""'), new_code_cell(look))
    target = tmp_path / "out" / "one.ipynb"
    execute.execute(source, target, {"as_of": ""})
    assert nbformat.read(target, as_version=4).cells[-1].outputs[0].text == f"{tmp_path}\n"
