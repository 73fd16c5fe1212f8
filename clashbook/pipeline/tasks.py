"""The build as a recipe: check, numbers, notebooks, stage, pages, site, PDF.

Each step is skipped while its seal holds: the digest of all that it reads and of all that it wrote.
So what was cut, changed or undone since is made again. What an edition needs between two builds
lies in a work folder of its own under `.build/`, so that two editions do not undo each other; only
the finished site goes to the output folder, in one step: first without the PDF, whose writing takes
longest, and once that is done with it.
"""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TextIO

from filelock import FileLock, Timeout

from clashbook import files
from clashbook.about import About
from clashbook.config import FILE_NAME, LICENCES
from clashbook.files import shown
from clashbook.pipeline import seals, surroundings
from clashbook.pipeline.edition import CONTENTS, Edition
from clashbook.pipeline.progress import Progress
from clashbook.pipeline.seals import digest
from clashbook.website.pdf import engine


@dataclass(frozen=True)
class Step:
    """One step of the build.

    Parameters
    ----------
    name : str
        As progress and seal name it.
    reads : callable
        Gives the digest of all that the step reads, once the steps before it are done.
    written : list of Path
        All that it writes.
    make : callable
        Does it, given `steps`: a step that is skipped need not wait for all that this imports.
    unless : Step or None
        A later step that makes this one needless while its seal holds.
    then, without : str
        What to add once it is done, and if it fails.
    """

    name: str
    reads: Callable[[], str]
    written: list[Path]
    make: Callable[[ModuleType], None]
    unless: Step | None = None
    then: str = ""
    without: str = ""


def recipe(edition: Edition, *, pdf: bool) -> list[list[Step]]:
    """The steps of a build in their order; those of one list may be done at once."""
    sources, facts, tools = edition.notebooks, edition.facts, edition.tools
    settings = edition.config.root / FILE_NAME

    def check() -> str:
        contents = edition.prose / CONTENTS
        pages = sorted(path.name for path in edition.prose.glob("*.md"))
        read = [edition.data_dir, *sources.values(), settings, contents]
        return digest(read, tools, edition.as_of, pages)

    def numbers() -> str:
        given = [edition.as_of, edition.config.allowed_in_prose, edition.config.markdown]
        read = [facts / "data", edition.prose, *sources.values()]
        return digest(read, tools, edition.day, given)

    def notebook(name: str) -> Step:
        def reads() -> str:
            given = {**edition.parameters(name), "data_dir": ""}
            return digest([sources[name], edition.inputs(name)], tools, edition.settings, given)

        written = [edition.executed(name)]
        return Step(f"notebook {name}", reads, written, lambda do: do.run_notebook(edition, name))

    def stage() -> str:
        executed = [edition.executed(name) for name in sources]
        return digest([facts, edition.prose, *executed], tools, edition.settings)

    def pages() -> str:
        return digest([edition.stage, settings], tools)

    def plain_site() -> str:
        licences = [edition.config.root / name for name in LICENCES]
        return digest([edition.stage, settings, *licences], tools)

    def whole_site() -> str:
        return digest([edition.pdf], plain_site())

    checked = [facts / "data", facts / About.FILE, facts / "ids.json", edition.inputs("")]
    counted = [facts / "numbers.json", facts / "tolls.json"]
    opens = f"open {shown(edition.out / 'index.html')} (or: clashbook serve)"
    site = Step(
        *("site", plain_site, [edition.out]),
        lambda do: do.make_site(edition, plain_site()),
        then=opens,
    )
    written = Step(
        *("PDF", pages, [edition.pdf]),
        lambda do: do.write_pdf(edition),
        without=f"the site is in place, without a PDF: {shown(edition.out)}/",
    )
    whole = Step(
        *("site with PDF", whole_site, [edition.out]),
        lambda do: do.make_site(edition, whole_site(), edition.pdf),
        then=opens,
    )
    return [
        [Step("check", check, checked, lambda do: do.check_data(edition))],
        [Step("numbers", numbers, counted, lambda do: do.compute_numbers(edition))],
        # The longest takes longest, and begins first.
        [
            notebook(name)
            for name in sorted(sources, key=lambda name: -sources[name].stat().st_size)
        ],
        [Step("stage", stage, [edition.stage], lambda do: do.gather(edition))],
        [Step("pages", pages, [edition.pages], lambda do: do.make_pages(edition))],
        *([[replace(site, unless=written)], [written], [whole]] if pdf else [[site]]),
    ]


def build(edition: Edition, jobs: int, stream: TextIO, last: str = "", *, pdf: bool = True) -> bool:
    """Take the steps that are not up to date, and return whether all went well.

    Two builds of one output folder do not run at once: the second waits for the first.

    Parameters
    ----------
    edition : Edition
        What to build.
    jobs : int
        How many notebooks may run at once.
    stream : TextIO
        Gets the progress, a line a step.
    last : str
        The step to end with; by default all are taken.
    pdf : bool
        Whether the site is to have the book as a PDF too, where this machine can make one.

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
            return _run(edition, jobs, stream, last, pdf)
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


def _run(edition: Edition, jobs: int, stream: TextIO, last: str, pdf: bool) -> bool:
    is_new = not edition.work.exists()
    edition.work.mkdir(exist_ok=True)
    if not last and pdf and (lacking := engine.lacking()):
        print(lacking, file=stream)
    steps = recipe(edition, pdf=pdf and not engine.lacking())
    while last and last not in [step.name for step in steps[-1]]:
        steps.pop()
    progress = Progress(stream, sum(map(len, steps)))
    went_well = True
    with surroundings.private(edition.work / "kernels"), ThreadPoolExecutor(jobs) as workers:
        for together in steps:
            if went_well:
                # A step by itself is taken here, where Ctrl-C reaches it.
                take = workers.map if len(together) > 1 else map
                went_well = all([*take(lambda step: _done(edition, step, progress), together)])
            else:
                for step in together:
                    progress.end(step.name, "not run")
    if is_new and not edition.facts.exists():
        shutil.rmtree(edition.work)
    if progress.broken:
        raise progress.broken
    return went_well


def _done(edition: Edition, step: Step, progress: Progress) -> bool:
    """Take a step unless its seal holds, and return whether it is done."""
    # Reported when the step is taken, should the digest itself fail.
    with suppress(OSError):
        if any(_is_sealed(edition, one) for one in (step.unless, step) if one):
            progress.end(step.name, "up to date", step.then)
            return True
    progress.begin(step.name)
    from clashbook.pipeline import steps  # with all that is slow to import

    try:
        # Before the work: should a file change meanwhile, the next build notices.
        made_from = step.reads()
        step.make(steps)
        seals.seal(edition.seal(step.name), made_from, step.written)
    except Exception as fault:
        if steps.is_expected(fault):
            message = str(fault)
        elif isinstance(fault, OSError) and not isinstance(fault, FileNotFoundError):
            message = files.disk_fault(fault)
        else:
            message = traceback.format_exc().rstrip()
        progress.end(step.name, "failed", "\n".join(filter(None, [message, step.without])))
        return False
    progress.end(step.name, then=step.then)
    return True


def _is_sealed(edition: Edition, step: Step) -> bool:
    return seals.is_sealed(edition.seal(step.name), step.reads(), step.written)
