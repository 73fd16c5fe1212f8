import io
import subprocess
import sys
from itertools import pairwise

import drawn
import pytest
from drawn import ARM, AZE, BOTH, FIGURES, SIDES, frame, toll
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.text import Text
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from clashbook.figures import charts
from clashbook.figures.charts import figure, labels, marks, style
from clashbook.figures.charts.axes import in_figures, is_log, number_ticks
from clashbook.figures.charts.marks import HOLLOW, POINTED, Mark
from clashbook.figures.charts.rows import PALE

WIDTHS = (style.WIDE, style.PHONE)
CAPTION = {
    "title": "A title that is long enough to stand in two lines at either width of a figure",
    "subtitle": "What is measured, in which unit, of whom, and in which period.",
    "note": "What a reader could misread.",
    "source": "Source: A newspaper; Another newspaper. As known on 31 December 2025. CC BY 4.0.",
}


@pytest.fixture(autouse=True)
def _parties():
    with style.using(SIDES):
        yield


def test_a_text_is_measured_in_its_typeface_before_anything_was_drawn():
    code = (
        "from clashbook.figures.charts.style import text_width; print(text_width('At least', 12))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert float(done.stdout) == style.text_width("At least", 12)


def plotted(name, width=style.WIDE):
    draw, make = FIGURES[name]
    return figure.plot(draw, make(), width)


def texts(drawing):
    return [text for text in drawing.findobj(Text) if text.get_text() and text.get_visible()]


def words(drawing):
    return " | ".join(text.get_text() for text in texts(drawing)).replace("\u00a0", " ")


def boxes(drawing):
    """The boxes of all texts, half a pixel less on each side: neighbours may touch."""
    renderer = drawing.canvas.get_renderer()
    drawing.draw(renderer)
    found = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(drawing)]
    return [(text, box.padded(-0.75)) for text, box in found]


# What is on the sheet


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("framed", [False, True], ids=["bare", "framed"])
@pytest.mark.parametrize("name", FIGURES)
def test_no_text_leaves_its_sheet_or_lies_over_another(name, width, framed):
    draw, make = FIGURES[name]
    drawing = (
        figure.framed(draw, make(), width, CAPTION) if framed else figure.plot(draw, make(), width)
    )
    found = boxes(drawing)
    sheet = drawing.bbox
    outside = [
        text
        for text, box in found
        if box.x0 < -1 or box.y0 < -1 or box.x1 > sheet.x1 + 1 or box.y1 > sheet.y1 + 1
    ]
    assert outside == []
    over = [
        (one, other)
        for at, (one, box) in enumerate(found)
        for other, second in found[at + 1 :]
        if box.overlaps(second)
    ]
    assert over == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", FIGURES)
def test_no_text_is_smaller_than_twelve_pixels_or_set_at_an_angle(name, width):
    for text in texts(plotted(name, width)):
        assert text.get_fontsize() >= 12
        assert text.get_rotation() == 0
        assert text.get_fontfamily() == style.SETTINGS["font.family"]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_value_is_written_beside_its_mark_at_both_widths(width):
    for name in ("tolls", "days", "statements", "beside", "as known"):
        _, make = FIGURES[name]
        shown = words(plotted(name, width)).replace(" | ", " ")
        for row in make().itertuples():
            if row.text:
                for word in row.text.replace("\u00a0", " ").split():
                    assert word in shown, (name, row.text)


def test_a_figure_is_drawn_for_each_width_and_not_shrunk():
    wide, phone = (plotted("tolls", width) for width in WIDTHS)
    assert phone.get_figheight() > wide.get_figheight()
    assert phone.get_figwidth() * style.PIXELS_PER_INCH == style.PHONE


