"""What changes from book to book: the `clashbook:` block of `_config.yml`."""

import difflib
import os
import re
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

import yaml

FILE_NAME = "_config.yml"
# The terms of the code and of the data, beside it; they go with the data that are downloaded.
LICENCES = ("LICENSE", "LICENSE-data")
# Jupyter Book's own extensions of Markdown, for a file that names none.
MARKDOWN = ("colon_fence", "dollarmath", "linkify", "substitution", "tasklist")
EXTENSIONS = {
    *("amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"),
    *("fieldlist", "html_admonition", "html_image", "linkify", "replacements", "smartquotes"),
    *("strikethrough", "substitution", "tasklist"),
}
# Jupyter Book's own keys, and ours.
TOP = {
    *("title", "author", "copyright", "logo", "exclude_patterns", "only_build_toc_files"),
    *("execute", "parse", "html", "latex", "launch_buttons", "repository", "sphinx"),
    *("bibtex_bibfiles", "clashbook"),
}
PARTY_KEYS = ("colour", "colour_dark", "marker")
# Signs of a title or a name, and the contrast that marks need against their page (WCAG 2, 1.4.11).
LONGEST = 300
VISIBLE = 3
MARKERS = ("circle", "square", "triangle", "diamond")
# Where the book is found, and its project: a host, and with a project its owner and its name.
_HOST = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
_BASE = re.compile(rf"(?i:https?://{_HOST})(:\d{{1,4}})?(/(?!\.+/|\.+$)[\w.~-]+)*/?", re.ASCII)
_REPOSITORY = re.compile(r"https://[\w.-]+(/[\w.-]+){2,}/?", re.ASCII)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
# A file within the site, an anchor in it or none; two dots would lead out of it.
_ADDRESS = re.compile(r"(?![./])(?!.*\.\.)(?!.*//)[\w./-]+\.\w+(#[\w.~-]+)?", re.ASCII)
# A published state of an edition: its day and the version of its data.
_STATE = re.compile(r"\d{4}-\d{2}-\d{2}/v\d+\.\d+\.\d+", re.ASCII)
# Neither has a space: what a browser would make of one is not ours to guess.
_REPORT = re.compile(r"https://[\w.-]+(:\d+)?([/?#]\S*)?|mailto:[^\s@?]+@[\w.-]+(\?\S*)?", re.ASCII)


class Key(NamedTuple):
    """What a key of the block holds, beyond its type.

    Parameters
    ----------
    default : object
        What stands for it where it is not given; None if it has to be.
    form, example
        What its text looks like if it is not empty.
    is_shown, is_filled : bool
        Whether readers see it, as one short line; whether it may not be empty.
    """

    default: object = None
    form: re.Pattern[str] | None = None
    example: str = ""
    is_shown: bool = False
    is_filled: bool = False


_KINDS = {str: "a text", dict: "a mapping", list: "a list", int: "a number of seconds"}


