"""Text from the data stays words: refused where it deceives, inert wherever else it appears."""

import csv
import io
import json
import zipfile
from pathlib import Path

import bibtexparser
import docx
import hostile
import openpyxl
import pandas as pd
import pytest
import rispy
import small
from lxml import html

from clashbook.dataset import tables
from clashbook.formats import exchange
from clashbook.pipeline import brief
from clashbook.pipeline.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
# What data could become if they were more than words.
THEIRS = (
    "[data-canary], iframe, object, embed, form[action*=evil], [onerror], [onload], [onfocus], "
    "[onmouseover], [onclick], a[href^='javascript' i], [href*='evil.example'], "
    "[src*='evil.example'], img[src='x'], mjx-container, .math, .MathJax, td strong, td em"
)
# Columns that no page shows; those who load the tables read them.
ON_NO_PAGE = {
    *("series.vintage", "series.note", "observations.note", "places.gazetteer", "places.note"),
    "reactions.summary",  # its words are in tables that a chapter makes
    "alternatives.why",  # a reading that changes no number is not shown
}
PICTURED = ("drawn", "days")


def test_text_that_deceives_or_calculates_is_refused_by_row_and_column(tmp_path):
    rows = small.tables()
    for at, (text, _) in enumerate(hostile.REFUSED.values()):
        rows["claims"].append(small.claim(f"row-{at}", note=text))
    with pytest.raises(tables.DataError) as caught:
        tables.load(small.write(tmp_path / "data", rows))
    said = {problem.value: str(problem) for problem in caught.value.problems}
    for text, fault in hostile.REFUSED.values():
        assert fault in said[text], said[text]
        assert said[text].startswith("claims.csv line ")
        assert ", column note, " in said[text]
        assert said[text].isprintable()
        assert "; write it without" in said[text]


@pytest.mark.parametrize("at", range(len(hostile.ALLOWED)))
def test_the_corpus_holds_nothing_that_check_refuses(at):
    text = hostile.words(at)
    assert text.isprintable()
    assert text[0] not in "=+-@"


def pages():
    made = [f"{name}.html" for name in [*hostile.PAGES, "chapter"]]
    return [*made, *(f"exhibits/{key}.html" for key in ("drawn", "days", "said"))]


@pytest.fixture
def opened(browser, hostile_address):
    """Open a page, and afterwards hold that nothing of theirs ran, loaded or became an element."""
    page, asked, ran = browser.new_page(), [], []
    page.add_init_script("window.alert = window.print = () => { window.canary = 1; }")
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: ran.append(str(error)))
    page.on("popup", lambda popup: ran.append(popup.url))

    def go(path):
        page.goto(f"{hostile_address}/{path}", wait_until="networkidle")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        return page

    yield go
    assert ran == []
    assert page.evaluate("window.canary") is None
    assert [url for url in asked if not url.startswith((hostile_address, "data:"))] == []
    theirs = page.evaluate(
        "all => [...document.querySelectorAll(all)].map(each => each.outerHTML)", THEIRS
    )
    assert theirs == []
    page.close()


@pytest.mark.parametrize("name", pages())
def test_nothing_of_theirs_runs_loads_or_becomes_an_element(opened, name):
    page = opened(name)
    for mark in page.locator("svg a").all()[:6]:
        mark.dispatch_event("pointerover")
    page.evaluate("document.querySelectorAll('button.copy').forEach(each => each.click())")


def plain(text):
    """With single spaces, and quotation marks as a keyboard has them."""
    return " ".join(text.translate(str.maketrans("‘’“”", "''\"\"")).split())


def test_the_same_words_as_markup_run_load_and_become_elements(browser):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(" ".join(hostile.ALLOWED))
    assert page.locator(THEIRS).count() > 3
    assert page.evaluate("window.canary") == 1
    assert any("evil.example" in url for url in asked)
    page.close()


def text_of(path):
    return plain(html.parse(str(path)).getroot().text_content())


def test_every_column_of_words_is_read_on_a_page_word_for_word(edition):
    read = " ".join(text_of(edition.out / name) for name in pages())
    missing = {
        f"{table}.{column}"
        for table, rows in hostile.tables().items()
        for column in hostile.columns(table)
        if not any(plain(line[column]) in read for line in rows)
    }
    assert missing == ON_NO_PAGE


def test_the_words_of_an_exhibit_are_words_on_its_pages(edition):
    who = f"{hostile.tables()['actors'][0]['name']} {hostile.WORD}"
    for name in ("chapter.html", *(f"exhibits/{key}.html" for key in PICTURED)):
        read = text_of(edition.out / name)
        for part in (f"Drawn: {who}", f"By {who}"):
            assert plain(part) in read, (name, part)
        label = html.parse(str(edition.out / name)).xpath("//*[local-name()='svg']/@aria-label")
        assert {f"Of {who}"} <= set(label)


@pytest.mark.parametrize("key", PICTURED)
def test_what_is_drawn_is_text_and_so_is_what_a_mark_says(opened, edition, key):
    svg = html.parse(str(edition.out / "exhibits" / f"{key}.html")).xpath("//svg")[0]
    assert any("data-canary" in each.text_content() for each in svg.iter("text"))
    said = {title.text for title in svg.iter("title")}
    assert any("data-canary" in title or "javascript:" in title for title in said)
    page = opened(f"exhibits/{key}.html")
    mark = page.locator(".picture-wide .figure-mark").first
    mark.dispatch_event("pointerover")
    assert page.locator(".picture-wide .mark-words p").text_content() in said


