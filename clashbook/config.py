"""What changes from book to book: the `clashbook:` block of `_config.yml`."""

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

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

# Neither has a space: what a browser would make of one is not ours to guess.
_REPORT = re.compile(r"https://[\w.-]+(:\d+)?([/?#]\S*)?|mailto:[^\s@?]+@[\w.-]+(\?\S*)?", re.ASCII)


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
    markdown : list of str
        The extensions that pages are parsed with: `parse.myst_enable_extensions` of the file.
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
    redirects: dict[str, str] = field(default_factory=dict)
    markdown: list[str] = field(default_factory=list)
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
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{FILE_NAME}: not YAML: {' '.join(str(error).split())}") from error
    except RecursionError as error:
        raise ConfigError(f"{FILE_NAME}: nested too deep to be read; write it flatter") from error
    block = content.get("clashbook") if isinstance(content, dict) else None
    if not isinstance(block, dict):
        raise ConfigError(f"{FILE_NAME}: no clashbook: block; write title, authors, parties …")
    for key in content:
        if key not in TOP:
            near = " or ".join(difflib.get_close_matches(str(key), TOP, 1) or sorted(TOP))
            raise ConfigError(f"{FILE_NAME}, {key}: no such key; write {near}")
    _known_keys(block)
    runs = _mapping(content, "execute").get("execute_notebooks", "off")
    if runs not in ("off", False):
        fault = f"execute.execute_notebooks: {runs!r}; papermill runs the notebooks"
        raise ConfigError(f'{FILE_NAME}, {fault}; write "off"')
    extensions = _mapping(content, "parse").get("myst_enable_extensions", list(MARKDOWN))
    if not isinstance(extensions, list) or not set(map(str, extensions)) <= EXTENSIONS:
        fault = f"parse.myst_enable_extensions: {extensions!r}"
        raise ConfigError(f"{FILE_NAME}, {fault}; write a list of {', '.join(sorted(EXTENSIONS))}")
    found = Config(
        root=path.parent,
        title=_value(block, "title", str),
        subtitle=_value(block, "subtitle", str, ""),
        authors=_texts(block, "authors"),
        publisher=_value(block, "publisher", str),
        base_url=_web(block, "base_url", _BASE, "https://host/path/"),
        repository=_web(block, "repository", _REPOSITORY, "https://host/owner/name"),
        licence=_value(block, "licence", str),
        parties={i: _party(i, entry) for i, entry in _value(block, "parties", dict).items()},
        focus=_texts(block, "focus"),
        notebooks={n: _parameters(n, e) for n, e in _value(block, "notebooks", dict, {}).items()},
        allowed_in_prose=_texts(block, "allowed_in_prose", []),
        report_error=_report_error(_value(block, "report_error", str, "")),
        redirects=_redirects(_value(block, "redirects", dict, {})),
        markdown=extensions,
        execution_timeout=_seconds(block, "execution_timeout", 300),
    )
    _fit_to_be_shown(found)
    return found


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice: of the two YAML would silently take the last."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value if isinstance(key.value, str)]
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value != "<<" and keys.count(key.value) > 1:
                line = key.start_mark.line + 1
                raise ConfigError(f'{FILE_NAME} line {line}: "{key.value}" twice; write it once')
        return super().construct_mapping(node, deep)


def _known_keys(block: Mapping) -> None:
    known = {each.name for each in fields(Config)} - {"root", "markdown"}
    for key in block:
        if key not in known:
            near = difflib.get_close_matches(str(key).lower(), known, 1, 0.6) or sorted(known)
            raise ConfigError(f"{FILE_NAME}, clashbook.{key}: no such key; write {', '.join(near)}")
    parties = block.get("parties")
    for actor_id, entry in parties.items() if isinstance(parties, dict) else ():
        if not isinstance(actor_id, str):
            fault = f"clashbook.parties: {actor_id!r}"
            raise ConfigError(f'{FILE_NAME}, {fault}; write "{actor_id}" in quotes')
        for key in entry if isinstance(entry, dict) else ():
            if key not in PARTY_KEYS:
                where = f"clashbook.parties.{actor_id}.{key}"
                way_out = ", ".join(PARTY_KEYS)
                raise ConfigError(f"{FILE_NAME}, {where}: no such key; write {way_out}")


def _mapping(content: Mapping, key: str) -> Mapping:
    value = content.get(key) or {}
    if not isinstance(value, dict):
        raise ConfigError(f"{FILE_NAME}, {key}: {value!r}; write a mapping")
    return value


