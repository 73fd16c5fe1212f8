"""HTML elements as docutils nodes, so that whatever they hold is escaped by the writer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

Content: TypeAlias = "nodes.Node | str | Iterable[Content]"

# Elements whose content is a line of text; docutils lets links stand only in such nodes.
LINES = {"a", "b", "button", "caption", "code", "dd", "dt", "figcaption", "label", "li", "p"}
LINES |= {"small", "span", "strong", "summary", "td", "th", "time"}

# Elements without content have no end tag.
VOID = {"img", "input"}


class Block(nodes.General, nodes.Element):
    """An HTML element that holds other elements."""


class Line(nodes.General, nodes.TextElement):
    """An HTML element that holds a line of text."""

    child_text_separator = " "


def tag(name: str, /, *content: Content, anchor: str = "", **attributes: str) -> nodes.Element:
    """An HTML element.

    Parameters
    ----------
    name : str
        The element's name, a fixed string of the caller.
    content
        Nodes, strings (shown as they are), or iterables of both.
    anchor : str
        What links lead to.
    attributes
        HTML attributes; a trailing underscore is dropped, other underscores become hyphens.
    """
    kind = Line if name in LINES else Block
    element = kind(
        "",
        html_name=name,
        html_attributes={
            key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()
        },
    )
    element["ids"] = [anchor] if anchor else []
    element.extend(as_nodes(content))
    return element


def second(*content: Content) -> list[nodes.Node]:
    """A cell's second line, smaller; none without content."""
    inside = as_nodes(content)
    return [tag("span", inside, class_="second")] if inside else []


def fold(summary: Content, *content: Content, class_: str = "") -> nodes.Element:
    """What is unfolded by a click on its summary, or by a link to what stands in it."""
    attributes = {"class_": class_} if class_ else {}
    return tag("details", tag("summary", summary), *content, **attributes)


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


def link(uri: str, *content: Content) -> nodes.reference:
    """A link to a file beside the page, or to a page elsewhere."""
    reference = nodes.reference("", "", internal=not urlsplit(uri).scheme, refuri=uri)
    reference.extend(as_nodes(content))
    return reference


def outward(uri: str, text: str) -> nodes.Node:
    """A link to an address from the data; only the web's own schemes make a link."""
    return link(uri, text) if urlsplit(uri).scheme in ("http", "https") else nodes.Text(text)


def joined(parts: Iterable[Content], separator: str = ", ") -> list[nodes.Node]:
    """The parts in a row, with a separator between them."""
    result: list[nodes.Node] = []
    for part in parts:
        if result:
            result.append(nodes.Text(separator))
        result.extend(as_nodes(part))
    return result


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