def test_a_mark_that_rests_on_a_claim_leads_to_it_and_ids_are_unique():
    drawing = plotted("tolls")
    gids = [artist.get_gid() for artist in drawing.axes[0].get_children() if artist.get_gid()]
    frame = drawn.tolls()
    named = {gid.rpartition("~")[0]: frame.claims[int(gid.rpartition("~")[2])] for gid in gids}
    assert {"claim:c-1", "claim:a-claim"} <= set(named)
    # The number behind it is the place of its row.
    assert all(claims.split()[0] == gid.partition(":")[2] for gid, claims in named.items())
    assert len(gids) == len(set(gids)) == len(drawn.tolls())


def said(drawing):
    """What the marks say, in the order in which a keyboard steps through them."""
    marked = [artist for artist in drawing.axes[0].get_children() if artist.get_gid()]
    marked.sort(key=lambda artist: artist.get_zorder())
    return [artist.get_label().replace("\u00a0", " ") for artist in marked]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", FIGURES)
def test_every_mark_that_leads_to_a_record_names_who_says_so_and_when(name, width):
    speakers = {(row.claimant, row.stated) for row in FIGURES[name][1]().itertuples()}
    ends = tuple(f" {who}, {when}".replace("\u00a0", " ") for who, when in speakers if who)
    marks = said(plotted(name, width))
    assert bool(marks) == bool(ends)
    assert [words for words in marks if not words.endswith(ends)] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "tolls",
            "July 2020, Armenia: 5 killed, from a claim of Ministry of Defence, 14 September 2022",
        ),
        ("statements", "Armenia: 105 killed, stated by Ministry of Defence, 14 September 2022"),
        (
            "days",
            "Azerbaijan, 15 September: 71 killed, from a claim of Ministry of Defence, "
            "14 September 2022",
        ),
        (
            "beside",
            "July 2020, Armenia, soldiers: 6 killed, published by Yearbook, 31 March 2024",
        ),
        (
            "parts",
            "67 killed or missing, from a claim of Ministry of Defence, 14 September 2022",
        ),
        (
            "components",
            "Armenia, Services, May 2020: -23.4 percent (printed, period uncertain), "
            "stated by Ministry of Defence, 14 September 2022",
        ),
        (
            "holdings",
            "Armenia, Growth, 2015: 2.5 percent (vintage of March 2024), "
            "published by Yearbook, 31 March 2024",
        ),
        (
            "branches",
            "Armenia, Services, July 2020: -21.7 percent (vintage of March 2024), "
            "published by Yearbook, 31 March 2024",
        ),
        (
            "months",
            "Armenia, October 2022: 206 soldiers killed, published by Yearbook, 31 March 2024",
        ),
        (
            "timeline",
            "Armenia, 12 July 2020: A village was shelled. "
            "Stated by Ministry of Defence, 14 September 2022",
        ),
    ],
)
def test_a_mark_says_whose_it_is_what_and_how_many_and_by_whom(name, words):
    assert words in said(plotted(name))


def test_the_key_of_the_timeline_names_the_sides_and_outside_actors_together():
    shown = words(plotted("timeline"))
    assert shown.startswith(
        "Armenia | Azerbaijan | both sides, press and others | another country or organisation"
    )


def test_what_has_no_exact_day_stands_in_a_box_at_the_end_of_its_episode():
    drawing = plotted("timeline")
    (head,) = [text for text in texts(drawing) if text.get_text().startswith("The day is not")]
    (box,) = [
        p for p in drawing.axes[0].patches if to_hex(p.get_facecolor()) == style.colour("fill")
    ]
    edges = box.get_y(), box.get_y() + box.get_height()
    inside = [
        text.get_text().replace("\u00a0", " ")
        for text in texts(drawing)
        if edges[0] < text.get_position()[1] < edges[1]
    ]
    assert head.get_text() in inside
    assert "by 26 September" in " ".join(inside)
    assert not any("13 to 20 July" in words for words in inside)


def test_marks_are_stepped_through_in_the_order_of_their_rows():
    words, rows = said(plotted("timeline")), drawn.days_and_deeds()
    assert len(words) == len(rows)
    for label, row in zip(words, rows.itertuples(), strict=True):
        assert label.lower().startswith(f"{row.actor_name}, ".lower())


