"""Snapshots of a small book: of its data and text on any day, of its site, and the command."""

import csv
import json
import shutil

import hostile
import jsonschema
import nbformat
import pytest
import small
import yaml
from click.testing import CliRunner
from lxml import html

from clashbook import cli
from clashbook.figures import exhibit
from clashbook.pipeline import snapshots
from clashbook.website import differences, told
from clashbook.website.changes import CAME, GONE
from clashbook.website.snapshots import SnapshotError, snapshot_of

TOLL = "2022-09-killed-military-arm"
SECOND = "Killed, soldiers, Armenia: 105 (Government of Armenia, 15 September 2022)"
REPLACED = f"{SECOND} replaces 49 (Government of Armenia, 13 September 2022)"
PAGE = f"""# Cite

{{number}}`{TOLL}` were killed,
says {{claim}}`the paper <first>`.

:::{{holds}} {TOLL}.low > 100
More than a hundred.
:::

:::{{until}} 2022-09-15
Nothing {{claim}}`more <first>` yet.
:::

A quiet {{claim}}`line <july>`.
"""


@pytest.fixture
def project(tmp_path, request):
    made = hostile.project(tmp_path, request.config.rootpath, small.tables())
    (made.prose / "cite.md").write_text(PAGE, encoding="utf-8")
    return made


def of(project, day, folder="data"):
    edition = snapshots.edition_of(project.config, project.config.root / folder, day)
    return snapshots.snapshot_of(edition)


@pytest.fixture
def found(project):
    return differences.compare(of(project, "2022-09-14"), of(project, "2022-09-15"))


def test_two_days_differ_by_the_claim_that_was_new_and_the_toll_moves_by_its_rule(found):
    assert [(row.key, row.kind) for row in found.of_table("claims")] == [("second", CAME)]
    moved = {toll.id: toll for toll in found.tolls}
    assert (moved[TOLL].before, moved[TOLL].after) == ("49", "105")
    words = [cause.words for cause in moved[TOLL].causes]
    assert words == [f"{REPLACED}, by rule 2 (Update)"]
    (number,) = [number for number in found.numbers if number.id == TOLL]
    assert number.pages == ("cite.html",)


def test_conditions_and_days_flip_with_file_and_line(found):
    flips = {(flip.condition.place, flip.condition.name): flip.is_met for flip in found.flips}
    assert flips == {("cite.md line 6", "holds"): True, ("cite.md line 10", "until"): False}
    (words,) = [flip.condition.words for flip in found.flips if flip.is_met]
    assert words == "More than a hundred."


def test_each_paragraph_that_refers_to_what_differs_is_named_guarded_or_not(found):
    places = {touched.newest.place: touched for touched in found.paragraphs}
    assert {"cite.md line 3", "cite.md line 7"} <= places.keys()
    assert "cite.md line 14" not in places
    assert places["cite.md line 3"].newest.words == "105 were killed, says the paper."
    assert places["cite.md line 7"].of == (f"number-{TOLL}",)


