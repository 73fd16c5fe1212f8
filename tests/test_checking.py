"""A brief held against what was published: reading a text, and the verdict of each number."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import briefs
import jsonschema
import pytest
import small
from click.testing import CliRunner
from docx import Document
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_releases import DAY, public, site  # noqa: F401

from clashbook import cli
from clashbook.about import About
from clashbook.dataset import tables
from clashbook.figures import exhibit
from clashbook.pages.facts import Edition
from clashbook.pipeline.steps import outcomes
from clashbook.website import releases
from clashbook.website.checking import joining, quotes, reading, telling
from clashbook.website.checking.judging import Judge, Reader
from clashbook.website.checking.pieces import Block, Cell, entries, is_english, of_text

SCHEMA = f"schemas/{quotes.NAME}"
# Verdicts that leave a text as it is.
GOOD = {"current", "right_for_day"}
ABOUT = About(as_of="2022-09-20", version="1.0.0", title="The Small Book")


class Items(dict):
    """The item of any id, as titles of these are needed alone."""

    def __contains__(self, key):
        return True

    def __missing__(self, key):
        return {"title": f"Title of {key}."}


def table(folder, rows=None, about=ABOUT):
    data = tables.load(small.write(folder, rows))
    cells = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells[path.stem] = list(csv.DictReader(file))
    edition = Edition(about, tables=cells, tolls=outcomes(data))
    whole = {"type": "book", "title": about.title, "author": [{"literal": "The authors"}]}
    return quotes.of(edition, data, Items({"": {"id": "", **whole}}))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return table(tmp_path_factory.mktemp("small") / "data")


def verdicts(made, *blocks):
    found = Judge(made).judge(
        [one if isinstance(one, Block) else Block("paragraph", one) for one in blocks]
    )
    return [
        (number, verdict.kind)
        for one in found
        for number, verdict in zip(one.numbers, one.verdicts, strict=True)
    ]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "Armenia reported 105 soldiers killed in September 2022.",
            [("105", "current")],
        ),
        (
            "In September 2022, 105 Armenian soldiers were killed.",
            [("105", "speaker_missing")],
        ),
        (
            "In September 2022, 105 Armenian soldiers were killed, says The Small Book.",
            [("105", "current")],
        ),
        (
            "On 13 September 2022 Armenia reported 49 soldiers killed.",
            [("49", "right_for_day")],
        ),
        ("In September 2022 Armenia lost 49 soldiers.", [("49", "moved")]),
        ("About 105 Armenian soldiers died in September 2022.", [("105", "bound_lost")]),
        (
            "In September 2022 Armenia lost 49 soldiers, compared with Azerbaijan’s 50.",
            [("49", "moved"), ("50", "speaker_missing")],
        ),
        (
            "In September 2022 Armenia lost 105 soldiers, compared with Azerbaijan’s 50.",
            [("105", "two_days"), ("50", "two_days")],
        ),
        ("In September 2022, 77 Azerbaijani soldiers were killed.", [("77", "not_recognised")]),
        ("On page 50 of the report of 13 September 2022, see section 105.", []),
    ],
)
def test_a_number_gets_the_verdict_that_its_sentence_deserves(made, sentence, said):
    assert verdicts(made, sentence) == said


def test_what_a_sentence_leaves_out_is_in_the_one_before_or_in_the_heading(made):
    heading = Block("heading", "The dead of September 2022")
    assert verdicts(made, heading, "Armenia’s ministry reported 105 soldiers.") == [
        ("105", "current")
    ]
    assert verdicts(
        made, "Azerbaijan lost soldiers in September 2022. It said 50 were killed."
    ) == [("50", "current")]
    assert verdicts(
        made, Block("heading", "July 2020"), "Armenia reported 105 soldiers killed."
    ) == [("105", "not_recognised")]


def test_a_side_of_the_sentence_before_hides_no_number_of_both(tmp_path):
    rows = small.tables()
    rows["elsewhere"] = [small.printed("sum", figure="160", party="both")]
    made = table(tmp_path, rows)
    said = (
        "Armenia reported 105 soldiers killed in September 2022. Elsewhere 160 killed are counted."
    )
    assert verdicts(made, said) == [("105", "current"), ("160", "another_count")]


def test_what_one_side_says_of_the_other_is_its_claim_unless_the_text_says_whose(tmp_path):
    rows = small.tables()
    rows["claims"].append(
        small.claim(
            "boast", party="AZE", low="430", best="430", high="430",
            claimant="Government of Armenia", claimant_role="opposing_side",
        )
    )  # fmt: skip
    made = table(tmp_path, rows)
    assert verdicts(made, "In September 2022, 430 Azerbaijani soldiers were killed.") == [
        ("430", "other_side")
    ]
    said = "In September 2022 Armenia said that 430 Azerbaijani soldiers were killed."
    assert verdicts(made, said) == [("430", "current")]


def test_a_number_that_is_printed_elsewhere_is_told_with_its_reason(tmp_path):
    rows = small.tables()
    rows["elsewhere"] = [
        small.printed(
            "wrong", figure="60", kind="source_error", choice="claim=misprint", why="A misprint."
        )
    ]
    rows["claims"].append(
        small.claim("misprint", low="60", best="60", high="60", status="source_error")
    )
    made = table(tmp_path, rows)
    (one,) = Judge(made).judge(
        [Block("paragraph", "60 Armenian soldiers were killed in September 2022.")]
    )
    (verdict,) = one.verdicts
    assert verdict.kind == "another_count"
    assert verdict.words == "A misprint. Our number is 105."
    assert "105" in verdict.instead
    assert "2022" in verdict.citation or "The Small Book" in verdict.citation


@settings(max_examples=15, deadline=None, phases=[Phase.generate])
@given(
    qualifier=st.sampled_from(["exact", "at_least", "more_than", "up_to", "about"]),
    value=st.integers(1, 99_999),
    party=st.sampled_from(["ARM", "AZE"]),
    population=st.sampled_from(["military", "civilian", "all"]),
)
def test_any_toll_in_the_books_own_sentence_is_current(
    tmp_path_factory, qualifier, value, party, population
):
    ends = {
        "exact": ("low", "best", "high"), "at_least": ("low",), "more_than": ("low",),
        "up_to": ("high",), "about": ("best",),
    }[qualifier]  # fmt: skip
    rows = small.tables()
    bounds = {end: str(value) if end in ends else "" for end in ("low", "best", "high")}
    side = {"ARM": "Armenia", "AZE": "Azerbaijan"}[party]
    rows["claims"] = [
        small.claim(
            "only", qualifier=qualifier, party=party, population=population,
            claimant=f"Government of {side}", **bounds,
        )
    ]  # fmt: skip
    rows["elsewhere"], rows["alternatives"], rows["corrections"] = [], [], []
    made = table(tmp_path_factory.mktemp("drawn") / "data", rows)
    known = made["states"][0]["known"]
    told = [quote for quote in made["quotes"] if quote["kind"] == "toll" and "sentence" in quote]
    assert told
    for quote in told:
        found = verdicts(made, quote["sentence"].replace("{known}", known))
        assert found
        assert {kind for _, kind in found} <= GOOD


def test_states_are_joined_each_quote_once_with_the_states_that_have_it(made, tmp_path):
    rows = small.tables()
    rows["claims"] = [row for row in rows["claims"] if row["claim_id"] != "second"]
    rows["corrections"] = []
    older = table(tmp_path, rows, replace(ABOUT, as_of="2022-09-14", version="0.9.0"))
    joined = joining.joined([made, older])
    assert [state["version"] for state in joined["states"]] == ["1.0.0", "0.9.0"]
    keys = [
        (quote["id"], quote["text"], quote.get("since"), quote.get("day"))
        for quote in joined["quotes"]
    ]
    assert sorted({keys.count(key) for key in keys}) == [1]
    shared = [quote for quote in joined["quotes"] if quote["in"] == [0, 1]]
    assert shared
    assert all("sentence" not in quote for quote in joined["quotes"] if 0 not in quote["in"])
    # The newest state's words for the same thing are those that count.
    assert verdicts(joined, "In September 2022 Armenia lost 49 soldiers.") == [("49", "moved")]


def test_publishing_joins_the_tables_of_all_states_newest_first(made, site, public):  # noqa: F811
    for version, toll in (("1.0.0", "49"), ("1.1.0", "50")):
        built = site(version=version, toll=toll)
        stated = {"states": [made["states"][0] | {"version": version}]}
        quotes.write(built, made | stated, SCHEMA)
        releases.lay_out(built, public)
    table = quotes.read(public / "editions" / quotes.NAME)
    assert [state["path"] for state in table["states"]] == [
        f"editions/{DAY}/v1.1.0/",
        f"editions/{DAY}/v1.0.0/",
    ]
    assert all(quote["in"] == [0, 1] for quote in table["quotes"])
    assert table["$schema"] == f"../{SCHEMA}"
    jsonschema.validate(table, exhibit.SCHEMAS[SCHEMA])
    (one,) = Judge(table).judge(
        [Block("paragraph", "In September 2022, 77 Armenian soldiers were killed.")]
    )
    assert one.verdicts[0].path.startswith(f"editions/{DAY}/v1.1.0/claims.html")


def test_a_text_is_cut_into_headings_paragraphs_and_entries():
    text = "# Title\n\nA first line\nand **its** [rest](a.md).\n\n- one\n- two\n\nShort heading\n"
    assert of_text(text) == [
        Block("heading", "Title"),
        Block("paragraph", "A first line and its rest."),
        Block("item", "one"),
        Block("item", "two"),
        Block("heading", "Short heading"),
    ]


def test_sentences_end_where_a_reader_ends_them(made):
    reader = Reader(made["patterns"])
    text = "Gen. Smith spoke at 5 p.m. on Sept. 14. “It held.” Then 49 died (see No. 5)."
    assert reader.sentences(text) == [
        "Gen. Smith spoke at 5 p.m. on Sept. 14.",
        "“It held.”",
        "Then 49 died (see No. 5).",
    ]


def word(path):
    document = Document()
    document.add_heading("September 2022", 1)
    document.add_paragraph("Armenia reported 105 soldiers killed.")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Armenian soldiers killed", "49"
    document.save(path)


def test_a_word_document_and_a_page_are_read_alike(tmp_path):
    word(tmp_path / "brief.docx")
    (tmp_path / "brief.html").write_text(
        "<h1>September 2022</h1><p>Armenia reported <b>105</b> soldiers killed."
        "<script>1</script><table><tr><td>Armenian soldiers killed<td>49</table>"
    )
    found = [reading.blocks(tmp_path / name) for name in ("brief.docx", "brief.html")]
    assert found[0] == found[1]
    assert found[0][0] == Block("heading", "September 2022")
    assert found[0][-1] == Block("item", "Armenian soldiers killed: 49")


HEADED = [
    ("Side", "Killed soldiers", "Wounded", "Source"),
    ("Armenia, September 2022", "49 or at least 105", "n/a", "Its ministry"),
    ("Azerbaijan, 13 September 2022", "50", "7", ""),
]


def table_in_html(rows):
    lines = "".join(f"<tr>{''.join(f'<td>{text}' for text in row)}" for row in rows)
    return f"<table>{lines}</table>"


def table_in_word(path, rows):
    document = Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts_ in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts_, strict=True):
            cell.text = text
    document.save(path)


def test_each_number_of_a_table_is_read_with_its_columns_head_and_its_rows_labels(tmp_path):
    lines = [" | ".join(row) for row in HEADED]
    (tmp_path / "a.md").write_text("\n".join([lines[0], "--|--|--|--", *lines[1:]]))
    (tmp_path / "b.html").write_text(table_in_html(HEADED))
    table_in_word(tmp_path / "c.docx", HEADED)
    (tmp_path / "d.txt").write_text("\n".join("\t".join(row) for row in HEADED))
    for path in sorted(tmp_path.iterdir()):
        assert reading.blocks(path) == [
            Block(
                "item",
                "Killed soldiers, Armenia, September 2022: 49 or at least 105"
                " (according to Its ministry)",
            ),
            Block("item", "Killed soldiers, Azerbaijan, 13 September 2022: 50"),
            Block("item", "Wounded, Azerbaijan, 13 September 2022: 7"),
        ]


def test_a_cell_gets_the_verdict_of_its_own_column(made):
    rows = [("Side", "Killed soldiers", "Wounded soldiers"), ("Armenia", "105", "105")]
    found = [*reading.of_html(table_in_html(rows).encode())]
    said = Block("paragraph", "September 2022, as The Small Book has it:")
    assert verdicts(made, said, *found) == [("105", "current"), ("105", "not_recognised")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("Killed", "49"), ("Wounded", "7")], ["Killed: 49", "Wounded: 7"]),
        ([("Killed in 2022",), ("49",)], ["Killed in 2022", "49"]),
        (
            [("Year", "Killed"), ("2020", "five"), ("2022", "105")],
            ["Killed, 2020: five", "Killed, 2022: 105"],
        ),
        ([("Side", "Said"), ("Armenia", "Nothing")], ["Armenia; Nothing"]),
        (
            [("Killed", "Side"), ("49", "Armenia"), ("5 or 6", "Azerbaijan")],
            ["Killed, Armenia: 49", "Killed, Azerbaijan: 5 or 6"],
        ),
        (
            [("Side", "Dead", "Note"), ("Armenia", "49", "x" * 81), ("Armenia", "It lost 5.", "y")],
            ["Dead, Armenia: 49", "Dead, Armenia: It lost 5."],
        ),
        (
            [("Source", "Killed", "As of"), ("Armenia’s ministry", "49", "13 September 2022")],
            ["Killed, according to Armenia’s ministry: 49 (13 September 2022)"],
        ),
        ([("Armenia", ""), ("", "")], ["Armenia"]),
        ([("", ""), ("", "")], []),
    ],
)  # fmt: skip
def test_any_table_gives_sensible_entries(rows, said):
    found = reading.of_html(table_in_html(rows).encode())
    assert [text for _, text in found if text] == said


@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(
    rows=st.lists(
        st.lists(
            st.builds(
                Cell,
                st.sampled_from(["", "Killed", "49", "2022", "one"]),
                st.sampled_from([1, 2, 200]),
                st.sampled_from([1, 2, 200]),
                st.booleans(),
            ),
            max_size=4,
        ),
        max_size=5,
    ),
    headed=st.integers(0, 6),
)
def test_no_table_is_too_odd_to_be_read(rows, headed):
    assert all(kind == "item" for kind, _ in entries(rows, headed))


def test_notes_and_boxes_of_a_word_document_are_read_and_what_was_deleted_is_not(tmp_path):
    briefs.word(tmp_path / "brief.docx", briefs.BOXED, footnotes=briefs.NOTES, endnotes=briefs.END)
    assert reading.blocks(tmp_path / "brief.docx") == [
        Block("paragraph", "Armenia lost 13-14 soldiers."),
        Block("paragraph", "In a box: 105."),
        Block("paragraph", "Its authorities said 105."),
        Block("paragraph", "At the end: 50."),
    ]


@pytest.mark.parametrize("language", briefs.FOREIGN)
def test_of_a_text_in_another_language_no_number_is_judged(made, tmp_path, monkeypatch, language):
    monkeypatch.chdir(tmp_path)
    quotes.write(tmp_path / "site", made, SCHEMA)
    Path("brief.md").write_text(briefs.FOREIGN[language], encoding="utf-8")
    done = CliRunner().invoke(cli.main, ["check-brief", "brief.md", "--states", "site"])
    said = "brief.md is not in English, and only English is read; check a translation of it\n"
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", said)


@pytest.mark.parametrize(
    "text",
    [
        "Killed soldiers, Armenia, September: 105. Wounded soldiers, Azerbaijan, July: 50. " * 9,
        "GDP, Armenia, 2020: 7.2%. " * 30,
        "Сказано: at least 105 soldiers were killed, says the ministry of defence.",
        "Azərbaycan Ordusu, 105.",
        "105",
    ],
)
def test_no_english_text_is_taken_for_another_language(text):
    assert is_english([Block("paragraph", text)])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("brief.odt", b"", "is not a .md, .txt, .html, .htm, .docx or .pdf file; save it as one"),
        ("brief.docx", b"no", "cannot be read as a Word document; save it again in Word"),
        ("brief.pdf", b"no pdf", "cannot be read as a PDF; save it again, without a password"),
        ("brief.md", b"\xff\xfe", "is not UTF-8; save it again as UTF-8"),
        ("brief.txt", b" \n", "holds no text; save it with its text, not as pictures"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_one_line_with_the_way_out(
    made, tmp_path, monkeypatch, name, content, said
):
    monkeypatch.chdir(tmp_path)
    quotes.write(tmp_path / "site", made, SCHEMA)
    Path(name).write_bytes(content)
    done = CliRunner().invoke(cli.main, ["check-brief", name, "--states", "site"])
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{name} {said}\n")


def test_the_command_says_what_to_write_and_ends_with_whether_all_is_well(
    made, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    quotes.write(tmp_path / "site", made, SCHEMA)
    Path("good.md").write_text("Armenia reported 105 soldiers killed in September 2022.\n")
    Path("old.md").write_text("In September 2022 Armenia lost 49 soldiers.\n")
    good, old = (
        CliRunner().invoke(cli.main, ["check-brief", name, "--states", "site"])
        for name in ("good.md", "old.md")
    )
    assert good.exit_code == 0
    assert "✓ 105: Current." in good.stdout
    assert old.exit_code == 1
    assert "✗ 49: Moved. “49” was ours as of 13 September 2022. Now it is 105." in old.stdout
    assert "Write: 105 soldiers were killed on Armenia’s side in September 2022" in old.stdout
    answer = CliRunner().invoke(cli.main, ["check-brief", "old.md", "--states", "site", "--json"])
    (file,) = json.loads(answer.stdout)
    (number,) = file["sentences"][0]["numbers"]
    assert (number["number"], number["verdict"]) == ("49", "moved")


def test_each_verdict_has_a_name_and_words_for_it(made):
    for kind, words in made["verdicts"].items():
        if kind != "nothing":
            assert {"name", "said"} <= words.keys()
    assert [*telling.lines("empty.md", [], made["verdicts"])][-1].endswith("no numbers found.")
