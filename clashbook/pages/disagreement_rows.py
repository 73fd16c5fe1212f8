"""A row of the data as one side of a disagreement: who says what, what was done, and the source."""

from __future__ import annotations

from typing import NamedTuple

from docutils import nodes
from sphinx.environment import BuildEnvironment

from clashbook import language
from clashbook.bounds import Bounds, figure
from clashbook.dataset.rows import Claim, Event, Reaction, Series, Statement
from clashbook.pages import claim_standing, labels
from clashbook.pages.data_tables import stance
from clashbook.pages.facts import Edition, Row, edition_of
from clashbook.pages.html import Content, second
from clashbook.pages.references import record_reference, reference, source_cell


class Shown(NamedTuple):
    """What an entry shows of a row; nothing was done with one that is an account among others."""

    who: Content
    what: Content
    done: Content
    source: Content


def claim(env: BuildEnvironment, row: Row) -> Shown:
    edition = edition_of(env)
    made = Claim.of(row)
    measured = _measured(edition, row, made.period_words or "period not stated")
    return Shown(
        _who(env, made, "claim"),
        [made.words_with_unit, *second(measured)],
        claim_standing.outcome(env, row) if row["claim_id"] in edition.tolls else [],
        _source(env, row),
    )


def event(env: BuildEnvironment, row: Row) -> Shown:
    made = Event.of(row)
    place = labels.place(edition_of(env), made.place_id)
    return Shown(
        _who(env, made, "event"),
        [made.what, *second("; ".join(filter(None, [made.when, place])))],
        _related(env, "event", row),
        _source(env, row),
    )


def reaction(env: BuildEnvironment, row: Row) -> Shown:
    edition = edition_of(env)
    made = Reaction.of(row)
    taken = stance(edition, made) if made.stance else made.act_words.capitalize()
    return Shown(
        _who(env, made, "reaction"),
        [
            f"{labels.actor(edition, row['actor_id'])}: {row['note']}",
            *second(f"{taken}; {made.when}"),
        ],
        _related(env, "reaction", row),
        _source(env, row),
    )


def series(env: BuildEnvironment, row: Row, period: str, rows: list[Row]) -> Shown:
    """A provider's figure: the observations of a series for a period."""
    edition = edition_of(env)
    summed = rows[0]["period"] != period
    shown = language.day_in_words(period) + (", months with a row added up" if summed else "")
    beside = edition.name("indicators", row["indicator"], "kind") == "count"
    publisher = edition.name("sources", row["source_id"], "publisher")
    return Shown(
        [publisher, *second(f"released {Series.of(row).released}")],
        [
            _observations(rows, row["unit"]),
            *second(_measured(edition, row, shown)),
            *second("" if summed else rows[0]["note"]),
        ],
        ["Beside the toll, ", claim_standing.rule_reference(env, 13), "."] if beside else [],
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
    return [*source_cell(env, row), *second(status)]


def _who(env: BuildEnvironment, statement: Statement, kind: str) -> list[nodes.Node]:
    """Who says so and when, linked to the row."""
    actor = labels.actor(edition_of(env), statement.claimant)
    link = reference(env, kind, statement.id, actor)
    return [link, *second(f"said {statement.reported_when}")]


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


BY_KIND = {"claim": claim, "event": event, "reaction": reaction}
