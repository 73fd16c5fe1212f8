"""CONTRIBUTING.md: the rooms are those of the package; the worked example gives what it says."""

import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import hostile
import pytest
import small
import yaml
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_notebook

import clashbook
from clashbook import counting
from clashbook.analysis import casualties
from clashbook.cli import main
from clashbook.dataset.tables import load
from clashbook.pipeline import notebooks, preflight
from clashbook.prose import conditions, markdown, numbers

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROOMS = TEXT.partition("## The rooms")[2].partition("\n## ")[0]
EXAMPLE = TEXT.partition("### One worked example")[2].partition("\n## ")[0]
ROWS = re.findall(r"^```csv data/(\w+)\.csv\n(.*?)^```", EXAMPLE, flags=re.M | re.S)
COMPLAINTS, SENTENCE = re.findall(r"^```text\n(.*?)^```", EXAMPLE, flags=re.M | re.S)
(SESSION,) = re.findall(r"^```console\n(.*?)^```", EXAMPLE, flags=re.M | re.S)
(FIGURE,) = re.findall(r"^```python\n(.*?)^```", TEXT, flags=re.M | re.S)
CHAPTER = TEXT.partition("## Add a chapter or a page")[2].partition("\n## The rooms")[0]
COMMANDS = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", SESSION, flags=re.M)


def copied(folder, change=lambda rows: rows):
    """The project's data with the rows of the example, changed or as they are printed."""
    shutil.copytree(ROOT / "data", folder)
    for table, rows in ROWS:
        with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(change(rows))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("example") / "data")


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_the_figure_of_ones_own_is_an_exhibit_with_its_files():
    book = clashbook.open()
    *cells, last = FIGURE.split("\n\n\n")
    before, _, shown = last.rpartition("book.figure(")
    given = {"book": book, "data": book.data, "casualties": casualties}
    exec("\n".join([*cells, before]), given)
    made = eval(f"book.figure({shown}", given)
    assert "Killed" not in made.title
    assert made.title.startswith("Reported killed in September 2022: Armenia ")
    assert {"svg", "pdf", "png", "csv"} <= set(made.bundle["record"]["files"])
    assert [row["party"] for row in made.bundle["rows"]] == book.data.parties()


def block(language):
    """The blocks of the section on chapters and pages in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", CHAPTER, flags=re.M | re.S)


def test_the_page_of_ones_own_has_no_fault_and_says_what_holds(tmp_path):
    ((line,), (text,)) = block("yaml"), block("markdown")
    project = hostile.project(tmp_path, ROOT, small.tables())
    contents = project.prose / "_toc.yml"
    read = yaml.safe_load(contents.read_text("utf-8"))
    read["chapters"] += yaml.safe_load(line)
    contents.write_text(yaml.safe_dump(read), "utf-8")
    (project.prose / "in-brief.md").write_text(text, "utf-8")
    assert preflight.checked(project)
    assert preflight.checked_texts(project)
    shown = preflight.texts(project)["in-brief.md"]
    assert ("More is counted" in shown, "More is done" in shown) == (True, False)
    assert ("September" in shown, "So far" in shown) == (True, False)


def test_the_chapter_of_ones_own_has_no_fault_and_its_cell_is_in_later_editions(tmp_path):
    metadata, cell = map(json.loads, block("json"))
    (code,) = block("python chapter")
    project = hostile.project(tmp_path, ROOT, small.tables())
    cells = [
        new_code_cell(code, metadata={"tags": ["parameters"]}),
        new_code_cell("import clashbook\nclashbook.open(data_dir, as_of)", metadata=cell),
    ]
    hostile.save(project.config.root, new_notebook(cells=cells, metadata=metadata))
    assert list(preflight.notebook_problems(project)) == []
    path = project.notebooks["chapter"]
    assert notebooks.declared(path) == (["claims", "episodes"], ["casualties"])
    early, late = (
        notebooks.prepare(notebooks.read(path), day).cells for day in ("2022-09-12", "2022-09-13")
    )
    assert (len(early), len(late)) == (1, 2)


def test_the_example_has_rows_and_commands():
    assert [table for table, _ in ROWS] == ["sources", "claims"]
    assert len(COMMANDS) == 2


def test_its_rows_leave_no_problem_but_the_sentence_that_it_rewords(folder):
    done = run("check", "--data", folder)
    assert done.exit_code == 1
    # The cells of the notebook grow in number too.
    said, printed = (re.sub(r"cell \d+", "cell", text) for text in (done.output, SENTENCE))
    assert said == printed


def test_its_new_sentence_holds(folder):
    ((words,),) = [re.findall(r"^```markdown\n(.*?)^```", EXAMPLE, flags=re.M | re.S)]
    data = load(folder)
    (finding,) = conditions.findings(markdown.read(words), "casualties.ipynb")
    assert not conditions.broken(finding, numbers.Numbers(data))
    assert not numbers.undeclared(numbers.Numbers(data), numbers.references([words]))


def test_its_mistakes_are_refused_in_the_words_that_it_prints(tmp_path):
    def spoil(rows):
        return rows.replace(",9,9,9,", ",9,,,").replace("para. 1,updates", "para. 4,updates")

    done = run("check", "--data", copied(tmp_path / "data", spoil))
    assert done.exit_code == 1
    # The lines of the file grow in number with the data.
    said = re.sub(r"line \d+", "line", done.output).splitlines()
    assert set(re.sub(r"line \d+", "line", COMPLAINTS).splitlines()) <= set(said)


@pytest.mark.parametrize(("command", "printed"), COMMANDS)
def test_its_commands_print_what_it_shows(folder, command, printed):
    asked, _, search = command.partition(" | grep -E ")
    _, *arguments = shlex.split(asked)
    said = run(*arguments, "--data", folder).output
    found = [line for line in said.splitlines() if re.search(shlex.split(search)[0], line)]
    assert [line.split() for line in found] == [line.split() for line in printed.splitlines()]


def test_its_toll_rises_as_it_says(folder):
    def captured(data, party):
        return plain(counting.count(data, "2022-09").toll("captured", party, "military").text)

    before, after = load(ROOT / "data"), load(folder)
    assert not counting.count(before, "2022-09").toll("captured", "AZE", "military").says_something
    told = re.search(r"a toll of (\d+), and both sides' rises from (.*?) to (.*?):", flat(EXAMPLE))
    assert told, "the example no longer says how the toll rises"
    assert told.groups() == (
        captured(after, "AZE"),
        captured(before, "both"),
        captured(after, "both"),
    )


def road():
    """The rooms from left to right, those that may not import each other together."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract, _ = project["tool"]["importlinter"]["contracts"]
    return [layer.split(" | ") for layer in reversed(contract["layers"])]


def test_the_road_is_drawn_as_imports_are_held_to_it():
    (drawing,) = re.findall(r"^```\n(.*?)^```", ROOMS, flags=re.M | re.S)
    assert [rooms.split() for rooms in drawing.split("─>")] == road()


def test_each_room_has_a_line_that_says_what_it_is_for():
    heads = re.findall(r"^- ((?:`\w+`(?:, )?)+):", ROOMS, flags=re.M)
    named = [room for head in heads for room in re.findall(r"`(\w+)`", head)]
    assert sorted(named) == sorted(room for rooms in road() for room in rooms)


def flat(text):
    return " ".join(text.split())


def plain(text):
    return text.replace("\u00a0", " ")
