import base64
import json
import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from clashbook import files
from clashbook.config import Config
from clashbook.figures.exhibit.record import about
from clashbook.formats import citation
from clashbook.pipeline import stage

BUNDLE = {
    **{"kind": "table", "title": "Reserves: {number}`reserves`", "subtitle": "", "note": ""},
    **{"alt": "A table.", "sources": ["bank"], "source_names": ["A bank"]},
    **{"as_of": "2022-09-20", "version": "1.0.0", "svg_wide": "", "svg_phone": ""},
    **{"units": ["USD"], "claims": ["first"], "series": [], "reactions": [], "events": []},
    **{"columns": {}, "rows": [], "types": {}},
}
WRITTEN_OUT = {"title": "Reserves: at least 2", "subtitle": "", "note": "", "alt": "A table."}


def settings(root):
    return Config(root, "Book", "", ["Team"], "Team", "", "", "CC BY 4.0", {}, [])


def bundle_of(name):
    """What a notebook shows of a table."""
    bundle = BUNDLE | {"id": name}
    config = settings(Path())
    edition = citation.of_edition(config, bundle["as_of"], bundle["version"], "2022-09-21")
    record = about(bundle, WRITTEN_OUT, config, edition)
    record["code"] = "BCDF-GHJK"
    content = {"csv": b"text\n2\n", "csvw": b"{}"}
    made = {
        record["files"][kind]: base64.b64encode(text).decode() for kind, text in content.items()
    }
    return bundle | {"record": record, "files": made}


def executed(path, *ids):
    """A notebook that a cell of words opens, and then a cell an exhibit."""
    shown = ({stage.MIME: bundle_of(name), "image/png": "eA==", "text/plain": "x"} for name in ids)
    cells = [new_code_cell("", outputs=[new_output("display_data", data=data)]) for data in shown]
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Words"), *cells]), path)
    return path


@pytest.fixture
def project(tmp_path, monkeypatch):
    """The folder of a project whose data and numbers are ready."""
    monkeypatch.setattr(stage.fonts, "subset", lambda folder: [])
    for folder in ("book/_static", "edition"):
        (tmp_path / folder).mkdir(parents=True)
    edition = citation.of_edition(settings(tmp_path), "2022-09-20", "1.0.0", "2022-09-21")
    files.write_json(tmp_path / "edition" / "edition.json", {"citation": edition})
    known = {"numbers": [{"id": "reserves", "text": "at least 2"}]}
    files.write_json(tmp_path / "edition" / "numbers.json", known)
    files.write_json(tmp_path / "edition" / "citations.json", {"": edition})
    return tmp_path


def gather(project, *notebooks):
    stage.gather(project / "stage", settings(project), list(notebooks), project / "edition")


def test_a_number_that_no_text_names_is_refused_where_an_exhibit_is_given_it(project):
    code = 'book.table(\n    "rates",\n    frame,\n    title="Rates: {number}`" + key + "`",\n)'
    bundle = bundle_of("rates") | {"title": "Rates: {number}`rates-of-all`"}
    cell = new_code_cell(code, outputs=[new_output("display_data", data={stage.MIME: bundle})])
    path = project / "economy.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Words"), cell]), path)
    (project / "stage").mkdir()
    (project / "stage" / "index.md").write_text("As it was.")
    with pytest.raises(files.SiteError) as caught:
        gather(project, path)
    assert str(caught.value) == (
        "economy.ipynb, cell 2 line 4: title of exhibit rates: number 'rates-of-all' is named in "
        "no text of the book; write {number}`rates-of-all` in full, and no id that code makes"
    )
    assert [each.name for each in (project / "stage").iterdir()] == ["index.md"]


def test_exhibits_are_found_in_an_executed_notebook(tmp_path):
    path = executed(tmp_path / "economy.ipynb", "first", "second")
    found = [(cell, bundle["id"]) for cell, bundle in stage.exhibits_of(path)]
    assert found == [(2, "first"), (3, "second")]


@pytest.mark.parametrize("other", ["casualties", "economy"])
def test_two_exhibits_of_one_id_are_refused_with_the_cells_that_make_them(project, other):
    one = executed(project / "economy.ipynb", "rates", "reserves")
    two = executed(project / "casualties.ipynb", "reserves")
    notebooks = [one, two]
    if other == "economy":
        notebooks = [executed(project / "economy.ipynb", "rates", "reserves", "reserves")]
    with pytest.raises(files.SiteError) as caught:
        gather(project, *notebooks)
    again = {"casualties": 2, "economy": 4}[other]
    assert str(caught.value) == (
        "exhibit reserves: made by notebook economy, cell 3, and again by notebook "
        f"{other}, cell {again}; give the second another id"
    )


