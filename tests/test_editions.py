"""All that is published in one folder: the root, the editions, and states that stay."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html
from test_book import ABOUT, build, page, stage

from clashbook import cli, editions
from clashbook.stage import MARKER, ForeignFolderError

DAY = "2022-09-20"
MARK = {"issued": "2023-01-31", "title": "A <book>", "base": "https://book.example/", "digest": "d"}
LOOKS = (
    '<head><link rel="icon" href="../_static/icon.svg">'
    '<link rel="stylesheet" href="../_static/book.css"><link rel="alternate" href="x"></head>'
)


@pytest.fixture
def site(tmp_path):
    """Write a site as the build would."""

    def write(as_of=DAY, version="1.0.0", *, toll="49", words="Words.", files=None, **marker):
        folder = tmp_path / "site"
        shutil.rmtree(folder, ignore_errors=True)
        mark = {**MARK, "as_of": as_of, "version": version, "latest": as_of == DAY, **marker}
        number = {"id": "killed", "text": f"at least {toll}", "used_on": [words]}
        made = {
            MARKER: json.dumps(mark),
            "index.html": words,
            "_static/book.css": "p {}",
            "data/claims.csv": f"claim_id,low\nfirst,{toll}\n",
            "exhibits/toll.csv": f"low,address\n{toll},{words}\n",
            "_static/icon.svg": "<svg/>",
            "exhibits/toll.html": LOOKS,
            "numbers.json": json.dumps({"numbers": [number]}),
            **(files or {}),
        }
        for name, text in made.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return folder

    return write


@pytest.fixture
def public(tmp_path):
    return tmp_path / "public"


def files(folder):
    """The files below a folder with their content, but for what is known of each edition."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def words(folder):
    return (folder / "index.html").read_text()


def test_the_latest_edition_goes_to_the_root_to_its_day_and_to_its_version(site, public):
    made = site()
    said = editions.lay_out(made, public)
    assert said == ["published: editions/2022-09-20/v1.0.0/, editions/2022-09-20/, the root"]
    for place in ("", f"editions/{DAY}", f"editions/{DAY}/v1.0.0"):
        assert files(made).items() <= files(public / place).items()
    assert (public / ".nojekyll").is_file()
    assert not [path for path in public.rglob("*") if "new" in path.name]


def test_an_earlier_edition_leaves_the_root_as_it_is(site, public):
    editions.lay_out(site(words="Late."), public)
    editions.lay_out(site("2022-09-14", words="Early."), public)
    assert words(public) == "Late."
    assert words(public / "editions/2022-09-14") == "Early."
    assert words(public / "editions/2022-09-14/v1.0.0") == "Early."


def test_an_earlier_edition_may_come_first_and_the_root_stays_empty(site, public):
    editions.lay_out(site("2022-09-14"), public)
    assert not (public / "index.html").exists()
    assert "../index.html" not in words(public / "editions")


def test_a_new_version_is_the_latest_coding_and_the_old_one_stays(site, public):
    editions.lay_out(site(), public)
    before = files(public / f"editions/{DAY}/v1.0.0")
    editions.lay_out(site(version="1.1.0", toll="50", words="More."), public)
    assert files(public / f"editions/{DAY}/v1.0.0") == before
    for place in ("", f"editions/{DAY}", f"editions/{DAY}/v1.1.0"):
        assert words(public / place) == "More."


def test_publishing_the_same_site_again_changes_nothing(site, public):
    made = site()
    editions.lay_out(made, public)
    before = files(public)
    state = public / f"editions/{DAY}/v1.0.0/index.html"
    written = state.stat().st_mtime_ns
    assert editions.lay_out(made, public) == ["renewed: editions/2022-09-20/, the root"]
    assert files(public) == before
    assert state.stat().st_mtime_ns == written


