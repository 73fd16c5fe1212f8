"""Whether a file is ours, unchanged and current: the list of files, and what is said of a copy."""

import json
import shutil

import jsonschema
import pytest
from click.testing import CliRunner
from test_releases import DAY, files, public, site  # noqa: F401

from clashbook import cli
from clashbook.figures import exhibit
from clashbook.files import ForeignFolderError
from clashbook.website import listing, releases, verify

PICTURE = "a picture with the code {code} of exhibits/toll.html"
LATER = "2023-02-28"


def shown(code, **more):
    """The index of exhibits of a site with one figure, and its picture."""
    entry = {
        **{"id": "toll", "title": "Killed", "code": code},
        "files": {"png": "exhibits/toll.png", "html": "exhibits/toll.html"},
    }
    return {
        "exhibits.json": json.dumps({"exhibits": [entry]}),
        "exhibits/toll.png": PICTURE.format(code=code),
        **more,
    }


@pytest.fixture
def both(site, public):  # noqa: F811
    """All that is published: two versions of one edition, and the files of the first."""
    first = site(files=shown("BBBB-BBBB"))
    releases.lay_out(first, public)
    before = files(first)
    releases.lay_out(site(version="1.1.0", toll="50", files=shown("CCCC-CCCC")), public)
    return public, before


def states(folder):
    return listing.read(folder / "editions" / "files.json")


def test_the_list_has_every_file_of_every_state_with_digest_and_code(both):
    folder, before = both
    newest, oldest = states(folder)
    assert (newest["version"], oldest["version"]) == ("1.1.0", "1.0.0")
    assert oldest["path"] == f"editions/{DAY}/v1.0.0/"
    listed = {file["path"]: file["digest"] for file in oldest["files"]}
    assert listed == {
        name: exhibit.digest(content)
        for name, content in before.items()
        if not name.startswith("_static/")
    }
    codes = {file["path"]: file["code"] for file in oldest["files"]}
    assert codes["exhibits/toll.png"] == codes["exhibits/toll.html"] == "BBBB-BBBB"
    assert len(set(codes.values())) == len(codes) - 1
    content = json.loads((folder / "editions/files.json").read_text())
    jsonschema.validate(content, exhibit.SCHEMAS["schemas/files.json"])


def test_the_script_beside_the_list_holds_the_same(both):
    folder, _ = both
    script = (folder / "editions/files.js").read_text()
    text = script.removeprefix("globalThis.clashbookFiles = JSON.parse(").removesuffix(");\n")
    assert json.loads(json.loads(text)) == states(folder)


def test_what_was_renewed_under_one_version_is_still_known(site, public):  # noqa: F811
    releases.lay_out(site(files=shown("BBBB-BBBB")), public)
    renewed = shown("BBBB-BBBB") | {"exhibits/toll.png": "drawn in other colours"}
    releases.lay_out(site(digest="other", files=renewed), public)
    (state,) = states(public)
    for content in (PICTURE.format(code="BBBB-BBBB"), "drawn in other colours"):
        assert verify.of_file(content.encode(), [state]).kind == "current"


def test_a_state_that_was_published_before_there_were_lists_is_listed(both):
    folder, _ = both
    again = states(folder)
    (folder / "editions/files.json").unlink()
    site_of_newest = folder / f"editions/{DAY}/v1.1.0"
    copy = folder.with_name("copy")
    shutil.copytree(site_of_newest, copy)
    releases.lay_out(copy, folder)
    assert states(folder) == again


@pytest.mark.parametrize("content", ["[]", "{", '{"states": 1}'])
def test_a_list_of_others_is_not_written_over(site, public, content):  # noqa: F811
    (public / "editions").mkdir(parents=True)
    (public / "editions/files.json").write_text(content)
    with pytest.raises(ForeignFolderError):
        releases.lay_out(site(), public)
    assert (public / "editions/files.json").read_text() == content


