"""What a reader reads: of a page of Markdown, and of the exhibits that a notebook's code makes.

The book's own parser tells headings, cells of tables, code, roles and directives apart; what stays
is each line of text, with `BLANK` for every reference in it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser

from docutils.parsers.rst.languages import en
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

from clashbook.dataset import kinds
from clashbook.prose.numbers import REFERENCE, ROLES
from clashbook.prose.typed_numbers.words import BLANK

# Roles whose text is the id of a record, or words that lead to it.
# What makes an exhibit in a notebook.
MAKERS = ("figure", "table")
RECORDS = {*(kind.name for kind in kinds.REFERRED), "exhibit"}
REFERENCES = {*ROLES, *RECORDS, "doc", "ref", "term"}
# All that a page may use: the book's own, some of Sphinx, and what docutils itself has.
ALL_ROLES = {*REFERENCES, *en.roles, "abbr", "download", "eq", "kbd", "numref", "samp"}
OWN_DIRECTIVES = {
    *(
        "from",
        "until",
        "holds",
        "opening",
        "key-numbers",
        "exhibit",
        "gallery",
        "cite-edition",
        "pdf",
    ),
    *("claims-table", "numbers-table", "sources-table", "episodes-table", "stances-table"),
    *("indicators-table", "actors-table", "events-table", "reactions-table", "corrections-table"),
    *("leanings-by-claimant", "leanings-by-source", "codebook", "downloads"),
    *("disagreement", "disagreements"),
    "rules",
}
ALL_DIRECTIVES = {*OWN_DIRECTIVES, *en.directives, "glossary", "literalinclude", "only", "seealso"}
ALL_DIRECTIVES |= {"toctree", "code-cell", "margin", "versionadded", "versionchanged"}
# Directives whose content is code, and those whose argument is a heading.
CODE = {"code", "code-block", "code-cell", "literalinclude", "math", "toctree"}
TITLED = {"admonition", "sidebar", "topic", "rubric", "table", "list-table", "csv-table"}
# Options and keyword arguments that are read; the rest are settings.
CAPTIONS = ("title", "subtitle", "note", "alt", "caption", "columns")

DIRECTIVE = re.compile(r"\{(?P<name>[\w:-]+)\}\s*(?P<argument>.*)")
_OPTION = re.compile(r":?(?P<name>[\w-]+):\s*(?P<value>.*)")


@cache
def _parser(extensions: tuple[str, ...]):
    return create_md_parser(MdParserConfig(enable_extensions=set(extensions)), DocutilsRenderer)


def parsed(text: str, extensions: Iterable[str]) -> list:
    """The tokens of Markdown, as the book's own parser sees them."""
    return _parser(tuple(extensions)).parse(text)


def of_markdown(text: str, extensions: Iterable[str], first: int = 1) -> Iterator[tuple[int, str]]:
    """Each paragraph, heading, cell and text alternative of Markdown, with its line.

    Parameters
    ----------
    text : str
        The source.
    extensions : iterable of str
        MyST extensions that the book enables.
    first : int
        Number of the text's first line.
    """
    for token in parsed(text, extensions):
        at = first + (token.map[0] if token.map else 0)
        if token.type == "inline":
            yield at, _inline(token)
            yield from ((at, words) for words in _beside(token))
        elif token.type in ("fence", "colon_fence"):
            yield from _directive(token, at, extensions)
        elif token.type == "html_block":
            yield at, _html(token.content)


def _inline(token) -> str:
    """The words of a line, joined as they are read: emphasis within a word does not part it."""
    words, is_address = [], False
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            words.append("\n")
        elif child.type in ("link_open", "link_close"):
            is_address = child.type == "link_open" and child.info == "auto"
        elif child.type == "text":
            words.append(BLANK if is_address else child.content)
        elif child.type == "myst_role" and child.meta["name"] not in REFERENCES:
            words.append(child.content)
        elif child.type in ("myst_role", "code_inline", "footnote_ref", "image"):
            words.append(BLANK)
    return "".join(words)


