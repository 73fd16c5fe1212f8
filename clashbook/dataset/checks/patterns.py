"""Whether a pattern of the package can be read, and answers in time."""

import re
import time
from collections.abc import Iterator
from functools import cache

# Processor time that a sound pattern is far below on a text of this many characters.
_SECONDS = 0.01
_LENGTHS = (10, 14, 18, 200)


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
            before = time.thread_time()
            ready.fullmatch(text)
            if time.thread_time() - before > _SECONDS:
                return "takes without end on some cells"
    return ""


def _samples(pattern: str) -> Iterator[str]:
    letters = re.sub(r"\\.|[^\w;., -]", "", pattern)[:100]
    yield from sorted({*letters, *"a0A -_;.x"})
    yield letters or "a"
