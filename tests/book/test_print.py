"""The finished book on paper: its PDF, and pages as a browser prints them."""

import io
import re
from urllib.parse import quote, urlsplit

import pytest
from lxml import html
from pypdf import PdfReader

from clashbook import files


@pytest.fixture(scope="session")
def about(site):
    return files.marker_of(site)


@pytest.fixture(scope="session")
def pdf(site, about):
    if not about["pdf"]:
        pytest.skip("no PDF: its engine is missing")
    return PdfReader(site / about["pdf"])


@pytest.fixture(scope="session")
def texts(pdf):
    """The words of each page."""
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


@pytest.fixture(scope="session")
def chapters(pdf):
    """The chapters of the outline, each with the number of its first page."""
    return {
        each.title: pdf.get_destination_page_number(each) + 1
        for each in pdf.outline
        if not isinstance(each, list)
    }


def exhibits(site):
    return files.read_json(site / "exhibits.json")["exhibits"]


def test_the_whole_book_is_there_and_not_more(pdf, site):
    assert 80 <= len(pdf.pages) <= 350
    assert (site / files.marker_of(site)["pdf"]).stat().st_size < 5_000_000


def test_no_page_is_empty(texts):
    # What every page has at its head and foot is no text of its own.
    assert [at for at, text in enumerate(texts, 1) if len(text) < 150] == []


def test_no_column_of_a_table_is_so_narrow_that_its_heading_breaks(site, texts):
    book = " ".join(texts)
    # The data of a figure are not printed.
    printed = (
        "//table[contains(@class, 'data-table')][not(ancestor::details[@class='exhibit-data'])]"
    )
    headings = {
        " ".join(" ".join(table.xpath("thead//th//text()")).split())
        for path in site.glob("*.html")
        for table in html.parse(str(path)).xpath(printed)
    }
    assert "Number What it is Rests on" in headings
    assert {heading for heading in headings if heading not in book} == set()


def test_every_chapter_is_in_the_outline_and_begins_a_page(site, chapters, texts):
    for name in ("Casualties", "Economy", "Reactions", "Timeline", "Methods", "Claims", "Sources"):
        assert f" {name} " in f" {texts[chapters[name] - 1][:60]} "


def test_the_contents_give_each_chapter_its_page(pdf, chapters, texts):
    contents = " ".join(texts[chapters["Contents"] - 1 : chapters["Figures and tables"] - 1])
    for title, page in chapters.items():
        if page > chapters["Figures and tables"]:
            assert re.search(rf"{re.escape(title)}[ .]+{page}\b", contents), title


def folded_away(site):
    """The exhibits that a chapter shows to who asks for them; they are not on paper."""
    chapters = [html.parse(str(path)).getroot() for path in site.glob("*.html")]
    inside = "//details[contains(@class, 'hide')]//figure/@id"
    return {key for chapter in chapters for key in chapter.xpath(inside)}


def test_every_figure_and_table_of_the_book_has_a_number_and_its_page(site, chapters, texts):
    start = chapters["Figures and tables"] - 1
    listed = " ".join(texts[start : start + 2])
    for kind in ("figure", "table"):
        folded = folded_away(site)
        made = [e["title"] for e in exhibits(site) if e["kind"] == kind and e["id"] not in folded]
        found = re.findall(rf"{kind.title()} (\d+)\. (.+?)[ .]{{2,}}(\d+)\b", listed)
        assert [int(number) for number, _, _ in found] == list(range(1, len(made) + 1))
        assert len({title for _, title, _ in found}) == len(made)
        for number, _, page in found:
            assert f"{kind.title()} {number}. " in texts[int(page) - 1], (kind, number)


def links(pdf):
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            found = note.get_object()
            if found["/Subtype"] == "/Link":
                action = found.get("/A", {})
                yield action.get("/URI"), found.get("/Dest", action.get("/D"))


def test_links_lead_to_the_web_or_to_a_place_in_the_book(pdf):
    places, within = pdf.named_destinations, 0
    for address, place in links(pdf):
        if address is not None:
            assert urlsplit(address).scheme in ("http", "https"), address
        else:
            within += 1
            assert place in places, place
    assert within > 1000


def test_every_source_stands_with_its_address(site, texts, chapters):
    text = "".join(texts[chapters["Sources"] - 1 : chapters["Glossary"] - 1]).replace(" ", "")
    sources = (site / "data" / "sources.csv").read_text(encoding="utf-8")
    addresses = re.findall(r"https?://[^,\s\"]+", sources)
    assert len(addresses) > 5
    printed = [quote(address, safe=":/%?=&#@,;+~()!*'") for address in addresses]
    both = zip(addresses, printed, strict=True)
    assert [one for one, other in both if one not in text and other not in text] == []


