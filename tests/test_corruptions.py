"""One corruption at a time of every column, every table and the package, each with what is said.

A case is refused at its place, warned of, or accepted for the reason that stands with it. All run
on the small dataset, in one process.
"""

import copy
import csv
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
import small

HIDDEN = "\u200b"


@dataclass(frozen=True)
class Case:
    """What is done to the folder, and what is said of it."""

    name: str
    change: object
    outcome: tuple | str

    def __str__(self):
        return self.name


def cell(table, column, value, row=0):
    """Change one cell."""

    def change(folder):
        rows = small.tables()
        rows[table][row][column] = value
        write(folder, table, rows[table])

    return change


def write(folder, table, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, small.FIELDS[table], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / f"{table}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")


def also(table, row=0, **cells):
    """Add a row that is another one with other cells."""

    def change(folder):
        rows = small.tables()[table]
        write(folder, table, [*rows, rows[row] | cells])

    return change


def several(*changes):
    """Change several tables."""

    def change(folder):
        for one in changes:
            one(folder)

    return change


def every(table, **cells):
    """Change the same cells of every row."""

    def change(folder):
        write(folder, table, [row | cells for row in small.tables()[table]])

    return change


def content(file, data):
    def change(folder):
        (folder / file).write_bytes(data)

    return change


def package(*path, **values):
    """Change the package: at the end of `path` these keys, None for one taken out."""

    def change(folder):
        whole = copy.deepcopy(small.PACKAGE)
        part = whole
        for step in path:
            if isinstance(step, str) and isinstance(part, list):
                part = next(one for one in part if one["name"] == step)
            else:
                part = part[step]
        for key, value in values.items():
            key = key.rstrip("_")
            if value is None:
                del part[key]
            else:
                part[key] = value
        (folder / "datapackage.json").write_text(json.dumps(whole), encoding="utf-8")

    return change


# Every column


def of_every_column():
    """Yield for each column a text that is not what it seems, or one without end."""
    for table, fields in small.FIELDS.items():
        for place, (column, field) in enumerate(fields.items()):
            row = place % len(small.tables()[table])
            said = (f"{table}.csv", row + 2, column)
            value = small.tables()[table][row].get(column, "")
            odd, kind = place % 2, field["type"]
            if kind == "number":
                name, corrupt = ("other digits", "٤٩") if odd else ("without end", "9" * 30)
            elif kind == "date":
                name, corrupt = ("other digits", "2022-09-1３") if odd else ("no day", "2022-02-30")
            elif odd:
                name, corrupt = "hidden", f"{value}{HIDDEN}x"
            else:
                name, corrupt = "without end", "x" * (field["constraints"].get("maxLength", 50) + 1)
            yield Case(f"{table}.{column} {name}", cell(table, column, corrupt, row), said)


# Numbers and days

NUMBERS = [
    *("-0", "-0.0", "+49", "049", "4.9e1", "1_000", "nan", "inf", "Infinity", "49 ", " 49", "4."),
    *(".5", "0x31", "4,9", "1 000", "½", "四十九", "４９", "4٩", "9" * 16, "9" * 308, "9" * 400),
    *("--4", "٤٩"),
]
DAYS = [
    *("2022-9-13", "20220913", "13.09.2022", "09/13/2022", "2022-02-29", "2022-13-01"),
    *("2022-00-10", "٢٠٢٢-09-13", "2022-09-13T00:00", "2022-W37-2", "1066-10-14"),
    *("2100-01-01", "2022-256"),
]

