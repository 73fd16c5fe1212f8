"""What repositories ask of a deposit: made of the settings and the data, and all the same."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from clashbook import config
from clashbook.formats import deposit

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def book():
    return config.read(ROOT)


def read(name, content):
    return yaml.safe_load(content) if name == deposit.CFF else json.loads(content)


@pytest.fixture
def made(book, data):
    def make(**changes):
        made = deposit.files(replace(book, **changes), data)
        return {name: read(name, content) for name, content in made.items()}

    return make


@pytest.mark.parametrize("name", [deposit.CFF, deposit.ZENODO, deposit.DATACITE])
def test_the_files_of_the_project_are_those_of_its_settings_and_its_data(book, data, name):
    content = (ROOT / name).read_bytes()
    assert content == deposit.files(book, data)[name], f"run {deposit.COMMAND}"


def test_all_three_say_the_same(made, book, data):
    cff, zenodo, datacite = (
        made()[each] for each in ("CITATION.cff", ".zenodo.json", "datacite.json")
    )
    title = f"{book.title}: {book.subtitle}"
    assert cff["title"] == zenodo["title"] == datacite["titles"][0]["title"] == title
    assert cff["version"] == zenodo["version"] == datacite["version"] == data.version
    assert cff["date-released"] == zenodo["publication_date"] == data.package["created"][:10]
    assert datacite["dates"][0] == {"date": data.package["created"][:10], "dateType": "Issued"}
    for authors in (cff["authors"], zenodo["creators"], datacite["creators"]):
        assert [each["name"] for each in authors] == book.authors
    assert cff["keywords"] == zenodo["keywords"] == data.package["keywords"]
    assert [each["subject"] for each in datacite["subjects"]] == data.package["keywords"]
    (licence,) = data.package["licenses"]
    assert cff["license"] == licence["name"]
    assert zenodo["license"] == licence["name"].lower()
    assert datacite["rightsList"][0]["rightsUri"] == licence["path"]


def test_each_names_the_day_on_which_the_data_are_known(made, data):
    cff, zenodo, datacite = (
        made()[each] for each in ("CITATION.cff", ".zenodo.json", "datacite.json")
    )
    day = f"{int(data.as_of[8:])} "
    assert f"as known on {day}" in cff["message"]
    assert zenodo["notes"].startswith(f"As known on {day}")
    assert datacite["dates"][1]["date"] == data.as_of


def test_datacite_has_what_it_requires(made):
    required = ("creators", "titles", "publisher", "publicationYear", "types", "schemaVersion")
    assert [name for name in required if not made()["datacite.json"].get(name)] == []
    assert made(publisher="A press")["datacite.json"]["publisher"] == {"name": "A press"}


@pytest.mark.parametrize("address", ["", "https://book.example"])
def test_addresses_are_named_where_there_are_any(made, address):
    files = made(base_url=address, repository=address)
    found = [
        files["CITATION.cff"].get("url", ""),
        files["CITATION.cff"].get("repository-code", ""),
        files["datacite.json"].get("url", ""),
        *{each["identifier"] for each in files[".zenodo.json"].get("related_identifiers", [])},
    ]
    assert set(found) == {address}