def test_words_mended_under_one_version_are_renewed_but_not_in_what_citations_name(site, public):
    editions.lay_out(site(), public)
    looks = {"_static/theme.html": "New.", "_static/book.css": "q {}"}
    said = editions.lay_out(site(words="Mended.", digest="other", files=looks), public)
    assert words(public) == words(public / f"editions/{DAY}") == "Mended."
    assert words(public / f"editions/{DAY}/v1.0.0") == "Words."
    assert said[1].startswith("kept: editions/2022-09-20/v1.0.0/ stays as it was first published")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"toll": "50"}, "data/claims.csv"),
        ({"files": {"data/claims.csv": "claim_id,low,high\nfirst,49,\n"}}, "data/claims.csv"),
        ({"files": {"exhibits/toll.csv": "low,address\n51,x\n"}}, "exhibits/toll.csv"),
        ({"files": {"exhibits/new.html": "New."}}, "exhibits/new.html"),
        ({"files": {"map.html": "A new page."}}, "map.html"),
        ({"files": {"numbers.json": '{"numbers": [{"id": "new"}]}'}}, "number new"),
        ({"files": {"numbers.json": '{"numbers": [{"id": "killed"}]}'}}, "number killed"),
    ],
)
def test_other_content_under_a_published_version_is_refused(site, public, changes, what):
    editions.lay_out(site(), public)
    before = files(public)
    with pytest.raises(editions.PublishedError) as caught:
        editions.lay_out(site(words="Other.", digest="other", **changes), public)
    assert str(caught.value) == (
        f"data version 1.0.0 of {DAY} is published with other content ({what}): raise the "
        "version in data/datapackage.json"
    )
    assert files(public) == before


def test_what_a_site_has_no_more_stays_where_citations_lead(site, public):
    editions.lay_out(site(files={"old.html": "Old.", "old/old.txt": "Old."}), public)
    editions.lay_out(site(digest="other"), public)
    assert not (public / "old.html").exists()
    assert not (public / "old").exists()
    assert not (public / f"editions/{DAY}/old.html").exists()
    assert (public / f"editions/{DAY}/v1.0.0/old.html").is_file()


def test_a_version_older_than_the_published_is_refused(site, public):
    editions.lay_out(site(version="1.10.0"), public)
    with pytest.raises(editions.PublishedError, match=r"1\.9\.0 of .* than the published 1\.10\.0"):
        editions.lay_out(site(version="1.9.0"), public)


def test_what_others_put_into_the_folder_stays(site, public):
    for name in ("CNAME", ".git/HEAD", "README.md", "talks/slides.html"):
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        (public / name).write_text("Mine.")
    editions.lay_out(site(), public)
    editions.lay_out(site(version="1.1.0"), public)
    for name in ("CNAME", ".git/HEAD", "README.md", "talks/slides.html"):
        assert (public / name).read_text() == "Mine."


@pytest.mark.parametrize("name", ["index.html", "data/thesis.txt", f"editions/{DAY}/index.html"])
def test_a_file_of_others_is_not_written_over(site, public, name):
    (public / name).parent.mkdir(parents=True)
    (public / name).write_text("Years of work.")
    with pytest.raises(ForeignFolderError, match="was not published by clashbook"):
        editions.lay_out(site(), public)
    assert files(public) == {name: b"Years of work."}


def test_a_state_that_somebody_else_put_there_is_not_taken_for_ours(site, public):
    (public / f"editions/{DAY}/v1.0.0").mkdir(parents=True)
    with pytest.raises(ForeignFolderError, match=r"v1\.0\.0 was not made by clashbook"):
        editions.lay_out(site(), public)


@pytest.mark.parametrize("marker", [None, "{}", '{"as_of": "2022-09-20", "version": "1.0.0"}'])
def test_only_a_site_of_this_version_is_published(site, public, marker):
    made = site()
    (made / MARKER).unlink() if marker is None else (made / MARKER).write_text(marker)
    with pytest.raises(ForeignFolderError, match="build it: clashbook build"):
        editions.lay_out(made, public)
    assert not public.exists()


def test_a_folder_in_the_site_itself_is_refused(site):
    made = site()
    for folder in (made, made / "public"):
        with pytest.raises(ForeignFolderError, match="lies in the site itself"):
            editions.lay_out(made, folder)


def test_when_a_copy_fails_nothing_half_done_is_seen_and_the_next_call_mends_it(
    site, public, monkeypatch
):
    made = site()
    monkeypatch.setattr(shutil, "copytree", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        editions.lay_out(made, public)
    assert files(public) == {}
    monkeypatch.undo()
    editions.lay_out(made, public)
    assert words(public) == "Words."


def test_cut_short_between_two_entries_the_next_call_goes_on(site, public, monkeypatch):
    real = Path.replace

    def fail(self, target):
        if target == public / "index.html":
            raise OSError("gone")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="gone"):
        editions.lay_out(site(files={"old.html": "Old."}), public)
    monkeypatch.undo()
    editions.lay_out(site(), public)
    assert files(site()).items() <= files(public).items()
    assert not (public / "old.html").exists()


