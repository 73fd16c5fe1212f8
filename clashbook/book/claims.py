"""The page of claims: every claim a row with an anchor, and every number with what it rests on."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from clashbook import wording
from clashbook.book import words
from clashbook.book.domain import note, record_reference, reference
from clashbook.book.edition import Edition, Row, edition_of
from clashbook.book.markup import joined, tag
from clashbook.book.tables import Column, TableRow, table

CLAIM_COLUMNS = [
    Column("Claim"),
    Column("About"),
    Column("Who says so"),
    Column("When"),
    Column("Source"),
    Column("Standing"),
]
NUMBER_COLUMNS = [Column("Number"), Column("Name"), Column("As known on"), Column("Rests on")]


class ClaimsTable(SphinxDirective):
    """``{claims-table}``: one row and one anchor a claim, in order of episode and date."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        order = {row["episode_id"]: row["start"] for row in edition.table("episodes")}
        claims = sorted(
            edition.table("claims"),
            # What belongs to no episode has no place in the order of time, and comes last.
            key=lambda row: (order.get(row["episode_id"]) or "9", row["reported_on"]),
        )
        rows = [claim_row(self.env, row) for row in claims]
        caption = f"All claims, as known on {wording.day_in_words(edition.as_of)}"
        return [table(caption, CLAIM_COLUMNS, rows, key="claims", cards=True)]


def claim_row(env: BuildEnvironment, row: Row) -> TableRow:
    edition = edition_of(env)
    note(env, "claim", row["claim_id"], row["claim_id"])
    cells = [
        [tag("a", words.quantity(row), href=f"#{row['claim_id']}"), _small(_measure(edition, row))],
        [words.party(edition, row["party"]), _small(_episode(edition, row))],
        [words.actor(edition, row["claimant"]), _small(words.ROLES.get(row["claimant_role"], ""))],
        [_period(row), _small(f"said {words.reported(row)}")],
        source_cell(env, row),
        [_relation(env, row), _standing(env, row), _note(row)],
    ]
    data = {
        "episode": row["episode_id"],
        "party": row["party"],
        "claimant": row["claimant"],
        "source": row["source_id"],
    }
    return TableRow(cells, anchor=row["claim_id"], data=data)


def source_cell(env: BuildEnvironment, row: Row) -> list[nodes.Node]:
    """The source, linked to its entry, and the place in it."""
    return [
        record_reference(env, "source", row["source_id"], env.docname),
        *_small(row.get("locator", "")),
    ]


def _measure(edition: Edition, row: Row) -> str:
    label = edition.name("indicators", row["indicator"], "label")
    people = words.POPULATIONS.get(row["population"], row["population"])
    return f"{label}, {people}" if people else label


def _period(row: Row) -> str:
    span = wording.span_in_words(row["period_start"], row["period_end"], row["period_precision"])
    return span or "period not stated"


def _episode(edition: Edition, row: Row) -> str:
    if row["episode_id"] == "background":
        return "background"
    return edition.name("episodes", row["episode_id"], "name")


def _relation(env: BuildEnvironment, row: Row) -> list[nodes.Node]:
    if not row["relation"]:
        return []
    verb = words.RELATIONS.get(row["relation"], row["relation"])
    related = row["related_claim"]
    target = record_reference(env, "claim", related, env.docname) if related else "another claim"
    return [tag("p", f"{verb} ", target, ".")]


def _standing(env: BuildEnvironment, row: Row) -> list[nodes.Node]:
    """What the source made of it, the toll it enters or the rule that keeps it out."""
    edition = edition_of(env)
    toll = edition.tolls.get(row["claim_id"], {})
    lines: list = []
    if row["status"] in words.STATUSES:
        lines.append(f"{words.STATUSES[row['status']]}.")
    if toll.get("enters"):
        lines.append("Counted in its toll.")
    elif toll.get("rule"):
        lines.append(f"Not counted, rule {toll['rule']}: {toll['reason']}.")
    elif toll.get("reason"):
        lines.append(f"Not counted: {toll['reason']}.")
    numbers = edition.numbers_of_claim.get(row["claim_id"], [])
    if numbers:
        links = [reference(env, "number", key, edition.numbers[key]["text"]) for key in numbers]
        lines.append(["In the book as ", *joined(links), "."])
    return [tag("p", line) for line in lines]


def _note(row: Row) -> list[nodes.Node]:
    return [tag("p", row["note"], class_="note")] if row["note"] else []


def _small(text: str) -> list[nodes.Node]:
    return [tag("span", text, class_="second")] if text else []


class NumbersTable(SphinxDirective):
    """``{numbers-table}``: every number of the book, with the claims and series it rests on."""

    def run(self) -> list[nodes.Node]:
        numbers = edition_of(self.env).numbers
        rows = [number_row(self.env, numbers[key]) for key in sorted(numbers)]
        return [
            table(
                "What each number of the book rests on",
                NUMBER_COLUMNS,
                rows,
                key="numbers",
                cards=True,
            )
        ]


def number_row(env: BuildEnvironment, number: dict) -> TableRow:
    anchor = f"number-{number['id']}"
    note(env, "number", number["id"], anchor)
    cells = [
        tag("a", number["text"], href=f"#{anchor}"),
        tag("code", number["id"]),
        wording.day_in_words(number["as_of"] or ""),
        basis(env, number["claims"], number["series"]) or "the data as a whole",
    ]
    return TableRow(cells, anchor=anchor)


def basis(
    env: BuildEnvironment, claims: list[str], series: list[str], reactions: list[str] = ()
) -> list[nodes.Node]:
    """Links to claims and reactions, and to the sources of series, that something rests on."""
    edition = edition_of(env)
    links = [record_reference(env, "claim", key, env.docname) for key in claims]
    # Several series may come from one source; it is named once.
    sources = dict.fromkeys(edition.name("series", key, "source_id") for key in series)
    links += [record_reference(env, "source", key, env.docname) for key in sources]
    links += [record_reference(env, "reaction", key, env.docname) for key in reactions]
    return joined(links, "; ")
