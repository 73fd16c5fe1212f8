"""Words of a frame are made of the columns that are drawn: what is changed changes everywhere."""

import base64
import io
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from lxml import etree

import clashbook
from clashbook.analysis import casualties, statements
from clashbook.figures import charts
from clashbook.figures.exhibit import words

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def book():
    return clashbook.open()


def csv_of(exhibit):
    record = exhibit.bundle["record"]
    content = base64.b64decode(exhibit.bundle["files"][record["files"]["csv"]])
    return pd.read_csv(io.BytesIO(content), keep_default_na=False)


def titles_of(exhibit):
    """What the marks of the picture say, each with spaces that break."""
    root = etree.fromstring(exhibit.bundle["svg_wide"].encode())
    found = root.xpath("//*[local-name()='title']/text()")
    return [text.replace("\u00a0", " ") for text in found]


def of(exhibit, **cells):
    """The row of the table and of the CSV with these cells."""
    frame = csv_of(exhibit)
    for name, cell in cells.items():
        frame = frame[frame[name] == cell]
    (number,) = frame.index
    return exhibit.bundle["rows"][number], frame.loc[number]


def test_a_changed_value_changes_mark_table_and_csv_together(book):
    frame = statements.own_counts(book.data, "2022-09", ["military"])
    row = frame.index[(frame.party == "AZE") & (frame.claims != "")][-1]
    frame.loc[row, ["low", "best", "high"]] = 99.0
    made = book.figure("changed", charts.counts_by_day, frame, title="Changed", alt="Changed")
    listed, written = of(made, claims=frame.claims[row])
    assert (listed["text"], listed["low"]) == ("99", 99)
    assert (str(written.text), float(written.low)) == ("99", 99)
    assert [text for text in titles_of(made) if ": 99 killed" in text]


def test_an_end_that_is_opened_is_drawn_and_worded_as_open(book):
    frame = statements.by_statement(book.data, "2022-09", "killed", "military")
    row = (frame.party == "AZE") & (frame.status == "current")
    frame.loc[row, ["best", "high"]] = float("nan")
    frame.loc[row, "qualifier"] = "at_least"
    worded = book.in_words(frame)[row]
    assert worded.firmness.item() == "at_least"
    assert worded.text.item().startswith("at\u00a0least\u00a0")


def chapter(*changes):
    """The first figure of the chapter on the economy, with texts of its cells replaced."""
    notebook = nbformat.read(ROOT / "notebooks" / "economy.ipynb", as_version=4)
    given = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            source = cell.source
            for old, new in changes:
                source = source.replace(old, new)
            before, call, shown = source.partition('book.figure("economic-activity"')
            exec(before, given)
            if call:
                return eval(call + shown, given)
    raise AssertionError("the chapter has no such figure")


def title_of(exhibit):
    return exhibit.title.replace("\u00a0", " ")


def test_a_value_changed_in_the_notebook_changes_title_mark_table_and_csv():
    raised = "shown.value.mask((shown.kind == 'vintage') & (shown.period == '2020-05'), -20.5)"
    made = chapter(("line = ", f"shown = shown.assign(value={raised})\nline = "))
    assert title_of(made).endswith("in May 2020, by 20.5% on the year")
    listed, written = of(made, kind="vintage", period="2020-05")
    assert (listed["value"], listed["change"]) == (-20.5, "−20.5")
    assert (float(written["value"]), written["change"]) == (-20.5, "−20.5")
    assert [text for text in titles_of(made) if "May 2020: −20.5%" in text]


def test_a_month_changed_in_the_notebook_changes_what_is_drawn_listed_and_written():
    made = chapter(('first_month = "2019-01"', 'first_month = "2020-02"'))
    assert csv_of(made).query("kind != 'episode'").period.min() == "2020-02"
    assert min(row["period"] for row in made.bundle["rows"]) == "2020-02"
    assert not [text for text in titles_of(made) if "2019" in text.partition(", published")[0]]


def test_another_indicator_changes_title_mark_table_and_csv():
    made = chapter(('"eai_change_yoy")', '"services_change_yoy")'))
    assert title_of(made).endswith("in October 2020, by 23.4% on the year")
    assert set(csv_of(made).measure) == {"Services", "Clash"}
    assert {row["measure"] for row in made.bundle["rows"]} == {"Services", "Clash"}
    assert [text for text in titles_of(made) if "Services, May 2020: −19.4%" in text]


def test_words_that_a_frame_brings_itself_stay(book):
    frame = casualties.by_episode(book.data, ["2022-09"], "killed", book.focus)
    own = frame.assign(party_name="A side")
    assert set(words.put(book.data, own).party_name) == {"A side"}


def test_a_frame_of_ones_own_without_known_columns_stays_as_it_is(book):
    frame = pd.DataFrame({"x": [1], "y": [2]})
    assert words.put(book.data, frame).equals(frame)
