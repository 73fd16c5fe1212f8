"""Read a file of the data as text, or say why it cannot be read."""

from pathlib import Path

from clashbook.dataset.checks.problem import DataError


def text_of(path: Path, if_missing: str) -> str:
    """Return the text of the file `path`; only a regular file is opened: a pipe never ends.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise DataError.of_file(path.name, "is not a file", "a file in its place")
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise DataError.of_file(path.name, "is missing", if_missing) from None
    except OSError as error:
        fault = f"cannot be read ({error.strerror})"
        raise DataError.of_file(path.name, fault, "a file that can be read") from None
    if content.startswith(b"\xef\xbb\xbf"):
        fault = "begins with a byte-order mark"
        raise DataError.of_file(path.name, fault, "the file as UTF-8 without one")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        way_out = "the file in the encoding UTF-8"
        raise DataError.of_file(path.name, "is not UTF-8", way_out, line) from None
