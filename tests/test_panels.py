"""Small multiples: one size, one scale or, where measures are unlike, each its own."""

import drawn
import pytest
from drawn import FIGURES, SIDES
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.text import Text

from clashbook.figures.charts import figure, style

WIDTHS = (style.WIDE, style.PHONE)


@pytest.fixture(autouse=True)
def _parties():
    with style.using(SIDES):
        yield


def plotted(name, width=style.WIDE, keep=lambda rows: rows):
    draw, make = FIGURES[name]
    return figure.plot(draw, keep(make()), width)


def texts(drawing):
    shown = (text for text in drawing.findobj(Text) if text.get_visible())
    return [text.get_text().replace("\u00a0", " ") for text in shown]


def zeros(drawing):
    """The lines at zero, one a panel: left end, right end and height."""
    drawing.draw_without_rendering()
    boxes = [line.get_window_extent() for ax in drawing.axes[0].child_axes for line in ax.lines]
    return [(box.x0, box.x1, box.y0) for box in boxes]


def marks_at(drawing):
    """Heights of the marks under the key, in the order of their rows."""
    boxes = drawing.findobj(AnnotationBbox)
    return [box.xy for box in boxes if box.xy[1] > 60]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["components", "holdings"])
def test_all_panels_are_of_one_width(name, width):
    widths = {round(right - left, 6) for left, right, _ in zeros(plotted(name, width))}
    assert len(widths) == 1


def test_panels_stand_two_in_a_row_and_one_on_a_phone():
    assert len({left for left, _, _ in zeros(plotted("components", style.WIDE))}) == 2
    assert len({left for left, _, _ in zeros(plotted("components", style.PHONE))}) == 1
    heights = [y for *_, y in zeros(plotted("components", style.WIDE))]
    assert (heights[0], heights[2]) == (heights[1], heights[3])


def test_panels_on_one_scale_name_its_values_once_a_row():
    assert texts(plotted("components")).count("0") == 2
    assert texts(plotted("components", style.PHONE)).count("0") == 4


def test_panels_on_scales_of_their_own_each_name_their_values():
    said = texts(plotted("holdings"))
    assert said.count("0") == 3
    assert "1,500" in said


def test_the_size_of_one_measure_does_not_move_another_on_a_scale_of_its_own():
    def larger(rows):
        mine = rows.measure.str.startswith("Net")
        return rows.assign(value=rows.value.where(~mine, rows.value * 1000))

    one, other = (plotted("holdings", keep=keep) for keep in (lambda rows: rows, larger))
    strategic = [y for _, y in marks_at(one)][-2:]
    assert [y for _, y in marks_at(other)][-2:] == strategic


def test_a_figure_without_a_date_stands_in_words_and_not_on_the_axis():
    drawing = plotted("holdings")
    assert "USD billion; 51.53 without a date" in texts(drawing)
    dated = drawn.holdings().query("kind in ('stated', 'wider')")
    assert len(marks_at(drawing)) == len(dated)


def test_episodes_are_named_over_the_first_row_alone():
    assert texts(plotted("components")).count("July 2020") == 2
    assert texts(plotted("components", style.PHONE)).count("July 2020") == 1


def test_months_are_named_under_the_lowest_panel_of_each_column():
    assert texts(plotted("components")).count("2021") == 2
    assert texts(plotted("components", style.PHONE)).count("2021") == 1
    assert texts(plotted("holdings")).count("Dec 2015") == 2


def test_the_key_names_a_release_only_where_the_lines_of_all_panels_are_of_it():
    def unlike(rows):
        first = (rows.measure == "Construction") & (rows.kind == "vintage")
        return rows.assign(label=rows.label.where(~first, "As revised by May 2024"))

    assert "Armenia, vintage of March 2024" in texts(plotted("components"))
    mixed = texts(plotted("components", keep=unlike))
    assert mixed.count("Armenia") == 1
    assert not any("May 2024" in text for text in mixed)


def test_a_mark_of_a_period_that_is_not_sure_reaches_to_both_sides():
    sure = plotted("components", keep=lambda rows: rows.assign(firmness="exact"))
    parts = [
        sum(len(box.offsetbox.get_children()) for box in drawing.findobj(AnnotationBbox))
        for drawing in (plotted("components"), sure)
    ]
    # Two lines more for each of the two marks, and for the one of the key.
    assert parts[0] - parts[1] == 6


def test_no_panel_is_drawn_of_a_measure_without_a_dated_figure():
    keep = lambda rows: rows[(rows.kind == "undated") | rows.measure.str.startswith("Gross")]  # noqa: E731
    assert not any("Strategic" in text for text in texts(plotted("holdings", keep=keep)))
