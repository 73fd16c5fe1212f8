"""The table of what can be quoted: numbers and claims with what tells them, and the patterns.

::

    quotes.json             what this edition has
    editions/quotes.json    the same of all states that are published, each quote once

Beside each lies the same as a script: a page that was opened as a file may fetch nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from clashbook import counting
from clashbook.dataset.rows import Claim, Printed, Series
from clashbook.dataset.tables import Dataset
from clashbook.files import read_json, write_whole
from clashbook.formats import styled
from clashbook.formats.citation import Item
from clashbook.language import NO_BREAK, is_day
from clashbook.pages import cards, labels, sentences
from clashbook.pages.facts import Edition
from clashbook.prose.numbers import Number, Numbers, compute, toll_id
from clashbook.prose.numbers.naming import slug
from clashbook.website.checking import patterns
from clashbook.website.checking.judging import Reader
from clashbook.website.checking.pieces import plain

NAME, SCRIPT = "quotes.json", "quotes.js"
Quote = dict
Table = dict
# What stands in a sentence for as of when, and in a reference for what is cited.
KNOWN, TITLE = "{known}", "{title}"
# Numbers of these count nothing.
_NO_COUNTS = ("date", "names", "version")
_OF_WHAT = ("indicator", "party", "population")
_BY_PLACE = "killed_by_place"
_DEAD = "casualties"  # the domain of indicators of people killed, wounded, missing or held


def of(edition: Edition, data: Dataset, items: Mapping[str, Item]) -> Table:
    """The table of an edition.

    Parameters
    ----------
    edition : Edition
        What its pages are told.
    data : Dataset
        Its data, which are counted as of each day on which a claim was new.
    items : mapping of dict
        The CSL items of its numbers and claims by id, and its own by "".

    Returns
    -------
    dict
        ``states`` (as_of, version, path, ``base``, its address,
        ``known``, the words for as of when, and ``cite``, a
        reference with `TITLE` in the place of what is cited), ``patterns``, ``speakers`` (patterns
        of names), ``verdicts`` (words) and ``quotes``: ``id``, ``kind`` (toll, claim, number or
        elsewhere), ``text``, ``says`` (word, low, high), what it is of, and for a toll the day
        ``since`` and ``until`` which it was so.
    """
    about = edition.about
    made = patterns.of(edition)
    reader = Reader(made)
    speakers: list[str] = []
    tolls = [*_tolls(edition, data, items, speakers)]
    others = [*_others(edition, items, speakers, {one["id"]: one for one in tolls})]
    found = [
        *tolls,
        *_claims(edition, items, speakers),
        *_printed(edition),
        *_of_trackers(edition, data, speakers),
        *(part for one in others for part in _parts(reader, one)),
    ]
    for quote in found:
        quote["says"] = [says for one in reader.numbers(quote["text"]) for says in one["says"]]
    marked = {**items[""], "id": TITLE, "type": "chapter", "title": TITLE, "URL": ""}
    marked["container-title"] = items[""]["title"]
    state = {
        "as_of": about.as_of,
        "version": about.version,
        "path": "",
        "base": about.base,
        "known": sentences.known(edition),
        "cite": styled.text([marked])[0],
    }
    return {
        "states": [state],
        "patterns": made,
        "verdicts": patterns.WORDS["verdicts"] | {"nothing": patterns.WORDS["nothing"]},
        "common": patterns.WORDS["common"],
        "speakers": speakers,
        "quotes": [
            {
                name: value
                for name, value in quote.items()
                if value not in ("", [], None) and value is not False
            }
            for quote in found
            if quote["says"]
        ],
    }


def _tolls(
    edition: Edition, data: Dataset, items: Mapping[str, Item], speakers: list[str]
) -> Iterator[Quote]:
    """Each toll in the words it has had, day by day; the newest with its sentence to quote."""
    known = Numbers(data)
    clashes = (row["episode_id"] for row in edition.table("episodes"))
    for episode in filter(lambda clash: clash != counting.OUTSIDE, clashes):
        claims = [claim for claim in edition.claims.values() if claim.episode_id == episode]
        spans: dict[counting.Quantity, list[tuple[str, str]]] = {}
        for day in sorted({claim.reported_on for claim in claims}):
            for quantity, toll in counting.count(data, episode, day).tolls.items():
                had = spans.setdefault(quantity, [])
                text = plain(toll.text)
                if not had or had[-1][1] != text:
                    had.append((day, text))
        for quantity, had in spans.items():
            key = toll_id(episode, quantity)
            ends = [*(day for day, _ in had[1:]), ""]
            for (since, text), until in zip(had, ends, strict=True):
                quote = {"id": key, "kind": "toll", "text": text, "since": since, "until": until}
                quote |= {"episode": episode, **_of_what(quantity)}
                if not until and key in items:
                    number = compute(known, [key])[0]
                    quote |= _shown(edition, number, items[key])
                    quote |= _given(edition, number, speakers)
                yield quote


def _given(edition: Edition, number: Number, speakers: list[str]) -> Quote:
    """Who gave what a toll is made of: in words, the sides, and the patterns of all others."""
    claims = [edition.claims[key] for key in number.claims if key in edition.claims]
    sides = {side for claim in claims if (side := _side(edition, claim))}
    others = [claim for claim in claims if not _side(edition, claim)]
    spoken = {_spoken(_names(edition, claim), speakers)["speaker"] for claim in others}
    who = number.attribution.removeprefix("according to ")
    return {"who": who, "sides": sorted(sides), "given": sorted(spoken)}


def _claims(edition: Edition, items: Mapping[str, Item], speakers: list[str]) -> Iterator[Quote]:
    """Each claim; `speakers` takes in the patterns of who is no side."""
    for claim in edition.claims.values():
        side = _side(edition, claim)
        made = _counts(edition, claim)
        # What its card says, its sentence to quote among it.
        card = cards.of_claim(edition, claim)
        quote: Quote = {
            "id": claim.id,
            "kind": "claim",
            "text": plain(claim.words),
            "unit": _unit(claim.unit),
            "episode": claim.episode_id,
            **_of_what(claim),
            **_known_by(edition, claim),
            "day": claim.reported_on,
            "last": claim.period_end if claim.period_end != claim.reported_on else "",
            "reported": claim.reported.replace(NO_BREAK, " "),
            "who": sentences.speaker_of(edition, claim),
            "side": side,
            "role": claim.claimant_role,
            "made": made,
            "why": card["sum"][0]["words"] if card["sum"] and made != "counted" else "",
            "shown": f"said-{claim.id}" in edition.numbers,
            "toll": _toll_of(edition, claim),
            "path": card["row"],
            "sentence": _unknown(edition, card["sentence"]),
            "title": items[claim.id]["title"] if claim.id in items else card["what"],
        }
        if not side:
            quote |= _spoken(_names(edition, claim), speakers)
        yield quote


def _printed(edition: Edition) -> Iterator[Quote]:
    """Each number that is printed elsewhere, with the reason that it is not ours."""
    for row in edition.table("elsewhere"):
        one = Printed.of(row)
        yield {
            "id": one.id,
            "kind": "elsewhere",
            "text": plain(one.words),
            "episode": one.episode_id,
            **_of_what(one),
            "day": one.reported_on,
            "made": one.kind,
            "why": one.why,
            "claim": one.claim_id,
        }


def _of_trackers(edition: Edition, data: Dataset, speakers: list[str]) -> Iterator[Quote]:
    """What trackers count in the months and years of the clashes, whether or not a text says it."""
    known = Numbers(data)
    months = {row["start"][:7] for row in edition.table("episodes") if row["kind"] == "clash"}
    spans = months | {month[:4] for month in months}
    kept = data.observations[data.observations.period.isin(spans)]
    for key, period in zip(kept.series_id, kept.period, strict=True):
        row = labels.series(edition, key)
        if row and edition.name("indicators", row.indicator, "domain") == _DEAD:
            number = compute(known, [f"{slug(key)}-in-{period}"])[0]
            yield {
                "id": number.id,
                "kind": "number",
                "text": plain(number.text),
                "period": period,
                **_counted_by(edition, row, speakers),
                **_shown(edition, number, {"title": number.what}),
                "path": f"sources.html#{row.source_id}",
            }


def _counted_by(edition: Edition, row: Series, speakers: list[str]) -> Quote:
    """Of a tracker's number: who counts, and whom. Where people died is told by the party."""
    publisher = (edition.row("sources", row.source_id) or {}).get("publisher", "")
    made = {**_of_what(row), **_spoken(_of_provider(publisher), speakers), "who": publisher}
    return made | ({"indicator": "killed"} if row.indicator == _BY_PLACE else {})


