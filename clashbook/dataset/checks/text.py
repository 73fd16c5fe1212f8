"""Read a file of the data as text, or say why it cannot be read."""

import stat
from pathlib import Path

from clashbook.dataset.checks.problem import Problem


def text_of(path: Path, if_missing: str) -> tuple[str, Problem | None]:
    """Return the text of the file `path`, or the Problem that keeps it from being read.

    Only a regular file is opened: a pipe or a device would never end.
    """

    def refuse(fault: str, way_out: str, line: int = 0) -> tuple[str, Problem]:
        return "", Problem(path.name, line, "", "", fault, way_out)

    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return refuse("is no file", "a file in its place")
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return refuse("is missing", if_missing)
    except OSError as error:
        return refuse(f"cannot be read ({error.strerror})", "a file that can be read")
    if content.startswith(b"\xef\xbb\xbf"):
        return refuse("begins with a byte-order mark", "the file as UTF-8 without one")
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return refuse("is not UTF-8", "the file in the encoding UTF-8", line)
