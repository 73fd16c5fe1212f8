"""All that is published in one folder: the root, the editions, and states that stay."""

import errno
import json
import os
import shutil
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html
from test_pages import ABOUT, build, page, stage

from clashbook import cli
from clashbook.files import MARKER, ForeignFolderError
from clashbook.website import copies, published, releases

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


@pytest.mark.parametrize("version", ["1.0.1", "2.0.0"])
def test_a_raised_version_without_a_raised_time_is_refused_and_nothing_is_touched(
    site, public, version
):
    made = "2023-01-31T10:00:00Z"
    releases.lay_out(site(created=made), public)
    before = files(public)
    again = site(version=version, toll="50", created=made)
    with pytest.raises(
        published.PublishedError, match=r"no later than the published 1\.0\.0: raise"
    ):
        releases.lay_out(again, public)
    assert files(public) == before
    releases.lay_out(site(version=version, toll="50", created="2023-01-31T10:00:01Z"), public)


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
    said = releases.lay_out(made, public)
    assert said == ["published: editions/2022-09-20/v1.0.0/, editions/2022-09-20/, the root"]
    for place in ("", f"editions/{DAY}", f"editions/{DAY}/v1.0.0"):
        assert files(made).items() <= files(public / place).items()
    assert (public / ".nojekyll").is_file()
    assert not [path for path in public.rglob("*") if "new" in path.name]


def test_an_earlier_edition_leaves_the_root_as_it_is(site, public):
    releases.lay_out(site(words="Late."), public)
    releases.lay_out(site("2022-09-14", words="Early."), public)
    assert words(public) == "Late."
    assert words(public / "editions/2022-09-14") == "Early."
    assert words(public / "editions/2022-09-14/v1.0.0") == "Early."


def test_an_earlier_edition_may_come_first_and_the_root_stays_empty(site, public):
    releases.lay_out(site("2022-09-14"), public)
    assert not (public / "index.html").exists()
    assert "../index.html" not in words(public / "editions")


def test_a_new_version_is_the_latest_coding_and_the_old_one_stays(site, public):
    releases.lay_out(site(), public)
    before = files(public / f"editions/{DAY}/v1.0.0")
    releases.lay_out(site(version="1.1.0", toll="50", words="More."), public)
    assert files(public / f"editions/{DAY}/v1.0.0") == before
    for place in ("", f"editions/{DAY}", f"editions/{DAY}/v1.1.0"):
        assert words(public / place) == "More."


def test_publishing_the_same_site_again_changes_nothing(site, public):
    made = site()
    releases.lay_out(made, public)
    before = files(public)
    state = public / f"editions/{DAY}/v1.0.0/index.html"
    written = state.stat().st_mtime_ns
    assert releases.lay_out(made, public) == ["renewed: editions/2022-09-20/, the root"]
    assert files(public) == before
    assert state.stat().st_mtime_ns == written


def test_words_mended_under_one_version_are_renewed_but_not_in_what_citations_name(site, public):
    releases.lay_out(site(), public)
    looks = {"_static/theme.html": "New.", "_static/book.css": "q {}"}
    said = releases.lay_out(site(words="Mended.", digest="other", files=looks), public)
    assert words(public) == words(public / f"editions/{DAY}") == "Mended."
    assert words(public / f"editions/{DAY}/v1.0.0") == "Words."
    assert said[1].startswith("kept: editions/2022-09-20/v1.0.0/ stays as first published")


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
    releases.lay_out(site(), public)
    before = files(public)
    with pytest.raises(published.PublishedError) as caught:
        releases.lay_out(site(words="Other.", digest="other", **changes), public)
    assert str(caught.value) == (
        f"data version 1.0.0 of {DAY} is published with other content ({what}): raise the "
        "version in data/datapackage.json"
    )
    assert files(public) == before


def test_what_a_site_has_no_more_stays_where_citations_lead(site, public):
    releases.lay_out(site(files={"old.html": "Old.", "old/old.txt": "Old."}), public)
    releases.lay_out(site(digest="other"), public)
    assert not (public / "old.html").exists()
    assert not (public / "old").exists()
    assert not (public / f"editions/{DAY}/old.html").exists()
    assert (public / f"editions/{DAY}/v1.0.0/old.html").is_file()


def test_a_version_older_than_the_published_is_refused(site, public):
    releases.lay_out(site(version="1.10.0"), public)
    with pytest.raises(
        published.PublishedError, match=r"1\.9\.0 of .* than the published 1\.10\.0"
    ):
        releases.lay_out(site(version="1.9.0"), public)


