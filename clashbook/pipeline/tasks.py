"""The build as tasks: check, numbers, one a notebook, stage, pages, paper, site.

Each task is skipped while its seal holds: the digest of all that it reads and of all that it wrote.
So what was cut, changed or undone since is made again. What an edition needs between two builds
lies in a work folder of its own under `.build/`, so that two editions do not undo each other; only
the finished site goes to the output folder, in one step.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from doit.api import run_tasks
from doit.cmd_base import ModuleTaskLoader
from doit.exceptions import TaskFailed
from filelock import FileLock, Timeout

from clashbook import counting, files
from clashbook.analysis import casualties
from clashbook.config import FILE_NAME, LICENCES
from clashbook.dataset.tables import DataError, Dataset
from clashbook.figures.exhibit import ExhibitError
from clashbook.formats import citation
from clashbook.pipeline import contents, manuscript, notebooks, preflight, seals, stage
from clashbook.pipeline.edition import Edition
from clashbook.pipeline.progress import Progress
from clashbook.pipeline.seals import digest
from clashbook.prose import numbers
from clashbook.website import assemble, pdf

# Failures of what goes in, said as they are. Anything else is a fault of ours, with its trace.
EXPECTED = (DataError, preflight.TextError, ExhibitError, notebooks.NotebookError, files.SiteError)


def build(edition: Edition, jobs: int, stream: TextIO, last: str = "") -> bool:
    """Run the tasks that are not up to date, and return whether all went well.

    Two builds of one output folder do not run at once: the second waits for the first.

    Parameters
    ----------
    edition : Edition
        What to build.
    jobs : int
        How many notebooks may run at once.
    stream : TextIO
        Gets the progress, a line a task.
    last : str
        The task to end with; by default all are run.

    Raises
    ------
    clashbook.files.ForeignFolderError
        If the output folder holds something else; nothing is touched then.
    """
    try:
        files.refuse_foreign(edition.out)
        if not last:
            for folder in files.beside(edition.out).values():
                files.refuse_foreign(folder)
            files.try_out(edition.out)
        with _alone(edition, stream):
            files.heal(edition.out)
            for folder in files.beside(edition.out).values():
                files.discard(folder)
            return _run(edition, jobs, stream, last)
    except OSError as error:
        print(files.disk_fault(error), file=stream)
        return False


@contextmanager
def _alone(edition: Edition, stream: TextIO) -> Iterator[None]:
    """Hold off other builds of the same folder, and wait for one that is at work."""
    edition.lock.parent.mkdir(exist_ok=True)
    lock = FileLock(edition.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print(f"another build of {edition.out.name}/ is at work; waiting for it", file=stream)
        lock.acquire()
    try:
        yield
    finally:
        if not edition.work.exists():
            # The data were refused: leave nothing behind.
            edition.lock.unlink()
            with suppress(OSError):
                edition.lock.parent.rmdir()
        lock.release()


def _run(edition: Edition, jobs: int, stream: TextIO, last: str) -> bool:
    is_new = not edition.work.exists()
    edition.work.mkdir(exist_ok=True)
    progress = Progress(stream)
    if not last and (lacking := pdf.lacking()):
        print(lacking, file=stream)
    settings = {
        # What doit would remember of a task says nothing of its files: the seals do.
        "dep_file": ":memory:",
        "backend": "sqlite3",
        "reporter": progress,
        "continue": True,
        "num_process": jobs,
        "par_type": "thread",
        "verbosity": 0,
    }
    chosen = {last: {}} if last else {}
    tasks = ModuleTaskLoader({"DOIT_CONFIG": settings, **_tasks(edition)})
    with notebooks.surroundings(edition.work / "kernels"):
        status = run_tasks(tasks, chosen)
    if is_new and not edition.facts.exists():
        shutil.rmtree(edition.work)
    if progress.broken:
        raise progress.broken
    return status == 0


def _tasks(edition: Edition) -> dict[str, Callable]:
    """Return the task creators, in doit's form."""
    notebooks, lacking = edition.notebooks, pdf.lacking()
    settings_file = edition.config.root / FILE_NAME
    staged = edition.work / "stage"
    facts = edition.facts
    executed = [edition.executed(name) for name in notebooks]

    def check() -> dict:
        def reads() -> str:
            toc = edition.prose / contents.CONTENTS
            files = [edition.data_dir, *notebooks.values(), settings_file, toc]
            pages = sorted(path.name for path in edition.prose.glob("*.md"))
            return digest(files, edition.tools, edition.as_of, pages, pdf.lacking())

        written = [facts / "data", facts / "edition.json", facts / "ids.json", edition.inputs("")]
        return _task(edition.seal("check"), lambda: check_data(edition), reads, written)

    def compute() -> dict:
        def reads() -> str:
            files = [facts / "data", edition.prose, *notebooks.values()]
            settings = [edition.as_of, edition.config.allowed_in_prose, edition.config.markdown]
            return digest(files, edition.tools, edition.day, settings)

        written = [facts / "numbers.json", facts / "tolls.json"]
        seal = edition.seal("numbers")
        return _task(seal, lambda: compute_numbers(edition), reads, written, after=["check"])

    def run() -> Iterator[dict]:
        for name, source in notebooks.items():

            def reads(name=name, source=source) -> str:
                given = {**edition.parameters(name), "data_dir": ""}
                return digest(
                    [source, edition.inputs(name)], edition.tools, edition.settings, given
                )

            def action(name=name, source=source) -> None:
                run_notebook(edition, name, source)

            seal, written = edition.seal(f"notebook {name}"), [edition.executed(name)]
            task = _task(seal, action, reads, written, after=["check", "numbers"])
            yield {"name": name, **task}

    def gather() -> dict:
        def action() -> None:
            stage.gather(staged, edition.config, executed, facts)

        def reads() -> str:
            files = [facts, edition.prose, *executed]
            return digest(files, edition.tools, edition.settings)

        after = ["numbers", *(f"notebook:{name}" for name in notebooks)]
        return _task(edition.seal("stage"), action, reads, [staged], after=after)

    def of_stage() -> str:
        return digest([staged, settings_file], edition.tools)

    def render() -> dict:
        seal, written = edition.seal("pages"), [edition.pages]
        return _task(seal, lambda: make_pages(edition), of_stage, written, after=["stage"])

    def print_book() -> dict:
        def action() -> None:
            pdf.write(edition.paper, edition.pages, staged, edition.config)

        return _task(edition.seal("paper"), action, of_stage, [edition.paper], after=["pages"])

    def make() -> dict:
        def reads() -> str:
            licences = [edition.config.root / name for name in LICENCES]
            return digest([staged, settings_file, *licences], edition.tools)

        before = ["stage", "pages", *(["paper"] if not lacking else [])]
        seal, action = edition.seal("site"), lambda: make_site(edition, reads())
        return _task(seal, action, reads, [edition.out], after=before)

    return {
        "task_check": check,
        "task_numbers": compute,
        "task_notebook": run,
        "task_stage": gather,
        "task_pages": render,
        **({} if lacking else {"task_paper": print_book}),
        "task_site": make,
    }


