"""A row of the data as one side of a disagreement: who says what, what was done, and the source."""

from __future__ import annotations

from typing import NamedTuple

from docutils import nodes
from sphinx.environment import BuildEnvironment

from clashbook import language
from clashbook.analysis.reactions import act_in_words
from clashbook.bounds import Bounds, figure
from clashbook.pages import labels, outcomes
from clashbook.pages.data_tables import stance
from clashbook.pages.facts import Edition, Row, edition_of
from clashbook.pages.html import Content, tag
from clashbook.pages.references import record_reference, reference, source_cell


class Said(NamedTuple):
    """What a row says; nothing was done with one that is an account among others."""

    who: Content
    what: Content
    done: Content
    source: Content


def claim(env: BuildEnvironment, row: Row) -> Said:
    edition = edition_of(env)
    period = language.span_in_words(row["period_start"], row["period_end"], row["period_precision"])
    return Said(
        _who(env, "claim", row),
        [labels.quantity(row), *_second(_measured(edition, row, period or "period not stated"))],
        outcomes.outcome(env, row) if row["claim_id"] in edition.tolls else [],
        _source(env, row),
    )


def event(env: BuildEnvironment, row: Row) -> Said:
    place = labels.place(edition_of(env), row["place_id"])
    return Said(
        _who(env, "event", row),
        [row["what"], *_second("; ".join(filter(None, [language.when_in_words(row), place])))],
        _related(env, "event", row),
        _source(env, row),
    )


def reaction(env: BuildEnvironment, row: Row) -> Said:
    edition = edition_of(env)
    taken = stance(edition, row) if row["stance"] else act_in_words(row).capitalize()
    return Said(
        _who(env, "reaction", row),
        [
            f"{labels.actor(edition, row['actor_id'])}: {row['note']}",
            *_second(f"{taken}; {language.when_in_words(row)}"),
        ],
        _related(env, "reaction", row),
        _source(env, row),
    )


def series(env: BuildEnvironment, row: Row, period: str, rows: list[Row]) -> Said:
    """A provider's figure: the observations of a series for a period."""
    edition = edition_of(env)
    summed = rows[0]["period"] != period
    shown = language.day_in_words(period) + (", months with a row added up" if summed else "")
    beside = edition.name("indicators", row["indicator"], "kind") == "count"
    publisher = edition.name("sources", row["source_id"], "publisher")
    released = language.date_in_words(row["released_on"], row["released_precision"])
    return Said(
        [publisher, *_second(f"released {released}")],
        [
            _observations(rows, row["unit"]),
            *_second(_measured(edition, row, shown)),
            *_second("" if summed else rows[0]["note"]),
        ],
        ["Beside the toll, ", outcomes.rule_reference(env, 13), "."] if beside else [],
        source_cell(env, row),
    )


def observed(edition: Edition, series: str, period: str) -> list[Row]:
    """The observation of a period, or those of its months where a series of counts has these."""
    mine = [row for row in edition.table("observations") if row["series_id"] == series]
    exact = [row for row in mine if row["period"] == period]
    indicator = edition.name("series", series, "indicator")
    if exact or not period or edition.name("indicators", indicator, "kind") != "count":
        return exact
    return [row for row in mine if row["period"].startswith(f"{period}-")]


def _observations(rows: list[Row], unit: str) -> str:
    """Observations added up, in words; bounds that cross are said as they were published."""
    low, best, high = (
        sum(float(row[end] or row["best"]) for row in rows) for end in ("low", "best", "high")
    )
    if low == best == high:
        return Bounds.exact(best).words(unit)
    middle = f"best estimate {figure(best, unit)}"
    if low <= best <= high:
        return f"{Bounds(low, high).words(unit)}, {middle}"
    return f"low {figure(low, unit)}, {middle}, high {figure(high, unit)}, as published"


def _source(env: BuildEnvironment, row: Row) -> list[nodes.Node]:
    """The source and the place in it, and what is wrong there or is the source's own work."""
    plain = ("stated", "done")
    status = "" if row["status"] in plain else labels.STATUSES.get(row["status"], row["status"])
    return [*source_cell(env, row), *_second(status)]


def _who(env: BuildEnvironment, kind: str, row: Row) -> list[nodes.Node]:
    """Who says so and when, linked to the row."""
    actor = labels.actor(edition_of(env), row["claimant"])
    return [reference(env, kind, row[f"{kind}_id"], actor), *_second(labels.said(row))]


def _measured(edition: Edition, row: Row, period: str) -> str:
    """What is counted, of whom, over which days."""
    label = edition.name("indicators", row["indicator"], "label")
    people = language.POPULATIONS.get(row["population"], row["population"])
    return "; ".join(filter(None, [label, people, labels.about(edition, row), period]))


def _related(env: BuildEnvironment, kind: str, row: Row) -> Content:
    """What a row does to another of its kind, which is shown with it."""
    related = row[f"related_{kind}"]
    if not related:
        return []
    return [f"{labels.RELATIONS[row['relation']]} ", record_reference(env, kind, related), "."]


def _second(text: str) -> list[nodes.Node]:
    return [tag("span", text, class_="second")] if text else []


SAID = {"claim": claim, "event": event, "reaction": reaction}
