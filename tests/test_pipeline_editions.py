"""Many editions, built side by side: all are there, whole, and as each is when built alone."""

import errno
import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import hostile
import pytest
import small
from click.testing import CliRunner
from test_fairness import CELLS, rows
from test_tasks import Project, content, quicken

from clashbook import cli, config, files
from clashbook.pipeline import editions, results, steps, tasks, workers
from clashbook.pipeline.edition import Edition

ROOT = Path(__file__).parent.parent
TWELVE = [f"2022-10-{day:02}" for day in range(1, 13)]
COMMAND = (sys.executable, "-c", "from clashbook.cli import main; main()")
# Nobody waits longer for what takes seconds on a machine that does nothing else.
PATIENCE = 600


def book(root):
    """A small book whose side counts more dead on each of twelve days: real notebooks and pages."""
    made, before = rows(), "second"
    made["sources"][0]["issued"] = "2022-10-20"
    for count, day in enumerate(TWELVE, start=120):
        cells = dict.fromkeys(("low", "best", "high"), str(count))
        cells |= {"reported_on": day, "period_end": day, "relation": "updates"}
        made["claims"].append(small.claim(f"on-{day}", **cells, related_claim=before))
        before = f"on-{day}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hostile, "CELLS", (CELLS[0], CELLS[6]))
        return hostile.project(root, ROOT, made)


def began(root, *command):
    """A process in a project, its output in a file beside it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (root / "said.txt").open("ab") as said:
        return subprocess.Popen(
            command, cwd=root, env=environment, stdout=said, stderr=said, start_new_session=True
        )


def wait_for(what):
    end = monotonic() + PATIENCE
    while not what():
        assert monotonic() < end
        sleep(0.1)


@pytest.fixture
def cluster(tmp_path):
    """A book, the address of a scheduler, and two workers that were started in its folder."""
    root = book(tmp_path / "book").config.root
    found = tmp_path / "scheduler.json"
    dask = (sys.executable, "-m", "distributed.cli.dask_{}", "--scheduler-file", str(found))
    scheduler = [part.format("scheduler") for part in dask]
    own = ("--no-nanny", "--nthreads", "1", "--no-dashboard")
    worker = [part.format("worker") for part in dask]
    begun = [began(root, *scheduler, "--port", "0", "--no-dashboard")]
    wait_for(found.is_file)
    begun += [began(root, *worker, *own) for _ in range(2)]
    try:
        yield root, files.read_json(found)["address"], begun[1:]
    finally:
        for process in begun:
            process.kill()
            process.wait()


def test_twelve_editions_on_two_workers_of_which_one_is_killed_are_those_built_alone(
    cluster, tmp_path
):
    root, address, (killed, _) = cluster
    public = tmp_path / "public"
    given = ("--editions", ",".join(TWELVE), "--publish", str(public), "--cluster", address)
    command = began(root, *COMMAND, "build", "--no-pdf", *given)
    sites = root / results.FOLDER
    wait_for(lambda: len([*sites.glob(f"*/{files.MARKER}")]) >= 5 or command.poll() is not None)
    killed.kill()
    assert command.wait() == 0, (root / "said.txt").read_text()
    shutil.copytree(root, tmp_path / "other", ignore=shutil.ignore_patterns(".build", "said.txt"))
    alone = config.read(tmp_path / "other")
    for day in TWELVE:
        as_of = "" if day == TWELVE[-1] else day
        edition = Edition(alone, alone.root / "data", alone.root / "site", as_of)
        # Nothing is there that another edition has made.
        shutil.rmtree(alone.root / ".build", ignore_errors=True)
        assert tasks.build(edition, 3, io.StringIO(), pdf=False)
        site = content(edition.out)
        assert content(sites / day) == site
        assert content(public / "editions" / day / "v0.8.0") == site


def of_project(root):
    """The processes that work in a folder."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cwd").resolve().is_relative_to(root):
                found.add(folder.name)
        except OSError:
            continue
    return found


