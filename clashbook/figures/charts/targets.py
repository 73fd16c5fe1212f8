"""The words that a mark shows when it is pointed at, and the unseen shape by which it is hit.

Words and shape belong to the artist that leads to the mark's record (its gid); `apart` parts shapes
that overlap, so that no mark takes another's place under the pointer.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
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


def unseen(left: float, top: float, right: float, bottom: float) -> Rectangle:
    """A shape on a sheet that is there to be hit."""
    return Rectangle((left, top), right - left, bottom - top, fc="none", ec="none", lw=0, zorder=4)


def area(
    ax: Axes, left: float, top: float, right: float, bottom: float, gid: str, words: str
) -> None:
    """Give a part of a sheet the words and the record that a mark would have, if it has words."""
    if words:
        shape = unseen(left, top, right, bottom)
        ax.add_patch(shape)
        lead(ax, shape, gid, words)


def apart(ax: Axes) -> None:
    """Cut the shapes of marks that overlap halfway between them; what is free makes up for it."""
    shapes = _shapes(ax)
    # Of each, on either axis, the start and the end.
    edges = np.array([shape.get_bbox().get_points().T for shape in shapes]).reshape(-1, 2, 2)
    points, sizes = edges.mean(axis=2), np.ptp(edges, axis=2)
    sheet = np.array([ax.get_xlim(), sorted(ax.get_ylim())])
    for pair in combinations(range(len(shapes)), 2):
        overlaps = _overlaps(*edges[[*pair]])
        if overlaps.min() <= 0:
            continue
        axis = overlaps.argmin()
        first, second = sorted(pair, key=lambda index: points[index, axis])
        middle = (points[first, axis] + points[second, axis]) / 2
        starts, ends = edges[[first, second], axis].T
        middle = min(max(middle, *starts), *ends)
        edges[first, axis, 1] = edges[second, axis, 0] = middle
    for index, shape in enumerate(shapes):
        edges[index] = _grown(edges[index], sizes[index], np.delete(edges, index, axis=0), sheet)
        edges[index] = edges[index].clip(*sheet.T[:, :, None])
        (left, right), (top, bottom) = edges[index]
        shape.set_bounds(left, top, right - left, bottom - top)


def _shapes(ax: Axes) -> list[Rectangle]:
    """The shapes of all that leads to a record; of a mark it is the first piece of its box."""
    led = [artist for artist in ax.get_children() if artist.get_gid()]
    firsts = [a.offsetbox.get_children()[0] if isinstance(a, AnnotationBbox) else a for a in led]
    return [shape for shape in firsts if isinstance(shape, Rectangle)]


def _overlaps(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How far shapes share their width, and their height; negative where they are apart."""
    lows, highs = np.maximum(one, other)[..., 0], np.minimum(one, other)[..., 1]
    return np.subtract(highs, lows)


def _grown(
    edges: np.ndarray, sizes: np.ndarray, others: np.ndarray, sheet: np.ndarray
) -> np.ndarray:
    """A mark's edges as far apart as before they were cut, where it stands free."""
    for axis, lack in enumerate(sizes - np.ptp(edges, axis=1)):
        for ends in ([0, lack], [-lack, 0]) if lack > 0 else ():
            longer = edges.copy()
            longer[axis] += ends
            inside = sheet[axis, 0] <= longer[axis, 0] and longer[axis, 1] <= sheet[axis, 1]
            if inside and (_overlaps(longer, others).min(axis=1) <= 0).all():
                edges = longer
                break
    return edges
