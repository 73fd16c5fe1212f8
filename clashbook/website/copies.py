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
def alone(folder: Path) -> Iterator[None]:
    """Hold off other calls for a folder, which is made if need be; one that fails leaves none."""
    made = make(folder)
    try:
        with FileLock(folder / _LOCK):
            try:
                yield
            finally:
                (folder / _LOCK).unlink(missing_ok=True)
    except BaseException:
        for one in reversed(made):
            with suppress(OSError):
                one.rmdir()
        raise


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A new folder for copies, which goes in the end; what a killed call has left goes first."""
    beside = fresh(folder / _UNFINISHED)
    try:
        yield beside
    finally:
        shutil.rmtree(beside)


def make(folder: Path) -> list[Path]:
    """Make a folder with what is missing above it, open to all, and return those made."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()][::-1]
    for one in missing:
        one.mkdir(exist_ok=True)
        one.chmod(0o755)
    return missing


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
    """Copy the files and folders of a site, open to all; any other thing is refused."""
    target.mkdir()
    for path in files(site):
        copy = target / path.relative_to(site)
        copy.mkdir() if path.is_dir() else shutil.copyfile(path, copy)
    open_to_all(target)


def open_to_all(folder: Path) -> None:
    """Let everybody read a folder of ours and all in it."""
    for path in (folder, *folder.rglob("*")):
        mode = 0o755 if path.is_dir() else 0o644
        # Only the owner may change a mode, even into what it is.
        if not path.is_symlink() and path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)


def put(file: Path, folder: Path) -> None:
    """Move a file that is whole into a folder, in the place of one of its name."""
    file.chmod(0o644)
    file.replace(folder / file.name)


def leaves(path: Path) -> list[Path]:
    """What is no folder, of a path and all below it; a link is not followed."""
    if path.is_dir() and not path.is_symlink():
        return [leaf for below in sorted(path.iterdir()) for leaf in leaves(below)]
    return [path] if os.path.lexists(path) else []


def plain(folder: Path, suffix: str = "") -> list[Path]:
    """The files below a folder that are no links."""
    found = leaves(folder)
    return [
        path
        for path in found
        if path.is_file() and not path.is_symlink() and path.name.endswith(suffix)
    ]
