"""The build: the steps of its recipe, each skipped while its seal holds.

A seal is the digest of all that a step reads and of all that it wrote, so what was cut, changed or
undone since is made again. What an edition needs between two builds lies in a work folder of its
own under `.build/`, so that two editions do not undo each other; only the finished site goes to the
output folder, in one step.
"""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TextIO

from filelock import FileLock, Timeout

from clashbook import files
from clashbook.pipeline import seals, warm
from clashbook.pipeline.edition import Edition
from clashbook.pipeline.progress import FAILED, Progress
from clashbook.pipeline.recipe import Step, recipe
from clashbook.website.pdf import engine


def build(edition: Edition, jobs: int, stream: TextIO, last: str = "", *, pdf: bool = True) -> bool:
    """Take the steps that are not up to date, and return whether all went well.

    Two builds of one output folder do not run at once: the second waits for the first.

    Parameters
    ----------
    edition : Edition
        What to build.
    jobs : int
        How many notebooks, or pages, may be made at once.
    stream : TextIO
        Gets the progress, a line a step.
    last : str
        The step to end with, or how the names of the last ones begin; by default all are taken.
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
        print(f"another build of {edition.out.name}/ is running; waiting for it", file=stream)
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
    steps = recipe(edition, pdf=pdf and not engine.lacking(), jobs=jobs)
    while last and not (ending := [step for step in steps[-1] if step.name.startswith(last)]):
        steps.pop()
    if last:
        steps[-1] = ending
    progress = Progress(stream, sum(map(len, steps)))
    went_well = True
    for folder in edition.kept.parent.glob("*"):
        if folder != edition.kept:
            shutil.rmtree(folder, ignore_errors=True)  # by other tools
    private = warm.private(edition.work / "kernels", edition.kept)
    with private, ThreadPoolExecutor(jobs) as workers:
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
        if step.unless and is_made(edition, step.unless):
            progress.end(step.name, "up to date")
            return True
        if is_made(edition, step):
            progress.end(step.name, "up to date", step.then)
            return True
    progress.begin(step.name)
    # Where the data and the notebooks are the same, no notebook is run.
    warm.start(kernels=step.name == "check")
    from clashbook.pipeline import steps  # with all that is slow to import

    try:
        # Before the work: should a file change meanwhile, the next build notices.
        made_from = step.reads()
        step.make(steps)
        seals.seal(edition.seal(step.name), made_from, step.written)
    except Exception as fault:
        if isinstance(fault, files.RefusedError):
            message = str(fault)
        elif isinstance(fault, OSError) and not isinstance(fault, FileNotFoundError):
            message = files.disk_fault(fault)
        else:
            message = traceback.format_exc().rstrip()
        progress.end(step.name, FAILED, "\n".join(filter(None, [message, step.without])))
        return False
    progress.end(step.name, then=step.then)
    return True


def is_made(edition: Edition, step: Step) -> bool:
    """Whether what a step writes is there, and from what it reads now."""
    return seals.is_sealed(edition.seal(step.name), step.reads(), step.written)