def _fit_to_be_shown(config: Config) -> None:
    """Refuse what each key by itself may be, and a reader could not use.

    Raises
    ------
    ConfigError
        Names the key.
    """
    words = {"title": [config.title], "subtitle": [config.subtitle], "authors": config.authors}
    words |= {"publisher": [config.publisher], "licence": [config.licence]}
    for key, values in words.items():
        for text in values:
            if len(text) > LONGEST or not text.isprintable():
                fault = f"clashbook.{key}: longer than {LONGEST} signs, or with invisible ones"
                raise ConfigError(f"{FILE_NAME}, {fault}; write one short line")
    for key in ("title", "authors", "focus"):
        values = getattr(config, key)
        values = [values] if isinstance(values, str) else values
        if not values or not all(value.strip() for value in values):
            raise ConfigError(f"{FILE_NAME}, clashbook.{key}: is empty; write at least one name")
    for episode in config.focus:
        if config.focus.count(episode) > 1:
            raise ConfigError(f'{FILE_NAME}, clashbook.focus: "{episode}" twice; write it once')
        if episode == "background":
            fault = 'clashbook.focus: "background" is no episode of its time'
            raise ConfigError(f"{FILE_NAME}, {fault}; write a clash, a war or a year")
    for name, page in (("colour", "#FFFFFF"), ("colour_dark", "#121212")):
        seen: dict[str, str] = {}
        for party in config.parties.values():
            colour = getattr(party, name).upper()
            where = f"clashbook.parties.{party.id}.{name}"
            if colour in seen:
                fault = f"{where}: {colour} is the colour of {seen[colour]} too"
                raise ConfigError(f"{FILE_NAME}, {fault}; write another")
            if contrast(colour, page) < VISIBLE:
                fault = f"{where}: {colour} cannot be seen on a page of {page}"
                raise ConfigError(f"{FILE_NAME}, {fault}; write one that differs more")
            seen[colour] = party.id
    for old in config.redirects:
        if config.redirects[old] in config.redirects:
            fault = f'clashbook.redirects: "{old}" leads to another address that was given up'
            raise ConfigError(f"{FILE_NAME}, {fault}; write where that one leads")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 has it, from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _value(block: Mapping, key: str, kind: type, default: Any = None) -> Any:
    value = block.get(key)
    value = default if value is None else value
    if not isinstance(value, kind):
        found = "nothing" if value is None else repr(value)
        words = {str: "a text", dict: "a mapping", list: "a list"}[kind]
        raise ConfigError(f"{FILE_NAME}, clashbook.{key}: {found}; write {words}")
    return value


def _seconds(block: Mapping, key: str, default: int) -> int:
    value = block.get(key, default)
    if type(value) is not int or value < 1:
        raise ConfigError(f"{FILE_NAME}, clashbook.{key}: {value!r}; write a number of seconds")
    return value


def _web(block: Mapping, key: str, pattern: re.Pattern, example: str) -> str:
    value = _value(block, key, str, "")
    if value and not pattern.fullmatch(value):
        raise ConfigError(f'{FILE_NAME}, clashbook.{key}: "{value}"; write {example}, or nothing')
    return value


def _texts(block: Mapping, key: str, default: list[str] | None = None) -> list[str]:
    values = _value(block, key, list, default)
    for value in values:
        # YAML reads 2020-07-16 as a date and 2017 as a number: ids want quotes.
        if not isinstance(value, str):
            raise ConfigError(f'{FILE_NAME}, clashbook.{key}: {value!r}; write "{value}" in quotes')
    return values


def _party(actor_id: str, entry: Any) -> Party:
    where = f"parties.{actor_id}"
    if not isinstance(entry, dict):
        raise ConfigError(f"{FILE_NAME}, clashbook.{where}: {entry!r}; write colour, marker …")
    colours = [_value(entry, key, str, "") for key in ("colour", "colour_dark")]
    for colour in colours:
        if not _COLOUR.fullmatch(colour):
            raise ConfigError(f'{FILE_NAME}, clashbook.{where}: "{colour}"; write "#RRGGBB"')
    marker = _value(entry, "marker", str, "")
    if marker not in MARKERS:
        choice = ", ".join(MARKERS)
        raise ConfigError(f'{FILE_NAME}, clashbook.{where}: marker "{marker}"; write {choice}')
    return Party(actor_id, *colours, marker)


def _parameters(name: str, entry: Any) -> dict[str, Any]:
    parameters = entry.get("parameters", {}) if isinstance(entry, dict) else None
    if not isinstance(parameters, dict) or set(entry) - {"parameters"}:
        raise ConfigError(
            f"{FILE_NAME}, clashbook.notebooks.{name}: {entry!r}; write parameters: and a mapping"
        )
    return parameters


def _report_error(address: str) -> str:
    if address and not _REPORT.fullmatch(address):
        raise ConfigError(
            f'{FILE_NAME}, clashbook.report_error: "{address}"; write an address that starts with '
            "https:// or mailto:, or leave it empty"
        )
    return address


def _redirects(entries: Mapping) -> dict[str, str]:
    for address in (each for pair in entries.items() for each in pair):
        if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
            raise ConfigError(
                f"{FILE_NAME}, clashbook.redirects: {address!r} is no address in the site; write "
                "one such as exhibits/name.html or claims.html#name"
            )
    return dict(entries)
