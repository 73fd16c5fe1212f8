"""What was killed, cut or edited by hand before a build changes nothing in what it makes."""

import errno
import io
import os
import shutil
from pathlib import Path

import pytest
import small
from click.testing import CliRunner
from test_tasks import Project, content, quicken

from clashbook import cli, files
from clashbook.pipeline import stage, steps, tasks
from clashbook.website import assemble, serve


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project on invented data whose notebooks are not run: each build takes a moment."""

    def execute(source, target, *_):
        target.parent.mkdir(exist_ok=True)
        shutil.copy(source, target)

    quicken(monkeypatch)
    monkeypatch.setattr(steps.notebooks, "execute", execute)
    return Project(tmp_path / "project", small.tables())


def try_99(project):
    """Change the note of a claim of casualties, and return what undoes it."""
    path = project.root / "data" / "claims.csv"
    sound = path.read_bytes()

    path.write_bytes(sound.replace(b"Said in the morning.", b"try 99", 1))
    return lambda: path.write_bytes(sound)


def end(*_, **__):
    os._exit(9)


def killed(project, monkeypatch, step, at=end):
    """Build in a process that ends, without a word, when it comes to a step."""
    owner, name = step
    child = os.fork()
    if not child:
        try:
            monkeypatch.setattr(owner, name, at)
            project.build()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 9


STEPS = {
    "while the data are cut": (steps.citation, "of_edition"),
    "after check": (steps, "compute_numbers"),
    "after the notebooks": (stage, "gather"),
    "while exhibits are written down": (stage, "_exhibits"),
    "while the site is put together": (assemble, "_contents"),
    "before the site takes its place": (files, "swap"),
}


def test_a_change_that_was_undone_after_a_killed_build_is_not_built(project, monkeypatch):
    project.build()
    before = content(project.root / "site")
    for name, step in STEPS.items():
        undo = try_99(project)
        killed(project, monkeypatch, step)
        assert content(project.root / "site") == before, name
        undo()
        assert project.build()[0], name
        assert content(project.root / "site") == before, name


def serve_it(project):
    with serve.server(project.root, 0) as taken:
        arguments = ["serve", "--port", str(taken.server_port)]
        assert CliRunner().invoke(cli.main, arguments).exit_code == 2


def publish_it(project):
    # The small site has too little to be published; it is looked for all the same.
    public = project.root.with_name("public")
    arguments = ["publish", str(public), "--from", str(project.root / "site")]
    CliRunner().invoke(cli.main, arguments)


HEALERS = {"build": lambda project: project.build(), "serve": serve_it, "publish": publish_it}


@pytest.mark.parametrize("healer", HEALERS)
def test_where_folders_are_not_exchanged_a_site_that_a_kill_took_away_comes_back(
    project, monkeypatch, healer
):
    project.build()
    before = content(project.root / "site")
    undo = try_99(project)
    monkeypatch.setattr(files, "_exchanged", lambda *_: False)
    renamed = Path.rename

    def rename(path, target):
        end() if path.name == ".site.new" else renamed(path, target)

    killed(project, monkeypatch, (Path, "rename"), rename)
    assert not (project.root / "site").exists()
    undo()
    monkeypatch.chdir(project.root)
    HEALERS[healer](project)
    assert content(project.root / "site") == before
    project.build()
    assert content(project.root / "site") == before
    assert not any(folder.exists() for folder in files.beside(project.root / "site").values())


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


KEPT = [
    *("edition/edition.json", "edition/data/claims.csv"),
    *("edition/numbers.json", "edition/tolls.json", "inputs/economy/series.csv"),
    *(
        "typeface/regular.woff2",
        "loaded/cards/card.js",
        "loaded/count/count.js",
        "notebooks/economy.ipynb",
        "stage/index.md",
        "stage/_clashbook/edition.json",
    ),
    *("rendered/_build/html/index.html", "pdf/report.pdf", "seals/stage.json", "seals/site.json"),
]


def test_whatever_is_cut_emptied_or_removed_of_what_is_kept_is_made_anew(project):
    project.build()
    site, work = content(project.root / "site"), project.edition().work
    kept = content(work)
    for harm in (cut, lambda path: path.write_bytes(b""), Path.unlink):
        for name in KEPT:
            harm(work / name)
        assert project.build()[0]
        assert content(project.root / "site") == site
        assert content(work) == kept


def deface(site):
    (site / "index.html").write_text("Nothing happened.")


HARMS = {
    "defaced": deface,
    "deleted": lambda site: (site / "index.html").unlink(),
    "added": lambda site: (site / "mine.html").write_text("mine"),
    "marker a list": lambda site: (site / files.MARKER).write_text("[]"),
    "marker cut": lambda site: cut(site / files.MARKER),
}


def test_a_site_that_was_changed_by_hand_is_put_right(project):
    project.build()
    site = content(project.root / "site")
    for name, harm in HARMS.items():
        harm(project.root / "site")
        assert project.ran() == ["site with PDF"], name
        assert content(project.root / "site") == site, name


def test_a_project_that_is_renamed_is_still_up_to_date(project):
    project.build()
    marker = files.marker_of(project.root / "site")
    renamed = project.root.with_name("another name")
    shutil.copytree(project.root, renamed, ignore=shutil.ignore_patterns(".build", "site"))
    other = Project.__new__(Project)
    other.root = renamed
    other.build()
    assert files.marker_of(renamed / "site") == marker


def test_a_project_that_is_moved_finds_its_work_and_does_none_again(project):
    project.build()
    project.root = project.root.rename(project.root.with_name("elsewhere"))
    assert project.ran() == []
    assert len(list((project.root / ".build").glob("site-*/"))) == 1


def test_a_notebook_that_writes_into_the_data_has_failed(project, monkeypatch):
    def writes(source, target, *_):
        target.parent.mkdir(exist_ok=True)
        shutil.copy(source, target)
        if source.stem == "economy":
            (project.root / "data" / "notes.txt").write_text("mine")

    monkeypatch.setattr(steps.notebooks, "execute", writes)
    went_well, said = project.build()
    assert not went_well
    assert "notebook economy: the data changed while it ran; " in said
    assert not (project.root / "site").exists()


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device", "claims.csv")


def test_a_full_disk_is_one_line_and_leaves_the_site_and_the_next_build_whole(project, monkeypatch):
    project.build()
    before = content(project.root / "site")
    undo = try_99(project)
    with monkeypatch.context() as patch:
        patch.setattr(steps.casualties, "headlines", full)
        went_well, said = project.build()
    assert not went_well
    assert said.splitlines()[1:3] == [
        "1 of 12  check: failed",
        "cannot continue: claims.csv: No space left on device",
    ]
    assert "Traceback" not in said
    assert content(project.root / "site") == before
    undo()
    assert project.build()[0]
    assert content(project.root / "site") == before


def test_a_place_that_takes_no_site_is_refused_before_the_work(project, monkeypatch):
    went_well, said = project.build("x" * 256)
    assert not went_well
    assert said.startswith("cannot continue: ")
    assert said.endswith(": File name too long\n")
    monkeypatch.setattr(stage.os.path, "ismount", lambda _path: True)
    (project.root / "volume").mkdir()
    assert (
        "a mount point cannot be replaced whole; name a folder in it" in project.build("volume")[1]
    )
    assert not (project.root / ".build").exists()


@pytest.mark.parametrize("kind", ["file", "lock"])
def test_what_lies_where_the_build_keeps_its_work_is_one_line(project, kind):
    if kind == "file":
        (project.root / ".build").write_text("mine")
    else:
        project.edition().lock.mkdir(parents=True)
    went_well, said = project.build()
    assert not went_well
    assert said.startswith("cannot continue: ")
    assert said.count("\n") == 1


def test_an_output_that_takes_nothing_more_is_an_error_after_a_whole_site(project):
    class Broken(io.StringIO):
        def write(self, _text):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        tasks.build(project.edition(), 1, Broken())
    assert (project.root / "site" / files.MARKER).is_file()


def test_what_is_published_can_be_read_whatever_the_umask(project):
    before = os.umask(0o077)
    try:
        project.build()
    finally:
        os.umask(before)
    site = project.root / "site"
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in (site, *site.rglob("*"))}
    assert modes == {(True, 0o755), (False, 0o644)}


@pytest.mark.parametrize("name", [".site.new", ".site.old"])
def test_someones_folder_beside_the_site_is_not_removed(project, name):
    (project.root / name).mkdir()
    (project.root / name / "thesis.txt").write_text("years of work")
    with pytest.raises(files.ForeignFolderError, match=name):
        project.build()
    assert (project.root / name / "thesis.txt").is_file()
