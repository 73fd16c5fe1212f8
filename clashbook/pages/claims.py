"""The page of claims: every claim a row with an anchor, and every number with what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from clashbook import language
from clashbook.dataset import kinds
from clashbook.dataset.rows import Claim
from clashbook.pages import claim_standing, disagreements, filters, labels
from clashbook.pages.facts import Edition, Row, edition_of
from clashbook.pages.html import Content, fold, joined, second, tag
from clashbook.pages.references import note, record_reference, source_label
from clashbook.pages.tables import Column, TableRow, folded_table, table
from clashbook.prose.numbers import GROUNDS, Number

CLAIM_COLUMNS = [
    Column(heading) for heading in ("Claim", "About", "Who says so", "When", "Source", "Standing")
]
ONE = {"claims": "claim", "series": "published series", "reactions": "reaction", "events": "event"}
# What a number rests on is folded where it is more than these.
FEW = 6
NUMBER_COLUMNS: list[Column | str] = ["Number", Column("What it is", wordy=True), "Rests on"]


class ClaimsTable(SphinxDirective):
    """``{claims-table}``: one row and one anchor a claim, in order of episode and date.

    The episodes that the book is about come first, and the table opens on them.
    """

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        order = {row["episode_id"]: row["start"] for row in edition.table("episodes")}
        claims = edition.table("claims")
        known = {row["episode_id"] for row in claims}
        focus = [episode for episode in edition.about.focus if episode in known]
        claims = sorted(
            claims,
            key=lambda row: (
                row["episode_id"] not in focus,
                # What belongs to no episode has no place in the order of time, and comes last.
                order.get(row["episode_id"]) or "9",
                row["reported_on"],
            ),
        )
        rows = [claim_row(self.env, row) for row in claims]
        caption = "All claims"
        return [
            tag("p", "Go to ", _episodes(edition, claims, focus), "."),
            filters.form(
                "claims",
                "claims",
                len(rows),
                _filters(edition, claims),
                CLAIM_COLUMNS,
                first={"episode": focus},
                hint=_elsewhere(),
            ),
            table(caption, CLAIM_COLUMNS, rows, key="claims"),
        ]


def _episodes(edition: Edition, claims: list[Row], focus: list[str]) -> list[nodes.Node]:
    """Links to the first claim of each episode: the table is long.

    One to an episode that the table does not open on shows its claims alone.
    """
    first: dict[str, Row] = {}
    counts = Counter(row["episode_id"] for row in claims)
    for row in claims:
        first.setdefault(row["episode_id"], row)
    links: list[Content] = []
    for episode, row in first.items():
        query = f"?episode={episode}" if focus and episode not in focus else ""
        link = tag("a", _episode(edition, row), href=f"{query}#{row['claim_id']}")
        links.append([link, f" ({counts[episode]})"])
    return joined(links)


def _elsewhere() -> list[nodes.Node | str]:
    """Where to look for what no claim says."""
    data = tag("a", "Data", href="data.html")
    whole = tag("a", "Search the whole book", href="search.html")
    return ["Reactions and events are in ", data, ". ", whole, "."]


def _filters(edition: Edition, claims: list[Row]) -> dict[str, dict[str, str]]:
    """What the claims can be filtered by: values of their rows' data, in words."""

    def options(column: str, name: Callable[[str], str]) -> dict[str, str]:
        names = {key: name(key) for key in dict.fromkeys(row[column] for row in claims)}
        # Who is no one side stands after the sides.
        order = sorted(names, key=lambda key: (key in labels.PARTIES, _key(names[key])))
        return {key: names[key] for key in order}

    return {
        "episode": {row["episode_id"]: _episode(edition, row) for row in claims},
        "party": options("party", partial(labels.party, edition)),
        "claimant": options("claimant", partial(labels.actor, edition)),
        "source": options("source_id", partial(source_label, edition)),
    }


def _order(edition: Edition, row: Row) -> list[object]:
    """What each cell of a claim's row is sorted by.

    Quantities are sorted by their floors among those of one measure and unit; the others are not
    to be compared.
    """
    low = float(row["low"] or "inf")
    return [
        (_key(_measure(edition, row)), row["unit"], low),
        _key(labels.party(edition, row["party"])),
        _key(labels.actor(edition, row["claimant"])),
        row["reported_on"],
        _key(source_label(edition, row["source_id"])),
        claim_standing.order(edition, row["claim_id"]),
    ]


