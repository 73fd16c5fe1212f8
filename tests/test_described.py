"""What pages say to reference managers and catalogues, on a small book.

The rules are those by which Zotero reads the metadata that a page embeds, said anew: which name
gives which field, and which of several names decides on the kind of thing.
"""

import json
from urllib.parse import urljoin

import pytest
from lxml import html
from test_pages import ABOUT, CLAIM, CLAIMS_PAGE, FILES, RECORD, build, bundle, notebook, stage

from clashbook.formats import downloads
from clashbook.pages import described, standalone
from clashbook.pages.facts import Edition

HOSTILE = '</script><script>alert(1)</script> "quoted" <!-- \u2028'
WHOLE = "A book: killed where (as known on 14\u00a0September\u00a02022)"
EXHIBIT = bundle(
    record=RECORD
    | {"chapter": "casualties.html", "files": FILES, "id": "toll", "claims": ["first"]}
    | {"sources": [{"id": "paper", "name": "The Paper"}]}
)
PACKAGE = {
    **{"title": HOSTILE, "description": HOSTILE, "keywords": ["claims"]},
    "licenses": [{"path": "https://example.org/licence"}],
}
# Names that decide on the kind of thing, the later the weaker; each with what it makes.
DECIDE = {
    "citation_technical_report_institution": "report",
    "citation_book_title": "bookSection",
    "citation_title": "journalArticle",
}
FIELDS = {
    "title": ("citation_title", "DC.title", "og:title"),
    "date": ("citation_publication_date", "DC.date"),
    "bookTitle": ("citation_book_title",),
    "institution": ("citation_technical_report_institution", "DC.publisher"),
    "publisher": ("citation_publisher", "DC.publisher"),
    "url": ("citation_public_url", "og:url"),
    "language": ("citation_language", "DC.language"),
    "rights": ("DC.rights",),
    "abstractNote": ("og:description",),
}


def item(head):
    """What a reference manager makes of the head of a page."""
    said = {}
    for meta in head.iter("meta"):
        name = meta.get("name") or meta.get("property")
        said.setdefault(name, []).append(meta.get("content"))
    found = {
        field: next((said[name][0] for name in names if name in said), "")
        for field, names in FIELDS.items()
    }
    kind = next((kind for name, kind in DECIDE.items() if name in said), "webpage")
    return {"itemType": kind, "authors": list(map(person, said["citation_author"])), **found}


def person(name):
    """An author's name: what stands after the last plain blank is the family's."""
    first, _, last = name.rpartition(" ")
    return (last, first) if first else name


def made(folder, **changes):
    """The heads of a small book's pages by name, that of an exhibit's own page among them."""
    pages = {
        "prose.md": "# A *page*\n\nThe first paragraph that says what the page is about.",
        "data.md": "# Data\n\nEvery table of the book, with all of its columns described.",
        "claims.md": CLAIMS_PAGE,
        "casualties.ipynb": notebook(EXHIBIT),
    }
    staged = stage(folder / "stage", pages, exhibits=[EXHIBIT])
    facts = staged / "_clashbook"
    cited = {"citation": {"id": "a-book-2022-09-14-v1.2.3", "title": WHOLE}}
    (facts / "edition.json").write_text(json.dumps(ABOUT | cited | changes))
    package = json.loads((facts / "data" / "datapackage.json").read_text())
    (facts / "data" / "datapackage.json").write_text(json.dumps(package | PACKAGE))
    site = build(staged)
    heads = {
        path.stem: html.parse(str(path)).getroot().find("head") for path in site.glob("*.html")
    }
    chapter = (site / "casualties.html").read_text(encoding="utf-8")
    page = standalone.page(chapter, EXHIBIT["record"], Edition.read(facts))
    return heads | {"exhibits/toll": html.document_fromstring(page).find("head")}


BASE = "https://book.example/editions/2022-09-14/v1.2.3/"


@pytest.fixture(scope="module")
def heads(tmp_path_factory):
    return made(tmp_path_factory.mktemp("heads"))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return made(tmp_path_factory.mktemp("published"), base=BASE, publisher="A press")


def linked(head):
    (script,) = head.xpath("script[@type='application/ld+json']")
    return json.loads(script.text)


# Reference managers


def test_the_front_page_is_the_report_with_its_day_and_its_institution(heads, published):
    found = item(heads["index"])
    assert (found["itemType"], found["title"]) == ("report", WHOLE)
    assert found["institution"] == "The authors"
    assert item(published["index"])["institution"] == "A press"
    assert (found["date"], found["language"]) == ("2023-01-31", "en")


@pytest.mark.parametrize("name", ["prose", "data", "claims", "casualties", "exhibits/toll"])
def test_every_other_page_is_a_part_of_the_report(heads, name):
    found = item(heads[name])
    assert (found["itemType"], found["bookTitle"]) == ("bookSection", WHOLE)
    assert (found["date"], found["rights"]) == ("2023-01-31", "CC BY 4.0")
    assert found["publisher"] == "The authors"


def test_a_page_is_called_what_its_heading_says(heads):
    assert item(heads["prose"])["title"] == "A page"
    assert item(heads["exhibits/toll"])["title"] == RECORD["title"]


@pytest.mark.parametrize("name", ["index", "prose", "exhibits/toll"])
def test_who_made_it_is_one_name_and_no_person(heads, name):
    assert item(heads[name])["authors"] == ["The\u00a0authors"]


