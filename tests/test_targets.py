"""The unseen shapes of marks: large enough to hit, and none over another."""

from itertools import combinations

import drawn
import pytest
from drawn import FIGURES, SIDES
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.patches import Rectangle

from clashbook.figures.charts import figure, marks, style, targets
from clashbook.figures.charts.marks import Mark
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.targets import TARGET

WIDTHS = (style.WIDE, style.PHONE)


@pytest.fixture(autouse=True)
def _parties():
    with style.using(SIDES):
        yield


def edges(ax):
    """Left, top, right and bottom of each mark's shape on the sheet."""
    led = [artist for artist in ax.get_children() if artist.get_gid()]
    shapes = [a.offsetbox.get_children()[0] if isinstance(a, AnnotationBbox) else a for a in led]
    return [shape.get_bbox().extents for shape in shapes if isinstance(shape, Rectangle)]


def drawn_at(*points, mark=None):
    """A sheet with a mark at each point, its shapes parted."""
    ax = Figure(figsize=(style.WIDE / style.PIXELS_PER_INCH, 1)).add_axes((0, 0, 1, 1))
    sheet = Sheet.of(ax)
    for at, (x, y) in enumerate(points):
        marks.put(ax, x, y, mark or Mark(SIDES[0]), f"claim:c-{at}", "words")
    sheet.finish(400)
    targets.apart(ax)
    return edges(ax)


def overlap(one, other):
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 1e-6
        and min(one[3], other[3]) - max(one[1], other[1]) > 1e-6
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", FIGURES)
def test_no_mark_of_any_figure_lies_under_anothers_shape(name, width):
    draw, make = FIGURES[name]
    drawing = figure.plot(draw, make(), width)
    found = edges(drawing.axes[0])
    assert [pair for pair in combinations(found, 2) if overlap(*pair)] == []
    height = drawing.get_figheight() * style.PIXELS_PER_INCH
    for left, top, right, bottom in found:
        assert left >= 0
        assert top >= 0
        assert right <= width + 1e-6
        assert bottom <= height + 1e-6
        assert right > left
        assert bottom > top


def test_a_mark_that_stands_free_has_a_square_round_it():
    (edges,) = drawn_at((100, 100))
    assert [*edges] == [87, 87, 113, 113]


def test_neighbours_share_the_room_between_them_and_take_what_is_free_beyond():
    one, other = drawn_at((100, 100), (110, 100))
    assert one[2] == other[0] == 105
    assert one[0] == 105 - TARGET
    assert other[2] == 105 + TARGET


def test_a_mark_between_two_others_keeps_what_is_left():
    _, middle, _ = drawn_at((100, 100), (110, 100), (120, 100))
    assert (middle[0], middle[2]) == (105, 115)


def test_a_month_is_hit_in_its_own_column_and_not_in_those_without_a_row():
    drawing = figure.plot(*drawn_months("2020-01", "2020-06", "2021-12"), style.WIDE)
    widths = [right - left for left, _, right, _ in edges(drawing.axes[0])]
    month = (style.WIDE - 8 - widths[0]) / 24
    assert max(widths) < 1.5 * month


def drawn_months(*periods):
    draw, _ = FIGURES["months"]
    return draw, drawn.frame(*(drawn.month(period, 2) for period in periods))


def test_what_nobody_says_is_no_mark_to_be_pointed_at():
    rows = drawn.frame(drawn.silent("15 July", drawn.ARM), drawn.silent("16 July", drawn.ARM))
    drawing = figure.plot(FIGURES["days"][0], rows, style.WIDE)
    assert edges(drawing.axes[0]) == []