@pytest.mark.parametrize("name", FIGURES)
def test_a_slide_is_filled(name):
    draw, make = FIGURES[name]

    def framed(width):
        return figure.framed(draw, make(), width, CAPTION)

    slide = figure.filling(framed, framed(style.WIDE), 16 / 9)
    width, height = slide.get_size_inches()
    assert 0.8 < width / height / (16 / 9) < 1.25


@pytest.mark.parametrize("name", FIGURES)
def test_no_letter_in_print_is_under_seven_points_and_no_figure_longer_than_a_page(name):
    draw, make = FIGURES[name]
    narrow, wide = (figure.framed(draw, make(), width, CAPTION) for width in (358, 720))
    picture = Image.open(io.BytesIO(figure.printed(narrow, wide, PngInfo())))
    across, down = (pixels / figure.DOTS * 2.54 for pixels in picture.size)
    assert across == pytest.approx(8.5, abs=0.02) or 8.5 < across < 17.45
    assert down < 24.05
    drawing = narrow if across < 9 else wide
    points_a_pixel = across / 2.54 / drawing.get_figwidth()
    assert min(text.get_size() for text in texts(drawing)) * points_a_pixel >= 7


def test_what_is_longer_than_a_page_in_a_column_goes_across_the_page():
    narrow, wide = (plotted("places", width) for width in (style.PHONE, style.WIDE))
    page = Image.open(io.BytesIO(figure.printed(narrow, wide, PngInfo())))
    assert page.height / page.width == pytest.approx(wide.get_figheight() / 10, abs=0.01)


def test_a_value_counted_from_several_claims_is_not_said_to_be_stated():
    row = toll("a", ARM, "between", 108, 205, text="108 to 205", claims="c-1 c-2")
    words = said(figure.plot(charts.range_bars, frame(row), style.WIDE))
    assert words == [
        "A, Armenia: 108 to 205 killed, from claims of Ministry of Defence, 14 September 2022"
    ]


def test_of_many_claimants_a_mark_names_the_first_and_says_how_many_more_there_are():
    row = toll("a", ARM, "exact", 5, text="5", claims="c-1") | {"claimant": "A; B; C; D; E"}
    (words,) = said(figure.plot(charts.range_bars, frame(row), style.WIDE))
    assert words.endswith("from a claim of A; B; C and 2 more, 14 September 2022")


# Marks


def kinds(mark):
    """How many shapes a mark has, and how many lines."""
    shapes = [part.get_marker() != "None" for part in marks.pieces(mark)]
    return sum(shapes), len(shapes) - sum(shapes)


def test_an_exact_count_is_a_mark_alone():
    assert kinds(Mark(SIDES[0])) == (1, 0)


def test_fill_tells_marks_of_a_shape_apart():
    hollow, pointed = (marks.pieces(Mark(SIDES[0], fill=fill)) for fill in (HOLLOW, POINTED))
    assert hollow[0].get_markerfacecolor() == style.colour("page")
    assert (len(hollow), len(pointed)) == (1, 2)
    assert pointed[1].get_markersize() < pointed[0].get_markersize() / 2


def test_shape_goes_with_colour_so_that_colour_never_speaks_alone():
    assert [style.side(party).marker for party in ("ARM", "AZE", "both", "", "FRA")] == [
        *("circle", "square", "diamond", "diamond", "triangle")
    ]


# Scales


def test_a_scale_is_logarithmic_only_from_fifty_to_one():
    assert not is_log([2, 99])
    assert is_log([2, 100])
    assert number_ticks([2, 100], log=True) == [1, 10, 100]


def test_a_linear_scale_begins_at_zero_and_holds_the_largest_value():
    ticks = number_ticks([40, 207])
    assert ticks[0] == 0
    assert ticks[-1] >= 207


def test_ticks_are_written_as_the_report_writes_numbers():
    assert [in_figures(value) for value in (10000, -12.5, 2e9)] == [
        *("10,000", "\u221212.5", "2\u00a0billion")
    ]


# Kinds of charts


