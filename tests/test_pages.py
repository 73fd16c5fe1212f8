"""The Sphinx side: references, tables and exhibits on small books built for the test."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from clashbook import language
from clashbook.pages import labels
from clashbook.pages.exhibits import MIME

ROOT = Path(__file__).parents[1]
NO_BREAK = "\u00a0"

HOSTILE = (
    "<script>alert(1)</script> [a link](javascript:alert(1)) {{ 7 * 7 }} "
    ":::{raw} html ::: {number}`killed` <img src=x onerror=alert(1)> $1$ `code` **bold**"
)

CLAIM = {
    "claim_id": "first",
    "episode_id": "2022-09",
    "indicator": "killed",
    "party": "AAA",
    "population": "military",
    "low": "49",
    "qualifier": "at_least",
    "unit": "persons",
    "period_start": "2022-09-13",
    "period_end": "2022-09-14",
    "period_precision": "day",
    "reported_on": "2022-09-14",
    "reported_precision": "day",
    "claimant": "Ministry",
    "claimant_role": "own_side",
    "source_id": "paper",
    "locator": "para. 3",
    "status": "stated",
}
SOURCE = {
    "source_id": "paper",
    "title": "A title",
    "publisher": "The Paper",
    "issued": "2022-09-14",
    "issued_precision": "day",
    "url": "https://example.org/paper",
    "licence": "Copyright of the publisher",
    "note": "To all appearance a translation.",
}
# Of which there is no more than a copy.
COPY = SOURCE | {"source_id": "copy", "title": "A copy", "url": "", "note": ""}
TABLES = {
    "claims": [CLAIM],
    "sources": [SOURCE, COPY],
    "actors": [{"actor_id": "AAA", "name": "Aland", "kind": "belligerent"}],
    "indicators": [{"indicator": "killed", "label": "Killed"}],
    "episodes": [{"episode_id": "2022-09", "name": "September 2022", "start": "2022-09-13"}],
}
FIELDS = {
    "claims": [*CLAIM, "best", "high", "relation", "related_claim", "note"],
    "sources": [*SOURCE, "author", "origin"],
    "actors": ["actor_id", "name", "kind"],
    "indicators": ["indicator", "label"],
    "episodes": ["episode_id", "name", "kind", "start", "end"],
}
ABOUT = {
    "as_of": "2022-09-14",
    "version": "1.2.3",
    "issued": "2023-01-31",
    "title": "A book",
    "subtitle": "killed where",
    "headlines": [],
    "licence": "CC BY 4.0",
    "report_error": "https://book.example/errors?a&b",
    "authors": ["The authors"],
    "base": "",
}
FILES = {kind: f"exhibits/toll.{kind}" for kind in ("html", "svg", "png", "csv", "json")}
RECORD = {
    "id": "toll",
    "kind": "figure",
    "title": "At least 49 were killed",
    "alt": "Dot chart of people killed.",
    "caption": "At least 49 were killed. People killed.",
    "address": FILES["html"],
    **{"chapter": "casualties.html", "height": 800, "as_of": "2022-09-14", "version": "1.2.3"},
    "files": FILES,
    "citation": {"id": "toll", "type": "figure", "title": "At least 49 were killed"},
}
NUMBERS = [
    {"id": "killed", "what": "Killed", "text": f"at least{NO_BREAK}49", "claims": ["first"]},
    {"id": "fall", "what": "Fall", "text": "12.8", "claims": []},
]
TOLL = {
    "episode": "2022-09",
    "indicator": "killed",
    "party": "AAA",
    "population": "military",
    "text": f"at least{NO_BREAK}49",
    "number": "killed",
    "newest": "2022-09-13",
}
CLAIMS_PAGE = "# Claims\n\n:::{claims-table}\n:::\n\n## Numbers\n\n:::{numbers-table}\n:::\n"
INDEX = "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n"
SOURCES_PAGE = "# Sources\n\n:::{sources-table}\n:::\n"
PAGES = {"index.md": INDEX, "claims.md": CLAIMS_PAGE, "sources.md": SOURCES_PAGE}
SETTINGS = {
    "extensions": ["myst_nb", "clashbook.pages.extension"],
    "myst_enable_extensions": ["colon_fence"],
    "nb_execution_mode": "off",
    "html_theme": "basic",
    "exclude_patterns": ["_clashbook/**"],
}


def stage(folder, pages, tables=None, exhibits=(), as_of="2022-09-14"):
    """Write what the build hands to Sphinx."""
    facts = folder / "_clashbook"
    (facts / "data").mkdir(parents=True)
    (facts / "exhibits").mkdir()
    resources = []
    for name, fields in FIELDS.items():
        with (facts / "data" / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, fields, restval="")
            writer.writeheader()
            writer.writerows({**TABLES, **(tables or {})}[name])
        schema = {"fields": [{"name": field, "type": "string"} for field in fields]}
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    rests_on = {"series": [], "reactions": [], "events": []}
    numbers = [{"unit": "", "as_of": as_of, **rests_on, **number} for number in NUMBERS]
    for path, content in {
        "data/datapackage.json": {"resources": resources},
        "numbers.json": {"as_of": as_of, "numbers": numbers},
        "edition.json": {**ABOUT, "as_of": as_of},
        "telling.json": [],
        "elsewhere.json": {},
        "tolls.json": {"first": {"enters": [TOLL], "rule": None, "reason": ""}},
        **{f"exhibits/{bundle['id']}.json": bundle for bundle in exhibits},
    }.items():
        (facts / path).write_text(json.dumps(content))
    for name, text in {**PAGES, **pages}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def build(folder):
    """Build the staged book, every warning an error; the folder of its pages."""
    pages = folder.with_name("site")
    with patch_docutils(), docutils_namespace():
        Sphinx(
            folder,
            None,
            pages,
            folder.with_name("doctrees"),
            "html",
            confoverrides=SETTINGS,
            status=None,
            warning=io.StringIO(),
            freshenv=True,
            warningiserror=True,
        ).build()
    return pages


def page(pages, name):
    return html.parse(str(pages / name)).getroot().find_class("body")[0]


def words_of(element):
    return " ".join(element.text_content().split())


def bundle(**changes):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    return {
        "id": "toll",
        "kind": "figure",
        "title": "{number}`killed` were killed",
        "subtitle": "People killed",
        "note": "",
        "alt": "Dot chart of people killed. {number}`killed`.",
        "sources": ["paper"],
        "as_of": "2022-09-14",
        # In no order but the author's: neither that of the alphabet nor that of the CSV.
        "columns": {"text": "Killed", "day": "Day"},
        "rows": [{"day": "2022-09-14", "text": "at least 49", "claims": "first"}],
        "claims": ["first"],
        "series": [],
        "csv": "day,text,claims\n",
        "svg_wide": svg,
        "svg_phone": svg,
        "record": RECORD,
        **changes,
    }


def notebook(content, prose="# Casualties"):
    """A notebook whose one cell has shown an exhibit, as it is staged."""
    cell = nbformat.v4.new_code_cell(
        "exhibit()", outputs=[nbformat.v4.new_output("execute_result", {MIME: content})]
    )
    cells = [nbformat.v4.new_markdown_cell(prose), cell]
    metadata = {"language_info": {"name": "python"}}
    # As `execute` writes it: nbformat's own writer puts the keys of the bundle into other order.
    return json.dumps(nbformat.v4.new_notebook(cells=cells, metadata=metadata))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book with one of everything."""
    prose = """# Prose

Said: {number}`killed` people, down {number}`fall`; see {claim}`first` and {source}`paper`.
It cost $1 billion, then $2 billion.

:::{from} 2022-09-14
## Known by then

From the day on.
:::

:::{from} 2022-09-15
## Not yet known

Later.
:::

:::{until} 2022-09-14
No longer.
:::

:::{until} 2022-09-15
So far.
:::

:::{holds} killed.claims has first
:finding:
A finding.
:::

:::{else}
Not a finding.
:::

::::{holds} killed is none
No number {number}`nobody`.

:::{holds} killed.claims = 1
Inside.
:::
::::

:::::{else}
:finding:
Shown instead.

:::{holds} killed.claims = 1
Inside too.
:::
:::{else}
Not inside.
:::
:::::

```{exhibit} toll
```
"""
    held = ":::{holds} killed is none\nNone.\n:::\n:::{else}\nSome.\n:::"
    chapter = notebook(bundle(), f"# Casualties\n\n{held}")
    folder = stage(
        tmp_path_factory.mktemp("book") / "stage",
        {"prose.md": prose, "casualties.ipynb": chapter},
        exhibits=[bundle()],
    )
    return build(folder)


