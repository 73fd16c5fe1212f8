"""What is kept between builds proves that it is whole, by the digest of its own content."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from clashbook.files import write_whole


def digest(parts: Iterable[Path], *values: object) -> str:
    """Return the sha256 of files, of folders with all that lies below, and of values.

    Parameters
    ----------
    parts : iterable of Path
        Files count with their names, folders by the names in them: a project that moves, or whose
        folder gets another name, is still up to date. Compiled modules do not count.
    values : object
        What JSON can write.
    """
    total = hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode())
    for part in parts:
        for name, file in _files(part):
            content = file.read_bytes() if file.is_file() else b""
            state = "file" if file.is_file() else "absent"
            total.update(f"{len(name)}:{name}:{state}".encode(errors="surrogateescape"))
            total.update(hashlib.sha256(content).digest())
        total.update(b"end of part")
    return total.hexdigest()


def _files(part: Path) -> Iterator[tuple[str, Path]]:
    if not part.is_dir():
        yield part.name, part
        return
    for file in sorted(part.rglob("*")):
        if file.suffix != ".pyc" and not file.is_dir():
            yield file.relative_to(part).as_posix(), file


def seal(file: Path, made_from: str, outputs: Iterable[Path]) -> None:
    """Write what the outputs were made from, and the digest of what they hold."""
    write_whole(file, json.dumps([made_from, digest(outputs)]).encode())


def is_sealed(file: Path, made_from: str, outputs: Iterable[Path]) -> bool:
    """Whether the outputs were made from this, and hold what they held then."""
    try:
        sealed = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return False
    return sealed == [made_from, digest(outputs)]