def bars_of(drawing, panel=0):
    """The bars of a panel: where each begins and ends, and how opaque it is."""
    bars = drawing.axes[0].child_axes[panel].patches
    shown = [bar for bar in bars if bar.get_width() > 0]
    return [(bar.get_x(), bar.get_x() + bar.get_width(), bar.get_alpha()) for bar in shown]


def stubs(drawing):
    """The dashes that say that a side's count has no upper limit: where each begins and ends."""
    colours = {side.colour for side in SIDES}
    dashes = [line for line in drawing.axes[0].lines if line.get_color() in colours]
    return [tuple(line.get_xdata()) for line in dashes if line.is_dashed()]


def bar_of(*args, **cells):
    return figure.plot(charts.range_bars, frame(toll("a", *args, **cells)), style.WIDE)


def test_an_exact_count_is_a_solid_bar_from_zero():
    drawing = bar_of(ARM, "exact", 5)
    assert bars_of(drawing) == [(0, 5, 1)]
    assert stubs(drawing) == []


def test_a_count_of_at_least_is_solid_and_goes_on_in_two_rows_of_dashes():
    drawing = bar_of(ARM, "at_least", 5)
    assert bars_of(drawing) == [(0, 5, 1)]
    assert len(stubs(drawing)) == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_the_dashes_are_equally_long_in_every_chart_and_nothing_closes_them(width):
    drawings = [plotted(name, width) for name in ("tolls", "days")]
    ends = [end for drawing in drawings for end in stubs(drawing)]
    assert {round(stop - start, 6) for start, stop in ends} == {13}
    for drawing in drawings:
        strokes = [line.get_xdata() for line in drawing.axes[0].lines if not line.is_dashed()]
        closed = {round(float(x)) for xs in strokes for x in xs if min(xs) == max(xs)}
        assert not closed & {round(float(stop)) for _, stop in stubs(drawing)}


def test_the_key_says_that_the_length_of_the_dashes_means_nothing():
    shown = words(bar_of(ARM, "at_least", 5))
    assert "no upper limit; the dashes’ length means nothing" in shown


def test_a_range_is_solid_to_its_lower_limit_and_pale_to_its_upper_one():
    drawing = bar_of(ARM, "between", 138, 205)
    assert bars_of(drawing) == [(0, 138, 1), (138, 205, PALE)]
    assert stubs(drawing) == []


def test_a_count_of_up_to_has_no_solid_part():
    assert bars_of(bar_of(ARM, "up_to", 90)) == [(0, 90, PALE)]


def test_what_has_no_number_has_words_and_no_bar():
    for firmness in ("none", "none_reported", "unquantified"):
        drawing = bar_of(ARM, firmness, text="these words")
        assert bars_of(drawing) == []
        assert "these words" in words(drawing)


def test_killed_or_missing_is_solid_up_to_those_counted_as_killed():
    drawing = figure.plot(
        charts.counts_by_day,
        frame(drawn.day("19 July", ARM, "exact", 207, text="207", killed=135)),
        style.WIDE,
    )
    assert bars_of(drawing) == [(0, 135, 1), (135, 207, PALE)]


def test_all_panels_have_one_scale_from_zero():
    drawing = plotted("days")
    limits = {panel.get_xlim() for panel in drawing.axes[0].child_axes}
    assert len(limits) == 1
    assert limits.pop()[0] == 0


def test_the_key_of_bars_explains_the_kinds_in_use_and_is_left_out_where_there_is_one():
    assert "no upper limit" not in words(bar_of(ARM, "exact", 5))
    shown = words(bar_of(ARM, "between", 5, 9, text="5 to 9"))
    assert "counted, at least" in shown
    assert "up to" in shown
    assert "no upper limit" not in shown


def test_anothers_figure_is_a_dot_beside_the_bar_and_named_in_the_key():
    drawing = plotted("beside")
    in_the_key = 1
    assert len(drawing.findobj(AnnotationBbox)) == in_the_key + 2
    assert "Yearbook" in words(drawing)


