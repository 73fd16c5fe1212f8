"""One edition of the book: where its parts lie, and what they were made from."""

from __future__ import annotations

import hashlib
import os
import platform
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clashbook.about import About
from clashbook.config import Config
from clashbook.pipeline.seals import digest

if TYPE_CHECKING:
    from clashbook.dataset.tables import Dataset
    from clashbook.prose.numbers import Numbers

LOCK = "requirements.txt"
# In the folder of the prose: which pages there are, in their order.
CONTENTS = "_toc.yml"
# Among what the pages are told: what a count comes to as a reader chooses.
CHOICES = "choices.json"
# Where Jupyter Book puts the pages, beneath the folder that it is given.
PAGES = Path("_build") / "html"


@dataclass(frozen=True)
class Edition:
    """One edition to build: the book at one date, from one folder of data, into one folder.

    Parameters
    ----------
    config : Config
        Says where the project is.
    data_dir, out : Path
        The tables, and where the site goes.
    as_of : str
        ISO date; empty for the last day in the data.
    draft : Path or None
        Of a draft the folder with its own copies of `book/` and `notebooks/`.
    """

    config: Config
    data_dir: Path
    out: Path
    as_of: str = ""
    draft: Path | None = None

    @cached_property
    def work(self) -> Path:
        """Folder of what the build keeps between runs."""
        # From where the project lies: one that moves keeps its work.
        place = os.fsencode(os.path.relpath(self.out, self.config.root))
        name = hashlib.sha256(place).hexdigest()[:8]
        return self.config.root / ".build" / f"{self.out.name}-{name}"

    @property
    def lock(self) -> Path:
        """What a build holds while it is at work."""
        # The folder of an edition may have dots in its name.
        return self.work.with_name(f"{self.work.name}.lock")

    @cached_property
    def notebooks(self) -> dict[str, Path]:
        """The notebooks as written, by name."""
        paths = sorted(self.prose.with_name("notebooks").glob("*.ipynb"))
        return {path.stem: path for path in paths}

    @property
    def prose(self) -> Path:
        return (self.draft or self.config.root) / "book"

    @property
    def facts(self) -> Path:
        """Folder of what the pages are told: the cut of the data, the numbers, the tolls."""
        return self.work / "edition"

    def inputs(self, name: str) -> Path:
        """Folder of the data that a notebook is handed."""
        return self.work / "inputs" / name

    def seal(self, task: str) -> Path:
        """What says what a task's files were made from, and what they hold."""
        return self.work / "seals" / f"{task}.json"

    def executed(self, name: str) -> Path:
        return self.work / "notebooks" / f"{name}.ipynb"

    @property
    def kept(self) -> Path:
        """Folder of what the same tools have made, for this edition or another."""
        return self.config.root / ".build" / "kept" / self.tools[:16]

    @property
    def typeface(self) -> Path:
        """Folder of the typeface's files, as pages load them."""
        return self.work / "typeface"

    @property
    def loaded(self) -> Path:
        """Folder of what pages load when asked, as it lies in the site."""
        return self.work / "loaded"

    @property
    def counts(self) -> Path:
        """Folder of the counts of clashes, as readers choose."""
        return self.loaded / "count"

    @property
    def cards(self) -> Path:
        """Folder of the cards of numbers."""
        return self.loaded / "cards"

    @property
    def quotes(self) -> list[Path]:
        """The table of what a brief can quote, as programs and as pages read it."""
        return [self.loaded / "quotes.json", self.loaded / "quotes.js"]

    @property
    def pages(self) -> Path:
        """Folder of the pages as Jupyter Book has rendered them."""
        return self.work / "rendered" / PAGES

    @property
    def stage(self) -> Path:
        """Folder of what Jupyter Book renders."""
        return self.work / "stage"

    @property
    def pdf(self) -> Path:
        """Folder of the PDFs, where the machine can make them."""
        return self.work / "pdf"

    @cached_property
    def data(self) -> Dataset:
        """The data as of the edition's date, read and checked once.

        Raises
        ------
        DataError
            If anything is wrong with them.
        """
        from clashbook.dataset import tables  # a build that has nothing to do needs no tables

        return tables.load(self.data_dir, self.as_of, self.config.checked)

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of its data, each computed once."""
        from clashbook.prose.numbers import Numbers

        return Numbers(self.data)

    @property
    def about(self) -> About:
        """What the edition says of itself, known once it is checked."""
        return About.read(self.facts)

    @property
    def day(self) -> str:
        """The as-of date, known once it is checked."""
        return self.about.as_of

    def parameters(self, name: str) -> dict[str, Any]:
        """What papermill hands to a notebook."""
        given = {"data_dir": str(self.inputs(name)), "as_of": self.day}
        return {**self.config.notebooks.get(name, {}), **given}

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What notebooks and pages read in `_config.yml`, as plain values."""
        apart = ("root", "notebooks", "allowed_in_prose", "one_sided", "redirects")
        unread = (*apart, "execution_timeout", "report_error", "contact", "funding")
        read = asdict(self.config).items()
        return {name: given for name, given in read if name not in unread}

    @cached_property
    def tools(self) -> str:
        """Digest of what every task runs on: Python, the lock and the package itself."""
        return digest(
            [Path(__file__).parents[1], self.config.root / LOCK], platform.python_version()
        )
