"""What pages and notebooks refer to, held against what is there before anything runs."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import hostile
import nbformat
import pytest
import small
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell

from clashbook import config
from clashbook.dataset.tables import DataError, load
from clashbook.pages import extension
from clashbook.pipeline import contents, manuscript, preflight, references
from clashbook.prose import markdown, markup
from clashbook.prose.numbers import Numbers

NAN = float("nan")
ROOT = Path(__file__).parents[1]
MARKDOWN = ["attrs_inline", "colon_fence", "deflist"]


def told(text):
    return [each[:3] for each in markdown.read(text, MARKDOWN).references]


def test_a_reference_is_found_with_its_line_in_text_lists_and_tables():
    text = "A {claim}`first`,\n{source}`words <paper>`.\n\n| {event}`start` |\n|--|\n\n- {ref}`x`\n"
    assert told(text) == [
        (1, "claim", "first"),
        (2, "source", "paper"),
        (4, "event", "start"),
        (7, "ref", "x"),
    ]


def test_a_link_and_an_anchor_are_found_and_an_address_written_out_is_none():
    text = "(here)=\n# Page\n\n[a](methods.md#rule-1), <https://a.example>, [b]{#c}\n"
    assert told(text) == [
        (1, "anchor", "here"),
        (1, "label", "here"),
        (2, "heading", "1"),
        (4, "link", "methods.md#rule-1"),
        (4, "anchor", "c"),
    ]


def test_what_stands_in_a_code_block_is_no_reference():
    assert told("```\n{claim}`first`\n```\n\n`` {claim}`first` ``\n") == []


def test_each_row_of_a_disagreement_is_found_with_its_line():
    options = "name: t\nrows: |\n  first second\n  s@2020-07\nrules: 5, 6"
    assert told(f":::{{disagreement}} T\n---\n{options}\n---\nX\n:::") == [
        (1, "directive", "disagreement"),
        (1, "anchor", "t"),
        (5, "row", "first"),
        (5, "row", "second"),
        (6, "row", "s@2020-07"),
        (1, "rule", "5"),
        (1, "rule", "6"),
    ]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return hostile.project(tmp_path_factory.mktemp("book"), ROOT, small.tables())


@pytest.fixture
def page(project):
    """Write a page anew, and give back what is said of it; afterwards it is as it was."""
    path = project.prose / "cite.md"
    before = path.read_text()

    def write(text, as_of=""):
        path.write_text(f"{before}\n{text}\n")
        parts = manuscript.read(project)
        data = project.data.cut(as_of) if as_of else project.data
        ids = manuscript.all_ids(project.data_dir, data.package)
        return list(map(str, references.problems(parts, Numbers(data), ids, project.prose)))

    yield write
    path.write_text(before)


def test_a_book_whose_references_all_lead_somewhere_has_no_problem(page):
    sound = (
        "{claim}`first` {event}`shells` {reaction}`calm` {source}`paper` {exhibit}`said` "
        "[m](methods.md#rule-1) [c](chapter.ipynb) [e](#two-counts) {ref}`rule-2` {doc}`claims` "
        "[f](_static/print.css) [w](https://a.example/b.md)"
    )
    assert page(sound) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{claim}`furst`", '"furst": no such claim; write first'),
        ("{claim}`FIRST`", '"FIRST": no such claim; write first'),
        ("{source}`papper`", '"papper": no such source; write paper'),
        ("{event}`first`", '"first": no such event; write'),
        ("{reaction}`words <clam>`", '"clam": no such reaction; write calm'),
        ("{exhibit}`sad`", '"sad": no notebook makes this exhibit; write said'),
        ("```{exhibit} sayd\n```", '"sayd": no notebook makes this exhibit; write said'),
        ("[x](method.md)", '"method.md": no such page; write methods'),
        ("[x](methods.md#rule-99)", '"methods.md#rule-99": no such anchor in methods; write rule-'),
        ("[x](#two-count)", '"#two-count": no such anchor; write two-counts'),
        ("[x](claims.html)", '"claims.html": no such file; write a page of book/ or notebooks/'),
        ("{ref}`rule-99`", "no such anchor"),
        ("{doc}`claim`", '"claim": no such page; write claims'),
        (":::{from} tomorrow\nX.\n:::", '"tomorrow": is not a date; write it as 2022-09-13'),
        (":::{disagreement} T\nX.\n:::", "a disagreement without name"),
        ("```{figure} none.png\n```", '"none.png": no such file; write a page of book/'),
        ("Berd 中国", '"中": is not in the typefaces of the book; write Latin'),
        ("{clame}`first`", '"clame": no such role; write claim'),
        ("{row}`first`", '"row": no such role; write '),
        ("```{claims-tabel}\n```", '"claims-tabel": no such directive; write claims-table'),
        (":::{hold} a = 1\nX.\n:::", '"hold": no such directive; write holds'),
    ],
)
def test_a_reference_that_leads_nowhere_is_one_line_with_page_line_and_way_out(page, text, said):
    found = page(text)
    assert found[0].startswith("cite.md line 6, ")
    assert said in found[0]
    assert len(found) == (2 if "disagreement" in text else 1)


HELD = ":::{holds} said-first > 99\nMany.\n:::"
ELSE = ":::{else}\nFew.\n:::"


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        (ELSE, 6, "does not come right after a {holds}"),
        (f"{HELD}\n\nWords.\n\n{ELSE}", 12, "does not come right after a {holds}"),
        (f"{HELD}\n\n{ELSE}\n\n{ELSE}", 14, "does not come right after a {holds}"),
        (f"{HELD}\n{ELSE.replace('}', '} a > b')}", 9, "has a condition"),
        (":::{from} 1990-01-01\nX.\n:::\n" + ELSE, 9, "does not come right after a {holds}"),
    ],
)
def test_an_else_that_is_out_of_place_is_refused(page, text, line, fault):
    assert page(text) == [
        f"cite.md line {line}: an {{else}} that {fault}; "
        "write :::{else} alone, right after the end of a :::{holds}"
    ]


def test_with_an_else_a_condition_that_does_not_hold_is_no_fault(project):
    path = project.prose / "cite.md"
    before = path.read_text()
    path.write_text(f"{before}\n{HELD}\n\n{ELSE}\n")
    assert preflight.checked_texts(project)
    assert "Few." in preflight.texts(project)["cite.md"]
    assert "Many." not in preflight.texts(project)["cite.md"]
    assert preflight.checked_editions(project) is not None
    path.write_text(f"{before}\n{HELD.replace('said', 'sed')}\n\n{ELSE}\n")
    with pytest.raises(preflight.TextError, match="'sed-first' is not declared"):
        preflight.checked_texts(project)
    path.write_text(before)


def test_a_page_may_use_all_that_the_book_and_docutils_have(page):
    assert {*extension.ROLES} <= markup.ALL_ROLES
    assert {*extension.DIRECTIVES} == markup.OWN_DIRECTIVES
    assert page("H{sub}`2`O {kbd}`F1`\n\n```{note}\nWords.\n```\n\n```{rubric} Title\n```") == []


def test_every_missing_id_of_a_disagreement_is_named(page):
    rows = "name: t\nrows: |\n  gone first\n  lost\n  s@2020-13\nrules: 99"
    found = page(f":::{{disagreement}} T\n---\n{rows}\n---\nX.\n:::")
    assert [line.partition(":")[0] for line in found] == [
        'cite.md line 10, "gone"',
        'cite.md line 11, "lost"',
        'cite.md line 12, "s@2020-13"',
        'cite.md line 6, "99"',
    ]


def test_a_row_that_an_early_edition_does_not_know_is_refused_there_unless_its_passage_is_later(
    page, project
):
    claims = project.data.claims
    day, late = claims.reported_on.min(), claims.loc[claims.reported_on.idxmax()]
    link = f"{{claim}}`{late.claim_id}`"
    assert any("a row that is not known yet on" in line for line in page(link, day))
    passage = f":::{{from}} {late.reported_on}\n{link}\n:::"
    assert not any(late.claim_id in line for line in page(passage, day))


def test_the_words_of_an_entry_count_only_where_two_of_its_sides_are_known(page, project):
    claims = project.data.claims
    day, late = claims.reported_on.min(), claims.loc[claims.reported_on.idxmax()].claim_id
    early = claims.loc[claims.reported_on.idxmin()].claim_id
    words = f"---\nname: t\nrows: |\n  {early}\n  {late}\n---\n{{claim}}`{late}`"
    found = page(f":::{{disagreement}} T\n{words}\n:::", day)
    assert [line for line in found if line.startswith("cite.md")] == []


def test_every_edition_that_a_passage_begins_is_checked(page, project):
    days = sorted(set(project.data.claims.reported_on))
    (project.prose / "cite.md").write_text(
        f"# Cite\n\n:::{{from}} {days[1]}\n{{source}}`gone`\n:::\n\n"
        ":::{from} 1990-01-01\nOld.\n:::\n\n:::{from} 2999-01-01\nLate.\n:::\n"
    )
    with pytest.raises(preflight.TextError) as caught:
        preflight.checked_editions(project)
    assert str(caught.value).startswith(f"as known on {days[1]}: cite.md line 4, ")
    assert str(caught.value).count('"gone"') == 1
    (late,) = preflight.late_passages(project)
    assert late.startswith("what begins on 2999-01-01 is in no edition yet")


def test_a_reference_in_a_notebook_is_named_with_its_cell(project):
    path = project.notebooks["chapter"]
    before = path.read_text()
    content = nbformat.read(path, 4)
    content.cells.append(new_markdown_cell("Words\n{claim}`furst`."))
    nbformat.write(content, path)
    with pytest.raises(preflight.TextError) as caught:
        preflight.checked_texts(project)
    path.write_text(before)
    place = f"chapter.ipynb, cell {len(content.cells)} line 2"
    assert str(caught.value) == f'{place}, "furst": no such claim; write first'


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 1\nbook.figure(title=", 'line 2, "book.figure(title=": '),
        (
            "book.table('t', frame,\n  title='So {claim}`first`')",
            'line 2, "claim": not a role for captions, and would be shown as typed; '
            "write number or attribution",
        ),
    ],
)
def test_a_fault_in_the_code_of_a_cell_is_named_with_its_line(project, code, said):
    path = project.notebooks["chapter"]
    before = path.read_text()
    content = nbformat.read(path, 4)
    content.cells.append(new_code_cell(code))
    nbformat.write(content, path)
    with pytest.raises(ValueError, match="chapter") as caught:
        preflight.checked_texts(project)
    path.write_text(before)
    assert f"chapter.ipynb, cell {len(content.cells)} {said}" in str(caught.value)


def test_a_sentence_that_does_not_hold_is_named_with_its_cell(project):
    path = project.notebooks["chapter"]
    before = path.read_text()
    content = nbformat.read(path, 4)
    content.cells.append(new_markdown_cell("Words\n\n:::{holds} said-first > 99\nMany.\n:::"))
    nbformat.write(content, path)
    with pytest.raises(preflight.TextError) as caught:
        preflight.checked_texts(project)
    path.write_text(before)
    place = f"chapter.ipynb, cell {len(content.cells)} line 3"
    assert str(caught.value).startswith(f"{place}: “Many.” rests on 'said-first > 99', which ")


def test_episodes_in_another_order_than_that_of_time_are_refused(project):
    settings = replace(project.config, focus=["2022-09", "2020-07"])
    (line,) = map(str, preflight.config_problems(settings, project.data))
    assert line == (
        '_config.yml, clashbook.focus, "2022-09, 2020-07": not in order of time; '
        "write 2020-07, 2022-09"
    )


def test_sides_in_another_order_than_that_of_the_data_are_refused(project):
    settings = replace(project.config, parties=dict(reversed(project.config.parties.items())))
    (line,) = map(str, preflight.config_problems(settings, project.data))
    assert line == (
        '_config.yml, clashbook.parties, "AZE, ARM": not in the order of actors.csv; write ARM, AZE'
    )


def test_a_heading_that_leaves_a_level_out_is_named_with_its_line(page):
    (line,) = page("## One\n\n#### Two\n\n## Three\n\n### Four")
    assert line == "cite.md line 8: a heading of level 4 under one of level 2; write one of 3"


def test_an_anchor_that_two_places_have_is_named_with_both(page):
    (line,) = page("(rule-1)=\n## Rule")
    assert line == 'methods.md line 3, "rule-1": is also an anchor of cite.md line 6; ' + (
        "write another name"
    )


def test_a_page_begins_with_its_title(project):
    path = project.prose / "cite.md"
    before = path.read_text()
    path.write_text("## Cite\n")
    parts = manuscript.read(project)
    (line,) = map(str, references.problems(parts, Numbers(project.data), set(), project.prose))
    path.write_text(before)
    assert line == "cite.md line 1: a heading of level 2 that comes first; write one of 1"


def test_an_exhibit_that_is_made_twice_is_named_with_both_cells(project):
    path = project.notebooks["chapter"]
    before = path.read_text()
    content = nbformat.read(path, 4)
    at = next(i for i, cell in enumerate(content.cells, start=1) if '"days"' in cell.source)
    content.cells.append(new_code_cell('exhibit("days", None, said, kind="table", title="x")'))
    nbformat.write(content, path)
    with pytest.raises(preflight.TextError) as caught:
        preflight.checked_texts(project)
    path.write_text(before)
    assert str(caught.value) == (
        f'chapter.ipynb, cell {len(content.cells)}, "days": is also an exhibit of chapter.ipynb, '
        f"cell {at}; write another id for one of the two"
    )


@pytest.fixture
def toc(project):
    """Change the table of contents, and give back what is said; afterwards it is as it was."""
    path = project.prose / "_toc.yml"
    before = path.read_text()

    def change(to):
        path.write_text(to if isinstance(to, str) else yaml.safe_dump(to(yaml.safe_load(before))))
        return list(map(str, contents.problems(project)))

    yield change
    path.write_text(before)


def test_contents_that_fit_the_files_have_no_problem(toc):
    assert toc(lambda contents: contents) == []


def test_contents_that_name_no_file_are_refused_with_their_line(toc):
    (found,) = toc(lambda read: read | {"chapters": [*read["chapters"], {"file": "claimz"}]})
    assert found.startswith("_toc.yml line ")
    assert '"claimz": no such page or notebook; write claims' in found


def test_contents_that_name_a_file_twice_are_refused(toc):
    (found,) = toc(lambda read: read | {"chapters": [*read["chapters"], {"file": "cite"}]})
    assert found.startswith("_toc.yml: ")
    assert "used multiple times: 'cite'" in found


@pytest.mark.parametrize("text", ["- [", "root: 7", "words", "\x00"])
def test_contents_that_cannot_be_read_are_one_line(toc, text):
    (found,) = toc(text)
    assert found.startswith("_toc.yml")


@pytest.mark.parametrize(
    "name", ["book/draft.md", "notebooks/out.ipynb", "notebooks/a-Copy1.ipynb"]
)
def test_a_file_that_the_contents_do_not_name_is_refused(project, name):
    path = project.config.root / name
    path.write_bytes((project.config.root / "notebooks/chapter.ipynb").read_bytes())
    (found,) = contents.problems(replace(project))
    path.unlink()
    way_out = f"- file: {path.stem} into _toc.yml, or move the file away"
    assert str(found).startswith(f"{path.name}: is in {path.parent.name}/ but is not in _toc.yml")
    assert found.way_out == way_out


def test_a_page_that_is_no_text_is_one_line(project):
    path = project.prose / "draft.md"
    path.write_bytes(b"\xff\xfe words")
    with pytest.raises(
        DataError, match=r"^draft\.md: 'utf-8' codec can't decode .*UTF-8"
    ) as caught:
        manuscript.read(project)
    path.unlink()
    assert "\n" not in str(caught.value)


def test_a_folder_with_the_name_of_a_page_is_one_line(project):
    path = project.prose / "draft.md"
    path.mkdir()
    with pytest.raises(DataError, match=r"^draft\.md: Is a directory; write") as caught:
        manuscript.read(project)
    path.rmdir()
    assert "\n" not in str(caught.value)


@pytest.fixture
def chapter(project):
    """Change the notebook, and give back what is said; afterwards it is as it was."""
    path = project.notebooks["chapter"]
    before = path.read_text()

    def change(to):
        content = json.loads(before)
        path.write_text(to if isinstance(to, str) else json.dumps(to(content) or content))
        return list(map(str, preflight.notebook_problems(project)))

    yield change
    path.write_text(before)


@pytest.mark.parametrize(
    "block",
    [
        *("words", 7, None, [], {}, {"tables": {}}, {"tables": [7]}, {"tables": [{}]}),
        *({"tables": [], "domains": None}, {"tables": [], "domains": [None]}),
    ],
)
def test_metadata_of_a_wrong_kind_are_one_line_with_a_whole_way_out(chapter, block):
    (line,) = chapter(lambda content: content["metadata"].update(clashbook=block))
    assert line.startswith("chapter.ipynb: its metadata do not say what it reads; write ")
    assert line.endswith("names in lists")


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("words", "under clashbook are not a mapping"),
        ({"from": 7}, '"7": the day from of the cell is not a date; write "from": "20'),
        ({"from": None}, "is not a date"),
        ({"from": "tomorrow"}, '"tomorrow": the day from'),
        ({"until": "yesterday"}, '"yesterday": the day until of the cell is not a date'),
    ],
)
def test_metadata_of_a_cell_are_named_with_the_cell(chapter, block, said):
    (line,) = chapter(lambda content: content["cells"][1]["metadata"].update(clashbook=block))
    assert line.startswith("chapter.ipynb, cell 2")
    assert said in line


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        (["remove-inptu"], 'cell 2, "remove-inptu": no such tag; write remove-input'),
        (["raises-exception", "hide-input"], 'cell 2, "raises-exception": no such tag; write '),
    ],
)
def test_a_tag_that_no_page_knows_is_named_with_its_cell(chapter, tags, said):
    (line,) = chapter(lambda content: content["cells"][1]["metadata"].update(tags=tags))
    assert said in line


def test_a_notebook_that_another_editor_saved_for_another_kernel_has_no_problem(chapter):
    for spec in ({"name": "other", "display_name": "Other"}, {"name": "python3"}):
        assert chapter(lambda content, spec=spec: content["metadata"].update(kernelspec=spec)) == []
    assert chapter(lambda content: content["metadata"].pop("kernelspec") and None) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("gone.html", "methods.html", ""),
        ("gone.html", "methods.html#rule-2", ""),
        ("gone.html", "claims.html#first", ""),
        ("exhibits/gone.csv", "exhibits/said.csv", ""),
        ("claims.html#number-gone", "claims.html#number-as-of", ""),
        ("gone.html", "method.html", 'leads to "method.html", which is not in the site'),
        ("gone.html", "methods.html#rule-99", 'leads to "methods.html#rule-99", which is not in'),
        ("gone.html", "claims.html#furst", 'leads to "claims.html#furst", which is not in the'),
        ("exhibits/gone.csv", "exhibits/sad.csv", 'leads to "exhibits/sad.csv", which is not'),
        ("cite.html", "methods.html", "is an address of the site; remove the redirect"),
        ("exhibits/gone.csv", "methods.html", "a file of another kind"),
        ("lost.html#a", "methods.html", "there is no lost.html; write a redirect of the page"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_named_before_anything_is_built(project, old, new, said):
    settings = replace(project.config, redirects={old: new})
    edition = replace(project, config=settings)
    if not said:
        assert preflight.checked_texts(edition)
        return
    with pytest.raises(preflight.TextError) as caught:
        preflight.checked_texts(edition)
    assert str(caught.value).startswith(f'_config.yml, clashbook.redirects, "{old}": ')
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_notebook_that_is_no_json_is_named_with_its_line(chapter):
    (line,) = chapter('{\n "cells": [,]\n}')
    assert line.startswith("chapter.ipynb: not a notebook: ")
    assert "line 2, column 12; write one" in line


def test_an_as_of_that_is_no_text_is_refused_in_its_own_line(project):
    with pytest.raises(DataError, match=r'^as_of, "20220913": is not a date; write YYYY-MM-DD'):
        load(project.data_dir, 20220913)


# What is said once


def test_a_source_without_an_address_and_the_headline_that_hangs_on_it_are_named_once(tmp_path):
    rows = small.tables()
    for source in rows["sources"]:
        source["url"] = ""
    project = hostile.project(tmp_path, ROOT, rows)
    first = preflight.said_first(project, preflight.notices(project))
    assert any("has no web address, but claims cite it" in notice for notice in first)
    assert any("rests on" in notice for notice in first)
    assert preflight.said_first(project, preflight.notices(project)) == []
    assert preflight.said_first(project, ["something new"]) == ["something new"]


def noticed(folder, **changed):
    """What is said once of the small data, with some tables in place of its own."""
    data = load(small.write(folder))
    data = replace(data, tables=data.tables | changed)
    return [*preflight.notices(SimpleNamespace(data=data, config=config.read(ROOT)))]


def alone(data, **cells):
    """The one claim about a side, with some of its cells otherwise."""
    return data.claims[data.claims.claim_id == "other-side"].assign(**cells)


@pytest.mark.parametrize(
    ("kind", "cells", "said"),
    [
        ("official", {}, "hangs on one claim, other-side: without it, no figure found"),
        ("scraper", {}, "rests on other-side of paper, an unsigned copy or translation"),
        (
            "official",
            {"population": "all", "qualifier": "dozens", "low": NAN, "best": NAN, "high": NAN},
            "rests on other-side of paper, which gives no number",
        ),
    ],
)
def test_what_a_headline_number_hangs_on_is_named(tmp_path, kind, cells, said):
    data = load(small.write(tmp_path / "as-it-is"))
    sources = data.sources.assign(kind=kind)
    found = noticed(tmp_path / "data", claims=alone(data, **cells), sources=sources)
    assert any(said in notice for notice in found), found


def test_data_that_do_not_say_what_a_source_is_have_no_weak_one(tmp_path):
    data = load(small.write(tmp_path / "as-it-is"))
    sources = data.sources.drop(columns="kind")
    found = noticed(tmp_path / "data", claims=alone(data), sources=sources)
    assert any("hangs on one claim" in notice for notice in found)
    assert not any("unsigned" in notice for notice in found)
