"""What each file of an exhibit says of itself, read back as other programs read it."""

import hashlib
import io
import json
import re

import pandas as pd
import pypdf
import pytest
from lxml import etree
from PIL import Image
from test_exhibit import bundle_of, files_of, opened

from clashbook.figures import exhibit
from clashbook.figures.exhibit import papers
from clashbook.figures.svg import SVG

PICTURES = ("tolls.png", "tolls-slide.png", "tolls-column.png", "tolls-small.png")
DC = "{http://purl.org/dc/elements/1.1/}"
OWN = "{urn:clashbook:papers:1}"


@pytest.fixture(scope="module")
def bundle(data):
    book = opened(data, base_url="https://book.example")
    frame = pd.DataFrame(
        {
            "episode": ["July 2020", "Later"],
            "low": [5.0, 13.0],
            "claims": [data.claims.claim_id[0]] * 2,
        }
    )

    def draw(frame, ax):
        ax.barh(frame.episode, frame.low)

    return bundle_of(frame, draw, book=book, subtitle="People killed.", note="A note.")


@pytest.fixture(scope="module")
def files(bundle):
    return files_of(bundle)


@pytest.fixture(scope="module")
def said(bundle, files, data):
    """What every file must say."""
    record = bundle["record"]
    return {
        "id": "tolls",
        "edition": data.as_of,
        "version": data.version,
        "address": record["address"],
        "licence": "CC BY 4.0",
        "digest": f"sha256-{hashlib.sha256(files['tolls.csv']).hexdigest()}",
        "code": record["code"],
        "author": "Team",
        "source": record["sources"][0]["name"],
        "title": record["title"].replace("\u00a0", " "),
    }


@pytest.mark.parametrize("name", PICTURES)
def test_a_png_says_all_in_chunks_of_text(files, said, name):
    text = Image.open(io.BytesIO(files[name])).text
    named = {
        **{"Identifier": "id", "As known on": "edition", "Data version": "version"},
        **{"Address": "address", "Copyright": "licence", "Data digest": "digest", "Code": "code"},
        **{"Author": "author", "Source": "source", "Title": "title"},
    }
    assert {key: text[key] for key in named} == {key: said[of] for key, of in named.items()}
    assert "Software" not in text


def in_rdf(root, said):
    """Assert that Dublin Core, and what it lacks, says all."""
    (about,) = root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    found = {child.tag: " ".join("".join(child.itertext()).split()) for child in about}
    core = {"title": "title", "creator": "author", "source": "source", "rights": "licence"}
    for name, of in {**core, "identifier": "address"}.items():
        assert found[f"{DC}{name}"] == said[of]
    own = {"id": "id", "asKnownOn": "edition", "dataVersion": "version"}
    for name, of in {**own, "dataDigest": "digest", "code": "code"}.items():
        assert found[f"{OWN}{name}"] == said[of]


@pytest.mark.parametrize("name", ["tolls.png", "tolls.pdf"])
def test_a_program_for_pictures_finds_its_packet_unpacked(files, said, name):
    (packet,) = re.findall(rb"<\?xpacket begin.*?(<x:xmpmeta.*</x:xmpmeta>)", files[name], re.S)
    in_rdf(etree.fromstring(packet), said)


def test_an_svg_has_title_description_and_metadata(files, said):
    root = etree.fromstring(files["tolls.svg"])
    assert root.findtext(f"{SVG}title") == said["title"]
    assert said["source"] in root.findtext(f"{SVG}desc")
    (described,) = root.iter(f"{SVG}metadata")
    in_rdf(described, said)


def test_a_pdf_says_all_to_a_reader_of_either_kind(files, said):
    read = pypdf.PdfReader(io.BytesIO(files["tolls.pdf"]), strict=True)
    info = read.metadata
    assert (info.title, info.author) == (said["title"], said["author"])
    for name in ("id", "edition", "version", "address", "licence", "digest", "code"):
        assert said[name] in info.keywords, name
    assert read.xmp_metadata.dc_rights == {"x-default": said["licence"]}
    assert len(read.pages) == 1


def test_a_csv_has_a_companion_and_no_row_that_is_none_of_the_table(files, said):
    companion = json.loads(files["tolls.csv-metadata.json"])
    assert companion["@context"][0] == "http://www.w3.org/ns/csvw"
    assert companion["url"] == "tolls.csv"
    (note,) = companion["notes"]
    assert note == {
        **{"id": said["id"], "as_of": said["edition"], "version": said["version"]},
        **{"code": said["code"], "digest": said["digest"]},
    }
    assert companion["dc:identifier"] == said["address"]
    assert companion["dc:rights"] == said["licence"]
    read = pd.read_csv(io.BytesIO(files["tolls.csv"]))
    assert [each["name"] for each in companion["tableSchema"]["columns"]] == list(read.columns)
    assert len(read) == 2


def test_the_metadata_as_json_say_all(files, said):
    read = json.loads(files["tolls.json"])
    assert read["digests"]["exhibits/tolls.csv"] == said["digest"]
    named = {"id": "id", "as_of": "edition", "version": "version", "address": "address"}
    for name, of in {**named, "licence": "licence", "code": "code"}.items():
        assert read[name] == said[of]


def test_the_code_is_printed_beneath_the_picture(files, said):
    root = etree.fromstring(files["tolls.svg"])
    lines = [group.get("aria-label") for group in root.iter(f"{SVG}g")]
    assert f"Code {said['code']}" in " ".join(filter(None, lines))
    page = pypdf.PdfReader(io.BytesIO(files["tolls.pdf"])).pages[0]
    assert said["code"] in page.extract_text()


def test_the_letters_of_an_svg_are_shapes_that_no_missing_typeface_changes(files):
    picture = files["tolls.svg"].decode()
    root = etree.fromstring(picture.encode())
    assert not [*root.iter(f"{SVG}text"), *root.iter(f"{SVG}tspan")]
    assert "font-face" not in picture
    assert len([*root.iter(f"{SVG}use")]) > 100


def test_a_code_can_be_typed_and_tells_editions_apart(data, bundle):
    code = bundle["record"]["code"]
    assert re.fullmatch(exhibit.CODE, code)
    assert not set("AEIOU01L") & set(papers.LETTERS)
    record, table = bundle["record"], b"a,b\n1,2\n"
    made = papers.Papers.of(record, table).code
    for changed in ({"version": "9.9.9"}, {"as_of": "2022-09-13"}, {"id": "other"}):
        assert papers.Papers.of(record | changed, table).code != made
    assert papers.Papers.of(record, b"a,b\n1,3\n").code != made
    assert papers.Papers.of(record, table).code == made


def test_a_providers_terms_stand_in_the_papers_too(bundle):
    given = papers.Papers.of(bundle["record"] | {"series": ["growth"]}, b"")
    assert given.rights == "CC BY 4.0; series under their providers’ terms"
