"""The finished book on paper: its PDFs, and pages as a browser prints them."""

import io
import re
from urllib.parse import quote, urlsplit

import pytest
from lxml import html
from pypdf import PdfReader

from clashbook import files
from clashbook.about import About

# How much of a page may be blank at its foot: a figure that does not fit goes to the next.
MOST_BLANK = 0.5


@pytest.fixture(scope="session")
def about(site):
    return files.marker_of(site)


@pytest.fixture(scope="session")
def papers(site, about):
    if not about["pdf"]:
        pytest.skip("no PDF: its engine is missing")
    return {name: PdfReader(site / path) for name, path in About.of(about).papers.items()}


@pytest.fixture(scope="session")
def texts(papers):
    """The words of each page of each document."""
    return {
        name: [" ".join(page.extract_text().split()) for page in pdf.pages]
        for name, pdf in papers.items()
    }


@pytest.fixture(scope="session")
def chapters(papers):
    """The chapters of each outline, each with the number of its first page."""
    return {
        name: {
            each.title: pdf.get_destination_page_number(each) + 1
            for each in pdf.outline
            if not isinstance(each, list)
        }
        for name, pdf in papers.items()
    }


def exhibits(site):
    return files.read_json(site / "exhibits.json")["exhibits"]


def test_the_sheet_has_one_page_and_the_report_what_is_read_in_one_sitting(papers, site, about):
    assert len(papers["sheet"].pages) == 1
    assert 24 <= len(papers["report"].pages) <= 34
    assert 80 <= len(papers["annex"].pages) <= 160
    for path in About.of(about).papers.values():
        assert (site / path).stat().st_size < 5_000_000


def test_no_page_speaks_of_what_a_screen_does(texts):
    screen = re.compile(r"\b(tap(s|ped)?|click\w*|hover\w*|swipe|scroll\w*|button)\b", re.I)
    said = [
        (name, found[0])
        for name in texts
        for page in texts[name]
        for found in screen.finditer(page)
    ]
    # What a table of the annex quotes of the site's own corrections is no word to a reader.
    assert [(name, word) for name, word in said if name != "annex"] == []
    assert [word for _, word in said if word.lower().startswith("tap")] == []


def blank_at_its_foot(page):
    """How much of a page, within its margins, has no line of text below it."""
    feet = []

    def see(operator, _, matrix, place):
        # A drawing counts from itself, and has its source below it.
        if operator in (b"Tj", b"TJ") and matrix[3] < 0:
            feet.append(matrix[1] * place[4] + matrix[3] * place[5] + matrix[5])

    page.extract_text(visitor_operand_before=see)
    bottom, top = 53, float(page.mediabox.height) - 60
    return (min(foot for foot in feet if foot > bottom) - bottom) / (top - bottom)


@pytest.mark.parametrize("name", ["report", "annex"])
def test_no_word_begins_beyond_the_margin(papers, name):
    beyond = []
    for at, page in enumerate(papers[name].pages, 1):
        edge = float(page.mediabox.width) - 40

        def see(operator, _, matrix, place, at=at, edge=edge):
            # Words of a drawing count from it.
            if operator in (b"Tj", b"TJ") and matrix[3] < 0:
                across = matrix[0] * place[4] + matrix[2] * place[5] + matrix[4]
                if across > edge:
                    beyond.append((at, round(across)))

        page.extract_text(visitor_operand_before=see)
    assert beyond == []


@pytest.mark.parametrize("name", ["report", "annex"])
def test_no_page_is_left_half_empty_but_the_last_before_a_chapter_that_begins_one(
    papers, texts, chapters, name
):
    ends = {number - 1 for number in chapters[name].values()} | {len(texts[name])}
    pages = enumerate(papers[name].pages, 1)
    blank = {at: blank_at_its_foot(page) for at, page in pages if at not in ends}
    assert {at: round(part, 2) for at, part in blank.items() if part > MOST_BLANK} == {}