def _beside(token) -> Iterator[str]:
    """What a line's links, pictures and HTML say beside its words."""
    for child in token.children or []:
        if child.type == "image":
            yield _inline(child)
        if child.type == "html_inline":
            yield _html(child.content)
        if "title" in child.attrs:
            yield child.attrs["title"]


class _Html(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value or "" for name, value in attrs if name in ("alt", "title")]


def _html(text: str) -> str:
    return " ".join(_Html(text).words)


def _directive(token, at: int, extensions: Iterable[str]) -> Iterator[tuple[int, str]]:
    found = DIRECTIVE.match(token.info.strip())
    if not found:
        return  # code
    if found["name"] in TITLED:
        yield at, found["argument"]
    lines = token.content.split("\n")
    own = options(lines)
    for offset, line in enumerate(lines[:own], start=1):
        option = _OPTION.match(line)
        if option and option["name"] in CAPTIONS:
            yield at + offset, option["value"]
    if found["name"] not in CODE:
        yield from of_markdown("\n".join(lines[own:]), extensions, at + 1 + own)


def options(lines: list[str]) -> int:
    """How many of a directive's lines are its options: each `:name:`, or a block of YAML."""
    if lines[0].strip() == "---":
        return lines.index("---", 1) + 1 if "---" in lines[1:] else 0
    return next((at for at, line in enumerate(lines) if not re.match(r":[\w-]+:", line)), 0)


def of_code(
    source: str, assigned: Mapping[str, ast.expr] | None = None
) -> Iterator[tuple[str, str, str]]:
    """Each caption that code gives an exhibit: the exhibit's id, what it is, and its words.

    Parameters
    ----------
    source : str
        A cell of Python.
    assigned : mapping of str to ast.expr, optional
        What names stand for (see `assignments`).
    """
    for key, node in _captioned(source):
        for each in node.keywords:
            if each.arg is None or each.arg in CAPTIONS:
                for words in _strings(each.value, assigned or {}):
                    yield (
                        key or _name(node.func),
                        each.arg or "captions",
                        REFERENCE.sub(BLANK, words),
                    )


def _captioned(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Each call with an exhibit's captions, and the exhibit's id, "" where it is no plain text."""
    for node in ast.walk(_tree(source)):
        if not isinstance(node, ast.Call):
            continue
        named = {each.arg for each in node.keywords}
        # `**words` may bring them too.
        if named & {"title", "alt"} or (_name(node.func) in MAKERS and named & {*CAPTIONS, None}):
            first = node.args[0] if node.args else None
            yield str(first.value) if isinstance(first, ast.Constant) else "", node


def exhibits(source: str) -> Iterator[str]:
    """The id of each exhibit that code makes, "" for one that it puts together."""
    for key, call in _captioned(source):
        if key or _name(call.func) in MAKERS:
            yield key


def assignments(sources: Iterable[str]) -> dict[str, ast.expr]:
    """What each name of a notebook was last given; a cell that is no Python gives nothing."""
    given: dict[str, ast.expr] = {}
    for source in sources:
        with suppress(SyntaxError):
            for node in ast.walk(_tree(source)):
                if isinstance(node, ast.Assign):
                    names = [each.id for each in node.targets if isinstance(each, ast.Name)]
                    given |= dict.fromkeys(names, node.value)
    return given


def _tree(source: str) -> ast.Module:
    # Lines that are the notebook's own and not Python's.
    return ast.parse(re.sub(r"^[%!].*$", "", source, flags=re.MULTILINE))


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _strings(node: ast.AST, assigned: Mapping[str, ast.expr]) -> Iterator[str]:
    """The texts in an expression; of a mapping, its values."""
    if isinstance(node, ast.Name):
        if node.id in assigned:
            others = {name: value for name, value in assigned.items() if name != node.id}
            yield from _strings(assigned[node.id], others)
    elif isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp)):
        yield _joined(node)
    else:
        children = node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node)
        for child in children:
            yield from _strings(child, assigned)


def _joined(node: ast.AST) -> str:
    """A text put together from parts; what is computed is `BLANK`."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else BLANK
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_joined, node.values))
    if isinstance(node, ast.BinOp):
        return _joined(node.left) + _joined(node.right)
    return BLANK