def _task(
    at: Path,
    action: Callable,
    reads: Callable[[], str],
    written: list[Path],
    after: list[str] | None = None,
) -> dict:
    """Return a task that is skipped while its seal `at` holds for what it reads and has written.

    doit asks for the digests only when the tasks before have run.
    """

    def perform() -> TaskFailed | None:
        try:
            # Before the action: should a file change meanwhile, the next build notices.
            made_from = reads()
            action()
            seals.seal(at, made_from, written)
        except EXPECTED as fault:
            return TaskFailed(str(fault))
        except FileNotFoundError:
            raise
        except OSError as error:
            return TaskFailed(files.disk_fault(error))
        return None

    def is_current() -> bool:
        try:
            return seals.is_sealed(at, reads(), written)
        except OSError:
            return False  # said when the task runs

    return {
        "actions": [perform],
        "uptodate": [is_current],
        "task_dep": after or [],
        # doit would swap sys.stdout, which threads share.
        "io": {"capture": False},
    }


def check_data(edition: Edition) -> None:
    """Write the edition's cut of the data, and for each notebook the part that it declares."""
    data = preflight.checked(edition)
    data.write(files.fresh(edition.facts / "data"))
    shutil.rmtree(edition.work / "inputs", ignore_errors=True)
    for name, path in edition.notebooks.items():
        tables, domains = notebooks.declared(path)
        data.select(tables, domains).write(files.fresh(edition.inputs(name)))
    about = {
        "as_of": data.as_of,
        "version": data.version,
        "issued": data.issued,
        "created": data.package["created"],
        "title": edition.config.title,
        "subtitle": edition.config.subtitle,
        "authors": edition.config.authors,
        "home": citation.home(edition.config, edition.as_of),
        "latest": not edition.as_of,
        "repository": edition.config.repository,
        "licence": edition.config.licence,
        "report_error": edition.config.report_error,
        "focus": edition.config.focus,
        "headlines": casualties.headlines(data, edition.config.focus),
        "base": citation.address(edition.config, data.as_of, data.version, ""),
        "pdf": pdf.name(edition.config, data.as_of, data.version),
        "citation": citation.of_edition(edition.config, data.as_of, data.version, data.issued),
    }
    files.write_json(edition.facts / "edition.json", about)
    ids = manuscript.all_ids(edition.data_dir, data.package)
    files.write_json(edition.facts / "ids.json", sorted(ids))


