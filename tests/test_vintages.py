"""A newer release in the project's own data takes the place of the older, and is named."""

import csv
import shutil
from pathlib import Path

import pytest

from clashbook import config
from clashbook.analysis import economy, trackers
from clashbook.figures import charts
from clashbook.figures.charts import figure, style
from clashbook.figures.exhibit import words as words_of
from clashbook.figures.exhibit.book import sides_of
from clashbook.pipeline import notebooks, preflight
from clashbook.pipeline.edition import Edition
from clashbook.prose.numbers import Numbers, references

ROOT = Path(__file__).parent.parent
INDEX = "eai-change-yoy-arm-armstat"
PARTS = [
    "construction_change_yoy",
    "services_change_yoy",
    "trade_change_yoy",
    "industry_change_yoy",
]
PAGES = ("economy.ipynb", "index.md")
PERSONS = [
    *("killed-by-place-all-arm-ucdp-25.1", "killed-by-place-all-aze-ucdp-25.1"),
    *("killed-military-arm-crisisgroup", "killed-military-aze-crisisgroup"),
]


def release(folder, names, vintage, released, add, *, months=(), **changed):
    """Write a later release of series into a copy of the project's data.

    Each is released anew by the same provider with `add` on every value and two months more; the
    months of `changed` have the values given.
    """
    if not folder.exists():
        shutil.copytree(ROOT / "data", folder)
    tables = {name: _table(folder, name) for name in ("series", "observations", "sources")}
    for name in names:
        row = next(row for row in tables["series"] if row["series_id"] == name)
        source = next(s for s in tables["sources"] if s["source_id"] == row["source_id"])
        again = {"source_id": f"{row['source_id']}-again", "issued": released}
        if all(each["source_id"] != again["source_id"] for each in tables["sources"]):
            tables["sources"].append(source | again | {"issued_precision": "month"})
        later = {"series_id": f"{name}-again", "vintage": vintage, "released_on": released}
        later |= {"source_id": again["source_id"], "released_precision": "month"}
        mine = [each for each in tables["observations"] if each["series_id"] == name]
        mine += [mine[-1] | {"period": month} for month in months]
        tables["series"].append(row | later)
        tables["observations"] += [
            each
            | {"series_id": later["series_id"]}
            | {
                end: changed.get(each["period"], f"{float(each[end]) + add:.1f}")
                for end in ("low", "best", "high")
                if each[end]
            }
            for each in mine
        ]
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edition(folder, as_of=""):
    return Edition(config.read(ROOT), folder, folder.parent / "out", as_of)


@pytest.fixture(scope="module")
def newer(tmp_path_factory):
    """The edition of data with an index of May 2024 and two months more."""
    folder = tmp_path_factory.mktemp("newer") / "data"
    months = ("2024-01", "2024-02")
    return edition(release(folder, [INDEX], "2024-05", "2024-05-31", 0.1, months=months))


@pytest.fixture(scope="module")
def older(newer):
    """The same data as known a month after the older release."""
    return edition(newer.data_dir, "2024-04-30")


@pytest.fixture(scope="module")
def said(newer):
    """What the pages on the economy say in that edition, with the numbers that they use."""
    numbers = Numbers(newer.data)
    texts = {name: text for name, text in preflight.texts(newer).items() if name in PAGES}
    ids = {name: references([text]) for name, text in texts.items()}
    words = {name: plain(numbers.resolve(text)) for name, text in texts.items()}
    used = sorted({each for name in PAGES for each in ids[name]})
    return words, [numbers[each] for each in used]


@pytest.fixture(scope="module")
def counts(tmp_path_factory):
    """Data with a later release of both trackers."""
    folder = tmp_path_factory.mktemp("counts") / "data"
    return edition(release(folder, PERSONS, "26.1", "2026-06-30", 1)).data


def plain(text):
    return text.replace("\u00a0", " ")