def test_its_words_can_be_searched_and_its_typefaces_are_embedded(pdf, texts):
    assert any("at least 305" in text.replace("\u00a0", " ") for text in texts)
    faces = set()
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            (inner,) = font.get_object()["/DescendantFonts"]
            face = inner.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(face), face["/FontName"]
            faces.add(face["/FontName"].partition("+")[2])
    assert faces <= {
        *("Source-Sans-Pro", "Source-Sans-Pro-Bold", "Source-Sans-Pro-Semi-Bold"),
        *("Source-Sans-Pro-Italic", "DejaVu-Sans-Mono", "DejaVu-Sans-Mono-Bold"),
    }


def test_it_says_what_it_is_and_which_edition(pdf, about, texts):
    assert pdf.metadata.title.startswith(about["title"])
    assert pdf.metadata.author == ", ".join(about["authors"])
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    named = f"Data version {about['version']}."
    assert all(named in text for text in texts[2:])


def test_the_pages_link_to_it(site, about, pdf):
    for name in ("index", "cite", "data"):
        assert f'href="{about["pdf"]}"' in (site / f"{name}.html").read_text(encoding="utf-8")


# A page as a browser prints it


@pytest.fixture(scope="session")
def printed(address, browser):
    """What a browser prints of a page, at the size of A4."""
    kept = {}

    def of(name, scheme="light"):
        if (name, scheme) not in kept:
            page = browser.new_page(color_scheme=scheme)
            page.goto(f"{address}/{name}.html", wait_until="networkidle")
            kept[name, scheme] = page.pdf(format="A4", print_background=True)
            page.close()
        return PdfReader(io.BytesIO(kept[name, scheme]))

    return of


def words(page):
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize(
    ("name", "title"), [("casualties", "Casualties"), ("claims", "Claims"), ("methods", "Methods")]
)
def test_a_printed_page_begins_with_its_title_and_has_no_menu(printed, about, name, title):
    pages = [words(page) for page in printed(name).pages]
    assert pages[0].startswith(title)
    text = " ".join(pages)
    for menu in ("Skip to main", "On this page", "Using the report", "Search", "previous"):
        assert menu not in text, menu
    assert f"Data version {about['version']}." in pages[-1]


def test_what_a_row_of_claims_holds_is_printed_though_it_was_folded(printed, site):
    text = " ".join(words(page) for page in printed("claims").pages)
    claims = (site / "data" / "claims.csv").read_text(encoding="utf-8")
    assert "no days given" in claims
    assert "no days given" in text


@pytest.mark.parametrize("name", ["casualties", "reactions"])
def test_a_printed_page_has_the_tables_that_were_folded(printed, site, name):
    text = "".join("".join(words(page).split()) for page in printed(name).pages)
    page = html.parse(str(site / f"{name}.html")).getroot()
    folded = page.xpath("//details[contains(@class, 'rows')]//tbody/tr")
    assert len(folded) > 20
    cells = ["".join(cell.text_content().split()) for row in folded for cell in row[:3]]
    assert [cell for cell in cells if cell not in text] == []
    assert "All24rows" not in text


def test_what_was_left_folded_beneath_a_figure_is_not_printed(printed):
    text = " ".join(words(page) for page in printed("casualties").pages)
    assert "The same numbers as a table" not in text
    assert "Cite / download" not in text
    assert "Show the code" not in text


def test_the_head_of_a_long_table_stands_on_each_of_its_pages(printed):
    pages = [words(page) for page in printed("sources").pages]
    assert len(pages) > 1
    assert all("Licence Used for" in page for page in pages)


def test_a_dark_page_is_printed_in_ink_on_white(address, browser):
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{address}/casualties.html", wait_until="networkidle")
    page.emulate_media(media="print", color_scheme="dark")
    look = page.evaluate(
        """() => [document.body, document.querySelector(".bd-article p"),
        document.querySelector(".picture-wide .c-ink")].map(e => {
            const s = getComputedStyle(e);
            return [s.backgroundColor, s.color, s.fill];
        })"""
    )
    page.close()
    assert look[0][0] == "rgb(255, 255, 255)"
    assert look[1][1] == look[2][2] == "rgb(34, 40, 50)"