def test_data_of_an_earlier_version_are_read_or_refused_in_one_line(project):
    root = project.config.root
    shutil.copytree(root / "data", root / "earlier")
    package = json.loads((root / "earlier" / "datapackage.json").read_text(encoding="utf-8"))
    package |= {"version": "0.0.1"}
    del package["versions"]
    package["resources"] = [
        resource for resource in package["resources"] if resource["name"] != "elsewhere"
    ]
    (root / "earlier" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = differences.compare(of(project, "", "earlier"), of(project, ""))
    assert found.versions[0] == "0.0.1"
    assert [(row.table, row.key) for row in found.rows] == [("elsewhere", "forty-nine")]
    assert found.tolls == ()


def test_a_sentence_that_refers_to_a_row_that_is_gone_is_told_and_not_refused(project):
    rows = small.tables()
    rows["claims"] = [row for row in rows["claims"] if row["claim_id"] != "july"]
    rows["alternatives"] = []
    small.write(project.config.root / "fewer", rows)
    found = differences.compare(of(project, ""), of(project, "", "fewer"))
    assert [(row.key, row.kind) for row in found.of_table("claims")] == [("july", GONE)]
    assert "cite.md line 14" in {touched.newest.place for touched in found.paragraphs}


def test_the_words_of_a_site_are_the_same_though_spaces_differ(tmp_path):
    site = written_site(tmp_path, "<p id='at-1'>It is <a href='claims.html#a'>a&nbsp;b</a>.</p>")
    (paragraph,) = snapshot_of(site).paragraphs
    assert paragraph.place == "index.html#at-1"
    assert paragraph.words == "It is a b."
    assert paragraph.written == "It is {a}."
    assert paragraph.refers_to == {"a"}


def test_a_number_in_a_site_is_known_by_its_card_too(tmp_path):
    link = "<a href='claims.html#first'><span data-card='number-killed'>49</span></a>"
    (paragraph,) = snapshot_of(written_site(tmp_path, f"<p>{link} killed</p>")).paragraphs
    assert paragraph.refers_to == {"first", "number-killed"}
    assert paragraph.written == "{number-killed} killed"


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td><ul><li>{}</li></ul></td></tr></table>",
        "<details class='exhibit-sources'><p>{}</p></details>",
        "<details class='known-by-day'><ol><li><p>{}</p></li></ol></details>",
        "<div class='exhibit-cite'><p>{}</p></div>",
    ],
)
def test_what_lists_the_data_or_is_to_be_copied_is_no_paragraph(tmp_path, text):
    site = written_site(tmp_path, text.format("<a href='claims.html#first'>49</a>"))
    assert snapshot_of(site).paragraphs == ()


def test_a_site_of_an_earlier_version_says_what_it_lacks(tmp_path):
    snapshot = snapshot_of(written_site(tmp_path, ""))
    assert {"numbers", "tables", "exhibits"} <= {*snapshot.lacking}
    found = differences.compare(snapshot, snapshot)
    assert found.is_empty
    assert "the numbers of the text" in found.not_compared[0]


def test_a_claim_whose_toll_is_on_no_page_is_left_out_by_the_rule_that_its_own_page_says(tmp_path):
    written_site(tmp_path, "")
    said = "<p>Not counted, <a>rule&nbsp;2</a>: its side gave a newer count.</p><p>Words.</p>"
    counted = "<p>Counted in: killed, Armenia: 49.</p>"
    rows = f"<tr id='old'><td>{said}</td></tr><tr id='new'><td>{counted}</td></tr>"
    (tmp_path / "claims.html").write_text(f"<table>{rows}</table>", encoding="utf-8")
    reason = {"rule": 2, "reason": "its side gave a newer count", "by": ()}
    assert snapshot_of(tmp_path).left_out == {"old": reason}


def test_all_claims_that_no_toll_counts_are_known_of_data_by_rule_and_reason(project):
    left = of(project, "2022-09-15").left_out["first"]
    assert left == {"rule": 2, "reason": "its side gave a newer count", "by": ("second",)}


def written_site(folder, text):
    marker = {"as_of": "2022-09-14", "version": "0.1.0", "title": "Small"}
    (folder / ".clashbook").write_text(json.dumps(marker), encoding="utf-8")
    page = f"<article class='bd-article'>{text}</article>"
    (folder / "index.html").write_text(page, encoding="utf-8")
    assert html.document_fromstring(page) is not None
    return folder


def test_a_folder_that_is_no_site_is_refused(tmp_path):
    with pytest.raises(SnapshotError, match="is not a site"):
        snapshot_of(tmp_path)


def test_a_damaged_site_is_refused_in_one_line(tmp_path):
    site = written_site(tmp_path, "")
    (site / "numbers.json").write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"is damaged; restore it from a copy$"):
        snapshot_of(site)


@pytest.fixture
def run(project, monkeypatch):
    monkeypatch.chdir(project.config.root)
    return lambda *given: CliRunner().invoke(cli.main, ["diff", *given, "--no-exhibits"])


def test_the_command_says_what_differs_in_lines(run):
    result = run("2022-09-14", "2022-09-15")
    assert result.exit_code == 0
    moved = f"  Killed, soldiers, Armenia, September 2022: 49 → 105 [{TOLL}]\n"
    reason = f"      {REPLACED}, by rule 2 (Update) [first, second]\n"
    assert moved + reason in result.stdout
    assert f"+ {SECOND} [second]\n" in result.stdout
    assert "cite.md line 6: holds" in result.stdout


def test_the_command_says_that_nothing_differs(run):
    result = run("data@2022-09-15", "2022-09-15")
    assert result.exit_code == 0
    assert result.stdout.endswith("nothing differs\n")


