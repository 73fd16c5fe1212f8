import io
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import sleep

import nbformat
import pandas as pd
import pytest
import small
import yaml
from filelock import FileLock
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from clashbook import config, files
from clashbook.about import PAPERS
from clashbook.pipeline import stage, steps, tasks
from clashbook.pipeline.edition import PAGES, Edition
from clashbook.website import assemble
from clashbook.website.pdf import writing

ROOT = Path(__file__).parent.parent
KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}


# The steps that follow once the site is in place.
PDF = ("PDF", "site with PDF")


def papers(folder):
    """What stands for the PDFs."""
    for name in PAPERS:
        (folder / f"{name}.pdf").write_text(name)


def notebook(code, *, tables, domains=(), parameters='data_dir = "../data"\nas_of = ""'):
    cells = [
        new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        new_code_cell("from pathlib import Path\nfiles = list(Path(data_dir).iterdir())"),
        new_code_cell(code),
    ]
    reads = {"tables": list(tables), "domains": list(domains)}
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL, "clashbook": reads})


class Project:
    """A small project on the book's own data: two notebooks, one page."""

    def __init__(self, root, data=None):
        self.root = root
        if data:
            small.write(root / "data", data)
        else:
            shutil.copytree(ROOT / "data", root / "data")
        for folder in ("book/_static", "notebooks"):
            (root / folder).mkdir(parents=True)
        settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
        self.settings = {"title": "Small", "clashbook": settings["clashbook"]}
        # Its one page is not where the book's own addresses led.
        self.settings["clashbook"] |= {"notebooks": {}, "redirects": {}, "cut": {}}
        self.configure()
        for name in ("requirements.txt", *assemble.LICENCES):
            (root / name).write_text("pandas==3\n", encoding="utf-8")
        self.prose("The book, as known on {number}`as-of`.")
        self.contents("casualties", "economy")
        self.save("casualties", notebook("len(files)", tables=["claims"], domains=["casualties"]))
        self.save(
            "economy",
            notebook("len(files)", tables=["series", "observations"], domains=["economy"]),
        )

    def configure(self, **notebooks):
        self.settings["clashbook"]["notebooks"] = notebooks
        text = yaml.safe_dump(self.settings)
        (self.root / "_config.yml").write_text(text, encoding="utf-8")

    def prose(self, text):
        (self.root / "book" / "index.md").write_text(f"# Small\n\n{text}\n", encoding="utf-8")

    def contents(self, *chapters):
        listed = {"root": "index", "chapters": [{"file": name} for name in chapters]}
        text = yaml.safe_dump({"format": "jb-book", **listed})
        (self.root / "book" / "_toc.yml").write_text(text, encoding="utf-8")

    def save(self, name, content):
        nbformat.write(content, self.root / "notebooks" / f"{name}.ipynb")

    def edit(self, table, change):
        path = self.root / "data" / f"{table}.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        change(frame)
        frame.to_csv(path, index=False, lineterminator="\n")

    def edition(self, out="site", as_of=""):
        found = config.read(self.root)
        return Edition(found, self.root / "data", self.root / out, as_of)

    def build(self, out="site", as_of="", *, pdf=True):
        """Build, and return whether it went well and what it said."""
        said = io.StringIO()
        went_well = tasks.build(self.edition(out, as_of), jobs=3, stream=said, pdf=pdf)
        return went_well, said.getvalue()

    def ran(self, *arguments, **options):
        """Build, and return the tasks that were not up to date."""
        went_well, said = self.build(*arguments, **options)
        assert went_well, said
        done = [line.split("  ", 1)[1] for line in said.splitlines() if " of " in line[:8]]
        return [line.split(":")[0] for line in done if not line.endswith("up to date")]


