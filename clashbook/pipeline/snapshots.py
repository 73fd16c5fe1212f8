"""A snapshot of the book as its text and code make it from any data, at any day.

Nothing is refused for what no longer holds: that is what a comparison is to tell.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from clashbook import config
from clashbook.language import day_in_words
from clashbook.pipeline import draft, manuscript, tasks
from clashbook.pipeline.edition import Edition
from clashbook.pipeline.manuscript import Part
from clashbook.pipeline.recipe import Step, recipe
from clashbook.prose import conditions, numbers
from clashbook.prose.markdown import Passage
from clashbook.prose.markup import DATED, RECORDS
from clashbook.prose.numbers import ROLES, Number, Numbers
from clashbook.website.snapshots import (
    NUMBER,
    Condition,
    Exhibit,
    Paragraph,
    Snapshot,
    grounds_of,
    plain,
    read_tables,
    row_of,
)

# What a text refers to by its own id.
_BY_ID = {*RECORDS, "row"}
# How the names of the steps begin that run a notebook.
_RUNS = "notebook "
_FENCES = (":::", "```")
# What is no word: the fences of directives, save what is their heading, their options, roles and
# their targets, and what makes an item of a list.
_MARKUP = re.compile(
    r"^\s*(?::{3,}|`{3,})(?:\{(?:from|until|holds|else)\}[^\n]*"
    r"|\{[\w-]+\}[ \t]*(?P<heading>[^\n]*))?$"
    r"|^\s*---$.*?^\s*---$|^\s*:[\w-]+:[^\n]*$|^\s*[-*] |^#+ "
    r"|\{[\w-]+\}`(?P<words>[^`<]*?)\s*(?:<[^`>]*>)?`",
    re.MULTILINE | re.DOTALL,
)


def edition_of(settings: config.Config, data_dir: Path, as_of: str = "") -> Edition:
    """The edition of a folder of data on a day, with a work folder of its own."""
    name = hashlib.sha256(os.fsencode(os.path.relpath(data_dir, settings.root))).hexdigest()[:8]
    out = settings.root / "-".join(filter(None, ["compared", name, as_of]))
    return Edition(settings, data_dir, out, as_of)


def snapshot_of(edition: Edition, stream: TextIO | None = None, jobs: int = 1) -> Snapshot:
    """What an edition says, read from its data and its text.

    Parameters
    ----------
    edition : Edition
        Nothing of it need have been built.
    stream : TextIO or None
        Gets the progress of the notebooks, which make the exhibits; without it none is run, and the
        snapshot lacks them.
    jobs : int
        How many notebooks may run at once.

    Raises
    ------
    clashbook.dataset.tables.DataError
        If anything is wrong with the data, or one of the pages is no text.
    """
    data, known = edition.data, edition.numbers
    parts = manuscript.read(edition)
    shown = manuscript.shown(parts, known)
    used_on = manuscript.used_on(manuscript.texts(shown))
    exhibits, lacking = dict[str, Exhibit](), ["exhibits"]
    if stream:
        exhibits, lacking = _exhibits(edition, data.as_of, stream, jobs)
    return Snapshot(
        as_of=data.as_of,
        version=data.version,
        tables=_tables(edition),
        numbers=_computed(known, manuscript.numbers_of(shown)),
        pages={key: tuple(pages) for key, pages in used_on.items()},
        tolls=_computed(known, _toll_ids(known)),
        left_out=dict(_left_out(known)),
        exhibits=exhibits,
        paragraphs=tuple(_paragraphs(shown, known)),
        conditions=tuple(_conditions(parts, known)),
        lacking=tuple(lacking),
        name=plain(f"data version {data.version}, as known on {day_in_words(data.as_of)}"),
    )


def _tables(edition: Edition) -> dict[str, dict[str, dict[str, str]]]:
    """The tables as a site has them: each value in the one way in which it is written there."""
    with tempfile.TemporaryDirectory() as folder:
        edition.data.write(Path(folder))
        return read_tables(Path(folder))


def _computed(known: Numbers, ids: Iterable[str]) -> dict[str, Number]:
    """The numbers of these ids that the data have."""
    asked = set(ids)
    there = asked.difference(numbers.undeclared(known, asked))
    return {number.id: number for number in numbers.compute(known, there)}


def _toll_ids(known: Numbers) -> Iterator[str]:
    for episode in known.data.episodes.episode_id:
        for quantity in known.count(episode).tolls:
            yield numbers.toll_id(episode, quantity)


def _left_out(known: Numbers) -> Iterator[tuple[str, dict]]:
    """Each claim that no toll counts, with the rule, the reason and the claims by which."""
    for episode in known.data.episodes.episode_id:
        for claim, left in known.count(episode).left_out.items():
            yield claim, {"rule": left.rule, "reason": left.reason, "by": left.by}


def _paragraphs(shown: Iterable[Part], known: Numbers) -> Iterator[Paragraph]:
    """Each paragraph, directive or caption that refers to something.

    One under a condition refers to what the condition compares too.
    """
    for part in shown:
        found: dict[tuple[int, int], set[str]] = {}
        for line, anchor, whole in (*_references(part), *_guards(part)):
            lines = (line, line) if part.is_code else draft.block(part, line, whole=whole)
            found.setdefault(lines, set()).add(anchor)
        for (first, last), anchors in sorted(found.items()):
            text = "\n".join(part.page.text.split("\n")[first - 1 : last])
            place = f"{part.place} line {first}"
            page, words = manuscript.page_of(part.file), _in_words(text, known.made)
            yield Paragraph(page, place, words, plain(text), frozenset(anchors))


def _references(part: Part) -> Iterator[tuple[int, str, bool]]:
    """The line and the anchor of each reference, and whether it is a directive's as a whole."""
    for reference in part.page.references:
        kind, target = reference.kind, reference.target
        whole = kind in draft.OF_DIRECTIVES
        if kind in ROLES:
            yield reference.line, NUMBER + target, whole
        elif kind in _BY_ID:
            yield reference.line, target, whole
        elif kind == "link" and "#" in target:
            yield reference.line, target.partition("#")[2], whole
    # Captions are given numbers in code, directives in their options.
    for line, text in enumerate(part.page.text.split("\n"), start=1):
        for key in numbers.references([text]):
            yield line, NUMBER + key, False