def test_each_exhibit_is_staged_with_what_is_told_of_it_elsewhere(project):
    gather(project, executed(project / "economy.ipynb", "reserves"))
    bundle = json.loads((project / "stage/_clashbook/exhibits/reserves.json").read_text())
    assert bundle["title"] == BUNDLE["title"]
    assert bundle["record"]["title"] == "Reserves: at least 2"
    assert bundle["record"]["chapter"] == "economy.html"


def test_a_page_gets_of_an_exhibit_neither_pictures_nor_files(project):
    notebook = executed(project / "economy.ipynb", "reserves")
    gather(project, notebook)
    ((_, made),) = stage.exhibits_of(notebook)
    staged = json.loads((project / "stage/economy.ipynb").read_text())
    (output,) = staged["cells"][1]["outputs"]
    assert made.pop("files")
    assert output["data"] == {stage.MIME: made}
    (content,) = (project / "stage/_clashbook/files").glob("*.csv")
    assert content.read_bytes() == b"text\n2\n"


def test_the_stage_keeps_nothing_of_the_time_before(project):
    (project / "stage").mkdir()
    (project / "stage" / "old.md").write_text("stale")
    gather(project)
    assert not (project / "stage" / "old.md").exists()


def test_only_the_complaints_of_a_long_output_are_shown(tmp_path):
    output = f"""Running Sphinx
reading sources... [ 50%] index
{tmp_path}/index.md:3: WARNING: unknown number 'x'
{tmp_path}/index.md:3: WARNING: unknown number 'x'
build finished with problems, 1 warning (with warnings treated as errors).
"""
    assert stage.complaints(output, tmp_path) == ["index.md:3: WARNING: unknown number 'x'"]


def test_a_complaint_about_a_notebook_names_its_cell_as_the_author_counts(tmp_path):
    cells = [new_code_cell(""), new_markdown_cell("{claim}`x`")]
    cells.insert(1, new_code_cell("", metadata={"tags": ["injected-parameters"]}))
    nbformat.write(new_notebook(cells=cells), tmp_path / "economy.ipynb")
    output = f"{tmp_path}/economy.ipynb:30002: ERROR: unknown claim 'x'\n"
    assert stage.complaints(output, tmp_path) == ["economy.ipynb, cell 2: ERROR: unknown claim 'x'"]


def test_an_output_without_complaints_shows_its_last_line(tmp_path):
    assert stage.complaints("one\nKilled\n", tmp_path) == ["Killed"]


def book(tmp_path, **pages):
    """The stage of a small book; its first page is `index`."""
    staged = tmp_path / "stage"
    staged.mkdir()
    others = [f"- file: {name}" for name in pages if name != "index"]
    toc = ["format: jb-book", "root: index", *(["chapters:"] if others else []), *others]
    (staged / "_toc.yml").write_text("\n".join(toc))
    for name, text in pages.items():
        (staged / f"{name}.md").write_text(text)
    (tmp_path / "_config.yml").write_text("title: Book\nexecute: {execute_notebooks: 'off'}\n")
    return staged


def rendered(tmp_path, *tools):
    """What Jupyter Book says of the pages that it reads."""
    places = [tmp_path / name for name in ("stage", "out", "_config.yml", "site.log")]
    stage.render(*places, "2020-07-16", *tools)
    return (tmp_path / "site.log").read_text()


def test_a_book_that_cannot_be_rendered_names_the_warning_and_the_log(tmp_path):
    book(tmp_path, index="# Book\n\nSee [there](nowhere.md).\n")
    for _ in range(2):  # nor is it whole at the second time, when its text is as it was
        with pytest.raises(files.SiteError) as caught:
            rendered(tmp_path, "tools")
        first, *_, last = str(caught.value).splitlines()
        assert first.startswith("index.md:3: WARNING:")
        assert last == f"all of it: {tmp_path / 'site.log'}"