def quicken(monkeypatch):
    """Leave out of a build what is tested elsewhere and takes its time."""

    def render(staged, target, *_given):
        # Jupyter Book's part is tested on the finished site, in tests/book.
        pages = files.fresh(target / PAGES)
        for page in [*staged.glob("*.md"), *staged.glob("*.ipynb")]:
            shutil.copy(page, (pages / page.name).with_suffix(".html"))

    def cut_typeface(edition):
        (files.fresh(edition.typeface) / "regular.woff2").write_bytes(b"letters")

    def count_choices(edition):
        (files.fresh(edition.counts) / "count.js").write_text("count")
        (edition.facts / "choices.json").write_text("[]")

    def make_cards(edition):
        (files.fresh(edition.cards) / "card.js").write_text("card")

    monkeypatch.setattr(stage, "render", render)
    monkeypatch.setattr(tasks.engine, "lacking", lambda: "")
    # Kernels that are run begin one by themselves.
    monkeypatch.setattr(tasks.warm, "start", lambda **_: None)
    monkeypatch.setattr(writing, "write_apart", lambda folder, *_: papers(folder))
    monkeypatch.setattr(steps, "cut_typeface", cut_typeface)
    monkeypatch.setattr(steps, "count_choices", count_choices)
    monkeypatch.setattr(steps, "make_cards", make_cards)
    # The few pages that it renders have no styles and scripts to gather.
    monkeypatch.setattr(assemble.trim, "finish", lambda *_: None)
    monkeypatch.setattr(Edition, "tools", "as they are")


@pytest.fixture
def project(tmp_path, monkeypatch):
    quicken(monkeypatch)
    return Project(tmp_path)