class ConfigError(ValueError):
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
    redirects : dict of str to str
        Address in the site that was given up, to the one that took its place.
    cut : dict of str to Cut
        Exhibits that were cut, by id.
    markdown : list of str
        The extensions that pages are parsed with: `parse.myst_enable_extensions` of the file.
    execution_timeout : int
        Seconds that one cell of a notebook may take.
    """

    root: Path
    title: Annotated[str, Key(is_shown=True, is_filled=True)]
    subtitle: Annotated[str, Key("", is_shown=True)]
    authors: Annotated[list[str], Key(is_shown=True, is_filled=True)]
    publisher: Annotated[str, Key(is_shown=True)]
    base_url: Annotated[str, Key("", _BASE, "https://host/path/")]
    repository: Annotated[str, Key("", _REPOSITORY, "https://host/owner/name")]
    licence: Annotated[str, Key(is_shown=True)]
    parties: Annotated[dict[str, Party], Key()]
    focus: Annotated[list[str], Key(is_filled=True)]
    notebooks: Annotated[dict[str, dict[str, Any]], Key({})] = field(default_factory=dict)
    allowed_in_prose: Annotated[list[str], Key([])] = field(default_factory=list)
    report_error: Annotated[
        str, Key("", _REPORT, "an address that starts with https:// or mailto:")
    ] = ""
    redirects: Annotated[dict[str, str], Key({})] = field(default_factory=dict)
    cut: Annotated[dict[str, Cut], Key({})] = field(default_factory=dict)
    markdown: list[str] = field(default_factory=list)
    execution_timeout: Annotated[int, Key(300)] = 300

    @property
    def checked(self) -> Path:
        """Folder that remembers which data were found sound."""
        return self.root / ".build" / "checked"


# The type of each key of the block, and what else is said of it.
KEYS = {
    name: get_args(hint)
    for name, hint in get_type_hints(Config, include_extras=True).items()
    if get_origin(hint) is Annotated
}


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
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{FILE_NAME}: not YAML: {' '.join(str(error).split())}") from error
    except RecursionError as error:
        raise ConfigError(f"{FILE_NAME}: nested too deep to be read; write it flatter") from error
    block = content.get("clashbook") if isinstance(content, dict) else None
    if not isinstance(block, dict):
        raise ConfigError(f"{FILE_NAME}: no clashbook: block; write title, authors, parties …")
    _refuse_unknown("", content, TOP)
    _refuse_unknown("clashbook.", block, KEYS)
    runs = _mapping(content, "execute").get("execute_notebooks", "off")
    if runs not in ("off", False):
        fault = f"{runs!r}; papermill runs the notebooks"
        raise _wrong("execute.execute_notebooks", fault, '"off"')
    extensions = _mapping(content, "parse").get("myst_enable_extensions", list(MARKDOWN))
    if not isinstance(extensions, list) or not set(map(str, extensions)) <= EXTENSIONS:
        way_out = f"a list of {', '.join(sorted(EXTENSIONS))}"
        raise _wrong("parse.myst_enable_extensions", repr(extensions), way_out)
    values = {name: _value(block, name) for name in KEYS}
    values["parties"] = {name: _party(name, entry) for name, entry in values["parties"].items()}
    values["notebooks"] = {n: _parameters(n, entry) for n, entry in values["notebooks"].items()}
    values["cut"] = {name: _cut(name, entry) for name, entry in values["cut"].items()}
    found = Config(root=path.parent, markdown=extensions, **values)
    _refuse_twice(found.focus)
    _refuse_unseen(found.parties.values())
    _refuse_astray(found.redirects)
    return found


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice: of the two YAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key.value, str)]
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value != "<<" and keys.count(key.value) > 1:
                line = key.start_mark.line + 1
                raise ConfigError(f'{FILE_NAME} line {line}: "{key.value}" twice; write it once')
        return super().construct_mapping(node, deep)


def _wrong(where: str, fault: str, way_out: str) -> ConfigError:
    return ConfigError(f"{FILE_NAME}, {where}: {fault}; write {way_out}")


def _refuse_unknown(within: str, given: Mapping[Any, object], known: Collection[str]) -> None:
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(str(key).lower(), known, 1, 0.6) or sorted(known)
            raise _wrong(f"{within}{key}", "no such key", " or ".join(near))


def _mapping(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = content.get(key) or {}
    if not isinstance(value, dict):
        raise _wrong(key, repr(value), "a mapping")
    return value


def _value(block: Mapping[str, Any], name: str) -> Any:
    """The value of a key, held against what `KEYS` says of it."""
    (given, key), value, where = KEYS[name], block.get(name), f"clashbook.{name}"
    kind, value = get_origin(given) or given, key.default if value is None else value
    if type(value) is not kind or (isinstance(value, int) and value < 1):
        raise _wrong(where, "nothing" if value is None else repr(value), _KINDS[kind])
    texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    for text in texts:
        # YAML reads 2020-07-16 as a date and 2017 as a number: ids want quotes.
        if not isinstance(text, str):
            raise _wrong(where, repr(text), f'"{text}" in quotes')
        if key.is_shown and (len(text) > LONGEST or not text.isprintable()):
            fault = f"longer than {LONGEST} signs, or with invisible ones"
            raise _wrong(where, fault, "one short line")
        if key.form and text and not key.form.fullmatch(text):
            raise _wrong(where, f'"{text}"', f"{key.example}, or nothing")
    if key.is_filled and not (texts and all(text.strip() for text in texts)):
        raise _wrong(where, "is empty", "at least one name")
    return value


def _party(actor_id: object, entry: object) -> Party:
    if not isinstance(actor_id, str):
        raise _wrong("clashbook.parties", repr(actor_id), f'"{actor_id}" in quotes')
    where = f"clashbook.parties.{actor_id}"
    if not isinstance(entry, dict):
        raise _wrong(where, repr(entry), "colour, marker …")
    for key in entry:
        if key not in PARTY_KEYS:
            raise _wrong(f"{where}.{key}", "no such key", ", ".join(PARTY_KEYS))
    colour, colour_dark, marker = (entry.get(key, "") for key in PARTY_KEYS)
    for text in (colour, colour_dark):
        if not isinstance(text, str) or not _COLOUR.fullmatch(text):
            raise _wrong(where, f'"{text}"', '"#RRGGBB"')
    if marker not in MARKERS:
        raise _wrong(where, f'marker "{marker}"', ", ".join(MARKERS))
    return Party(actor_id, colour, colour_dark, marker)


def _parameters(name: str, entry: object) -> dict[str, Any]:
    parameters = entry.get("parameters", {}) if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(parameters, dict) or {*entry} - {"parameters"}:
        raise _wrong(f"clashbook.notebooks.{name}", repr(entry), "parameters: and a mapping")
    return parameters


def _cut(name: object, entry: object) -> Cut:
    known, where = [one.name for one in fields(Cut)], f"clashbook.cut.{name}"
    if not isinstance(entry, dict) or not {*known} - {"instead"} <= {*entry} <= {*known}:
        raise _wrong(where, repr(entry), f"a mapping of {', '.join(known)}; instead may be absent")
    forms = {"chapter": _ADDRESS, "state": _STATE, "instead": _ADDRESS}
    examples = {"state": "the day and version of a published state: 2022-09-20/v0.3.0"}
    for key, value in entry.items():
        form = forms.get(key)
        if not isinstance(value, str) or not value.strip() or (form and not form.fullmatch(value)):
            way_out = examples.get(key, "an address in the site" if form else "one short line")
            raise _wrong(f"{where}.{key}", repr(value), way_out)
    return Cut(**entry)


def _refuse_twice(focus: list[str]) -> None:
    for episode in focus:
        if focus.count(episode) > 1:
            raise _wrong("clashbook.focus", f'"{episode}" twice', "it once")
        if episode == "background":
            fault = '"background" is no episode of its time'
            raise _wrong("clashbook.focus", fault, "a clash, a war or a year")


def _refuse_unseen(parties: Collection[Party]) -> None:
    """Refuse colours that cannot be told apart from each other or from their page."""
    for name, page in (("colour", "#FFFFFF"), ("colour_dark", "#121212")):
        seen: dict[str, str] = {}
        for party in parties:
            colour = getattr(party, name).upper()
            where = f"clashbook.parties.{party.id}.{name}"
            if colour in seen:
                raise _wrong(where, f"{colour} is the colour of {seen[colour]} too", "another")
            if contrast(colour, page) < VISIBLE:
                fault = f"{colour} cannot be seen on a page of {page}"
                raise _wrong(where, fault, "one that differs more")
            seen[colour] = party.id


def _refuse_astray(redirects: Mapping[Any, Any]) -> None:
    """Refuse addresses that are none in the site, and one that leads to one that was given up."""
    for old, new in redirects.items():
        for address in (old, new):
            if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
                fault = f"{address!r} is no address in the site"
                way_out = "one such as exhibits/name.html or claims.html#name"
                raise _wrong("clashbook.redirects", fault, way_out)
        if new in redirects:
            fault = f'"{old}" leads to another address that was given up'
            raise _wrong("clashbook.redirects", fault, "where that one leads")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 has it, from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