def test_a_file_and_a_folder_may_trade_their_names(site, public):
    editions.lay_out(site(files={"a": "file", "b/c": "folder"}), public)
    editions.lay_out(site(digest="other", files={"a/c": "folder", "b": "file"}), public)
    assert (public / "a/c").read_text() == "folder"
    assert (public / "b").read_text() == "file"


def test_the_list_has_every_state_newest_first_with_its_words_as_words(site, public):
    for as_of, version in [("2022-09-14", "1.0.0"), (DAY, "1.9.0"), (DAY, "1.10.0")]:
        editions.lay_out(site(as_of, version), public)
    listed = html.parse(str(public / "editions/index.html")).getroot()
    assert listed.find("head/title").text == "Editions · A <book>"
    assert [a.get("href") for a in listed.iter("a")] == [
        *("2022-09-20/index.html", "2022-09-20/v1.10.0/index.html", "2022-09-20/v1.9.0/index.html"),
        *("2022-09-14/index.html", "2022-09-14/v1.0.0/index.html", "../index.html"),
    ]
    assert [h2.text for h2 in listed.iter("h2")] == [
        "As known on 20\u00a0September\u00a02022",
        "As known on 14\u00a0September\u00a02022",
    ]
    looks = {link.get("rel"): link.get("href") for link in listed.iter("link")}
    assert looks.keys() == {"stylesheet", "icon"}
    for address in looks.values():
        assert (public / "editions" / address).is_file()


def test_without_an_address_of_the_book_it_says_what_citations_lack(site, public):
    said = editions.lay_out(site(base=""), public)
    assert said[1:] == [
        "citations give no address yet: set clashbook.base_url in _config.yml, and build"
    ]


def publish(*arguments):
    return CliRunner().invoke(cli.main, ["publish", *map(str, arguments)])


def test_the_command_says_what_it_did(site, public):
    result = publish(public, "--from", site())
    assert result.exit_code == 0
    assert result.stdout.startswith("published: editions/2022-09-20/v1.0.0/, ")


def test_the_command_refuses_other_content_in_one_line_with_status_1(site, public):
    publish(public, "--from", site())
    result = publish(public, "--from", site(toll="50"))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.endswith("raise the version in data/datapackage.json\n")


def test_the_command_without_a_site_or_into_a_foreign_folder_is_bad_usage(site, public, tmp_path):
    assert publish(public, "--from", tmp_path).exit_code == 2
    public.mkdir()
    (public / "index.html").write_text("Mine.")
    result = publish(public, "--from", site())
    assert result.exit_code == 2
    assert "was not published by clashbook" in result.stderr


@pytest.mark.parametrize("folder", [".", "data", "book/_static/new"])
def test_the_command_does_not_publish_into_the_project_itself(monkeypatch, folder):
    root = Path(__file__).parents[1]
    monkeypatch.chdir(root)
    # What it refuses is refused before the site is looked at.
    monkeypatch.setattr(editions, "lay_out", lambda *_: pytest.fail("published"))
    result = publish(folder)
    assert result.exit_code == 2
    assert f"{folder} is part of the project; name another folder" in result.stderr
    assert not (root / folder / "editions").exists()


@pytest.mark.parametrize(
    ("base", "leads"),
    [
        ("https://book.example/a/", ["https://book.example/a/editions/"]),
        ("", []),
    ],
)
def test_the_page_on_citing_leads_to_the_list_where_the_book_has_an_address(tmp_path, base, leads):
    staged = stage(tmp_path / "stage", {"cite.md": "# Cite\n\n```{cite-edition}\n```\n"})
    state = f"{base}editions/{ABOUT['as_of']}/v{ABOUT['version']}/" if base else ""
    item = {"id": "book", "type": "report", "title": "A book"}
    about = json.dumps(ABOUT | {"base": state, "citation": item})
    (staged / "_clashbook" / "edition.json").write_text(about)
    links = [a.get("href") for a in page(build(staged), "cite.html").iter("a")]
    assert [link for link in links if "editions" in link] == leads
