"""The book on paper: what is put together from the pages, and what is printed of it."""

import base64
import re
import subprocess
from pathlib import Path

import pytest
import test_pages
from lxml import html
from pypdf import PdfReader

from clashbook import files
from clashbook.website.pdf import compose, engine, pictures, writing

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
PAGES = {
    "index": f"""<h1>Book<a class="headerlink" href="#book">#</a></h1><p>Read
<a href="casualties.html">Casualties</a>, <a href="casualties.html#toll">a figure</a>,
<a href="exhibits.html">Exhibits</a> and <a href="https://example.org/">elsewhere</a>.</p>
<p class="online">As a PDF.</p>{FIGURE}""",
    "casualties": f"""<h1>Casualties</h1><script>run()</script><button>Press</button>
<img src="small.png" alt="Small"><div class="cell_input">frame = 1</div>
<section id="days"><h2>Day by day</h2>{FIGURE}</section>
<p>See <a href="#days">above</a> and <a href="claims.html#gone">a row</a>.</p>""",
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
        **{"id": "toll", "kind": "figure", "title": "At least 2", "alt": "Dots."},
        "chapter": "casualties.html",
    },
}
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
    return root / "pages", root / "stage"


def document(root, **changes):
    return html.document_fromstring(compose.document(*laid_out(root, **changes)))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return document(tmp_path_factory.mktemp("book"))


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


def test_chapters_stand_in_the_order_of_the_contents_and_long_tables_last(book):
    names = [each.get("id") for each in book.find_class("bd-article")]
    assert names == ["index", "casualties", "sources", "claims"]
    listed = [words(each) for each in book.xpath("//nav[1]/ol/li")]
    assert listed == [
        *("Summary", "Findings", "Casualties Day by day", "Use", "Sources", "Appendix", "Claims")
    ]


def test_nothing_that_needs_a_screen_is_left(book):
    text = words(book)
    for gone in ("Menu", "run()", "Press", "frame = 1", "Same", "Cite", "As a PDF", "#", "gallery"):
        assert gone not in text.replace("How to cite", ""), gone
    assert not book.xpath("//article//svg | //button | //script | //details")
    assert len(book.xpath("//img")) == len(book.find_class("exhibit"))


def test_a_fold_of_a_table_keeps_its_words_and_of_links_how_many_they_are(book):
    told, counted = book.xpath("//article[@id='claims']//td")
    assert words(told) == "Our note."
    assert words(counted) == "7 claims"


def test_links_within_the_book_lead_to_their_place_in_it(book):
    assert link(book, "Casualties").get("href") == "#casualties"
    assert link(book, "a figure").get("href") == "#casualties--toll"
    assert link(book, "above").get("href") == "#casualties--days"
    # What a page named is not in this edition: the page is.
    assert link(book, "a row").get("href") == "#claims"


def test_every_link_leads_to_the_web_or_to_something_that_is_there(book):
    names = {each.get("id") for each in book.iter()}
    for address in book.xpath("//@href"):
        assert address.startswith("https://") or address.removeprefix("#") in names, address


def test_a_link_says_what_it_leads_to(book):
    assert "to-chapter" in link(book, "Casualties").classes
    assert "to-figure" in link(book, "a figure").classes


def test_what_only_the_site_has_is_named_with_its_path(book):
    assert words(link(book, "one file")) == "one file (data/all.zip)"
    assert words(link(book, "claims.csv")) == "claims.csv"
    assert words(link(book, "Exhibits")) == "Exhibits (exhibits.html)"
    assert link(book, "one file").get("href") is None


def test_what_only_the_site_has_is_linked_where_the_book_is_published(tmp_path):
    book = document(tmp_path, base="https://book.example/v1/")
    assert link(book, "one file").get("href") == "https://book.example/v1/data/all.zip"


