import json
import os
import re
import shlex
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import click
import hostile
import pytest
import small
from click.testing import CliRunner
from test_brief import catalogue  # noqa: F401

from clashbook import cli, config, files
from clashbook.dataset import tables
from clashbook.dataset.tables import Problem
from clashbook.pipeline import catalogue as catalogues
from clashbook.website import serve

ROOT = Path(__file__).parent.parent


@pytest.fixture
def run(monkeypatch):
    monkeypatch.chdir(ROOT)

    def call(*arguments):
        return CliRunner().invoke(cli.main, arguments)

    return call


def test_every_command_and_option_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in cli.main.commands.items():
        usage = re.finditer(rf"^clashbook {name}\b.*(\n +\S.*)*$", readme, re.MULTILINE)
        shapes = " ".join(one[0] for one in usage)
        assert shapes, name
        for parameter in command.params:
            argument = parameter.param_type_name == "argument"
            shown = parameter.human_readable_name.strip("[].") if argument else ""
            assert (shown or max(parameter.opts, key=len)) in shapes, (name, parameter.name)


def test_check_says_how_much_there_is(run):
    result = run("check")
    assert result.exit_code == 0
    assert re.search(r"^\d+ rows in \d+ tables, as known on \d{4}-\d\d-\d\d: ", result.stdout)


@pytest.mark.parametrize(
    "command", ["check", "build", "toll 2022-09", "cite", "exhibit x -o a.csv"]
)
@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("yesterday", '"yesterday" is not a date; write YYYY-MM-DD'),
        ("", '"" is not a date'),
        ("20220913", '"20220913" is not a date'),
        ("9999-12-31", 'as_of, "9999-12-31": is after '),
        ("1990-01-01", '"1990-01-01": is before the first claim; write a day from 2'),
        ("x" * 5000, "…"),
    ],
)
def test_a_day_that_is_none_or_that_the_data_do_not_reach_is_bad_usage(run, command, day, said):
    result = run(*command.split(), "--as-of", day)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "not run" not in result.output
    assert max(map(len, result.stderr.splitlines())) < 200


@pytest.mark.parametrize("length", [250, 5000])
@pytest.mark.parametrize("command", [("build", "--out"), ("publish",)])
def test_a_name_that_no_folder_can_have_is_bad_usage(run, command, length):
    result = run(*command, "a" * length)
    assert result.exit_code == 2
    assert "the name is longer than" in result.stderr


