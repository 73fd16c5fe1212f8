"""What changed from each published state to the next: a page a step, and a list of them.

::

    editions/changes.html                                       each state beside the one before it
    editions/changes/2022-09-13-v0.3.0--2022-09-14-v0.3.0.html  what changed in one step, in words
    editions/changes/2022-09-13-v0.3.0--2022-09-14-v0.3.0.json  the same for programs
    editions/changes/since-2022-09-13-v0.3.0.html               from a state to what superseded it

Which state comes before another, and which has superseded it, is told by `editions`. States never
change, so a step is worked out once and kept; what changed since a state is written again once
another supersedes it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lxml import html

from clashbook.about import Marker
from clashbook.dataset import kinds
from clashbook.files import read_json, write_whole
from clashbook.pages import labels
from clashbook.pages.html import templates
from clashbook.website import published, told
from clashbook.website.changes import (
    CAME,
    CORRECTIONS,
    Differences,
    NumberChange,
    RowChange,
    Touched,
)
from clashbook.website.differences import compare
from clashbook.website.editions import State
from clashbook.website.snapshots import Snapshot, SnapshotError, plain, snapshot_of

PAGE, FOLDER = "changes.html", "changes"
# From the page of a step to the folder of all editions.
_UP = "../"
Sheets = Callable[[Path, str], list[tuple[str, str]]]
# So many rows of a table, and behind a number, are on a page, which is to stay light; its JSON has
# all.
_MOST = {"rows": 100, "behind": 8}
# The key by which a toll's words are found: all people, of both sides and of either.
_HEADLINE = "killed-all"


@dataclass(frozen=True)
class Step:
    """From one published state to the next; `before` is None for the first of all."""

    before: State | None
    after: State

    @property
    def name(self) -> str:
        """Of its page and its JSON, without their endings."""
        return "--".join(_place(one).replace("/", "-") for one in (self.before, self.after) if one)

    @property
    def since(self) -> str:
        """The file's name of its page where it leads from a state to what has superseded that."""
        assert self.before
        return f"since-{_place(self.before).replace('/', '-')}.html"


def _place(state: State) -> str:
    """Where a state lies in the folder of all editions."""
    return f"{state['as_of']}/v{state['version']}"


def steps(states: Sequence[State]) -> list[Step]:
    """The steps between states, in their order: to each from the one before it."""
    by_path = {state["path"]: state for state in states}
    return [Step(by_path.get(state["before"]), state) for state in states]


def leaps(states: Sequence[State]) -> dict[str, Step]:
    """From each state to what has superseded it, by its path, where that is no step."""
    by_path = {state["path"]: state for state in states}
    superseded = [(state, by_path[state["newer"]]) for state in states if state["newer"]]
    return {
        state["path"]: Step(state, newer)
        for state, newer in superseded
        if newer["before"] != state["path"]
    }


def write(folder: Path, states: Sequence[State], sheets: Sheets) -> None:
    """Write what changed in each step and since each state that has no page yet, and the list.

    Parameters
    ----------
    folder : Path
        Folder of the editions of all days.
    states : sequence of State
        What `editions.of` says of them, the newest first.
    sheets : callable
        The style sheets of a state's folder, given how a page leads to it.
    """
    read: dict[str, Snapshot] = {}
    listed = []
    for step in steps(states):
        summary = _summary(folder, step, read, sheets) if step.before else None
        listed.append((step, summary))
    since = {
        path: leap
        for path, leap in leaps(states).items()
        if _write_since(folder, leap, read, sheets)
    }
    newest = states[0]["as_of"]
    book, styles = published.marker_in(folder / newest).title, sheets(folder / newest, newest)
    values = {"book": book, "steps": listed, "since": since}
    values |= {"styles": styles, "folder": FOLDER}
    page = templates.get_template("changes.html").render(values)
    write_whole(folder / PAGE, page.encode())


def _summary(
    folder: Path, step: Step, read: dict[str, Snapshot], sheets: Sheets
) -> dict[str, int] | None:
    """How much changed in a step, of which the page is made if it is lacking.

    None where one of the states cannot be read.
    """
    page, facts = (folder / FOLDER / f"{step.name}{end}" for end in (".html", ".json"))
    if not (page.is_file() and facts.is_file()):
        found = _compared(folder, step, read)
        if not found:
            return None
        content = {**told.in_json(found), "$schema": "../../schemas/differences.json"}
        write_whole(facts, f"{json.dumps(content, ensure_ascii=False)}\n".encode())
        values = {"json": facts.name, "since": False}
        write_whole(page, _page(folder, step, found, sheets, **values).encode())
    return tally(read_json(facts))