def test_a_file_of_the_newest_state_is_current_and_of_another_superseded(both):
    folder, _ = both
    new = verify.of_file(PICTURE.format(code="CCCC-CCCC").encode(), states(folder))
    assert new.kind == "current"
    assert "“Killed” (exhibits/toll.png)" in new.words
    assert list(new.links.values()) == [f"editions/{DAY}/v1.1.0/exhibits/toll.html"]
    old = verify.of_file(PICTURE.format(code="BBBB-BBBB").encode(), states(folder))
    assert old.kind == "superseded"
    assert "data version 1.0.0" in old.words
    assert "data version 1.1.0" in old.words
    assert old.links == {
        verify.WORDS["ours"]: f"editions/{DAY}/v1.0.0/exhibits/toll.html",
        verify.WORDS["newest"]: f"editions/{DAY}/v1.1.0/exhibits/toll.html",
    }


@pytest.mark.parametrize("name", ["data/claims.csv", "index.html", "numbers.json"])
def test_a_file_that_is_no_figures_is_known_too(both, name):
    folder, before = both
    verdict = verify.of_file(before[name], states(folder))
    assert verdict.is_ours
    assert name in verdict.words


@pytest.mark.parametrize("left", ["the code BBBB-BBBB", "see exhibits/toll.html"])
def test_a_changed_copy_is_altered_by_the_code_or_the_address_that_it_carries(both, left):
    folder, _ = both
    verdict = verify.of_file(f"\x89PNG edited \xff {left}".encode("latin-1"), states(folder))
    assert verdict.kind == "altered"
    assert not verdict.is_ours
    version = "1.0.0" if "BBBB" in left else "1.1.0"
    assert verdict.links[verify.WORDS["ours"]] == f"editions/{DAY}/v{version}/exhibits/toll.html"


@pytest.mark.parametrize("content", [b"", b"\x89PNG a screenshot", b"the code ZZZZ-ZZZZ"])
def test_a_file_without_papers_of_ours_is_not_recognised(both, content):
    verdict = verify.of_file(content, states(both[0]))
    assert (verdict.kind, verdict.links) == ("unknown", {})
    assert "type the code" in verdict.words


@pytest.mark.parametrize("typed", ["BBBB-BBBB", " bbbbbbbb ", "Bbbb bbbb", "bbbb–bbbb"])
def test_a_code_is_found_however_it_is_typed(both, typed):
    verdict = verify.of_code(typed, states(both[0]))
    assert verdict.kind == "code_superseded"
    assert verdict.words.startswith("Superseded. BBBB-BBBB is the code of “Killed”")
    assert verify.of_code("ccccCCCC", states(both[0])).kind == "code_current"
    assert verify.of_code("ZZZZ-ZZZZ", states(both[0])).kind == "code_unknown"


def test_a_figure_that_the_newest_has_no_more_leads_to_its_first_page(site, public):  # noqa: F811
    releases.lay_out(site(files=shown("BBBB-BBBB")), public)
    made = site(version="1.1.0", toll="50", files={"exhibits.json": '{"exhibits": []}'})
    (made / "exhibits/toll.html").unlink()
    releases.lay_out(made, public)
    verdict = verify.of_code("BBBB-BBBB", states(public))
    assert verdict.links[verify.WORDS["newest"]] == f"editions/{DAY}/v1.1.0/index.html"


def test_the_command_line_says_it_and_ends_with_it(both, tmp_path):
    folder, _ = both

    def asked(what):
        done = CliRunner().invoke(cli.main, ["verify", str(what), "--in", str(folder)])
        return done.exit_code, done.output

    cases = {"CCCC-CCCC": 0, "BBBB-BBBB": 0, "none of ours": 1}
    for code, status in cases.items():
        path = tmp_path / "file.png"
        path.write_text(PICTURE.format(code=code) if not status else code)
        verdict = verify.of_file(path.read_bytes(), states(folder))
        links = "".join(f"{words}: {link}\n" for words, link in verdict.links.items())
        assert asked(path) == (status, f"{verdict.words}\n{links}")
    assert asked("bbbb-bbbb")[1].startswith("Superseded. BBBB-BBBB is the code of")
    assert asked("ZZZZ-ZZZZ")[0] == 1
    assert asked(tmp_path / "gone.png")[0] == 2