def content(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_first_build_runs_every_task_and_a_second_none(project):
    tasks = ["check", "numbers", "notebook casualties", "notebook economy", "cards", "typeface"]
    tasks += ["counts", "stage", "pages", "site", *PDF]
    assert sorted(project.ran()) == sorted(tasks)
    assert project.ran() == []
    site = project.root / "site"
    assert json.loads((site / "numbers.json").read_text())["numbers"][0]["id"] == "as-of"
    assert (site / "data" / "claims.csv").is_file()
    assert (site / "casualties.html").is_file()


def test_what_a_refused_build_did_not_touch_is_not_made_again(project):
    sound = (project.root / "data" / "claims.csv").read_bytes()
    project.build()
    project.edit("claims", lambda claims: claims.insert(0, "surplus", "x"))
    went_well, said = project.build()
    assert not went_well
    assert "site: not run" in said
    (project.root / "data" / "claims.csv").write_bytes(sound)
    assert project.ran() == []


def test_what_a_refused_build_had_changed_is_made_again(project):
    project.build()
    project.prose("The book: {number}`nothing`.")
    assert not project.build()[0]
    project.prose("The book, still as known on {number}`as-of`.")
    assert project.ran() == ["numbers", "stage", "pages", "site", *PDF]


def test_a_second_build_of_the_same_site_waits_for_the_first(project):
    edition, said = project.edition(), io.StringIO()
    edition.lock.parent.mkdir()
    second = Thread(target=tasks.build, args=(edition, 3, said))
    with FileLock(edition.lock):
        second.start()
        while second.is_alive() and "\n" not in said.getvalue():
            sleep(0.01)
        assert said.getvalue() == "another build of site/ is running; waiting for it\n"
        assert not edition.work.exists()
    second.join()
    assert edition.out.is_dir()


def test_folders_whose_names_share_a_beginning_have_locks_of_their_own(project):
    first, second = project.edition("book-1.0"), project.edition("book-1.1")
    assert first.lock != second.lock


def test_progress_says_what_runs_and_how_many_are_left(project):
    _, said = project.build()
    assert "1 of 12  check: " in said
    assert "notebook economy …" in said
    assert "12 of 12  site with PDF: " in said


def test_a_changed_casualty_claim_does_not_rerun_the_economy(project):
    project.build()

    def reword(claims):
        killed = claims.index[claims["indicator"] == "killed"][0]
        claims.loc[killed, "note"] = "another wording"

    project.edit("claims", reword)
    ran = project.ran()
    assert "notebook casualties" in ran
    assert "notebook economy" not in ran
    assert ran[-1] == "site with PDF"


def test_changed_prose_reruns_no_notebook(project):
    project.build()
    project.prose("Another sentence.")
    # It names no number, so that another card falls away.
    ran = project.ran()
    assert sorted(ran) == sorted(["numbers", "stage", "pages", "cards", "site", *PDF])
    # No page is made from a card: both are made at once.
    assert ran.index("cards") > ran.index("stage")


def test_a_changed_parameter_reruns_its_notebook_alone(project):
    year = 'data_dir = "../data"\nas_of = ""\nyear = 2020'
    project.save(
        "economy", notebook("year", tables=["series"], domains=["economy"], parameters=year)
    )
    project.build()
    project.configure(economy={"parameters": {"year": 2021}})
    ran = project.ran()
    assert "notebook economy" in ran
    assert "notebook casualties" not in ran


def test_a_changed_colour_reruns_what_is_drawn(project):
    project.build()
    project.settings["clashbook"]["parties"]["ARM"]["colour"] = "#123456"
    project.configure()
    assert "notebook economy" in project.ran()


def test_a_changed_lock_is_another_set_of_tools(tmp_path):
    edition = Edition(config.read(ROOT), ROOT / "data", tmp_path / "site")
    (tmp_path / "requirements.txt").write_text("pandas==3\n")
    elsewhere = replace(edition, config=replace(edition.config, root=tmp_path))
    assert edition.tools != elsewhere.tools


def test_two_editions_do_not_undo_each_other(project):
    project.build()
    assert "notebook casualties" in project.ran("early", "2020-07-16")
    assert project.ran() == []
    assert project.ran("early", "2020-07-16") == []


def test_another_edition_in_the_same_folder_replaces_the_site(project):
    project.build()
    project.build("site", "2020-07-16")
    early = files.marker_of(project.root / "site")
    assert (early["as_of"], early["latest"]) == ("2020-07-16", False)
    later = project.edition().data.as_of if project.ran() else ""
    late = files.marker_of(project.root / "site")
    assert (late["as_of"], late["latest"]) == (later, True)


def test_a_site_that_was_removed_is_put_back(project):
    project.build()
    shutil.rmtree(project.root / "site")
    assert project.ran() == ["site with PDF"]
    shutil.rmtree(project.root / "site")
    *_, last = said = project.build()[1].splitlines()
    assert [line for line in said if line.startswith("open ")] == [last]


def test_the_site_has_report_fact_sheet_and_annex_as_pdfs_and_says_where(project):
    project.build()
    site = project.root / "site"
    about = files.marker_of(site)
    stem = f"claims-and-counts-{about['as_of']}-v{about['version']}"
    assert about["pdf"] == f"{stem}.pdf"
    written = {path.name: path.read_bytes() for path in site.glob("*.pdf")}
    made = {"-annex": b"annex", "-fact-sheet": b"sheet", "": b"report"}
    assert written == {
        f"{name}{end}.pdf": content
        for end, content in made.items()
        for name in (stem, "claims-and-counts")
    }


def lines(said, name):
    """The places in what a build said of the lines that say how a step ended."""
    return [at for at, line in enumerate(said.splitlines()) if f"  {name}: " in line]


def test_the_site_is_in_place_and_said_to_be_before_its_pdf_is_written(project, monkeypatch):
    there = []

    def write(folder, *_):
        there.extend([content(project.root / "site"), list((project.root / "site").glob("*.pdf"))])
        papers(folder)

    monkeypatch.setattr(writing, "write_apart", write)
    went_well, said = project.build()
    assert went_well
    before, pdf = there
    assert Path("index.html") in before
    assert pdf == []
    opens = [at for at, line in enumerate(said.splitlines()) if line.startswith("open ")]
    (site,), (written,) = lines(said, "site"), lines(said, "PDF")
    assert opens == [site + 1, len(said.splitlines()) - 1]
    assert opens[0] < written


@pytest.mark.parametrize("fault", [files.SiteError("ours"), MemoryError("ours"), OSError("ours")])
def test_where_the_pdf_fails_the_site_stands_and_the_line_says_so(project, monkeypatch, fault):
    def fails(*_):
        raise fault

    monkeypatch.chdir(project.root)
    with monkeypatch.context() as patch:
        patch.setattr(writing, "write_apart", fails)
        went_well, said = project.build()
    assert not went_well
    assert "ours\nthe site is built, without a PDF: site/\n" in said
    assert files.marker_of(project.root / "site")["pdf"] == ""
    assert project.ran() == [*PDF]


def test_a_build_without_the_pdf_is_the_same_before_and_after_one_with_it(project):
    project.build(pdf=False)
    site = content(project.root / "site")
    assert project.ran(pdf=False) == []
    assert project.ran() == [*PDF]
    with_pdf = content(project.root / "site")
    assert project.ran() == []
    assert project.ran(pdf=False) == ["site"]
    assert content(project.root / "site") == site
    assert project.ran() == ["site with PDF"]
    assert content(project.root / "site") == with_pdf
    assert {path.suffix for path in with_pdf.keys() - site.keys()} == {".pdf"}


def test_without_the_engine_of_the_pdf_one_line_says_so_and_all_else_is_made(project, monkeypatch):
    monkeypatch.setattr(tasks.engine, "lacking", lambda: "no PDF: install libpango")
    went_well, said = project.build()
    assert went_well
    assert said.splitlines()[0] == "no PDF: install libpango"
    assert said.count("PDF") == 1
    assert not list((project.root / "site").glob("*.pdf"))
    assert files.marker_of(project.root / "site")["pdf"] == ""


def test_once_the_engine_is_there_the_pdf_is_made_and_nothing_before_it(project, monkeypatch):
    monkeypatch.setattr(tasks.engine, "lacking", lambda: "no PDF: install libpango")
    project.build()
    monkeypatch.setattr(tasks.engine, "lacking", lambda: "")
    assert project.ran() == [*PDF]
    assert len(list((project.root / "site").glob("*.pdf"))) == 2 * len(PAPERS)


def test_a_failing_notebook_is_one_line_and_leaves_the_last_good_site(project, monkeypatch):
    monkeypatch.chdir(project.root)
    project.build()
    before = content(project.root / "site")
    project.save(
        "economy",
        notebook('raise ValueError("no such month")', tables=["series"], domains=["economy"]),
    )
    project.save(
        "casualties", notebook("len(files) + 1", tables=["claims"], domains=["casualties"])
    )
    went_well, said = project.build()
    assert not went_well
    line = next(line for line in said.splitlines() if "ValueError" in line)
    start, to_open = line.split("; open ")
    assert start == "notebook economy, cell 3: ValueError: no such month"
    assert nbformat.read(to_open, as_version=4).cells[-1].outputs[0].ename == "ValueError"
    assert "Traceback" not in said
    assert "site: not run" in said
    assert content(project.root / "site") == before
    # The other notebook was not held up.
    assert "notebook casualties: " in said
    assert "notebook casualties: not run" not in said


def test_a_kernel_that_dies_is_one_line(project):
    project.save(
        "economy", notebook("import os\nos._exit(1)", tables=["series"], domains=["economy"])
    )
    _, said = project.build()
    assert "notebook economy, cell 3: DeadKernelError: Kernel died; open " in said
    assert "Traceback" not in said


def test_a_notebook_runs_again_once_it_is_mended(project):
    project.save("economy", notebook("1 / 0", tables=["series"], domains=["economy"]))
    project.build()
    project.save("economy", notebook("1 / 1", tables=["series"], domains=["economy"]))
    assert "notebook economy" in project.ran()
    work = project.edition().work
    assert not list(work.glob("notebooks/*.failed.ipynb"))


def test_executed_notebooks_repeat_byte_for_byte_and_name_no_folder(project):
    project.build()
    executed = project.edition().executed("economy")
    first = executed.read_bytes()
    project.build("other")
    assert project.edition("other").executed("economy").read_bytes() == first
    assert os.fsencode(project.root) not in first
    assert b"papermill" not in first


def test_the_injected_parameters_are_hidden_and_keep_the_day(project):
    project.build("early", "2020-07-16")
    cell = nbformat.read(project.edition("early").executed("economy"), as_version=4).cells[1]
    assert "remove-cell" in cell.metadata.tags
    assert cell.source == '# Parameters\nas_of = "2020-07-16"\n'


def test_a_cell_that_holds_from_a_later_day_is_left_out(project):
    late = notebook("0", tables=["claims"], domains=["casualties"])
    words = new_markdown_cell("Years later.", metadata={"clashbook": {"from": "2022-09-13"}})
    late.cells.append(words)
    project.save("casualties", late)
    project.build()
    project.build("early", "2020-07-16")
    assert b"Years later" in project.edition().executed("casualties").read_bytes()
    assert b"Years later" not in project.edition("early").executed("casualties").read_bytes()


def test_problems_of_data_settings_and_notebooks_are_reported_at_once_before_any_runs(project):
    project.edit("claims", lambda claims: claims.__setitem__("party", "nobody"))
    project.configure(economy={"parameters": {"yaer": 2020}}, econmy={"parameters": {}})
    went_well, said = project.build()
    assert not went_well
    assert 'economy.ipynb, "yaer": the notebook has no such parameter; write ' in said
    assert "_config.yml, clashbook.notebooks.econmy: no such notebook; write " in said
    assert "claims.csv line 2, column party" in said
    assert "notebook economy: not run" in said
    assert not (project.root / ".build").exists()
    assert not (project.root / "site").exists()


def test_an_unknown_table_or_domain_is_refused_with_the_nearest(project):
    project.save("economy", notebook("0", tables=["observation"], domains=["casualty"]))
    _, said = project.build()
    assert 'economy.ipynb, "observation": no such table; write observations' in said
    assert 'economy.ipynb, "casualty": no such domain; write casualties' in said


def test_a_notebook_that_reads_claims_of_no_domain_is_refused(project):
    project.save("economy", notebook("0", tables=["claims", "episodes"]))
    _, said = project.build()
    assert (
        'economy.ipynb, "claims": is empty, because no domain is named; write "domains": [' in said
    )


def test_a_missing_licence_is_one_line_before_any_work(project):
    (project.root / "LICENSE-data").unlink()
    went_well, said = project.build()
    assert not went_well
    assert "LICENSE-data: is missing; write the terms into a file of this name" in said
    assert "numbers: not run" in said


def test_a_notebook_that_does_not_say_what_it_reads_is_refused(project):
    project.save("economy", new_notebook(cells=[], metadata={"kernelspec": KERNEL}))
    _, said = project.build()
    assert "economy.ipynb: its metadata do not say what it reads" in said


def test_settings_that_the_data_do_not_bear_out_are_refused(project):
    parties = project.settings["clashbook"]["parties"]
    project.settings["clashbook"]["focus"] = ["2020-08"]
    parties["ZZZ"] = parties.pop("AZE")
    project.configure()
    _, said = project.build()
    assert '_config.yml, clashbook.focus, "2020-08": no such clash; write 2020-0' in said
    assert '_config.yml, clashbook.parties, "ZZZ": no such belligerent' in said
    assert '_config.yml, clashbook.parties, "AZE": a belligerent without a colour' in said


def test_a_number_that_nobody_declared_stops_the_build_before_the_notebooks(project):
    project.prose("It was {number}`no-such-number`.")
    went_well, said = project.build()
    assert not went_well
    assert "no-such-number" in said
    assert "notebook economy: not run" in said


def test_typed_and_unknown_numbers_are_named_together(project):
    project.prose("Fifty were killed, of {number}`no-such-number`.")
    late = notebook(
        "book.table('tolls', title='Twice as many')", tables=["claims"], domains=["casualties"]
    )
    project.save("casualties", late)
    went_well, said = project.build()
    assert not went_well
    assert 'index.md line 3, "Fifty were": a typed number; write {number}' in said
    assert 'casualties.ipynb, cell 3 line 1, "Twice as": a typed number' in said
    assert "no-such-number" in said
    assert "notebook economy: not run" in said


def test_a_phrase_that_the_settings_allow_may_be_typed(project):
    project.prose("It is plan fifty-two.")
    assert not project.build()[0]
    project.settings["clashbook"]["allowed_in_prose"] = ["plan fifty-two"]
    project.configure()
    assert "numbers" in project.ran()


def test_a_report_may_use_few_of_the_numbers_that_there_are(project):
    project.prose("Nothing is counted here.")
    assert project.build()[0]


def test_a_sentence_whose_condition_does_not_hold_stops_the_build(project):
    project.prose(":::{holds} rows-of-claims < 1\nThere are no claims.\n:::")
    went_well, said = project.build()
    assert not went_well
    assert "index.md line 3: “There are no claims.” rests on" in said


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_out_refuses_what_it_did_not_make(project, kind):
    out = project.root / "mine"
    if kind == "folder":
        out.mkdir()
        (out / "thesis.txt").write_text("years of work")
    else:
        out.write_text("years of work")
    with pytest.raises(files.ForeignFolderError, match="was not made by clashbook"):
        project.build("mine")
    assert not (project.root / ".build").exists()


def test_out_takes_an_empty_folder(project):
    (project.root / "empty").mkdir()
    assert project.build("empty")[0]
    assert (project.root / "empty" / "index.html").is_file()


def test_a_fault_of_the_build_itself_shows_its_trace(project, monkeypatch):
    def broken(*_arguments):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(steps, "compute_numbers", broken)
    went_well, said = project.build()
    assert not went_well
    assert "Traceback" in said
    assert "ZeroDivisionError: ours" in said


def test_an_earlier_edition_is_told_nothing_of_later_rows(project):
    edition = project.edition(as_of="2020-07-16")
    steps.check_data(edition)
    later = "2022-09-aze-killed-military-13-sept-afp"
    assert later not in (edition.facts / "data" / "claims.csv").read_text()