def test_dots_alone_are_compared_by_their_ratios_and_bars_never():
    drawing = plotted("by place")
    assert {panel.get_xscale() for panel in drawing.axes[0].child_axes} == {"log"}
    far = [toll("a", ARM, "exact", 1), toll("a", BOTH, "exact", 900)]
    drawing = figure.plot(charts.range_bars, frame(*far), style.WIDE)
    assert drawing.axes[0].child_axes[0].get_xscale() == "linear"


def test_deaths_by_place_take_no_partys_colour():
    drawing = plotted("by place")
    parts = [part for box in drawing.findobj(AnnotationBbox) for part in box.findobj(Line2D)]
    drawn_in = {part.get_markeredgecolor() for part in parts if part.get_markeredgewidth()}
    assert drawn_in == {style.side(style.BOTH).colour}


def test_anothers_limits_are_a_stroke_through_its_dot():
    drawing = plotted("by place")
    _, panel = drawing.axes[0].child_axes
    drawing.draw(drawing.canvas.get_renderer())
    edges = panel.transData.transform([(7538, 0), (9066, 0)])[:, 0]
    ends = [line.get_xdata() for line in drawing.axes[0].lines]
    assert [[*pair] for pair in ends if pair[0] < pair[1]] == [pytest.approx(edges, abs=1)]


def test_a_toll_on_which_sources_differ_is_told_from_one_without_an_upper_limit():
    assert "no upper limit; the dashes" in words(bar_of(ARM, "at_least", 5))
    disputed = toll("a", ARM, "contested", text="222 or 224 (sources differ)") | {"low": 222.0}
    drawing = figure.plot(charts.range_bars, frame(disputed), style.WIDE)
    assert "no upper limit" not in words(drawing)
    assert "sources differ | " in words(drawing)
    # Not the dashes: three slanted strokes at the end of the bar, as in the key.
    assert stubs(drawing) == []
    slanted = [line for line in drawing.axes[0].lines if len({*line.get_ydata()}) == 2]
    assert len([line for line in slanted if line.get_color() == SIDES[0].colour]) == 3


def test_words_over_two_lines_make_room_in_their_own_panel_alone():
    long = toll("b", ARM, "at_least", 225, text="225 or at least 226 (sources differ) " * 2)
    drawing = figure.plot(charts.range_bars, frame(toll("a", ARM, "exact", 5), long), style.PHONE)
    low, high = (ax.get_ylim() for ax in drawing.axes[0].child_axes)
    assert low[0] - low[1] < high[0] - high[1]


def test_a_part_without_room_is_named_over_the_bar_also_on_a_phone():
    drawing = plotted("parts", style.PHONE)
    (name,) = [text for text in texts(drawing) if text.get_text() == "4 civilians killed"]
    bar = min(patch.get_y() for patch in drawing.axes[0].patches)
    assert name.get_position()[1] < bar


@pytest.mark.parametrize("width", WIDTHS)
def test_parts_stand_one_after_another_and_the_limits_that_they_make_are_written(width):
    drawing = plotted("parts", width)
    shown = words(drawing)
    for said in ("at least 139", "at most 206", "in all 207", "4 civilians killed"):
        assert said in shown
    areas = [patch for patch in drawing.axes[0].patches if patch.get_gid()]
    edges = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in areas]
    assert all(one[1] == pytest.approx(other[0], abs=1) for one, other in pairwise(edges))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_speaker_is_written_with_its_number(width):
    shown = words(plotted("speakers", width)).replace(" | ", " ")
    for row in drawn.speakers().itertuples():
        assert f"{row.value:.0f} {row.part}" in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_what_parts_are_together_is_written_at_a_bracket_under_them(width):
    drawing = plotted("speakers", width)
    (total,) = [text for text in texts(drawing) if text.get_text().startswith("80 from")]
    sides = [patch for patch in drawing.axes[0].patches if patch.get_gid()][:2]
    (bracket,) = [line for line in drawing.axes[0].lines if len(line.get_xdata()) == 4]
    ends = sides[0].get_x(), sides[1].get_x() + sides[1].get_width()
    assert (min(bracket.get_xdata()), max(bracket.get_xdata())) == pytest.approx(ends, abs=2)
    assert total.get_position()[1] > max(bracket.get_ydata())


