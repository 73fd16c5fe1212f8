"""A small dataset of invented claims, for tests to change and to write into a folder."""

import copy
import csv
import json
from pathlib import Path

import pandas as pd

from clashbook.dataset.tables import DataError, load

PACKAGE = json.loads(
    (Path(__file__).parent.parent / "data" / "datapackage.json").read_text(encoding="utf-8")
)
FIELDS = {
    resource["name"]: {field["name"]: field for field in resource["schema"]["fields"]}
    for resource in PACKAGE["resources"]
}


def claim(claim_id, **cells):
    """Return a sound claim: 49 soldiers, counted by their own side on the first day."""
    return {
        "claim_id": claim_id,
        "episode_id": "2022-09",
        "indicator": "killed",
        "party": "ARM",
        "population": "military",
        "low": "49",
        "best": "49",
        "high": "49",
        "qualifier": "exact",
        "unit": "persons",
        "period_start": "2022-09-13",
        "period_end": "2022-09-13",
        "period_precision": "day",
        "reported_on": "2022-09-13",
        "reported_precision": "day",
        "claimant": "Government of Armenia",
        "claimant_role": "own_side",
        "source_id": "paper",
        "locator": "para. 1",
        "status": "stated",
        "note": "Said in the morning.",
    } | cells


def reaction(reaction_id, **cells):
    """Return a sound reaction: a call for restraint."""
    return {
        "reaction_id": reaction_id,
        "episode_id": "2022-09",
        "actor_id": "RUS",
        "date_start": "2022-09-13",
        "date_precision": "day",
        "reported_on": "2022-09-13",
        "reported_precision": "day",
        "stance": "restraint",
        "toward": "both",
        "act": "statement",
        "status": "done",
        "claimant": "Russia",
        "claimant_role": "own_side",
        "source_id": "paper",
        "locator": "para. 3",
        "note": "Calls for calm.",
    } | cells


def event(event_id, **cells):
    """Return a sound event: shelling at a place."""
    return {
        "event_id": event_id,
        "episode_id": "2022-09",
        "date_start": "2022-09-13",
        "date_precision": "day",
        "reported_on": "2022-09-13",
        "reported_precision": "day",
        "kind": "shelling",
        "what": "Shells fall near the town.",
        "place_id": "jermuk",
        "party": "ARM",
        "claimant": "Government of Armenia",
        "claimant_role": "own_side",
        "source_id": "paper",
        "locator": "headline",
        "status": "done",
    } | cells


def printed(elsewhere_id, **cells):
    """Return a sound number that is printed elsewhere: the one of the first day."""
    return {
        "elsewhere_id": elsewhere_id,
        "episode_id": "2022-09",
        "figure": "49",
        "qualifier": "exact",
        "indicator": "killed",
        "party": "ARM",
        "population": "military",
        "where_printed": "A newspaper",
        "source_id": "paper",
        "reported_on": "2022-09-13",
        "reported_precision": "day",
        "kind": "another_day",
        "why": "It is of the first day.",
        "choice": "day=2022-09-13",
    } | cells


def tables():
    """Return the rows of every table, sound and by table name."""
    return copy.deepcopy(_TABLES)


def source(source_id, **cells):
    """Return a sound source: a newspaper's article of 14 September."""
    return {
        "source_id": source_id,
        "type": "article-newspaper",
        "title": f"The {source_id}",
        "publisher": "A newspaper",
        "issued": "2022-09-20",
        "issued_precision": "day",
        "licence": "facts only",
        "extent": "headline; para. 1-9",
        "origin": "A newspaper",
    } | cells


def indicator(name, **cells):
    """Return a sound indicator of casualties."""
    return {
        "indicator": name,
        "label": name.replace("_", " "),
        "unit": "persons",
        "kind": "count",
        "domain": "casualties",
        "party_is": "whose",
        "definition": "As the claimant counts.",
    } | cells