def test_a_figure_has_one_number_in_its_chapter_and_wherever_it_is_shown_again(book):
    again, own = (each.find_class("label")[0] for each in book.find_class("exhibit"))
    assert (again.tag, again.get("href")) == ("a", "#casualties--toll")
    assert own.tag == "span"
    (listed,) = book.xpath("//nav[2]//a")
    assert (listed.get("href"), words(listed)) == ("#casualties--toll", "At least 2")


def test_a_figure_is_its_wide_drawing_with_its_text_alternative(book):
    for figure in book.find_class("exhibit"):
        (image,) = figure.iter("img")
        assert image.get("src").startswith("data:")
        assert image.get("alt") == "Dots."
        assert b">two<" in base64.b64decode(image.get("src").partition("base64,")[2])


def test_a_page_without_text_is_refused(tmp_path):
    with pytest.raises(files.SiteError, match=r"sources\.html: no text"):
        document(tmp_path, pages=PAGES | {"sources": "<p>No heading.</p>"})


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
    writing.write(root / "book.pdf", *laid_out(root))
    return root / "book.pdf"


def test_the_same_pages_make_the_same_bytes(printed, tmp_path):
    writing.write(tmp_path / "book.pdf", *laid_out(tmp_path))
    assert (tmp_path / "book.pdf").read_bytes() == printed.read_bytes()


def test_figures_chapters_and_pages_are_numbered(printed):
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(printed).pages]
    contents, figures, summary, casualties = pages[2:6]
    assert re.search(r"Casualties[ .]+6 ", contents)
    assert re.search(r"Figure 1\. At least 2[ .]+6 ", figures)
    assert "Read Casualties (page 6), a figure (Figure 1)" in summary
    assert "Figure 1. At least 2" in summary
    assert "Figure 1. At least 2" in casualties
    assert casualties.endswith(" 6")
    assert "A title <https://example.org/paper>" in pages[6]


def test_a_reader_of_the_file_gets_title_outline_language_and_tags(printed):
    reader = PdfReader(printed)
    assert (reader.metadata.title, reader.metadata.author) == ("Book", "Team")
    top = [each.title for each in reader.outline if not isinstance(each, list)]
    assert top[-4:] == ["Summary", "Casualties", "Sources", "Claims"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path, monkeypatch):
    if engine.lacking():
        pytest.skip(engine.lacking())
    monkeypatch.setattr(writing, "document", lambda *_: '<img src="none:nothing" alt="x">')
    with pytest.raises(files.SiteError, match="PDF: Failed to load image"):
        writing.write(tmp_path / "book.pdf", *laid_out(tmp_path))


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
        writing.write_apart(tmp_path / "book.pdf", pages, stage)
    assert not (tmp_path / "book.pdf").exists()


def test_a_pdf_whose_process_is_killed_or_stopped_is_an_error_in_one_line(tmp_path, monkeypatch):
    def killed(*_, **__):
        return subprocess.CompletedProcess([], -9, stderr=b"")

    def stopped(*_, **__):
        raise KeyboardInterrupt

    for run, message in ((killed, "its process ended with status -9"), (stopped, "stopped")):
        monkeypatch.setattr(subprocess, "run", run)
        with pytest.raises(files.SiteError, match=f"^{message}$"):
            writing.write_apart(tmp_path / "book.pdf", tmp_path, tmp_path)


# What pages say of it


@pytest.mark.parametrize("pdf", ["", "book.pdf"])
def test_pages_link_to_the_pdf_in_editions_that_have_it_and_in_no_other(tmp_path, monkeypatch, pdf):
    monkeypatch.setitem(test_pages.ABOUT, "pdf", pdf)
    pages = {"cite.md": "# Cite\n\n```{pdf}\n```\n\n```{downloads}\n```\n"}
    site = test_pages.build(test_pages.stage(tmp_path / "stage", pages))
    found = test_pages.page(site, "cite.html").xpath("//a/@href")
    assert [address for address in found if address.endswith(".pdf")] == [pdf, pdf] * bool(pdf)
