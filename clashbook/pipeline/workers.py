"""Tasks side by side: in processes of this machine, or on a Dask cluster.

Both ways take the same function and the same tasks, and give each answer as it comes.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from logging import ERROR
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from clashbook.files import RefusedError
from clashbook.pipeline import warm

Given = TypeVar("Given")
Answer = TypeVar("Answer")
# How often a task is given out whose worker dies: it may have died of something else.
TRIES = 2
LOCAL = "local"
# How long a scheduler has to answer.
SECONDS = 30
_context = get_context("spawn")


class ClusterError(RefusedError):
    """There is no cluster to work on; the message is one line with the way out."""


class LostError(RuntimeError):
    """Whatever worker took the task died; the message says so."""


class _Worker(Generic[Given, Answer]):
    """A process that takes one task after another, with all that it has imported."""

    def __init__(self, take: Callable[[Given], Answer]) -> None:
        self.line, theirs = _context.Pipe()
        self._process = _context.Process(target=_serve, args=(theirs, take))
        self._process.start()
        # Closed here, it closes when the process ends.
        theirs.close()

    def answer(self) -> Answer:
        """What it answers; EOFError if it has ended."""
        return self.line.recv()

    def end(self) -> int:
        """End it and all that it began, and return its exit status."""
        self._process.terminate()
        self._process.join()
        self.line.close()
        return self._process.exitcode or 0


def _serve(line: Connection, take: Callable[[Given], Answer]) -> None:
    # Ctrl-C reaches all processes of a terminal: the one that began this ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm.end_with_parent()
    with suppress(EOFError):
        while True:
            line.send(take(line.recv()))


def here(
    take: Callable[[Given], Answer], given: Sequence[Given], many: int
) -> Iterator[tuple[Given, Answer | LostError]]:
    """Take the tasks in so many processes, and yield each with its answer, as they come.

    A worker that dies is replaced, and its task given out once more.
    """
    waiting, tries = deque(given), dict.fromkeys(given, 0)
    busy: dict[_Worker[Given, Answer], Given] = {}
    free = [_Worker(take) for _ in given[:many]]
    try:
        while waiting or busy:
            while waiting and free:
                worker, task = free.pop(), waiting.popleft()
                worker.line.send(task)
                busy[worker] = task
            answered = wait([worker.line for worker in busy])
            for worker in [one for one in busy if one.line in answered]:
                task = busy.pop(worker)
                try:
                    answer: Answer | LostError = worker.answer()
                    free.append(worker)
                except (EOFError, OSError):
                    status = worker.end()
                    free.append(_Worker(take))
                    tries[task] += 1
                    if tries[task] < TRIES:
                        waiting.appendleft(task)
                        continue
                    answer = LostError(f"its process ended with status {status}, {TRIES} times")
                yield task, answer
    finally:
        for worker in (*free, *busy):
            worker.end()


def on_cluster(
    take: Callable[[Given], Answer], given: Sequence[Given], address: str
) -> Iterator[tuple[Given, Answer | Exception]]:
    """The same on a Dask cluster: that of an address, or a local one that ends with the tasks.

    A task whose worker dies goes to another, as often as Dask allows.

    Raises
    ------
    ClusterError
        If Dask is not installed, or nothing answers at the address.
    """
    try:
        from distributed import Client, LocalCluster, as_completed
    except ImportError as error:
        way_out = "pip install 'clashbook[cluster]'"
        raise ClusterError(f"Dask is not installed; install it: {way_out}") from error
    try:
        cluster = None
        if address == LOCAL:
            # Its workers have begun processes, and do not end at the first word.
            own = {"threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": ERROR}
            cluster = LocalCluster(n_workers=warm.CORES, **own)
        client = Client(cluster or address, timeout=SECONDS)
    except (OSError, ValueError) as error:
        way_out = f"write its address as tcp://HOST:8786, or {LOCAL}"
        raise ClusterError(f"no Dask scheduler answers at {address}; {way_out}") from error
    try:
        # Never taken from Dask's memory: the files may be gone.
        asked = {client.submit(take, one, pure=False): one for one in given}
        for done in as_completed(asked):
            yield asked[done], done.exception() or done.result()
            # What is known here is not done again when the worker that knows it dies.
            done.release()
    finally:
        client.close()
        if cluster:
            cluster.close()


def may_begin_others() -> None:
    """Let a worker of Dask begin processes: its nanny starts it as one that may not."""
    current_process().daemon = False


def name() -> str:
    """What names this worker to whoever looks for it: its machine and its process."""
    return f"{os.uname().nodename}, process {os.getpid()}"
