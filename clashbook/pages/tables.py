"""One way to make a table: accessible, ruled horizontally, readable on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docutils import nodes

from clashbook.pages.html import Content, as_nodes, fold, tag


@dataclass(frozen=True)
class Column:
    """A column's heading, and what it holds.

    Parameters
    ----------
    heading : str
    numeric : bool
        Numbers: set right, in figures of one width.
    wordy : bool
        Sentences: the column keeps the width that these need.
    """

    heading: str
    numeric: bool = False
    wordy: bool = False

    @property
    def key(self) -> str:
        """The column's name in an address."""
        return self.heading.casefold().replace(" ", "-")


@dataclass(frozen=True)
class TableRow:
    """A row of a table.

    Parameters
    ----------
    cells : sequence of Content
        Its head, and its other cells.
    anchor : str
        What links lead to.
    data : dict of str
        For scripts and styles.
    order : sequence
        What each cell is sorted by; given for all rows or for none.
    """

    cells: Sequence[Content]
    anchor: str = ""
    data: dict[str, str] = field(default_factory=dict)
    order: Sequence[Any] = ()


def table(
    caption: Content,
    columns: Sequence[Column | str],
    rows: Iterable[TableRow],
    *,
    key: str,
    caption_hidden: bool = False,
) -> nodes.Element:
    """A table in a region of its own that scrolls sideways by keyboard too; cards on a phone.

    Parameters
    ----------
    caption : Content
        What the table holds; names the region as well.
    columns : sequence of Column or str
        Those of which only the heading is to be said may be given by it. The first column's cells
        are the heads of their rows.
    rows : iterable of TableRow
        A cell without content reads "not stated": no cell is blank.
    key : str
        Part of the caption's id, unique on the page.
    caption_hidden : bool
        Keep the caption for readers of the screen alone, where a heading says the same.
    """
    caption_id = f"{key}-caption"
    hidden = {"class_": "visually-hidden"} if caption_hidden else {}
    ranked = [*_ranked(list(rows))]
    sortable = any("order" in row.data for row in ranked)
    full = [Column(column) if isinstance(column, str) else column for column in columns]
    head = tag("tr", [_head_cell(column, sortable) for column in full])
    body = [_row(full, row) for row in ranked]
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption, anchor=caption_id, **hidden),
            tag("thead", head),
            tag("tbody", body),
            class_=f"data-table cards table-{key}",
        ),
        class_="table-scroll",
        role="region",
        tabindex="0",
        aria_labelledby=caption_id,
    )


def folded_table(
    caption: str, columns: Sequence[Column | str], rows: Iterable[TableRow], *, key: str
) -> nodes.Element:
    """A long table, folded under its caption; a link to a row opens the fold."""
    inside = table(caption, columns, rows, key=key, caption_hidden=True)
    return fold(caption, inside, class_="fold")


def _ranked(rows: list[TableRow]) -> Iterator[TableRow]:
    """Tell each row its place by every column: a script need not know what the cells say."""
    places = [
        {key: place for place, key in enumerate(sorted(set(keys)))}
        for keys in zip(*(row.order for row in rows), strict=True)
    ]
    for row in rows:
        found = [place[key] for place, key in zip(places, row.order, strict=True)]
        order = {"order": " ".join(map(str, found))} if found else {}
        yield replace(row, data=row.data | order)


def _head_cell(column: Column, sortable: bool) -> nodes.Node:
    sort = {"data_sort": column.key} if sortable else {}
    return tag("th", column.heading, scope="col", **sort, **_kind(column))


def _row(columns: Sequence[Column], row: TableRow) -> nodes.Node:
    first, *others = zip(columns, row.cells, strict=True)
    cells = [tag("th", _filled(first[1]), scope="row", **_kind(first[0]))]
    cells += [
        tag("td", _filled(content), data_label=column.heading, **_kind(column))
        for column, content in others
    ]
    data = {f"data-{key}": value for key, value in row.data.items()}
    return tag("tr", cells, anchor=row.anchor, **data)


def _filled(content: Content) -> list[nodes.Node]:
    return as_nodes(content) or [tag("span", "not stated", class_="missing")]


def _kind(column: Column) -> dict[str, str]:
    if column.numeric:
        return {"class_": "numeric"}
    return {"class_": "wordy"} if column.wordy else {}
