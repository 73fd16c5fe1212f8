"""The typeface, cut to what pages and pictures need."""

import re
import warnings

import matplotlib as mpl
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from PIL.PngImagePlugin import PngInfo

from clashbook import faces
from clashbook.figures import fonts
from clashbook.figures.charts import figure
from clashbook.figures.charts.sheet import Sheet

# How often English has each letter and the blank, in a hundred letters.
OFTEN = {
    **{"e": 12.7, "t": 9.1, "a": 8.2, "o": 7.5, "i": 7, "n": 6.7, "s": 6.3, "h": 6.1, "r": 6},
    **{"d": 4.3, "l": 4, "u": 2.8, "c": 2.8, "m": 2.4, "f": 2.2, "w": 2.4, "y": 2, "p": 1.9},
    **{"v": 1, "b": 1.5, "g": 2, "k": 0.8, "j": 0.15, "q": 0.1, "x": 0.15, "z": 0.07, " ": 18},
}
# The mean width of these letters in Arial, in parts of its size.
ARIAL, ARIAL_BOLD = 0.447, 0.484


def mean_width(path):
    with TTFont(path) as face:
        names, widths = face.getBestCmap(), face["hmtx"]
        total = sum(widths[names[ord(letter)]][0] * share for letter, share in OFTEN.items())
        return total / sum(OFTEN.values()) / face["head"].unitsPerEm


def test_pages_get_a_file_for_each_weight(tmp_path):
    made = fonts.subset(tmp_path / "fonts")
    assert [path.name for path in made] == list(fonts.FACES.values())
    assert all(10_000 < path.stat().st_size < 60_000 for path in made)


def test_a_font_is_cut_to_the_letters_that_are_asked_for(tmp_path):
    whole = fonts.subset(tmp_path)[0]
    made = tmp_path / "small.woff2"
    fonts.cut(whole, made, {ord("A")})
    with TTFont(made) as face:
        assert list(face.getBestCmap()) == [ord("A")]


def test_the_style_sheet_names_each_file_in_its_weight(tmp_path):
    sheet = fonts.sheet()
    for path in fonts.subset(tmp_path):
        with TTFont(path) as face:
            weight, slopes = face["OS/2"].usWeightClass, face["post"].italicAngle != 0
        (rule,) = [line for line in sheet.splitlines() if path.name in line]
        assert f"font-weight: {weight};" in rule
        assert ("italic" in rule) == slopes
        # What came too late for a first look would be left out, weight by weight.
        assert "font-display: swap" in rule


def test_what_stands_in_is_as_high_and_as_wide_as_the_typeface(tmp_path):
    regular, italic, bold = fonts.subset(tmp_path)
    for path in (regular, italic, bold):
        with TTFont(path) as face:
            size, line = face["head"].unitsPerEm, face["hhea"]
            assert (line.ascent / size, -line.descent / size) == (fonts.ASCENT, fonts.DESCENT)
    (_, upright), (_, heavy) = fonts.STAND_INS.values()
    assert upright * ARIAL == pytest.approx(mean_width(regular), rel=0.01)
    assert heavy * ARIAL_BOLD == pytest.approx(mean_width(bold), rel=0.01)


def test_what_stands_in_for_the_bold_is_bold():
    regular, bold = [line for line in fonts.sheet().splitlines() if fonts.STAND_IN in line]
    assert "font-weight: 400;" in regular
    assert 'local("Arial")' in regular
    assert "font-weight: 600 700;" in bold
    assert re.findall(r'local\("(.*?)"\)', bold) == [f"{name} Bold" for name in fonts.LOCAL]


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        *(("Berd", ""), ("Ağdam – Բերդ", ""), ("თბილისი", ""), ("−5 °C", ""), ("Тавуш Ελλάς", "")),
        *(("Berd 中国", "中"), ("अ", "अ"), ("a \U0001faa8", "\U0001faa8"), ("می\u200cخواهم", "")),
    ],
)
def test_a_letter_that_no_face_has_is_found(text, letter):
    assert faces.undrawn(text) == letter


def drawn():
    """A figure with Armenian and Georgian words, as SVG, PNG and PDF."""

    def draw(_frame, ax):
        sheet = Sheet.of(ax)
        sheet.write(10, 20, "Berd Բերդ თბილისი")
        sheet.line((0, 100), (60, 60), "#000000")
        sheet.finish(100)

    made = figure.plot(draw, pd.DataFrame(), 358)
    return figure.svg(made), figure.png(made, PngInfo()), figure.pdf(made, {"Title": "T"}, b"")


def test_armenian_and_georgian_letters_are_drawn():
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Glyph")
        drawn()


def test_a_persons_own_matplotlibrc_changes_no_picture():
    before = drawn()
    own = {"lines.marker": "o", "savefig.bbox": "tight", "pdf.compression": 0, "lines.linewidth": 9}
    with mpl.rc_context({**own, "figure.facecolor": "red", "font.size": 30}):
        assert drawn() == before