LOW = ("observations.csv", 2, "best")
WHEN = ("claims.csv", 2, "reported_on")
DIGITS = [
    *[
        Case(f"number {n[:20]}, {len(n)} long", cell("observations", "best", n), LOW)
        for n in NUMBERS
    ],
    *[Case(f"day {day}", cell("claims", "reported_on", day), WHEN) for day in DAYS],
    Case("percent of a claim", cell("claims", "low", "-1"), ("claims.csv", 2, "low")),
    Case("a day in no month", cell("observations", "period", "2020-02-31"),
         ("observations.csv", 2, "period")),
    Case("full-width latitude", cell("places", "latitude", "３９.84"),
         ("places.csv", 2, "latitude")),
    Case("a fall", cell("observations", "best", "-99.5"), "accepted: a change may fall"),
    Case("fifteen digits", several(cell("claims", "low", "", 5),
         cell("claims", "best", "123456789012345", 5)), "accepted: a float holds them all"),
    Case("a decimal nought", cell("observations", "best", "0.0"), "accepted: as printed"),
]  # fmt: skip

# Units and times

CANNOT_BE = [
    Case("killed in dollars", cell("claims", "unit", "USD", 3), ("claims.csv", 5, "unit")),
    Case("a series in florins", cell("series", "unit", "florins"), ("series.csv", 2, "unit")),
    Case("another unit of the indicator", several(
         cell("indicators", "other_units", "AMD; EUR", 3), cell("claims", "unit", "EUR", 5)),
         "accepted: the indicator names it"),
    Case("ends after it was reported", cell("claims", "period_end", "2022-09-14"),
         ("claims.csv", 2, "period_end")),
    Case("a year that has begun", several(lambda folder: write(folder, "claims", [row | (
         {"period_precision": "year", "period_start": "2022-01-01", "period_end": "2022-12-31"}
         if row["claim_id"] == "other-side" else {}) for row in small.tables()["claims"]])),
         "accepted: its last day is that of the year"),
    Case("done before it began", cell("reactions", "date_start", "2025-09-13"),
         ("reactions.csv", 2, "date_start")),
    Case("announced for later", also("reactions", 0,
         reaction_id="plan", date_start="2025-09-13", status="announced"),
         "accepted: what is announced is to come"),
    Case("within days to come", cell("reactions", "date_end", "2022-09-30"),
         ("reactions.csv", 2, "date_end")),
    Case("an event of 2099", cell("events", "date_start", "2099-09-13"),
         ("events.csv", 2, "date_start")),
    Case("a correction of 2099", cell("corrections", "date", "2099-01-01"),
         ("corrections.csv", 2, "date")),
    Case("an episode of 2099", cell("episodes", "start", "2099-09-13", 1),
         ("episodes.csv", 3, "start")),
    Case("an episode that ends first", cell("episodes", "end", "2020-07-11"),
         ("episodes.csv", 2, "end")),
    Case("accessed before issued", cell("sources", "accessed", "2019-01-01"),
         ("sources.csv", 2, "accessed")),
    Case("accessed in the month of issue", cell("sources", "accessed", "2020-07-02", 1),
         "accepted: the day of issue is the last possible one"),
    Case("accessed in 2099", cell("sources", "accessed", "2099-01-01"),
         ("sources.csv", 2, "accessed")),
    Case("a claim of 2062", several(cell("claims", "reported_on", "2062-09-13"),
         cell("sources", "issued", "2062-09-20")), WHEN),
    Case("a source of 2062", cell("sources", "issued", "2062-09-20"), ("sources.csv", 2, "issued")),
    Case("released in 2062", cell("series", "released_on", "2062-07-31"),
         ("series.csv", 2, "released_on")),
    Case("the package before its rows", package(created="2001-01-01T00:00:00Z"),
         ("datapackage.json", 0, "created")),
    Case("the package of tomorrow", package(created="2098-01-01T00:00:00Z", versions=[
         {"version": small.PACKAGE["version"], "created": "2098-01-01"}]),
         "warned: is after today"),
]  # fmt: skip

# Places