def test_what_others_put_into_the_folder_stays(site, public):
    for name in ("CNAME", ".git/HEAD", "README.md", "talks/slides.html"):
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        (public / name).write_text("Mine.")
    releases.lay_out(site(), public)
    releases.lay_out(site(version="1.1.0"), public)
    for name in ("CNAME", ".git/HEAD", "README.md", "talks/slides.html"):
        assert (public / name).read_text() == "Mine."


@pytest.mark.parametrize("name", ["index.html", "data/thesis.txt", f"editions/{DAY}/index.html"])
def test_a_file_of_others_is_not_written_over(site, public, name):
    (public / name).parent.mkdir(parents=True)
    (public / name).write_text("Years of work.")
    with pytest.raises(ForeignFolderError, match="was not published by clashbook"):
        releases.lay_out(site(), public)
    assert files(public) == {name: b"Years of work."}


def test_a_state_that_somebody_else_put_there_is_not_taken_for_ours(site, public):
    (public / f"editions/{DAY}/v1.0.0").mkdir(parents=True)
    with pytest.raises(ForeignFolderError, match=r"v1\.0\.0 was not made by clashbook"):
        releases.lay_out(site(), public)


@pytest.mark.parametrize("marker", [None, "{}", '{"as_of": "2022-09-20", "version": "1.0.0"}'])
def test_only_a_site_of_this_version_is_published(site, public, marker):
    made = site()
    (made / MARKER).unlink() if marker is None else (made / MARKER).write_text(marker)
    with pytest.raises(ForeignFolderError, match="run clashbook build"):
        releases.lay_out(made, public)
    assert not public.exists()


def test_a_folder_in_the_site_itself_is_refused(site):
    made = site()
    for folder in (made, made / "public"):
        with pytest.raises(ForeignFolderError, match="is inside the site"):
            releases.lay_out(made, folder)


def test_when_a_copy_fails_nothing_half_done_is_seen_and_the_next_call_mends_it(
    site, public, monkeypatch
):
    made = site()
    monkeypatch.setattr(shutil, "copyfile", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        releases.lay_out(made, public)
    assert not public.exists()
    monkeypatch.undo()
    releases.lay_out(made, public)
    assert words(public) == "Words."


def test_cut_short_between_two_entries_the_next_call_goes_on(site, public, monkeypatch):
    real = Path.replace

    def fail(self, target):
        if target == public / "index.html":
            raise OSError("gone")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="gone"):
        releases.lay_out(site(files={"old.html": "Old."}), public)
    monkeypatch.undo()
    releases.lay_out(site(), public)
    assert files(site()).items() <= files(public).items()
    assert not (public / "old.html").exists()


# Two at once, and calls that are cut short


