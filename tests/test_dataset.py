import re
import subprocess
import sys

import pandas as pd
import pytest
import small

from clashbook.dataset.tables import DataError, Dataset, load, once


def ids(frame):
    return frame.iloc[:, 0].tolist()


def refusal(folder, as_of):
    with pytest.raises(DataError) as refused:
        load(folder, as_of)
    return str(refused.value)


def test_every_table_is_an_attribute_with_its_columns_in_the_order_of_the_schema(small_data):
    for table, fields in small.FIELDS.items():
        assert list(getattr(small_data, table).columns) == list(fields)
    with pytest.raises(AttributeError, match="no table"):
        _ = small_data.rumours


def test_text_is_str_numbers_are_float_and_rows_are_counted_from_zero(small_data):
    claims = small_data.claims
    assert claims.low.dtype == "float64"
    assert claims.low.isna().sum() == 1
    assert claims.population.dtype == "str"
    assert claims.population.eq("").sum() == 1
    assert isinstance(claims.index, pd.RangeIndex)


def test_without_a_date_the_data_are_as_of_their_last_day(small_data):
    assert small_data.as_of == "2022-09-15"
    assert small_data.version == small_data.package["version"]


def test_a_date_after_the_last_day_changes_nothing_but_the_date(small_data):
    later = small_data.cut("2030-01-01")
    assert later.as_of == "2030-01-01"
    assert ids(later.claims) == ids(small_data.claims)


def test_a_cut_holds_only_what_was_known_by_then(small_data):
    early = small_data.cut("2020-07-25")
    assert ids(early.claims) == ["july", "reserves"]
    assert ids(early.series) == []
    assert ids(early.observations) == []
    assert ids(early.reactions) == []
    assert ids(early.episodes) == ["2020-07", "background"]


def test_a_cut_keeps_only_the_sources_places_and_actors_that_its_rows_name(small_data):
    early = small_data.cut("2020-07-25")
    assert ids(early.sources) == ["paper"]
    assert ids(early.places) == []
    assert ids(early.actors) == ["ARM", "AZE", "both", "unspecified"]


def test_a_cut_keeps_stances_and_indicators_whole(small_data):
    early = small_data.cut("2020-07-25")
    assert early.stances.equals(small_data.stances)
    assert early.indicators.equals(small_data.indicators)


def test_an_episode_that_has_not_ended_has_no_end_yet(small_data):
    assert small_data.cut("2020-07-29").episodes.end.tolist() == ["", ""]
    assert small_data.cut("2020-07-30").episodes.end.tolist() == ["2020-07-30", ""]


def test_an_end_is_known_from_the_day_on_which_its_source_came_out(tmp_path):
    rows = small.tables()
    rows["sources"].append(small.source("late", issued="2022-10-01"))
    rows["episodes"][1] |= {"end": "2022-09-14", "end_source_id": "late"}
    whole = load(small.write(tmp_path / "data", rows), "2022-10-01")
    early = whole.cut("2022-09-30")
    assert whole.episodes.end.tolist()[1] == "2022-09-14"
    assert early.episodes.end.tolist()[1] == early.episodes.end_source_id.tolist()[1] == ""
    assert "late" in ids(whole.sources)
    assert "late" not in ids(early.sources)


def test_a_place_within_one_that_is_not_known_yet_lies_within_none(tmp_path):
    rows = small.tables()
    rows["places"].append({"place_id": "region", "names": "Region", "country": "ARM"})
    rows["places"][0]["within"] = "region"
    rows["events"].append(small.event("later", place_id="region", reported_on="2022-09-15"))
    data = load(small.write(tmp_path / "data", rows))
    assert data.places.within.tolist() == ["region", ""]
    assert data.cut("2022-09-13").places.within.tolist() == [""]


def test_a_relation_to_a_row_that_does_not_exist_yet_is_emptied(tmp_path):
    rows = small.tables()
    rows["claims"][0]["reported_on"] = "2022-09-14"
    early = load(small.write(tmp_path, rows), "2022-09-13")
    copy = early.claims[early.claims.claim_id == "copy"].iloc[0]
    assert (copy.relation, copy.related_claim) == ("", "")