PLACES = [
    Case("swapped", several(cell("places", "latitude", "45.67"), lambda folder: write(
         folder, "places", [small.tables()["places"][0] | {"latitude": "45.67",
         "longitude": "39.84"}])), ("places.csv", 2, "latitude")),
    Case("country XXX", cell("places", "country", "XXX"), ("places.csv", 2, "country")),
    Case("another country", cell("places", "country", "AZE"), ("places.csv", 2, "latitude")),
    Case("precision 1e9", cell("places", "precision_km", "1000000000"),
         ("places.csv", 2, "precision_km")),
    Case("in the sea", cell("places", "longitude", "-30"), ("places.csv", 2, "latitude")),
    Case("as far as it is exact", several(cell("places", "country", "AZE"), lambda folder: write(
         folder, "places", [small.tables()["places"][0] | {"country": "AZE",
         "precision_km": "20"}])), "accepted: it may lie across the border"),
]  # fmt: skip

# Letters

WHO = ("claims.csv", 2, "claimant")
UNSEEN = [
    *("\ufe0f", "\u3164", "\u034f", "\u2800", "\u200d", "\u200c", "\u200b", "\u00ad", "\u2060"),
    *("\ufeff", "\u202e", "\u2066", "\U000e0041", "\ue000", "\u0378", "\u115f", "\u180e", "\ufffd"),
    *("\u00a0", "\u2003", "\u3000", "\u202f", "\u0000", "\u0085", "\u2028", "\uffa0", "\ufffc"),
]
NOTE = ("claims.csv", 2, "note")
LETTERS = [
    *[Case(f"claimant with U+{ord(c):04X}", cell("claims", "claimant", f"The{c}Post"), WHO)
      for c in UNSEEN],
    Case("two spaces", cell("claims", "claimant", "The  Post"), WHO),
    Case("decomposed", cell("claims", "claimant", "Cafe\u0301"), WHO),
    Case("a Cyrillic letter", cell("claims", "claimant", "\u0415urasianet"), WHO),
    Case("a Greek letter", cell("claims", "claimant", "P\u03bfst"), WHO),
    Case("a full-width letter", cell("claims", "claimant", "\uff30ost"), WHO),
    Case("Armenian", cell("claims", "claimant", "Հայաստանի Հանրապետություն"),
         "accepted: a name in its own alphabet"),
    Case("letters that no face has", cell("places", "names", "Berd; 中国"),
         ("places.csv", 2, "names")),
    Case("a note with a letter that no face has", cell("claims", "note", "Said \U0001faa8."),
         ("claims.csv", 2, "note")),
    Case("a name that figures would turn round", cell("claims", "claimant", "שלום", 3),
         ("claims.csv", 5, "claimant")),
    Case("Azerbaijani", cell("claims", "claimant", "Müdafiə Nazirliyi"), "accepted: its spelling"),
    Case("look-alike in whole", several(every("claims"), lambda folder: write(folder, "claims", [
         row | {"claimant": name} for row, name in zip(small.tables()["claims"],
         ["Government of Armenia", "Government of Armenia", "Government of Armenia", "EC",
          "\u0415\u0421", "EC"], strict=True)])), "warned: U+0415"),
    Case("another case", cell("claims", "claimant", "Government of armenia"), "warned: looks like"),
    Case("a joiner in a note", cell("claims", "note", "می\u200cخواهم"), "accepted: its spelling"),
    Case("two spaces in a note", cell("claims", "note", "One.  Two."), "accepted: a sentence"),
    Case("no-break space in a note", cell("claims", "note", "49\u00a0killed"),
         "accepted: a sentence"),
    Case("lost letter in a note", cell("claims", "note", "caf\ufffd"), NOTE),
    Case("formula", cell("claims", "note", "=1+1"), NOTE),
    Case("two lines", cell("claims", "note", "one\ntwo"), NOTE),
    Case("a note of 5,000", cell("claims", "note", "x" * 5_000), "accepted: a long note"),
    Case("10 MB", cell("claims", "note", "x" * 10_000_000), NOTE),
    Case("150 kB", cell("claims", "note", "x" * 150_000), NOTE),
]  # fmt: skip

