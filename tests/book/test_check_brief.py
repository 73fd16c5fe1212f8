"""A brief held against the real book: sixty sentences, the book's own prose, and the page."""

import csv
import json
from collections import defaultdict
from itertools import product
from pathlib import Path

import briefs
import pytest
from docx import Document
from lxml import etree

from clashbook.website.checking import reading
from clashbook.website.checking.judging import Judge, Reader
from clashbook.website.checking.pieces import Block, of_text

SENTENCES = Path(__file__).parents[1] / "brief_sentences.csv"
# Verdicts that leave a text as it is.
GOOD = {"current", "right_for_day"}
TITLE = Block("heading", "Claims and Counts")
# Passages that give examples, tell of the pages themselves or count rows: no numbers of the book.
NO_PROSE = ".//table|.//figure|.//pre|.//script|.//style|.//details|.//form|.//button|.//*[@hidden]"
# A count of verbs on pages and an example: no numbers of the book, and written as some that are.
OTHERS = {("methods.html", "6"), ("methods.html", "12")}


@pytest.fixture(scope="module")
def table(site):
    return json.loads((site / "quotes.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def judge(table):
    return Judge(table)


def rows():
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digits(text):
    return text.replace("−", "-").casefold()


def found_for(row, found):
    """The verdict of the number that a row of the list is about."""
    asked = digits(row["number"])
    return next((kind for number, kind in found if digits(number) in asked), "")


def verdicts(judge, blocks):
    return [
        (number, verdict.kind)
        for one in judge.judge(blocks)
        for number, verdict in zip(one.numbers, one.verdicts, strict=True)
    ]


def test_sixty_sentences_half_of_them_by_a_reader_of_the_site_get_their_verdicts(judge):
    listed = rows()
    assert len(listed) >= 60
    assert sum(row["by"] == "reader" for row in listed) >= 30
    wrong = [
        (row["sentence"], row["verdict"], got)
        for row in listed
        if (got := found_for(row, verdicts(judge, [Block("paragraph", row["sentence"])])))
        != row["verdict"]
    ]
    assert not wrong


def test_the_page_gives_each_sentence_the_verdicts_of_the_command_line(
    table, judge, site, open_page
):
    page = open_page((site / "check.html").as_uri())
    for row in rows():
        page.fill("#check-text", row["sentence"])
        page.click(".check-brief button[type=submit]")
        page.wait_for_function("!document.querySelector('.check-count').textContent.endsWith('…')")
        said = page.locator(".check-found .verdict").all_inner_texts()
        ours = [
            f"{number}: {table['verdicts'][verdict.kind]['name']}. {verdict.words}"
            for one in judge.judge(of_text(row["sentence"]))
            for number, verdict in zip(one.numbers, one.verdicts, strict=True)
        ]
        assert [text.partition(" See ")[0] for text in said] == [
            " ".join(text.split()) for text in ours
        ]
    assert all(url.startswith("file:") for url in page.asked)


PEOPLE = {"all": "people", "military": "soldiers", "civilian": "civilians"}
VERBS = {kind: f"were {kind}" for kind in ("killed", "wounded", "captured")}
VERBS["missing"] = "went missing"
SIDES = {"ARM": "Armenian {}", "AZE": "Azerbaijani {}", "both": "{} on both sides"}
CLASHES = {"2020-07": "July 2020", "2022-09": "September 2022"}
OF_WHAT = ("indicator", "party", "population", "episode")


def told(text, indicator, party, population, episode):
    """A number told as one of something, by the report."""
    whom = SIDES[party].format(PEOPLE[population])
    words = f"{text.partition(' (')[0]} {whom} {VERBS[indicator]} in {CLASHES[episode]}"
    return Block("paragraph", f"According to Claims and Counts, {words}.")


def test_a_number_is_current_for_what_it_is_of_and_for_nothing_else(judge, table):
    said, ours = defaultdict(set), {}
    for quote in table["quotes"]:
        of = tuple(quote.get(name, "") for name in OF_WHAT)
        said[of].add(json.dumps(quote["says"]))
        if quote["kind"] == "toll" and not quote.get("until"):
            ours[of] = quote
    every = [*product(VERBS, SIDES, PEOPLE, CLASHES)]
    mine = {of: quote for of, quote in ours.items() if of in every}
    assert len(mine) > 30
    for of, quote in mine.items():
        assert {kind for _, kind in verdicts(judge, [told(quote["text"], *of)])} == {"current"}
        for other in every:
            if json.dumps(quote["says"]) not in said[other]:
                block = told(quote["text"], *other)
                assert not {kind for _, kind in verdicts(judge, [block])} & GOOD, block.text


def prose(path):
    """The pieces of a page's prose, and the numbers in it that are references to numbers."""
    root = etree.parse(str(path), etree.HTMLParser(encoding="utf-8")).getroot()
    article = root.find(".//article")
    if article is None:
        return [], set()
    for element in article.xpath(f"{NO_PROSE}|.//*[contains(@class, 'headerlink')]"):
        parent = element.getparent()
        if parent is not None:
            element.text, rest = "", element.tail or ""
            for child in list(element):
                element.remove(child)
            element.tail = rest
    linked = {
        " ".join("".join(one.itertext()).split())
        for one in article.iter("span")
        if "number" in (one.get("class") or "").split()
    }
    return [*reading.of_html(etree.tostring(article, method="html"))], linked


def test_the_numbers_of_the_books_own_prose_are_current_or_right_for_their_day(judge, table, site):
    reader = Reader(table["patterns"])
    seen, wrong = 0, []
    for path in sorted(site.glob("*.html")):
        blocks, linked = prose(path)
        told = {number["written"] for text in linked for number in reader.numbers(text)}
        for number, kind in verdicts(judge, [TITLE, *blocks]):
            if number in told and (path.name, number) not in OTHERS:
                seen += 1
                wrong += [] if kind in GOOD else [(path.name, number, kind)]
    assert seen > 150
    assert not wrong


def test_each_number_in_the_books_own_sentence_to_quote_is_current(judge, table):
    known = table["states"][0]["known"]
    newest = [
        quote
        for quote in table["quotes"]
        if quote["kind"] == "toll" and not quote.get("until") and "sentence" in quote
    ]
    assert newest
    for quote in newest:
        blocks = [Block("paragraph", quote["sentence"].replace("{known}", known))]
        # Its own number comes first; what each speaker gave of it may follow.
        assert verdicts(judge, blocks)[0][1] in GOOD, quote["sentence"]


def test_what_a_speaker_said_of_people_is_good_in_the_books_own_sentence(judge, table):
    known = table["states"][0]["known"]
    told = [
        quote
        for quote in table["quotes"]
        if quote["kind"] == "claim"
        and quote.get("episode") in CLASHES
        and quote.get("indicator") in ("killed", "wounded", "captured")
        and quote["made"] != "error"
    ]
    assert len(told) > 100
    wrong = [
        (quote["id"], found)
        for quote in told
        for block in [Block("paragraph", quote["sentence"].replace("{known}", known))]
        if (found := verdicts(judge, [block])) and found[0][1] not in GOOD
    ]
    assert not wrong


def test_the_page_reads_files_as_the_command_line_does_and_sends_none(
    judge, site, open_page, tmp_path
):
    document = Document()
    document.add_heading("September 2022", 1)
    document.add_paragraph("49 Armenian soldiers were killed.", style="List Bullet")
    document.save(tmp_path / "careless.docx")
    (tmp_path / "good.md").write_text(
        "# Claims and Counts says\n\nAt least 305 people were killed in September 2022.\n"
    )
    (tmp_path / "old.html").write_text(
        "<h1>September 2022</h1><p>Azerbaijan said that 71 of its soldiers were killed.</p>"
    )
    page = open_page((site / "check.html").as_uri())
    for path in sorted(tmp_path.iterdir()):
        page.set_input_files("#check-file", path)
        page.wait_for_function(
            f"/^{path.name}: \\d/.test(document.querySelector('.check-count').textContent)"
        )
        kinds = [kind for _, kind in verdicts(judge, reading.blocks(path))]
        assert page.locator(".check-found mark").count() == len(kinds)
        assert page.locator(".verdict.good").count() == sum(kind in GOOD for kind in kinds)
    assert all(url.startswith("file:") for url in page.asked)


def as_on_page(page, path):
    """The pieces that the page makes of a file."""
    file = [path.name, [*path.read_bytes()]]
    found = page.evaluate(
        "([name, bytes]) => clashbookReading.ofFile(new File([new Uint8Array(bytes)], name))", file
    )
    return [Block(**one) for one in found if one["text"]]


def test_the_page_makes_the_same_pieces_of_a_file_as_the_command_line(site, open_page, tmp_path):
    for name, content in briefs.FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    parts = {"footnotes": briefs.NOTES, "endnotes": briefs.END}
    briefs.word(tmp_path / "boxed.docx", briefs.BOXED, **parts)
    briefs.word(tmp_path / "tables.docx", briefs.TABLES)
    page = open_page((site / "check.html").as_uri())
    for path in sorted(tmp_path.iterdir()):
        assert as_on_page(page, path) == reading.blocks(path)


@pytest.mark.parametrize("language", briefs.FOREIGN)
def test_the_page_says_that_only_english_is_read(site, open_page, language):
    page = open_page((site / "check.html").as_uri())
    page.fill("#check-text", briefs.FOREIGN[language])
    page.click(".check-brief button[type=submit]")
    page.wait_for_function("document.querySelector('.check-count').textContent.includes('English')")
    assert page.locator(".check-found li").count() == 0


def test_the_page_says_that_there_is_no_text(site, open_page, tmp_path):
    (tmp_path / "brief.md").write_text(" \n")
    page = open_page((site / "check.html").as_uri())
    page.click(".check-brief button[type=submit]")
    page.wait_for_function(
        "/^There is no text/.test(document.querySelector('.check-count').textContent)"
    )
    assert page.evaluate("document.activeElement.id") == "check-text"
    page.set_input_files("#check-file", tmp_path / "brief.md")
    page.wait_for_function(
        "/^brief.md: There is/.test(document.querySelector('.check-count').textContent)"
    )


def test_a_file_that_the_page_cannot_read_is_named_with_the_way_out(site, open_page, tmp_path):
    (tmp_path / "brief.docx").write_bytes(b"no archive")
    page = open_page((site / "check.html").as_uri())
    page.set_input_files("#check-file", tmp_path / "brief.docx")
    page.wait_for_function("document.querySelector('.check-count').textContent.includes('paste')")


def test_what_to_write_instead_can_be_copied_and_leads_to_its_claims(address, open_page):
    page = open_page(f"{address}/check.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.fill("#check-text", "In September 2022, 49 Armenian soldiers were killed.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.click(".check-found button.copy")
    page.wait_for_function("document.querySelector('.check-found .copy').textContent === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert " were killed on Armenia’s side in September 2022, according to " in copied
    page.click(".check-found a")
    page.wait_for_url("**/claims.html#number-2022-09-killed-military-arm")


def test_the_table_stays_light(site):
    import gzip

    assert len(gzip.compress((site / "quotes.js").read_bytes())) < 100_000
