import re

import drawn
import pytest
from lxml import etree

from clashbook.figures import charts
from clashbook.figures.charts import figure, style
from clashbook.figures.svg import MOST_LINKS, SVG, classed, page_svg

TOKENS = style.tokens(drawn.SIDES)


def mark(gid, pixels=26):
    """A mark whose unseen shape is so many pixels wide and high."""
    corners = f"M 0 0 L {pixels} 0 L {pixels} {pixels} L 0 {pixels} z"
    return f'<g id="{gid}"><path style="fill: none" d="{corners}"/></g>'


def small(body, tokens=TOKENS, titles=None):
    """A figure's SVG with `body` in it, prepared as an exhibit prepares it."""
    source = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="720pt" height="90pt" viewBox="0 0 720 90">{body}</svg>'
    )
    return classed(source, tokens, titles or {})


@pytest.fixture(scope="module")
def whole():
    """matplotlib's own SVG of a chart."""
    with style.using(drawn.SIDES):
        return figure.svg(figure.plot(charts.range_bars, drawn.tolls(), style.WIDE))


@pytest.fixture(scope="module")
def page(whole):
    titles = {"claim:c-1~0": "Armenia: 5"}
    return page_svg(classed(whole, TOKENS, titles), "tolls-wide-", "Numbers below")


def test_the_copy_has_no_prolog_metadata_or_style_and_its_size_in_pixels(page):
    assert page.startswith("<svg ")
    for unwanted in ("<?xml", "<!DOCTYPE", "<metadata", "<style", " style=", 'pt"'):
        assert unwanted not in page
    root = etree.fromstring(page)
    assert root.get("viewBox").startswith("0 0 720 ")
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_the_copy_has_no_colour_of_its_own_but_classes(page):
    assert re.findall(r"#[0-9a-f]{6}", page) == []
    classes = {name for found in re.findall(r'class="([^"]+)"', page) for name in found.split()}
    sheet = style.palette_css(drawn.SIDES)
    assert {"c-party-arm", "s-party-aze", "c-ink", "s-grid"} <= classes
    assert all(f".{name} {{" in sheet for name in classes - {"figure-mark"})


def test_the_copy_has_no_background(whole, page):
    assert "M 0 0" not in page
    assert "patch_1" in whole


def test_the_copy_is_a_group_with_a_label_and_never_an_image(page):
    root = etree.fromstring(page)
    assert (root.get("role"), root.get("aria-label")) == ("group", "Numbers below")


def test_text_stays_text(page):
    words = " ".join(text.text for text in etree.fromstring(page).iter(f"{SVG}text"))
    assert "at least\u00a013" in words


def test_a_mark_is_a_link_to_its_claim_with_its_words_as_title(page):
    link = next(etree.fromstring(page).iter(f"{SVG}a"))
    assert link.get("href") == "claims.html#c-1"
    assert link.find(f"{SVG}title").text == "Armenia: 5"


def test_every_link_of_a_chart_is_large_enough_to_be_hit(page):
    links = list(etree.fromstring(page).iter(f"{SVG}a"))
    assert links
    for link in links:
        corners = link.find(f"{SVG}path").get("d")
        xs, ys = ([float(n) for n in re.findall(r"-?[\d.]+", corners)][at::2] for at in (0, 1))
        # The wide drawing is shown at 43/45 of its size or more.
        assert min(max(xs) - min(xs), max(ys) - min(ys)) * 43 / 45 > 23.8


def links_of(copy):
    root = etree.fromstring(copy)
    found = [each for each in root.iter(f"{SVG}*") if each.get("class") == "figure-mark"]
    return [(each.tag.removeprefix(SVG), each.get("href"), each.get("data-href")) for each in found]


def test_two_marks_of_one_claim_lead_to_the_same_place():
    copy = page_svg(small(mark("claim:c") + mark("claim:c~2")), "a-", "")
    assert links_of(copy) == [("a", "claims.html#c", None)] * 2


