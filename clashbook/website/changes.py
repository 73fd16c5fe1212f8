"""What can differ between two states of the book, from the rows of its data to its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from clashbook.website.moving import Cause
from clashbook.website.snapshots import Condition, Paragraph

CAME, GONE, CHANGED = "came", "gone", "changed"
# The table of corrections.
CORRECTIONS = "corrections"
# Of a number's fields a reader reads or reckons with one; the others say what it rests on.
MOVES = ("text", "low", "best", "high", "unit")
# Numbers that say which state it is.
OWN = ("as-of", "version")


@dataclass(frozen=True)
class Cell:
    """A column, or a field of a number, from what to what."""

    column: str
    before: object
    after: object

    @property
    def words(self) -> str:
        """From what to what."""
        return f"{self.column}: {self.before or 'empty'} → {self.after or 'empty'}"


@dataclass(frozen=True)
class RowChange:
    """A row that came, went or changed: its cells that differ, and the corrections about it.

    `what` is the row in words: who said what of whom, and when; its key where none are known. Of
    one that came or went `cells` are all that are not empty.
    """

    table: str
    key: str
    kind: str
    cells: tuple[Cell, ...]
    corrections: tuple[str, ...] = ()
    what: str = ""

    @property
    def words(self) -> str:
        """Its cells, each from what to what."""
        return "; ".join(
            f"{c.column}: {c.before or 'empty'} → {c.after or 'empty'}" for c in self.cells
        )


@dataclass(frozen=True)
class NumberChange:
    """A number from what to what: None where it is not there.

    Parameters
    ----------
    id, what : str
        Its id, and what it is of.
    before, after : str or None
        Its words.
    cells : tuple of Cell
        Its fields that differ.
    pages : tuple of str
        Those that use it, before or after.
    causes : tuple of Cause
        Of a toll by which rule it moved.
    rows, corrections : tuple of str
        The rows of the data behind it that differ, by their keys, and the corrections.
    """

    id: str
    what: str
    before: str | None
    after: str | None
    cells: tuple[Cell, ...]
    pages: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    rows: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def has_moved(self) -> bool:
        """Whether it says something else, and does not only rest on something else."""
        return any(cell.column in MOVES for cell in self.cells) or None in (self.before, self.after)


@dataclass(frozen=True)
class ExhibitChange:
    """A figure or table that came, went or changed: its titles, and its rows with their numbers."""

    id: str
    kind: str
    page: str
    before: str
    after: str
    came: tuple[dict[str, str], ...] = ()
    gone: tuple[dict[str, str], ...] = ()
    rows: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flip:
    """A condition that holds and did not, or did and does not; `is_met` says which."""

    condition: Condition
    is_met: bool


@dataclass(frozen=True)
class Touched:
    """A paragraph that refers to something that differs.

    `before` and `after` are the paragraph in either state, None where it has no such; `of` are the
    anchors of what differs, a number's with "number-" before its id.
    """

    before: Paragraph | None
    after: Paragraph | None
    of: tuple[str, ...]

    @property
    def newest(self) -> Paragraph:
        """The paragraph as it is after, or was."""
        found = self.after or self.before
        assert found
        return found


@dataclass(frozen=True)
class Differences:
    """All that differs between two snapshots; see the classes of its parts.

    `before` and `after` name them as `Snapshot` does, `days` and `versions` are theirs. `columns`
    are those of a table that only one has, by whether they came or went, a cell each (its column is
    "table.column"). Each number that differs is in `numbers` once; `tolls` are the counted ones,
    whether a page has them or not. `not_compared` says in words what either side does not tell.
    """

    before: str
    after: str
    days: tuple[str, str]
    versions: tuple[str, str]
    rows: tuple[RowChange, ...] = ()
    columns: tuple[Cell, ...] = ()
    tolls: tuple[NumberChange, ...] = ()
    numbers: tuple[NumberChange, ...] = ()
    exhibits: tuple[ExhibitChange, ...] = ()
    flips: tuple[Flip, ...] = ()
    paragraphs: tuple[Touched, ...] = ()
    not_compared: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs of all that both tell."""
        return not any(
            (self.rows, self.columns, self.tolls, self.numbers, self.exhibits, self.flips)
        )

    def of_table(self, table: str, kind: str = "") -> list[RowChange]:
        """The rows of a table that came, went or changed, or only those of one kind."""
        return [row for row in self.rows if row.table == table and kind in ("", row.kind)]

    @property
    def moved(self) -> list[NumberChange]:
        """The numbers that say something else, but for those that say which state it is."""
        return [one for one in self.numbers if one.has_moved and one.id not in OWN]

    @property
    def corrections(self) -> list[RowChange]:
        """The corrections that a newer version brought.

        On another day of the same version a correction is only known with its row.
        """
        one, other = self.versions
        return self.of_table(CORRECTIONS, CAME) if one != other else []