@pytest.mark.parametrize("name", ["prose", "exhibits/toll"])
def test_a_page_has_an_address_only_where_the_book_has_one(heads, published, name):
    assert item(heads[name])["url"] == ""
    assert not [each for each in heads[name].xpath("meta/@content") if "://" in each]
    assert item(published[name])["url"] == f"{BASE}{name}.html"


def test_a_person_whose_name_has_a_comma_is_a_person(tmp_path):
    about = Edition.read(stage(tmp_path, {}) / "_clashbook").about
    about = type(about)(**{**vars(about), "authors": ["Doe, Jane"]})
    assert ("citation_author", "Doe, Jane") in described.tags(about, "A page", "a.html")


# Catalogues


@pytest.mark.parametrize("name", ["index", "prose", "casualties"])
def test_the_report_and_its_chapters_are_reports(heads, name):
    found = linked(heads[name])
    assert (found["@type"], found["datePublished"]) == ("Report", "2023-01-31")
    assert found["license"] == "https://example.org/licence"
    whole, part = "a-book-2022-09-14-v1.2.3", found.get("isPartOf", {})
    if name == "index":
        assert (found["name"], found["identifier"], part) == (WHOLE, whole, {})
    else:
        assert (part["name"], part["identifier"]) == (WHOLE, whole)
        assert found["identifier"] == f"{whole}/{name}"


@pytest.mark.parametrize("base", ["", BASE])
def test_the_data_are_a_dataset_in_words_that_stay_words(heads, published, base):
    found = linked((published if base else heads)["data"])
    assert (found["@type"], found["version"]) == ("Dataset", "1.2.3")
    assert found["name"] == found["description"] == HOSTILE
    assert found["identifier"] == (f"{base}data.html" if base else "a-book-2022-09-14-v1.2.3/data")
    assert [each["name"] for each in found["publisher"]] == ["A press" if base else "The authors"]
    assert [each["name"] for each in found["spatialCoverage"]] == ["Aland"]
    assert found["variableMeasured"] == ["Killed"]
    assert (found["citation"], found["datePublished"]) == (WHOLE, "2023-01-31")
    assert {each["name"] for each in found["isBasedOn"]} == {"A title", "A copy"}
    names = downloads.names("A book", "2022-09-14", "1.2.3")
    files = [each["contentUrl"] for each in found["distribution"]]
    assert files[:2] == [base + name for name in names]
    assert f"{base}data/claims.csv" in files
    assert not [each for each in heads["data"].iter("script") if each.text == "alert(1)"]


def test_what_the_data_cover_is_when_things_happened_and_not_when_they_were_known(heads):
    days = f"{CLAIM['period_start']}/{CLAIM['period_end']}"
    assert linked(heads["data"])["temporalCoverage"] == days
    assert linked(heads["exhibits/toll"])["temporalCoverage"] == days


def test_a_month_ends_after_the_days_in_it():
    assert described.span([("2022-09-13", "2022-09-14"), ("2022-09", "2022-09")]) == (
        "2022-09/2022-09"
    )
    assert described.span([("2020", "2020"), ("2022-09-13", "2022-09-14")]) == "2020/2022-09-14"


def test_an_exhibit_is_a_dataset_with_its_files_and_its_sources(heads, published):
    found = linked(heads["exhibits/toll"])
    assert (found["@type"], found["name"]) == ("Dataset", RECORD["title"])
    assert found["identifier"] == "a-book-2022-09-14-v1.2.3/exhibits/toll"
    assert [each["contentUrl"] for each in found["distribution"]] == [
        "../exhibits/toll.csv",
        "../exhibits/toll.json",
    ]
    assert [each["url"] for each in found["isBasedOn"]] == ["https://example.org/paper"]
    assert found["variableMeasured"] == ["Killed"]
    there = linked(published["exhibits/toll"])
    assert there["identifier"] == there["url"] == f"{BASE}exhibits/toll.html"
    assert there["image"] == f"{BASE}exhibits/toll.png"


def test_a_claim_names_its_speaker_its_day_and_its_source_and_nothing_rates_it(heads):
    graph = linked(heads["claims"])["@graph"]
    (claim,) = [each for each in graph if each["@type"] == "Claim"]
    assert claim["author"]["name"] == "Ministry"
    assert "at least 49" in claim["text"]
    assert claim["datePublished"] == "2022-09-14"
    assert claim["@id"] == "claims.html#first"
    (source,) = [each for each in graph if each.get("@id") == claim["appearance"]["@id"]]
    assert source["name"] == "A title"
    text = json.dumps(graph)
    assert not [word for word in ("Review", "Rating", "rating") if word in text]


def test_a_day_that_is_no_more_than_a_limit_is_not_given_as_the_day(heads, tmp_path):
    tables = {"claims": [CLAIM | {"reported_precision": "by"}]}
    edition = Edition.read(stage(tmp_path, {}, tables) / "_clashbook")
    (claim,) = [each for each in described.claims(edition) if each["@type"] == "Claim"]
    assert "datePublished" not in claim


def test_addresses_in_it_are_full_only_where_the_book_has_one(heads, published):
    for name in ("data", "exhibits/toll"):
        local = [each["contentUrl"] for each in linked(heads[name])["distribution"]]
        assert not [each for each in local if "://" in each]
        page = f"{BASE}{name}.html"
        there = [each["contentUrl"] for each in linked(published[name])["distribution"]]
        assert there == [urljoin(page, each) for each in local]
