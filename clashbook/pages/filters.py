"""Search, filters and sorting above a long table, which a script puts to work.

Without the script the form stays unseen, and the table is whole and plain. It takes its room from
the start, so that nothing moves when the script comes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from docutils import nodes

from clashbook.pages.html import Content, tag
from clashbook.pages.tables import Column

Options = Mapping[str, str]
# The value of an option that filters nothing, where the first option is a choice of some.
ALL = "all"


def form(
    key: str,
    things: str,
    count: int,
    filters: Mapping[str, Options],
    columns: Sequence[Column],
    *,
    first: Mapping[str, Sequence[str]],
    hint: Content,
) -> nodes.Node:
    """The form of a table, to be put right before it.

    Parameters
    ----------
    key : str
        The table's own key.
    things : str
        What its rows are: "claims".
    count : int
        How many rows it has.
    filters : mapping of mapping
        Name of a filter, which is that of the rows' data, to its options: value to words. The name
        is the filter's label as well.
    columns : sequence of Column
        The table's columns, by which it can be sorted.
    first : mapping of sequence
        Name of a filter to those of its values that the table opens on: its first option stands for
        them together, and a second for all.
    hint : Content
        Where else to look, shown where nothing is found.
    """
    fold = f"{key}-filters"
    selects = [
        _select(name, name.capitalize(), _options(options, first.get(name, ())), first.get(name))
        for name, options in filters.items()
    ]
    return tag(
        "form",
        # Sphinx's own search would take "q" in the address for its own, on any page.
        _labelled("Search", tag("input", type="search", name="search", spellcheck="false")),
        tag("button", "Filter and sort", type="button", aria_expanded="false", aria_controls=fold),
        tag(
            "div", selects, _select("sort", "Sort", _orders(columns)), anchor=fold, class_="folded"
        ),
        tag(
            "div",
            tag("p", f"{count:,} {things}", role="status"),
            tag("button", "Show all", type="reset"),
            tag("p", hint, class_="hint", hidden=""),
            class_="found",
        ),
        class_="table-filter",
        role="search",
        aria_label=f"The {things} below",
        autocomplete="off",
    )


def _orders(columns: Sequence[Column]) -> Options:
    """The ways to sort, for screens too narrow for the table's head."""
    ways = {"": "as listed"}
    for column in columns:
        by = f"by {column.heading.lower()}"
        ways |= {column.key: by, f"-{column.key}": f"{by}, reversed"}
    return ways


def _options(options: Options, first: Sequence[str]) -> Options:
    if not first:
        return {"": "all", **options}
    return {"": ", ".join(options[value] for value in first), ALL: "all", **options}


def _select(
    name: str, label: str, options: Options, first: Sequence[str] | None = None
) -> nodes.Node:
    # The options are no text of the page: a search of the book would find them and not the rows.
    words = json.dumps(list(options.items()), ensure_ascii=False)
    opens = {"data_first": json.dumps(first)} if first else {}
    return _labelled(label, tag("select", name=name, data_options=words, **opens))


def _labelled(label: str, control: nodes.Element) -> nodes.Node:
    return tag("label", tag("span", label), control, class_=control["html_attributes"]["name"])
