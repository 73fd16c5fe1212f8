"""Files and folders: read, written whole, and a site's own folder, replaced in one step."""

import ctypes
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from errno import EBUSY
from pathlib import Path
from typing import Any

# The file that says a folder is a site of ours, and may be replaced.
MARKER = ".clashbook"
# What shutil's own words of an error have round them: a number, and the names again.
_WHY = re.compile(r"^\[Errno \d+\] |: '.*")


class RefusedError(ValueError):
    """What goes in cannot be used: the message says all, a line a fault.

    `status` is the exit status of the command that was given it.
    """

    status = 1


class SiteError(RefusedError):
    """The site cannot be made; the message has one line a complaint."""


class ForeignFolderError(RefusedError):
    """The output folder holds something that the build did not put there."""

    status = 2


def fresh(folder: Path) -> Path:
    """Return `folder`, made and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, content: object) -> None:
    """Write JSON whole, with the keys as they come: an exhibit's columns have an order."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    write_whole(path, f"{text}\n".encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write several files that are there already: all of them, or none where the disk refuses.

    Raises
    ------
    OSError
        If one cannot be written. All hold what they held before.
    """
    before = {path: path.read_bytes() for path in contents}
    done: list[Path] = []
    try:
        for path, content in contents.items():
            write_whole(path, content)
            done.append(path)
    except OSError:
        for path in done:
            write_whole(path, before[path])
        raise


def refuse_foreign(out: Path) -> None:
    """Raise ForeignFolderError unless `out` is absent, empty, or a site that the build made."""
    if not out.exists() or (out / MARKER).is_file():
        return
    if not out.is_dir() or any(out.iterdir()):
        raise ForeignFolderError(
            f"{out} was not made by clashbook; name a new or an empty folder, or remove it yourself"
        )


def try_out(out: Path) -> None:
    """Raise OSError before the work, not after it, if a site cannot be put into its place."""
    if os.path.ismount(out):
        raise OSError(
            EBUSY, "a mount point cannot be replaced whole; name a folder in it", str(out)
        )
    there = next(folder for folder in out.parents if folder.exists())
    tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=there).cleanup()


def disk_fault(error: OSError) -> str:
    """What a disk, a permission or a terminal refuses, in one line."""
    if isinstance(error, shutil.Error):
        _, target, why = error.args[0][0]
        return f"cannot write {target}: {_WHY.sub('', why)}"
    where = f"{error.filename}: " if error.filename else ""
    return f"cannot continue: {where}{error.strerror or error}"


def shown(path: Path) -> str:
    """A path as messages give it: from the working folder, where it lies there."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def marker_of(out: Path) -> dict:
    """Return what the marker of a site says; empty if there is none."""
    try:
        content = json.loads((out / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def swap(new: Path, out: Path) -> None:
    """Put the folder `new`, which lies beside it, in the place of `out`.

    Where the two can be exchanged in one call there is a site at every moment; elsewhere `heal`
    mends what a kill leaves.
    """
    previous = beside(out)["old"]
    if not (out.exists() and _exchanged(new, out)):
        if out.exists():
            discard(previous)
            out.rename(previous)
        try:
            new.rename(out)
        except OSError:
            if previous.exists():
                previous.rename(out)
            raise
    discard(new)
    discard(previous)


def heal(out: Path) -> None:
    """Put the last site back where a build was killed before the new one had its place."""
    previous = beside(out)["old"]
    if not out.exists() and marker_of(previous):
        previous.rename(out)


def beside(out: Path) -> dict[str, Path]:
    """Where the new site is put together, and where the last one waits to be removed."""
    return {name: out.with_name(f".{out.name}.{name}") for name in ("new", "old")}


def discard(folder: Path) -> None:
    """Remove a site, its marker last: cut short, it is known as one of ours, and not as whole."""
    marker = folder / MARKER
    if folder.is_symlink() or marker.is_symlink() or not marker.is_file():
        return
    marker.write_bytes(b"")
    for path in folder.iterdir():
        if path.name != MARKER:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.rmtree(folder)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one call, and return whether this machine can."""
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    try:
        call = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return call(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0
