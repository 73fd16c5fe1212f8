"""Citations that other programs read back to the same fields."""

import json
import shutil
import subprocess
from pathlib import Path

import bibtexparser
import pytest
import rispy
from lxml import etree
from pybtex.database import parse_string

from clashbook import config
from clashbook.dataset import tables
from clashbook.formats import citation, exchange, styled
from clashbook.pages import cite

ROOT = Path(__file__).parents[1]
AS_OF = "2022-09-13"
EDITION = "Version 1.2.3, as known on 13 September 2022"
BODY = "The Claims and Counts team"
MODS = {"m": "http://www.loc.gov/mods/v3"}


def settings(base_url: str = ""):
    given = {"base_url": base_url, "authors": ["The Team"], "title": "Book", "subtitle": "of days"}
    return config.Config(
        **{**vars(config.read(ROOT)), **given, "publisher": "A house", "parties": {}}
    )


def edition(base_url: str = "") -> dict:
    return citation.of_edition(settings(base_url), AS_OF, "1.2.3", "2026-11-22")


def figure(title: str = "North stated 5", url: str = "") -> dict:
    path = "exhibits/north.html"
    return citation.of_part(edition(), "north", title, url, path)


SOURCE = {
    "source_id": "paper",
    "type": "article-newspaper",
    "title": "A border",
    "author": "Ash, Ada",
    "publisher": "The Paper",
    "issued": "2022-09-13",
    "issued_precision": "day",
    "url": "https://paper.example/1",
}


def test_a_reference_names_author_year_title_version_and_the_day_up_to_which_claims_are_known():
    assert styled.text([edition()]) == [
        "The Team. (2026). Book: Of days (Version 1.2.3, as known on 13 September 2022). A house."
    ]


def test_an_exhibit_is_cited_by_its_title_within_the_edition():
    (said,) = styled.text([figure(url="https://b.example/x")])
    assert said == (
        "The Team. (2026). North stated 5. In Book: Of days (Version 1.2.3, as known on "
        "13 September 2022). A house. https://b.example/x"
    )


@pytest.mark.parametrize("form", [exchange.bibtex, exchange.ris, exchange.csl_json])
def test_without_an_address_a_citation_notes_the_file_and_names_no_host(form):
    assert "exhibits/north.html" in form([figure()])
    assert "http" not in form([figure()])
    assert "exhibits/north.html" not in form([figure(url="https://b.example/x")])


@pytest.mark.parametrize("style", ["apa", "chicago", "mla", "vancouver"])
def test_no_style_prints_a_file_as_if_it_were_an_archive(style):
    assert "xhibits/" not in styled.text([figure()], style)[0]


def test_an_address_stays_with_the_edition_and_the_version_of_its_data():
    path = "exhibits/north.html"
    assert citation.address(settings(), AS_OF, "1.2.3", path) == ""
    found = citation.address(settings("https://b.example/"), AS_OF, "1.2.3", path)
    assert found == "https://b.example/editions/2022-09-13/v1.2.3/exhibits/north.html"


def test_a_source_is_cited_by_its_author_and_else_by_its_publisher():
    assert styled.text([citation.of_source(SOURCE)]) == [
        "Ash, A. (2022, September 13). A border. The Paper. https://paper.example/1"
    ]
    unsigned = citation.of_source({**SOURCE, "author": "", "url": ""})
    assert styled.text([unsigned]) == ["The Paper. (2022, September 13). A border."]


@pytest.mark.parametrize(("precision", "said"), [("month", "2022, September"), ("by", "2022")])
def test_no_date_is_cited_more_precisely_than_it_is_known(precision, said):
    source = citation.of_source({**SOURCE, "issued_precision": precision})
    assert f"({said})." in styled.text([source])[0]


def test_any_style_can_be_asked_for_and_an_unknown_one_names_the_nearest():
    assert "“North stated 5,”" in styled.text([figure()], "ieee")[0]
    with pytest.raises(styled.StyleError, match=r'no citation style "chicago-author".*nearest'):
        styled.text([figure()], "chicago-author")


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("chicago-author-date", "Huseynov, Vasif. 2022."),
        ("chicago-notes-bibliography", "Huseynov, Vasif."),
        ("modern-language-association", "Huseynov, Vasif."),
        ("apa", "Huseynov, V. ("),
        ("ieee", "V. Huseynov, "),
    ],
)
def test_a_given_name_is_as_long_as_its_style_wants_it(style, said):
    source = citation.of_source({**SOURCE, "author": "Huseynov, Vasif"})
    assert said in styled.text([source], style)[0]