def test_a_number_leads_to_the_claim_it_rests_on(book):
    (link,) = [a for a in page(book, "prose.html").iter("a") if a.text_content().endswith("49")][:1]
    assert link.get("href") == "claims.html#first"
    assert link.text_content() == f"at least{NO_BREAK}49"
    assert page(book, "claims.html").get_element_by_id("first").tag == "tr"


def test_a_number_without_a_claim_leads_to_its_own_row(book):
    (link,) = [a for a in page(book, "prose.html").iter("a") if a.text_content() == "12.8"]
    assert link.get("href") == "claims.html#number-fall"
    assert page(book, "claims.html").get_element_by_id("number-fall").tag == "tr"


def test_claims_and_sources_can_be_referred_to(book):
    links = {a.text_content(): a.get("href") for a in page(book, "prose.html").iter("a")}
    assert links[f"Ministry, 14{NO_BREAK}September{NO_BREAK}2022"] == "claims.html#first"
    assert links[f"The Paper, 14{NO_BREAK}September{NO_BREAK}2022"] == "sources.html#paper"


def test_a_source_says_what_limits_it(book):
    sources = page(book, "sources.html")
    assert words_of(sources.get_element_by_id("paper")).count(SOURCE["note"]) == 1
    assert "no address" not in words_of(sources.get_element_by_id("paper"))
    assert "Read from a copy; we know no address." in words_of(sources.get_element_by_id("copy"))


