"""How a claim stands: what it does to others, the toll it enters, where the book uses it."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from clashbook.dataset.rows import Claim
from clashbook.language import NO_BREAK, day_in_words, until
from clashbook.pages import labels
from clashbook.pages.facts import Edition, Row, edition_of
from clashbook.pages.html import Content, as_nodes, fold, tag
from clashbook.pages.references import record_label, record_reference, reference


def relations(env: BuildEnvironment, row: Row) -> list[nodes.Node]:
    """What a claim does to another, and what others do to it; a line each."""
    edition, lines = edition_of(env), []
    if related := edition.row("claims", row["related_claim"]):
        lines.append((labels.RELATIONS[row["relation"]], related))
    for other in edition.related_claims.get(row["claim_id"], []):
        lines.append((labels.RELATED_BY[other["relation"]], other))
    return [tag("p", f"{verb} ", _other(env, other), ".") for verb, other in lines]


def _other(env: BuildEnvironment, row: Row) -> nodes.Node:
    """A link to another claim by its quantity, claimant and day."""
    label = record_label(edition_of(env), "claim", row["claim_id"])
    text = f"{Claim.of(row).words_with_unit} ({label})"
    return record_reference(env, "claim", row["claim_id"], text=text)


def outcome(env: BuildEnvironment, row: Row) -> nodes.Node:
    """The toll a claim enters first of all, or the rule that keeps it out."""
    toll = edition_of(env).tolls.get(row["claim_id"])
    if toll is None:
        return tag("p", "No toll is made of it.")
    if toll["enters"]:
        return tag("p", "Counted in: ", _toll(env, row, nearest_first(row, toll["enters"])[0]), ".")
    return tag("p", "Not counted, ", rule_reference(env, toll["rule"]), f": {toll['reason']}.")


def order(edition: Edition, claim: str) -> float:
    """What a claim's standing is sorted by: counted, then rule by rule, then what no toll is of."""
    toll = edition.tolls.get(claim)
    if toll is None:
        return inf
    return 0 if toll["enters"] else toll["rule"]


def nearest_first(row: Row, tolls: list[dict]) -> list[dict]:
    """Tolls in order: a claim's own quantity first, then what shares most with it."""
    parts = ("indicator", "party", "population")
    return sorted(tolls, key=lambda toll: [toll[part] != row[part] for part in parts])


def _toll(env: BuildEnvironment, row: Row, toll: dict) -> list[nodes.Node]:
    """A toll by name and words; these lead to the number, where the book has it."""
    edition = edition_of(env)
    number = edition.numbers.get(toll["number"])
    words: Content = toll["text"]
    if number is not None and row["claim_id"] in number.claims:
        words = reference(env, "number", toll["number"], toll["text"])
    return as_nodes([f"{labels.toll(edition, toll)}: ", words, until(day_in_words(toll["newest"]))])


def rule_reference(env: BuildEnvironment, rule: int) -> nodes.Node:
    """A rule's number, leading to the words of the rule; a dead link stops the build."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", f"rule{NO_BREAK}{rule}"),
        refdomain="std",
        reftype="ref",
        reftarget=f"rule-{rule}",
        refdoc=env.docname,
        refexplicit=True,
        refwarn=True,
    )


def uses(env: BuildEnvironment, row: Row) -> list[nodes.Node]:
    """Our note, the numbers and exhibits that use a claim, its other tolls: under one fold."""
    edition, claim = edition_of(env), row["claim_id"]
    tolls = edition.tolls.get(claim, {}).get("enters", [])
    lists: dict[str, Sequence[Content]] = {
        "number": [_number(env, key) for key in edition.numbers_of_claim.get(claim, [])],
        "exhibit": [
            record_reference(env, "exhibit", key)
            for key in edition.exhibits_of_claim.get(claim, [])
        ],
        "more toll": [_toll(env, row, toll) for toll in nearest_first(row, tolls)[1:]],
    }
    lists = {labels.counted(len(items), name): items for name, items in lists.items() if items}
    headings = [*(["Note"] if row["note"] else []), *lists]
    inside: list[Content] = [tag("p", row["note"])] if row["note"] else []
    for heading, items in lists.items():
        inside += [tag("p", f"{heading}:"), tag("ul", [tag("li", item) for item in items])]
    return [fold(", ".join(headings), inside)] if headings else []


def _number(env: BuildEnvironment, key: str) -> list[nodes.Node]:
    """A number of the book by its words and its id."""
    text = edition_of(env).numbers[key].text
    return [reference(env, "number", key, text), nodes.Text(" "), tag("code", key)]
