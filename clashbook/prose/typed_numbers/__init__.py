"""Numbers that are typed where a reference should stand.

Prose, headings, tables and the captions of exhibits take their numbers from the dataset by
reference. `words` knows what a number is and which readings are none, `captions` what a notebook's
code gives exhibits to say; `prose.markdown` reads the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nbformat import NotebookNode

from clashbook.config import FILE_NAME, Config
from clashbook.dataset.tables import Problem
from clashbook.prose import markdown
from clashbook.prose.numbers import ROLES
from clashbook.prose.typed_numbers import captions, words

_ROLE = re.compile(r"\{([\w:-]+)\}`")
_WAY_OUT = f"{{number}}`…`, or put a name into clashbook.allowed_in_prose of {FILE_NAME}"
_ONE = '{number}`…`, or "a" or "a single" where nothing is counted'


def in_page(name: str, text: str, config: Config) -> Iterator[Problem]:
    """Yield each number typed in a page of prose."""
    page = markdown.read(text, config.markdown)
    yield from _in(name, page.words, config.allowed_in_prose)


def in_notebook(name: str, notebook: NotebookNode, config: Config) -> Iterator[Problem]:
    """Yield each number typed in a notebook's prose, or in what its code gives exhibits to say."""
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assigned = captions.assignments(code)
    for number, cell in enumerate(notebook.cells, start=1):
        place = f"{name}, cell {number}"
        if cell.cell_type == "markdown":
            read = markdown.read(cell.source, config.markdown).words
            first = " ".join(read[0][1].split()[:5]) if read else ""
            yield from _in(f"{place} (“{first} …”)", read, config.allowed_in_prose)
        elif cell.cell_type == "code":
            try:
                found = list(captions.of_code(cell.source, assigned))
            except SyntaxError as error:
                text = (error.text or "").strip()
                yield Problem(place, error.lineno or 0, "", text, error.msg, "Python")
                continue
            for exhibit, caption, text in found:
                where = f"{place}, {caption} of {exhibit}"
                yield from _in(where, [(0, text)], config.allowed_in_prose)
                for role in _ROLE.findall(text):
                    fault = "no role of a caption, which would be shown as it is written"
                    yield Problem(where, 0, "", role, fault, " or ".join(ROLES))


def _in(place: str, read: Iterable[tuple[int, str]], allowed: Iterable[str]) -> Iterator[Problem]:
    for first, text in read:
        for start, found in words.typed(text, allowed):
            line = first + text.count("\n", 0, start) if first else 0
            way_out = _ONE if found.lower().startswith("one ") else _WAY_OUT
            yield Problem(place, line, "", found, "a typed number", way_out)
