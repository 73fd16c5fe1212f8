"""What changes from book to book: the `clashbook:` block of `_config.yml`."""

import difflib
import json
import os
from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fastjsonschema
import yaml

from clashbook.files import RefusedError

FILE_NAME = "_config.yml"
# What the file may hold, with what is said where it holds something else.
_SCHEMA = Path(__file__).with_name("config.schema.json")
# The terms of the code and of the data, beside it; they go with the data that are downloaded.
LICENCES = ("LICENSE", "LICENSE-data")
# Jupyter Book's own extensions of Markdown, for a file that names none.
MARKDOWN = ("colon_fence", "dollarmath", "linkify", "substitution", "tasklist")
# The tags of a key that is a text, and of one that takes in another mapping.
_KEYS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:merge")


class ConfigError(RefusedError):
    """`_config.yml` cannot be used; the message is one line and names the key."""


@dataclass(frozen=True)
class Party:
    """How one belligerent is drawn; its name comes from `actors.csv`.

    Parameters
    ----------
    id : str
        Id of the actor.
    colour, colour_dark : str
        `#RRGGBB` on the light and on the dark page.
    marker : str
        One of `MARKERS`, so that a reader who sees no colour can tell the parties apart.
    """

    id: str
    colour: str
    colour_dark: str
    marker: str


@dataclass(frozen=True)
class Cut:
    """An exhibit that the report no longer makes; a page at its address says so.

    Parameters
    ----------
    title, chapter : str
        Its title as it was, and the page that showed it: ``reactions.html``.
    state : str
        The last published state that has it: ``2022-09-20/v0.3.0``.
    reason : str
        Why it was cut: one sentence.
    instead : str
        The address in the site of what took its place; empty if nothing did.
    """

    title: str
    chapter: str
    state: str
    reason: str
    instead: str = ""


@dataclass(frozen=True)
class Config:
    """The `clashbook:` block of the `_config.yml` in `root`.

    Parameters
    ----------
    root : Path
        The project folder; `book/`, `notebooks/` and `data/` lie in it.
    title, subtitle, publisher, base_url, repository, licence : str
        As readers cite the book; all but the title and the licence may be empty.
    authors : list of str
        In the order of citation.
    parties : dict of str to Party
        Belligerents by actor id.
    focus : list of str
        Ids of the episodes that the book is about, in time order.
    notebooks : dict of str to dict
        Notebook name to its parameters beyond `data_dir` and `as_of`.
    allowed_in_prose : list of str
        Names of things, and other phrases, whose figures and words for numbers may be typed.
    report_error : str
        Where readers report an error, an `https:` or `mailto:` address; empty if nowhere.
    contact : str
        Where readers reach the publisher, an `https:` or `mailto:` address; empty if not stated.
    funding : str
        Who pays for the report, in a line; empty if not stated.
    redirects : dict of str to str
        Address in the site that was given up, to the one that took its place.
    cut : dict of str to Cut
        Exhibits that were cut, by id.
    markdown : list of str
        The extensions that pages are parsed with: `parse.myst_enable_extensions` of the file.
    one_sided : dict of str to str
        Why a page tells something of one side alone, though the data tell it of both, by
        ``page: measure``.
    execution_timeout : int
        Seconds that one cell of a notebook may take.
    """

    root: Path
    title: str
    subtitle: str
    authors: list[str]
    publisher: str
    base_url: str
    repository: str
    licence: str
    parties: dict[str, Party]
    focus: list[str]
    notebooks: dict[str, dict[str, Any]] = field(default_factory=dict)
    allowed_in_prose: list[str] = field(default_factory=list)
    report_error: str = ""
    contact: str = ""
    funding: str = ""
    redirects: dict[str, str] = field(default_factory=dict)
    cut: dict[str, Cut] = field(default_factory=dict)
    markdown: list[str] = field(default_factory=list)
    one_sided: dict[str, str] = field(default_factory=dict)
    execution_timeout: int = 300

    @property
    def checked(self) -> Path:
        """Folder that remembers which data were found sound."""
        return self.root / ".build" / "checked"