def _key(name: str) -> tuple[str, str]:
    """What a name is sorted by, whatever the case of its letters."""
    return name.casefold(), name


def claim_row(env: BuildEnvironment, row: Row) -> TableRow:
    edition = edition_of(env)
    note(env, "claim", row["claim_id"])
    claim = Claim.of(row)
    cells: list[Content] = [
        [
            tag("a", claim.words_with_unit, href=f"#{row['claim_id']}"),
            second(_measure(edition, row)),
        ],
        [labels.about(edition, row), second(_episode(edition, row))],
        [
            labels.actor(edition, row["claimant"]),
            second(labels.ROLES.get(row["claimant_role"], "")),
        ],
        [claim.period_words or "period not stated", second(f"said {claim.reported_when}")],
        _source(env, row),
        [
            claim_standing.outcome(env, row),
            *claim_standing.relations(env, row),
            disagreements.entries_of(row["claim_id"]),
            *claim_standing.uses(env, row),
        ],
    ]
    data = {
        "episode": row["episode_id"],
        "party": row["party"],
        "claimant": row["claimant"],
        "source": row["source_id"],
    }
    return TableRow(cells, anchor=row["claim_id"], data=data, order=_order(edition, row))


def _source(env: BuildEnvironment, row: Row) -> list[nodes.Node]:
    """Where a claim stands, and what it is there: stated, worked out, or an error."""
    status = labels.STATUSES.get(row["status"], "Stated")
    locator = row["locator"].replace(". ", f".{language.NO_BREAK}")
    place = f"{locator}; {status[:1].lower()}{status[1:]}" if locator else status
    return [record_reference(env, "source", row["source_id"]), *second(place)]


def _measure(edition: Edition, row: Row) -> str:
    label = edition.name("indicators", row["indicator"], "label")
    people = language.POPULATIONS.get(row["population"], row["population"])
    return f"{label}, {people}" if people else label


def _episode(edition: Edition, row: Row) -> str:
    if row["episode_id"] == "background":
        return "background"
    return edition.name("episodes", row["episode_id"], "name")


class NumbersTable(SphinxDirective):
    """``{numbers-table}``: every number of the book, with what it rests on, folded: it is long."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        rows = [number_row(self.env, edition.numbers[key]) for key in sorted(edition.numbers)]
        caption = f"What each of {labels.counted(len(rows), 'number')} rests on"
        return [folded_table(caption, NUMBER_COLUMNS, rows, key="numbers")]


def number_row(env: BuildEnvironment, number: Number) -> TableRow:
    anchor = f"number-{number.id}"
    note(env, "number", number.id, anchor)
    cells: list[Content] = [
        tag("a", number.text, href=f"#{anchor}"),
        [number.what, *second(tag("code", number.id))],
        grounds(env, {kind: getattr(number, kind) for kind in GROUNDS}) or "the data as a whole",
    ]
    return TableRow(cells, anchor=anchor)


def grounds(
    env: BuildEnvironment, found: Mapping[str, Sequence[str]], few: int = FEW
) -> list[nodes.Node]:
    """What something rests on, ids by kind; more than a few are folded, under how many they are."""
    links = basis(env, found)
    if sum(map(len, found.values())) <= few:
        return links
    counts = [labels.counted(len(ids), ONE[kind]) for kind, ids in found.items() if ids]
    return [fold(", ".join(counts), tag("p", links))]


def basis(env: BuildEnvironment, found: Mapping[str, Sequence[str]]) -> list[nodes.Node]:
    """Links to the records, and to the sources of the series, that something rests on."""
    edition, links = edition_of(env), []
    for kind in kinds.GROUNDS:
        name, keys = kind.name, found[kind.table]
        if kind is kinds.SERIES:
            # Several series may come from one source; it is named once.
            sources = (edition.name(kind.table, key, "source_id") for key in keys)
            name, keys = kinds.SOURCE.name, list(dict.fromkeys(sources))
        links += [record_reference(env, name, key) for key in keys]
    return joined(links, "; ")