def test_a_claims_row_says_who_what_when_where_and_what_becomes_of_it(book):
    row = words_of(page(book, "claims.html").get_element_by_id("first"))
    for part in (
        "at least 49",
        "Killed, soldiers",
        "Aland",
        "September 2022",
        "Ministry",
        "about its own side",
        "13 to 14 September 2022",
        "said on 14 September 2022",
        "The Paper, 14 September 2022",
        "para. 3",
        "Counted in: killed, soldiers, Aland, September 2022: at least 49 (statements up to 13",
    ):
        assert part in row


def test_a_table_is_a_named_region_that_the_keyboard_can_scroll(book):
    body = page(book, "claims.html")
    region = body.find_class("table-scroll")[0]
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    caption = body.get_element_by_id(region.get("aria-labelledby"))
    assert caption.tag == "caption"
    assert {th.get("scope") for th in region.iter("th")} == {"col", "row", "rowgroup"}


def test_a_block_shows_only_from_its_date_on(book):
    text = words_of(page(book, "prose.html"))
    assert "From the day on." in text
    assert "Later." not in text
    assert "No longer." not in text
    assert "So far." in text


def test_a_heading_in_a_dated_block_is_a_heading_of_the_page(book):
    assert [h.text for h in page(book, "prose.html").iter("h2")] == ["Known by then"]


def test_a_finding_stands_without_its_condition(book):
    finding, _ = page(book, "prose.html").find_class("finding")
    assert words_of(finding) == "A finding."


def test_two_amounts_of_money_stay_text(book):
    assert "$1 billion, then $2 billion" in words_of(page(book, "prose.html"))
    assert "mathjax" not in (book / "prose.html").read_text().lower()


