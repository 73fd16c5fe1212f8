"""Whether the table of contents, the pages and the notebooks fit together."""

import re
from collections import Counter
from collections.abc import Iterator

import yaml

from clashbook.dataset.tables import Problem
from clashbook.pipeline.edition import CONTENTS, Edition
from clashbook.pipeline.manuscript import nearest


def problems(edition: Edition) -> Iterator[Problem]:
    """Yield where `_toc.yml`, the pages and the notebooks do not fit together."""
    path = edition.prose / CONTENTS
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        listed = list(_files(read))
    except FileNotFoundError:
        yield Problem(CONTENTS, 0, "", "", "is missing in book/", "root: and chapters:")
        return
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        fault = getattr(error, "problem", None) or type(error).__name__
        line = mark.line + 1 if mark else 0
        yield Problem(CONTENTS, line, "", "", f"not YAML: {fault}", "root: and chapters:")
        return
    if not isinstance(read, dict) or not isinstance(read.get("root"), str):
        yield Problem(CONTENTS, 0, "", "", "names no first page", "root: index")
        return
    pages = sorted(edition.prose.glob("*.md"))
    there = Counter(file.stem for file in [*pages, *edition.notebooks.values()])
    lines = path.read_text(encoding="utf-8").splitlines()
    named = Counter(re.sub(r"\.(md|ipynb)$", "", file) for file in listed)
    for name, times in named.items():
        has_name = (number for number, text in enumerate(lines, start=1) if name in text.split())
        line = next(has_name, 0)
        if name not in there:
            way_out = nearest(name, there, "the name of a page")
            yield Problem(CONTENTS, line, "", name, "no such page or notebook", way_out)
        if times > 1:
            yield Problem(CONTENTS, line, "", name, "is listed twice", "it once")
    for file in [*pages, *edition.notebooks.values()]:
        if file.stem not in named:
            fault = f"lies in {file.parent.name}/ and {CONTENTS} does not name it"
            way_out = f"- file: {file.stem} into {CONTENTS}, or move the file away"
            yield Problem(file.name, 0, "", "", fault, way_out)
        if there[file.stem] > 1 and file.suffix == ".ipynb":
            fault = f"has the name of a page, {file.stem}.md"
            yield Problem(file.name, 0, "", "", fault, "another name for one of the two")


def _files(entry: object) -> Iterator[str]:
    """The files that a table of contents names, at any depth."""
    if isinstance(entry, dict):
        for key in ("root", "file"):
            if key in entry:
                yield str(entry[key])
        for key in ("parts", "chapters", "sections", "subtrees", "entries"):
            yield from _files(entry.get(key))
    elif isinstance(entry, list):
        for part in entry:
            yield from _files(part)