def _others(
    edition: Edition, items: Mapping[str, Item], speakers: list[str], tolls: Mapping[str, Quote]
) -> Iterator[Quote]:
    """The other numbers of the pages: of series, of rows, of a fall, known by words around them."""
    episodes = [row["episode_id"] for row in edition.table("episodes")]
    for number in edition.numbers.values():
        is_toll = number.steps and "-to-" not in number.id
        if number.id.startswith("said-") or is_toll or number.unit in _NO_COUNTS:
            continue
        row = next(
            filter(None, (labels.series(edition, key) for key in number.series)),
            next((edition.claims[key] for key in number.claims if key in edition.claims), None),
        )
        # Without who published it: a release has a year of its own.
        what = number.what.partition(", according to ")[0]
        toll, _, day = number.id.rpartition("-to-")
        quote: Quote = {
            "id": number.id,
            "kind": "number",
            "text": plain(number.text),
            "unit": _unit(number.unit),
            "party": row.party if row else "",
            "episode": next((key for key in episodes if number.id.startswith(f"{key}-")), ""),
            "words": _words(what),
            "period": number.id.rpartition("-in-")[2] if "-in-" in number.id else "",
            "revised": _revised(edition, number, row),
            **_shown(edition, number, items[number.id]),
        }
        is_of_dead = row and edition.name("indicators", row.indicator, "domain") == _DEAD
        if isinstance(row, Series) and is_of_dead:
            quote |= _counted_by(edition, row, speakers) | {"words": []}
        elif isinstance(row, Series):
            publisher = (edition.row("sources", row.source_id) or {}).get("publisher", "")
            given = _spoken(_of_provider(publisher), speakers)["speaker"]
            quote |= {"given": [given], "who": publisher}
        elif is_day(day):
            quote |= {"on": day, "day": day, "toll": toll}
            same = tolls.get(toll, {})
            quote |= {name: same[name] for name in _OF_WHAT if name in same}
            quote |= {"words": []} if same else {}
        elif isinstance(row, Claim) and is_of_dead:
            # Of several kinds of people it is of all, and only so much is said.
            rows = [edition.claims[key] for key in number.claims if key in edition.claims]
            kinds = {(one.indicator, one.population) for one in rows}
            quote |= {**_of_what(row), "words": []} if len(kinds) == 1 else {}
        elif row is None:
            quote["rows"] = number.unit
            quote["words"] += [number.unit]
        yield quote