@pytest.mark.parametrize("name", ["casualties.html", "prose.html"])
def test_an_exhibit_has_its_parts_in_the_notebook_and_in_prose(book, name):
    figure = page(book, name).get_element_by_id("toll")
    assert figure.tag == "figure"
    text = words_of(figure)
    assert "at least 49 were killed" in text
    source = "Source: The Paper, 14 September 2022.The"
    assert source in text
    assert len(list(figure.iter("svg"))) == 2
    (details,) = figure.find_class("exhibit-data")
    hrefs = [a.get("href") for a in details.iter("a")]
    assert hrefs == ["claims.html#first"]
    (files,) = figure.find_class("exhibit-cite")
    ((report,),) = [block.xpath(".//a/@href") for block in files.find_class("report")]
    assert report.startswith("https://book.example/errors?a&b&title=Error%20in%20figure%20toll%20")
    assert {a.get("href") for a in files.iter("a")} == {*FILES.values(), report}


@pytest.mark.parametrize("name", ["casualties.html", "prose.html"])
def test_the_columns_of_an_exhibits_table_are_in_the_order_that_its_author_wrote(book, name):
    (details,) = page(book, name).find_class("exhibit-data")
    heads = [th.text_content() for th in details.iter("th") if th.get("scope") == "col"]
    assert heads == ["Killed", "Day", "Rests on"]


def test_a_long_table_is_folded_under_how_many_rows_it_has_and_so_is_what_a_row_rests_on(tmp_path):
    short = bundle()["rows"]
    many = [{**short[0], "claims": " ".join(["first"] * 4)}, *short * 12]
    sheets = [bundle(kind="table", rows=rows) for rows in (short * 12, many)]
    for at, sheet in enumerate(sheets):
        pages = {"casualties.ipynb": notebook(sheet)}
        site = build(stage(tmp_path / str(at), pages, exhibits=[sheet]))
        figure = page(site, "casualties.html").get_element_by_id("toll")
        folds = [each.text for each in figure.iterfind(".//summary")]
        assert folds == [*(["All 13 rows", "4 claims"] if at else []), "Cite / download"]


def test_a_long_table_shows_the_rows_that_it_is_to_and_folds_the_others(tmp_path):
    rows = [{**bundle()["rows"][0], "text": f"at least {number}"} for number in range(13)]
    sheet = bundle(kind="table", rows=rows, open=5)
    site = build(stage(tmp_path, {"casualties.ipynb": notebook(sheet)}, exhibits=[sheet]))
    figure = page(site, "casualties.html").get_element_by_id("toll")
    (fold,) = figure.find_class("rows")
    assert fold.findtext(".//summary") == "The other 8 rows"
    bodies = [len(body) for body in figure.iter("tbody")]
    assert bodies == [5, 8]


def test_a_figure_that_draws_less_than_its_table_says_what_the_table_holds(tmp_path):
    sheet = bundle(fold="Show everything")
    site = build(stage(tmp_path, {"casualties.ipynb": notebook(sheet)}, exhibits=[sheet]))
    figure = page(site, "casualties.html").get_element_by_id("toll")
    assert figure.findtext(".//summary") == "Show everything"


def test_an_exhibit_is_at_home_where_its_notebook_is(tmp_path):
    pages = {"a.md": "# A\n\n```{exhibit} toll\n```\n\n{exhibit}`toll`\n"}
    pages["casualties.ipynb"] = notebook(bundle())
    site = build(stage(tmp_path / "stage", pages, exhibits=[bundle()]))
    hrefs = [a.get("href") for a in page(site, "a.html").iter("a")]
    assert "casualties.html#toll" in hrefs


def test_what_a_condition_does_not_bear_out_gives_way_to_its_else(book):
    prose = page(book, "prose.html")
    findings = [words_of(each) for each in prose.find_class("finding")]
    assert findings == ["A finding.", "Shown instead. Inside too."]
    for hidden in ("Not a finding", "No number", "Inside.", "Not inside"):
        assert hidden not in words_of(prose)
    chapter = words_of(page(book, "casualties.html"))
    assert "Some." in chapter
    assert "None." not in chapter


def test_a_folder_without_facts_is_refused_with_the_way_out(tmp_path):
    folder = stage(tmp_path / "stage", {})
    shutil.rmtree(folder / "_clashbook")
    with pytest.raises(Exception, match="build the book with `clashbook build`"):
        build(folder)


