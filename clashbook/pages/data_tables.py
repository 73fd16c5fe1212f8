"""The tables of the data, as pages show them: a template a table, filled with its rows.

Also what their columns hold, and where they and the book can be had as files.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from clashbook import language
from clashbook.about import About
from clashbook.analysis import reactions
from clashbook.dataset import kinds
from clashbook.dataset.rows import Event, Reaction
from clashbook.formats import downloads
from clashbook.pages import labels
from clashbook.pages.facts import Edition, Row, edition_of
from clashbook.pages.html import section
from clashbook.pages.references import rendered

# Those with a directive and a template here.
TABLES = (
    *("sources", "episodes", "stances", "indicators", "actors", "events", "reactions"),
    "corrections",
)


class Group(NamedTuple):
    """The rows under one fold: the value that they share, and what the fold is called."""

    key: str
    caption: str
    rows: list[Row]


class DataTable(SphinxDirective):
    """``{sources-table}`` and the like: a table of the data, by the template of its name."""

    def run(self) -> list[nodes.Node]:
        table = self.name.removesuffix("-table")
        return rendered(self.env, f"{table}.html", **values(edition_of(self.env), table))


def values(edition: Edition, table: str) -> dict[str, object]:
    """What a table's template is filled with: the rows in order, or in groups."""
    rows = edition.table(table)
    match table:
        case "sources":
            rows = sorted(rows, key=lambda row: (row["author"] or row["publisher"]).casefold())
            # What the report was created from stands first.
            rows = sorted(rows, key=lambda row: not row.get("core"))
        case "corrections":
            rows = sorted(rows, key=lambda row: row["date"], reverse=True)
            linked = {kind.table: kind.name for kind in kinds.REFERRED}
            return {"rows": rows, "linked": linked, "columns": _columns(edition)}
        case "indicators":
            counted = [*edition.table("claims"), *edition.table("series")]
            used = {row["indicator"] for row in counted}
            names = {row["domain"]: row["domain"] for row in rows}
            rows = [row for row in rows if row["indicator"] in used]
            return {"groups": _groups(rows, "domain", names, "indicator")}
        case "actors":
            names = {row["kind"]: row["kind"] for row in rows}
            rows = [row for row in rows if row["actor_id"] not in labels.PARTIES]
            return {"groups": _groups(rows, "kind", names, "actor")}
        case "events":
            rows = sorted(rows, key=lambda row: (row["date_start"], row["reported_on"]))
            groups = _groups(rows, "episode_id", _episodes(edition), "account")
            return {"groups": groups, "Event": Event}
        case "reactions":
            rows = sorted(rows, key=lambda row: row["date_start"] or row["reported_on"])
            groups = _groups(rows, "episode_id", _episodes(edition), "reaction")
            return {"groups": groups, "outcomes": _outcomes(edition), "Reaction": Reaction}
    return {"rows": rows}


def _episodes(edition: Edition) -> dict[str, str]:
    """The names of the episodes; what belongs to none has no place in time, and comes last."""
    episodes = sorted(edition.table("episodes"), key=lambda row: row["start"] or "9")
    return {row["episode_id"]: row["name"] for row in episodes}


def _groups(rows: list[Row], by: str, names: dict[str, str], one: str) -> list[Group]:
    """The rows by the values of a column, in the order of the names of these."""
    groups: dict[str, list[Row]] = {key: [] for key in names}
    for row in rows:
        groups[row[by]].append(row)
    return [
        Group(key, f"{language.sentence(names[key])}: {labels.counted(len(mine), one)}", mine)
        for key, mine in groups.items()
        if mine
    ]


def _outcomes(edition: Edition) -> dict[str, str]:
    """What became of each act, and whether it was done before its episode began."""
    rows = edition.table("reactions")
    undone = reactions.undone(rows)
    starts = {row["episode_id"]: row["start"] for row in edition.table("episodes")}
    found = {}
    for row in rows:
        key = row["reaction_id"]
        timing = reactions.timing(row, starts.get(row["episode_id"], ""))
        found[key] = reactions.outcome(undone.get(key, row["status"]), timing)
    return found


def _columns(edition: Edition) -> dict[str, set[str]]:
    """The names of the columns of each table."""
    return {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in edition.package["resources"]
    }


class Codebook(SphinxDirective):
    """``{codebook}``: every table and column as `datapackage.json` describes them."""

    def run(self) -> list[nodes.Node]:
        parts: list[nodes.Node] = []
        for resource in edition_of(self.env).package["resources"]:
            name = resource["name"]
            part = section(self.state.document, f"{name}.csv", f"table-{name}")
            part += rendered(self.env, "codebook.html", resource=resource)
            parts.append(part)
        return parts


class Downloads(SphinxDirective):
    """``{downloads}``, ``{pdf}`` and ``{publisher}``: what the edition says of itself."""

    def run(self) -> list[nodes.Node]:
        about = edition_of(self.env).about
        zipped, workbook = downloads.names(about.title, about.as_of, about.version)
        names = {"about": about, "zipped": zipped, "workbook": workbook}
        return rendered(self.env, f"{self.name}.html", **names, **self.more(about))

    def more(self, _about: About) -> dict[str, object]:
        """What else its template is given."""
        return {}


class Programs(Downloads):
    """``{programs}``: what programs read of the edition, and how to open it in four of them."""

    def more(self, about: About) -> dict[str, object]:
        latest = partial(downloads.latest, as_of=about.as_of, version=about.version)
        return {"latest": latest, "base": about.home, "snippets": snippets(about.home)}


def snippets(base: str) -> dict[str, str]:
    """How programs open a table, by their names; without a base in the folder of the site."""
    claims = f"{base}data/claims.csv"
    held = f'Web.Contents("{claims}")' if base else r'File.Contents("C:\site\data\claims.csv")'
    return {
        "Python, pandas": (
            f'import pandas as pd\n\nclaims = pd.read_csv("{claims}", dtype={{"episode_id": str}})'
        ),
        "R": f'claims <- read.csv("{claims}", na.strings = "", encoding = "UTF-8")',
        "DuckDB": f"SELECT * FROM read_csv('{claims}') WHERE low > 100;",
        "Excel, Power Query": (
            f"let table = Csv.Document({held}, [Encoding = 65001])\nin Table.PromoteHeaders(table)"
        ),
    }