def test_what_two_parts_count_stands_in_them_too_where_only_the_key_has_room_for_words():
    drawing = plotted("speakers", style.PHONE)
    shown = [text.get_text() for text in texts(drawing)]
    assert {"42", "38"} <= set(shown)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sides_stand_one_after_the_other_in_the_bar_of_both(width):
    drawing = plotted("as known", width)
    bars = bars_of(drawing)
    assert [(start, end) for start, end, _ in bars[:3]] == [(0, 49), (49, 99), (0, 99)]
    for told in ("Armenia, left", "Azerbaijan, right", "147 | 150 | at least 297"):
        assert told in words(drawing)
    assert len(said(drawing)) == len(drawn.as_known())


def test_weeks_and_months_left_out_between_two_rows_are_said_where_the_lines_break():
    wide, phone = (words(plotted("days", width)) for width in WIDTHS)
    for told in ("about four weeks later", "about six months later"):
        assert (wide.count(told), phone.count(told)) == (1, 2)
    assert "later" not in words(plotted("as known"))


def test_bars_by_day_say_that_they_are_totals():
    assert words(plotted("days")).count("total so far") == 2


def test_statements_of_one_day_stand_side_by_side_in_their_order():
    drawing = plotted("statements")
    boxes = drawing.findobj(AnnotationBbox)
    places = {box.get_gid().partition("~")[0]: box.xy[0] for box in boxes}
    assert places["claim:c-2"] == places["claim:c-1"] < places["claim:c-3"] < places["claim:c-4"]


def test_a_figure_of_killed_or_missing_is_a_hollow_mark():
    drawing = plotted("statements")
    shapes = {
        box.get_label().split(":")[1].split(",")[0]: box.offsetbox.get_children()[-1]
        for box in drawing.findobj(AnnotationBbox)
    }
    hollow = shapes[" 207 killed or missing"].get_markerfacecolor()
    assert hollow == style.colour("page") != shapes[" 225 killed"].get_markerfacecolor()


def test_days_left_out_are_dots_and_another_year_is_named():
    shown = words(plotted("statements"))
    assert "…" in shown
    assert "2023" in shown


def test_a_stroke_joins_the_places_of_a_day_with_several():
    drawing = plotted("statements")
    boxes = drawing.findobj(AnnotationBbox)
    places = {box.get_gid().partition("~")[0]: box.xy[0] for box in boxes}
    first, last = places["claim:c-1"], places["claim:c-3"]
    axis = [line for line in drawing.axes[0].lines if line.get_color() == style.colour("axis")]
    assert [[*line.get_xdata()] for line in axis] == [[first - 10, last + 10]]


def strokes(drawing, side):
    """The lines in the colour of a side on the sheet itself, marks aside."""
    return [line for line in drawing.axes[0].lines if line.get_color() == side.colour]


def test_a_line_does_not_cross_a_month_without_a_figure():
    (ax,) = plotted("activity").axes[0].child_axes
    runs = [[line for line in ax.lines if line.get_color() == side.colour] for side in SIDES]
    assert [len(mine) for mine in runs] == [1, 2]


def month_bars(drawing, panel=0):
    """The number up to which each bar of a panel goes from zero, by its month."""
    bars = [bar for bar in drawing.axes[0].child_axes[panel].patches if bar.get_height()]
    assert {bar.get_y() for bar in bars} == {0}
    return sorted((round(bar.get_x() + bar.get_width() / 2), bar.get_height()) for bar in bars)