def test_a_correction_stands_in_every_edition_that_has_its_row(folder):
    row = load(folder).corrections.iloc[0]
    known = load(folder).claims.set_index("claim_id").reported_on[row.row_id]
    assert len(load(folder, known).corrections) == 1
    assert row.date > known
    assert len(load(folder, "2020-07-16").corrections) == 0


def test_a_selection_keeps_the_indicators_that_its_own_include(tmp_path):
    rows = small.tables()
    rows["indicators"][1]["domain"] = "humanitarian"
    data = load(small.write(tmp_path, rows))
    chosen = data.select(["claims"], ["casualties"])
    assert ids(chosen.indicators) == ["killed", "missing", "killed_or_missing"]
    assert ids(data.select(["claims"], ["humanitarian"]).indicators) == ["missing"]


@pytest.mark.parametrize("as_of", ["2020-07-16", "2020-07-31", "2022-09-13", "2022-09-14", ""])
def test_what_a_cut_writes_loads_as_an_equal_dataset(folder, tmp_path, as_of):
    data = load(folder, as_of)
    data.write(tmp_path / "out")
    again = load(tmp_path / "out")
    assert again == data


def test_the_same_dataset_writes_the_same_bytes(small_data, tmp_path):
    small_data.write(tmp_path / "one")
    load(tmp_path / "one").write(tmp_path / "two")
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_whole_numbers_are_written_without_a_point(small_data, tmp_path):
    small_data.write(tmp_path)
    assert ",49,49,49,exact," in (tmp_path / "claims.csv").read_text()
    assert "growth,2020-05,,-12.8,," in (tmp_path / "observations.csv").read_text()


def test_a_folder_that_was_cut_cannot_be_loaded_for_a_later_day(small_data, tmp_path):
    small_data.cut("2020-07-31").write(tmp_path)
    assert refusal(tmp_path, "2022-09-13") == (
        'as_of, "2022-09-13": is after 2020-07-31, the cut-off date of these data; '
        "write a day up to 2020-07-31"
    )


def test_a_selection_holds_only_the_tables_and_domains_asked_for(small_data):
    chosen = small_data.select(["claims"], ["casualties"])
    assert ids(chosen.claims) == ["first", "second", "copy", "other-side", "july"]
    assert ids(chosen.indicators) == ["killed", "missing", "killed_or_missing"]
    assert ids(chosen.sources) == ["paper"]
    assert ids(chosen.episodes) == ["2020-07", "2022-09"]
    for table in ("series", "observations", "reactions", "events", "stances", "places"):
        assert len(chosen.tables[table]) == 0
        assert list(chosen.tables[table].columns) == list(small.FIELDS[table])


def test_a_selected_table_of_names_is_whole(small_data):
    assert ids(small_data.select(["episodes"], []).episodes) == ["2020-07", "2022-09", "background"]


def test_observations_come_with_their_series(small_data):
    chosen = small_data.select(["observations"], ["economy"])
    assert ids(chosen.series) == ["growth"]
    assert len(chosen.observations) == 2
    assert len(small_data.select(["observations"], ["casualties"]).observations) == 0


def test_reactions_come_with_all_stances(small_data):
    assert len(small_data.select(["reactions"], []).stances) == 2


def test_a_selection_does_not_change_with_a_row_outside_it(folder, tmp_path):
    rows = small.tables()
    rows["claims"][0]["note"] = "Another note."
    changed = load(small.write(tmp_path / "changed", rows))
    economy = (["claims", "series", "observations"], ["economy"])
    assert changed != load(folder)
    assert changed.select(*economy) == load(folder).select(*economy)


def test_a_selection_of_a_table_that_is_not_there_is_refused(small_data):
    with pytest.raises(ValueError, match="no table rumours"):
        small_data.select(["rumours"], [])


@pytest.mark.parametrize(
    ("tables", "domains"),
    [(["claims"], ["casualties"]), (["claims"], []), (["reactions", "events"], [])],
)
def test_what_a_selection_writes_loads_as_an_equal_dataset(small_data, tmp_path, tables, domains):
    chosen = small_data.select(tables, domains)
    chosen.write(tmp_path)
    assert load(tmp_path) == chosen
    assert load(tmp_path, chosen.as_of) == chosen