def test_a_figure_of_many_marks_leaves_the_keyboard_to_its_table():
    marks = [mark(f"claim:c-{at}") for at in range(MOST_LINKS + 1)]
    few, many = (page_svg(small("".join(each)), "a-", "") for each in (marks[1:], marks))
    assert {tag for tag, *_ in links_of(few)} == {"a"}
    assert {tag for tag, *_ in links_of(many)} == {"g"}
    assert links_of(many)[3] == ("g", None, "claims.html#c-3")


def test_a_figure_with_a_mark_too_small_to_be_hit_has_no_links_but_addresses():
    copy = page_svg(small(mark("claim:c-1") + mark("claim:c-2", pixels=18)), "a-", "")
    assert [tag for tag, *_ in links_of(copy)] == ["g", "g"]


@pytest.mark.parametrize(
    ("gid", "address"),
    [
        ("reaction:r-1", "data.html#r-1"),
        ("event:e-1", "data.html#e-1"),
        ("source:s-1", "sources.html#s-1"),
    ],
)
def test_other_records_lead_to_their_rows_and_a_series_to_its_source(gid, address):
    assert links_of(page_svg(small(mark(gid)), "a-", "")) == [("a", address, None)]


def test_ids_of_two_figures_on_a_page_never_meet():
    body = (
        '<defs><clipPath id="p1"><rect x="0"/></clipPath><path id="m1" d="M 0 0"/></defs>'
        '<g id="axes_1"><path clip-path="url(#p1)" d="M 0 0"/><use xlink:href="#m1"/></g>'
    )
    one, two = (page_svg(small(body), prefix, "") for prefix in ("one-", "two-"))
    ids = [set(re.findall(r' id="([^"]+)"', copy)) for copy in (one, two)]
    assert ids == [{"one-p1", "one-m1"}, {"two-p1", "two-m1"}]
    assert 'clip-path="url(#one-p1)"' in one
    assert 'href="#one-m1"' in one


def test_ink_is_told_apart_in_words_and_in_marks():
    body = '<text style="fill: #222832">a</text><path style="fill: #222832" d="M 0 0"/>'
    assert re.findall(r'class="([^"]+)"', small(body)) == ["c-ink", "c-both"]


def test_a_classed_file_still_looks_the_same_on_its_own():
    file = small('<path style="fill: #6c51a6; stroke: #ffffff" d="M 0 0"/>')
    assert 'style="fill: #6c51a6; stroke: #ffffff"' in file
    assert 'class="c-party-arm s-page"' in file
    assert 'width="720" height="90"' in file


def test_what_a_style_says_beside_colour_becomes_attributes():
    body = '<path style="fill: none; stroke: #6c51a6; stroke-width: 1.8" d="M 0 0"/>'
    path = etree.fromstring(page_svg(small(body), "a-", "")).find(f"{SVG}path")
    assert dict(path.attrib) == {
        "d": "M 0 0",
        "class": "s-party-arm",
        "fill": "none",
        "stroke-width": "1.8",
    }


def test_coordinates_are_as_fine_as_a_screen_and_no_finer():
    assert 'd="M 1.23 4.5"' in page_svg(small('<path d="M 1.234567 \n4.50"/>'), "a-", "")


def test_hostile_text_is_inert():
    hostile = '"><script>alert(1)</script>'
    gid = "claim:x&quot;&gt;&lt;script&gt;javascript:y"
    svg = small(mark(gid), titles={'claim:x"><script>javascript:y': hostile})
    copy = page_svg(svg, "a-", hostile)
    root = etree.fromstring(copy)
    assert list(root.iter(f"{SVG}script")) == []
    assert "<script" not in copy
    assert root.get("aria-label") == hostile
    link = next(root.iter(f"{SVG}a"))
    assert link.get("href") == "claims.html#x%22%3E%3Cscript%3Ejavascript%3Ay"
    assert link.find(f"{SVG}title").text == hostile


def test_scripts_and_foreign_content_are_dropped():
    copy = page_svg(small("<script>alert(1)</script><foreignObject><p/></foreignObject>"), "a-", "")
    assert "script" not in copy
    assert "foreignObject" not in copy


def test_an_external_entity_is_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    source = (
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" width="1pt" height="1pt"><text>&x;</text></svg>'
    )
    assert "hidden" not in page_svg(source, "a-", "")
