"""Says what the build does, as it does it."""

import time
from threading import Lock
from typing import TextIO

from doit.exceptions import BaseFail, UnmetDependency
from doit.task import Task


class Progress:
    """A reporter for doit: one line when a task starts, one when it is done.

    Parameters
    ----------
    stream : TextIO
        Where the lines go.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._started: dict[str, float] = {}
        self._total = 0
        self._done = 0
        # Why nothing more can be said, if a terminal or a file takes no more.
        self.broken: OSError | None = None
        # Notebooks start in threads of their own.
        self._lock = Lock()

    def initialize(self, tasks: dict[str, Task], _selected: list[str]) -> None:
        self._total = sum(bool(task.actions) for task in tasks.values())

    def get_status(self, task: Task) -> None:
        pass

    def execute_task(self, task: Task) -> None:
        if task.actions:
            self._started[task.name] = time.monotonic()
            self._say(f"{'':7} {_title(task)} …")

    def add_success(self, task: Task) -> None:
        if task.actions:
            took = time.monotonic() - self._started[task.name]
            self._finish(f"{_title(task)}: {took:.1f} s")

    def skip_uptodate(self, task: Task) -> None:
        if task.actions:
            self._finish(f"{_title(task)}: up to date")

    def skip_ignore(self, task: Task) -> None:
        pass

    def add_failure(self, task: Task, fail: BaseFail) -> None:
        if not task.actions:
            return
        if isinstance(fail, UnmetDependency):
            self._finish(f"{_title(task)}: not run")
        else:
            self._finish(f"{_title(task)}: failed\n{fail.get_msg().rstrip()}")

    def runtime_error(self, message: str) -> None:
        self._say(message)

    def cleanup_error(self, error: BaseFail) -> None:
        self._say(error.get_msg())

    def teardown_task(self, task: Task) -> None:
        pass

    def complete_run(self) -> None:
        pass

    def _finish(self, text: str) -> None:
        self._done += 1
        self._say(f"{self._done} of {self._total}  {text}")

    def _say(self, line: str) -> None:
        with self._lock:
            try:
                print(line, file=self.stream, flush=True)
            except OSError as error:
                self.broken = error


def _title(task: Task) -> str:
    return task.name.replace(":", " ")
