"""Where finished sites of many editions wait to be published: a folder, or an fsspec address.

A site is there whole or not at all: in a folder the build puts it into its place by a rename, at an
address it is one archive, which gets its name when it is written.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from clashbook.files import RefusedError, discard

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

FOLDER = Path(".build") / "editions"


class ResultsError(RefusedError):
    """No site can be put there or taken from there; the message is one line."""


@dataclass(frozen=True)
class Results:
    """The place of finished sites.

    Parameters
    ----------
    root : Path
        The project; sites on their way to an address lie in its `FOLDER`.
    place : str
        A folder or, with ``://`` in it, an fsspec address; empty for `FOLDER`.

    Raises
    ------
    ResultsError
        If it is an address that fsspec cannot reach.
    """

    root: Path
    place: str = ""

    def __post_init__(self) -> None:
        if self.is_address:
            self._remote()

    @property
    def is_address(self) -> bool:
        return "://" in self.place

    def site(self, day: str) -> Path:
        """Where the site of an edition is built."""
        is_folder = self.place and not self.is_address
        return (Path(self.place) if is_folder else self.root / FOLDER) / day

    def send(self, day: str) -> None:
        """Put the built site where the one who publishes finds it."""
        if not self.is_address:
            return
        remote, archive = self._remote(f"{day}.tar")
        unfinished = f"{archive}.unfinished"
        try:
            remote.makedirs(remote._parent(archive), exist_ok=True)
            with remote.open(unfinished, "wb") as file:
                _pack(self.site(day), file)
            remote.mv(unfinished, archive)
        except Exception as error:  # each file system has its own
            raise self._fault("cannot be written", error) from error

    @contextmanager
    def fetched(self, day: str) -> Iterator[Path]:
        """The site of an edition, on this machine."""
        if not self.is_address:
            yield self.site(day)
            return
        site = self.root / FOLDER / f"{day}.fetched"
        discard(site)
        try:
            remote, archive = self._remote(f"{day}.tar")
            with (
                remote.open(archive, "rb") as file,
                tarfile.open(fileobj=file, mode="r|") as packed,
            ):
                packed.extractall(site, filter="data")
        except Exception as error:
            raise self._fault("cannot be read", error) from error
        yield site
        discard(site)

    def _remote(self, name: str = "") -> tuple[AbstractFileSystem, str]:
        """The file system of the address, and the path of a file in it."""
        try:
            from fsspec.core import url_to_fs

            return url_to_fs("/".join(filter(None, [self.place.rstrip("/"), name])))
        except (ImportError, ValueError) as error:
            raise self._fault("cannot be reached", error) from error

    def _fault(self, what: str, error: Exception) -> ResultsError:
        why = str(error).partition("\n")[0] or type(error).__name__
        return ResultsError(f"results at {self.place} {what}: {why}")


def _pack(site: Path, file: IO[bytes]) -> None:
    with tarfile.open(fileobj=file, mode="w|") as packed:
        for path in sorted(site.rglob("*")):
            packed.add(path, path.relative_to(site).as_posix(), recursive=False)