def compute_numbers(edition: Edition) -> None:
    """Compute every number that prose and captions refer to.

    Raises
    ------
    clashbook.pipeline.preflight.TextError
        As `wiring.checked_texts` does.
    """
    texts = preflight.texts(edition)
    table = [
        {**number.as_dict(), "used_on": _pages_with(number.id, texts)}
        for number in preflight.checked_texts(edition)
    ]
    files.write_json(edition.facts / "numbers.json", {"as_of": edition.day, "numbers": table})
    files.write_json(edition.facts / "tolls.json", outcomes(edition.data))


def _pages_with(number_id: str, texts: Mapping[str, str]) -> list[str]:
    """The pages of the site whose text refers to a number."""
    used = [name for name, text in texts.items() if number_id in numbers.references([text])]
    return sorted(str(Path(name).with_suffix(".html")) for name in used)


def outcomes(data: Dataset) -> dict[str, dict]:
    """Return for each claim the tolls it enters, or the rule and the reason that leave it out."""
    result: dict[str, dict] = {}
    for episode in data.episodes["episode_id"]:
        count = counting.count(data, episode)
        for claim_id in count.claims:
            entered = [toll for toll in count.tolls.values() if claim_id in toll.claims]
            enters = [_entered(count, toll) for toll in entered]
            result[claim_id] = {"enters": enters, "rule": None, "reason": ""}
        for claim_id, left in count.left_out.items():
            result[claim_id] = {"enters": [], "rule": left.rule, "reason": left.reason}
    return result


def _entered(count: counting.Count, toll: counting.Toll) -> dict[str, str]:
    """A toll as pages name it: its quantity, its words, its newest day, the id of its number."""
    quantity = toll.quantity
    return {
        "episode": count.episode,
        "indicator": quantity.indicator,
        "party": quantity.party,
        "population": quantity.population,
        "text": toll.text,
        "newest": max(count.newest(toll).values()),
        "number": numbers.toll_id(count.episode, quantity),
    }


def run_notebook(edition: Edition, name: str, source: Path) -> None:
    """Run one notebook; raise NotebookError if it fails, or changes the data that it reads."""
    read = [edition.data_dir, edition.inputs(name)]
    before = digest(read)
    given, limit = edition.parameters(name), edition.config.execution_timeout
    notebooks.execute(source, edition.executed(name), given, limit)
    if digest(read) != before:
        raise notebooks.NotebookError(
            f"notebook {name}: the data changed while it ran; it may read them and write nothing "
            f"there: restore {edition.data_dir.name}/"
        )


def make_pages(edition: Edition) -> None:
    """Render the stage."""
    staged, rendered = edition.work / "stage", edition.work / "rendered"
    config, log = edition.config.root / FILE_NAME, edition.work / "site.log"
    stage.render(staged, rendered, config, log, edition.day)


def make_site(edition: Edition, digest: str) -> None:
    """Put the site in place; until then the last one stays as it was."""
    staged = edition.work / "stage"
    edition.out.parent.mkdir(parents=True, exist_ok=True)
    new = files.beside(edition.out)["new"]
    about = files.read_json(edition.facts / "edition.json")
    marker, early = {**about, "digest": digest}, bool(edition.as_of)
    assemble.complete(edition.pages, staged, new, edition.config, marker, early=early)
    if about["pdf"]:
        shutil.copyfile(edition.paper, new / about["pdf"])
    # A web server reads it, whatever the person who builds lets others read.
    for path in (new, *new.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    files.swap(new, edition.out)
