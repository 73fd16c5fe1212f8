"""Citing an exhibit or a number, and the brief that they go into."""

import io

import docx
import pytest
from test_exhibit import files_of, opened, settings, tolls

from clashbook.about import About
from clashbook.figures import charts
from clashbook.formats import citation
from clashbook.pages.facts import Edition
from clashbook.pipeline import brief
from clashbook.pipeline.catalogue import Catalogue, UnknownIdError
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
        About(citation=cited),
        numbers={"toll": TOLL},
        tables={"sources": [SOURCE], "claims": [{"claim_id": "first", "source_id": "paper"}]},
        exhibits=bundles,
    )
    return Catalogue(edition, settings(), folder)


def paragraphs(content):
    return [each.text for each in docx.Document(io.BytesIO(content)).paragraphs if each.text]


def test_a_word_brief_has_the_figure_its_caption_and_the_references(catalogue):
    content = brief.word(catalogue, ["tolls"])
    document = docx.Document(io.BytesIO(content))
    assert len(document.inline_shapes) == 1
    title, caption, heading, *references = paragraphs(content)
    assert title == "Both sides: at least\u00a018 killed"
    assert caption.endswith("CC BY 4.0. exhibits/tolls.html")
    assert heading == "References"
    assert references == sorted(references)
    assert "A newspaper. (2022, September 13). A border." in references
    assert any(reference.startswith("Team. (2022). Book") for reference in references)


def test_a_number_stands_in_its_words_with_its_citation(catalogue):
    words, cited, *_, last = paragraphs(brief.word(catalogue, ["toll"]))
    until = " (statements up to 19 September 2022)"
    assert words == f"Killed, Northland, May 2021: at least\u00a018{until}"
    assert "Killed, Northland, May 2021: at least 18" in cited
    assert "claims.html#number-toll" in cited
    assert last.startswith("Team.")


def test_what_data_say_is_text_in_word_and_in_markdown(catalogue, tmp_path):
    table = docx.Document(io.BytesIO(brief.word(catalogue, ["words"]))).tables[0]
    assert table.rows[1].cells[0].text == HOSTILE
    text = brief.markdown(catalogue, ["words"], tmp_path / "a.md")[tmp_path / "a.md"].decode()
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "](javascript" not in text.replace("\\]", "")
    row = next(line for line in text.splitlines() if "script" in line)
    assert row.count("|") - row.count("\\|") == 2


def test_a_markdown_brief_has_its_pictures_beside_it(catalogue, tmp_path):
    made = brief.markdown(catalogue, ["tolls"], tmp_path / "a.md")
    assert sorted(path.name for path in made) == ["a-tolls.png", "a.md"]
    assert "](a-tolls.png)" in made[tmp_path / "a.md"].decode()
    assert made[tmp_path / "a-tolls.png"].startswith(b"\x89PNG")


def test_an_unknown_id_names_the_nearest(catalogue):
    with pytest.raises(UnknownIdError, match='"tols": no such exhibit or number; nearest: tolls'):
        brief.word(catalogue, ["tols"])
    with pytest.raises(
        UnknownIdError, match='"papr": no such exhibit or number or source; nearest'
    ):
        catalogue.item("papr")


def test_an_exhibit_a_number_a_source_and_the_whole_can_be_cited(catalogue):
    said = [citation.text([catalogue.item(key)])[0] for key in ("tolls", "toll", "paper", "")]
    assert said[0].startswith("Team. (2026). Both sides: at least 18 killed [Figure]. In Book")
    assert said[1].startswith("Team. (2022). Killed, Northland, May 2021: at least 18")
    assert said[2] == "A newspaper. (2022, September 13). A border."
    assert said[3].startswith("Team. (2022). Book (as known on")
