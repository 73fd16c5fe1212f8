"""Copies of a site: made whole beside their place, and put there by a rename.

A call that is cut short leaves a folder in its place whole or absent. What it leaves beside has a
name of its own, and the next call takes it away.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock

from clashbook.files import ForeignFolderError, fresh

# What one call holds, and others wait for.
_LOCK = ".clashbook.lock"
# Where it makes its copies.
_UNFINISHED = ".clashbook-unfinished"


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Hold off other calls for a folder, made if need be; what is made in it all can read.

    Gives a new folder in it for copies, which goes in the end; what a killed call left goes first.
    """
    mask = os.umask(0o022)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK):
            try:
                yield fresh(folder / _UNFINISHED)
            finally:
                shutil.rmtree(folder / _UNFINISHED)
                (folder / _LOCK).unlink(missing_ok=True)
    finally:
        os.umask(mask)
        with suppress(OSError):
            folder.rmdir()  # where nothing came to be in it


def files(site: Path) -> Iterator[Path]:
    """All files and folders of a site, or of a part of it.

    Raises
    ------
    clashbook.files.ForeignFolderError
        At anything else: a link would publish what lies outside, and a pipe has no end.
    """
    for path in sorted(site.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise ForeignFolderError(
                f"{path} is neither a file nor a folder, and is not published; remove it"
            )
        yield path


def copy(site: Path, target: Path) -> None:
    """Copy the files and folders of a site; any other thing is refused."""
    target.mkdir()
    for path in files(site):
        copy = target / path.relative_to(site)
        copy.mkdir() if path.is_dir() else shutil.copyfile(path, copy)


def leaves(path: Path) -> list[Path]:
    """What is no folder, of a path and all below it; a link is not followed."""
    if path.is_dir() and not path.is_symlink():
        return [leaf for below in sorted(path.iterdir()) for leaf in leaves(below)]
    return [path] if os.path.lexists(path) else []
