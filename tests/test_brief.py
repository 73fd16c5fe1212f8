"""Citing an exhibit or a number, and the brief that they go into."""

import io
import shutil
import subprocess

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from PIL import Image
from test_exhibit import files_of, opened, settings, tolls

from clashbook.about import About
from clashbook.figures import charts
from clashbook.formats import citation, styled
from clashbook.formats.word import Paper, Reference
from clashbook.pages.facts import Edition
from clashbook.pipeline import brief
from clashbook.pipeline.catalogue import Catalogue
from clashbook.pipeline.citable import UnknownIdError
from clashbook.prose.numbers import Number

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) **bold** {{ 7 * 7 }} | cell"
TOLL = Number(
    "toll",
    "at least\u00a018",
    what="Killed, Northland, May 2021",
    stated="19 September 2022",
    as_of="2022-09-20",
    claims=("first",),
)
SOURCE = {
    **{"source_id": "paper", "type": "article-newspaper", "title": "A border", "author": ""},
    **{"publisher": "A newspaper", "issued": "2022-09-13", "issued_precision": "day", "url": ""},
}
CLAIM = {
    **{"claim_id": "first", "source_id": "paper", "claimant": "defence ministry"},
    **{"reported_on": "2021-05-14", "reported_precision": "day"},
}