def test_text_from_the_data_is_words_and_nothing_else(tmp_path):
    claim = {**CLAIM, "note": HOSTILE, "locator": HOSTILE, "claimant": HOSTILE}
    source = {**SOURCE, "title": HOSTILE, "publisher": HOSTILE, "licence": HOSTILE}
    source["url"] = "javascript:alert(1)"
    exhibits = [bundle(rows=[{"day": HOSTILE, "text": HOSTILE, "claims": "first"}])]
    pages = {"prose.md": "# Prose\n\n```{exhibit} toll\n```\n", "casualties.ipynb": ""}
    pages["casualties.ipynb"] = notebook(exhibits[0])
    tables = {"claims": [claim], "sources": [source]}
    site = build(stage(tmp_path / "stage", pages, tables, exhibits))
    for name in ("claims.html", "sources.html", "prose.html", "casualties.html"):
        body = page(site, name)
        assert HOSTILE.split("`")[0] in body.text_content(), name
        assert not [*body.iter("script", "img")], name
        assert not [a for a in body.iter("a") if a.get("href").startswith("javascript")], name


def test_the_projects_settings_build_without_a_warning_or_another_host(tmp_path):
    folder = stage(tmp_path / "stage", {"index.md": "# Index\n\n{number}`killed`\n"})
    shutil.copytree(ROOT / "book" / "_static", folder / "_static", dirs_exist_ok=True)
    toc = tmp_path / "_toc.yml"
    toc.write_text("format: jb-book\nroot: index\nchapters: [{file: claims}, {file: sources}]\n")
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]
    command += [folder, "--path-output", tmp_path, "--config", ROOT / "_config.yml"]
    command += ["--toc", toc, "-n", "-W", "--keep-going", "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    built = tmp_path / "_build" / "html" / "index.html"
    loaded = [
        element.get(name)
        for element in html.parse(str(built)).getroot().iter("script", "link", "img", "iframe")
        for name in ("src", "href")
        if element.get(name)
    ]
    assert loaded
    assert not [address for address in loaded if "//" in address]
    for suffix in (".css", ".js"):
        names = sorted(path.name for path in folder.glob(f"_static/*{suffix}"))
        linked = [Path(urlsplit(address).path).name for address in loaded]
        # Of two rules the later wins: their order is not left to the disk.
        assert [name for name in linked if name in names] == names
    text = built.read_text()
    assert "Copyright" not in text
    assert "As known on 14&nbsp;September" in text or f"As known on 14{NO_BREAK}September" in text


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ("2022-09-13", "2022-09-14", "day", "13 to 14 September 2022"),
        ("2022-09-13", "2022-09-13", "day", "13 September 2022"),
        ("2020-09-27", "2020-11-10", "day", "27 September to 10 November 2020"),
        ("2020-07-01", "2020-07-31", "month", "July 2020"),
        ("2019-12-01", "2020-01-31", "month", "December 2019 to January 2020"),
        ("2017-01-01", "2017-12-31", "year", "2017"),
        ("2020-07-12", "2020-07-16", "within", "between 12 and 16 July 2020"),
        ("2020-07-12", "2020-07-12", "about", "about 12 July 2020"),
        ("", "", "", ""),
    ],
)
def test_a_period_is_said_as_exactly_as_it_is_known(start, end, precision, said):
    assert language.span_in_words(start, end, precision).replace(NO_BREAK, " ") == said


def test_a_value_of_a_table_is_never_blank():
    assert labels.cell(None) == "not stated"
    assert labels.cell(float("nan")) == "not stated"
    assert labels.cell(1234.0) == "1,234"
    assert labels.cell("2020-05") == f"May{NO_BREAK}2020"


def test_signs_that_no_page_can_hold_are_left_out_of_a_cell(tmp_path):
    rows = [{"day": "2022-09-14", "text": "at\x0b least\x00 49\ufffe", "claims": "first"}]
    sheet = bundle(kind="table", rows=rows)
    site = build(stage(tmp_path / "stage", {"a.ipynb": notebook(sheet)}, exhibits=[sheet]))
    figure = page(site, "a.html").get_element_by_id("toll")
    assert figure.findtext(".//tbody/tr/th") == "at least 49"
