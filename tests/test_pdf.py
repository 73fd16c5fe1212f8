"""The documents on paper: what is put together from the pages, and what is printed of it."""

import base64
import re
import subprocess
from pathlib import Path

import pytest
import test_pages
from lxml import html
from pypdf import PdfReader

from clashbook import files
from clashbook.about import PAPERS
from clashbook.website.pdf import columns, compose, engine, pictures, writing

ROOT = Path(__file__).parent.parent
TOC = """format: jb-book
root: index
parts:
  - caption: Findings
    chapters: [{file: claims}, {file: casualties}]
  - caption: Use
    chapters: [{file: exhibits}, {file: sources}]
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{height}" '
    'viewBox="0 0 720 {height}">{shapes}</svg>'
)
FIGURE = """<figure class="exhibit exhibit-figure" id="toll"><figcaption><p class="exhibit-title">
At least <a href="claims.html#number-killed">2</a></p></figcaption>
<div class="picture picture-wide"><svg/></div><div class="picture picture-phone"><svg/></div>
<p class="exhibit-source">Source: <a href="sources.html#paper">Paper</a></p>
<details class="exhibit-data"><summary>Table</summary><p>Same</p></details>
<details class="exhibit-cite"><summary>Cite</summary><a href="exhibits/toll.csv">CSV</a></details>
</figure>"""
TABLE = """<figure class="exhibit exhibit-table" id="rows"><figcaption><p class="exhibit-title">All
that is said</p></figcaption><details class="fold rows"><summary>All 2 rows</summary>
<table><tr><td>Every row</td></tr></table></details></figure>"""
PAGES = {
    "index": f"""<h1>Book<a class="headerlink" href="#book">#</a></h1><div class="opening"><p>Read
<a href="casualties.html">Casualties</a>, <a href="casualties.html#toll">a figure</a>,
<a href="casualties.html#rows">a table</a>, <a href="claims.html">Claims</a>,
<a href="exhibits.html">Exhibits</a> and <a href="https://example.org/">elsewhere</a>.
<span class="on-screen">Tap a number.</span></p>
<p class="online">As a PDF.</p>{FIGURE}</div>
<section><h2>Who</h2><p>One says so.</p><p>Another does not.</p><p>More: all.</p></section>
<section><h2>When</h2><p>On a day.</p><p>Or on another.</p></section>""",
    "casualties": f"""<h1>Casualties</h1><script>run()</script><button>Press</button>
<img src="small.png" alt="Small"><div class="cell_input">frame = 1</div>
<section id="days"><h2>Day by day</h2>{FIGURE}<details class="fold">
<summary>What each says: two</summary><table><tr><td>Each row</td></tr></table></details></section>
{TABLE}<p>See <a href="#days">above</a> and <a href="claims.html#gone">a row</a>.</p>""",
    "claims": """<h1>Claims</h1><table><tr id="first"><th>2</th><td><details>
