"""What the code of a notebook gives its exhibits to say: titles, notes, text alternatives."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from clashbook.prose.markdown import Markdown, Reference
from clashbook.prose.markup import BLANK, CAPTIONS
from clashbook.prose.numbers import REFERENCE

# What makes an exhibit in a notebook.
MAKERS = ("figure", "table")
_ROLE = re.compile(r"\{([\w:-]+)\}`")


def read(source: str, assigned: Mapping[str, ast.expr]) -> Markdown:
    """The captions of a cell of Python as a page's words, and their roles that no caption has.

    Parameters
    ----------
    source : str
        A cell of Python.
    assigned : mapping of str to ast.expr
        What names stand for (see `assignments`).

    Raises
    ------
    SyntaxError
        If it is none.
    """
    given = [
        (argument.value.lineno, REFERENCE.sub(BLANK, words))
        for _, call in _captioned(source)
        for argument in call.keywords
        if argument.arg is None or argument.arg in CAPTIONS
        for words in _strings(argument.value, assigned)
    ]
    found = ((line, role) for line, text in given for role in _ROLE.findall(text))
    roles = [Reference(line, "caption role", role) for line, role in found]
    return Markdown(source, references=tuple(roles), words=tuple(given))


def _captioned(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Each call with an exhibit's captions, and the exhibit's id, "" where it is no plain text."""
    for node in ast.walk(_tree(source)):
        if not isinstance(node, ast.Call):
            continue
        named = {argument.arg for argument in node.keywords}
        # `**words` may bring them too.
        if named & {"title", "alt"} or (_name(node.func) in MAKERS and named & {*CAPTIONS, None}):
            first = node.args[0] if node.args else None
            yield str(first.value) if isinstance(first, ast.Constant) else "", node


def exhibits(source: str) -> tuple[str, ...]:
    """The ids of the exhibits that code makes, "" for one that it puts together."""
    made = [key for key, call in _captioned(source) if key or _name(call.func) in MAKERS]
    return tuple(dict.fromkeys(made))


def line_of(source: str, exhibit: str, caption: str) -> int:
    """The line of a cell in which an exhibit is given a caption; 0 where it is not to be seen."""
    for made, call in _captioned(source):
        for argument in call.keywords:
            if made == exhibit and argument.arg == caption:
                return argument.value.lineno
    return 0


def assignments(sources: Iterable[str]) -> dict[str, ast.expr]:
    """What each name of a notebook was last given; a cell that is no Python gives nothing."""
    given: dict[str, ast.expr] = {}
    for source in sources:
        with suppress(SyntaxError):
            for node in ast.walk(_tree(source)):
                if isinstance(node, ast.Assign):
                    names = [name.id for name in node.targets if isinstance(name, ast.Name)]
                    given |= dict.fromkeys(names, node.value)
    return given


def _tree(source: str) -> ast.Module:
    # Lines that are the notebook's own and not Python's.
    return ast.parse(re.sub(r"^[%!].*$", "", source, flags=re.MULTILINE))


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _strings(node: ast.AST, assigned: Mapping[str, ast.expr]) -> Iterator[str]:
    """The texts in an expression; of a mapping, its values."""
    match node:
        case ast.Constant() | ast.JoinedStr() | ast.BinOp():
            yield _joined(node)
        case ast.Name(id=name) if name in assigned:
            others = {other: value for other, value in assigned.items() if other != name}
            yield from _strings(assigned[name], others)
        case _:
            children = node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node)
            for child in children:
                yield from _strings(child, assigned)


def _joined(node: ast.AST) -> str:
    """A text put together from parts; what is computed is `BLANK`."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(map(_joined, parts))
        case ast.BinOp(left=left, right=right):
            return _joined(left) + _joined(right)
    return BLANK
