"""One fault of the data, and how it is said."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from clashbook.files import RefusedError


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of the data and the way out of it.

    Parameters
    ----------
    file
        Name of the file, or of the parameter that is wrong.
    line
        Physical line in the file, the header being 1; 0 where the whole file is meant.
    column
        Name of the column, or "".
    value
        The value as it stands, or "".
    fault
        What is wrong with it.
    way_out
        What to write instead; it follows the word "write".
    """

    file: str
    line: int
    column: str
    value: str
    fault: str
    way_out: str

    @property
    def cell(self) -> tuple[str, int, str]:
        """Where it is: file, line, column."""
        return self.file, self.line, self.column

    def __str__(self) -> str:
        line = f" line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        value = f', "{shown(self.value)}"' if self.value else ""
        return f"{self.file}{line}{column}{value}: {self.fault}; write {self.way_out}"


class DataError(RefusedError):
    """The data are not fit for use; its text has one line for each of `problems`."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = list(problems)
        if {problem.file for problem in problems} == {"as_of"}:
            self.status = 2  # the data are sound, and what was asked for is not
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def of_file(cls, file: str, fault: str, way_out: str, line: int = 0) -> Self:
        """The refusal of a file that cannot be read."""
        return cls([Problem(file, line, "", "", fault, way_out)])


def shown(value: str, width: int = 60) -> str:
    """Return `value` fit for one line of a message: escaped where invisible, and not too long."""
    short = value if len(value) <= width else value[: width - 1] + "…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in short
    )


def listed(words: list[str]) -> str:
    """Return `words` as a choice: "a, b or c"."""
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def nearest(value: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `value` is a slip for, or "" where that would be a guess.

    Another case alone is a slip. Another digit never is: it may be the id of another day.
    """
    known = [one for one in known if one.isprintable()]
    same = [one for one in known if one.casefold() == value.casefold()]
    digits = re.findall("[0-9]", value)
    like = [one for one in known if re.findall("[0-9]", one) == digits]
    return next(iter(same or difflib.get_close_matches(value[:200], like, 1, 0.6)), "")
