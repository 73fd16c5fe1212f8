"""What stands beside the pages: downloads, files of exhibits, indexes, and addresses given up."""

import json
import zipfile
from dataclasses import replace

import pytest
import small
import yaml
from lxml import html
from test_stage import BUNDLE, executed, settings

from clashbook import config, files
from clashbook.about import Marker
from clashbook.figures import exhibit
from clashbook.formats import citation, downloads
from clashbook.pipeline import stage
from clashbook.website import assemble, redirects

MARKER = Marker(
    citation={"id": "book", "type": "report", "title": "Book", "author": [{"literal": "Team"}]},
    **{
        **{"as_of": "2022-09-20", "version": "1.0.0", "issued": "2022-09-21", "title": "Book"},
        **{"authors": ["Team"], "base": "", "home": ""},
        **{"authors": ["Team"], "base": "", "subtitle": "", "licence": "CC BY 4.0"},
        **{"report_error": "", "headlines": [], "latest": True},
    },
)
CHAPTER = """<html><head></head><body><h1>Trade &amp; aid<a href="#">#</a></h1>
<p>Words.</p><figure id="reserves">
<a href="claims.html#first">first</a><a href="#reserves">here</a>
<a href="#other" id="other">there</a><a href="https://example.org/">
out</a></figure></body></html>"""


@pytest.fixture
def parts(tmp_path, monkeypatch):
    """The pages and the stage of a small book with one table."""
    monkeypatch.setattr(stage.fonts, "subset", lambda folder: [])
    (tmp_path / "book" / "_static").mkdir(parents=True)
    (tmp_path / "book" / "_toc.yml").write_text("format: jb-book\nroot: economy\n")
    facts = tmp_path / "facts"
    small.write(facts / "data")
    item = citation.of_edition(settings(tmp_path), "2022-09-20", "1.0.0", "2022-09-21")
    files.write_json(facts / "edition.json", vars(MARKER) | {"citation": item})
    known = {"numbers": [{"id": "reserves", "text": "at least 2"}]}
    files.write_json(facts / "numbers.json", known)
    files.write_json(facts / "tolls.json", {})
    files.write_json(facts / "telling.json", [])
    files.write_json(facts / "elsewhere.json", {})
    files.write_json(facts / "citations.json", {"": item})
    bundle = BUNDLE | {"columns": {"text": "Reserves"}, "types": {"text": "text", "claims": "text"}}
    bundle |= {"rows": [{"text": "2", "claims": "first"}]}
    monkeypatch.setattr("test_stage.BUNDLE", bundle)
    notebook = executed(tmp_path / "economy.ipynb", "reserves")
    stage.gather(tmp_path / "stage", settings(tmp_path), [notebook], facts)
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "economy.html").write_text(CHAPTER)
    # What the page of an exhibit asks for.
    (pages / "_static").mkdir()
    rooms = ("alone", "base", "card", "editions", "exhibits", "figures", "fonts", "marks", "tables")
    own = (
        *("card.js", "clashbook.js", "editions.js", "embed.js", "verify.js"),
        "favicon.svg",
    )
    for name in (*(f"{room}.css" for room in rooms), *own):
        (pages / "_static" / name).write_text("")
    (pages / "_sources").mkdir()
    for name in assemble.LICENCES:
        (tmp_path / name).write_text("Free.")
    return tmp_path


def complete(root, **given):
    made = config.Config(**{**vars(settings(root)), "redirects": {}, **given})
    assemble.complete(root / "pages", root / "stage", root / "site", made, MARKER)
    return root / "site"


def test_the_site_has_the_data_their_downloads_and_no_residue_of_the_build(parts):
    site = complete(parts)
    assert {path.name for path in (site / "data").glob("*.csv")} == {
        f"{table}.csv" for table in small.FIELDS
    }
    zipped, workbook = downloads.names("Book", "2022-09-20", "1.0.0")
    assert (site / workbook).is_file()
    assert set(assemble.LICENCES) <= set(zipfile.ZipFile(site / zipped).namelist())
    assert not (site / "_sources").exists()


def test_the_index_names_every_file_of_an_exhibit_with_its_digest(parts):
    site = complete(parts)
    (entry,) = json.loads((site / "exhibits.json").read_text())["exhibits"]
    assert entry["title"] == "Reserves: at least 2"
    assert set(entry["digests"]) == set(entry["files"].values())
    for name, digest in entry["digests"].items():
        assert exhibit.digest((site / name).read_bytes()) == digest


def test_the_marker_comes_last_and_says_which_edition_it_is(parts):
    assert Marker.read(complete(parts)) == MARKER