@pytest.fixture
def catalogue(small_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    book = opened(small_data, {"toll": TOLL})
    words = {"title": "Both sides: {number}`toll` killed", "alt": "Dots."}
    said = tolls().assign(text=HOSTILE)
    figure = book.figure("tolls", charts.range_bars, tolls(), **words)
    table = book.table(
        "words", said, columns={"text": "Killed"}, title="What was said", alt="Table."
    )
    bundles = {"tolls": figure.bundle, "words": table.bundle}
    for bundle in bundles.values():
        for name, content in files_of(bundle).items():
            (folder / name).write_bytes(content)
    cited = citation.of_edition(settings(), small_data.as_of, small_data.version, "2022-09-21")
    edition = Edition(
        About(citation=cited, as_of="2022-09-20", version=small_data.version, issued="2022-09-21"),
        numbers={"toll": TOLL},
        tables={"sources": [{**SOURCE}], "claims": [CLAIM]},
        exhibits=bundles,
    )
    items = {key: bundle["record"]["citation"] for key, bundle in bundles.items()}
    place = "claims.html#number-toll"
    items |= {
        "": cited,
        "paper": citation.of_source(SOURCE),
        "toll": citation.of_part(cited, "toll", f"{TOLL.what}: {TOLL.text}", "", place),
    }
    return Catalogue(edition, settings(), folder, items)


def content_of(catalogue, *keys):
    return docx.Document(io.BytesIO(brief.word(catalogue, list(keys))))


def text_of(document):
    """All that the document says, with what its fields and links show."""
    return "\n".join(
        "".join(part.text or "" for part in paragraph._p.iter(qn("w:t")))
        for paragraph in document.paragraphs
    )


def test_a_word_brief_says_the_finding_shows_the_figure_and_tells_where_it_is_from(catalogue):
    document = content_of(catalogue, "tolls")
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Dots."
    title, edition, finding, caption, *_ = text_of(document).split("\n")[:2] + [
        line for line in text_of(document).split("\n")[2:] if line
    ]
    assert title == "From Book"
    assert edition.startswith("As known on 20\u00a0September\u00a02022, data version")
    assert finding == "Both sides: at least\u00a018 killed (Figure 1)."
    assert caption.startswith("Figure 1. ")
    assert caption.endswith("CC BY 4.0.")


def test_numbers_of_captions_are_fields_and_what_refers_to_them_too(catalogue):
    document = content_of(catalogue, "tolls", "words", "toll")
    fields = [field.get(qn("w:instr")) for field in document.element.iter(qn("w:fldSimple"))]
    assert [code for code in fields if code.startswith("SEQ")] == [
        f"SEQ {label} \\* ARABIC" for label in ("Number", "Figure", "Table")
    ]
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    assert {code.split()[1] for code in fields if code.startswith("REF")} == marks


def test_each_reference_says_what_it_is_used_for(catalogue):
    said = text_of(content_of(catalogue, "tolls", "toll"))
    references = said.partition("\nReferences\n")[2].splitlines()
    assert references == sorted(references, key=str.casefold)
    paper = "A newspaper. (2022, September 13). A border. Used for Number 1, Figure 1."
    assert paper in references
    assert any(line.startswith("Team. (2022). Book") for line in references)


def test_a_source_with_an_address_is_a_live_link(catalogue):
    address = "https://paper.example/border"
    catalogue.items["paper"]["URL"] = address
    document = content_of(catalogue, "toll")
    links = [part.target_ref for part in document.part.rels.values() if part.is_external]
    assert links == [address]


def test_a_number_stands_with_whom_and_when_it_is_from_and_how_such_are_counted(catalogue):
    said = text_of(content_of(catalogue, "toll"))
    assert (
        "Number 1. Killed, Northland, May 2021: at least\u00a018 "
        "(statements up to 19 September 2022). As known on 20\u00a0September\u00a02022."
    ) in said
    assert brief.METHODS in said


@pytest.mark.parametrize("size", [(3000, 100), (400, 4000), (1504, 2250)])
def test_a_picture_of_any_shape_fits_its_page_and_keeps_its_shape(size):
    target = io.BytesIO()
    Image.new("RGB", size).save(target, "png")
    paper = Paper("A", "B", "2022-09-20", [])
    paper.picture(target.getvalue(), "A shape.")
    (shape,) = docx.Document(io.BytesIO(paper.save())).inline_shapes
    assert shape.width <= Cm(16.01)
    assert shape.height <= Cm(24.7 * 0.83)
    assert shape.width / shape.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_table_names_the_speaker_and_the_day_of_each_row(catalogue):
    (table,) = content_of(catalogue, "words").tables
    head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert head == ["Killed", "Who says so, and when"]
    assert rows[0] == [HOSTILE, "defence ministry, 14\u00a0May\u00a02021"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_table_that_is_too_wide_for_its_words_lies_across_the_page():
    paper = Paper("A", "B", "2022-09-20", [Reference("Table", "a")])
    head = [f"Incomprehensibilities{number}" for number in range(6)]
    paper.table(Reference("Table", "a"), ["Words."], head, [["word"] * 6])
    document = docx.Document(io.BytesIO(paper.save()))
    shapes = [section.page_width > section.page_height for section in document.sections]
    assert shapes == [False, True, False]


@pytest.fixture(scope="module")
def office():
    """LibreOffice, which README.md names."""
    if not (found := shutil.which("soffice")):
        pytest.skip("soffice is not installed")
    return found


def test_libreoffice_shows_a_brief_on_a4_with_its_numbers_filled_in(catalogue, office, tmp_path):
    file = tmp_path / "brief.docx"
    file.write_bytes(brief.word(catalogue, ["tolls", "words", "toll"]))
    own = f"-env:UserInstallation={(tmp_path / 'settings').as_uri()}"
    command = [office, own, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    pages = pypdf.PdfReader(tmp_path / "brief.pdf").pages
    assert {tuple(sorted(round(side) for side in page.mediabox[2:])) for page in pages} == {
        (595, 842)
    }
    said = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for words in ("Figure 1. ", "(Figure 1)", "Table 1. ", "Used for Number 1, Figure 1"):
        assert words in said
    assert sum(len(page.images) for page in pages) == 1


def test_the_same_brief_is_the_same_file(catalogue):
    assert brief.word(catalogue, ["tolls"]) == brief.word(catalogue, ["tolls"])


def test_what_data_say_is_text_in_word_and_in_markdown(catalogue, tmp_path):
    table = docx.Document(io.BytesIO(brief.word(catalogue, ["words"]))).tables[0]
    assert table.rows[1].cells[0].text == HOSTILE
    text = brief.markdown(catalogue, ["words"], tmp_path / "a.md")[tmp_path / "a.md"].decode()
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "](javascript" not in text.replace("\\]", "")
    row = next(line for line in text.splitlines() if "script" in line)
    assert row.count("|") - row.count("\\|") == 3


def test_a_markdown_brief_has_its_pictures_beside_it(catalogue, tmp_path):
    made = brief.markdown(catalogue, ["tolls"], tmp_path / "a.md")
    assert sorted(path.name for path in made) == ["a-tolls.png", "a.md"]
    assert "](a-tolls.png)" in made[tmp_path / "a.md"].decode()
    assert made[tmp_path / "a-tolls.png"].startswith(b"\x89PNG")


def test_an_unknown_id_names_the_nearest(catalogue):
    with pytest.raises(UnknownIdError, match='"tols": no such exhibit or number; nearest: tolls'):
        brief.word(catalogue, ["tols"])
    with pytest.raises(
        UnknownIdError, match='"papr": no such figure, table, number, claim or source; nearest'
    ):
        catalogue.item("papr")


def test_an_exhibit_a_number_a_source_and_the_whole_can_be_cited(catalogue):
    said = [styled.text([catalogue.item(key)])[0] for key in ("tolls", "toll", "paper", "")]
    assert said[0].startswith("Team. (2026). Both sides: At least 18 killed. In Book")
    assert said[1].startswith("Team. (2022). Killed, Northland, May 2021: At least 18")
    assert said[2] == "A newspaper. (2022, September 13). A border."
    assert said[3].startswith("Team. (2022). Book (Version")
