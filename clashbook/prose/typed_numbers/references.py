"""What a text refers to, and what in it can be referred to: roles, links, directives, anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import yaml

from clashbook.counting import RULES
from clashbook.prose.typed_numbers import texts

# What words a reference may have before its target: `words <target>`.
_TITLED = re.compile(r".+?\s*<(?P<target>[^<]*)>", re.DOTALL)


class Reference(NamedTuple):
    """One reference of a text, or one place in it that can be referred to.

    Parameters
    ----------
    line : int
        Where it stands.
    kind : str
        Name of the role (`claim`, `number`, `ref` …); `link`; `row`, `rule` and `lacks` of a
        `{disagreement}`; `from` and `until`, a passage's days; `anchor`, what can be linked to;
        `label`, an anchor that no other page may have;
        `heading`, its level; `directive`; `unknown role`; and `fault`, a directive whose options
        cannot be read.
    target : str
        As it is written.
    sides : tuple of tuple of str
        For words of a `{disagreement}` the rows of its sides: they show where two sides are known.
    """

    line: int
    kind: str
    target: str
    sides: tuple[tuple[str, ...], ...] = ()


def references(text: str, extensions: Iterable[str], first: int = 1) -> Iterator[Reference]:
    """Each reference and each anchor of Markdown, parsed as the book parses it.

    Parameters
    ----------
    text : str
        The source.
    extensions : iterable of str
        MyST extensions that the book enables.
    first : int
        Number of the text's first line.
    """
    for token in texts.parsed(text, extensions):
        at = first + (token.map[0] if token.map else 0)
        if "id" in token.attrs:
            yield Reference(at, "anchor", str(token.attrs["id"]))
        if token.type == "heading_open":
            yield Reference(at, "heading", token.tag.removeprefix("h"))
        if token.type == "inline":
            yield from _inline(token, at)
        elif token.type == "myst_target":
            yield Reference(at, "anchor", token.content)
            yield Reference(at, "label", token.content)
        elif token.type in ("fence", "colon_fence"):
            yield from _directive(token, at, extensions)


def _inline(token, at: int) -> Iterator[Reference]:
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            at += 1
        elif child.type == "myst_role":
            name, titled = child.meta["name"], _TITLED.fullmatch(child.content)
            if name in texts.ALL_ROLES:
                yield Reference(at, name, titled["target"] if titled else child.content)
            else:
                yield Reference(at, "unknown role", name)
        elif child.type == "link_open" and child.info != "auto":
            yield Reference(at, "link", str(child.attrs["href"]))
        elif child.type == "image":
            yield Reference(at, "link", str(child.attrs["src"]))
        if "id" in child.attrs:
            yield Reference(at, "anchor", str(child.attrs["id"]))


def _directive(token, at: int, extensions: Iterable[str]) -> Iterator[Reference]:
    found = texts.DIRECTIVE.match(token.info.strip())
    if not found:
        return  # code
    name, argument = found["name"], found["argument"].strip()
    lines = token.content.split("\n")
    own = texts.options(lines)
    yield Reference(at, "directive", name)
    if name in ("exhibit", "from", "until"):
        yield Reference(at, name, argument)
    if name == "rules":
        yield from (Reference(at, "anchor", f"rule-{rule.number}") for rule in RULES)
    if name in ("figure", "image", "include", "literalinclude"):
        yield Reference(at, "link", argument)
    try:
        options = _options(lines[:own])
    except yaml.YAMLError as error:
        yield Reference(at, "fault", f"{name}: {' '.join(str(error).split())}")
        return
    if "name" in options:
        yield Reference(at, "anchor", str(options["name"]))
    if name == "disagreement":
        yield from _disagreement(options, lines, at)
    if name not in texts.CODE:
        rows = str(options.get("rows", "")) if name == "disagreement" else ""
        sides = tuple(tuple(line.split()) for line in rows.splitlines())
        for each in references("\n".join(lines[own:]), extensions, at + 1 + own):
            yield each._replace(sides=sides or each.sides)


def _options(lines: list[str]) -> dict[str, Any]:
    """A directive's options: a block of YAML, or a line each."""
    if lines[:1] and lines[0].strip() == "---":
        read = yaml.safe_load("\n".join(lines[1:-1]))
        return read if isinstance(read, dict) else {}
    found = (re.match(r":([\w-]+):\s*(.*)", line) for line in lines)
    return {option[1]: option[2] for option in found if option}


def _disagreement(options: dict[str, Any], lines: list[str], at: int) -> Iterator[Reference]:
    for option in ("name", "rows"):
        if not options.get(option):
            yield Reference(at, "lacks", option)
    for row in str(options.get("rows", "")).split():
        inside = (at + n for n, line in enumerate(lines, start=1) if row in line.split())
        yield Reference(next(inside, at), "row", row)
    for rule in filter(None, re.split(r"[,\s]+", str(options.get("rules", "")))):
        yield Reference(at, "rule", rule)