HOSTILE = 'A "title" {with & braces} % of\nER  - two\r\nlines <b>é–ü</b> $x$ #1 _y_ \\cite{z}'
ODD = "An open brace { alone"


@pytest.mark.parametrize("title", ["North stated 5", "Ąžuolas, 10–12 – “said”", HOSTILE, ODD])
def test_bibtex_is_read_back_to_the_same_fields(title):
    item = figure(title, "https://b.example/a_b?c=1&d=2")
    parser = bibtexparser.bparser.BibTexParser(
        customization=bibtexparser.customization.convert_to_unicode
    )
    (read,) = bibtexparser.loads(exchange.bibtex([item]), parser).entries
    assert read["ID"] == "north"
    assert read["year"] == "2026"
    assert read["ENTRYTYPE"] == "incollection"
    assert read["edition"] == EDITION
    assert read["booktitle"] == "Book: Of days"
    assert read["publisher"] == "A house"
    assert read["author"].strip("{}") == "The Team"
    assert read["url"] == item["URL"]
    assert "\\cite" not in exchange.bibtex([item])
    if title in (HOSTILE, ODD):
        assert len(bibtexparser.loads(exchange.bibtex([item, edition()])).entries) == 2
    else:
        assert read["title"].strip("{}") == title


@pytest.mark.skipif(not shutil.which("ris2xml"), reason="needs bibutils")
@pytest.mark.parametrize("title", ["North stated 5", "Ąžuolas, 10–12 – “said”", HOSTILE])
def test_ris_is_read_back_to_the_same_fields_by_another_program(title, tmp_path):
    file = tmp_path / "one.ris"
    file.write_text(exchange.ris([figure(title, "https://b.example/x")]), encoding="utf-8")
    done = subprocess.run(
        ["ris2xml", "-i", "utf8", str(file)], capture_output=True, check=True, encoding="utf-8"
    )
    mods = {"m": "http://www.loc.gov/mods/v3"}
    (record,) = etree.fromstring(done.stdout.encode().lstrip(b"\xef\xbb\xbf")).findall(
        "m:mods", mods
    )
    read = lambda path: "".join(record.find(path, mods).itertext()).strip()  # noqa: E731
    assert record.get("ID") == "north"
    assert "".join(read("m:titleInfo").split()) == "".join(title.split())
    assert "Book: Of days" in read("m:relatedItem")
    assert read(".//m:edition") == EDITION
    assert read("m:name").split()[:2] == ["The", "Team"]
    assert read(".//m:url") == "https://b.example/x"
    assert "2026" in read(".//m:dateIssued")


def by_a_body(item):
    return {**item, "author": [{"literal": BODY}]}


def test_ris_is_read_back_with_the_book_its_edition_and_its_kind():
    for item, kind in ((figure(url="https://b.example/x"), "CHAP"), (edition(), "BOOK")):
        (read,) = rispy.loads(exchange.ris([by_a_body(item)]))
        assert read["type_of_reference"] == kind
        assert read["title"] == item["title"]
        assert read.get("secondary_title") == item.get("container-title")
        assert (read["edition"], read["publisher"]) == (EDITION, "A house")
        assert [" ".join(name.split()) for name in read["authors"]] == [BODY]


def test_bibtex_keeps_a_body_with_and_in_its_name_one_author():
    read = parse_string(exchange.bibtex([by_a_body(figure())]), "bibtex").entries["north"]
    assert [str(person) for person in read.persons["author"]] == [f"{{{BODY}}}"]


@pytest.mark.skipif(not shutil.which("ris2xml"), reason="needs bibutils")
def test_another_program_keeps_a_body_with_and_in_its_name_one_author(tmp_path):
    file = tmp_path / "one.ris"
    file.write_text(exchange.ris([by_a_body(figure())]), encoding="utf-8")
    done = subprocess.run(["ris2xml", "-i", "utf8", str(file)], capture_output=True, check=True)
    (name,) = etree.fromstring(done.stdout.lstrip(b"\xef\xbb\xbf")).findall(".//m:name", MODS)
    parts = [part.text or "" for part in name.findall("m:namePart", MODS)]
    assert " ".join(" ".join(parts).split()) == BODY


def test_csl_json_keeps_title_book_and_edition():
    (read,) = json.loads(exchange.csl_json([figure("North: five", "https://b.example/x")]))
    assert read["title"] == "North: Five"
    assert (read["container-title"], read["edition"]) == ("Book: Of days", EDITION)


