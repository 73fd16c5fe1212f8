"""A style sheet without the rules that match nothing on a set of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import tinycss2
import tinycss2.ast
from lxml import html

# At-rules that hold further rules.
GROUPS = ("media", "supports", "layer", "container")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_PROPERTY = re.compile(r"--[\w-]+")


@dataclass(frozen=True)
class Vocabulary:
    """The names that a style sheet can meet: on pages, and in the scripts that change them.

    Parameters
    ----------
    tags, classes, ids : set of str
        Of the pages' elements, and all words of the scripts: what a script sets is one of them.
    properties : set of str
        The custom properties that scripts name.
    """

    tags: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, pages: Iterable[html.HtmlElement], scripts: Iterable[str] = ()) -> Vocabulary:
        known = cls()
        for page in pages:
            for element in page.iter():
                known.tags.add(element.tag)
                known.classes.update(element.get("class", "").split())
                known.ids.add(element.get("id", ""))
        for script in scripts:
            for names in (known.tags, known.classes, known.ids):
                names.update(_WORD.findall(script))
            known.properties.update(_PROPERTY.findall(script))
        return known

    def within(self, css: str) -> Vocabulary:
        """Those that a style sheet can name; what it could not write without an escape stays."""
        words = {*_WORD.findall(css), *_WORD.findall(css.lower())}
        plain = _WORD.fullmatch
        parts = vars(self).values()
        return Vocabulary(*({n for n in part if n in words or not plain(n)} for part in parts))

    def may_match(self, selector: list) -> bool:
        """Whether every name that a selector asks for is known."""
        before = ""
        for token in selector:
            is_known = True
            if token.type == "hash":
                is_known = token.value in self.ids
            elif token.type == "ident" and before == ".":
                is_known = token.value in self.classes
            elif token.type == "ident" and before != ":":
                is_known = token.lower_value in self.tags
            if not is_known:
                return False
            before = token.value if token.type == "literal" else ""
        return True


@dataclass(frozen=True)
class Style:
    """A rule: of each selector its tokens and text, of each declaration its name and text.

    A block that holds rules of its own is one declaration without a name.
    """

    selectors: list[tuple[list, str]]
    declarations: list[tuple[str, str]]


@dataclass(frozen=True)
class Group:
    """An at-rule that holds further rules."""

    head: str
    rules: list[Style | Group | str]


def trimmed(sheets: Iterable[str], known: Vocabulary) -> str:
    """Style sheets as one, without comments, but for licences, and without what is not used.

    Parameters
    ----------
    sheets : iterable of str
        Style sheets without imports, in their order.
    known : Vocabulary
        Of the pages and scripts that it is for. A rule goes if none of its selectors may match, a
        custom property, a typeface and an animation if no rule that stays asks for it.
    """
    read = [_read(sheet) for sheet in sheets]
    licences = [text for found, _ in read for text in found]
    rules = [rule for _, found in read for rule in found]
    text = "".join(_matching(rules, known))
    kept = list(_matching(rules, known, _asked(text, known.properties)))
    text = "".join(rule for rule in kept if not rule.startswith("@font-face"))
    kept = [rule for rule in kept if _is_asked_for(rule, text)]
    return "\n".join([*dict.fromkeys(licences), *kept]) + "\n"


@cache
def _read(css: str) -> tuple[list[str], list[Style | Group | str]]:
    """The licences in a style sheet, and its rules."""
    nodes = tinycss2.parse_stylesheet(css, skip_whitespace=True)
    comments = [node for node in nodes if node.type == "comment" and node.value.startswith("!")]
    return [comment.serialize() for comment in comments], list(_rules(nodes))


def _rules(nodes: list) -> Iterator[Style | Group | str]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [(selector, _compact(selector)) for selector in _split(node.prelude)]
            yield Style(selectors, _declarations(node.content))
        elif node.type == "at-rule" and node.lower_at_keyword in GROUPS and node.content:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield Group(f"@{node.at_keyword} {_compact(node.prelude)}", list(_rules(inner)))
        elif node.type == "at-rule" and node.lower_at_keyword != "charset":
            head = f"@{node.at_keyword} {_compact(node.prelude)}".rstrip()
            yield f"{head}{{{_compact(node.content)}}}" if node.content else f"{head};"


def _matching(
    rules: list[Style | Group | str], known: Vocabulary, asked: set[str] | None = None
) -> Iterator[str]:
    """The rules that may match, as text; of custom properties, if `asked` is given, only those."""
    for rule in rules:
        if isinstance(rule, Style):
            selectors = [text for tokens, text in rule.selectors if known.may_match(tokens)]
            block = ";".join(
                text
                for name, text in rule.declarations
                if asked is None or not name.startswith("--") or name in asked
            )
            if selectors and block:
                yield f"{','.join(selectors)}{{{block}}}"
        elif isinstance(rule, Group):
            if within := "".join(_matching(rule.rules, known, asked)):
                yield f"{rule.head}{{{within}}}"
        else:
            yield rule


def _split(prelude: list) -> list[list]:
    """The selectors of a list, which commas part."""
    parts: list[list] = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return parts


def _declarations(content: list) -> list[tuple[str, str]]:
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    if any(part.type != "declaration" for part in parts):
        return [("", _compact(content))]
    return [(part.name, _declaration(part)) for part in parts]


def _declaration(part: tinycss2.ast.Declaration) -> str:
    important = "!important" if part.important else ""
    return f"{part.name}:{_compact(part.value)}{important}"


def _compact(tokens: list) -> str:
    """Tokens as text, comments left out and space a single blank."""
    plain = [
        tinycss2.ast.WhitespaceToken(0, 0, " ") if token.type == "whitespace" else token
        for token in tokens
        if token.type != "comment"
    ]
    return tinycss2.serialize(plain).strip()


def _asked(text: str, properties: set[str]) -> set[str]:
    """The custom properties that are asked for, by rules or by other such properties."""
    values: dict[str, set[str]] = {}
    asked = set(properties)
    for name, value in re.findall(r"(?<![\w(-])(--[\w-]+)\s*:([^;{}]*)", text):
        values.setdefault(name, set()).update(_PROPERTY.findall(value))
    own = re.sub(r"(?<![\w(-])--[\w-]+\s*:[^;{}]*", "", text)
    waiting = [*asked, *_PROPERTY.findall(own)]
    while waiting:
        name = waiting.pop()
        asked.add(name)
        waiting += values.pop(name, ())
    return asked


def _is_asked_for(rule: str, text: str) -> bool:
    """Whether a typeface or an animation is named by the rules that stay; others always are."""
    if rule.startswith("@font-face"):
        family = re.search(r"font-family\s*:\s*([^;}]+)", rule)
        return family is not None and _plain(family[1]) in _plain(text)
    if rule.startswith(("@keyframes", "@-webkit-keyframes")):
        name = rule.partition("{")[0].split()[-1]
        others = text.replace(rule, "")
        return re.search(rf"[:\s,]{re.escape(name)}[;}},\s]", others) is not None
    return True


def _plain(family: str) -> str:
    return re.sub(r"[\\\"']", "", family).lower().strip()
