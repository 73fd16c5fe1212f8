"""Whether a pattern of the package can be read, and answers in time."""

import re
import time
from collections.abc import Iterator
from functools import cache

# Processor time that a sound pattern is far below on a text of this many characters.
_SECONDS = 0.01
# By few letters at a time: what doubles with each takes a few times longer than it did a step
# before, and never leaps from a moment to hours, on however fast a machine.
_LENGTHS = (*range(1, 25), *range(26, 41, 2), *range(44, 81, 4), *range(90, 201, 10))


@cache
def pattern_fault(pattern: str) -> str:
    """Return why `pattern` is of no use, or "".

    A pattern may try a number of ways that grows without bounds with the length of a cell. It is
    tried on short texts of its own letters, which are longer by a few letters each time.
    """
    try:
        ready = re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return f"is no regular expression ({error})"
    for length in _LENGTHS:
        for sample in _samples(pattern):
            text = (sample * length)[:length] + "\0"
            # What slows the machine for a moment slows one try; a pattern without end all of them.
            if all(_seconds(ready, text) > _SECONDS for _ in range(3)):
                return "takes without end on some cells"
    return ""


def _seconds(ready: re.Pattern[str], text: str) -> float:
    before = time.thread_time()
    ready.fullmatch(text)
    return time.thread_time() - before


def _samples(pattern: str) -> Iterator[str]:
    letters = re.sub(r"\\.|[^\w;., -]", "", pattern)[:100]
    yield from sorted({*letters, *"a0A -_;.x"})
    yield letters or "a"