def test_a_page_that_reads_as_before_is_not_read_again_and_every_page_is_written(tmp_path):
    staged = book(tmp_path, index="# Book\n\nFirst.\n", other="# Other\n\nSecond.\n")
    assert "2 added, 0 changed" in rendered(tmp_path, "tools")
    page = staged / "other.md"
    then = page.stat()
    page.write_text("# Another\n\nThird.\n")
    # As a copy that keeps its time, or a clock that was set back.
    os.utime(page, ns=(then.st_atime_ns, then.st_mtime_ns - 10**12))
    assert "0 added, 1 changed" in rendered(tmp_path, "tools")
    pages = tmp_path / "out" / stage.PAGES
    assert "Third." in (pages / "other.html").read_text()
    assert "Another" in (pages / "index.html").read_text()  # in its list of chapters


@pytest.mark.parametrize("change", ["tools", "facts", "settings", "what was read"])
def test_every_page_is_read_again_where_more_than_its_text_has_changed(tmp_path, change):
    staged = book(tmp_path, index="# Book\n", other="# Other\n")
    (staged / "_clashbook").mkdir()
    rendered(tmp_path, "tools")
    if change == "facts":
        (staged / "_clashbook" / "numbers.json").write_text("{}")
    if change == "settings":
        (tmp_path / "_config.yml").write_text("title: B\nexecute: {execute_notebooks: 'off'}\n")
    if change == "what was read":
        (tmp_path / "out" / stage.READ / "other.doctree").write_bytes(b"")
    tools = "others" if change == "tools" else "tools"
    assert "2 added, 0 changed" in rendered(tmp_path, tools)


def test_a_copy_that_the_disk_refuses_is_named_once():
    why = "[Errno 28] No space left on device: 'a/b.css' -> 'c/b.css'"
    fault = stage.shutil.Error([("a/b.css", "c/b.css", why), ("a/d.css", "c/d.css", why)])
    assert files.disk_fault(fault) == "cannot write c/b.css: No space left on device"


def test_a_site_is_dated_by_its_edition():
    assert stage.epoch("1970-01-02") == 86400


def test_a_swap_that_fails_puts_the_last_site_back(tmp_path):
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("good")
    with pytest.raises(FileNotFoundError):
        files.swap(tmp_path / "never-made", out)
    assert (out / "index.html").read_text() == "good"


def sites(tmp_path):
    """A new site, and beside it the one whose place it takes."""
    out = tmp_path / "site"
    new = files.beside(out)["new"]
    for folder, words in ((out, "old"), (new, "new")):
        folder.mkdir()
        (folder / "index.html").write_text(words)
        (folder / files.MARKER).write_text("{}")
    return new, out


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_swap_leaves_the_new_site_and_nothing_beside_it(tmp_path, monkeypatch, can_exchange):
    new, out = sites(tmp_path)
    if not can_exchange:
        monkeypatch.setattr(files, "_exchanged", lambda *_: False)
    files.swap(new, out)
    assert (out / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_where_folders_are_exchanged_there_is_a_site_at_every_moment(tmp_path, monkeypatch):
    new, out = sites(tmp_path)
    if not files._exchanged(new, out):
        pytest.skip("this machine cannot exchange folders")
    files._exchanged(new, out)
    monkeypatch.setattr(type(out), "rename", lambda *_: pytest.fail("a moment without a site"))
    files.swap(new, out)
    assert (out / "index.html").read_text() == "new"


def test_a_site_whose_removal_was_cut_short_is_still_ours(tmp_path, monkeypatch):
    _, out = sites(tmp_path)
    monkeypatch.setattr(stage.shutil, "rmtree", lambda _folder: None)
    files.discard(out)
    assert [path.name for path in out.iterdir()] == [files.MARKER]
    files.refuse_foreign(out)


def test_a_link_to_a_site_that_lies_elsewhere_is_not_followed(tmp_path):
    new, out = sites(tmp_path)
    before = {path: path.read_bytes() for path in new.iterdir()}
    (tmp_path / "link").symlink_to(new)
    files.discard(tmp_path / "link")
    (out / files.MARKER).unlink()
    (out / files.MARKER).symlink_to(new / files.MARKER)
    files.discard(out)
    assert {path: path.read_bytes() for path in new.iterdir()} == before


@pytest.mark.parametrize("is_whole", [True, False])
def test_only_a_whole_site_is_put_back_into_an_empty_place(tmp_path, monkeypatch, is_whole):
    _, out = sites(tmp_path)
    (out / files.MARKER).write_text('{"as_of": "2022-09-20"}')
    out.rename(files.beside(out)["old"])
    if not is_whole:
        with monkeypatch.context() as patch:
            patch.setattr(stage.shutil, "rmtree", lambda _folder: None)
            files.discard(files.beside(out)["old"])
    files.heal(out)
    assert out.exists() == is_whole