def test_the_json_keeps_to_its_schema_and_says_the_same(run, found):
    result = run("2022-09-14", "2022-09-15", "--json")
    content = json.loads(result.stdout)
    jsonschema.validate(content, exhibit.SCHEMAS["schemas/differences.json"])
    assert content == json.loads(json.dumps(told.in_json(found)))


@pytest.fixture
def corrected(project):
    """The project in which a claim was misread, and its data mended in a newer version."""
    root = project.config.root
    rows = small.tables()
    rows["claims"][1] |= dict.fromkeys(("low", "best", "high"), "150")
    rows["corrections"] = []
    small.write(root / "earlier", rows)
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    package["version"] = "99.0.0"
    package["versions"].append({"version": "99.0.0", "created": package["created"][:10]})
    (root / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return root


def rows_of(root):
    with (root / "data" / "corrections.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_command_writes_which_numbers_moved_with_a_new_correction(corrected, run):
    result = run("earlier", "--corrections")
    assert result.exit_code == 0, result.output
    assert result.stdout == "corrections.csv: rows written: 1\n"
    (row,) = rows_of(corrected)
    assert (row["version"], row["moved"]) == ("99.0.0", f"{TOLL}: 150, now 105")
    assert small.check(corrected / "data") == ([], [])


def test_a_correction_with_which_no_number_moved_says_none(corrected, run, project):
    (project.prose / "cite.md").write_text("# Cite\n\nNothing.\n", encoding="utf-8")
    run("earlier", "--corrections")
    assert rows_of(corrected)[0]["moved"] == "none"


def test_corrections_that_were_published_before_stay_as_they_are(corrected, run):
    shutil.copy(corrected / "data" / "corrections.csv", corrected / "earlier")
    before = (corrected / "data" / "corrections.csv").read_bytes()
    assert run("earlier", "--corrections").stdout == "corrections.csv: rows written: 0\n"
    assert (corrected / "data" / "corrections.csv").read_bytes() == before


def test_corrections_of_the_same_version_are_refused_in_one_line(project, run):
    result = run("2022-09-14", "--corrections")
    assert result.exit_code == 1
    assert "name what was published in an earlier version" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_corrections_are_written_into_the_project_alone(run):
    result = run("2022-09-14", "2022-09-15", "--corrections")
    assert result.exit_code == 2
    assert "leave out B" in result.stderr


@pytest.mark.parametrize("given", ["nowhere", "2022-13-45", "book", "nowhere@2022-09-14"])
def test_what_is_nothing_to_compare_is_bad_usage_in_one_line(run, given):
    result = run(given)
    assert result.exit_code == 2
    assert "is neither a day, a folder of data nor a site" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_day_that_the_data_do_not_reach_is_refused_in_one_line(run):
    result = run("9999-12-31")
    assert result.exit_code != 0
    assert "9999-12-31" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_notebooks_make_the_exhibits_of_both_sides(project, monkeypatch):
    monkeypatch.chdir(project.config.root)
    (project.prose / "cite.md").write_text("# Cite\n\nNothing.\n", encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["diff", "2022-09-14", "2022-09-15"])
    assert result.exit_code == 0, result.output
    assert "~ said (chapter.html)" in result.stdout
    assert "      rows: 1 new, 0 no longer there" in result.stdout


def test_a_notebook_that_fails_on_other_data_takes_its_own_figures_alone(project, monkeypatch):
    monkeypatch.chdir(project.config.root)
    (project.prose / "cite.md").write_text("# Cite\n\nNothing.\n", encoding="utf-8")
    code = "assert len(data.claims) > 5\nbook.table('other', data.claims, title='O', alt='O')"
    nbformat.write(hostile.notebook(code), project.config.root / "notebooks" / "other.ipynb")
    (project.prose / "index.md").write_text("# Index\n\nWords.\n", encoding="utf-8")
    contents = yaml.safe_load((project.prose / "_toc.yml").read_text(encoding="utf-8"))
    contents["chapters"].append({"file": "other"})
    (project.prose / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["diff", "2022-09-14", "2022-09-15"])
    assert result.exit_code == 0, result.output
    assert "the figures and tables of other.html, whose notebook failed" in result.stdout
    assert "~ said (chapter.html)" in result.stdout