# Addresses

WRONG = [
    *(
        "https://user:word@example.org/",
        "https://armstat.am@evil.example/",
        "http:///x",
        "https://[x",
    ),
    *(
        "https://x.example:99999/",
        "https://x.example:0/",
        "https://x.example:/",
        "ftp://example.org/",
    ),
    *(
        "https://localhost/",
        "https://-x.example/",
        "https://x..example/",
        "https://example.org/%zz",
    ),
    *("https://example.org/a b", "https://example.org/\\x", "javascript:alert(1)", "example.org"),
    *("https://example.org/<x>", 'https://example.org/"', "https://[::1]/", "https://x.example:a/"),
    *("//example.org/", "https://" + "a" * 64 + ".org/", "https://x.org/" + "a" * 100_000),
]
RIGHT = [
    *(
        "https://example.org",
        "http://example.org:8443/a?b=c&d",
        "https://հայ.example/",
        "https://x.org/%D5",
    ),
]
URL = ("sources.csv", 3, "url")
ADDRESSES = [
    *[Case(f"address {u[:60]}", cell("sources", "url", u, 1), URL) for u in WRONG],
    *[Case(f"address {u}", cell("sources", "url", u, 1), "accepted: an address") for u in RIGHT],
]  # fmt: skip

# Rows

CLAIM = ("claims.csv", 8, "claim_id")
ROWS = [
    Case("a claim twice", also("claims", 3, claim_id="again"), CLAIM),
    Case("twice with another note", also("claims", 3, claim_id="again", note="x"), CLAIM),
    Case("marked as a repeat", also("claims", 3, claim_id="again", relation="repeats",
         related_claim="other-side"), "accepted: the relation says so"),
    Case("a reaction twice", also("reactions", 0, reaction_id="more"),
         ("reactions.csv", 4, "reaction_id")),
    Case("an event twice", also("events", 0, event_id="more"), ("events.csv", 4, "event_id")),
    Case("a place twice", several(also("places", 0, place_id="more")),
         ("places.csv", 3, "place_id")),
    Case("a stance twice", also("stances", 0, stance="more", label="Restraint"),
         ("stances.csv", 4, "label")),
    Case("in two sources", several(also("claims", 3, claim_id="again", source_id="paper2"),
         also("sources", 0, source_id="paper2")), ("sources.csv", 4, "source_id")),
    Case("unmarked repeat", several(also("claims", 3, claim_id="again", source_id="other"),
         also("sources", 0, source_id="other", title="Other")), "warned: write the relation"),
    Case("two zeros too many", lambda folder: write(folder, "claims", [
         row | (dict.fromkeys(("low", "best", "high"), "10500") if row["claim_id"] == "second"
         else {}) for row in small.tables()["claims"]]), "warned: ten or more apart"),
    Case("alias is a name", cell("actors", "aliases", "Armenia", 2), ("actors.csv", 4, "aliases")),
    Case("alias twice", cell("actors", "aliases", "Baku; Baku"), ("actors.csv", 2, "aliases")),
    Case("own side of both", cell("claims", "claimant_role", "own_side", 4),
         ("claims.csv", 6, "claimant_role")),
    Case("an event with a reaction's id", cell("events", "event_id", "again", 1),
         ("events.csv", 3, "event_id")),
    Case("a claim with a reaction's id", cell("claims", "claim_id", "calm", 5),
         "accepted: claims have a page of their own"),
    Case("same period twice", cell("observations", "period", "2020-05", 1),
         ("observations.csv", 3, "period")),
    Case("locator with 5,000 digits", cell("claims", "locator", "para. " + "9" * 5_000),
         ("claims.csv", 2, "locator")),
    Case("extent with 5,000 digits", cell("sources", "extent", "para. 1-" + "9" * 5_000),
         ("sources.csv", 2, "extent")),
    *[Case(f"locator {place}", several(cell("sources", "extent",
           f"headline; para. 1-9; {extent}"), cell("claims", "locator", place)), outcome)
      for place, extent, outcome in [
          ("p. 12", "p. 1-12", "accepted: a page"),
          ("p. 13", "p. 1-12", ("claims.csv", 2, "locator")),
          ("table 3", "table 1-3", "accepted: a table"),
          ("table 3, row 5", "table 3, row 1-5", "accepted: a row of a table"),
          ("table 3, row 6", "table 3, row 1-5", ("claims.csv", 2, "locator")),
          ("row 42", "row 1-500", "accepted: a row of a data set"),
          ("post", "post", "accepted: a post"),
          ("post 3", "post 1-2", ("claims.csv", 2, "locator")),
      ]],
]  # fmt: skip

