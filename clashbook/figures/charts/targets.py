"""The words that a mark shows when it is pointed at, and the unseen shape by which it is hit.

Words and shape belong to the artist that leads to the mark's record (its gid); `apart` parts shapes
that overlap, so that no mark takes another's place under the pointer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.patches import Rectangle

from clashbook.figures.charts.style import clean

# The wide drawing is shown down to 43 rem of its 45, and has to keep 24 pixels there.
TARGET = 26


def lead(ax: Axes, artist: Artist, gid: str, words: str) -> None:
    """Make an artist lead to the record of that gid; ids are unique within a figure."""
    taken = [other.get_gid() or "" for other in ax.get_children()]
    count = sum(other == gid or other.startswith(f"{gid}~") for other in taken)
    artist.set_gid(f"{gid}~{count + 1}" if count else gid)
    artist.set_label(clean(words))


def area(
    ax: Axes, left: float, top: float, right: float, bottom: float, gid: str, words: str
) -> None:
    """Give a part of a sheet the words and the record that a mark would have, if it has words."""
    if not words:
        return
    shape = Rectangle((left, top), right - left, bottom - top, fc="none", ec="none", lw=0)
    shape.set_zorder(4)
    ax.add_patch(shape)
    lead(ax, shape, gid, words)


class _Target:
    """A mark's shape with its edges on the sheet: left and right, top and bottom.

    The shape of an `upwards` target lies in a box, in which heights run upwards from its `origin`.
    """

    def __init__(
        self, shape: Rectangle, origin: tuple[float, float] = (0, 0), upwards: bool = False
    ):
        self.shape, self.origin, self.upwards = shape, origin, upwards
        (x, y), box = origin, shape.get_bbox()
        heights = [y - box.y1, y - box.y0] if upwards else [box.y0, box.y1]
        self.edges = [[x + box.x0, x + box.x1], heights]
        self.point = origin if upwards else [sum(pair) / 2 for pair in self.edges]

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
        first, second = sorted((one, other), key=lambda target: target.point[axis])
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
            edges = [*target.edges]
            edges[axis] = longer
            inside = sheet[axis][0] <= longer[0] and longer[1] <= sheet[axis][1]
            if inside and all(min(_overlaps(edges, other.edges)) <= 0 for other in others):
                target.edges = edges
                break


def _targets(ax: Axes) -> Iterator[_Target]:
    for artist in ax.get_children():
        if artist.get_gid() and isinstance(artist, AnnotationBbox):
            shape = artist.offsetbox.get_children()[0]
            if isinstance(shape, Rectangle):
                yield _Target(shape, artist.xy, upwards=True)
        elif artist.get_gid() and isinstance(artist, Rectangle):
            yield _Target(artist)
