"""The pages of disagreements and corrections: on a small book, and complete on the real data."""

import itertools
import json
import re
from pathlib import Path

import pytest
import small
import yaml
from sphinx.errors import SphinxWarning
from test_pages import HOSTILE, build, page

from clashbook import counting

ROOT = Path(__file__).parents[1]
NO_BREAK = "\u00a0"

RULES = "# Methods\n\n" + "\n".join(f"{n}. (rule-{n})=\n    Rule." for n in range(1, 14)) + "\n"
ROWS = """# Rows

```{reactions-table}
```

```{events-table}
```
"""
PAGES = {
    "index.md": "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "claims.md": "# Claims\n\n```{claims-table}\n```\n",
    "sources.md": "# Sources\n\n```{sources-table}\n```\n",
    "corrections.md": "# Corrections\n\n```{corrections-table}\n```\n",
    "data.md": ROWS,
    "methods.md": RULES,
}
TOLLS = {
    "first": {"enters": [], "rule": 2, "reason": "its side has counted anew"},
    "other-side": {"enters": [], "rule": 5, "reason": "one side about the other"},
}
ENTRY = """:::{disagreement} The first count and the second
---
name: counted-anew
rows: |
  first copy
  second
rules: 2, 3
---
The second takes the place of the first.
:::
"""


def said_in(element):
    """The words of an element, those of each cell apart."""
    for cell in element.iter("td", "th"):
        cell.tail = " "
    for line in element.find_class("second"):
        line.text = f" {line.text}"
    return " ".join(element.text_content().split())


def entry(rows, title="Two counts", name="two-counts"):
    """An entry in Markdown, with a line of ids for each side."""
    lines = "".join(f"  {row}\n" for row in rows)
    return f":::{{disagreement}} {title}\n---\nname: {name}\nrows: |\n{lines}---\nWhy.\n:::\n"


