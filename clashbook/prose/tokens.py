"""The words of a token of Markdown, and the options of a directive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import yaml
from myst_parser.mdit_to_docutils.base import Token

from clashbook.prose.markup import BLANK, REFERENCES


def own_lines(lines: list[str]) -> int:
    """How many of a directive's lines are its options: each `:name:`, or a block of YAML."""
    if lines[0].strip() == "---":
        return lines.index("---", 1) + 1 if "---" in lines[1:] else 0
    return next((n for n, line in enumerate(lines) if not re.match(r":[\w-]+:", line)), 0)


def options(lines: list[str]) -> Mapping[str, object]:
    """A directive's options: a block of YAML, or a line each."""
    if lines[:1] and lines[0].strip() == "---":
        options = yaml.safe_load("\n".join(lines[1:-1]))
        return options if isinstance(options, dict) else {}
    found = (re.match(r":([\w-]+):\s*(.*)", line) for line in lines)
    return {option[1]: option[2] for option in found if option}


def inline(token: Token) -> str:
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


def beside(token: Token) -> Iterator[str]:
    """The words that belong to a line's pictures, links and HTML."""
    for child in token.children or []:
        if child.type == "image":
            yield inline(child)
        if child.type == "html_inline":
            yield html(child.content)
        if "title" in child.attrs:
            yield str(child.attrs["title"])


class _Html(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value or "" for name, value in attrs if name in ("alt", "title")]


def html(text: str) -> str:
    return " ".join(_Html(text).words)