_TABLES = {
    "claims": [
        claim("first"),
        claim("second", low="105", best="105", high="105", period_end="2022-09-15",
              reported_on="2022-09-15", relation="updates", related_claim="first"),
        claim("copy", locator="headline", relation="repeats", related_claim="first"),
        claim("other-side", party="AZE", claimant="Government of Azerbaijan", low="50", best="50",
              high="50"),
        claim("july", episode_id="2020-07", population="all", qualifier="at_least", low="16",
              best="", high="", party="both", claimant="A newspaper", claimant_role="press",
              period_start="2020-07-12", period_end="2020-07-16", reported_on="2020-07-16"),
        claim("reserves", episode_id="background", indicator="reserves", population="",
              unit="USD", period_start="", period_end="", period_precision="", low="", best="2.5",
              high="", qualifier="about", reported_on="2020-07-20"),
    ],
    "series": [
        {"series_id": "growth", "indicator": "growth", "party": "ARM", "unit": "percent",
         "source_id": "office", "vintage": "first release", "released_on": "2020-07-31",
         "released_precision": "month"},
    ],
    "observations": [
        {"series_id": "growth", "period": "2020-05", "best": "-12.8"},
        {"series_id": "growth", "period": "2020-06", "low": "3", "best": "1", "high": "2",
         "status": "as_published", "note": "Its bounds cross."},
    ],
    "reactions": [
        reaction("calm"),
        reaction("again", reported_on="2022-09-14", relation="repeats", related_reaction="calm"),
    ],
    "events": [event("shells"), event("denied", relation="disputes", related_event="shells")],
    "episodes": [
        {"episode_id": "2020-07", "name": "July 2020", "kind": "clash", "start": "2020-07-12",
         "end": "2020-07-30"},
        {"episode_id": "2022-09", "name": "September 2022", "kind": "clash",
         "start": "2022-09-13"},
        {"episode_id": "background", "name": "Background", "kind": "background"},
    ],
    "actors": [
        {"actor_id": "ARM", "name": "Armenia", "kind": "belligerent"},
        {"actor_id": "AZE", "name": "Azerbaijan", "aliases": "Baku", "kind": "belligerent"},
        {"actor_id": "both", "name": "both sides", "kind": "collective"},
        {"actor_id": "unspecified", "name": "side not stated", "kind": "collective"},
        {"actor_id": "RUS", "name": "Russia", "kind": "state"},
        {"actor_id": "FRA", "name": "France", "kind": "state"},
    ],
    "indicators": [
        indicator("killed"),
        indicator("missing"),
        indicator("killed_or_missing", includes="killed missing"),
        indicator("reserves", unit="USD", kind="stock", domain="economy"),
        indicator("growth", unit="percent", kind="change", domain="economy"),
    ],
    "stances": [
        {"stance": "restraint", "label": "Restraint", "definition": "Asks for calm."},
        {"stance": "supports", "label": "Supports", "definition": "Takes a side."},
    ],
    "places": [
        {"place_id": "jermuk", "names": "Jermuk; Djermuk", "country": "ARM", "latitude": "39.84",
         "longitude": "45.67", "gazetteer": "GeoNames", "gazetteer_id": "174884",
         "precision_km": "2"},
    ],
    "elsewhere": [printed("forty-nine")],
    "alternatives": [
        {"alternative_id": "all-people", "claim_id": "first", "column": "population",
         "value": "all", "why": "The page may count civilians too."},
    ],
    "corrections": [
        {"date": "2022-09-16", "table": "claims", "row_id": "second",
         "what_changed": "best: 105 for 150", "why": "Misread."},
    ],
    "sources": [
        source("paper"),
        source("office", type="dataset", issued="2020-07-31", issued_precision="month",
               extent="", url="https://example.org/data"),
    ],
}  # fmt: skip


def write(folder, rows=None):
    """Write the package and `rows` (default: the sound ones) into `folder`, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    for table, lines in (rows or tables()).items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, FIELDS[table], restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)
    return folder


def frames(**rows):
    """Return frames as rules are handed them: of each table these rows, the first in line 2."""
    return {table: frame(table, lines) for table, lines in rows.items()}


def frame(table, lines):
    """Return one frame with all columns of `table`, indexed by line."""
    cells = [{column: str(line.get(column, "")) for column in FIELDS[table]} for line in lines]
    whole = pd.DataFrame(cells, columns=list(FIELDS[table]), dtype="str")
    whole.index = range(2, len(cells) + 2)
    numbers = [name for name, field in FIELDS[table].items() if field["type"] == "number"]
    return whole.assign(**{name: pd.to_numeric(whole[name]).astype(float) for name in numbers})


def check(folder, as_of=""):
    """Every problem of a folder of data and of a day, and what the check warns of."""
    try:
        return [], list(load(folder, as_of).warnings)
    except DataError as error:
        return error.problems, []