def find(start: Path | None = None) -> Path:
    """Return the `_config.yml` in `start` (default: the working folder) or its nearest parent.

    Raises
    ------
    FileNotFoundError
        If no folder up to the root has one.
    """
    first = Path(start or Path.cwd()).resolve()
    for folder in (first, *first.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise FileNotFoundError(f"no {FILE_NAME} in {first} or above; change into the project's folder")


def is_utf8(name: bytes) -> bool:
    """Whether a file's name is text: a file system takes any bytes."""
    try:
        return bool(name.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def read(start: Path | None = None) -> Config:
    """Read the `clashbook:` block of the nearest `_config.yml`.

    Raises
    ------
    FileNotFoundError
        If there is no `_config.yml` in `start` or above.
    ConfigError
        If the file is no YAML, or a key is missing or of the wrong kind.
    """
    path = find(start)
    if not is_utf8(os.fsencode(path)):
        # What a notebook is handed is JSON, which has no other letters.
        fault = f"the path of its folder, {path.parent}, is not UTF-8"
        raise ConfigError(f"{FILE_NAME}: {fault}; write its names in UTF-8, or move it")
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{FILE_NAME}: not YAML: {' '.join(str(error).split())}") from error
    settings = _filled(content)
    block = settings["clashbook"] = _filled(settings.get("clashbook"))
    validate = fastjsonschema.compile(
        json.loads(_SCHEMA.read_bytes()), formats={"printable": str.isprintable}, use_default=False
    )
    try:
        validate(settings)
    except fastjsonschema.JsonSchemaValueException as error:
        raise _refusal(error) from error
    parties = {name: Party(name, **entry) for name, entry in block["parties"].items()}
    _refuse_unseen(parties.values())
    redirects = block.get("redirects", {})
    for old, new in redirects.items():
        if new in redirects:
            fault = f'"{old}" leads to another address that was given up'
            raise _wrong("clashbook.redirects", fault, "where that one leads")
    notebooks = {
        name: entry.get("parameters", {}) for name, entry in block.get("notebooks", {}).items()
    }
    cut = {name: Cut(**entry) for name, entry in block.get("cut", {}).items()}
    markdown = settings.get("parse", {}).get("myst_enable_extensions", list(MARKDOWN))
    blank = dict.fromkeys(("subtitle", "base_url", "repository"), "")
    made = {"parties": parties, "notebooks": notebooks, "cut": cut, "markdown": markdown}
    return Config(root=path.parent, **(blank | block | made))


def _filled(mapping: object) -> dict[str, Any]:
    """A mapping without the keys that hold nothing; an empty one for what is none."""
    given = mapping if isinstance(mapping, dict) else {}
    return {key: value for key, value in given.items() if value is not None}


def _refusal(error: fastjsonschema.JsonSchemaValueException) -> ConfigError:
    """What the schema refuses, by the place in the file; of a list the list itself."""
    refused, value = error.definition, error.value
    place = [part for part in error.path[1:] if not part.isdigit()]
    if error.rule == "required":
        missing = next(key for key in refused["required"] if key not in value)
        return _wrong(".".join([*place, missing]), "is missing", "it")
    if error.rule == "additionalProperties":
        known = sorted(refused["properties"])
        unknown = next(key for key in value if key not in known)
        near = difflib.get_close_matches(unknown.lower(), known, 1, 0.6) or known
        return _wrong(".".join([*place, unknown]), "no such key", " or ".join(near))
    return _wrong(".".join(place), f"{value!r:.80}{refused.get('fault', '')}", refused["write"])


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice: of the two YAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = set()
        for key, _ in node.value:
            where = f"{FILE_NAME} line {key.start_mark.line + 1}"
            if key.tag not in _KEYS:
                raise ConfigError(f"{where}: {key.value} is not text; write it in quotes")
            if key.value in keys:
                raise ConfigError(f'{where}: "{key.value}" appears twice; write it once')
            keys.add(key.value)
        return super().construct_mapping(node, deep)


def _wrong(where: str, fault: str, way_out: str) -> ConfigError:
    return ConfigError(f"{FILE_NAME}, {where}: {fault}; write {way_out}")


def _refuse_unseen(parties: Collection[Party]) -> None:
    """Refuse colours that are those of another party or of their page."""
    for name, page in (("colour", "#FFFFFF"), ("colour_dark", "#121212")):
        seen = {page: "the page"}
        for party in parties:
            colour = getattr(party, name).upper()
            where = f"clashbook.parties.{party.id}.{name}"
            if colour in seen:
                raise _wrong(where, f"{colour} is also the colour of {seen[colour]}", "another")
            seen[colour] = party.id