@pytest.mark.parametrize("author", ["Ash, Ada", ""])
def test_a_report_of_a_source_names_its_institution_in_bibtex(author):
    report = citation.of_source({**SOURCE, "type": "report", "author": author})
    read = parse_string(exchange.bibtex([report]), "bibtex").entries["paper"]
    assert (read.type, read.fields["institution"]) == ("techreport", "The Paper")


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("mla", "modern-language-association"),
        ("MLA", "modern-language-association"),
        ("chicago", "chicago-author-date"),
        ("chicago-notes", "chicago-notes-bibliography"),
        ("vancouver", "nlm-citation-sequence"),
        ("harvard", "harvard-cite-them-right"),
    ],
)
def test_a_style_is_found_by_the_name_that_people_use(name, style):
    assert styled.text([figure()], name) == styled.text([figure()], style)


def test_every_common_name_is_of_a_style_at_hand():
    assert set(styled.COMMON.values()) <= set(styled.styles())


def test_american_styles_set_the_stop_within_quotation_marks_and_british_ones_outside():
    assert "“North Stated 5.” In " in styled.text([figure()], "chicago")[0]
    assert "“North Stated 5.” " in styled.text([figure()], "mla")[0]
    assert "’," in styled.text([figure()], "international-affairs")[0]


def test_a_footnote_is_the_note_of_its_style():
    (said,) = styled.text([figure(url="https://b.example/x")], "chicago-notes", note=True)
    assert said == (
        "The Team, “North Stated 5,” in Book: Of Days, Version 1.2.3, as known on 13 September "
        "2022 (A house, 2026), https://b.example/x."
    )


def test_a_title_has_a_capital_after_its_colon_and_no_straight_apostrophe():
    assert figure("Killed, each side's count: at least 5")["title"] == (
        "Killed, each side’s count: At least 5"
    )


def test_csl_json_holds_no_empty_field():
    (read,) = json.loads(exchange.csl_json([citation.of_source({**SOURCE, "url": ""})]))
    assert all(read.values())
    assert "URL" not in read


def test_every_source_of_the_report_can_be_cited():
    rows = tables.load(ROOT / "data").sources.to_dict("records")
    items = [citation.of_source(row) for row in rows]
    said = styled.text(items)
    assert len(said) == len(items)
    assert all(row["title"].rstrip("?.") in "".join(said) for row in rows)
    parser = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)
    assert len(bibtexparser.loads(exchange.bibtex(items), parser).entries) == len(items)


@pytest.mark.parametrize("style", ["chicago", "chicago-notes", "harvard", "mla"])
def test_no_style_names_an_edition_of_what_has_none(style):
    (said,) = styled.text([citation.of_source(SOURCE | {"author": ""})], style)
    assert "edition" not in said.lower()


@pytest.mark.parametrize("url", ["", "https://book.example/"])
@pytest.mark.parametrize(("style", "note"), cite.STYLES.values())
def test_many_parts_are_cited_as_each_would_be_by_itself(style, note, url):
    titles = [
        *("Killed, soldiers, north: at least 5", "the dead of a day", "“A title” in quotes"),
        *("Who fired first?", "a. of the b.", "UCDP: what it counts (2020)", "What's known"),
    ]
    items = [
        citation.of_part(
            edition(), f"part-{place}", title, url and f"{url}{place}", f"{place}.html"
        )
        for place, title in enumerate(titles)
    ]
    items += [edition(), citation.of_source(SOURCE)]
    # Without an author a title may stand where the author does, and once more.
    items += [
        {
            "id": f"{key}-alone",
            "type": "chapter",
            "title": f"{key} thing",
            "container-title": "Book",
        }
        for key in ("one", "two")
    ]
    alone = [styled.text([item], style, note=note)[0] for item in items]
    assert styled.of_parts(items, style, note=note) == alone


@pytest.mark.parametrize(
    "style", ["international-security", "international-affairs", "bluebook-law-review"]
)
def test_a_style_without_a_bibliography_gives_the_note(style):
    (said,) = styled.text([figure()], style)
    assert figure()["title"].lower() in said.lower()


@pytest.mark.parametrize("name", ["a" * 250, "a" * 5000, "no/such"])
def test_a_name_that_no_style_can_have_is_one_short_line(name):
    with pytest.raises(styled.StyleError, match="no citation style") as caught:
        styled.text([figure()], name)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("title", ["Claims, {and} Counts", 'A "b", \\c% #d', "{}, ,"])
def test_a_title_of_any_signs_gives_a_key_that_bibtex_takes(title):
    item = {**edition(), "id": f"{citation._slug(title)}-2022-09-20-v1.0.0", "title": title}
    parser = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)
    (read,) = bibtexparser.loads(exchange.bibtex([item]), parser).entries
    assert read["ID"] == item["id"]