def test_a_site_is_made_anew(parts):
    (parts / "site").mkdir()
    (parts / "site" / "old.html").write_text("stale")
    assert not (complete(parts) / "old.html").exists()


def test_the_card_of_the_book_lies_at_the_root(parts):
    assert (complete(parts) / "card.png").read_bytes().startswith(b"\x89PNG")


def test_a_link_to_what_its_page_does_not_have_is_refused(parts):
    page = parts / "pages" / "economy.html"
    page.write_text(CHAPTER.replace("Words", '<a href="economy.html#nowhere">Words</a>'))
    with pytest.raises(files.SiteError, match=r"^economy.html leads to economy.html#nowhere, wh"):
        complete(parts)


@pytest.mark.parametrize(("episode", "is_there"), [("2022-09", True), ("2020-07", False)])
def test_a_link_to_a_count_is_held_against_the_forms_of_its_page(parts, episode, is_there):
    link = f'<a href="economy.html#episode={episode}&amp;day=2022-09-14">Words</a>'
    form = '<form data-episode="2022-09"></form>'
    (parts / "pages" / "economy.html").write_text(CHAPTER.replace("Words", link + form))
    if is_there:
        assert complete(parts)
        return
    with pytest.raises(files.SiteError, match=f"leads to economy.html#episode={episode}&day"):
        complete(parts)


def test_an_address_that_is_not_there_gets_the_contents_of_the_book(parts):
    page = html.parse(str(complete(parts) / "404.html")).getroot()
    links = {each.text: each.get("href") for each in page.find("body/main").iter("a")}
    assert links == {"Trade & aid": "/economy.html"}
    assert page.xpath("//form/@action") == ["/search.html"]


# Addresses given up


def test_an_old_page_leads_to_the_new_one_without_a_script_and_with_one(parts):
    site = complete(parts, redirects={"exhibits/reserve.html": "exhibits/reserves.html"})
    page = html.parse(str(site / "exhibits" / "reserve.html")).getroot()
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=reserves.html"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["reserves.html"]
    assert page.xpath("//a/@href") == ["reserves.html"]
    assert page.xpath("//script/@src") == ["../_static/moved.js"]


def test_an_old_page_of_a_published_book_names_the_new_address_in_full(tmp_path):
    (tmp_path / "economy.html").write_text(CHAPTER)
    leads = {"old/trade.html": "economy.html#reserves"}
    redirects.write(tmp_path, leads, "https://book.example/editions/2022-09-20/v1/", "Book")
    page = html.parse(str(tmp_path / "old" / "trade.html")).getroot()
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://book.example/editions/2022-09-20/v1/economy.html#reserves"
    ]
    assert page.xpath("//a/@href") == ["../economy.html#reserves"]


def test_an_old_file_is_a_copy_of_the_new_one(parts):
    site = complete(parts, redirects={"exhibits/reserve.csv": "exhibits/reserves.csv"})
    copied = (site / "exhibits" / "reserve.csv").read_bytes()
    assert copied == (site / "exhibits" / "reserves.csv").read_bytes()


def test_an_old_anchor_is_kept_by_its_page(parts):
    site = complete(parts, redirects={"economy.html#rates": "economy.html#reserves"})
    page = html.parse(str(site / "economy.html")).getroot()
    (link,) = page.find_class("moved")
    assert link.get("data-anchor") == "rates"
    assert link.get("href") == "economy.html#reserves"
    assert "_static/moved.js" in page.xpath("//script/@src")


# Exhibits that were cut

CUT = config.Cut(
    "Rates by month", "economy.html", "2022-09-19/v0.9.0", "A sentence says it.", "numbers.html"
)


def test_a_cut_exhibit_keeps_a_page_that_says_so_and_leads_to_its_last_version(parts):
    site = complete(parts, cut={"rates": CUT}, base_url="https://book.example/it")
    page = html.parse(str(site / "exhibits" / "rates.html")).getroot()
    assert page.findtext(".//h1") == "Rates by month"
    words = " ".join(page.find(".//main").text_content().split())
    assert "no longer in the report. A sentence says it." in words
    assert "as known on 19 September 2022, with data version 0.9.0" in words
    last = "https://book.example/it/editions/2022-09-19/v0.9.0/exhibits/rates"
    assert page.xpath("//main//a/@href") == [f"{last}.html", f"{last}.csv"]