def _revised(edition: Edition, number: Number, row: Series | Claim | None) -> str:
    """The id of the same number in the newest release, where the number is of an older one."""
    if not isinstance(row, Series) or not number.id.startswith(slug(row.id)):
        return ""
    newest = f"{slug(row.indicator)}-{slug(row.party)}-newest{number.id[len(slug(row.id)) :]}"
    return newest if newest in edition.numbers and newest != number.id else ""


def _words(what: str) -> list[str]:
    """The words and years by which a text tells of what a number is."""
    return [*dict.fromkeys(re.findall(r"[a-z]{4,}|may|(?:19|20)\d\d", what.casefold()))]


def _parts(reader: Reader, quote: Quote) -> list[Quote]:
    """A number of several clashes as one quote a clash."""
    found = reader.numbers(quote["text"])
    if len(found) < 2:
        return [quote]
    return [{**quote, "text": one["written"], "episode": one["episode"]} for one in found]


def _spoken(names: list[str], speakers: list[str]) -> Quote:
    """Who is named by a pattern of names, which `speakers` takes in."""
    pattern = patterns.named(names)
    if pattern not in speakers:
        speakers.append(pattern)
    return {"speaker": speakers.index(pattern)}


def _of_provider(name: str) -> list[str]:
    """A provider's name, the same without its first word, and its initials."""
    _, _, rest = name.partition(" ")
    initials = "".join(word[0] for word in name.split() if word[:1].isupper())
    return [name, *([rest, initials] if " " in rest or len(initials) > 2 else [])]


