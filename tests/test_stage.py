import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from clashbook import stage
from clashbook.config import Config


def executed(path, *ids):
    cells = [
        new_code_cell("", outputs=[new_output("display_data", data={stage.MIME: {"id": name}})])
        for name in ids
    ]
    nbformat.write(new_notebook(cells=cells), path)
    return path


def settings(root):
    return Config(root, "Book", "", ["Team"], "Team", "", "", "CC BY 4.0", {}, [])


def test_exhibits_are_found_in_an_executed_notebook(tmp_path):
    path = executed(tmp_path / "economy.ipynb", "first", "second")
    assert [bundle["id"] for bundle in stage.exhibits_of(path)] == ["first", "second"]


def test_two_exhibits_of_one_id_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(stage.fonts, "subset", lambda folder: [])
    one = executed(tmp_path / "economy.ipynb", "reserves")
    two = executed(tmp_path / "casualties.ipynb", "reserves")
    for folder in ("book/_static", "edition"):
        (tmp_path / folder).mkdir(parents=True)
    with pytest.raises(stage.SiteError, match="reserves: made by economy and again by casualties"):
        stage.gather(tmp_path / "stage", settings(tmp_path), [one, two], tmp_path / "edition")


def test_the_stage_keeps_nothing_of_the_time_before(tmp_path, monkeypatch):
    monkeypatch.setattr(stage.fonts, "subset", lambda folder: [])
    for folder in ("book/_static", "edition", "stage"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "stage" / "old.md").write_text("stale")
    stage.gather(tmp_path / "stage", settings(tmp_path), [], tmp_path / "edition")
    assert not (tmp_path / "stage" / "old.md").exists()


def test_only_the_complaints_of_a_long_output_are_shown(tmp_path):
    output = f"""Running Sphinx
reading sources... [ 50%] index
{tmp_path}/index.md:3: WARNING: unknown number 'x'
{tmp_path}/index.md:3: WARNING: unknown number 'x'
build finished with problems, 1 warning (with warnings treated as errors).
"""
    assert stage.complaints(output, tmp_path) == ["index.md:3: WARNING: unknown number 'x'"]


def test_an_output_without_complaints_shows_its_last_line(tmp_path):
    assert stage.complaints("one\nKilled\n", tmp_path) == ["Killed"]


def test_a_book_that_cannot_be_rendered_names_the_warning_and_the_log(tmp_path):
    staged = tmp_path / "stage"
    staged.mkdir()
    (staged / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (staged / "index.md").write_text("# Book\n\nSee [there](nowhere.md).\n")
    (tmp_path / "_config.yml").write_text("title: Book\nexecute: {execute_notebooks: 'off'}\n")
    log = tmp_path / "site.log"
    with pytest.raises(stage.SiteError) as caught:
        stage.render(staged, tmp_path / "out", tmp_path / "_config.yml", log, "2020-07-16")
    first, *_, last = str(caught.value).splitlines()
    assert first.startswith("index.md:3: WARNING:")
    assert last == f"all of it: {log}"


def test_a_site_is_dated_by_its_edition():
    assert stage.epoch("1970-01-02") == 86400


def test_a_swap_that_fails_puts_the_last_site_back(tmp_path):
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("good")
    with pytest.raises(FileNotFoundError):
        stage.swap(tmp_path / "never-made", out)
    assert (out / "index.html").read_text() == "good"
