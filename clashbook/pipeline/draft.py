"""A draft: the whole book, although some of its sentences or numbers no longer hold.

Pages and notebooks are copied without what no longer holds, with a mark in its place, and the build
goes on from the copies. So an analyst sees what new data do before rewording anything.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import nbformat

from clashbook import files
from clashbook.pipeline import manuscript, notebooks, preflight
from clashbook.pipeline.edition import Edition
from clashbook.pipeline.manuscript import Part
from clashbook.pipeline.preflight import Fault
from clashbook.prose import numbers

MARK = "**[Left out of this draft]**"
_OPENS = re.compile(r"\s*(?P<fence>`{3,}|:{3,})\{")
_ENDS_PARAGRAPH = re.compile(r"\s*(`{3,}|:{3,}|---\s*$|$)")
_ITEM = re.compile(r"\s*([-*+]|\d+\.)\s")
# What is wrong with a directive as a whole, wherever in it that stands.
OF_DIRECTIVES = {"row", "rule", "lacks", "fault", "exhibit", "directive"}
# Without what is left out something else may lack what it refers to.
_ROUNDS = 5


class Gap(NamedTuple):
    """What a draft leaves out: lines of a page or a cell, or of code a reference to a number."""

    part: Part
    fault: str
    first: int
    last: int
    number: str = ""


def write(edition: Edition) -> tuple[Edition, list[str]]:
    """Copy pages and notebooks without what no longer holds.

    Returns
    -------
    tuple of Edition and list of str
        The edition made from the copies, and why each thing was left out, a line each.
    """
    draft = replace(edition, draft=files.fresh(edition.work / "draft"))
    for folder in (edition.prose, edition.prose.with_name("notebooks")):
        shutil.copytree(folder, draft.prose.with_name(folder.name))
    left_out: dict[str, None] = {}
    for _ in range(_ROUNDS):
        found = list(gaps(draft))
        left_out |= dict.fromkeys(gap.fault for gap in found)
        _leave_out(draft, found)
        if not found:
            break
    return draft, list(left_out)


def gaps(edition: Edition) -> Iterator[Gap]:
    """Yield what no longer holds in pages and notebooks, or refers to what is not there."""
    parts, known = manuscript.read(edition), edition.numbers
    shown = {part.place: part for part in manuscript.shown(parts, known)}
    for fault in preflight.faults(parts, edition, known):
        if fault.line and (part := shown.get(fault.place)):
            yield _gap(part, fault)


def _gap(part: Part, fault: Fault) -> Gap:
    line = fault.line
    if fault.last:
        return Gap(part, fault.words, line, fault.last)
    if part.is_code:
        return Gap(part, fault.words, line, line, fault.target)
    there = part.page.references
    kinds = {one.kind for one in there if (one.line, one.target) == (line, fault.target)}
    return Gap(part, fault.words, *block(part, line, whole=bool(kinds & OF_DIRECTIVES)))


def block(part: Part, line: int, *, whole: bool) -> tuple[int, int]:
    """The first and last line of the paragraph, item or directive in which a line stands."""
    lines = ["", *part.page.text.split("\n"), ""]
    first = last = line
    if whole or _OPENS.match(lines[line]):
        while first > 1 and not _OPENS.match(lines[first]):
            first -= 1
        opened = _OPENS.match(lines[first])
        end = opened["fence"] if opened else ""
        last = next((n for n in range(line, len(lines)) if lines[n].strip() == end), line)
        return first, last
    while not _ITEM.match(lines[first]) and not _ENDS_PARAGRAPH.match(lines[first - 1]):
        first -= 1
    while not (_ENDS_PARAGRAPH.match(lines[last + 1]) or _ITEM.match(lines[last + 1])):
        last += 1
    return first, last


def _leave_out(draft: Edition, found: list[Gap]) -> None:
    of_files: dict[str, list[Gap]] = defaultdict(list)
    for gap in found:
        of_files[gap.part.file].append(gap)
    for file, own in of_files.items():
        if file.endswith(".md"):
            page = draft.prose / file
            page.write_text(_without(page.read_text(encoding="utf-8"), own), encoding="utf-8")
            continue
        path = draft.prose.with_name("notebooks") / file
        notebook = notebooks.read(path)
        for gap in own:
            cell = notebook.cells[gap.part.cell - 1]
            cell.source = _without(cell.source, [other for other in own if other.part == gap.part])
        nbformat.write(notebook, path)


def _without(text: str, own: list[Gap]) -> str:
    lines = text.split("\n")
    for gap in own:
        if gap.number:
            shown = re.compile(rf"\{{({'|'.join(numbers.ROLES)})\}}`{re.escape(gap.number)}`")
            lines[gap.first - 1] = shown.sub("[left out]", lines[gap.first - 1])
        elif any(lines[gap.first - 1 : gap.last]):
            lines[gap.first - 1 : gap.last] = [MARK, *[""] * (gap.last - gap.first)]
    return "\n".join(lines)