def test_a_cut_exhibit_has_no_table_and_none_in_its_place(parts):
    site = complete(parts, cut={"rates": CUT})
    assert [path.name for path in (site / "exhibits").glob("rates*")] == ["rates.html"]
    page = html.parse(str(site / "exhibits" / "rates.html")).getroot()
    assert page.xpath("//main//a/@href") == []


def test_what_took_the_place_of_a_cut_exhibit_is_linked_and_its_old_anchor_leads_to_its_page(parts):
    site = complete(parts, cut={"rates": replace(CUT, instead="exhibits/reserves.html")})
    page = html.parse(str(site / "exhibits" / "rates.html")).getroot()
    assert page.xpath("//main//a/@href") == ["../exhibits/reserves.html"]
    (link,) = html.parse(str(site / "economy.html")).getroot().find_class("moved")
    assert (link.get("data-anchor"), link.get("href")) == ("rates", "exhibits/rates.html")


def test_an_exhibit_that_is_said_to_be_cut_and_is_made_is_refused(parts):
    with pytest.raises(files.SiteError, match=r"clashbook\.cut\.reserves: a notebook makes it"):
        complete(parts, cut={"reserves": CUT})


@pytest.mark.parametrize(
    ("cut", "fault"),
    [
        ({"instead": "exhibits/none.html"}, 'rates.instead: "exhibits/none.html" is not in'),
        ({"chapter": "none.html"}, 'rates.chapter: "none.html" is not in the site'),
    ],
)
def test_a_cut_exhibit_whose_chapter_or_successor_is_not_there_is_one_line(cut, fault):
    there = {"economy.html", "exhibits/reserves.html", "numbers.html"}
    (line,) = redirects.faults_of_cut({"rates": replace(CUT, **cut)}, there.__contains__)
    assert fault in line


def test_an_edition_of_an_earlier_day_may_have_what_was_given_up_later(tmp_path):
    (tmp_path / "economy.html").write_text(CHAPTER)
    leads = {"economy.html#other": "economy.html#reserves"}
    redirects.write(tmp_path, leads, "", "Book", early=True)
    assert (tmp_path / "economy.html").read_text() == CHAPTER
    with pytest.raises(files.SiteError, match="is an address of the site"):
        redirects.write(tmp_path, leads, "", "Book")


def test_an_edition_of_an_earlier_day_leaves_out_what_leads_to_a_later_row(tmp_path):
    (tmp_path / "economy.html").write_text(CHAPTER)
    leads = {"economy.html#of-old": "economy.html#of-later", "old.html": "economy.html#reserves"}
    redirects.write(tmp_path, leads, "", "Book", early=True)
    assert (tmp_path / "old.html").is_file()
    assert "of-old" not in (tmp_path / "economy.html").read_text()
    with pytest.raises(files.SiteError, match="of-later"):
        redirects.write(tmp_path, leads, "", "Book")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("economy.html", "exhibits/reserves.html", "is an address of the site"),
        ("economy.html#reserves", "numbers.json", "is an address of the site"),
        ("old.html", "new.html", 'leads to "new.html", which is not in the site'),
        ("old.html", "economy.html#rates", 'leads to "economy.html#rates", which is not in'),
        ("old.html", "older.html", 'leads to "older.html", which is not in the site'),
        ("old.html#a", "economy.html", "there is no old.html; write a redirect of the page itself"),
        ("old.csv", "numbers.json", 'leads to "numbers.json", a file of another kind'),
        ("old.html", "numbers.json", "a file of another kind; write one that ends in .html"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_refused(parts, old, new, fault):
    leads = {old: new, "older.html": "economy.html"}
    with pytest.raises(files.SiteError) as caught:
        complete(parts, redirects=leads)
    said = str(caught.value)
    assert said.startswith(f'_config.yml, clashbook.redirects, "{old}": ')
    assert fault in said
    assert "\n" not in said


@pytest.mark.parametrize(
    "address",
    [
        *("/index.html", "../index.html", "a/../b.html", "https://evil.example/a.html", "a", ""),
        *(
            "//evil.example/a.html",
            "javascript:alert(1)",
            'a.html" onload="x',
            "a b.html",
            "./a.html",
        ),
    ],
)
@pytest.mark.parametrize("end", ["old", "new"])
def test_an_address_that_is_none_of_the_site_is_refused(tmp_path, address, end):
    written = yaml.safe_load(config.find().read_text())
    pair = {"old": "old.html", "new": "index.html", end: address}
    written["clashbook"]["redirects"] = {pair["old"]: pair["new"]}
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(written))
    with pytest.raises(config.ConfigError, match=r"in the site(; write one|,) such as"):
        config.read(tmp_path)