def _write_since(folder: Path, leap: Step, read: dict[str, Snapshot], sheets: Sheets) -> bool:
    """Write what changed since a state, unless its page says so already; whether it has one."""
    page = folder / FOLDER / leap.since
    if page.is_file() and f'data-to="{leap.name}"' in page.read_text(encoding="utf-8"):
        return True
    found = _compared(folder, leap, read)
    if found:
        values = {"json": "", "since": True}
        write_whole(page, _page(folder, leap, found, sheets, **values).encode())
    return found is not None


def _compared(folder: Path, step: Step, read: dict[str, Snapshot]) -> Differences | None:
    """What differs between the two states of a step; None where one cannot be read."""
    assert step.before
    try:
        return compare(*(_snapshot(folder, _place(one), read) for one in (step.before, step.after)))
    except SnapshotError:
        return None


def _snapshot(folder: Path, place: str, read: dict[str, Snapshot]) -> Snapshot:
    if place not in read:
        read[place] = snapshot_of(folder / place)
    return read[place]


def tally(facts: dict) -> dict[str, int]:
    """How many claims, exhibits and corrections a step's JSON has, by those names.

    The numbers that moved are told by the state itself, to all alike.
    """
    claims = [row for row in facts["rows"] if row["table"] == kinds.CLAIM.table]
    one, other = facts["versions"]
    corrections = [row for row in facts["rows"] if row["table"] == CORRECTIONS and one != other]
    return {
        "claims": len(claims),
        "exhibits": len(facts["exhibits"]),
        "corrections": sum(row["kind"] == CAME for row in corrections),
    }


def _page(folder: Path, step: Step, found: Differences, sheets: Sheets, **more: object) -> str:
    assert step.before
    before, after = _place(step.before), _place(step.after)
    about = published.marker_in(folder / after)
    headlines, others = _tolls(about, found.tolls)
    apart = [number for number in found.numbers if not number.has_moved]
    return templates.get_template("changed.html").render(
        book=about.title,
        step=step,
        found=found,
        headlines=headlines,
        tolls=others,
        moved=told.by_page(found.moved),
        apart=told.by_page(apart),
        rows={row.key: row for row in found.rows},
        claims=len(found.of_table(kinds.CLAIM.table)),
        counted=labels.counted,
        grounds=partial(told.grounds, known=told.row_names(found)),
        paragraphs=_paragraphs(found),
        tables=_tables(found),
        corrections=found.corrections,
        pages={kind.table: kind.page for kind in kinds.KINDS if kind.page},
        here=f"{_UP}{after}/",
        there=f"{_UP}{before}/",
        up=_UP + PAGE,
        titles=_titles(folder / after),
        most=_MOST,
        styles=sheets(folder / after, f"{_UP}{after}"),
        **more,
    )


def _tolls(
    about: Marker, tolls: Sequence[NumberChange]
) -> tuple[list[NumberChange], list[NumberChange]]:
    """The tolls of all people killed in the book's episodes, and the others."""
    begins = tuple(f"{episode}-{_HEADLINE}-" for episode in about.focus)
    headlines = [toll for toll in tolls if toll.id.startswith(begins)]
    return headlines, [toll for toll in tolls if toll not in headlines]


def _titles(state: Path) -> dict[str, str]:
    """The heading of each page of a state."""
    found = {}
    for path in state.glob("*.html"):
        heading = html.parse(str(path)).find(".//h1")
        if heading is not None:
            # The theme puts a sign for its link behind it.
            found[path.name] = plain(str(heading.text_content())).rstrip("#¶").rstrip()
    return found


def _paragraphs(found: Differences) -> dict[str, list[Touched]]:
    pages: dict[str, list[Touched]] = {}
    for touched in found.paragraphs:
        pages.setdefault(touched.newest.page, []).append(touched)
    return pages


def _tables(found: Differences) -> Iterator[tuple[str, list[RowChange], Counter[str]]]:
    """Each table with its rows, claims first, and how many came, went and changed."""
    names = dict.fromkeys([kinds.CLAIM.table, *(row.table for row in found.rows)])
    for name in names:
        if name != CORRECTIONS and (rows := found.of_table(name)):
            yield name, rows, told.tally(rows)