def test_a_dataset_is_its_content_and_not_its_layout(folder):
    before = load(folder)
    claims = folder / "claims.csv"
    claims.write_bytes(claims.read_bytes().replace(b"\n", b"\r\n").replace(b"49,49", b'"49",49.0'))
    assert load(folder) == before
    assert load(folder, "2022-09-14") != before


def test_parties_are_the_belligerents_in_their_order_whatever_their_names(small_data):
    assert small_data.parties() == ["ARM", "AZE"]
    actors = small_data.actors.iloc[::-1]
    turned = Dataset(small_data.tables | {"actors": actors}, small_data.as_of, "0", {})
    assert turned.parties() == ["AZE", "ARM"]
    assert sorted(["RUS", "ARM", "FRA", "AZE"], key=turned.place) == ["AZE", "ARM", "FRA", "RUS"]
    assert small_data.name("AZE") == "Azerbaijan"
    with pytest.raises(KeyError):
        small_data.name("XYZ")


def test_a_date_before_the_first_claim_is_refused(folder):
    assert refusal(folder, "2001-01-01") == (
        'as_of, "2001-01-01": is before the first claim; write a day from 2020-07-16 on'
    )
    assert [str(problem) for problem in small.check(folder, "2001-01-01")[0]] == [
        'as_of, "2001-01-01": is before the first claim; write a day from 2020-07-16 on'
    ]


@pytest.mark.parametrize("as_of", ["13 September 2022", "2022-9-13", "20220913", "2022-02-30"])
def test_a_date_that_is_no_day_is_refused(folder, small_data, as_of):
    assert refusal(folder, as_of) == f'as_of, "{as_of}": is not a date; write YYYY-MM-DD'
    with pytest.raises(ValueError, match="not a date"):
        small_data.cut(as_of)


def test_the_projects_own_data_are_sound(data):
    assert data.as_of == max(
        data.claims.reported_on.max(),
        data.reactions.reported_on.max(),
        data.events.reported_on.max(),
        data.series.released_on.max(),
    )


def test_every_cut_of_the_projects_own_data_is_sound(data, tmp_path):
    days = sorted(set(data.claims.reported_on))
    assert days
    for day in days:
        data.cut(day).write(tmp_path / day)
        assert small.check(tmp_path / day)[0] == []


def test_the_package_describes_every_column_and_gives_an_example_of_its_form():
    for table, fields in small.FIELDS.items():
        for name, field in fields.items():
            assert field["description"].endswith("."), f"{table}.{name}"
            pattern = field.get("constraints", {}).get("pattern")
            if pattern and "example" in field:
                assert re.fullmatch(pattern, field["example"]), f"{table}.{name}"


def test_the_package_is_a_data_package_of_version_2():
    assert small.PACKAGE["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in small.PACKAGE["resources"]:
        assert resource["path"] == f"{resource['name']}.csv"
        assert resource["description"]


def test_a_frame_of_a_dataset_is_made_once_and_every_caller_may_change_its_own(small_data):
    made = []

    @once
    def frame(data, names):
        made.append(names)
        return data.claims[["claim_id"]]

    first, second = (frame(small_data, ["a"]) for _ in range(2))
    first["claim_id"] = ""
    assert second.equals(small_data.claims[["claim_id"]])
    assert made == [["a"]]
    frame(small_data.cut("2022-09-13"), ["a"])
    frame(small_data, ["b"])
    assert made == [["a"], ["a"], ["b"]]


def test_a_check_waits_for_nothing_that_draws():
    told = "import sys, clashbook.pipeline.preflight as _"
    told += "; print({'matplotlib', 'seaborn'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_an_as_of_that_the_data_do_not_reach_is_refused(folder):
    made = small.PACKAGE["created"][:10]
    assert refusal(folder, "2999-01-01") == (
        f'as_of, "2999-01-01": is after {made}, the day of the data; write a day up to {made}'
    )
    assert load(folder, made).as_of == made
