"""Templates of this room, and HTML elements as docutils nodes, so that references in them resolve.

A value in a template is words, or nodes: neither can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from docutils import nodes
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from lxml import etree
from markupsafe import Markup

from clashbook import language

if TYPE_CHECKING:  # slow to import, and what writes by templates alone does without
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

Content: TypeAlias = "nodes.Node | str | Iterable[Content]"

# Elements whose content is a line of text; docutils lets links stand only in such nodes.
LINES = {"a", "b", "button", "caption", "code", "dd", "dt", "figcaption", "label", "li", "p"}
LINES |= {"legend", "small", "span", "strong", "summary", "td", "th", "time"}

# Elements without content have no end tag.
VOID = {"img", "input"}

# What no page can hold, and no XML: a cell of a notebook's own may.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The end of a template's line beside a tag, with the space round it, is none of the page.
_LINE_END = re.compile(r"\A *\n[ \n]*|[ \n]*\n *\Z")


class Block(nodes.General, nodes.Element):
    """An HTML element that holds other elements."""


class Line(nodes.General, nodes.TextElement):
    """An HTML element that holds a line of text."""

    child_text_separator = " "


@pass_context
def _held(context: Context, value: object) -> object:
    """An element in the place of nodes among a template's values, which are kept."""
    if not isinstance(value, (nodes.Node, list)):
        return value
    held = context["held"]
    held.append(value)
    return Markup('<held n="{}"/>').format(len(held) - 1)


templates = Environment(
    loader=PackageLoader("clashbook.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_held,
)
templates.globals["language"] = language
# What is read by programs alone: its keys in their order, without blanks.
templates.policies["json.dumps_kwargs"] = {"separators": (",", ":")}


def filled(template: str, **values: object) -> list[nodes.Node]:
    """The nodes of a template, filled with values: well-formed XML of HTML's elements."""
    held: list[Content] = []
    markup = templates.get_template(template).render(held=held, **values)
    root = etree.fromstring(f"<nodes>{CONTROLS.sub('', markup)}</nodes>")
    for table in root.iter("table"):
        _name_cells(table)
    return as_nodes(_content(root, held))


def _name_cells(table: etree._Element) -> None:
    """Say of each cell which column it is of: on a phone a row is a card; none is blank."""
    heads = table.findall("thead/tr/th")
    for head in heads:
        head.set("scope", "col")
    # The heading of a group of rows is of no column.
    for row in [row for row in table.iterfind("tbody/tr") if row.get("class") != "group"]:
        for head, cell in zip(heads, row, strict=True):
            if kind := head.get("class"):
                cell.set("class", kind)
            if cell.tag == "th":
                cell.set("scope", "row")
            else:
                cell.set("data-label", head.text or "")
            if not len(cell) and not (cell.text or "").strip(" \n"):
                etree.SubElement(cell, "span", {"class": "missing"}).text = "not stated"


def _content(element: etree._Element, held: Sequence[Content]) -> Iterator[Content]:
    yield _LINE_END.sub("", element.text or "")
    for child in element:
        if child.tag == "held":
            yield held[int(child.get("n", ""))]
        else:
            attributes = {str(name): str(value) for name, value in child.attrib.items()}
            anchor = attributes.pop("id", "")
            yield tag(str(child.tag), _content(child, held), anchor=anchor, **attributes)
        yield _LINE_END.sub("", child.tail or "")


def tag(name: str, /, *content: Content, anchor: str = "", **attributes: str) -> nodes.Element:
    """An HTML element of that name with its attributes; `anchor` is what links lead to."""
    kind = Line if name in LINES else Block
    element = kind("", html_name=name, html_attributes=attributes)
    element["ids"] = [anchor] if anchor else []
    element.extend(as_nodes(content))
    return element


def section(document: nodes.document, title: str, anchor: str) -> nodes.section:
    """A section of the page with an anchor that any page may lead to."""
    made = nodes.section("", nodes.title("", title), ids=[anchor], names=[anchor])
    document.note_explicit_target(made, made)
    return made


def as_nodes(content: Content) -> list[nodes.Node]:
    if isinstance(content, str):
        return [_text(content)] if content else []
    if isinstance(content, nodes.Node):
        return [content]
    return [node for part in content for node in as_nodes(part)]


def _text(words: str) -> nodes.Text:
    node = nodes.Text(words)
    # Whoever sets the quotation marks of a page reads these signs as markup, and takes them away.
    is_plain = "\\" not in words and "&#" not in words
    node.support_smartquotes = is_plain  # type: ignore[attr-defined]  # Sphinx asks any node for it
    return node


def register(app: Sphinx) -> None:
    for node in (Block, Line):
        app.add_node(node, html=(_visit, _depart))


def _visit(translator: HTML5Translator, node: Block | Line) -> None:
    translator.body.append(
        translator.starttag(node, node["html_name"], suffix="", **node["html_attributes"])
    )


def _depart(translator: HTML5Translator, node: Block | Line) -> None:
    if node["html_name"] not in VOID:
        translator.body.append(f"</{node['html_name']}>")