def test_search_finds_the_pages_of_the_words(opened):
    page = opened(f"search.html?q={hostile.WORD.lower()}")
    page.wait_for_selector("#search-results li a")
    assert page.locator("#search-results h2", has_text="Claims").count() == 1


def test_what_is_searched_for_is_words_as_well(opened):
    page = opened("search.html?q=%3Cimg+data-canary+src%3Dx+onerror%3Dalert(1)%3E")
    page.wait_for_function("document.querySelector('.search-summary').textContent")


def test_the_tables_and_the_workbook_hold_the_same_text(edition):
    # Each is there twice, with day and version in its name and without.
    workbook, _ = (edition.out / "data").glob("*.xlsx")
    zipped, _ = (edition.out / "data").glob("*.zip")
    book, whole = openpyxl.load_workbook(workbook), zipfile.ZipFile(zipped)
    for table, rows in hostile.tables().items():
        content = (edition.out / "data" / f"{table}.csv").read_bytes()
        assert whole.read(f"{table}.csv") == content
        read = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
        frame = pd.read_csv(io.BytesIO(content), keep_default_na=False, dtype=str)
        head, *body = ([cell.value for cell in line] for line in book[table].rows)
        for column in hostile.columns(table):
            given = [row[column] for row in rows]
            assert [row[column] for row in read] == given
            assert list(frame[column]) == given
            assert [row[head.index(column)] for row in body] == given
    for sheet in book:
        assert {cell.data_type for line in sheet.rows for cell in line} <= {"s", "n", "d"}
        assert not [cell for line in sheet.rows for cell in line if cell.hyperlink]


def test_an_exhibits_csv_and_json_hold_the_same_text(edition):
    given = [(row["claimant"], row["note"]) for row in hostile.tables()["claims"]]
    path = edition.out / "exhibits" / "said.csv"
    frame = pd.read_csv(path)
    assert sorted(zip(frame.claimant, frame.note, strict=True)) == sorted(given)
    with path.open(newline="", encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == frame.astype(str).to_dict("records")
    content = json.loads((edition.out / "exhibits" / "said.json").read_text(encoding="utf-8"))
    assert sorted((row["claimant"], row["note"]) for row in content["rows"]) == sorted(given)


@pytest.fixture(scope="session")
def catalogue(edition):
    return Catalogue.read(edition.work / "stage" / "_clashbook", edition.config)


def test_a_brief_holds_the_same_text(catalogue, tmp_path):
    document = docx.Document(io.BytesIO(brief.word(catalogue, ["said", "drawn"])))
    given = [[row["claimant"], row["note"]] for row in hostile.tables()["claims"]]
    # Beside what the table shows stands the day on which each was said.
    rows = [[cell.text for cell in row.cells][:2] for row in document.tables[0].rows]
    assert sorted(rows[1:]) == sorted(given)
    assert not [link for each in document.paragraphs for link in each.hyperlinks]
    written = brief.markdown(catalogue, ["said"], tmp_path / "a.md")[tmp_path / "a.md"].decode()
    # The number of the table is ours.
    written = written.replace("**Table 1.**", "")
    for sign in ("<", "[", "*", "`"):
        assert sign not in written.replace(f"\\{sign}", "").replace("![", "")


@pytest.mark.parametrize("key", ["drawn", "paper", ""])
def test_citations_hold_the_same_text_for_other_programs(catalogue, key):
    item = catalogue.item(key)
    (entry,) = bibtexparser.loads(exchange.bibtex([item])).entries
    assert entry["ENTRYTYPE"] in ("article", "book", "incollection", "misc")
    (record,) = rispy.loads(exchange.ris([item]))
    assert record["title"] == item["title"]
    assert json.loads(exchange.csl_json([item])) == [item]


@pytest.mark.parametrize("name", [*pages(), "search.html"])
def test_what_a_page_says_of_itself_holds_the_same_text(edition, name):
    document = html.parse(str(edition.out / name)).getroot()
    exhibits = json.loads((edition.out / "exhibits.json").read_text(encoding="utf-8"))["exhibits"]
    captions = {entry["files"]["html"]: entry["caption"] for entry in exhibits}
    titles = {entry["files"]["html"]: entry["title"] for entry in exhibits}
    known = {"data.html": hostile.words(0), **captions}
    told = [
        json.loads(script.text)
        for script in document.xpath("//script[@type='application/ld+json']")
    ]
    (described,) = document.xpath("//head/meta[@name='description']/@content")
    if name in known:
        (own,) = (each for each in told if "description" in each)
        assert plain(own["description"]) == plain(known[name])
    if name in titles:
        assert plain(own["name"]) == plain(titles[name])
        assert plain(described) == plain(captions[name])
        assert hostile.WORD in described
    assert len(document.xpath("//head/meta[@name='description']")) == 1
    assert not document.xpath("//head//*[@data-canary]")
