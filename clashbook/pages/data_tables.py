"""The other tables of the data, as pages show them."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from clashbook import language
from clashbook.analysis import reactions
from clashbook.dataset.rows import Event, Reaction
from clashbook.pages import labels
from clashbook.pages.facts import Edition, Row, edition_of
from clashbook.pages.html import Content, joined, outward, second, tag
from clashbook.pages.references import note, record_reference, source_cell
from clashbook.pages.tables import TableRow, folded_table, table

USES = {"claims": "claim", "reactions": "reaction", "events": "event", "series": "series"}


class RecordsTable(SphinxDirective):
    """A directive that shows a table of the data, a row a record."""

    data_table = ""
    caption = ""
    columns: tuple[str, ...] = ()

    def run(self) -> list[nodes.Node]:
        records = self.ordered(edition_of(self.env).table(self.data_table))
        rows = [self.row(self.env, record) for record in records]
        return [table(self.caption, self.columns, rows, key=self.data_table)]

    def ordered(self, records: list[Row]) -> list[Row]:
        return records

    def row(self, env: BuildEnvironment, record: Row) -> TableRow:
        raise NotImplementedError


class FoldedTable(RecordsTable):
    """A long table, folded group by group; a link to a row opens its fold."""

    one = ""
    # The column whose values are the groups.
    by = "episode_id"

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        groups: dict[str, list[Row]] = {}
        for record in self.ordered(edition.table(self.data_table)):
            groups.setdefault(record[self.by], []).append(record)
        return [
            self.fold(name, group, groups[group])
            for group, name in self.names(edition).items()
            if group in groups
        ]

    def names(self, edition: Edition) -> dict[str, str]:
        """The names of all groups, in order: of episodes that of time, else that of the table."""
        if self.by != "episode_id":
            return {row[self.by]: row[self.by] for row in edition.table(self.data_table)}
        # What belongs to no episode has no place in the order of time, and comes last.
        episodes = sorted(edition.table("episodes"), key=lambda row: row["start"] or "9")
        return {row["episode_id"]: row["name"] for row in episodes}

    def fold(self, name: str, group: str, records: list[Row]) -> nodes.Node:
        caption = f"{language.sentence(name)}: {labels.counted(len(records), self.one)}"
        rows = [self.row(self.env, record) for record in records]
        return folded_table(caption, self.columns, rows, key=f"{self.data_table}-{group}")


class SourcesTable(RecordsTable):
    """``{sources-table}``: each source, what limits it, its licence and its use."""

    data_table = "sources"
    caption = "Every source, its licence and its use"
    columns = ("Source", "Licence", "Used for")

    def ordered(self, records: list[Row]) -> list[Row]:
        return sorted(records, key=lambda row: (row["author"] or row["publisher"]).casefold())

    def row(self, env: BuildEnvironment, record: Row) -> TableRow:
        key = record["source_id"]
        note(env, "source", key)
        uses = edition_of(env).uses_of_source.get(key, {})
        citation = tag("span", [*bibliographic(record), *_origin(record)], class_="citation")
        cells: list[Content] = [
            [citation, *_how_read(record)],
            record["licence"],
            ", ".join(labels.counted(len(rows), USES[name]) for name, rows in uses.items())
            or "context",
        ]
        return TableRow(cells, anchor=key)


def _origin(record: Row) -> list[nodes.Node]:
    """From whom a text or figure comes, where it is not its publisher: copies are no new source."""
    origin = record.get("origin", "")
    known = not origin or origin in record["publisher"] or record["publisher"] in origin
    return [] if known else [nodes.Text(f" Origin: {origin}.")]


def _how_read(record: Row) -> list[nodes.Node]:
    """What limits a source: our note on it, and that it was read without an address."""
    lacks = "" if record["url"] else "Read from a copy; no address is on record."
    return second(" ".join(filter(None, [record.get("note", ""), lacks])))


def bibliographic(record: Row) -> list[nodes.Node]:
    """A source as a reference: author, title linked to its address, publisher, date."""
    title = f"“{record['title']}”"
    issued = language.date_in_words(record["issued"], record["issued_precision"])
    parts = [
        record["author"],
        outward(record["url"], title) if record["url"] else title,
        record["publisher"] if record["publisher"] != record["author"] else "",
        issued,
    ]
    return [*joined([part for part in parts if part]), nodes.Text(".")]


class EpisodesTable(RecordsTable):
    """``{episodes-table}``: the episodes, with their first and last day and whose these are."""

    data_table = "episodes"
    caption = "Episodes, with their first and last day"
    columns = ("Episode", "Kind", "From", "To", "How the first day was found")

    def row(self, env: BuildEnvironment, record: Row) -> TableRow:
        cells: list[Content] = [
            record["name"],
            record["kind"],
            self.day(record, "start") or "no days",
            self.day(record, "end") or ("not known" if record["start"] else "no days"),
            record.get("note", "") or "not stated",
        ]
        return TableRow(cells, anchor=f"episode-{record['episode_id']}")

    def day(self, record: Row, which: str) -> list[nodes.Node]:
        """The first or the last day, and the source that it is from."""
        source = record.get(f"{which}_source_id", "")
        if not record[which]:
            return []
        named = record_reference(self.env, "source", source) if source else ""
        return [nodes.Text(language.day_in_words(record[which])), *second(named)]


class StancesTable(RecordsTable):
    """``{stances-table}``: the stances, and when each is coded."""

    data_table = "stances"
    caption = "Stances, and when each is coded"
    columns = ("Stance", "Meaning")

    def row(self, env: BuildEnvironment, record: Row) -> TableRow:
        return TableRow([record["label"], record["definition"]])


class IndicatorsTable(FoldedTable):
    """``{indicators-table}``: what the rows of this edition count, and in what sense."""

    data_table = "indicators"
    one = "indicator"
    by = "domain"
    columns = ("Indicator", "What is counted", "The side that it is told of")

    def ordered(self, records: list[Row]) -> list[Row]:
        edition = edition_of(self.env)
        rows = [*edition.table("claims"), *edition.table("series")]
        used = {row["indicator"] for row in rows}
        return [record for record in records if record["indicator"] in used]

    def row(self, env: BuildEnvironment, record: Row) -> TableRow:
        cells = [record["label"], record["definition"], record["party_is"]]
        return TableRow(cells, anchor=f"indicator-{record['indicator']}")


class ActorsTable(FoldedTable):
    """``{actors-table}``: who speaks, acts or is told of, with the other names in the sources."""

    data_table = "actors"
    one = "actor"
    by = "kind"
    columns = ("Actor", "In the sources also")

    def ordered(self, records: list[Row]) -> list[Row]:
        return [record for record in records if record["actor_id"] not in labels.PARTIES]

    def row(self, env: BuildEnvironment, record: Row) -> TableRow:
        cells = [record["name"], record["aliases"].replace("; ", ", ") or "no other"]
        return TableRow(cells, anchor=f"actor-{record['actor_id']}")


class EventsTable(FoldedTable):
    """``{events-table}``: what happened on the ground and at the table, account by account."""

    data_table = "events"
    one = "account"
    columns = ("When", "What", "Where", "Who says so", "Source")

    def ordered(self, records: list[Row]) -> list[Row]:
        return sorted(records, key=lambda row: (row["date_start"], row["reported_on"]))

    def row(self, env: BuildEnvironment, record: Row) -> TableRow:
        edition = edition_of(env)
        note(env, "event", record["event_id"])
        cells: list[Content] = [
            Event.of(record).when,
            [record["what"], *_related(env, "event", record)],
            labels.place(edition, record["place_id"]) or "not stated",
            labels.actor(edition, record["claimant"]),
            source_cell(env, record),
        ]
        return TableRow(cells, anchor=record["event_id"])


class ReactionsTable(FoldedTable):
    """``{reactions-table}``: what actors said and did, with its anchor each."""

    data_table = "reactions"
    one = "reaction"
    columns = ("When", "Actor", "Stance", "Act", "Note", "Source")

    def ordered(self, records: list[Row]) -> list[Row]:
        return sorted(records, key=lambda row: row["date_start"] or row["reported_on"])

    def row(self, env: BuildEnvironment, record: Row) -> TableRow:
        edition = edition_of(env)
        note(env, "reaction", record["reaction_id"])
        made = Reaction.of(record)
        cells: list[Content] = [
            made.when,
            [labels.actor(edition, record["actor_id"]), *second(record["speaker"])],
            stance(edition, made),
            [made.act_words, *second(_outcome(edition, record))],
            [record["note"], *_related(env, "reaction", record)],
            source_cell(env, record),
        ]
        return TableRow(cells, anchor=record["reaction_id"])


def stance(edition: Edition, reaction: Reaction) -> str:
    """The stance's name and whom it concerns, as the chapter on reactions says it."""
    label = edition.name("stances", reaction.stance, "label")
    whom = labels.party(edition, reaction.toward) if reaction.toward else ""
    return reaction.stance_words(label, whom)


def _outcome(edition: Edition, record: Row) -> str:
    """What became of an act, and whether it was done before its episode began."""
    standing = reactions.undone(edition.table("reactions")).get(record["reaction_id"])
    episode = edition.row("episodes", record["episode_id"])
    timing = reactions.timing(record, episode["start"] if episode else "")
    return reactions.outcome(standing or record["status"], timing)


def _related(env: BuildEnvironment, kind: str, record: Row) -> list[nodes.Node]:
    if not record["relation"]:
        return []
    verb = labels.RELATIONS.get(record["relation"], record["relation"])
    key = record[f"related_{kind}"]
    target = record_reference(env, kind, key) if key else "another account"
    return second(f"{verb} ", target, ".")