def parameters():
    """What the notebook's cell of parameters sets."""
    cells = notebooks.read(ROOT / "notebooks" / "economy.ipynb").cells
    source = next(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", []))
    found = {}
    exec(source, found)
    return found["first_month"], found["last_month"]


def drawn(each):
    return months(each.data, "eai_change_yoy", episodes=["2020-07", "2022-09"])


def months(data, *indicators, episodes=()):
    """What the chapter draws of some indicators, from the first month that it shows."""
    frame = economy.series(data, *indicators)
    first_month, _ = parameters()
    frame = economy.shaded(data, frame[frame.period >= first_month], episodes)
    return words_of.put(data, frame)


def releases(data, *indicators):
    return words_of.put(data, economy.releases(economy.series(data, *indicators)))


# What is drawn and listed


def test_a_measure_is_one_line_of_the_newest_vintage(newer):
    line = drawn(newer).query("kind == 'vintage'")
    assert set(line.series_id) == {f"{INDEX}-again"}
    assert set(map(plain, line.label)) == {"As revised by May 2024"}
    assert not line.period.duplicated().any()


def test_the_months_that_came_with_it_are_drawn(newer):
    assert drawn(newer).query("kind == 'vintage'").period.max() == "2024-02"


@pytest.mark.parametrize("width", [style.WIDE, style.PHONE])
def test_its_name_stands_where_its_line_ends(newer, width):
    with style.using(sides_of(newer.data, newer.config)):
        drawing = figure.plot(charts.lines, drawn(newer), width)
    axes = drawing.axes[0]
    (plot,) = axes.child_axes
    (line,) = [line for line in plot.lines if len(line.get_xdata()) > 40]
    drawing.draw_without_rendering()
    sheet = plot.transData + axes.transData.inverted()
    ends = [sheet.transform((line.get_xdata()[-1], line.get_ydata()[-1]))]
    named = [text for text in axes.texts if text.get_text() == "Armenia"]
    ((x, y),) = [text.get_position() for text in named]
    assert x > ends[0][0]
    assert abs(y - ends[0][1]) < 20


def test_a_table_of_releases_has_the_values_of_the_newest_vintage_alone(newer):
    frame = releases(newer.data, "eai_change_yoy")
    assert set(map(plain, frame.revised_by)) == {"May 2024"}
    assert set(frame.vintage[frame.month == "2020-07"]) == {"−10.4"}
    assert not frame.series.str.split().explode().isin([INDEX]).any()


def test_components_of_unlike_vintages_each_say_which_is_theirs(tmp_path):
    names = ["construction-change-yoy-arm-armstat"]
    data = edition(release(tmp_path / "data", names, "2024-05", "2024-05-31", 0.1)).data
    frame = months(data, *PARTS)
    labels = frame[frame.kind == "vintage"].groupby("measure").label.agg(set).explode().map(plain)
    assert labels.to_dict() == dict.fromkeys(
        ["Domestic trade", "Industry", "Services"], "As revised by March 2024"
    ) | {"Construction": "As revised by May 2024"}


# What the pages say


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_name_the_newer_vintage_and_never_the_older(said, page):
    words, _ = said
    assert "as revised by may 2024" in plain(words[page]).casefold()
    assert "March 2024" not in words[page]


def test_no_number_of_the_pages_is_of_the_older_vintage(said):
    _, numbers = said
    used = {series for number in numbers for series in number.series}
    assert f"{INDEX}-again" in used
    assert INDEX not in used


def test_with_it_the_book_passes_its_own_check(newer):
    assert preflight.checked_texts(newer)


def test_an_edition_of_an_earlier_day_has_the_older_one(older):
    words = {
        name: Numbers(older.data).resolve(text) for name, text in preflight.texts(older).items()
    }
    for page in PAGES:
        assert "as revised by march 2024" in plain(words[page]).casefold()
        assert "May 2024" not in plain(words[page])
    line = drawn(older).query("kind == 'vintage'")
    assert (set(line.series_id), line.period.max()) == ({INDEX}, "2023-12")


def test_a_conclusion_that_the_newer_vintage_does_not_bear_is_refused(tmp_path):
    changed = {"2020-08": "-18.0"}
    folder = release(tmp_path / "data", [INDEX], "2024-05", "2024-05-31", 0.1, **changed)
    with pytest.raises(preflight.TextError) as refused:
        preflight.checked_texts(edition(folder))
    lines = plain(str(refused.value)).splitlines()
    assert sorted(line.split()[0].rstrip(",") for line in lines) == ["economy.ipynb", "index.md"]
    assert all("newest-lowest-month-of-2020 is August 2020" in line for line in lines)


# Counts of people


def test_a_newer_release_of_a_tracker_is_shown_in_place_of_the_older(counts):
    years = trackers.by_year(counts, "killed_by_place")
    assert not years.duplicated(["period", "place"]).any()
    assert years.series_id.str.endswith("-again").all()
    months = trackers.by_month(counts, "killed").query("kind == 'month'")
    assert not months.duplicated(["period", "party", "population"]).any()
    beside = trackers.beside_tolls(counts, ["2022-09"], "killed")
    assert not set(beside.series_id) & set(PERSONS)


def test_a_number_of_a_tracker_can_name_its_newest_release(counts):
    numbers = Numbers(counts)
    assert plain(numbers["killed-by-place-all-arm-newest-vintage"].text) == "26.1"
    for name in ("killed-by-place-all-arm", "killed-by-place-all-aze"):
        now, was = (numbers[f"{name}-{which}-span-in-2020"] for which in ("newest", "ucdp-25.1"))
        assert (now.low, now.high) == (was.low + 1, was.high + 1)
    for party in ("arm", "aze"):
        now, was = (
            numbers[f"killed-military-{party}-{which}-in-2022-09"]
            for which in ("newest", "crisisgroup")
        )
        assert now.best == was.best + 1