def stage(folder, conflicts, rows=None):
    """Write what the build hands to Sphinx, on the small dataset."""
    facts = folder / "_clashbook"
    small.write(facts / "data", {**small.tables(), **(rows or {})})
    (facts / "exhibits").mkdir()
    about = {"as_of": "2022-09-14", "version": "1.2.3", "title": "A book", "licence": "CC BY 4.0"}
    numbers = {"as_of": "2022-09-14", "numbers": []}
    for name, content in {
        "edition": about,
        "numbers": numbers,
        "tolls": TOLLS,
        "telling": [],
        "elsewhere": {},
    }.items():
        (facts / f"{name}.json").write_text(json.dumps(content))
    text = f"# Disagreements\n\n```{{disagreements}}\n```\n\n{conflicts}"
    for name, content in {**PAGES, "conflicts.md": text}.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def built(tmp_path, conflicts, *args):
    return build(stage(tmp_path / "stage", conflicts, *args))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book with an entry of claims, and one of all that can disagree."""
    rows = ["first july", "shells denied calm", "growth@2020-05 growth@2020-06"]
    everything = entry(rows, "Of every kind", "every-kind")
    unknown = entry(["first", "later"], "Not yet", "not-yet")
    text = f"## Counts\n\n{ENTRY}\n{everything}\n## Empty\n\n{unknown}"
    return built(tmp_path_factory.mktemp("book"), text)


def test_an_entry_has_a_heading_with_an_anchor_its_rows_and_the_reasons(book):
    section = page(book, "conflicts.html").get_element_by_id("counted-anew")
    assert said_in(next(section.iter("h3"))).startswith("The first count and the second")
    text = said_in(section)
    assert "The second takes the place of the first." in text
    assert "By rule 2, rule 3." in text
    assert len(list(section.iter("tr"))) == 4


def test_each_row_says_who_what_when_and_where_and_leads_to_its_home(book):
    section = page(book, "conflicts.html").get_element_by_id("counted-anew")
    row = list(section.iter("tr"))[1]
    for part in (
        "Government of Armenia",
        "49",
        "said on 13 September 2022",
        "killed; soldiers; Armenia; 13 September 2022",
        "Not counted, rule 2: its side has counted anew",
        "A newspaper, 20 September 2022",
        "para. 1",
    ):
        assert part in said_in(row), part
    hrefs = [a.get("href") for a in row.iter("a")]
    assert hrefs == ["claims.html#first", "methods.html#rule-2", "sources.html#paper"]


def test_events_reactions_and_series_stand_beside_claims(book):
    section = page(book, "conflicts.html").get_element_by_id("every-kind")
    text = said_in(section)
    assert "Shells fall near the town. 13 September 2022; Jermuk/Djermuk" in text
    assert "Disputes" in text
    assert "Russia: Calls for calm. Restraint (both sides)" in text
    assert "\u221212.8%" in section.text_content()
    assert "growth; Armenia; May 2020" in text
    hrefs = {a.get("href") for a in section.iter("a")}
    assert {"data.html#shells", "data.html#calm", "sources.html#office"} <= hrefs


def test_bounds_that_cross_are_said_as_they_were_published(book):
    section = page(book, "conflicts.html").get_element_by_id("every-kind")
    assert "low 3%, best estimate 1%, high 2%, as published" in said_in(section)


def test_an_entry_needs_a_row_of_more_than_one_side(book):
    assert "Not yet" not in said_in(page(book, "conflicts.html"))


def test_a_row_that_is_not_known_yet_is_left_out_of_its_entry(tmp_path):
    site = built(tmp_path, entry(["first later", "second"]))
    section = page(site, "conflicts.html").get_element_by_id("two-counts")
    assert len(list(section.iter("tr"))) == 3


def test_rows_of_one_side_alone_make_no_entry(tmp_path):
    site = built(tmp_path, entry(["first copy", "later"]))
    assert "Two counts" not in said_in(page(site, "conflicts.html"))


def test_the_contents_say_how_many_entries_each_group_has(book):
    body = page(book, "conflicts.html")
    items = [said_in(li) for li in body.iter("li")]
    assert items == ["Counts: two disagreements"]


def test_a_group_without_entries_is_left_out_and_of_the_pages_contents_too(book):
    assert not [each for each in page(book, "conflicts.html").iter() if each.get("id") == "empty"]
    assert "Empty" not in (book / "conflicts.html").read_text("utf-8")


def test_where_nothing_disagrees_yet_the_page_says_so(tmp_path):
    unknown = entry(["first", "later"], "Not yet", "not-yet")
    body = page(built(tmp_path, f"## Empty\n\n{unknown}"), "conflicts.html")
    assert "None is known by 14 September 2022." in said_in(body)


def test_an_entry_that_stands_twice_stops_the_build(tmp_path):
    twice = entry(["first", "second"]) * 2
    with pytest.raises(SphinxWarning, match="uplicate"):
        built(tmp_path, twice)


def test_the_months_of_a_year_are_added_up_for_counts(tmp_path):
    series = {"series_id": "dead", "indicator": "killed", "party": "ARM", "unit": "persons"}
    series |= {"population": "military", "source_id": "office", "released_on": "2020-07-31"}
    rows = {
        "series": [*small.tables()["series"], series],
        "observations": [
            {"series_id": "dead", "period": "2017-02", "best": "3"},
            {"series_id": "dead", "period": "2017-11", "best": "4"},
        ],
    }
    site = built(tmp_path, entry(["first", "dead@2017"]), rows)
    text = said_in(page(site, "conflicts.html").get_element_by_id("two-counts"))
    assert "7 killed; soldiers; Armenia; 2017, months with a row added up" in text


def test_a_claim_leads_to_the_entries_that_name_it(book):
    row = page(book, "claims.html").get_element_by_id("first")
    links = {a.text_content(): a.get("href") for a in row.iter("a")}
    assert links["The first count and the second"] == "conflicts.html#counted-anew"
    assert links["Of every kind"] == "conflicts.html#every-kind"
    alone = page(book, "claims.html").get_element_by_id("reserves")
    assert "Disagrees" not in said_in(alone)


def test_a_correction_leads_to_the_row_that_it_changed(tmp_path):
    rows = {
        "corrections": [
            {"date": "2022-09-16", "table": "claims", "row_id": "second", "why": "Misread.",
             "what_changed": "best: 105 for 150", "version": "0.2.0", "moved": "a: 1, now 2"},
            {"date": "2022-09-17", "table": "series", "row_id": "growth", "why": "Mistyped.",
             "what_changed": "note", "version": "0.2.0", "moved": "none"},
            {"date": "2022-09-15", "table": "events", "row_id": "", "why": "No event.",
             "what_changed": "taken out: gone"},
        ]
    }  # fmt: skip
    body = page(built(tmp_path, ENTRY, rows), "corrections.html")
    first, second, third = [said_in(row) for row in body.iter("tr")][1:]
    assert first == "17 September 2022 series growth note Mistyped. 0.2.0 none"
    assert second == "16 September 2022 claims second best: 105 for 150 Misread. 0.2.0 a: 1, now 2"
    assert third == (
        "15 September 2022 events no single row taken out: gone No event. not stated not worked out"
    )
    codes = [each.text_content() for each in body.iter("code")]
    assert codes == ["series", "claims", "best", "events"]
    (link,) = [a for a in body.iter("a") if a.text_content() == "second"]
    assert link.get("href") == "claims.html#second"


def test_that_nothing_was_corrected_is_said_in_words(tmp_path):
    body = page(built(tmp_path, ENTRY, {"corrections": []}), "corrections.html")
    assert "Nothing has been corrected so far." in said_in(body)
    assert not list(body.iter("table"))


def test_text_from_the_data_is_words_and_nothing_else(tmp_path):
    rows = {
        "claims": [small.claim("first", claimant=HOSTILE, note=HOSTILE, locator=HOSTILE)],
        "events": [small.event("shells", what=HOSTILE, claimant=HOSTILE)],
        "reactions": [small.reaction("calm", note=HOSTILE, speaker=HOSTILE)],
        "corrections": [
            {"date": "2022-09-16", "table": "claims", "row_id": "first", "why": HOSTILE,
             "what_changed": HOSTILE},
        ],
    }  # fmt: skip
    rows["sources"] = [small.source("paper", publisher=HOSTILE), small.source("office")]
    site = built(tmp_path, entry(["first", "shells calm", "growth@2020-06"]), rows)
    for name in ("conflicts.html", "corrections.html"):
        body = page(site, name)
        assert HOSTILE.split("`")[0] in body.text_content(), name
        assert not [*body.iter("script", "img")], name
        assert not [a for a in body.iter("a") if a.get("href").startswith("javascript")], name


# The real page on the real data.

BLOCK = re.compile(r"^:{3,}\{disagreement\} (.+?)\n---\n(.*?)\n---\n", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def entries():
    """The rows that each entry of the book names, by its title."""
    text = (ROOT / "book" / "conflicts.md").read_text("utf-8")
    found = {title: yaml.safe_load(block)["rows"].split() for title, block in BLOCK.findall(text)}
    assert len(found) == len(re.findall(r"\{disagreement\}", text))
    return {title: {row.partition("@")[0] for row in rows} for title, rows in found.items()}


@pytest.fixture(scope="module")
def named(entries):
    return set().union(*entries.values())


def test_every_row_that_an_entry_names_is_in_the_data(data, named):
    tables = (data.claims, data.events, data.reactions, data.series)
    assert named <= set().union(*(set(table.iloc[:, 0]) for table in tables))


TABLES = pytest.mark.parametrize("table", ["claims", "events", "reactions"])


@TABLES
def test_every_denial_and_every_reversal_is_in_an_entry_with_what_it_denies(data, entries, table):
    frame = data.tables[table]
    against = frame[frame.relation.isin(["disputes", "reverses"])]
    assert len(against)
    for row in against.itertuples():
        related = getattr(row, f"related_{table.removesuffix('s')}")
        assert any({row[1], related} <= rows for rows in entries.values()), row[1]


@TABLES
def test_every_error_of_a_source_is_in_an_entry(data, named, table):
    frame = data.tables[table]
    assert set(frame.iloc[:, 0][frame.status == "source_error"]) <= named


def editions(data):
    """The data as known on each day on which a claim was made."""
    return [data.cut(day) for day in sorted(set(data.claims.reported_on))]


def test_every_contested_toll_is_in_an_entry(data, entries):
    for cut in editions(data):
        for episode in cut.episodes.episode_id:
            for toll in counting.count(cut, episode).tolls.values():
                if toll.contested:
                    assert any(toll.claims <= rows for rows in entries.values()), toll


def test_claims_that_cannot_both_hold_are_in_an_entry_together(data, entries):
    pairs = set()
    for cut in editions(data):
        for episode, domain in itertools.product(
            cut.episodes.episode_id, sorted(set(cut.indicators.domain))
        ):
            counted = counting.standing(cut, episode, domain)
            pairs |= set(filter(crossed, itertools.combinations(counted, 2)))
    assert pairs
    for one, other in pairs:
        assert any(one.ids & rows and other.ids & rows for rows in entries.values()), (
            one.id,
            other.id,
        )


def crossed(pair):
    """Whether two claims on one quantity, over days that they share, leave no room."""
    one, other = pair
    share = not (one.period_end and other.period_end) or (
        one.period_start <= other.period_end and other.period_start <= one.period_end
    )
    return one.quantity == other.quantity and share and one.bounds.meet(other.bounds).is_empty
