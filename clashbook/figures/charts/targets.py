"""What a mark says when it is pointed at, and the unseen shape by which it is hit.

Words and shape belong to the artist that leads to the mark's record (its gid); `apart` parts shapes
that overlap, so that no mark takes another's place under the pointer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.patches import Rectangle

from clashbook.dataset import kinds
from clashbook.figures.charts.style import clean

# The wide drawing is shown down to 43 rem of its 45, and has to keep 24 pixels there.
TARGET = 26
# Columns of ids, and the kind of record that they name; a series leads to its source.
RECORDS = {kind.table: kind.name for kind in kinds.SPOKEN} | {kinds.SOURCE.key: kinds.SOURCE.name}


def record(row) -> str:
    """The gid of the record that a row rests on first, or "" where it rests on none."""
    for column, kind in RECORDS.items():
        ids = str(getattr(row, column, "")).split()
        if ids:
            return f"{kind}:{ids[0]}"
    return ""


def told(words: str, row, *, counted: bool = False) -> str:
    """A mark's words with who says so and when; "" where nobody does.

    Parameters
    ----------
    row : row of a frame
        With claimant and stated, and the ids of what it rests on.
    counted : bool
        Whether the value was counted from claims, so that no claimant may have said it.
    """
    if not row.claimant:
        return ""
    several = len(str(getattr(row, "claims", "")).split()) > 1
    says = "published by" if record(row).startswith("source:") else "stated by"
    if counted or several:
        says = "from claims of" if several else "from a claim of"
    words = f"{words[:1].upper()}{words[1:]}"
    end = f"{says} {row.claimant}, {row.stated}"
    return f"{words} {end[0].upper()}{end[1:]}" if words.endswith(".") else f"{words}, {end}"


def lead(artist: Artist, gid: str, words: str) -> None:
    """Make an artist lead to the record of that gid; ids are unique within a figure."""
    taken = {other.get_gid() for other in artist.axes.get_children()}
    count = sum(str(other).partition("~")[0] == gid for other in taken)
    artist.set_gid(f"{gid}~{count + 1}" if count else gid)
    artist.set_label(clean(words))


def area(ax: Axes, left: float, top: float, right: float, bottom: float, **words: str) -> None:
    """Make a part of a sheet say and lead to what a mark would, where it is no box of its own."""
    shape = Rectangle((left, top), right - left, bottom - top, fc="none", ec="none", lw=0)
    shape.set_zorder(4)
    ax.add_patch(shape)
    lead(shape, **words)


@dataclass
class _Target:
    """A mark's shape with its edges on the sheet."""

    shape: Rectangle
    origin: tuple[float, float]
    upwards: bool
    point: tuple[float, float]
    edges: list[list[float]]

    @classmethod
    def of(cls, shape: Rectangle, origin: tuple[float, float], *, upwards: bool) -> _Target:
        (x, y), width, height = shape.get_xy(), shape.get_width(), shape.get_height()
        y = -y - height if upwards else y
        edges = [[origin[0] + x, origin[0] + x + width], [origin[1] + y, origin[1] + y + height]]
        point = origin if upwards else tuple(sum(pair) / 2 for pair in edges)
        return cls(shape, origin, upwards, point, edges)

    def set(self) -> None:
        (left, right), (top, bottom) = self.edges
        y = self.origin[1] - bottom if self.upwards else top - self.origin[1]
        self.shape.set_bounds(left - self.origin[0], y, right - left, bottom - top)


def apart(ax: Axes) -> None:
    """Cut the shapes of marks that overlap halfway between them; what is free makes up for it."""
    targets = list(_targets(ax))
    sheet = [list(ax.get_xlim()), sorted(ax.get_ylim())]
    for one, other in combinations(targets, 2):
        overlaps = _overlaps(one.edges, other.edges)
        if min(overlaps) <= 0:
            continue
        axis = overlaps.index(min(overlaps))
        first, second = sorted((one, other), key=lambda each: each.point[axis])
        starts, ends = zip(first.edges[axis], second.edges[axis], strict=True)
        middle = min(max((first.point[axis] + second.point[axis]) / 2, *starts), *ends)
        first.edges[axis][1] = second.edges[axis][0] = middle
    for target in targets:
        if target.upwards:
            _grow(target, [other for other in targets if other is not target], sheet)
        target.edges = [
            [max(start, low), min(end, high)]
            for (start, end), (low, high) in zip(target.edges, sheet, strict=True)
        ]
        target.set()


def _overlaps(one: list[list[float]], other: list[list[float]]) -> list[float]:
    """How far two shapes share their width, and their height; negative where they are apart."""
    return [min(a[1], b[1]) - max(a[0], b[0]) for a, b in zip(one, other, strict=True)]


def _grow(target: _Target, others: list[_Target], sheet: list[list[float]]) -> None:
    """Make a mark's shape as large as it was before it was cut, where it stands free."""
    for axis, (start, end) in enumerate(target.edges):
        lack = TARGET - (end - start)
        for longer in ([start, end + lack], [start - lack, end]) if lack > 0 else ():
            edges = [longer if at == axis else each for at, each in enumerate(target.edges)]
            inside = sheet[axis][0] <= longer[0] and longer[1] <= sheet[axis][1]
            if inside and all(min(_overlaps(edges, other.edges)) <= 0 for other in others):
                target.edges = edges
                break


def _targets(ax: Axes) -> Iterator[_Target]:
    for artist in ax.get_children():
        if artist.get_gid() and isinstance(artist, AnnotationBbox):
            # In a box heights run upwards, on a sheet down.
            shape = artist.offsetbox.get_children()[0]
            yield _Target.of(shape, artist.xy, upwards=True)
        elif artist.get_gid() and isinstance(artist, Rectangle):
            yield _Target.of(artist, (0, 0), upwards=False)