# Files


def bad_lines(change):
    def write_it(folder):
        path = folder / "claims.csv"
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return write_it


def in_place_of(make):
    def change(folder):
        path = folder / "claims.csv"
        path.unlink()
        make(path)

    return change


FILE, HEADER = ("claims.csv", 0, ""), ("claims.csv", 1, "")
FILES = [
    Case("header only", bad_lines(lambda text: text.partition("\n")[0] + "\n"), FILE),
    Case("blank first line", bad_lines(lambda text: "\n" + text), HEADER),
    Case("sep=", bad_lines(lambda text: "sep=,\n" + text), HEADER),
    Case("semicolons", bad_lines(lambda text: text.replace(",", ";")), HEADER),
    Case("tabs", bad_lines(lambda text: text.replace(",", "\t")), HEADER),
    Case("without a header", bad_lines(lambda text: text.partition("\n")[2]), HEADER),
    Case("without last cells", bad_lines(lambda text: text.replace(",Said in the morning.", "")),
         ("claims.csv", 2, "")),
    Case("days in another form", every("claims", reported_on="16/7/2020"), WHEN),
    Case("a folder", in_place_of(Path.mkdir), FILE),
    Case("a loop", in_place_of(lambda path: path.symlink_to(path.name)), FILE),
    Case("a link to nowhere", in_place_of(lambda path: path.symlink_to("nowhere")), FILE),
    Case("a pipe", in_place_of(os.mkfifo), FILE),
    Case("a device", in_place_of(lambda path: path.symlink_to("/dev/zero")), FILE),
    Case("missing", in_place_of(lambda path: None), FILE),
    Case("empty", content("claims.csv", b""), FILE),
    Case("UTF-16", content("claims.csv", "claim_id".encode("utf-16")), HEADER),
    Case("latin-1", content("claims.csv", "é".encode("latin-1")), HEADER),
    Case("a mark", content("claims.csv", b"\xef\xbb\xbfclaim_id"), FILE),
    Case("an open quotation mark", bad_lines(lambda text: text + '"'), ("claims.csv", 8, "")),
]  # fmt: skip

# The package

SCHEMA = ("resources", "claims", "schema")
CLAIMS = next(one for one in small.PACKAGE["resources"] if one["name"] == "claims")["schema"]


def field(table, column, **values):
    return package("resources", table, "schema", "fields", column, **values)


def rule_of(table, column, **values):
    return package("resources", table, "schema", "fields", column, "constraints", **values)


def at(place=""):
    return ("datapackage.json", 0, place)


KEY = {"fields": ["party"], "reference": {"resource": "nowhere", "fields": ["actor_id"]}}
EXTRA = {"path": "x.csv", "schema": {"fields": [{"name": "a", "type": "string"}]}}


def raw(text):
    return content("datapackage.json", text if isinstance(text, bytes) else text.encode())


