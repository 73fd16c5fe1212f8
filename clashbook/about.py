"""What an edition says of itself: `edition.json`, and the marker of a site that was made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar, Self

from clashbook.files import MARKER, write_json

# The documents of an edition on paper, and what each has at the end of its file's name.
PAPERS = {"sheet": "-fact-sheet", "report": "", "annex": "-annex"}


@dataclass(frozen=True)
class About:
    """One edition: which it is, and how it is cited and found.

    Parameters
    ----------
    as_of, version, issued, created : str
        The day that it is known on, the version of its data, and the days on which the edition was
        issued and the data were made; ISO dates.
    title, subtitle, publisher, licence, authors
        As `_config.yml` has them.
    home, base : str
        Addresses of the edition in its latest coding and of this very state of it, each ending in a
        slash; empty while the book is not published.
    draft : bool
        Whether it leaves out what no longer holds (see `pipeline.draft`); such a one is not cited.
    latest : bool or None
        Whether it is as known on the last day in the data; None if it does not say.
    repository, report_error, contact : str
        Addresses of the project, for errors and of the publisher; empty if there are none.
    funding : str
        Who pays for the report; empty if it is not stated.
    focus : list of str
        Ids of the episodes that the book is about.
    headlines : list of dict
        The tolls on its social card, as `casualties.headlines` gives them.
    pdf : str
        Path in the site of the report as a PDF; empty in a site without PDFs.
    citation : dict
        The edition as a CSL item.
    """

    FILE: ClassVar[str] = "edition.json"

    as_of: str = ""
    version: str = ""
    issued: str = ""
    created: str = ""
    title: str = ""
    subtitle: str = ""
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    licence: str = ""
    home: str = ""
    base: str = ""
    draft: bool = False
    latest: bool | None = None
    repository: str = ""
    report_error: str = ""
    contact: str = ""
    funding: str = ""
    focus: list[str] = field(default_factory=list)
    headlines: list[dict[str, Any]] = field(default_factory=list)
    pdf: str = ""
    citation: dict[str, Any] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """Address of all that is published, ending in a slash; empty while the book is not."""
        return self.base.removesuffix(f"editions/{self.as_of}/v{self.version}/")

    @property
    def papers(self) -> dict[str, str]:
        """Path in the site of each PDF by its name; none in a site without PDFs."""
        stem = self.pdf.removesuffix(".pdf")
        return {name: f"{stem}{end}.pdf" for name, end in PAPERS.items() if stem}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """Return what JSON holds of it; fields that are absent have their defaults.

        Raises
        ------
        ValueError
            If a field is of another kind.
        """
        own = {one.name: content[one.name] for one in fields(cls) if one.name in content}
        blank = cls()
        for name, value in own.items():
            if not _fits(value, getattr(blank, name), bool if name == "latest" else list):
                raise ValueError(f"{cls.FILE}: {name} is {value!r}")
        return cls(**own)

    @classmethod
    def read(cls, folder: Path) -> Self:
        return cls.of(json.loads((folder / cls.FILE).read_text(encoding="utf-8")))

    def write(self, folder: Path) -> None:
        """Write it into a folder as JSON, without the fields that have no value."""
        content = {name: value for name, value in asdict(self).items() if value is not None}
        write_json(folder / self.FILE, content)


@dataclass(frozen=True)
class Marker(About):
    """What the marker of a site says: its edition, and what the folder holds.

    Parameters
    ----------
    digest : str
        Of all that the site was made from.
    files : list of str or None
        Where the site is published: the paths of all its files; None in a site that the build made.
    """

    FILE: ClassVar[str] = MARKER

    digest: str = ""
    files: list[str] | None = None


def _fits(value: object, default: object, otherwise: type) -> bool:
    """Whether a value is of the kind of its default, or of another where that is None."""
    return isinstance(value, otherwise if default is None else type(default))