def test_ctrl_c_ends_all_that_was_begun(tmp_path):
    root = book(tmp_path / "book").config.root
    given = ("--editions", ",".join(TWELVE), "--publish", str(tmp_path / "public"))
    command = began(root, *COMMAND, "build", "--no-pdf", *given)
    wait_for(lambda: [*root.glob(".build/*/edition/numbers.json")])
    # It alone is told: the processes that it began are in no terminal's group.
    command.send_signal(signal.SIGINT)
    assert command.wait() == 130
    wait_for(lambda: not of_project(root))
    assert (root / "said.txt").read_text() == "stopped\n"
    assert not (tmp_path / "public").exists()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose editions take a moment each, built in this process."""

    def execute(source, target, *_):
        target.parent.mkdir(exist_ok=True)
        shutil.copy(source, target)

    quicken(monkeypatch)
    monkeypatch.setattr(steps.notebooks, "execute", execute)
    made = Project(tmp_path / "project", small.tables())
    monkeypatch.chdir(made.root)
    monkeypatch.setattr(
        workers, "here", lambda take, given, _many: ((one, take(one)) for one in given)
    )
    return made


def build(project, asked, folder="../public", **options):
    """Build and publish, and return whether all went well and what was said."""
    said = io.StringIO()
    asked, folder = [asked] if isinstance(asked, str) else asked, Path(folder)
    went_well = editions.build(project.edition(), asked, folder, said, many=2, pdf=False, **options)
    return went_well, said.getvalue()


def published(folder="../public"):
    return sorted(path.parent.name for path in Path(folder).glob("editions/*/v[0-9]*"))


def run(*arguments):
    return CliRunner().invoke(cli.main, ["build", *arguments])


DAYS = ["2020-07-16", "2020-07-20", "2022-09-13", "2022-09-14", "2022-09-15"]


def test_all_are_the_days_on_which_a_claim_was_new_and_the_last_in_the_data(project):
    project.edit("reactions", lambda table: table.loc.__setitem__((0, "reported_on"), "2022-09-17"))
    edition = project.edition()
    claims = set(edition.data.claims.reported_on)
    assert editions.days(edition, ["all"]) == sorted(claims | {"2022-09-17"})
    assert editions.days(edition, ["2022-09-14", "2022-09-13", "2022-09-14"]) == DAYS[2:4]


def test_all_editions_are_published_the_newest_first_and_the_last_day_is_the_root(project):
    went_well, said = build(project, "all")
    assert went_well, said
    lines = [line for line in said.splitlines() if line.startswith("published: ")]
    days = editions.days(project.edition(), ["all"])
    assert [line.split("/")[1] for line in lines] == days[::-1]
    assert published() == days
    assert lines[0].endswith(", the root")
    assert files.marker_of(Path("../public"))["as_of"] == days[-1]
    assert said.count("warning: the book has no address") == 1


def test_the_order_in_which_editions_are_built_changes_no_byte(project, monkeypatch):
    build(project, "all")
    first = content(project.root / results.FOLDER)
    shutil.rmtree(project.root / ".build")
    monkeypatch.setattr(
        workers, "here", lambda take, given, _: ((one, take(one)) for one in reversed(given))
    )
    went_well, said = build(project, "all", "../other")
    assert went_well
    assert content(project.root / results.FOLDER) == first
    lines = [line for line in said.splitlines() if line.startswith("published: ")]
    assert lines == sorted(lines, reverse=True)
    assert content(Path("../other")) == content(Path("../public"))


def test_an_edition_that_fails_says_why_and_holds_up_no_other(project):
    project.prose("At first {claim}`second`.")
    done = run("--editions", "2022-09-13,2022-09-15", "--publish", "../public", "--no-pdf")
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert "2022-09-13: failed" in done.output
    (line,) = [line for line in lines if line.startswith("index.md")]
    assert line.startswith('index.md line 3, "second": a row that is not known yet')
    assert published() == ["2022-09-15"]


def test_a_disk_that_is_full_is_one_line_and_nothing_of_the_edition_is_published(
    project, monkeypatch
):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", "claims.csv")

    with monkeypatch.context() as patch:
        patch.setattr(steps.casualties, "headlines", full)
        went_well, said = build(project, "2022-09-13")
    assert not went_well
    *_, line = said.splitlines()
    assert line == "cannot continue: claims.csv: No space left on device"
    assert published() == []
    monkeypatch.setattr(editions.releases, "lay_out", full)
    went_well, said = build(project, "2022-09-13")
    assert not went_well
    *_, line = said.splitlines()
    assert line == (
        "2022-09-13: not published: cannot continue: claims.csv: No space left on device"
    )


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (["--editions", "2019-01-01"], "is before the first claim; write a day from 2020-07-16 on"),
        (["--editions", "2022-09-13,soon"], '"soon" is not a date; write YYYY-MM-DD'),
        (["--editions", ""], '"" is not a date'),
        (["--editions", "all", "--as-of", "2022-09-13"], "--editions goes without --as-of"),
        (["--cluster", "local"], "--publish, --cluster and --results go with --editions"),
        (["--editions", "all", "--results", "nowhere://a"], "results at nowhere://a cannot be"),
        (["--editions", "all", "--cluster", "tcp://127.0.0.1:9"], "no Dask scheduler answers at"),
    ],
)
def test_what_cannot_be_built_is_refused_in_one_line_before_anything_is(
    project, monkeypatch, given, line
):
    monkeypatch.setattr(workers, "SECONDS", 1)
    done = run(*given, "--publish", "../public")
    assert done.exit_code in (1, 2)
    assert line in done.output
    assert done.output.count("\n") == 1
    assert not (project.root / results.FOLDER).exists()
    assert not Path("../public").exists()


def test_editions_need_a_folder_to_go_to_that_is_ours(project):
    assert "--editions needs --publish FOLDER" in run("--editions", "all").output
    assert "is part of the project" in run("--editions", "all", "--publish", "data").output
    (project.root.parent / "mine" / "editions").mkdir(parents=True)
    (project.root.parent / "mine" / "editions" / "index.html").write_text("mine")
    done = run("--editions", "all", "--publish", "../mine")
    assert done.exit_code == 2
    assert "was not published by clashbook; name another folder, or remove it" in done.output
    assert not (project.root / results.FOLDER).exists()


def test_without_dask_one_line_says_how_to_install_it(project, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run("--editions", "all", "--publish", "../public", "--cluster", "local")
    assert done.exit_code == 1
    way_out = "pip install 'clashbook[cluster]'"
    assert done.output == f"Dask is not installed; install it: {way_out}\n"


def test_a_worker_with_other_data_or_code_refuses_in_one_line(project, monkeypatch):
    task = editions._task(project.edition(), "2022-09-13", "", pdf=False)
    project.prose("Another sentence.")
    fault = editions.build_one(task).fault
    assert "its data, text or settings are others than where the build was started" in fault
    monkeypatch.setattr(Edition, "tools", "others")
    assert "its code, lock or Python are others" in editions.build_one(task).fault
    monkeypatch.chdir(project.root.parent)
    assert "no _config.yml in " in editions.build_one(task).fault
    assert not (project.root / results.FOLDER).exists()


def test_sites_that_go_through_an_address_are_those_of_the_folder(project):
    build(project, DAYS[2:4])
    address = f"file://{project.root.parent}/sent"
    went_well, said = build(project, DAYS[2:4], "../other", results=address)
    assert went_well, said
    assert content(Path("../other")) == content(Path("../public"))
    assert sorted(path.name for path in Path("../sent").iterdir()) == [
        "2022-09-13.tar",
        "2022-09-14.tar",
    ]
    assert not [*(project.root / results.FOLDER).glob("*.fetched")]


def test_results_that_cannot_be_written_or_read_are_one_line_each(project, monkeypatch):
    Path("../mine").write_text("years of work")
    for place in ("../mine", f"file://{project.root.parent}/mine"):
        went_well, said = build(project, "2022-09-13", results=place)
        assert not went_well
        failed, fault = said.splitlines()
        assert failed == "1 of 1  2022-09-13: failed"
        assert "mine" in fault
    address = f"file://{project.root.parent}/sent"
    monkeypatch.setattr(results.Results, "send", lambda *_: None)
    went_well, said = build(project, "2022-09-13", results=address)
    assert not went_well
    assert f"2022-09-13: not published: results at {address} cannot be read: " in said
    assert published() == []


def test_a_site_that_is_not_what_its_worker_made_is_not_published(project, monkeypatch):
    outcome = editions.Outcome("other")
    monkeypatch.setattr(
        workers, "here", lambda _take, given, _many: ((one, outcome) for one in given)
    )
    went_well, said = build(project, "2022-09-13")
    assert not went_well
    assert "is not what the worker made; name a folder both see" in said


def double(number):
    if number == 3:
        os._exit(7)
    return 2 * number


def slip(folder):
    """End the process the first time."""
    if not (folder / "seen").exists():
        (folder / "seen").touch()
        os._exit(7)
    return "done"


def test_a_task_whose_process_ends_is_given_out_again_and_then_given_up(tmp_path):
    answers = dict(workers.here(double, [1, 2, 3, 4], 2))
    assert [answers[number] for number in (1, 2, 4)] == [2, 4, 8]
    assert str(answers[3]) == "its process ended with status 7, 2 times"
    assert dict(workers.here(slip, [tmp_path], 1)) == {tmp_path: "done"}