PACKAGE = [
    Case("broken JSON", raw('{"name": "x",,}'), ("datapackage.json", 1, "")),
    Case("nested deep", raw("[" * 100_000), at()),
    Case("a list", raw("[]"), at()),
    Case("empty package", raw(""), ("datapackage.json", 1, "")),
    Case("latin-1 package", raw('{"é"'.encode("latin-1")), ("datapackage.json", 1, "")),
    Case("marked package", raw("\ufeff{}"), at()),
    Case("curly quotes", raw("{“name”: 1}"), ("datapackage.json", 1, "")),
    Case("key twice", raw('{"version": "1.0.0", "version": "2.0.0"}'), at()),
    Case("NaN", package(version=float("nan")), at("version")),
    Case("number without end", raw('{"version": ' + "9" * 5_000 + "}"), at()),
    Case("package is a folder", lambda folder: ((folder / "datapackage.json").unlink(),
         (folder / "datapackage.json").mkdir()), at()),
    *[Case(f"version {v!r:.20}", package(version=v), at("version"))
      for v in ["../../x", "", "<script>", "1" * 5_000, 0.5, ["1"], "0.5", "0.5.0-rc1", "1.2.3.4",
                "٠.5.0", "00.1.0", None]],
    *[Case(f"created {c}", package(created=c), at("created"))
      for c in [20261122, "2026-02-31T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-22", "", ["x"],
                None]],
    *[Case(f"as_of {c}", package(as_of=c), at("as_of")) for c in [20220913, "2022-9-13", ["x"]]],
    Case("as_of left in", package(as_of="2022-09-13"), "accepted: a folder cut to a day"),
    Case("no resources", package(resources=[]), at("resources")),
    Case("resources a text", package(resources="x"), at("resources")),
    Case("a resource a number", package(resources=[1]),
         at("resources, number 1")),
    Case("name a list", package("resources", "claims", name=["x"]), at("resources, number 1")),
    Case("name ../x", package("resources", "claims", name="../x"), at("resources, number 1")),
    *[Case(f"path {p}", package("resources", "claims", path=p), at("claims.path"))
      for p in ["../claims.csv", "/etc/passwd", ["claims.csv"], 7, "", "sub/claims.csv", "claims"]],
    Case("path twice", package("resources", "claims", path="series.csv"), at("claims.path")),
    Case("dialect", package("resources", "claims", dialect={"delimiter": ";"}),
         at("claims.dialect")),
    Case("dialect a text", package("resources", "claims", dialect="x"), at("claims.dialect")),
    Case("encoding", package("resources", "claims", encoding="latin-1"), at("claims.encoding")),
    Case("format", package("resources", "claims", format="xlsx"), at("claims.format")),
    Case("rows within", package("resources", "claims", data=[]), at("claims.data")),
    Case("missingValues", package(*SCHEMA, missingValues=["0"]), at("claims.missingValues")),
    Case("schema a text", package("resources", "claims", schema="x.json"), at("claims.schema")),
    Case("schema away", package("resources", "claims", schema=None), at("claims.schema")),
    Case("fields a text", package(*SCHEMA, fields="x"), at("claims.schema")),
    Case("fields away", package(*SCHEMA, fields=None), at("claims.schema")),
    Case("a field a text", package(*SCHEMA, fields=["x", *CLAIMS["fields"][1:]]),
         at("claims.fields, number 1")),
    Case("a field without a name", field("claims", "note", name=None),
         at("claims.fields, number 23")),
    Case("a field twice", field("claims", "note", name="status"), at("claims.status")),
    Case("a column not described", field("claims", "note", name="remark"), at("claims.note")),
    *[Case(f"type {t}", field("claims", "low", type=t), at("claims.low.type"))
      for t in ["string", "integer", "x", "", ["number"], None]],
    Case("a day as text", field("claims", "reported_on", type="string"),
         at("claims.reported_on.type")),
    Case("constraints a list", field("claims", "note", constraints=[]),
         at("claims.note.constraints")),
    *[Case(f"pattern {p}", rule_of("claims", "note", pattern=p), at("claims.note.pattern"))
      for p in ["(", "[a-", "a{9999999999}", "(" * 500 + ")" * 500, "a" * 1_001, 7]],
    *[Case(f"minimum {v}", rule_of("places", "latitude", minimum=v), at("places.latitude.minimum"))
      for v in ["abc", [1], True]],
    Case("a day's minimum", rule_of("claims", "reported_on", minimum="1900"),
         at("claims.reported_on.minimum")),
    *[Case(f"required {v}", rule_of("claims", "unit", required=v), at("claims.unit.required"))
      for v in ["no", 1]],
    *[Case(f"maxLength {v}", rule_of("claims", "note", maxLength=v), at("claims.note.maxLength"))
      for v in ["long", -1]],
    Case("unknown constraint", rule_of("claims", "note", patern="x"), at("claims.note.patern")),
    Case("enum a text", rule_of("sources", "type", enum="x"), at("sources.type.enum")),
    Case("a word more", rule_of("claims", "qualifier", enum=["exact", "roughly"]),
         at("claims.qualifier.enum")),
    Case("no words", rule_of("claims", "qualifier", enum=None), at("claims.qualifier.enum")),
    *[Case(f"primaryKey {k}", package(*SCHEMA, primaryKey=k), at("claims.primaryKey"))
      for k in ["claim_id", ["nothing"], [], 7, None]],
    *[Case(f"foreignKeys {json.dumps(k)}", package(*SCHEMA, foreignKeys=k),
           at("claims.foreignKeys, number 1"))
      for k in [[KEY], [1], [{"fields": ["party"]}], [KEY | {"fields": ["nothing"]}],
                [{**KEY, "reference": {"resource": "actors", "fields": ["nothing"]}}]]],
    Case("foreignKeys a text", package(*SCHEMA, foreignKeys="x"), at("claims.foreignKeys")),
    Case("foreign keys away", package(*SCHEMA, foreignKeys=None), at("claims.episode_id")),
    Case("package without a name", package(name=None), "accepted: the standard asks for none"),
    Case("description a list", package(description=["a"]), at("description")),
    Case("title missing", package(title=None), at("title")),
    Case("licenses missing", package(licenses=None), at("licenses")),
    Case("licenses a text", package(licenses="CC"), at("licenses")),
]  # fmt: skip