def test_two_at_once_wait_for_each_other(site, public, monkeypatch):
    made, whole, at_work = site(), public.with_name("whole"), []
    releases.lay_out(made, whole)
    real, barrier = copies.copy, threading.Barrier(4)

    def copy(*places):
        at_work.append("begins")
        real(*places)
        at_work.append("ends")

    monkeypatch.setattr(copies, "copy", copy)
    ended = []

    def call():
        barrier.wait()
        ended.append(releases.lay_out(made, public)[0])

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == [
        "published: editions/2022-09-20/v1.0.0/, editions/2022-09-20/, the root",
        *["renewed: editions/2022-09-20/, the root"] * 3,
    ]
    assert at_work == ["begins", "ends"] * (len(at_work) // 2)
    assert tree(public) == tree(whole)


def tree(folder):
    """All below a folder: what files hold, and what is a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


CHANGES = ("mkdir", "rename", "replace", "rmdir", "unlink")


class Killed(BaseException):
    """Stands for the end of the process."""


def killed_at(monkeypatch, step):
    """Let the change of the disk with this number, and every later one, end the call.

    Of those among copies only the ones of the state are numbered: the others are like them.
    """
    done = []

    def dying(real):
        def change(path, *arguments, **named):
            target = str(arguments[0] if arguments else path)
            if "/.clashbook-" not in target or "/state/" in target:
                done.append(target)
            if len(done) > step and not target.endswith(".lock"):
                raise Killed
            return real(path, *arguments, **named)

        return change

    for name in CHANGES:
        monkeypatch.setattr(os, name, dying(getattr(os, name)))
    monkeypatch.setattr(shutil, "copyfile", dying(shutil.copyfile))
    # Removes by handles of folders; cut short, a process removes nothing.
    monkeypatch.setattr(shutil, "rmtree", dying(shutil.rmtree))


def test_killed_at_any_step_a_state_is_whole_or_absent_and_the_next_call_goes_on(site, tmp_path):
    def prepared(name):
        old = site(version="0.9.0", files={"old/page.html": "Old."})
        releases.lay_out(old, tmp_path / name)
        return tmp_path / name

    whole, killed = prepared("whole"), 0
    releases.lay_out(site(), whole)
    for step in range(1000):
        public = prepared(f"public-{step}")
        made = site()
        with pytest.MonkeyPatch.context() as patch:
            killed_at(patch, step)
            try:
                releases.lay_out(made, public)
                break
            except Killed:
                killed += 1
        state = public / f"editions/{DAY}/v1.0.0"
        assert not state.exists() or tree(state) == tree(made)
        releases.lay_out(made, public)
        assert tree(public) == tree(whole)
    assert killed > 30


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_is_full_or_may_not_be_written_is_one_line_with_status_1(
    site, public, monkeypatch, error
):
    releases.lay_out(site(version="0.9.0"), public)
    before = tree(public)

    def fail(_source, target):
        raise OSError(error, os.strerror(error), str(target))

    monkeypatch.setattr(shutil, "copyfile", fail)
    result = publish(public, "--from", site())
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.endswith(f": {os.strerror(error)}\n")
    assert tree(public) == before


@pytest.mark.parametrize("folder", ["/proc/x", "a/" * 5000, "/dev/null/x"])
def test_a_folder_that_cannot_be_made_is_one_line_with_status_1(site, folder):
    result = publish(folder, "--from", site())
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert len(result.stderr) < 300


def test_what_a_killed_call_left_goes_and_what_others_left_stays(site, public):
    mine = public / ".clashbook-unfinished"
    theirs = [public / ".clashbook.new", public / ".clashbook-notes"]
    for folder in (mine, *theirs):
        folder.mkdir(parents=True)
        (folder / "file").write_text("Mine.")
    releases.lay_out(site(), public)
    assert not mine.exists()
    assert [(each / "file").read_text() for each in theirs] == ["Mine.", "Mine."]


def test_half_a_state_of_another_site_is_refused_in_one_line(site, public):
    releases.lay_out(site(), public)
    state = public / f"editions/{DAY}/v1.0.0"
    (state / "numbers.json").unlink()
    with pytest.raises(published.PublishedError, match="is damaged; restore it from a copy"):
        releases.lay_out(site(words="Other.", digest="other"), public)


@pytest.mark.parametrize("name", [MARKER, "numbers.json", "data/claims.csv"])
@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, "\0", "é"])
def test_a_damaged_state_is_refused_in_one_line_and_nothing_is_touched(site, public, name, text):
    releases.lay_out(site(), public)
    (public / f"editions/{DAY}/v1.0.0" / name).write_text(text, encoding="latin-1")
    before = tree(public)
    result = publish(public, "--from", site(words="Other.", digest="other"))
    assert result.exit_code in (1, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert f"editions/{DAY}/v1.0.0" in result.stderr or "is published with other" in result.stderr
    assert tree(public) == before


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, '{"numbers": [1]}', '{"numbers": [{}]}'])
def test_a_damaged_site_is_refused(site, public, text):
    with pytest.raises(ForeignFolderError, match="is damaged; run clashbook build"):
        releases.lay_out(site(files={"numbers.json": text}), public)
    assert not public.exists()


def test_a_site_that_is_built_anew_while_it_is_copied_is_not_published(site, public, monkeypatch):
    made, real = site(), copies.copy

    def copy(*places):
        real(*places)
        site(words="New.", digest="new")

    monkeypatch.setattr(copies, "copy", copy)
    with pytest.raises(published.PublishedError, match="was rebuilt meanwhile"):
        releases.lay_out(made, public)
    assert not public.exists()


# Nothing outside the folder


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("as_of", value) for value in ("../../../victim", "/tmp/victim", "", "..", "2022-9-1")],
        *[("as_of", value) for value in (["2022-09-20"], None, "2022-02-30", "２０２２-09-20")],
        *[("as_of", value) for value in ("2022-09-20\n", "2022-09-20/..", "20220920")],
        *[("version", value) for value in ("0.10.0-rc1", "", "..", "../x", "/../../x", "1.0")],
        *[("version", value) for value in ("01.0.0", "1.0.0\n", "1.0.٣", 1, None, "9" * 5000)],
        *[("version", value) for value in ("0.5/../../../x", "1.0.0.0", '1"><img src=x>')],
        *[("issued", value) for value in ("soon", None, "../x")],
        *[("digest", None), ("title", ["x"]), ("base", 1)],
    ],
)
def test_a_marker_that_is_not_in_its_strict_form_is_refused_before_it_is_a_path(
    site, public, field, value
):
    made = site()
    mark = json.loads((made / MARKER).read_text()) | {field: value}
    (made / MARKER).write_text(json.dumps(mark))
    around = tree(public.parent)
    result = publish(public, "--from", made)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 400
    assert tree(public.parent) == around


@pytest.mark.parametrize("marker", ["[]", "null", '"x"', "{", "1", "[" * 100_000])
def test_a_marker_that_is_none_is_refused(site, public, marker):
    made = site()
    (made / MARKER).write_text(marker)
    assert publish(public, "--from", made).exit_code == 2
    assert not public.exists()


@pytest.mark.parametrize("name", ["passwd.txt", "data/more.csv", "folder"])
def test_a_link_in_the_site_is_refused(site, public, tmp_path, name):
    made = site()
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "file").write_text("Secret.")
    (made / name).symlink_to(secret if name == "folder" else secret / "file")
    with pytest.raises(ForeignFolderError, match=f"{name} is neither a file nor a folder"):
        releases.lay_out(made, public)
    assert not public.exists()


def test_a_pipe_in_the_site_is_refused_and_not_read(site, public):
    made = site()
    os.mkfifo(made / "data/pipe.csv")
    with pytest.raises(ForeignFolderError, match=r"pipe\.csv is neither a file nor a folder"):
        releases.lay_out(made, public)


@pytest.mark.parametrize("name", ["editions", "v0.9.0", ".git", ".clashbook.lock", "Editions"])
def test_a_site_with_a_name_of_what_lies_beside_it_is_refused(site, public, name):
    releases.lay_out(site(), public)
    before = tree(public)
    with pytest.raises(ForeignFolderError, match="has a reserved name"):
        releases.lay_out(site(files={f"{name}/index.html": "x"}), public)
    assert tree(public) == before


@pytest.mark.parametrize("name", ["", f"/{DAY}", f"/{DAY}/v1.0.0"])
def test_a_link_in_what_is_published_does_not_lead_out_of_it(site, public, tmp_path, name):
    outside = tmp_path / "outside"
    outside.mkdir()
    link = public / f"editions{name}"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    with pytest.raises(ForeignFolderError, match="was not made by clashbook"):
        releases.lay_out(site(), public)
    assert not any(outside.iterdir())


def test_what_a_marker_names_as_published_is_not_removed_outside_the_folder(site, public):
    releases.lay_out(site(), public)
    victim = public.parent / "victim.txt"
    victim.write_text("Years of work.")
    mark = json.loads((public / MARKER).read_text())
    mark["files"] += ["../victim.txt", str(victim), "editions", "..", ".", "", 3, None]
    (public / MARKER).write_text(json.dumps(mark))
    releases.lay_out(site(), public)
    assert victim.read_text() == "Years of work."
    assert (public / f"editions/{DAY}/v1.0.0/index.html").is_file()


# What others put there


def test_a_file_of_others_among_ours_is_not_removed(site, public):
    releases.lay_out(site(files={"old/page.html": "Old."}), public)
    for name in ("data/thesis.txt", "old/notes.txt", f"editions/{DAY}/exhibits/mine.png"):
        (public / name).write_text("Mine.")
        with pytest.raises(ForeignFolderError, match=f"{name} was not published by clashbook"):
            releases.lay_out(site(digest="other"), public)
        assert (public / name).read_text() == "Mine."
        (public / name).unlink()


def test_a_list_of_editions_that_somebody_else_wrote_stays(site, public):
    listed = public / "editions/index.html"
    listed.parent.mkdir(parents=True)
    listed.write_text("<title>Editions of mine</title>")
    with pytest.raises(ForeignFolderError, match=r"editions/index\.html was not published by"):
        releases.lay_out(site(), public)
    assert tree(public) == {"editions": None, "editions/index.html": listed.read_bytes()}


def test_what_is_published_can_be_read_by_everybody_whatever_the_umask(site, tmp_path):
    umask = os.umask(0o077)
    try:
        made, public = site(), tmp_path / "new" / "public"
        releases.lay_out(made, public)
        releases.lay_out(made, public)
    finally:
        os.umask(umask)
    modes = {path: path.stat().st_mode & 0o777 for path in public.parent.rglob("*")}
    assert modes == {path: 0o755 if path.is_dir() else 0o644 for path in modes}
    assert public.parent.stat().st_mode & 0o777 == 0o755


def test_versions_are_compared_as_numbers_and_one_of_another_form_is_never_the_newest(site, public):
    releases.lay_out(site(version="0.9.0"), public)
    # As an earlier version of this module let it be published.
    old = public / f"editions/{DAY}"
    shutil.copytree(old / "v0.9.0", old / "v0.10.0-rc1")
    releases.lay_out(site(version="0.10.0", digest="other"), public)
    listed = html.parse(str(public / "editions/index.html")).getroot()
    assert [a.text for a in listed.iter("a")][1:4] == [
        "Data version 0.10.0",
        "Data version 0.9.0",
        "Data version 0.10.0-rc1",
    ]


def test_a_file_and_a_folder_may_trade_their_names(site, public):
    releases.lay_out(site(files={"a": "file", "b/c": "folder"}), public)
    releases.lay_out(site(digest="other", files={"a/c": "folder", "b": "file"}), public)
    assert (public / "a/c").read_text() == "folder"
    assert (public / "b").read_text() == "file"


def test_the_list_has_every_state_newest_first_with_its_words_as_words(site, public):
    for as_of, version in [("2022-09-14", "1.0.0"), (DAY, "1.9.0"), (DAY, "1.10.0")]:
        releases.lay_out(site(as_of, version), public)
    listed = html.parse(str(public / "editions/index.html")).getroot()
    assert listed.find("head/title").text == "Editions · A <book>"
    assert [a.get("href") for a in listed.iter("a")] == [
        *("2022-09-20/index.html", "2022-09-20/v1.10.0/index.html", "2022-09-20/v1.9.0/index.html"),
        *("2022-09-14/index.html", "2022-09-14/v1.0.0/index.html"),
        *("feed.xml", "changes.html", "../index.html"),
    ]
    assert [h2.text for h2 in listed.iter("h2")] == [
        "As known on 20\u00a0September\u00a02022",
        "As known on 14\u00a0September\u00a02022",
    ]
    looks = {link.get("rel"): link.get("href") for link in listed.iter("link")}
    assert looks.keys() == {"alternate", "stylesheet", "icon"}
    for address in looks.values():
        assert (public / "editions" / address).is_file()


def test_without_an_address_of_the_book_it_says_what_citations_lack(site, public):
    said = releases.lay_out(site(base=""), public)
    assert said[1:] == [
        "warning: the book has no address yet, so citations, files and pages name none: set "
        "clashbook.base_url in _config.yml and build"
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


@pytest.fixture
def project(tmp_path):
    """A folder with the parts by which a project is known."""
    for name in ("notebooks", "data", "book/_static", ".git", ".venv/lib", "site", "clashbook"):
        (tmp_path / "project" / name).mkdir(parents=True)
        (tmp_path / "project" / name / "file").write_text("Work.")
    (tmp_path / "project" / "_config.yml").write_text("")
    return tmp_path / "project"


@pytest.mark.parametrize(
    "name",
    [
        *(".", "data", "book/_static/new", ".git", ".github", ".venv/lib", ".build/x", "clashbook"),
        *("tests", "notebooks/new", "site", "site/new", "clashbook/../data"),
    ],
)
def test_the_command_does_not_publish_into_a_project_itself(site, project, name):
    before = tree(project)
    result = publish(project / name, "--from", site())
    assert result.exit_code == 2
    assert "is part of the project; name another folder" in result.stderr
    assert tree(project) == before


def test_it_refuses_the_project_that_it_runs_in_without_looking_at_the_site(monkeypatch):
    root = Path(__file__).parents[1]
    monkeypatch.chdir(root)
    monkeypatch.setattr(releases, "lay_out", lambda *_: pytest.fail("published"))
    result = publish("data")
    assert result.exit_code == 2
    assert "data is part of the project; name another folder" in result.stderr


def test_a_new_or_a_published_folder_in_a_project_is_published_into_and_no_other(site, project):
    (project / "mine").mkdir()
    (project / "mine" / "file").write_text("Work.")
    assert publish(project / "public", "--from", site()).exit_code == 0
    assert publish(project / "public", "--from", site()).exit_code == 0
    assert publish(project / "mine", "--from", site()).exit_code == 2


def test_a_folder_in_a_site_which_the_next_build_replaces_is_refused(site, tmp_path):
    other = shutil.copytree(site(), tmp_path / "other")
    for folder in (other, other / "public"):
        with pytest.raises(ForeignFolderError, match="is inside the site"):
            releases.lay_out(site(), folder)


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
