"""What the build has drawn before is not drawn again, and is the same as if it were."""

import pandas as pd
import pytest

from clashbook import kept
from clashbook.figures import charts
from clashbook.figures.exhibit import files, parameters

FRAME = pd.DataFrame({"value": [1.0, None], "name": ["one", None]})
WORDS = [{"title": "One"}, ["Source: a bank"]]


@pytest.fixture
def drawing(tmp_path, monkeypatch):
    """Draws, in the surroundings of a notebook of a build, and keeps count."""
    monkeypatch.setenv(files.KEPT, str(tmp_path / "drawn"))
    count = []

    def ask(draw=charts.lines, frame=FRAME, words=WORDS):
        def make():
            count.append(1)
            return {"svg_wide": f"<svg>{len(count)}</svg>", "files": {"a.csv": "MQ=="}}

        return files.once(draw, frame, words, make)["svg_wide"]

    return ask


def test_the_same_figure_is_drawn_once(drawing):
    first = drawing()
    assert drawing() == first
    assert drawing(frame=FRAME.copy()) == first


CHANGES = {
    "another value": {"frame": FRAME.assign(value=[1.0, 2.0])},
    "no value in place of an empty text": {"frame": FRAME.assign(name=["one", ""])},
    "another kind of number": {"frame": FRAME.assign(value=[1, 0]).astype({"value": "int8"})},
    "another index": {"frame": FRAME.set_index(pd.Index([5, 6]))},
    "another order of columns": {"frame": FRAME[["name", "value"]]},
    "another word": {"words": [{"title": "Two"}, *WORDS[1:]]},
    "another chart": {"draw": charts.months},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_drawn_from_counts(drawing, change):
    first = drawing()
    assert drawing(**change) != first
    assert drawing() == first


def test_code_that_the_notebook_has_run_counts_and_where_its_data_lie_does_not(
    drawing, monkeypatch
):
    first = drawing()
    run = ["# Parameters\ndata_dir = '/elsewhere'\n"]
    monkeypatch.setattr(parameters, "_cells_so_far", lambda: run)
    assert drawing() == first
    run.append("style.COLOURS['ink'] = '#ff0000'")
    assert drawing() != first


def test_a_function_of_the_notebooks_own_draws_each_time(drawing):
    def own(_frame, _axes):
        pass

    assert drawing(draw=own) != drawing(draw=own)


def test_outside_of_a_build_nothing_is_kept(drawing, monkeypatch):
    monkeypatch.delenv(files.KEPT)
    assert drawing() != drawing()


@pytest.mark.parametrize("rest", [b"", b"no line", b'{"svg_wide": "<svg>'])
def test_what_was_cut_or_changed_is_drawn_again(drawing, tmp_path, rest):
    first = drawing()
    (file,) = (tmp_path / "drawn").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole.partition(b"\n")[0] + b"\n" + rest)
    assert drawing() != first


def test_only_the_newest_are_kept(drawing, tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 2)
    for number in range(4):
        drawing(words=[number])
    assert len(list((tmp_path / "drawn").iterdir())) == 2
