"""Small multiples: one size, one scale or, where measures are unlike, each its own."""

import pytest
from drawn import FIGURES, SIDES
from matplotlib.lines import Line2D
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
    panels = drawing.axes[0].child_axes
    lines = [line for ax in panels for line in ax.lines if set(line.get_ydata()) == {0}]
    boxes = [line.get_window_extent() for line in lines]
    return [(box.x0, box.x1, box.y0) for box in boxes]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["components", "holdings"])
def test_all_panels_are_of_one_width(name, width):
    widths = {round(right - left, 6) for left, right, _ in zeros(plotted(name, width))}
    assert len(widths) == 1


def test_panels_stand_two_in_a_row_and_one_on_a_phone():
    assert len({left for left, _, _ in zeros(plotted("components", style.WIDE))}) == 2
    assert len({left for left, _, _ in zeros(plotted("components", style.PHONE))}) == 1
    heights = [y for *_, y in zeros(plotted("components", style.WIDE))]
    assert heights[0] == heights[1] > heights[2]


def test_panels_on_one_scale_reach_equally_far():
    limits = {ax.get_ylim() for ax in plotted("components").axes[0].child_axes}
    assert len(limits) == 1


def test_the_size_of_one_measure_does_not_move_another_on_a_scale_of_its_own():
    def larger(rows):
        mine = rows.measure == "Reserves"
        return rows.assign(value=rows.value.where(~mine, rows.value * 1000))

    one, other = (plotted("holdings", keep=keep) for keep in (lambda rows: rows, larger))
    limits = [[ax.get_ylim() for ax in made.axes[0].child_axes] for made in (one, other)]
    assert limits[0][:2] == limits[1][:2]
    assert limits[0][2] != limits[1][2]


def test_each_panel_has_its_unit_under_its_head():
    said = texts(plotted("holdings"))
    assert said.index("Reserves") + 1 == said.index("Billion US dollars")


def test_episodes_are_named_over_the_first_row_alone_and_on_a_phone_over_each_panel():
    assert texts(plotted("components")).count("July 2020") == 2
    assert texts(plotted("components", style.PHONE)).count("July 2020") == 3


def test_an_axis_of_years_names_them_at_the_middle_and_shades_no_month():
    growth, *_ = plotted("holdings").axes[0].child_axes
    at = {label.get_text(): label.get_position()[0] for label in growth.get_xticklabels()}
    assert at["2020"] == 2020 * 12 + 5.5
    points = [x for line in growth.lines for x in line.get_xdata() if x > 1]
    assert at["2020"] in points
    assert texts(plotted("holdings")).count("July 2020") == 1


def test_lines_are_named_where_they_end_in_panels_of_several_sides():
    drawing = plotted("holdings")
    said = texts(drawing)
    assert [said.count(name) for name in ("Armenia", "Azerbaijan", "Georgia")] == [1, 1, 1]
    right = max(right for _, right, _ in zeros(drawing)[:1])
    found = {text.get_text(): text.get_position()[0] for text in drawing.findobj(Text)}
    assert all(found[name] > right for name in ("Armenia", "Azerbaijan", "Georgia"))
    alone = plotted("holdings", keep=lambda rows: rows[rows.party.isin(["ARM", ""])])
    assert "Armenia" not in texts(alone)


def test_the_key_tells_sides_by_the_shape_of_their_points_and_not_by_colour_alone():
    drawing = plotted("components")
    said = texts(drawing)
    assert "Armenia, printed, period uncertain" in said
    assert "Azerbaijan, GDP as first published" in said
    key = [box for box in drawing.axes[0].findobj(AnnotationBbox) if box.xy[1] < 30]
    shapes = [box.findobj(Line2D)[0].get_marker() for box in key]
    assert shapes == ["o", "s"]


def test_a_line_says_what_kind_of_figures_it_has_where_other_kinds_stand_beside_it():
    assert texts(plotted("components")).count("Vintage of March 2024") == 1
    assert "Vintage of" not in " ".join(texts(plotted("holdings")))


def test_what_is_only_compared_with_is_grey_and_thin():
    def lines(kind):
        made = plotted(
            "holdings", keep=lambda rows: rows.assign(kind=rows.kind.replace("context", kind))
        )
        ax = made.axes[0].child_axes[0]
        return {
            (line.get_color(), line.get_linewidth())
            for line in ax.lines
            if len(line.get_xdata()) > 2
        }

    grey = (style.colour("axis"), 1)
    assert grey in lines("context")
    assert grey not in lines("vintage")


def test_a_panel_can_have_another_head_than_what_its_marks_measure():
    def keep(rows):
        return rows.assign(panel=rows.measure.map({"Services": "2020", "Construction": "2022"}))

    drawing = plotted("components", keep=lambda rows: keep(rows).fillna({"panel": "2023"}))
    assert "2020" in texts(drawing)
    assert "Services" not in texts(drawing)
    words = [box.get_label() for box in drawing.findobj(AnnotationBbox) if box.get_gid()]
    assert [word.split(":")[0].replace("\u00a0", " ") for word in words] == [
        "Armenia, Services, May 2020",
        "Azerbaijan, Services, June 2020",
    ]


def test_of_two_figures_of_a_month_the_one_speaks_whose_value_is_written():
    def said(written):
        def keep(rows):
            mine = (rows.period == "2020-07") & (rows.kind == "vintage")
            return rows.assign(written=mine.map({True: written, False: ""}))

        boxes = plotted("activity", keep=keep).findobj(AnnotationBbox)
        return [box.get_label() for box in boxes if "July\u00a02020" in str(box.get_label())]

    (alone,) = said("")
    assert "(as first published)" in alone
    assert all("(vintage of" in words for words in said("3.1%"))


def test_points_of_two_periods_lie_in_a_row_each_with_its_value_on_the_outside():
    drawing = plotted("branches")
    found = {text.get_text(): text.get_position()[0] for text in drawing.findobj(Text)}
    boxes = [box.xy for box in drawing.findobj(AnnotationBbox) if box.get_gid()]
    rows = sorted({y for _, y in boxes})
    assert len(rows) == 3
    services = sorted(x for x, y in boxes if y == rows[1])
    assert found["-21.7%"] < services[0] < services[1] < found["26.3%"]
