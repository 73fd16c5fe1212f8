"""The command line: `clashbook check`, `build`, `serve`, `publish`, `toll`, `cite` and more.

Exit status 0, 1 for bad data, 2 for bad usage, 130 after an interruption.
"""

from clashbook.cli import asking, coding, comparing, group, making
from clashbook.cli.group import main

__all__ = ["asking", "coding", "comparing", "group", "main", "making"]
