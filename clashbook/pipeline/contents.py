"""Whether the table of contents, the pages and the notebooks fit together."""

from collections.abc import Iterator

from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml
from yaml import YAMLError

from clashbook.dataset.tables import Problem
from clashbook.pipeline.edition import CONTENTS, Edition
from clashbook.pipeline.manuscript import nearest


def problems(edition: Edition) -> Iterator[Problem]:
    """Yield where `_toc.yml`, the pages and the notebooks do not fit together."""
    path = edition.prose / CONTENTS
    try:
        entries = parse_toc_yaml(path)
        lines = path.read_text(encoding="utf-8").splitlines()
    except (YAMLError, MalformedError, TypeError, ValueError, RecursionError, OSError) as error:
        fault = getattr(error, "strerror", "") or " ".join(str(error).split())
        yield Problem(CONTENTS, 0, "", "", f"cannot be read: {fault}", "root: and chapters:")
        return
    named = {name.removesuffix(".md").removesuffix(".ipynb") for name in entries}
    pages = {path.stem: path for path in sorted(edition.prose.glob("*.md"))}
    for name in sorted(named - pages.keys() - edition.notebooks.keys()):
        line = next((n for n, text in enumerate(lines, start=1) if name in text.split()), 0)
        way_out = nearest(name, pages.keys() | edition.notebooks.keys(), "the name of a page")
        yield Problem(CONTENTS, line, "", name, "no such page or notebook", way_out)
    for file in [*pages.values(), *edition.notebooks.values()]:
        if file.stem not in named:
            fault = f"is in {file.parent.name}/ but is not in {CONTENTS}"
            way_out = f"- file: {file.stem} into {CONTENTS}, or move the file away"
            yield Problem(file.name, 0, "", "", fault, way_out)
    for name in sorted(pages.keys() & edition.notebooks.keys()):
        fault = f"has the name of a page, {name}.md"
        yield Problem(f"{name}.ipynb", 0, "", "", fault, "another name for one of the two")
