"""What of numbers can be quoted: tolls as each day had them, trackers, and the pages' others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clashbook import counting
from clashbook.dataset.rows import Claim, Series
from clashbook.dataset.tables import Dataset
from clashbook.formats.citation import Item
from clashbook.language import is_day
from clashbook.pages import labels, sentences
from clashbook.pages.facts import Edition
from clashbook.prose.numbers import Number, Numbers, compute, toll_id
from clashbook.prose.numbers.naming import slug
from clashbook.website.checking.claims import names_of, side_of
from clashbook.website.checking.judging import Reader
from clashbook.website.checking.pieces import plain
from clashbook.website.checking.quoting import (
    DEAD,
    OF_WHAT,
    Quote,
    of_what,
    spoken,
    undated,
    unit_of,
    words_of,
)

# Numbers of these count nothing.
_NO_COUNTS = ("date", "names", "version")
_BY_PLACE = "killed_by_place"


def of_tolls(
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
                quote |= {"episode": episode, **of_what(quantity)}
                if not until and key in items:
                    number = compute(known, [key])[0]
                    quote |= _shown(edition, number, items[key])
                    quote |= _given(edition, number, speakers)
                yield quote


def _given(edition: Edition, number: Number, speakers: list[str]) -> Quote:
    """Who gave what a toll is made of: in words, the sides, and the patterns of all others."""
    claims = [edition.claims[key] for key in number.claims if key in edition.claims]
    sides = {side for claim in claims if (side := side_of(edition, claim))}
    others = [claim for claim in claims if not side_of(edition, claim)]
    given = {spoken(names_of(edition, claim), speakers)["speaker"] for claim in others}
    who = number.attribution.removeprefix("according to ")
    return {"who": who, "sides": sorted(sides), "given": sorted(given)}


def of_trackers(edition: Edition, data: Dataset, speakers: list[str]) -> Iterator[Quote]:
    """What trackers count in the months and years of the clashes, whether or not a text says it."""
    known = Numbers(data)
    months = {row["start"][:7] for row in edition.table("episodes") if row["kind"] == "clash"}
    spans = months | {month[:4] for month in months}
    kept = data.observations[data.observations.period.isin(spans)]
    for key, period in zip(kept.series_id, kept.period, strict=True):
        row = labels.series(edition, key)
        if row and edition.name("indicators", row.indicator, "domain") == DEAD:
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
    made = {**of_what(row), **spoken(_of_provider(publisher), speakers), "who": publisher}
    return made | ({"indicator": "killed"} if row.indicator == _BY_PLACE else {})


def of_others(
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
            "unit": unit_of(number.unit),
            "party": row.party if row else "",
            "episode": next((key for key in episodes if number.id.startswith(f"{key}-")), ""),
            "words": words_of(what),
            "period": number.id.rpartition("-in-")[2] if "-in-" in number.id else "",
            "revised": _revised(edition, number, row),
            **_shown(edition, number, items[number.id]),
        }
        is_of_dead = row and edition.name("indicators", row.indicator, "domain") == DEAD
        if isinstance(row, Series) and is_of_dead:
            quote |= _counted_by(edition, row, speakers) | {"words": []}
        elif isinstance(row, Series):
            publisher = (edition.row("sources", row.source_id) or {}).get("publisher", "")
            given = spoken(_of_provider(publisher), speakers)["speaker"]
            quote |= {"given": [given], "who": publisher}
        elif is_day(day):
            quote |= {"on": day, "day": day, "toll": toll}
            same = tolls.get(toll, {})
            quote |= {name: same[name] for name in OF_WHAT if name in same}
            quote |= {"words": []} if same else {}
        elif isinstance(row, Claim) and is_of_dead:
            # Of several kinds of people it is of all, and only so much is said.
            rows = [edition.claims[key] for key in number.claims if key in edition.claims]
            kinds = {(one.indicator, one.population) for one in rows}
            quote |= {**of_what(row), "words": []} if len(kinds) == 1 else {}
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


def parts(reader: Reader, quote: Quote) -> list[Quote]:
    """A number of several clashes as one quote a clash."""
    found = reader.numbers(quote["text"])
    if len(found) < 2:
        return [quote]
    return [{**quote, "text": one["written"], "episode": one["episode"]} for one in found]


def _of_provider(name: str) -> list[str]:
    """A provider's name, the same without its first word, and its initials."""
    _, _, rest = name.partition(" ")
    initials = "".join(word[0] for word in name.split() if word[:1].isupper())
    return [name, *([rest, initials] if " " in rest or len(initials) > 2 else [])]


def _shown(edition: Edition, number: Number, item: Item) -> Quote:
    is_shown = number.id in edition.numbers
    return {
        "path": f"claims.html#number-{number.id}" if is_shown else "claims.html",
        "sentence": undated(edition, sentences.of_number(edition, number)),
        "title": item["title"],
    }