def _shown(edition: Edition, number: Number, item: Item) -> Quote:
    is_shown = number.id in edition.numbers
    return {
        "path": f"claims.html#number-{number.id}" if is_shown else "claims.html",
        "sentence": _unknown(edition, sentences.of_number(edition, number)),
        "title": item["title"],
    }


def _unknown(edition: Edition, text: str) -> str:
    """A sentence without as of when: that is the state's."""
    return text.replace(sentences.known(edition), KNOWN)


def _of_what(row: counting.Quantity | Claim | Printed | Series) -> Quote:
    return {name: getattr(row, name) for name in _OF_WHAT}


def _unit(unit: str) -> str:
    """How a number of that unit is written: as a share, as money or by itself."""
    is_money = unit.isupper() and len(unit) == 3
    return "%" if unit == "percent" else "$" if is_money else ""


def _known_by(edition: Edition, claim: Claim) -> Quote:
    """How a text tells of what a claim counts, where that is no count of people killed or hurt."""
    row = edition.row("indicators", claim.indicator) or {}
    if row.get("domain") == _DEAD:
        return {}
    # What belongs to no clash may be told of in a sentence about any.
    episode = "" if claim.episode_id == counting.OUTSIDE else claim.episode_id
    made: Quote = {"population": "", "episode": episode}
    # Of ground taken the party is who took it; a text may name whose it was.
    if row.get("party_is", "").startswith("who "):
        made["party"] = ""
    if claim.indicator not in patterns.WORDS["indicators"]:
        made["words"] = _words(row.get("label", ""))
    return made


def _side(edition: Edition, claim: Claim) -> str:
    """The side that speaks; "" for all others."""
    if claim.claimant_role not in ("own_side", "opposing_side"):
        return ""
    words = labels.actor(edition, claim.claimant)
    for side in edition.sides:
        if any(name in words for name in patterns.names(edition, side)):
            return side
    is_own = claim.claimant_role == "own_side"
    return next((side for side in edition.sides if (side == claim.party) == is_own), "")


def _names(edition: Edition, claim: Claim) -> list[str]:
    """Who says so, as a text may name them: an author by the family name too."""
    found = [*patterns.names(edition, claim.claimant), labels.actor(edition, claim.claimant)]
    if (author := sentences.author_of(edition, claim.source_id)) and found[0].startswith(
        sentences.AUTHOR
    ):
        found += [found[0].removeprefix(sentences.AUTHOR), author.split()[-1]]
    return [*dict.fromkeys(found)]


def _counts(edition: Edition, claim: Claim) -> str:
    """What became of a claim: counted, replaced, error or left_out; a repeat as what it repeats."""
    if claim.status == "source_error":
        return "error"
    day = claim.reported_on
    while not (toll := edition.tolls.get(claim.id)) or not toll["enters"]:
        newer = [
            other.reported_on
            for other in edition.related_claims.get(claim.id, [])
            if other.relation == "updates"
        ]
        # What was said again after the newer count is another count.
        if newer and min(newer) >= day:
            return "replaced"
        if claim.relation not in ("repeats", "adds_to") or claim.related not in edition.claims:
            return "left_out" if toll else "counted"
        claim = edition.claims[claim.related]
    return "counted"


def _toll_of(edition: Edition, claim: Claim) -> str:
    """The toll that the report has of what a claim counts: of the same people, else of all."""
    if not edition.row("episodes", claim.episode_id):
        return ""
    quantity = counting.Quantity(claim.indicator, claim.party, claim.population, claim.unit)
    return toll_id(claim.episode_id, quantity)


def read(path: Path) -> Table:
    """A table that was written; nothing if there is none."""
    return read_json(path) if path.is_file() else {}


def write(folder: Path, table: Table, schema: str) -> None:
    """Write the table into a folder, and beside it the script; `schema` is its own address."""
    table = {"$schema": schema} | {name: table[name] for name in table if name != "$schema"}
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    write_whole(folder / NAME, f"{text}\n".encode())
    # In a string no sign of JSON can end the script.
    write_whole(
        folder / SCRIPT, f"globalThis.clashbookQuotes = JSON.parse({json.dumps(text)});\n".encode()
    )