def test_an_interruption_has_its_own_status(run, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(tables, "load", stop)
    result = run("toll", "2022-09")
    assert (result.exit_code, result.stderr) == (130, "stopped\n")


def test_check_refuses_a_typed_number_with_status_1_and_names_the_line(run, monkeypatch):
    monkeypatch.setattr(
        "clashbook.prose.typed_numbers.problems",
        lambda *_: [Problem("a.md", 3, "", "fifty", "typed", "x")],
    )
    result = run("check")
    assert result.exit_code == 1
    assert 'a.md line 3, "fifty": typed; write x' in result.stderr
    assert "Traceback" not in result.output


def test_check_outside_a_project_is_bad_usage(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, ["check"])
    assert result.exit_code == 2
    assert "no _config.yml in" in result.stderr


def test_settings_that_cannot_be_read_are_one_line_with_status_1(tmp_path, monkeypatch):
    (tmp_path / "_config.yml").write_text("title: x\n")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, ["check"])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--data", "nowhere"),
        ("build", "--jobs", "0"),
        ("build", "--no-such"),
        ("toll",),
        ("nothing",),
    ],
)
def test_bad_usage_is_one_line_with_status_2(run, arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_build_refuses_a_folder_it_did_not_make_as_bad_usage(run, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    result = run("build", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "was not made by clashbook" in result.stderr


def test_toll_prints_one_row_a_quantity(run):
    result = run("toll", "2022-09", "--as-of", "2022-09-14")
    assert result.exit_code == 0
    assert result.stdout.startswith("2022-09, as known on 2022-09-14\n")
    assert re.search(r"^killed +AZE +military ", result.stdout, re.MULTILINE)
    assert "Left out" not in result.stdout


def test_toll_says_why_a_claim_is_left_out(run):
    result = run("toll", "2022-09", "--why")
    assert re.search(r"^Left out:\n\S+ +rule \d+ +[A-Z]", result.stdout, re.MULTILINE)
    assert re.search(r"rule 2 +Update +its side gave a newer count +by 2022-09-", result.stdout)


def test_toll_in_json_has_what_programs_need(run):
    report = json.loads(run("toll", "2022-09", "--json").stdout)
    assert set(report) == {"episode", "as_of", "rows"}
    assert set(report["rows"][0]) == {
        *("indicator", "party", "population", "low", "best", "high", "text", "claims"),
        *("reported_on", "contested"),
    }
    assert "left_out" in json.loads(run("toll", "2022-09", "--json", "--why").stdout)


def test_an_unknown_episode_names_the_nearest(run):
    result = run("toll", "2022-08")
    assert result.exit_code == 2
    assert "2022-09" in result.stderr


def test_an_episode_is_unknown_before_it_begins(run):
    result = run("toll", "2022-09", "--as-of", "2020-07-16")
    assert result.exit_code == 2
    assert '"2022-09" is not in the data as of 2020-07-16' in result.stderr


def test_toll_with_bad_data_prints_each_problem_and_status_1(run, tmp_path, monkeypatch):
    problem = tables.Problem("claims.csv", 3, "low", "x", "no number", "digits")

    def refuse(*_arguments):
        raise tables.DataError([problem])

    monkeypatch.setattr(tables, "load", refuse)
    result = run("toll", "2022-09")
    assert result.exit_code == 1
    assert result.stderr == f"{problem}\n"


@pytest.fixture
def ask(run, monkeypatch, catalogue):  # noqa: F811
    """Ask an edition that is ready."""
    monkeypatch.setattr("clashbook.pipeline.tasks.build", lambda *_, **__: True)
    monkeypatch.setattr(catalogues.Catalogue, "read", lambda *_: catalogue)
    monkeypatch.setattr("clashbook.pipeline.citable.read", lambda *_: catalogue.items)
    return run


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("text", "Team. (2026). Both"),
        ("bibtex", "@incollection{tolls,"),
        ("ris", "TY  - CHAP\n"),
        ("csl", "[\n {"),
    ],
)
def test_cite_prints_a_citation_in_each_form_and_nothing_else(ask, form, start):
    result = ask("cite", "tolls", "--format", form)
    assert result.exit_code == 0
    assert result.stdout.startswith(start)


def test_export_writes_the_rows_that_a_condition_chooses(ask, tmp_path):
    result = ask("export", "tolls", "--where", "low > 0", "-o", str(tmp_path / "a.csv"))
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").count("\n") > 1


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("tols", "-o", "a.csv"), '"tols": no such table or figure; nearest: tolls'),
        (("tolls", "-o", "a.doc"), "a.doc is not a .csv, .parquet, .xlsx file; end its name so"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_a_line_and_nothing_is_written(ask, arguments, fault):
    result = ask("export", *arguments)
    assert result.exit_code == 2
    assert fault in result.stderr
    assert not Path(arguments[-1]).exists()


def test_cite_without_an_id_cites_the_whole_and_takes_any_style(ask):
    assert ask("cite").stdout.startswith("Team. (2022). Book (Version")
    other = ask("cite", "--style", "chicago-author-date")
    assert other.exit_code == 0
    assert other.stdout.startswith("Team. 2022.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("cite", "tols"),
            '"tols": no such figure, table, number, claim or source; nearest: tolls',
        ),
        (("cite", "tolls", "--style", "appa"), 'no citation style "appa"; nearest: apa'),
        (("exhibit", "tols", "-o", "a.svg"), '"tols": no such exhibit; nearest: tolls'),
        (
            ("exhibit", "tolls", "-o", "a.gif"),
            '"gif" is not a file of tolls; write svg, pdf, png, slide, ',
        ),
        (
            ("exhibit", "words", "-o", "a.svg"),
            '"svg" is not a file of words; write csv, csvw, json',
        ),
        (("exhibit", "tolls", "-o", "a.html"), '"html" is not a file of tolls; write svg'),
        (("exhibit", "tolls", "-o", "nowhere/a.csv"), "nowhere/a.csv: No such file or directory"),
        (
            ("brief", "tolls", "tol", "-o", "a.docx"),
            '"tol": no such exhibit or number; nearest: toll',
        ),
        (("brief", "paper", "-o", "a.docx"), '"paper": no such exhibit or number; '),
        (("brief", "tolls", "-o", "a.doc"), "a.doc is not a .docx or .md file; end its name so"),
        (("brief", "tolls", "-o", "nowhere/a.docx"), "nowhere/a.docx: No such file or directory"),
        (("brief", "-o", "a.docx"), "Missing argument 'ID...'"),
    ],
)
def test_what_cannot_be_cited_or_written_is_bad_usage_with_the_way_out(ask, arguments, said):
    result = ask(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_exhibit_writes_one_file_by_its_name_or_by_format(ask, tmp_path):
    for name, form in (("a.csv", ()), ("b.png", ("--format", "slide")), ("c.svg", ())):
        result = ask("exhibit", "tolls", "-o", str(tmp_path / name), *form)
        assert result.exit_code == 0
        assert result.stdout.strip().endswith(name)
    assert (tmp_path / "a.csv").read_text().startswith("episode_id,")
    assert (tmp_path / "b.png").read_bytes()[16:24] == bytes([0, 0, 7, 128, 0, 0, 4, 56])
    assert "<svg" in (tmp_path / "c.svg").read_text()


def test_brief_writes_a_document_or_markdown_with_its_pictures(ask, tmp_path):
    assert ask("brief", "tolls", "toll", "-o", str(tmp_path / "a.docx")).exit_code == 0
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")
    assert ask("brief", "tolls", "-o", str(tmp_path / "b.md")).stdout.count("\n") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b-tolls.png", "b.md"]


@pytest.mark.parametrize("arguments", [("cite",), ("brief", "tolls", "-o", "a.md")])
def test_an_edition_that_cannot_be_made_has_status_1(ask, monkeypatch, arguments):
    monkeypatch.setattr("clashbook.pipeline.tasks.build", lambda *_, **__: False)
    result = ask(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""


def test_a_site_that_is_none_of_ours_is_bad_usage_for_a_citation_too(ask, monkeypatch):
    def refuse(*_, **__):
        raise files.ForeignFolderError("site was not made by clashbook")

    monkeypatch.setattr("clashbook.pipeline.tasks.build", refuse)
    result = ask("cite")
    assert result.exit_code == 2
    assert "was not made by clashbook" in result.stderr


def test_an_earlier_edition_leaves_the_work_of_the_site_as_it_is(ask, monkeypatch):
    built = []
    monkeypatch.setattr(
        "clashbook.pipeline.tasks.build", lambda edition, *_, **__: built.append(edition)
    )
    ask("cite", "--as-of", "2020-07-16")
    ask("cite")
    early, late = built
    assert early.as_of == "2020-07-16"
    assert early.work != late.work
    assert late.out == ROOT / "site"


def test_serve_without_a_site_is_bad_usage(tmp_path, monkeypatch):
    (tmp_path / "_config.yml").write_bytes((ROOT / "_config.yml").read_bytes())
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, ["serve"])
    assert result.exit_code == 2
    assert "there is no site yet" in result.stderr


def test_a_port_that_is_taken_is_bad_usage(run, tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "_config.yml").write_bytes((ROOT / "_config.yml").read_bytes())
    with serve.server(tmp_path, 0) as server:
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(cli.main, ["serve", "--port", str(server.server_port)])
    assert result.exit_code == 2
    assert "--port" in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_server_gives_the_site_and_tells_browsers_not_to_keep_it(tmp_path):
    (tmp_path / "index.html").write_text("the book")
    with serve.server(tmp_path, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with urllib.request.urlopen(f"http://{serve.HOST}:{server.server_port}/") as answer:
            assert answer.read() == b"the book"
            assert answer.headers["Cache-Control"] == "no-store"
        server.shutdown()
        thread.join()


def failing(monkeypatch, error):
    """What a command says, and with which status, when it comes to such an end."""

    def read():
        click.echo("building …")
        raise error

    monkeypatch.setattr(config, "read", read)
    return CliRunner(charset="latin-1").invoke(cli.main, ["serve"])


def test_what_the_disk_refuses_is_one_line_also_on_a_terminal_that_is_not_utf8(monkeypatch):
    error = PermissionError(13, "Permission denied", "site")
    done = failing(monkeypatch, error)
    assert (done.exit_code, done.stdout) == (1, "building ?\n")
    assert done.stderr == "cannot continue: site: Permission denied\n"


def test_an_interruption_has_a_status_of_its_own(monkeypatch):
    done = failing(monkeypatch, KeyboardInterrupt())
    assert (done.exit_code, done.stderr) == (130, "stopped\n")


@pytest.fixture(scope="module")
def little(tmp_path_factory):
    """A small project in a folder with letters that are not ASCII."""
    root = tmp_path_factory.mktemp("book") / "Բերդ é"
    root.mkdir()
    hostile.project(root, ROOT, small.tables())
    return root


def shell(folder, line, **surroundings):
    """What `clashbook` leaves as status and says on stderr, run by a shell."""
    command = f"{shlex.quote(sys.executable)} -c 'from clashbook.cli import main; main()' {line}"
    done = subprocess.run(
        command, shell=True, cwd=folder, env={**os.environ, **surroundings}, capture_output=True
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize(
    ("line", "surroundings", "status", "said"),
    [
        ("check >&-", {}, 0, ""),
        ("check >/dev/full", {}, 1, "cannot continue: No space left on device\n"),
        ("--help >/dev/full", {}, 1, "cannot continue: No space left on device\n"),
        ("check", {"PYTHONWARNINGS": "error", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}, 0, ""),
    ],
)
def test_what_a_terminal_takes_or_not_ends_in_one_line_at_most(
    little, line, surroundings, status, said
):
    ended, errors = shell(little, line, **surroundings)
    # What is worth knowing once is said at the first check of all.
    lines = [text for text in errors.splitlines(keepends=True) if not text.startswith("note: ")]
    assert (ended, "".join(lines)) == (status, said)


def test_a_persons_own_filter_of_warnings_ends_nothing():
    leak = "import socket; from clashbook.cli import main"
    leak += "; main(['--version'], standalone_mode=False); socket.socket()"
    surroundings = {**os.environ, "PYTHONWARNINGS": "error"}
    done = subprocess.run([sys.executable, "-c", leak], env=surroundings, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_is_closed_is_led_to_nothing_so_that_no_file_takes_its_place(tmp_path):
    told = "from clashbook import cli; import subprocess; cli.group.open_closed_streams();"
    told += f"open({str(tmp_path / 'file')!r}, 'w'); subprocess.run(['echo', 'lost'], check=True)"
    python = shlex.quote(sys.executable)
    subprocess.run(f'{python} -c "{told}" >&-', shell=True, check=True)
    assert (tmp_path / "file").read_text() == ""


@pytest.mark.parametrize("line", ["build", "build --out {}", "publish {}", "publish x --from {}"])
def test_a_link_that_leads_to_itself_is_bad_usage(little, monkeypatch, line):
    monkeypatch.chdir(little)
    site = little / "site"
    site.symlink_to("site")
    result = CliRunner().invoke(cli.main, [part.format(site) for part in line.split()])
    site.unlink()
    assert result.exit_code == 2
    assert (
        "links to itself; name another folder" in result.stderr or "does not exist" in result.stderr
    )


def test_a_path_that_is_no_text_is_refused_before_the_work(tmp_path, monkeypatch):
    root = tmp_path / os.fsdecode(b"caf\xe9")
    root.mkdir()
    (root / "_config.yml").write_bytes((ROOT / "_config.yml").read_bytes())
    monkeypatch.chdir(root)
    result = CliRunner().invoke(cli.main, ["build"])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "is not UTF-8; write its names in UTF-8, or move it" in result.stderr
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(cli.main, ["build", "--out", root.name])
    assert result.exit_code == 2
    assert "the name is not UTF-8" in result.stderr


def test_list_finds_ids_by_all_their_words_in_any_order(run):
    result = run("list", "claims", "forrights", "soldiers")
    assert result.exit_code == 0
    assert result.stdout.startswith("2022-09-arm-killed-military-14-sept-2023-forrights  Killed, ")
    assert len(result.stdout.splitlines()) == 1
    assert run("list", "sources", "huseynov").stdout.startswith("huseynov-2020  The July 2020")
    assert run("list", "numbers", "2022-09-killed-all-both").stdout.count("\n") >= 1
    assert run("list", "claims", "no such word").stdout == "nothing found with all of these words\n"


def test_check_of_a_draft_says_what_would_be_left_out_and_ends_well(run):
    result = run("check", "--draft")
    assert result.exit_code == 0
    assert result.stdout == "places left out of the draft: 0\n"
