"""The recipe of a build: check, numbers, notebooks and counts, stage, pages and cards, site, PDF.

The site is put in place without its PDF, whose writing takes longest, and then once more with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from clashbook.about import About
from clashbook.config import FILE_NAME, LICENCES
from clashbook.files import shown
from clashbook.pipeline.edition import CHOICES, CONTENTS, Edition
from clashbook.pipeline.seals import digest


@dataclass(frozen=True)
class Step:
    """One step of the build.

    Parameters
    ----------
    name : str
        As progress and seal name it.
    reads : callable
        Gives the digest of all that the step reads, once the steps before it are done.
    written : list of Path
        All that it writes.
    make : callable
        Does it, given `steps`: a step that is skipped need not wait for all that this imports.
    unless : Step or None
        A later step that makes this one needless while its seal holds.
    then, without : str
        What to add once it is done, and if it fails.
    """

    name: str
    reads: Callable[[], str]
    written: list[Path]
    make: Callable[[ModuleType], None]
    unless: Step | None = None
    then: str = ""
    without: str = ""


def recipe(edition: Edition, *, pdf: bool, jobs: int = 1) -> list[list[Step]]:
    """The steps of a build in their order; those of one list may be done at once.

    Pages are read and written in as many processes as there are `jobs`.
    """
    sources, facts, tools = edition.notebooks, edition.facts, edition.tools
    settings = edition.config.root / FILE_NAME
    named = ("numbers.json", "tolls.json", "citations.json")

    def check() -> str:
        contents = edition.prose / CONTENTS
        pages = sorted(path.name for path in edition.prose.glob("*.md"))
        read = [edition.data_dir, *sources.values(), settings, contents]
        return digest(read, tools, edition.as_of, pages)

    def numbers() -> str:
        config = edition.config
        given = [edition.as_of, config.allowed_in_prose, config.markdown, config.one_sided]
        read = [facts / "data", edition.prose, *sources.values()]
        return digest(read, tools, edition.day, given)

    def notebook(name: str) -> Step:
        def reads() -> str:
            given = {**edition.parameters(name), "data_dir": ""}
            return digest([sources[name], edition.inputs(name)], tools, edition.settings, given)

        written = [edition.executed(name)]
        return Step(f"notebook {name}", reads, written, lambda do: do.run_notebook(edition, name))

    def drawings(name: str) -> int:
        return sources[name].read_text(encoding="utf-8").count(".figure(")

    def counts() -> str:
        return digest([facts / About.FILE, facts / "data"], tools)

    def cards() -> str:
        return digest([facts / name for name in (CHOICES, *named)], counts())

    def stage() -> str:
        executed = [edition.executed(name) for name in sources]
        return digest([facts, edition.prose, edition.typeface, *executed], tools, edition.settings)

    def pages() -> str:
        return digest([edition.stage, settings], tools)

    def plain_site() -> str:
        licences = [edition.config.root / name for name in LICENCES]
        return digest([edition.stage, edition.loaded, settings, *licences], tools)

    def whole_site() -> str:
        return digest([edition.pdf], plain_site())

    typeface = Step(
        *("typeface", lambda: digest([], tools), [edition.typeface]),
        lambda do: do.cut_typeface(edition),
    )
    choices = Step(
        *("counts", counts, [edition.counts, facts / CHOICES]),
        lambda do: do.count_choices(edition),
    )
    rendered = Step("pages", pages, [edition.pages], lambda do: do.make_pages(edition, jobs))
    answers = [edition.cards, *edition.quotes]
    asked_for = Step("cards", cards, answers, lambda do: do.make_cards(edition))
    checked = [facts / "data", facts / About.FILE, edition.inputs("")]
    counted = [facts / name for name in (*named, "telling.json")]
    opens = f"open {shown(edition.out / 'index.html')} (or: clashbook serve)"
    site = Step(
        *("site", plain_site, [edition.out]),
        lambda do: do.make_site(edition, plain_site()),
        then=opens,
    )
    written = Step(
        *("PDF", pages, [edition.pdf]),
        lambda do: do.write_pdf(edition),
        without=f"the site is built, without a PDF: {shown(edition.out)}/",
    )
    whole = Step(
        *("site with PDF", whole_site, [edition.out]),
        lambda do: do.make_site(edition, whole_site(), edition.pdf),
        then=opens,
    )
    return [
        [Step("check", check, checked, lambda do: do.check_data(edition))],
        [Step("numbers", numbers, counted, lambda do: do.compute_numbers(edition))],
        # What takes most time begins first.
        [
            choices,
            *(notebook(name) for name in sorted(sources, key=drawings, reverse=True)),
            typeface,
        ],
        [Step("stage", stage, [edition.stage], lambda do: do.gather(edition))],
        # No page is made from a card.
        [rendered, asked_for],
        *([[replace(site, unless=written)], [written], [whole]] if pdf else [[site]]),
    ]
