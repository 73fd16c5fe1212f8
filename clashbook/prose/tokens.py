"""The words of a token of Markdown, and the options of a directive."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import html as lxml_html
from myst_parser.mdit_to_docutils.base import Token
from myst_parser.parsers.options import options_to_items

from clashbook.prose.markup import BLANK, REFERENCES


def own_lines(lines: list[str]) -> int:
    """How many of a directive's lines are its options: each `:name:`, or a block of YAML."""
    if lines[0].strip() == "---":
        return lines.index("---", 1) + 1 if "---" in lines[1:] else 0
    return next((n for n, line in enumerate(lines) if not re.match(r":[\w-]+:", line)), 0)


def options(lines: list[str]) -> dict[str, str]:
    """A directive's options, as the book reads them: a block of YAML, or a line each.

    Raises
    ------
    myst_parser.parsers.options.TokenizeError
        If they cannot be read.
    """
    is_block = lines[:1] != [] and lines[0].strip() == "---"
    own = lines[1:-1] if is_block else [line[1:] for line in lines]
    return dict(options_to_items("\n".join(own))[0])


def inline(token: Token) -> str:
    """The words of a line, joined as they are read: emphasis within a word does not part it."""
    children = token.children or []
    return "".join(_word(child, before) for before, child in pairwise([token, *children]))


def _word(token: Token, before: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "text":
            is_address = before.type == "link_open" and before.info == "auto"
            return BLANK if is_address else token.content
        case "myst_role" if token.meta["name"] not in REFERENCES:
            return token.content
        case "myst_role" | "code_inline" | "footnote_ref" | "image":
            return BLANK
    return ""


def beside(token: Token) -> list[str]:
    """The words that belong to a token that is a picture, a link or HTML, and not to its line."""
    words = [inline(token)] if token.type == "image" else []
    words += [html(token.content)] if token.type == "html_inline" else []
    return [*words, str(token.attrs["title"])] if "title" in token.attrs else words


def html(text: str) -> str:
    """What a reader reads of HTML, its text alternatives and titles too."""
    words = lxml_html.fromstring(f"<div>{text}</div>").xpath("//text() | //@alt | //@title")
    assert isinstance(words, list)
    return " ".join(map(str, words))
