"""The files beside the pages: where one lies, seen from a page, and what it is called."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


def asset(page: Path, address: str) -> Path:
    """The file that a page means by an address within the site."""
    return Path(os.path.normpath(page.parent / unquote(urlsplit(address).path)))


def relative(page: Path, file: Path) -> str:
    """The address of a file, seen from a page."""
    return Path(os.path.relpath(file, page.parent)).as_posix()


def named(stem: str, content: str, suffix: str) -> str:
    """A file name that changes with the content, so that no browser keeps an old one."""
    return f"{stem}-{hashlib.sha256(content.encode()).hexdigest()[:8]}.{suffix}"
