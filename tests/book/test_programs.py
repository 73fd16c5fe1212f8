"""The page for programs: its addresses are there, and what it tells programs to do works."""

import json
import re
import subprocess
import sys

import duckdb
import pandas as pd
import pytest
from lxml import html


@pytest.fixture(scope="module")
def page(site):
    return html.parse(str(site / "programs.html")).getroot()


def said(page, label):
    (text,) = page.xpath(f'//*[@class="to-copy" and @aria-label="{label}"]')
    return text.text_content()


def test_each_table_of_the_data_and_each_schema_is_linked(site, page):
    linked = {link.split("#")[0] for link in page.xpath("//main//a/@href")}
    tables = {path.relative_to(site).as_posix() for path in site.glob("data/*.csv")}
    schemas = {path.relative_to(site).as_posix() for path in site.glob("schemas/*.json")}
    assert tables | schemas <= linked


def test_the_lines_for_pandas_read_the_claims(site, page):
    code = f"{said(page, 'Python, pandas')}\nprint(len(claims), claims.episode_id.iloc[0])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site, capture_output=True, text=True, check=True
    )
    claims = pd.read_csv(site / "data" / "claims.csv", dtype=str)
    assert done.stdout.split() == [str(len(claims)), claims.episode_id.iloc[0]]


def test_the_line_for_duckdb_reads_the_claims(site, page, monkeypatch):
    monkeypatch.chdir(site)
    found = duckdb.sql(said(page, "DuckDB").rstrip(";")).fetchall()
    claims = pd.read_csv("data/claims.csv", dtype=str)
    assert len(found) == (pd.to_numeric(claims.low) > 100).sum()


@pytest.mark.parametrize("label", ["R", "Excel, Power Query"])
def test_the_lines_that_are_not_run_name_a_table_that_is_there(site, page, label):
    (address,) = re.findall(r"data[/\\\\]+\w+\.csv", said(page, label))
    table = site / address.replace("\\", "/")
    # Both are told that it is UTF-8, which it is, and in both a first row of names is the rule.
    assert "UTF-8" in said(page, label) or "65001" in said(page, label)
    head, *_ = table.read_text(encoding="utf-8").splitlines()
    assert head.split(",")[0] == "claim_id"
    for opens, closes in ("()", "[]"):
        assert said(page, label).count(opens) == said(page, label).count(closes)


def test_the_columns_that_the_page_names_are_those_of_the_claims(site, page):
    columns = pd.read_csv(site / "data" / "claims.csv", dtype=str).columns
    lines = [said(page, "Python, pandas"), said(page, "DuckDB"), *page.xpath("//pre//text()")]
    named = set(re.findall(r"\b(episode_id|party|low|best|high)\b", " ".join(lines)))
    assert {"episode_id", "low", "party"} <= named <= set(columns)


def test_the_newest_files_are_those_with_day_and_version_in_their_names(site):
    marker = json.loads((site / ".clashbook").read_text())
    end = f"-{marker['as_of']}-v{marker['version']}"
    named = [path for path in site.rglob(f"*{end}*") if path.is_file()]
    assert {path.suffix for path in named} == {".zip", ".xlsx", ".pdf"}
    for path in named:
        assert path.with_name(path.name.replace(end, "")).read_bytes() == path.read_bytes()


def test_json_has_ordinary_spaces(site):
    for path in (site / "numbers.json", site / "exhibits.json", *site.glob("exhibits/*.json")):
        assert "\u00a0" not in path.read_text(encoding="utf-8"), path.name


def test_schemas_have_an_id_and_say_what_each_property_holds(site):
    def properties(schema):
        if isinstance(schema, dict):
            yield from schema.get("properties", {}).items()
            for part in schema.values():
                yield from properties(part)

    for path in site.glob("schemas/*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert schema["$id"] == f"schemas/{path.name}"
        assert [name for name, part in properties(schema) if not part.get("description")] == []
