"""What the report leans on: the rows of the data by who says so, and by document."""

import pytest
import small
from lxml import html
from sphinx.errors import ExtensionError
from test_pages import build, page, words_of
from test_pages_claims import stage

from clashbook.pages.facts import Edition
from clashbook.pages.leanings import OF_THEMSELVES, groups, standpoint

METHODS = """# Methods

```{leanings-by-claimant}
```

```{leanings-by-source}
```

```{stances-table}
```

```{telling}
```

"""
SIDES = [
    {"actor_id": "SOU", "name": "Southland", "aliases": "", "kind": "belligerent"},
    {"actor_id": "NOR", "name": "Northland", "aliases": "the North; Nor", "kind": "belligerent"},
    {"actor_id": "EAS", "name": "Eastland", "aliases": "", "kind": "state"},
]
NORTHLAND = Edition(about={}, tables={"actors": SIDES})


def row(role, claimant, party="both"):
    return {"claimant_role": role, "claimant": claimant, "party": party}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    rows = small.tables()
    rows["claims"] += [
        small.claim(
            "about-them", party="AZE", claimant_role="opposing_side", population="civilian"
        ),
        small.claim("counted-too", source_id="wire", population="civilian"),
    ]
    rows["sources"].append(small.source("wire", publisher="A site", origin="An agency"))
    methods = METHODS + "\n".join(
        f"({name})=\nRule.\n" for name in map("rule-{}".format, range(14))
    )
    folder = tmp_path_factory.mktemp("leanings") / "stage"
    return build(stage(folder, rows, ids=(), pages={"methods.md": methods}))


def said_in(element):
    """The words of a cell, those of a second line apart."""
    return " ".join(" ".join(element.itertext()).split())


def cells(book, key):
    """The rows of a table: the words of the head, and the other cells."""
    (table,) = page(book, "methods.html").find_class(f"table-{key}")
    rows = table.findall(".//tbody/tr")
    return {said_in(tr.find("th")): [words_of(td) for td in tr.findall("td")] for tr in rows}


def test_each_row_of_the_data_is_counted_under_who_says_so(book):
    assert cells(book, "by-claimant") == {
        # Claims, of these counted in a toll, reactions, events.
        "Armenia about its own side": ["5", "2", "0", "2"],
        "Armenia about the other side, or both": ["1", "0", "0", "0"],
        "Azerbaijan about its own side": ["1", "1", "0", "0"],
        "Azerbaijan about the other side, or both": ["0", "0", "0", "0"],
        "Outside actors about themselves": ["0", "0", "2", "0"],
        "Third parties about others": ["0", "0", "0", "0"],
        "Press and authors as their own": ["1", "1", "0", "0"],
        "Official statistics": ["0", "0", "0", "0"],
        "All": ["8", "4", "2", "2"],
    }


def test_each_document_stands_with_its_origin_the_most_used_first(book):
    table = cells(book, "by-source")
    assert list(table) == [
        "A newspaper, 20 September 2022 Origin: A newspaper",
        "A site, 20 September 2022 Origin: An agency",
        "All",
    ]
    assert table["A site, 20 September 2022 Origin: An agency"] == ["1", "1", "0", "0"]
    assert table["All"] == ["8", "4", "2", "2"]


def test_a_document_leads_to_its_entry_among_the_sources(book):
    (table,) = page(book, "methods.html").find_class("table-by-source")
    assert [a.get("href") for a in table.iter("a")] == ["sources.html#paper", "sources.html#wire"]


def test_both_tables_count_the_same_rows(book):
    for key in ("by-claimant", "by-source"):
        *parts, total = cells(book, key).values()
        sums = [sum(map(int, column)) for column in zip(*parts, strict=True)]
        assert list(map(int, total)) == sums


def test_a_cell_keeps_its_heading_for_a_narrow_screen(book):
    (table,) = page(book, "methods.html").find_class("table-by-claimant")
    headings = [td.get("data-label") for td in table.findall(".//tbody/tr")[0].findall("td")]
    assert headings == ["Claims", "Counted in a toll", "Reactions", "Events"]
    assert "cards" in html.tostring(table).decode()[:100]


def test_each_stance_stands_with_its_definition(book):
    assert cells(book, "stances") == {
        "Restraint": ["Asks for calm."],
        "Supports": ["Takes a side."],
    }


def test_what_pages_give_for_either_side_is_counted_and_told_cell_by_cell(book):
    # Both, Armenia or Azerbaijan first; one of them alone.
    assert cells(book, "telling") == {
        "Chapter": ["0", "1", "1", "0"],
        "Other": ["0", "0", "0", "1"],
    }
    (table,) = page(book, "methods.html").find_class("table-telling-cells")
    rows = [[said_in(cell) for cell in row] for row in table.findall(".//tbody/tr")]
    assert rows == [
        ["Chapter", "Killed September 2022", "sentence 5 reported", "sentence 3 said"],
        ["Chapter", "Growth", "sentence 8", "none of our sources gives it"],
        ["Other", "Missing September 2022", "By design.", "sentence 2 gave"],
    ]


def test_the_words_that_either_sides_statements_are_told_with_are_named(book):
    words = said_in(page(book, "methods.html"))
    for side, verbs in {
        "Armenia": "“reported” (1)",
        "Azerbaijan": "“said” (2) and “gave” (1)",
    }.items():
        assert f"The pages introduce what {side} says of itself most often with {verbs}." in words
    assert "names Armenia first 0 times and Azerbaijan first 1 time." in words
    assert "gives 1 thing for Armenia and 1 thing for Azerbaijan alone." in words
    assert "Our sources have 1 of these for the other side too" in words


def test_the_sides_stand_alike_and_in_their_order():
    names = list(groups(NORTHLAND).values())[:4]
    assert [who for who, _ in names] == ["Southland", "Southland", "Northland", "Northland"]
    assert [of for _, of in names[:2]] == [of for _, of in names[2:]]


@pytest.mark.parametrize(
    ("said", "group"),
    [
        (row("own_side", "Ministry of Northland"), ("NOR", "own_side")),
        (row("opposing_side", "Ministry of Northland"), ("NOR", "opposing_side")),
        (row("opposing_side", "a spokesman of the North"), ("NOR", "opposing_side")),
        (row("own_side", "Ambassador of Southland to Northland"), ("SOU", "own_side")),
        (row("opposing_side", "Ministry", "SOU"), ("NOR", "opposing_side")),
        (row("own_side", "Ministry", "SOU"), ("SOU", "own_side")),
        # The place of an event is no claimant.
        (row("opposing_side", "Ministry of Southland", "SOU"), ("SOU", "opposing_side")),
        (row("press", "a paper of Northland", "NOR"), "press"),
        ({**row("own_side", "Foreign office"), "actor_id": "EAS"}, OF_THEMSELVES),
    ],
)
def test_a_claimant_belongs_to_the_side_that_it_names(said, group):
    assert standpoint(NORTHLAND, said) == group


def test_a_claimant_whose_side_cannot_be_told_is_refused():
    with pytest.raises(ExtensionError, match='"Ministry": names no side'):
        standpoint(NORTHLAND, row("opposing_side", "Ministry"))


def test_every_row_of_the_books_own_data_has_its_place(data):
    tables = {
        name: frame.astype(str).to_dict("records")
        for name, frame in data.tables.items()
        if name in ("actors", "claims", "reactions", "events")
    }
    edition = Edition(about={}, tables=tables)
    known = groups(edition)
    for name in ("claims", "reactions", "events"):
        for each in edition.table(name):
            assert standpoint(edition, each) in known, each