CASES = [
    *of_every_column(),
    *DIGITS,
    *CANNOT_BE,
    *PLACES,
    *LETTERS,
    *ADDRESSES,
    *ROWS,
    *FILES,
    *PACKAGE,
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return small.write(tmp_path_factory.mktemp("corrupt") / "data")


@pytest.fixture
def damaged(sound):
    """The small dataset, whole again after each case."""
    before = {path.name: path.read_bytes() for path in sound.iterdir()}
    yield sound
    for name, data in before.items():
        path = sound / name
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        elif path.is_symlink() or path.is_fifo():
            path.unlink()
        path.write_bytes(data)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_corruption_has_its_outcome(damaged, case):
    case.change(damaged)
    problems, warnings = small.check(damaged)
    said = [(p.file, p.line, p.column) for p in problems]
    lines = [str(problem) for problem in problems]
    assert all(line.isprintable() and len(line) < 1_500 for line in lines)
    if isinstance(case.outcome, tuple):
        assert case.outcome in said, lines
        assert len(said) <= 4, "one cause is one line, or few"
    else:
        outcome, _, words = case.outcome.partition(": ")
        assert lines == []
        assert [w for w in warnings if outcome == "warned" and words in w] == warnings
        assert bool(warnings) == (outcome == "warned")


def test_there_are_enough_corruptions_and_one_of_every_column():
    assert len(CASES) >= 300
    assert len({case.name for case in CASES}) == len(CASES)
    columns = {f"{table}.{column}" for table, fields in small.FIELDS.items() for column in fields}
    assert columns <= {case.name.split()[0] for case in CASES}