def test_every_chapter_is_in_an_outline_and_on_its_page(chapters, texts):
    where = {
        "report": ("Casualties", "Economy", "Reactions", "Timeline", "Methods"),
        "annex": (
            "Further figures and tables",
            "Claims",
            "Sources",
            "Glossary",
            "Corrections",
            "Data",
        ),
    }
    for name, titles in where.items():
        for title in titles:
            assert title in texts[name][chapters[name][title] - 1], (name, title)


def test_every_figure_has_a_number_and_is_in_one_document(site, texts):
    made = [each for each in exhibits(site) if each["kind"] == "figure"]
    numbers = set(re.findall(r"Figure (\d+)\. ", " ".join(texts["report"])))
    assert numbers == {str(number) for number in range(1, len(numbers) + 1)}
    assert 0 < len(numbers) <= len(made)


def links(pdf):
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            found = note.get_object()
            if found["/Subtype"] == "/Link":
                action = found.get("/A", {})
                yield action.get("/URI"), found.get("/Dest", action.get("/D"))


def test_links_lead_to_the_web_or_to_a_place_in_the_document(papers):
    for name, least in (("report", 50), ("annex", 500)):
        places, within = papers[name].named_destinations, 0
        for address, place in links(papers[name]):
            if address is not None:
                assert urlsplit(address).scheme in ("http", "https"), address
            else:
                within += 1
                assert place in places, place
        assert within > least


def test_every_source_stands_with_its_address(site, texts, chapters):
    first, end = chapters["annex"]["Sources"] - 1, chapters["annex"]["Glossary"]
    text = "".join(texts["annex"][first:end]).replace(" ", "")
    sources = (site / "data" / "sources.csv").read_text(encoding="utf-8")
    addresses = re.findall(r"https?://[^,\s\"]+", sources)
    assert len(addresses) > 5
    printed = [quote(address, safe=":/%?=&#@,;+~()!*'") for address in addresses]
    both = zip(addresses, printed, strict=True)
    assert [one for one, other in both if one not in text and other not in text] == []


def test_words_can_be_searched_and_typefaces_are_embedded(papers, texts):
    assert any("at least 305" in text.replace("\u00a0", " ") for text in texts["sheet"])
    faces = set()
    for page in [page for pdf in papers.values() for page in pdf.pages]:
        for font in page["/Resources"].get("/Font", {}).values():
            (inner,) = font.get_object()["/DescendantFonts"]
            face = inner.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(face), face["/FontName"]
            faces.add(face["/FontName"].partition("+")[2])
    assert faces <= {
        *("Source-Sans-Pro", "Source-Sans-Pro-Bold", "Source-Sans-Pro-Semi-Bold"),
        *("Source-Sans-Pro-Italic", "DejaVu-Sans-Mono", "DejaVu-Sans-Mono-Bold"),
    }


def test_each_says_what_it_is_and_which_edition(papers, about, texts):
    for name, pdf in papers.items():
        assert pdf.metadata.title.startswith(about["title"])
        assert pdf.metadata.author == ", ".join(about["authors"])
        assert pdf.trailer["/Root"]["/Lang"] == "en"
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert all(f"Data version {about['version']}." in text for text in texts[name])


def test_the_pages_link_to_all_three(site, about, papers):
    for name in ("index", "cite", "data"):
        page = (site / f"{name}.html").read_text(encoding="utf-8")
        for path in About.of(about).papers.values():
            assert f'href="{path}"' in page


# A page as a browser prints it


@pytest.fixture(scope="session")
def printed(address, browser):
    """What a browser prints of a page, at the size of A4."""
    kept = {}

    def of(name, scheme="light"):
        if (name, scheme) not in kept:
            page = browser.new_page(color_scheme=scheme)
            page.goto(f"{address}/{name}.html", wait_until="networkidle")
            # Until it has decided on its typeface a page's text is not seen, nor printed.
            page.wait_for_selector("html:not([data-typeface=awaited])")
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
