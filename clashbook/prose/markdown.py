"""Markdown as the book parses it: its passages, what it refers to, and what a reader reads.

The book's own parser tells headings, cells of tables, code, comments, roles and directives apart.
What it takes for no fence, in a block of code or in a comment, is none here either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer, MarkdownIt, Token
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.options import TokenizeError

from clashbook.counting import RULES
from clashbook.prose import markup, tokens

_DIRECTIVE = re.compile(r"\{(?P<name>[\w:-]+)\}\s*(?P<argument>.*)")
_OPTION = re.compile(r":?(?P<name>[\w-]+):\s*(?P<value>.*)")
# What words a reference may have before its target: `words <target>`.
_TITLED = re.compile(r".+?\s*<(?P<target>[^<]*)>", re.DOTALL)
# The rows of each side of a `{disagreement}`.
Sides = tuple[tuple[str, ...], ...]


class Reference(NamedTuple):
    """One reference of a text, or one place in it that can be referred to.

    Parameters
    ----------
    line : int
        Where it stands.
    kind : str
        Name of the role (`claim`, `number`, `ref` …); `link`; `row`, `rule` and `lacks` of a
        `{disagreement}`; `from` and `until`, a passage's days; `else`, one that is out of place;
        `anchor`, what can be linked to; `label`, an anchor that no other page may have;
        `heading`, its level; `directive`; `unknown role`; `caption role`, one that no caption has;
        and `fault`, a directive whose options cannot be read.
    target : str
        As it is written; of an `else`, what is wrong with it.
    sides : tuple of tuple of str
        For words of a `{disagreement}` the rows of its sides: they show where two sides are known.
    """

    line: int
    kind: str
    target: str
    sides: Sides = ()


class Passage(NamedTuple):
    """What stands in a fence that only some editions show.

    Parameters
    ----------
    name : str
        `from`, `until`, `holds` or `else`.
    argument : str
        The day, or the condition; of an `else` that of the `holds` before it.
    first, last : int
        The lines of its fences.
    words : slice
        What stands between them, of the lines of the page.
    has_else : bool
        Whether an `else` follows.
    """

    name: str
    argument: str
    first: int
    last: int
    words: slice
    has_else: bool = False


@dataclass(frozen=True)
class Markdown:
    """A page or a cell, parsed.

    `words` are its paragraphs, headings, cells, captions and text alternatives, in their order,
    each with its line and with `BLANK` for every reference in it.
    """

    text: str
    passages: tuple[Passage, ...] = ()
    references: tuple[Reference, ...] = ()
    words: tuple[tuple[int, str], ...] = ()


def read(text: str, extensions: Iterable[str] = ("colon_fence",)) -> Markdown:
    """Parse a page or a cell.

    Parameters
    ----------
    text : str
        The source.
    extensions : iterable of str
        MyST extensions that the book enables.

    Raises
    ------
    ValueError
        If a passage stands in one of as few colons.
    """
    return _read(text, tuple(extensions))


@cache
def _read(text: str, extensions: tuple[str, ...]) -> Markdown:
    reader = _Reader(extensions)
    reader.read(text, 1)
    reader.pair(["", *text.split("\n")])
    passages = sorted(reader.passages.values(), key=lambda passage: passage.first)
    return Markdown(text, tuple(passages), tuple(reader.references), tuple(reader.words))


@cache
def _parser(extensions: tuple[str, ...]) -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=set(extensions)), DocutilsRenderer)


class _Reader:
    """Goes through the tokens of a text, and of what stands in its directives."""

    def __init__(self, extensions: tuple[str, ...]) -> None:
        self.parser = _parser(extensions)
        # By their first lines.
        self.passages: dict[int, Passage] = {}
        self.references: list[Reference] = []
        self.words: list[tuple[int, str]] = []
        self.sides: Sides = ()

    def read(self, text: str, first: int, colons: int = 0) -> None:
        """Read a text whose first line has a number, in a fence of some colons."""
        for token in self.parser.parse(text):
            line = first + (token.map[0] if token.map else 0)
            if "id" in token.attrs:
                self.refer(line, "anchor", str(token.attrs["id"]))
            if token.type == "heading_open":
                self.refer(line, "heading", token.tag.removeprefix("h"))
            elif token.type == "inline":
                self.inline(token, line)
            elif token.type == "html_block":
                self.words.append((line, tokens.html(token.content)))
            elif token.type == "myst_target":
                self.refer(line, "anchor", token.content)
                self.refer(line, "label", token.content)
            elif token.type in ("fence", "colon_fence"):
                self.fence(token, line, colons)

    def refer(self, line: int, kind: str, target: str) -> None:
        self.references.append(Reference(line, kind, target, self.sides))

    def inline(self, token: Token, line: int) -> None:
        self.words.append((line, tokens.inline(token)))
        first = line
        for child in token.children or []:
            self.words += [(first, words) for words in tokens.beside(child)]
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "myst_role":
                name, titled = child.meta["name"], _TITLED.fullmatch(child.content)
                if name in markup.ALL_ROLES:
                    self.refer(line, name, titled["target"] if titled else child.content)
                else:
                    self.refer(line, "unknown role", name)
            elif child.type == "link_open" and child.info != "auto":
                self.refer(line, "link", str(child.attrs["href"]))
            elif child.type == "image":
                self.refer(line, "link", str(child.attrs["src"]))
            if "id" in child.attrs:
                self.refer(line, "anchor", str(child.attrs["id"]))

    def fence(self, token: Token, line: int, colons: int) -> None:
        """Read a fence and what stands in it."""
        found = _DIRECTIVE.match(token.info.strip())
        if not found:
            return  # code
        name, argument = found["name"], found["argument"].strip()
        width = len(token.markup) if token.type == "colon_fence" else 0
        if width >= colons > 0:
            raise ValueError(
                f"passage {(token.markup + token.info).strip()!r} is inside one with no more "
                f"colons, which would end with it; write around it one with {width + 1}"
            )
        lines = token.content.split("\n")
        own = tokens.own_lines(lines)
        self.refer(line, "directive", name)
        if name in markup.PASSAGES:
            first, after = token.map or [0, 0]
            last, words = line + after - first - 1, slice(line + own, line + len(lines) - 1)
            self.passages[line] = Passage(name, argument, line, last, words)
        sides = self.directive(name, argument, lines[:own], line)
        if name not in markup.CODE:
            outer, self.sides = self.sides, self.sides or sides
            self.read("\n".join(lines[own:]), line + 1 + own, width)
            self.sides = outer

    def pair(self, lines: list[str]) -> None:
        """Give each `else` the condition of the `holds` right before it; `lines` count from 1."""
        for first, passage in self.passages.items():
            if passage.name != "else":
                continue
            above = first - 1
            while above and not lines[above].strip():
                above -= 1
            before = next((other for other in self.passages.values() if other.last == above), None)
            if passage.argument:
                self.refer(first, "else", "has a condition")
            elif before and before.name == "holds":
                self.passages[before.first] = before._replace(has_else=True)
                self.passages[first] = passage._replace(argument=before.argument)
            else:
                self.refer(first, "else", "does not come right after a {holds}")

    def directive(self, name: str, argument: str, lines: list[str], line: int) -> Sides:
        """Note what a directive's first line and its options say and refer to.

        Returns the sides of a `{disagreement}`.
        """
        if name in ("exhibit", *markup.DATED):
            self.refer(line, name, argument)
        if name == "rules":
            for rule in RULES:
                self.refer(line, "anchor", f"rule-{rule.number}")
        if name in markup.FILES:
            self.refer(line, "link", argument)
        if name in markup.TITLED:
            self.words.append((line, argument))
        for number, option in enumerate(map(_OPTION.match, lines), start=line + 1):
            if option and option["name"] in markup.CAPTIONS:
                self.words.append((number, option["value"]))
        try:
            options = tokens.options(lines)
        except TokenizeError as error:
            self.refer(line, "fault", f"{name}: {' '.join(str(error).split())}")
            return ()
        if "name" in options:
            self.refer(line, "anchor", options["name"])
        return self.disagreement(options, lines, line) if name == "disagreement" else ()

    def disagreement(self, options: Mapping[str, str], lines: list[str], line: int) -> Sides:
        for option in ("name", "rows"):
            if not options.get(option):
                self.refer(line, "lacks", option)
        sides = tuple(tuple(side.split()) for side in options.get("rows", "").splitlines())
        for row in (row for side in sides for row in side):
            inside = (line + n for n, text in enumerate(lines, start=1) if row in text.split())
            self.refer(next(inside, line), "row", row)
        for rule in filter(None, re.split(r"[,\s]+", options.get("rules", ""))):
            self.refer(line, "rule", rule)
        return sides