def _guards(part: Part) -> Iterator[tuple[int, str, bool]]:
    """The same of the numbers that the condition of a passage compares, for each line in it."""
    lines = ["", *part.page.text.split("\n")]
    for passage in part.page.passages:
        for line in range(passage.first + 1, passage.last):
            if lines[line].strip() and not lines[line].lstrip().startswith(_FENCES):
                yield from ((line, anchor, False) for anchor in _compared(passage))


def _compared(passage: Passage) -> set[str]:
    if passage.name in DATED:
        return set()
    try:
        return {NUMBER + key for key in conditions.referred(passage.argument)}
    except ValueError:
        return set()


def _in_words(text: str, made: Mapping[str, Number]) -> str:
    """A text as a reader reads it, a number that the data do not have by its id."""

    def written_out(found: re.Match[str]) -> str:
        return getattr(made[found[2]], ROLES[found[1]]) if found[2] in made else found[2]

    text = numbers.REFERENCE.sub(written_out, text)
    return plain(_MARKUP.sub(lambda found: found["words"] or found["heading"] or "", text))


def _conditions(parts: Iterable[Part], known: Numbers) -> Iterator[Condition]:
    """Each condition and each day on which something begins or ends, of what an edition may show.

    What stands in a passage or a cell that is not shown is not told: its own fence is.
    """
    day = known.data.as_of
    for part in parts:
        page = manuscript.page_of(part.file)
        for name, argument in zip(DATED, part.days, strict=True):
            if argument:
                is_met = conditions.is_shown(name, argument, day, known)
                yield Condition(page, part.place, name, argument, "", is_met)
        if not part.days.have(day):
            continue
        lines, hidden = part.page.text.split("\n"), set[int]()
        for passage in part.page.passages:
            if passage.first in hidden:
                continue
            is_met = _is_met(passage, known)
            if not is_met and (passage.name != "holds" or passage.has_else):
                hidden.update(range(passage.first, passage.last + 1))
            text, place = "\n".join(lines[passage.words]), f"{part.place} line {passage.first}"
            name, argument, words = passage.name, passage.argument, _in_words(text, known.made)
            yield Condition(page, place, name, argument, words, is_met, plain(text))


def _is_met(passage: Passage, known: Numbers) -> bool:
    try:
        return conditions.is_shown(passage.name, passage.argument, known.data.as_of, known)
    except (ValueError, KeyError):
        return False  # it compares what these data do not have


def _exhibits(
    edition: Edition, as_of: str, stream: TextIO, jobs: int
) -> tuple[dict[str, Exhibit], list[str]]:
    """The exhibits that the notebooks make, without what no longer holds.

    The second are the pages whose notebook fails: data of another version may lack what it reads.
    """
    from clashbook.pipeline import stage  # with all that is slow to import

    # On a day that is named, what leads to something that the data do not know is left out.
    book, _ = draft.write(replace(edition, as_of=as_of))
    tasks.build(book, jobs, stream, last=_RUNS, pdf=False)
    found, lacking = {}, []
    for step in (step for together in recipe(book, pdf=False) for step in together):
        name = step.name.removeprefix(_RUNS)
        if name == step.name:
            continue
        if not _is_made(book, step):
            lacking.append(f"{name}.html")
            continue
        for _, bundle in stage.exhibits_of(book.executed(name)):
            found[bundle["id"]] = _exhibit(bundle, f"{name}.html")
    return found, lacking


def _is_made(book: Edition, step: Step) -> bool:
    try:
        return tasks.is_made(book, step)
    except OSError:
        return False  # a step before it failed, and what it reads is not there


def _exhibit(bundle: dict, page: str) -> Exhibit:
    record = bundle["record"]
    table = base64.b64decode(bundle["files"][record["files"]["csv"]]).decode()
    rows = Counter(row_of(row) for row in csv.DictReader(io.StringIO(table, newline="")))
    return Exhibit(record["title"], page, rows, grounds_of(record))
