"""Says what the build does, as it does it."""

import re
import time
from threading import Lock
from typing import TextIO

FAILED = "failed"
_LINE = re.compile(r"\d+ of \d+  .*|        ?.* …")


class Progress:
    """One line when a step begins, one when it ends.

    Parameters
    ----------
    stream : TextIO
        Where the lines go.
    total : int
        How many steps there are.
    """

    def __init__(self, stream: TextIO, total: int) -> None:
        self.stream = stream
        # Why nothing more can be said, if a terminal or a file takes no more.
        self.broken: OSError | None = None
        self._total = total
        self._ended = 0
        self._begun: dict[str, float] = {}
        self._warned: set[str] = set()
        # Notebooks run in threads of their own.
        self._lock = Lock()

    def begin(self, name: str) -> None:
        self._begun[name] = time.monotonic()
        with self._lock:
            self._say(f"{'':7} {name} …")

    def end(self, name: str, outcome: str = "", then: str = "") -> None:
        """Say how a step ended, by default after how many seconds, and in further lines `then`."""
        outcome = outcome or f"{time.monotonic() - self._begun[name]:.1f} s"
        with self._lock:
            self._ended += 1
            line = f"{self._ended} of {self._total}  {name}: {outcome}"
            self._say("\n".join(filter(None, [line, then])))

    def add(self, *lines: str) -> None:
        """Say lines more, a warning once."""
        with self._lock:
            for line in lines:
                if line not in self._warned:
                    self._say(line)
                if line.startswith("warning: "):
                    self._warned.add(line)

    def _say(self, line: str) -> None:
        try:
            print(line, file=self.stream, flush=True)
        except OSError as error:
            self.broken = error


def faults(log: str) -> str:
    """Why a build failed, by all that it said: a line a fault."""
    _, failed, after = log.partition(f": {FAILED}\n")
    lines = (after if failed else log).splitlines()
    return "\n".join(line for line in lines if not _LINE.fullmatch(line))
