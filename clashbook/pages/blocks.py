"""Blocks of prose that only some editions have, or that stand beside a condition."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from clashbook.counting import RULES
from clashbook.pages.facts import edition_of
from clashbook.pages.html import tag
from clashbook.pages.references import rendered
from clashbook.prose.conditions import is_shown

# Where the condition of the passage read last is kept, for an `else` after it.
CONDITION = "clash-condition"


class Dated(SphinxDirective):
    """``:::{from} 2022-09-13`` and ``:::{until}``: content that only some editions have."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        if is_shown(self.name, self.arguments[0], edition.about.as_of, edition.numbers):
            # Into the page itself and not a box, so that headings inside are headings of the page.
            parent = self.state_machine.node
            assert isinstance(parent, nodes.Element)
            self.state.nested_parse(self.content, self.content_offset, parent)
        return []


class Wrapped(SphinxDirective):
    """Content in a box of the style sheet, whose class is the directive's name.

    ``:::{opening}`` is what a reader sees first, a line, a date, key numbers beside a figure, and
    ``:::{key-numbers}`` a list whose items each open with a number in bold, set large.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        return self.wrapped(self.name)

    def wrapped(self, css_class: str) -> list[nodes.Node]:
        self.assert_has_content()
        box = tag("div", **{"class": css_class})
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box] if css_class else list(box.children)


class Held(Wrapped):
    """``:::{holds} condition``: prose beside the condition it rests on.

    ``:::{else}`` after it says what is said where the condition does not hold.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"finding": directives.flag}

    def run(self) -> list[nodes.Node]:
        edition, found = edition_of(self.env), []
        condition = self.arguments[0] if self.arguments else self.env.temp_data[CONDITION]
        if is_shown(self.name, condition, edition.about.as_of, edition.numbers):
            found = self.wrapped("finding" if "finding" in self.options else "")
        # Last, since what stands inside may have conditions of its own.
        self.env.temp_data[CONDITION] = condition
        return found


class Rules(SphinxDirective):
    """``{rules}``: the rules of counting, each of which ``#rule-1`` and so on lead to."""

    def run(self) -> list[nodes.Node]:
        items = []
        for rule in RULES:
            words = nodes.paragraph("", "", nodes.strong("", f"{rule.name}."), nodes.Text(" "))
            words += nodes.Text(f"{rule.words} ")
            words += nodes.emphasis("", f"Example: {rule.example}")
            words["names"].append(f"rule-{rule.number}")
            self.state.document.note_explicit_target(words)
            items.append(nodes.list_item("", words))
        return [nodes.enumerated_list("", *items, enumtype="arabic")]


class CheckBrief(SphinxDirective):
    """``{check-brief}``: a form that holds the numbers of a text against what was published."""

    def run(self) -> list[nodes.Node]:
        return rendered(self.env, "check.html")
