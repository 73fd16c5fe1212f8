"""Many editions: built side by side, each by a worker of its own, and published the newest first.

A worker is told which edition, and of what code, text and data it is to be; where its own are
others it refuses. An edition that failed holds up no other.
"""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TextIO

from clashbook import config
from clashbook.config import FILE_NAME, LICENCES
from clashbook.files import RefusedError, disk_fault
from clashbook.pipeline import progress, tasks, workers
from clashbook.pipeline.edition import Edition
from clashbook.pipeline.results import Results
from clashbook.pipeline.seals import digest
from clashbook.website import releases

ALL = "all"
# A worker may have threads, and a build sets what all threads of a process share.
_ALONE = Lock()


class WorkerError(RefusedError):
    """A worker that would build something else; the message is one line."""


@dataclass(frozen=True)
class Task:
    """An edition to build, as a worker is told.

    Parameters
    ----------
    day, as_of : str
        Its day; and how it is asked for, empty for the last day in the data.
    data, results : str
        The folder of the tables, seen from the project, and where finished sites go.
    tools, made_from : str
        Digests of the code, and of data, text and settings.
    pdf : bool
        Whether the site is to have PDFs.
    """

    day: str
    as_of: str
    data: str
    results: str
    tools: str
    made_from: str
    pdf: bool


@dataclass(frozen=True)
class Outcome:
    """What came of a task: the digest of its site or why there is none, and the seconds it took."""

    site: str = ""
    fault: str = ""
    seconds: float = 0


def days(edition: Edition, asked: Sequence[str]) -> list[str]:
    """The days to build, in order, each once.

    Parameters
    ----------
    edition : Edition
        Has the data as of their last day.
    asked : sequence of str
        ISO dates; `ALL` for each day on which a claim was new, and the last day in the data.

    Raises
    ------
    clashbook.dataset.tables.DataError
        If the data do not reach a day.
    """
    data = edition.data
    named = set(asked) - {ALL}
    for day in sorted(named):
        _ = replace(edition, as_of=day).data  # refused before anything is done
    if ALL in asked:
        named |= {day for day in data.claims.reported_on if day} | {data.as_of}
    return sorted(named)


def build(
    edition: Edition,
    asked: Sequence[str],
    folder: Path,
    stream: TextIO,
    *,
    many: int,
    cluster: str = "",
    results: str = "",
    pdf: bool = True,
) -> bool:
    """Build editions side by side, publish them, and return whether all went well.

    Parameters
    ----------
    edition : Edition
        Has the settings, and the data as of their last day.
    asked : sequence of str
        As `days` takes them.
    folder : Path
        All that is published.
    stream : TextIO
        Gets the progress: a line an edition, and what is published.
    many : int
        How many are built at once on this machine.
    cluster, results : str
        The address of a Dask cluster, if they are built there; and where finished sites go, as
        `Results` takes it.
    pdf : bool
        Whether the sites are to have PDFs.

    Raises
    ------
    RefusedError
        Before anything is built: for a day, a folder, an address of others.
    """
    found = Results(edition.config.root, results)
    # Beside the newest each other is compared with it once, and not with all that come after.
    named = days(edition, asked)[::-1]
    releases.refuse_foreign(folder)
    given = [_task(edition, day, results, pdf=pdf) for day in named]
    if cluster:
        answers = workers.on_cluster(build_one, given, cluster)
    else:
        answers = workers.here(build_one, given, many)
    shown = progress.Progress(stream, len(given))
    outcomes: dict[str, Outcome] = {}
    went_well, ready = True, iter(named)
    day = next(ready, "")
    for task, answer in answers:
        outcome = answer if isinstance(answer, Outcome) else Outcome(fault=_lost(answer))
        outcomes[task.day] = outcome
        took = "" if outcome.fault else f"{outcome.seconds:.1f} s"
        shown.end(task.day, took or progress.FAILED, outcome.fault)
        while day in outcomes:
            went_well &= _publish(found, day, outcomes[day], folder, shown)
            day = next(ready, "")
    if shown.broken:
        raise shown.broken
    return went_well


def _task(edition: Edition, day: str, results: str, *, pdf: bool) -> Task:
    as_of = "" if day == edition.data.as_of else day
    root = edition.config.root
    data = edition.data_dir
    place = data.relative_to(root) if data.is_relative_to(root) else data
    if results and "://" not in results:
        results = str(Path(results).resolve())
    return Task(day, as_of, str(place), results, edition.tools, _made_from(edition), pdf)


def _made_from(edition: Edition) -> str:
    root = edition.config.root
    text = [edition.prose, *edition.notebooks.values()]
    return digest([edition.data_dir, *text, *(root / name for name in (FILE_NAME, *LICENCES))])


def build_one(task: Task) -> Outcome:
    """Build an edition in the project that this worker was started in."""
    begun = time.monotonic()
    workers.may_begin_others()
    try:
        with _ALONE:
            found, edition = _own(task)
            log = io.StringIO()
            if not tasks.build(edition, 1, log, pdf=task.pdf):
                return Outcome(fault=progress.faults(log.getvalue()))
            found.send(task.day)
            return Outcome(digest([edition.out]), seconds=time.monotonic() - begun)
    except RefusedError as fault:
        return Outcome(fault=str(fault))
    except OSError as fault:
        return Outcome(fault=f"{workers.name()}: {disk_fault(fault)}")


def _own(task: Task) -> tuple[Results, Edition]:
    """The place of finished sites and the edition, as this worker has them; or it refuses."""
    try:
        settings = config.read()
    except FileNotFoundError as error:
        raise WorkerError(f"{workers.name()}: {error}") from error
    found = Results(settings.root, task.results)
    edition = Edition(settings, settings.root / task.data, found.site(task.day), task.as_of)
    for what, ours, theirs in (
        ("code, lock or Python", edition.tools, task.tools),
        ("data, text or settings", _made_from(edition), task.made_from),
    ):
        if ours != theirs:
            raise WorkerError(
                f"{workers.name()}: its {what} are others than where the build was started; "
                f"bring {settings.root} up to date"
            )
    return found, edition


def _lost(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__


def _publish(
    found: Results, day: str, outcome: Outcome, folder: Path, shown: progress.Progress
) -> bool:
    """Publish a site, if it was built and is what its worker made; return whether it was."""
    if outcome.fault:
        return False
    try:
        with found.fetched(day) as site:
            if digest([site]) != outcome.site:
                raise WorkerError(f"{site} is not what the worker made; name a folder both see")
            shown.add(*releases.lay_out(site, folder))
    except (RefusedError, OSError) as error:
        fault = disk_fault(error) if isinstance(error, OSError) else str(error)
        shown.add(f"{day}: not published: {fault}")
        return False
    return True