<summary>Note, 1 number</summary><p>Our note.</p><p>1 number:</p><ul><li>many</li></ul>
</details></td></tr><tr id="number-killed"><th>2</th><td><details><summary>7 claims</summary>
<p><a href="#first">a</a>; <a href="#first">b</a></p></details></td></tr></table>
<p>All in <a href="data/all.zip">one file</a>, <a href="data/claims.csv">claims.csv</a>.</p>""",
    "exhibits": "<h1>Exhibits</h1><p>A gallery.</p>",
    "sources": '<h1>Sources</h1><table class="table-sources"><tr id="paper"><th><span '
    'class="citation"><a href="https://example.org/paper">A title</a></span></th></tr></table>',
}
BUNDLE = {
    "svg_wide": SVG.format(height=100, shapes='<text x="9" y="50">two</text>'),
    "record": {
        **{"id": "toll", "kind": "figure", "title": "At least 2"},
        "alt": "Dots. Numbers are in the table below.",
    },
}
BUNDLE["svg_phone"] = BUNDLE["svg_wide"].replace("two", "narrow")
ROWS = {"svg_wide": "", "record": {"id": "rows", "kind": "table", "title": "All", "alt": ""}}
ABOUT = {
    **{"subtitle": "", "publisher": "", "licence": "CC BY 4.0"},
    **{"title": "Book", "authors": ["Team"], "as_of": "2022-09-20", "version": "1.0.0"},
    **{"issued": "2022-09-21", "base": "", "pdf": "book.pdf"},
    "citation": {"id": "book", "type": "report", "title": "Book", "author": [{"literal": "Team"}]},
}


def laid_out(root, pages=PAGES, **about):
    """The pages and the stage of a small book."""
    (root / "stage" / "_clashbook" / "exhibits").mkdir(parents=True)
    (root / "pages").mkdir()
    for name, text in pages.items():
        page = f'<body><nav>Menu</nav><article class="bd-article">{text}</article></body>'
        (root / "pages" / f"{name}.html").write_text(page)
    (root / "stage" / "_toc.yml").write_text(TOC)
    edition = root / "stage" / "_clashbook"
    files.write_json(edition / "edition.json", ABOUT | about)
    files.write_json(edition / "exhibits" / "toll.json", BUNDLE)
    files.write_json(edition / "exhibits" / "rows.json", ROWS)
    return root / "pages", root / "stage"


def document(root, name="report", shorter=0, **changes):
    text = compose.document(name, *laid_out(root, **changes), shorter)
    return html.document_fromstring(text)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return document(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def annex(tmp_path_factory):
    return document(tmp_path_factory.mktemp("annex"), "annex")


def words(element):
    return " ".join(element.text_content().split())


def link(book, text):
    (found,) = [
        each
        for each in book.find_class("bd-article")
        for each in each.iter("a", "span")
        if words(each).startswith(text)
    ]
    return found


# What is put together


def chapters(document):
    return [each.get("id") for each in document.find_class("bd-article")]


def test_the_report_has_what_people_read_and_the_annex_has_tables_and_all_else(book, annex):
    assert chapters(book) == ["index", "casualties"]
    assert chapters(annex) == ["tables", "sources", "claims"]
    listed = [words(each) for each in book.xpath("//nav[1]/ol/li")]
    assert listed == ["Summary", "Casualties Day by day"]


def test_a_page_that_the_contents_do_not_name_is_in_no_document(tmp_path):
    assert "data" in compose.ANNEX
    assert not any("data" in chapters(document(tmp_path / n, n)) for n in ("report", "annex"))


def test_what_a_page_folds_away_is_named_in_the_report_and_stands_in_the_annex(book, annex):
    assert "Every row" not in words(book)
    assert "Each row" not in words(book)
    left = [words(each) for each in book.find_class("elsewhere")]
    assert left[1:] == ["What each says: two. Annex.", "All that is said. Annex."]
    (tables,) = annex.xpath("//article[@id='tables']")
    stood = ["Casualties", "Day by day", "What each says: two", "Each row", "All that is said"]
    assert [words(each) for each in tables.xpath(".//h2 | .//h3 | .//p | .//td")][:5] == stood
    assert link(book, "a table").get("href") == "#casualties--rows"


def test_what_a_fold_holds_is_named_at_the_end_of_the_words_before_it(tmp_path):
    told = PAGES["casualties"].replace(
        '<details class="fold">\n<summary>What', "<p>Two agree.</p><details><summary>What"
    )
    book = document(tmp_path, pages=PAGES | {"casualties": told})
    assert "Two agree. What each says: two. Annex." in [words(each) for each in book.iter("p")]


def test_a_figure_tagged_for_the_annex_is_there_and_named_in_the_report(tmp_path):
    tagged = f'<h1>Casualties</h1><div class="cell tag_annex">{FIGURE}</div>'
    pages = PAGES | {"casualties": tagged.replace('id="toll"', 'id="second"')}
    bundle = {**BUNDLE, "record": BUNDLE["record"] | {"id": "second"}}
    for name in ("report", "annex"):
        root = tmp_path / name
        places = laid_out(root, pages=pages)
        files.write_json(root / "stage" / "_clashbook" / "exhibits" / "second.json", bundle)
        made = html.document_fromstring(compose.document(name, *places))
        (chapter,) = made.xpath(f"//article[@id='{'tables' if name == 'annex' else 'casualties'}']")
        assert len(list(chapter.iter("img"))) == (name == "annex")
        left = [words(each) for each in chapter.find_class("elsewhere")]
        assert left == ([] if name == "annex" else ["At least 2. Annex."])


RESTS = """<figure class="exhibit exhibit-table" id="rows"><figcaption><p class="exhibit-title">All
</p></figcaption><table><thead><tr><th>Who</th><th class="rests">Rests on</th></tr></thead>
<tbody><tr><th>Russia</th><td>4 reactions</td></tr></tbody></table></figure>"""


def test_the_report_leaves_the_rows_that_a_table_rests_on_to_the_annex(tmp_path):
    book = document(tmp_path, pages=PAGES | {"casualties": f"<h1>Casualties</h1>{RESTS}"})
    assert [words(each) for each in book.xpath("//table//th")] == ["Who", "Russia"]
    assert "4 reactions" not in words(book)


def test_a_table_for_programs_is_named_with_its_file_in_neither_document(tmp_path):
    table = (
        '<details><summary>233 numbers</summary><table class="cards table-numbers"><tr><td>n</td>'
    )
    claims = f"<h1>Claims</h1>{table}</tr></table></details>"
    annex = document(tmp_path, "annex", pages=PAGES | {"claims": claims})
    assert "233 numbers. On the site, in numbers.json." in words(annex)
    assert not annex.find_class("table-numbers")


def test_a_table_tagged_for_the_site_is_named_with_its_file_in_the_report_alone(tmp_path):
    pages = PAGES | {
        "casualties": f'<h1>Casualties</h1><div class="cell tag_on-site">{TABLE}</div>'
        '<p>See <a href="casualties.html#rows">the rows</a>.</p>'
    }
    book = document(tmp_path / "report", pages=pages)
    said = "All that is said. On the site, in exhibits/rows.csv; the annex has its rows."
    assert said in [words(each) for each in book.find_class("elsewhere")]
    assert link(book, "the rows").get("href") == "#casualties--rows"
    assert "Every row" not in words(document(tmp_path / "annex", "annex", pages=pages))


def table_of(*rows):
    head, *body = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows]
    return html.fromstring(f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>")


def widths(*rows):
    table = table_of(*rows)
    columns.fit(table, columns.UPRIGHT)
    return [float(col.get("style")[len("width: ") : -1]) for col in table.iter("col")]


def test_the_columns_of_a_table_share_its_whole_width_by_what_they_hold():
    day, note = widths(("Day", "Note"), ("12 July", "word " * 90), ("13 July", "word " * 40))
    assert day + note == pytest.approx(100, abs=0.2)
    assert note > 5 * day


def test_cells_alike_make_columns_alike():
    one, other = widths(("Armenia", "Germany"), ("word " * 40, "word " * 40))
    assert one == other


def test_a_column_is_at_least_as_wide_as_its_longest_word_and_a_day():
    day, _ = widths(("Day", "Note"), ("12\u00a0September\u00a02022", "word " * 900))
    assert day * columns.UPRIGHT / 100 >= len("12 September 2022")


def test_a_wide_row_does_not_make_the_rest_of_a_table_narrow():
    rows = [("Who", "One says", "The other says")]
    rows += [("A", "word " * 10, "word " * 10)] * 20 + [("B", "word " * 10, "word " * 60)]
    _, one, other = widths(*rows)
    assert other < 3 * one


def test_nothing_that_needs_a_screen_is_left(book):
    text = words(book)
    off = ("Menu", "run()", "Press", "frame = 1", "Same", "Cite", "As a PDF", "#", "gallery", "Tap")
    for gone in off:
        assert gone not in text.replace("How to cite", ""), gone
    assert not book.xpath("//article//svg | //button | //script | //details")
    assert len(book.xpath("//img")) == len(book.find_class("exhibit"))


def test_a_fold_of_a_table_keeps_its_words_and_of_links_how_many_they_are(annex):
    told, counted = annex.xpath("//article[@id='claims']//td")
    assert words(told) == "Our note."
    assert words(counted) == "7 claims"


def test_links_within_the_book_lead_to_their_place_in_it(book):
    assert link(book, "Casualties").get("href") == "#casualties"
    # The figure stands where it is shown first, and there its other chapter leads.
    assert link(book, "a figure").get("href") == "#casualties--toll"
    assert link(book, "above").get("href") == "#casualties--days"


def test_what_the_other_document_has_is_named_with_it(book, annex):
    assert words(book.xpath("//p[contains(., 'Read')]")[0]).count("Claims (annex)") == 1
    assert "a row" in words(book)
    assert "(annex)" not in words(annex)


def test_links_within_the_annex_lead_to_their_place_in_it(annex):
    # What a page named is not in this edition: the page is.
    assert annex.xpath("//article//a/@href")


def test_every_link_leads_to_the_web_or_to_something_that_is_there(book):
    names = {each.get("id") for each in book.iter()}
    for address in book.xpath("//@href"):
        assert address.startswith("https://") or address.removeprefix("#") in names, address


def test_a_link_says_what_it_leads_to(book):
    assert "to-chapter" in link(book, "Casualties").classes
    (again,) = book.xpath("//p[@id='casualties--toll']/a")
    assert "to-figure" in again.classes


def test_what_only_the_site_has_is_named_with_its_path(book, annex):
    assert "All in one file (data/all.zip), claims.csv." in words(annex)
    assert "Exhibits (exhibits.html)" in words(book)
    assert not annex.xpath("//a[contains(@href, 'data/')]")


def test_what_only_the_site_has_is_linked_where_the_book_is_published(tmp_path):
    annex = document(tmp_path, "annex", base="https://book.example/v1/")
    assert link(annex, "one file").get("href") == "https://book.example/v1/data/all.zip"
    book = document(tmp_path / "report", base="https://book.example/v1/")
    assert link(book, "a row").get("href") == "https://book.example/v1/claims.html#gone"


def test_a_figure_is_shown_once_and_named_where_it_comes_again(book):
    (figure,) = book.find_class("exhibit")
    assert figure.get("id") == "index--toll"
    (again,) = book.xpath("//p[@id='casualties--toll']/a")
    assert (again.get("href"), words(again)) == ("#index--toll", "At least 2")
    (listed,) = book.xpath("//nav[2]//a")
    assert (listed.get("href"), words(listed)) == ("#index--toll", "At least 2")


def test_a_figure_is_its_wide_drawing_with_its_text_alternative(book):
    for figure in book.find_class("exhibit"):
        (image,) = figure.iter("img")
        assert image.get("src").startswith("data:")
        assert image.get("alt") == "Dots."
        assert b">two<" in base64.b64decode(image.get("src").partition("base64,")[2])


def test_a_page_without_text_is_refused(tmp_path):
    with pytest.raises(files.SiteError, match=r"sources\.html: no text"):
        document(tmp_path, pages=PAGES | {"sources": "<p>No heading.</p>"})


def test_the_fact_sheet_is_the_front_page_with_its_figure_as_a_phone_has_it(tmp_path):
    sheet = document(tmp_path, "sheet")
    assert [words(each) for each in sheet.iter("h1", "h2")] == ["Book", "Who", "When"]
    assert "More: all." not in words(sheet)
    (image,) = sheet.iter("img")
    assert b">narrow<" in base64.b64decode(image.get("src").partition("base64,")[2])


def test_the_fact_sheet_does_without_details_from_its_end_and_then_without_the_figure(tmp_path):
    pages, stage = laid_out(tmp_path)
    shorter = [html.document_fromstring(compose.document("sheet", pages, stage, n)) for n in (1, 2)]
    one, two = map(words, shorter)
    assert "Another does not." in one
    assert "Or on another." not in one
    assert "Another does not." not in two
    assert "One says so." in two
    assert list(shorter[1].iter("img"))
    assert "<img" not in compose.document("sheet", pages, stage, 3)
    with pytest.raises(files.SiteError, match=r"^PDF: the fact sheet is longer than a page; "):
        compose.document("sheet", pages, stage, 4)


def test_a_drawing_that_no_page_holds_is_cut_at_its_rules():
    rows = range(100, 1300, 100)
    rules = "".join(f'<path d="M 0 {y}  L 720 {y}  "/>' for y in rows)
    rows = "".join(f'<text x="0" y="{y + 50}">row {y}</text>' for y in rows)
    parts = pictures.images(SVG.format(height=1300, shapes=rules + rows), "Rows.")
    drawn = [base64.b64decode(part.get("src").partition("base64,")[2]).decode() for part in parts]
    boxes = [re.search(r'viewBox="0 (\d+) 720 (\d+)"', part).groups() for part in drawn]
    assert boxes == [("0", "400"), ("400", "400"), ("800", "400"), ("1200", "100")]
    assert [re.findall(r"row (\d+)", part)[0] for part in drawn] == ["100", "400", "800", "1200"]
    assert parts[0].get("alt") == "Rows."
    assert all(part.get("alt") for part in parts)


# What is printed


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    if engine.lacking():
        pytest.skip(engine.lacking())
    root = tmp_path_factory.mktemp("printed")
    writing.write_apart(root, *laid_out(root))
    return root


def texts(path):
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def test_the_same_pages_make_the_same_bytes(printed, tmp_path):
    pages, stage = laid_out(tmp_path)
    for name in PAPERS:
        writing.write(tmp_path, pages, stage, name)
        made = tmp_path / f"{name}.pdf"
        assert made.read_bytes() == (printed / made.name).read_bytes()


def test_figures_chapters_and_pages_are_numbered(printed):
    front, text = texts(printed / "report.pdf")
    assert re.search(r"Casualties[ .]+2 ", front)
    assert re.search(r"Figure 1\. At least 2[ .]+1 ", front)
    assert "Read Casualties (page 2)" in front
    assert "Figure 1. At least 2 Source" in front
    assert "At least 2 (Figure 1)" in text
    assert text.endswith(" 2")
    assert "A title <https://example.org/paper>" in " ".join(texts(printed / "annex.pdf"))


def test_a_front_page_of_any_length_makes_a_sheet_of_one_page_or_none(tmp_path):
    if engine.lacking():
        pytest.skip(engine.lacking())
    details = "<p>A detail of the first section.</p>" * 100
    long = PAGES | {"index": f"{PAGES['index']}<section><h2>Why</h2><p>So.</p>{details}</section>"}
    pages, stage = laid_out(tmp_path, pages=long)
    writing.write(tmp_path, pages, stage, "sheet")
    (text,) = texts(tmp_path / "sheet.pdf")
    assert 5 < text.count("A detail") < 100
    assert "Another does not." in text


def test_a_reader_of_the_file_gets_title_outline_language_and_tags(printed):
    titles = {"report": "Book", "annex": "Book: annex", "sheet": "Book: fact sheet"}
    for name, title in titles.items():
        reader = PdfReader(printed / f"{name}.pdf")
        assert (reader.metadata.title, reader.metadata.author) == (title, "Team")
        assert reader.trailer["/Root"]["/Lang"] == "en"
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    outline = PdfReader(printed / "report.pdf").outline
    top = [each.title for each in outline if not isinstance(each, list)]
    assert top[-2:] == ["Summary", "Casualties"]


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path, monkeypatch):
    if engine.lacking():
        pytest.skip(engine.lacking())
    monkeypatch.setattr(writing, "document", lambda *_: '<img src="none:nothing" alt="x">')
    with pytest.raises(files.SiteError, match="PDF: Failed to load image"):
        writing.write(tmp_path, *laid_out(tmp_path), "report")


def test_where_a_library_is_missing_one_line_says_what_to_install(monkeypatch):
    found = engine.find_library
    monkeypatch.setattr(engine, "find_library", lambda name: name != "pango-1.0" and found(name))
    said = engine.lacking.__wrapped__()
    assert said.startswith("no PDF: ")
    assert "\n" not in said
    install = re.search(r"apt-get install (.*)", (ROOT / "README.md").read_text())[1]
    assert set(said.partition("install ")[2].split()) <= set(install.split())


def test_what_is_asked_for_is_what_the_engine_of_the_pdf_opens():
    if not engine.lacking():
        import weasyprint  # noqa: F401  # ends with an error where a library is missing


def test_what_stops_the_pdf_in_its_own_process_is_what_is_said(tmp_path):
    pages, stage = laid_out(tmp_path, pages=PAGES | {"sources": "<p>No heading.</p>"})
    with pytest.raises(
        files.SiteError, match=r"^sources\.html: no text with a heading, for the PDF$"
    ):
        writing.write_apart(tmp_path, pages, stage)
    assert not list(tmp_path.glob("*.pdf"))


def test_a_pdf_whose_process_is_killed_or_stopped_is_an_error_in_one_line(tmp_path, monkeypatch):
    class Killed:
        returncode = -9

        def __init__(self, *_, **__):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def kill(self):
            pass

        def communicate(self):
            return None, b""

    class Stopped(Killed):
        def communicate(self):
            raise KeyboardInterrupt

    for process, message in ((Killed, "its process ended with status -9"), (Stopped, "stopped")):
        monkeypatch.setattr(subprocess, "Popen", process)
        with pytest.raises(files.SiteError, match=f"^{message}$"):
            writing.write_apart(tmp_path, tmp_path, tmp_path)


# What pages say of it


@pytest.mark.parametrize("pdf", ["", "book.pdf"])
def test_pages_link_to_the_pdf_in_editions_that_have_it_and_in_no_other(tmp_path, monkeypatch, pdf):
    monkeypatch.setitem(test_pages.ABOUT, "pdf", pdf)
    pages = {"cite.md": "# Cite\n\n```{pdf}\n```\n\n```{downloads}\n```\n"}
    site = test_pages.build(test_pages.stage(tmp_path / "stage", pages))
    found = test_pages.page(site, "cite.html").xpath("//a/@href")
    three = ["book-fact-sheet.pdf", "book.pdf", "book-annex.pdf"] * bool(pdf)
    assert [address for address in found if address.endswith(".pdf")] == three * 2