def test_a_month_is_a_bar_at_full_scale_one_side_up_and_the_other_down():
    drawing = plotted("months")
    october = [height for month, height in month_bars(drawing) if month == 2022 * 12 + 9]
    assert october == [-88, 206]
    lowest, highest = drawing.axes[0].child_axes[0].get_ylim()
    assert lowest <= -88
    assert highest >= 206
    assert "\u2212" not in words(drawing)
    for told in ("Armenia, upwards", "Azerbaijan, downwards"):
        assert told in words(drawing)


def test_a_strip_of_both_sides_goes_up():
    assert min(height for _, height in month_bars(plotted("strip"))) > 0


def test_a_month_without_a_row_has_no_bar():
    rows = drawn.by_month()
    drawing = plotted("months")
    count = sum(len(month_bars(drawing, panel)) for panel in range(2))
    assert count == (rows.kind == "month").sum()


def test_soldiers_and_civilians_have_a_panel_each_and_a_strip_has_one():
    assert len(plotted("months").axes[0].child_axes) == 2
    assert len(plotted("strip").axes[0].child_axes) == 1
    assert "Most in Sept 2022: 299" in words(plotted("strip"))
    assert "Most in Oct 2022: Armenia 206, Azerbaijan 88" in words(plotted("months"))


def test_where_several_months_are_the_largest_none_of_them_is_named():
    parted = (drawn.month("2022-09", 5), drawn.month("2020-11", 5, AZE), drawn.month("2021-02", 4))
    shown = words(figure.plot(charts.months, frame(*parted), style.PHONE))
    assert "Most in two months: 5 in each" in shown


def test_where_a_largest_month_is_of_both_sides_it_says_that_they_are_added():
    parted = (drawn.month("2022-09", 2), drawn.month("2022-09", 3, AZE), drawn.month("2020-11", 5))
    shown = words(figure.plot(charts.months, frame(*parted), style.PHONE))
    assert "Most in two months: 5 in each, both sides together" in shown


def test_months_mark_the_episodes():
    shown = words(plotted("months")).replace(" | ", " ")
    for said in ("2 to 5 April 2016, left out", "July 2020", "September 2022"):
        assert said in shown


def test_labels_that_want_one_place_stand_apart():
    found = labels.apart([100, 102, 104], 20, 0, 300)
    assert sorted(found) == found
    assert min(after - before for before, after in pairwise(found)) >= 20


def test_labels_at_the_lower_edge_stay_inside():
    assert max(labels.apart([290, 295], 20, 0, 300)) <= 300


# Style sheet and typeface


def test_the_style_sheet_has_each_colour_light_and_dark_and_a_class_for_it():
    sheet = style.palette_css(SIDES)
    light, dark = sheet.split('html[data-theme="dark"]')
    assert "--c-party-arm: #6c51a6;" in light
    assert "--c-party-arm: #b3a2ec;" in dark
    assert ".c-party-arm { fill: var(--c-party-arm); }" in sheet
    assert ".s-party-arm { stroke: var(--c-party-arm); }" in sheet


def test_a_missing_typeface_stops_the_build_and_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("font_source_sans_pro.font_directory", str(tmp_path))
    with pytest.raises(style.TypefaceError, match=r"SourceSansPro-Regular\.ttf; install"):
        style.register_typeface()


def test_two_amounts_of_money_are_no_formula():
    row = toll("a", ARM, "exact", 5, text="$5 and $6", dates="$1 to $2")
    assert "$5 and $6" in words(figure.plot(charts.range_bars, frame(row), style.WIDE))


def test_signs_that_would_reorder_or_break_a_text_are_left_out():
    assert style.clean("a\u202eb\x07c\u200b") == "abc"


def test_lines_are_balanced_and_a_no_break_space_holds():
    lines = style.wrap("one two three four five at least\u00a049", 14, 140)
    assert len(lines) == 2
    assert lines[-1].endswith("least\u00a049")
    assert abs(style.text_width(lines[0], 14) - style.text_width(lines[1], 14)) < 60


def test_files_repeat_byte_for_byte():
    one, two = (plotted("statements") for _ in range(2))
    assert figure.svg(one) == figure.svg(two)
    assert figure.png(one, PngInfo()) == figure.png(two, PngInfo())
